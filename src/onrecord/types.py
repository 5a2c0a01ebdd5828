"""All values that flow: frozen, standard library only, nothing points back.

Offsets are half-open ranges of code points into ``Document.text``. Ids are content hashes, so that the same report read
twice is one report. ``Report.to_dict`` and ``Report.from_dict`` are the contract "onrecord/1": fields are never dropped, what is
unknown is ``None`` or empty.
"""

from __future__ import annotations

import dataclasses
import hashlib
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self, TypeVar

from onrecord.errors import OnRecordError, ReportError

SCHEMA = "onrecord/1"

Form = Literal["direct", "indirect", "mixed"]
Basis = Literal["given", "metadata", "header", "dateline", "url", "none"]
DocumentKind = Literal["article", "transcript"]
SpeakerKind = Literal["person", "organization", "group", "unnamed", "document"]
Stance = Literal["neutral", "committed", "distanced"]
Tense = Literal["past", "present", "future"]
ClaimType = Literal["quantity", "time", "place"]
Comparison = Literal["exactly", "about", "over", "under", "between"]


def content_id(*parts: object) -> str:
    """The id of a value made of these parts: 16 hexadecimal digits of a SHA-256.

    >>> content_id("a", 1) == content_id("a", 1) != content_id("a1")
    True
    """
    digest = hashlib.sha256()
    for part in parts:
        data = str(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters of a text: ``text == document.text[start:end]``. ``str`` gives the words.

    >>> print(Span.of("She said so.", 4, 8))
    said
    """

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.text):
            raise ReportError(
                f"span {self.start}:{self.end} of {len(self.text)} characters: "
                "expected 0 <= start < end and as many characters as the range has"
            )

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """The span of ``text[start:end]``.

        >>> Span.of("She said so.", 4, 8)
        Span(start=4, end=8, text='said')
        """
        return cls(start, end, text[start:end])

    def __str__(self) -> str:
        return self.text

    def overlaps(self, other: Span) -> bool:
        """Whether a character is in both."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether every character of ``other`` is in this one."""
        return self.start <= other.start and other.end <= self.end


class Content(tuple[Span, ...]):
    """The pieces of a content. ``str`` gives their words, with an ellipsis where the text has others between.

    >>> text = "“We won’t,” she said, “pay.”"
    >>> print(Content([Span.of(text, 0, 11), Span.of(text, 22, 28)]))
    “We won’t,” … “pay.”
    """

    __slots__ = ()

    def __str__(self) -> str:
        return " … ".join(span.text for span in self)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place and date that open a wire report, as worded ("GENEVA", "March 12")."""

    place: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Published:
    """The day of publication (ISO 8601, ``None`` where unknown) and what it was read from."""

    date: str | None
    basis: Basis

    def __post_init__(self) -> None:
        if (self.date is None) != (self.basis == "none"):
            raise ReportError(
                f"published {self.date!r} on the basis {self.basis!r}: a date needs a basis, no date has none"
            )


UNPUBLISHED = Published(None, "none")


@dataclass(frozen=True, slots=True)
class Document:
    """One report as read. ``text`` never changes once read; ``id`` is the SHA-256 of it in UTF-8."""

    id: str
    origin: str
    title: str | None
    byline: str | None
    publisher: str | None
    dateline: Dateline | None
    published: Published
    language: str | None
    kind: DocumentKind
    text: str

    @classmethod
    def of(
        cls,
        text: str,
        *,
        origin: str,
        title: str | None = None,
        byline: str | None = None,
        publisher: str | None = None,
        dateline: Dateline | None = None,
        published: Published = UNPUBLISHED,
        language: str | None = None,
        kind: DocumentKind = "article",
    ) -> Self:
        """The document of a text; the id is computed."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(digest, origin, title, byline, publisher, dateline, published, language, kind, text)

    def span(self, start: int, end: int) -> Span:
        """The span of ``text[start:end]``."""
        return Span.of(self.text, start, end)


@dataclass(frozen=True, slots=True)
class Modality:
    """How what is said is said to hold."""

    negated: bool
    conditional: bool
    tense: Tense


@dataclass(frozen=True, slots=True)
class SpeakerCandidate:
    """Somebody else who may be behind a statement: a name, and the probability, at most, that it is they."""

    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Statement:
    """A source is said, shown or thought to hold a content; a cue ties them (PolNeAR's definition of an attribution).

    ``source`` and ``cue`` are ``None`` where the text has none. ``content`` is at least one piece, in text order,
    without overlap; each of the three prints as its words.
    ``score`` is the calibrated probability that the cue and at least half of the content are right; it says nothing of
    the speaker. ``speaker_score`` is the probability that ``speaker`` is the right one, ``speaker_candidates`` are
    others who may be, the likeliest first. ``speaker``, ``target`` and ``parent`` point by id.
    """

    id: str
    form: Form
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    speaker: str | None = None
    speaker_score: float | None = None
    speaker_candidates: tuple[SpeakerCandidate, ...] = ()
    act: str | None = None
    target: str | None = None
    modality: Modality | None = None
    stance: Stance | None = None
    parent: str | None = None
    score: float = 1.0
    model: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.content, Content):
            object.__setattr__(self, "content", Content(self.content))
        if not self.content:
            raise ReportError(f"statement {self.id}: expected at least one piece of content, found none")
        for left, right in zip(self.content, self.content[1:], strict=False):
            if left.end > right.start:
                raise ReportError(
                    f"statement {self.id}: the content {left.start}:{left.end} overlaps {right.start}:{right.end}, or isn't in text order"
                )
        if not 0.0 <= self.score <= 1.0:
            raise ReportError(f"statement {self.id}: expected a score from 0 to 1, found {self.score}")

    @property
    def start(self) -> int:
        """The first character of the source, cue or content."""
        return min(span.start for span in self.spans)

    @property
    def end(self) -> int:
        """One past the last character of the source, cue or content."""
        return max(span.end for span in self.spans)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Source and cue where there are any, and all pieces of the content."""
        return tuple(span for span in (self.source, self.cue) if span) + self.content


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person or body behind statements; ``name`` is the fullest form the report gives, and what ``str`` gives."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: SpeakerKind
    role: str | None
    affiliation: str | None
    mentions: tuple[Span, ...]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Claim:
    """A quantity, time or place in the text, normalised.

    ``statement`` is the id of the innermost statement whose content holds the span, ``None`` where the reporter's own words carry it.

    * quantity: ``value``, ``low`` and ``high`` are numbers (``None`` for an open end), ``unit`` what they measure, ``of`` what is counted.
    * time: ``value`` is an ISO 8601 date, time, interval or duration; ``anchor`` the date it was reckoned from; ``doubt`` why it may be wrong.
    * place: ``value`` is the place's name in the gazetteer; ``country`` (ISO 3166-1 alpha-2), ``geonames`` (id), ``latitude`` and ``longitude``
      in degrees; all ``None`` where the gazetteer leaves it open, and ``doubt`` says why.
    """

    statement: str | None
    type: ClaimType
    span: Span
    value: float | int | str | None = None
    low: float | int | None = None
    high: float | int | None = None
    unit: str | None = None
    of: str | None = None
    comparison: Comparison | None = None
    anchor: str | None = None
    doubt: str | None = None
    country: str | None = None
    geonames: int | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What the pipeline yields for a document, and all that the record accepts."""

    document: Document
    statements: tuple[Statement, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    claims: tuple[Claim, ...] = ()

    def __str__(self) -> str:
        count = len(self.statements)
        return f"{self.document.origin}: {count:,} statement{'s' * (count != 1)}"

    def speaker_of(self, statement: Statement) -> Speaker | None:
        """The speaker of a statement of this report, ``None`` where it wasn't resolved."""
        return next((speaker for speaker in self.speakers if speaker.id == statement.speaker), None)

    def children_of(self, statement: Statement) -> tuple[Statement, ...]:
        """The statements nested directly inside this one."""
        return tuple(child for child in self.statements if child.parent == statement.id)

    def to_dict(self) -> dict[str, Any]:
        """The contract's shape, made of JSON values only."""
        return {"schema": SCHEMA, **_plain(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The report of ``to_dict``.

        Raises:
            ReportError: another schema, a missing field or a value of the wrong kind.
        """
        if data.get("schema") != SCHEMA:
            raise ReportError(f"expected the schema {SCHEMA!r}, found {data.get('schema')!r}")
        return _typed(cls, {key: value for key, value in data.items() if key != "schema"}, "report")


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that couldn't be read, by name, with its reason."""

    origin: str
    error: OnRecordError

    def __str__(self) -> str:
        return str(self.error)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


T = TypeVar("T")
_HINTS: dict[type, dict[str, Any]] = {}
_LATER: dict[type, dict[str, Any]] = {Statement: {"speaker_candidates": ()}}
"""Fields that older reports lack, with what they mean there."""


def _typed(cls: type[T], data: object, where: str) -> T:
    if not isinstance(data, Mapping):
        raise ReportError(f"{where}: expected an object, found {type(data).__name__}")
    hints = _HINTS.setdefault(cls, typing.get_type_hints(cls))
    data = {**_LATER.get(cls, {}), **data}
    if missing := hints.keys() - data.keys():
        raise ReportError(f"{where}: expected the fields {_listed(hints)}; missing: {_listed(missing)}")
    if unknown := data.keys() - hints.keys():
        raise ReportError(f"{where}: expected the fields {_listed(hints)}; unknown: {_listed(unknown)}")
    return cls(**{name: _value(hint, data[name], f"{where}.{name}") for name, hint in hints.items()})


def _value(hint: Any, value: Any, where: str) -> Any:
    origin, options = typing.get_origin(hint), typing.get_args(hint)
    if origin is types.UnionType or origin is typing.Union:
        if value is None and type(None) in options:
            return None
        options = tuple(option for option in options if option is not type(None))
        if len(options) == 1:
            return _value(options[0], value, where)
        if type(value) in options:
            return value
    elif origin is tuple:
        if isinstance(value, list | tuple):
            return tuple(_value(options[0], item, f"{where}[{index}]") for index, item in enumerate(value))
    elif origin is Literal:
        if value in options:
            return value
    elif dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _typed(hint, value, where)
    elif type(value) is hint or (hint is float and type(value) is int):
        return value
    raise ReportError(f"{where}: expected {_named(hint)}, found {value!r:.80}")


def _named(hint: Any) -> str:
    return hint.__name__ if isinstance(hint, type) else str(hint).replace("typing.", "")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))

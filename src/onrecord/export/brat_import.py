"""brat standoff back into reports: what ``export brat`` wrote, what people made of it, and others' folders.

Lines that say nothing about statements (relations, normalisations, other events) are passed over; a line that
isn't brat's, or that points to what isn't there, is a failure of its report.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from onrecord.errors import FormatError, NotFoundError, OnRecordError, ReportError
from onrecord.export.brat import CLAIM_FIELDS, CLAIM_LABELS, EVENT, NOTE, SPEAKER_LABELS, mark_spans
from onrecord.loaders.files import open_origin, read_rest
from onrecord.loaders.jsonl import check_values
from onrecord.statements import form_of
from onrecord.text import analyze
from onrecord.text.segmentation import Range
from onrecord.types import (
    Claim,
    Document,
    Failure,
    Modality,
    Report,
    Speaker,
    SpeakerCandidate,
    Statement,
    content_id,
)

_KINDS = {label: kind for kind, label in SPEAKER_LABELS.items()}
_TYPES = {label: kind for kind, label in CLAIM_LABELS.items()}
_MAX_BYTES = 50_000_000  # of a file, as of a document that is read
_LINE = re.compile(r"(?:[TEA]\d+|#\d+|\*)\t")


@dataclass(frozen=True, slots=True)
class Annotated:
    """What an annotator made of a report, and what the folder says of the export that it came from.

    ``offered`` are the statements that the export held, by id, each with a hash of what was shown of it; ``None``
    where the folder doesn't say. ``exported`` is the id of the document that was exported, where it says. ``given``
    names what the annotations say of each statement: attributes and roles; ``NOTED`` where it came out of an
    export, ``MOVED`` where its words have been moved since.
    """

    name: str
    report: Report
    offered: dict[str, str] | None
    exported: str | None
    given: dict[str, frozenset[str]]


NOTED, MOVED = "(noted)", "(moved)"


def read_folder(folder: Path) -> Iterator[Annotated | Failure]:
    """Yields what was made of each ``NAME.ann`` in a folder, by name, a failure in the place of each that can't be
    read.

    The text is ``NAME.txt`` beside it; or, as PolNeAR has it, ``attributions/NAME_ANNOTATOR.ann`` goes with
    ``text/NAME.txt``, and the first annotator by name is read.

    Raises:
        NotFoundError: there is no such folder, or no ``.ann`` file in it.
    """
    below = folder / "attributions"
    apart = below.is_dir()
    paths = sorted((below if apart else folder).glob("*.ann"))
    if not paths:
        raise NotFoundError(
            str(folder), "expected a folder with NAME.ann and NAME.txt (brat), found no .ann file"
        )
    seen: set[Path] = set()
    for path in paths:
        stem = path.stem.rpartition("_")[0] if apart else path.stem
        text = (folder / "text" if apart else folder) / f"{stem}.txt"
        if text not in seen:
            seen.add(text)
            yield _read(path, text)


def _read(path: Path, text_path: Path) -> Annotated | Failure:
    try:
        text = _decode(text_path)
        beside = text_path.with_suffix(".json")
        about = _json(_decode(beside)) if beside.is_file() else None
        return parse_annotated(_decode(path), text, name=str(path), origin=str(text_path), about=about)
    except OnRecordError as error:
        return Failure(str(path), error)
    except (ValueError, RecursionError) as error:
        return Failure(
            str(path), FormatError(str(path), f"its JSON can't be read ({str(error)[:80]}); mend it")
        )


def _json(text: str) -> Any:
    check_values(text)
    return json.loads(text)


def _decode(path: Path) -> str:
    with open_origin(str(path)) as file:  # which refuses pipes and devices, on which reading would never end
        data = read_rest(str(path), file, b"", limit=_MAX_BYTES)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(
            str(path), f"expected UTF-8, found byte {error.object[error.start]:#04x}"
        ) from error


def parse(lines: str, text: str, *, name: str, origin: str = "", about: Any = None) -> Report:
    """The report of annotations: that of ``parse_annotated``."""
    return parse_annotated(lines, text, name=name, origin=origin, about=about).report


def parse_annotated(lines: str, text: str, *, name: str, origin: str = "", about: Any = None) -> Annotated:
    """What an annotator made of a report.

    Args:
        lines: of ``NAME.ann``.
        text: of ``NAME.txt``.
        name: of the file, for errors.
        origin: of the document, where ``about`` doesn't tell.
        about: what ``NAME.json`` holds, else ``None``.

    Raises:
        FormatError: a line isn't brat's, or points to what isn't there.
    """
    found = _Standoff(text, name)
    for number, line in enumerate(lines.split("\n"), 1):
        # Words copied from a text may hold a line end: what follows it is no line of its own.
        if _LINE.match(line):
            found.take(number, line.rstrip("\r").split("\t"))
    about = about if isinstance(about, dict) else {}
    try:
        joined = _Joined(found, text, origin, about)
        report = joined.report()
        return Annotated(name, report, _offered(about), _exported(about), joined.given)
    except (ReportError, TypeError, KeyError, AttributeError, ValueError) as error:
        raise FormatError(
            name, f"a note or its .json isn't what `export brat` writes ({error}); take it out"
        ) from error


def _offered(about: dict[str, Any]) -> dict[str, str] | None:
    offered = about.get("offered")
    return {str(item): str(seen) for item, seen in offered.items()} if isinstance(offered, dict) else None


def _exported(about: dict[str, Any]) -> str | None:
    document = about.get("document")
    return document.get("id") if isinstance(document, dict) else None


@dataclass(slots=True)
class _Standoff:
    """The lines of an ``.ann`` file by what they are."""

    text: str
    name: str
    bound: dict[str, tuple[str, tuple[Range, ...]]] = field(default_factory=dict)
    events: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    alike: list[list[str]] = field(default_factory=list)

    def take(self, number: int, fields: list[str]) -> None:
        """Keeps what a line says."""
        key, said = fields[0], fields[1].split()
        if key == "*":
            if said[:1] == ["Equiv"]:
                self.alike.append(said[1:])
        elif key[0] == "T":
            self.bound[key] = self._bound(number, fields)
        elif key[0] == "E":
            if said and said[0].partition(":")[0] == EVENT:
                self.events[key] = (number, said[1:])
        elif len(said) < 2:
            raise self._refuse(number, "expected a name and what it is about", fields)
        elif key[0] == "A":
            self.attributes.setdefault(said[1], {})[said[0]] = " ".join(said[2:]) or "true"
        elif said[0] == NOTE and fields[-1].startswith("{"):
            with suppress(ValueError, RecursionError):  # somebody's own words
                self.notes[said[1]] = _json(fields[-1])

    def _bound(self, number: int, fields: list[str]) -> tuple[str, tuple[Range, ...]]:
        label, _, offsets = fields[1].partition(" ")
        try:
            ranges = tuple(
                (int(start), int(end)) for start, end in (pair.split() for pair in offsets.split(";"))
            )
        except ValueError as error:
            raise self._refuse(number, "expected `T1<TAB>Label START END<TAB>words`", fields) from error
        if not ranges or not all(0 <= start < end <= len(self.text) for start, end in ranges):
            raise self._refuse(number, f"expected offsets up to {len(self.text)}, the text's end", fields)
        words = " ".join(" ".join(fields[2:]).split())
        there = " ".join(" ".join(self.text[start:end] for start, end in ranges).split())
        if not there.startswith(words):
            raise self._refuse(number, f"expected the words {there[:40]!r} of the text", fields)
        return label, ranges

    def _refuse(self, number: int, expected: str, fields: Sequence[str]) -> FormatError:
        return FormatError(self.name, f"line {number}: {expected}, found {fields!r:.80}")

    def arguments(self, event: str) -> Iterator[tuple[str, str]]:
        """Yields the roles of an event, numbers at their ends off, with what is in each.

        Raises:
            FormatError: it isn't there.
        """
        number, said = self.events[event]
        for argument in said:
            role, _, target = argument.partition(":")
            if target in self.bound:
                yield role.rstrip("0123456789"), target
            elif target not in self.events:
                raise self._refuse(number, f"expected {argument} to point to an annotation", said)

    def spans(self, name: str) -> list[Range]:
        """The stretches of an annotation in text order, those with only white space between them as one."""
        joined: list[Range] = []
        for start, end in sorted(self.bound[name][1]):
            if joined and (start <= joined[-1][1] or not self.text[joined[-1][1] : start].strip()):
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined


class _Joined:
    """A report put together from annotations."""

    def __init__(self, found: _Standoff, text: str, origin: str, about: dict[str, Any]) -> None:
        self._found, self._about = found, about
        self._document = _document(text, origin, about)
        self._analysis = analyze(text)
        self._people: dict[str, str] = {}  # the speaker of each mention
        self.given: dict[str, frozenset[str]] = {}  # what is said of each statement

    def report(self) -> Report:
        speakers = self._speakers()
        statements = self._statements({speaker.id for speaker in speakers})
        return Report(self._document, statements, speakers, self._claims({item.id for item in statements}))

    def _speakers(self) -> tuple[Speaker, ...]:
        groups: dict[str, list[str]] = {}
        for name, (label, _) in self._found.bound.items():
            if label in _KINDS:
                groups[name] = [name]
        for names in self._found.alike:
            there = [groups[name] for name in names if name in groups]
            together = sorted({name for group in there for name in group}, key=_number)
            groups.update(dict.fromkeys(together, together))
        apart = {id(group): group for group in groups.values()}.values()
        kept = self._about.get("speakers", [])
        speakers = list(Report.from_dict({**Report(self._document).to_dict(), "speakers": kept}).speakers)
        taken = {speaker.id for speaker in speakers}
        for group in apart:
            speaker = self._speaker(group, taken)
            taken.add(speaker.id)
            speakers.append(speaker)
            self._people.update(dict.fromkeys(group, speaker.id))
        order = {item: place for place, item in enumerate(self._about.get("order", []))}
        return tuple(sorted(speakers, key=lambda speaker: order.get(speaker.id, len(order))))

    def _speaker(self, group: list[str], taken: set[str]) -> Speaker:
        mentions = [self._document.span(*self._longest(name)) for name in group]
        notes: list[dict[str, Any]] = [self._found.notes[name] for name in group if name in self._found.notes]
        note = notes[0] if notes else {}
        fresh = next(f"s{number}" for number in range(1, len(taken) + 2) if f"s{number}" not in taken)
        given = note.get("id")
        return Speaker(
            id=given if isinstance(given, str) and given not in taken else fresh,
            name=note.get("name") or max((span.text for span in mentions), key=len),
            aliases=tuple(note.get("aliases", ())),
            kind=_KINDS[self._found.bound[group[0]][0]],  # type: ignore[arg-type]
            role=note.get("role"),
            affiliation=note.get("affiliation"),
            mentions=tuple(mentions),
        )

    def _longest(self, name: str) -> Range:
        return max(self._found.spans(name), key=lambda span: span[1] - span[0])

    def _statements(self, speakers: set[str]) -> tuple[Statement, ...]:
        statements: list[Statement] = []
        taken: set[str] = set()
        for event in self._found.events:
            statement = self._statement(event, speakers)
            if statement is not None and statement.id not in taken:
                taken.add(statement.id)
                statements.append(statement)
        return tuple(item if item.parent in taken else _orphan(item) for item in statements)

    def _statement(self, event: str, speakers: set[str]) -> Statement | None:
        """The statement of an event; ``None`` for one without content, as those marked for discussion are."""
        parts: dict[str, list[str]] = {}
        for role, name in self._found.arguments(event):
            parts.setdefault(role, []).append(name)
        content = _apart(span for name in parts.get("Content", ()) for span in self._found.spans(name))
        if not content:
            return None
        document, note = self._document, self._found.notes.get(event, {})
        source, cue = (
            document.span(*self._longest(parts[role][0])) if role in parts else None
            for role in ("Source", "Cue")
        )
        said = self._found.attributes.get(event, {})
        statement = Statement(
            id=content_id(document.id, cue, source, content),
            form=said.get("Form") or form_of(content, self._analysis),  # type: ignore[arg-type]
            source=source,
            cue=cue,
            content=tuple(document.span(*piece) for piece in content),
            speaker=self._person("Speaker", parts, note, speakers),
            target=self._person("Target", parts, note, speakers),
            act=said.get("Act", note.get("act")),
            stance=said.get("Stance"),  # type: ignore[arg-type]
            modality=_modality(said, note),
        )
        known = _as_it_was(statement, note)
        marks = {NOTED} if note else set()
        marks |= {MOVED} if note and mark_spans(known) != note["spans"] else set()
        self.given.setdefault(known.id, frozenset(marks | said.keys() | parts.keys()))
        return known

    def _person(
        self, role: str, parts: dict[str, list[str]], note: dict[str, Any], speakers: set[str]
    ) -> str | None:
        if role in parts:
            return self._people.get(parts[role][0])
        kept = note.get(role.lower())
        return kept if kept in speakers else None

    def _claims(self, statements: set[str]) -> tuple[Claim, ...]:
        found = []
        for name, (label, _) in self._found.bound.items():
            if label not in _TYPES:
                continue
            start, end = self._longest(name)
            note: dict[str, Any] = dict.fromkeys(CLAIM_FIELDS) | self._found.notes.get(name, {})
            if note["statement"] not in statements:
                note["statement"] = None
            span = {"start": start, "end": end, "text": self._document.text[start:end]}
            found.append({**note, "type": _TYPES[label], "span": span})
        shell = Report(self._document).to_dict()
        return Report.from_dict({**shell, "claims": found}).claims


def _document(text: str, origin: str, about: dict[str, Any]) -> Document:
    document = Document.of(text, origin=origin)
    known = about.get("document")
    if not isinstance(known, dict):
        return document
    shell = Report(document).to_dict()
    return Report.from_dict({**shell, "document": {**known, "id": document.id, "text": text}}).document


def _as_it_was(statement: Statement, note: dict[str, Any]) -> Statement:
    """The statement with what its note says; its score and model only where nobody has moved its words."""
    if not note:
        return statement
    kept = replace(statement, id=note["id"], parent=note["parent"])
    if mark_spans(kept) != note["spans"]:
        return kept
    others = tuple(SpeakerCandidate(*other) for other in note.get("speaker_candidates", ()))
    return replace(
        kept,
        score=note["score"],
        speaker_score=note["speaker_score"],
        speaker_candidates=others,
        model=note["model"],
    )


def _orphan(statement: Statement) -> Statement:
    return replace(statement, parent=None)


def _modality(said: dict[str, str], note: dict[str, Any]) -> Modality | None:
    if note.get("modality") is False or not {"Tense", "Negated", "Conditional"} & said.keys():
        return None
    return Modality("Negated" in said, "Conditional" in said, said.get("Tense", "present"))  # type: ignore[arg-type]


def _apart(spans: Iterable[Range]) -> list[Range]:
    """The ranges in text order, those that overlap as one."""
    apart: list[Range] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _number(name: str) -> int:
    return int(name[1:])

"""What an audit is made of."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.types import Document, Span, SpeakerKind

GenreName = Literal["article", "press_release", "briefing", "interview", "opinion"]
Severity = Literal["note", "warning", "serious"]
JustificationKind = Literal["how_known", "why_unnamed"]

SEVERITIES: tuple[Severity, ...] = ("note", "warning", "serious")
"""From the least to the most severe."""


@dataclass(frozen=True, slots=True)
class Genre:
    """What kind of text it is, and why it is taken for that. ``span`` holds the words that show it, if any."""

    name: GenreName
    because: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Justification:
    """Words of the report that say how a voice knows what it says, or why it isn't named."""

    kind: JustificationKind
    span: Span


@dataclass(frozen=True, slots=True)
class Anonymity:
    """How the report describes a voice that it doesn't name.

    ``asked`` says that the voice is anonymous by agreement ("who asked not to be named"). ``reason`` is the
    part that says why ("because she fears for her job"). Each is ``None`` where nothing in the report says.
    """

    described_as: Span
    asked: Span | None
    reason: Span | None


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker of the report, with its share of what is said.

    ``speaker`` is the speaker's id, ``None`` where the report's words lead to nobody; then ``name`` holds the
    words of the source, and ``None`` stands for statements without any source. ``statements`` counts all of
    the voice's statements, ``relayed`` those among them that another voice passes on. ``words`` counts the
    words of the others' content, each word once; ``share`` is their part of all such words, 0 to 1, and
    ``statement_share`` the same for statements. ``evidence`` holds the ids of the statements.
    """

    speaker: str | None
    name: str | None
    kind: SpeakerKind | None
    role: str | None
    affiliation: str | None
    statements: int
    relayed: int
    words: int
    share: float
    statement_share: float
    justification: tuple[Justification, ...]
    anonymity: Anonymity | None
    evidence: tuple[str, ...]

    @property
    def direct(self) -> int:
        """Statements that no other voice passes on."""
        return self.statements - self.relayed

    def spans(self, kind: JustificationKind) -> tuple[Span, ...]:
        """The justification of one kind."""
        return tuple(item.span for item in self.justification if item.kind == kind)


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """What a rule found. ``says`` is one sentence; ``source`` names where the rule comes from."""

    rule: str
    severity: Severity
    span: Span | None
    evidence: tuple[str, ...]
    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A statement of the report that another report of the record has too, altered, or contradicts.

    ``differences`` are pairs of spans, the audited report's first; ``None`` where a side has no such words.
    """

    statement: str
    kind: Literal["same_quote", "altered_quote", "same_claim", "contradicted"]
    document: str
    other: str
    origin: str
    publisher: str | None
    date: str | None
    speaker: str | None
    says: str
    differences: tuple[tuple[Span | None, Span | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """How one report is sourced. ``elsewhere`` is ``None`` where no record was given."""

    document: Document
    genre: Genre
    rules: str
    statements: int
    words: int
    voices: tuple[Voice, ...]
    findings: tuple[AuditFinding, ...]
    elsewhere: tuple[Elsewhere, ...] | None = None

    def worst(self) -> Severity | None:
        """The highest severity among the findings."""
        return max((finding.severity for finding in self.findings), key=SEVERITIES.index, default=None)

    def to_dict(self) -> dict[str, Any]:
        """The audit as JSON values, in the shape of ``onrecord audit --json``."""
        document = self.document
        return {
            "document": {
                "id": document.id,
                "origin": document.origin,
                "title": document.title,
                "publisher": document.publisher,
                "published": _plain(document.published),
            },
            "genre": self.genre.name,
            "genre_because": self.genre.because,
            "rules": self.rules,
            "statements": self.statements,
            "words": self.words,
            "voices": [_voice(voice) for voice in self.voices],
            "findings": _plain(self.findings),
            "elsewhere": _plain(self.elsewhere),
        }


def _voice(voice: Voice) -> dict[str, Any]:
    found: dict[str, Any] = _plain(voice)
    found["justification"] = [{"kind": item.kind, **_plain(item.span)} for item in voice.justification]
    return found


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value

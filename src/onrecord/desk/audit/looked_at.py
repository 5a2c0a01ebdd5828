"""What every check looks at, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.desk.audit.genre import genre_of
from onrecord.desk.audit.passages import Passages
from onrecord.desk.audit.rules import Rule
from onrecord.desk.audit.values import AuditFinding, Genre, Voice
from onrecord.desk.audit.voices import find_voices, is_spoken_of
from onrecord.types import Report, Span, Speaker, Statement


@dataclass(frozen=True, slots=True)
class Sourcing:
    """A report with its voices. ``heard`` are the statements that a voice makes, ``spoken_of`` the others."""

    passages: Passages
    genre: Genre
    voices: tuple[Voice, ...]
    statements: int
    words: int
    heard: tuple[Statement, ...]
    spoken_of: tuple[Statement, ...]
    speakers: Mapping[str, Speaker]

    @classmethod
    def of(cls, report: Report) -> Sourcing:
        """The sourcing of a report."""
        passages = Passages.of(report)
        voices, statements, words = find_voices(passages)
        made = {identity for voice in voices for identity in voice.evidence}
        silent = {item.id for item in passages.statements if item.id not in made}
        return cls(
            passages,
            genre_of(report),
            voices,
            statements,
            words,
            tuple(item for item in passages.statements if item.id not in silent),
            tuple(item for item in passages.statements if is_spoken_of(passages, item)),
            {speaker.id: speaker for speaker in report.speakers},
        )

    def statement(self, identity: str) -> Statement:
        """A statement by its id."""
        return next(item for item in self.passages.statements if item.id == identity)

    def voice_of(self, statement: Statement) -> Voice | None:
        """The voice that makes a statement."""
        return next((voice for voice in self.voices if statement.id in voice.evidence), None)

    def first_span(self, voice: Voice) -> Span | None:
        """Where a voice is first heard: its source, else what it says."""
        ids = set(voice.evidence)
        spans = [item.source or item.content[0] for item in self.heard if item.id in ids]
        return min(spans, default=None)


def finding(
    rule: Rule, sourcing: Sourcing, span: Span | None, evidence: Iterable[str], says: str
) -> AuditFinding:
    """A finding as severe as the rule has it for this genre; the rule applies there."""
    severity = rule.severity_in(sourcing.genre.name)
    assert severity is not None
    return AuditFinding(rule.name, severity, span, tuple(evidence), " ".join(says.split()), rule.source)


def named(voice: Voice) -> str:
    """A voice as a sentence has it: its name, or its words in quotation marks."""
    if voice.name is None:
        return "somebody whom the report doesn’t name"
    return voice.name if voice.speaker and voice.kind != "unnamed" else f"“{voice.name}”"


def listed(names: Iterable[str]) -> str:
    """Names in a sentence.

    >>> listed(["Brandt", "Orr", "Lind"])
    'Brandt, Orr and Lind'
    """
    found = list(names)
    return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)


def times(count: int, thing: str) -> str:
    """A count of things.

    >>> times(1, "statement"), times(30, "statement")
    ('1 statement', '30 statements')
    """
    return f"{count:,} {thing}{'s' * (count != 1)}"

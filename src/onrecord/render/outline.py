"""The order in which a report's statements are shown, and the words for what is known of each."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from onrecord.render.safe_text import one_line
from onrecord.render.values import without_repeats
from onrecord.types import Basis, Claim, Report, Speaker, SpeakerKind, Statement

PLAIN_ACT = "state"
"""What a statement does that does nothing more; neither view says it."""

_KIND_TEXT: dict[SpeakerKind, str] = {"unnamed": "unnamed speaker", "document": "document"}
_WORD = re.compile(r"\w+")

LOW_SCORE = 0.5
"""Under this, a statement is more likely wrong than right, and both views say so."""

BASIS: dict[Basis, str] = {
    "given": "as given",
    "metadata": "from its metadata",
    "header": "from its header",
    "dateline": "from its dateline",
    "url": "from its address",
    "none": "unknown",
}
"""What a date was read from, in words."""


LOW_SPEAKER = 0.9
"""Under this, the speaker is marked, with who else it may be. On 94 reports of OnRecord World 23 of 53 speakers
under it are right, 124 of 174 from 0.9 to 0.95, and 1,015 of 1,178 above (docs/speakers.md).
"""

_LEAST_SHOWN = 0.05  # of a candidate beside a speaker


def speaker_doubt(statement: Statement, speaker: Speaker | None) -> str | None:
    """What to say of an unsure speaker: "0.62, or: Ana Brandt (0.31)"; who it may be where there is none;
    ``None`` for a sure one.

    The numbers are probabilities of the speaker, not of the statement.
    """
    others = [other for other in statement.speaker_candidates if other.score >= _LEAST_SHOWN]
    named = " or ".join(f"{one_line(other.name)} ({rounded(other.score)})" for other in others)
    if speaker is None:
        return f"perhaps: {named}" if named else None
    score = statement.speaker_score
    if score is None or score >= LOW_SPEAKER:
        return None
    return f"{rounded(score)}, or: {named}" if named else rounded(score)


def rounded(score: float) -> str:
    """A score with two digits, never rounded up to a certainty that it isn't.

    >>> rounded(0.999), rounded(0.5)
    ('0.99', '0.50')
    """
    return f"{int(score * 100 + 1e-9) / 100:.2f}"


def source_words(statement: Statement, speaker: Speaker | None) -> str | None:
    """The source's words where the speaker's name was found elsewhere: "she", "the minister"; ``None`` where they hold it."""
    source = one_line(statement.source.text) if statement.source else None
    if speaker is None or not source:
        return None
    name = one_line(speaker.name).casefold()
    words = set(_WORD.findall(source.casefold()))
    named = {word for word in _WORD.findall(name) if len(word) > 2}
    return None if words & named or source.casefold() == name else source


def counted(statements: int) -> str:
    """A number of statements in words.

    >>> counted(1)
    '1 statement'
    """
    return {0: "no statements found", 1: "1 statement"}.get(statements, f"{statements:,} statements")


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement in its place: ``number`` counts from 1, ``depth`` is 0 for one that stands in no other.

    ``speaker`` and ``target`` are the speakers of the report that the statement points to, ``claims`` the
    ones that it carries.
    """

    number: int
    depth: int
    statement: Statement
    speaker: Speaker | None
    target: Speaker | None
    claims: tuple[Claim, ...]

    @property
    def who(self) -> str | None:
        """The speaker's name, else the source's words, else ``None``."""
        if self.speaker:
            return one_line(self.speaker.name)
        return self.source

    @property
    def source_words(self) -> str | None:
        """The source's words where the name was found elsewhere: "she", "the minister"; ``None`` where they hold it."""
        return source_words(self.statement, self.speaker)

    @property
    def speaker_note(self) -> str | None:
        """What kind of speaker it is, where it isn't a person or body by name."""
        if self.speaker is None:
            return None if self.source is None else "not resolved"
        return _KIND_TEXT.get(self.speaker.kind)

    @property
    def is_unsure(self) -> bool:
        """Whether the speaker's score is under ``LOW_SPEAKER``."""
        return self.speaker is not None and self.doubt is not None

    @property
    def doubt(self) -> str | None:
        """The speaker's score where it is low, and who else it may be; ``None`` for a sure one."""
        return speaker_doubt(self.statement, self.speaker)

    @property
    def source(self) -> str | None:
        """The source's words on one line."""
        return one_line(self.statement.source.text) if self.statement.source else None

    @property
    def cue(self) -> str | None:
        """The cue's words on one line."""
        return one_line(self.statement.cue.text) if self.statement.cue else None

    @property
    def is_low(self) -> bool:
        """Whether the score is under ``LOW_SCORE``."""
        return self.statement.score < LOW_SCORE

    @property
    def score(self) -> str:
        """The statement's score with two digits."""
        return rounded(self.statement.score)

    @property
    def act_text(self) -> str | None:
        """The act and its target: "accuse → Interior Ministry"; ``None`` where all it does is state."""
        act = one_line(self.statement.act) if self.statement.act else None
        if self.target and act:
            return f"{act} → {one_line(self.target.name)}"
        return None if act == PLAIN_ACT else act

    @property
    def modality_text(self) -> str | None:
        """What the report says of modality and stance beyond the plain case: "negated, distanced"."""
        statement, words = self.statement, []
        if statement.modality and statement.modality.negated:
            words.append("negated")
        if statement.modality and statement.modality.conditional:
            words.append("conditional")
        if statement.stance and statement.stance != "neutral":
            words.append(statement.stance)
        return ", ".join(words) or None


def outline_of(report: Report) -> list[Entry]:
    """The statements as they are shown: in text order, each followed by those nested in it.

    A ``parent`` that the report doesn't hold, or that leads back to the statement itself, counts as none, so
    that every statement is shown once.
    """
    speakers = {speaker.id: speaker for speaker in report.speakers}
    carried: defaultdict[str | None, list[Claim]] = defaultdict(list)
    for claim in report.claims:
        carried[claim.statement].append(claim)
    entries: list[Entry] = []
    for statement, depth in _nested(report):
        entries.append(
            Entry(
                number=len(entries) + 1,
                depth=depth,
                statement=statement,
                speaker=speakers.get(statement.speaker) if statement.speaker else None,
                target=speakers.get(statement.target) if statement.target else None,
                claims=tuple(without_repeats(carried.get(statement.id, ()))),
            )
        )
    return entries


def _nested(report: Report) -> list[tuple[Statement, int]]:
    ordered = sorted(
        report.statements,
        key=lambda statement: (statement.start, statement.cue or statement.content[0], -statement.end),
    )
    known = {statement.id for statement in ordered}
    children: defaultdict[str | None, list[Statement]] = defaultdict(list)
    for statement in ordered:
        children[statement.parent if statement.parent in known else None].append(statement)
    shown: list[tuple[Statement, int]] = []
    seen: set[int] = set()
    # What hangs in a circle of parents is reached from no top: each circle is entered at its first statement.
    for top in children[None] + ordered:
        waiting = [(top, 0)]
        while waiting:
            statement, depth = waiting.pop()
            if id(statement) in seen:
                continue
            seen.add(id(statement))
            shown.append((statement, depth))
            waiting.extend((child, depth + 1) for child in reversed(children.get(statement.id, ())))
    return shown

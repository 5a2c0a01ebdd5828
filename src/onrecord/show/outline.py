"""The order in which a record's statements are shown, and the words for what is known of each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from onrecord.show.plain import one_line
from onrecord.types import Basis, Claim, Record, Speaker, Statement

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


def counted(statements: int) -> str:
    """A number of statements in words.

    >>> counted(1)
    '1 statement'
    """
    return {0: "no statements found", 1: "1 statement"}.get(statements, f"{statements:,} statements")


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement in its place: ``number`` counts from 1, ``depth`` is 0 for one that stands in no other.

    ``speaker`` and ``target`` are the speakers of the record that the statement points to, ``claims`` the
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
        """The score with two digits, never rounded up to a certainty that it isn't.

        A score of 0.999 shows as 0.99.
        """
        return f"{int(self.statement.score * 100 + 1e-9) / 100:.2f}"

    @property
    def deed(self) -> str | None:
        """The act and its target: "accuse → Interior Ministry"."""
        if not self.statement.act:
            return None
        act = one_line(self.statement.act)
        return f"{act} → {one_line(self.target.name)}" if self.target else act

    @property
    def manner(self) -> str | None:
        """What the record says of modality and stance beyond the plain case: "negated, distanced"."""
        statement, words = self.statement, []
        if statement.modality and statement.modality.negated:
            words.append("negated")
        if statement.modality and statement.modality.conditional:
            words.append("conditional")
        if statement.stance and statement.stance != "neutral":
            words.append(statement.stance)
        return ", ".join(words) or None


def outline_of(record: Record) -> list[Entry]:
    """The statements as they are shown: in text order, each followed by those nested in it.

    A ``parent`` that the record doesn't hold, or that leads back to the statement itself, counts as none, so
    that every statement is shown once.
    """
    speakers = {speaker.id: speaker for speaker in record.speakers}
    carried: defaultdict[str | None, list[Claim]] = defaultdict(list)
    for claim in record.claims:
        carried[claim.statement].append(claim)
    entries: list[Entry] = []
    for statement, depth in _nested(record):
        entries.append(
            Entry(
                number=len(entries) + 1,
                depth=depth,
                statement=statement,
                speaker=speakers.get(statement.speaker) if statement.speaker else None,
                target=speakers.get(statement.target) if statement.target else None,
                claims=tuple(sorted(carried.get(statement.id, ()), key=lambda claim: claim.span)),
            )
        )
    return entries


def _nested(record: Record) -> list[tuple[Statement, int]]:
    ordered = sorted(
        record.statements,
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


def claim_words(claim: Claim) -> str:
    """A claim in one line: its own words, what they come to where that says more, and the doubt.

    >>> from onrecord.types import Span
    >>> claim_words(Claim("a", "figure", Span(0, 5, "forty"), 40, 40, 40, "percent"))
    'forty (40 percent)'
    """
    words = one_line(claim.span.text)
    reading = _reading(claim)
    if reading and reading.casefold() not in words.casefold():
        words = f"{words} ({reading})"
    return f"{words} – in doubt: {one_line(claim.doubt)}" if claim.doubt else words


def _reading(claim: Claim) -> str:
    if claim.type == "figure":
        return " ".join(
            part for part in (_amount(claim), claim.unit, f"of {claim.of}" if claim.of else None) if part
        )
    if claim.value is None:
        return ""
    return one_line(f"{claim.value}, {claim.country}" if claim.country else str(claim.value))


def _amount(claim: Claim) -> str:
    low, high = claim.low, claim.high
    if claim.comparison == "between" and low is not None and high is not None:
        return f"{_number(low)} to {_number(high)}"
    if claim.value is None:
        return ""
    signs = {"about": "about ", "over": "over ", "under": "under "}
    return signs.get(claim.comparison or "", "") + _number(claim.value)


def _number(value: float | int | str) -> str:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, float):
        return f"{value:,.6g}" if abs(value) < 1e15 else f"{value:.6g}"
    # Python refuses to write out integers of many thousand digits.
    return f"{value:,}" if value.bit_length() < 64 else f"about 2^{value.bit_length()}"

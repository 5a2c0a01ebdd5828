"""What the word index holds of a statement: its words, and marks for everything a search can be narrowed by.

A mark is a token that no text has: a section sign, a letter for its kind, a value. Words and marks stand in
one index, so a search for words by a speaker with an act is one intersection of sorted lists, in either
database.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from onrecord.store.folding import LONGEST_TOKEN, fold_name, fold_word, words_of
from onrecord.store.rows import figure_range
from onrecord.types import Claim, Document, Record, Speaker, Statement

MOST_WORDS = 10_000  # of one statement that are indexed: PostgreSQL numbers the words of a row up to 16,383

FORM, STANCE, ACT, COUNTRY, PLACE, FIGURE, UNIT = "o", "k", "a", "c", "l", "f", "u"
SPEAKER, TARGET, PUBLISHER = "s", "t", "p"  # one mark a word of the name
SPEAKER_NAME, TARGET_NAME, PUBLISHER_NAME = "n", "m", "q"  # the whole name

_STEPS = 2  # marks of figures in a factor of ten
_LEAST, _MOST = (
    -3 * _STEPS,
    15 * _STEPS,
)  # a thousandth to a thousand million million; what is beyond counts as the end
_WIDEST = 8  # steps of a range that are all marked; of a wider one only the ends are


def mark(kind: str, value: str) -> str:
    """The mark of a value; of letters and digits only, cut to what an index takes.

    >>> mark(ACT, "Accuse")
    '§aaccuse'
    """
    return f"\u00a7{kind}{''.join(fold_name(value).split())}"[:LONGEST_TOKEN]


def name_marks(kind: str, name: str) -> list[str]:
    """One mark for each word of a name.

    >>> name_marks(SPEAKER, "Zoë Lind")
    ['§szoe', '§slind']
    """
    return [mark(kind, word) for word in fold_name(name).split()]


def figure_step(value: float) -> int | None:
    """The step of a number on a scale of signed magnitudes; ``None`` for what is not a number.

    >>> figure_step(1.0), figure_step(0.0), figure_step(-1.0)
    (7, 0, -7)
    """
    if math.isnan(value):
        return None
    if value == 0:
        return 0
    magnitude = _MOST if math.isinf(value) else math.floor(math.log10(abs(value)) * _STEPS)
    step = min(max(magnitude, _LEAST), _MOST) - _LEAST + 1
    return step if value > 0 else -step


def figure_marks(least: float, most: float, *, every: bool) -> list[str]:
    """The marks of the steps from one number to another: all, or where there are many and not ``every``,
    those of the ends.
    """
    first, last = figure_step(least), figure_step(most)
    if first is None or last is None or first > last:
        return []
    steps: Sequence[int] = range(first, last + 1)
    if len(steps) > _WIDEST and not every:
        steps = (first, last)
    return [f"\u00a7{FIGURE}{'m' if step < 0 else 'p'}{abs(step)}" for step in steps]


def record_tokens(record: Record) -> Iterator[list[str]]:
    """Yields the tokens of each statement of a record, in order."""
    speakers = {speaker.id: speaker for speaker in record.speakers}
    names = {speaker.id: _name_words(speaker) for speaker in record.speakers}
    publisher = _publisher_marks(record.document)
    claims: dict[str, list[Claim]] = {}
    for claim in record.claims:
        if claim.statement is not None:
            claims.setdefault(claim.statement, []).append(claim)
    for statement in record.statements:
        tokens = _words(record.document.text, statement)
        marks = [mark(FORM, statement.form)]
        if statement.stance:
            marks.append(mark(STANCE, statement.stance))
        if statement.act:
            marks.append(mark(ACT, statement.act))
        marks += _people(statement, speakers, names)
        marks += publisher
        marks += _claim_marks(claims.get(statement.id, ()))
        tokens += dict.fromkeys(marks)
        if statement.speaker is not None:
            tokens += map(fold_word, names[statement.speaker])
        yield tokens


def _words(text: str, statement: Statement) -> list[str]:
    """The words of content, source and cue; what stands between two spans is a token of its own, so that no
    phrase runs across.
    """
    tokens: list[str] = []
    for span in statement.content:
        if tokens:
            tokens.append("\u00a7")
        tokens += words_of(text[span.start : span.end])
        if len(tokens) > MOST_WORDS:
            del tokens[MOST_WORDS:]
            break
    for other in (statement.source, statement.cue):
        if other is not None and not any(piece.contains(other) for piece in statement.content):
            tokens.append("\u00a7")
            tokens += words_of(other.text)[:MOST_WORDS]
    return tokens


def _name_words(speaker: Speaker) -> list[str]:
    names = (speaker.name, *speaker.aliases)
    return list(dict.fromkeys(word for name in names for word in fold_name(name).split()))[:100]


def _people(
    statement: Statement, speakers: Mapping[str, Speaker], names: Mapping[str, list[str]]
) -> Iterator[str]:
    for reference, word, whole in (
        (statement.speaker, SPEAKER, SPEAKER_NAME),
        (statement.target, TARGET, TARGET_NAME),
    ):
        if reference is not None:
            yield mark(whole, speakers[reference].name)
            for part in names[reference]:
                yield mark(word, part)


def _publisher_marks(document: Document) -> list[str]:
    if document.publisher is None:
        return []
    return [mark(PUBLISHER_NAME, document.publisher), *name_marks(PUBLISHER, document.publisher)[:100]]


def _claim_marks(claims: Sequence[Claim]) -> Iterator[str]:
    for claim in claims[:1000]:
        if claim.type == "place":
            if isinstance(claim.value, str):
                yield mark(PLACE, claim.value)
            if claim.country:
                yield mark(COUNTRY, claim.country)
        elif (found := figure_range(claim)) is not None:
            yield from figure_marks(*found, every=False)
            if claim.unit:
                yield mark(UNIT, claim.unit)

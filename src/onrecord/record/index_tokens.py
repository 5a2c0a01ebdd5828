"""What the word index holds of a statement: its words, and marks for everything a search can be narrowed by.

A mark is a token that no text has: a section sign, a letter for its kind, a value. Words and marks stand in
one index, so a search for words by a speaker with an act is one intersection of sorted lists, in either
database.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from onrecord.record.folding import LONGEST_TOKEN, fold_name, fold_word, words_of
from onrecord.record.rows import quantity_range
from onrecord.types import Claim, Document, Report, Speaker, Statement

MAX_WORDS = 10_000  # of one statement that are indexed: PostgreSQL numbers the words of a row up to 16,383

FORM, STANCE, ACT, COUNTRY, PLACE, QUANTITY, UNIT = "o", "k", "a", "c", "l", "f", "u"
SPEAKER, TARGET, PUBLISHER = "s", "t", "p"  # one mark a word of the name
SPEAKER_NAME, TARGET_NAME, PUBLISHER_NAME = "n", "m", "q"  # the whole name

_STEPS = 2  # marks of quantities in a factor of ten
_LEAST, _MOST = (
    -3 * _STEPS,
    15 * _STEPS,
)  # a thousandth to a thousand million million; what is beyond counts as the end
_WIDEST = 8  # steps of a range that are all marked; of a wider one only the ends are


def filter_token(kind: str, value: str) -> str:
    """The mark of a value; of letters and digits only, cut to what an index takes.

    >>> filter_token(ACT, "Accuse")
    '§aaccuse'
    """
    return f"\u00a7{kind}{''.join(fold_name(value).split())}"[:LONGEST_TOKEN]


def name_tokens(kind: str, name: str) -> list[str]:
    """One mark for each word of a name.

    >>> name_tokens(SPEAKER, "Zoë Lind")
    ['§szoe', '§slind']
    """
    return [filter_token(kind, word) for word in fold_name(name).split()]


def magnitude_step(value: float) -> int | None:
    """The step of a number on a scale of signed magnitudes; ``None`` for what is not a number.

    >>> magnitude_step(1.0), magnitude_step(0.0), magnitude_step(-1.0)
    (7, 0, -7)
    """
    if math.isnan(value):
        return None
    if value == 0:
        return 0
    magnitude = _MOST if math.isinf(value) else math.floor(math.log10(abs(value)) * _STEPS)
    step = min(max(magnitude, _LEAST), _MOST) - _LEAST + 1
    return step if value > 0 else -step


def magnitude_tokens(least: float, most: float, *, every: bool) -> list[str]:
    """The marks of the steps from one number to another: all, or where there are many and not ``every``,
    those of the ends.
    """
    first, last = magnitude_step(least), magnitude_step(most)
    if first is None or last is None or first > last:
        return []
    steps: Sequence[int] = range(first, last + 1)
    if len(steps) > _WIDEST and not every:
        steps = (first, last)
    return [f"\u00a7{QUANTITY}{'m' if step < 0 else 'p'}{abs(step)}" for step in steps]


def report_tokens(report: Report) -> Iterator[list[str]]:
    """Yields the tokens of each statement of a report, in order."""
    speakers = {speaker.id: speaker for speaker in report.speakers}
    names = {speaker.id: _name_words(speaker) for speaker in report.speakers}
    publisher = _publisher_marks(report.document)
    claims: dict[str, list[Claim]] = {}
    for claim in report.claims:
        if claim.statement is not None:
            claims.setdefault(claim.statement, []).append(claim)
    for statement in report.statements:
        tokens = _words(report.document.text, statement)
        filter_tokens = [filter_token(FORM, statement.form)]
        if statement.stance:
            filter_tokens.append(filter_token(STANCE, statement.stance))
        if statement.act:
            filter_tokens.append(filter_token(ACT, statement.act))
        filter_tokens += _people(statement, speakers, names)
        filter_tokens += publisher
        filter_tokens += _claim_marks(claims.get(statement.id, ()))
        tokens += dict.fromkeys(filter_tokens)
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
        if len(tokens) > MAX_WORDS:
            del tokens[MAX_WORDS:]
            break
    for other in (statement.source, statement.cue):
        if other is not None and not any(piece.contains(other) for piece in statement.content):
            tokens.append("\u00a7")
            tokens += words_of(other.text)[:MAX_WORDS]
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
            yield filter_token(whole, speakers[reference].name)
            for part in names[reference]:
                yield filter_token(word, part)


def _publisher_marks(document: Document) -> list[str]:
    if document.publisher is None:
        return []
    return [
        filter_token(PUBLISHER_NAME, document.publisher),
        *name_tokens(PUBLISHER, document.publisher)[:100],
    ]


def _claim_marks(claims: Sequence[Claim]) -> Iterator[str]:
    for claim in claims[:1000]:
        if claim.type == "place":
            if isinstance(claim.value, str):
                yield filter_token(PLACE, claim.value)
            if claim.country:
                yield filter_token(COUNTRY, claim.country)
        elif (found := quantity_range(claim)) is not None:
            yield from magnitude_tokens(*found, every=False)
            if claim.unit:
                yield filter_token(UNIT, claim.unit)

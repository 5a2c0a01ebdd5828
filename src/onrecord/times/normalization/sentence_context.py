"""What the words around a expression of time make of it: that it opens its sentence, is of a fiscal year, of attacks that have a name."""

from __future__ import annotations

import datetime
import re

from onrecord.text.passages import Passage
from onrecord.times.parsing import TimeExpression
from onrecord.times.tense import Direction

ATTACKS = frozenset(("attacks", "terrorist", "hijackings", "hijackers"))
US_WORDS = re.compile(r"\b(?:U\.S\.|US\b|United States|Americans?|Republicans?|Democrats?)")
LEAD = 20_000  # characters from the start of a text
CONJUNCTIONS = frozenset(("but", "and", "then", "back", "yet"))


def is_attack(passage: Passage, expression: TimeExpression, anchor: datetime.date) -> bool:
    """Whether 11 September without its year is that of 2001 ("the Sept. 11 terrorist attacks"), in a report of later years."""
    if (expression.month, expression.day, expression.year) != (9, 11, None) or anchor.year < 2002:
        return False
    return not ATTACKS.isdisjoint(passage.low[expression.last : expression.last + 3])


def is_american(text: str) -> bool:
    """Whether a text speaks of the United States, near its start."""
    return US_WORDS.search(text, 0, LEAD) is not None


def is_fiscal(passage: Passage, expression: TimeExpression) -> bool:
    """Whether a expression is of a fiscal year, and doesn't tell when that ends."""
    said = passage.low[expression.first : expression.last]
    return expression.month is None and ("fiscal" in said or "fy" in said)


def opens_sentence(passage: Passage, expression: TimeExpression) -> bool:
    """Whether a expression opens its sentence: "On March 2," and "In March", too."""
    at = expression.first
    at -= passage.word(at - 1) in ("on", "in", "by") and passage.first(at - 1)
    return passage.first(at)


def is_past_weekend(
    passage: Passage, expression: TimeExpression, anchor: datetime.date, direction: Direction | None
) -> bool:
    """Whether a weekend is the one before the report's week: "this weekend" only where a verb says so, "the weekend" unless one says otherwise."""
    if direction == "future" or anchor.isoweekday() > 5:
        return False
    return passage.low[expression.first] != "this" or (direction == "past" and anchor.isoweekday() <= 3)


def year_frame_end(passage: Passage, expression: TimeExpression) -> int | None:
    """Where the sentence ends that a year opens and that tells of it ("In 2012, …", "But in 2012, …"); ``None`` for other expressions."""
    if (
        expression.kind != "value"
        or not (expression.value or "").isdecimal()
        or len(expression.value or "") != 4
    ):
        return None
    at = expression.first - 1
    if passage.word(at) not in ("in", "during") or passage.word(expression.last) != ",":
        return None
    at -= passage.word(at - 1) in CONJUNCTIONS and passage.first(at - 1)
    return passage.end[passage.bounds(expression.first)[1] - 1] if passage.first(at) else None

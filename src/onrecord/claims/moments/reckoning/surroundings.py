"""What the words around a phrase of time make of it: that it opens its sentence, is of a fiscal year, of attacks that have a name."""

from __future__ import annotations

import datetime
import re

from onrecord.claims.moments.phrases import Phrase
from onrecord.claims.moments.tense import Direction
from onrecord.text.passages import Passage

ATTACKS = frozenset(("attacks", "terrorist", "hijackings", "hijackers"))
AMERICAN = re.compile(r"\b(?:U\.S\.|US\b|United States|Americans?|Republicans?|Democrats?)")
LEAD = 20_000  # characters from the start of a text
JOINTS = frozenset(("but", "and", "then", "back", "yet"))


def is_attack(passage: Passage, phrase: Phrase, anchor: datetime.date) -> bool:
    """Whether 11 September without its year is that of 2001 ("the Sept. 11 terrorist attacks"), in a report of later years."""
    if (phrase.month, phrase.day, phrase.year) != (9, 11, None) or anchor.year < 2002:
        return False
    return not ATTACKS.isdisjoint(passage.low[phrase.last : phrase.last + 3])


def is_american(text: str) -> bool:
    """Whether a text speaks of the United States, near its start."""
    return AMERICAN.search(text, 0, LEAD) is not None


def is_fiscal(passage: Passage, phrase: Phrase) -> bool:
    """Whether a phrase is of a fiscal year, and doesn't tell when that ends."""
    said = passage.low[phrase.first : phrase.last]
    return phrase.month is None and ("fiscal" in said or "fy" in said)


def opens(passage: Passage, phrase: Phrase) -> bool:
    """Whether a phrase opens its sentence: "On March 2," and "In March", too."""
    at = phrase.first
    at -= passage.word(at - 1) in ("on", "in", "by") and passage.first(at - 1)
    return passage.first(at)


def is_over(passage: Passage, phrase: Phrase, anchor: datetime.date, direction: Direction | None) -> bool:
    """Whether a weekend is the one before the report's week: "this weekend" only where a verb says so, "the weekend" unless one says otherwise."""
    if direction == "future" or anchor.isoweekday() > 5:
        return False
    return passage.low[phrase.first] != "this" or (direction == "past" and anchor.isoweekday() <= 3)


def frames(passage: Passage, phrase: Phrase) -> int | None:
    """Where the sentence ends that a year opens and that tells of it ("In 2012, …", "But in 2012, …"); ``None`` for other phrases."""
    if phrase.kind != "value" or not (phrase.value or "").isdecimal() or len(phrase.value or "") != 4:
        return None
    at = phrase.first - 1
    if passage.word(at) not in ("in", "during") or passage.word(phrase.last) != ",":
        return None
    at -= passage.word(at - 1) in JOINTS and passage.first(at - 1)
    return passage.end[passage.bounds(phrase.first)[1] - 1] if passage.first(at) else None

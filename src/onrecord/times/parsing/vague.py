"""Words for now, for a past and for a time to come that tell no date: "now", "currently", "recently", "soon"."""

from __future__ import annotations

from onrecord.lang.en.numbers.numerals import HYPHENS
from onrecord.lang.en.time_words import UNIT_WORDS
from onrecord.text.passages import Passage
from onrecord.times.calendar import duration
from onrecord.times.parsing.expression import TimeExpression
from onrecord.times.tense import direction_of_verb

NOW = {("right", "now"), ("at", "present"), ("at", "the", "moment"), ("these", "days")}
REFS = {
    "now": "PRESENT_REF",
    "currently": "PRESENT_REF",
    "presently": "PRESENT_REF",
    "nowadays": "PRESENT_REF",
    "recently": "PAST_REF",
    "lately": "PAST_REF",
    "recent": "PAST_REF",
    "current": "PRESENT_REF",
    "soon": "FUTURE_REF",
    "future": "FUTURE_REF",
}
AFTER_SOON = frozenset(("after", "as", "enough", "afterward", "afterwards", "thereafter", "-", "‑"))


def read_vague_time(passage: Passage, index: int) -> TimeExpression | None:
    """The word for now, a past or a time to come that begins at this token."""
    for size in (3, 2):
        if passage.words(index, size) in NOW:
            return TimeExpression(index, index + size, "value", "PRESENT_REF")
    word, after = passage.low[index], passage.word(index + 1)
    if word not in REFS:
        return None
    if word == "future":
        unit = UNIT_WORDS.get(after, after) != after  # "future years", not "the future of"
        return TimeExpression(index, index + 2, "value", "FUTURE_REF") if unit else None
    if word in ("recent", "current"):
        return _adjective(passage, index)
    if word == "recently" and after == "as" and passage.word(index - 1) == "as":
        return None  # "as recently as 2014"
    if word == "soon" and not _soon(passage, index):
        return None
    if word == "now" and (
        after == "that" or (passage.word(index - 1) in ("until", "then", "and") and after == "then")
    ):
        return None
    return TimeExpression(index, index + 1, "value", REFS[word])


def _adjective(passage: Passage, index: int) -> TimeExpression | None:
    """ "recent months" and "the current price"; "a recent filing" tells no time, "the current quarter" is a period."""
    unit, after = UNIT_WORDS.get(passage.word(index + 1)), passage.word(index + 1)
    if passage.low[index] == "recent":
        return TimeExpression(index, index + 2, "value", duration("X", unit)) if unit is not None else None
    if unit is not None or after in ("fiscal", "quarter"):
        return None
    before = passage.word(index - 1)
    then = before == "then" or (before in HYPHENS and passage.word(index - 2) == "then")
    return TimeExpression(index, index + 1, "value", "PAST_REF" if then else "PRESENT_REF")


def _soon(passage: Passage, index: int) -> bool:
    """Whether "soon" means soon from now, and not soon after what is told ("he was soon released", "soon after")."""
    if passage.word(index + 1) in AFTER_SOON or passage.word(index - 1) in ("as", "too", "so"):
        return False
    return all(
        not 0 <= at < len(passage) or direction_of_verb(passage, at) != "past"
        for at in (index - 1, index + 1)
    )

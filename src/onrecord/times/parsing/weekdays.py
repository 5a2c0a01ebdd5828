"""Weekdays by their names: one day, every week's ("on Saturday evenings", "hosts a Sunday show"), or part of a name ("the Sunday Times")."""

from __future__ import annotations

from onrecord.lang.en.closed_classes import words
from onrecord.lang.en.time_words import DAY_PARTS, LONG_WEEKDAYS, WEEKDAYS
from onrecord.text.passages import Passage
from onrecord.times.parsing.clock_times import part_after
from onrecord.times.parsing.expression import TimeExpression, weekday_at

NAMED = frozenset(words("super black bloody cyber fat palm giving whit shrove maundy"))
# What is on each week: "a Sunday show"; "the Sunday shows", "a Sunday interview" may be of one day.
PROGRAMMES = frozenset(words("show program programme school market league"))
OWNERS = frozenset(words("a an his her its their our my your s weekly regular popular"))
KINDS = frozenset(words("talk news radio television tv political morning afternoon evening night public"))
STARTERS = frozenset(("weekends",)) | frozenset(WEEKDAYS) | {f"{word}s" for word in LONG_WEEKDAYS}


def read_weekday(passage: Passage, index: int) -> TimeExpression | None:
    """The weekday that begins at this token, with the part of the day after it."""
    word = passage.low[index]
    if word == "weekends":
        return TimeExpression(index, index + 1, "value", "XXXX-WXX-WE")
    if word.endswith("s") and word[:-1] in LONG_WEEKDAYS and passage.capital(index):
        return TimeExpression(index, index + 1, "value", f"XXXX-WXX-{WEEKDAYS[word[:-1]]}")
    found = weekday_at(passage, index)
    if found is None or (found[1] == index + 1 and word not in LONG_WEEKDAYS):
        return None
    day = f"XXXX-WXX-{found[0]}"
    if passage.word(index - 1) in ("one", "some", "any"):
        return TimeExpression(index, found[1], "value", day)  # "one Sunday": some Sunday or other
    if passage.word(index - 1) in NAMED and passage.capital(index - 1):
        return None  # "Super Tuesday", "Black Monday": days by name
    clock, last = part_after(passage, found[1])
    if (last > found[1] and passage.word(last - 1).endswith("s")) or _is_weekly(passage, index, found[1]):
        return TimeExpression(index, last, "value", day + (clock or ""))
    return TimeExpression(index, last, "weekday", weekday=found[0], clock=clock)


def _is_weekly(passage: Passage, index: int, at: int) -> bool:
    """Whether the weekday is that of something that is on each week: "a Sunday show", "his Sunday morning talk show"."""
    if passage.word(index - 1) not in OWNERS:
        return False
    for _ in range(3):
        if passage.word(at) not in KINDS:
            break
        at += 1
    return passage.word(at) in PROGRAMMES


def is_daytime(word: str) -> bool:
    """Whether a word names a part of one day: "morning", but not "mornings" or "overnight"."""
    return word in DAY_PARTS and word != "overnight" and not word.endswith("s")

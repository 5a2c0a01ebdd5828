"""Whole units of time and counts of them: "the year", "the day before", "the week of May 6", "the first nine months"."""

from __future__ import annotations

import dataclasses

from onrecord.lang.en.closed_classes import DETERMINERS, PRONOUNS, STOPPERS, words
from onrecord.lang.en.numbers.numerals import HYPHENS
from onrecord.lang.en.numbers.parsing import read_number
from onrecord.lang.en.time_words import DAY_PARTS, EARLY, UNIT_WORDS
from onrecord.text.passages import Passage
from onrecord.times.calendar import SEASONS, duration
from onrecord.times.parsing.dates import read_date
from onrecord.times.parsing.expression import TimeExpression
from onrecord.times.parsing.quarters import closing_month

CLOSES = frozenset(("end", "ended", "ending", "finish", "finished", "closed", "closing"))
AWARDED = frozenset(
    words(
        "player person footballer sportsman sportswoman athlete coach manager rookie driver boxer man woman teacher "
        "entrepreneur personality artist author book word song album film game photo photograph goal save"
    )
)
RANKED = {"first", "final", "last", "initial", "latest"}
BESIDE = frozenset(("day", "week", "month", "quarter", "year")) | (frozenset(DAY_PARTS) - {"overnight"})


def is_award(passage: Passage, index: int) -> bool:
    """Whether "the year" closes the name of an award: "Footballer of the Year", "word of the year"."""
    if passage.word(index - 1) != "of" or passage.word(index + 1) not in ("year", "month", "week", "decade"):
        return False
    return passage.capital(index + 1) or passage.word(index - 2) in AWARDED


def read_calendar_unit(passage: Passage, index: int, at: int) -> TimeExpression | None:
    """ "the year", "the quarter", "the week": the one at hand."""
    word = passage.word(at)
    at += word in ("full", "entire", "whole", "fiscal") and passage.word(at + 1) in (
        "year",
        "quarter",
        "week",
        "month",
    )
    word = passage.word(at)
    if word == "day" and (passage.word(index - 1) in CLOSES or passage.word(index - 2) in EARLY):
        return TimeExpression(index, at + 1, "ago", unit="day", relation="near")
    if passage.hyphened(at + 1):
        return None
    after = passage.word(at + 1)
    if word in BESIDE and after in ("earlier", "before", "previous") and _ends(passage, at + 2):
        return _beside(index, at, word, -1)
    if word in ("day", "morning") and after == "after" and _ends(passage, at + 2):
        return _beside(index, at, word, 1)
    if word not in ("year", "quarter", "week"):
        return None
    if after == "that" and passage.word(at + 2) == "followed":
        return TimeExpression(index, at + 3, "ago", unit=word, count=1, relation="text")
    if word == "week" and after in ("of", "beginning", "starting", "ending", "ended"):
        day = read_date(passage, at + 2) if at + 2 < len(passage) else None
        if day is not None and day.kind == "day":
            return dataclasses.replace(day, first=index, unit="week")
    if word == "year" and after in ("ended", "ending", "to"):
        return TimeExpression(index, at + 1, "value", "P1Y")
    if word == "quarter" and after == "of":
        return None  # "the quarter of the voters who"
    if word == "quarter":
        return TimeExpression(
            index, at + 1, "quarter", unit=word, relation="that", month=closing_month(passage, at + 1)
        )
    return TimeExpression(index, at + 1, "shift", unit=word)


def _beside(index: int, at: int, word: str, count: int) -> TimeExpression:
    """ "the day before", "the night before", "the morning after": beside a day named before."""
    unit, clock = ("day", DAY_PARTS[word]) if word in DAY_PARTS else (word, None)
    return TimeExpression(index, at + 2, "ago", unit=unit, count=count, relation="text", clock=clock)


def _ends(passage: Passage, at: int) -> bool:
    """Whether nothing hangs on the word before this token ("the week before Christmas")."""
    word = passage.word(at)
    return not (word[:1].isalnum() and (word not in STOPPERS or word in DETERMINERS or word in PRONOUNS))


def read_count(passage: Passage, first: int, at: int, count: str, relation: str) -> TimeExpression | None:
    if passage.word(at) == "to" and (
        other := read_number(passage, at + 1) if at + 1 < len(passage) else None
    ):
        at, count = other.last, "X"
    at += passage.word(at) in HYPHENS
    at += passage.word(at) in ("or", "full", "trading", "business", "fiscal", "straight", "consecutive", "of")
    season = SEASONS.get(passage.word(at).removesuffix("s"))
    if season is not None and passage.word(at).endswith("s") and not passage.capital(at):
        return TimeExpression(first, at + 1, "value", f"XXXX-{season}")
    unit = UNIT_WORDS.get(passage.word(at))
    if unit is None or (passage.word(at) == unit and not passage.joined(at)) or relation == "that":
        return None
    last = at + 1
    if passage.word(last) in ("ago", "earlier", "later"):
        return None  # "you said this 30 years ago"
    if passage.word(last) in HYPHENS and passage.word(last + 1) in ("old", "olds"):
        return None
    if passage.word(last) == "or" and passage.word(last + 1) in ("so", "more"):
        last += 2
    return TimeExpression(first, last, "value", duration(count, unit))


def read_ranked(passage: Passage, first: int, at: int) -> TimeExpression | None:
    """ "the first nine months", "the six months"."""
    at += passage.word(at) in RANKED
    if at >= len(passage) or passage.word(at) in ("a", "an"):
        return None
    if passage.word(at) in ("year-ago",):
        return None
    number = read_number(passage, at)
    if number is None or number.value is None or number.part:
        return None
    last = number.last + (passage.word(number.last) in HYPHENS)
    unit = UNIT_WORDS.get(passage.word(last))
    if unit is None or passage.word(last) == unit:
        return None
    if passage.word(last + 1) in ("ago", "earlier", "later", "old"):
        return None
    return TimeExpression(first, last + 1, "value", duration(str(number.value), unit))

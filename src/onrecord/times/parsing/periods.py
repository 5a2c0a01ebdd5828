"""Periods: "last week", "the past three years", "early next month", "the third quarter", "the end of 1990", "this morning", "recently"."""

from __future__ import annotations

import dataclasses

from onrecord.lang.en.closed_classes import STOPPERS, words
from onrecord.lang.en.numbers.numerals import HYPHENS, UNITS
from onrecord.lang.en.numbers.parsing import read_number
from onrecord.lang.en.time_words import (
    DAY_PARTS,
    EARLY,
    QUARTER_RANKS,
    RELATIONS,
    SEASON_WORDS,
    UNIT_WORDS,
)
from onrecord.text.passages import APOSTROPHES, Passage
from onrecord.times.calendar import duration
from onrecord.times.parsing.calendar_units import is_award, read_calendar_unit, read_count, read_ranked
from onrecord.times.parsing.clock_times import DEICTIC, part_after, read_day
from onrecord.times.parsing.dates import read_date, read_holiday
from onrecord.times.parsing.expression import TimeExpression, day_at, month_at, weekday_at
from onrecord.times.parsing.quarters import read_quarter, read_season
from onrecord.times.parsing.vague import REFS, read_vague_time
from onrecord.times.parsing.weekdays import STARTERS as WEEKDAY_STARTERS
from onrecord.times.parsing.weekdays import is_daytime, read_weekday
from onrecord.times.parsing.years import read_years

DEEPEST = 2
ENDS = frozenset(["end", "beginning", "start", "middle", "close"])
NAMES = frozenset(("april", "may", "june", "august", "march"))  # of people, or words, too
QUOTES = frozenset("\"'“”‘’`")
# What "today's" makes that of an age: "today's world".
AGES = frozenset(
    words(
        "world youth young children youngsters society teenagers generation generations students standards politics"
    )
)
UNRELATED = frozenset(("second", "minute", "hour", "quarter"))  # "the last minute" is no time
UP_TO_NOW = frozenset(("in", "over", "for", "during", "within"))
STARTERS = (
    EARLY
    | frozenset(RELATIONS)
    | frozenset(DEICTIC)
    | frozenset(REFS)
    | WEEKDAY_STARTERS
    | SEASON_WORDS
    | frozenset(QUARTER_RANKS)
    | {
        "the",
        "these",
        "right",
        "tonight",
        "year",
        "month",
        "week",
        "overnight",
        "latest",
        "sometime",
        "fiscal",
        "q",
    }
)


def read_period(passage: Passage, index: int, *, depth: int = 0) -> TimeExpression | None:
    """The period that begins at this token, the longest there is.

    Args:
        depth: how many periods it is a part of; deeper than that of "early in the end of the year" there is none.
    """
    if depth > DEEPEST:
        return None
    word = passage.low[index]
    if word in EARLY or word == "sometime":
        return _early(passage, index, depth)
    if word == "the":
        return _the(passage, index, depth)
    if word in REFS or word in ("these", "right", "at"):
        found = read_vague_time(passage, index)
        return found or (_related(passage, index, index) if word == "current" else None)
    return (
        _deictic(passage, index)
        or read_quarter(passage, index, index)
        or _related(passage, index, index)
        or read_weekday(passage, index)
        or read_season(passage, index, index, None)
        or _year_end(passage, index)
    )


def _early(passage: Passage, index: int, depth: int) -> TimeExpression | None:
    """ "early next year", "late-November", "mid-1996", "later this month"."""
    word, at = passage.low[index], index + 1
    at += (passage.word(at) in HYPHENS and passage.joined(at)) or (
        passage.word(at) == "in" and passage.word(at + 1) in ("the", "this")
    )
    if at >= len(passage):
        return None
    if passage.word(at) in DAY_PARTS and word in ("mid", "late", "early"):
        clock = DAY_PARTS[passage.word(at)]
        day = read_day(passage, at + 1) if at + 1 < len(passage) else None
        if day is not None and day.clock is None:
            return dataclasses.replace(day, first=index, clock=clock)
        if word == "mid":
            return TimeExpression(index, at + 1, "shift", unit="day", clock=clock)
    inner = _early_in(passage, at, depth)
    if inner is None or inner.value in ("PAST_REF", "FUTURE_REF"):
        return None
    if word in ("earlier", "later"):
        today = inner.kind in ("shift", "ago") and inner.unit == "day" and inner.relation in (None, "near")
        if today or inner.kind == "weekday":
            return None
    return dataclasses.replace(inner, first=index)


def _early_in(passage: Passage, at: int, depth: int) -> TimeExpression | None:
    """The year, month or other period that something is early or late in."""
    month = month_at(passage, at)
    inner = read_years(passage, at, near=True)
    if inner is None and month is not None:
        inner = read_date(passage, at) or TimeExpression(at, month[1], "month", month=month[0])
        inner = None if inner.kind == "day" else inner
    if inner is None and passage.word(at) not in EARLY and passage.word(at) not in REFS:
        return read_period(passage, at, depth=depth + 1)
    return inner


def _the(passage: Passage, index: int, depth: int) -> TimeExpression | None:
    at = index + 1
    word = passage.word(at)
    if is_award(passage, index):
        return None
    if word in ENDS and passage.word(at + 1) == "of":
        inner = _inner(passage, at + 2, depth)
        return dataclasses.replace(inner, first=index) if inner is not None else None
    if word in ("future", "past") and passage.word(at + 1) not in UNIT_WORDS:
        after = read_number(passage, at + 1) if at + 1 < len(passage) else None
        bare = not passage.word(at + 1)[:1].isalpha() or passage.word(at + 1) in STOPPERS
        bare = bare and passage.word(at + 1) != "of"  # "the future of the firm" is no time
        if after is None and bare:
            return TimeExpression(index, at + 1, "value", "FUTURE_REF" if word == "future" else "PAST_REF")
    if word in ("near", "foreseeable", "distant") and passage.word(at + 1) in ("future", "term"):
        return TimeExpression(index, at + 2, "value", "FUTURE_REF")
    if passage.words(at, 2) == ("other", "day"):
        return TimeExpression(index, at + 2, "value", "PAST_REF")
    if word == "weekend":
        return TimeExpression(index, at + 1, "shift", unit="weekend")
    if word in EARLY:
        inner = _early(passage, at, depth + 1) if depth < DEEPEST else None
        return dataclasses.replace(inner, first=index) if inner is not None else None
    return (
        read_season(passage, index, at, None)
        or read_quarter(passage, index, at)
        or read_ranked(passage, index, at)
        or _related(passage, index, at)
        or read_calendar_unit(passage, index, at)
    )


def _inner(passage: Passage, at: int, depth: int) -> TimeExpression | None:
    """What something is the end or beginning of."""
    if at >= len(passage):
        return None
    if (year := read_years(passage, at, near=True)) is not None:
        return year
    month = month_at(passage, at)
    if month is not None:
        found = read_date(passage, at)
        return (
            found
            if found is not None and found.kind == "month"
            else TimeExpression(at, month[1], "month", month=month[0])
        )
    if passage.word(at) == "the" and passage.word(at + 1) in ("year", "month", "week", "decade", "century"):
        return TimeExpression(at, at + 2, "shift", unit=passage.word(at + 1))
    found = (
        read_period(passage, at, depth=depth + 1)
        if passage.word(at) in ("the", "this", "last", "next")
        else None
    )
    return found if found is not None and found.kind in ("shift", "season", "quarter", "month") else None


def _deictic(passage: Passage, index: int) -> TimeExpression | None:
    word = passage.low[index]
    if word in DEICTIC:
        if (
            passage.capital(index)
            and not passage.first(index)
            and (passage.capital(index - 1) or passage.capital(index + 1))
        ):
            return None
        if passage.capital(index) and _is_quoted(passage, index):
            return None  # the broadcast of that name
        if word == "today" and _is_age(passage, index):
            return TimeExpression(index, index + 1, "value", "PRESENT_REF")
        clock, last = part_after(passage, index + 1)
        return TimeExpression(index, last, "shift", unit="day", count=DEICTIC[word], clock=clock)
    if word == "tonight":
        return TimeExpression(index, index + 1, "shift", unit="day", clock="TNI")
    if word == "overnight":
        return TimeExpression(index, index + 1, "ago", unit="day", count=-1, relation="near", clock="TNI")
    if word in ("last", "this") and is_daytime(passage.word(index + 1)):
        return TimeExpression(
            index,
            index + 2,
            "shift",
            unit="day",
            count=-1 if word == "last" else 0,
            clock=DAY_PARTS[passage.word(index + 1)],
        )
    return None


def _is_quoted(passage: Passage, index: int) -> bool:
    """Whether a word stands alone between quotation marks."""
    at = index + 1 + (passage.word(index + 1) in (",", "."))
    closed = passage.word(at) in QUOTES and passage.word(at + 1) != "s"
    return closed and passage.word(index - 1) in QUOTES and passage.joined(index)


def _is_age(passage: Passage, index: int) -> bool:
    """Whether "today" is the age that is lived in, and no day: "today's youth", "the children of today"."""
    if passage.word(index + 1) in APOSTROPHES and passage.word(index + 2) == "s":
        return passage.word(index + 3) in AGES
    return passage.word(index - 1) == "of" and passage.word(index - 2) in AGES


def _related(passage: Passage, first: int, at: int) -> TimeExpression | None:
    """A relation and what it is of: "last week", "the past three years", "next Friday", "that day", "the following month"."""
    relation = RELATIONS.get(passage.word(at))
    if relation is None:
        return None
    word, at = passage.low[at], at + 1
    if word == "this" and passage.word(at) in ("past", "coming", "last", "next"):
        relation, at = RELATIONS[passage.word(at)], at + 1
    if at >= len(passage) or passage.hyphened(at):
        return None
    month, weekday = month_at(passage, at), weekday_at(passage, at)
    if word == "following" and at == first + 1 and (month is not None or weekday is not None):
        return None  # "following Monday's debate": after it
    if (
        month is not None
        and word not in ("same", "current")
        and not (word == "that" and passage.low[at] in NAMES)
    ):
        if day_at(passage, month[1]) is not None:
            return None
        return TimeExpression(first, month[1], "month", month=month[0], relation=relation)
    if weekday is not None:
        clock, last = part_after(passage, weekday[1])
        return TimeExpression(first, last, "weekday", weekday=weekday[0], relation=relation, clock=clock)
    if (season := read_season(passage, first, at, relation)) is not None:
        return season
    if (quarter := read_quarter(passage, first, at, relation=relation)) is not None:
        return quarter
    if passage.word(at) in ("thanksgiving", "christmas", "easter") and passage.capital(at):
        holiday = read_holiday(passage, at)
        return dataclasses.replace(holiday, first=first, relation=relation) if holiday else None
    return _related_unit(passage, first, at, word, relation)


def _related_unit(passage: Passage, first: int, at: int, word: str, relation: str) -> TimeExpression | None:
    """A relation and a unit, with a count or without: "the past three years", "next few days", "last week", "that evening"."""
    if passage.word(at) == "few" or passage.word(at) == "several":
        unit = UNIT_WORDS.get(passage.word(at + 1))
        counts = unit is not None and relation != "that"
        return TimeExpression(first, at + 2, "value", duration("X", unit)) if unit and counts else None
    if passage.word(at) in UNITS and passage.word(at + 1) == "quarters":
        return TimeExpression(first, at + 2, "value", duration(str(UNITS[passage.word(at)]), "quarter"))
    number = read_number(passage, at)
    if number is not None and number.value is not None:
        return read_count(passage, first, number.last, str(number.value), relation)
    at += passage.word(at) in ("fiscal", "calendar", "financial")
    part = passage.word(at) in ("morning", "evening", "afternoon")
    if part and word in ("next", "following", "same", "that", "previous"):
        count, clock = {"that": 0, "previous": -1}.get(relation, 1), DAY_PARTS[passage.word(at)]
        return TimeExpression(first, at + 1, "ago", unit="day", count=count, relation="text", clock=clock)
    unit = UNIT_WORDS.get(passage.word(at))
    named = passage.capital(at) and passage.capital(at - 1)
    if unit is None or unit in UNRELATED or passage.hyphened(at + 1) or named:
        return None
    if passage.word(at) != unit:
        open_ = relation in ("last", "next", "this") and word not in ("this", "last")
        return TimeExpression(first, at + 1, "value", duration("X", unit)) if open_ else None
    return _one_unit(passage, first, at, word, relation, unit)


def _one_unit(
    passage: Passage, first: int, at: int, word: str, relation: str, unit: str
) -> TimeExpression | None:
    """A relation and one unit: "last week", "this year", "the past month", "the following day"."""
    if word == "this" and unit == "day" and passage.word(first - 1) == "to":
        return TimeExpression(first, at + 1, "value", "PRESENT_REF")  # "to this day"
    if relation in ("last", "next", "this") and not (relation == "next" and unit == "day" and word == "next"):
        if word == "past" or _is_length(passage, at) or _is_of_other(passage, at):
            return TimeExpression(first, at + 1, "value", duration("1", unit))
        if unit == "day" and relation != "this":
            return None
        return TimeExpression(
            first, at + 1, "shift", unit=unit, count={"last": -1, "next": 1, "this": 0}[relation]
        )
    if unit == "night" and relation != "that":
        return None
    count = {"previous": -1, "following": 1, "next": 1}.get(relation, 0)
    return TimeExpression(
        first, at + 1, "ago", unit="day" if unit == "night" else unit, count=count, relation="text"
    )


def _is_of_other(passage: Passage, at: int) -> bool:
    """Whether the unit at this token is the last of something else: "the last week of the campaign"."""
    other = passage.words(at - 2, 2) == ("the", "last") and passage.word(at + 1) == "of"
    return other and passage.word(at) != "day"


def _is_length(passage: Passage, at: int) -> bool:
    """Whether the unit at this token is one up to now: "in the last year", but not "last year" or "the last week of May"."""
    return (
        passage.words(at - 2, 2) == ("the", "last")
        and passage.word(at - 3) in UP_TO_NOW
        and passage.word(at) in ("week", "month", "year", "decade")
        and passage.word(at + 1) != "of"
    )


def _year_end(passage: Passage, index: int) -> TimeExpression | None:
    word = passage.low[index]
    if word in ("year", "month", "week") and passage.words(index + 1, 3) in (
        ("'", "s", "end"),
        ("’", "s", "end"),
    ):
        if passage.word(index - 1) in ("by", "at", "until", "before", "after", "since"):
            return TimeExpression(index, index + 4, "shift", unit=word)
    if word != "year":
        return None
    at = index + 1 + (passage.word(index + 1) in HYPHENS)
    if passage.word(at) != "end":
        return None
    if at > index + 1:
        return TimeExpression(index, at + 1, "day", month=12, day=31)
    return TimeExpression(index, at + 1, "shift", unit="year")

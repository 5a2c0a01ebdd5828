"""Phrases that hang on what the text has named before: "two days later", "the following month", "that spring", "the same month a year earlier"."""

from __future__ import annotations

import datetime

from onrecord.claims.moments.calendar import CLOCK_UNITS, DAY, MONTH, duration, make_day, range_of, shift
from onrecord.claims.moments.phrases import Phrase
from onrecord.claims.moments.reckoning.datings import UNIT_DAYS, Moment, dated, day_value, moved
from onrecord.claims.moments.reckoning.memory import Memory
from onrecord.claims.moments.reckoning.surroundings import opens
from onrecord.claims.moments.tense import direction_of
from onrecord.text.passages import Passage

NO_BASE = "neither the text nor the report has a date that it could hang on"
STORY = 500  # characters between two dates of a story


def reckon_hung(passage: Passage, phrase: Phrase, memory: Memory) -> Moment:
    """A phrase that hangs on a date named before: "two days later", "a year earlier", "the following month"."""
    unit, count = phrase.unit or "day", phrase.count
    if unit == "year" and abs(count) == 1 and (quarter := memory.current_quarter()) is not None:
        return Moment(f"{quarter[0] + int(count):04d}-Q{quarter[1]}", f"{quarter[0]:04d}-Q{quarter[1]}")
    length = duration(f"{abs(count):g}", unit if unit != "night" else "day")
    if unit in CLOCK_UNITS:  # "an hour later" tells no day: the length, and the day that it counts from
        return Moment(length, memory.day.isoformat() if memory.day else None)
    fine = unit in UNIT_DAYS
    if fine and count and memory.is_in_month(passage, phrase):
        return Moment(memory.value, memory.value, "the text names no day before it, only a month")
    base = _base_day(passage, phrase, memory) if fine else _base_period(memory)
    if base is not None:
        value = _from_base(phrase, base, memory)
        if phrase.relation == "counted" and not fine and _is_ahead(passage, phrase, value, memory):
            doubt = f"counted from {memory.value}, it would lie after the report"
            return Moment(length, None, doubt)  # "three years later it still smoulders"
        return Moment(value, base.isoformat() if fine or not memory.value else memory.value)
    if memory.published is not None:
        value = moved(memory.published, unit, count)
        doubt = "the text names no date before it that it could hang on; reckoned from the report's date"
        return Moment(value, memory.published.isoformat(), doubt, relative=True)
    return Moment(length, None, NO_BASE)


def _base_day(passage: Passage, phrase: Phrase, memory: Memory) -> datetime.date | None:
    """The day that days and weeks are counted from; what has been doesn't hang on a day to come."""
    base, published = memory.day, memory.published
    if base and published and base > published:
        return memory.past if direction_of(passage, phrase.first, phrase.last)[0] == "past" else base
    return base


def _base_period(memory: Memory) -> datetime.date | None:
    """The first day of the date or period that longer units are counted from."""
    ends = range_of(memory.value or "")
    return ends[0] if ends else None


def _from_base(phrase: Phrase, base: datetime.date, memory: Memory) -> str | None:
    unit, count = phrase.unit or "day", phrase.count
    # "the following week", not "a week later"
    whole = unit in ("week", "decade", "century") and phrase.relation == "text"
    value = shift(base, unit, int(count)) if whole else moved(base, unit, count)
    counted = unit == "year" and phrase.relation == "counted"  # as fine as what it hangs on
    if value is not None and counted and memory.value and MONTH.fullmatch(memory.value):
        year, month = int(memory.value[:4]), int(memory.value[5:7])
        value = f"{year + int(count):04d}-{month:02d}"
    return value + phrase.clock if value is not None and phrase.clock else value


def _is_ahead(passage: Passage, phrase: Phrase, value: str | None, memory: Memory) -> bool:
    """Whether a time that isn't told as one to come would lie after the report."""
    ends = range_of(value or "")
    if ends is None or memory.published is None or ends[0] <= memory.published:
        return False
    return direction_of(passage, phrase.first, phrase.last)[0] != "future"


def reckon_near(passage: Passage, phrase: Phrase, anchor: datetime.date, memory: Memory) -> Moment:
    """A day beside the one named just before, else beside the report's: "overnight", "at the end of the day"."""
    day = memory.day if memory.is_near(passage, phrase) else None
    near = day is not None and day <= anchor
    base = day if day is not None and near else anchor
    same_night = near and phrase.clock == "TNI" and (memory.value or "").endswith("TNI")
    value = moved(base, "day", 0 if same_night else phrase.count)
    return Moment(value + (phrase.clock or "") if value else None, base.isoformat(), relative=base == anchor)


def reckon_that(phrase: Phrase, memory: Memory) -> Moment | None:
    """A part of the year named before: "that spring", "May that year"; ``None`` for other phrases."""
    named = range_of(memory.value or "") if phrase.relation in ("that", "that year") else None
    if named is None:
        return None
    if phrase.kind in ("month", "season"):
        return Moment(dated(phrase, named[0].year), memory.value)
    day = make_day(named[0].year, phrase.month or 1, phrase.day or 1) if phrase.kind == "day" else None
    return Moment(day_value(phrase, day), memory.value) if day else None


def reckon_story(passage: Passage, phrase: Phrase, anchor: datetime.date, memory: Memory) -> Moment | None:
    """A date without its year that goes on from one with its year: "On March 2, 2015, it leaked. On March 25 she left."

    Both open their sentences, close to each other; or a year opens the sentence: "In 2012, it began in April". ``None`` for any other.
    """
    if phrase.year or phrase.relation or phrase.weekday:
        return None
    year, end = memory.frame
    if passage.start[phrase.first] < end and year < anchor.year:
        if phrase.kind == "month":
            return Moment(dated(phrase, year), f"{year:04d}")
        framed = make_day(year, phrase.month or 1, phrase.day or 1)
        return Moment(day_value(phrase, framed), f"{year:04d}") if framed else None
    story = memory.story
    if story is None or not opens(passage, phrase):
        return None
    if passage.start[phrase.first] - memory.story_place > STORY:
        return None
    day = make_day(story.year, phrase.month or 1, phrase.day or 1)
    if day is None or not story <= day <= anchor:
        return None
    value = day_value(phrase, day) if phrase.kind == "day" else day.isoformat()[:7]
    return Moment(value, story.isoformat())


def reckon_same(phrase: Phrase, anchor: datetime.date, memory: Memory) -> Moment:
    """The same month or day in another year; of longer parts of the year, what else the text says of them."""
    value = memory.value
    named = value if value and (MONTH.fullmatch(value) or DAY.fullmatch(value)) else None
    same = same_as(phrase, named or anchor.isoformat())
    if same is not None:
        return Moment(same, named)
    if phrase.unit == "quarter" and named is not None and MONTH.fullmatch(named):
        return Moment(f"{int(named[:4]) + int(phrase.count):04d}{named[4:]}", named)
    if phrase.unit == "quarter" and (quarter := memory.current_quarter()) is not None:
        return Moment(f"{phrase.year or quarter[0] + int(phrase.count):04d}-Q{quarter[1]}")
    return Moment(f"{phrase.year or anchor.year + int(phrase.count):04d}")


def same_as(phrase: Phrase, value: str) -> str | None:
    """The value so many years from another, or in another year: of a month, or of a day.

    >>> same_as(Phrase(0, 1, "same", unit="month", count=-1), "2009-01")
    '2008-01'
    """
    year = phrase.year if phrase.year is not None else int(value[:4]) + int(phrase.count)
    if not 1 <= year <= 9999:
        return None
    if phrase.unit == "day" and DAY.fullmatch(value) and value[5:10] != "02-29":
        return f"{year:04d}{value[4:10]}"
    return f"{year:04d}{value[4:7]}" if phrase.unit == "month" else None

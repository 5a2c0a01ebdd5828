"""Phrases of time that take two steps: "the first Tuesday of November", "the week before last", "the same month a year earlier",
"a week from Monday", "Tuesday of last week".
"""

from __future__ import annotations

import dataclasses
from calendar import monthrange

from onrecord.lang.en.closed_classes import STOPPERS, words
from onrecord.lang.en.numbers.numerals import HYPHENS, UNITS
from onrecord.lang.en.time_words import DAY_PARTS, LONG_WEEKDAYS, ORDINAL_WORDS, UNIT_WORDS, WEEKDAYS
from onrecord.text.passages import APOSTROPHES, Passage
from onrecord.times.parsing.clock_times import DEICTIC, part_after, read_day
from onrecord.times.parsing.dates import read_holiday
from onrecord.times.parsing.expression import TimeExpression, month_at, read_year, weekday_at
from onrecord.times.parsing.weekdays import is_daytime

RANKS = {word: value for word, value in ORDINAL_WORDS.items() if value <= 5} | {"last": -1, "final": -1}
PLURALS = {f"{word}s": number for word, number in WEEKDAYS.items() if word in LONG_WEEKDAYS}
BEYOND = {("before", "last"): -2, ("after", "next"): 2}
EARLIER = frozenset(("ago", "earlier", "before", "previously"))
SAME = frozenset(words("day week weekend month quarter period time year season"))
STARTERS = (
    frozenset(RANKS)
    | frozenset(LONG_WEEKDAYS)
    | frozenset(UNITS)
    | frozenset(DEICTIC)
    | {"the", "a", "same", "h"}
)


def read_compound(passage: Passage, index: int) -> TimeExpression | None:
    """The expression of two steps that begins at this token."""
    word, at = passage.low[index], index
    if word == "h":
        return _half_year(passage, index)
    if word == "the":
        at += 1
    found = _ranked_weekday(passage, index, at) or _ranked_week(passage, index, at)
    if found is None and word == "the":
        found = _beyond(passage, index) or _part_of_day(passage, index)
    if found is None and passage.word(at) == "same":
        found = _same(passage, index, at)
    return found or _from_day(passage, index) or _of_week(passage, index)


def _ranked_weekday(passage: Passage, first: int, at: int) -> TimeExpression | None:
    """ "the first Tuesday of November", "the last Friday in May 2021", "the second Sunday of next month"."""
    rank, weekday = RANKS.get(passage.word(at)), weekday_at(passage, at + 1)
    if rank is None or weekday is None or passage.word(weekday[1]) not in ("of", "in"):
        return None
    at = weekday[1] + 1
    month = month_at(passage, at)
    if month is not None:
        year, last = _year_behind(passage, month[1])
        return TimeExpression(first, last, "nth", month=month[0], weekday=weekday[0], count=rank, year=year)
    at += passage.word(at) in ("the", "each", "every")
    if passage.word(at - 1) in ("each", "every") and passage.word(at) == "month":
        return TimeExpression(first, at + 1, "value", "P1M")
    if passage.word(at) in ("last", "next", "this") and passage.word(at + 1) == "month":
        return TimeExpression(first, at + 2, "nth", weekday=weekday[0], count=rank, relation=passage.word(at))
    return None


def _ranked_week(passage: Passage, first: int, at: int) -> TimeExpression | None:
    """ "the first week of March", "the last day of May 2021", "the second half of July": days of that month."""
    rank, unit = RANKS.get(passage.word(at)), passage.word(at + 1)
    month = month_at(passage, at + 3)
    if (
        rank is None
        or unit not in ("week", "day", "half")
        or passage.word(at + 2) not in ("of", "in")
        or month is None
    ):
        return None
    size = monthrange(2023, month[0])[1]
    ends = {
        "week": (7 * rank - 6, 7 * rank) if 0 < rank < 5 else (size - 6, size),
        "day": (rank, None) if rank > 0 else (size, None),
        "half": (1, 15) if rank == 1 else (16, size),
    }[unit]
    year, last = _year_behind(passage, month[1])
    return TimeExpression(
        first, last, "day", month=month[0], day=ends[0], until=ends[1], year=year, unit="part"
    )


def _year_behind(passage: Passage, at: int) -> tuple[int | None, int]:
    """The year behind a month that ends at a word, if one is told, and where the expression ends then."""
    found = read_year(passage, at + (passage.word(at) in (",", "of")))
    return found or (None, at)


def _beyond(passage: Passage, index: int) -> TimeExpression | None:
    """ "the week before last", "the year after next", "the night before last", "the day before yesterday", "the day after tomorrow"."""
    after = passage.words(index + 2, 2)
    part = passage.word(index + 1)
    if after == ("before", "last") and is_daytime(part) and passage.word(index + 4) not in UNIT_WORDS:
        return TimeExpression(index, index + 4, "shift", unit="day", count=-2, clock=DAY_PARTS[part])
    unit = UNIT_WORDS.get(part)
    if unit is None or unit != part:
        return None
    if after in BEYOND and passage.word(index + 4) not in UNIT_WORDS and unit not in ("day", "hour"):
        return TimeExpression(index, index + 4, "shift", unit=unit, count=BEYOND[after])
    if unit == "day" and after in (("before", "yesterday"), ("after", "tomorrow")):
        clock, last = part_after(passage, index + 4)
        return TimeExpression(
            index, last, "shift", unit="day", count=-2 if after[0] == "before" else 2, clock=clock
        )
    if unit == "day" and after and after[0] in ("before", "after") and index + 3 < len(passage):
        at = index + 3 + (after[1] == "last")
        day = (read_day(passage, at) if at < len(passage) else None) or read_holiday(passage, index + 3)
        if day is not None and day.kind in ("day", "weekday", "holiday") and day.until is None:
            return dataclasses.replace(day, first=index, offset=-1 if after[0] == "before" else 1)
    return None


def _part_of_day(passage: Passage, index: int) -> TimeExpression | None:
    """ "the morning of May 3", "the night of last Friday"; "in the morning", which hangs on the day named before."""
    part = passage.word(index + 1)
    if not is_daytime(part):
        return None
    if passage.word(index + 2) == "of" and index + 3 < len(passage):
        day = read_day(passage, index + 3 + (passage.word(index + 3) == "last"))
        if day is not None and day.clock is None:
            return dataclasses.replace(day, first=index, clock=DAY_PARTS[part])
    ends = (
        index + 2 >= len(passage)
        or not passage.raw[index + 2][0].isalpha()
        or passage.word(index + 2) in STOPPERS
    )
    if passage.word(index - 1) in ("in", "during") and part != "night" and ends:
        return TimeExpression(
            index, index + 2, "ago", unit="day", count=0, relation="text", clock=DAY_PARTS[part]
        )
    return None


def _same(passage: Passage, first: int, at: int) -> TimeExpression | None:
    """ "the same month a year earlier", "the same day last year", "the same week of 2019"."""
    unit = passage.word(at + 1)
    if unit not in SAME:
        return None
    unit, last = {"period": "quarter", "time": "month", "season": "quarter"}.get(unit, unit), at + 2
    last += passage.word(last) in ("of", "in", ",")
    if passage.word(last) == "last" and passage.word(last + 1) == "year":
        return TimeExpression(first, last + 2, "same", unit=unit, count=-1)
    if passage.words(last, 3) in (
        ("the", "previous", "year"),
        ("the", "year", "before"),
        ("the", "prior", "year"),
    ):
        return TimeExpression(first, last + 3, "same", unit=unit, count=-1)
    count = 1 if passage.word(last) == "a" else UNITS.get(passage.word(last), 0)
    if (
        count
        and passage.word(last + 1) in ("year", "years")
        and passage.word(last + 2) in EARLIER
        and passage.word(at + 1) not in ("year",)
    ):
        return TimeExpression(first, last + 3, "same", unit=unit, count=-count)
    year = read_year(passage, last) if passage.word(last - 1) in ("of", "in") else None
    if year is not None and unit in ("month", "day", "quarter"):
        return TimeExpression(first, year[1], "same", unit=unit, year=year[0])
    return None


def _from_day(passage: Passage, index: int) -> TimeExpression | None:
    """ "a week from Monday", "a week on Friday", "two weeks from today", "two Mondays ago"."""
    count = 1 if passage.low[index] == "a" else UNITS.get(passage.low[index], 0)
    if not count:
        return None
    word = passage.word(index + 1)
    if word in PLURALS and passage.word(index + 2) == "ago" and passage.capital(index + 1):
        return TimeExpression(
            index, index + 3, "weekday", weekday=PLURALS[word], relation="last", count=1 - count
        )
    if UNIT_WORDS.get(word) not in ("week", "day") or passage.word(index + 2) not in ("from", "on", "after"):
        return None
    weeks = count if UNIT_WORDS[word] == "week" else 0
    day, link = passage.word(index + 3), passage.word(index + 2)
    if link != "on" and day in DEICTIC and not weeks == count == 0:
        days = DEICTIC[day] + (7 * weeks or count)
        return TimeExpression(index, index + 4, "shift", unit="day", count=days)
    weekday = weekday_at(passage, index + 3) if weeks and link != "after" else None
    if weekday is None:
        return None
    return TimeExpression(index, weekday[1], "weekday", weekday=weekday[0], relation="coming", count=weeks)


def _of_week(passage: Passage, index: int) -> TimeExpression | None:
    """ "Tuesday of last week", "Tuesday last week", "Friday morning next week", "Monday week", "tomorrow week"."""
    if passage.low[index] == "tomorrow" and passage.word(index + 1) == "week":
        return TimeExpression(index, index + 2, "shift", unit="day", count=8)
    weekday = weekday_at(passage, index)
    if weekday is None or passage.low[index] not in LONG_WEEKDAYS:
        return None
    clock, at = part_after(passage, weekday[1])
    at += passage.word(at) in ("of", ",")
    if passage.word(at) in ("last", "next", "this") and passage.word(at + 1) == "week":
        if passage.word(at + 2) in HYPHENS or (
            passage.word(at + 2) in APOSTROPHES and passage.word(at - 1) != "of"
        ):
            return None
        relation = f"{passage.word(at)} week"
        return TimeExpression(index, at + 2, "weekday", weekday=weekday[0], relation=relation, clock=clock)
    if passage.word(at) == "week" and at == weekday[1] and not passage.capital(at):
        return TimeExpression(index, at + 1, "weekday", weekday=weekday[0], relation="coming", count=1)
    return None


def _half_year(passage: Passage, index: int) -> TimeExpression | None:
    """ "H1 2009", "H2 of 2009"."""
    half = passage.word(index + 1)
    if half not in ("1", "2") or not passage.joined(index + 1) or not passage.capital(index):
        return None
    last = index + 2 + (passage.word(index + 2) == "of")
    year = read_year(passage, last)
    if year is None or passage.joined(last):
        return None
    return TimeExpression(index, year[1], "half", year=year[0], count=int(half), unit="half")

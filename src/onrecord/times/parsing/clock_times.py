"""Times of day: "10 p.m. Wednesday", "17:22 GMT", "noon", "Friday night", "4 in the morning"."""

from __future__ import annotations

import dataclasses

from onrecord.lang.en.closed_classes import words
from onrecord.lang.en.numbers.numerals import UNITS
from onrecord.lang.en.time_words import DAY_PARTS, WEEKDAYS, ZONES
from onrecord.text.passages import APOSTROPHES, Passage
from onrecord.times.parsing.dates import read_date
from onrecord.times.parsing.expression import TimeExpression, weekday_at

DEICTIC = {"today": 0, "yesterday": -1, "tomorrow": 1}
UNIVERSAL = frozenset(("utc", "gmt"))
# Before "1800 hours", a time; "in 2008 hours after" is a year, "(1539 hours)" a count.
BEFORE_HOURS = frozenset(
    ("at", "by", "until", "till", "from", "around", "about", "to", "before", "between", "and")
)
LEADS = frozenset(
    words("at by until from around about to before after since")
)  # before "7:30" without "a.m."
HOURS = frozenset(("hours", "hrs"))
ASIDE = 9  # tokens in brackets between a time and its day
FRACTIONS = {"half": 30, "quarter": 15}  # minutes past an hour or to it
MINUTES = frozenset(("five", "ten", "twenty"))
BEFORE_TIME = frozenset(("at", "until", "till", "around", "about"))
NAMED = {"noon": "T12:00", "midnight": "T24:00", "midday": "T12:00"}


def read_clock(passage: Passage, index: int) -> TimeExpression | None:
    """The time of day that begins at this token, with the zone and the day after it."""
    found = _time(passage, index)
    if found is None:
        return _opening(passage, index)
    clock, at = found
    if passage.word(at) in UNIVERSAL and passage.raw[at].isupper():
        clock += "Z"
    at = _zone(passage, at)
    skip = at
    if passage.word(skip) == ",":
        skip += 1
    if passage.word(skip) in ("on", "last") and passage.word(skip + 1) not in DAY_PARTS:
        skip += 1
    day = read_day(passage, skip) if skip < len(passage) else None
    if day is not None and day.clock is None:
        halved = passage.word(at - 1) in ("am", "pm", "m", ".")
        later = not halved and _is_pm(passage.word(day.last - 1), clock)
        return dataclasses.replace(day, first=index, clock=_shift_hours(clock, 12) if later else clock)
    day = _day_after_zone(passage, at)
    if day is not None:
        return dataclasses.replace(day, first=index, last=at, clock=clock)
    return TimeExpression(index, at, "shift", unit="day", clock=clock)


def _is_pm(part: str, clock: str) -> bool:
    """Whether a time by the clock of twelve hours is one after noon by the part of the day told behind it: "7:30 on Tuesday *evening*"."""
    hour = int(clock[1:3])
    first = {"afternoon": 1, "evening": 4, "night": 6}.get(part)
    return first is not None and first <= hour < 12 and not clock.endswith("Z")


def _shift_hours(clock: str, hours: int) -> str:
    return f"T{int(clock[1:3]) + hours:02d}{clock[3:]}"


def _opening(passage: Passage, index: int) -> TimeExpression | None:
    """The first hour of two that share their half of the day: "from 9 to 11 a.m.", "8-10 p.m. on Monday"."""
    word, link = passage.low[index], passage.word(index + 1)
    if not (word.isdecimal() and len(word) <= 2 and 0 < int(word) <= 12) or index + 2 >= len(passage):
        return None
    paired = (link in ("to", "and") and passage.word(index - 1) in ("from", "between")) or link in ("-", "–")
    closing = read_clock(passage, index + 2) if paired and passage.low[index + 2][0].isdigit() else None
    if closing is None or closing.clock is None or _am_pm(passage, index + 3) is None:
        return None
    hour = int(word) % 12
    end = int(closing.clock[1:3])
    clock = f"T{hour + 12 if end >= 12 and hour + 12 <= end else hour:02d}:00"
    return dataclasses.replace(closing, first=index, last=index + 1, clock=clock)


def _day_after_zone(passage: Passage, at: int) -> TimeExpression | None:
    """The day of a time that is told in another zone first: "10:35 a.m. (0735 GMT) Friday"."""
    if passage.word(at) != "(":
        return None
    for end in range(at + 2, min(at + ASIDE, len(passage) - 1)):
        if passage.low[end] == ")":
            return read_day(passage, end + 1 + (passage.word(end + 1) == "on"))
    return None


def read_day(passage: Passage, index: int) -> TimeExpression | None:
    """A day named right after a time: a date, a weekday, or "today"."""
    word, after = passage.word(index), passage.word(index + 1)
    if word in DEICTIC:
        return TimeExpression(
            index, index + 1 + (after in DAY_PARTS), "shift", unit="day", count=DEICTIC[word]
        )
    if word == "tonight":
        return TimeExpression(index, index + 1, "shift", unit="day")
    if word in ("this", "last") and after in DAY_PARTS:
        return TimeExpression(index, index + 2, "shift", unit="day", count=-1 if word == "last" else 0)
    date = read_date(passage, index)
    if date is not None and date.kind == "day":
        return date
    weekday = weekday_at(passage, index)
    if weekday is not None:
        relation = "last" if passage.word(index - 1) == "last" else None
        last = weekday[1] + (passage.word(weekday[1]) in DAY_PARTS)
        return TimeExpression(index, last, "weekday", weekday=weekday[0], relation=relation)
    return None


def _time(passage: Passage, index: int) -> tuple[str, int] | None:
    """The time of day at this token, as a value, and one past its end."""
    word = passage.low[index]
    if word in NAMED:
        return (NAMED[word], index + 1) if not passage.capital(index) or passage.first(index) else None
    if (word in FRACTIONS or word in MINUTES) and (found := _relative_to_hour(passage, index)) is not None:
        return found
    joined = passage.joined(index) and passage.raw[index - 1][-1] not in "(–-\"“'"
    if joined or not (word.isdecimal() and len(word) <= 4):
        return _dotted(passage, index) or _spelled_hour(passage, index)
    if len(word) == 4:
        return _four_digits(passage, index)
    if len(word) > 2 or int(word) > 24 or (found := _minutes(passage, index + 1)) is None:
        return None
    minutes, at = found
    half = _am_pm(passage, at) or (_part_of_day(passage, at) if minutes else None)
    if half is not None:
        return _clock_value(int(word), minutes, *half)
    if (last := _o_clock(passage, at)) is not None:
        return f"T{int(word):02d}:00", last
    timed = passage.word(at) in ZONES or passage.word(at) in HOURS or passage.word(index - 1) in LEADS
    if minutes and timed:
        return f"T{int(word):02d}:{minutes}", at
    return _spelled_hour(passage, index)


def _four_digits(passage: Passage, index: int) -> tuple[str, int] | None:
    """ "1730 GMT", "at 1800 hours"."""
    word = passage.low[index]
    hours = passage.word(index + 1) in HOURS and passage.word(index - 1) in BEFORE_HOURS
    ok = (hours or passage.word(index + 1) in ZONES) and int(word) < 2400 and int(word[2:]) < 60
    return (f"T{word[:2]}:{word[2:]}", index + 1 + hours) if ok else None


def _minutes(passage: Passage, at: int) -> tuple[str, int] | None:
    """The minutes at the token after an hour, "" where none stand there, and one past them and their seconds; ``None`` where it is no time."""
    minutes = passage.word(at + 1)
    if not (
        passage.word(at) in (":", ".") and passage.joined(at) and passage.joined(at + 1) and len(minutes) == 2
    ):
        return "", at
    if not minutes.isdecimal() or int(minutes) > 59:
        return None
    at += 2
    if passage.word(at) == ":" and passage.word(at + 1).isdecimal():
        if not passage.joined(at) or len(passage.word(at + 1)) != 2:
            return None
        at += 2
    pointed = passage.word(at) == "." and passage.joined(at) and passage.joined(at + 1)
    return None if pointed and passage.word(at + 1)[:1].isdigit() else (minutes, at)


def _o_clock(passage: Passage, at: int) -> int | None:
    """One past "o'clock", where it stands at this token."""
    o_clock = (
        passage.word(at) == "o" and passage.word(at + 1) in APOSTROPHES and passage.word(at + 2) == "clock"
    )
    return at + 3 if o_clock else None


def _dotted(passage: Passage, index: int) -> tuple[str, int] | None:
    """A time with a point ("1.05am"): the point is inside of the number."""
    hour, _, minutes = passage.raw[index].partition(".")
    if not (
        hour.isdecimal()
        and minutes.isdecimal()
        and len(hour) <= 2
        and len(minutes) == 2
        and int(hour) < 24
        and int(minutes) < 60
    ):
        return None
    half = _am_pm(passage, index + 1)
    return _clock_value(int(hour), minutes, *half) if half is not None and not passage.joined(index) else None


def _spelled_hour(passage: Passage, index: int) -> tuple[str, int] | None:
    """ "4 in the morning", "six o'clock", "nine a.m."."""
    word = passage.low[index]
    number = int(word) if word.isdecimal() and len(word) <= 2 else UNITS.get(word, 0)
    if not 0 < number <= 12:
        return None
    at = index + 1
    if not word.isdecimal():
        half = _am_pm(passage, at)
        if half is not None:
            return _clock_value(number, "", *half)
        if (last := _o_clock(passage, at)) is not None:
            return f"T{number:02d}:00", last
    half = _part_of_day(passage, at)
    return _clock_value(number, "", *half) if half is not None else None


def _part_of_day(passage: Passage, at: int) -> tuple[bool, int] | None:
    """ "in the morning" and its like: whether it's after noon, and one past its end."""
    if passage.word(at) in ("in", "at") and passage.word(at + 1) == "the":
        if passage.word(at + 2) in ("morning", "afternoon", "evening"):
            return passage.word(at + 2) != "morning", at + 3
    return None


def _relative_to_hour(passage: Passage, index: int) -> tuple[str, int] | None:
    """ "half past six", "quarter to nine", "at twenty past 4 in the afternoon"."""
    part, link, hour = (passage.word(index + step) for step in range(3))
    if link not in ("past", "to") or (part == "half" and link == "to"):
        return None
    before = passage.word(index - 1 - (passage.word(index - 1) == "a"))
    if (part in MINUTES or link == "to") and before not in BEFORE_TIME:
        return None  # "won ten to nine", "rose from a quarter to nine percent"
    found = _spelled_hour(passage, index + 2) if index + 2 < len(passage) else None
    if found is None:
        number = int(hour) if hour.isdecimal() and len(hour) <= 2 else UNITS.get(hour, 0)
        found = (f"T{number:02d}:00", index + 3) if 0 < number <= 12 else None
    if found is None:
        return None
    minutes = FRACTIONS.get(part) or UNITS.get(part, 20)
    told = 60 * int(found[0][1:3]) + (minutes if link == "past" else -minutes)
    return f"T{told // 60:02d}:{told % 60:02d}", found[1]


def _am_pm(passage: Passage, at: int) -> tuple[bool, int] | None:
    """ "a.m." or "p.m." in any of its forms: whether it's after noon, and one past its end."""
    word = passage.word(at)
    if word in ("am", "pm"):
        return word == "pm", at + 1
    if (
        word in ("a", "p")
        and passage.word(at + 1) == "."
        and passage.word(at + 2) == "m"
        and passage.joined(at + 1)
        and passage.joined(at + 2)
    ):
        return word == "p", at + 4 if passage.word(at + 3) == "." and passage.joined(at + 3) else at + 3
    return None


def _clock_value(hour: int, minutes: str, pm: bool, last: int) -> tuple[str, int] | None:
    if hour > 12:
        return (f"T{hour:02d}:{minutes or '00'}", last) if hour < 24 else None
    hour = hour % 12 + (12 if pm else 0)
    return f"T{hour:02d}:{minutes or '00'}", last


def _zone(passage: Passage, at: int) -> int:
    if passage.word(at) in ZONES and passage.raw[at].isupper():
        return at + 1
    if passage.word(at) == "local" and passage.word(at + 1) == "time":
        return at + 2
    return at


def part_after(passage: Passage, at: int) -> tuple[str | None, int]:
    """The part of the day after a day's name, and one past its end."""
    return (DAY_PARTS[passage.word(at)], at + 1) if passage.word(at) in DAY_PARTS else (None, at)


STARTERS = frozenset(NAMED) | frozenset(FRACTIONS) | MINUTES | frozenset(WEEKDAYS)

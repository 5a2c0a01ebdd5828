"""The value of a time in plain words: a reader shouldn't have to know the marks of ISO 8601 and TIMEX3.

A date stays as it is (2024-03-12, 2024-03, 2024), since the rest of what is shown has dates that way. The marks are
those that ``claims/times/calendar.py`` lists.
"""

from __future__ import annotations

import datetime
import re

_PARTS = {"TMO": "morning", "TMI": "midday", "TAF": "afternoon", "TEV": "evening", "TNI": "night", "TDT": "daytime"}  # fmt: skip
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "AU": "autumn", "WI": "winter"}
_HALVES = {"Q1": "first quarter", "Q2": "second quarter", "Q3": "third quarter", "Q4": "fourth quarter", "H1": "first half", "H2": "second half"}  # fmt: skip
_WHENEVER = {"PRESENT_REF": "now", "PAST_REF": "in the past", "FUTURE_REF": "in the future"}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
_UNITS = {
    "P": {"Y": "year", "M": "month", "W": "week", "D": "day"},
    "T": {"H": "hour", "M": "minute", "S": "second"},
}

_NUMBER = r"[0-9.]{1,9}|X{1,2}"
_DURATION = re.compile(rf"P(?=.)((?:(?:{_NUMBER})[YMWD]){{0,4}})(?:T((?:(?:{_NUMBER})[HMS]){{1,3}}))?\Z")
_PART = re.compile(rf"({_NUMBER})([A-Z])")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}\Z")
_ROUND = re.compile(r"([0-9]{2,3})\Z")
_PERIOD = re.compile(r"([0-9]{4})-(SP|SU|FA|AU|WI|Q[1-4]|H[12])\Z")
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})(?:-(WE|[1-7]))?\Z")
_CLOCK = re.compile(r"T([0-9]{2}(?::[0-9]{2}){0,2})(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?\Z")
_ANY_DAY = re.compile(r"XXXX-WXX-([1-7])\Z")
_ANY_YEAR = re.compile(r"XXXX-([0-9]{2})(?:-([0-9]{2}))?\Z")
_IN_PROSE = re.compile(r"\b[0-9]{4}-[-/:0-9A-Z]{1,40}\b")


def time_in_words(value: str) -> str | None:
    """The value in words; ``None`` where it is none of those that are known.

    >>> time_in_words("2024-03-12TMO"), time_in_words("2025-FA"), time_in_words("2024-W11"), time_in_words("P3Y")
    ('2024-03-12, morning', 'autumn 2025', 'week 11 of 2024', '3 years')
    >>> time_in_words("2024-05-27/2024-05-31"), time_in_words("2024-05-03T17:22Z"), time_in_words("198")
    ('2024-05-27 to 2024-05-31', '2024-05-03, 17:22 UTC', 'the 1980s')
    >>> time_in_words("PRESENT_REF"), time_in_words("XXXX-WXX-1TNI"), time_in_words("PXY")
    ('now', 'a Monday, night', 'some years')
    """
    if value.count("/") == 1:
        sides = [time_in_words(side) for side in value.split("/")]
        return " to ".join(side for side in sides if side) if all(sides) else None
    if value in _WHENEVER:
        return _WHENEVER[value]
    if value.startswith("P"):
        return _duration(value)
    date, mark, _ = value.partition("T")
    day = _date(date) if date else None
    if not mark:
        return day
    clock = _clock(value[len(date) :])
    return None if clock is None or (date and day is None) else f"{day}, {clock}" if day else clock


def spell_out_times(sentence: str) -> str:
    """A sentence with the values in it in words.

    >>> spell_out_times("told as past, but 2024-W19 lies after the report's date, 2024-05-03")
    "told as past, but week 19 of 2024 lies after the report's date, 2024-05-03"
    """
    return _IN_PROSE.sub(lambda match: time_in_words(match[0]) or match[0], sentence)


def is_open(value: str) -> bool:
    """Whether it only tells that there is a time: now, soon, any Monday, some years. Words for it say as much.

    >>> is_open("PAST_REF"), is_open("PXM"), is_open("XXXX-WXX-1"), is_open("2024")
    (True, True, True, False)
    """
    return value in _WHENEVER or "X" in value


def _date(date: str) -> str | None:
    if _DATE.match(date):
        return date
    if match := _ROUND.match(date):
        number = int(date)
        return f"the {number}0s" if len(date) == 3 else f"the {_ordinal(number + 1)} century"
    if match := _PERIOD.match(date):
        year, mark = match.groups()
        return f"{_SEASONS[mark]} {year}" if mark in _SEASONS else f"{_HALVES[mark]} of {year}"
    if match := _WEEK.match(date):
        return _week(int(match[1]), int(match[2]), match[3])
    return _any(date)


def _week(year: int, week: int, mark: str | None) -> str | None:
    """A week by its number; its weekend and its days by their dates, which more people can tell."""
    try:
        day = datetime.date.fromisocalendar(year, week, 6 if mark in (None, "WE") else int(mark))
    except ValueError:
        return None
    if mark is None:
        return f"week {week} of {year}"
    return f"the weekend of {day}" if mark == "WE" else day.isoformat()


def _any(date: str) -> str | None:
    """A day or a month of a year that is open, a day of the week of a week that is."""
    if match := _ANY_DAY.match(date):
        return f"a {_WEEKDAYS[int(match[1]) - 1]}"
    match = _ANY_YEAR.match(date)
    if match is None or not 1 <= int(match[1]) <= 12:
        return None
    month = _MONTHS[int(match[1]) - 1]
    return f"{int(match[2])} {month} of some year" if match[2] else f"{month} of some year"


def _clock(clock: str) -> str | None:
    if clock in _PARTS:
        return _PARTS[clock]
    match = _CLOCK.match(clock)
    if match is None:
        return None
    zone = {None: "", "Z": " UTC"}.get(match[2], f" UTC{match[2]}")
    return f"{match[1]}{zone}"


def _duration(value: str) -> str | None:
    match = _DURATION.match(value)
    if not match:
        return None
    parts = []
    for kind, group in zip("PT", match.groups(), strict=True):
        for number, letter in _PART.findall(group or ""):
            unit = _UNITS[kind].get(letter)
            if unit is None:
                return None
            parts.append(_counted(number, unit))
    return " ".join(parts) or None


def _counted(number: str, unit: str) -> str:
    if number.startswith("X"):
        return f"some {unit}s"
    if number == "0":
        return f"the same {unit}"
    shown = f"{int(number):,}" if number.isdigit() else number
    return f"{shown} {unit}{'' if number == '1' else 's'}"


def _ordinal(number: int) -> str:
    last = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{last}"

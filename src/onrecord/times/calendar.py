"""Values of times: ISO 8601 with the marks that ISO 24617-1 (TIMEX3) adds, and normalization with them.

====================  ==========================================================
2024-03-12            a day; 2024-03 a month; 2024 a year; 202 a decade; 19 the 1900s
2024-W12              a week; 2024-W12-WE its weekend; 2024-Q3 a quarter; 2024-H1 a half; 2024-SP a season (SP SU FA WI)
2024-03-12T17:30      a time; TMO, TAF, TEV, TNI a part of the day
2024-05-27/2024-05-31 an interval
P3D, PT2H, PXM        a duration; X stands for what is left open
XXXX-05-03            a date whose year is open; XXXX-WXX-1 any Monday
PRESENT_REF           now; PAST_REF, FUTURE_REF a past or coming time left open
====================  ==========================================================
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange

SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
# Letters of the units in durations; the decade and century are told in years.
LETTERS = {
    "second": "S",
    "minute": "M",
    "hour": "H",
    "day": "D",
    "week": "W",
    "month": "M",
    "quarter": "M",
    "year": "Y",
    "decade": "Y",
    "century": "Y",
}
FACTORS = {"quarter": 3, "decade": 10, "century": 100, "fortnight": 2}
CLOCK_UNITS = frozenset(("second", "minute", "hour"))

DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?")
MONTH = re.compile(r"(\d{4})-(\d{2})")
WEEK = re.compile(r"(\d{4})-W(\d{2})(-WE)?")
QUARTER = re.compile(r"(\d{4})-(Q|H)(\d)")
SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
DIGITS = re.compile(r"\d{2,4}")


def week_of(day: datetime.date) -> str:
    """The ISO week of a day.

    >>> week_of(datetime.date(2024, 3, 12))
    '2024-W11'
    """
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def add_days(day: datetime.date, count: int) -> datetime.date | None:
    """The day so many days away, ``None`` beyond the calendar."""
    try:
        return day + datetime.timedelta(days=count)
    except OverflowError:
        return None


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Year and month so many months away.

    >>> add_months(2024, 1, -1)
    (2023, 12)
    """
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def make_day(year: int, month: int, day: int) -> datetime.date | None:
    """The day of these numbers, ``None`` where there is none."""
    if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
        return datetime.date(year, month, day)
    return None


def ranked_day(year: int, month: int, weekday: int, rank: int) -> datetime.date | None:
    """The first, second … day of a month that is this weekday, or its last (-1); ``None`` where there is none.

    >>> ranked_day(2024, 11, 2, 1), ranked_day(2024, 5, 5, -1)
    (datetime.date(2024, 11, 5), datetime.date(2024, 5, 31))
    """
    first = make_day(year, month, 1)
    if first is None:
        return None
    days = range(1 + (weekday - first.isoweekday()) % 7, monthrange(year, month)[1] + 1, 7)
    if rank > len(days):
        return None
    return make_day(year, month, days[rank - 1 if rank > 0 else -1])


def shift(day: datetime.date, unit: str, count: int) -> str | None:
    """The day, week, month, quarter, year, decade or century that lies so many of them away from a day's own.

    >>> shift(datetime.date(2024, 1, 31), "month", -1), shift(datetime.date(2024, 3, 12), "week", 1)
    ('2023-12', '2024-W12')
    """
    if abs(count) > 100_000:
        return None
    if unit in ("day", "week", "fortnight"):
        moved = add_days(day, count * {"day": 1, "week": 7, "fortnight": 14}[unit])
        if moved is None:
            return None
        return moved.isoformat() if unit == "day" else week_of(moved)
    if unit == "weekend":
        moved = add_days(day, 7 * count)
        return f"{week_of(moved)}-WE" if moved else None
    if unit in ("month", "quarter"):
        year, month = add_months(day.year, day.month, count * FACTORS.get(unit, 1))
        if not 1 <= year <= 9999:
            return None
        return f"{year:04d}-{month:02d}" if unit == "month" else f"{year:04d}-Q{(month + 2) // 3}"
    years = day.year + count * FACTORS.get(unit, 1)
    if not 1 <= years <= 9999:
        return None
    return {"decade": f"{years // 10:03d}", "century": f"{years // 100:02d}"}.get(unit, f"{years:04d}")


def duration(count: str, unit: str) -> str:
    """The duration of a count ("3", "2.5", "X") of a unit.

    >>> duration("3", "quarter"), duration("1.5", "hour"), duration("2.5", "year"), duration("X", "quarter")
    ('P9M', 'PT1H30M', 'P2Y6M', 'PXQ')
    """
    mark = "PT" if unit in CLOCK_UNITS else "P"
    letter = "W" if unit in ("week", "fortnight") else "D" if unit in ("night", "weekend") else LETTERS[unit]
    if count == "X":
        return f"{mark}X{'Q' if unit == 'quarter' else letter}"
    number = float(count) * FACTORS.get(unit, 1) * (2 if unit == "weekend" else 1)
    whole = int(number)
    rest = number - whole
    finer = {"Y": (12, "M"), "H": (60, "M"), "D": (24, "H"), "W": (7, "D")}.get(letter)
    if unit == "minute":
        finer = (60, "S")
    if rest and finer is not None and letter != "W":
        small = round(rest * finer[0])
        tail = f"T{small}{finer[1]}" if letter == "D" else f"{small}{finer[1]}"
        return (
            f"{mark}{whole}{letter}{tail}"
            if whole
            else f"{'PT' if letter in 'DH' or unit == 'minute' else 'P'}{tail.lstrip('T')}"
        )
    amount = str(whole) if not rest else f"{number:.6f}".rstrip("0")
    return f"{mark}{amount}{letter}" if number < 1e15 else f"{mark}X{letter}"


def range_of(value: str) -> tuple[datetime.date, datetime.date] | None:
    """First and last day of a value that names days, ``None`` for durations, sets and what is left open.

    >>> range_of("2024-W11")
    (datetime.date(2024, 3, 11), datetime.date(2024, 3, 17))
    """
    if "/" in value:
        left, right = (range_of(part) for part in value.split("/", 1))
        return (left[0], right[1]) if left and right else None
    try:
        return _range(value)
    except ValueError:
        return None


def _range(value: str) -> tuple[datetime.date, datetime.date] | None:
    if match := DAY.fullmatch(value):
        day = datetime.date(*map(int, match.groups()))
        return day, day
    if match := MONTH.fullmatch(value):
        return _months(int(match[1]), int(match[2]), 1)
    if match := WEEK.fullmatch(value):
        first = datetime.date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
        last = datetime.date.fromisocalendar(int(match[1]), int(match[2]), 7)
        return first, last
    if match := QUARTER.fullmatch(value):
        size = 3 if match[2] == "Q" else 6
        return _months(int(match[1]), size * (int(match[3]) - 1) + 1, size)
    if match := SEASON.fullmatch(value):
        return _months(int(match[1]), SEASON_MONTHS[match[2]], 3)
    if DIGITS.fullmatch(value):
        span = 10 ** (4 - len(value))
        return datetime.date(max(int(value) * span, 1), 1, 1), datetime.date(
            int(value) * span + span - 1, 12, 31
        )
    return None


def _months(year: int, month: int, count: int) -> tuple[datetime.date, datetime.date]:
    last_year, last_month = add_months(year, month, count - 1)
    return datetime.date(year, month, 1), datetime.date(
        last_year, last_month, monthrange(last_year, last_month)[1]
    )

"""Times that need no context: dates with their year, holidays, what an undated text leaves open, the year that a date lacks."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from dateutil.easter import easter

from onrecord.lang.en.closed_classes import words
from onrecord.times.calendar import FACTORS, add_days, add_months, make_day, shift, week_of
from onrecord.times.parsing import TimeExpression
from onrecord.times.tense import Direction

# Days: a past reading further off than FAR gives way to the same date less than NEAR ahead.
MAX_DAYS_PAST, MAX_DAYS_AHEAD = 200, 100


UNDATED = "the report has no date of its own"


MAX_VERB_DISTANCE = 5  # tokens: a verb so near governs the date


REPORTING_VERBS = frozenset(
    words(
        "said told announced reported ruled set agreed ordered called scheduled expected planned dated says"
    )
)


UNIT_DAYS = {"day": 1, "week": 7, "fortnight": 14, "night": 1, "weekend": 7}


@dataclass(frozen=True, slots=True)
class TimeValue:
    """What a expression comes to. ``relative``: it was resolved from the report's date; ``ahead``: it is told as past and lies after it."""

    value: str | None
    anchor: str | None = None
    doubt: str | None = None
    relative: bool = False
    ahead: bool = False


def shift_as_fine(base: datetime.date, unit: str, count: float) -> str | None:
    """A date so many units away, as fine as its unit."""
    if unit in ("hour", "minute", "second"):
        return base.isoformat()
    if count != int(count) and unit in ("year", "decade", "century"):
        year, month = add_months(base.year, base.month, round(count * 12 * FACTORS.get(unit, 1)))
        return f"{year:04d}-{month:02d}" if 1 <= year <= 9999 else None
    if unit == "week" and abs(count) <= 2:
        return shift(base, "day", int(7 * count))  # "a week ago" is a day, "six weeks ago" a week
    if unit in ("decade", "century"):
        return shift(base, "year", int(count) * FACTORS[unit]) if abs(count) < 1000 else None
    return shift(base, "day" if unit == "night" else unit, int(count)) if abs(count) < 1e6 else None


def nearest_year_of_month(anchor: datetime.date, month: int) -> int:
    """The year in which a month lies nearest to a date; of two as near, the one before it.

    >>> nearest_year_of_month(datetime.date(2024, 11, 3), 3), nearest_year_of_month(datetime.date(2024, 11, 3), 7)
    (2025, 2024)
    """
    ahead = (month - anchor.month) % 12
    return add_months(anchor.year, anchor.month, ahead if ahead < 6 else ahead - 12)[0]


def nearest_year(
    anchor: datetime.date,
    month: int,
    number: int,
    weekday: int | None,
    direction: Direction | None,
    close: bool,
    firm: bool,
) -> tuple[int, str | None, bool]:
    """The year of a day and month: by the weekday where there is one, else by the tense, else the nearest. With the doubt."""
    days = [day for year in range(anchor.year - 3, anchor.year + 4) if (day := make_day(year, month, number))]
    if not days:
        return anchor.year, None, False
    if weekday is not None:
        fitting = [day for day in days if day.isoweekday() == weekday and abs(day.year - anchor.year) <= 2]
        if fitting:
            return min(fitting, key=lambda day: abs((day - anchor).days)).year, None, False
    nearest = min(days, key=lambda day: abs((day - anchor).days))
    distance = (nearest - anchor).days
    if abs(distance) <= 1 or direction == "either" or (direction is None and distance < MAX_DAYS_AHEAD):
        return nearest.year, None, False
    if direction == "future":
        after = min((day for day in days if day >= anchor), default=nearest)
        return (nearest if nearest < anchor and (anchor - nearest).days < 60 else after).year, None, False
    before = max((day for day in days if day <= anchor), default=nearest)
    if (anchor - before).days > MAX_DAYS_PAST and 0 < distance < MAX_DAYS_AHEAD and not firm:
        doubt = (
            f"told as past, but {nearest.isoformat()} lies after the report's date, {anchor.isoformat()}"
            if close
            else None
        )
        return nearest.year, doubt, close
    return before.year, None, False


def stated(expression: TimeExpression, year: int, published: datetime.date | None, close: bool) -> TimeValue:
    """A date with its year: right as it stands, unless its weekday or the order of its numbers says otherwise."""
    month, number, doubt = expression.month or 1, expression.day or 1, None
    if expression.swapped:
        month, number, doubt = _resolve_day_month_order(year, month, number, published)
    day = make_day(year, month, number)
    if day is None:
        return TimeValue(f"{year:04d}-{month:02d}", doubt=f"{year:04d}-{month:02d} has no day {number}")
    if expression.weekday is not None and day.isoweekday() != expression.weekday:
        doubt = f"{day.isoformat()} is a {day:%A}, which isn't the weekday that the text gives"
    ahead = published is not None and close and not expression.numeric and (day - published).days > 1
    if ahead and published is not None:
        doubt = (
            doubt
            or f"told as past, but {day.isoformat()} lies after the report's date, {published.isoformat()}"
        )
    return TimeValue(day_value(expression, day), doubt=doubt, ahead=ahead)


def _resolve_day_month_order(
    year: int, month: int, number: int, published: datetime.date | None
) -> tuple[int, int, str]:
    """Which of two numbers is the month: the reading nearer to the report's date, else the day first. With the doubt."""
    one, two = make_day(year, month, number), make_day(year, number, month)
    doubt = f"the order of day and month is open: {one} or {two}"
    if published is None or one is None or two is None:
        return month, number, doubt
    nearer = min((one, two), key=lambda day: abs((day - published).days))
    return nearer.month, nearer.day, doubt


def day_value(expression: TimeExpression, day: datetime.date) -> str:
    if expression.unit == "week":
        return week_of(day)
    value = day.isoformat()
    if expression.until is not None and (end := make_day(day.year, day.month, expression.until)) is not None:
        return f"{value}/{end.isoformat()}"
    return value + (expression.clock or "")


def value_in_year(expression: TimeExpression, year: int) -> str | None:
    if expression.kind == "month":
        return f"{year:04d}-{expression.month:02d}"
    if expression.kind == "season":
        return f"{year:04d}-{expression.value}"
    if expression.kind == "holiday":
        day = holiday(expression.value or "", year)
        return holiday_value(expression, day) if day else f"{year:04d}"
    if not expression.count:
        return f"{year:04d}"
    return f"{year:04d}-{'Q' if expression.kind == 'quarter' else 'H'}{int(expression.count)}"


def value_without_date(expression: TimeExpression) -> TimeValue:
    """A expression in a text without any date: what it tells by itself, the rest left open."""
    clock = expression.clock or ""
    if expression.year is not None:
        if expression.kind == "day":
            return stated(expression, expression.year, None, False)
        return TimeValue(value_in_year(expression, expression.year))
    value = None
    if expression.kind == "day":
        value = f"XXXX-{expression.month:02d}-{expression.day:02d}{clock}"
    elif expression.kind == "month":
        value = f"XXXX-{expression.month:02d}"
    elif expression.kind == "weekday":
        value = f"XXXX-WXX-{expression.weekday}{clock}"
    elif expression.kind == "season":
        value = f"XXXX-{expression.value}"
    elif expression.kind in ("quarter", "half") and expression.count:
        value = f"XXXX-{'Q' if expression.kind == 'quarter' else 'H'}{int(expression.count)}"
    elif expression.kind == "shift":
        value = {
            "day": f"XXXX-XX-XX{clock}",
            "week": "XXXX-WXX",
            "weekend": "XXXX-WXX-WE",
            "month": "XXXX-XX",
        }.get(expression.unit or "", "XXXX")
    return TimeValue(value, None, UNDATED)


def holiday(rule: str, year: int) -> datetime.date | None:
    """The day of a holiday in a year; Easter by the Gregorian calendar, Thanksgiving, Labor Day and Election Day those of the United States.

    >>> holiday("thanksgiving", 1999)
    datetime.date(1999, 11, 25)
    """
    if not 1 <= year <= 9999 or (rule.startswith("easter") and not 1583 <= year <= 4099):
        return None
    if rule.startswith("easter"):
        return add_days(easter(year), int(rule[6:] or 0))
    if rule == "thanksgiving":
        first = datetime.date(year, 11, 1)
        return add_days(first, (4 - first.isoweekday()) % 7 + 21)
    if rule == "election":
        first = datetime.date(year, 11, 2)
        return add_days(first, (2 - first.isoweekday()) % 7)  # the Tuesday after the first Monday
    if rule == "labor":
        first = datetime.date(year, 9, 1)
        return add_days(first, (1 - first.isoweekday()) % 7)
    if rule == "memorial":
        last = datetime.date(year, 5, 31)
        return add_days(last, -((last.isoweekday() - 1) % 7))
    month, _, day = rule.partition("-")
    return make_day(year, int(month), int(day)) if day else None


def holiday_value(expression: TimeExpression, day: datetime.date) -> str:
    """The day of a holiday, its week, or its weekend: of a Monday the one before."""
    if expression.unit == "weekend":
        return f"{week_of(add_days(day, -1) or day)}-WE"
    return week_of(day) if expression.unit == "week" else day.isoformat()


def closed_quarter(anchor: datetime.date, month: int) -> str:
    """The last quarter of the calendar, before or at a date, that has most months in common with one that ended in this month."""
    year = anchor.year - (month > anchor.month)
    year, middle = add_months(year, month, -1)
    return f"{year:04d}-Q{(middle + 2) // 3}"


def shift_days(value: str, offset: int) -> str | None:
    """The day so many days from another, with the same time of day."""
    day = add_days(datetime.date.fromisoformat(value[:10]), offset)
    return day.isoformat() + value[10:] if day else None

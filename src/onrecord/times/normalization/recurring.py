"""What comes round each year or week: weekdays, months, seasons, halves and holidays without their year, as seen from an anchor."""

from __future__ import annotations

import datetime

from onrecord.times.calendar import SEASON_MONTHS, add_days, add_months, ranked_day, shift
from onrecord.times.normalization.absolute import (
    TimeValue,
    closed_quarter,
    holiday,
    holiday_value,
    nearest_year_of_month,
)
from onrecord.times.parsing import TimeExpression
from onrecord.times.tense import Direction

HALVES = {1: 1, 2: 7}  # the month that a half begins in


def normalize_month(
    expression: TimeExpression, anchor: datetime.date, direction: Direction | None
) -> TimeValue:
    """A month: the last one by a verb in the past, the next one by one to come, else the nearest."""
    month, relation = expression.month or 1, expression.relation
    if relation in ("last year", "next year", "this year", "that year"):
        return TimeValue(
            f"{anchor.year + {'last year': -1, 'next year': 1}.get(relation, 0):04d}-{month:02d}"
        )
    year, doubt = anchor.year, None
    if relation in ("last", "previous"):
        year -= month >= anchor.month
        if month == anchor.month - 1 or (anchor.month == 1 and month == 12):
            year -= month == anchor.month - 1
            doubt = f"{year:04d}-{month:02d} or the month just past may be meant"
    elif relation in ("next", "following"):
        year += month <= anchor.month
    elif relation == "this":
        pass
    elif direction == "future":
        year += month < anchor.month
    elif direction == "past":
        year -= month > anchor.month
    else:
        year = nearest_year_of_month(anchor, month)
    return TimeValue(f"{year:04d}-{month:02d}", doubt=doubt)


def normalize_ranked_weekday(
    expression: TimeExpression, anchor: datetime.date, direction: Direction | None
) -> TimeValue:
    """The weekday of that rank in a month: "the first Tuesday of November"."""
    if expression.year is not None:
        year, month = expression.year, expression.month or 1
    elif expression.month is not None:
        year, month = map(
            int, str(normalize_month(expression, anchor, direction or "future").value).split("-")
        )
    else:
        offset = {"last": -1, "next": 1}.get(expression.relation or "", 0)
        year, month = add_months(anchor.year, anchor.month, offset)
    day = ranked_day(year, month, expression.weekday or 1, int(expression.count))
    if day is None:
        return TimeValue(f"{year:04d}-{month:02d}", doubt=f"{year:04d}-{month:02d} has no such weekday")
    return TimeValue(day.isoformat())


def normalize_weekday(
    expression: TimeExpression, anchor: datetime.date, direction: Direction | None
) -> TimeValue:
    """A weekday: the last one, but for a verb to come or a word that says otherwise ("next", "last", "following")."""
    weekday, relation = expression.weekday or 1, expression.relation
    doubt, base = None, anchor
    back = (base.isoweekday() - weekday) % 7
    if relation in ("previous", "following", "that"):
        move = -(back or 7) if relation == "previous" else (7 - back if relation == "following" else -back)
    elif relation == "last":
        move = -(back or 7) + 7 * int(expression.count)
    elif relation == "coming":
        move = 7 - back + 7 * int(expression.count) - 7 * (not back)
    elif relation in ("last week", "this week", "next week"):
        move = weekday - base.isoweekday() + {"last week": -7, "next week": 7}.get(relation, 0)
    elif relation == "next":
        move = 7 - back
        ahead = weekday > base.isoweekday()
        if ahead:
            doubt = "the coming one or that of the week after may be meant"
    elif relation == "this":
        move = weekday - base.isoweekday()
    elif direction == "future" or (direction == "either" and back > 2):
        move = (7 - back) % 7
    else:
        move = -back
        if direction is None and back:
            doubt = "no verb tells whether the one before or after the report's date is meant"
    day = add_days(base, move)
    value = day.isoformat() + (expression.clock or "") if day else None
    return TimeValue(value, base.isoformat(), doubt)


def normalize_season(
    expression: TimeExpression, anchor: datetime.date, direction: Direction | None
) -> TimeValue:
    """A season: normalized as a month is."""
    season = expression.value or "SP"
    start = SEASON_MONTHS[season]
    year, month = anchor.year, anchor.month
    relation = expression.relation
    if season == "WI" and month < 3 and relation not in ("last year", "next year", "this year"):
        year, month = year - 1, month + 12  # a winter is that of the year that it begins in
    if relation in ("last year", "next year", "this year"):
        year += {"last year": -1, "next year": 1}.get(relation, 0)
    elif relation == "last":
        year -= start + 2 >= month
    elif relation in ("next", "following"):
        year += start <= month
    elif relation == "this":
        pass
    elif direction == "future":
        year += start + 2 < month
    elif direction == "past":
        year -= start > month
    else:
        year = nearest_year_of_month(anchor, start % 12 + 1) - (season == "WI")
    return TimeValue(f"{year - int(expression.count):04d}-{season}")


def normalize_half(
    expression: TimeExpression, anchor: datetime.date, direction: Direction | None
) -> TimeValue:
    """A half of a year: this year's, but for one told as past that hasn't begun."""
    year = anchor.year + {"last year": -1, "next year": 1}.get(expression.relation or "", 0)
    if expression.relation is None and direction == "past":
        year -= HALVES[int(expression.count)] > anchor.month
    return TimeValue(f"{year:04d}-H{int(expression.count)}")


def normalize_holiday(
    expression: TimeExpression, anchor: datetime.date, direction: Direction | None
) -> TimeValue:
    """A holiday: the last one by a verb in the past, the next one by one to come, else the nearest."""
    rule = expression.value or ""
    years = [year for year in range(anchor.year - 2, anchor.year + 3) if rule != "election" or not year % 2]
    days = [day for year in years if (day := holiday(rule, year))]
    if not days:
        return TimeValue(None)
    before, after = [day for day in days if day <= anchor], [day for day in days if day > anchor]
    near = min(days, key=lambda day: abs((day - anchor).days))
    if (expression.unit is not None and abs((near - anchor).days) <= 7) or (
        rule == "election" and direction == "past"
    ):
        day = near  # "as Easter week began"; of every other year the nearer one is meant, whatever the verb
    elif expression.relation == "last" or (direction == "past" and expression.relation != "next"):
        day = (before or days)[-1]
    elif expression.relation == "next" or direction == "future":
        day = (after or days)[0]
    else:
        day = near
    doubt = "taken for the day of the general elections of the United States" if rule == "election" else None
    return TimeValue(holiday_value(expression, day), doubt=doubt)


def normalize_quarter(
    expression: TimeExpression,
    anchor: datetime.date,
    direction: Direction | None,
    named: tuple[int, int] | None,
) -> TimeValue:
    """A quarter: by what is said of it, and the quarter that the text has named last."""
    count, relation = int(expression.count), expression.relation
    now = (anchor.year, (anchor.month + 2) // 3)
    latest = named or ((anchor.year, now[1] - 1) if now[1] > 1 else (anchor.year - 1, 4))
    if count == 0:
        if relation == "latest":
            index = now[0] * 4 + now[1] - 2
            return TimeValue(f"{index // 4:04d}-Q{index % 4 + 1}")
        if relation == "last year":
            if named is None and expression.last - expression.first == 3:
                return TimeValue(f"{anchor.year - 1:04d}")
            base = (latest[0] - (latest[0] == anchor.year or named is None), latest[1])
            return TimeValue(f"{base[0]:04d}-Q{base[1]}")
        if relation in ("last", "next", "this"):
            return TimeValue(shift(anchor, "quarter", {"last": -1, "next": 1, "this": 0}[relation]))
        if relation in ("previous", "following"):
            index = latest[0] * 4 + latest[1] - 1 + (1 if relation == "following" else -1)
            return TimeValue(f"{index // 4:04d}-Q{index % 4 + 1}")
        if expression.month is not None:
            return TimeValue(closed_quarter(anchor, expression.month))
        current = max(latest, (anchor.year - 1, 4)) if latest[0] < anchor.year - 1 else latest
        if latest[0] == anchor.year - 1 and latest[1] != 4:
            current = (anchor.year, latest[1])
        return TimeValue(f"{current[0]:04d}-Q{current[1]}")
    year = anchor.year
    if relation in ("last year", "next year", "this year"):
        year += {"last year": -1, "next year": 1}.get(relation, 0)
    elif relation == "last":
        year -= 1
    elif direction == "future" and relation is None:
        year += anchor.year * 4 + count < now[0] * 4 + now[1] - 1
    elif direction != "past" and relation is None:
        year += (count - now[1] < -2) - (count - now[1] > 2)
    else:
        year -= count > now[1]
    return TimeValue(f"{year:04d}-Q{count}")

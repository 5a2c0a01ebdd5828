"""What comes round each year or week: weekdays, months, seasons, halves and holidays without their year, as seen from an anchor."""

from __future__ import annotations

import datetime

from onrecord.claims.moments.calendar import SEASON_MONTHS, add_days, add_months, ranked_day, shift
from onrecord.claims.moments.phrases import Phrase
from onrecord.claims.moments.reckoning.datings import (
    Moment,
    closed_quarter,
    holiday,
    nearest_year_of,
    of_holiday,
)
from onrecord.claims.moments.tense import Direction

HALVES = {1: 1, 2: 7}  # the month that a half begins in


def reckon_month(phrase: Phrase, anchor: datetime.date, direction: Direction | None) -> Moment:
    """A month: the last one by a verb in the past, the next one by one to come, else the nearest."""
    month, relation = phrase.month or 1, phrase.relation
    if relation in ("last year", "next year", "this year", "that year"):
        return Moment(f"{anchor.year + {'last year': -1, 'next year': 1}.get(relation, 0):04d}-{month:02d}")
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
        year = nearest_year_of(anchor, month)
    return Moment(f"{year:04d}-{month:02d}", doubt=doubt)


def reckon_ranked(phrase: Phrase, anchor: datetime.date, direction: Direction | None) -> Moment:
    """The weekday of that rank in a month: "the first Tuesday of November"."""
    if phrase.year is not None:
        year, month = phrase.year, phrase.month or 1
    elif phrase.month is not None:
        year, month = map(int, str(reckon_month(phrase, anchor, direction or "future").value).split("-"))
    else:
        offset = {"last": -1, "next": 1}.get(phrase.relation or "", 0)
        year, month = add_months(anchor.year, anchor.month, offset)
    day = ranked_day(year, month, phrase.weekday or 1, int(phrase.count))
    if day is None:
        return Moment(f"{year:04d}-{month:02d}", doubt=f"{year:04d}-{month:02d} has no such weekday")
    return Moment(day.isoformat())


def reckon_weekday(phrase: Phrase, anchor: datetime.date, direction: Direction | None) -> Moment:
    """A weekday: the last one, but for a verb to come or a word that says otherwise ("next", "last", "following")."""
    weekday, relation = phrase.weekday or 1, phrase.relation
    doubt, base = None, anchor
    back = (base.isoweekday() - weekday) % 7
    if relation in ("previous", "following", "that"):
        move = -(back or 7) if relation == "previous" else (7 - back if relation == "following" else -back)
    elif relation == "last":
        move = -(back or 7) + 7 * int(phrase.count)
    elif relation == "coming":
        move = 7 - back + 7 * int(phrase.count) - 7 * (not back)
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
    value = day.isoformat() + (phrase.clock or "") if day else None
    return Moment(value, base.isoformat(), doubt)


def reckon_season(phrase: Phrase, anchor: datetime.date, direction: Direction | None) -> Moment:
    """A season: reckoned as a month is."""
    season = phrase.value or "SP"
    start = SEASON_MONTHS[season]
    year, month = anchor.year, anchor.month
    relation = phrase.relation
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
        year = nearest_year_of(anchor, start % 12 + 1) - (season == "WI")
    return Moment(f"{year - int(phrase.count):04d}-{season}")


def reckon_half(phrase: Phrase, anchor: datetime.date, direction: Direction | None) -> Moment:
    """A half of a year: this year's, but for one told as past that hasn't begun."""
    year = anchor.year + {"last year": -1, "next year": 1}.get(phrase.relation or "", 0)
    if phrase.relation is None and direction == "past":
        year -= HALVES[int(phrase.count)] > anchor.month
    return Moment(f"{year:04d}-H{int(phrase.count)}")


def reckon_holiday(phrase: Phrase, anchor: datetime.date, direction: Direction | None) -> Moment:
    """A holiday: the last one by a verb in the past, the next one by one to come, else the nearest."""
    rule = phrase.value or ""
    years = [year for year in range(anchor.year - 2, anchor.year + 3) if rule != "election" or not year % 2]
    days = [day for year in years if (day := holiday(rule, year))]
    if not days:
        return Moment(None)
    before, after = [day for day in days if day <= anchor], [day for day in days if day > anchor]
    near = min(days, key=lambda day: abs((day - anchor).days))
    if (phrase.unit is not None and abs((near - anchor).days) <= 7) or (
        rule == "election" and direction == "past"
    ):
        day = near  # "as Easter week began"; of every other year the nearer one is meant, whatever the verb
    elif phrase.relation == "last" or (direction == "past" and phrase.relation != "next"):
        day = (before or days)[-1]
    elif phrase.relation == "next" or direction == "future":
        day = (after or days)[0]
    else:
        day = near
    doubt = "taken for the day of the general elections of the United States" if rule == "election" else None
    return Moment(of_holiday(phrase, day), doubt=doubt)


def reckon_quarter(
    phrase: Phrase, anchor: datetime.date, direction: Direction | None, named: tuple[int, int] | None
) -> Moment:
    """A quarter: by what is said of it, and the quarter that the text has named last."""
    count, relation = int(phrase.count), phrase.relation
    now = (anchor.year, (anchor.month + 2) // 3)
    latest = named or ((anchor.year, now[1] - 1) if now[1] > 1 else (anchor.year - 1, 4))
    if count == 0:
        if relation == "latest":
            index = now[0] * 4 + now[1] - 2
            return Moment(f"{index // 4:04d}-Q{index % 4 + 1}")
        if relation == "last year":
            if named is None and phrase.last - phrase.first == 3:
                return Moment(f"{anchor.year - 1:04d}")
            base = (latest[0] - (latest[0] == anchor.year or named is None), latest[1])
            return Moment(f"{base[0]:04d}-Q{base[1]}")
        if relation in ("last", "next", "this"):
            return Moment(shift(anchor, "quarter", {"last": -1, "next": 1, "this": 0}[relation]))
        if relation in ("previous", "following"):
            index = latest[0] * 4 + latest[1] - 1 + (1 if relation == "following" else -1)
            return Moment(f"{index // 4:04d}-Q{index % 4 + 1}")
        if phrase.month is not None:
            return Moment(closed_quarter(anchor, phrase.month))
        current = max(latest, (anchor.year - 1, 4)) if latest[0] < anchor.year - 1 else latest
        if latest[0] == anchor.year - 1 and latest[1] != 4:
            current = (anchor.year, latest[1])
        return Moment(f"{current[0]:04d}-Q{current[1]}")
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
    return Moment(f"{year:04d}-Q{count}")

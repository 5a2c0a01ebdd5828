"""Phrases that hang on what the text has named before: "two days later", "the following month", "that spring", "the same month a year earlier"."""

from __future__ import annotations

import datetime

from onrecord.text.passages import Passage
from onrecord.times.calendar import CLOCK_UNITS, DAY, MONTH, duration, make_day, range_of, shift
from onrecord.times.normalization.absolute import (
    UNIT_DAYS,
    TimeValue,
    day_value,
    shift_as_fine,
    value_in_year,
)
from onrecord.times.normalization.context import TimeContext
from onrecord.times.normalization.sentence_context import opens_sentence
from onrecord.times.parsing import TimeExpression
from onrecord.times.tense import direction_of

NO_BASE_DATE = "neither the text nor the report has a date that it could hang on"
MAX_NARRATIVE_GAP = 500  # characters between two dates of a story


def normalize_anaphoric(passage: Passage, expression: TimeExpression, context: TimeContext) -> TimeValue:
    """A expression that hangs on a date named before: "two days later", "a year earlier", "the following month"."""
    unit, count = expression.unit or "day", expression.count
    if unit == "year" and abs(count) == 1 and (quarter := context.current_quarter()) is not None:
        return TimeValue(f"{quarter[0] + int(count):04d}-Q{quarter[1]}", f"{quarter[0]:04d}-Q{quarter[1]}")
    length = duration(f"{abs(count):g}", unit if unit != "night" else "day")
    if unit in CLOCK_UNITS:  # "an hour later" tells no day: the length, and the day that it counts from
        return TimeValue(length, context.day.isoformat() if context.day else None)
    fine = unit in UNIT_DAYS
    if fine and count and context.is_in_month(passage, expression):
        return TimeValue(context.value, context.value, "the text names no day before it, only a month")
    base = _base_day(passage, expression, context) if fine else _base_period(context)
    if base is not None:
        value = _from_base(expression, base, context)
        if expression.relation == "counted" and not fine and _is_ahead(passage, expression, value, context):
            doubt = f"counted from {context.value}, it would lie after the report"
            return TimeValue(length, None, doubt)  # "three years later it still smoulders"
        return TimeValue(value, base.isoformat() if fine or not context.value else context.value)
    if context.published is not None:
        value = shift_as_fine(context.published, unit, count)
        doubt = "the text names no date before it that it could hang on; resolved from the report's date"
        return TimeValue(value, context.published.isoformat(), doubt, relative=True)
    return TimeValue(length, None, NO_BASE_DATE)


def _base_day(passage: Passage, expression: TimeExpression, context: TimeContext) -> datetime.date | None:
    """The day that days and weeks are counted from; what has been doesn't hang on a day to come."""
    base, published = context.day, context.published
    if base and published and base > published:
        return context.past if direction_of(passage, expression.first, expression.last)[0] == "past" else base
    return base


def _base_period(context: TimeContext) -> datetime.date | None:
    """The first day of the date or period that longer units are counted from."""
    ends = range_of(context.value or "")
    return ends[0] if ends else None


def _from_base(expression: TimeExpression, base: datetime.date, context: TimeContext) -> str | None:
    unit, count = expression.unit or "day", expression.count
    # "the following week", not "a week later"
    whole = unit in ("week", "decade", "century") and expression.relation == "text"
    value = shift(base, unit, int(count)) if whole else shift_as_fine(base, unit, count)
    counted = unit == "year" and expression.relation == "counted"  # as fine as what it hangs on
    if value is not None and counted and context.value and MONTH.fullmatch(context.value):
        year, month = int(context.value[:4]), int(context.value[5:7])
        value = f"{year + int(count):04d}-{month:02d}"
    return value + expression.clock if value is not None and expression.clock else value


def _is_ahead(passage: Passage, expression: TimeExpression, value: str | None, context: TimeContext) -> bool:
    """Whether a time that isn't told as one to come would lie after the report."""
    ends = range_of(value or "")
    if ends is None or context.published is None or ends[0] <= context.published:
        return False
    return direction_of(passage, expression.first, expression.last)[0] != "future"


def normalize_near(
    passage: Passage, expression: TimeExpression, anchor: datetime.date, context: TimeContext
) -> TimeValue:
    """A day beside the one named just before, else beside the report's: "overnight", "at the end of the day"."""
    day = context.day if context.is_near(passage, expression) else None
    near = day is not None and day <= anchor
    base = day if day is not None and near else anchor
    same_night = near and expression.clock == "TNI" and (context.value or "").endswith("TNI")
    value = shift_as_fine(base, "day", 0 if same_night else expression.count)
    return TimeValue(
        value + (expression.clock or "") if value else None, base.isoformat(), relative=base == anchor
    )


def normalize_demonstrative(expression: TimeExpression, context: TimeContext) -> TimeValue | None:
    """A part of the year named before: "that spring", "May that year"; ``None`` for other expressions."""
    named = range_of(context.value or "") if expression.relation in ("that", "that year") else None
    if named is None:
        return None
    if expression.kind in ("month", "season"):
        return TimeValue(value_in_year(expression, named[0].year), context.value)
    day = (
        make_day(named[0].year, expression.month or 1, expression.day or 1)
        if expression.kind == "day"
        else None
    )
    return TimeValue(day_value(expression, day), context.value) if day else None


def normalize_narrative(
    passage: Passage, expression: TimeExpression, anchor: datetime.date, context: TimeContext
) -> TimeValue | None:
    """A date without its year that goes on from one with its year: "On March 2, 2015, it leaked. On March 25 she left."

    Both open their sentences, close to each other; or a year opens the sentence: "In 2012, it began in April". ``None`` for any other.
    """
    if expression.year or expression.relation or expression.weekday:
        return None
    year, end = context.year_frame
    if passage.start[expression.first] < end and year < anchor.year:
        if expression.kind == "month":
            return TimeValue(value_in_year(expression, year), f"{year:04d}")
        framed = make_day(year, expression.month or 1, expression.day or 1)
        return TimeValue(day_value(expression, framed), f"{year:04d}") if framed else None
    narrative_date = context.narrative_date
    if narrative_date is None or not opens_sentence(passage, expression):
        return None
    if passage.start[expression.first] - context.narrative_end > MAX_NARRATIVE_GAP:
        return None
    day = make_day(narrative_date.year, expression.month or 1, expression.day or 1)
    if day is None or not narrative_date <= day <= anchor:
        return None
    value = day_value(expression, day) if expression.kind == "day" else day.isoformat()[:7]
    return TimeValue(value, narrative_date.isoformat())


def normalize_same(expression: TimeExpression, anchor: datetime.date, context: TimeContext) -> TimeValue:
    """The same month or day in another year; of longer parts of the year, what else the text says of them."""
    value = context.value
    named = value if value and (MONTH.fullmatch(value) or DAY.fullmatch(value)) else None
    same = same_in_other_year(expression, named or anchor.isoformat())
    if same is not None:
        return TimeValue(same, named)
    if expression.unit == "quarter" and named is not None and MONTH.fullmatch(named):
        return TimeValue(f"{int(named[:4]) + int(expression.count):04d}{named[4:]}", named)
    if expression.unit == "quarter" and (quarter := context.current_quarter()) is not None:
        return TimeValue(f"{expression.year or quarter[0] + int(expression.count):04d}-Q{quarter[1]}")
    return TimeValue(f"{expression.year or anchor.year + int(expression.count):04d}")


def same_in_other_year(expression: TimeExpression, value: str) -> str | None:
    """The value so many years from another, or in another year: of a month, or of a day.

    >>> same_in_other_year(TimeExpression(0, 1, "same", unit="month", count=-1), "2009-01")
    '2008-01'
    """
    year = expression.year if expression.year is not None else int(value[:4]) + int(expression.count)
    if not 1 <= year <= 9999:
        return None
    if expression.unit == "day" and DAY.fullmatch(value) and value[5:10] != "02-29":
        return f"{year:04d}{value[4:10]}"
    return f"{year:04d}{value[4:7]}" if expression.unit == "month" else None

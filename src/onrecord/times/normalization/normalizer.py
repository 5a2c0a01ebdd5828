"""From what a expression of time says to a date: the anchor, the tense around it and the dates named before it decide."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass

from onrecord.lang.en.closed_classes import DETERMINERS
from onrecord.text.passages import Passage
from onrecord.times.calendar import DAY, make_day, range_of, shift
from onrecord.times.normalization.absolute import (
    MAX_VERB_DISTANCE,
    REPORTING_VERBS,
    TimeValue,
    day_value,
    nearest_year,
    shift_as_fine,
    shift_days,
    stated,
    value_in_year,
    value_without_date,
)
from onrecord.times.normalization.anaphoric import (
    NO_BASE_DATE,
    normalize_anaphoric,
    normalize_demonstrative,
    normalize_narrative,
    normalize_near,
    normalize_same,
)
from onrecord.times.normalization.context import TimeContext
from onrecord.times.normalization.recurring import (
    normalize_half,
    normalize_holiday,
    normalize_month,
    normalize_quarter,
    normalize_ranked_weekday,
    normalize_season,
    normalize_weekday,
)
from onrecord.times.normalization.sentence_context import is_american, is_attack, is_fiscal, is_past_weekend
from onrecord.times.parsing import TimeExpression
from onrecord.times.tense import Direction, direction_of

FISCAL = "counted as the calendar's; a fiscal year may begin in another month"
PAST_PREPOSITIONS = frozenset(
    ("last", "ended", "since", "between", "from")
)  # before a date: it has been, however far off
PARTS_OF_YEAR = frozenset(
    ("month", "season", "quarter", "half", "holiday")
)  # parts of a year that may be told with it


@dataclass(frozen=True, slots=True)
class NormalizationCase:
    """A expression and what it is normalized by: the anchor, the doubt that this brings, and which way the verb around it points.

    ``verb`` is the token of that verb, as ``direction_of`` gives it.
    """

    passage: Passage
    expression: TimeExpression
    anchor: datetime.date
    doubt: str | None
    direction: Direction | None
    verb: int


class Normalizer:
    """Reckons the expressions of one report in text order, and remembers the dates named so far.

    Args:
        published: the report's date, ``None`` where it has none.
    """

    def __init__(self, published: datetime.date | None) -> None:
        self.context = TimeContext(published)

    def normalize(self, passage: Passage, expression: TimeExpression) -> TimeValue:
        """The time that a expression stands for."""
        time = self._reckon(passage, expression)
        if expression.offset and time.value and DAY.fullmatch(time.value):
            time = dataclasses.replace(time, value=shift_days(time.value, expression.offset))
        self.context.remember(passage, expression, time)
        if time.doubt is None and is_fiscal(passage, expression) and range_of(time.value or "") is not None:
            time = dataclasses.replace(time, doubt=FISCAL)
        return time

    def _reckon(self, passage: Passage, expression: TimeExpression) -> TimeValue:
        """What needs no anchor, then what needs no tense, then the rest."""
        if expression.kind == "value":
            return self._stated_value(expression)
        if expression.kind == "ago" and expression.relation in ("text", "counted"):
            return normalize_anaphoric(passage, expression, self.context)
        anchor, doubt = self.context.anchor()
        if anchor is None:
            return value_without_date(expression)
        if expression.value == "election" and expression.year is None and not is_american(passage.text):
            return TimeValue(None, None, "the text doesn't tell whose election is meant")
        if (time := normalize_demonstrative(expression, self.context)) is not None:
            return time
        return self._by_tense(
            NormalizationCase(
                passage, expression, anchor, doubt, *direction_of(passage, expression.first, expression.last)
            )
        )

    def _stated_value(self, expression: TimeExpression) -> TimeValue:
        """A value told by the expression itself; now, what was and what is to come hang on the report's date."""
        published = self.context.published
        deictic = published is not None and (expression.value or "").endswith("_REF")
        return TimeValue(
            expression.value, published.isoformat() if published is not None and deictic else None
        )

    def _by_tense(self, case: NormalizationCase) -> TimeValue:
        passage, expression = case.passage, case.expression
        if expression.kind in ("day", "month") and case.direction == "past":
            if (time := normalize_narrative(passage, expression, case.anchor, self.context)) is not None:
                return time
        if expression.kind == "day":
            return self._day(case)
        if expression.kind == "ago" and expression.relation == "near":
            return dataclasses.replace(
                normalize_near(passage, expression, case.anchor, self.context), doubt=case.doubt
            )
        if expression.kind == "shift":
            return self._shift(case)
        if expression.year is not None and expression.kind in PARTS_OF_YEAR:
            return self._in_stated_year(passage, expression, expression.year)
        if (time := self._bare_period(passage, expression)) is not None:
            return time
        time = self._normalize_recurring(case)
        return TimeValue(
            time.value,
            time.anchor or case.anchor.isoformat(),
            time.doubt or case.doubt,
            relative=True,
            ahead=time.ahead,
        )

    def _in_stated_year(self, passage: Passage, expression: TimeExpression, year: int) -> TimeValue:
        """A part of a year that is told: "March 1996"; "the 1996 quarter" is the one that the text has named last."""
        bare = expression.kind == "quarter" and not expression.count
        if bare and self.context.quarter and passage.word(expression.last - 1) == "quarter":
            return TimeValue(f"{year:04d}-Q{self.context.quarter[1]}")
        return TimeValue(value_in_year(expression, year))

    def _bare_period(self, passage: Passage, expression: TimeExpression) -> TimeValue | None:
        """ "that period" where no quarter was named: the period named last; ``None`` for other expressions."""
        bare = (
            expression.kind == "quarter" and not expression.count and expression.relation in ("that", "this")
        )
        if not bare or self.context.quarter is not None or passage.word(expression.last - 1) != "period":
            return None
        named = self.context.value
        value = named if expression.relation == "that" and not DAY.fullmatch(named or "") else None
        return TimeValue(value, named, None if value else NO_BASE_DATE)

    def _normalize_recurring(self, case: NormalizationCase) -> TimeValue:
        """What comes round, or lies so many units from the anchor."""
        expression, anchor, direction = case.expression, case.anchor, case.direction
        if expression.kind == "same":
            return normalize_same(expression, anchor, self.context)
        if expression.kind == "weekday":
            anaphoric = expression.relation in ("previous", "following", "that")
            return normalize_weekday(
                expression, (self.context.day or anchor) if anaphoric else anchor, direction
            )
        if expression.kind == "quarter":
            return normalize_quarter(expression, anchor, direction, self.context.quarter)
        if expression.kind == "ago":
            return self._ago(expression, anchor)
        normalize = {
            "nth": normalize_ranked_weekday,
            "month": normalize_month,
            "season": normalize_season,
            "half": normalize_half,
            "holiday": normalize_holiday,
        }[expression.kind]
        return normalize(expression, anchor, direction)

    def _ago(self, expression: TimeExpression, anchor: datetime.date) -> TimeValue:
        unit, count = expression.unit or "day", expression.count
        if unit == "year" and count == -1 and (quarter := self.context.current_quarter()) is not None:
            return TimeValue(f"{quarter[0] - 1:04d}-Q{quarter[1]}")
        return TimeValue(shift_as_fine(anchor, unit, count))

    def _day(self, case: NormalizationCase) -> TimeValue:
        """A day of a month: with its year as it stands, else in the year that the words around it point to."""
        passage, expression, anchor = case.passage, case.expression, case.anchor
        if is_attack(passage, expression, anchor):
            return TimeValue("2001-09-11", None)
        # Without the report's date the anchor is a date in the text: what is past may well lie after it.
        direction = case.direction if self.context.published is not None else None
        near = direction == "past" and 0 < abs(expression.first - case.verb) <= MAX_VERB_DISTANCE
        before = passage.word(expression.first - 1)
        close = near and passage.word(case.verb) not in REPORTING_VERBS and before not in DETERMINERS
        if expression.year is not None:
            return stated(expression, expression.year, self.context.published, close)
        month, number = expression.month or 1, expression.day or 1
        year, doubt, ahead = anchor.year, case.doubt, False
        if expression.relation is not None:
            year += {"last year": -1, "next year": 1}.get(expression.relation, 0)
        else:
            firm = before in PAST_PREPOSITIONS or expression.unit == "part"
            year, more, ahead = nearest_year(
                anchor, month, number, expression.weekday, direction, close, firm
            )
            doubt = more or doubt
        day = make_day(year, month, number)
        if day is None:
            doubt = f"{year:04d}-{month:02d} has no day {number}"
            return TimeValue(f"{year:04d}-{month:02d}", anchor.isoformat(), doubt, relative=True)
        if expression.weekday is not None and day.isoweekday() != expression.weekday:
            doubt = f"{day.isoformat()} is a {day:%A}, which isn't the weekday that the text gives"
        return TimeValue(day_value(expression, day), anchor.isoformat(), doubt, relative=True, ahead=ahead)

    def _shift(self, case: NormalizationCase) -> TimeValue:
        """So many units from the anchor: "last week", "tomorrow"; a time of the clock is one of the day named just before."""
        expression, day = case.expression, self.context.day
        unit, count = expression.unit or "day", int(expression.count)
        if (
            unit == "weekend"
            and not count
            and is_past_weekend(case.passage, expression, case.anchor, case.direction)
        ):
            count = -1
        if day is not None and not count and self._is_hour_of_named_day(case.passage, expression):
            return TimeValue(day.isoformat() + (expression.clock or ""), day.isoformat())
        value = shift(case.anchor, unit, count)
        if value is not None and expression.clock and unit == "day":
            value += expression.clock
        return TimeValue(value, case.anchor.isoformat(), case.doubt, relative=True)

    def _is_hour_of_named_day(self, passage: Passage, expression: TimeExpression) -> bool:
        """Whether a time of the clock is one of the day named before it: not in a list of times, where each opens its line."""
        if expression.unit != "day" or expression.clock is None or not expression.clock[1].isdigit():
            return False
        ends = passage.low[expression.first], passage.low[expression.last - 1]
        listed = passage.first(expression.first) and passage.low[expression.first][0].isdigit()
        return (
            self.context.is_near(passage, expression) and not listed and not {"today", "tonight"} & set(ends)
        )

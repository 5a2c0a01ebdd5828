"""What a report has told of time so far: the dates, quarters and years named in it, which later expressions hang on."""

from __future__ import annotations

import datetime

from onrecord.text.passages import Passage
from onrecord.times.calendar import DAY, MONTH, range_of
from onrecord.times.normalization.absolute import UNDATED, TimeValue
from onrecord.times.normalization.sentence_context import opens_sentence, year_frame_end
from onrecord.times.parsing import TimeExpression

LONG_DURATIONS = frozenset(("P6M", "P9M", "P1Y"))  # "the nine months": a year earlier is then no quarter
MAX_NEARBY_CHARS = 250  # characters, about two sentences


class TimeContext:
    """The dates named so far in one report.

    Args:
        published: the report's date, ``None`` where it has none.
    """

    def __init__(self, published: datetime.date | None) -> None:
        self.published = published
        self.day: datetime.date | None = None  # the last day named
        self.stated: datetime.date | None = None  # the last day told with its year
        self.value: str | None = None  # the last date or period named
        self.value_place = 0
        self.quarter: tuple[int, int] | None = None  # the last quarter that has been
        self.long = False  # whether a longer part of a year was named after it
        self.place = -MAX_NEARBY_CHARS - 1  # where the last day named begins in the text
        self.narrative_date: datetime.date | None = None  # the date with its year that a story goes on from
        self.narrative_end = 0
        self.past: datetime.date | None = None  # the last day named that isn't after the report's
        self.year_frame: tuple[int, int] = (0, 0)  # the year that a sentence tells of, and where it ends

    def remember(self, passage: Passage, expression: TimeExpression, time: TimeValue) -> None:
        """Takes in the time that a expression was normalized to."""
        value = time.value or ""
        if (end := year_frame_end(passage, expression)) is not None:
            self.year_frame = int(value), end
        self._remember_day(passage, expression, value)
        self._remember_narrative(passage, expression, time)
        self._remember_quarter(expression, value)
        today = expression.kind == "shift" and expression.unit == "day" and not expression.count
        # What comes after goes on from the year that is compared with it.
        compared = expression.kind == "ago" and expression.unit == "year"
        if range_of(value) is not None and not today and not compared:
            self.value, self.value_place = value, passage.start[expression.first]

    def _remember_day(self, passage: Passage, expression: TimeExpression, value: str) -> None:
        if not DAY.fullmatch(value):
            return
        self.day = datetime.date.fromisoformat(value[:10])
        self.place = passage.start[expression.first]
        if self.published is None or self.day <= self.published:
            self.past = self.day
        if expression.kind == "day" and expression.year is not None:
            self.stated = self.day

    def _remember_narrative(self, passage: Passage, expression: TimeExpression, time: TimeValue) -> None:
        if expression.kind not in ("day", "month") or not opens_sentence(passage, expression):
            return
        ends = range_of(time.value or "")
        if ends is None:
            return
        goes_on = self.narrative_date is not None and time.anchor == self.narrative_date.isoformat()
        self.narrative_date = ends[0] if expression.year is not None or goes_on else None
        self.narrative_end = passage.end[expression.last - 1]

    def _remember_quarter(self, expression: TimeExpression, value: str) -> None:
        if (
            expression.kind == "quarter"
            and expression.relation != "last year"
            and "-Q" in value
            and "X" not in value
        ):
            ends = range_of(value)
            if self.published is None or (ends is not None and ends[1] <= self.published):
                self.quarter, self.long = (int(value[:4]), int(value[-1])), False
        if value in LONG_DURATIONS:
            self.long = True

    def anchor(self) -> tuple[datetime.date | None, str | None]:
        """The date to resolve from, and the doubt that it brings."""
        if self.published is not None:
            return self.published, None
        if self.stated is not None:
            return (
                self.stated,
                f"{UNDATED}; resolved from {self.stated.isoformat()}, which the text names before",
            )
        return None, UNDATED

    def is_near(self, passage: Passage, expression: TimeExpression) -> bool:
        """Whether a day was named in the sentence or two before a expression."""
        return passage.start[expression.first] - self.place <= MAX_NEARBY_CHARS

    def is_in_month(self, passage: Passage, expression: TimeExpression) -> bool:
        """Whether a past month was named just before, after the last day, and isn't that day's."""
        if self.value is None or not MONTH.fullmatch(self.value) or self.published is None:
            return False
        if (
            passage.start[expression.first] - self.value_place > MAX_NEARBY_CHARS
            or self.value > self.published.isoformat()
        ):
            return False
        return self.day is None or not self.day.isoformat().startswith(self.value)

    def current_quarter(self) -> tuple[int, int] | None:
        """The quarter that a report of results is about, ``None`` where it's about none, or a longer part of a year by now."""
        if self.quarter is None or self.long:
            return None
        late = self.published is not None and self.quarter[0] < self.published.year - (self.quarter[1] == 4)
        return None if late else self.quarter

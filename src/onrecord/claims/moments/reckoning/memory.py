"""What a report has told of time so far: the dates, quarters and years named in it, which later phrases hang on."""

from __future__ import annotations

import datetime

from onrecord.claims.moments.calendar import DAY, MONTH, range_of
from onrecord.claims.moments.phrases import Phrase
from onrecord.claims.moments.reckoning.datings import UNDATED, Moment
from onrecord.claims.moments.reckoning.surroundings import frames, opens
from onrecord.text.passages import Passage

LONG = frozenset(("P6M", "P9M", "P1Y"))  # "the nine months": a year earlier is then no quarter
NEARBY = 250  # characters, about two sentences


class Memory:
    """The dates named so far in one report.

    Args:
        published: the report's date, ``None`` where it has none.
    """

    def __init__(self, published: datetime.date | None) -> None:
        self.published = published
        self.day: datetime.date | None = None  # the last day named
        self.told: datetime.date | None = None  # the last day told with its year
        self.value: str | None = None  # the last date or period named
        self.value_place = 0
        self.quarter: tuple[int, int] | None = None  # the last quarter that has been
        self.long = False  # whether a longer part of a year was named after it
        self.place = -NEARBY - 1  # where the last day named begins in the text
        self.story: datetime.date | None = None  # the date with its year that a story goes on from
        self.story_place = 0
        self.past: datetime.date | None = None  # the last day named that isn't after the report's
        self.frame: tuple[int, int] = (0, 0)  # the year that a sentence tells of, and where it ends

    def remember(self, passage: Passage, phrase: Phrase, moment: Moment) -> None:
        """Takes in the moment that a phrase was reckoned to."""
        value = moment.value or ""
        if (end := frames(passage, phrase)) is not None:
            self.frame = int(value), end
        self._remember_day(passage, phrase, value)
        self._remember_story(passage, phrase, moment)
        self._remember_quarter(phrase, value)
        today = phrase.kind == "shift" and phrase.unit == "day" and not phrase.count
        # What comes after goes on from the year that is compared with it.
        compared = phrase.kind == "ago" and phrase.unit == "year"
        if range_of(value) is not None and not today and not compared:
            self.value, self.value_place = value, passage.start[phrase.first]

    def _remember_day(self, passage: Passage, phrase: Phrase, value: str) -> None:
        if not DAY.fullmatch(value):
            return
        self.day = datetime.date.fromisoformat(value[:10])
        self.place = passage.start[phrase.first]
        if self.published is None or self.day <= self.published:
            self.past = self.day
        if phrase.kind == "day" and phrase.year is not None:
            self.told = self.day

    def _remember_story(self, passage: Passage, phrase: Phrase, moment: Moment) -> None:
        if phrase.kind not in ("day", "month") or not opens(passage, phrase):
            return
        ends = range_of(moment.value or "")
        if ends is None:
            return
        goes_on = self.story is not None and moment.anchor == self.story.isoformat()
        self.story = ends[0] if phrase.year is not None or goes_on else None
        self.story_place = passage.end[phrase.last - 1]

    def _remember_quarter(self, phrase: Phrase, value: str) -> None:
        if phrase.kind == "quarter" and phrase.relation != "last year" and "-Q" in value and "X" not in value:
            ends = range_of(value)
            if self.published is None or (ends is not None and ends[1] <= self.published):
                self.quarter, self.long = (int(value[:4]), int(value[-1])), False
        if value in LONG:
            self.long = True

    def anchor(self) -> tuple[datetime.date | None, str | None]:
        """The date to reckon from, and the doubt that it brings."""
        if self.published is not None:
            return self.published, None
        if self.told is not None:
            return self.told, f"{UNDATED}; reckoned from {self.told.isoformat()}, which the text names before"
        return None, UNDATED

    def is_near(self, passage: Passage, phrase: Phrase) -> bool:
        """Whether a day was named in the sentence or two before a phrase."""
        return passage.start[phrase.first] - self.place <= NEARBY

    def is_in_month(self, passage: Passage, phrase: Phrase) -> bool:
        """Whether a past month was named just before, after the last day, and isn't that day's."""
        if self.value is None or not MONTH.fullmatch(self.value) or self.published is None:
            return False
        if passage.start[phrase.first] - self.value_place > NEARBY or self.value > self.published.isoformat():
            return False
        return self.day is None or not self.day.isoformat().startswith(self.value)

    def current_quarter(self) -> tuple[int, int] | None:
        """The quarter that a report of results is about, ``None`` where it's about none, or a longer part of a year by now."""
        if self.quarter is None or self.long:
            return None
        late = self.published is not None and self.quarter[0] < self.published.year - (self.quarter[1] == 4)
        return None if late else self.quarter

"""From what a phrase of time says to a date: the anchor, the tense around it and the dates named before it decide."""

from __future__ import annotations

import dataclasses
import datetime

from onrecord.claims.lexicon import DETERMINERS
from onrecord.claims.moments.calendar import (
    CLOCK_UNITS,
    DAY,
    MONTH,
    duration,
    make_day,
    range_of,
    shift,
)
from onrecord.claims.moments.combined import same_as
from onrecord.claims.moments.datings import (
    CLOSE,
    SAYING,
    UNDATED,
    UNIT_DAYS,
    Moment,
    beside,
    dated,
    day_value,
    moved,
    nearest_year,
    told,
    undated,
)
from onrecord.claims.moments.phrases import Phrase
from onrecord.claims.moments.rounds import (
    reckon_half,
    reckon_holiday,
    reckon_month,
    reckon_quarter,
    reckon_ranked,
    reckon_season,
    reckon_weekday,
)
from onrecord.claims.moments.surroundings import frames, is_american, is_attack, is_fiscal, is_over, opens
from onrecord.claims.moments.tenses import direction_of
from onrecord.claims.moments.verbs import Direction
from onrecord.claims.passages import Passage

LONG = frozenset(("P6M", "P9M", "P1Y"))  # "the nine months": a year earlier is then no quarter
NO_BASE = "neither the text nor the report has a date that it could hang on"
FISCAL = "counted as the calendar's; a fiscal year may begin in another month"
STORY = 500  # characters between two dates of a story
NEARBY = 250  # characters, about two sentences
FIRM = frozenset(("last", "ended", "since", "between", "from"))  # before a date: it has been, however far off


class Reckoner:
    """Reckons the phrases of one report in text order, and remembers the dates named so far.

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

    def reckon(self, passage: Passage, phrase: Phrase) -> Moment:
        """The moment that a phrase stands for."""
        moment = self._reckon(passage, phrase)
        if phrase.offset and moment.value and DAY.fullmatch(moment.value):
            moment = dataclasses.replace(moment, value=beside(moment.value, phrase.offset))
        self._remember(passage, phrase, moment)
        if moment.doubt is None and is_fiscal(passage, phrase) and range_of(moment.value or "") is not None:
            moment = dataclasses.replace(moment, doubt=FISCAL)
        return moment

    def _remember(self, passage: Passage, phrase: Phrase, moment: Moment) -> None:
        value = moment.value or ""
        if (end := frames(passage, phrase)) is not None:
            self.frame = int(value), end
        if DAY.fullmatch(value):
            self.day = datetime.date.fromisoformat(value[:10])
            self.place = passage.start[phrase.first]
            if self.published is None or self.day <= self.published:
                self.past = self.day
            if phrase.kind == "day" and phrase.year is not None:
                self.told = self.day
        if (
            phrase.kind in ("day", "month")
            and opens(passage, phrase)
            and (ends := range_of(value)) is not None
        ):
            told_year = phrase.year is not None or (
                self.story is not None and moment.anchor == self.story.isoformat()
            )
            self.story, self.story_place = (ends[0] if told_year else None), passage.end[phrase.last - 1]
        if phrase.kind == "quarter" and phrase.relation != "last year" and "-Q" in value and "X" not in value:
            ends = range_of(value)
            if self.published is None or (ends is not None and ends[1] <= self.published):
                self.quarter, self.long = (int(value[:4]), int(value[-1])), False
        if value in LONG:
            self.long = True
        today = phrase.kind == "shift" and phrase.unit == "day" and not phrase.count
        # What comes after goes on from the year that is compared with it.
        compared = phrase.kind == "ago" and phrase.unit == "year"
        if range_of(value) is not None and not today and not compared:
            self.value, self.value_place = value, passage.start[phrase.first]

    def _reckon(self, passage: Passage, phrase: Phrase) -> Moment:
        kind = phrase.kind
        if kind == "value":
            now = (
                self.published.isoformat()
                if self.published and (phrase.value or "").endswith("_REF")
                else None
            )
            return Moment(phrase.value, now)
        if kind == "ago" and phrase.relation in ("text", "counted"):
            return self._hung(passage, phrase)
        anchor, doubt = self._anchor()
        if anchor is None:
            return undated(phrase)
        if phrase.value == "election" and phrase.year is None and not is_american(passage.text):
            return Moment(None, None, "the text doesn't tell whose election is meant")
        if phrase.relation in ("that", "that year") and (named := range_of(self.value or "")) is not None:
            if kind in ("month", "season"):
                return Moment(dated(phrase, named[0].year), self.value)
            if kind == "day" and (day := make_day(named[0].year, phrase.month or 1, phrase.day or 1)):
                return Moment(day_value(phrase, day), self.value)
        direction, verb = direction_of(passage, phrase.first, phrase.last)
        if (
            kind in ("day", "month")
            and direction == "past"
            and (moment := self._storied(passage, phrase, anchor))
        ):
            return moment
        if kind == "day":
            if is_attack(passage, phrase, anchor):
                return Moment("2001-09-11", None)
            if self.published is None:
                direction = None  # the anchor is a date in the text: what is past may well lie after it
            close = (
                direction == "past"
                and 0 < abs(phrase.first - verb) <= CLOSE
                and passage.word(verb) not in SAYING
            )
            return self._day(
                phrase,
                anchor,
                doubt,
                direction,
                close and passage.word(phrase.first - 1) not in DETERMINERS,
                passage.word(phrase.first - 1) in FIRM or phrase.unit == "part",
            )
        if kind == "ago" and phrase.relation == "near":
            near = self._is_near(passage, phrase) and self.day is not None and self.day <= anchor
            base = self.day if near and self.day is not None else anchor
            same_night = near and phrase.clock == "TNI" and (self.value or "").endswith("TNI")
            value = moved(base, "day", 0 if same_night else phrase.count)
            return Moment(
                value + (phrase.clock or "") if value else None,
                base.isoformat(),
                doubt,
                relative=base == anchor,
            )
        if kind == "shift":
            return self._shift(passage, phrase, anchor, doubt, direction)
        if phrase.year is not None and kind in ("month", "season", "quarter", "half", "holiday"):
            if (
                kind == "quarter"
                and not phrase.count
                and self.quarter
                and passage.word(phrase.last - 1) == "quarter"
            ):
                return Moment(f"{phrase.year:04d}-Q{self.quarter[1]}")
            return Moment(dated(phrase, phrase.year))
        bare = kind == "quarter" and not phrase.count and phrase.relation in ("that", "this")
        if bare and self.quarter is None and passage.word(phrase.last - 1) == "period":
            named_day = DAY.fullmatch(self.value or "") is not None
            value = self.value if phrase.relation == "that" and not named_day else None
            return Moment(value, self.value, None if value else NO_BASE)
        moment = {
            "nth": reckon_ranked,
            "same": self._same,
            "month": reckon_month,
            "weekday": self._weekday,
            "season": reckon_season,
            "quarter": self._quarter,
            "half": reckon_half,
            "holiday": reckon_holiday,
            "ago": self._ago,
        }[kind](phrase, anchor, direction)
        return Moment(
            moment.value,
            moment.anchor or anchor.isoformat(),
            moment.doubt or doubt,
            relative=True,
            ahead=moment.ahead,
        )

    def _is_near(self, passage: Passage, phrase: Phrase) -> bool:
        """Whether a day was named in the sentence or two before a phrase."""
        return passage.start[phrase.first] - self.place <= NEARBY

    def _storied(self, passage: Passage, phrase: Phrase, anchor: datetime.date) -> Moment | None:
        """A date without its year that goes on from one with its year: "On March 2, 2015, it leaked. On March 25 she left."

        Both open their sentences, close to each other; or a year opens the sentence: "In 2012, it began in April". ``None`` for any other.
        """
        year, end = self.frame
        if (
            passage.start[phrase.first] < end
            and year < anchor.year
            and not (phrase.year or phrase.relation or phrase.weekday)
        ):
            if phrase.kind == "month":
                return Moment(dated(phrase, year), f"{year:04d}")
            framed = make_day(year, phrase.month or 1, phrase.day or 1)
            return Moment(day_value(phrase, framed), f"{year:04d}") if framed else None
        if (
            phrase.year
            or phrase.relation
            or phrase.weekday
            or self.story is None
            or not opens(passage, phrase)
        ):
            return None
        if passage.start[phrase.first] - self.story_place > STORY:
            return None
        day = make_day(self.story.year, phrase.month or 1, phrase.day or 1)
        if day is None or not self.story <= day <= anchor:
            return None
        value = day_value(phrase, day) if phrase.kind == "day" else day.isoformat()[:7]
        return Moment(value, self.story.isoformat())

    def _anchor(self) -> tuple[datetime.date | None, str | None]:
        """The date to reckon from, and the doubt that it brings."""
        if self.published is not None:
            return self.published, None
        if self.told is not None:
            return self.told, f"{UNDATED}; reckoned from {self.told.isoformat()}, which the text names before"
        return None, UNDATED

    def _day(
        self,
        phrase: Phrase,
        anchor: datetime.date,
        doubt: str | None,
        direction: Direction | None,
        close: bool,
        firm: bool,
    ) -> Moment:
        month, number = phrase.month or 1, phrase.day or 1
        if phrase.year is not None:
            return told(phrase, phrase.year, self.published, close)
        ahead = False
        if phrase.relation is not None:
            year = anchor.year + {"last year": -1, "next year": 1}.get(phrase.relation, 0)
        else:
            year, more, ahead = nearest_year(anchor, month, number, phrase.weekday, direction, close, firm)
            doubt = more or doubt
        day = make_day(year, month, number)
        if day is None:
            return Moment(
                f"{year:04d}-{month:02d}",
                anchor.isoformat(),
                f"{year:04d}-{month:02d} has no day {number}",
                relative=True,
            )
        if phrase.weekday is not None and day.isoweekday() != phrase.weekday:
            doubt = f"{day.isoformat()} is a {day:%A}, which isn't the weekday that the text gives"
        return Moment(day_value(phrase, day), anchor.isoformat(), doubt, relative=True, ahead=ahead)

    def _shift(
        self,
        passage: Passage,
        phrase: Phrase,
        anchor: datetime.date,
        doubt: str | None,
        direction: Direction | None,
    ) -> Moment:
        unit, count = phrase.unit or "day", int(phrase.count)
        if unit == "weekend" and not count and is_over(passage, phrase, anchor, direction):
            count = -1
        if self.day is not None and not count and self._is_its_hour(passage, phrase):
            return Moment(self.day.isoformat() + (phrase.clock or ""), self.day.isoformat())
        value = shift(anchor, unit, count)
        if value is not None and phrase.clock and unit == "day":
            value += phrase.clock
        return Moment(value, anchor.isoformat(), doubt, relative=True)

    def _is_its_hour(self, passage: Passage, phrase: Phrase) -> bool:
        """Whether a time of the clock is one of the day named before it: not in a list of times, where each opens its line."""
        if phrase.unit != "day" or phrase.clock is None or not phrase.clock[1].isdigit():
            return False
        ends = passage.low[phrase.first], passage.low[phrase.last - 1]
        opens = passage.first(phrase.first) and passage.low[phrase.first][0].isdigit()
        return self._is_near(passage, phrase) and not opens and not {"today", "tonight"} & set(ends)

    def _weekday(self, phrase: Phrase, anchor: datetime.date, direction: Direction | None) -> Moment:
        hung = phrase.relation in ("previous", "following", "that")
        return reckon_weekday(phrase, (self.day or anchor) if hung else anchor, direction)

    def _same(self, phrase: Phrase, anchor: datetime.date, direction: Direction | None) -> Moment:
        """The same month or day in another year; of longer parts of the year, what else the text says of them."""
        named = (
            self.value if self.value and (MONTH.fullmatch(self.value) or DAY.fullmatch(self.value)) else None
        )
        value = same_as(phrase, named or anchor.isoformat())
        if value is not None:
            return Moment(value, named)
        if phrase.unit == "quarter" and named is not None and MONTH.fullmatch(named):
            return Moment(f"{int(named[:4]) + int(phrase.count):04d}{named[4:]}", named)
        year = phrase.year or anchor.year + int(phrase.count)
        if phrase.unit == "quarter" and (quarter := self._current_quarter()) is not None:
            year = phrase.year or quarter[0] + int(phrase.count)
            return Moment(f"{year:04d}-Q{quarter[1]}")
        return Moment(f"{year:04d}")

    def _quarter(self, phrase: Phrase, anchor: datetime.date, direction: Direction | None) -> Moment:
        return reckon_quarter(phrase, anchor, direction, self.quarter)

    def _ago(self, phrase: Phrase, anchor: datetime.date, direction: Direction | None) -> Moment:
        unit, count = phrase.unit or "day", phrase.count
        if unit == "year" and count == -1 and (quarter := self._current_quarter()) is not None:
            return Moment(f"{quarter[0] - 1:04d}-Q{quarter[1]}")
        return Moment(moved(anchor, unit, count))

    def _current_quarter(self) -> tuple[int, int] | None:
        """The quarter that a report of results is about, ``None`` where it's about none, or a longer part of a year by now."""
        if self.quarter is None or self.long:
            return None
        late = self.published is not None and self.quarter[0] < self.published.year - (self.quarter[1] == 4)
        return None if late else self.quarter

    def _in_month(self, passage: Passage, phrase: Phrase) -> bool:
        """Whether a past month was named just before, after the last day, and isn't that day's."""
        if self.value is None or not MONTH.fullmatch(self.value) or self.published is None:
            return False
        if passage.start[phrase.first] - self.value_place > NEARBY or self.value > self.published.isoformat():
            return False
        return self.day is None or not self.day.isoformat().startswith(self.value)

    def _hung(self, passage: Passage, phrase: Phrase) -> Moment:
        """A phrase that hangs on a date named before: "two days later", "a year earlier", "the following month"."""
        unit, count = phrase.unit or "day", phrase.count
        if unit == "year" and abs(count) == 1 and (quarter := self._current_quarter()) is not None:
            return Moment(f"{quarter[0] + int(count):04d}-Q{quarter[1]}", f"{quarter[0]:04d}-Q{quarter[1]}")
        length = duration(f"{abs(count):g}", unit if unit != "night" else "day")
        if unit in CLOCK_UNITS:  # "an hour later" tells no day: the length, and the day that it counts from
            return Moment(length, self.day.isoformat() if self.day else None)
        fine = unit in UNIT_DAYS
        base = self.day if fine else None
        if (
            base
            and self.published
            and base > self.published
            and direction_of(passage, phrase.first, phrase.last)[0] == "past"
        ):
            base = self.past  # what has been doesn't hang on a day to come
        if fine and count and self._in_month(passage, phrase):
            return Moment(self.value, self.value, "the text names no day before it, only a month")
        if base is None and self.value is not None and not fine:
            ends = range_of(self.value)
            base = ends[0] if ends else None
        if base is not None:
            # "the following week", not "a week later"
            whole = unit in ("week", "decade", "century") and phrase.relation == "text"
            value = shift(base, unit, int(count)) if whole else moved(base, unit, count)
            counted = unit == "year" and phrase.relation == "counted"  # as fine as what it hangs on
            if value is not None and counted and self.value and MONTH.fullmatch(self.value):
                year, month = int(self.value[:4]), int(self.value[5:7])
                value = f"{year + int(count):04d}-{month:02d}"
            if value is not None and phrase.clock:
                value += phrase.clock
            if phrase.relation == "counted" and not fine and self._is_ahead(passage, phrase, value):
                return Moment(
                    length, None, f"counted from {self.value}, it would lie after the report"
                )  # "three years later it still smoulders"
            return Moment(value, base.isoformat() if fine or not self.value else self.value)
        if self.published is not None:
            value = moved(self.published, unit, count)
            doubt = "the text names no date before it that it could hang on; reckoned from the report's date"
            return Moment(value, self.published.isoformat(), doubt, relative=True)
        return Moment(length, None, NO_BASE)

    def _is_ahead(self, passage: Passage, phrase: Phrase, value: str | None) -> bool:
        """Whether a time that isn't told as one to come would lie after the report."""
        ends = range_of(value or "")
        if ends is None or self.published is None or ends[0] <= self.published:
            return False
        return direction_of(passage, phrase.first, phrase.last)[0] != "future"

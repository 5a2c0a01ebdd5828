"""From what a phrase of time says to a date: the anchor, the tense around it and the dates named before it decide."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass

from onrecord.claims.lexicon import DETERMINERS
from onrecord.claims.moments.calendar import DAY, make_day, range_of, shift
from onrecord.claims.moments.phrases import Phrase
from onrecord.claims.moments.reckoning.datings import (
    CLOSE,
    SAYING,
    Moment,
    beside,
    dated,
    day_value,
    moved,
    nearest_year,
    told,
    undated,
)
from onrecord.claims.moments.reckoning.hanging import (
    NO_BASE,
    reckon_hung,
    reckon_near,
    reckon_same,
    reckon_story,
    reckon_that,
)
from onrecord.claims.moments.reckoning.memory import Memory
from onrecord.claims.moments.reckoning.rounds import (
    reckon_half,
    reckon_holiday,
    reckon_month,
    reckon_quarter,
    reckon_ranked,
    reckon_season,
    reckon_weekday,
)
from onrecord.claims.moments.reckoning.surroundings import is_american, is_attack, is_fiscal, is_over
from onrecord.claims.moments.tense import Direction, direction_of
from onrecord.text.passages import Passage

FISCAL = "counted as the calendar's; a fiscal year may begin in another month"
FIRM = frozenset(("last", "ended", "since", "between", "from"))  # before a date: it has been, however far off
YEARLY = frozenset(
    ("month", "season", "quarter", "half", "holiday")
)  # parts of a year that may be told with it


@dataclass(frozen=True, slots=True)
class Case:
    """A phrase and what it is reckoned by: the anchor, the doubt that this brings, and which way the verb around it points.

    ``verb`` is the token of that verb, as ``direction_of`` gives it.
    """

    passage: Passage
    phrase: Phrase
    anchor: datetime.date
    doubt: str | None
    direction: Direction | None
    verb: int


class Reckoner:
    """Reckons the phrases of one report in text order, and remembers the dates named so far.

    Args:
        published: the report's date, ``None`` where it has none.
    """

    def __init__(self, published: datetime.date | None) -> None:
        self.memory = Memory(published)

    def reckon(self, passage: Passage, phrase: Phrase) -> Moment:
        """The moment that a phrase stands for."""
        moment = self._reckon(passage, phrase)
        if phrase.offset and moment.value and DAY.fullmatch(moment.value):
            moment = dataclasses.replace(moment, value=beside(moment.value, phrase.offset))
        self.memory.remember(passage, phrase, moment)
        if moment.doubt is None and is_fiscal(passage, phrase) and range_of(moment.value or "") is not None:
            moment = dataclasses.replace(moment, doubt=FISCAL)
        return moment

    def _reckon(self, passage: Passage, phrase: Phrase) -> Moment:
        """What needs no anchor, then what needs no tense, then the rest."""
        if phrase.kind == "value":
            return self._outright(phrase)
        if phrase.kind == "ago" and phrase.relation in ("text", "counted"):
            return reckon_hung(passage, phrase, self.memory)
        anchor, doubt = self.memory.anchor()
        if anchor is None:
            return undated(phrase)
        if phrase.value == "election" and phrase.year is None and not is_american(passage.text):
            return Moment(None, None, "the text doesn't tell whose election is meant")
        if (moment := reckon_that(phrase, self.memory)) is not None:
            return moment
        return self._by_tense(
            Case(passage, phrase, anchor, doubt, *direction_of(passage, phrase.first, phrase.last))
        )

    def _outright(self, phrase: Phrase) -> Moment:
        """A value told by the phrase itself; now, what was and what is to come hang on the report's date."""
        published = self.memory.published
        hangs = published is not None and (phrase.value or "").endswith("_REF")
        return Moment(phrase.value, published.isoformat() if published is not None and hangs else None)

    def _by_tense(self, case: Case) -> Moment:
        passage, phrase = case.passage, case.phrase
        if phrase.kind in ("day", "month") and case.direction == "past":
            if (moment := reckon_story(passage, phrase, case.anchor, self.memory)) is not None:
                return moment
        if phrase.kind == "day":
            return self._day(case)
        if phrase.kind == "ago" and phrase.relation == "near":
            return dataclasses.replace(
                reckon_near(passage, phrase, case.anchor, self.memory), doubt=case.doubt
            )
        if phrase.kind == "shift":
            return self._shift(case)
        if phrase.year is not None and phrase.kind in YEARLY:
            return self._told_year(passage, phrase, phrase.year)
        if (moment := self._bare_period(passage, phrase)) is not None:
            return moment
        moment = self._round(case)
        return Moment(
            moment.value,
            moment.anchor or case.anchor.isoformat(),
            moment.doubt or case.doubt,
            relative=True,
            ahead=moment.ahead,
        )

    def _told_year(self, passage: Passage, phrase: Phrase, year: int) -> Moment:
        """A part of a year that is told: "March 1996"; "the 1996 quarter" is the one that the text has named last."""
        bare = phrase.kind == "quarter" and not phrase.count
        if bare and self.memory.quarter and passage.word(phrase.last - 1) == "quarter":
            return Moment(f"{year:04d}-Q{self.memory.quarter[1]}")
        return Moment(dated(phrase, year))

    def _bare_period(self, passage: Passage, phrase: Phrase) -> Moment | None:
        """ "that period" where no quarter was named: the period named last; ``None`` for other phrases."""
        bare = phrase.kind == "quarter" and not phrase.count and phrase.relation in ("that", "this")
        if not bare or self.memory.quarter is not None or passage.word(phrase.last - 1) != "period":
            return None
        named = self.memory.value
        value = named if phrase.relation == "that" and not DAY.fullmatch(named or "") else None
        return Moment(value, named, None if value else NO_BASE)

    def _round(self, case: Case) -> Moment:
        """What comes round, or lies so many units from the anchor."""
        phrase, anchor, direction = case.phrase, case.anchor, case.direction
        if phrase.kind == "same":
            return reckon_same(phrase, anchor, self.memory)
        if phrase.kind == "weekday":
            hung = phrase.relation in ("previous", "following", "that")
            return reckon_weekday(phrase, (self.memory.day or anchor) if hung else anchor, direction)
        if phrase.kind == "quarter":
            return reckon_quarter(phrase, anchor, direction, self.memory.quarter)
        if phrase.kind == "ago":
            return self._ago(phrase, anchor)
        reckon = {
            "nth": reckon_ranked,
            "month": reckon_month,
            "season": reckon_season,
            "half": reckon_half,
            "holiday": reckon_holiday,
        }[phrase.kind]
        return reckon(phrase, anchor, direction)

    def _ago(self, phrase: Phrase, anchor: datetime.date) -> Moment:
        unit, count = phrase.unit or "day", phrase.count
        if unit == "year" and count == -1 and (quarter := self.memory.current_quarter()) is not None:
            return Moment(f"{quarter[0] - 1:04d}-Q{quarter[1]}")
        return Moment(moved(anchor, unit, count))

    def _day(self, case: Case) -> Moment:
        """A day of a month: with its year as it stands, else in the year that the words around it point to."""
        passage, phrase, anchor = case.passage, case.phrase, case.anchor
        if is_attack(passage, phrase, anchor):
            return Moment("2001-09-11", None)
        # Without the report's date the anchor is a date in the text: what is past may well lie after it.
        direction = case.direction if self.memory.published is not None else None
        near = direction == "past" and 0 < abs(phrase.first - case.verb) <= CLOSE
        before = passage.word(phrase.first - 1)
        close = near and passage.word(case.verb) not in SAYING and before not in DETERMINERS
        if phrase.year is not None:
            return told(phrase, phrase.year, self.memory.published, close)
        month, number = phrase.month or 1, phrase.day or 1
        year, doubt, ahead = anchor.year, case.doubt, False
        if phrase.relation is not None:
            year += {"last year": -1, "next year": 1}.get(phrase.relation, 0)
        else:
            firm = before in FIRM or phrase.unit == "part"
            year, more, ahead = nearest_year(anchor, month, number, phrase.weekday, direction, close, firm)
            doubt = more or doubt
        day = make_day(year, month, number)
        if day is None:
            doubt = f"{year:04d}-{month:02d} has no day {number}"
            return Moment(f"{year:04d}-{month:02d}", anchor.isoformat(), doubt, relative=True)
        if phrase.weekday is not None and day.isoweekday() != phrase.weekday:
            doubt = f"{day.isoformat()} is a {day:%A}, which isn't the weekday that the text gives"
        return Moment(day_value(phrase, day), anchor.isoformat(), doubt, relative=True, ahead=ahead)

    def _shift(self, case: Case) -> Moment:
        """So many units from the anchor: "last week", "tomorrow"; a time of the clock is one of the day named just before."""
        phrase, day = case.phrase, self.memory.day
        unit, count = phrase.unit or "day", int(phrase.count)
        if unit == "weekend" and not count and is_over(case.passage, phrase, case.anchor, case.direction):
            count = -1
        if day is not None and not count and self._is_its_hour(case.passage, phrase):
            return Moment(day.isoformat() + (phrase.clock or ""), day.isoformat())
        value = shift(case.anchor, unit, count)
        if value is not None and phrase.clock and unit == "day":
            value += phrase.clock
        return Moment(value, case.anchor.isoformat(), case.doubt, relative=True)

    def _is_its_hour(self, passage: Passage, phrase: Phrase) -> bool:
        """Whether a time of the clock is one of the day named before it: not in a list of times, where each opens its line."""
        if phrase.unit != "day" or phrase.clock is None or not phrase.clock[1].isdigit():
            return False
        ends = passage.low[phrase.first], passage.low[phrase.last - 1]
        listed = passage.first(phrase.first) and passage.low[phrase.first][0].isdigit()
        return self.memory.is_near(passage, phrase) and not listed and not {"today", "tonight"} & set(ends)

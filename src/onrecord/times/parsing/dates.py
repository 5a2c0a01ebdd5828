"""Dates told outright: "Friday, 3 May 2024", "Aug. 7", "May 27-31", "2024-03-12", "03/04/2024", "March last year", holidays."""

from __future__ import annotations

from onrecord.lang.en.closed_classes import DETERMINERS, PREPOSITIONS, STOPPERS, words
from onrecord.lang.en.numbers.numerals import DASHES, HYPHENS
from onrecord.lang.en.time_words import ABBREVIATED, DAY_PARTS, MONTHS, ORDINAL_WORDS, SHORT
from onrecord.text.passages import Passage
from onrecord.times.parsing.expression import TimeExpression, day_at, month_at, read_year, weekday_at
from onrecord.times.parsing.numeric_dates import read_numeric

MONTH_PREPOSITIONS = PREPOSITIONS | frozenset(
    words(
        "late early mid last next this each every previous following and or to until effective ending ended "
        "due began beginning"
    )
)

GOVERNMENTS = frozenset(words("government cabinet administration ministry premiership era"))  # of a Mrs May

BEFORE_SHORT = frozenset(words("in since until till by last next this late early mid during from through"))

DAY_CONNECTORS = frozenset(("and", "or"))

# Of a holiday, but no time: "the Christmas tree".
THINGS = frozenset(
    words(
        "eve party parade tree trees present presents island card cards carol carols gift gifts song songs movie movies album "
        "decorations lights stocking stockings jumper sweater cake pudding"
    )
)
HOLIDAYS = {
    ("thanksgiving", "day"): "thanksgiving",
    ("thanksgiving",): "thanksgiving",
    ("christmas", "day"): "12-25",
    ("christmas", "eve"): "12-24",
    ("christmas",): "12-25",
    ("boxing", "day"): "12-26",
    ("new", "year", "'", "s", "day"): "01-01",
    ("new", "year", "’", "s", "day"): "01-01",
    ("new", "year", "'", "s", "eve"): "12-31",
    ("new", "year", "’", "s", "eve"): "12-31",
    ("valentine", "'", "s", "day"): "02-14",
    ("valentine", "’", "s", "day"): "02-14",
    ("halloween",): "10-31",
    ("independence", "day"): "",
    ("labor", "day"): "labor",
    ("memorial", "day"): "memorial",
    ("election", "day"): "election",
    ("easter", "sunday"): "easter",
    ("easter", "monday"): "easter+1",
    ("easter",): "easter",
    ("good", "friday"): "easter-2",
    ("ash", "wednesday"): "easter-46",
    ("may", "day"): "05-01",
    ("armistice", "day"): "11-11",
    ("veterans", "day"): "11-11",
}


def read_date(passage: Passage, index: int) -> TimeExpression | None:
    """The date that begins at this token, the longest there is."""
    if passage.raw[index][0].isdigit():
        return (
            read_numeric(passage, index)
            or _day_first(passage, index, index, None)
            or _first_of_two_days(passage, index)
            or _last_of_two_days(passage, index)
        )
    weekday = weekday_at(passage, index)
    if weekday is not None:
        at = weekday[1]
        part = None
        if passage.word(at) in DAY_PARTS:
            part, at = DAY_PARTS[passage.word(at)], at + 1
        if passage.word(at) == ",":
            at += 1
        if passage.word(at) == "the":
            at += 1
        found = _month_first(passage, index, at, weekday[0]) or _day_first(passage, index, at, weekday[0])
        return found if found is None or part is None else _with_clock(found, part)
    if passage.low[index] == "the" and day_at(passage, index + 1) is not None:
        return _day_first(passage, index, index + 1, None)
    if passage.low[index] == "the" and (spelt := _spelled_day(passage, index)) is not None:
        return spelt
    return _month_first(passage, index, index, None) or read_holiday(passage, index)


def _with_clock(expression: TimeExpression, clock: str) -> TimeExpression:
    return TimeExpression(
        expression.first,
        expression.last,
        expression.kind,
        None,
        expression.year,
        expression.month,
        expression.day,
        expression.until,
        expression.weekday,
        clock=clock,
    )


def _month_first(passage: Passage, first: int, index: int, weekday: int | None) -> TimeExpression | None:
    """ "March 12, 2024", "May 27-31", "March 1996", "January this year", "October"."""
    found = month_at(passage, index)
    if found is None:
        return None
    month, at = found
    day = day_at(passage, at)
    if day is not None and not _is_amount(passage, day[1]):
        return _day_behind(passage, first, month, day, weekday)
    if weekday is not None:
        return None
    year, last = _year_after(passage, at, comma=True)
    if year is not None:
        return TimeExpression(first, last, "month", year=year, month=month)
    relation, last = _relative_year(passage, at)
    if relation is not None:
        return TimeExpression(first, last, "month", month=month, relation=relation)
    if passage.word(at) == "quarter":  # "the June quarter": the one that June ends
        return TimeExpression(first, at + 1, "quarter", month=month, relation="that", unit="quarter")
    if not _is_month(passage, index, at):
        return None
    return TimeExpression(first, at, "month", month=month, year=_year_after_event(passage, at))


def _day_behind(
    passage: Passage, first: int, month: int, day: tuple[int, int], weekday: int | None
) -> TimeExpression:
    """A month and the day behind it, with the day that it runs until and its year: "May 27-31", "March 12, 2024"."""
    number, at = day
    through = passage.word(at) in ("to", "through") and _ends_noun_phrase(passage, at + 2)
    until, at = _until(passage, number, at) if through or passage.word(at) in DASHES else (None, at)
    year, at = _year_after(passage, at)
    if year is None and passage.word(at) in DAY_CONNECTORS and (other := day_at(passage, at + 1)) is not None:
        year = _year_after(passage, other[1])[0]  # "March 3 and 4, 2019"
    relation, at = _relative_year(passage, at) if year is None else (None, at)
    return TimeExpression(first, at, "day", None, year, month, number, until, weekday, relation)


def _is_month(passage: Passage, index: int, at: int) -> bool:
    """Whether a month's name that stands alone, tokens ``index`` to ``at``, is a month, and no other word and nobody's name."""
    word = passage.low[index]
    if word in SHORT and not _is_month_name(passage, index, at):
        return False
    if word in ABBREVIATED and passage.word(at - 1) != "." and not _abbreviates(passage, index):
        return False
    if passage.joined(index) and passage.word(index - 1)[:1].isalnum():
        return False
    if _is_surname(passage, index):
        return False
    led = passage.word(index - 1) in MONTH_PREPOSITIONS or passage.word(index - 1) == "the"
    return not (passage.capital(at) and not led and word in ("april", "june", "may", "august", "jan"))


def _is_surname(passage: Passage, index: int) -> bool:
    """Whether a month's name follows a given name: "Oda June,", not "since June"."""
    before = passage.word(index - 1)
    if passage.low[index] not in ("april", "june", "may", "august") or not passage.capital(index - 1):
        return False
    if (
        before in MONTH_PREPOSITIONS | STOPPERS
        or month_at(passage, index - 1)
        or weekday_at(passage, index - 1)
    ):
        return False
    return (
        before.isalpha()
        and passage.word(index + 1) in (",", "and")
        and passage.sentence[index - 1] == passage.sentence[index]
    )


def _year_after_event(passage: Passage, at: int) -> int | None:
    """The year that stands after what a month goes with: "the July unrest in 2021"."""
    noun = passage.word(at)
    if not noun.isalpha() or noun in STOPPERS or passage.word(at + 1) not in ("in", "of"):
        return None
    found = read_year(passage, at + 2)
    return found[0] if found and not passage.joined(found[1]) else None


def _is_amount(passage: Passage, at: int) -> bool:
    """Whether the digits before this token are an amount ("in March 12 people")."""
    return passage.word(at) in ("percent", "per", "people", "million", "billion", "%")


def _is_month_name(passage: Passage, index: int, at: int) -> bool:
    """Whether a month's name that is also a word or a name of something else is a month here."""
    if passage.word(at - 1) == ".":
        return True
    if passage.capital(at) or (passage.word(at) in HYPHENS and passage.joined(at) and passage.joined(at + 1)):
        return False
    after = passage.word(at)
    if passage.word(index - 1) in DAY_CONNECTORS and after in ("on", "for", "against"):
        return False  # "Stand Up and March on the Hall"
    if (
        after in DAY_CONNECTORS
        and month_at(passage, at + 1) is not None
        and passage.low[index] in ("march", "may")
    ):
        return True  # "the March and April rains"
    if passage.low[index] in ("march", "may") and passage.word(index - 1) in DETERMINERS:
        return (
            after[:1].isalpha() and after not in STOPPERS | GOVERNMENTS
        )  # "the March meeting", not "the March of"
    return passage.word(index - 1) in MONTH_PREPOSITIONS


def _abbreviates(passage: Passage, index: int) -> bool:
    """Whether a month's short form without its full stop is one: "in Jan and Feb", not "Peter and Jan", "in Mar del Plata"."""
    return passage.word(index - 1) in BEFORE_SHORT and passage.word(index + 1) not in ("del", "de", "la")


def _day_first(passage: Passage, first: int, index: int, weekday: int | None) -> TimeExpression | None:
    """ "3 May 2024", "27–31 May", "the 3rd of May"."""
    day = day_at(passage, index)
    if day is None or (passage.joined(index) and passage.word(index - 1)[:1].isalnum()):
        return None
    number, at = day
    between = passage.word(at) == "and" and passage.word(first - 1) == "between"
    until, at = _until(passage, number, at) if between or passage.word(at) in DASHES | {"to"} else (None, at)
    at += passage.word(at) == "of" or _is_dashed(passage, at)
    found = month_at(passage, at)
    if found is None:
        return None
    closed = passage.word(at + 1) in (".", ",")
    if passage.raw[at] == "Mar" and not closed and read_year(passage, at + 1) is None:
        return None
    at = found[1]
    if passage.word(at) in DASHES and passage.joined(at) and read_year(passage, at + 1):
        at += 1
    year, last = _year_after(passage, at)
    bare = year is None and index == first and weekday is None
    if bare and at < len(passage) and day_at(passage, at) is not None and not passage.joined(at):
        return None  # "12 March 3": the month belongs to what follows
    relation, last = _relative_year(passage, last) if year is None else (None, last)
    return TimeExpression(first, last, "day", None, year, found[0], number, until, weekday, relation)


def _is_dashed(passage: Passage, at: int) -> bool:
    """Whether this token is a dash of any kind inside of a word."""
    return passage.word(at) in DASHES and passage.joined(at) and passage.joined(at + 1)


def _until(passage: Passage, number: int, at: int) -> tuple[int | None, int]:
    """The later day of the month behind the dash or word at this token, and one past it; else none, and the token."""
    other = day_at(passage, at + 1)
    return other if other is not None and other[0] > number else (None, at)


def _spelled_day(passage: Passage, index: int) -> TimeExpression | None:
    """A day in words: "the Fourth of July", "the first of May"."""
    number, month = ORDINAL_WORDS.get(passage.word(index + 1)), month_at(passage, index + 3)
    if number is None or passage.word(index + 2) != "of" or month is None:
        return None
    year, last = _year_after(passage, month[1])
    return TimeExpression(index, last, "day", None, year, month[0], number)


def _first_of_two_days(passage: Passage, index: int) -> TimeExpression | None:
    """The first of two days that share the month after the second: "3 and 4 March"."""
    day = day_at(passage, index)
    if (
        day is None
        or passage.word(day[1]) not in DAY_CONNECTORS
        or passage.word(index - 1) not in ("on", "the")
    ):
        return None
    other = day_at(passage, day[1] + 1)
    found = month_at(passage, other[1]) if other is not None else None
    if found is None:
        return None
    year, _ = _year_after(passage, found[1])
    return TimeExpression(index, day[1], "day", None, year, found[0], day[0])


def _ends_noun_phrase(passage: Passage, at: int) -> bool:
    """Whether no noun follows a number, which would be a count of it."""
    return not passage.word(at)[:1].isalnum() or passage.word(at) in STOPPERS


def _last_of_two_days(passage: Passage, index: int) -> TimeExpression | None:
    """A day that shares the month before the one beside it: "March 3 and 4"; not a count ("on March 3 and 25 people")."""
    day = day_at(passage, index)
    if (
        day is None
        or passage.word(index - 1) not in DAY_CONNECTORS
        or not passage.word(index - 2).isdecimal()
    ):
        return None
    found = month_at(passage, index - 3) or month_at(passage, index - 4)
    counted = not _ends_noun_phrase(passage, day[1]) and read_year(passage, day[1]) is None
    if found is None or found[1] != index - 2 or counted:
        return None
    if day_at(passage, index - 2) is None or int(passage.word(index - 2)) >= day[0]:
        return None
    year, last = _year_after(passage, day[1])
    return TimeExpression(index, last, "day", None, year, found[0], day[0])


def _year_after(passage: Passage, at: int, *, comma: bool = False) -> tuple[int | None, int]:
    """The year after a day or month, and one past its end."""
    skip = 1 if passage.word(at) in (",", "of") or (comma and passage.word(at) == ",") else 0
    if passage.word(at) == "'" or passage.word(at) == "’":
        short = passage.word(at + 1)
        if short.isdecimal() and len(short) == 2 and passage.joined(at + 1):
            return (1900 if int(short) > 50 else 2000) + int(short), at + 2
    found = read_year(passage, at + skip)
    if found is None or (passage.word(found[1]) in ("%", "people") and skip == 0):
        return None, at
    if passage.joined(found[1]) and (
        passage.word(found[1]) in ("s", "%")
        or (
            passage.word(found[1]) == ":"
            and passage.joined(found[1] + 1)
            and passage.word(found[1] + 1)[:1].isdigit()
        )
    ):
        return None, at
    return found


def _relative_year(passage: Passage, at: int) -> tuple[str | None, int]:
    """ "last year", "this year", "next year" after a month: what it is called, and one past its end."""
    at_year = at + 1 if passage.word(at) == "of" else at
    if passage.word(at_year) in ("last", "next", "this", "that") and passage.word(at_year + 1) == "year":
        return f"{passage.word(at_year)} year", at_year + 2
    return None, at


def read_holiday(passage: Passage, index: int) -> TimeExpression | None:
    """A holiday with a date of its own, with a year after it."""
    if not passage.capital(index) or passage.word(index) not in FIRSTS:
        return None
    for size in (5, 4, 3, 2, 1):
        rule = HOLIDAYS.get(passage.words(index, size))
        if rule:
            last = index + size
            unit = passage.word(last) if passage.word(last) in ("week", "weekend") else None
            last += unit is not None
            if unit is None and (passage.word(last) in THINGS or passage.capital(last)):
                return None
            year, last = _year_after(passage, last)
            return TimeExpression(index, last, "holiday", rule, year, unit=unit)
    return None


FIRSTS = frozenset(words[0] for words in HOLIDAYS)
STARTERS = frozenset(MONTHS) | FIRSTS

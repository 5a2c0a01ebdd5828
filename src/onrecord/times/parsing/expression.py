"""A expression of time: what it says, not yet normalized to a date; and the parts that most expressions are read from: year, month, weekday, day."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.lang.en.closed_classes import words
from onrecord.lang.en.numbers.numerals import ENDINGS, HYPHENS, TENS, UNITS
from onrecord.lang.en.time_words import ABBREVIATED, LONG_WEEKDAYS, MONTHS, WEEKDAYS
from onrecord.text.passages import Passage

# After a weekday these make the name of a paper or a broadcast.
PAPERS = frozenset(
    words("times telegraph express mirror mail post herald independent tribune magazine mercury sun star")
)
TITLES = frozenset(words("mr mrs ms dr chief comrade hon pastor prof"))  # of people named after a weekday
BROADCASTS = {("night", "live"), ("night", "lights"), ("night", "football"), ("night", "fever")}


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of time in a passage: tokens ``first`` to ``last``.

    ``kind`` says which of the other fields hold: "value" (told outright), "day", "month", "year", "weekday", "season", "quarter", "half", "holiday"
    (parts, and ``relation``: last, next, this, that, previous, following), "shift" (``count`` of ``unit`` from the anchor), "ago" and "later"
    (``count`` of ``unit`` from now, or from a date in the text where ``relation`` is "text" ("the following year") "counted" ("a year later"), or "near" (a day
    named just before, else the report's)). ``offset`` is how many days the day meant lies from the one named ("the day after Christmas").
    """

    first: int
    last: int
    kind: str
    value: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    until: int | None = None
    weekday: int | None = None
    relation: str | None = None
    unit: str | None = None
    count: float = 0
    clock: str | None = None
    offset: int = 0
    swapped: bool = False
    numeric: bool = False


def read_year(passage: Passage, index: int) -> tuple[int, int] | None:
    """A year of four digits, or in words ("nineteen ninety-six", "two thousand and six"): the year, and one past its end."""
    word = passage.word(index)
    if len(word) == 4 and word.isdecimal() and 1000 <= int(word) < 2200:
        return int(word), index + 1
    if word in ("nineteen", "twenty", "eighteen") and (
        passage.word(index + 1) in TENS or passage.word(index + 1) in UNITS
    ):
        at, rest = index + 1, 0
        if passage.word(at) in TENS:
            rest, at = TENS[passage.word(at)], at + 1
            if passage.word(at) in HYPHENS:
                at += 1
            if 0 < UNITS.get(passage.word(at), 0) < 10:
                rest, at = rest + UNITS[passage.word(at)], at + 1
        elif UNITS[passage.word(at)] >= 10:
            rest, at = UNITS[passage.word(at)], at + 1
        else:
            return None
        return {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}[word] + rest, at
    return None


def month_at(passage: Passage, index: int) -> tuple[int, int] | None:
    """A month's name in capitals or its short form with its full stop: the month, and one past its end."""
    month = MONTHS.get(passage.word(index))
    if month is None or not passage.capital(index):
        return None
    last = index + 1
    if passage.word(last) == "." and passage.joined(last) and passage.word(index) in ABBREVIATED:
        last += 1
    return month, last


def weekday_at(passage: Passage, index: int) -> tuple[int, int] | None:
    """A weekday's name, long, or short with a capital: the day of the week from 1, and one past its end."""
    word = passage.word(index)
    day = WEEKDAYS.get(word)
    if day is None or not passage.capital(index) or _is_title(passage, index):
        return None
    last = index + 1
    if word not in LONG_WEEKDAYS:
        if passage.word(last) == "." and passage.joined(last):
            last += 1
        elif not (
            passage.word(last) == "," or passage.word(last) in MONTHS or passage.word(last).isdecimal()
        ):
            return None
    return day, last


def _is_title(passage: Passage, index: int) -> bool:
    """Whether a weekday is part of a name: "the Sunday Times", "Saturday Night Live", the football club of Sheffield, Chief Sunday Ade."""
    at = index + 1
    if passage.words(at, 2) in BROADCASTS and passage.capital(at) and passage.capital(at + 1):
        return True
    paper = passage.word(at) in PAPERS and passage.capital(at) and not passage.raw[at].isupper()
    person = passage.word(index - 1 - (passage.word(index - 1) == ".")) in TITLES and passage.capital(at)
    return paper or person or passage.word(index - 1) == "sheffield"


def day_at(passage: Passage, index: int) -> tuple[int, int] | None:
    """A day of the month in digits, with or without its ending: the day, and one past its end."""
    word = passage.word(index)
    if word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31:
        last = index + 1
        if passage.word(last) in ENDINGS and passage.joined(last):
            last += 1
        elif (
            last < len(passage)
            and passage.joined(last)
            and (
                passage.raw[last].isalpha()
                or passage.raw[last] in "%°"
                or (passage.raw[last] == ":" and passage.word(last + 1).isdecimal())
            )
        ):
            return None
        return int(word), last
    return None

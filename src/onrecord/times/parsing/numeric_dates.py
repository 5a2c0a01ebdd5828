"""Dates in numbers alone: "2024-03-12", "12/03/2024", "12.03.2024", "20240312", "9/11"."""

from __future__ import annotations

import re

from onrecord.lang.en.numbers.numerals import DASHES
from onrecord.text.passages import Passage
from onrecord.times.parsing.expression import TimeExpression

COMPACT = re.compile(r"(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d{2})")


def read_numeric(passage: Passage, index: int) -> TimeExpression | None:
    """ "2024-03-12", "12/03/2024", "12.03.2024", "20240312"; the order of day and month is marked where it's open."""
    raw = passage.raw[index]
    if passage.joined(index) and (
        passage.word(index - 1)[:1].isalnum() or passage.word(index - 1) in "$€£#/-"
    ):
        return None
    if COMPACT.fullmatch(raw):
        return TimeExpression(
            index, index + 1, "day", None, int(raw[:4]), int(raw[4:6]), int(raw[6:]), numeric=True
        )
    if (
        passage.words(index, 3) == ("9", "/", "11")
        and passage.joined(index + 1)
        and passage.joined(index + 2)
    ):
        if not (passage.joined(index + 3) and passage.word(index + 3) in ("/", "-")):
            return TimeExpression(index, index + 3, "value", "2001-09-11")  # known by its numbers
    if dotted := DOTTED.fullmatch(raw):
        return _ordered(index, index + 1, int(dotted[3]), int(dotted[1]), int(dotted[2]), ".")
    mark = passage.word(index + 1)
    if mark not in DASHES | {"/"} or index + 4 >= len(passage) or passage.word(index + 3) != mark:
        return None
    if not all(passage.joined(at) for at in range(index + 1, index + 5)):
        return None
    parts = [passage.raw[at] for at in (index, index + 2, index + 4)]
    if not all(part.isdecimal() and len(part) in (1, 2, 4) for part in parts):
        return None
    one, two, three = map(int, parts)
    if len(parts[0]) == 4 and len(parts[2]) < 3 and 1 <= two <= 12 and 1 <= three <= 31:
        return TimeExpression(index, index + 5, "day", None, one, two, three, numeric=True)
    if len(parts[2]) not in (2, 4) or len(parts[0]) > 2 or (mark != "/" and len(parts[2]) == 2):
        return None
    year = three if len(parts[2]) == 4 else three + (1900 if three > 50 else 2000)
    return _ordered(index, index + 5, year, one, two, mark)


def _ordered(first: int, last: int, year: int, one: int, two: int, mark: str) -> TimeExpression | None:
    """The date of two numbers whose order is known only where one of them is over twelve, or points part them: then the day is first."""
    if not 1500 <= year < 2200 or one > 31 or two > 31 or not one or not two or (one > 12 and two > 12):
        return None
    day, month = (one, two) if two <= 12 and (one > 12 or mark != "/") else (two, one)
    return TimeExpression(
        first,
        last,
        "day",
        None,
        year,
        month,
        day,
        swapped=mark != "." and one <= 12 and two <= 12 and one != two,
        numeric=True,
    )

"""Numbers as a text words them: digits, words, both mixed, with their scale.

Values are exact decimals until a claim is made of them, so that "1.2 million" is 1200000 and not nearly so.
"""

from __future__ import annotations

from decimal import Decimal

from onrecord.lang.en.numbers.number_words import read_part, read_plural, read_worded
from onrecord.lang.en.numbers.numerals import (
    DASHES,
    FRACTION_GLYPHS,
    OPENERS,
    Number,
    divided,
    exact,
    parse_digits,
    read_after_whole,
    read_scale,
    read_slash,
)
from onrecord.text.passages import Passage


def read_number(passage: Passage, index: int, *, money: bool = False) -> Number | None:
    """The number that begins at this token, the longest there is.

    Args:
        money: whether a currency stands before it, so that "m" is a million.

    A plural magnitude is read as between one of it and ten ("thousands" is 1,000 to 10,000, "tens of thousands" ten times that).
    """
    word = passage.low[index]
    if word[0].isdigit():
        return _read_digits(passage, index, money)
    if word in FRACTION_GLYPHS:
        value = divided(*FRACTION_GLYPHS[word])
        return Number(index, index + 1, value, value, value, True, part=True)
    if word not in OPENERS:
        return None
    return read_plural(passage, index) or read_part(passage, index) or read_worded(passage, index)


def _read_digits(passage: Passage, index: int, money: bool) -> Number | None:
    value = parse_digits(passage.raw[index])
    if value is None:
        return None
    last, part = index + 1, False
    if "," not in passage.raw[index] and "." not in passage.raw[index]:
        last, grouped = _spaced_groups(passage, index, money)
        value = grouped if grouped is not None else value
        found = read_slash(passage, last - 1)
        if found is not None and last == index + 1:
            last, value, part = found[0], found[1], True
    if not part and (found := read_after_whole(passage, last)) is not None:
        last, value = found[0], value + found[1]
    if (found := _scientific_exponent(passage, last)) is not None:
        return exact(index, found[0], value * found[1], digits=True)
    last, factor = read_scale(passage, last, money)
    return exact(index, last, value * factor, digits=True, part=part and factor == 1, scaled=factor > 1)


def _spaced_groups(passage: Passage, index: int, money: bool) -> tuple[int, Decimal | None]:
    """Digits grouped by spaces ("12 000 000"): two groups of three, or one that is "000" or follows a currency."""
    if len(passage.raw[index]) > 3:
        return index + 1, None
    last = index + 1
    while (
        last < len(passage)
        and last - index < 6
        and len(passage.raw[last]) == 3
        and passage.raw[last].isdecimal()
        and passage.start[last] == passage.end[last - 1] + 1
        and passage.text[passage.start[last] - 1] == " "
    ):
        last += 1
    groups = last - index - 1
    if groups >= 2 or (groups == 1 and (money or passage.raw[index + 1] == "000")):
        return last, Decimal("".join(passage.raw[index:last]))
    return index + 1, None


def _scientific_exponent(passage: Passage, index: int) -> tuple[int, Decimal] | None:
    """Scientific notation: "× 10−8", "x 10^8"."""
    if passage.word(index) not in ("×", "x") or passage.word(index + 1) != "10":
        return None
    at, sign = index + 2, 1
    if passage.word(at) == "^":
        at += 1
    if passage.word(at) in DASHES:
        at, sign = at + 1, -1
    power = passage.word(at)
    if at == index + 2 or not power.isdecimal() or len(power) > 2 or not passage.joined(at):
        return None
    return at + 1, Decimal(10) ** (sign * int(power))

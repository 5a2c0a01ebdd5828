"""A number with its unit, and what surrounds it: sign, bounds, what is counted."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal

from onrecord.lang.en.closed_classes import STOPPERS, words
from onrecord.lang.en.numbers.bounds import read_after, read_before
from onrecord.lang.en.numbers.counted import read_counted
from onrecord.lang.en.numbers.numerals import HYPHENS, Number
from onrecord.lang.en.numbers.parsing import read_number
from onrecord.lang.en.numbers.units import is_money
from onrecord.lang.en.time_words import MONTHS, RELATIONS, UNIT_WORDS
from onrecord.quantities.unit_parsing import read_prefix, read_unit
from onrecord.text.passages import Passage
from onrecord.types import Comparison

PARTS_OF = frozenset(words("of the its their his her our all an a those that our"))


OPENING = frozenset(words("a an the this that his her its their our my your another each every"))


NOT_HALVES = frozenset(
    words(
        "first second third fourth other better lower upper northern southern eastern western top bottom "
        "latter former opening closing"
    )
)


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A quantity in a passage: tokens ``first`` to ``last``; ``of`` are the tokens of what is counted, ``named`` a name for it."""

    first: int
    last: int
    value: int | float | None
    low: int | float | None
    high: int | float | None
    unit: str | None
    comparison: Comparison
    of: tuple[int, int] | None
    named: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit and sign."""

    first: int
    last: int
    number: Number
    unit: str | None
    prefixed: bool
    sign: int = 1

    @property
    def low(self) -> Decimal:
        return min(self.sign * self.number.low, self.sign * self.number.high)

    @property
    def high(self) -> Decimal:
        return max(self.sign * self.number.low, self.sign * self.number.high)


def read_amount(
    passage: Passage, index: int, *, standalone: bool = False, money: bool = False
) -> Amount | None:
    """The number at this token with sign, currency and unit.

    Args:
        money: whether "m" and "b" are a million and a billion in any case.
    """
    first, point = index, passage.low[index] == "."
    if point and not (
        passage.joined(index + 1) and passage.word(index + 1).isdecimal() and not passage.joined(index)
    ):
        return None
    prefix = read_prefix(passage, index)
    number = read_number(passage, index + point, money=money or prefix is not None)
    if number is None:
        return None
    if point:
        value = Decimal(f"0.{passage.raw[index + 1]}") if len(passage.raw[index + 1]) < 9 else None
        if value is None or number.last != index + 2:
            return None
        number = Number(index, number.last, value, value, value, True)
    if number.part and not number.digits and not _is_part(passage, number, standalone):
        return None
    unit = read_unit(passage, number, currency=prefix[1] if prefix else None, standalone=standalone)
    if unit is None and number.value is None and passage.word(number.last) == "of":
        unit = read_unit(passage, dataclasses.replace(number, last=number.last + 1))
    if unit is None and number.part and (of_one := _of_one(passage, number)) is not None:
        unit = read_unit(passage, of_one)
    if unit is not None and number.part and unit.name == "quarter":
        unit = None
    if prefix:
        first = prefix[0]
    first, sign = _sign(passage, first)
    return Amount(
        first,
        unit.last if unit else number.last,
        number,
        unit.name if unit else None,
        prefix is not None,
        sign,
    )


def _of_one(passage: Passage, number: Number) -> Number | None:
    """A part before one of a unit, up to the unit: "a quarter of *a* percentage point", "half *an* ounce"."""
    at = number.last + (passage.word(number.last) == "of")
    half = passage.low[number.first : number.last] == ["half"]
    if passage.word(at) not in ("a", "an") or (at == number.last and not half):
        return None
    return dataclasses.replace(number, last=at + 1)


def _is_part(passage: Passage, number: Number, standalone: bool) -> bool:
    """Whether "half", "a third" or "a quarter" is a part of a whole here, and not a period, a rank or half of a compound."""
    words = passage.low[number.first : number.last]
    after, before = passage.word(number.last), passage.word(number.first - 1)
    if words == ["half"]:
        if (
            before in NOT_HALVES
            or before == "in"
            or (before == "-" and passage.joined(number.first))
            or after in HYPHENS
        ):
            return False
        return (
            standalone
            or after in PARTS_OF
            or before in ("by", "than", "nearly", "almost", "about", "over", "least", "roughly")
        )
    if words[0] == "a":
        ends = number.last >= len(passage) or not after[:1].isalnum() or after in STOPPERS
        return (
            standalone or after == "of" or (before == "by" and ends)
        )  # "down by a fifth", not "by a third party"
    return True


def _sign(passage: Passage, first: int) -> tuple[int, int]:
    before = passage.word(first - 1)
    if before == "±":
        return first - 1, 1
    if passage.words(first - 3, 3) == ("plus", "or", "minus"):
        return first - 3, 1
    if before == "minus" or (before in HYPHENS and passage.word(first - 2) == "minus"):
        return first - (1 if before == "minus" else 2), -1
    if before in ("-", "−", "–") and passage.joined(first) and (first == 1 or not passage.joined(first - 1)):
        return first - 1, -1
    return first, 1


def apply_bounds(
    passage: Passage, first: int, last: int, low: int | float | None, high: int | float | None
) -> tuple[Comparison, int, int, int | float | None, int | float | None]:
    """The comparison of a quantity with the ends that it leaves, and the tokens with the words that say so."""
    comparison: Comparison = "exactly"
    if (found := read_before(passage, first)) is not None:
        first, comparison = found
        if (
            comparison == "about"
            and (more := read_before(passage, first)) is not None
            and more[1] != "exactly"
        ):
            first, comparison = more
    if comparison in ("exactly", "about") and (after := read_after(passage, last)) is not None:
        last, comparison = after
    if comparison == "over":
        high = None
    elif comparison == "under":
        low = None
    return comparison, first, last, low, high


def read_counted_noun(
    passage: Passage, first: int, at: int, value: int | float | None, unit: str | None
) -> tuple[int, int] | None:
    """Tokens of what is counted or measured by the quantity of tokens ``first`` to ``at``."""
    if (
        at < len(passage)
        and passage.low[at] in HYPHENS
        and passage.joined(at)
        and passage.joined(at + 1)
        and unit is None
    ):
        at += 1
    if passage.word(at) in ("of", "worth") and unit is None and value == 1:
        return read_counted(passage, at + 1, after_of=True)
    when = (
        passage.word(at + 1) in MONTHS
        or passage.word(at + 1) in RELATIONS
        or passage.word(at + 2) in UNIT_WORDS
    )
    if passage.word(at) == "of" or (
        unit is not None and is_money(unit) and passage.word(at) == "in" and not when
    ):
        return read_counted(passage, at + 1, after_of=True)
    if unit == "fraction":
        return read_counted(passage, at, after_of=True)
    if unit is not None and passage.word(at) in STOPPERS:
        return None
    if (
        unit is None
        and passage.word(at)[:1].isdigit()
        and (size := read_amount(passage, at)) is not None
        and size.unit is not None
    ):
        return read_counted(passage, size.last)
    if unit is not None and not (_before_noun(passage, first, at) or unit.startswith("per ")):
        return None
    return read_counted(passage, at, one=value == 1 or unit is not None)


def _before_noun(passage: Passage, first: int, at: int) -> bool:
    """Whether a measure stands before the noun that it's of ("a 40 km road", "2.4-liter engine")."""
    return passage.word(first - 1) in OPENING or any(mark in HYPHENS for mark in passage.low[first:at])

"""Puts a quantity together: number, unit, range, bounds, what is counted."""

from __future__ import annotations

from onrecord.lang.en.numbers.bounds import read_before
from onrecord.lang.en.numbers.numerals import HYPHENS, plain
from onrecord.lang.en.numbers.parsing import read_number
from onrecord.quantities import exclusions
from onrecord.quantities.amounts import Amount, QuantityMention, apply_bounds, read_amount, read_counted_noun
from onrecord.quantities.ranges import read_range
from onrecord.quantities.scores import read_score, read_vote
from onrecord.quantities.unit_parsing import read_unit
from onrecord.text.passages import Passage


def read_quantity(
    passage: Passage, index: int, *, standalone: bool = False, unit: str | None = None
) -> QuantityMention | None:
    """The quantity whose number begins at this token, ``None`` where it is none.

    Args:
        standalone: whether the text is a quantity's own: names and pronouns are then not looked for.
        unit: what the context told of its unit, where it stands alone.
    """
    amount = read_amount(passage, index, standalone=standalone, money=standalone and unit != "metre")
    if amount is None:
        return None
    told = unit if standalone else ""
    if (result := read_score(passage, amount, told) or read_vote(passage, amount, told)) is not None:
        return result
    if not standalone and _excluded(passage, amount):
        return None
    return _ratio(passage, amount) or read_range(passage, amount) or _single(passage, amount)


def _excluded(passage: Passage, amount: Amount) -> bool:
    number = amount.number
    if amount.prefixed:
        return False
    if (
        amount.unit == "point"
        and passage.word(number.first) == "one"
        and passage.word(number.first - 1) == "at"
    ):
        return True  # "at one point"
    if (
        not number.digits
        and number.value == 1
        and not number.part
        and number.last == number.first + 1
        and amount.unit is None
    ):
        if _ratio(passage, amount) is not None or read_range(passage, amount) is not None:
            return False
        if passage.word(number.last) == "or" and _with_next_unit(passage, amount) is not None:
            return False
        return exclusions.is_pronoun(passage, number.first, number.last)
    if not number.digits:
        if (
            passage.joined(number.first)
            and passage.word(number.first - 1) in HYPHENS
            and passage.word(number.first - 2).isalpha()
        ):
            return amount.unit is None
        return passage.word(number.first - 1) in ("number", "route", "channel", "catch") or (
            amount.unit is None
            and passage.capital(number.first)
            and not passage.first(number.first)
            and (passage.capital(number.last) or passage.capital(number.first - 1))
        )
    if amount.unit is not None and not passage.joined(number.first):
        return False
    if passage.word(amount.first) == "." or amount.sign < 0:
        return False
    return exclusions.in_name(passage, number.first, amount.last)


def _ratio(passage: Passage, amount: Amount) -> QuantityMention | None:
    """ "two in three", "one out of five", "nine of the 12": a part of a whole, as a number below one."""
    number = amount.number
    if amount.unit is not None or amount.prefixed or number.value is None or number.part or amount.sign < 0:
        return None
    whole = _total(passage, amount)
    if whole is None or whole.number.value is None or whole.number.value <= number.value:
        return None
    value = plain(number.value / whole.number.value)
    comparison, first, last, low, high = apply_bounds(passage, amount.first, whole.last, value, value)
    of = read_counted_noun(passage, first, last, value, "fraction")
    return QuantityMention(first, last, value, low, high, "fraction", comparison, of)


def _total(passage: Passage, amount: Amount) -> Amount | None:
    """The number that an amount is a part of, behind "in", "of" or "out of"."""
    at, link = amount.last, passage.word(amount.last)
    if link == "out" and passage.word(at + 1) in ("of", "in"):
        at += 1
    elif link not in ("in", "of"):
        return None
    at += 1
    if passage.word(at) in ("every", "the", "its", "their", "his", "her") and not (
        link == "in" and passage.word(at) != "every"
    ):
        at += 1
    if at >= len(passage) or (passage.low[at] in ("a", "an", "half") and link != "out"):
        return None
    whole = read_amount(passage, at)
    if whole is None or whole.unit is not None or whole.number.value is None or whole.number.part:
        return None
    if link == "in" and (
        whole.number.value > 100000
        or whole.number.value < 2
        or (whole.number.digits and 1900 <= whole.number.value < 2060)
    ):
        return None
    return whole


def _single(passage: Passage, amount: Amount) -> QuantityMention:
    number = amount.number
    unit = amount.unit or _with_next_unit(passage, amount)
    if number.part and unit is None:
        unit = "fraction"
    if number.value is None:
        low, high = plain(amount.low), plain(amount.high)
        first = amount.first
        if (found := read_before(passage, first)) is not None and found[1] in ("over", "about"):
            first = found[0]
        return QuantityMention(
            first,
            amount.last,
            None,
            low,
            high,
            unit,
            "between",
            read_counted_noun(passage, first, amount.last, 2, unit),
        )
    value = plain(amount.sign * number.value)
    comparison, first, last, low_, high_ = apply_bounds(passage, amount.first, amount.last, value, value)
    if number.approximate and comparison == "exactly":
        comparison = "about"
    return QuantityMention(
        first,
        last,
        value,
        low_,
        high_,
        unit,
        comparison,
        read_counted_noun(passage, first, last, value, unit),
    )


def _with_next_unit(passage: Passage, amount: Amount) -> str | None:
    """The unit that a number has from the next one: "eight or nine euros", "7- or 8-inch"."""
    at = amount.last
    hyphen = passage.word(at) in HYPHENS and passage.joined(at)
    at += hyphen
    if amount.unit is not None or passage.word(at) not in (("or", "and") if hyphen else ("or",)):
        return None
    number = read_number(passage, at + 1) if at + 1 < len(passage) else None
    unit = read_unit(passage, number) if number is not None else None
    return unit.name if unit else None

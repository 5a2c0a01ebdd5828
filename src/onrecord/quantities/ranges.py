"""Ranges: "between 3 and 5", "10-15 people", "from 2 to 4 million", "five to six minutes"."""

from __future__ import annotations

from decimal import Decimal

from onrecord.lang.en.closed_classes import words
from onrecord.lang.en.numbers.bounds import read_before
from onrecord.lang.en.numbers.numerals import DASHES, HYPHENS, TENS, UNITS, Number, parse_digits, plain
from onrecord.lang.en.numbers.parsing import read_number
from onrecord.quantities.amounts import Amount, QuantityMention, read_amount, read_counted_noun
from onrecord.quantities.unit_parsing import read_prefix
from onrecord.text.passages import Passage

TO = DASHES | {"to"}
# After these, "3 percent to 40" and "$2 to $40" are a change and where it ended, no range.
CHANGES = frozenset(
    words(
        "rose fell gained gain up down lost dropped climbed jumped increased advanced slipped added slid "
        "rallied eased surged tumbled edged shed soared plunged declined rise fall drop increase decline "
        "raised cut higher lower rising falling grew"
    )
)


def read_range(passage: Passage, amount: Amount) -> QuantityMention | None:
    """ "between 3 and 5", "from 2 to 4 million", "10-15 people", "five to six minutes"."""
    bounded = read_before(passage, amount.first)
    opened = _range_opening(passage, amount, bounded[0] if bounded else amount.first)
    connector = passage.word(amount.last)
    at = _connector_end(passage, amount.last, opened)
    if at is None:
        return None
    if connector in DASHES:
        opened = ""
        if not (passage.joined(at) or passage.word(at) in "$€£"):
            if passage.joined(at - 1) or amount.unit is not None or not amount.number.digits:
                return None
    at = _skip_to_number(passage, amount.last, at)
    other = read_amount(passage, at, money=amount.prefixed) if at < len(passage) else None
    if other is None or other.number.part or not _ranges(passage, amount, other, opened, connector):
        return None
    return _ranged(passage, amount, other, opened, bounded[0] if bounded else amount.first)


def _range_opening(passage: Passage, amount: Amount, first: int) -> str:
    """The "between" or "from" before a range that begins at a token; empty where there is none."""
    opener = passage.word(first - 1)
    near = passage.sentence[amount.first] == passage.sentence[max(amount.first - 1, 0)]
    return opener if opener in ("between", "from") and near else ""


def _connector_end(passage: Passage, at: int, opened: str) -> int | None:
    """One past the words that lead from one end of a range to the other: "to", "and", "up to", a dash."""
    connector = passage.word(at)
    if connector == "and" and opened == "between":
        return at + 1
    if connector == "up" and passage.word(at + 1) == "to" and opened == "from":
        return at + 2
    if connector not in TO or opened == "between":
        return None
    if connector in HYPHENS and passage.joined(at) and passage.word(at + 1) == "to":
        return at + 2 + (passage.word(at + 2) in HYPHENS)
    return at + 1


def _skip_to_number(passage: Passage, last: int, at: int) -> int:
    """The token at which the second end begins: behind "about", signs, and a currency in letters.

    Args:
        last: one past the first end; the second is at most five tokens from there.
    """
    if passage.word(at) in ("about", "around", "nearly", "almost", "roughly") and read_before(
        passage, at + 1
    ):
        at += 1
    while at < len(passage) and not passage.raw[at][0].isalnum() and at - last < 4:
        at += 1
    while (
        at < len(passage)
        and passage.raw[at].isalpha()
        and read_prefix(passage, at + 1) is not None
        and read_number(passage, at) is None
    ):
        at += 1
        while at < len(passage) and not passage.raw[at][0].isalnum() and at - last < 5:
            at += 1
    return at


def _ranges(passage: Passage, amount: Amount, other: Amount, opened: str, connector: str) -> bool:
    if amount.number.part or amount.sign != other.sign or amount.number.approximate:
        return False
    if other.unit is None and amount.unit is not None and not amount.prefixed:
        return False
    if (
        amount.unit is not None
        and other.unit is not None
        and amount.unit.split(" per ")[0] != other.unit.split(" per ")[0]
    ):
        return False
    if opened:
        return True
    if connector == "to" and amount.unit is not None:
        first, _ = passage.bounds(amount.first)
        if any(word in CHANGES for word in passage.low[max(first, amount.first - 4) : amount.first]):
            return False
    if connector == "to" and amount.unit is None and other.prefixed:
        return False
    return amount.low <= other.high * (Decimal(1) if not other.number.scaled else Decimal(10) ** 12)


def _ranged(passage: Passage, amount: Amount, other: Amount, opened: str, bounded: int) -> QuantityMention:
    low, high = amount.low, other.high
    if other.number.scaled and not amount.number.scaled and 0 < low < 1000 and other.number.value is not None:
        scale = Decimal(1)
        while low * scale * 1000 <= other.number.value and scale < 10**12:
            scale *= 1000
        if scale == 1 and other.number.value >= 10**5 and other.number.value < 10**6:
            scale = Decimal(10**5)
        low *= _scale_of(passage, other.number) or scale
    unit = other.unit or amount.unit
    first = min(amount.first, bounded)
    if opened:
        first = min(first, bounded) - 1
    ends = sorted((plain(low), plain(high)))
    last = other.last
    one = ends[1] == 1
    return QuantityMention(
        first,
        last,
        None,
        ends[0],
        ends[1],
        unit,
        "between",
        read_counted_noun(passage, first, last, 1 if one else 2, unit),
    )


def _scale_of(passage: Passage, number: Number) -> Decimal | None:
    """What the scale words of a number multiply by: the number over its bare digits."""
    if number.value is None:
        return None
    bare = _read_bare(passage, number.first)
    return number.value / bare if bare else None


def _read_bare(passage: Passage, index: int) -> Decimal | None:
    """The number of this token alone, without its scale."""
    word = passage.low[index]
    if word[0].isdigit():
        return parse_digits(word)
    value = UNITS.get(word, TENS.get(word))
    return Decimal(value) if value else None

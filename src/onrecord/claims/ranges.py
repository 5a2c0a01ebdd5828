"""Ranges: "between 3 and 5", "10-15 people", "from 2 to 4 million", "five to six minutes"."""

from __future__ import annotations

from decimal import Decimal

from onrecord.claims.amounts import read_number
from onrecord.claims.bounds import read_before
from onrecord.claims.lexicon import words
from onrecord.claims.measures import read_prefix
from onrecord.claims.numerals import DASHES, HYPHENS, Number, plain
from onrecord.claims.passages import Passage
from onrecord.claims.readings import Amount, Figure, read_amount, read_of

TO = DASHES | {"to"}


# After these, "3 percent to 40" and "$2 to $40" are a change and where it ended, no range.
CHANGES = frozenset(
    words(
        "rose fell gained gain up down lost dropped climbed jumped increased advanced slipped added slid "
        "rallied eased surged tumbled edged shed soared plunged declined rise fall drop increase decline "
        "raised cut higher lower rising falling grew"
    )
)


def read_range(passage: Passage, amount: Amount) -> Figure | None:
    """ "between 3 and 5", "from 2 to 4 million", "10-15 people", "five to six minutes"."""
    head = passage.word(amount.first - 1)
    bounded = read_before(passage, amount.first)
    opener = passage.word(bounded[0] - 1) if bounded else head
    framed = (
        opener
        if opener in ("between", "from")
        and passage.sentence[amount.first] == passage.sentence[max(amount.first - 1, 0)]
        else ""
    )
    at = amount.last
    link = passage.word(at)
    if link == "and" and framed == "between":
        at += 1
    elif link == "up" and passage.word(at + 1) == "to" and framed == "from":
        at += 2
    elif link in TO and framed != "between":
        if link in HYPHENS and passage.joined(at) and passage.word(at + 1) == "to":
            at += 2
            at += passage.word(at) in HYPHENS
        else:
            at += 1
        if link in DASHES:
            framed = ""
        if link in DASHES and not (passage.joined(at) or passage.word(at) in "$€£"):
            if passage.joined(at - 1) or amount.unit is not None or not amount.number.digits:
                return None
    else:
        return None
    inner = (
        read_before(passage, at + 1)
        if passage.word(at) in ("about", "around", "nearly", "almost", "roughly")
        else None
    )
    at += 1 if inner else 0
    while at < len(passage) and not passage.raw[at][0].isalnum() and at - amount.last < 4:
        at += 1
    while (
        at < len(passage)
        and passage.raw[at].isalpha()
        and read_prefix(passage, at + 1) is not None
        and read_number(passage, at) is None
    ):
        at += 1
        while at < len(passage) and not passage.raw[at][0].isalnum() and at - amount.last < 5:
            at += 1
    other = read_amount(passage, at, money=amount.prefixed) if at < len(passage) else None
    if other is None or other.number.part or not _ranges(passage, amount, other, framed, link):
        return None
    return _ranged(passage, amount, other, framed, bounded[0] if bounded else amount.first)


def _ranges(passage: Passage, amount: Amount, other: Amount, framed: str, link: str) -> bool:
    if amount.number.part or amount.sign != other.sign or amount.number.rough:
        return False
    if other.unit is None and amount.unit is not None and not amount.prefixed:
        return False
    if (
        amount.unit is not None
        and other.unit is not None
        and amount.unit.split(" per ")[0] != other.unit.split(" per ")[0]
    ):
        return False
    if framed:
        return True
    if link == "to" and amount.unit is not None:
        first, _ = passage.bounds(amount.first)
        if any(word in CHANGES for word in passage.low[max(first, amount.first - 4) : amount.first]):
            return False
    if link == "to" and amount.unit is None and other.prefixed:
        return False
    return amount.low <= other.high * (Decimal(1) if not other.number.scaled else Decimal(10) ** 12)


def _ranged(passage: Passage, amount: Amount, other: Amount, framed: str, bounded: int) -> Figure:
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
    if framed:
        first = min(first, bounded) - 1
    ends = sorted((plain(low), plain(high)))
    last = other.last
    one = ends[1] == 1
    return Figure(
        first,
        last,
        None,
        ends[0],
        ends[1],
        unit,
        "between",
        read_of(passage, first, last, 1 if one else 2, unit),
    )


def _scale_of(passage: Passage, number: Number) -> Decimal | None:
    """What the scale words of a number multiply by: the number over its bare digits."""
    if number.value is None:
        return None
    bare = read_number_bare(passage, number.first)
    return number.value / bare if bare else None


def read_number_bare(passage: Passage, index: int) -> Decimal | None:
    """The number of this token alone, without its scale."""
    from onrecord.claims.numerals import TENS, UNITS, parse_digits

    word = passage.low[index]
    if word[0].isdigit():
        return parse_digits(word)
    value = UNITS.get(word, TENS.get(word))
    return Decimal(value) if value else None

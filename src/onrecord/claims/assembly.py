"""Puts a figure together: number, unit, range, bounds, what is counted."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal

from onrecord.claims import exclusions
from onrecord.claims.amounts import DASHES, HYPHENS, Number, plain, read_number
from onrecord.claims.bounds import read_after, read_before
from onrecord.claims.counted import read_counted
from onrecord.claims.lexicon import STOPPERS, words
from onrecord.claims.measures import read_prefix, read_unit
from onrecord.claims.passages import Passage
from onrecord.claims.units import is_money
from onrecord.types import Comparison

TO = DASHES | {"to"}
# After these, "3 percent to 40" and "$2 to $40" are a change and where it ended, no range.
CHANGES = frozenset(
    words(
        "rose fell gained gain up down lost dropped climbed jumped increased advanced slipped added slid "
        "rallied eased surged tumbled edged shed soared plunged declined rise fall drop increase decline "
        "raised cut higher lower rising falling grew"
    )
)
VOTES = frozenset(
    words(
        "vote votes voted voting senate house passed approved rejected majority parliament council lawmakers "
        "ballot referendum committee assembly"
    )
)
RESULTS = frozenset(
    words(
        "won win wins beat beaten lost lose loss draw drew victory defeat goal goals match game season score "
        "half"
    )
)
LOSING = frozenset(words("lost lose losing loss beaten trailed trailing defeat down"))
PARTS_OF = frozenset(words("of the its their his her our all an a those that our"))
OPENING = frozenset(words("a an the this that his her its their our my your another each every"))
NOT_HALVES = frozenset(
    words(
        "first second third fourth other better lower upper northern southern eastern western top bottom "
        "latter former opening closing"
    )
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a passage: tokens ``first`` to ``last``; ``of`` are the tokens of what is counted, ``named`` a name for it."""

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


def read_figure(
    passage: Passage, index: int, *, alone: bool = False, unit: str | None = None
) -> Figure | None:
    """The figure whose number begins at this token, ``None`` where it is none.

    Args:
        alone: whether the text is a figure's own: names and pronouns are then not looked for.
        unit: what the context told of its unit, where it stands alone.
    """
    amount = read_amount(passage, index, alone=alone, money=alone and unit != "metre")
    if amount is None:
        return None
    if (score := _score(passage, amount, unit if alone else "")) is not None:
        return score
    if not alone and _excluded(passage, amount):
        return None
    return _ratio(passage, amount) or _range(passage, amount) or _single(passage, amount)


def read_amount(passage: Passage, index: int, *, alone: bool = False, money: bool = False) -> Amount | None:
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
    if number.part and not number.digits and not _is_part(passage, number, alone):
        return None
    unit = read_unit(passage, number, currency=prefix[1] if prefix else None)
    if unit is None and number.value is None and passage.word(number.last) == "of":
        unit = read_unit(passage, dataclasses.replace(number, last=number.last + 1))
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


def _is_part(passage: Passage, number: Number, alone: bool) -> bool:
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
            alone
            or after in PARTS_OF
            or before in ("by", "than", "nearly", "almost", "about", "over", "least", "roughly")
        )
    if words[0] == "a":
        return alone or after == "of"
    return True


def _sign(passage: Passage, first: int) -> tuple[int, int]:
    before = passage.word(first - 1)
    if before == "minus" or (before in HYPHENS and passage.word(first - 2) == "minus"):
        return first - (1 if before == "minus" else 2), -1
    if before in ("-", "−", "–") and passage.joined(first) and (first == 1 or not passage.joined(first - 1)):
        return first - 1, -1
    return first, 1


def _excluded(passage: Passage, amount: Amount) -> bool:
    number = amount.number
    if amount.prefixed:
        return False
    if (
        not number.digits
        and number.value == 1
        and not number.part
        and number.last == number.first + 1
        and amount.unit is None
    ):
        if _ratio(passage, amount) is not None or _range(passage, amount) is not None:
            return False
        if passage.word(number.last) == "or" and _shared(passage, amount) is not None:
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


def _score(passage: Passage, amount: Amount, unit: str | None) -> Figure | None:
    """Two small numbers joined by a dash that are a result or a vote, as the unit says where it stands alone ("" where it doesn't)."""
    number = amount.number
    dash = number.last
    if (
        not number.digits
        or amount.unit is not None
        or amount.prefixed
        or amount.sign < 0
        or number.last != number.first + 1
    ):
        return None
    if passage.word(dash) not in DASHES or not passage.joined(dash) or not passage.joined(dash + 1):
        return None
    other = passage.raw[dash + 1]
    if not (
        other.isdecimal()
        and len(other) <= 3
        and passage.raw[number.first].isdecimal()
        and len(passage.raw[number.first]) <= 3
    ):
        return None
    if passage.word(dash + 2) in DASHES and passage.joined(dash + 2):
        return None
    left, right = int(passage.raw[number.first]), int(other)
    first, last = passage.bounds(number.first)
    near = passage.low[max(first, number.first - 12) : min(last, dash + 12)]
    vote = _nearest(near, VOTES) < _nearest(near, RESULTS)
    if unit:
        vote = unit == "vote"
        if unit not in ("vote", "score"):
            return None
    elif left < right:
        follows = read_amount(passage, dash + 1)
        if (follows is not None and follows.unit is not None) or not (
            vote or any(word in LOSING for word in near)
        ):
            return None
        if read_counted(passage, dash + 2) is not None and passage.word(dash + 2) not in VOTES | LOSING:
            return None
    elif passage.joined(number.first) and passage.word(number.first - 1)[:1].isalpha():
        return None
    return Figure(
        number.first,
        dash + 2,
        left,
        min(left, right),
        max(left, right),
        "vote" if vote else "score",
        "exactly",
        None,
    )


def _nearest(words: list[str], kind: frozenset[str]) -> float:
    """How far from the middle the nearest word of a kind stands."""
    return min(
        (abs(at - len(words) / 2) for at, word in enumerate(words) if word in kind), default=float("inf")
    )


def _ratio(passage: Passage, amount: Amount) -> Figure | None:
    """ "two in three", "one out of five", "nine of the 12": a part of a whole, as a number below one."""
    number = amount.number
    if amount.unit is not None or amount.prefixed or number.value is None or number.part or amount.sign < 0:
        return None
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
    if (
        whole is None
        or whole.unit is not None
        or whole.number.value is None
        or whole.number.part
        or whole.number.value <= number.value
    ):
        return None
    if link == "in" and (
        whole.number.value > 100000
        or whole.number.value < 2
        or (whole.number.digits and 1900 <= whole.number.value < 2060)
    ):
        return None
    value = plain(number.value / whole.number.value)
    comparison, first, last, low, high = _bounded(passage, amount.first, whole.last, value, value)
    return Figure(
        first,
        last,
        value,
        low,
        high,
        "fraction",
        comparison,
        _counted(passage, first, last, value, "fraction"),
    )


def _range(passage: Passage, amount: Amount) -> Figure | None:
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
        _counted(passage, first, last, 1 if one else 2, unit),
    )


def _scale_of(passage: Passage, number: Number) -> Decimal | None:
    """What the scale words of a number multiply by: the number over its bare digits."""
    if number.value is None:
        return None
    bare = read_number_bare(passage, number.first)
    return number.value / bare if bare else None


def read_number_bare(passage: Passage, index: int) -> Decimal | None:
    """The number of this token alone, without its scale."""
    from onrecord.claims.amounts import TENS, UNITS, parse_digits

    word = passage.low[index]
    if word[0].isdigit():
        return parse_digits(word)
    value = UNITS.get(word, TENS.get(word))
    return Decimal(value) if value else None


def _single(passage: Passage, amount: Amount) -> Figure:
    number = amount.number
    unit = amount.unit or _shared(passage, amount)
    if number.part and unit is None:
        unit = "fraction"
    if number.value is None:
        low, high = plain(amount.low), plain(amount.high)
        first = amount.first
        if (found := read_before(passage, first)) is not None and found[1] in ("over", "about"):
            first = found[0]
        return Figure(
            first,
            amount.last,
            None,
            low,
            high,
            unit,
            "between",
            _counted(passage, first, amount.last, 2, unit),
        )
    value = plain(amount.sign * number.value)
    comparison, first, last, low_, high_ = _bounded(passage, amount.first, amount.last, value, value)
    if number.rough and comparison == "exactly":
        comparison = "about"
    return Figure(
        first, last, value, low_, high_, unit, comparison, _counted(passage, first, last, value, unit)
    )


def _bounded(
    passage: Passage, first: int, last: int, low: int | float | None, high: int | float | None
) -> tuple[Comparison, int, int, int | float | None, int | float | None]:
    """The comparison of a figure with the ends that it leaves, and the tokens with the words that say so."""
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


def _counted(
    passage: Passage, first: int, at: int, value: int | float | None, unit: str | None
) -> tuple[int, int] | None:
    """Tokens of what is counted or measured by the figure of tokens ``first`` to ``at``."""
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
    if passage.word(at) == "of" or (unit is not None and is_money(unit) and passage.word(at) == "in"):
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


def _shared(passage: Passage, amount: Amount) -> str | None:
    """The unit that a number has from the next one: "eight or nine euros", "7- or 8-inch"."""
    at = amount.last
    hyphen = passage.word(at) in HYPHENS and passage.joined(at)
    at += hyphen
    if amount.unit is not None or passage.word(at) not in (("or", "and") if hyphen else ("or",)):
        return None
    number = read_number(passage, at + 1) if at + 1 < len(passage) else None
    unit = read_unit(passage, number) if number is not None else None
    return unit.name if unit else None

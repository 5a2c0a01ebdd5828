"""Puts a figure together: number, unit, range, bounds, what is counted."""

from __future__ import annotations

from onrecord.claims import exclusions
from onrecord.claims.amounts import read_number
from onrecord.claims.bounds import read_before
from onrecord.claims.counted import read_counted
from onrecord.claims.lexicon import words
from onrecord.claims.measures import read_unit
from onrecord.claims.numerals import DASHES, HYPHENS, plain
from onrecord.claims.passages import Passage
from onrecord.claims.ranges import read_range
from onrecord.claims.readings import Amount, Figure, bound_ends, read_amount, read_of

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
    told = unit if alone else ""
    if (score := _score(passage, amount, told) or _vote(passage, amount, told)) is not None:
        return score
    if not alone and _excluded(passage, amount):
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


def _vote(passage: Passage, amount: Amount, unit: str | None) -> Figure | None:
    """A vote in words: "52 votes to 48", "voted 52 to 48", "a vote of 52 to 48"."""
    number, at = amount.number, amount.number.last
    if not number.digits or amount.unit is not None or amount.prefixed or number.last != number.first + 1:
        return None
    votes = passage.word(at) in ("vote", "votes")
    at += votes
    before = passage.words(number.first - 2, 2)
    voted = passage.word(number.first - 1) == "voted" or before in (("vote", "of"), ("vote", "was"))
    if not (votes or voted or unit == "vote") or passage.word(at) != "to" or at + 1 >= len(passage):
        return None
    other = read_amount(passage, at + 1)
    sides = passage.raw[number.first], passage.raw[at + 1]
    if (
        other is None
        or other.unit is not None
        or not all(side.isdecimal() and len(side) <= 4 for side in sides)
    ):
        return None
    if other.number.last != at + 2:
        return None
    left, right = int(sides[0]), int(sides[1])
    return Figure(number.first, at + 2, left, min(left, right), max(left, right), "vote", "exactly", None)


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
    comparison, first, last, low, high = bound_ends(passage, amount.first, whole.last, value, value)
    return Figure(
        first,
        last,
        value,
        low,
        high,
        "fraction",
        comparison,
        read_of(passage, first, last, value, "fraction"),
    )


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
            read_of(passage, first, amount.last, 2, unit),
        )
    value = plain(amount.sign * number.value)
    comparison, first, last, low_, high_ = bound_ends(passage, amount.first, amount.last, value, value)
    if number.rough and comparison == "exactly":
        comparison = "about"
    return Figure(
        first, last, value, low_, high_, unit, comparison, read_of(passage, first, last, value, unit)
    )


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

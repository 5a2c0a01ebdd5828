"""Results and votes: "won 3-1", "a 52–48 vote", "52 votes to 48"."""

from __future__ import annotations

from onrecord.lang.en.closed_classes import words
from onrecord.lang.en.numbers.counted import read_counted
from onrecord.lang.en.numbers.numerals import DASHES
from onrecord.quantities.amounts import Amount, QuantityMention, read_amount
from onrecord.text.passages import Passage

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


def read_score(passage: Passage, amount: Amount, unit: str | None) -> QuantityMention | None:
    """Two small numbers joined by a dash that are a result or a vote.

    Args:
        unit: what the context told of the unit of a quantity that stands alone; "" where it stands in a text.
    """
    sides = _score_sides(passage, amount)
    if sides is None:
        return None
    left, right, last = *sides, amount.number.last + 2
    first = amount.number.first
    start, end = passage.bounds(first)
    near = passage.low[max(start, first - 12) : min(end, last + 10)]
    vote = _nearest_word(near, VOTES) < _nearest_word(near, RESULTS)
    if unit:
        if unit not in ("vote", "score"):
            return None
        vote = unit == "vote"
    elif left < right:
        if not (vote or any(word in LOSING for word in near)) or _has_unit_after(passage, last):
            return None
    elif passage.joined(first) and passage.word(first - 1)[:1].isalpha():
        return None
    kind = "vote" if vote else "score"
    return QuantityMention(first, last, left, min(left, right), max(left, right), kind, "exactly", None)


def _score_sides(passage: Passage, amount: Amount) -> tuple[int, int] | None:
    """The two numbers, of at most three digits each, with nothing but a dash between them and no third one behind."""
    number, dash = amount.number, amount.number.last
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
    sides = passage.raw[number.first], passage.raw[dash + 1]
    if not all(side.isdecimal() and len(side) <= 3 for side in sides):
        return None
    if passage.word(dash + 2) in DASHES and passage.joined(dash + 2):
        return None
    return int(sides[0]), int(sides[1])


def _has_unit_after(passage: Passage, last: int) -> bool:
    """Whether a unit, or something counted, follows: then the two numbers are a range ("2-3 km", "10-15 people")."""
    follows = read_amount(passage, last - 1)
    if follows is not None and follows.unit is not None:
        return True
    return read_counted(passage, last) is not None and passage.word(last) not in VOTES | LOSING


def _nearest_word(near: list[str], kind: frozenset[str]) -> float:
    """How far from the middle the nearest word of a kind stands."""
    return min(
        (abs(at - len(near) / 2) for at, word in enumerate(near) if word in kind), default=float("inf")
    )


def read_vote(passage: Passage, amount: Amount, unit: str | None) -> QuantityMention | None:
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
    return QuantityMention(
        number.first, at + 2, left, min(left, right), max(left, right), "vote", "exactly", None
    )

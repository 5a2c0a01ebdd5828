"""Numbers in words: "twenty-four", "half a million", "two-thirds", "dozens", "tens of thousands"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from onrecord.lang.en.numbers.numerals import (
    ARTICLES,
    HYPHENS,
    PARTS,
    PLURALS,
    SCALES,
    TENS,
    UNITS,
    Number,
    divided,
    exact,
    read_after_whole,
    read_scale,
)
from onrecord.text.passages import Passage

HUNDREDS = {"hundred": 100, "dozen": 12}


def read_plural(passage: Passage, index: int) -> Number | None:
    """Magnitudes in the plural: "dozens", "tens of thousands", "several hundred", "a couple"."""
    word, at = passage.low[index], index
    if word in ("a", "the") and passage.word(at + 1) == "few":
        at, word = at + 1, "few"
    if word in ("several", "few"):
        size, last = PLURALS.get(passage.word(at + 1) + "s", 0), at + 2
        while size and passage.word(last) in SCALES:
            size, last = size * SCALES[passage.word(last)], last + 1
        return (
            Number(index, last, None, Decimal(2 * size), Decimal(10 * size), False, scaled=True)
            if size
            else None
        )
    if word == "a" and passage.word(at + 1) == "couple":
        at, word = at + 1, "couple"
    if word == "couple":
        of = (
            passage.word(at + 1) == "of"
            or passage.word(at + 1) in SCALES
            or passage.word(at + 1) in HUNDREDS
            or at + 1 >= len(passage)
        )
        if not of:
            return None
        extra, factor = read_scale(passage, at + 1, False)
        value = Decimal(2 * factor)
        return Number(index, extra, value, value, value, False, scaled=factor > 1, approximate=True)
    if word not in PLURALS and word != "tens":
        return None
    size, last = PLURALS.get(word, 10), index + 1
    while passage.word(last) == "of" and passage.word(last + 1) in PLURALS:
        size, last = size * PLURALS[passage.word(last + 1)], last + 2
    if word == "tens" and last == index + 1:
        return None
    if word == "scores" and passage.word(last) != "of":
        return None
    return Number(index, last, None, Decimal(size), Decimal(10 * size), False, scaled=True)


def read_part(passage: Passage, index: int) -> Number | None:
    """A part of one: "half", "a third", "two-thirds", "three quarters", and of a magnitude: "half a million"."""
    word, at = passage.low[index], index
    count = 1 if word in ("a", "one", "half") else UNITS.get(word, 0)
    if word != "half":
        at += 1
        if passage.word(at) in HYPHENS and passage.joined(at):
            at += 1
    below = PARTS.get(passage.word(at), 0)
    if not count or not below or (count > 1) != passage.word(at).endswith("s") or count >= below:
        return None
    last = at + 1
    if passage.word(last) in HYPHENS and passage.word(at) != "half":
        return None
    if passage.word(last) == "a" or (passage.word(last) == "of" and passage.word(last + 1) == "a"):
        of = last + (passage.word(last) == "of") + 1
        size = (
            12
            if passage.word(of) == "dozen"
            else 0
            if passage.word(of) == "hundred"
            else SCALES.get(passage.word(of), 0)
        )
        if size:
            return exact(index, of + 1, divided(count * size, below), digits=False, scaled=True)
    extra, factor = read_scale(passage, last, False)
    if factor > 100 and passage.word(at) == "half":
        return exact(index, extra, divided(count * factor, below), digits=False, scaled=True)
    value = divided(count, below)
    return exact(index, last, value, digits=False, part=True)


@dataclass(slots=True)
class _Sum:
    """A number in words as far as it was read: ``total`` what is scaled already, ``current`` what isn't yet."""

    total: int = 0
    current: int = 0
    previous: Literal["", "unit", "tens", "hundred", "scale"] = ""
    scaled: bool = False
    limit: int = 10**30  # the last scale: a greater one can't follow it

    def take(self, word: str) -> bool:
        """Adds a word; false where it can't follow what was read."""
        if word in UNITS and self.previous != "unit":
            value = UNITS[word]
            if self.previous == "tens" and not 0 < value < 10:
                return False
            self.current, self.previous = self.current + value, "unit"
        elif word in TENS and self.previous in ("", "hundred", "scale"):
            self.current, self.previous = self.current + TENS[word], "tens"
        elif word in HUNDREDS and 0 < self.current < 100 and self.previous in ("unit", "tens"):
            self.current, self.previous, self.scaled = self.current * HUNDREDS[word], "hundred", True
        elif word in SCALES and self.current and SCALES[word] < self.limit:
            self.limit = SCALES[word]
            self.total, self.current = self.total + self.current * self.limit, 0
            self.previous, self.scaled = "scale", True
        elif word in SCALES and self.previous == "scale" and SCALES[word] >= 10**6:
            self.total, self.scaled = self.total * SCALES[word], True
        else:
            return False
        return True


def read_worded(passage: Passage, index: int) -> Number | None:
    """A number in words: "twenty-four", "a hundred and six", "two and a half million", "two dozen"."""
    at, read = index, _Sum()
    if passage.low[at] in ARTICLES:
        if passage.word(at + 1) not in SCALES and passage.word(at + 1) not in HUNDREDS:
            return None
        at, read = at + 1, _Sum(current=1, previous="unit")
    while at < len(passage) and at - index < 24:
        joint = _is_connector(passage, at, read.previous)
        if joint is None or (not joint and not read.take(passage.low[at])):
            break
        at += 1
    if at == index or not read.previous:
        return None
    while passage.word(at - 1) == "and" or passage.word(at - 1) in HYPHENS:
        at -= 1
    number = Decimal(read.total + read.current)
    if not read.total and (found := read_after_whole(passage, at)) is not None:
        last, factor = read_scale(passage, found[0], False)
        return exact(index, last, (number + found[1]) * factor, digits=False, scaled=factor > 1)
    if passage.word(at) == "point" and not read.scaled and passage.word(at + 1) in UNITS:
        return _point(passage, index, at, number)
    return exact(index, at, number, digits=False, scaled=read.scaled)


def _is_connector(passage: Passage, at: int, previous: str) -> bool | None:
    """Whether this token only joins two words of a number ("twenty-four", "a hundred *and* six"); ``None`` where it would, but ends it."""
    word, following = passage.low[at], passage.word(at + 1)
    if word in HYPHENS and previous and passage.joined(at) and passage.joined(at + 1):
        units = previous == "tens" and following in UNITS
        return True if units or following in SCALES or following in HUNDREDS else None
    if word == "and" and previous in ("hundred", "scale"):
        return True if following in UNITS or following in TENS else None
    return False


def _point(passage: Passage, index: int, at: int, value: Decimal) -> Number:
    """A decimal in words: "four point two million"."""
    places = ""
    at += 1
    while passage.word(at) in UNITS and UNITS[passage.word(at)] < 10 and len(places) < 9:
        places, at = places + str(UNITS[passage.word(at)]), at + 1
    last, factor = read_scale(passage, at, False)
    return exact(index, last, (value + Decimal(f"0.{places}")) * factor, digits=False, scaled=factor > 1)

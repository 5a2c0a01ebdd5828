"""Numbers in words: "twenty-four", "half a million", "two-thirds", "dozens", "tens of thousands"."""

from __future__ import annotations

from decimal import Decimal

from onrecord.claims.numerals import (
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
from onrecord.claims.passages import Passage


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
            or passage.word(at + 1) in ("hundred", "dozen")
            or at + 1 >= len(passage)
        )
        if not of:
            return None
        extra, factor = read_scale(passage, at + 1, False)
        value = Decimal(2 * factor)
        return Number(index, extra, value, value, value, False, scaled=factor > 1, rough=True)
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


def read_worded(passage: Passage, index: int) -> Number | None:
    """A number in words: "twenty-four", "a hundred and six", "two and a half million", "two dozen"."""
    at, total, current, previous, scaled = index, 0, 0, "", False
    if passage.low[at] in ARTICLES:
        if passage.word(at + 1) not in SCALES and passage.word(at + 1) not in ("hundred", "dozen"):
            return None
        at, current, previous = at + 1, 1, "unit"
    limit = 10**30
    while at < len(passage) and at - index < 24:
        word = passage.low[at]
        if word in HYPHENS and previous and passage.joined(at) and passage.joined(at + 1):
            if previous != "tens" or passage.word(at + 1) not in UNITS:
                if not (passage.word(at + 1) in SCALES or passage.word(at + 1) in ("hundred", "dozen")):
                    break
            at += 1
            continue
        if word == "and" and previous in ("hundred", "scale"):
            following = passage.word(at + 1)
            if following not in UNITS and following not in TENS:
                break
            at += 1
            continue
        if word in UNITS and previous in ("", "tens", "hundred", "scale"):
            value = UNITS[word]
            if previous == "tens" and not 0 < value < 10:
                break
            current, previous = current + value, "unit"
        elif word in TENS and previous in ("", "hundred", "scale"):
            current, previous = current + TENS[word], "tens"
        elif word in ("hundred", "dozen") and 0 < current < 100 and previous in ("unit", "tens"):
            current, previous, scaled = current * (100 if word == "hundred" else 12), "hundred", True
        elif word in SCALES and current and SCALES[word] < limit:
            limit = SCALES[word]
            total, current, previous, scaled = total + current * limit, 0, "scale", True
        elif word in SCALES and previous == "scale" and SCALES[word] >= 10**6:
            total, scaled = total * SCALES[word], True
        else:
            break
        at += 1
    if at == index or not previous:
        return None
    while passage.word(at - 1) == "and" or passage.word(at - 1) in HYPHENS:
        at -= 1
    number = Decimal(total + current)
    if not total and (found := read_after_whole(passage, at)) is not None:
        last, factor = read_scale(passage, found[0], False)
        return exact(index, last, (number + found[1]) * factor, digits=False, scaled=factor > 1)
    if passage.word(at) == "point" and not scaled and passage.word(at + 1) in UNITS:
        return _point(passage, index, at, number)
    return exact(index, at, number, digits=False, scaled=scaled)


def _point(passage: Passage, index: int, at: int, value: Decimal) -> Number:
    """A decimal in words: "four point two million"."""
    places = ""
    at += 1
    while passage.word(at) in UNITS and UNITS[passage.word(at)] < 10 and len(places) < 9:
        places, at = places + str(UNITS[passage.word(at)]), at + 1
    last, factor = read_scale(passage, at, False)
    return exact(index, last, (value + Decimal(f"0.{places}")) * factor, digits=False, scaled=factor > 1)

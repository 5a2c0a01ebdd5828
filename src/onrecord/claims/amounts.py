"""Numbers as a text words them: digits, words, both mixed, with their scale.

Values are exact decimals until a claim is made of them, so that "1.2 million" is 1200000 and not nearly so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from onrecord.claims.lexicon import words
from onrecord.claims.passages import Passage

LONGEST_DIGITS = 24  # characters: longer ones are codes, never quantities

UNITS = {
    word: value
    for value, word in enumerate(
        words(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        )
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(words("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
} | {"fourty": 40}
SCALES = {
    "thousand": 10**3,
    "lakh": 10**5,
    "lac": 10**5,
    "million": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "mio": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "trn": 10**12,
    "quadrillion": 10**15,
}
# Written right after digits; "m" and "b" are also metres and bytes, so they count only where the context says money or things.
SUFFIXES = {"k": 10**3, "m": 10**6, "mil": 10**6, "b": 10**9, "cr": 10**7, "t": 10**12}
UNSURE = frozenset("mbt")
PLURALS = {
    "dozens": 12,
    "scores": 20,
    "hundreds": 100,
    "thousands": 1000,
    "lakhs": 10**5,
    "millions": 10**6,
    "crores": 10**7,
    "billions": 10**9,
    "trillions": 10**12,
}
PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fourth": 4,
    "fourths": 4,
    "fifth": 5,
    "fifths": 5,
    "sixth": 6,
    "sixths": 6,
    "seventh": 7,
    "sevenths": 7,
    "eighth": 8,
    "eighths": 8,
    "ninth": 9,
    "ninths": 9,
    "tenth": 10,
    "tenths": 10,
    "hundredth": 100,
    "hundredths": 100,
}
GLYPHS = {
    "½": (1, 2),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "⅕": (1, 5),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
}
HYPHENS = frozenset("-‐‑")
DASHES = frozenset("-‐‑–—−")
ARTICLES = frozenset(("a", "an"))

PLAIN = re.compile(r"\d+")
GROUPED = re.compile(r"(\d{1,3})(?:,\d{2,3})*,\d{3}(\.\d+)?")
EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")
DECIMAL = re.compile(r"\d+\.\d+")
COMMA = re.compile(r"\d{1,3},\d{1,2}")
SPACES = re.compile(r"[\u00a0\u202f\u2009’']")
OPENERS = (
    frozenset(UNITS)
    | frozenset(TENS)
    | frozenset(PLURALS)
    | frozenset(GLYPHS)
    | ARTICLES
    | {"half", "several", "few", "couple"}
    | {"tens"}
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a passage: tokens ``first`` to ``last`` (one past the end).

    ``low`` and ``high`` differ from ``value`` only where the words are vague ("dozens"), and ``value`` is then ``None``.
    """

    first: int
    last: int
    value: Decimal | None
    low: Decimal
    high: Decimal
    digits: bool
    part: bool = False
    scaled: bool = False
    rough: bool = False


def read_number(passage: Passage, index: int, *, money: bool = False) -> Number | None:
    """The number that begins at this token, the longest there is.

    Args:
        money: whether a currency stands before it, so that "m" is a million.

    A plural magnitude is read as between one of it and ten ("thousands" is 1,000 to 10,000, "tens of thousands" ten times that).
    """
    word = passage.low[index]
    if word[0].isdigit():
        return _read_digits(passage, index, money)
    if word in GLYPHS:
        value = _divided(*GLYPHS[word])
        return Number(index, index + 1, value, value, value, True, part=True)
    if word not in OPENERS:
        return None
    return _read_plural(passage, index) or _read_part(passage, index) or _read_words(passage, index)


def parse_digits(token: str) -> Decimal | None:
    """The value of digits in English, Indian or European grouping, ``None`` where they are none of these.

    >>> parse_digits("12,34,567"), parse_digits("1.234.567,5"), parse_digits("1.5"), parse_digits("1.2.3")
    (Decimal('1234567'), Decimal('1234567.5'), Decimal('1.5'), None)
    """
    if len(token) > LONGEST_DIGITS:
        return None
    if PLAIN.fullmatch(token):
        return Decimal(token)
    token = SPACES.sub("", token)
    if PLAIN.fullmatch(token) or DECIMAL.fullmatch(token):
        return Decimal(token)
    if GROUPED.fullmatch(token):
        return Decimal(token.replace(",", ""))
    if EUROPEAN.fullmatch(token):
        return Decimal(token.replace(".", "").replace(",", "."))
    if COMMA.fullmatch(token):
        return Decimal(token.replace(",", "."))
    return None


def plain(value: Decimal) -> int | float:
    """The value as a whole number where it is one.

    >>> plain(Decimal("1.2") * 10**6), plain(Decimal("0.5"))
    (1200000, 0.5)
    """
    return int(value) if value == value.to_integral_value() else float(value)


def _divided(numerator: int | Decimal, denominator: int | Decimal) -> Decimal:
    return Decimal(numerator) / Decimal(denominator)


def _exact(
    first: int, last: int, value: Decimal, *, digits: bool, part: bool = False, scaled: bool = False
) -> Number:
    return Number(first, last, value, value, value, digits, part, scaled)


def _read_digits(passage: Passage, index: int, money: bool) -> Number | None:
    value = parse_digits(passage.raw[index])
    if value is None:
        return None
    last, part = index + 1, False
    if "," not in passage.raw[index] and "." not in passage.raw[index]:
        last, grouped = _spaced_groups(passage, index, money)
        value = grouped if grouped is not None else value
        found = _slash(passage, last - 1)
        if found is not None and last == index + 1:
            last, value, part = found[0], found[1], True
    if not part and (found := _after_whole(passage, last)) is not None:
        last, value = found[0], value + found[1]
    if (found := _power(passage, last)) is not None:
        return _exact(index, found[0], value * found[1], digits=True)
    last, factor = _scale(passage, last, money)
    return _exact(index, last, value * factor, digits=True, part=part and factor == 1, scaled=factor > 1)


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


def _slash(passage: Passage, index: int) -> tuple[int, Decimal] | None:
    """A fraction of digits, "3/4": below one, with a denominator in use."""
    if (
        passage.word(index + 1) not in ("/", "⁄")
        or not passage.joined(index + 1)
        or not passage.joined(index + 2)
    ):
        return None
    above, below = passage.raw[index], passage.word(index + 2)
    if passage.word(index + 3) == "/" or not (
        above.isdecimal() and below.isdecimal() and len(above) < 3 and len(below) < 4
    ):
        return None
    if 0 < int(above) < int(below) and int(below) in (2, 3, 4, 5, 8, 16, 32):
        return index + 3, _divided(int(above), int(below))
    return None


def _after_whole(passage: Passage, index: int) -> tuple[int, Decimal] | None:
    """What is added to a whole number: "½", "1/2", "and a half", "and three quarters"."""
    word = passage.word(index)
    if word in GLYPHS:
        return index + 1, _divided(*GLYPHS[word])
    if word and word[0].isdigit() and word.isdecimal() and (found := _slash(passage, index)) is not None:
        return found
    if word in HYPHENS and passage.joined(index) and passage.joined(index + 1):
        return _slash(passage, index + 1) if passage.word(index + 1).isdecimal() else None
    if word != "and":
        return None
    count, at = passage.word(index + 1), index + 2
    if passage.word(at) in HYPHENS:
        at += 1
    number = 1 if count in ("a", "one") else UNITS.get(count, 0)
    below = PARTS.get(passage.word(at), 0)
    if number and below and number < below and (number > 1) == passage.word(at).endswith("s"):
        if passage.word(at) in ("quarter", "third", "half") or number > 1:
            return at + 1, _divided(number, below)
    return None


def _power(passage: Passage, index: int) -> tuple[int, Decimal] | None:
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


def _scale(passage: Passage, index: int, money: bool) -> tuple[int, int]:
    """One past the scale words at this token, and what they multiply by."""
    factor, at = 1, index
    while at < len(passage) and at - index < 3:
        word, skip = passage.low[at], 0
        if word in HYPHENS and passage.joined(at) and passage.joined(at + 1):
            word, skip = passage.word(at + 1), 1
        size = SCALES.get(word)
        if size is None and word == "hundred":
            size = 100
        if (
            size is None
            and at == index
            and not skip
            and word in SUFFIXES
            and (passage.joined(at) or (money and word in "mb"))
        ):
            size = SUFFIXES[word] if money or word not in UNSURE or _things_follow(passage, at + 1) else None
        if size is None or (size == 100 and factor > 1):
            break
        factor, at = factor * size, at + 1 + skip
    return at, factor


def _things_follow(passage: Passage, index: int) -> bool:
    """Whether counted things follow, so that "5m people" are five million."""
    word = passage.word(index)
    return (
        not passage.joined(index)
        and word.isalpha()
        and word.islower()
        and (word.endswith("s") or word in ("people", "children", "women", "men"))
        and word not in ("as", "is", "was", "this", "has")
    )


def _read_plural(passage: Passage, index: int) -> Number | None:
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
        extra, factor = _scale(passage, at + 1, False)
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


def _read_part(passage: Passage, index: int) -> Number | None:
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
            return _exact(index, of + 1, _divided(count * size, below), digits=False, scaled=True)
    extra, factor = _scale(passage, last, False)
    if factor > 100 and passage.word(at) == "half":
        return _exact(index, extra, _divided(count * factor, below), digits=False, scaled=True)
    value = _divided(count, below)
    return _exact(index, last, value, digits=False, part=True)


def _read_words(passage: Passage, index: int) -> Number | None:
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
    value = Decimal(total + current)
    if not total and (found := _after_whole(passage, at)) is not None:
        last, factor = _scale(passage, found[0], False)
        return _exact(index, last, (value + found[1]) * factor, digits=False, scaled=factor > 1)
    if passage.word(at) == "point" and not scaled and passage.word(at + 1) in UNITS:
        return _point(passage, index, at, value)
    return _exact(index, at, value, digits=False, scaled=scaled)


def _point(passage: Passage, index: int, at: int, value: Decimal) -> Number:
    """A decimal in words: "four point two million"."""
    places = ""
    at += 1
    while passage.word(at) in UNITS and UNITS[passage.word(at)] < 10 and len(places) < 9:
        places, at = places + str(UNITS[passage.word(at)]), at + 1
    last, factor = _scale(passage, at, False)
    return _exact(index, last, (value + Decimal(f"0.{places}")) * factor, digits=False, scaled=factor > 1)

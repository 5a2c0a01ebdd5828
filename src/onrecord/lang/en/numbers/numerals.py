"""Tables of number words, digits in their groupings, and the value that they make. Values are exact decimals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from onrecord.lang.en.closed_classes import words
from onrecord.text.passages import Passage

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

ORDINALS = {
    word: value
    for value, word in enumerate(
        words(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
            "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        ),
        start=1,
    )
} | {
    word: 10 * value
    for value, word in enumerate(
        words("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth"),
        start=2,
    )
}
ENDINGS = frozenset(("st", "nd", "rd", "th"))  # of ordinals in digits

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

AMBIGUOUS_SUFFIXES = frozenset("mbt")

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

FRACTION_GLYPHS = {
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
    | frozenset(FRACTION_GLYPHS)
    | ARTICLES
    | {"half", "several", "few", "couple"}
    | {"tens"}
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a passage: tokens ``first`` to ``last`` (one past the end).

    ``low`` and ``high`` differ from ``value`` only where the words are vague ("dozens"), and ``value`` is then ``None``.
    ``digits``: it is written in digits; ``part``: it is below one, or has a fraction in words; ``scaled``: a word such as "million" is in it;
    ``approximate``: its words are, as "a couple".
    """

    first: int
    last: int
    value: Decimal | None
    low: Decimal
    high: Decimal
    digits: bool
    part: bool = False
    scaled: bool = False
    approximate: bool = False


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


def divided(numerator: int | Decimal, denominator: int | Decimal) -> Decimal:
    """The quotient as a decimal, to its 28 digits."""
    return Decimal(numerator) / Decimal(denominator)


def exact(
    first: int, last: int, value: Decimal, *, digits: bool, part: bool = False, scaled: bool = False
) -> Number:
    """The number of these tokens that is just this value."""
    return Number(first, last, value, value, value, digits, part, scaled)


def read_slash(passage: Passage, index: int) -> tuple[int, Decimal] | None:
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
        return index + 3, divided(int(above), int(below))
    return None


def read_after_whole(passage: Passage, index: int) -> tuple[int, Decimal] | None:
    """What is added to a whole number: "½", "1/2", "and a half", "and three quarters"."""
    word = passage.word(index)
    if word in FRACTION_GLYPHS:
        return index + 1, divided(*FRACTION_GLYPHS[word])
    if word and word[0].isdigit() and word.isdecimal() and (found := read_slash(passage, index)) is not None:
        return found
    if word in HYPHENS and passage.joined(index) and passage.joined(index + 1):
        return read_slash(passage, index + 1) if passage.word(index + 1).isdecimal() else None
    if word != "and":
        return None
    count, at = passage.word(index + 1), index + 2
    if passage.word(at) in HYPHENS:
        at += 1
    number = 1 if count in ("a", "one") else UNITS.get(count, 0)
    below = PARTS.get(passage.word(at), 0)
    if number and below and number < below and (number > 1) == passage.word(at).endswith("s"):
        if passage.word(at) in ("quarter", "third", "half") or number > 1:
            return at + 1, divided(number, below)
    return None


def read_scale(passage: Passage, index: int, money: bool) -> tuple[int, int]:
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
            size = (
                SUFFIXES[word]
                if money or word not in AMBIGUOUS_SUFFIXES or _things_follow(passage, at + 1)
                else None
            )
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

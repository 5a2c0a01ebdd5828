"""Ordinals and anniversaries, ages, and multiples in one word ("doubled", "twice as many")."""

from __future__ import annotations

from onrecord.lang.en.closed_classes import words
from onrecord.lang.en.numbers.counted import read_counted
from onrecord.lang.en.numbers.numerals import ENDINGS, HYPHENS, ORDINALS, TENS, UNITS
from onrecord.lang.en.numbers.parsing import read_number
from onrecord.quantities.amounts import QuantityMention
from onrecord.text.passages import Passage

# "first" and "second" order quantities only before these; elsewhere they are adverbs, halves, hands and names.
COUNTED = frozenset(
    words("anniversary consecutive straight successive edition birthday place centenary time term")
)
MULTIPLES = {"twice": 2, "thrice": 3, "doubl": 2, "tripl": 3, "quadrupl": 4, "halv": 0.5}
MAX_AGE = 120
STARTERS = frozenset(ORDINALS) | frozenset(
    words(
        "twofold threefold fourfold fivefold sixfold sevenfold eightfold ninefold tenfold doubled doubling "
        "tripled tripling quadrupled quadrupling halved halving twice thrice"
    )
)


def read_ordinal(passage: Passage, index: int, *, standalone: bool = False) -> QuantityMention | None:
    """An ordinal in digits, or in words from "third" on; "first" and "second" only of what is counted by them, or alone."""
    word, last, value = passage.low[index], index + 1, 0
    if word.isdecimal() and len(word) < 5 and passage.word(last) in ENDINGS and passage.joined(last):
        value, last = int(word), last + 1
    elif word in ORDINALS:
        value = ORDINALS[word]
        if value < 3 and not standalone and passage.word(last) not in COUNTED:
            return None
    elif word in TENS and passage.word(last) in HYPHENS and 0 < ORDINALS.get(passage.word(last + 1), 0) < 10:
        value, last = TENS[word] + ORDINALS[passage.word(last + 1)], last + 2
    if not value or passage.word(last) in ("quarter", "quarters", "half") or passage.word(index - 1) in UNITS:
        return None
    of = read_counted(passage, last, one=True)
    if of is None and word in ORDINALS and not standalone:
        return None
    return QuantityMention(index, last, value, value, value, "ordinal", "exactly", of)


def read_age(passage: Passage, index: int) -> QuantityMention | None:
    """An age: "44-year-old", "aged 44", "a name, 44," and "(44)", "who was 10"."""
    number = read_number(passage, index)
    if (
        number is None
        or number.scaled
        or number.part
        or number.value is None
        or not 0 < number.value <= MAX_AGE
    ):
        return None
    value, last = int(number.value), number.last
    if value != number.value:
        return None
    old = [token for token in passage.low[last : last + 4] if token not in HYPHENS]
    if old[:2] in (
        ["year", "old"],
        ["years", "old"],
        ["month", "old"],
        ["months", "old"],
        ["year", "olds"],
        ["week", "old"],
    ):
        end = last + 1
        while passage.word(end - 1) not in ("old", "olds"):
            end += 1
        unit = old[0].rstrip("s")
        if unit == "month" or unit == "week":
            return QuantityMention(index, end, value, value, value, unit, "exactly", None, named="age")
        return QuantityMention(index, end, value, value, value, "year", "exactly", None, named="age")
    if old[:3] == ["years", "of", "age"]:
        return QuantityMention(index, last + 3, value, value, value, "year", "exactly", None, named="age")
    before = passage.word(index - 1)
    if (before == "aged" and passage.word(last) not in ("to", "and", "-", "–")) or (
        before == "of" and passage.word(index - 2) in ("age", "ages")
    ):
        return QuantityMention(index, last, value, value, value, "year", "exactly", None, named="age")
    if _is_apposition_age(passage, index, last) or _is_age_after_be(passage, index, last):
        return QuantityMention(index, last, value, value, value, "year", "exactly", None, named="age")
    return None


def _is_apposition_age(passage: Passage, index: int, last: int) -> bool:
    """An age between commas or in brackets after a name of two words."""
    open_, close = passage.word(index - 1), passage.word(last)
    if not passage.raw[index].isdecimal() or len(passage.raw[index]) > 2 or int(passage.raw[index]) < 5:
        return False
    if (open_, close) not in ((",", ","), (",", "."), ("(", ")"), (",", ";")) or not (
        passage.capital(index - 2) and passage.capital(index - 3)
    ):
        return False
    return (
        passage.raw[index - 2].isalpha()
        and passage.raw[index - 3].isalpha()
        and passage.raw[index - 2] != passage.raw[index - 2].upper()
    )


def _is_age_after_be(passage: Passage, index: int, last: int) -> bool:
    """ "who was 10", "when she was four", "turned 30": the clause ends with the number."""
    after = passage.word(last)
    if after and after not in (".", ",", ";", "when", "and", "at", '"', "”"):
        return False
    if passage.word(index - 1) == "turned":
        return True
    return passage.word(index - 1) in ("was", "is", "am", "were") and passage.word(index - 2) in (
        "who",
        "he",
        "she",
        "i",
    )


def read_multiple(passage: Passage, index: int, *, standalone: bool = False) -> QuantityMention | None:
    """A multiple in one word, of the unit "times"; "twice" and "thrice" only where they compare."""
    word = passage.low[index]
    stem = word.removesuffix("ed").removesuffix("ing")
    fold = word.endswith("fold")
    value = UNITS.get(word[:-4]) if fold else MULTIPLES.get(stem)
    if value is None:
        return None
    if (
        stem in ("twice", "thrice")
        and not standalone
        and passage.word(index + 1) not in ("as", "the", "that", "its", "their")
    ):
        return None
    if stem not in ("twice", "thrice") and word == stem and not fold:
        return None
    if word in ("doubling", "tripling", "doubled", "tripled") and passage.word(index + 1) in (
        "down",
        "up",
        "over",
    ):
        return None
    before, first = passage.word(index - 1), index
    comparison, low, high = "exactly", value, value
    if before == "than" and passage.word(index - 2) in ("more", "less"):
        first, comparison = index - 2, "over" if passage.word(index - 2) == "more" else "under"
    elif before in ("nearly", "almost", "about", "roughly"):
        first, comparison = index - 1, "about"
    return QuantityMention(
        first,
        index + 1,
        value,
        None if comparison == "under" else low,
        None if comparison == "over" else high,
        "times",
        comparison,  # type: ignore[arg-type]
        None,
    )

"""The unit of a number: what stands before it ("$", "Rs.", "EUR") and after it ("percent", "km/h", "dollars a month")."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.lang.en.closed_classes import words
from onrecord.lang.en.numbers.numerals import HYPHENS, Number
from onrecord.lang.en.numbers.units import (
    ADVERBS,
    CENTS,
    DOLLARS,
    EXACT,
    LONGEST_FORM,
    LONGEST_NAME,
    MEASURES,
    MONEY_WORDS,
    PREFIXES,
    RATE_UNITS,
    currencies,
    needs_joining,
    prefix_currency,
)
from onrecord.text.passages import Passage

SPACED_DOLLARS = frozenset(("US", "HK", "NZ", "NT", "AU", "CA", "S"))
# Words for money that mean something else as often: they need a scale or a large amount before them.
AMBIGUOUS_UNITS = frozenset(
    words("won real reals mark marks crown crowns rand rands quid buck bucks taka dong birr lari kr")
)
SMALL = 20
TEMPERATURE_WORDS = frozenset(
    words(
        "temperature temperatures degree degrees heat heatwave hot hottest hotter cold coldest colder warm warmer warmest freezing frost "
        "mercury thermometer thermometers sweltering scorching chill celsius fahrenheit"
    )
)
PARENTHETICAL = 4  # tokens from one scale of temperature to the other: "45C (113F)"


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit's name, and one past its last token."""

    name: str
    last: int


def read_prefix(passage: Passage, index: int) -> tuple[int, str] | None:
    """The currency that stands right before the number at this token: its first token and name."""
    if not 0 < index < len(passage):
        return None
    before = passage.raw[index - 1]
    if before == "$":
        return _dollars(passage, index - 1)
    if before in PREFIXES:
        return index - 1, PREFIXES[before]
    near = passage.joined(index)
    if before == "." and passage.word(index - 2) in ("rs", "tk", "rp", "dhs") and passage.joined(index - 1):
        return index - 2, PREFIXES[passage.low[index - 2]]
    if before == "=" and near and passage.word(index - 2) == "y" and passage.joined(index - 1):
        return index - 2, "JPY"
    if not before.isalpha() or passage.start[index] - passage.end[index - 1] > 1:
        return None
    if passage.word(index - 2) == "$" and near and passage.joined(index - 1) and before.lower() in DOLLARS:
        return index - 2, DOLLARS[before.lower()]
    if passage.joined(index - 1) and passage.raw[index - 2].isalnum():
        return None
    name = prefix_currency(before)
    if name is None and len(before) == 3 and before.isupper():
        name = currencies()[0].get(before)
    if name is None or (needs_joining(before) and not near):
        return None
    return index - 1, name


def _dollars(passage: Passage, sign: int) -> tuple[int, str]:
    """Whose dollar a "$" is, where letters before it say so."""
    word = passage.raw[sign - 1] if sign else ""
    if word.isupper() and word.lower() in DOLLARS and (passage.joined(sign) or word in SPACED_DOLLARS):
        return sign - 1, DOLLARS[word.lower()]
    return sign, PREFIXES["$"]


def read_unit(
    passage: Passage, number: Number, *, currency: str | None = None, standalone: bool = False
) -> UnitMatch | None:
    """The unit after a number, joined to it by nothing, a space or a hyphen; with "per", "a" or "/" and what it is per.

    Args:
        currency: the currency already read before the number.
        standalone: whether the text is a quantity's own: what its sentence speaks of is then not looked for.
    """
    at = number.last
    if currency is not None:
        return UnitMatch(*_with_rate(passage, at, currency))
    hyphen = passage.word(at) in HYPHENS and passage.joined(at) and passage.joined(at + 1)
    if hyphen:
        at += 1
    found = _money(passage, number, at) or _measure(passage, number, at, standalone=standalone)
    if found is None:
        if passage.word(at) == "per" and passage.word(at + 1) in RATE_UNITS:
            return UnitMatch(f"per {RATE_UNITS[passage.word(at + 1)]}", at + 2)
        return None
    return (
        found
        if hyphen and found.name not in CENTS
        else UnitMatch(*_with_rate(passage, found.last, found.name))
    )


def _money(passage: Passage, number: Number, at: int) -> UnitMatch | None:
    codes, names = currencies()
    for size in range(LONGEST_NAME, 1, -1):
        name = names.get(passage.words(at, size))
        if name is not None:
            return UnitMatch(name, at + size)
    raw, word = (passage.raw[at], passage.low[at]) if at < len(passage) else ("", "")
    if raw in codes and number.digits and raw != "ALL":
        return UnitMatch(codes[raw], at + 1)
    if raw in ("€", "£", "₽", "₹", "₺") and not (
        at + 1 < len(passage) and passage.joined(at + 1) and passage.word(at + 1)[0].isdigit()
    ):
        return UnitMatch(PREFIXES[raw], at + 1)
    if passage.capital(at) and passage.word(at + 1) in ("cent", "cents"):
        return UnitMatch("cent", at + 2)
    if word in ("pound", "pounds"):
        return UnitMatch("pound" if number.scaled and passage.word(at + 1) != "of" else "pound-mass", at + 1)
    if word in MONEY_WORDS and not (
        word in AMBIGUOUS_UNITS and not number.scaled and number.high < SMALL * 50
    ):
        return UnitMatch(MONEY_WORDS[word], at + 1)
    return None


def _measure(passage: Passage, number: Number, at: int, *, standalone: bool) -> UnitMatch | None:
    for size in range(min(LONGEST_FORM, len(passage) - at), 0, -1):
        raw = tuple(passage.raw[at : at + size])
        name = MEASURES.get(passage.words(at, size))
        if name is None:
            name = EXACT.get(raw)
            if name is not None and not _abbreviates(passage, number, at, raw):
                name = None
        if raw in (("C",), ("F",)) and not (standalone or _is_temperature(passage, at)):
            name = None
        if name == "inch" and raw == ('"',) and not _inches(passage, at):
            name = None
        if name is not None:
            return UnitMatch(name, at + size)
    return None


def _abbreviates(passage: Passage, number: Number, at: int, raw: tuple[str, ...]) -> bool:
    """Short forms follow digits; those of one letter without a space, and none runs on into more letters or digits."""
    if not number.digits or (
        at + len(raw) < len(passage)
        and passage.joined(at + len(raw))
        and passage.raw[at + len(raw)].isalnum()
    ):
        return False
    return passage.joined(at) or len(raw[0]) > 1


def _is_temperature(passage: Passage, at: int) -> bool:
    """Whether a letter right after digits is a scale of temperature: its sentence speaks of heat, or gives the other scale too."""
    if not passage.joined(at):
        return False
    first, last = passage.bounds(at)
    other = {"C": "F", "F": "C"}[passage.raw[at]]
    scales = range(max(first, at - PARENTHETICAL), min(last, at + PARENTHETICAL))
    return not TEMPERATURE_WORDS.isdisjoint(passage.low[first:last]) or any(
        passage.raw[near] == other and passage.joined(near) and passage.word(near - 1)[:1].isdigit()
        for near in scales
    )


def _inches(passage: Passage, at: int) -> bool:
    """A straight mark right after digits is inches unless it closes a quotation: then another opens before it in the sentence."""
    first, _ = passage.bounds(at)
    return passage.joined(at) and passage.raw[first:at].count('"') % 2 == 0


def _with_rate(passage: Passage, at: int, name: str) -> tuple[str, int]:
    """The unit with what it is per, and one past the end of that."""
    word, after = passage.word(at), passage.word(at + 1)
    if word in ("a", "per") and after in HYPHENS and passage.word(at + 2) in RATE_UNITS:
        return f"{name} per {RATE_UNITS[passage.word(at + 2)]}", at + 3
    if word in HYPHENS and after in ("a", "per"):
        word, after, at = after, passage.word(at + 3 if passage.word(at + 2) in HYPHENS else at + 2), at + 1
        if passage.word(at + 1) in HYPHENS:
            at += 1
    if word in ("a", "an", "per", "each", "every", "/") and after in RATE_UNITS:
        if not (
            word in ("a", "an") and passage.word(at + 2) in ("ago", "earlier", "later", "before", "after")
        ):
            return f"{name} per {RATE_UNITS[after]}", at + 2
    if word == "a" and after == "piece":
        return f"{name} per piece", at + 2
    if word in ADVERBS and passage.word(at + 1) not in STAND_ALONE:
        return f"{name} per {ADVERBS[word]}", at + 1
    return name, at


STAND_ALONE = frozenset(("dose", "routine", "newspaper", "briefing", "basis"))

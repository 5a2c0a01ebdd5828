"""Quantities, times and places in words: what the text says, and what it was read as where that says more."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.render.safe_text import one_line
from onrecord.render.time_values import is_open, spell_out_times, time_in_words
from onrecord.types import Claim, Comparison

_SPELLED = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_NO_PLURAL = frozenset("percent hertz celsius fahrenheit yen yuan renminbi won baht rand".split())
# The report has one word for "at least" and "more than": what is shown must hold for both.
_SIGNS: dict[Comparison, str] = {"about": "about ", "over": "from ", "under": "up to "}
# What stands in the words of a quantity and says its unit already.
_TOKENS = {
    "percent": ("%", "per cent", "percent"),
    "USD": ("$",),
    "GBP": ("£",),
    "EUR": ("€",),
    "rupee": ("Rs", "₹"),
}


def value_text(claim: Claim, *, reasons: bool = True) -> str:
    """A claim on one line: its own words, what they come to where that says more, and the doubt, with its reason or without.

    >>> from onrecord.types import Span
    >>> value_text(Claim("a", "quantity", Span(0, 5, "forty"), 40, 40, 40, "percent"))
    'forty (40 percent)'
    >>> value_text(Claim("a", "quantity", Span(0, 3, "two"), 2, 2, 2, None, "fishing boats"))
    'two fishing boats'
    >>> value_text(Claim("a", "time", Span(0, 6, "Monday"), "XXXX-WXX-1", doubt="the report has no date"))
    'Monday – in doubt: the report has no date'
    """
    words = one_line(claim.span.text)
    shown = f"{words} {one_line(claim.of)}" if _is_count(claim) and claim.of else words
    interpretation = interpretation_of(claim)
    # "Soon" and "a Monday" say as much as any words for what they were read as.
    says_all = claim.type == "time" and is_open(str(claim.value))
    if interpretation and not says_all and not _says(words, interpretation, claim):
        shown = f"{shown} ({interpretation})"
    if not claim.doubt:
        return shown
    return (
        f"{shown} – in doubt: {spell_out_times(one_line(claim.doubt))}" if reasons else f"{shown} – in doubt"
    )


def interpretation_of(claim: Claim) -> str:
    """What a claim was read as, with its unit; empty where nothing is known beyond its words.

    >>> from onrecord.types import Span
    >>> interpretation_of(Claim(None, "time", Span(0, 10, "six months"), "P6M"))
    '6 months'
    """
    if claim.type == "quantity":
        parts = (_amount(claim), _unit(claim), None if _is_count(claim) or not claim.of else f"of {claim.of}")
        return one_line(" ".join(part for part in parts if part))
    if claim.value is None:
        return ""
    value = one_line(str(claim.value))
    if claim.type == "place":
        return f"{value}, {one_line(claim.country)}" if claim.country else value
    return time_in_words(value) or ("" if is_open(value) else value.replace("/", " to "))


def value_title(claim: Claim) -> str:
    """All that the report holds of a claim, for a reader who points at it.

    >>> from onrecord.types import Span
    >>> value_title(Claim(None, "time", Span(0, 6, "Monday"), "2024-03-11", anchor="2024-03-12"))
    'time: 2024-03-11 · resolved from 2024-03-12'
    """
    read = interpretation_of(claim)
    parts = [
        f"{claim.type}: {read or 'not resolved'}",
        f"counted: {one_line(claim.of)}" if claim.of and _is_count(claim) else None,
        f"resolved from {spell_out_times(one_line(claim.anchor))}" if claim.anchor else None,
        f"GeoNames {claim.geonames}" if claim.geonames is not None else None,
        f"in doubt: {spell_out_times(one_line(claim.doubt))}" if claim.doubt else None,
    ]
    return " · ".join(part for part in parts if part)


def without_repeats(claims: Iterable[Claim]) -> list[Claim]:
    """Claims without a length of time that is a quantity already, and without a place or quantity that is told again word for word."""
    found: list[Claim] = []
    spans: set[tuple[int, int]] = set()
    words: set[str] = set()
    for claim in sorted(
        claims, key=lambda claim: (claim.span.start, claim.type != "quantity", claim.span.end)
    ):
        span, said = (claim.span.start, claim.span.end), value_text(claim).casefold()
        if span not in spans and said not in words:
            found.append(claim)
        spans.add(span)
        words.add(said)
    return found


def _is_count(claim: Claim) -> bool:
    return claim.type == "quantity" and claim.unit is None


def _says(words: str, interpretation: str, claim: Claim) -> bool:
    """Whether the words say the reading already: in the same digits, with a sign for the unit."""
    lowered = words.casefold()
    if claim.comparison:  # how exact it is was read from the words, which say it in their own way
        interpretation = interpretation.removeprefix(_SIGNS.get(claim.comparison, ""))
    if interpretation.casefold() in lowered or re.sub(r"^an? ", "1 ", lowered) == interpretation.casefold():
        return True
    if claim.type == "place":
        return False
    if claim.type == "time" and _plain(interpretation) in _plain(words):
        return True
    amount, _, unit = interpretation.partition(" ")
    if (
        claim.type == "quantity"
        and claim.unit in _TOKENS
        and any(token in words for token in _TOKENS[claim.unit])
    ):
        unit = unit.removeprefix(claim.unit)
    numbers = [
        *re.findall(r"[\d.,]*\d", words),
        *(str(_SPELLED.index(word)) for word in lowered.split() if word in _SPELLED),
    ]
    return amount in numbers and (unit.strip() or "-").rstrip("s").casefold() in f"{lowered}-"


def _plain(words: str) -> str:
    """Words for a period without what makes no other of it.

    >>> _plain("the first half of 2015") == _plain("First-half 2015")
    True
    """
    kept = (word for word in re.split(r"[\s-]+", words.casefold()) if word not in ("the", "of"))
    return f" {' '.join(kept)} "


def _amount(claim: Claim) -> str:
    low, high = claim.low, claim.high
    if claim.comparison == "between" and low is not None and high is not None:
        return f"{_number(low)} to {_number(high)}"
    if claim.value is None:
        return ""
    return (_SIGNS.get(claim.comparison, "") if claim.comparison else "") + _number(claim.value)


def _unit(claim: Claim) -> str | None:
    """The unit as its number has it: "1 month", "6 months"."""
    unit = claim.unit
    if unit == "fraction":
        return None
    if unit is None or claim.value == 1 or not (unit.isalpha() and unit.islower()):
        return unit
    return unit if unit.endswith("s") or unit in _NO_PLURAL else f"{unit}s"


def _number(value: float | int | str) -> str:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, float):
        return f"{value:,.6g}" if abs(value) < 1e15 else f"{value:.6g}"
    # Python refuses to write out integers of many thousand digits.
    return f"{value:,}" if value.bit_length() < 64 else f"about 2^{value.bit_length()}"

"""Where a quantity may begin, and the claim that is made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.lang.en.numbers.numerals import OPENERS
from onrecord.quantities import exclusions, ordinals
from onrecord.quantities.amounts import QuantityMention
from onrecord.quantities.assembly import read_quantity
from onrecord.text import TextAnalysis, analyze
from onrecord.text.passages import Passage, skip_wordless
from onrecord.types import Claim, Span

TRIGGERS = OPENERS | ordinals.STARTERS


def find_quantities(analysis: TextAnalysis, *, dates: Sequence[tuple[int, int]] = ()) -> tuple[Claim, ...]:
    """The quantities of a text, in text order, without overlap; ``statement`` is left open.

    Args:
        dates: ranges of the text that are dates or times of day, in order: no quantities are found in them.
    """
    spans = iter(dates)
    current = next(spans, None)
    claims: list[Claim] = []
    for passage in analysis.passages:
        blocked: list[tuple[int, int]] = []
        while current is not None and current[0] < passage.end[-1]:
            blocked.append(current)
            if current[1] > passage.end[-1]:
                break
            current = next(spans, None)
        claims.extend(_claim(passage, quantity) for quantity in _scan(passage, blocked))
    return tuple(claims)


def parse_quantity(text: str, *, unit: str | None = None) -> Claim | None:
    """The quantity that a quantity's own text words, without the context that told it from a year or a name.

    Args:
        unit: its unit, where the context gave it: "5m" is five million unless it's "metre", "0-3" a range unless it's "score" or "vote".

    >>> parse_quantity("at least Rs 200 crore").value
    2000000000
    """
    for passage in analyze(text).passages:
        for quantity in _scan(passage, [], standalone=True, unit=unit):
            return _claim(passage, quantity)
    return None


def _claim(passage: Passage, quantity: QuantityMention) -> Claim:
    text = passage.text
    of = None
    if quantity.of is not None:
        of = " ".join(text[passage.start[quantity.of[0]] : passage.end[quantity.of[1] - 1]].split())
    return Claim(
        statement=None,
        type="quantity",
        span=Span.of(text, passage.start[quantity.first], passage.end[quantity.last - 1]),
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        of=quantity.named or of,
        comparison=quantity.comparison,
    )


def _scan(
    passage: Passage, blocked: list[tuple[int, int]], *, standalone: bool = False, unit: str | None = None
) -> Iterator[QuantityMention]:
    at, floor, block, known = 0, 0, 0, 0
    size = len(passage)
    while at < size:
        while block < len(blocked) and blocked[block][1] <= passage.start[at]:
            block += 1
        if block < len(blocked) and blocked[block][0] <= passage.start[at]:
            at += 1
            floor = at
            continue
        word = passage.low[at]
        digit = word[0].isdigit()
        if not digit and word not in TRIGGERS and word != ".":
            at += 1
            continue
        if digit and not standalone:
            after, known = skip_wordless(passage, at, known)
            if after == at:
                after = exclusions.skip_identifier(passage, at)
            if after > at:
                at = after
                continue
        quantity = (
            ordinals.read_age(passage, at)
            or ordinals.read_ordinal(passage, at, standalone=standalone)
            or ordinals.read_multiple(passage, at, standalone=standalone)
            or read_quantity(passage, at, standalone=standalone, unit=unit)
        )
        if quantity is None or quantity.first < floor or _reaches(passage, quantity, blocked, block):
            at += 1
            continue
        yield quantity
        at = floor = quantity.last


def _reaches(passage: Passage, quantity: QuantityMention, blocked: list[tuple[int, int]], block: int) -> bool:
    """Whether a quantity runs into a date after it."""
    return block < len(blocked) and blocked[block][0] < passage.end[quantity.last - 1]

"""Where a figure may begin, and the claim that is made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.claims.figures import exclusions, ordinals
from onrecord.claims.figures.assembly import read_figure
from onrecord.claims.figures.readings import Figure
from onrecord.claims.numbers.numerals import OPENERS
from onrecord.text import TextAnalysis, analyse
from onrecord.text.passages import Passage, skip_wordless
from onrecord.types import Claim, Span

TRIGGERS = OPENERS | ordinals.STARTERS


def find_figures(analysis: TextAnalysis, *, dates: Sequence[tuple[int, int]] = ()) -> tuple[Claim, ...]:
    """The figures of a text, in text order, without overlap; ``statement`` is left open.

    Args:
        dates: ranges of the text that are dates or times of day, in order: no figures are found in them.
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
        claims.extend(_claim(passage, figure) for figure in _scan(passage, blocked))
    return tuple(claims)


def parse_figure(text: str, *, unit: str | None = None) -> Claim | None:
    """The figure that a figure's own text words, without the context that told it from a year or a name.

    Args:
        unit: its unit, where the context gave it: "5m" is five million unless it's "metre", "0-3" a range unless it's "score" or "vote".

    >>> parse_figure("at least Rs 200 crore").value
    2000000000
    """
    for passage in analyse(text).passages:
        for figure in _scan(passage, [], alone=True, unit=unit):
            return _claim(passage, figure)
    return None


def _claim(passage: Passage, figure: Figure) -> Claim:
    text = passage.text
    of = None
    if figure.of is not None:
        of = " ".join(text[passage.start[figure.of[0]] : passage.end[figure.of[1] - 1]].split())
    return Claim(
        statement=None,
        type="figure",
        span=Span.of(text, passage.start[figure.first], passage.end[figure.last - 1]),
        value=figure.value,
        low=figure.low,
        high=figure.high,
        unit=figure.unit,
        of=figure.named or of,
        comparison=figure.comparison,
    )


def _scan(
    passage: Passage, blocked: list[tuple[int, int]], *, alone: bool = False, unit: str | None = None
) -> Iterator[Figure]:
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
        if digit and not alone:
            after, known = skip_wordless(passage, at, known)
            if after == at:
                after = exclusions.skip_code(passage, at)
            if after > at:
                at = after
                continue
        figure = (
            ordinals.read_age(passage, at)
            or ordinals.read_ordinal(passage, at, alone=alone)
            or ordinals.read_multiple(passage, at, alone=alone)
            or read_figure(passage, at, alone=alone, unit=unit)
        )
        if figure is None or figure.first < floor or _reaches(passage, figure, blocked, block):
            at += 1
            continue
        yield figure
        at = floor = figure.last


def _reaches(passage: Passage, figure: Figure, blocked: list[tuple[int, int]], block: int) -> bool:
    """Whether a figure runs into a date after it."""
    return block < len(blocked) and blocked[block][0] < passage.end[figure.last - 1]

"""Where a expression of time may begin in a passage, and which reading of it is the longest."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.lang.en.numbers.numerals import OPENERS
from onrecord.lang.en.time_words import MONTHS
from onrecord.text.passages import Passage, skip_wordless
from onrecord.times.parsing import clock_times, compound, dates, durations, periods, years
from onrecord.times.parsing.expression import TimeExpression

READERS = (
    clock_times.read_clock,
    dates.read_date,
    periods.read_period,
    durations.read_duration,
    years.read_years,
    compound.read_compound,
)
STARTERS = (
    clock_times.STARTERS
    | compound.STARTERS
    | dates.STARTERS
    | periods.STARTERS
    | durations.STARTERS
    | years.STARTERS
    | OPENERS
    | frozenset(MONTHS)
    | {"within", "at", "for"}
)


def scan_expressions(passage: Passage) -> Iterator[TimeExpression]:
    """The expressions of time in a passage, longest first at each token."""
    at, size, known = 0, len(passage), 0
    while at < size:
        word = passage.low[at]
        if word not in STARTERS:
            if not word[0].isdigit():
                at += 1
                continue
            after, known = skip_wordless(passage, at, known)
            if after > at:
                at = after
                continue
        best: TimeExpression | None = None
        for read in READERS:
            expression = read(passage, at)
            if expression is not None and (best is None or expression.last > best.last):
                best = expression
        if best is None:
            at += 1
            continue
        yield best
        at = best.last

"""Ranges of characters, half-open, and how they lie to each other."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from onrecord.segment import Range

T = TypeVar("T")


def overlap(left: Range, right: Range) -> bool:
    """Whether a character is in both."""
    return left[0] < right[1] and right[0] < left[1]


def touches(sorted_ranges: Sequence[Range], span: Range | None) -> bool:
    """Whether one of some sorted ranges, none inside another, overlaps the span."""
    if span is None:
        return False
    place = bisect.bisect_left(sorted_ranges, (span[1], span[1]))
    return any(overlap(candidate, span) for candidate in sorted_ranges[max(0, place - 8) : place])


def apart(items: Iterable[T], range_of: Callable[[T], Range | None], taken: Iterable[Range] = ()) -> list[T]:
    """The items, in the order given, whose range overlaps none of those taken nor of an item kept before; one without a range is left out."""
    ranges = sorted(taken)
    kept = []
    for item in items:
        span = range_of(item)
        if span is not None and not touches(ranges, span):
            kept.append(item)
            bisect.insort(ranges, span)
    return kept

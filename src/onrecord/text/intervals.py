"""Which of many ranges of characters overlap a span; ranges may nest and overlap each other."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import TypeVar

from onrecord.text.segmentation import Range

T = TypeVar("T")


def overlap(left: Range, right: Range) -> bool:
    """Whether two half-open ranges share a character."""
    return left[0] < right[1] and right[0] < left[1]


class IntervalIndex:
    """Ranges indexed by position. Building takes O(n log n), ``overlaps`` O(log n), however deeply the ranges nest.

    >>> index = IntervalIndex([(0, 100), (2, 4), (5, 6)])
    >>> index.overlaps((50, 51)), index.overlaps((100, 101)), list(index.overlapping((3, 6)))
    (True, False, [(0, 100), (2, 4), (5, 6)])
    """

    def __init__(self, ranges: Iterable[Range] = ()) -> None:
        self._ranges = sorted(ranges)
        self._starts = [start for start, _ in self._ranges]
        self._furthest = list(accumulate((end for _, end in self._ranges), max))

    def overlaps(self, span: Range | None) -> bool:
        """Whether a range shares a character with ``span``; never for ``None``."""
        if span is None:
            return False
        before = bisect.bisect_left(self._starts, span[1])
        return before > 0 and self._furthest[before - 1] > span[0]

    def overlapping(self, span: Range) -> Iterator[Range]:
        """The ranges that share a character with ``span``, in order."""
        before = bisect.bisect_left(self._starts, span[1])
        first = bisect.bisect_right(self._furthest, span[0], 0, before)
        return (found for found in self._ranges[first:before] if found[1] > span[0])


def without_overlaps(
    items: Iterable[T], range_of: Callable[[T], Range | None], taken: Iterable[Range] = ()
) -> list[T]:
    """The items, in the order given, whose range overlaps neither ``taken`` nor the range of an item kept before.

    Items without a range are left out.
    """
    occupied = IntervalIndex(taken)
    kept: list[T] = []
    kept_ranges: list[
        Range
    ] = []  # sorted; they don't overlap, so only the neighbour on the left can reach a span
    for item in items:
        span = range_of(item)
        if span is None or occupied.overlaps(span):
            continue
        place = bisect.bisect_left(kept_ranges, (span[1], -1))
        if place and kept_ranges[place - 1][1] > span[0]:
            continue
        kept.append(item)
        kept_ranges.insert(place, span)
    return kept

"""Overlapping and nested statements as a flat row of segments, each with the marks that cover it.

HTML elements can't overlap; statements do: a nested one lies in its parent's content, two cues share a
source. Cutting the text at every edge gives pieces that lie side by side.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from onrecord.render.outline import Entry
from onrecord.text.segmentation import Range
from onrecord.types import Claim, Span

Role = Literal["cue", "source", "content"]
_RANK: dict[Role, int] = {"cue": 0, "source": 1, "content": 2}

COVER_LIMIT = 16
"""At most so many marks on a segment, the innermost: a text nested a thousand deep stays linear in size."""


CLAIM_LIMIT = 8
"""How far back among the claims a segment looks for those over it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """That a segment is in the source, cue or content of the statement with this number.

    ``begins`` and ``ends`` say whether the span does with this segment, ``opens`` whether the whole content
    does.
    """

    number: int
    role: Role
    begins: bool
    ends: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters ``start:end`` of the text and the marks over all of them: cues before sources before
    contents, shorter spans first; and the claims that they are in, as far as those are few."""

    start: int
    end: int
    marks: tuple[Mark, ...]
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class _Cover:
    rank: int
    length: int
    number: int
    start: int
    end: int
    role: Role
    is_first: bool


def segments_of(
    entries: Iterable[Entry], paragraphs: Sequence[Range], claims: Iterable[Claim] = ()
) -> Iterator[list[Segment]]:
    """The segments of each paragraph in turn, in order; together they are the whole paragraph.

    Takes time in proportion to paragraphs and spans (times ``COVER_LIMIT``), however deep they nest.
    """
    covers = list(_covers(entries))
    opening = sorted(covers, key=lambda cover: cover.start)
    closing = sorted(covers, key=lambda cover: cover.end)
    told = _ValueIndex(claims)
    edges = sorted({edge for cover in covers for edge in (cover.start, cover.end)} | told.edges)
    active: list[_Cover] = []
    opened = closed = 0
    for start, end in paragraphs:
        inside = edges[bisect.bisect_right(edges, start) : bisect.bisect_left(edges, end)]
        segments: list[Segment] = []
        for left, right in pairwise((start, *inside, end)):
            while opened < len(opening) and opening[opened].start <= left:
                bisect.insort(active, opening[opened])
                opened += 1
            while closed < len(closing) and closing[closed].end <= left:
                _drop(active, closing[closed])
                closed += 1
            segments.append(Segment(left, right, tuple(_marks(active, left, right)), told.over(left, right)))
        yield segments


class _ValueIndex:
    """Claims by where they stand: short spans, of which few overlap."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._claims = sorted(claims, key=lambda claim: (claim.span, claim.type))
        self._starts = [claim.span.start for claim in self._claims]
        self.edges = {edge for claim in self._claims for edge in (claim.span.start, claim.span.end)}

    def over(self, start: int, end: int) -> tuple[Claim, ...]:
        """The claims over all of ``start:end``, among the last few that begin before it ends."""
        last = bisect.bisect_right(self._starts, start)
        near = self._claims[max(0, last - CLAIM_LIMIT) : last]
        return tuple(claim for claim in near if claim.span.end >= end)


def _covers(entries: Iterable[Entry]) -> Iterator[_Cover]:
    for entry in entries:
        statement = entry.statement
        singles: tuple[tuple[Role, Span | None], ...] = (("cue", statement.cue), ("source", statement.source))
        for role, span in singles:
            if span:
                yield _cover(role, span, entry.number, is_first=False)
        for index, span in enumerate(statement.content):
            yield _cover("content", span, entry.number, is_first=index == 0)


def _cover(role: Role, span: Span, number: int, *, is_first: bool) -> _Cover:
    return _Cover(_RANK[role], span.end - span.start, number, span.start, span.end, role, is_first)


def _drop(active: list[_Cover], cover: _Cover) -> None:
    index = bisect.bisect_left(active, cover)
    if index < len(active) and active[index] == cover:
        del active[index]


def _marks(active: Sequence[_Cover], start: int, end: int) -> Iterator[Mark]:
    for cover in active[:COVER_LIMIT]:
        begins = cover.start == start
        yield Mark(cover.number, cover.role, begins, cover.end == end, begins and cover.is_first)

"""What the network says of names and of which words mean the same, behind one small door; by the text alone where it says nothing."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

from onrecord.segment import Range
from onrecord.speakers.layout import Layout
from onrecord.speakers.names import Named, NameKind, find_names

if TYPE_CHECKING:
    from onrecord.model.session import Reading


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase of the network: its characters, those of its head, and its kind (GUM's)."""

    start: int
    end: int
    head: Range
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Names in text order; noun phrases by (start, -end); for each of them earlier ones with the log-odds that both mean the same."""

    names: tuple[Named, ...]
    nouns: tuple[Noun, ...] = ()
    antecedents: tuple[tuple[tuple[int, float], ...], ...] = ()

    by_head: Mapping[int, int] = field(default_factory=dict)
    """The number of the shortest noun phrase with its head at a character."""

    def ending_at(self, end: int) -> Noun | None:
        """The longest noun phrase of a person or body that ends at a character, 200 characters long at most."""
        low = bisect.bisect_left(self.nouns, end - 200, key=_start_of)
        for noun in self.nouns[low : bisect.bisect_left(self.nouns, end, key=_start_of)]:
            if noun.end == end and noun.kind in ("person", "organization"):
                return noun
        return None

    def earlier(self, head: int) -> Sequence[tuple[Noun, float]]:
        """The earlier noun phrases that may mean the same as the one with its head at a character, with log-odds."""
        number = self.by_head.get(head)
        if number is None or number >= len(self.antecedents):
            return ()
        return [(self.nouns[place], odds) for place, odds in self.antecedents[number]]


def gather(reading: Reading, layout: Layout, sources: Sequence[Range] = ()) -> Evidence:
    """The evidence of a reading; names found by rules where the network gives none, and inside sources where it missed them."""
    words = reading.words.ranges
    names = tuple(
        Named(words[name.first][0], words[name.last - 1][1], _name_kind(name.kind), name.score)
        for name in reading.names
    )
    nouns = tuple(
        Noun(words[noun.first][0], words[noun.last - 1][1], words[noun.head], noun.kind, noun.score)
        for noun in reading.mentions
    )
    by_head: dict[int, int] = {}
    for number, noun in enumerate(nouns):
        held = by_head.get(noun.head[0])
        if held is None or noun.end - noun.start < nouns[held].end - nouns[held].start:
            by_head[noun.head[0]] = number
    found = _completed(names, layout, sources) if names else find_names(layout)
    return Evidence(found, nouns, reading.antecedents, by_head)


def _start_of(noun: Noun) -> int:
    return noun.start


def _completed(names: tuple[Named, ...], layout: Layout, sources: Sequence[Range]) -> tuple[Named, ...]:
    """The network's names, and those that rules find in sources and it didn't."""
    held = sorted(sources)
    starts = [start for start, _ in held]
    taken = [name.start for name in names]
    more = []
    for name in find_names(layout):
        place = bisect.bisect_right(starts, name.start) - 1
        before = bisect.bisect_left(taken, name.end) - 1
        spoken = place >= 0 and name.end <= held[place][1]
        if (
            spoken
            and (before < 0 or names[before].end <= name.start)
            and name.kind in ("person", "organization")
        ):
            more.append(name)
    return tuple(sorted((*names, *more), key=lambda name: name.start))


def _name_kind(kind: str) -> NameKind:
    return kind if kind in get_args(NameKind) else "misc"  # type: ignore[return-value]

"""Reports and their attributions as windows with targets, and batches of them."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from onrecord.model.labels import CUE_LABELS, OUTSIDE, ROLES, role_label, span_positions
from onrecord.model.windows import Window, build_windows
from onrecord.model.wordpieces import WordPieces
from onrecord.text import analyze
from onrecord.text.segmentation import Range
from training.augment import vary
from training.polnear import CorpusReport

T = TypeVar("T")

BEGIN_CUE, INSIDE_CUE = CUE_LABELS.index("B"), CUE_LABELS.index("I")


@dataclass(frozen=True, slots=True)
class CueTarget:
    """A cue as places in its window (first, last + 1), and ``labels`` int64 [place], the role of every word of the window."""

    first: int
    last: int
    labels: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """A window; ``cue_labels`` int64 [word], -100 in the left context; the cues that the window owns."""

    window: Window
    cue_labels: NDArray[np.int64]
    cues: tuple[CueTarget, ...]


def examples_of(
    report: CorpusReport, pieces: WordPieces, random: Random, *, vary_rate: float
) -> list[Example]:
    """The examples of one report, with one of its annotations at random and its text perhaps varied."""
    text = vary(report.text, random, rate=vary_rate)
    words, windows = build_windows(analyze(text), pieces)
    ends = [end for _, end in words.ranges]
    starts = [start for start, _ in words.ranges]
    attributions = [
        {role: _covered(starts, ends, getattr(attribution, role)) for role in ROLES}
        for attribution in random.choice(report.annotations)
    ]
    attributions = [
        attribution for attribution in attributions if attribution["cue"] and attribution["content"]
    ]
    return [_example(window, attributions) for window in windows]


def _covered(starts: Sequence[int], ends: Sequence[int], ranges: Sequence[Range]) -> list[Range]:
    """Runs of words (first, last + 1) that the ranges touch, joined where one follows the other."""
    runs: list[Range] = []
    for start, end in ranges:
        first, last = bisect.bisect_right(ends, start), bisect.bisect_left(starts, end)
        if first >= last:
            continue
        if runs and first <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
        else:
            runs.append((first, last))
    return runs


def _example(window: Window, attributions: Sequence[dict[str, list[Range]]]) -> Example:
    base, size = int(window.words[0]), len(window.words)
    cue_labels = np.zeros(size, dtype=np.int64)
    cue_labels[: window.owned_from] = -100
    cues = []
    for attribution in attributions:
        first = attribution["cue"][0][0] - base
        if not window.owned_from <= first < size:
            continue
        last = min(attribution["cue"][0][1] - base, size)
        cue_labels[first:last] = INSIDE_CUE
        cue_labels[first] = BEGIN_CUE
        labels = np.full(size, OUTSIDE, dtype=np.int64)
        for role in ROLES:
            for begin, end in attribution[role]:
                begin, end = max(begin - base, 0), min(end - base, size)
                if begin < end:
                    labels[begin:end] = [role_label(role, place) for place in span_positions(end - begin)]
        cues.append(CueTarget(first, last, labels))
    return Example(window, cue_labels, tuple(cues))


def shift(cue: CueTarget, random: Random, size: int, *, rate: float = 0.15) -> CueTarget:
    """The cue as the cue head might get it wrong by a word; its labels stay, so that the role head learns to mend it."""
    if random.random() > rate:
        return cue
    first, last = cue.first, cue.last
    if last - first > 1 and random.random() < 0.6:
        first, last = random.choice(
            [(first + 1, last), (first, last - 1), (first, first + 1), (last - 1, last)]
        )
    else:
        first, last = random.choice([(max(first - 1, 0), last), (first, min(last + 1, size))])
    return CueTarget(first, last, cue.labels)


def batches_of(
    examples: Sequence[T], random: Random, *, pieces: int, size: Callable[[T], int]
) -> Iterator[list[T]]:
    """Batches of at most ``pieces`` pieces, padding counted; windows of like ``size`` together, batches in random order."""
    order = list(examples)
    random.shuffle(order)
    batches: list[list[T]] = []
    for begin in range(0, len(order), 256):
        batch: list[T] = []
        for example in sorted(order[begin : begin + 256], key=size):
            if batch and (len(batch) + 1) * size(example) > pieces:
                batches.append(batch)
                batch = []
            batch.append(example)
        if batch:
            batches.append(batch)
    random.shuffle(batches)
    yield from batches


def pad(rows: Sequence[NDArray[np.int64]], filler: int) -> NDArray[np.int64]:
    """Rows of different lengths as one array [row, longest]."""
    out = np.full((len(rows), max(map(len, rows))), filler, dtype=np.int64)
    for place, row in enumerate(rows):
        out[place, : len(row)] = row
    return out

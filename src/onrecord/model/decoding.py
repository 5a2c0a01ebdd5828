"""Scores to cues and runs of words. NumPy only."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.model.labels import BEGIN, CUE_LABELS, END, INSIDE, OUTSIDE, ROLES, SINGLE

Floats = NDArray[np.float32]
WordSpan = tuple[int, int]

CUE_FLOOR = 0.12
"""A word this likely to begin a cue is handed to the role head, which may still turn it down. Lower floors gave no more right statements on dev."""


@dataclass(frozen=True, slots=True)
class RawCandidate:
    """What the network proposes around one cue; runs are words (first, last + 1) of the text.

    ``cue_score`` is the probability that a cue begins there, ``accept`` the role head's log-odds that it is one, ``path`` the mean
    log-probability of the labels on the words in roles and next to them.
    """

    cue: WordSpan
    source: WordSpan | None
    content: tuple[WordSpan, ...]
    cue_score: float
    accept: float
    path: float


def softmax(logits: Floats) -> Floats:
    """Probabilities over the last axis."""
    shifted = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(-1, keepdims=True), dtype=np.float32)


def find_cues(probabilities: Floats, *, floor: float = CUE_FLOOR) -> list[tuple[int, int, float]]:
    """Cues as (first word, last word + 1, score) from ``probabilities`` float32 [word, cue label].

    A cue begins where "begin" reaches the floor, unless the word goes on with a cue begun before; it goes on while "inside" is the
    likeliest label.
    """
    begin, inside = CUE_LABELS.index("B"), CUE_LABELS.index("I")
    likeliest = probabilities.argmax(-1)
    cues: list[tuple[int, int, float]] = []
    for first in np.flatnonzero(probabilities[:, begin] >= floor).tolist():
        if cues and first < cues[-1][1] and likeliest[first] != begin:
            continue
        last = first + 1
        while last < len(likeliest) and likeliest[last] == inside:
            last += 1
        cues.append((first, last, float(probabilities[first, begin])))
    return cues


@functools.cache
def allowed_transitions(labels: int) -> NDArray[np.bool_]:
    """bool [label, next label]: which label may follow which, so that every run begins and ends."""
    allowed = np.zeros((labels, labels), dtype=bool)
    for left in range(labels):
        for right in range(labels):
            goes_on = right != OUTSIDE and label_position(right) in (INSIDE, END)
            if left != OUTSIDE and label_position(left) in (BEGIN, INSIDE):
                allowed[left, right] = goes_on and label_type(left) == label_type(right)
            else:
                allowed[left, right] = not goes_on
    return allowed


def label_type(label: int) -> int:
    """Which role, or which kind of name, a label other than "outside" is of."""
    return (label - 1) // 4


def label_position(label: int) -> int:
    """Where in a run a label other than "outside" stands: BEGIN, INSIDE, END or SINGLE."""
    return (label - 1) % 4


def viterbi_paths(log_probabilities: Floats, mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The likeliest well-formed labels of each cue's surroundings (Viterbi, 1967), -1 beyond the mask.

    Args:
        log_probabilities: float32 [cue, place, role label], or those of other labels of this make.
        mask: bool [cue, place], true from the first place on without a gap.
    """
    count, length, labels = log_probabilities.shape
    barred = np.where(allowed_transitions(labels), 0.0, -np.inf).astype(np.float32)
    back = np.zeros((length, count, labels), dtype=np.int8)
    score = log_probabilities[:, 0] + barred[OUTSIDE]
    for place in range(1, length):
        ways = score[:, :, None] + barred
        back[place] = ways.argmax(1)
        step = ways.max(1) + log_probabilities[:, place]
        score = np.where(mask[:, place, None], step, score)
    paths = np.full((count, length), -1, dtype=np.int64)
    ends = mask.sum(1) - 1
    state = (score + barred[:, OUTSIDE]).argmax(1)
    rows = np.arange(count)
    for place in range(length - 1, -1, -1):
        inside = place <= ends
        paths[inside, place] = state[inside]
        if place:
            state = np.where(inside, back[place][rows, state], state)
    return paths


def labelled_spans(path: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """The runs of a well-formed path, in order: (which role or kind of name, first place, last place + 1)."""
    first = 0
    for place, label in enumerate(path):
        if label <= OUTSIDE:
            continue
        if label_position(label) in (BEGIN, SINGLE):
            first = place
        if label_position(label) in (END, SINGLE):
            yield label_type(label), first, place + 1


def role_spans(path: Sequence[int]) -> dict[str, list[WordSpan]]:
    """The runs of each role in a well-formed path, as places (first, last + 1)."""
    runs: dict[str, list[WordSpan]] = {role: [] for role in ROLES}
    for role, first, last in labelled_spans(path):
        runs[ROLES[role]].append((first, last))
    return runs


def path_score(path: NDArray[np.int64], log_probabilities: Floats) -> float:
    """The mean log-probability of the labels on the words in roles and right next to them, 0 where there are none."""
    in_role = path > OUTSIDE
    near = in_role.copy()
    near[1:] |= in_role[:-1]
    near[:-1] |= in_role[1:]
    near &= path >= 0
    if not near.any():
        return 0.0
    return float(log_probabilities[np.flatnonzero(near), path[near]].mean())


def span_score(span: WordSpan, path: NDArray[np.int64], log_probabilities: Floats) -> float:
    """The mean log-probability of a run's own labels."""
    first, last = span
    return float(log_probabilities[np.arange(first, last), path[first:last]].mean())

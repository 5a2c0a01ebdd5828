"""What the network says of names, of noun phrases and of which ones speak of the same thing: scores to runs of words and links. NumPy only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from onrecord.model.decoding import Floats, labelled_spans, softmax, viterbi_paths
from onrecord.model.labels import MENTION_KINDS, NAME_KINDS, OUTSIDE

_MIN_OUTSIDE_PROBABILITY = 0.98
"""A word this likely to be in no name is in none: the decoder looks at the others alone."""

_HEAD_FLOOR = 0.5
_BATCH = 512

Antecedents = tuple[tuple[int, float], ...]
"""Candidates for what a mention takes up: (index of an earlier mention, log-odds that both speak of the same), best first."""


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name: words (first, last + 1) of the text, one of ``NAME_KINDS``, and the probability of its labels."""

    first: int
    last: int
    kind: str
    score: float

    def moved(self, by: int) -> NameMention:
        """The same, so many words further on."""
        return replace(self, first=self.first + by, last=self.last + by) if by else self


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase, pronouns included: words (first, last + 1) of the text, the word ``head`` in them, one of ``MENTION_KINDS``, a probability.

    Mentions may nest ("the mayor of Alder" holds "Alder").
    """

    first: int
    last: int
    head: int
    kind: str
    score: float

    def moved(self, by: int) -> Mention:
        """The same, so many words further on."""
        return replace(self, first=self.first + by, last=self.last + by, head=self.head + by) if by else self


def find_names(logits: Floats) -> tuple[NameMention, ...]:
    """Names from ``logits`` float32 [word, name label], by the likeliest well-formed labels."""
    probabilities = softmax(logits)
    doubtful = np.flatnonzero(probabilities[:, OUTSIDE] < _MIN_OUTSIDE_PROBABILITY)
    if not len(doubtful):
        return ()
    boundaries = np.flatnonzero(np.diff(doubtful) > 1) + 1
    ranges = [(int(span[0]), int(span[-1]) + 1) for span in np.split(doubtful, boundaries)]
    names: list[NameMention] = []
    for begin in range(0, len(ranges), _BATCH):
        names += _names_in(ranges[begin : begin + _BATCH], np.log(np.maximum(probabilities, 1e-9)))
    return tuple(names)


def _names_in(ranges: Sequence[tuple[int, int]], log_probabilities: Floats) -> Iterator[NameMention]:
    starts = np.array([first for first, _ in ranges])
    sizes = np.array([last - first for first, last in ranges])
    mask = np.arange(sizes.max()) < sizes[:, None]
    places = np.where(mask, starts[:, None] + np.arange(sizes.max()), starts[:, None])
    paths = viterbi_paths(log_probabilities[places], mask)
    for (start, _), path in zip(ranges, paths.tolist(), strict=True):
        for kind, first, last in labelled_spans(path):
            own = log_probabilities[np.arange(start + first, start + last), path[first:last]]
            yield NameMention(start + first, start + last, NAME_KINDS[kind], float(np.exp(own.mean())))


def find_mentions(heads: Floats, edges: Floats, before: Floats, after: Floats) -> tuple[Mention, ...]:
    """Noun phrases, from what the network says of each word.

    Args:
        heads: logits float32 [word, head label].
        edges: float32 [word, 4, edge], as in ``MentionHead``: a head that looks for a first word, a first word, a head that looks for a last, a last.
        before: float32 [BACK + 1], what a first word's distance is worth; ``after``: float32 [AHEAD + 1], a last word's.
    """
    probabilities = softmax(heads)
    found = np.flatnonzero(probabilities[:, OUTSIDE] < _HEAD_FLOOR)
    if not len(found):
        return ()
    first = found - _edge_distances(edges[:, 0], edges[:, 1], before, found, -1)
    last = found + _edge_distances(edges[:, 2], edges[:, 3], after, found, 1) + 1
    kinds = probabilities[found, 1:].argmax(1)
    scores = 1 - probabilities[found, OUTSIDE]
    rows = sorted(
        zip(first.tolist(), last.tolist(), found.tolist(), kinds.tolist(), scores.tolist(), strict=True),
        key=lambda row: (row[0], -row[1]),
    )
    return tuple(
        Mention(start, end, head, MENTION_KINDS[kind], float(score)) for start, end, head, kind, score in rows
    )


def _edge_distances(
    queries: Floats, keys: Floats, edge_scores: Floats, heads: NDArray[np.int64], step: int
) -> NDArray[np.int64]:
    """How far from each head the likeliest edge is, in words."""
    places = heads[:, None] + step * np.arange(len(edge_scores))
    inside = (places >= 0) & (places < len(keys))
    near = keys[np.clip(places, 0, len(keys) - 1)]
    scores = np.einsum("he,hpe->hp", queries[heads], near) / np.sqrt(keys.shape[-1]) + edge_scores
    return np.asarray(np.where(inside, scores, -np.inf).argmax(1), dtype=np.int64)


def best_antecedents(
    left: NDArray[np.int64], right: NDArray[np.int64], links: Floats, *, most: int = 8
) -> dict[int, Antecedents]:
    """For each later mention of pairs that are ordered by it, the ``most`` likeliest antecedents, best first."""
    out = {}
    later, begins = np.unique(right, return_index=True)
    for mention, begin, end in zip(later.tolist(), begins, [*begins[1:], len(right)], strict=True):
        order = begin + np.argsort(-links[begin:end], kind="stable")[:most]
        out[mention] = tuple((int(left[place]), float(links[place])) for place in order)
    return out

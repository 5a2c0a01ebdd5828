"""The words around each cue, as the role head takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.model.labels import WORDS_AFTER_CUE, WORDS_BEFORE_CUE

_EXACT_DISTANCES = 6
_MAX_BUCKET = 14


def distance_bucket(distance: NDArray[np.int64]) -> NDArray[np.int64]:
    """Signed distances in words to 29 buckets: exact up to 6, then growing with the logarithm.

    >>> distance_bucket(np.array([-200, -7, -1, 0, 1, 6, 7, 200])).tolist()
    [0, 7, 13, 14, 15, 20, 21, 28]
    """
    size = np.abs(distance)
    grown = (
        _EXACT_DISTANCES
        + 1
        + np.floor(2.4 * np.log2(np.maximum(size, _EXACT_DISTANCES + 1) / (_EXACT_DISTANCES + 1))).astype(
            np.int64
        )
    )
    bucket = np.where(size <= _EXACT_DISTANCES, size, np.minimum(grown, _MAX_BUCKET))
    return np.asarray(_MAX_BUCKET + np.sign(distance) * bucket, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class CueContext:
    """The surroundings of some cues: ``index``, ``distance`` int64, ``inside`` float32, ``mask`` bool, all [cue, place]."""

    index: NDArray[np.int64]
    distance: NDArray[np.int64]
    inside: NDArray[np.float32]
    mask: NDArray[np.bool_]


def cue_contexts(cues: Sequence[tuple[int, int, int, int]]) -> CueContext:
    """The surroundings of cues given as word slots: (first, last + 1, window's first slot, window's last slot + 1)."""
    spans = np.array(cues, dtype=np.int64).reshape(-1, 4)
    first, last, low, high = (spans[:, [column]] for column in range(4))
    begin = np.maximum(first - WORDS_BEFORE_CUE, low)
    end = np.minimum(first + WORDS_AFTER_CUE, high)
    places = begin + np.arange(int((end - begin).max(initial=1)))[None, :]
    mask = places < end
    index = np.where(mask, places, begin)
    distance = np.where(index < first, index - first, np.maximum(index - last + 1, 0))
    inside = (mask & (index >= first) & (index < last)).astype(np.float32)
    return CueContext(index, distance_bucket(distance), inside, mask)

"""Near-duplicate reports (syndicated copies, updates), found as they come in and linked, never dropped.

MinHash over runs of five words (Broder 1997), with bands of a signature as keys (Indyk and Motwani 1998;
chapter 3 of "Mining of Massive Datasets"). 16 bands of 8 rows find a pair of similarity 0.7 with a chance of
0.61, of 0.8 with 0.95, of 0.9 with 0.9999.
"""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.record.folding import words_of

MIN_SIMILARITY = 0.7  # the least similarity that makes two reports near-duplicates
BANDS, ROWS = 16, 8
_RUN = 5
_MAX_WORDS = 200_000
_AT_ONCE = 4096

_random = np.random.Generator(
    np.random.PCG64(20_240_312)
)  # fixed: signatures are kept and must stay comparable
_FACTORS = _random.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_OFFSETS = _random.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)
_POWERS = _random.integers(0, 2**63, _RUN, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_MIX = np.uint64(0x9E3779B97F4A7C15)

Signature = NDArray[np.uint32]


def signature_of(text: str) -> Signature | None:
    """The MinHash signature of a text: uint32 [128]; ``None`` for a text of fewer than 5 words, which says
    too little to compare.
    """
    words = words_of(text)[:_MAX_WORDS]
    if len(words) < _RUN:
        return None
    hashes = np.fromiter((zlib.crc32(word.encode()) for word in words), dtype=np.uint64, count=len(words))
    runs = np.zeros(len(words) - _RUN + 1, dtype=np.uint64)
    for place, power in enumerate(_POWERS):
        runs += hashes[place : place + len(runs)] * power
    runs ^= runs >> np.uint64(31)
    runs = np.unique(runs * _MIX)
    lowest = np.full(BANDS * ROWS, 2**32 - 1, dtype=np.uint64)
    for first in range(0, len(runs), _AT_ONCE):
        # Multiply-shift hashing (Dietzfelbinger et al. 1997): the top half of a wrapping product.
        values = (runs[first : first + _AT_ONCE, None] * _FACTORS + _OFFSETS) >> np.uint64(32)
        np.minimum(lowest, values.min(axis=0), out=lowest)
    return lowest.astype(np.uint32)


def band_keys(signature: Signature) -> list[int]:
    """The signed 64-bit key of each band; two texts that share one may be near-duplicates."""
    keys = []
    for band in range(BANDS):
        part = signature[band * ROWS : (band + 1) * ROWS].astype("<u4").tobytes()
        high, low = zlib.crc32(part, band), zlib.crc32(part[::-1], ~band & 0xFFFF)
        keys.append((high << 32 | low) - 2**63)
    return keys


def similarity(left: Signature, right: Signature) -> float:
    """The estimated share of runs that two texts have in common, 0 to 1; the standard error is at most
    0.044.
    """
    return float(np.mean(left == right))


def signature_to_bytes(signature: Signature) -> bytes:
    """A signature as it is kept."""
    return signature.astype("<u4").tobytes()


def signature_from_bytes(data: Any) -> Signature:
    """The signature that was kept."""
    return np.frombuffer(bytes(data), dtype="<u4")

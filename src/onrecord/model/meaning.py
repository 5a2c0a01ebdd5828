"""What words mean together, as one vector: for search by meaning, and for the same claim in other words.

A small head on the piece vectors that our encoder begins with. Each piece goes, together with the piece before it, through one layer; attention
heads, each for its share of that layer, weigh the pieces (attentive pooling: Lin et al., ICLR 2017, "A structured self-attentive sentence embedding");
what they gather becomes a unit vector. It was taught to agree with the sentence vectors of all-MiniLM-L6-v2 (``training.meaning``), so that a question
and a statement that answers it are near to each other. The encoder's own pass isn't needed: what it gives, for finding statements, agreed less with
those vectors than its first layer does (docs/meaning.md).
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import BundleError
from onrecord.model.bundle import MEANING, Bundle
from onrecord.model.decode import Floats
from onrecord.model.pieces import Pieces, open_pieces
from onrecord.model.windows import MAX_PIECES_OF_WORD
from onrecord.segment import words_of

MOST_PIECES = 256
"""Pieces of a text that are looked at: its first, as its teacher does."""

MOST_WEIGHT = 15.0
"""No score of a piece is greater, nor smaller than its negative: exp of it fits."""

DTYPES = ("uint8", "int8", "float32")
"""How an encoder may hold its piece vectors."""

_AT_ONCE = 8192  # pieces
_EPSILON = 1e-5
_DIMENSIONS = {
    "attend": 2, "bias": 1, "inner": 2, "before": 2, "inner_bias": 1, "outer": 2, "outer_bias": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """The weights, float32: ``attend`` [hidden, head], ``bias`` [piece], ``inner`` and ``before`` [hidden, inner], ``outer`` [inner, width]."""

    attend: Floats
    bias: Floats
    inner: Floats
    before: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats

    def __post_init__(self) -> None:
        (hidden, heads), (rows, inner), width = self.attend.shape, self.inner.shape, self.outer.shape[1]
        if not (rows == hidden and self.before.shape == self.inner.shape and heads and inner % heads == 0):
            raise ValueError("the first layers don't fit each other")
        if (
            self.inner_bias.shape != (inner,)
            or self.outer.shape[0] != inner
            or self.outer_bias.shape != (width,)
        ):
            raise ValueError("the last layers don't fit each other")


@dataclass(frozen=True, slots=True)
class Meaning:
    """Makes vectors of texts. Safe to share between threads.

    ``name`` is for the store: vectors of two heads can't be compared. ``table`` [piece, hidden] are the encoder's piece vectors as they lie in its
    file, numbers of which ``zero`` stands for nothing and ``scale`` is one.
    """

    name: str
    head: Head
    pieces: Pieces
    table: NDArray[Any]
    zero: float
    scale: float

    @property
    def width(self) -> int:
        """How many numbers a vector has."""
        return int(self.head.outer.shape[1])

    def embed(self, texts: Sequence[str]) -> Floats:
        """The unit vectors of texts, float32 [text, width]; zero for a text without a word."""
        out = np.zeros((len(texts), self.width), dtype=np.float32)
        for places, rows in _batches([cut(text, self.pieces) for text in texts]):
            out[places] = self._pool(rows)
        return out

    def vectors_of(self, numbers: NDArray[np.int64]) -> Floats:
        """The encoder's vectors of pieces, float32 [piece, hidden], each brought to mean 0 and variance 1."""
        rows = (self.table[numbers].astype(np.float32) - self.zero) * self.scale
        rows -= rows.mean(axis=1, keepdims=True)
        return np.asarray(rows / np.sqrt(rows.var(axis=1, keepdims=True) + _EPSILON), dtype=np.float32)

    def _pool(self, rows: Sequence[Sequence[int]]) -> Floats:
        head, lengths = self.head, [len(row) for row in rows]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        numbers, at = np.unique(np.concatenate(rows), return_inverse=True)
        vectors = self.vectors_of(numbers)
        scores = vectors @ head.attend + head.bias[numbers, None]
        weights = np.exp(np.clip(scores, -MOST_WEIGHT, MOST_WEIGHT))[at]
        inner, before = vectors @ head.inner + head.inner_bias, vectors @ head.before
        layer = inner[at]
        follows = np.ones(len(at), dtype=bool)
        follows[starts] = False
        follows = np.flatnonzero(follows)
        layer[follows] += before[at[follows - 1]]
        np.maximum(layer, 0.0, out=layer)
        shares = layer.reshape(len(at), weights.shape[1], -1)
        shares *= weights[:, :, None]
        gathered = np.add.reduceat(shares, starts, axis=0) / np.add.reduceat(weights, starts)[:, :, None]
        found = gathered.reshape(len(rows), -1) @ head.outer + head.outer_bias
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12), np.float32)


def cut(text: str, pieces: Pieces) -> list[int]:
    """The ids of a text's first ``MOST_PIECES`` pieces."""
    found: list[int] = []
    for start, end in words_of(text):
        found += pieces.of(text[start : min(end, start + 100)])[:MAX_PIECES_OF_WORD]
        if len(found) >= MOST_PIECES:
            break
    return found[:MOST_PIECES]


def _batches(rows: Sequence[list[int]]) -> Iterator[tuple[list[int], list[list[int]]]]:
    """Rows that have something, with their places, a bounded number of pieces at a time."""
    places: list[int] = []
    size = 0
    for place, row in enumerate(rows):
        if places and size + len(row) > _AT_ONCE:
            yield places, [rows[kept] for kept in places]
            places, size = [], 0
        if row:
            places.append(place)
            size += len(row)
    if places:
        yield places, [rows[kept] for kept in places]


def open_meaning(bundle: Bundle) -> Meaning | None:
    """The head of a bundle; ``None`` where the bundle has none.

    Raises:
        BundleError: the file isn't a head, or belongs to another encoder.
    """
    if not bundle.has(MEANING):
        return None
    path = bundle.path(MEANING)
    try:
        data = path.read_bytes()
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in _DIMENSIONS}
        if wrong := [name for name, count in _DIMENSIONS.items() if arrays[name].ndim != count]:
            raise ValueError(f"another number of dimensions than expected: {', '.join(wrong)}")
        head = Head(**{name: array.astype(np.float32) for name, array in arrays.items()})
    except (OSError, ValueError, LookupError, EOFError, zipfile.BadZipFile) as error:
        raise BundleError(
            f"{path}: can't be read as a head for meaning ({error}); install the package again"
        ) from error
    encoder = str(bundle.manifest["files"]["encoder.onnx"]["sha256"])
    table, zero, scale = _map_table(bundle, encoder, len(head.bias), head.inner.shape[0])
    digest = hashlib.sha256(data + encoder.encode()).hexdigest()[:12]
    pieces = open_pieces(bundle.path("tokenizer.json"))
    return Meaning(f"{bundle.name}-meaning@{digest}", head, pieces, table, zero, scale)


def _map_table(bundle: Bundle, encoder: str, rows: int, width: int) -> tuple[NDArray[Any], float, float]:
    """The piece vectors where they lie in the encoder's file, as the manifest says: the package needn't hold 12 MB twice."""
    told = bundle.manifest.get("meaning")
    if not isinstance(told, dict) or told.get("encoder") != encoder:
        raise BundleError(
            f"{bundle.path(MEANING)}: the manifest doesn't say where this encoder has its piece vectors; install the package again"
        )
    try:
        kind = np.dtype(DTYPES[DTYPES.index(told["dtype"])])
        table = np.memmap(
            bundle.path("encoder.onnx"), dtype=kind, mode="r", offset=int(told["offset"]), shape=(rows, width)
        )
        return table, float(told["zero"]), float(told["scale"])
    except (OSError, ValueError, LookupError, TypeError, OverflowError) as error:
        raise BundleError(
            f"{bundle.folder}: the manifest's piece vectors can't be read ({error}); install the package again"
        ) from error

"""What words mean together, as one vector: for search by meaning, and for the same claim in other words.

A small head on the piece vectors that our encoder begins with. Each piece goes, together with the piece before it, through one layer; attention
heads, each for its share of that layer, weigh the pieces (attentive pooling: Lin et al., ICLR 2017, "A structured self-attentive sentence embedding");
what they gather becomes a unit vector. It was taught to agree with the sentence vectors of all-MiniLM-L6-v2 (``training.embedding``), so that a question
and a statement that answers it are near to each other. The encoder's own pass isn't needed: what it gives, for finding statements, agreed less with
those vectors than its first layer does (docs/semantic-search.md).
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
from onrecord.model.bundle import EMBEDDING_FILE, Bundle
from onrecord.model.decoding import Floats
from onrecord.model.windows import MAX_WORDPIECES_PER_WORD
from onrecord.model.wordpieces import WordPieces, load_wordpieces
from onrecord.text.segmentation import tokenize

MAX_TEXT_WORDPIECES = 256
"""WordPieces of a text that are looked at: its first, as its teacher does."""

MAX_WORDPIECE_WEIGHT = 15.0
"""No score of a piece is greater, nor smaller than its negative: exp of it fits."""

DTYPES = ("uint8", "int8", "float32")
"""How an encoder may hold its piece vectors."""

_BATCH_WORDPIECES = 8192  # pieces
_EPSILON = 1e-5
_DIMENSIONS = {
    "attend": 2, "bias": 1, "inner": 2, "before": 2, "inner_bias": 1, "outer": 2, "outer_bias": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EmbeddingHead:
    """The weights, float32: ``attend`` [hidden, head], ``bias`` [piece], ``inner`` and ``before`` [hidden, inner], ``outer`` [inner, width]."""

    attend: Floats
    bias: Floats
    inner: Floats
    before: Floats
    inner_bias: Floats
    outer: Floats
    outer_bias: Floats

    def __post_init__(self) -> None:
        (hidden, heads), (id_rows, inner), width = self.attend.shape, self.inner.shape, self.outer.shape[1]
        if not (id_rows == hidden and self.before.shape == self.inner.shape and heads and inner % heads == 0):
            raise ValueError("the first layers don't fit each other")
        if (
            self.inner_bias.shape != (inner,)
            or self.outer.shape[0] != inner
            or self.outer_bias.shape != (width,)
        ):
            raise ValueError("the last layers don't fit each other")


@dataclass(frozen=True, slots=True)
class TextEmbedder:
    """Makes vectors of texts. Safe to share between threads.

    ``name`` is for the store: vectors of two heads can't be compared. ``table`` [piece, hidden] are the encoder's piece vectors as they lie in its
    file, numbers of which ``zero`` stands for nothing and ``scale`` is one.
    """

    name: str
    head: EmbeddingHead
    pieces: WordPieces
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
        for places, id_rows in _batches([truncate_wordpieces(text, self.pieces) for text in texts]):
            out[places] = self._pool(id_rows)
        return out

    def vectors_of(self, numbers: NDArray[np.int64]) -> Floats:
        """The encoder's vectors of pieces, float32 [piece, hidden], each brought to mean 0 and variance 1."""
        id_rows = (self.table[numbers].astype(np.float32) - self.zero) * self.scale
        id_rows -= id_rows.mean(axis=1, keepdims=True)
        return np.asarray(id_rows / np.sqrt(id_rows.var(axis=1, keepdims=True) + _EPSILON), dtype=np.float32)

    def _pool(self, id_rows: Sequence[Sequence[int]]) -> Floats:
        head, lengths = self.head, [len(row) for row in id_rows]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        numbers, at = np.unique(np.concatenate(id_rows), return_inverse=True)
        vectors = self.vectors_of(numbers)
        scores = vectors @ head.attend + head.bias[numbers, None]
        weights = np.exp(np.clip(scores, -MAX_WORDPIECE_WEIGHT, MAX_WORDPIECE_WEIGHT))[at]
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
        found = gathered.reshape(len(id_rows), -1) @ head.outer + head.outer_bias
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12), np.float32)


def truncate_wordpieces(text: str, pieces: WordPieces) -> list[int]:
    """The ids of a text's first ``MAX_TEXT_WORDPIECES`` pieces."""
    found: list[int] = []
    for start, end in tokenize(text):
        found += pieces.of(text[start : min(end, start + 100)])[:MAX_WORDPIECES_PER_WORD]
        if len(found) >= MAX_TEXT_WORDPIECES:
            break
    return found[:MAX_TEXT_WORDPIECES]


def _batches(id_rows: Sequence[list[int]]) -> Iterator[tuple[list[int], list[list[int]]]]:
    """Rows that have something, with their places, a bounded number of pieces at a time."""
    places: list[int] = []
    size = 0
    for place, row in enumerate(id_rows):
        if places and size + len(row) > _BATCH_WORDPIECES:
            yield places, [id_rows[kept] for kept in places]
            places, size = [], 0
        if row:
            places.append(place)
            size += len(row)
    if places:
        yield places, [id_rows[kept] for kept in places]


def open_embedder(bundle: Bundle) -> TextEmbedder | None:
    """The head of a bundle; ``None`` where the bundle has none.

    Raises:
        BundleError: the file isn't a head, or belongs to another encoder.
    """
    if not bundle.has(EMBEDDING_FILE):
        return None
    path = bundle.path(EMBEDDING_FILE)
    try:
        data = path.read_bytes()
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in _DIMENSIONS}
        if wrong := [name for name, count in _DIMENSIONS.items() if arrays[name].ndim != count]:
            raise ValueError(f"another number of dimensions than expected: {', '.join(wrong)}")
        head = EmbeddingHead(**{name: array.astype(np.float32) for name, array in arrays.items()})
    except (OSError, ValueError, LookupError, EOFError, zipfile.BadZipFile) as error:
        raise BundleError(
            f"{path}: can't be read as a head for meaning ({error}); install the package again"
        ) from error
    encoder = str(bundle.manifest["files"]["encoder.onnx"]["sha256"])
    table, zero, scale = _map_table(bundle, encoder, len(head.bias), head.inner.shape[0])
    digest = hashlib.sha256(data + encoder.encode()).hexdigest()[:12]
    pieces = load_wordpieces(bundle.path("tokenizer.json"))
    return TextEmbedder(f"{bundle.name}-meaning@{digest}", head, pieces, table, zero, scale)


def _map_table(bundle: Bundle, encoder: str, id_rows: int, width: int) -> tuple[NDArray[Any], float, float]:
    """The piece vectors where they lie in the encoder's file, as the manifest says: the package needn't hold 12 MB twice."""
    told = bundle.manifest.get("meaning")
    if not isinstance(told, dict) or told.get("encoder") != encoder:
        raise BundleError(
            f"{bundle.path(EMBEDDING_FILE)}: the manifest doesn't say where this encoder has its piece vectors; install the package again"
        )
    try:
        kind = np.dtype(DTYPES[DTYPES.index(told["dtype"])])
        table = np.memmap(
            bundle.path("encoder.onnx"),
            dtype=kind,
            mode="r",
            offset=int(told["offset"]),
            shape=(id_rows, width),
        )
        return table, float(told["zero"]), float(told["scale"])
    except (OSError, ValueError, LookupError, TypeError, OverflowError) as error:
        raise BundleError(
            f"{bundle.folder}: the manifest's piece vectors can't be read ({error}); install the package again"
        ) from error

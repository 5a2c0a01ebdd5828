"""What words mean together, as one vector: a small head on the encoder's pass, for search by meaning.

Every word's vector goes through one layer; a few attention heads weigh the words of a passage, each for its share of that layer; what they gather
becomes a unit vector (attentive pooling: Lin et al., ICLR 2017, "A structured self-attentive sentence embedding"). The head was taught to agree with
the sentence vectors of all-MiniLM-L6-v2 (``training.meaning``), so that a question and a statement that answers it are near to each other.
"""

from __future__ import annotations

import bisect
import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import BundleError
from onrecord.model.bundle import MEANING, Bundle
from onrecord.model.decode import Floats
from onrecord.model.session import Model
from onrecord.model.windows import Words
from onrecord.segment import Range

MOST_WORDS = 256
"""Words of a passage that are looked at: its first. The teacher was trained on 128 pieces."""

_SHAPES = {"inner": 2, "inner_bias": 1, "attend": 2, "outer": 2, "outer_bias": 1, "encoder": 1}


@dataclass(frozen=True, slots=True)
class Meaning:
    """The head. ``inner`` float32 [hidden, inner], ``attend`` [hidden, head], ``outer`` [inner, width]. Safe to share between threads."""

    name: str
    inner: Floats
    inner_bias: Floats
    attend: Floats
    outer: Floats
    outer_bias: Floats

    @property
    def width(self) -> int:
        """How many numbers a vector has."""
        return int(self.outer.shape[1])

    def pool(self, vectors: Floats) -> Floats:
        """The unit vector, float32 [width], of a passage's word vectors, float32 [word, hidden]; zero where there is no word."""
        if not len(vectors):
            return np.zeros(self.width, dtype=np.float32)
        inner = np.maximum(vectors @ self.inner + self.inner_bias, 0.0)
        scores = vectors @ self.attend
        weights = np.exp(scores - scores.max(axis=0))
        weights /= weights.sum(axis=0)
        words, heads = weights.shape
        gathered = np.einsum("wh,whs->hs", weights, inner.reshape(words, heads, -1)).reshape(-1)
        found = gathered @ self.outer + self.outer_bias
        length = float(np.linalg.norm(found))
        return np.asarray(found / length if length > 0 else found, dtype=np.float32)

    def of_passages(self, words: Words, vectors: Floats, passages: Sequence[Sequence[Range]]) -> Floats:
        """The vectors, float32 [passage, width], of passages of a text that was read.

        Args:
            words: the text's.
            vectors: float32 [word, hidden], of the same pass.
            passages: the pieces of each, as code points of the text. A passage that touches no word has a zero vector.
        """
        starts = [start for start, _ in words.ranges]
        ends = [end for _, end in words.ranges]
        out = np.zeros((len(passages), self.width), dtype=np.float32)
        for place, pieces in enumerate(passages):
            found: list[int] = []
            for start, end in pieces:
                room = MOST_WORDS - len(found)
                first, last = bisect.bisect_right(ends, start), bisect.bisect_left(starts, end)
                found += range(first, min(last, first + room))
            out[place] = self.pool(vectors[found])
        return out

    def embed(self, model: Model, texts: Sequence[str]) -> Floats:
        """The vectors, float32 [text, width], of texts that are each read by themselves: questions, above all."""
        out = np.zeros((len(texts), self.width), dtype=np.float32)
        for place, (_, vectors) in enumerate(model.encode(texts)):
            out[place] = self.pool(vectors[:MOST_WORDS])
        return out


def open_meaning(bundle: Bundle) -> Meaning | None:
    """The head of a bundle; ``None`` where the bundle has none.

    Raises:
        BundleError: the file isn't a head, or belongs to another encoder.
    """
    listed = bundle.manifest["files"]
    if MEANING not in listed:
        return None
    path = bundle.path(MEANING)
    try:
        data = path.read_bytes()
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            arrays = {name: archive[name] for name in _SHAPES}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise BundleError(
            f"{path}: can't be read as a head for meaning ({error}); install the package again"
        ) from error
    _check(str(path), arrays, listed["encoder.onnx"]["sha256"])
    weights = {name: arrays[name].astype(np.float32) for name in _SHAPES if name != "encoder"}
    digest = hashlib.sha256(data).hexdigest()[:12]
    return Meaning(f"{bundle.name}-meaning@{digest}", **weights)


def _check(path: str, arrays: dict[str, NDArray[np.generic]], encoder: str) -> None:
    for name, dimensions in _SHAPES.items():
        if arrays[name].ndim != dimensions:
            raise BundleError(
                f"{path}: expected {name} to have {dimensions} dimensions, found {arrays[name].ndim}; install the package again"
            )
    (hidden, inner), heads, (rows, width) = (
        arrays["inner"].shape,
        arrays["attend"].shape,
        arrays["outer"].shape,
    )
    fits = heads[0] == hidden and rows == inner and heads[1] and inner % heads[1] == 0
    if not fits or arrays["inner_bias"].shape != (inner,) or arrays["outer_bias"].shape != (width,):
        raise BundleError(f"{path}: the layers of the head don't fit each other; install the package again")
    if bytes(arrays["encoder"].astype(np.uint8)).hex() != encoder:
        raise BundleError(
            f"{path}: was taught on another encoder than this bundle's; make it again with training.meaning"
        )

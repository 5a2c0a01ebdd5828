"""The base encoder, all-MiniLM-L6-v2, as a maker of sentence vectors for others to learn from."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.model.embedding import MAX_TEXT_WORDPIECES
from training.export import to_graph, to_int8
from training.network import Encoder, Sizes

Floats = NDArray[np.float32]


class _Mean(nn.Module):
    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = Encoder(Sizes())
        self.encoder.load_bert(base)

    def forward(self, pieces: Tensor) -> Tensor:
        nothing = torch.zeros_like(pieces)
        mask = (pieces != 0).float()[:, :, None]
        return F.normalize((self.encoder(pieces, nothing, nothing) * mask).sum(1) / mask.sum(1), dim=1)


class Teacher:
    """all-MiniLM-L6-v2 as a maker of sentence vectors: float32 [text, 384], of length one."""

    def __init__(self, base: Path, *, cache: Path | None = None) -> None:
        self._tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TEXT_WORDPIECES)
        self._cache = cache
        self._known: dict[str, NDArray[np.float16]] = {}
        if cache and cache.exists():
            with np.load(cache, allow_pickle=False) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
        self._base = base
        self._session: Any = None

    def _open(self) -> Any:
        with tempfile.TemporaryDirectory() as folder:
            plain, small = Path(folder) / "plain.onnx", Path(folder) / "small.onnx"
            ids = torch.ones(2, 7, dtype=torch.int64)
            to_graph(_Mean(self._base), (ids,), plain, {"pieces": "bp"}, {"vectors": "b."})
            to_int8(plain, small)
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = torch.get_num_threads()
            return onnxruntime.InferenceSession(str(small), options)

    def embed(self, texts: Sequence[str]) -> Floats:
        """The vectors of texts; those that aren't kept are worked out, and kept."""
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24] for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new and self._session is None:
            self._session = self._open()
        encoded = sorted(
            zip(new, self._tokenizer.encode_batch(list(new.values())), strict=True),
            key=lambda pair: len(pair[1].ids),
        )
        for begin in range(0, len(encoded), 64):
            part = encoded[begin : begin + 64]
            pieces = np.zeros((len(part), len(part[-1][1].ids)), dtype=np.int64)
            for row, (_, encoding) in enumerate(part):
                pieces[row, : len(encoding.ids)] = encoding.ids
            (vectors,) = self._session.run(None, {"pieces": pieces})
            self._known.update(zip((key for key, _ in part), vectors.astype(np.float16), strict=True))
        if new and self._cache:
            np.savez(
                self._cache, keys=np.array(list(self._known)), vectors=np.stack(list(self._known.values()))
            )
        return np.stack([self._known[key] for key in keys]).astype(np.float32)

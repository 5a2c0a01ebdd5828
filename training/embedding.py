"""Teaches the head for meaning to agree with the base encoder's sentence vectors, and puts it into a bundle.

    python -m training.embedding --data DATA --base MINILM_FOLDER --bundle BUNDLE --out BUNDLE [--cache FILE]

The teacher is all-MiniLM-L6-v2 as sentence-transformers uses it (mean of the pieces' vectors), in int8. It gives a vector to sentences, contents,
fragments and questions made of news; the head learns these vectors, turned onto their main axes (cosine), and the teacher's likenesses within a batch
(Tejankar et al., ICCV 2021, "ISD: Self-supervised learning by iterative similarity distillation"). What it reads are the piece vectors that the
bundle's encoder begins with, as they lie in its file. The teacher's vectors don't depend on the bundle: with ``--cache`` they are worked out once. When the encoder has gone on learning, its piece vectors
hardly moved: with ``--start HEAD --epochs 0`` the head of the bundle before is measured with the new ones and put into the new bundle.
"""

from __future__ import annotations

import argparse
import io
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.model.bundle import EMBEDDING_FILE, open_bundle
from onrecord.model.embedding import MAX_WORDPIECE_WEIGHT, open_embedder, truncate_wordpieces
from onrecord.model.wordpieces import WordPieces, load_wordpieces
from training.embedding_table import Table, find_table
from training.embedding_texts import choose_texts, read_texts
from training.export import write_manifest
from training.teacher import Teacher

Floats = NDArray[np.float32]

INNER, HEADS, WIDTH = 384, 12, 256
EPOCHS, BATCH, RATE = 8, 512, 2e-3
LIKENESS, TEMPERATURE = 0.5, 0.05
HELD_OUT = 0.04
"""Share of the texts whose passages only measure."""


# Examples


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts as their pieces, int64 [piece] each, and the teacher's vectors, float32 [text, 384]."""

    pieces: list[NDArray[np.int64]]
    targets: Floats


def make_examples(texts: Sequence[str], pieces: WordPieces, teacher: Teacher) -> Examples:
    """What is learned from texts; those without a piece are left out."""
    rows = [np.array(truncate_wordpieces(text, pieces), dtype=np.int64) for text in texts]
    kept = [place for place, row in enumerate(rows) if len(row)]
    return Examples([rows[place] for place in kept], teacher.embed([texts[place] for place in kept]))


# The head


class EmbeddingHead(nn.Module):
    """The network of ``onrecord.model.embedding``, for batches of texts given as ``rows`` of pieces."""

    def __init__(self, table: Table, *, inner: int = INNER, heads: int = HEADS, width: int = WIDTH) -> None:
        super().__init__()
        vectors = torch.from_numpy((table.numbers.astype(np.float32) - table.zero) * table.scale)
        hidden = vectors.shape[1]
        self.register_buffer("vectors", F.layer_norm(vectors, (hidden,)))
        self.bias = nn.Parameter(torch.zeros(len(vectors), 1))
        self.attend = nn.Linear(hidden, heads, bias=False)
        self.inner = nn.Linear(hidden, inner)
        self.before = nn.Linear(hidden, inner, bias=False)
        self.outer = nn.Linear(inner, width)
        nn.init.zeros_(self.attend.weight)
        nn.init.zeros_(self.before.weight)

    def arrays(self) -> dict[str, Tensor]:
        """The weights as a bundle's file names and lays them."""
        return {
            "bias": self.bias[:, 0], "attend": self.attend.weight.T, "inner": self.inner.weight.T, "inner_bias": self.inner.bias,
            "before": self.before.weight.T, "outer": self.outer.weight.T, "outer_bias": self.outer.bias,
        }  # fmt: skip

    def take(self, path: Path) -> None:
        """Takes over the weights of a bundle's file."""
        with np.load(path, allow_pickle=False) as kept, torch.no_grad():
            for name, weight in self.arrays().items():
                weight.copy_(torch.from_numpy(kept[name].astype(np.float32)))

    def forward(self, rows: Sequence[NDArray[np.int64]]) -> Tensor:
        lengths = torch.tensor([len(row) for row in rows])
        text = torch.repeat_interleave(torch.arange(len(rows)), lengths)
        numbers, at = torch.unique(torch.from_numpy(np.concatenate(rows)), return_inverse=True)
        vectors = self.vectors[numbers]  # type: ignore[index]
        scores = self.attend(vectors) + self.bias[numbers]
        weights = scores.clamp(-MAX_WORDPIECE_WEIGHT, MAX_WORDPIECE_WEIGHT).exp()[at]
        before = self.before(vectors)[at].roll(1, dims=0)
        begins = torch.ones(len(at), dtype=torch.bool)
        begins[1:] = text[1:] != text[:-1]
        layer = F.relu(self.inner(vectors)[at] + before.masked_fill(begins[:, None], 0.0))
        heads = weights.shape[1]
        shares = (layer.view(len(at), heads, -1) * weights[:, :, None]).flatten(1)
        total = weights.new_zeros(len(rows), heads).index_add(0, text, weights)
        gathered = shares.new_zeros(len(rows), shares.shape[1]).index_add(0, text, shares)
        gathered = (gathered.view(len(rows), heads, -1) / total[:, :, None]).flatten(1)
        return F.normalize(self.outer(gathered), dim=1)


def main_axes(targets: Floats, width: int) -> Floats:
    """Orthogonal axes, float32 [384, width], of the space that keeps most of the vectors' length; not centred, so that cosines stay what they are.

    The axes are turned at random within that space: the store takes a first look by the numbers' signs, which on main axes tell little apart (Gong et
    al., PAMI 2013, "Iterative quantization").
    """
    _, axes = np.linalg.eigh(targets.T @ targets)
    turn, _ = np.linalg.qr(np.random.default_rng(0).standard_normal((width, width)))
    return np.ascontiguousarray(axes[:, ::-1][:, :width] @ turn, dtype=np.float32)


def axes_of(head: EmbeddingHead, examples: Examples) -> Floats:
    """The orthogonal axes, float32 [384, width], that turn the teacher's vectors as a head was taught to (Schönemann 1966, orthogonal Procrustes)."""
    some = range(0, len(examples.pieces), max(1, len(examples.pieces) // 4000))
    with torch.no_grad():
        found = head([examples.pieces[place] for place in some]).numpy()
    left, _, right = np.linalg.svd(examples.targets[list(some)].T @ found, full_matrices=False)
    return np.ascontiguousarray(left @ right, dtype=np.float32)


def loss_of(found: Tensor, wanted: Tensor) -> Tensor:
    """How far vectors are from the teacher's, and their likenesses to each other from the teacher's likenesses."""
    alike = wanted @ wanted.T / TEMPERATURE
    itself = torch.eye(len(found), dtype=torch.bool)
    teacher = alike.masked_fill(itself, -1e4).log_softmax(dim=1)
    student = (found @ wanted.T / TEMPERATURE).masked_fill(itself, -1e4).log_softmax(dim=1)
    distance = 1 - (found * wanted).sum(dim=1).mean()
    return distance + LIKENESS * F.kl_div(student, teacher, log_target=True, reduction="batchmean")


def teach(
    examples: Examples, held: Examples, table: Table, *, epochs: int, seed: int, start: Path | None = None
) -> EmbeddingHead:
    """A head that agrees with the teacher.

    Args:
        start: the file of a head to go on from.
    """
    torch.manual_seed(seed)
    random = Random(seed)
    head = EmbeddingHead(table)
    if start is not None:
        head.take(start)
    axes = main_axes(examples.targets, WIDTH) if start is None else axes_of(head, examples)
    targets = F.normalize(torch.from_numpy(examples.targets @ axes), dim=1)
    order = list(range(len(examples.pieces)))
    steps = epochs * -(-len(order) // BATCH)
    rate = RATE if start is None else RATE / 4
    optimiser = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=max(steps, 1), pct_start=0.1)
    if start is not None:
        print(f"before: {told(measure(head, held, axes))}", flush=True)
    for epoch in range(epochs):
        began, total = time.monotonic(), 0.0
        random.shuffle(order)
        for begin in range(0, len(order), BATCH):
            batch = order[begin : begin + BATCH]
            loss = loss_of(head([examples.pieces[place] for place in batch]), targets[batch])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
            total += loss.item() * len(batch)
        print(
            f"epoch {epoch + 1}: loss {total / len(order):.4f}, {told(measure(head, held, axes))} "
            f"({time.monotonic() - began:.0f} s)",
            flush=True,
        )
    return head.eval()


def measure(head: EmbeddingHead, held: Examples, axes: Floats) -> dict[str, float]:
    """How a head agrees on held-out passages: mean cosine; rank correlation of likenesses; how often the nearest passage is among the teacher's ten."""
    with torch.no_grad():
        found = np.concatenate(
            [head(held.pieces[begin : begin + 256]).numpy() for begin in range(0, len(held.pieces), 256)]
        )
    wanted = held.targets @ axes
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    cosine = float((found * wanted).sum(axis=1).mean())
    own, teacher = found @ found.T, held.targets @ held.targets.T
    upper = np.triu_indices(len(found), 1)
    some = np.random.default_rng(0).integers(0, len(upper[0]), 50_000)
    pairs = (upper[0][some], upper[1][some])
    ranks = [np.argsort(np.argsort(matrix[pairs])) for matrix in (own, teacher)]
    np.fill_diagonal(own, -1)
    np.fill_diagonal(teacher, -1)
    best = np.argsort(-teacher, axis=1)[:, :10]
    near = float((best == own.argmax(axis=1)[:, None]).any(axis=1).mean())
    return {"cosine": cosine, "rank": float(np.corrcoef(*ranks)[0, 1]), "near": near}


def told(figures: dict[str, float]) -> str:
    """Figures in a line."""
    return "held out: " + ", ".join(f"{name} {value:.4f}" for name, value in figures.items())


def write_head(head: EmbeddingHead, out: Path) -> None:
    """Puts a head into a bundle, as arrays of half precision."""
    arrays = {name: value.detach().numpy().astype(np.float16) for name, value in head.arrays().items()}
    data = io.BytesIO()
    np.savez(data, **arrays)  # type: ignore[arg-type]
    (out / EMBEDDING_FILE).write_bytes(data.getvalue())
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    write_manifest(out, manifest)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="the base encoder's folder")
    parser.add_argument("--bundle", type=Path, required=True, help="whose piece vectors it reads")
    parser.add_argument("--out", type=Path, required=True, help="the bundle's folder to put the head into")
    parser.add_argument("--start", type=Path, help="the file of a head to go on from")
    parser.add_argument("--cache", type=Path, help="a file that keeps the teacher's vectors")
    parser.add_argument("--words", type=int, default=400_000, help="of passages to learn from")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    texts = list(read_texts(options.data))
    Random(0).shuffle(texts)
    held = int(len(texts) * HELD_OUT)
    pieces = load_wordpieces(options.bundle / "tokenizer.json")
    teacher = Teacher(options.base, cache=options.cache)
    measuring = make_examples(
        choose_texts(texts[:held], words=options.words // 20, seed=options.seed), pieces, teacher
    )
    examples = measuring  # with no epochs, nothing is learned from them
    if options.epochs:
        chosen = choose_texts(texts[held:], words=options.words, seed=options.seed)
        examples = make_examples(chosen, pieces, teacher)
    print(f"{len(examples.pieces)} texts to learn from, {len(measuring.pieces)} to measure with", flush=True)
    table = find_table(options.bundle / "encoder.onnx")
    head = teach(examples, measuring, table, epochs=options.epochs, seed=options.seed, start=options.start)
    write_head(head, options.out)
    _compare(head, options.out, pieces)


def _compare(head: EmbeddingHead, folder: Path, pieces: WordPieces) -> None:
    """Holds what was written to what was learned.

    Raises:
        ValueError: a vector of the bundle's head is another than the network's.
    """
    meaning = open_embedder(open_bundle(folder))
    if meaning is None:
        raise ValueError(f"{folder}: expected a bundle with a head, found none")
    texts = ["The bridge is closed.", "Who closed the bridge, and when?", "toll"]
    with torch.no_grad():
        wanted = head([np.array(truncate_wordpieces(text, pieces)) for text in texts]).numpy()
    if (furthest := float(np.abs(meaning.embed(texts) - wanted).max())) > 0.005:
        raise ValueError(f"{folder}: the head's vectors are off by {furthest:.4f}")


if __name__ == "__main__":
    main()

"""Teaches the head for meaning to agree with the base encoder's sentence vectors, and puts it into a bundle.

    python -m training.meaning --data DATA --base MINILM_FOLDER --bundle BUNDLE --out BUNDLE [--cache FILE]

The teacher is all-MiniLM-L6-v2 as sentence-transformers uses it (mean of the pieces' vectors), in int8. It gives a vector to sentences, contents and
fragments; the bundle's own encoder, which stays as it is, gives the vectors of their words: of most as they stand in a whole text, as the statements
of a report are, of the rest read by themselves, as a question is. The head learns the teacher's vectors, turned onto their main axes (cosine), and
the teacher's likenesses within a batch (Tejankar et al., ICCV 2021, "ISD: Self-supervised learning by iterative similarity distillation").
The teacher's vectors don't depend on the bundle: with ``--cache`` they are worked out once.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import re
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.model.bundle import MEANING, open_bundle
from onrecord.model.meaning import MOST_WORDS
from onrecord.model.session import Model
from onrecord.segment import Range, paragraphs_of, sentences_of
from training.export import to_graph, to_int8, write_manifest
from training.network import Encoder, Sizes
from training.polnear import read_reports

Floats = NDArray[np.float32]

INNER, HEADS, WIDTH = 512, 16, 256
EPOCHS, BATCH, RATE = 8, 512, 2e-3
LIKENESS, TEMPERATURE = 0.5, 0.05
HELD_OUT = 0.04
"""Share of the texts whose passages only measure."""


# Texts


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and the passages in it that somebody marked as contents: the pieces of each."""

    text: str
    contents: tuple[tuple[Range, ...], ...] = ()


def read_texts(data: Path) -> Iterator[Text]:
    """News of several sets: PolNeAR's train, newswire's, GUM's, MEANTIME, and invented reports of events."""
    for report in read_reports(data / "polnear" / "train"):
        yield Text(report.text, tuple(found.content for found in report.annotations[0]))
    for path in sorted((data / "newswire" / "train").iterdir()):
        lines = (line.rpartition("\t")[0] for line in path.read_text(encoding="utf-8").splitlines())
        yield Text(_joined(_groups(lines)))
    for path in sorted((data / "gum" / "train").glob("*.conllu")):
        lines = path.read_text(encoding="utf-8").splitlines()
        yield Text("\n".join(line[9:] for line in lines if line.startswith("# text = ")))
    for path in sorted((data / "meantime").glob("*/*.xml")):
        yield Text(_joined(_sentences_of_xml(path)))
    with (data / "plover" / "ngec-synthetic.csv").open(encoding="utf-8", newline="") as file:
        yield from (Text(row["text"]) for row in csv.DictReader(file))


def _groups(lines: Iterator[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for line in lines:
        if line.strip():
            group.append(line.strip())
        elif group:
            yield group
            group = []
    if group:
        yield group


def _sentences_of_xml(path: Path) -> Iterator[list[str]]:
    sentences: dict[str, list[str]] = {}
    for token in ET.parse(path).getroot().iter("token"):
        sentences.setdefault(token.attrib["sentence"], []).append(token.text or "")
    yield from sentences.values()


_BEFORE = re.compile(r" ([,.;:!?%)\]}’]|n't\b|'(?:s|re|ve|ll|d|m)\b)")
_AFTER = re.compile(r"([(\[{$‘“]) ")


def _joined(sentences: Iterator[list[str]]) -> str:
    """Words as a text again, near enough: a line for each sentence."""
    return "\n".join(_AFTER.sub(r"\1", _BEFORE.sub(r"\1", " ".join(words))) for words in sentences)


# Passages


_ASKED = (
    "what did {} say about {}",
    "who said {}",
    "has anyone said that {}",
    "did {} say {}",
    "why {}?",
    "{}?",
    "statements about {}",
    "{} on {}",
    "how does {} respond to {}",
    "what do {} think of {}",
)
_SHORT = frozenset(
    [
        "a",
        "about",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "i",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "our",
        "she",
        "so",
        "that",
        "the",
        "their",
        "they",
        "this",
        "to",
        "was",
        "we",
        "were",
        "which",
        "who",
        "will",
        "with",
        "would",
        "you",
    ]
)


def passages_of(item: Text) -> list[tuple[Range, ...]]:
    """The sentences of a text and its contents, those of three words and more."""
    text = item.text
    found: list[tuple[Range, ...]] = [
        (sentence,)
        for start, end in paragraphs_of(text)
        for sentence in sentences_of(text, start, end)
        if len(text[slice(*sentence)].split(None, 3)) > 2
    ]
    return found + [pieces for pieces in item.contents if pieces]


def ask(text: str, passages: Sequence[tuple[Range, ...]], random: Random) -> Iterator[str]:
    """Endless short texts as a search has them, made of a text's words: fragments, words out of order, names, questions."""
    while True:
        words = [
            " ".join(text[slice(*piece)] for piece in pieces) for pieces in random.choices(passages, k=2)
        ]
        some, more = (_fragment(passage.split(), random) for passage in words)
        kind = random.random()
        if kind < 0.2:
            yield words[0]
        elif kind < 0.45:
            yield some
        elif kind < 0.65:
            kept = [word.strip("\"“”‘’',.;:?!()") for word in words[0].split() if word.lower() not in _SHORT]
            yield " ".join(random.sample(kept, min(len(kept), random.randint(2, 6)))) or some
        else:
            yield random.choice(_ASKED).format(some, more)


def _fragment(words: Sequence[str], random: Random) -> str:
    size = min(len(words), random.randint(2, 9))
    first = random.randint(0, len(words) - size)
    fragment = " ".join(words[first : first + size]).strip("\"“”‘’',.;:?! ")
    return fragment.lower() if random.random() < 0.3 else fragment


# The teacher


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
        self._tokenizer.enable_truncation(MOST_WORDS)
        self._cache = cache
        self._known: dict[str, NDArray[np.float16]] = {}
        if cache and cache.exists():
            with np.load(cache, allow_pickle=False) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
        with tempfile.TemporaryDirectory() as folder:
            plain, small = Path(folder) / "plain.onnx", Path(folder) / "small.onnx"
            ids = torch.ones(2, 7, dtype=torch.int64)
            to_graph(_Mean(base), (ids,), plain, {"pieces": "bp"}, {"vectors": "b."})
            to_int8(plain, small)
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = torch.get_num_threads()
            self._session = onnxruntime.InferenceSession(str(small), options)

    def embed(self, texts: Sequence[str]) -> Floats:
        """The vectors of texts; those that aren't kept are worked out, and kept."""
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24] for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
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


# Examples


@dataclass(frozen=True, slots=True)
class Examples:
    """Passages: the vectors of their words, float16 [word, hidden] each, and the teacher's vectors, float32 [passage, 384]."""

    words: list[NDArray[np.float16]]
    targets: Floats


def make_examples(
    texts: Sequence[Text], model: Model, teacher: Teacher, *, words: int, seed: int
) -> Examples:
    """Examples of whole texts, taken in a random order until about so many words were read, and half as many short texts from all of them."""
    random = Random(seed)
    order = [item for item in texts if item.text.strip()]
    random.shuffle(order)
    vectors: list[NDArray[np.float16]] = []
    wanted: list[str] = []
    read = 0
    for item in order:
        if read >= words:
            break
        (found, of_words) = model.encode([item.text])[0]
        read += len(found.ranges)
        starts, ends = (np.array([each[side] for each in found.ranges], dtype=np.int64) for side in (0, 1))
        for pieces in passages_of(item):
            inside = [
                np.arange(np.searchsorted(ends, start, "right"), np.searchsorted(starts, end, "left"))
                for start, end in pieces
            ]
            places = np.concatenate(inside)[:MOST_WORDS]
            if len(places) > 1:
                vectors.append(of_words[places].astype(np.float16))
                wanted.append(" ".join(item.text[slice(*piece)] for piece in pieces))
    short = [text for text in _short_texts(order, random, words // 2) if text.strip()]
    for begin in range(0, len(short), 512):
        vectors += [
            of_words[:MOST_WORDS].astype(np.float16)
            for _, of_words in model.encode(short[begin : begin + 512])
        ]
    kept = [place for place, rows in enumerate(vectors) if len(rows)]
    wanted += short
    return Examples([vectors[place] for place in kept], teacher.embed([wanted[place] for place in kept]))


def _short_texts(texts: Sequence[Text], random: Random, words: int) -> Iterator[str]:
    while words > 0:
        item = random.choice(texts)
        passages = passages_of(item)
        if not passages:
            continue
        asked = ask(item.text, passages, random)
        for _ in range(8):
            text = next(asked)
            words -= len(text.split())
            yield text


# The head


class Head(nn.Module):
    """The network of ``onrecord.model.meaning.Meaning``, for batches: ``words`` [word, hidden] of all passages, ``passage`` int64 [word]."""

    def __init__(self, hidden: int, *, inner: int = INNER, heads: int = HEADS, width: int = WIDTH) -> None:
        super().__init__()
        self.inner = nn.Linear(hidden, inner)
        self.attend = nn.Linear(hidden, heads, bias=False)
        self.outer = nn.Linear(inner, width)
        nn.init.zeros_(self.attend.weight)

    def forward(self, words: Tensor, passage: Tensor) -> Tensor:
        count, heads = int(passage[-1]) + 1, self.attend.out_features
        inner = F.relu(self.inner(words)).view(len(words), heads, -1)
        weights = self.attend(words).clamp(-30, 30).exp()
        total = weights.new_zeros(count, heads).index_add(0, passage, weights)
        weighed = (weights[:, :, None] * inner).flatten(1)
        gathered = weighed.new_zeros(count, weighed.shape[1]).index_add(0, passage, weighed)
        return F.normalize(
            self.outer((gathered.view(count, heads, -1) / total[:, :, None]).flatten(1)), dim=1
        )


def main_axes(targets: Floats, width: int) -> Floats:
    """The orthogonal axes, float32 [384, width], that keep most of the vectors' length (not centred, so that cosines stay what they are)."""
    _, axes = np.linalg.eigh(targets.T @ targets)
    return np.ascontiguousarray(axes[:, ::-1][:, :width], dtype=np.float32)


def pack(rows: Sequence[NDArray[np.float16]]) -> tuple[Tensor, Tensor]:
    """The words of some passages one after another, and the passage of each."""
    passage = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    return torch.from_numpy(np.concatenate(rows).astype(np.float32)), torch.from_numpy(passage)


def loss_of(found: Tensor, wanted: Tensor) -> Tensor:
    """How far vectors are from the teacher's, and their likenesses to each other from the teacher's likenesses."""
    alike = wanted @ wanted.T / TEMPERATURE
    itself = torch.eye(len(found), dtype=torch.bool)
    teacher = alike.masked_fill(itself, -1e4).log_softmax(dim=1)
    student = (found @ wanted.T / TEMPERATURE).masked_fill(itself, -1e4).log_softmax(dim=1)
    distance = 1 - (found * wanted).sum(dim=1).mean()
    return distance + LIKENESS * F.kl_div(student, teacher, log_target=True, reduction="batchmean")


def teach(examples: Examples, held: Examples, *, epochs: int, seed: int) -> Head:
    """A head that agrees with the teacher."""
    torch.manual_seed(seed)
    random = Random(seed)
    axes = main_axes(examples.targets, WIDTH)
    targets = F.normalize(torch.from_numpy(examples.targets @ axes), dim=1)
    head = Head(examples.words[0].shape[1])
    order = list(range(len(examples.words)))
    steps = epochs * -(-len(order) // BATCH)
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    for epoch in range(epochs):
        began, total = time.monotonic(), 0.0
        random.shuffle(order)
        for begin in range(0, len(order), BATCH):
            batch = order[begin : begin + BATCH]
            loss = loss_of(head(*pack([examples.words[place] for place in batch])), targets[batch])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
            total += loss.item() * len(batch)
        agreement = measure(head, held, axes)
        print(
            f"epoch {epoch + 1}: loss {total / len(order):.4f}, held out: "
            + ", ".join(f"{name} {value:.4f}" for name, value in agreement.items())
            + f" ({time.monotonic() - began:.0f} s)",
            flush=True,
        )
    return head.eval()


def measure(head: Head, held: Examples, axes: Floats) -> dict[str, float]:
    """How a head agrees on held-out passages: mean cosine; rank correlation of likenesses; how often the nearest passage is among the teacher's ten."""
    with torch.no_grad():
        found = np.concatenate(
            [head(*pack(held.words[begin : begin + 256])).numpy() for begin in range(0, len(held.words), 256)]
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


def write_head(head: Head, encoder: Path, path: Path) -> None:
    """Writes a head as arrays of half precision, with the SHA-256 of the encoder it belongs to."""
    digest = np.frombuffer(hashlib.sha256(encoder.read_bytes()).digest(), dtype=np.uint8)
    arrays = {
        "inner": head.inner.weight.T,
        "inner_bias": head.inner.bias,
        "attend": head.attend.weight.T,
        "outer": head.outer.weight.T,
        "outer_bias": head.outer.bias,
    }
    out = io.BytesIO()
    np.savez(
        out,
        encoder=digest,
        **{name: value.detach().numpy().astype(np.float16) for name, value in arrays.items()},
    )
    path.write_bytes(out.getvalue())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="the base encoder's folder")
    parser.add_argument("--bundle", type=Path, required=True, help="whose encoder is read with")
    parser.add_argument("--out", type=Path, required=True, help="the bundle's folder to put the head into")
    parser.add_argument("--cache", type=Path, help="a file that keeps the teacher's vectors")
    parser.add_argument("--words", type=int, default=400_000, help="of whole texts that are read")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    texts = list(read_texts(options.data))
    Random(0).shuffle(texts)
    held = int(len(texts) * HELD_OUT)
    model = Model(open_bundle(options.bundle), threads=options.threads)
    teacher = Teacher(options.base, cache=options.cache)
    measuring = make_examples(texts[:held], model, teacher, words=options.words // 20, seed=options.seed)
    examples = make_examples(texts[held:], model, teacher, words=options.words, seed=options.seed)
    print(f"{len(examples.words)} passages to learn from, {len(measuring.words)} to measure with", flush=True)
    head = teach(examples, measuring, epochs=options.epochs, seed=options.seed)
    write_head(head, options.bundle / "encoder.onnx", options.out / MEANING)
    manifest = json.loads((options.out / "manifest.json").read_text(encoding="utf-8"))
    write_manifest(options.out, manifest)


if __name__ == "__main__":
    main()

"""Trains the heads of names, noun phrases and links on a bundle's encoder as it is, and puts them into the bundle.

    python -m training.heads --data DATA --bundle BUNDLE --out BUNDLE [--epochs 8]

The encoder's vectors are made once, by the very graph that ships, and kept in memory; an epoch then takes seconds, so that heads can go on learning
after the encoder has stopped. Weights that the bundle's own heads hold are what it starts from. The epoch with the lowest loss on dev is kept.
"""

from __future__ import annotations

import argparse
import copy
import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.evaluation.conllu import ChainedText, read_chained
from onrecord.evaluation.tagged import TaggedText, read_tagged
from onrecord.model.bundle import GRAPHS, open_bundle
from onrecord.model.session import Model
from onrecord.text import analyze
from training.entities import (
    Phrases,
    mentions_of,
    name_labels,
    name_loss_of,
    phrase_losses_of,
    phrases_between,
)
from training.export import finish, write_graphs, write_manifest
from training.network import Network, Sizes
from training.unpack import start_from_bundle

CPU = torch.device("cpu")
NAMED_WORDS = 2_000
"""Words of a batch of articles; a document of noun phrases is a batch of its own."""


@dataclass(frozen=True, slots=True)
class Named:
    """Words of articles: ``vectors`` float16 [word, hidden] and ``labels`` int64 [word]."""

    vectors: NDArray[np.float16]
    labels: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Phrased:
    """The words of a document, ``vectors`` float16 [word, hidden], and its noun phrases."""

    vectors: NDArray[np.float16]
    phrases: Phrases


def main() -> None:
    """The command."""
    options = _parse()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    model = Model(open_bundle(options.bundle), threads=options.threads)
    folders = {
        split: (options.data / "newswire" / split, options.data / "gum" / split) for split in ("train", "dev")
    }
    batches = {
        split: [
            *named_batches(list(read_tagged(articles))[: options.limit], model),
            *phrased_batches(list(read_chained(documents))[: options.limit], model),
        ]
        for split, (articles, documents) in folders.items()
    }
    print({split: len(found) for split, found in batches.items()}, flush=True)
    network = Network(Sizes(dropout=options.dropout))
    start_from_bundle(network, options.bundle)
    best = train(network, batches["train"], batches["dev"], options)
    put_into(best, options.bundle, options.out)


def named_batches(articles: Sequence[TaggedText], model: Model) -> list[Named]:
    """Batches of about ``NAMED_WORDS`` words of articles."""
    out: list[Named] = []
    for article in articles:
        ((words, vectors),) = model.encode([analyze(article.text)])
        labels = name_labels(article, words)
        if out and len(out[-1].labels) + len(labels) <= NAMED_WORDS:
            last = out.pop()
            vectors = np.concatenate([last.vectors, vectors.astype(np.float16)])
            labels = np.concatenate([last.labels, labels])
        out.append(Named(vectors.astype(np.float16), labels))
    return out


def phrased_batches(documents: Sequence[ChainedText], model: Model) -> list[Phrased]:
    """A batch for each document."""
    out = []
    for document in documents:
        ((words, vectors),) = model.encode([analyze(document.text)])
        mentions, entities = mentions_of(document, words)
        phrases = phrases_between(0, len(vectors), mentions, entities, words=words, text=document.text)
        out.append(Phrased(vectors.astype(np.float16), phrases))
    return out


def train(
    network: Network,
    batches: Sequence[Named | Phrased],
    dev: Sequence[Named | Phrased],
    options: argparse.Namespace,
) -> Network:
    """The network as it was after the epoch with the lowest loss on dev; its average over steps is what counts."""
    parameters = [*network.mentions.parameters(), *network.pairs.parameters()]
    optimizer = torch.optim.AdamW(parameters, lr=options.rate, weight_decay=0.01)
    steps = len(batches) * options.epochs
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options.rate, total_steps=steps, pct_start=0.1)
    average = copy.deepcopy(network)
    lowest, best = sum(_evaluate(average, dev).values()), copy.deepcopy(average)
    print(json.dumps({"epoch": 0, "dev": round(lowest, 4)}), flush=True)
    for epoch in range(1, options.epochs + 1):
        network.train()
        begun = time.monotonic()
        for batch in Random(f"{options.seed}/{epoch}").sample(list(batches), len(batches)):
            loss = sum(_losses(network, batch).values(), torch.zeros(()))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            with torch.no_grad():
                for kept, value in zip(average.parameters(), network.parameters(), strict=True):
                    if value.requires_grad and value.grad is not None:
                        kept.lerp_(value, 0.01)
        found = _evaluate(average, dev)
        total = sum(found.values())
        if total < lowest:
            lowest, best = total, copy.deepcopy(average)
        row = {name: round(value, 4) for name, value in found.items()}
        print(
            json.dumps({"epoch": epoch, "dev": round(total, 4), **row, "s": round(time.monotonic() - begun)}),
            flush=True,
        )
    return best


def _losses(network: Network, batch: Named | Phrased) -> dict[str, Tensor]:
    vectors = torch.from_numpy(batch.vectors.astype(np.float32))
    if isinstance(batch, Named):
        return {"name": name_loss_of(network, vectors, torch.from_numpy(batch.labels))}
    return dict(
        zip(("head", "edge", "link"), phrase_losses_of(network, vectors, batch.phrases, CPU), strict=True)
    )


@torch.no_grad()
def _evaluate(network: Network, batches: Sequence[Named | Phrased]) -> dict[str, float]:
    network.eval()
    found: dict[str, list[float]] = {}
    for batch in batches:
        for name, value in _losses(network, batch).items():
            found.setdefault(name, []).append(value.item())
    return {name: float(np.mean(values)) for name, values in found.items()}


def put_into(network: Network, bundle: Path, out: Path) -> None:
    """Writes ``bundle`` to ``out`` with the network's heads of names, noun phrases and links in the place of its own."""
    if out != bundle:
        shutil.copytree(bundle, out, dirs_exist_ok=True)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        for graph in write_graphs(network.eval(), Path(folder)):
            if graph.name in GRAPHS[2:]:
                finish(graph, out / graph.name, manifest["precision"])
    manifest["sizes"] = network.sizes.to_dict()
    write_manifest(out, manifest)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds newswire/ and gum/")
    parser.add_argument("--bundle", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--dropout", type=float, default=0.25)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, default=None, help="only so many texts of each, for a try")
    return parser.parse_args()


if __name__ == "__main__":
    main()

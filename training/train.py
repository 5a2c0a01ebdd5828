"""Trains the network: attributions from PolNeAR, names from Worldwide Newswire, noun phrases and their links from GUM.

    python -m training.train --data DATA --base MINILM_FOLDER --out runs/first

``DATA`` holds ``polnear/train``, ``newswire/train`` and ``gum/train``; ``MINILM_FOLDER`` holds ``model.safetensors`` and ``tokenizer.json``. Runs on a GPU where there is one, else on the
CPU. Logs to the screen and to ``OUT/log.jsonl``; keeps a checkpoint every few minutes and goes on from it when started again; writes the
averaged weights after every epoch to ``OUT/epoch-N.safetensors``.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional as F

from onrecord.evaluation.conllu import ChainedText, read_chained
from onrecord.evaluation.tagged import TaggedText, read_tagged
from onrecord.model.cue_context import CueContext, cue_contexts
from onrecord.model.labels import OUTSIDE
from onrecord.model.wordpieces import WordPieces, load_wordpieces
from training.entities import (
    NameExample,
    PhraseExample,
    name_examples,
    name_loss,
    phrase_examples,
    phrase_losses,
)
from training.examples import BEGIN_CUE, CueTarget, Example, batches_of, examples_of, pad, shift
from training.network import Network, Sizes, count_weights
from training.polnear import CorpusReport, read_reports
from training.unpack import start_from_bundle

WEIGHTS = {"cue": 1.0, "role": 0.2, "accept": 0.5, "name": 0.7, "head": 0.7, "edge": 0.3, "link": 0.7}
"""What each loss counts. A role loss is a sum over a hundred words, a cue loss over one window's: this brings their gradients to one size."""


def main() -> None:
    """The command."""
    options = _parse()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    options.out.mkdir(parents=True, exist_ok=True)
    vocabulary = load_wordpieces((options.bundle or options.base) / "tokenizer.json")
    corpora = Corpora.read(options.data, vocabulary, options)
    network = Network(Sizes(dropout=options.dropout))
    if options.bundle:
        print("new:", ", ".join(start_from_bundle(network, options.bundle)), flush=True)
    elif options.start:
        network.load_state_dict(load_file(options.start))
    else:
        network.encoder.load_bert(options.base)
    trainer = Trainer(network.to(device), options, device)
    print(f"{corpora}, {count_weights(network):,} weights, {device}", flush=True)
    trainer.run(corpora)


@dataclass(frozen=True, slots=True)
class Corpora:
    """What is learned from: attributions from PolNeAR, names from Worldwide Newswire, noun phrases from GUM."""

    reports: Sequence[CorpusReport]
    articles: Sequence[TaggedText]
    documents: Sequence[ChainedText]
    vocabulary: WordPieces
    options: argparse.Namespace

    @classmethod
    def read(cls, data: Path, vocabulary: WordPieces, options: argparse.Namespace) -> Corpora:
        """The training parts of all three."""
        limit = options.limit
        return cls(
            read_reports(data / "polnear" / "train")[:limit],
            tuple(read_tagged(data / "newswire" / "train"))[:limit],
            tuple(read_chained(data / "gum" / "train"))[:limit],
            vocabulary,
            options,
        )

    def __str__(self) -> str:
        return f"{len(self.reports)} reports, {len(self.articles)} articles, {len(self.documents)} documents"

    def batches(self, random: Random) -> list[Batch]:
        """All batches of an epoch, in random order; texts are varied anew each time."""
        vary, most = self.options.vary, self.options.pieces
        attributions = [
            example
            for report in self.reports
            for example in examples_of(report, self.vocabulary, random, vary_rate=vary)
        ]
        names = [
            example
            for article in self.articles
            for example in name_examples(article, self.vocabulary, random, vary_rate=vary)
        ]
        batches: list[Batch] = [
            *batches_of(attributions, random, pieces=most, size=_size),
            *batches_of(names, random, pieces=most, size=_size),
            *(
                [example]
                for document in self.documents
                for example in phrase_examples(document, self.vocabulary, random, vary_rate=vary, pieces=most)
            ),
        ]
        random.shuffle(batches)
        return batches


def _size(example: Example | NameExample) -> int:
    return len(example.window.pieces)


Batch = list[Example] | list[NameExample] | list[PhraseExample]


class Trainer:
    """The state of a training: what a checkpoint holds."""

    def __init__(self, network: Network, options: argparse.Namespace, device: torch.device) -> None:
        self.network, self.options, self.device = network, options, device
        groups = network.parameter_groups(
            encoder_rate=options.encoder_rate, head_rate=options.head_rate, decay=0.01
        )
        self.optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
        self.rates = [group["lr"] for group in self.optimizer.param_groups]
        self.average = {name: value.detach().clone() for name, value in network.state_dict().items()}
        self.epoch = self.step = 0
        self.total_steps = 1

    def run(self, corpora: Corpora) -> None:
        """Trains to the last epoch, from the last checkpoint on where there is one."""
        self._resume()
        while self.epoch < self.options.epochs:
            random = Random(f"{self.options.seed}/{self.epoch}")
            batches = corpora.batches(random)
            self.total_steps = len(batches) * self.options.epochs
            done = self.step - len(batches) * self.epoch
            self._run_epoch(batches, max(done, 0), random)
            self.epoch += 1
            self.step = len(batches) * self.epoch
            save_file(self.average, self.options.out / f"epoch-{self.epoch}.safetensors")
            self._save()

    def _run_epoch(self, batches: Sequence[Batch], done: int, random: Random) -> None:
        self.network.train()
        sums: dict[str, float] = {}
        saved = shown = time.monotonic()
        pieces = 0
        for place, batch in enumerate(batches):
            if place < done:
                continue
            losses = self._step(batch, random)
            pieces += _pieces_of(batch)
            for name, value in losses.items():
                sums[name] = 0.98 * sums.get(name, value) + 0.02 * value
            if (now := time.monotonic()) - saved > self.options.checkpoint_s:
                self._save()
                saved = now
            if place % 25 == 24 or place + 1 == len(batches):
                rate = pieces / (now - shown)
                pieces, shown = 0, now
                self._log(
                    epoch=self.epoch + 1, batch=place + 1, of=len(batches), pieces_per_s=round(rate), **sums
                )

    def _step(self, batch: Batch, random: Random) -> dict[str, float]:
        self._schedule()
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.options.half):
            losses = self._losses(batch, random)
        loss = sum((WEIGHTS[name] * value for name, value in losses.items()), torch.zeros(()))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        keep = min(self.options.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                self.average[name].lerp_(value, 1 - keep)
        return {name: value.item() for name, value in losses.items()}

    def _losses(self, batch: Batch, random: Random) -> dict[str, Tensor]:
        hide, smooth = self.options.hide, self.options.smooth
        first = batch[0]
        if isinstance(first, PhraseExample):
            found = phrase_losses(self.network, first, self.device, hide=hide)
            return dict(zip(("head", "edge", "link"), found, strict=True))
        if isinstance(first, NameExample):
            return {"name": name_loss(self.network, batch, self.device, hide=hide)}  # type: ignore[arg-type]
        found = losses_of(self.network, batch, random, self.device, hide=hide, smooth=smooth)  # type: ignore[arg-type]
        return dict(zip(("cue", "role", "accept"), found, strict=True))

    def _schedule(self) -> None:
        warm = max(1, round(0.05 * self.total_steps))
        left = max(0.0, (self.total_steps - self.step) / max(1, self.total_steps - warm))
        scale = min((self.step + 1) / warm, left)
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * scale

    def _save(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "epoch": self.epoch,
            "step": self.step,
        }
        path = self.options.out / "checkpoint.pt"
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def _resume(self) -> None:
        path = self.options.out / "checkpoint.pt"
        if path.exists():
            state: dict[str, Any] = torch.load(path, map_location=self.device, weights_only=True)
            self.network.load_state_dict(state["network"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.average, self.epoch, self.step = state["average"], state["epoch"], state["step"]
            print(f"going on from epoch {self.epoch}, step {self.step}", flush=True)

    def _log(self, **values: float) -> None:
        line = {name: round(value, 4) for name, value in values.items()} | {"time": time.strftime("%H:%M:%S")}
        print(json.dumps(line), flush=True)
        with (self.options.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")


def _pieces_of(batch: Batch) -> int:
    return sum(
        len(window.pieces)
        for example in batch
        for window in (example.windows if isinstance(example, PhraseExample) else (example.window,))
    )


def losses_of(
    network: Network,
    batch: Sequence[Example],
    random: Random,
    device: torch.device,
    *,
    hide: float = 0.0,
    smooth: float = 0.0,
) -> tuple[Tensor, Tensor, Tensor]:
    """The losses of cues (by gold cue), roles (by cue) and acceptance (by cue, wrong ones that the cue head liked among them).

    ``hide`` is the share of pieces whose identity is masked, ``smooth`` the label smoothing (Szegedy et al., CVPR 2016, section 7):
    both hold back a network that otherwise learns 22,000 attributions by heart from the third epoch on.
    """
    vectors, cue_logits = network.encode_windows([example.window for example in batch], device, hide=hide)
    cue_logits = cue_logits.float()
    cue_labels = torch.from_numpy(pad([example.cue_labels for example in batch], -100)).to(device)
    count = max(1, sum(len(example.cues) for example in batch))
    cue_loss = (
        F.cross_entropy(
            cue_logits.flatten(0, 1), cue_labels.flatten(), reduction="sum", label_smoothing=smooth
        )
        / count
    )
    cues = _chosen_cues(batch, cue_logits.detach().softmax(-1)[..., BEGIN_CUE].cpu().numpy(), random)
    if not cues:
        return cue_loss, cue_loss * 0, cue_loss * 0
    contexts, labels = _surroundings(batch, cues, width=vectors.shape[1])
    index, distance, inside, mask, wanted = (
        torch.from_numpy(value).to(device)
        for value in (contexts.index, contexts.distance, contexts.inside, contexts.mask, labels)
    )
    logits, accepts = (
        out.float() for out in network.roles(vectors.flatten(0, 1), index, distance, inside, mask)
    )
    truth = torch.tensor([right for *_, right in cues], device=device)
    by_word = F.cross_entropy(
        logits.flatten(0, 1), wanted.flatten(), reduction="none", label_smoothing=smooth
    )
    weight = torch.where(truth > 0, 1.0, 0.3)
    role_loss = (by_word.view(len(cues), -1).sum(1) * weight).sum() / count
    accept_loss = F.binary_cross_entropy_with_logits(accepts, truth)
    return cue_loss, role_loss, accept_loss


Chosen = tuple[int, CueTarget, float]
"""A cue that the role head learns from: its example in the batch, and 1 for a right one, 0 for a wrong one."""


def _chosen_cues(
    batch: Sequence[Example], likely: np.ndarray[Any, np.dtype[np.float32]], random: Random
) -> list[Chosen]:
    """The gold cues, a little shifted, and wrong ones that the cue head likes.

    Args:
        likely: float32 [example, word], the probability that a cue begins there.
    """
    right = [
        (row, shift(cue, random, len(example.window.words)), 1.0)
        for row, example in enumerate(batch)
        for cue in example.cues
    ]
    wrong = [
        (row, cue, 0.0)
        for row, example in enumerate(batch)
        for cue in _wrong_cues(example, likely[row], random)
    ]
    return right + wrong


def _surroundings(
    batch: Sequence[Example], cues: Sequence[Chosen], *, width: int
) -> tuple[CueContext, np.ndarray[Any, np.dtype[np.int64]]]:
    """The surroundings of cues, and the role labels there, int64 [cue, place], -100 where there is nothing to learn.

    Args:
        width: the word slots of each window in the batch.
    """
    contexts = cue_contexts(
        [
            (
                row * width + cue.first,
                row * width + cue.last,
                row * width,
                row * width + len(batch[row].window.words),
            )
            for row, cue, _ in cues
        ]
    )
    labels = np.stack(
        [_take(cue.labels, contexts.index[place] - row * width) for place, (row, cue, _) in enumerate(cues)]
    )
    labels[~contexts.mask] = -100
    return contexts, labels


def _take(labels: np.ndarray[Any, np.dtype[np.int64]], index: np.ndarray[Any, np.dtype[np.int64]]) -> Any:
    return labels[np.clip(index, 0, len(labels) - 1)]


def _wrong_cues(
    example: Example, likely: np.ndarray[Any, np.dtype[np.float32]], random: Random
) -> list[CueTarget]:
    """Words that the cue head takes for a cue's beginning and that aren't: at most one for three right ones, and one more."""
    size = len(example.window.words)
    places = [
        place
        for place in np.flatnonzero(likely[:size] > 0.1).tolist()
        if place >= example.window.owned_from and example.cue_labels[place] == OUTSIDE
    ]
    nothing = np.full(size, OUTSIDE, dtype=np.int64)
    chosen = random.sample(places, min(len(places), 1 + len(example.cues) // 3))
    return [CueTarget(place, place + 1, nothing) for place in chosen]


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="the folder that holds polnear/, newswire/ and gum/"
    )
    parser.add_argument("--base", type=Path, help="the folder of the base encoder, to start from")
    parser.add_argument("--bundle", type=Path, help="a bundle to go on from, instead of the base encoder")
    parser.add_argument("--out", type=Path, required=True, help="the folder of this run")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--pieces", type=int, default=2048, help="pieces in a batch")
    parser.add_argument("--encoder-rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--average", type=float, default=0.995, help="how slowly the averaged weights follow")
    parser.add_argument(
        "--vary", type=float, default=0.3, help="share of reports whose marks and capitals are varied"
    )
    parser.add_argument("--hide", type=float, default=0.0, help="share of pieces that are masked")
    parser.add_argument("--smooth", type=float, default=0.0, help="label smoothing")
    parser.add_argument(
        "--half", action="store_true", help="bfloat16 products: 1.6 times faster on a core that has them"
    )
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument(
        "--start", type=Path, default=None, help="weights to start from, instead of the base encoder's"
    )
    parser.add_argument("--checkpoint-s", type=float, default=300, help="seconds between checkpoints")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, default=None, help="only so many reports, for a try")
    options = parser.parse_args()
    if not (options.base or options.bundle):
        parser.error("--base or --bundle: expected one of them to start from")
    return options


if __name__ == "__main__":
    main()

"""Trains the network on PolNeAR.

    python -m training.train --data DATA --base MINILM_FOLDER --out runs/first

``DATA`` holds ``polnear/train`` and ``polnear/dev``; ``MINILM_FOLDER`` holds ``model.safetensors`` and ``tokenizer.json``. Runs on a GPU where there is one, else on the
CPU. Logs to the screen and to ``OUT/log.jsonl``; keeps a checkpoint every few minutes and goes on from it when started again; writes the
averaged weights after every epoch to ``OUT/epoch-N.safetensors``.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from onrecord.model.around import look_around
from onrecord.model.labels import OUTSIDE
from training.examples import BEGIN_CUE, CueTarget, Example, batches_of, examples_of, pad, shift
from training.network import Network, Sizes, count_weights
from training.polnear import Report, read_reports

ROLE_WEIGHT = 0.2
"""A role loss is a sum over a hundred words, a cue loss over one window's: this brings their gradients to one size."""


MASK_PIECE, SPECIAL_PIECES = 103, 999
"""BERT's mask, and the last of its pieces that stand for no text."""


def main() -> None:
    options = _parse()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(options.base / "tokenizer.json")
    reports = read_reports(options.data / "polnear" / "train")[: options.limit]
    network = Network(Sizes(dropout=options.dropout))
    if options.start:
        network.load_state_dict(load_file(options.start))
    else:
        network.encoder.load_bert(options.base)
    trainer = Trainer(network.to(device), options, device)
    print(f"{len(reports)} reports, {count_weights(network):,} weights, {device}", flush=True)
    trainer.run(reports, tokenizer)


def load_tokenizer(path: Path) -> Tokenizer:
    """The base model's tokenizer, without its own cutting and padding."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


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

    def run(self, reports: Sequence[Report], tokenizer: Tokenizer) -> None:
        self._resume()
        while self.epoch < self.options.epochs:
            random = Random(f"{self.options.seed}/{self.epoch}")
            examples = [
                example
                for report in reports
                for example in examples_of(report, tokenizer, random, vary_rate=self.options.vary)
            ]
            batches = list(batches_of(examples, random, pieces=self.options.pieces))
            self.total_steps = len(batches) * self.options.epochs
            done = self.step - len(batches) * self.epoch
            self._run_epoch(batches, max(done, 0), random)
            self.epoch += 1
            self.step = len(batches) * self.epoch
            save_file(self.average, self.options.out / f"epoch-{self.epoch}.safetensors")
            self._save()

    def _run_epoch(self, batches: Sequence[list[Example]], done: int, random: Random) -> None:
        self.network.train()
        sums: dict[str, float] = {}
        saved = shown = time.monotonic()
        pieces = 0
        for place, batch in enumerate(batches):
            if place < done:
                continue
            losses = self._step(batch, random)
            pieces += sum(len(example.window.pieces) for example in batch)
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

    def _step(self, batch: Sequence[Example], random: Random) -> dict[str, float]:
        self._schedule()
        cue_loss, role_loss, accept_loss = losses_of(
            self.network, batch, random, self.device, hide=self.options.hide, smooth=self.options.smooth
        )
        loss = cue_loss + ROLE_WEIGHT * role_loss + 0.5 * accept_loss
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        keep = min(self.options.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                self.average[name].lerp_(value, 1 - keep)
        return {"cue": cue_loss.item(), "role": role_loss.item(), "accept": accept_loss.item()}

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
    pieces, shapes, states = (
        torch.from_numpy(pad([getattr(example.window, name) for example in batch], 0)).to(device)
        for name in ("pieces", "shapes", "states")
    )
    if hide:
        pieces[(torch.rand(pieces.shape, device=device) < hide) & (pieces > SPECIAL_PIECES)] = MASK_PIECE
    first = torch.from_numpy(pad([example.window.first for example in batch], 0)).to(device)
    cue_labels = torch.from_numpy(pad([example.cue_labels for example in batch], -100)).to(device)
    vectors, cue_logits = network.encode(pieces, shapes, states, first)
    count = max(1, sum(len(example.cues) for example in batch))
    cue_loss = (
        F.cross_entropy(
            cue_logits.flatten(0, 1), cue_labels.flatten(), reduction="sum", label_smoothing=smooth
        )
        / count
    )
    likely = cue_logits.detach().softmax(-1)[..., BEGIN_CUE].cpu().numpy()
    cues = [
        (row, shift(cue, random, len(example.window.words)), 1.0)
        for row, example in enumerate(batch)
        for cue in example.cues
    ]
    cues += [
        (row, cue, 0.0)
        for row, example in enumerate(batch)
        for cue in _wrong_cues(example, likely[row], random)
    ]
    if not cues:
        return cue_loss, cue_loss * 0, cue_loss * 0
    width = first.shape[1]
    around = look_around(
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
        [_take(cue.labels, around.index[place] - row * width) for place, (row, cue, _) in enumerate(cues)]
    )
    labels[~around.mask] = -100
    index, distance, inside, mask = (
        torch.from_numpy(value).to(device)
        for value in (around.index, around.distance, around.inside, around.mask)
    )
    logits, accepts = network.roles(vectors.flatten(0, 1), index, distance, inside, mask)
    truth = torch.tensor([right for *_, right in cues], device=device)
    by_word = F.cross_entropy(
        logits.flatten(0, 1),
        torch.from_numpy(labels).to(device).flatten(),
        reduction="none",
        label_smoothing=smooth,
    )
    weight = torch.where(truth > 0, 1.0, 0.3)
    role_loss = (by_word.view(len(cues), -1).sum(1) * weight).sum() / count
    accept_loss = F.binary_cross_entropy_with_logits(accepts, truth)
    return cue_loss, role_loss, accept_loss


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
        if place >= example.window.own_from and example.cue_labels[place] == OUTSIDE
    ]
    nothing = np.full(size, OUTSIDE, dtype=np.int64)
    chosen = random.sample(places, min(len(places), 1 + len(example.cues) // 3))
    return [CueTarget(place, place + 1, nothing) for place in chosen]


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds polnear/")
    parser.add_argument("--base", type=Path, required=True, help="the folder of the base encoder")
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
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument(
        "--start", type=Path, default=None, help="weights to start from, instead of the base encoder's"
    )
    parser.add_argument("--checkpoint-s", type=float, default=300, help="seconds between checkpoints")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, default=None, help="only so many reports, for a try")
    return parser.parse_args()


if __name__ == "__main__":
    main()

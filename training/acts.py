"""Trains the linear models of PLOVER's roots and measures them by cross-validation.

    python -m training.acts FOLDER            five-fold cross-validation on FOLDER/train.tsv, per class
    python -m training.acts FOLDER --write    the same, then trains on all and writes the weights into the package

FOLDER has ``train.tsv`` (Hu et al., ACL 2024) and ``gsr.txt`` (PLOVER's gold standard records). The records, and sentences invented for each class of
the codebook (``plover_sentences.tsv``), join the training side of each fold. Folds are stratified and seeded; ``--seeds`` repeats them. One model has
words alone, the other those and the word vectors of a bundle's encoder (``--bundle``, by default the shipped one): to be trained again whenever the
encoder is. What the models learn from the pairs of ``train.tsv`` and the invented sentences is also measured on the records, which they then haven't seen.

The models are least squares over +1 and -1 for each root, regularised, each root with the same weight (Rifkin, Yeo, Poggio, 2003, "Regularized
least-squares classification"), in closed form over the likenesses of the rows.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.model_selection import StratifiedKFold  # type: ignore[import-untyped]

import onrecord.acts.plover as plover
from onrecord.acts.plover import BUCKETS, ROOTS, WEIGHTS, ActorPair
from onrecord.evaluation.acts import read_plover, score_labels
from onrecord.evaluation.scores import Score
from onrecord.model.bundle import open_bundle
from onrecord.model.session import Model

Floats = NDArray[np.float64]

STRENGTH = 0.15  # of regularisation; 0.1 and 0.2 differ by less than the folds do
SHARE = 0.5  # of vectors beside words of length 1; 0.7 and 0.85 differ by less than the folds do
SENTENCES = "plover_sentences.tsv"
ACTORS = (
    "the government", "the president", "rebels", "the interior ministry", "Valdoria", "a spokesman for the army", "the opposition party",
    "workers", "leaders of the Ostrin Union", "the foreign minister", "Karavian troops", "the central bank", "Prime Minister Lena Orsk",
    "militants", "the Northern Alliance", "officials of Melland", "residents", "a court in Brent", "the city council", "Minister Tomas Vell",
)  # fmt: skip
FOLDS = 5
OLD_ROOTS = {
    "CONCEDE": "YIELD", "RETREAT": "YIELD", "DEMAND": "REQUEST", "FIGHT": "ASSAULT", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE",
}  # fmt: skip
FIELD = {
    "event": re.compile(r'"event":\s*"([^"]*)"'),
    "text": re.compile(r'"text":\s*"(.*)",?\s*$', re.MULTILINE),
    "source": re.compile(r'"source":\s*\[\{"actorText":\s*"([^"]*)"'),
    "target": re.compile(r'"target":\s*\[\{"actorText":\s*"([^"]*)"'),
}


def read_records(path: Path) -> list[tuple[ActorPair, str]]:
    """PLOVER's gold standard records that have one of today's roots; the file isn't JSON, so fields are cut
    out one by one.
    """
    found = []
    for block in re.split(r"\n\{\n", path.read_text(encoding="utf-8", errors="replace")):
        fields = {
            name: match[1] if (match := pattern.search(block)) else "" for name, pattern in FIELD.items()
        }
        root = OLD_ROOTS.get(fields["event"], fields["event"])
        if root in ROOTS and fields["text"]:
            found.append((ActorPair.of(fields["text"], fields["source"], fields["target"]), root))
    return found


def read_invented(path: Path) -> list[tuple[ActorPair, str]]:
    """Sentences invented for the roots, with actors drawn for S and T, the same each time."""
    draw, found = Random(5), []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            root, sentence = line.split("\t")
            found.append((_play(sentence, *draw.sample(ACTORS, 2)), root))
    return found


def _play(sentence: str, source: str, target: str) -> ActorPair:
    text, spans = "", {}
    for part in re.split(r"\b([ST])\b", sentence):
        word = {"S": source, "T": target}.get(part, part)
        word = word if text else word[:1].upper() + word[1:]
        spans[part] = len(text), len(text) + len(word)
        text += word
    return ActorPair(text, spans["S"], spans["T"])


def encode_all(pairs: Sequence[ActorPair]) -> csr_matrix:
    """Hashed features [pair, bucket]."""
    rows: list[NDArray[np.int64]] = []
    values: list[NDArray[np.float32]] = []
    ends = [0]
    for pair in pairs:
        row, value = plover.encode(pair)
        rows.append(row)
        values.append(value)
        ends.append(ends[-1] + len(row))
    return csr_matrix((np.concatenate(values), np.concatenate(rows), ends), shape=(len(pairs), BUCKETS))


def fit(likeness: Floats, labels: NDArray[np.str_]) -> Floats:
    """What each row adds to each root, float64 [row, root]; the bias of a root is the sum of its column. ``likeness``: [row, row]."""
    sides = np.where(labels[:, None] == np.array(ROOTS), 1.0, -1.0)
    sizes = np.array([(labels == label).sum() for label in labels], np.float64)
    ridge = np.diag(STRENGTH * sizes * np.mean(1.0 / sizes))
    return np.asarray(np.linalg.solve(likeness + 1.0 + ridge, sides))


def cross_validate(likeness: Floats, labels: NDArray[np.str_], size: int, *, seed: int) -> Floats:
    """The scores [row, root] of the first ``size`` rows, each from the model that didn't see it; the rows after them are trained on in each fold."""
    scores, more = np.zeros((size, len(ROOTS))), np.arange(size, len(labels))
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(likeness[:size], labels[:size])
    for train, test in folds:
        scores[test] = _answer(likeness, labels, np.concatenate([train, more]), test)
    return scores


def _answer(
    likeness: Floats, labels: NDArray[np.str_], train: NDArray[np.int64], test: NDArray[np.int64]
) -> Floats:
    adds = fit(likeness[np.ix_(train, train)], labels[train])
    return np.asarray((likeness[np.ix_(test, train)] + 1.0) @ adds)


def sharpen(scores: Floats, labels: NDArray[np.str_]) -> float:
    """By how much to multiply scores so that their softmax says how often they are right: the likeliest of a scale."""
    gold = np.array([ROOTS.index(label) for label in labels])
    loss = {}
    for factor in np.arange(1.0, 10.0, 0.25):
        odds = factor * (scores - scores.max(axis=1, keepdims=True))
        loss[float(factor)] = float(
            (np.log(np.exp(odds).sum(axis=1)) - odds[np.arange(len(gold)), gold]).mean()
        )
    return min(loss, key=lambda factor: loss[factor])


def pack(
    matrix: csr_matrix, labels: NDArray[np.str_], part: str, *, factor: float
) -> dict[str, NDArray[Any]]:
    """Trains on all; the hashed features' weights as int8 with one scale a root, those of vectors as float16."""
    adds = factor * fit(liken(matrix), labels)
    coefficients = (matrix.T @ adds).astype(np.float32)
    weights, dense = coefficients[:BUCKETS], coefficients[BUCKETS:]
    scale = np.abs(weights).max(axis=0) / 127
    packed = np.round(weights / scale).astype(np.int8)
    rows = np.flatnonzero(packed.any(axis=1)).astype(np.int32)
    arrays: dict[str, NDArray[Any]] = {f"{part}rows": rows, f"{part}weights": packed[rows]}
    arrays[f"{part}scale"] = scale.astype(np.float32)
    arrays[f"{part}bias"] = adds.sum(axis=0).astype(np.float32)
    if len(dense):
        arrays["dense"] = (dense * SHARE).astype(np.float16)
    return arrays


def liken(matrix: csr_matrix) -> Floats:
    """The products of all rows, float64 [row, row]."""
    return np.asarray((matrix @ matrix.T).toarray(), np.float64)


def pool_all(pairs: Sequence[ActorPair], encoder: Model) -> csr_matrix:
    """Dense features [pair, 5 * width] of the encoder's vectors, at their share."""
    rows = []
    for pair in pairs:
        ((words, vectors),) = encoder.encode(
            [pair.text]
        )  # by itself, as it is read: an int8 encoder rounds a batch by its greatest number
        rows.append(SHARE * plover.pool_vectors(pair, plover.align_vectors(pair.text, words.ranges, vectors)))
    return csr_matrix(np.stack(rows))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--bundle", type=Path)
    parser.add_argument("--seeds", type=int, default=1)
    options = parser.parse_args()
    rows, records = list(read_plover(options.folder / "train.tsv")), read_records(options.folder / "gsr.txt")
    every = rows + records + read_invented(Path(__file__).parent / SENTENCES)
    pairs, labels = [pair for pair, _ in every], np.array([root for _, root in every])
    encoder = Model(open_bundle(options.bundle), threads=1)
    words = encode_all(pairs)
    both = hstack([words, pool_all(pairs, encoder)]).tocsr()
    arrays: dict[str, NDArray[Any]] = {}
    for name, part, matrix in (("words", "", words), ("words and vectors", "joint_", both)):
        factor = report(name, liken(matrix), labels, len(rows), len(records), seeds=options.seeds)
        if options.write:
            arrays |= pack(matrix, labels, part, factor=factor)
    if options.write:
        target = Path(str(plover.__file__)).parent / "data" / WEIGHTS
        digest = np.array(encoder.bundle.manifest["files"]["encoder.onnx"]["sha256"])
        np.savez_compressed(target, roots=np.array(json.dumps(ROOTS)), encoder=digest, **arrays)
        print(f"{target.name}: {target.stat().st_size} bytes")


def report(
    name: str, likeness: Floats, labels: NDArray[np.str_], size: int, records: int, *, seeds: int
) -> float:
    """Prints the figures of the first ``size`` rows, by the mean of all seeds and by seed, and of the ``records`` after them; the factor of ``sharpen``."""
    found = [cross_validate(likeness, labels, size, seed=seed) for seed in range(seeds)]
    figures = [_score(labels[:size], scores) for scores in found]
    print(f"{name}, mean of {seeds} seeds; macro by seed {[round(each[0].value, 1) for each in figures]}")
    for column in zip(*figures, strict=True):
        value = sum(figure.value for figure in column) / seeds
        print(f"  {column[0].name:12} {value:5.1f}  of {column[0].count}")
    unseen = np.arange(size, size + records)
    rest = np.delete(np.arange(len(labels)), unseen)
    macro, right, *_ = _score(labels[unseen], _answer(likeness, labels, rest, unseen))
    print(f"  records, not trained on: macro {macro.value:.1f}, right {right.value:.1f}  of {records}")
    return sharpen(np.concatenate(found), np.tile(labels[:size], seeds))


def _score(labels: NDArray[np.str_], scores: Floats) -> tuple[Score, ...]:
    answers = np.array(ROOTS)[scores.argmax(axis=1)]
    return score_labels(list(zip(labels.tolist(), answers.tolist(), strict=True)))


if __name__ == "__main__":
    main()

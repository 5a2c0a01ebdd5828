"""Trains the linear models of PLOVER's roots and measures them by cross-validation.

    python -m training.acts FOLDER            five-fold cross-validation on FOLDER/train.tsv, per class
    python -m training.acts FOLDER --write    the same, then trains on all and writes the weights into the package

FOLDER has ``train.tsv`` (Hu et al., ACL 2024) and ``gsr.txt`` (PLOVER's gold standard records), which join the training side of each
fold. Folds are stratified and seeded; ``--seeds`` repeats them. One model has words alone, the other those and the word vectors of a bundle's
encoder (``--bundle``, by default the shipped one): to be trained again whenever the encoder is.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.model_selection import StratifiedKFold  # type: ignore[import-untyped]

import onrecord.acts.plover as plover
from onrecord.acts.plover import BUCKETS, ROOTS, WEIGHTS, Pair
from onrecord.evaluation.acts import read_plover, score_labels
from onrecord.model.bundle import open_bundle
from onrecord.model.session import Model as Encoder

STRENGTH = 30.0  # inverse regularisation; 10, 30 and 100 were tried: 74.1, 75.6 and 76.1 without the records
SHARE = 0.5  # of vectors beside words of length 1; 0.5, 1 and 2 were tried: 79.1, 78.7, 77.3
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


def read_records(path: Path) -> list[tuple[Pair, str]]:
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
            found.append((Pair.of(fields["text"], fields["source"], fields["target"]), root))
    return found


def encode_all(pairs: Sequence[Pair]) -> csr_matrix:
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


def fit(matrix: Any, labels: NDArray[np.str_]) -> LogisticRegression:
    """A logistic regression in which each root weighs the same."""
    return LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=300).fit(matrix, labels)


def cross_validate(
    matrix: Any, labels: NDArray[np.str_], more: Any, more_labels: NDArray[np.str_], *, seed: int
) -> list[tuple[str, str]]:
    """(gold, answer) of each row, answered by the model that didn't see it; ``more`` is trained on in each
    fold.
    """
    answers = np.empty_like(labels)
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(matrix, labels):
        model = fit(vstack([matrix[train], more]).tocsr(), np.concatenate([labels[train], more_labels]))
        answers[test] = model.predict(matrix[test])
    return list(zip(labels.tolist(), answers.tolist(), strict=True))


def pack(matrix: Any, labels: NDArray[np.str_], part: str) -> dict[str, NDArray[Any]]:
    """Trains on all; the hashed features' weights as int8 with one scale a root, those of vectors as float16."""
    model = fit(matrix, labels)
    order = [list(model.classes_).index(root) for root in ROOTS]
    coefficients = model.coef_[order].T.astype(np.float32)
    weights, dense = coefficients[:BUCKETS], coefficients[BUCKETS:]
    scale = np.abs(weights).max(axis=0) / 127
    packed = np.round(weights / scale).astype(np.int8)
    rows = np.flatnonzero(packed.any(axis=1)).astype(np.int32)
    arrays: dict[str, NDArray[Any]] = {f"{part}rows": rows, f"{part}weights": packed[rows]}
    arrays[f"{part}scale"] = scale.astype(np.float32)
    arrays[f"{part}bias"] = model.intercept_[order].astype(np.float32)
    if len(dense):
        arrays["dense"] = (dense * SHARE).astype(np.float16)
    return arrays


def pool_all(pairs: Sequence[Pair], encoder: Encoder) -> csr_matrix:
    """Dense features [pair, 5 * width] of the encoder's vectors, at their share."""
    rows = []
    for pair in pairs:
        reading = encoder.read(pair.text)
        vectors = plover.align(pair.text, reading.words.ranges, reading.vectors)
        rows.append(SHARE * plover.pool(pair, vectors))
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
    rows, extra = list(read_plover(options.folder / "train.tsv")), read_records(options.folder / "gsr.txt")
    pairs, labels = [pair for pair, _ in rows], np.array([root for _, root in rows])
    more_pairs, more_labels = [pair for pair, _ in extra], np.array([root for _, root in extra])
    encoder = Encoder(open_bundle(options.bundle), threads=1)
    words, more_words = encode_all(pairs), encode_all(more_pairs)
    both = hstack([words, pool_all(pairs, encoder)]).tocsr()
    more_both = hstack([more_words, pool_all(more_pairs, encoder)]).tocsr()
    for name, matrix, more in (("words", words, more_words), ("words and vectors", both, more_both)):
        for seed in range(options.seeds):
            print(f"{name}, seed {seed}")
            for figure in score_labels(cross_validate(matrix, labels, more, more_labels, seed=seed)):
                print(f"  {figure.name:12} {figure.value:5.1f}  of {figure.count}")
    if options.write:
        target = Path(str(plover.__file__)).parent / "data" / WEIGHTS
        every = np.concatenate([labels, more_labels])
        arrays = pack(vstack([words, more_words]).tocsr(), every, "")
        arrays |= pack(vstack([both, more_both]).tocsr(), every, "joint_")
        digest = np.array(encoder.bundle.manifest["files"]["encoder.onnx"]["sha256"])
        np.savez_compressed(target, roots=np.array(json.dumps(ROOTS)), encoder=digest, **arrays)
        print(f"{target.name}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()

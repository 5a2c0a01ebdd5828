"""Trains the linear model of PLOVER's roots and measures it by cross-validation.

    python training/acts.py FOLDER            five-fold cross-validation on FOLDER/train.tsv, per class
    python training/acts.py FOLDER --write    the same, then trains on all and writes the weights into the
    package

FOLDER has ``train.tsv`` (Hu et al., ACL 2024), ``gsr.txt`` (PLOVER's gold standard records) and ``ngec-
synthetic.csv`` (Halterman). Folds are stratified and seeded. The records of ``gsr.txt`` join the training
side of each fold. ``--vectors FILE`` adds an encoder's vectors: a ``.npz`` with one array [word, width] for
each row of ``train.tsv``, named ``0``, ``1``, …, and for each record of ``gsr.txt`` that is used, named
``r0``, ``r1``, …; words as ``onrecord.acts.plover.words_of`` cuts them. ``--texts FILE`` writes those texts
as JSON Lines, for an encoder to read.
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

STRENGTH = 30.0  # inverse regularisation; 10, 30 and 100 were tried: 74.1, 75.6 and 76.1 without the records
FOLDS, SEED = 5, 0
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
    return LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=500).fit(matrix, labels)


def cross_validate(
    matrix: Any, labels: NDArray[np.str_], more: Any, more_labels: NDArray[np.str_]
) -> list[tuple[str, str]]:
    """(gold, answer) of each row, answered by the model that didn't see it; ``more`` is trained on in each
    fold.
    """
    answers = np.empty_like(labels)
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(matrix, labels):
        model = fit(vstack([matrix[train], more]).tocsr(), np.concatenate([labels[train], more_labels]))
        answers[test] = model.predict(matrix[test])
    return list(zip(labels.tolist(), answers.tolist(), strict=True))


def write(matrix: Any, labels: NDArray[np.str_], path: Path) -> None:
    """Trains on all and writes the hashed features' weights as int8 with one scale a root, those of vectors
    as float16.
    """
    model = fit(matrix, labels)
    order = [list(model.classes_).index(root) for root in ROOTS]
    coefficients = model.coef_[order].T.astype(np.float32)
    weights, dense = coefficients[:BUCKETS], coefficients[BUCKETS:]
    scale = np.abs(weights).max(axis=0) / 127
    packed = np.round(weights / scale).astype(np.int8)
    rows = np.flatnonzero(packed.any(axis=1)).astype(np.int32)
    arrays = {"rows": rows, "weights": packed[rows], "scale": scale.astype(np.float32)}
    arrays["bias"] = model.intercept_[order].astype(np.float32)
    if len(dense):
        arrays["dense"] = dense.astype(np.float16)
    np.savez_compressed(path, roots=np.array(json.dumps(ROOTS)), **arrays)


def pool_all(pairs: Sequence[Pair], vectors: Any, prefix: str) -> csr_matrix:
    """Dense features [pair, 5 * width] of vectors named by row."""
    return csr_matrix(
        np.stack(
            [
                plover.pool(pair, vectors[f"{prefix}{row}"].astype(np.float32))
                for row, pair in enumerate(pairs)
            ]
        )
    )


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--texts", type=Path)
    options = parser.parse_args()
    rows, extra = list(read_plover(options.folder / "train.tsv")), read_records(options.folder / "gsr.txt")
    pairs, labels = [pair for pair, _ in rows], np.array([root for _, root in rows])
    more_pairs, more_labels = [pair for pair, _ in extra], np.array([root for _, root in extra])
    if options.texts:
        names = [*map(str, range(len(pairs))), *(f"r{row}" for row in range(len(more_pairs)))]
        lines = (
            json.dumps({"name": name, "text": pair.text, "words": plover.words_of(pair.text)})
            for name, pair in zip(names, [*pairs, *more_pairs], strict=True)
        )
        options.texts.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return
    matrix, more = encode_all(pairs), encode_all(more_pairs)
    if options.vectors:
        with np.load(options.vectors, allow_pickle=False) as data:
            matrix = hstack([matrix, pool_all(pairs, data, "")]).tocsr()
            more = hstack([more, pool_all(more_pairs, data, "r")]).tocsr()
    for figure in score_labels(cross_validate(matrix, labels, more, more_labels)):
        parts = (
            ""
            if figure.precision is None
            else f"  precision {figure.precision:5.1f}  recall {figure.recall:5.1f}"
        )
        print(f"{figure.name:12} {figure.value:5.1f}  of {figure.count}{parts}")
    if options.write:
        target = Path(str(plover.__file__)).parent / "data" / WEIGHTS
        write(vstack([matrix, more]).tocsr(), np.concatenate([labels, more_labels]), target)
        print(f"{target.name}: {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()

"""Fits a bundle's calibration and threshold on dev, and writes records for the scorer.

    python -m training.evaluate --data DATA --bundle BUNDLE --reports dev.jsonl [--fit]

``--fit`` writes calibration and threshold into the bundle's manifest: a logistic regression from a raw_candidate's features to whether
its cue and at least half of its content are right, and the lowest threshold that is as good as the best by F1 of whole statements.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.model.bundle import Bundle, Calibration, open_bundle
from onrecord.model.session import Model, ModelOutput
from onrecord.statements import candidate_from, features_of, find_statements
from onrecord.text import analyze
from onrecord.types import Document, Report
from training.export import write_manifest
from training.polnear import Attribution, CorpusReport, read_reports

FEATURES = ("cue", "accept", "path", "words", "pieces", "source")
AS_GOOD = 0.001
"""F1 this near to the best is as good: the curve is flat there and its top moves with a processor's rounding. The lowest such threshold finds the most."""

_WORD = re.compile(r"\w+")


def main() -> None:
    """The command."""
    options = _parse()
    reports = read_reports(options.data / "polnear" / "dev")
    model = Model(open_bundle(options.bundle), threads=options.threads)
    outputs = [(report, model.predict(analyze(report.text))) for report in reports]
    bundle = model.bundle
    if options.fit:
        bundle = fit(bundle, outputs)
    with options.records.open("w", encoding="utf-8") as out:
        for report, output in outputs:
            document = Document.of(report.text, origin=f"{report.name}.txt")
            record = Report(document, find_statements(document, output, bundle))
            out.write(json.dumps(record.to_dict()) + "\n")


def fit(bundle: Bundle, outputs: list[tuple[CorpusReport, ModelOutput]]) -> Bundle:
    """The bundle with its calibration and threshold, also written to its manifest."""
    rows: list[list[float]] = []
    right: list[bool] = []
    whole: list[bool] = []
    gold = 0
    for report, output in outputs:
        gold += len(report.annotations[0])
        for features, half, all_right in judged(report, output):
            rows.append([features[name] for name in FEATURES])
            right.append(half)
            whole.append(all_right)
    x, y = np.array(rows), np.array(right, dtype=np.float64)
    weights, bias = regress(x, y)
    scores = 1 / (1 + np.exp(-(x @ weights + bias)))
    order = np.argsort(-scores)
    hits = np.cumsum(np.array(whole)[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + gold)
    threshold = round(float(scores[order][np.flatnonzero(f1 >= f1.max() - AS_GOOD)[-1]]), 3)
    calibration = Calibration(FEATURES, tuple(np.round(weights, 5).tolist()), round(float(bias), 5))
    manifest = dict(bundle.manifest)
    manifest["threshold"] = threshold
    manifest["calibration"] = dataclasses.asdict(calibration)
    write_manifest(bundle.folder, manifest)
    print(json.dumps({"threshold": threshold, "f1": round(float(f1.max()), 4), **manifest["calibration"]}))
    return dataclasses.replace(bundle, threshold=threshold, calibration=calibration, manifest=manifest)


def judged(report: CorpusReport, output: ModelOutput) -> list[tuple[dict[str, float], bool, bool]]:
    """For each raw_candidate with a content: its features, whether cue and half the content are right, whether the statement is."""
    words = [match.span() for match in _WORD.finditer(report.text)]
    analysis = analyze(report.text)
    gold = [_word_sets(attribution, words) for attribution in report.annotations[0]]
    out = []
    for raw_candidate in output.raw_candidates:
        candidate = candidate_from(raw_candidate, 1.0, analysis)
        if candidate is None:
            continue
        source = _touched([candidate.source] if candidate.source else [], words)
        content = _touched(list(candidate.content), words)
        half = whole = False
        for gold_cue, gold_source, gold_content in gold:
            shared = len(content & gold_content) / max(1, len(content | gold_content))
            near = candidate.cue is not None and any(
                a < candidate.cue[1] and candidate.cue[0] < b for a, b in gold_cue
            )
            half |= near and shared >= 0.5
            whole |= (
                near and shared >= 0.5 and (bool(source & gold_source) or (not source and not gold_source))
            )
        out.append((features_of(raw_candidate), half, whole))
    return out


def _word_sets(attribution: Attribution, words: list[tuple[int, int]]) -> tuple[Any, set[int], set[int]]:
    return (
        attribution.cue,
        _touched(list(attribution.source), words),
        _touched(list(attribution.content), words),
    )


def _touched(ranges: list[Any], words: list[tuple[int, int]]) -> set[int]:
    return {place for place, (a, b) in enumerate(words) for start, end in ranges if a < end and start < b}


def regress(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Logistic regression by Newton's method with a little ridge: weights [feature] and bias."""
    design = np.hstack([x, np.ones((len(x), 1))])
    weights = np.zeros(design.shape[1])
    ridge = np.diag([1e-2] * x.shape[1] + [0.0])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        gradient = design.T @ (y - chance) - ridge @ weights
        curvature = (
            (design * (chance * (1 - chance))[:, None]).T @ design + ridge + 1e-9 * np.eye(len(weights))
        )
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights[:-1], float(weights[-1])


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--bundle", type=Path, required=True)
    parser.add_argument("--reports", type=Path, required=True)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--threads", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()

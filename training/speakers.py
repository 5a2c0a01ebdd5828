"""Fit how sure a speaker is, and draw how far that can be trusted.

    python -m training.speakers --data DATA [--bundle BUNDLE] --picture docs/speakers.svg

The gold is ``polnear/dev/speakers.jsonl``: 13 reports. With so few wrong answers a free fit would believe each of them, so that weights are drawn to
those in ``PRIOR``, which say what is known beforehand: names are surer than pronouns, a wide margin is surer than a narrow one. The scores drawn are
cross-fitted: each report is scored by weights fitted on the others.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.evaluation.speakers import Attributed, judge, read_gold
from onrecord.loaders import load_document
from onrecord.loaders.transcript import turns
from onrecord.model.bundle import open_bundle
from onrecord.model.session import Model
from onrecord.speakers import calibration, resolve_speakers
from onrecord.speakers.calibration import Calibration, features_of
from onrecord.statements import find_statements
from onrecord.text import analyze
from onrecord.types import Report
from training.reliability import draw

PRIOR = {
    "bias": 1.0,
    "name": 1.6,
    "short name": 1.6,
    "names": 0.8,
    "description": 0.4,
    "taken up": 0.0,
    "relative": 0.6,
    "pronoun": -0.8,
    "first person": 0.4,
    "omitted": -0.4,
    "cataphora": -0.8,
    "margin": 0.35,
    "weight": 0.15,
    "statement": 0.1,
}
STRENGTH = 8.0
"""How hard weights are drawn to the prior: the inverse of the variance given to each."""

THRESHOLD = 0.4
"""A speaker with a lower score is left open: more likely wrong than right, less the room that a fit on so little needs."""


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--bundle", type=Path)
    parser.add_argument("--picture", type=Path, required=True)
    options = parser.parse_args()
    rows, right, reports = collect(options.data / "polnear" / "dev", options.bundle)
    names = [name for name in PRIOR if name != "bias"]
    x = np.array([[row.get(name, 0.0) for name in names] + [1.0] for row in rows])
    y = np.array(right, dtype=float)
    prior = np.array([PRIOR[name] for name in [*names, "bias"]])
    scores = np.zeros(len(y))
    groups = np.array(reports)
    for report in np.unique(groups):
        weights = fit(x[groups != report], y[groups != report], prior)
        scores[groups == report] = 1 / (1 + np.exp(-(x[groups == report] @ weights)))
    for least in (0.95, 0.9, 0.8, 0.7, 0.5):
        sure = scores >= least
        print(f"score >= {least:.2f}: {sure.sum()} speakers, {100 * y[sure].mean():.1f} % right")
    edges = np.array([0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.975, 1.01])
    bins = np.digitize(scores, edges)
    points = [
        (float(scores[bins == one].mean()), float(y[bins == one].mean()), int((bins == one).sum()))
        for one in np.unique(bins)
    ]
    error = sum(count * abs(said - found) for said, found, count in points) / len(y)
    print(f"expected calibration error: {100 * error:.1f} points over {len(y)} speakers given")
    options.picture.write_text(
        draw(points, share="share with the right speaker", what="speakers"), encoding="utf-8"
    )
    weights = fit(x, y, prior)
    fitted = {
        "bias": round(float(weights[-1]), 4),
        "weights": {name: round(float(value), 4) for name, value in zip(names, weights, strict=False)},
        "threshold": THRESHOLD,
    }
    place = Path(calibration.__file__).parent / "data" / "calibration.json"
    place.write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")


def collect(folder: Path, bundle: Path | None) -> tuple[list[dict[str, float]], list[bool], list[int]]:
    """Of each speaker given to a gold statement: what the score may look at, whether it is right, and the number of its report."""
    golds: dict[str, list[Attributed]] = {}
    for stem, attributed in read_gold(folder / "speakers.jsonl"):
        golds.setdefault(stem, []).append(attributed)
    model = Model(open_bundle(bundle), threads=1)
    rows: list[dict[str, float]] = []
    right: list[bool] = []
    reports: list[int] = []
    open_all = Calibration(0.0, {}, 0.0)
    for number, (stem, listed) in enumerate(golds.items()):
        document = load_document(str(folder / "text" / f"{stem}.txt"))
        output = model.predict(analyze(document.text))
        statements = find_statements(document, output, model.bundle, turns=turns(document))
        resolved = resolve_speakers(document, output, statements, calibration=open_all)
        by_id = {resolution.statement: resolution for resolution in resolved.resolutions}
        for item in judge(listed, Report(document, resolved.statements, resolved.speakers)):
            if item.statement.speaker is not None:
                rows.append(features_of(by_id[item.statement.id], item.statement))
                right.append(item.right)
                reports.append(number)
    return rows, right, reports


def fit(x: NDArray[np.float64], y: NDArray[np.float64], prior: NDArray[np.float64]) -> NDArray[np.float64]:
    """The likeliest weights of a logistic regression, given the prior, by Newton's steps."""
    weights = prior.copy()
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(x @ weights)))
        slope = x.T @ (chance - y) + STRENGTH * (weights - prior)
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + STRENGTH * np.eye(len(prior))
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-8:
            break
    return weights


if __name__ == "__main__":
    main()

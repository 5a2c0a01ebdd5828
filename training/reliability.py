"""How far scores can be trusted: a reliability diagram of a bundle on dev, as SVG.

    python -m training.reliability --data DATA --bundle BUNDLE --picture docs/reliability.svg

The scores drawn are cross-fitted: the reports are dealt into five parts, and each part is scored by a calibration fitted on the other four.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.model.bundle import open_bundle
from onrecord.model.session import Model
from onrecord.text import analyze
from training.evaluate import FEATURES, judged, regress
from training.polnear import read_reports

FOLDS = 5


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--bundle", type=Path, required=True)
    parser.add_argument("--picture", type=Path, required=True)
    options = parser.parse_args()
    bundle = open_bundle(options.bundle)
    model = Model(bundle, threads=1)
    rows, right, folds = [], [], []
    for place, report in enumerate(read_reports(options.data / "polnear" / "dev")):
        for features, half, _ in judged(report, model.predict(analyze(report.text))):
            rows.append([features[name] for name in FEATURES])
            right.append(half)
            folds.append(place % FOLDS)
    scores = cross_fitted(np.array(rows), np.array(right, dtype=float), np.array(folds))
    truth = np.array(right)
    for least in (0.95, 0.9, 0.8, 0.7, bundle.threshold):
        sure = scores >= least
        print(f"score >= {least:.2f}: {sure.sum()} statements, {100 * truth[sure].mean():.1f} % right")
    bins = np.clip((scores * 10).astype(int), 0, 9)
    points = [
        (float(scores[bins == one].mean()), float(truth[bins == one].mean()), int((bins == one).sum()))
        for one in range(10)
        if (bins == one).any()
    ]
    error = sum(count * abs(said - found) for said, found, count in points) / len(scores)
    print(f"expected calibration error: {100 * error:.1f} points over {len(scores)} candidates")
    options.picture.write_text(draw(points), encoding="utf-8")


def cross_fitted(
    x: NDArray[np.float64], y: NDArray[np.float64], folds: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Each row's score by a regression fitted on the other folds."""
    scores = np.zeros(len(x))
    for fold in range(FOLDS):
        weights, bias = regress(x[folds != fold], y[folds != fold])
        scores[folds == fold] = 1 / (1 + np.exp(-(x[folds == fold] @ weights + bias)))
    return scores


def draw(
    points: list[tuple[float, float, int]],
    *,
    share: str = "share with cue and half the content right",
    what: str = "candidates",
) -> str:
    """Points (mean score, share right, how many) as SVG, with the diagonal that they should lie on."""
    size, left, top = 360, 60, 20
    most = max(count for *_, count in points)
    at = lambda x, y: (left + x * size, top + (1 - y) * size)  # noqa: E731
    grid = "".join(
        f'<line x1="{at(0, t)[0]:.0f}" x2="{at(1, t)[0]:.0f}" y1="{at(0, t)[1]:.0f}" y2="{at(0, t)[1]:.0f}" stroke="#ddd"/>'
        f'<text x="{left - 8}" y="{at(0, t)[1] + 4:.0f}" text-anchor="end">{t:.1f}</text>'
        f'<text x="{at(t, 0)[0]:.0f}" y="{top + size + 18}" text-anchor="middle">{t:.1f}</text>'
        for t in (0, 0.2, 0.4, 0.6, 0.8, 1.0)
    )
    marks = "".join(
        f'<circle cx="{at(x, y)[0]:.1f}" cy="{at(x, y)[1]:.1f}" r="{3 + 9 * (count / most) ** 0.5:.1f}" fill="#20639b" fill-opacity="0.75">'
        f"<title>{count} {what}: score {x:.2f}, {100 * y:.0f} % right</title></circle>"
        for x, y, count in points
    )
    path = " ".join(f"{at(x, y)[0]:.1f},{at(x, y)[1]:.1f}" for x, y, _ in points)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + size + 20} {top + size + 50}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="white"/>{grid}'
        f'<line x1="{at(0, 0)[0]}" y1="{at(0, 0)[1]}" x2="{at(1, 1)[0]}" y2="{at(1, 1)[1]}" stroke="#999" stroke-dasharray="4"/>'
        f'<polyline points="{path}" fill="none" stroke="#20639b"/>{marks}'
        f'<text x="{left + size / 2}" y="{top + size + 40}" text-anchor="middle">score given</text>'
        f'<text transform="translate(16 {top + size / 2}) rotate(-90)" text-anchor="middle">{share}</text></svg>\n'
    )


if __name__ == "__main__":
    main()

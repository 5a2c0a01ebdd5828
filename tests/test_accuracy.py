"""The accuracy gate: the shipped bundle on PolNeAR's dev reports is not worse than the floors in eval/baseline.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.evaluation import measure_of
from onrecord.evaluation.brat import checksum_of

BASELINE = json.loads((Path(__file__).parent.parent / "eval" / "baseline.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores(data: Path) -> dict[str, float]:
    folder = data / "polnear" / "dev"
    assert checksum_of(folder) == BASELINE["statements"]["sha256"], "the floors were measured on other data"
    evaluation = measure_of("statements")([folder], None)
    return {score.name: score.value for score in evaluation.scores}


@pytest.mark.parametrize("name", sorted(BASELINE["statements"]["floors"]))
def test_no_figure_falls_below_its_floor(scores: dict[str, float], name: str) -> None:
    assert scores[name] >= BASELINE["statements"]["floors"][name]

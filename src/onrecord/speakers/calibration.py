"""How sure a speaker is: the probability that it is the right one, from what the resolution rests on."""

from __future__ import annotations

import functools
import json
import math
from dataclasses import dataclass
from importlib import resources
from typing import Protocol

from onrecord.types import Statement


class ResolutionEvidence(Protocol):
    """What a speaker was found by: an answer or a resolution."""

    @property
    def method(self) -> str:
        """By a name, a pronoun …"""
        ...

    @property
    def margin(self) -> float:
        """By how much it outweighs the next one."""
        ...

    @property
    def weight(self) -> float:
        """How much speaks for it."""
        ...


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model: log-odds are ``bias`` plus each feature times its weight; under ``threshold`` the speaker is left open."""

    bias: float
    weights: dict[str, float]
    threshold: float


@functools.cache
def load_calibration() -> Calibration:
    """The weights in ``data/calibration.json``, which ``training/speakers.py`` fits."""
    text = (resources.files("onrecord.speakers") / "data" / "calibration.json").read_text(encoding="utf-8")
    values = json.loads(text)
    return Calibration(values["bias"], values["weights"], values["threshold"])


def features_of(resolution: ResolutionEvidence, statement: Statement) -> dict[str, float]:
    """What the score may look at: how the speaker was found, by what margin, and how sure the statement itself is."""
    found = {
        resolution.method: 1.0,
        "margin": max(0.0, min(3.0, resolution.margin)),
        "statement": math.log(max(statement.score, 1e-3) / max(1 - statement.score, 1e-3)),
    }
    if resolution.method == "pronoun":
        found["weight"] = max(-2.0, min(4.0, resolution.weight))
    return found


def speaker_probability(
    resolution: ResolutionEvidence, statement: Statement, calibration: Calibration
) -> float:
    """The probability that the speaker is the right one."""
    features = features_of(resolution, statement)
    odds = calibration.bias + sum(
        calibration.weights.get(name, 0.0) * value for name, value in features.items()
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))

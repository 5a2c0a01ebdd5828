"""Scores of what is found against gold annotations.

A measure is a module of this package with a function ``measure(gold, reports=None) -> Evaluation``; ``MEASURES``
names them, and each is loaded when it is asked for.

* ``statements``, ``speakers``, ``names``, ``coreference``, ``acts``, ``quantities``, ``times``, ``places``: the measures
* ``scores``: what a measure answers; ``chains``: how well chains of mentions agree
* ``brat``, ``conllu``, ``tagged``: gold in three formats that others use; ``reports``: reports to be scored
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from pathlib import Path

from onrecord.errors import SettingsError
from onrecord.evaluation.scores import Evaluation, Score

Measure = Callable[[Sequence[Path], Path | None], Evaluation]
"""Files or folders of gold, and a file of reports made before (JSON Lines); where that is ``None``, the
measure reads the gold's texts."""

MEASURES = ("statements", "speakers", "names", "coreference", "acts", "quantities", "times", "places")


def measure_of(name: str) -> Measure:
    """The measure of this name.

    Raises:
        SettingsError: there is none.
    """
    if name not in MEASURES:
        raise SettingsError(f"expected a measure ({', '.join(MEASURES)}), found {name!r}")
    measure: Measure = importlib.import_module(f"onrecord.evaluation.{name}").measure
    return measure


__all__ = ["MEASURES", "Evaluation", "Measure", "Score", "measure_of"]

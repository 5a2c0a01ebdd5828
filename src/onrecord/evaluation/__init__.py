"""Scores of what the pipeline finds against gold annotations.

A measure is a function in a module of its own, ``(gold, records) -> Report``; it is known by its name in
``MEASURES``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from onrecord.evaluation import statements
from onrecord.evaluation.report import Figure, Report

Measure = Callable[[Sequence[Path], Path | None], Report]
"""Files or folders of gold, and a file of records made before (JSON Lines); where that is ``None``, the
measure reads the gold's texts."""

MEASURES: Mapping[str, Measure] = {
    "statements": statements.measure,
}

__all__ = ["MEASURES", "Figure", "Measure", "Report"]

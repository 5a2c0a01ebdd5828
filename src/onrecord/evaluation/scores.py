"""What a measure answers: scores in percent, each with how many things it was measured on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from onrecord.types import Failure


@dataclass(frozen=True, slots=True)
class Score:
    """One score: ``value`` in percent, measured on ``count`` gold things.

    Where the value is an F1 score, ``precision`` and ``recall`` say what it is made of; where it is a share,
    they are ``None``.
    """

    name: str
    value: float
    count: int
    precision: float | None = None
    recall: float | None = None

    @classmethod
    def of_counts(cls, name: str, *, right: int, predicted: int, gold: int) -> Self:
        """Precision, recall and F1 of ``right`` among ``predicted`` and among ``gold``; 0 where there is
        nothing.

        >>> Score.of_counts("found", right=1, predicted=2, gold=1)
        Score(name='found', value=66.66666666666667, count=1, precision=50.0, recall=100.0)
        """
        precision, recall = 100 * right / max(predicted, 1), 100 * right / max(gold, 1)
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        return cls(name, f1, gold, precision, recall)

    @classmethod
    def of_share(cls, name: str, *, right: int, among: int) -> Self:
        """The share of ``right`` among so many; 0 where there are none."""
        return cls(name, 100 * right / max(among, 1), among)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of one measure, what a reader must know beside them, and the documents that couldn't be
    read."""

    measure: str
    scores: tuple[Score, ...]
    notes: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()

    def __getitem__(self, name: str) -> Score:
        """The score of this name.

        Raises:
            KeyError: there is none.
        """
        for score in self.scores:
            if score.name == name:
                return score
        raise KeyError(name)

    def to_dict(self) -> dict[str, Any]:
        """JSON values only; percentages with two digits."""
        return {
            "measure": self.measure,
            "scores": {
                score.name: {
                    "value": round(score.value, 2),
                    "precision": None if score.precision is None else round(score.precision, 2),
                    "recall": None if score.recall is None else round(score.recall, 2),
                    "count": score.count,
                }
                for score in self.scores
            },
            "notes": list(self.notes),
            "failures": [str(failure) for failure in self.failures],
        }

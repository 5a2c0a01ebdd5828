"""Whom a statement's source means, and what that rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from onrecord.text.segmentation import Range
from onrecord.types import Statement

ResolutionMethod = Literal[
    "name", "short name", "names", "pronoun", "description", "taken up", "relative", "first person", "omitted", "cataphora", "label", "none"
]  # fmt: skip
"""What a resolution rests on: a full name; part of one; several names; a pronoun; a description of somebody not known from elsewhere; a description
that takes up somebody known; a relative pronoun; "I" in quoted words or by the author; the source of the words before; a name that follows; a transcript's label."""

PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?(?:\w+ed|said|told|known|seen|thought|held|shown|given|quoted|made)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SourceResolution:
    """Whom a statement's source means: a entity, or ``None`` with the reason; what it rests on; who else it may be.

    ``margin`` is by how much the choice outweighs the next one, in log-odds; ``evidence`` the ranges of characters the choice rests on.
    """

    entity: int | None
    method: ResolutionMethod
    reason: str | None = None
    margin: float = 3.0
    weight: float = 3.0
    candidates: tuple[tuple[int, float], ...] = ()
    evidence: tuple[Range, ...] = ()


def position_of(statement: Statement) -> int:
    """Where a statement takes its turn: at its source, else its cue, else its first word."""
    return (statement.source or statement.cue or statement.content[0]).start

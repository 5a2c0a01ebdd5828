"""What a track is made of: series of quantities, their steps, and contradictions."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.types import Comparison, Span

StepName = Literal["first", "repeated", "rounded", "updated", "corrected", "contradicted", "other_scope"]
ContradictionKind = Literal["quantity", "denial", "negation"]
Number = float | int


@dataclass(frozen=True, slots=True)
class Step:
    """What a value is to the one before it, why the two are put side by side, and what would make that wrong."""

    name: StepName
    because: str
    unless: str | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One value as somebody gave it.

    ``about`` is the day or period that the value is about (ISO 8601), ``None`` where the statement doesn't say;
    ``said`` the day on which it was said: the day that the statement's sentence gives, else the report's.
    ``copies`` are the ids of near-duplicates of the report, counted once with it.
    """

    value: Number | None
    low: Number | None
    high: Number | None
    comparison: Comparison | None
    about: str | None
    said: str | None
    speaker: str | None
    statement: str
    document: str
    origin: str
    publisher: str | None
    span: Span
    step: StepName
    because: str
    unless: str | None
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """The values that one speaker gave for one thing, by the day they were said."""

    of: str | None
    unit: str | None
    speaker: str | None
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements that can't both hold, the earlier one first. ``documents`` are the reports they stand in."""

    kind: ContradictionKind
    statements: tuple[str, str]
    documents: tuple[str, str]
    speakers: tuple[str | None, str | None]
    said: tuple[str | None, str | None]
    spans: tuple[Span, Span]
    because: str
    unless: str


@dataclass(frozen=True, slots=True)
class Track:
    """Series, the longest first, and contradictions by day."""

    series: tuple[Series, ...]
    contradictions: tuple[Contradiction, ...]
    as_of: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The track as JSON values, in the shape of ``onrecord track --json``."""
        found: dict[str, Any] = _plain(self)
        return found


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value

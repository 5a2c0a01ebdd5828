"""The steps and values of a track in words."""

from __future__ import annotations

from onrecord.desk.track.values import Number, Point, Series, StepName
from onrecord.render.safe_text import one_line

STEPS: dict[StepName, str] = {
    "first": "first",
    "repeated": "repeated",
    "rounded": "rounded",
    "updated": "updated",
    "corrected": "corrected",
    "contradicted": "contradicted",
    "other_scope": "other scope",
}
_NUMBERS = {
    "dead": "people killed",
    "injured": "people injured",
    "missing": "people missing",
    "arrested": "people arrested",
    "displaced": "people displaced",
    "infected": "people infected",
    "person": "people",
}


def heading_of(series: Series) -> str:
    """What a series counts and who says it: "people killed, said by Harbour Police"."""
    counted = _NUMBERS.get(series.of or "", series.of)
    thing = " of ".join(part for part in (series.unit, counted) if part) or "number"
    return f"{one_line(thing)}, said by {one_line(series.speaker or 'somebody')}"


def value_of(point: Point, unit: str | None = None) -> str:
    """A value on one line: the number with its unit; in the report's words where it has bounds ("at least 40")."""
    if point.comparison in ("about", "over", "under", "between") or point.value is None:
        return one_line(point.span.text)
    return f"{number(point.value)} {one_line(unit)}" if unit else number(point.value)


def number(value: Number) -> str:
    """A number with marks for thousands.

    >>> number(1187000), number(40.60), number(3)
    ('1,187,000', '40.6', '3')
    """
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.6g}"
    return f"{int(value):,}" if abs(value) < 1e15 else f"{value:.6g}"


def middle(point: Point) -> float | None:
    """Where a point stands on a scale: its value, else the middle of its bounds, else the bound it has."""
    if point.value is not None:
        return float(point.value)
    bounds = [float(bound) for bound in (point.low, point.high) if bound is not None]
    return sum(bounds) / len(bounds) if bounds else None

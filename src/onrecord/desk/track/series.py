"""Observations put into series: one speaker, one unit, one thing that is counted, one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.desk.track.events import alikeness, same_thing
from onrecord.desk.track.observing import Observation
from onrecord.desk.track.steps import FIRST, step_between
from onrecord.desk.track.values import Point, Series, Step


def make_series(observations: Iterable[Observation]) -> tuple[Series, ...]:
    """The series of observations, those of several values first, each by the day its values were said."""
    grouped: list[list[Observation]] = []
    for one in sorted(observations, key=_order):
        fitting = [group for group in grouped if _continues(group, one)]
        if fitting:
            max(fitting, key=lambda group: alikeness(group[-1], one)).append(one)
        else:
            grouped.append([one])
    series = [_series(group) for group in grouped]
    return tuple(
        sorted(series, key=lambda one: (-len(one.points), one.speaker or "", one.of or "", one.unit or ""))
    )


def _order(one: Observation) -> tuple[str, str, int]:
    return one.said or "", one.document.id, one.quantity.span.start


def _continues(group: Sequence[Observation], one: Observation) -> bool:
    last = group[-1]
    if last.statement.id == one.statement.id and last.document.id == one.document.id:
        return False  # two values in one statement are of two things: "12 dead and 30 hurt"
    return same_thing(last, one) and last.who == one.who and one.who is not None


def _series(group: Sequence[Observation]) -> Series:
    points: list[Point] = []
    for number, one in enumerate(group):
        step = FIRST if number == 0 else _step(group[:number], one)
        points.append(_point(one, step))
    named = [one.speaker.name for one in group if one.speaker]
    measures = [one.measure for one in group if one.measure]
    return Series(
        of=measures[0] if measures else None,
        unit=group[0].unit,
        speaker=max(named, key=len) if named else group[0].who,
        points=tuple(points),
    )


def _step(before: Sequence[Observation], one: Observation) -> Step:
    """The step from the last value of the same scope; where there is none, from the last one."""
    steps = [step_between(last, one) for last in reversed(before)]
    return next((step for step in steps if step.name != "other_scope"), steps[0])


def _point(one: Observation, step: Step) -> Point:
    return Point(
        value=one.value,
        low=one.low,
        high=one.high,
        comparison=one.comparison,
        about=one.about,
        said=one.said,
        speaker=one.speaker.name if one.speaker else one.who,
        statement=one.statement.id,
        document=one.document.id,
        origin=one.document.origin,
        publisher=one.document.publisher,
        span=one.quantity.span,
        step=step.name,
        because=step.because,
        unless=step.unless,
        copies=one.copies,
    )

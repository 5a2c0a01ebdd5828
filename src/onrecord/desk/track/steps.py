"""What a value is to the one before it in a series: a table of rules, the first that fits decides."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.desk.track.events import is_one_thing
from onrecord.desk.track.measures import CUMULATIVE
from onrecord.desk.track.observing import Observation
from onrecord.desk.track.values import Number, Step

Rule = Callable[[Observation, Observation], Step | None]

FIRST = Step("first", "the first value of the series")


def step_between(before: Observation, after: Observation) -> Step:
    """What ``after`` is to ``before``, both of one series, in the order in which they were said."""
    for rule in RULES:
        if (step := rule(before, after)) is not None:
            return step
    if not is_one_thing(before, after):
        because = f"{_shown(after)} and {_shown(before)} are of one theme; the words around them differ"
        return Step("other_scope", because, "they are of one thing: then they contradict each other")
    return Step("contradicted", f"{_shown(after)} and {_shown(before)} can’t both hold", _UNLESS)


_UNLESS = "they count different things, or what is counted changed in between"


def _another_place(before: Observation, after: Observation) -> Step | None:
    if before.places and after.places and not before.places & after.places:
        here, there = ", ".join(sorted(after.places)), ", ".join(sorted(before.places))
        return Step(
            "other_scope", f"it is about {here}, the one before about {there}", "both names mean one place"
        )
    return None


def _another_scope(before: Observation, after: Observation) -> Step | None:
    if before.scope != after.scope and before.value != after.value:
        words = ", ".join(f"“{one}”" for one in sorted(before.scope ^ after.scope))
        return Step(
            "other_scope", f"only one of the two says {words}", "the other means the same without saying it"
        )
    return None


def _an_earlier_day(before: Observation, after: Observation) -> Step | None:
    if before.about and after.about and _apart(before.about, after.about) and after.about < before.about:
        because = f"it is about {after.about}, the one before about {before.about}"
        return Step("other_scope", because, "one of the dates was misread")
    return None


def _a_later_day(before: Observation, after: Observation) -> Step | None:
    if before.about and after.about and _apart(before.about, after.about):
        because = f"it is about {after.about}, the one before about {before.about}"
        return Step("updated", because, "one of the dates was misread")
    return None


def _the_same(before: Observation, after: Observation) -> Step | None:
    if (before.low, before.high, before.value) == (after.low, after.high, after.value):
        return Step("repeated", f"{_shown(before)} again", "it is about something else this time")
    return None


def _correcting(before: Observation, after: Observation) -> Step | None:
    if (after.corrects and before.document.id != after.document.id) or (
        after.corrects and before.said != after.said
    ):
        because = f"the report speaks of a correction; {_shown(before)} became {_shown(after)}"
        return Step("corrected", because, "another value was corrected")
    return None


def _rounded(before: Observation, after: Observation) -> Step | None:
    if before.value is None or after.value is None or before.value == after.value:
        return None
    for coarse, fine in ((after, before), (before, after)):
        within = 0.15 if coarse.comparison == "about" else 0.06
        if is_rounding(coarse.value, fine.value, within=within):  # type: ignore[arg-type]
            name = "rounded" if coarse is after else "updated"
            because = (
                f"{_shown(coarse)} is {_shown(fine)} rounded"
                if coarse is after
                else f"{_shown(fine)} is more exact than {_shown(coarse)}"
            )
            return Step(name, because, "the two are different values that only come close")  # type: ignore[arg-type]
    return None


def _bounded(before: Observation, after: Observation) -> Step | None:
    """One of the two is a bound ("more than 40") that the other keeps to."""
    loose, strict = _is_open(after), _is_open(before)
    if loose == strict or not _overlap(before, after):
        return None
    if loose:
        return Step(
            "rounded", f"{_shown(before)} keeps to {_shown(after)}", "the bound is about something else"
        )
    return Step("updated", f"{_shown(after)} keeps to {_shown(before)}", "the bound is about something else")


def _growing(before: Observation, after: Observation) -> Step | None:
    """What only grows while it is counted: later and larger is an update, not a contradiction."""
    if after.measure not in CUMULATIVE or not _is_later(before, after):
        return None
    if _least(after) is not None and _least(before) is not None and _least(after) > _least(before):  # type: ignore[operator]
        return Step(
            "updated",
            f"said later, and larger: {_shown(after)} after {_shown(before)}",
            "they are of two events",
        )
    return None


def _still_open(before: Observation, after: Observation) -> Step | None:
    """What goes on at two different times may have changed; of what is over, two values can't both hold."""
    if not _is_later(before, after) or after.measure in CUMULATIVE:
        return None
    if after.tense == "past" and before.tense == "past" and not after.about and not before.about:
        return None
    if before.about and before.about == after.about:
        return None
    because = f"said on {after.said}, the one before on {before.said}; it may have changed in between"
    return Step("updated", because, "both are about the same moment: then they contradict each other")


def _near_ranges(before: Observation, after: Observation) -> Step | None:
    if before.comparison == "between" or after.comparison == "between":
        if _overlap(before, after):
            return Step("updated", f"{_shown(after)} and {_shown(before)} overlap", "they are of two events")
    return None


RULES: tuple[Rule, ...] = (
    _another_place,
    _an_earlier_day,
    _a_later_day,
    _the_same,
    _correcting,
    _another_scope,
    _rounded,
    _bounded,
    _near_ranges,
    _growing,
    _still_open,
)
"""In this order: another place or day comes before everything, since then the numbers merely differ."""


def is_rounding(coarse: Number, fine: Number, *, within: float = 0.06) -> bool:
    """Whether a number is another one rounded to fewer digits.

    Args:
        within: how far it may be off, as a share of the exact one: 44 isn't commonly said to be 40.

    >>> is_rounding(5000, 4973), is_rounding(1.2e6, 1_187_000), is_rounding(4973, 5000), is_rounding(41, 40.6)
    (True, True, False, True)
    >>> is_rounding(40, 43), is_rounding(40, 39.6), is_rounding(50, 47)
    (False, True, False)
    """
    if coarse == fine or coarse == 0 or fine == 0 or abs(coarse) > 1e15 or abs(fine) > 1e15:
        return False
    step = _precision(coarse)
    return (
        abs(coarse - fine) * 2 <= step and _precision(fine) < step and abs(coarse - fine) < within * abs(fine)
    )


def _precision(number: Number) -> float:
    """The unit of the last digit that a number gives: 1,000 for 5,000; 0.1 for 40.6."""
    written = format(abs(number), ".10f").rstrip("0").rstrip(".")
    if "." in written:
        return float(10.0 ** -len(written.partition(".")[2]))
    return float(10 ** (len(written) - len(written.rstrip("0"))))


def _apart(one: str, other: str) -> bool:
    """Whether two days or periods have no day in common: neither is written as the beginning of the other."""
    return not (one.startswith(other) or other.startswith(one))


def _is_later(before: Observation, after: Observation) -> bool:
    return before.said is not None and after.said is not None and before.said < after.said


def _is_open(one: Observation) -> bool:
    return one.low is None or one.high is None


def _least(one: Observation) -> Number | None:
    return one.low if one.low is not None else one.value if one.value is not None else one.high


def _overlap(one: Observation, other: Observation) -> bool:
    infinite = float("inf")
    low = max(
        one.low if one.low is not None else -infinite, other.low if other.low is not None else -infinite
    )
    high = min(
        one.high if one.high is not None else infinite, other.high if other.high is not None else infinite
    )
    return low <= high


def compatible(one: Observation, other: Observation) -> bool:
    """Whether two values may both hold: equal, one the other rounded, or overlapping bounds."""
    return any(rule(one, other) is not None for rule in (_the_same, _rounded, _bounded, _near_ranges)) or (
        _is_open(one) and _is_open(other) and _overlap(one, other)
    )


def _shown(one: Observation) -> str:
    return f"“{one.words}”"

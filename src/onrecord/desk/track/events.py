"""Whether two quantities are of one event, and of one thing: before that, numbers merely differ."""

from __future__ import annotations

from datetime import date

from onrecord.desk.track.measures import is_count_of_people
from onrecord.desk.track.observing import Observation

ALIKE = 0.4
"""Least share of the smaller topic that both have, for two statements to be of one event."""
LEAST_COMMON = 2
"""Words of the topic in common, at least, where both have so many."""
CLOSE_DAYS = 60
"""Days between two statements on people who were killed or hurt, at most, to be of one event without more words."""
ONE_THING = 0.6
"""Least share of the topics in common, for two numbers to be of one thing, not only of one theme."""


def same_thing(one: Observation, other: Observation) -> bool:
    """Whether two observations count the same thing of one event."""
    if one.unit != other.unit:
        return False
    if one.measure != other.measure and not _is_left_out(one, other):
        return False
    return is_one_event(one, other)


def _is_left_out(one: Observation, other: Observation) -> bool:
    """Whether one of the two doesn't say what is counted, where a unit says enough."""
    return one.unit is not None and (one.measure is None or other.measure is None)


def is_one_event(one: Observation, other: Observation) -> bool:
    """Whether two statements are about one thing: enough of their words are the same."""
    common = one.topic & other.topic
    least = min(len(one.topic), len(other.topic))
    if least == 0:
        return is_count_of_people(one.measure) and days_between(one.said, other.said) <= CLOSE_DAYS
    return len(common) >= min(LEAST_COMMON, least) and alikeness(one, other) >= ALIKE


def days_between(one: str | None, other: str | None) -> int:
    """Days from one day to another (ISO 8601), 0 where one isn't known."""
    try:
        return abs((date.fromisoformat((one or "")[:10]) - date.fromisoformat((other or "")[:10])).days)
    except ValueError:
        return 0


def alikeness(one: Observation, other: Observation) -> float:
    """The share of the smaller topic that both have."""
    least = min(len(one.topic), len(other.topic))
    return len(one.topic & other.topic) / least if least else 0.0


def is_one_thing(one: Observation, other: Observation) -> bool:
    """Whether enough words are the same for two numbers to be of one thing, not only of one theme."""
    common = len(one.topic & other.topic)
    least, most = sorted((len(one.topic), len(other.topic)))
    if least == 0:
        return one.measure is not None and one.places == other.places
    return (
        common >= min(LEAST_COMMON, least)
        and common >= ONE_THING * least
        and 2 * common >= ONE_THING * (least + most)
    )

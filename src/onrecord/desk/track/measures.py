"""What a quantity measures: its unit and what is counted, in words that compare."""

from __future__ import annotations

import re

from onrecord.speakers.word_classes import fold, in_class, singular
from onrecord.types import Claim

_NO_MEASURES = frozenset(
    "ordinal age score vote fraction times year month week day hour minute second decade century night".split()
)
"""Units of what isn't tracked: ages, lengths of time, results, places in a row."""

_STATES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (state, re.compile(pattern, re.IGNORECASE))
    for state, pattern in (
        ("dead", r"\b(?:dead|deaths?|died|die|killed|kills?|killing|fatalit(?:y|ies)|lost\s+their\s+lives|death\s+toll|toll|bodies)\b"),
        ("injured", r"\b(?:injur\w+|wounded|hurt|hospitali[sz]ed)\b"),
        ("missing", r"\b(?:missing|unaccounted\s+for)\b"),
        ("arrested", r"\b(?:arrest\w*|detain\w*)\b"),
        ("displaced", r"\b(?:displaced|evacuated|homeless|fled)\b"),
        ("infected", r"\b(?:infected|cases|infections?)\b"),
    )
)  # fmt: skip
CUMULATIVE = frozenset(("dead", "injured", "arrested", "infected", "displaced"))
"""What only grows while it is counted: later and larger is an update."""

_PEOPLE = frozenset("person people man woman child resident civilian worker passenger villager".split())
_LEADING = re.compile(
    r"^(?:the|a|an|other|more|new|additional|further|total|confirmed|local|nearly|about|some)\s+"
)


def is_tracked(quantity: Claim) -> bool:
    """Whether a quantity is one that series are made of."""
    if quantity.value is None and quantity.low is None and quantity.high is None:
        return False
    unit = (quantity.unit or "").split(" per ")[0]
    return unit not in _NO_MEASURES


def measure_of(quantity: Claim, before: str, behind: str) -> str | None:
    """What is counted, as it is compared; ``None`` where the words don't say.

    Args:
        before, behind: the words of the statement around the quantity.

    >>> from onrecord.types import Span
    >>> people = Claim(None, "quantity", Span(0, 2, "12"), 12, 12, 12, of="people")
    >>> measure_of(people, "at least ", " people were killed"), measure_of(people, "", " people came")
    ('dead', 'person')
    """
    counted = fold(quantity.of or "")
    while (shorter := _LEADING.sub("", counted)) != counted:
        counted = shorter
    if quantity.unit is None and _may_be_people(counted):
        if state := _state(f"{counted} {_clause(behind)}") or _state(_clause_before(before)):
            return state
    if not counted:
        return None
    return " ".join(singular(word) for word in counted.split())


def _may_be_people(counted: str) -> bool:
    """Whether what is counted may be people, or isn't said: of missing e-mails nobody is missing."""
    if not counted:
        return True
    head = singular(counted.split()[-1])
    return head in _PEOPLE or in_class(head, "person") or _state(counted) is not None


def _state(words: str) -> str | None:
    """The state of people that words tell, the one that comes first."""
    found = [(match.start(), state) for state, pattern in _STATES if (match := pattern.search(words))]
    return min(found)[1] if found else None


def _clause(words: str) -> str:
    """Words up to where the next quantity or clause begins."""
    return re.split(r"[,;.]|\band\b|\bwhile\b|\bbut\b|\d", words, maxsplit=1)[0][:80]


def _clause_before(words: str) -> str:
    """Words back to where the clause begins."""
    return re.split(r"[,;.]|\band\b|\bwhile\b|\bbut\b|\d", words)[-1][-80:]


def is_count_of_people(measure: str | None) -> bool:
    """Whether it counts people."""
    return measure is not None and (measure in _PEOPLE or measure in {state for state, _ in _STATES})

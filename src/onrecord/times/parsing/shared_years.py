"""Dates in a row that share their year: "between *March* and June 2021", "*3 March* and 9 April 2017", "in *May*, *June* and July last year"."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from onrecord.lang.en.numbers.numerals import DASHES, HYPHENS
from onrecord.text.passages import Passage
from onrecord.times.parsing.expression import TimeExpression

LINKS = (
    frozenset(("and", "or", "to", "till", "until", "through", "&")) | frozenset(DASHES) | frozenset(HYPHENS)
)
BESIDE = frozenset(("on", "in", "from", "the"))
CALENDAR = ("day", "month")
OTHER_YEARS = ("last year", "this year", "next year")


def share_years(passage: Passage, expressions: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The expressions of a passage, those without a year of their own with that of the one they are in a row with."""
    shared = list(expressions)
    for place in range(len(shared) - 2, -1, -1):
        left, right = shared[place], shared[place + 1]
        told = left.year is not None or left.relation is not None or left.numeric
        if left.kind not in CALENDAR or right.kind not in CALENDAR or told:
            continue
        listed = place + 2 < len(shared) and right != expressions[place + 1]
        if not _is_row(passage, left, right, listed=listed):
            continue
        wraps = _order(left) > _order(right)
        if right.year is not None:
            shared[place] = dataclasses.replace(left, year=right.year - wraps)
        elif right.relation in OTHER_YEARS and not wraps:
            shared[place] = dataclasses.replace(left, relation=right.relation)
    return shared


def _is_row(passage: Passage, left: TimeExpression, right: TimeExpression, *, listed: bool) -> bool:
    """Whether only a word that joins stands between two expressions; a comma joins where the second is in a row already."""
    between = passage.low[left.last : right.first]
    links = [word for word in between if word not in BESIDE]
    if links == [","]:
        return listed
    return links in ([word] for word in LINKS) or (len(links) == 2 and links[0] == "," and links[1] in LINKS)


def _order(expression: TimeExpression) -> tuple[int, int]:
    return expression.month or 1, expression.day or 0

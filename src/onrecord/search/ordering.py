"""The statements that fit, in an order: by day, by relevance, by any of the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from sqlalchemy import Connection

from onrecord.record.keys import LAST_KEY
from onrecord.record.retrieval import load_passages
from onrecord.record.word_index import Condition, Group, Term
from onrecord.search.conditions import filter_conditions, find_matching, query_terms
from onrecord.search.cursors import Cursor, parse_cursor
from onrecord.search.query import Query
from onrecord.search.ranking import informative, score_passages, weigh_terms

_WINDOW = 500  # newest matches that are ranked together
_POOL = 500  # candidates for "any of the words"

RankedKeys = list[tuple[float | None, int]]
"""Scores and keys, best first."""


def search_by_day(
    connection: Connection, query: Query, condition: Condition
) -> tuple[RankedKeys, Cursor | None]:
    """Newest first, or oldest first: no score, and a page ends at a key."""
    cursor, oldest = parse_cursor(query.after, "day"), query.sort == "oldest"
    low = cursor.key + 1 if cursor and oldest else 0
    high = cursor.key - 1 if cursor and not oldest else LAST_KEY
    keys = find_matching(
        connection, query, condition, low=low, high=high, limit=query.limit + 1, oldest=oldest
    )
    shown: RankedKeys = [(None, key) for key in keys[: query.limit]]
    return shown, Cursor("day", keys[query.limit - 1]) if len(keys) > query.limit else None


def search_by_relevance(
    connection: Connection, query: Query, condition: Condition
) -> tuple[RankedKeys, Cursor | None]:
    """Ranks a window of the newest matches, then the window before it. A window once begun keeps its bounds
    from page to page.
    """
    terms = query_terms(query)
    at = parse_cursor(query.after, "window")
    if at is None or len(at.weights) != len(terms):
        # What words weigh is fixed on the first page and goes along: the order stays as it was
        # while reports come in.
        at = Cursor("window", weights=tuple(weigh_terms(connection, terms).values()))
    weights = dict(zip(terms, at.weights, strict=True))
    shown: RankedKeys = []
    while True:
        keys = find_matching(
            connection, query, condition, low=at.low or 0, high=at.high, limit=_WINDOW * (2 if at.low else 1)
        )
        ranked = _rank(connection, keys, weights)
        if at.score is not None:
            ranked = [item for item in ranked if rank_key(item) > rank_key((at.score, at.key))]
        room = query.limit - len(shown)
        shown += ranked[:room]
        if len(ranked) > room:
            value, key = shown[-1]
            return shown, replace(at, low=at.low or min(keys), score=value, key=key)
        if at.low is None and len(keys) < _WINDOW:
            return shown, None
        at = replace(at, high=(at.low or min(keys)) - 1, low=None, score=None)
        if len(shown) == query.limit:
            more = find_matching(connection, query, condition, high=at.high, limit=1)
            return shown, at if more else None


def _rank(connection: Connection, keys: Sequence[int], weights: dict[Term, float]) -> RankedKeys:
    return sorted(score_passages(load_passages(connection, keys), weights), key=rank_key)


def rank_key(item: tuple[float | None, int]) -> tuple[float, int]:
    """What sorts scores with their keys: the best first, and of equals the newest."""
    return -(item[0] or 0.0), -item[1]


def rank_any(connection: Connection, query: Query) -> RankedKeys:
    """The statements with any of the words, best first: those with the rarest words, and with pairs of
    them.
    """
    terms = query_terms(query)
    filters = filter_conditions(query)
    if not terms or filters is None:
        return []
    weights = weigh_terms(connection, terms)
    rarest = sorted(informative(terms), key=lambda term: -weights[term])
    keys: dict[int, None] = {}
    for together in _combinations(rarest):
        if (room := min(_POOL - len(keys), _POOL // 3)) > 0:
            condition = Group("all", (*together, *filters))
            keys.update(dict.fromkeys(find_matching(connection, query, condition, limit=room)))
    return _rank(connection, list(keys), weights)


def _combinations(rarest: Sequence[Term]) -> Iterator[tuple[Term, ...]]:
    if len(rarest) > 2:
        yield tuple(rarest)
    yield from combinations(rarest[:4], 2)
    yield from ((term,) for term in rarest[:8])


def cut_page(ranked: RankedKeys, query: Query) -> tuple[RankedKeys, Cursor | None]:
    """The page of a whole ranking."""
    if (cursor := parse_cursor(query.after, "rank")) is not None:
        ranked = [item for item in ranked if rank_key(item) > rank_key((cursor.score, cursor.key))]
    shown = ranked[: query.limit]
    return shown, Cursor("rank", shown[-1][1], shown[-1][0]) if len(ranked) > query.limit else None

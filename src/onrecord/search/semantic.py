"""The statements nearest in meaning to a question: alone, and fused with those that have its words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from onrecord.record import Record
from onrecord.record.keys import LAST_KEY, keys_between
from onrecord.record.retrieval import load_passages
from onrecord.record.word_index import Condition, Group, match_keys
from onrecord.search.conditions import filter_by_quantity, filter_conditions, find_matching, query_terms
from onrecord.search.cursors import Cursor
from onrecord.search.ordering import RankedKeys, cut_page, rank_any, rank_key
from onrecord.search.query import Query
from onrecord.search.ranking import MAX_OF_A_TERM, score_passages, statements_about, weigh_terms

_FUSED = 200  # best of each kind that are fused
# What a cosine counts beside the share of the words' weight that a statement has: 0.5 to 0.7 was best on either half
# of the judged questions (docs/semantic-search.md), and better than reciprocal ranks.
_MEANING = 0.6
# From which cosine on a statement is close: one that a question about something else reaches in one record of
# twenty, measured with 30 such questions on 10 to 20,253 statements, where it grows with their logarithm
# (0.32 at 10, 0.41 at 100, 0.48 at 2,000, 0.52 at 20,253; docs/semantic-search.md).
_CLOSE_AT_ONE, _CLOSE_PER_TEN = 0.28, 0.06
# From which score of words and meaning together on, above that cosine's share: costs 3 of the 402 answers among
# the first ten hits of the judged questions.
_CLOSE_BY_WORDS = 0.12
_FEW = 20_000  # matches of the filters up to which meaning is compared among them alone


def semantic_search(
    record: Record, connection: Connection, query: Query, question: NDArray[np.float32]
) -> tuple[RankedKeys, Cursor | None, RankedKeys]:
    """The nearest of those that fit the filters, or, where the query is by both, these and the best by words, each
    scored by both and left out where it is far.

    Args:
        question: float32 [width], the vector of the query's words.

    Returns:
        The page's scores and keys, where the next page begins, and, where none is close enough, the nearest one.
    """
    filters = filter_conditions(query)
    if filters is None:
        return [], None, []
    near = _nearest(record, connection, query, filters, question)
    if query.by == "meaning":
        return *cut_page([(round(cosine, 6), key) for key, cosine in near], query), []
    keys = dict.fromkeys(key for key, _ in near)
    keys |= dict.fromkeys(key for _, key in rank_any(connection, query)[:_FUSED])
    cosines = dict(record.nearest(question, among=keys, low=0, high=LAST_KEY, limit=len(keys)))
    ranked = _fuse(connection, query, list(keys), cosines)
    close = least_cosine(statements_about(connection))
    kept = [
        (score, key)
        for score, key in ranked
        if cosines.get(key, 0.0) >= close or (score or 0.0) >= _MEANING * close + _CLOSE_BY_WORDS
    ]
    return *cut_page(kept, query), [] if kept else ranked[:1]


def least_cosine(statements: int) -> float:
    """The cosine from which on a statement is close to a question, in a record of so many statements: the more
    there are, the nearer the nearest is by chance.

    >>> [round(least_cosine(count), 2) for count in (1, 100, 20_000)]
    [0.28, 0.4, 0.54]
    """
    return _CLOSE_AT_ONE + _CLOSE_PER_TEN * math.log10(max(statements, 1))


def _fuse(
    connection: Connection, query: Query, keys: Sequence[int], cosines: Mapping[int, float]
) -> RankedKeys:
    """Ranks statements by their words and their meaning together; each of them is scored by both."""
    weights = weigh_terms(connection, query_terms(query))
    most = sum(weights.values()) * MAX_OF_A_TERM or 1.0
    scored = score_passages(load_passages(connection, keys), weights)
    fused = ((round(value / most + _MEANING * cosines.get(key, 0.0), 6), key) for value, key in scored)
    return sorted(fused, key=rank_key)


def _nearest(
    record: Record,
    connection: Connection,
    query: Query,
    filters: list[Condition],
    question: NDArray[np.float32],
) -> list[tuple[int, float]]:
    low, high = keys_between(query.since, query.until)
    if not filters:
        return record.nearest(question, among=None, low=low, high=high, limit=_FUSED)
    condition = Group("all", tuple(filters))
    among = find_matching(connection, query, condition, limit=_FEW)
    if len(among) < _FEW:
        return record.nearest(question, among=among, low=low, high=high, limit=_FUSED)
    # So many fit the filters that some of the nearest do.
    near = record.nearest(question, among=None, low=low, high=high, limit=_FUSED * 5)
    fitting = match_keys(connection, condition, [key for key, _ in near])
    if query.quantity is not None:
        fitting &= set(filter_by_quantity(connection, query, sorted(fitting)))
    return [(key, cosine) for key, cosine in near if key in fitting][:_FUSED]

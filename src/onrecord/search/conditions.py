"""A query as the word index is asked it, and the keys of the statements that fit."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sqlalchemy import Connection, select

from onrecord.record.folding import fold_name
from onrecord.record.index_tokens import (
    ACT,
    COUNTRY,
    FORM,
    PLACE,
    PUBLISHER,
    PUBLISHER_NAME,
    SPEAKER,
    SPEAKER_NAME,
    STANCE,
    TARGET,
    TARGET_NAME,
    UNIT,
    filter_token,
    magnitude_tokens,
    name_tokens,
)
from onrecord.record.keys import LAST_KEY, document_of, keys_between, position_of
from onrecord.record.schema import claims
from onrecord.record.word_index import Condition, Group, Term, find_keys
from onrecord.search.query import Query
from onrecord.search.query_parser import EVERYTHING, parse_any, parse_words, terms_of


def query_terms(query: Query) -> list[Term]:
    """The words that a query looks for, each once."""
    return terms_of(_words(query))


def _words(query: Query) -> Condition | None:
    return parse_any(query.words) if query.match == "any" or query.by != "words" else parse_words(query.words)


def condition_for(query: Query) -> Condition | None:
    """All that the index can decide; ``None`` where nothing can fit."""
    filters = filter_conditions(query)
    if filters is None:
        return None
    if query.words.strip():
        words = _words(query)
        return None if words is None else Group("all", (words, *filters))
    return Group("all", tuple(filters)) if filters else EVERYTHING


def filter_conditions(query: Query) -> list[Condition] | None:
    """The conditions of all filters but the days; ``None`` where one can't fit anything."""
    wanted: list[str | None] = []
    for kind, value in ((ACT, query.act), (FORM, query.form), (STANCE, query.stance), (UNIT, query.unit)):
        if value is not None:
            wanted.append(filter_token(kind, value))
    for word, whole, name in (
        (SPEAKER, SPEAKER_NAME, query.speaker),
        (TARGET, TARGET_NAME, query.target),
        (PUBLISHER, PUBLISHER_NAME, query.publisher),
    ):
        if name is not None:
            found = [filter_token(whole, name)] if query.exact_names else name_tokens(word, name)[:20]
            wanted += found if fold_name(name) else [None]
    conditions: list[Condition] = [Term(token) for token in wanted if token is not None]
    if query.place is not None:
        filter_tokens = [
            filter_token(PLACE, query.place),
            *([filter_token(COUNTRY, query.place)] if len(query.place) == 2 else []),
        ]
        conditions.append(Group("any", tuple(map(Term, filter_tokens))))
        wanted += filter_tokens if fold_name(query.place) else [None]
    if query.quantity is not None:
        low, high = query.quantity
        filter_tokens = magnitude_tokens(
            -math.inf if low is None else low, math.inf if high is None else high, every=True
        )
        conditions.append(Group("any", tuple(map(Term, filter_tokens)) or (Term("\u00a7"),)))
        wanted += filter_tokens or [None]
    return None if None in wanted else conditions


def find_matching(
    connection: Connection,
    query: Query,
    condition: Condition,
    *,
    low: int = 0,
    high: int = LAST_KEY,
    limit: int,
    oldest: bool = False,
) -> list[int]:
    """The keys of the statements that fit: the condition, the query's days, and its quantity.

    Args:
        low, high: the first and the last key to take.
        limit: how many keys at most.
        oldest: from the oldest on; else from the newest.
    """
    first, last = keys_between(query.since, query.until)
    low, high = max(low, first), min(high, last)
    if query.quantity is None:
        return (
            find_keys(connection, condition, low=low, high=high, limit=limit, oldest_first=oldest)
            if low <= high
            else []
        )
    kept: list[int] = []
    while low <= high and len(kept) < limit:
        asked = max(limit, 100) * 2
        keys = find_keys(connection, condition, low=low, high=high, limit=asked, oldest_first=oldest)
        kept += filter_by_quantity(connection, query, keys)
        if len(keys) < asked:
            break
        low, high = (keys[-1] + 1, high) if oldest else (low, keys[-1] - 1)
    return kept[:limit]


def filter_by_quantity(connection: Connection, query: Query, keys: Sequence[int]) -> list[int]:
    """The keys of those whose quantity is within the range: the index knows steps of a scale only."""
    low, high = query.quantity or (None, None)
    wanted = select(claims.c.document, claims.c.statement, claims.c.unit).where(
        claims.c.document.in_({document_of(key) for key in keys}),
        claims.c.statement.is_not(None),
        claims.c.type == "quantity",
    )
    if low is not None:
        wanted = wanted.where(claims.c.high >= float(low))
    if high is not None:
        wanted = wanted.where(claims.c.low <= float(high))
    unit = None if query.unit is None else fold_name(query.unit)
    places = {
        (row.document, row.statement)
        for row in (connection.execute(wanted) if keys else ())
        if unit is None or fold_name(row.unit or "") == unit
    }
    return [key for key in keys if (document_of(key), position_of(key)) in places]

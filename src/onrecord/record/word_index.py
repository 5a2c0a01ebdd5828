"""The word index: an inverted index by FTS5 on SQLite, by ``tsvector`` and GIN on PostgreSQL, asked in one
way.

Matches come newest first, a bounded number at a time: the time of a search depends on what is shown, not on
what is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, text

from onrecord.record.keys import LAST_KEY

_COUNTED = (
    20_000  # matches of a word that are counted on SQLite; from there on it is "frequent", however frequent
)
_FEW = 2_500  # matches that PostgreSQL takes from its index without a second thought
_STEP = 1_000  # rows that it looks through at least
# What a row looked through costs, and a match taken from the index, in microseconds; measured on 600,000 and 2.4 million
# rows that lie in the server's cache.
_LOOK, _TAKE = 0.5, 2.0


@dataclass(frozen=True, slots=True)
class Term:
    """One token, or with ``prefix`` every token that begins with it."""

    token: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens one after another."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All or any of several conditions, and none of others. ``parts`` is not empty."""

    kind: Literal["all", "any"]
    parts: tuple[Condition, ...]
    without: tuple[Condition, ...] = ()


Condition = Term | Phrase | Group


def write_tokens(connection: Connection, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Adds the tokens of statements under their keys."""
    if connection.dialect.name == "sqlite":
        statement = "INSERT INTO word_index (rowid, tokens) VALUES (:row, :tokens)"
        values = [{"row": row, "tokens": " ".join(tokens)} for row, tokens in rows]
    else:
        statement = 'INSERT INTO word_index ("row", tokens) VALUES (:row, CAST(:tokens AS tsvector))'
        values = [{"row": row, "tokens": _vector(tokens)} for row, tokens in rows]
    if values:
        connection.execute(text(statement), values)


def erase_tokens(connection: Connection, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Takes out the tokens of statements; they must be those that were written."""
    if connection.dialect.name == "sqlite":
        statement = "INSERT INTO word_index (word_index, rowid, tokens) VALUES ('delete', :row, :tokens)"
        values = [{"row": row, "tokens": " ".join(tokens)} for row, tokens in rows]
    else:
        statement = 'DELETE FROM word_index WHERE "row" = :row'
        values = [{"row": row} for row, _ in rows]
    if values:
        connection.execute(text(statement), values)


def _vector(tokens: Sequence[str]) -> str:
    # Tokens have letters, digits and our two marks only, so quotation marks around them are all it takes.
    return " ".join(f"'{token}':{place}" for place, token in enumerate(tokens, start=1))


def find_keys(
    connection: Connection,
    condition: Condition,
    *,
    low: int = 0,
    high: int = LAST_KEY,
    limit: int,
    oldest_first: bool = False,
) -> list[int]:
    """The keys of matching statements, newest first.

    Args:
        low, high: the first and last key to take.
        limit: the most keys to return.
        oldest_first: begin at the other end.
    """
    order = "ASC" if oldest_first else "DESC"
    if connection.dialect.name == "sqlite":
        found = connection.execute(
            text(
                "SELECT rowid FROM word_index WHERE word_index MATCH :query AND rowid BETWEEN :low AND :high "
                f"ORDER BY rowid {order} LIMIT :limit"
            ),
            {"query": _fts5(condition), "low": low, "high": high, "limit": limit},
        )
        return list(found.scalars())
    asked: dict[str, int | str] = {"query": _tsquery(condition), "low": low, "high": high, "limit": limit}
    return _find_on_postgresql(connection, asked, order)


def _find_on_postgresql(connection: Connection, asked: dict[str, int | str], order: str) -> list[int]:
    # Left alone, the planner would choose by estimates that are far out for words that go, or don't go, together, and
    # the wrong choice reads the whole table. So its estimate is where to begin: few matches are taken from the index, and
    # where many stand they are found by looking through the newest rows; what those hold corrects the estimate.
    matches = _estimate(connection, str(asked["query"]))
    if matches <= _FEW:
        if (keys := _take_few(connection, asked, order)) is not None:
            return keys
        matches = 4 * _FEW
    every = connection.scalar(
        text("SELECT reltuples FROM pg_class WHERE oid = CAST('word_index' AS regclass)")
    )
    total, limit = max(int(every or 0), 1), int(asked["limit"])
    keys, looked, left = [], 0, dict(asked)
    while True:
        rows = max(_STEP, (limit - len(keys)) * total * 5 // (4 * max(matches, 1)))
        if rows * _LOOK >= matches * _TAKE:
            return _take(connection, asked, order)
        found, seen, last = _look_through(connection, left, rows, order)
        keys, looked = keys + found, looked + seen
        if len(keys) >= limit or seen < rows:
            return keys[:limit]
        left["low" if order == "ASC" else "high"] = last + (1 if order == "ASC" else -1)
        matches = total * max(len(keys), 1) // looked


def _take_few(connection: Connection, asked: dict[str, int | str], order: str) -> list[int] | None:
    """All matches from the index; ``None`` where they are far more than the planner took them for."""
    matches, keys = connection.execute(
        text(
            'WITH found AS MATERIALIZED (SELECT "row" FROM word_index WHERE tokens @@ CAST(:query AS tsquery) LIMIT :most) '
            "SELECT (SELECT count(*) FROM found), "
            'ARRAY(SELECT "row" FROM found WHERE "row" BETWEEN :low AND :high '
            f'ORDER BY "row" {order} LIMIT :limit)'
        ),
        {**asked, "most": 4 * _FEW},
    ).one()
    return None if matches == 4 * _FEW else list(keys)


def _take(connection: Connection, asked: dict[str, int | str], order: str) -> list[int]:
    """The first matches, all taken from the index and put into order."""
    found = connection.execute(
        text(
            'WITH found AS MATERIALIZED (SELECT "row" FROM word_index WHERE tokens @@ CAST(:query AS tsquery)) '
            f'SELECT "row" FROM found WHERE "row" BETWEEN :low AND :high ORDER BY "row" {order} LIMIT :limit'
        ),
        asked,
    )
    return list(found.scalars())


def _look_through(
    connection: Connection, asked: dict[str, int | str], rows: int, order: str
) -> tuple[list[int], int, int]:
    """The matches among the first rows of a range of keys, how many rows there were, and the key of the last."""
    keys, seen, last = connection.execute(
        text(
            'SELECT (array_agg("row") FILTER (WHERE hit))[1:CAST(:limit AS integer)], count(*), '
            f'{"max" if order == "ASC" else "min"}("row") FROM ('
            'SELECT "row", tokens @@ CAST(:query AS tsquery) AS hit FROM ('
            'SELECT "row", tokens FROM word_index WHERE "row" BETWEEN :low AND :high '
            f'ORDER BY "row" {order} LIMIT :rows) newest OFFSET 0) looked'
        ),
        {**asked, "rows": rows},
    ).one()
    return sorted(keys or (), reverse=order == "DESC"), int(seen), int(last or 0)


def match_keys(connection: Connection, condition: Condition, keys: Sequence[int]) -> set[int]:
    """Those of the keys that match."""
    if connection.dialect.name == "sqlite":
        one = text("SELECT 1 FROM word_index WHERE word_index MATCH :query AND rowid = :key")
        query = _fts5(condition)
        return {key for key in keys if connection.scalar(one, {"query": query, "key": key})}
    many = text('SELECT "row" FROM word_index WHERE "row" = ANY(:keys) AND tokens @@ CAST(:query AS tsquery)')
    return set(connection.scalars(many, {"query": _tsquery(condition), "keys": list(keys)}))


def count_matches(connection: Connection, condition: Condition) -> int:
    """About how many statements match: exact on SQLite up to 20,000, the planner's estimate on PostgreSQL."""
    if connection.dialect.name == "sqlite":
        counted = connection.scalar(
            text(
                f"SELECT count(*) FROM (SELECT 1 FROM word_index WHERE word_index MATCH :query LIMIT {_COUNTED})"
            ),
            {"query": _fts5(condition)},
        )
        return int(counted or 0)
    return min(_estimate(connection, _tsquery(condition)), _COUNTED)


def _estimate(connection: Connection, query: str) -> int:
    """How many statements match, as PostgreSQL's planner has it."""
    plan = connection.scalar(
        text("EXPLAIN (FORMAT JSON) SELECT 1 FROM word_index WHERE tokens @@ CAST(:query AS tsquery)"),
        {"query": query},
    )
    return int(plan[0]["Plan"]["Plan Rows"]) if plan else 0


def _fts5(condition: Condition) -> str:
    match condition:
        case Term(token, prefix):
            return f'"{token}"{" *" if prefix else ""}'
        case Phrase(tokens):
            return f'"{" ".join(tokens)}"'
        case Group(kind, parts, without):
            found = f"({(' AND ' if kind == 'all' else ' OR ').join(map(_fts5, parts))})"
            return f"({found} NOT ({' OR '.join(map(_fts5, without))}))" if without else found


def _tsquery(condition: Condition) -> str:
    match condition:
        case Term(token, prefix):
            return f"'{token}'{':*' if prefix else ''}"
        case Phrase(tokens):
            return f"({' <-> '.join(map(repr, tokens))})"
        case Group(kind, parts, without):
            found = f"({(' & ' if kind == 'all' else ' | ').join(map(_tsquery, parts))})"
            return f"({found} & !({' | '.join(map(_tsquery, without))}))" if without else found

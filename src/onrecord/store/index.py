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

from onrecord.store.keys import LAST_KEY

_COUNTED = (
    20_000  # matches of a word that are counted on SQLite; from there on it is "frequent", however frequent
)
_LOOKED_AT = 10_000  # newest rows that PostgreSQL looks through before it asks the index
_MOST_LOOKED_AT = 60_000  # where that is cheaper still


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
        statement = "INSERT INTO words (rowid, tokens) VALUES (:row, :tokens)"
        values = [{"row": row, "tokens": " ".join(tokens)} for row, tokens in rows]
    else:
        statement = 'INSERT INTO words ("row", tokens) VALUES (:row, CAST(:tokens AS tsvector))'
        values = [{"row": row, "tokens": _vector(tokens)} for row, tokens in rows]
    if values:
        connection.execute(text(statement), values)


def erase_tokens(connection: Connection, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Takes out the tokens of statements; they must be those that were written."""
    if connection.dialect.name == "sqlite":
        statement = "INSERT INTO words (words, rowid, tokens) VALUES ('delete', :row, :tokens)"
        values = [{"row": row, "tokens": " ".join(tokens)} for row, tokens in rows]
    else:
        statement = 'DELETE FROM words WHERE "row" = :row'
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
                "SELECT rowid FROM words WHERE words MATCH :query AND rowid BETWEEN :low AND :high "
                f"ORDER BY rowid {order} LIMIT :limit"
            ),
            {"query": _fts5(condition), "low": low, "high": high, "limit": limit},
        )
        return list(found.scalars())
    return _find_on_postgresql(connection, _tsquery(condition), low, high, limit, order)


def _find_on_postgresql(
    connection: Connection, query: str, low: int, high: int, limit: int, order: str
) -> list[int]:
    # The planner would choose by estimates that are far out for words that go, or don't go, together, and the
    # wrong choice reads the whole table. So: look through the newest rows; where they don't fill the page, what they
    # hold tells how many rows would, and whether it is cheaper to take all matches from the index. Measured on
    # 600,000 rows: half a microsecond a row looked through, two for each match taken from the index.
    values: dict[str, int | str] = {"query": query, "low": low, "high": high, "limit": limit}
    keys = _look_through(connection, values, _LOOKED_AT, order)
    more = 'SELECT 1 FROM words WHERE "row" BETWEEN :low AND :high OFFSET :rows LIMIT 1'
    if len(keys) == limit or not connection.scalar(text(more), {**values, "rows": _LOOKED_AT}):
        return keys
    rows = _LOOKED_AT * limit * 5 // (4 * max(len(keys), 1))
    if rows <= _MOST_LOOKED_AT:
        keys = _look_through(connection, values, rows, order)
        if len(keys) == limit:
            return keys
    found = connection.execute(
        text(
            'WITH found AS MATERIALIZED (SELECT "row" FROM words WHERE tokens @@ CAST(:query AS tsquery)) '
            f'SELECT "row" FROM found WHERE "row" BETWEEN :low AND :high ORDER BY "row" {order} LIMIT :limit'
        ),
        values,
    )
    return list(found.scalars())


def _look_through(connection: Connection, values: dict[str, int | str], rows: int, order: str) -> list[int]:
    """The matches among the first rows of a range of keys."""
    looked = connection.execute(
        text(
            'SELECT "row" FROM (SELECT "row", tokens @@ CAST(:query AS tsquery) AS hit FROM ('
            'SELECT "row", tokens FROM words WHERE "row" BETWEEN :low AND :high '
            f'ORDER BY "row" {order} LIMIT :rows) newest OFFSET 0) looked WHERE hit '
            f'ORDER BY "row" {order} LIMIT :limit'
        ),
        {**values, "rows": rows},
    )
    return list(looked.scalars())


def match_keys(connection: Connection, condition: Condition, keys: Sequence[int]) -> set[int]:
    """Those of the keys that match."""
    if connection.dialect.name == "sqlite":
        one = text("SELECT 1 FROM words WHERE words MATCH :query AND rowid = :key")
        query = _fts5(condition)
        return {key for key in keys if connection.scalar(one, {"query": query, "key": key})}
    many = text('SELECT "row" FROM words WHERE "row" = ANY(:keys) AND tokens @@ CAST(:query AS tsquery)')
    return set(connection.scalars(many, {"query": _tsquery(condition), "keys": list(keys)}))


def count_matches(connection: Connection, condition: Condition) -> int:
    """About how many statements match: exact on SQLite up to 20,000, the planner's estimate on PostgreSQL."""
    if connection.dialect.name == "sqlite":
        counted = connection.scalar(
            text(f"SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH :query LIMIT {_COUNTED})"),
            {"query": _fts5(condition)},
        )
        return int(counted or 0)
    plan = connection.scalar(
        text("EXPLAIN (FORMAT JSON) SELECT 1 FROM words WHERE tokens @@ CAST(:query AS tsquery)"),
        {"query": _tsquery(condition)},
    )
    return min(int(plan[0]["Plan"]["Plan Rows"]), _COUNTED) if plan else 0


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

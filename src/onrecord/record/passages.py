"""The passage index: every word of every text, so that words that no statement covers are found too.

A text is cut into passages of 100 words, each with the 20 words after it, so that a short quotation stands
whole in one of them. The index knows which tokens a passage has, not where: who asks reads the passage and
compares it word by word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from onrecord.record.folding import analyze_words
from onrecord.record.keys import MAX_STATEMENTS, POSITION_BITS
from onrecord.record.schema import passages

STEP, OVERLAP = 100, 20
"""Words of a passage before the next one begins, and words that both have."""

_COUNTED = 5_000  # passages with a token that are counted; from there on it is "frequent"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text: half-open code points, and its tokens, each once."""

    start: int
    end: int
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage out of the index: the document's row, and half-open code points of its text."""

    document: int
    start: int
    end: int


def passages_of(text: str) -> Iterator[Passage]:
    """Yields the passages of a text, in order.

    >>> [(found.start, found.end) for found in passages_of("We won't pay.")]
    [(0, 12)]
    """
    words = list(analyze_words(text))
    for first in range(0, len(words), STEP):
        part = words[first : first + STEP + OVERLAP]
        if first and len(part) <= OVERLAP:
            break  # all of it stands in the passage before
        yield Passage(part[0][0], part[-1][1], tuple(dict.fromkeys(token for _, _, token in part)))


def write_passages(connection: Connection, document: int, text_: str) -> None:
    """Adds the passages of a document's text to the index."""
    rows, tokens = [], []
    for number, passage in enumerate(passages_of(text_)):
        if number >= MAX_STATEMENTS:
            break
        row = document << POSITION_BITS | number
        rows.append({"row": row, "document": document, "start": passage.start, "end": passage.end})
        tokens.append({"row": row, "tokens": _written(connection, passage.tokens)})
    if rows:
        connection.execute(passages.insert(), rows)
        connection.execute(text(_INSERT[connection.dialect.name]), tokens)


def erase_passages(connection: Connection, document: int, text_: str) -> None:
    """Takes the passages of a document out of the index.

    Args:
        text_: the document's text, which must be the one that was written.
    """
    if connection.dialect.name == "sqlite":
        values = [
            {"row": document << POSITION_BITS | number, "tokens": " ".join(passage.tokens)}
            for number, passage in enumerate(passages_of(text_))
            if number < MAX_STATEMENTS
        ]
        if values:
            query = (
                "INSERT INTO passage_words (passage_words, rowid, tokens) VALUES ('delete', :row, :tokens)"
            )
            connection.execute(text(query), values)
    else:
        first, last = _rows_of(document)
        query = 'DELETE FROM passage_words WHERE "row" BETWEEN :first AND :last'
        connection.execute(text(query), {"first": first, "last": last})
    connection.execute(passages.delete().where(passages.c.row.between(*_rows_of(document))))


_INSERT = {
    "sqlite": "INSERT INTO passage_words (rowid, tokens) VALUES (:row, :tokens)",
    "postgresql": 'INSERT INTO passage_words ("row", tokens) VALUES (:row, CAST(:tokens AS tsvector))',
}


def _written(connection: Connection, tokens: Sequence[str]) -> str:
    if connection.dialect.name == "sqlite":
        return " ".join(tokens)
    return " ".join(f"'{token}'" for token in tokens)


def _rows_of(document: int) -> tuple[int, int]:
    return document << POSITION_BITS, (document + 1 << POSITION_BITS) - 1


Alternatives = Sequence[Sequence[str]]
"""Sets of tokens: a passage matches that has all tokens of one of them."""


def find_passages(
    connection: Connection, alternatives: Alternatives, *, limit: int, oldest_first: bool = False
) -> list[FoundPassage]:
    """The passages that have all tokens of one of the alternatives, those added last first.

    Args:
        limit: the most passages to return.
        oldest_first: begin with those added first.
    """
    if not alternatives:
        return []
    on_sqlite = connection.dialect.name == "sqlite"
    conjunction, disjunction, quote_mark = (" AND ", " OR ", '"') if on_sqlite else (" & ", " | ", "'")
    query = disjunction.join(
        f"({conjunction.join(f'{quote_mark}{token}{quote_mark}' for token in tokens)})"
        for tokens in alternatives
    )
    order = "ASC" if oldest_first else "DESC"
    rows = connection.execute(
        text(_FIND["sqlite" if on_sqlite else "postgresql"].format(order=order)),
        {"query": query, "limit": limit},
    ).scalars()
    return _load(connection, list(rows))


_FIND = {
    "sqlite": (
        "SELECT rowid FROM passage_words WHERE passage_words MATCH :query ORDER BY rowid {order} LIMIT :limit"
    ),
    "postgresql": (
        "WITH found AS MATERIALIZED ("
        'SELECT "row" FROM passage_words WHERE tokens @@ CAST(:query AS tsquery)) '
        'SELECT "row" FROM found ORDER BY "row" {order} LIMIT :limit'
    ),
}


def _load(connection: Connection, rows: Sequence[int]) -> list[FoundPassage]:
    found = {}
    for at in range(0, len(rows), _AT_ONCE):
        query = passages.select().where(passages.c.row.in_(rows[at : at + _AT_ONCE]))
        for item in connection.execute(query):
            found[item.row] = FoundPassage(item.document, item.start, item.end)
    return [found[row] for row in rows if row in found]


def count_passages(connection: Connection, token: str) -> int:
    """In about how many passages a token is: exact up to 5,000."""
    where = "passage_words MATCH :query" if connection.dialect.name == "sqlite" else (
        "tokens @@ CAST(:query AS tsquery)"
    )  # fmt: skip
    quote_mark = '"' if connection.dialect.name == "sqlite" else "'"
    counted = connection.scalar(
        text(f"SELECT count(*) FROM (SELECT 1 FROM passage_words WHERE {where} LIMIT {_COUNTED}) counted"),
        {"query": f"{quote_mark}{token}{quote_mark}"},
    )
    return int(counted or 0)

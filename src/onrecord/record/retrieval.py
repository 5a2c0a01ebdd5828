"""Reading rows back: whole reports, and the statements that a search shows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection, select

from onrecord.record.keys import keys_of, position_of
from onrecord.record.rows import (
    Fields,
    join,
    join_document,
    join_speaker,
    join_statement,
    join_text,
    unescape,
)
from onrecord.record.schema import claims, documents, models, speakers, statements, texts
from onrecord.types import Document, Published, Report, Speaker, Statement

_LONGEST_PASSAGE = 20_000  # characters of a statement that are compared with a search's words


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document without its text; ``added`` is when it was ingested (ISO 8601, UTC)."""

    id: str
    origin: str
    title: str | None
    publisher: str | None
    published: Published
    statements: int
    added: str


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement out of its report: with its document, its speaker and its target, which it would else only
    point to.
    """

    key: int
    statement: Statement
    document: Document
    speaker: Speaker | None
    target: Speaker | None


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of a statement as a search weighs them."""

    key: int
    content: str
    attribution: str


def load_models(connection: Connection) -> dict[int, str]:
    """The names of the models by their numbers."""
    return {row.number: row.name for row in connection.execute(select(models.c.number, models.c.name))}


def find_document(connection: Connection, document_id: str) -> Fields | None:
    """The row of a document by its id."""
    return connection.execute(select(documents).where(documents.c.id == document_id)).mappings().one_or_none()


def load_report(connection: Connection, document: Fields, names: Mapping[int, str]) -> Report:
    """The report of a document's row."""
    row = document["row"]
    first, last = keys_of(document["day"], row)
    of_text = connection.execute(select(texts).where(texts.c.document == row)).mappings().one()
    of_statements = connection.execute(
        select(statements).where(statements.c.row.between(first, last)).order_by(statements.c.row)
    ).mappings()
    of_speakers = connection.execute(
        select(speakers).where(speakers.c.document == row).order_by(speakers.c.position)
    ).mappings()
    of_claims = connection.execute(
        select(claims).where(claims.c.document == row).order_by(claims.c.position)
    ).mappings()
    return join(document, join_text(of_text), of_statements.all(), of_speakers.all(), of_claims.all(), names)


def load_statements(connection: Connection, keys: Sequence[int]) -> list[StoredStatement]:
    """The statements of some keys, in the order of the keys; a key that is gone is left out."""
    if not keys:
        return []
    rows = {
        row["row"]: row
        for row in connection.execute(select(statements).where(statements.c.row.in_(keys))).mappings()
    }
    numbers = {row["document"] for row in rows.values()}
    of_documents = load_documents(connection, numbers)
    of_speakers = _load_speakers(connection, rows.values(), of_documents)
    parents = _load_parents(connection, rows.values())
    names = load_models(connection)
    found = []
    for key in keys:
        if (row := rows.get(key)) is None:
            continue
        number, document = row["document"], of_documents[row["document"]]
        statement = join_statement(
            row,
            document.text,
            names,
            speaker=lambda place, number=number: of_speakers[number, place].id,  # type: ignore[misc]
            parent=lambda place, key=key: parents[key],  # type: ignore[misc]
        )
        speaker, target = (of_speakers.get((number, row[role])) for role in ("speaker", "target"))
        found.append(StoredStatement(key, statement, document, speaker, target))
    return found


def load_documents(connection: Connection, numbers: Iterable[int]) -> dict[int, Document]:
    """Documents by their rows."""
    query = (
        select(documents, texts.c.text, texts.c.exact).join(texts).where(documents.c.row.in_(list(numbers)))
    )
    return {row["row"]: join_document(row, join_text(row)) for row in connection.execute(query).mappings()}


def _load_speakers(
    connection: Connection, rows: Iterable[Fields], of_documents: Mapping[int, Document]
) -> dict[tuple[int, int], Speaker]:
    wanted = {
        (row["document"], row[role])
        for row in rows
        for role in ("speaker", "target")
        if row[role] is not None
    }
    query = select(speakers).where(speakers.c.document.in_({number for number, _ in wanted}))
    found: dict[tuple[int, int], Speaker] = {}
    for row in connection.execute(query).mappings() if wanted else ():
        if (place := (row["document"], row["position"])) in wanted:
            found[place] = join_speaker(row, of_documents[row["document"]].text)
    return found


def _load_parents(connection: Connection, rows: Iterable[Fields]) -> dict[int, str]:
    """The ids of the parents, by the key of the child."""
    keys = {
        row["row"]: row["row"] - position_of(row["row"]) + row["parent"]
        for row in rows
        if row["parent"] is not None
    }
    query = select(statements.c.row, statements.c.id).where(statements.c.row.in_(set(keys.values())))
    ids = {row.row: cast(str, unescape(row.id)) for row in connection.execute(query)} if keys else {}
    return {child: ids[parent] for child, parent in keys.items()}


def load_passages(connection: Connection, keys: Sequence[int]) -> Iterator[Passage]:
    """Yields the words of some statements, in no order."""
    if not keys:
        return
    # Written out, since a thousand numbers as parameters cost more than the query; they are numbers.
    query = (
        'SELECT s."row", s.start, s.content, s.source_start, s.source_end, s.cue_start, s.cue_end, '
        f'substr(t.text, s.start + 1, CASE WHEN s."end" - s.start < {_LONGEST_PASSAGE} '
        f'THEN s."end" - s.start ELSE {_LONGEST_PASSAGE} END) '
        "FROM statements s JOIN texts t ON t.document = s.document "
        f'WHERE s."row" IN ({",".join(map(str, map(int, keys)))})'
    )
    for (
        key,
        start,
        content,
        source_start,
        source_end,
        cue_start,
        cue_end,
        passage,
    ) in connection.exec_driver_sql(query):
        pieces = " ".join(passage[first - start : last - start] for first, last in json.loads(content))
        others = ((source_start, source_end), (cue_start, cue_end))
        attribution = " ".join(
            passage[first - start : last - start] for first, last in others if first is not None
        )
        yield Passage(key, pieces, attribution)


def join_summary(row: Fields) -> DocumentSummary:
    """The head of a document's row."""
    return DocumentSummary(
        row["id"],
        cast(str, unescape(row["origin"])),
        unescape(row["title"]),
        unescape(row["publisher"]),
        Published(unescape(row["published"]), row["basis"]),
        row["statements"],
        row["added"],
    )

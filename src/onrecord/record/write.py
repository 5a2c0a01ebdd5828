"""Writing a report: everything about one document in one transaction."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, Table, delete, func, insert, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from onrecord.errors import RecordError
from onrecord.record.corrections import Correction, correct
from onrecord.record.folding import hash_quote
from onrecord.record.index_tokens import report_tokens
from onrecord.record.keys import MAX_DOCUMENTS, key_of, keys_of
from onrecord.record.near_duplicates import (
    BANDS,
    MIN_SIMILARITY,
    Signature,
    band_keys,
    signature_from_bytes,
    signature_of,
    signature_to_bytes,
    similarity,
)
from onrecord.record.passages import erase_passages, write_passages
from onrecord.record.retrieval import find_document, load_models, load_report
from onrecord.record.rows import Fields, Rows, escape, split, unescape, validate
from onrecord.record.schema import (
    DOCUMENT_TABLES,
    bands,
    claims,
    corrections,
    documents,
    failures,
    links,
    models,
    near_duplicates,
    occurrences,
    quotes,
    revisions,
    signatures,
    speakers,
    statements,
    texts,
)
from onrecord.record.vectors import erase_vectors
from onrecord.record.word_index import erase_tokens, write_tokens
from onrecord.types import Document, Report, Statement, content_id

_MAX_BAND_DOCUMENTS = (
    50  # documents of one band that are compared: a page of boilerplate has as many copies as you like
)


_BAND_QUERY = text(
    " UNION ALL ".join(
        f"SELECT * FROM (SELECT document FROM bands WHERE band = :band{place} "
        f"ORDER BY document DESC LIMIT {_MAX_BAND_DOCUMENTS}) band{place}"
        for place in range(BANDS)
    )
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report with all that is worked out before its transaction begins, so that others wait for the disk
    only.
    """

    report: Report
    model: str | None
    rows: Rows
    tokens: list[list[str]]
    quote_hashes: list[tuple[int, int]]
    signature: Signature | None


def prepare(report: Report, *, model: str | None = None) -> Prepared:
    """Works out the rows of a report.

    Args:
        model: the name of what read it; without it, the models that its statements name.

    Raises:
        ReportError: it isn't a valid report.
    """
    validate(report)
    rows = split(report)
    rows.document["model"] = escape(model if model is not None else models_of(report))
    return Prepared(
        report,
        rows.document["model"],
        rows,
        list(report_tokens(report)),
        list(_quote_hashes(report.statements)),
        signature_of(report.document.text),
    )


def models_of(report: Report) -> str | None:
    """The models that the statements of a record name, as one name."""
    found = sorted({statement.model for statement in report.statements if statement.model is not None})
    return " ".join(found) or None


def _quote_hashes(found: Iterable[Statement]) -> Iterable[tuple[int, int]]:
    """The hashes of each statement's whole content and of its pieces, with its place."""
    for position, statement in enumerate(found):
        pieces = [piece.text for piece in statement.content]
        hashes = {hash_quote(piece) for piece in pieces} | {hash_quote(" ".join(pieces))}
        yield from ((quote_hash, position) for quote_hash in hashes if quote_hash is not None)


def now() -> str:
    """Now in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def insert_rows(connection: Connection, table: Table, rows: Sequence[Fields]) -> None:
    """Inserts rows that all have the same columns; twice as fast as by SQLAlchemy's own statements, which
    look at each value.
    """
    if not rows:
        return
    sqlite_too = connection.dialect.name == "sqlite"
    names = ", ".join(f'"{name}"' for name in rows[0])
    values = ", ".join(f":{name}" if sqlite_too else f"%({name})s" for name in rows[0])
    connection.exec_driver_sql(f"INSERT INTO {table.name} ({names}) VALUES ({values})", list(rows))


def insert_if_absent(connection: Connection, table: Table) -> Any:
    """An insert that leaves alone what is there."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return make(table).on_conflict_do_nothing()


def add_report(connection: Connection, prepared: Prepared) -> bool:
    """Adds a report, or replaces one that another model read.

    Returns:
        Whether anything in the record is new; ``False`` where it was there.
    """
    report = prepared.report
    connection.execute(delete(failures).where(failures.c.key == content_id(report.document.origin)))
    values = {**prepared.rows.document, "added": now()}
    row = _insert_document(connection, values)
    if row is None:
        stored = find_document(connection, report.document.id)
        if stored is None:
            raise RecordError(
                f"document {report.document.id[:16]} was removed by another process meanwhile; add it again"
            )
        add_occurrence(connection, stored, report.document)
        if prepared.model is None or prepared.model == stored["model"]:
            return False
        _replace(connection, stored, prepared)
        return True
    connection.execute(insert(texts), {**prepared.rows.text, "document": row})
    write_passages(connection, row, report.document.text)
    _insert_parts(connection, prepared, row)
    if prepared.signature is not None:
        _insert_signature(connection, row, prepared.signature)
    return True


def _insert_document(connection: Connection, values: Fields) -> int | None:
    row: int | None = connection.execute(
        insert_if_absent(connection, documents).values(**values).returning(documents.c.row)
    ).scalar()
    if row is not None and row > MAX_DOCUMENTS:
        raise RecordError(f"the record is full: it takes {MAX_DOCUMENTS} documents; begin another")
    return row


def add_occurrence(connection: Connection, stored: Fields, document: Document) -> None:
    """Notes where a text was met: the same report in another place is one document, and both places are
    kept.
    """
    if document.origin == unescape(stored["origin"]):
        return
    connection.execute(
        insert_if_absent(connection, occurrences).values(
            document=stored["row"],
            key=content_id(document.origin),
            origin=escape(document.origin),
            publisher=escape(document.publisher),
            published=escape(document.published.date),
            added=now(),
        )
    )


def _insert_parts(connection: Connection, prepared: Prepared, row: int) -> None:
    """Statements, speakers and claims, and what is found by them."""
    rows, day = prepared.rows, prepared.rows.document["day"]
    rows.place(row, _number_models(connection, rows.models))
    for table, values in ((speakers, rows.speakers), (statements, rows.statements), (claims, rows.claims)):
        insert_rows(connection, table, values)
    write_tokens(
        connection, ((key_of(day, row, place), tokens) for place, tokens in enumerate(prepared.tokens))
    )
    insert_rows(
        connection,
        quotes,
        [
            {"hash": quote_hash, "statement": key_of(day, row, place)}
            for quote_hash, place in prepared.quote_hashes
        ],
    )


def _number_models(connection: Connection, names: set[str]) -> dict[str, int]:
    numbers = {}
    for name in sorted(names):
        number = connection.scalar(select(models.c.number).where(models.c.name == name))
        if number is None:
            connection.execute(insert_if_absent(connection, models).values(name=name, added=now()))
            number = connection.execute(select(models.c.number).where(models.c.name == name)).scalar_one()
        numbers[name] = number
    return numbers


def _insert_signature(connection: Connection, row: int, signature: Signature) -> None:
    """Keeps the signature and links the near-duplicates that came before."""
    connection.execute(insert(signatures).values(document=row, signature=signature_to_bytes(signature)))
    keys = band_keys(signature)
    near = set(connection.scalars(_BAND_QUERY, {f"band{place}": key for place, key in enumerate(keys)}))
    insert_rows(connection, bands, [{"band": key, "document": row} for key in sorted(set(keys))])
    if not near:
        return
    others = connection.execute(select(signatures).where(signatures.c.document.in_(near)))
    found = [
        (other.document, similarity(signature, signature_from_bytes(other.signature))) for other in others
    ]
    alike = [
        {"document": row, "other": other, "similarity": share}
        for other, share in found
        if share >= MIN_SIMILARITY
    ]
    if alike:
        connection.execute(insert(near_duplicates), alike)


def _replace(connection: Connection, stored: Fields, prepared: Prepared) -> None:
    """Puts a new reading in the place of the old one, which goes into the history; corrections are made
    again.
    """
    row = stored["row"]
    old = load_report(connection, stored, load_models(connection))
    kept = connection.execute(
        update(revisions)
        .where(revisions.c.document == row, revisions.c.replaced.is_(None))
        .values(replaced=now())
    ).rowcount
    if not kept:
        _keep_revision(connection, stored, old, replaced=now())
    _erase_parts(connection, stored, old)
    made = [correction for _, correction in load_corrections(connection, row, stored["id"])]
    values = {**prepared.rows.document, "added": now(), "linked": None}
    if made:
        _keep_revision(connection, {**values, "row": row}, prepared.report, replaced=None)
        prepared = prepare(correct(prepared.report, made), model=unescape(prepared.model))
        values = {**values, **prepared.rows.document}
    connection.execute(update(documents).where(documents.c.row == row).values(**values))
    _insert_parts(connection, prepared, row)
    _drop_lost_links(connection, row, prepared.report)


def _keep_revision(connection: Connection, stored: Fields, report: Report, *, replaced: str | None) -> None:
    body = report.to_dict()
    del body["document"]["text"]
    number = (
        connection.scalar(select(func.max(revisions.c.number)).where(revisions.c.document == stored["row"]))
        or 0
    )
    connection.execute(
        insert(revisions).values(
            document=stored["row"],
            number=number + 1,
            model=stored["model"],
            added=stored["added"],
            replaced=replaced,
            body=zlib.compress(json.dumps(body).encode()),
        )
    )


def load_revision(body: Any, text: str) -> Report:
    """The report of a kept revision."""
    data = json.loads(zlib.decompress(bytes(body)))
    data["document"]["text"] = text
    return Report.from_dict(data)


def load_corrections(connection: Connection, row: int, document_id: str) -> list[tuple[int, Correction]]:
    """The corrections of a document with their rows, in the order they were made."""
    found = connection.execute(
        select(corrections).where(corrections.c.document == row).order_by(corrections.c.row)
    )
    return [
        (
            item.row,
            Correction.from_json(
                item.body, document=document_id, kind=item.kind, author=unescape(item.author), at=item.added
            ),
        )
        for item in found
    ]


def add_correction(connection: Connection, correction: Correction) -> int:
    """Keeps a correction and applies it; returns its number."""
    stored = _stored_document(connection, correction.document)
    old = load_report(connection, stored, load_models(connection))
    new = prepare(correct(old, [correction]), model=unescape(stored["model"]))
    number: int = connection.execute(
        insert(corrections)
        .values(
            document=stored["row"],
            kind=correction.kind,
            body=correction.to_json(),
            author=escape(correction.author),
            added=correction.at or now(),
        )
        .returning(corrections.c.row)
    ).scalar_one()
    if not connection.scalar(
        select(revisions.c.number).where(
            revisions.c.document == stored["row"], revisions.c.replaced.is_(None)
        )
    ):
        _keep_revision(connection, stored, old, replaced=None)
    _rewrite(connection, stored, old, new)
    return number


def remove_correction(connection: Connection, number: int) -> bool:
    """Takes a correction back; returns whether there was one of that number."""
    row = connection.scalar(select(corrections.c.document).where(corrections.c.row == number))
    if row is None:
        return False
    stored = connection.execute(select(documents).where(documents.c.row == row)).mappings().one()
    old = load_report(connection, stored, load_models(connection))
    connection.execute(delete(corrections).where(corrections.c.row == number))
    of_model = revisions.c.document == row, revisions.c.replaced.is_(None)
    body = connection.scalar(select(revisions.c.body).where(*of_model))
    made = [correction for _, correction in load_corrections(connection, row, stored["id"])]
    new = prepare(correct(load_revision(body, old.document.text), made), model=unescape(stored["model"]))
    if not made:
        connection.execute(delete(revisions).where(*of_model))
    _rewrite(connection, stored, old, new)
    return True


def _rewrite(connection: Connection, stored: Fields, old: Report, new: Prepared) -> None:
    _erase_parts(connection, stored, old)
    counts = {name: new.rows.document[name] for name in ("statements", "speakers", "claims")}
    connection.execute(
        update(documents).where(documents.c.row == stored["row"]).values(**counts, linked=None)
    )
    _insert_parts(connection, new, stored["row"])
    _drop_lost_links(connection, stored["row"], new.report)


def _stored_document(connection: Connection, document_id: str) -> Fields:
    stored = find_document(connection, document_id)
    if stored is None:
        raise RecordError(
            f"document {document_id[:16]}: expected one of the record's, found none; add it first"
        )
    return stored


def _erase_parts(connection: Connection, stored: Fields, report: Report) -> None:
    row, day = stored["row"], stored["day"]
    first, last = keys_of(day, row)
    erase_tokens(connection, ((first + place, tokens) for place, tokens in enumerate(report_tokens(report))))
    for quote_hash, place in _quote_hashes(report.statements):
        connection.execute(
            delete(quotes).where(quotes.c.hash == quote_hash, quotes.c.statement == first + place)
        )
    erase_vectors(connection, first, last)
    connection.execute(delete(statements).where(statements.c.row.between(first, last)))
    for table in (speakers, claims):
        connection.execute(delete(table).where(table.c.document == row))


def _drop_lost_links(connection: Connection, row: int, report: Report) -> None:
    """Takes out links from or to what a new reading no longer has."""
    ids = {escape(item.id) for item in report.statements} | {escape(item.id) for item in report.speakers}
    query = select(links).where(or_(links.c.left_document == row, links.c.right_document == row))
    lost = [
        link.row
        for link in connection.execute(query)
        if (link.left_document == row and link.left not in ids)
        or (link.right_document == row and link.right not in ids)
    ]
    if lost:
        connection.execute(delete(links).where(links.c.row.in_(lost)))


def remove_report(connection: Connection, document_id: str) -> bool:
    """Takes a document out with all that hangs on it, its history and corrections too; returns whether it was
    there.
    """
    stored = find_document(connection, document_id)
    if stored is None:
        return False
    row = stored["row"]
    old = load_report(connection, stored, load_models(connection))
    _erase_parts(connection, stored, old)
    erase_passages(connection, row, old.document.text)
    connection.execute(delete(links).where(or_(links.c.left_document == row, links.c.right_document == row)))
    connection.execute(delete(near_duplicates).where(near_duplicates.c.other == row))
    signature_bytes = connection.scalar(select(signatures.c.signature).where(signatures.c.document == row))
    if signature_bytes is not None:
        connection.execute(
            delete(bands).where(
                bands.c.band.in_(band_keys(np.asarray(signature_from_bytes(signature_bytes)))),
                bands.c.document == row,
            )
        )
    for table in DOCUMENT_TABLES:
        connection.execute(delete(table).where(table.c.document == row))
    connection.execute(delete(documents).where(documents.c.row == row))
    return True

"""Writing a record: everything about one document in one transaction."""

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

from onrecord.errors import StoreError
from onrecord.store.copies import BANDS, SIMILAR, Signature, band_keys, pack, sign, similarity, unpack
from onrecord.store.corrections import Correction, correct
from onrecord.store.fetch import find_document, load_models, load_record
from onrecord.store.folding import hash_quote
from onrecord.store.index import erase_tokens, write_tokens
from onrecord.store.keys import MOST_DOCUMENTS, key_of, keys_of
from onrecord.store.rows import Fields, Rows, escape, split, unescape, validate
from onrecord.store.schema import (
    IN_DOCUMENT,
    bands,
    claims,
    copies,
    corrections,
    documents,
    failures,
    links,
    models,
    quotes,
    readings,
    sightings,
    signatures,
    speakers,
    statements,
    texts,
)
from onrecord.store.tokens import record_tokens
from onrecord.store.vectors import erase_vectors
from onrecord.types import Document, Record, Statement, content_id

_NEIGHBOURS = (
    50  # documents of one band that are compared: a page of boilerplate has as many copies as you like
)


_IN_BANDS = text(
    " UNION ALL ".join(
        f"SELECT * FROM (SELECT document FROM bands WHERE band = :band{place} "
        f"ORDER BY document DESC LIMIT {_NEIGHBOURS}) band{place}"
        for place in range(BANDS)
    )
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record with all that is worked out before its transaction begins, so that others wait for the disk
    only.
    """

    record: Record
    model: str | None
    rows: Rows
    tokens: list[list[str]]
    folds: list[tuple[int, int]]
    signature: Signature | None


def prepare(record: Record, *, model: str | None = None) -> Prepared:
    """Works out the rows of a record.

    Args:
        model: the name of what read it; without it, the models that its statements name.

    Raises:
        RecordError: it isn't a valid record.
    """
    validate(record)
    rows = split(record)
    rows.document["model"] = escape(model if model is not None else models_of(record))
    return Prepared(
        record,
        rows.document["model"],
        rows,
        list(record_tokens(record)),
        list(_folds(record.statements)),
        sign(record.document.text),
    )


def models_of(record: Record) -> str | None:
    """The models that the statements of a record name, as one name."""
    found = sorted({statement.model for statement in record.statements if statement.model is not None})
    return " ".join(found) or None


def _folds(found: Iterable[Statement]) -> Iterable[tuple[int, int]]:
    """The hashes of each statement's whole content and of its pieces, with its place."""
    for position, statement in enumerate(found):
        pieces = [piece.text for piece in statement.content]
        hashes = {hash_quote(piece) for piece in pieces} | {hash_quote(" ".join(pieces))}
        yield from ((fold, position) for fold in hashes if fold is not None)


def now() -> str:
    """This moment in UTC, ISO 8601 to the second."""
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


def insert_once(connection: Connection, table: Table) -> Any:
    """An insert that leaves alone what is there."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return make(table).on_conflict_do_nothing()


def add_record(connection: Connection, prepared: Prepared) -> bool:
    """Adds a record, or replaces one that another model read.

    Returns:
        Whether anything in the record is new; ``False`` where it was there.
    """
    record = prepared.record
    connection.execute(delete(failures).where(failures.c.key == content_id(record.document.origin)))
    values = {**prepared.rows.document, "added": now()}
    row = _insert_document(connection, values)
    if row is None:
        held = find_document(connection, record.document.id)
        if held is None:
            raise StoreError(
                f"document {record.document.id[:16]} was removed by another process meanwhile; add it again"
            )
        note_sighting(connection, held, record.document)
        if prepared.model is None or prepared.model == held["model"]:
            return False
        _replace(connection, held, prepared)
        return True
    connection.execute(insert(texts), {**prepared.rows.text, "document": row})
    _insert_parts(connection, prepared, row)
    if prepared.signature is not None:
        _insert_signature(connection, row, prepared.signature)
    return True


def _insert_document(connection: Connection, values: Fields) -> int | None:
    row: int | None = connection.execute(
        insert_once(connection, documents).values(**values).returning(documents.c.row)
    ).scalar()
    if row is not None and row > MOST_DOCUMENTS:
        raise StoreError(f"the record is full: it takes {MOST_DOCUMENTS} documents; begin another")
    return row


def note_sighting(connection: Connection, held: Fields, document: Document) -> None:
    """Notes where a text was met: the same report in another place is one document, and both places are
    kept.
    """
    if document.origin == unescape(held["origin"]):
        return
    connection.execute(
        insert_once(connection, sightings).values(
            document=held["row"],
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
        [{"fold": fold, "statement": key_of(day, row, place)} for fold, place in prepared.folds],
    )


def _number_models(connection: Connection, names: set[str]) -> dict[str, int]:
    numbers = {}
    for name in sorted(names):
        number = connection.scalar(select(models.c.number).where(models.c.name == name))
        if number is None:
            connection.execute(insert_once(connection, models).values(name=name, added=now()))
            number = connection.execute(select(models.c.number).where(models.c.name == name)).scalar_one()
        numbers[name] = number
    return numbers


def _insert_signature(connection: Connection, row: int, signature: Signature) -> None:
    """Keeps the signature and links the near-duplicates that came before."""
    connection.execute(insert(signatures).values(document=row, signature=pack(signature)))
    keys = band_keys(signature)
    near = set(connection.scalars(_IN_BANDS, {f"band{place}": key for place, key in enumerate(keys)}))
    insert_rows(connection, bands, [{"band": key, "document": row} for key in sorted(set(keys))])
    if not near:
        return
    others = connection.execute(select(signatures).where(signatures.c.document.in_(near)))
    found = [(other.document, similarity(signature, unpack(other.signature))) for other in others]
    alike = [
        {"document": row, "other": other, "similarity": share} for other, share in found if share >= SIMILAR
    ]
    if alike:
        connection.execute(insert(copies), alike)


def _replace(connection: Connection, held: Fields, prepared: Prepared) -> None:
    """Puts a new reading in the place of the old one, which goes into the history; corrections are made
    again.
    """
    row = held["row"]
    old = load_record(connection, held, load_models(connection))
    kept = connection.execute(
        update(readings)
        .where(readings.c.document == row, readings.c.replaced.is_(None))
        .values(replaced=now())
    ).rowcount
    if not kept:
        _keep_reading(connection, held, old, replaced=now())
    _erase_parts(connection, held, old)
    made = [correction for _, correction in load_corrections(connection, row, held["id"])]
    values = {**prepared.rows.document, "added": now(), "linked": None}
    if made:
        _keep_reading(connection, {**values, "row": row}, prepared.record, replaced=None)
        prepared = prepare(correct(prepared.record, made), model=unescape(prepared.model))
        values = {**values, **prepared.rows.document}
    connection.execute(update(documents).where(documents.c.row == row).values(**values))
    _insert_parts(connection, prepared, row)
    _drop_lost_links(connection, row, prepared.record)


def _keep_reading(connection: Connection, held: Fields, record: Record, *, replaced: str | None) -> None:
    body = record.to_dict()
    del body["document"]["text"]
    number = (
        connection.scalar(select(func.max(readings.c.number)).where(readings.c.document == held["row"])) or 0
    )
    connection.execute(
        insert(readings).values(
            document=held["row"],
            number=number + 1,
            model=held["model"],
            added=held["added"],
            replaced=replaced,
            body=zlib.compress(json.dumps(body).encode()),
        )
    )


def load_reading(body: Any, text: str) -> Record:
    """The record of a kept reading."""
    data = json.loads(zlib.decompress(bytes(body)))
    data["document"]["text"] = text
    return Record.from_dict(data)


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
    held = _held(connection, correction.document)
    old = load_record(connection, held, load_models(connection))
    new = prepare(correct(old, [correction]), model=unescape(held["model"]))
    number: int = connection.execute(
        insert(corrections)
        .values(
            document=held["row"],
            kind=correction.kind,
            body=correction.to_json(),
            author=escape(correction.author),
            added=correction.at or now(),
        )
        .returning(corrections.c.row)
    ).scalar_one()
    if not connection.scalar(
        select(readings.c.number).where(readings.c.document == held["row"], readings.c.replaced.is_(None))
    ):
        _keep_reading(connection, held, old, replaced=None)
    _rewrite(connection, held, old, new)
    return number


def remove_correction(connection: Connection, number: int) -> bool:
    """Takes a correction back; returns whether there was one of that number."""
    row = connection.scalar(select(corrections.c.document).where(corrections.c.row == number))
    if row is None:
        return False
    held = connection.execute(select(documents).where(documents.c.row == row)).mappings().one()
    old = load_record(connection, held, load_models(connection))
    connection.execute(delete(corrections).where(corrections.c.row == number))
    of_model = readings.c.document == row, readings.c.replaced.is_(None)
    body = connection.scalar(select(readings.c.body).where(*of_model))
    made = [correction for _, correction in load_corrections(connection, row, held["id"])]
    new = prepare(correct(load_reading(body, old.document.text), made), model=unescape(held["model"]))
    if not made:
        connection.execute(delete(readings).where(*of_model))
    _rewrite(connection, held, old, new)
    return True


def _rewrite(connection: Connection, held: Fields, old: Record, new: Prepared) -> None:
    _erase_parts(connection, held, old)
    counts = {name: new.rows.document[name] for name in ("statements", "speakers", "claims")}
    connection.execute(update(documents).where(documents.c.row == held["row"]).values(**counts, linked=None))
    _insert_parts(connection, new, held["row"])
    _drop_lost_links(connection, held["row"], new.record)


def _held(connection: Connection, document_id: str) -> Fields:
    held = find_document(connection, document_id)
    if held is None:
        raise StoreError(
            f"document {document_id[:16]}: expected one of the record's, found none; add it first"
        )
    return held


def _erase_parts(connection: Connection, held: Fields, record: Record) -> None:
    row, day = held["row"], held["day"]
    first, last = keys_of(day, row)
    erase_tokens(connection, ((first + place, tokens) for place, tokens in enumerate(record_tokens(record))))
    for fold, place in _folds(record.statements):
        connection.execute(delete(quotes).where(quotes.c.fold == fold, quotes.c.statement == first + place))
    erase_vectors(connection, first, last)
    connection.execute(delete(statements).where(statements.c.row.between(first, last)))
    for table in (speakers, claims):
        connection.execute(delete(table).where(table.c.document == row))


def _drop_lost_links(connection: Connection, row: int, record: Record) -> None:
    """Takes out links from or to what a new reading no longer has."""
    ids = {escape(item.id) for item in record.statements} | {escape(item.id) for item in record.speakers}
    query = select(links).where(or_(links.c.left_document == row, links.c.right_document == row))
    lost = [
        link.row
        for link in connection.execute(query)
        if (link.left_document == row and link.left not in ids)
        or (link.right_document == row and link.right not in ids)
    ]
    if lost:
        connection.execute(delete(links).where(links.c.row.in_(lost)))


def remove_record(connection: Connection, document_id: str) -> bool:
    """Takes a document out with all that hangs on it, its history and corrections too; returns whether it was
    there.
    """
    held = find_document(connection, document_id)
    if held is None:
        return False
    row = held["row"]
    _erase_parts(connection, held, load_record(connection, held, load_models(connection)))
    connection.execute(delete(links).where(or_(links.c.left_document == row, links.c.right_document == row)))
    connection.execute(delete(copies).where(copies.c.other == row))
    packed = connection.scalar(select(signatures.c.signature).where(signatures.c.document == row))
    if packed is not None:
        connection.execute(
            delete(bands).where(
                bands.c.band.in_(band_keys(np.asarray(unpack(packed)))), bands.c.document == row
            )
        )
    for table in IN_DOCUMENT:
        connection.execute(delete(table).where(table.c.document == row))
    connection.execute(delete(documents).where(documents.c.row == row))
    return True

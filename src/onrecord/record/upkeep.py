"""Keeping a record sound: checking it, copying it, and tidying up after much was written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, func, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from onrecord.errors import RecordError, ReportError
from onrecord.record.database import SCHEMA, make_durable
from onrecord.record.index_tokens import FORM, filter_token, report_tokens
from onrecord.record.keys import MAX_STATEMENTS, keys_of
from onrecord.record.passages import write_passages
from onrecord.record.retrieval import load_models, load_report
from onrecord.record.rows import validate
from onrecord.record.schema import (
    corrections,
    documents,
    links,
    metadata,
    near_duplicates,
    revisions,
    statements,
)
from onrecord.record.vectors import vector_space
from onrecord.record.word_index import Group, Term, find_keys, write_tokens

_AT_ONCE = 500
_EVERY_FORM = Group("any", tuple(Term(filter_token(FORM, form)) for form in ("direct", "indirect", "mixed")))


def check_database(connection: Connection) -> Iterator[str]:
    """Yields what the database itself finds wrong, one sentence each."""
    if connection.dialect.name == "sqlite":
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
            if said != "ok":
                yield f"the file is damaged: {said}"
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"table {table}, row {row}: points to a row of {parent} that isn't there"
    stored = connection.execute(
        select(func.count(), func.coalesce(func.sum(documents.c.statements), 0))
    ).one()
    counted = connection.scalar(select(func.count()).select_from(statements))
    if counted != stored[1]:
        yield f"expected the {stored[1]} statements that {stored[0]} documents say they have, found {counted}"


def check_document(connection: Connection, row: int) -> Iterator[str]:
    """Yields what is wrong with one document, one sentence each."""
    stored = connection.execute(select(documents).where(documents.c.row == row)).mappings().one_or_none()
    if stored is None:
        return
    where = f"document {stored['id'][:16]}"
    try:
        report = load_report(connection, stored, load_models(connection))
        validate(report)
    except (ReportError, ValueError, LookupError, TypeError, AttributeError) as error:
        yield f"{where}: its rows don't make a report ({error})"
        return
    for name in ("statements", "speakers", "claims"):
        if len(getattr(report, name)) != stored[name]:
            yield f"{where}: expected {stored[name]} {name}, found {len(getattr(report, name))}"
    first, last = keys_of(stored["day"], row)
    indexed = find_keys(connection, _EVERY_FORM, low=first, high=last, limit=MAX_STATEMENTS)
    if len(indexed) != len(report.statements):
        yield f"{where}: expected {len(report.statements)} statements in the word index, found {len(indexed)}"


def size_of(connection: Connection) -> int:
    """Bytes on the disk of tables, indexes and vectors."""
    if connection.dialect.name == "sqlite":
        query = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    else:
        query = (
            "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
            f"WHERE relnamespace = '{SCHEMA}'::regnamespace AND relkind = 'r'"
        )
    return int(connection.exec_driver_sql(query).scalar_one())


def count_annotations(connection: Connection) -> dict[str, int]:
    """How many rows of each kind hang on the documents."""
    counted = {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in (near_duplicates, links, corrections, revisions)
    }
    stored = vector_space(connection) is not None
    return {
        **counted,
        "vectors": connection.scalar(text("SELECT count(*) FROM vectors")) or 0 if stored else 0,
    }


def back_up_sqlite(engine: Engine, path: Path) -> None:
    """Copies an SQLite record to a new file while it is in use; the file is there whole or not at all.

    Raises:
        RecordError: the copy isn't sound, as that of a damaged record isn't.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.touch(exist_ok=False)  # what is there of this name already is somebody else's
    raw: Any = engine.raw_connection()
    try:
        with closing(sqlite3.connect(part)) as target:
            raw.driver_connection.backup(target)
            # The copy is one plain file; opening it as a record sets its write-ahead log again.
            target.execute("PRAGMA journal_mode = DELETE")
        _refuse_unsound(part)
        os.replace(part, path)
    finally:
        raw.close()
        part.unlink(missing_ok=True)


def _refuse_unsound(copy: Path) -> None:
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(copy), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            problem = next(check_database(connection), None)
    except (DBAPIError, sqlite3.Error) as error:
        problem = str(error.__cause__ or error)
    if problem is not None:
        raise RecordError(
            f"the record is damaged, so no backup was made ({problem.splitlines()[-1][:200]}); run onrecord "
            "check, restore an earlier backup, or read the reports into a new record"
        )


def copy_tables(source: Engine, target: Engine, *, progress: Callable[[int], None] | None = None) -> None:
    """Copies a record into an empty one on any database, all tables but the vectors, in one transaction.

    Raises:
        RecordError: the target has documents.
    """
    writing = target.connect().execution_options(writing=True)
    with source.connect() as left, left.begin(), writing as right, right.begin():
        if right.scalar(select(documents.c.row).limit(1)) is not None:
            raise RecordError(
                "expected an empty record to copy into, found one with documents; name a new one"
            )
        for table in metadata.sorted_tables:
            if table.name in ("vector_spaces", "passages"):
                continue  # vectors are made again; passages are written with their words below
            rows = left.execution_options(stream_results=True).execute(select(table)).mappings()
            for part in rows.partitions(_AT_ONCE):
                right.execute(insert(table), [dict(row) for row in part])
        names = load_models(left)
        for done, stored in enumerate(
            left.execute(select(documents).order_by(documents.c.row)).mappings(), start=1
        ):
            first, _ = keys_of(stored["day"], stored["row"])
            report = load_report(left, stored, names)
            write_tokens(
                right, ((first + place, tokens) for place, tokens in enumerate(report_tokens(report)))
            )
            write_passages(right, stored["row"], report.document.text)
            if progress:
                progress(done)
        if right.dialect.name == "postgresql":
            _advance_sequences(right)


def _advance_sequences(connection: Connection) -> None:
    for table, column in (
        ("documents", "row"),
        ("models", "number"),
        ("corrections", "row"),
        ("links", "row"),
    ):
        connection.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), "
                f'(SELECT coalesce(max("{column}"), 0) + 1 FROM {table}), false)'
            )
        )


def optimize(engine: Engine) -> None:
    """Tidies up after many documents were added, and waits until all of them are on the disk."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(writing=True) as connection, connection.begin():
            for index in ("word_index", "passage_words"):
                connection.execute(text(f"INSERT INTO {index} ({index}, rank) VALUES ('merge', 2000)"))
            connection.exec_driver_sql("PRAGMA optimize")
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()
        return
    with engine.connect() as connection, connection.begin():
        make_durable(connection)
        for index in ("word_index_by_token", "passage_words_by_token"):
            connection.execute(text(f"SELECT gin_clean_pending_list('{index}')"))
        connection.execute(text("ANALYZE"))

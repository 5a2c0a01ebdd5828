"""The record on disk: what the pipeline yields goes in, comes out equal, and is found again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, or_, select
from sqlalchemy.engine import URL

from onrecord.errors import RecordError
from onrecord.record import speaker_lookup, upkeep, vectors, write
from onrecord.record.annotations import Annotations
from onrecord.record.database import connect, locate, named_errors
from onrecord.record.embeddings import Embed, store_vectors, texts_without_vectors
from onrecord.record.folding import fold_quote, hash_quote
from onrecord.record.retrieval import (
    DocumentSummary,
    StoredStatement,
    find_document,
    join_summary,
    load_documents,
    load_models,
    load_report,
    load_statements,
)
from onrecord.record.rows import escape, unescape
from onrecord.record.schema import documents, models, quotes, speakers, statements
from onrecord.record.schema import failures as failures_table
from onrecord.record.speaker_lookup import SpeakerName, SpeakerPage
from onrecord.types import Document, Report


def open_record(
    url: str | os.PathLike[str] | None = None, *, create: bool = True, read_only: bool = False
) -> Record:
    """Opens a record, and makes it where there is none.

    Args:
        url: ``sqlite:///FILE``, ``postgresql://USER@HOST/DATABASE`` or a file's path; without it
            ``ONRECORD_URL``, else one file under the user's data folder.
        create: make the file where there is none.
        read_only: write nothing, not even a migration (SQLite); works in a folder that can't be written to.

    Raises:
        RecordError: it can't be opened, isn't a report, is damaged, or was written by a newer version.
    """
    found = locate(url)
    return Record(found, connect(found, create=create, read_only=read_only))


def open_for_reading(url: str | os.PathLike[str] | None = None) -> Record:
    """Opens a record that is there, to look things up in it; where nothing can be written, without writing.

    Raises:
        RecordError: as ``open_record`` does.
    """
    found = locate(url)
    path = Path(found.database or "").absolute() if found.get_backend_name() == "sqlite" else None
    fixed = path is not None and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
    return Record(found, connect(found, create=False, read_only=fixed))


class Record(Annotations):
    """A record on disk. Made by ``open_record``; may be used by several threads, and by several processes at
    once.

    Every method may raise ``RecordError``: the disk is full, the file is damaged or can't be written to,
    another process has been writing for half a minute, the server is gone. What was added before stays.
    """

    # Reports

    def add(self, report: Report, *, model: str | None = None) -> bool:
        """Adds a report, all of it or nothing.

        The same text is one document: adding it again changes nothing but the list of places where it was
        met. If other models read it than before, the new reading takes the old one's place, the old one goes
        into the history, and corrections by people are made again.

        Args:
            model: the name of what read it, for reports in which it found no statement; without it, what the
                statements name.

        Returns:
            Whether anything in the record is new.

        Raises:
            ReportError: the report isn't valid.
        """
        return self.add_prepared(write.prepare(report, model=model))

    def add_prepared(self, prepared: write.Prepared) -> bool:
        """Adds a report that ``prepare`` worked out, in another process perhaps."""
        with self._write_connection(durable=False) as connection:
            return write.add_report(connection, prepared)

    def has(self, document_id: str, *, model: str | None = None) -> bool:
        """Whether a document is in the record, and where ``model`` is given, read by it."""
        with self.read_connection() as connection:
            stored = connection.execute(
                select(documents.c.model).where(documents.c.id == document_id)
            ).one_or_none()
        return stored is not None and (model is None or unescape(stored.model) == model)

    def get(self, document_id: str) -> Report | None:
        """The report of a document, equal to the one that was added; with people's corrections, where there
        are any. ``None``: not here.
        """
        with self.read_connection() as connection:
            stored = find_document(connection, document_id)
            return None if stored is None else load_report(connection, stored, load_models(connection))

    def reports(self) -> Iterator[Report]:
        """Yields all reports in the order they were added, one in memory at a time. Reports added meanwhile
        come at the end.
        """
        row = 0
        while True:
            with self.read_connection() as connection:
                query = select(documents).where(documents.c.row > row).order_by(documents.c.row).limit(50)
                page = connection.execute(query).mappings().all()
                names = load_models(connection)
                found = [load_report(connection, stored, names) for stored in page]
            if not page:
                return
            row = page[-1]["row"]
            yield from found

    def read_by_other_models(self, model: str) -> Iterator[Document]:
        """Yields the documents whose reading is by another model, in the order they were added, one page in
        memory at a time; they may be read and added again meanwhile.
        """
        row = 0
        while True:
            query = (
                select(documents.c.row)
                .where(documents.c.row > row, documents.c.model.is_distinct_from(escape(model)))
                .order_by(documents.c.row)
                .limit(20)
            )
            with self.read_connection() as connection:
                found = load_documents(connection, connection.scalars(query))
            if not found:
                return
            row = max(found)
            yield from (found[number] for number in sorted(found))

    def remove(self, document_id: str) -> bool:
        """Takes a document out with everything that hangs on it; returns whether it was there."""
        with self._write_connection() as connection:
            return write.remove_report(connection, document_id)

    def documents(
        self, *, limit: int = 50, after: tuple[int, int] | None = None
    ) -> tuple[tuple[DocumentSummary, ...], tuple[int, int] | None]:
        """A page of documents, newest day first, and what to pass as ``after`` for the next (``None`` at the
        end).
        """
        query = select(documents).order_by(documents.c.day.desc(), documents.c.row.desc()).limit(limit + 1)
        if after is not None:
            day, row = after
            query = query.where(
                or_(documents.c.day < day, (documents.c.day == day) & (documents.c.row < row))
            )
        with self.read_connection() as connection:
            rows = connection.execute(query).mappings().all()
        more = (rows[limit - 1]["day"], rows[limit - 1]["row"]) if len(rows) > limit else None
        return tuple(map(join_summary, rows[:limit])), more

    def statement(self, statement_id: str) -> StoredStatement | None:
        """A statement by its id, the newest where several documents use the id; ``None``: not here."""
        query = (
            select(statements.c.row)
            .where(statements.c.id == escape(statement_id))
            .order_by(statements.c.row.desc())
            .limit(1)
        )
        with self.read_connection() as connection:
            found = load_statements(connection, list(connection.scalars(query)))
        return found[0] if found else None

    # What was said

    def quotes(self, quotation: str, *, limit: int = 20) -> tuple[StoredStatement, ...]:
        """Statements whose content, or a piece of it, is this quotation but for quotation marks, apostrophes,
        white space, dashes, case and marks at its ends; newest first.
        """
        quote_hash, folded = hash_quote(quotation), fold_quote(quotation)
        if quote_hash is None:
            return ()
        query = (
            select(quotes.c.statement)
            .where(quotes.c.hash == quote_hash)
            .order_by(quotes.c.statement.desc())
            .limit(limit)
        )
        with self.read_connection() as connection:
            found = load_statements(connection, list(connection.scalars(query)))
        return tuple(item for item in found if folded in _folded_quotes(item))

    def speaker(self, name: str, *, limit: int = 50, after: int | None = None) -> SpeakerPage | None:
        """What one speaker has said, newest first; ``None`` where no name fits, or more than one does
        (``names`` lists them).
        """
        with self.read_connection() as connection:
            return speaker_lookup.find_speaker(connection, name, limit=limit, after=after)

    def names(self, words: str, *, limit: int = 20) -> tuple[SpeakerName, ...]:
        """The speakers whose name or alias holds all the words, most reports first."""
        with self.read_connection() as connection:
            return tuple(speaker_lookup.list_names(connection, words, limit=limit))

    # TextEmbedder

    def embed_statements(
        self, embed: Embed, *, name: str, batch: int = 256, progress: Callable[[int], None] | None = None
    ) -> int:
        """Makes the vectors of statements that have none yet, and returns how many; it may be stopped and run
        again at any time.

        Args:
            embed: texts to vectors, float32 [text, width].
            name: of the model, with its version: vectors of two models can't be compared.
            batch: statements at a time, each batch one transaction.
            progress: called with the number made so far.

        Raises:
            RecordError: another model's vectors are there (``clear_vectors`` takes them out), or the server
                has no pgvector.
        """
        made, after = 0, -1
        while True:
            with self.read_connection() as connection:
                keys, contents = texts_without_vectors(connection, after=after, limit=batch)
            if not keys:
                return made
            found = np.asarray(embed(contents), dtype=np.float32)
            with self._write_connection(durable=False) as connection:
                store_vectors(connection, keys, found, name=name)
            made, after = made + len(keys), keys[-1]
            if progress:
                progress(made)

    def clear_vectors(self) -> None:
        """Takes all vectors out, to make them again with another model."""
        with self._write_connection() as connection:
            vectors.clear_vector_space(connection)

    def nearest(
        self, question: NDArray[np.float32], *, among: Iterable[int] | None, low: int, high: int, limit: int
    ) -> list[tuple[int, float]]:
        """The keys of the statements nearest to a vector (float32 [width]) with their cosines, best first."""
        with self.read_connection() as connection:
            return vectors.nearest(
                connection, question, self._sign_bits, among=among, low=low, high=high, limit=limit
            )

    # Counts and upkeep

    def info(self) -> dict[str, Any]:
        """Counts of ``documents``, ``statements``, ``speakers`` (different names), ``claims`` and
        ``failures``; the names of ``models``.
        """
        with self.read_connection() as connection:
            totals = (
                func.coalesce(func.sum(column), 0) for column in (documents.c.statements, documents.c.claims)
            )
            counted = connection.execute(select(func.count(), *totals).select_from(documents)).one()
            names = connection.scalar(select(func.count(speakers.c.folded.distinct())))
            failing = connection.scalar(select(func.count()).select_from(failures_table))
            used = [
                unescape(name) for name in connection.scalars(select(models.c.name).order_by(models.c.name))
            ]
        counts = {
            "documents": counted[0],
            "statements": int(counted[1]),
            "speakers": names,
            "claims": int(counted[2]),
        }
        return {**counts, "failures": failing, "models": used}

    def size(self) -> int:
        """Bytes on the disk, indexes and vectors included."""
        with self.read_connection() as connection:
            return upkeep.size_of(connection)

    def annotations(self) -> dict[str, int]:
        """Counts of what hangs on the documents: ``near_duplicates`` (pairs of near-duplicates), ``links``,
        ``corrections``, ``revisions`` kept from before, ``vectors``.
        """
        with self.read_connection() as connection:
            return upkeep.count_annotations(connection)

    def check(self, *, thorough: bool = True) -> Iterator[str]:
        """Yields what is wrong, one sentence each; nothing where all is well.

        Args:
            thorough: also read every document back and hold it against its text, its counts and the word
                index.
        """
        try:
            with self.read_connection() as connection:
                yield from list(upkeep.check_database(connection))
        except RecordError as error:
            yield str(error)
            return
        row: int | None = 0
        while thorough and row is not None:
            try:
                with self.read_connection() as connection:
                    row = connection.scalar(select(func.min(documents.c.row)).where(documents.c.row > row))
                    found = [] if row is None else list(upkeep.check_document(connection, row))
            except RecordError as error:
                yield str(error)
                return
            yield from found

    def backup(self, path: str | os.PathLike[str]) -> None:
        """Copies the record into a new SQLite file, while it is in use. Vectors of a PostgreSQL record aren't
        copied; they are made again.

        Raises:
            RecordError: the file is there already, or can't be written; or the record is damaged, and then there
                is no copy.
        """
        target = Path(path).absolute()
        if target.exists():
            raise RecordError(f"{target}: expected a new file for the backup, found one; name another")
        if not target.parent.is_dir():
            raise RecordError(f"{target}: expected a folder for the backup, found none; make it first")
        try:
            if self._engine.dialect.name == "sqlite":
                with named_errors(URL.create("sqlite", database=str(target))):
                    upkeep.back_up_sqlite(self._engine, target)
                return
            with open_record(target) as copy:
                self.copy_to(copy)
        except OSError as error:
            raise RecordError(
                f"{target}: the backup can't be written ({error.strerror}); check the folder"
            ) from error

    def copy_to(self, target: Record) -> None:
        """Copies everything but vectors into an empty record, on any database: how a backup is restored, or a
        file moved to a server.
        """
        with named_errors(self._url):
            upkeep.copy_tables(self._engine, target._engine)

    def optimize(self) -> None:
        """Tidies up after many documents were added, so that searches are at their fastest, and waits until
        all of them are on the disk; safe at any time.
        """
        with named_errors(self._url):
            upkeep.optimize(self._engine)


def _folded_quotes(found: StoredStatement) -> set[str]:
    pieces = [piece.text for piece in found.statement.content]
    return {fold_quote(piece) for piece in (*pieces, " ".join(pieces))}

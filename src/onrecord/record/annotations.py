"""What a record keeps beside the reports: failures, copies, histories, corrections, links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select, update

from onrecord.record import failures as failed
from onrecord.record import links as linked
from onrecord.record import write
from onrecord.record.connections import Connections
from onrecord.record.corrections import Correction
from onrecord.record.failures import FailedDocument
from onrecord.record.links import Link
from onrecord.record.retrieval import DocumentSummary, find_document, join_summary
from onrecord.record.rows import join_text, unescape
from onrecord.record.schema import corrections as corrected
from onrecord.record.schema import documents, near_duplicates, occurrences, revisions, texts
from onrecord.record.schema import failures as failures_table
from onrecord.types import Document, Failure, Report, content_id


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a report was met."""

    origin: str
    publisher: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Revision:
    """What a model found in a report before another model, or a person, changed it; ``replaced`` is ``None``
    for the model whose reading stands.
    """

    number: int
    model: str | None
    added: str
    replaced: str | None
    report: Report


class Annotations(Connections):
    """What hangs on a record's documents, and what never became one."""

    # Failures

    def fail(self, failure: Failure, *, within: str | None = None) -> None:
        """Keeps a document that couldn't be read, by name; it is forgotten once it is added.

        Args:
            within: the archive or file that it is a part of.
        """
        with self._write_connection(durable=False) as connection:
            failed.note_failure(connection, failure, within=within)

    def failures(self) -> tuple[FailedDocument, ...]:
        """The documents that couldn't be read, oldest failure first."""
        with self.read_connection() as connection:
            return tuple(failed.load_failures(connection))

    def forget(self, origins: Iterable[str]) -> int:
        """Takes failures out by their origins, and returns how many were there."""
        wanted = list(origins)
        if not wanted:
            return 0
        with self._write_connection() as connection:
            return failed.forget_failures(connection, wanted)

    # Copies, history, corrections, links

    def occurrences(self, document_id: str) -> tuple[Occurrence, ...]:
        """The places where this text was met, the first one first."""
        with self.read_connection() as connection:
            stored = find_document(connection, document_id)
            if stored is None:
                return ()
            others = connection.execute(
                select(occurrences)
                .where(occurrences.c.document == stored["row"])
                .order_by(occurrences.c.added, occurrences.c.key)
            ).mappings()
            rows = [stored, *others.all()]
        return tuple(
            Occurrence(unescape(row["origin"]) or "", unescape(row["publisher"]), unescape(row["published"]))
            for row in rows
        )

    def note_occurrence(self, document: Document, *, model: str | None = None) -> bool:
        """Whether a document is in the record (read by ``model``, where that is given); if so, notes the place
        where it was met now, and forgets that it once failed there.
        """
        key = content_id(document.origin)
        with self.read_connection() as connection:
            stored = find_document(connection, document.id)
            if stored is None or (model is not None and unescape(stored["model"]) != model):
                return False
            seen = select(occurrences.c.key).where(
                occurrences.c.document == stored["row"], occurrences.c.key == key
            )
            met = unescape(stored["origin"]) == document.origin or connection.scalar(seen) is not None
            failing = (
                connection.scalar(select(failures_table.c.key).where(failures_table.c.key == key)) is not None
            )
        if failing or not met:
            with self._write_connection(durable=False) as connection:
                write.add_occurrence(connection, stored, document)
                failed.forget_failures(connection, [document.origin])
        return True

    def near_duplicates(self, document_id: str) -> tuple[tuple[DocumentSummary, float], ...]:
        """The near-duplicates of a report with their similarity (0 to 1, estimated), most similar first."""
        with self.read_connection() as connection:
            stored = find_document(connection, document_id)
            row = stored["row"] if stored else None
            sides = (
                (near_duplicates.c.document, near_duplicates.c.other),
                (near_duplicates.c.other, near_duplicates.c.document),
            )
            found = [
                (join_summary(item), float(item["similarity"]))
                for mine, other in sides
                for item in connection.execute(
                    select(documents, near_duplicates.c.similarity)
                    .join(near_duplicates, other == documents.c.row)
                    .where(mine == row)
                ).mappings()
            ]
        return tuple(sorted(found, key=lambda item: (-item[1], item[0].id)))

    def history(self, document_id: str) -> tuple[Revision, ...]:
        """Earlier readings of a report, oldest first; last the model's own, where people corrected it."""
        query = select(revisions, texts.c.text, texts.c.exact).join(
            texts, texts.c.document == revisions.c.document
        )
        with self.read_connection() as connection:
            stored = find_document(connection, document_id)
            if stored is None:
                return ()
            rows = connection.execute(
                query.where(revisions.c.document == stored["row"]).order_by(revisions.c.number)
            ).mappings()
            return tuple(
                Revision(
                    row["number"],
                    unescape(row["model"]),
                    row["added"],
                    row["replaced"],
                    write.load_revision(row["body"], join_text(row)),
                )
                for row in rows
            )

    def correct(self, correction: Correction) -> int:
        """Keeps a correction by a person and applies it; returns its number.

        Raises:
            RecordError: its document isn't in the record.
            ReportError: what it makes isn't a valid report.
        """
        with self._write_connection() as connection:
            return write.add_correction(connection, correction)

    def withdraw_correction(self, number: int) -> bool:
        """Takes a correction back; returns whether there was one of that number."""
        with self._write_connection() as connection:
            return write.remove_correction(connection, number)

    def corrections(self, document_id: str | None = None) -> tuple[tuple[int, Correction], ...]:
        """The corrections of a document, or all, with their numbers, in the order they were made."""
        query = select(documents.c.row, documents.c.id).where(
            documents.c.row.in_(select(corrected.c.document))
        )
        if document_id is not None:
            query = query.where(documents.c.id == document_id)
        with self.read_connection() as connection:
            found = [
                item
                for stored in connection.execute(query)
                for item in write.load_corrections(connection, stored.row, stored.id)
            ]
        return tuple(sorted(found, key=lambda item: item[0]))

    def unlinked_documents(self, *, limit: int = 100) -> tuple[str, ...]:
        """The ids of documents that nothing has linked to others since they were added or changed, in the
        order they were added.
        """
        query = select(documents.c.id).where(documents.c.linked.is_(None)).order_by(documents.c.row)
        with self.read_connection() as connection:
            return tuple(connection.scalars(query.limit(limit)))

    def mark_linked(self, document_ids: Iterable[str]) -> None:
        """Notes that documents were linked to all that was there; one that isn't in the record is passed
        over.
        """
        wanted = list(document_ids)
        if not wanted:
            return
        with self._write_connection(durable=False) as connection:
            connection.execute(update(documents).where(documents.c.id.in_(wanted)).values(linked=write.now()))

    def add_links(self, found: Iterable[Link]) -> int:
        """Adds links that aren't there, and returns how many those were."""
        with self._write_connection() as connection:
            return linked.add_links(connection, found)

    def links(
        self, document_id: str | None = None, *, item: str | None = None, kind: str | None = None
    ) -> tuple[Link, ...]:
        """Links of a document, of one statement or speaker (``item``) in it, or of a kind, in the order they
        were found.
        """
        with self.read_connection() as connection:
            return tuple(linked.load_links(connection, document=document_id, item=item, kind=kind))

    def remove_links(self, found: Iterable[Link]) -> int:
        """Takes links out, and returns how many were there."""
        with self._write_connection() as connection:
            return linked.remove_links(connection, found)

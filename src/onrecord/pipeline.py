"""The one place where stages are put together: Document -> Record."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from onrecord.acts import describe, find_target, tells
from onrecord.claims import find_claims
from onrecord.errors import OnRecordError, RecordError
from onrecord.model.bundle import open_bundle
from onrecord.model.session import Model, Reading
from onrecord.reading.transcript import turns
from onrecord.speakers import Resolved, resolve_speakers
from onrecord.statements import find_inside, find_shared, find_statements
from onrecord.text import TextAnalysis, analyse
from onrecord.types import Document, Failure, Record, Statement

AHEAD = 4
"""Documents in flight for each worker: enough to keep them busy, few enough to bound memory."""


class Pipeline:
    """The stages with their model, loaded once."""

    def __init__(self, model: Model) -> None:
        self.model = model

    @classmethod
    def load(cls, bundle: Path | None = None, *, threads: int | None = None) -> Pipeline:
        """A pipeline on a bundle's folder, by default the English one inside the package.

        Raises:
            BundleError: the bundle isn't whole.
        """
        return cls(Model(open_bundle(bundle), threads=threads))

    def read(self, document: Document) -> Record:
        """The record of a document. The same document gives the same record."""
        analysis = analyse(document.text)
        resolved = self.resolve(document, analysis)
        claims = find_claims(document, analysis, resolved.statements)
        return Record(document, resolved.statements, resolved.speakers, claims)

    def resolve(self, document: Document, analysis: TextAnalysis | None = None) -> Resolved:
        """The statements of a document with their speakers, and what each was resolved by or why it was left open."""
        analysis = analysis or analyse(document.text)
        reading = self.model.read(analysis)
        statements = describe(document, self.find_statements(document, analysis, reading))
        targets = [find_target(document, statement) for statement in statements]
        return resolve_speakers(document, analysis, reading, statements, targets=targets)

    def find_statements(
        self, document: Document, analysis: TextAnalysis, reading: Reading
    ) -> tuple[Statement, ...]:
        """The statements of a document, those that only a second look finds among them, not yet described and without their speakers.

        Args:
            analysis: that of ``document.text``.
            reading: what the model gave for it.
        """
        found = find_statements(document, analysis, reading, self.model.bundle, turns=turns(document))
        found = find_shared(document, analysis, found, self.model, tells=tells)
        return find_inside(document, analysis, found, self.model, tells=tells)

    def read_many(
        self, documents: Iterable[Document | Failure], *, workers: int | None = None
    ) -> Iterator[Record | Failure]:
        """The records of documents, in order; a failure stays in its place. Memory holds a few documents for each worker.

        Args:
            workers: threads to read with, by default one for each core: the network, where nine tenths of the time go, runs outside Python's lock.
        """
        workers = workers or os.cpu_count() or 1
        if workers == 1:
            for document in documents:
                yield document if isinstance(document, Failure) else self._try(document)
            return
        waiting: deque[Future[Record | Failure] | Failure] = deque()
        with ThreadPoolExecutor(workers, thread_name_prefix="onrecord") as pool:
            try:
                for document in documents:
                    waiting.append(
                        document if isinstance(document, Failure) else pool.submit(self._try, document)
                    )
                    while len(waiting) > AHEAD * workers:
                        yield _result(waiting.popleft())
                while waiting:
                    yield _result(waiting.popleft())
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _try(self, document: Document) -> Record | Failure:
        try:
            return self.read(document)
        except OnRecordError as error:
            return Failure(document.origin, error)
        except MemoryError:
            reason = f"{document.origin}: too large for this machine's memory; read it in parts"
            return Failure(document.origin, RecordError(reason))


def _result(item: Future[Record | Failure] | Failure) -> Record | Failure:
    return item if isinstance(item, Failure) else item.result()

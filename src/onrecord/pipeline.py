"""The one place where stages are put together: Document -> Report."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from onrecord.acts import classify_statements, find_target, reports_speech
from onrecord.errors import OnRecordError, ReportError
from onrecord.expressions import find_expressions
from onrecord.loaders.transcript import turns
from onrecord.model.bundle import open_bundle
from onrecord.model.session import Model, ModelOutput
from onrecord.speakers import ResolvedStatements, resolve_speakers
from onrecord.statements import find_conjoined, find_nested, find_statements
from onrecord.text import TextAnalysis, analyze
from onrecord.types import Document, Failure, Report, Statement

IN_FLIGHT_PER_WORKER = 4
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

    def read(self, document: Document) -> Report:
        """The report of a document. The same document gives the same report."""
        analysis = analyze(document.text)
        resolved = self.resolve(document, analysis)
        claims = find_expressions(document, analysis, resolved.statements)
        return Report(document, resolved.statements, resolved.speakers, claims)

    def resolve(self, document: Document, analysis: TextAnalysis | None = None) -> ResolvedStatements:
        """The statements of a document with their speakers, and what each was resolved by or why it was left open."""
        analysis = analysis or analyze(document.text)
        output = self.model.predict(analysis)
        statements = classify_statements(document, self.find_statements(document, analysis, output))
        targets = [find_target(document, statement) for statement in statements]
        return resolve_speakers(document, analysis, output, statements, targets=targets)

    def find_statements(
        self, document: Document, analysis: TextAnalysis, output: ModelOutput
    ) -> tuple[Statement, ...]:
        """The statements of a document, those that only a second look finds among them, not yet described and without their speakers.

        Args:
            analysis: that of ``document.text``.
            output: what the model gave for it.
        """
        found = find_statements(document, analysis, output, self.model.bundle, turns=turns(document))
        found = find_conjoined(document, analysis, found, self.model, reports_speech=reports_speech)
        return find_nested(document, analysis, found, self.model, reports_speech=reports_speech)

    def read_many(
        self, documents: Iterable[Document | Failure], *, workers: int | None = None
    ) -> Iterator[Report | Failure]:
        """The reports of documents, in order; a failure stays in its place. TimeContext holds a few documents for each worker.

        Args:
            workers: threads to read with, by default one for each core: the network, where nine tenths of the time go, runs outside Python's lock.
        """
        workers = workers or os.cpu_count() or 1
        if workers == 1:
            for document in documents:
                yield document if isinstance(document, Failure) else self._try(document)
            return
        pending: deque[Future[Report | Failure] | Failure] = deque()
        with ThreadPoolExecutor(workers, thread_name_prefix="onrecord") as pool:
            try:
                for document in documents:
                    pending.append(
                        document if isinstance(document, Failure) else pool.submit(self._try, document)
                    )
                    while len(pending) > IN_FLIGHT_PER_WORKER * workers:
                        yield _result(pending.popleft())
                while pending:
                    yield _result(pending.popleft())
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _try(self, document: Document) -> Report | Failure:
        try:
            return self.read(document)
        except OnRecordError as error:
            return Failure(document.origin, error)
        except MemoryError:
            reason = f"{document.origin}: too large for this machine's memory; read it in parts"
            return Failure(document.origin, ReportError(reason))


def _result(item: Future[Report | Failure] | Failure) -> Report | Failure:
    return item if isinstance(item, Failure) else item.result()

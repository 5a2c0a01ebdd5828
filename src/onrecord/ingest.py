"""Documents into a record: many at a time, each once, to be stopped and begun again at any time.

A document is known by its text. It is read and written in one transaction, so a run that is killed has lost
what it had in its hands and nothing else; the next run passes over what is there. Reading, which takes nearly
all of the time, goes to worker processes; this process takes documents in and writes reports, in the order of
the documents.
"""

from __future__ import annotations

import functools
import os
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.errors import LoadError, SettingsError
from onrecord.loaders.origins import STDIN, is_url
from onrecord.record import Prepared, Record
from onrecord.types import Document, Failure, Report
from onrecord.workers import Pool, Read, read_one

if TYPE_CHECKING:
    from onrecord.pipeline import Pipeline

Documents = Callable[[str], Iterable[Document | Failure]]
"""The documents of an origin (a path, an address), a failure in the place of each that can't be read."""

LinkNew = Callable[[Record, str], object]
"""Links a document, by its id, to what the record has; called again for the same document it adds nothing."""

_AHEAD = 4  # documents in the hands of each worker and waiting for it
_LINKED_AT_ONCE = 50  # documents that are marked as linked together


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest has come: documents added, there already, failed; the last origin and, where it
    failed, how; seconds since it began.
    """

    added: int = 0
    known: int = 0
    failed: int = 0
    statements: int = 0
    origin: str | None = None
    failure: Failure | None = None
    elapsed_s: float = 0.0

    @property
    def done(self) -> int:
        """All documents that were dealt with."""
        return self.added + self.known + self.failed

    @property
    def rate(self) -> float:
        """Documents a second."""
        return self.done / self.elapsed_s if self.elapsed_s else 0.0


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """Choices of an ingest.

    Attributes:
        workers: processes that read, 1 for this one alone.
        retry_failed: also take up every origin in the failures table.
        reread: read documents again that the record has from another model; else what it has is left as it is.

    Raises:
        SettingsError: fewer than one worker.
    """

    workers: int = 1
    retry_failed: bool = False
    reread: bool = False

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise SettingsError(f"workers: expected at least 1, found {self.workers}")


DEFAULTS = IngestOptions()


def ingest(
    record: Record,
    origins: Iterable[str],
    *,
    documents: Documents,
    read: Read,
    model: str | None = None,
    options: IngestOptions = DEFAULTS,
    link: LinkNew | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Progress:
    """Reads the documents of some origins into a record.

    Args:
        origins: paths and addresses; not held in memory, so there may be any number.
        documents: gives the documents of an origin.
        read: gives the report of a document.
        model: the name of what reads, kept with each document; without it, what its statements name.
        link: links a new document to others; a document that a stopped run added and didn't link is linked
            first.
        progress: called after every document.

    Returns:
        The counts at the end.

    Raises:
        RecordError: the record can't be written; what was added before stays.
    """
    failing = _Failing(record)
    source = _take(
        record,
        _with_failed(failing.origins(), origins, options.retry_failed),
        documents,
        model if options.reread else None,
    )
    again: set[str] = set()
    results = _read_all(source, read, model, options.workers)
    with closing(results), _Linking(record, link) as linking:
        state = _Counting(progress)
        for item, result in results:
            if isinstance(item.taken, _End):
                record.forget(failing.gone(item.origin, again))
                again = set()
                continue
            if isinstance(result, Failure):
                again.add(result.origin)
                record.fail(result, within=item.origin)
            state.count(item, result, new=_add(record, result, linking))
    if state.now.added:
        record.optimize()
    return state.now


def reread(
    record: Record,
    *,
    read: Read,
    model: str,
    workers: int = 1,
    link: LinkNew | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Progress:
    """Reads every document of a record again that another model read, from the text the record keeps: what
    stood before goes into its history, people's corrections are made again.

    One that can't be read keeps the reading it has, and is counted as failed.
    """
    source = (_Item(document.origin, document) for document in record.read_by_other_models(model))
    results = _read_all(source, read, model, IngestOptions(workers).workers)
    with closing(results), _Linking(record, link) as linking:
        state = _Counting(progress)
        for item, result in results:
            state.count(item, result, new=_add(record, result, linking))
    if state.now.added:
        record.optimize()
    return state.now


def link_unlinked(record: Record, link: LinkNew, *, progress: Callable[[int], None] | None = None) -> None:
    """Links the documents that nothing has linked since they were added or changed; it may be stopped and run
    again at any time.

    Args:
        progress: called with the number linked so far.
    """
    with _Linking(record, link, progress):
        pass


def read_with_all_cores(document: Document) -> Report:
    """The report of a document by the shipped model, with all cores for one pass."""
    return load_pipeline(None).read(document)


def read_with_one_core(document: Document) -> Report:
    """The report of a document by the shipped model, with one core: for one of several workers."""
    return load_pipeline(1).read(document)


def reader_version() -> str:
    """What reads here, with its versions: another model, or other rules around it, may find other statements."""
    from onrecord import __version__
    from onrecord.model.bundle import open_bundle

    return f"{open_bundle().version} onrecord@{__version__}"


@functools.cache
def load_pipeline(threads: int | None) -> Pipeline:
    """The shipped model, loaded once in each process."""
    from onrecord.pipeline import Pipeline

    return Pipeline.load(threads=threads)


class _Counting:
    """The counts so far."""

    def __init__(self, progress: Callable[[Progress], None] | None) -> None:
        self.now = Progress()
        self._began, self._progress = time.monotonic(), progress

    def count(self, item: _Item, result: Result, *, new: bool) -> None:
        now, failure = self.now, result if isinstance(result, Failure) else None
        found = len(result.report.statements) if new and isinstance(result, Prepared) else 0
        self.now = replace(
            now,
            added=now.added + new,
            failed=now.failed + (failure is not None),
            known=now.known + (not new and failure is None),
            statements=now.statements + found,
            origin=_name(item),
            failure=failure,
            elapsed_s=time.monotonic() - self._began,
        )
        if self._progress:
            self._progress(self.now)


class _Linking:
    """Links documents as they come in. Which are linked is kept in the record, so that a stop between adding
    and linking leaves nothing unlinked for good.
    """

    def __init__(
        self, record: Record, link: LinkNew | None, progress: Callable[[int], None] | None = None
    ) -> None:
        self._store, self._link, self._progress = record, link, progress
        self._done, self._linked = list[str](), 0

    def __enter__(self) -> _Linking:
        while self._link is not None and (left := self._store.unlinked_documents(limit=_LINKED_AT_ONCE)):
            for document in left:
                self.link(document)
            self._mark()
        return self

    def link(self, document: str) -> None:
        if self._link is None:
            return
        self._link(self._store, document)
        self._done.append(document)
        self._linked += 1
        if self._progress:
            self._progress(self._linked)
        if len(self._done) >= _LINKED_AT_ONCE:
            self._mark()

    def _mark(self) -> None:
        self._store.mark_linked(self._done)
        self._done.clear()

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._mark()


def _add(record: Record, result: Result, linking: _Linking) -> bool:
    if not isinstance(result, Prepared) or not record.add_prepared(result):
        return False
    linking.link(result.report.document.id)
    return True


class _End:
    """All documents of an origin were taken."""


class _Known:
    """The record has the document."""


@dataclass(frozen=True, slots=True)
class _Item:
    """What came out of an origin."""

    origin: str
    taken: Document | Failure | _Known | _End


Result = Prepared | Failure | None
"""A report to write, a failure to note, or nothing, because the record has it."""


class _Failing:
    """The failures by the origin in which they came up: of a file, by its path, whichever way that was written."""

    def __init__(self, record: Record) -> None:
        self._found: dict[str, dict[str, set[str]]] = {}
        for failed in record.failures():
            origin = failed.within or failed.failure.origin
            named = self._found.setdefault(_path_of(origin), {})
            named.setdefault(origin, set()).add(failed.failure.origin)

    def origins(self) -> list[str]:
        """One for each file and address that failed, as it was named last."""
        return [list(named)[-1] for named in self._found.values()]

    def gone(self, origin: str, again: set[str]) -> set[str]:
        """What no longer fails, now that an origin was tried: those of its failures that didn't come up again were
        read, are no longer there, or came up under another name of the same file.
        """
        before = set[str]().union(*self._found.pop(_path_of(origin), {}).values())
        if again:
            self._found[_path_of(origin)] = {origin: again}
        return before - again


def _path_of(origin: str) -> str:
    """What one file has in common however it is named."""
    return origin if origin == STDIN or is_url(origin) else os.path.abspath(origin)


def _with_failed(failing: Iterable[str], origins: Iterable[str], retry_failed: bool) -> Iterator[str]:
    # What came in on standard input isn't there any more.
    again = [origin for origin in failing if origin != STDIN] if retry_failed else []
    yield from again
    waiting = set(again)
    yield from (origin for origin in origins if origin not in waiting)


def _take(record: Record, origins: Iterable[str], documents: Documents, model: str | None) -> Iterator[_Item]:
    for origin in origins:
        try:
            for document in documents(origin):
                known = isinstance(document, Document) and record.note_occurrence(document, model=model)
                yield _Item(origin, _Known() if known else document)
        except LoadError as error:
            yield _Item(origin, Failure(origin, error))
        yield _Item(origin, _End())


def _name(item: _Item) -> str:
    return item.taken.origin if isinstance(item.taken, Document | Failure) else item.origin


def _read_all(
    source: Iterable[_Item], read: Read, model: str | None, workers: int
) -> Generator[tuple[_Item, Result], None, None]:
    return _read_here(source, read, model) if workers == 1 else _read_apart(source, read, model, workers)


def _read_here(
    source: Iterable[_Item], read: Read, model: str | None
) -> Generator[tuple[_Item, Result], None, None]:
    for item in source:
        taken = item.taken
        if isinstance(taken, Document):
            yield item, read_one(read, taken, model)
        else:
            yield item, taken if isinstance(taken, Failure) else None


Waiting = tuple[_Item, "Future[Prepared | Failure] | None"]


def _read_apart(
    source: Iterable[_Item], read: Read, model: str | None, workers: int
) -> Generator[tuple[_Item, Result], None, None]:
    """Reads in other processes, and gives the results in the order of the documents."""
    waiting: deque[Waiting] = deque()
    with Pool(read, model, workers) as pool:
        for item in source:
            waiting.append((item, pool.submit(item.taken) if isinstance(item.taken, Document) else None))
            while len(waiting) > workers * _AHEAD:
                yield _first(waiting, pool)
        while waiting:
            yield _first(waiting, pool)


def _first(waiting: deque[Waiting], pool: Pool) -> tuple[_Item, Result]:
    item, future = waiting.popleft()
    taken = item.taken
    if future is None or not isinstance(taken, Document):
        return item, taken if isinstance(taken, Failure) else None
    try:
        return item, future.result()
    except BrokenProcessPool:
        # A worker was killed, most likely for its memory, and all that waited for the pool is lost with it.
        # One at a time now, so that the document that did it is known by name.
        result = pool.read_with_all_cores(taken)
        for place, (other, _) in enumerate(waiting):
            if isinstance(other.taken, Document):
                waiting[place] = (other, pool.submit(other.taken))
        return item, result

"""Documents into a record: many at a time, each once, to be stopped and begun again at any moment.

A document is known by its text. It is read and written in one transaction, so a run that is killed has lost
what it had in its hands and nothing else; the next run passes over what is there. Reading, which takes nearly
all of the time, goes to worker processes; this process takes documents in and writes records, in the order of
the documents.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace

from onrecord.errors import OnRecordError, ReadError, SettingsError, StoreError, TooLargeError
from onrecord.store import Prepared, Store, prepare
from onrecord.types import Document, Failure, Record

Read = Callable[[Document], Record]
"""A document to its record, by name (``module.function``) where there are several workers; may raise
``OnRecordError``.
"""

Documents = Callable[[str], Iterable[Document | Failure]]
"""The documents of an origin (a path, an address), a failure in the place of each that can't be read."""

_AHEAD = 4  # documents in the hands of each worker and waiting for it
_TRIES = 2  # of a document whose worker died


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest has come: documents added, there already, failed; the last origin; seconds since it
    began.
    """

    added: int = 0
    known: int = 0
    failed: int = 0
    statements: int = 0
    origin: str | None = None
    elapsed_s: float = 0.0

    @property
    def done(self) -> int:
        """All documents that were dealt with."""
        return self.added + self.known + self.failed

    @property
    def rate(self) -> float:
        """Documents a second."""
        return self.done / self.elapsed_s if self.elapsed_s else 0.0


def ingest(
    store: Store,
    origins: Iterable[str],
    *,
    documents: Documents,
    read: Read,
    model: str | None = None,
    workers: int = 1,
    retry_failed: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Progress:
    """Reads the documents of some origins into a record.

    Args:
        origins: paths and addresses; not held in memory, so there may be any number.
        documents: gives the documents of an origin.
        read: gives the record of a document.
        model: the name of what reads; documents that the record has from another model are read again.
            Without it, what the record has is left
            as it is.
        workers: processes that read, 1 for this one alone.
        retry_failed: also take up every origin in the failures table.
        progress: called after every document.

    Returns:
        The counts at the end.

    Raises:
        StoreError: the record can't be written; what was added before stays.
        SettingsError: fewer than one worker.
    """
    if workers < 1:
        raise SettingsError(f"workers: expected at least 1, found {workers}")
    began = time.monotonic()
    state = Progress()
    failing = _failing(store)
    source = _take(store, _with_failed(failing, origins, retry_failed), documents, model)
    results = _read_here(source, read, model) if workers == 1 else _read_apart(source, read, model, workers)
    again: set[str] = set()
    for item, result in results:
        if isinstance(item.taken, _End):
            # Those of its failures that didn't come up again were read, or are no longer there.
            store.forget(failing.get(item.origin, set()) - again)
            again.clear()
            continue
        state = _keep(store, state, item, result)
        if isinstance(result, Failure):
            again.add(result.origin)
        state = replace(state, origin=_name(item), elapsed_s=time.monotonic() - began)
        if progress:
            progress(state)
    if state.added:
        store.settle()
    return state


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
"""A record to write, a failure to note, or nothing, because the record has it."""


def _failing(store: Store) -> dict[str, set[str]]:
    """The failures by the origin in which they came up."""
    found: dict[str, set[str]] = {}
    for failed in store.failures():
        found.setdefault(failed.within or failed.failure.origin, set()).add(failed.failure.origin)
    return found


def _with_failed(failing: Iterable[str], origins: Iterable[str], retry_failed: bool) -> Iterator[str]:
    again = list(failing) if retry_failed else []
    yield from again
    waiting = set(again)
    yield from (origin for origin in origins if origin not in waiting)


def _take(store: Store, origins: Iterable[str], documents: Documents, model: str | None) -> Iterator[_Item]:
    for origin in origins:
        try:
            for document in documents(origin):
                known = isinstance(document, Document) and store.meet(document, model=model)
                yield _Item(origin, _Known() if known else document)
        except ReadError as error:
            yield _Item(origin, Failure(origin, error))
        yield _Item(origin, _End())


def _name(item: _Item) -> str:
    return item.taken.origin if isinstance(item.taken, Document | Failure) else item.origin


def _keep(store: Store, state: Progress, item: _Item, result: Result) -> Progress:
    if isinstance(result, Failure):
        store.fail(result, within=item.origin)
        return replace(state, failed=state.failed + 1)
    if result is None or not store.add_prepared(result):
        return replace(state, known=state.known + 1)
    found = len(result.record.statements)
    return replace(state, added=state.added + 1, statements=state.statements + found)


def _read_here(source: Iterable[_Item], read: Read, model: str | None) -> Iterator[tuple[_Item, Result]]:
    for item in source:
        taken = item.taken
        if isinstance(taken, Document):
            yield item, read_one(read, taken, model)
        else:
            yield item, taken if isinstance(taken, Failure) else None


def read_one(read: Read, document: Document, model: str | None) -> Prepared | Failure:
    """The record of a document with its rows, or why there is none. Public for the workers' sake."""
    try:
        return prepare(read(document), model=model)
    except StoreError:
        raise
    except OnRecordError as error:
        return Failure(document.origin, error)
    except (MemoryError, RecursionError):
        reason = "expected a text that fits this machine's memory, found one that doesn't; split it"
        return Failure(document.origin, TooLargeError(document.origin, reason))


Waiting = tuple[_Item, "Future[Prepared | Failure] | None"]


def _read_apart(
    source: Iterable[_Item], read: Read, model: str | None, workers: int
) -> Iterator[tuple[_Item, Result]]:
    """Reads in other processes, and gives the results in the order of the documents."""
    pool = _Pool(read, model, workers)
    waiting: deque[Waiting] = deque()
    try:
        for item in source:
            waiting.append((item, pool.submit(item.taken) if isinstance(item.taken, Document) else None))
            while len(waiting) > workers * _AHEAD:
                yield _first(waiting, pool)
        while waiting:
            yield _first(waiting, pool)
    finally:
        pool.close()


def _first(waiting: deque[Waiting], pool: _Pool) -> tuple[_Item, Result]:
    item, future = waiting.popleft()
    taken = item.taken
    if future is None or not isinstance(taken, Document):
        return item, taken if isinstance(taken, Failure) else None
    try:
        return item, future.result()
    except BrokenProcessPool:
        # A worker was killed, most likely for its memory, and all that waited for the pool is lost
        # with it. One at
        # a time now, so that the document that did it is known by name.
        result = pool.read_alone(taken)
        for place, (other, _) in enumerate(waiting):
            if isinstance(other.taken, Document):
                waiting[place] = (other, pool.submit(other.taken))
        return item, result


class _Pool:
    """Worker processes, begun afresh when they die."""

    def __init__(self, read: Read, model: str | None, workers: int) -> None:
        self._read, self._model, self._workers = read, model, workers
        self._pool = self._begin(workers)

    def _begin(self, workers: int) -> ProcessPoolExecutor:
        # Spawned, not forked: a fork would share the database's connections and the runtime's threads.
        return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))

    def submit(self, document: Document) -> Future[Prepared | Failure]:
        try:
            return self._pool.submit(read_one, self._read, document, self._model)
        except BrokenProcessPool as error:
            lost: Future[Prepared | Failure] = Future()
            lost.set_exception(error)
            return lost

    def read_alone(self, document: Document) -> Prepared | Failure:
        """Reads one document with a worker of its own, twice if need be."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        try:
            for _ in range(_TRIES):
                with self._begin(1) as alone:
                    try:
                        return alone.submit(read_one, self._read, document, self._model).result()
                    except BrokenProcessPool:
                        continue
            reason = "reading it ended the process, as when memory runs out; split it, or report it"
            return Failure(document.origin, ReadError(document.origin, reason))
        finally:
            self._pool = self._begin(self._workers)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

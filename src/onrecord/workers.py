"""Reading in several processes, which end when the one that began them does, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection

from onrecord.errors import LoadError, OnRecordError, RecordError, TooLargeError
from onrecord.interrupts import interrupts_deferred
from onrecord.record import Prepared, prepare
from onrecord.types import Document, Failure, Report

Read = Callable[[Document], Report]
"""A document to its report, by name (``module.function``) where there are several workers; may raise
``OnRecordError``.
"""

_TRIES = 2  # of a document whose worker died


def read_one(read: Read, document: Document, model: str | None) -> Prepared | Failure:
    """The report of a document with its rows, or why there is none. Public for the workers' sake."""
    try:
        return prepare(read(document), model=model)
    except RecordError:
        raise
    except OnRecordError as error:
        return Failure(document.origin, error)
    except (MemoryError, RecursionError):
        reason = "expected a text that fits this machine's memory, found one that doesn't; split it"
        return Failure(document.origin, TooLargeError(document.origin, reason))


class Pool:
    """Worker processes, begun afresh when they die, that end when this process does, however it ends."""

    def __init__(self, read: Read, model: str | None, workers: int) -> None:
        self._read, self._model, self._workers = read, model, workers
        # Spawned, not forked: a fork would share the database's connections and the runtime's threads.
        self._context = multiprocessing.get_context("spawn")
        self._told, self._line = self._context.Pipe(duplex=False)
        self._pool = self._begin(workers)

    def _begin(self, workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            workers, mp_context=self._context, initializer=_serve, initargs=(self._told,)
        )

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._pool.shutdown()
        self._line.close()  # ends workers that are still at work, too
        self._pool.shutdown(wait=kind is None, cancel_futures=True)
        self._told.close()

    def submit(self, document: Document) -> Future[Prepared | Failure]:
        """Has a worker read a document; where workers died, what is to come raises ``BrokenProcessPool``."""
        try:
            return self._hand(self._pool, document)
        except BrokenProcessPool as error:
            lost: Future[Prepared | Failure] = Future()
            lost.set_exception(error)
            return lost

    def _hand(self, pool: ProcessPoolExecutor, document: Document) -> Future[Prepared | Failure]:
        with interrupts_deferred():  # handing over is what begins a worker
            return pool.submit(read_one, self._read, document, self._model)

    def read_with_all_cores(self, document: Document) -> Prepared | Failure:
        """Reads one document with a worker of its own, twice if need be."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        try:
            for _ in range(_TRIES):
                with self._begin(1) as alone:
                    try:
                        return self._hand(alone, document).result()
                    except BrokenProcessPool:
                        continue
            reason = "reading it ended the process, as when memory runs out; split it, or report it"
            return Failure(document.origin, LoadError(document.origin, reason))
        finally:
            self._pool = self._begin(self._workers)


def _serve(line: Connection) -> None:
    """Makes this process a worker: a stop from the keyboard is its parent's to hear, and when the parent is
    gone, or hangs up, so is the worker.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(line,), daemon=True).start()


def _end_with(line: Connection) -> None:
    try:
        line.recv_bytes()
    except (EOFError, OSError):
        os._exit(0)

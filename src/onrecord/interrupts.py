"""Stops from the keyboard, held back where one would be heard in the wrong place."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_back() -> Iterator[None]:
    """Lets this thread hear a stop from the keyboard only at the end.

    For the import of an extension module, which makes of one an ``ImportError`` of its own; and for beginning a process, which
    then never hears one, from its first instruction on: it would say so with a traceback while it still imports. Does nothing
    where signals can't be held (Windows).
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

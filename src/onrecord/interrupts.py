"""Stops from the keyboard, held back where one would be heard in the wrong place."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interrupts_deferred() -> Iterator[None]:
    """Lets this process hear a stop from the keyboard only at the end.

    For the import of an extension module, which makes of one an ``ImportError`` of its own. A process begun inside never hears
    one, from its first instruction on: it would say so with a traceback while it still imports. Beside the main thread, which
    alone hears one, this matters for such a process only.
    """
    heard: list[FrameType | None] = []
    handler = None
    if threading.current_thread() is threading.main_thread():
        handler = signal.getsignal(signal.SIGINT)
    # Both: a blocked signal goes to another thread, and is heard all the same; a process begun here takes over the block alone.
    if callable(handler):
        signal.signal(signal.SIGINT, lambda _, frame: heard.append(frame))
    before = _block()
    try:
        yield
    finally:
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if callable(handler):
            signal.signal(signal.SIGINT, handler)
            if heard:
                handler(signal.SIGINT, heard[-1])


def _block() -> set[signal.Signals] | None:
    """What was blocked before; ``None`` where signals can't be (Windows)."""
    if not hasattr(signal, "pthread_sigmask"):
        return None
    return {signal.Signals(number) for number in signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})}

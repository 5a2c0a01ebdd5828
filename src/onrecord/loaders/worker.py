"""A process of its own in which untrusted bytes are parsed, within limits of memory and time.

A C++ parser that runs out of memory ends its process. Here that process has nothing else in it: the document
fails by name, and the next one gets a new process. The process is kept between documents, because starting
one takes a tenth of a second.

It is started as a program. It is not forked, because this process may have threads, and not started through
``multiprocessing``, which runs the user's script again and is forbidden in its own daemons. The two processes
exchange JSON and plain bytes over pipes; ``worker_main`` is the other end.
"""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import IO, Any

from onrecord.errors import EmptyError, FormatError, LoadError, TooLargeError
from onrecord.interrupts import interrupts_deferred
from onrecord.loaders.options import LoadOptions

_START = """
import sys, json
sys.path[:] = json.loads(sys.argv[1])
from onrecord.loaders.worker_main import serve
serve()
"""
_START_S = 120.0  # for the interpreter to start, on a machine with much else to do
_GRACE_S = 5.0  # the process ends itself at the limit; beyond this it is killed
_HEAD = 16  # bytes of a message's length, in decimal digits
_ERRORS: dict[str, type[LoadError]] = {
    kind.__name__: kind for kind in (EmptyError, FormatError, LoadError, TooLargeError)
}
_RAISE = "raise the limit with {option} (in Python LoadOptions.{field}), or save its text and name that"


def parse_apart(parser: str, data: bytes, *, origin: str, options: LoadOptions) -> dict[str, str | None]:
    """What a parser finds in bytes, parsed in the worker process: texts by name.

    Args:
        parser: its name in ``worker_main``.
        origin: named in errors.

    Raises:
        TooLargeError: it takes more memory than ``options.parser_memory_bytes`` or more time than
            ``options.parser_timeout_s``.
        FormatError: the bytes crash the parser.
        LoadError: what the parser itself raises; the process can't be started.
    """
    return _worker.parse(parser, data, origin, options)


class _EndedError(Exception):
    """The process ended, or what it sent is no message."""


class _Worker:
    """The process, started when it is first wanted. One document at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def parse(self, parser: str, data: bytes, origin: str, options: LoadOptions) -> dict[str, str | None]:
        header = {
            "parser": parser, "origin": origin, "bytes": len(data), "options": dataclasses.asdict(options),
        }  # fmt: skip
        with self._lock:
            process = self._started(origin)
            # A text of max_characters, each written as an escape, and what stands around it.
            longest = 12 * options.max_characters + 100_000
            began = time.monotonic()
            try:
                with _killed_after(process, options.parser_timeout_s + _GRACE_S) as timed:
                    _write(process, header, data)
                    response_head = _read_message(process, longest)
            except _EndedError:
                self._drop()
                late = timed.is_set() or time.monotonic() - began >= options.parser_timeout_s
                raise _reason(process.returncode, late, origin, parser, options) from None
            except BaseException:  # a stop from the keyboard: the answer would be taken for the next one's
                self._drop()
                raise
            if not response_head.pop("goes_on", False):
                self.close()
        if "error" in response_head:
            raise _error(response_head, origin, parser, options)
        return {name: value if isinstance(value, str) else None for name, value in response_head.items()}

    def close(self) -> None:
        """Lets the process end."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()
        try:
            process.wait(timeout=_GRACE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def forget(self) -> None:
        """In a forked process: the process is its parent's."""
        self._lock, self._process = threading.Lock(), None

    def _drop(self) -> None:
        if self._process is not None:
            self._process.kill()
        self.close()

    def _started(self, origin: str) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        try:
            if not sys.executable:
                raise OSError("Python's own program isn't known")
            self._process = process = _start()
            with _killed_after(process, _START_S):
                _read_message(process, 1000)
        except (OSError, _EndedError) as error:
            self._drop()
            raise LoadError(
                origin,
                f"the process that parses it can't be started ({error or 'it ended at once'}); "
                "try again, or save its text first",
            ) from error
        return process


def _start() -> subprocess.Popen[bytes]:
    path = [entry for entry in sys.path if isinstance(entry, str)]
    with interrupts_deferred():  # a stop from the keyboard is this process's to hear
        return subprocess.Popen(
            [sys.executable, "-c", _START, json.dumps(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )


@contextlib.contextmanager
def _killed_after(process: subprocess.Popen[bytes], seconds: float) -> Iterator[threading.Event]:
    """Kills the process when the time is over, which ends every wait for it. The event says that it did."""
    timed = threading.Event()

    def kill() -> None:
        timed.set()
        process.kill()

    timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), kill)
    timer.daemon = True
    timer.start()
    try:
        yield timed
    finally:
        timer.cancel()


def _write(process: subprocess.Popen[bytes], header: dict[str, Any], data: bytes) -> None:
    assert process.stdin is not None
    try:
        write_message(process.stdin, header, data)
    except OSError as error:
        raise _EndedError from error


def _read_message(process: subprocess.Popen[bytes], longest: int) -> dict[str, Any]:
    assert process.stdout is not None
    try:
        message = read_message(process.stdout, longest)
    except (OSError, ValueError, RecursionError) as error:
        raise _EndedError from error
    if message is None:
        process.wait()
        raise _EndedError
    return message


def write_message(stream: IO[bytes], message: dict[str, Any], data: bytes = b"") -> None:
    """A message: the length of its JSON in digits, the JSON, then bytes."""
    body = json.dumps(message).encode("ascii")
    stream.write(b"%0*d" % (_HEAD, len(body)) + body)
    stream.write(data)
    stream.flush()


def read_message(stream: IO[bytes], longest: int) -> dict[str, Any] | None:
    """The next message, without the bytes after it; ``None`` at the end.

    Raises:
        ValueError: it is longer, or no message.
    """
    head = stream.read(_HEAD)
    if not head:
        return None
    size = int(head)
    if not 0 <= size <= longest:
        raise ValueError(f"expected a message of at most {longest} bytes, found {size}")
    message = json.loads(stream.read(size))
    if not isinstance(message, dict):
        raise ValueError("expected an object, found another value")
    return message


def _error(response_head: dict[str, Any], origin: str, parser: str, options: LoadOptions) -> LoadError:
    if response_head["error"] == "memory":
        return _too_much_memory(origin, parser, options)
    return _ERRORS.get(str(response_head["error"]), FormatError)(origin, str(response_head.get("reason")))


def _reason(code: int | None, late: bool, origin: str, parser: str, options: LoadOptions) -> LoadError:
    """Why the process ended, as far as the time and its exit code tell."""
    if late:
        return _too_long(origin, parser, options)
    if code is not None and -code in (signal.SIGABRT, getattr(signal, "SIGKILL", 9)):
        return _too_much_memory(origin, parser, options)
    return FormatError(
        origin,
        f"a {parser.upper()} that crashes its parser: it is broken, or needs more than "
        f"{_megabytes(options)} of memory; open and save it anew, or save its text and name that",
    )


def _too_long(origin: str, parser: str, options: LoadOptions) -> TooLargeError:
    advice = _RAISE.format(option="--parser-seconds", field="parser_timeout_s")
    return TooLargeError(
        origin,
        f"expected a {parser.upper()} that is parsed within {options.parser_timeout_s:g} seconds, "
        f"found one that takes longer; {advice}",
    )


def _too_much_memory(origin: str, parser: str, options: LoadOptions) -> TooLargeError:
    advice = _RAISE.format(option="--parser-memory", field="parser_memory_bytes")
    return TooLargeError(
        origin,
        f"expected a {parser.upper()} that is parsed in {_megabytes(options)} of memory, "
        f"found one that needs more; {advice}",
    )


def _megabytes(options: LoadOptions) -> str:
    return f"{options.parser_memory_bytes / 1e6:,.0f} MB"


_worker = _Worker()
atexit.register(_worker.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_worker.forget)

"""The worker process's end of ``worker``: parses bytes within limits and answers, until its parent hangs up."""

from __future__ import annotations

import dataclasses
import faulthandler
import importlib
import os
import signal
import sys
from typing import IO, Any

from onrecord.errors import LoadError
from onrecord.loaders.options import LoadOptions
from onrecord.loaders.worker import read_message, write_message

_PARSERS = {"pdf": "onrecord.loaders.pdf_parser"}
"""Modules with a function ``extract(data, *, origin, options)`` that returns a dataclass of texts."""

_LONGEST_HEADER = 1_000_000  # bytes
_GROWN = (
    100_000_000  # bytes of address space above that at the start: the process ends, and a fresh one follows
)
_UNKNOWN_BASE = 1_000_000_000  # where the system doesn't tell how much address space the process has


def serve() -> None:
    """Answers requests on standard input until its end. Whatever else is printed goes nowhere."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests = sys.stdin.buffer
    with open(os.dup(1), "wb") as answers, open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        for module in _PARSERS.values():
            importlib.import_module(module)
        sys.dont_write_bytecode = True
        _set("RLIMIT_CORE", 0)
        base = _address_space()
        write_message(answers, {"ready": True})
        while (request := read_message(requests, _LONGEST_HEADER)) is not None:
            response_head = _answer(request, requests, base, nowhere)
            response_head["goes_on"] = (_address_space() or 0) - (base or 0) < _GROWN
            write_message(answers, response_head)
            if not response_head["goes_on"]:
                return


def _answer(request: dict[str, Any], stream: IO[bytes], base: int | None, nowhere: Any) -> dict[str, Any]:
    options = LoadOptions(**request["options"])
    data = stream.read(request["bytes"])
    _set("RLIMIT_AS", (base or _UNKNOWN_BASE) + len(data) + options.parser_memory_bytes)
    # A thread of C: it ends the process whatever holds Python's lock, and after the parent is gone, too.
    faulthandler.dump_traceback_later(options.parser_timeout_s, exit=True, file=nowhere)
    try:
        extract = importlib.import_module(_PARSERS[request["parser"]]).extract
        return dataclasses.asdict(extract(data, origin=request["origin"], options=options))
    except LoadError as error:
        return {"error": type(error).__name__, "reason": error.reason}
    except MemoryError:
        return {"error": "memory"}
    finally:
        faulthandler.cancel_dump_traceback_later()
        _set("RLIMIT_AS", None)


def _set(name: str, limit: int | None) -> None:
    """Sets a limit of the system's, or lifts it; where there is no such limit (Windows, macOS), nothing."""
    try:
        import resource

        which = getattr(resource, name)
        hard = resource.getrlimit(which)[1]
        soft = hard if limit is None else limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(which, (soft, hard))
    except (ImportError, AttributeError, ValueError, OSError):
        return


def _address_space() -> int | None:
    """Bytes of this process's address space; ``None`` where the system doesn't tell."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return None

"""Bytes of a file or of standard input: never more than the limit, never waiting on a pipe or a device."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from onrecord.errors import (
    EmptyError,
    FetchError,
    ForbiddenError,
    FormatError,
    LoadError,
    NotFoundError,
    TooLargeError,
)
from onrecord.loaders.origins import STDIN, documents_in, shown

HEAD = 8192  # what is looked at to tell the format

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_MISSING = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EINVAL}
_FORBIDDEN = {errno.EACCES, errno.EPERM}


@contextmanager
def open_origin(origin: str) -> Iterator[BinaryIO]:
    """The open file, or standard input for ``-``.

    Raises:
        NotFoundError: no such file, a dangling link, a pattern that nothing matches.
        ForbiddenError: no permission.
        FormatError: a folder, pipe, socket or device.
        FetchError: the disk failed.
    """
    if origin == STDIN:
        yield getattr(sys.stdin, "buffer", None) or io.BytesIO(sys.stdin.read().encode())
        return
    try:
        check_kind(origin, os.stat(origin))
        # Without waiting: between the look and the opening the file may have become a pipe.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(origin, flags | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as error:
        raise _named(origin, error) from error
    with open(descriptor, "rb") as file:
        check_kind(origin, os.fstat(descriptor))
        try:
            yield file
        except OSError as error:
            raise _named(origin, error) from error


def check_kind(origin: str, status: os.stat_result) -> None:
    """Refuse what isn't a regular file."""
    if stat.S_ISDIR(status.st_mode):
        if next(documents_in(origin), None) is None:
            os.listdir(origin)  # raises where it may not be listed
            raise EmptyError(shown(origin), "a folder without any document; name one with reports in it")
        raise FormatError(
            shown(origin), "expected one document, found a folder; read the files in it instead"
        )
    for test, kind in _KINDS:
        if test(status.st_mode):
            raise FormatError(
                shown(origin), f"expected a file, found {kind}; pass its content on standard input (-)"
            )


def read_head(origin: str, file: BinaryIO) -> bytes:
    """The first bytes, at most ``HEAD`` of them."""
    return _read(origin, file, HEAD)


def read_rest(origin: str, file: BinaryIO, head: bytes, *, limit: int) -> bytes:
    """All bytes, the head before them.

    Raises:
        TooLargeError: over the limit; a file's size is looked at before anything more is read.
    """
    size = _size(file)
    if size is not None and size > limit:
        raise too_large(origin, limit, size)
    data = head + _read(origin, file, max(limit + 1 - len(head), 0))
    if len(data) > limit:
        raise too_large(origin, limit)
    return data


def too_large(origin: str, limit: int, size: int | None = None) -> TooLargeError:
    """The error for a document over a limit of bytes."""
    found = "more" if size is None else f"{size:,}"
    return TooLargeError(
        shown(origin),
        f"expected at most {limit:,} bytes, found {found}; split it, or read it from Python with a higher limit (LoadOptions)",
    )


def _read(origin: str, file: BinaryIO, count: int) -> bytes:
    pieces: list[bytes] = []
    try:
        while count > 0 and (piece := file.read(min(count, 1 << 20))):
            pieces.append(piece)
            count -= len(piece)
    except OSError as error:
        raise _named(origin, error) from error
    return b"".join(pieces)


def _size(file: BinaryIO) -> int | None:
    try:
        status = os.fstat(file.fileno())
    except (OSError, AttributeError, ValueError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _named(origin: str, error: OSError | ValueError) -> LoadError:
    name = shown(origin)
    if isinstance(error, ValueError):
        return NotFoundError(name, "expected a path, found one with a character that no path can have")
    if error.errno in _MISSING:
        if os.path.islink(origin):
            return NotFoundError(name, "a link that leads to no file; name the file itself")
        if any(mark in origin for mark in "*?["):
            return NotFoundError(
                name, "no file of this name and none that the pattern matches; check the path"
            )
        return NotFoundError(name, "no such file; check the path")
    if error.errno in _FORBIDDEN:
        return ForbiddenError(name, "no permission to read it; change its permissions or ask its owner")
    return FetchError(name, f"reading failed: {error.strerror or type(error).__name__}; try again")

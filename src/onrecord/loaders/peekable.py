"""A stream that can be looked into before it is read, and that knows how far it was read."""

from __future__ import annotations

import os
from typing import Protocol


class Readable(Protocol):
    """What ``PeekableStream`` needs of the stream under it."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, fewer only at the end or where the stream hands out pieces."""


class PeekableStream:
    """A stream whose next bytes can be looked at and stay. It leaves the stream under it open.

    ``position`` counts the bytes that were handed out.
    """

    def __init__(self, stream: Readable) -> None:
        self._stream, self._held = stream, b""
        self.position = 0

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay; fewer than ``size`` only at the end."""
        while len(self._held) < size and (more := self._stream.read(size - len(self._held))):
            self._held += more
        return self._held[:size]

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        if size < 0:
            found, self._held = self._held + self._stream.read(), b""
        else:
            found, self._held = self._held[:size], self._held[size:]
            if len(found) < size:
                found += self._stream.read(size - len(found))
        self.position += len(found)
        return found

    def readline(self, size: int = -1) -> bytes:
        """The next line with its end, or as much of it as asked."""
        pieces: list[bytes] = []
        left = size
        while left != 0:
            ahead = self.peek(1 << 16) if size < 0 else self.peek(min(left, 1 << 16))
            cut = ahead.find(b"\n") + 1 or len(ahead)
            if not cut:
                break
            pieces.append(self.read(cut))
            left -= cut if size >= 0 else 0
            if pieces[-1].endswith(b"\n"):
                break
        return b"".join(pieces)

    def tell(self) -> int:
        """How many bytes were handed out."""
        return self.position

    def fileno(self) -> int:
        """The descriptor of the stream under it, which tells a file's size.

        Raises:
            OSError: it has none.
        """
        number = getattr(self._stream, "fileno", None)
        if number is None:
            raise OSError("no file")
        found: int = number()
        return found

    def size(self) -> int | None:
        """The bytes of the file under it; ``None`` where it is no file."""
        try:
            return os.fstat(self.fileno()).st_size
        except (OSError, ValueError):
            return None

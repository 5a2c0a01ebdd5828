"""Gzip around a document or a file of documents, undone piece by piece as it is read: what a small file unpacks
to is bounded by the limits of whoever reads it.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from onrecord.errors import FormatError
from onrecord.loaders.origins import COMPRESSED_SUFFIXES
from onrecord.loaders.peekable import PeekableStream

GZIP = b"\x1f\x8b"
"""The first bytes of a gzip file."""


@contextmanager
def decompressed(stream: PeekableStream, *, name: str) -> Iterator[PeekableStream]:
    """What is in a gzip file, to be read as far as wanted; damage is an error with the file's name.

    Args:
        stream: the gzip file, from its beginning.
        name: of the file, for the error.
    """
    with gzip.GzipFile(fileobj=cast(BinaryIO, stream), mode="rb") as compressed:
        yield PeekableStream(_Named(compressed, name))


class _Named:
    """A compressed stream whose damage is an error with the file's name."""

    def __init__(self, stream: gzip.GzipFile, name: str) -> None:
        self._stream, self._name = stream, name

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, decompressed.

        Raises:
            FormatError: the packing is broken here.
        """
        try:
            return self._stream.read(size)
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            reason = f"expected a whole gzip file, found it broken ({str(error)[:80]}); fetch it again"
            raise FormatError(self._name, reason) from error


def without_packing(name: str) -> str:
    """The name of what is compressed: the file's, without the suffix of its packing.

    >>> without_packing("a.txt.gz"), without_packing("a.txt")
    ('a.txt', 'a.txt')
    """
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and f".{suffix.lower()}" in COMPRESSED_SUFFIXES else name

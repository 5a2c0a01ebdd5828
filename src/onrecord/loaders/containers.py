"""All that an ingest takes: documents, and what holds many of them, told apart by their first bytes.

Web archives, feeds and quotation files are taken apart; gzip around any of them, or around a document, is
undone as they are read. What is inside a compressed file counts against the same limits as if it weren't compressed.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal, cast

from onrecord.errors import FormatError, LoadError
from onrecord.loaders import load_bytes, load_document, load_response, load_stream
from onrecord.loaders.compressed import GZIP, decompressed, without_packing
from onrecord.loaders.files import open_origin
from onrecord.loaders.options import DEFAULTS, LoadOptions
from onrecord.loaders.origins import is_url, shown
from onrecord.loaders.peekable import PeekableStream, Readable
from onrecord.loaders.sniff import charset_of_type
from onrecord.types import Document, Failure

Container = Literal["warc", "feed", "gdelt", "gzip"]

_HEAD = 1 << 16  # a line of a quotation file has its title before its quotations
_WARC = b"WARC/"
_OTHER_COMPRESSIONS = (
    b"\x28\xb5\x2f\xfd",
    b"\x04\x22\x4d\x18",
)  # Zstandard, LZ4: the archive's own reader undoes them
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_ROOT = re.compile(rb"<([A-Za-z][A-Za-z0-9:_.-]{0,60})[\s>]")
_FEEDS = (b"rss", b"feed", b"rdf:rdf")
_QUOTATIONS = re.compile(rb'"quotes"\s{0,8}:\s{0,8}\[')
_TEXT = re.compile(rb'"(?:text|body|content)"\s{0,8}:')


def container_of(head: bytes, *, name: str = "") -> Container | None:
    """What kind of container begins with these bytes; ``None`` for a document or JSON Lines of documents.

    Args:
        name: of the file, which tells an archive in Zstandard or LZ4 from other things so compressed.
    """
    if head.startswith(_WARC) or (head.startswith(_OTHER_COMPRESSIONS) and ".warc." in name.lower()):
        return "warc"
    if head.startswith(GZIP):
        return "warc" if _decompressed_head(head).startswith(_WARC) else "gzip"
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<"):
        root = _ROOT.search(_COMMENT.sub(b"", start[:8192]))
        return "feed" if root and root[1].lower() in _FEEDS else None
    line = start.partition(b"\n")[0]
    return "gdelt" if line.startswith(b"{") and _QUOTATIONS.search(line) and not _TEXT.search(line) else None


def _decompressed_head(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(head, 256)
    except zlib.error:
        return b""


@dataclass(slots=True)
class DocumentLoader:
    """The documents of any origins, one after another, and how far through their bytes it has come.

    ``follow`` says whether the pages that a feed leads to are fetched: by default those of a feed that was
    itself named by its address, and not those of a file, whose user named no URL.
    """

    options: LoadOptions = DEFAULTS
    follow: bool | None = None
    _finished: int = 0
    _stream: PeekableStream | None = None

    @property
    def position(self) -> int:
        """The bytes of files that were read so far, as they lie on the disk."""
        return self._finished + (self._stream.position if self._stream else 0)

    def documents(self, origin: str) -> Iterator[Document | Failure]:
        """Yields every document of an origin, a failure in the place of each that can't be read."""
        try:
            yield from self._load_url(origin) if is_url(origin) else self._read_file(origin)
        except LoadError as error:
            yield Failure(error.origin, error)

    def _load_url(self, origin: str) -> Iterator[Document | Failure]:
        from onrecord.loaders.fetch import fetch

        response = fetch(origin, self.options)
        kind = container_of(response.data[:_HEAD], name=response.url)
        if kind is not None:
            stream = PeekableStream(io.BytesIO(response.data))
            yield from self._take_apart(
                kind, stream, origin, named=response.url, follow=self.follow is not False
            )
            return
        yield from load_response(response, origin=origin, options=self.options)

    def _read_file(self, origin: str) -> Iterator[Document | Failure]:
        with open_origin(origin) as file:
            stream = self._stream = PeekableStream(cast(Readable, file))
            try:
                kind = container_of(stream.peek(_HEAD), name=origin)
                yield from self._take_apart(kind, stream, origin, named=origin, follow=self.follow is True)
            finally:
                self._finished += max(stream.size() or 0, stream.position)
                self._stream = None

    def _take_apart(
        self, kind: Container | None, stream: PeekableStream, origin: str, *, named: str, follow: bool
    ) -> Iterator[Document | Failure]:
        file, name, options = cast(BinaryIO, stream), shown(origin), self.options
        if kind == "gzip":
            yield from self._decompress(stream, origin, named=without_packing(named), follow=follow)
        elif kind == "warc":
            from onrecord.loaders import warc

            yield from warc.iter_documents(file, load_page=self._page, origin=name, options=options)
        elif kind == "feed":
            from onrecord.loaders import feed

            fetch: Callable[[str], Document] | None = self._fetch if follow else None
            yield from feed.iter_documents(
                file, load_page=self._page, fetch=fetch, origin=name, options=options
            )
        elif kind == "gdelt":
            from onrecord.loaders import gdelt

            yield from gdelt.iter_documents(file, origin=name, options=options)
        else:
            yield from load_stream(file, origin=origin, named=named, options=options)

    def _decompress(
        self, stream: PeekableStream, origin: str, *, named: str, follow: bool
    ) -> Iterator[Document | Failure]:
        with decompressed(stream, name=shown(origin)) as inner:
            kind = container_of(inner.peek(_HEAD), name=named)
            # A second packing is refused by name: each one more multiplies what a small file unpacks to.
            yield from self._take_apart(
                None if kind == "gzip" else kind, inner, origin, named=named, follow=follow
            )

    def _page(self, body: bytes, origin: str, content_type: str | None) -> Document:
        kind = content_type or ""
        found = list(
            load_bytes(
                body,
                origin=origin,
                content_type=kind,
                charset=charset_of_type(kind),
                url=origin if is_url(origin) else None,
                options=self.options,
            )
        )
        if len(found) != 1:
            raise FormatError(shown(origin), f"expected a page, found {len(found):,} documents in it")
        if isinstance(found[0], Failure):
            raise found[0].error
        return found[0]

    def _fetch(self, address: str) -> Document:
        return load_document(address, options=self.options)

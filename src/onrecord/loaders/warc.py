"""WARC archives, as crawlers and Common Crawl's news set write them: each page that was fetched is a
document.

Plain, gzip, zstd or lz4; of any size, since records are read one after another. What isn't a page (images,
scripts, redirects, requests, revisits) is passed over; a page that can't be read is a failure by its address.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, WarcReader, ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from onrecord.errors import EmptyError, FormatError, LoadError, NotFoundError, TooLargeError
from onrecord.loaders.options import DEFAULTS, LoadOptions
from onrecord.types import Document, Failure

LoadPage = Callable[[bytes, str, str | None], Document]
"""``(body, origin, content_type)`` to a document; raises ``LoadError``. ``content_type`` is the server's
header, charset and all.
"""

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_CHUNK = re.compile(rb"[0-9a-fA-F]{1,8}[ \t]*[\r;]")
_TYPES = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion


def iter_documents(
    source: str | os.PathLike[str] | BinaryIO,
    *,
    load_page: LoadPage,
    origin: str | None = None,
    options: LoadOptions = DEFAULTS,
) -> Iterator[Document | Failure]:
    """Yields the documents of an archive, a failure in the place of each that can't be read.

    Args:
        source: a path or an open binary stream, compressed or not.
        load_page: makes a document of a page.
        origin: names the archive in failures; by default its path.
    """
    name = origin or (os.fspath(source) if isinstance(source, str | os.PathLike) else "-")
    pages = 0
    with ExitStack() as stack:
        try:
            stream = _open(source, name, stack)
            for record in ArchiveIterator(stream, record_types=_TYPES):
                whole = record.content_length
                raw = record.reader.read(options.max_markup_bytes + 1)
                if len(raw) < min(whole, options.max_markup_bytes + 1):
                    # The reader says nothing of an archive that was cut off.
                    raise EOFError(f"its last record has {len(raw):,} of {whole:,} bytes")
                if _is_page(record):
                    pages += 1
                    yield _read(record, raw, f"{name}#{record.stream_pos}", load_page, options)
        except LoadError as error:
            yield Failure(name, error)
            return
        except (OSError, EOFError, ValueError) as error:
            # After a broken record nothing tells where the next begins.
            reason = f"expected a WARC archive, found it broken after {pages} pages ({_short(error)}); fetch it again"
            yield Failure(name, FormatError(name, reason))
            return
    if not pages:
        yield Failure(
            name, EmptyError(name, "expected pages in the archive, found none; check that it is a WARC")
        )


def _open(source: str | os.PathLike[str] | BinaryIO, name: str, stack: ExitStack) -> BinaryIO:
    if not isinstance(source, str | os.PathLike):
        return source
    if not Path(source).is_file():
        raise NotFoundError(name, "expected an archive, found no such file; check the name")
    return stack.enter_context(open(source, "rb"))


def _is_page(record: WarcRecord) -> bool:
    if record.record_type == WarcRecordType.response:
        headers = record.http_headers
        return headers is not None and headers.status_code == 200 and _kind(_content_type(record)) in _PAGES
    return _kind(_content_type(record)) in _PAGES


def _content_type(record: WarcRecord) -> str | None:
    headers = record.http_headers if record.record_type == WarcRecordType.response else record.headers
    return headers.get("Content-Type") if headers is not None else None


def _kind(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()


def _read(
    record: WarcRecord, raw: bytes, place: str, load_page: LoadPage, options: LoadOptions
) -> Document | Failure:
    origin = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or place
    try:
        body = _decode(record, raw, options.max_markup_bytes + 1)
        if max(len(raw), len(body)) > options.max_markup_bytes:
            reason = f"expected at most {options.max_markup_bytes:,} bytes, found more; save its text alone and name that file"
            return Failure(origin, TooLargeError(origin, reason))
        return load_page(body, origin, _content_type(record))
    except LoadError as error:
        return Failure(origin, error)
    except (OSError, EOFError, ValueError) as error:
        reason = f"its body isn't in the coding that its headers name ({_short(error)}); fetch it again"
        return Failure(origin, FormatError(origin, reason))


def _decode(record: WarcRecord, raw: bytes, limit: int) -> bytes:
    """The body without the codings of its transfer, no more than ``limit`` bytes of it, however far it would
    unpack.
    """
    headers = record.http_headers
    if record.record_type != WarcRecordType.response or headers is None:
        return raw
    stream: WarcReader | BinaryIO = io.BytesIO(raw)
    # Some crawlers keep the header and the body already put together: chunks begin with a number.
    if _named(headers.get("Transfer-Encoding")) == "chunked" and _CHUNK.match(raw):
        stream = ChunkedReader(stream)
    coding = _named(headers.get("Content-Encoding"))
    if coding in ("gzip", "x-gzip"):
        stream = GzipReader(stream)
    elif coding == "deflate":
        stream = GzipReader(stream, zlib=True)
    elif coding == "br":
        stream = BrotliReader(stream)
    elif coding == "zstd":
        stream = ZstdReader(stream)
    elif coding not in ("", "identity", "none"):
        raise ValueError(f"the coding {coding[:20]!r} is unknown")
    return stream.read(limit)


def _named(header: str | None) -> str:
    return (header or "").strip().lower()


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__

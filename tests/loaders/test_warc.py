"""Archives of pages: each page by its address, whatever the archive's packing, and what is broken by name."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import EmptyError, FormatError, LoadError, NotFoundError, TooLargeError
from onrecord.loaders.options import LoadOptions
from onrecord.loaders.warc import iter_documents
from onrecord.types import Document, Failure


def load_page(body: bytes, origin: str, content_type: str | None) -> Document:
    """Takes the bytes as the text."""
    if not body.strip():
        raise EmptyError(origin, "nothing in it")
    return Document.of(body.decode("utf-8", "replace"), origin=origin, title=content_type)


def page(
    address: str,
    body: bytes,
    *,
    status: str = "200 OK",
    kind: str = "text/html",
    headers: str = "",
    record: str = "response",
) -> bytes:
    """One record of an archive."""
    http = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    block, block_type = (http, "application/http; msgtype=response") if record == "response" else (body, kind)
    return (
        f"WARC/1.0\r\nWARC-Type: {record}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-03-12T08:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: {block_type}\r\nContent-Length: {len(block)}\r\n\r\n".encode()
        + block
        + b"\r\n\r\n"
    )


ONE, TWO = page("https://courier.example/1", b"<p>one</p>"), page("https://courier.example/2", b"<p>two</p>")


def read(data: bytes, *, max_bytes: int = 10_000) -> list[Document | Failure]:
    options = LoadOptions(max_markup_bytes=max_bytes)
    return list(iter_documents(io.BytesIO(data), load_page=load_page, origin="archive", options=options))


def told(found: list[Document | Failure]) -> list[tuple[str, object]]:
    return [(item.origin, item.text if isinstance(item, Document) else type(item.error)) for item in found]


BOTH = [("https://courier.example/1", "<p>one</p>"), ("https://courier.example/2", "<p>two</p>")]

WHOLE = [
    (ONE + TWO, "plain"),
    (gzip.compress(ONE) + gzip.compress(TWO), "each record packed by itself, as crawlers do"),
    (gzip.compress(ONE + TWO), "packed in one piece"),
    (ONE + page("https://x.example/3", b"gone", status="404 Not Found") + TWO, "a page that wasn't there"),
    (
        ONE + page("https://x.example/3", b"", status="301 Moved", headers="Location: /\r\n") + TWO,
        "a redirect",
    ),
    (ONE + page("https://x.example/3", b"\x89PNG", kind="image/png") + TWO, "a picture"),
    (
        ONE + page("https://x.example/3", b"GET /", record="request", kind="application/http") + TWO,
        "a request",
    ),
    (
        page("https://courier.example/1", b"<p>one</p>", kind="Text/HTML; charset=utf-8") + TWO,
        "a charset in the header",
    ),
    (page("<https://courier.example/1>", b"<p>one</p>") + TWO, "an address in brackets"),
    (
        page("https://courier.example/1", gzip.compress(b"<p>one</p>"), headers="Content-Encoding: gzip\r\n")
        + TWO,
        "a page packed by its server",
    ),
    (
        page(
            "https://courier.example/1", zlib.compress(b"<p>one</p>"), headers="Content-Encoding: deflate\r\n"
        )
        + TWO,
        "a page packed the other way",
    ),
    (
        page(
            "https://courier.example/1",
            b"a\r\n<p>one</p>\r\n0\r\n\r\n",
            headers="Transfer-Encoding: chunked\r\n",
        )
        + TWO,
        "a page in chunks",
    ),
    (
        page("https://courier.example/1", b"<p>one</p>", headers="Transfer-Encoding: chunked\r\n") + TWO,
        "a page whose chunks the crawler put together",
    ),
    (
        page("https://courier.example/1", b"<p>one</p>", record="resource") + TWO,
        "a page without its server's answer",
    ),
    (
        page("https://courier.example/1", b"<p>one</p>", record="conversion", kind="text/plain") + TWO,
        "text made of a page",
    ),
]


@pytest.mark.parametrize(("data", "reason"), WHOLE, ids=[reason for _, reason in WHOLE])
def test_pages_are_read(data: bytes, reason: str) -> None:
    assert told(read(data)) == BOTH


BROKEN = [
    (
        ONE + page("bad", b"not packed", headers="Content-Encoding: gzip\r\n") + TWO,
        FormatError,
        "bad",
        True,
        "a body not packed as said",
    ),
    (
        ONE + page("bad", b"?", headers="Content-Encoding: rot13\r\n") + TWO,
        FormatError,
        "bad",
        True,
        "an unknown packing",
    ),
    (ONE + page("bad", b"x" * 20_000) + TWO, TooLargeError, "bad", True, "a page over the limit"),
    (
        ONE + page("bad", gzip.compress(b"x" * 50_000_000), headers="Content-Encoding: gzip\r\n") + TWO,
        TooLargeError,
        "bad",
        True,
        "a page that unpacks to a thousand times its size",
    ),
    (ONE + page("bad", b" ") + TWO, EmptyError, "bad", True, "a page that can't be read"),
    (ONE + TWO[:-30], FormatError, "archive", False, "cut off in a page's headers"),
    (ONE + page("bad", b"<p>two</p>")[:-8], FormatError, "archive", False, "cut off in a page's body"),
    (
        gzip.compress(ONE) + b"\x1f\x8b\x08 no longer packed",
        FormatError,
        "archive",
        False,
        "damaged in the middle",
    ),
    (
        ONE + page("bad", b"y").replace(b"Content-Length: ", b"Content-Length: 999999999999", 1),
        FormatError,
        "archive",
        False,
        "a false length",
    ),
]


@pytest.mark.parametrize(
    ("data", "error", "origin", "goes_on", "reason"), BROKEN, ids=[row[-1] for row in BROKEN]
)
def test_what_is_broken_is_named(data: bytes, error: type, origin: str, goes_on: bool, reason: str) -> None:
    found = told(read(data))
    assert found == [BOTH[0], (origin, error)] + ([BOTH[1]] if goes_on else [])


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"Dear editor,\n" * 100, b"<html>" * 100, gzip.compress(b"junk" * 1000)]
)
def test_what_is_no_archive_is_named(data: bytes) -> None:
    (failure,) = read(data)
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, FormatError | EmptyError)
    assert failure.origin == "archive"
    assert "\n" not in str(failure.error)


def test_a_path_is_opened_and_closed(tmp_path: Path) -> None:
    path = tmp_path / "news.warc.gz"
    path.write_bytes(gzip.compress(ONE))
    assert told(list(iter_documents(path, load_page=load_page))) == BOTH[:1]
    (failure,) = iter_documents(tmp_path / "none.warc", load_page=load_page)
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, NotFoundError)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2 * len(ONE)), st.binary(max_size=40), st.booleans())
def test_damage_anywhere_is_an_error_with_a_name(place: int, junk: bytes, compressed: bool) -> None:
    data = gzip.compress(ONE) + gzip.compress(TWO) if compressed else ONE + TWO
    for item in read(data[:place] + junk + data[place + len(junk) :]):
        assert isinstance(item, Document) or isinstance(item.error, LoadError)

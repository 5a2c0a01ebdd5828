"""RSS and Atom feeds: each entry is a document, by the page it leads to or by the text it carries."""

from __future__ import annotations

import io
import os
from calendar import timegm
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import struct_time
from typing import Any, BinaryIO

import feedparser  # type: ignore[import-untyped]

from onrecord.errors import EmptyError, FormatError, LoadError, NotFoundError, TooLargeError
from onrecord.loaders.html import check_tags
from onrecord.loaders.options import DEFAULTS, LoadOptions
from onrecord.loaders.warc import LoadPage
from onrecord.types import UNPUBLISHED, Document, Failure, Published

FetchPage = Callable[[str], Document]
"""An address to the document that stands there; raises ``LoadError``."""

_MAX_ENTRIES = 10_000
# What the parser raises on damaged XML, seen by damaging feeds at random: numbers and character references
# out of range, charsets that are none, elements that close before they open, nesting without end.
_BREAKS = (
    ValueError,
    LookupError,
    ArithmeticError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)
_MAX_BYTES = 5_000_000  # the parser takes a second for each million of the worst of them

_MOST_TAGS = 300_000  # 10,000 entries of 30 tags; a million of them take it 20 seconds and 400 MB


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of a report. ``body`` is HTML, or plain text where it has no tags."""

    origin: str
    link: str | None
    title: str | None
    byline: str | None
    publisher: str | None
    published: Published
    body: str | None


def iter_documents(
    source: str | os.PathLike[str] | BinaryIO | bytes,
    *,
    load_page: LoadPage,
    fetch: FetchPage | None = None,
    origin: str | None = None,
    options: LoadOptions = DEFAULTS,
) -> Iterator[Document | Failure]:
    """Yields the documents of a feed, a failure in the place of each that can't be read.

    What the page itself says of title, author and day stands; the feed fills what it leaves open.

    Args:
        source: a path, an open binary stream or the bytes.
        load_page: makes a document of the HTML that an entry carries.
        fetch: gets the page that an entry leads to; without it nothing is fetched, and entries must carry
            their text.
        origin: names the feed in failures; by default its path.
    """
    name = origin or (os.fspath(source) if isinstance(source, str | os.PathLike) else "-")
    try:
        data = _bytes(source, name, min(options.max_markup_bytes, _MAX_BYTES))
        check_tags(data, origin=name, most=_MOST_TAGS)
        entries = list_entries(data, origin=name)
    except LoadError as error:
        yield Failure(name, error)
        return
    for entry in entries:
        try:
            yield _read(entry, load_page, fetch)
        except LoadError as error:
            yield Failure(entry.origin, error)


def list_entries(data: bytes, *, origin: str) -> tuple[Entry, ...]:
    """The entries of a feed, at most 10,000, in its order.

    Raises:
        FormatError: it isn't a feed.
        EmptyError: a feed without entries.
    """
    # Bytes in a stream: a string would be taken for an address and fetched.
    try:
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except _BREAKS as error:
        reason = f"expected a feed, found one that is damaged ({type(error).__name__}); fetch it again"
        raise FormatError(origin, reason) from error
    if not feed.get("version") and not feed.entries:
        raise FormatError(origin, "expected an RSS or Atom feed, found something else; check the address")
    if not feed.entries:
        raise EmptyError(origin, "expected entries in the feed, found none; try again later")
    publisher = _words(feed.feed.get("title"))
    return tuple(
        _entry(entry, f"{origin}#{number}", publisher)
        for number, entry in enumerate(feed.entries[:_MAX_ENTRIES], start=1)
    )


def _bytes(source: str | os.PathLike[str] | BinaryIO | bytes, name: str, limit: int) -> bytes:
    if isinstance(source, bytes):
        data = source
    elif isinstance(source, str | os.PathLike):
        if not Path(source).is_file():
            raise NotFoundError(name, "expected a feed, found no such file; check the name")
        with open(source, "rb") as stream:
            data = stream.read(limit + 1)
    else:
        data = source.read(limit + 1)
    if len(data) > limit:
        raise TooLargeError(name, f"expected at most {limit:,} bytes, found more; is it a feed?")
    if not data.strip():
        raise EmptyError(name, "expected a feed, found nothing in it")
    return data


def _entry(entry: Any, place: str, publisher: str | None) -> Entry:
    link = _words(entry.get("link"))
    contents = [_words(part.get("value")) for part in entry.get("content", ()) if isinstance(part, dict)]
    bodies = [body for body in (*contents, _words(entry.get("summary"))) if body]
    return Entry(
        origin=link or _words(entry.get("id")) or place,
        link=link if link and link.lower().startswith(("http://", "https://")) else None,
        title=_words(entry.get("title")),
        byline=_words(entry.get("author")),
        publisher=publisher,
        published=_published(dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")),
        body=max(bodies, key=len, default=None),
    )


def _read(entry: Entry, load_page: LoadPage, fetch: FetchPage | None) -> Document:
    if fetch is not None and entry.link is not None:
        document = fetch(entry.link)
    elif entry.body is None:
        raise EmptyError(
            entry.origin, "expected text in the feed's entry, found none; let its page be fetched"
        )
    elif "<" in entry.body:
        page = f"<!DOCTYPE html><html><body><article>{entry.body}</article></body></html>"
        document = load_page(page.encode("utf-8", "replace"), entry.origin, "text/html; charset=utf-8")
    else:
        document = load_page(entry.body.encode("utf-8", "replace"), entry.origin, "text/plain; charset=utf-8")
    return replace(
        document,
        title=document.title or entry.title,
        byline=document.byline or entry.byline,
        publisher=document.publisher or entry.publisher,
        published=document.published if document.published.date else entry.published,
    )


def _published(time: object) -> Published:
    if not isinstance(time, struct_time):
        return UNPUBLISHED
    try:
        day = datetime.fromtimestamp(timegm(time), UTC).date()
    except (ValueError, OverflowError, OSError):  # a year that no calendar has
        return UNPUBLISHED
    return Published(day.isoformat(), "metadata")


def _words(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None

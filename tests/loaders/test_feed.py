"""Feeds: entries by the page they lead to or the text they carry; hostile XML does nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import EmptyError, FetchError, FormatError, LoadError, NotFoundError, TooLargeError
from onrecord.loaders.feed import iter_documents, list_entries
from onrecord.types import Document, Failure, Published

RSS = b"""<?xml version="1.0"?>
<rss version="2.0"><channel><title>The Osthaven Courier</title>
<item><title>Bridge closed</title><link>https://courier.example/1</link><author>Ana Brandt</author>
<pubDate>Tue, 12 Mar 2024 22:30:00 -0500</pubDate><description>&lt;p&gt;The bridge is closed.&lt;/p&gt;</description></item>
<item><title>Ferry late</title><link>https://courier.example/2</link><description>The ferry is late.</description></item>
</channel></rss>"""

ATOM = b"""<?xml version="1.0" encoding="iso-8859-1"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Gazette</title>
<entry><title>Z\xe9ro</title><id>tag:gazette.example,2024:1</id><link href="https://gazette.example/1"/><updated>2024-03-12T09:00:00Z</updated>
<author><name>Milo Okafor</name></author><summary>Short.</summary>
<content type="html">&lt;p&gt;A much longer text.&lt;/p&gt;</content></entry></feed>"""


def load_page(body: bytes, origin: str, content_type: str | None) -> Document:
    return Document.of(body.decode(), origin=origin)


def read(data: bytes, **options: object) -> list[Document | Failure]:
    return list(iter_documents(data, load_page=load_page, origin="feed", **options))  # type: ignore[arg-type]


def test_entries_carry_what_the_feed_says_of_them() -> None:
    first, second = read(RSS)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert "<p>The bridge is closed.</p>" in first.text
    assert (first.origin, first.title, first.byline) == (
        "https://courier.example/1",
        "Bridge closed",
        "Ana Brandt",
    )
    assert (first.publisher, first.published) == (
        "The Osthaven Courier",
        Published("2024-03-13", "metadata"),
    )  # in UTC
    assert second.text == "The ferry is late."
    assert second.published.date is None


def test_the_longest_text_of_an_entry_is_taken() -> None:
    (entry,) = list_entries(ATOM, origin="feed")
    assert entry.body == "<p>A much longer text.</p>"
    assert (entry.title, entry.byline, entry.published.date) == ("Zéro", "Milo Okafor", "2024-03-12")


def test_the_page_is_fetched_where_that_is_allowed() -> None:
    def fetch(address: str) -> Document:
        if address.endswith("2"):
            raise FetchError(address, "the server doesn't answer")
        return Document.of(
            f"the page of {address}", origin=address, title="Its own title", publisher="Its own name"
        )

    first, second = read(RSS, fetch=fetch)
    assert isinstance(first, Document)
    assert first.text == "the page of https://courier.example/1"
    assert (first.title, first.publisher, first.byline) == ("Its own title", "Its own name", "Ana Brandt")
    assert isinstance(second, Failure)
    assert second.origin == "https://courier.example/2"


def test_only_pages_of_the_web_are_fetched() -> None:
    data = RSS.replace(b"https://courier.example/1", b"file:///etc/hostname").replace(
        b"https://courier.example/2", b"javascript:x()"
    )
    fetched: list[str] = []

    def fetch(address: str) -> Document:
        fetched.append(address)
        return Document.of(address, origin=address)

    read(data, fetch=fetch)
    assert fetched == []


NOT_FEEDS = [
    (b"", EmptyError, "nothing"),
    (b"Dear editor", FormatError, "a letter"),
    (b"<html><body><p>A page</p></body></html>", FormatError, "a page"),
    (
        b'<rss version="2.0"><channel><title>Quiet</title></channel></rss>',
        EmptyError,
        "a feed without entries",
    ),
    (b"x" * 6_000_000, TooLargeError, "more than any feed has"),
    (b"<" * 200_000, FormatError, "brackets"),
    (b"\xff\xfe\x00\x00", FormatError, "bytes of no charset"),
]


@pytest.mark.parametrize(("data", "error", "reason"), NOT_FEEDS, ids=[reason for *_, reason in NOT_FEEDS])
def test_what_is_no_feed_is_named(data: bytes, error: type, reason: str) -> None:
    (failure,) = read(data)
    assert isinstance(failure, Failure)
    assert type(failure.error) is error


def test_entities_neither_grow_nor_read_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret words")
    ladder = b"".join(b'<!ENTITY e%d "%s">' % (step + 1, b"&e%d;" % step * 10) for step in range(12))
    for inside, entity in (
        (b'<!ENTITY e0 "lol">' + ladder, b"&e12;"),
        (b'<!ENTITY e SYSTEM "%s">' % secret.as_uri().encode(), b"&e;"),
    ):
        data = (
            b'<?xml version="1.0"?><!DOCTYPE rss ['
            + inside
            + b"]>"
            + RSS[RSS.index(b"<rss") :].replace(b"Bridge closed", entity)
        )
        began = time.process_time()
        found = read(data.replace(b"The ferry is late.", entity))
        assert time.process_time() - began < 20
        told = " ".join(
            f"{item.title} {item.text}" if isinstance(item, Document) else str(item) for item in found
        )
        assert "the secret words" not in told
        assert len(told) < 10_000


def test_a_path_is_read(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(RSS)
    assert len(list(iter_documents(path, load_page=load_page))) == 2
    (failure,) = iter_documents(tmp_path / "none.xml", load_page=load_page)
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, NotFoundError)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(RSS)), st.binary(max_size=30))
def test_damage_anywhere_is_a_document_or_an_error_with_a_name(place: int, junk: bytes) -> None:
    for item in read(RSS[:place] + junk + RSS[place + len(junk) :]):
        assert isinstance(item, Document) or isinstance(item.error, LoadError)

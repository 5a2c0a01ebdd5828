"""GDELT's quotation files: a document for each line, a failure for each that is none."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import EmptyError, FormatError, LoadError, NotFoundError, TooLargeError
from onrecord.loaders.gdelt import iter_documents
from onrecord.loaders.options import LoadOptions
from onrecord.types import Document, Failure, Published


def line(**changes: object) -> bytes:
    """One line of a file."""
    quote = {"pre": "Mayor Ana Brandt said", "quote": "we will not move", "post": ", and left."}
    whole = {
        "date": "2024-03-12T10:00:00Z",
        "url": "https://www.courier.example/a",
        "title": "Unmoved",
        "lang": "ENGLISH",
        "quotes": [quote],
    }
    return json.dumps({**whole, **changes}).encode() + b"\n"


def read(data: bytes, *, max_bytes: int = 100_000) -> list[Document | Failure]:
    return list(iter_documents(io.BytesIO(data), origin="file", options=LoadOptions(max_bytes=max_bytes)))


def test_a_line_is_a_document() -> None:
    (document,) = read(line())
    assert document == Document.of(
        "Mayor Ana Brandt said “we will not move”, and left.",
        origin="https://www.courier.example/a",
        title="Unmoved",
        publisher="courier.example",
        published=Published("2024-03-12", "metadata"),
        language="en",
    )


SNIPPETS = [
    ({"pre": "She said", "quote": "no", "post": "again"}, "She said “no” again", "marks are set"),
    (
        {"pre": "She said “", "quote": "no", "post": "” again"},
        "She said “no” again",
        "not where they are already",
    ),
    ({"pre": "", "quote": "no", "post": ""}, "“no”", "nothing around"),
    ({"quote": " no "}, "“no”", "fields left out"),
    ({"pre": "She said", "quote": "no", "post": ". Then"}, "She said “no”. Then", "a full stop after"),
]


@pytest.mark.parametrize(("quote", "text", "reason"), SNIPPETS, ids=[reason for *_, reason in SNIPPETS])
def test_snippets(quote: dict[str, str], text: str, reason: str) -> None:
    (document,) = read(line(quotes=[quote, {"quote": "second"}]))
    assert isinstance(document, Document)
    assert document.text == f"{text}\n\n“second”"


DATES = [
    ("20240312100000", "2024-03-12"),
    ("2024-03-12", "2024-03-12"),
    ("2024-02-31", None),
    ("soon", None),
    (None, None),
    (5, None),
]


@pytest.mark.parametrize(("date", "expected"), DATES)
def test_dates(date: object, expected: str | None) -> None:
    (document,) = read(line(date=date))
    assert isinstance(document, Document)
    assert document.published.date == expected


def test_what_isn_t_said_stays_open() -> None:
    (document,) = read(line(title=None, lang="KLINGON", url="https://[half"))
    assert isinstance(document, Document)
    assert (document.title, document.language, document.publisher) == (None, None, None)


BROKEN = [
    (b"{half\n", FormatError, "half an object"),
    (b"[1]\n", FormatError, "a list"),
    (b'{"title": "x"}\n', FormatError, "no quotations"),
    (line(quotes=[]), EmptyError, "an empty list of them"),
    (line(quotes=[5, {"quote": 5}, {"quote": " "}]), EmptyError, "none that is words"),
    (b"[" * 50_000 + b"\n", FormatError, "nested too deep"),
    (b'{"n":' + b"9" * 50_000 + b"}\n", FormatError, "a number too long"),
    (b"\xff\xfe\xff\n", FormatError, "bytes of no charset"),
    (b"x" * 200_000 + b"\n", TooLargeError, "a line over the limit"),
]


@pytest.mark.parametrize(("data", "error", "reason"), BROKEN, ids=[reason for *_, reason in BROKEN])
def test_a_broken_line_is_named_and_the_rest_is_read(data: bytes, error: type, reason: str) -> None:
    first, failure, last = read(line() + data + b"\n" + line(title="Last"))
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(failure, Failure)
    assert type(failure.error) is error


def test_packed_files_and_paths(tmp_path: Path) -> None:
    compressed = gzip.compress(line() * 3)
    assert len(read(compressed)) == 3
    path = tmp_path / "quotes.gqg.json.gz"
    path.write_bytes(compressed)
    assert len(list(iter_documents(path))) == 3
    *whole, failure = read(gzip.compress(line() * 5000)[:-20])
    assert all(isinstance(item, Document) for item in whole)
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, FormatError)
    for data in (b"", b"\n\n", gzip.compress(b"")):
        (failure,) = read(data)
        assert isinstance(failure, Failure)
        assert isinstance(failure.error, EmptyError)
    (failure,) = iter_documents(tmp_path / "none.gz")
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, NotFoundError)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 300), st.binary(max_size=30), st.booleans())
def test_damage_anywhere_is_a_document_or_an_error_with_a_name(
    place: int, junk: bytes, compressed: bool
) -> None:
    data = gzip.compress(line() * 2) if compressed else line() * 2
    for item in read(data[:place] + junk + data[place + len(junk) :]):
        assert isinstance(item, Document) or isinstance(item.error, LoadError)

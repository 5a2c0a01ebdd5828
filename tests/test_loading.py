"""Reading: every format gives its document, every bad input its named error, and the others go on."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import (
    EmptyError,
    FetchError,
    ForbiddenError,
    FormatError,
    LoadError,
    NotFoundError,
    TooLargeError,
)
from onrecord.loaders import LoadOptions, document_of, expand, load_document, load_documents
from onrecord.loaders.public_hosts import public_addresses
from onrecord.loaders.transcript import turns
from onrecord.types import Document, Failure

PAGE = """<!doctype html><html lang="en"><head><title>Bridge to close</title>
<meta name="author" content="Mara Holm"><meta property="og:site_name" content="The Alderby Post">
<meta property="article:published_time" content="2024-03-12T08:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Bridge to close</h1><p>The bridge over the Sohal will close on Friday, the mayor said on Tuesday, and stay closed for a year.</p>
<p>"We have no choice," Mayor Ines Orr told the council. "The bolts are made of rust and hope."</p>
<p>Shopkeepers said that the closure would ruin them, and demanded that the ferry run at night as well.</p></article></body></html>"""


def pdf_of(lines: list[str]) -> bytes:
    """A one-page PDF with these lines, written by hand."""
    drawn = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 11 Tf 72 720 Td {drawn} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, len(out),
    )  # fmt: skip


BAD: list[tuple[str, str, bytes, type[LoadError]]] = [
    ("empty", "a.txt", b"", EmptyError),
    ("only space", "a.txt", b" \n\t\n", EmptyError),
    ("an image under a text's name", "a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), FormatError),
    ("a zip, as office files are", "a.docx", b"PK\x03\x04" + bytes(300), FormatError),
    ("random bytes", "a.txt", bytes(range(256)) * 8, FormatError),
    ("NULs in a text", "a.txt", b"He said\x00\x00 so.\x01\x02" * 9, FormatError),
    ("HTML without text", "a.html", b"<html><body><script>1</script></body></html>", EmptyError),
    ("HTML nested very deep", "a.html", b"<html><body>" + b"<div>" * 60_000, TooLargeError),
    ("a broken PDF", "a.pdf", b"%PDF-1.7\nnothing of the kind", FormatError),
    ("a PDF without a text layer", "a.pdf", pdf_of([]), EmptyError),
    ("JSON without the field", "a.jsonl", b'{"body": "x"}\n', FormatError),
    ("JSON nested very deep", "a.jsonl", b'{"text": ' + b"[" * 50_000 + b"\n", FormatError),
    ("a huge number in JSON", "a.jsonl", b'{"text": ' + b"9" * 6_000 + b"}\n", FormatError),
    ("a lone surrogate alone", "a.jsonl", b'{"text": ""}\n', EmptyError),
]


@pytest.mark.parametrize(("reason", "name", "data", "error"), BAD, ids=[case[0] for case in BAD])
def test_bad_input_is_a_named_error(
    tmp_path: Path, reason: str, name: str, data: bytes, error: type[LoadError]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    results = list(load_documents(str(path)))
    assert [type(result) for result in results] == [Failure]
    assert isinstance(results[0], Failure)
    assert isinstance(results[0].error, error)
    assert str(path) in str(results[0])
    assert "\n" not in str(results[0])


def test_what_is_not_there_or_not_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "dangling").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name, error in (
        ("missing.txt", NotFoundError),
        ("dangling", NotFoundError),
        ("pipe", FormatError),
        ("folder", EmptyError),
    ):
        with pytest.raises(error):
            load_document(str(tmp_path / name))


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
        file.write(b"word " * 20_000)
    with pytest.raises(LoadError):
        load_document(str(path))
    path.write_bytes(b"word " * 1_000)
    with pytest.raises(TooLargeError, match="4,000"):
        load_document(str(path), options=LoadOptions(max_bytes=4_000))


@given(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t\r"), min_size=1, max_size=300
    )
)
def test_a_plain_text_is_exactly_the_file(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("exact") / "report.txt"
    path.write_bytes(b"word " + text.encode("utf-8"))
    result = next(iter(load_documents(str(path))))
    if isinstance(result, Document):
        assert result.text == "word " + text


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_charsets(tmp_path: Path, charset: str) -> None:
    text = "“Nous partons”, a dit la ministre. Elle n’était pas d’accord avec le café.\r\n" * 4
    (tmp_path / "a.txt").write_bytes(text.encode(charset))
    assert load_document(str(tmp_path / "a.txt")).text == text


def test_a_page_gives_its_text_and_what_it_says_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    document = load_document(str(path))
    assert '"We have no choice," Mayor Ines Orr told the council.' in document.text
    assert "Home" not in document.text
    assert (document.title, document.byline, document.publisher) == (
        "Bridge to close",
        "Mara Holm",
        "The Alderby Post",
    )
    assert (document.published.date, document.published.basis) == ("2024-03-12", "metadata")


def test_a_pdf_gives_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of(["The mayor said on Tuesday that the bridge would be", "closed for a year."]))
    assert (
        load_document(str(path)).text
        == "The mayor said on Tuesday that the bridge would be closed for a year."
    )


def test_a_broken_line_of_json_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [
        json.dumps({"text": "She said so.", "date": "2024-03-12", "title": "T"}),
        "{broken",
        '{"text": "half \\ud800 a character"}',
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    first, second, third = load_documents(str(path))
    assert isinstance(first, Document)
    assert (first.origin, first.published.date, first.title) == (f"{path}#1", "2024-03-12", "T")
    assert isinstance(second, Failure)
    assert second.origin == f"{path}#2"
    assert isinstance(third, Document)
    assert third.text == "half \ufffd a character"


HEADERS = [
    (
        "date and desk",
        "12 March 2024 Staff Report\n\nMERANPUR: The chief left.",
        "2024-03-12",
        "header",
        "MERANPUR",
    ),
    ("agency dateline", "GENOVIA, March 12 (Tidewire) — The chief left.", None, "none", "GENOVIA"),
    (
        "dateline with the year",
        "ALDERBY, 4 June 2024 – The ward opened.",
        "2024-06-04",
        "dateline",
        "ALDERBY",
    ),
    ("two days in one", "03/04/2024\n\nThe chief left the hall.", None, "none", None),
    ("no day at all", "The chief left the hall.", None, "none", None),
]


@pytest.mark.parametrize(
    ("reason", "text", "date", "basis", "place"), HEADERS, ids=[case[0] for case in HEADERS]
)
def test_headers(reason: str, text: str, date: str | None, basis: str, place: str | None) -> None:
    document = document_of(text)
    assert (document.published.date, document.published.basis) == (date, basis)
    assert (document.dateline.place if document.dateline else None) == place


def test_a_day_that_the_user_gives_wins() -> None:
    document = document_of("12 March 2024 Staff Report\n\nThe chief left.", published="2024-03-13")
    assert (document.published.date, document.published.basis) == ("2024-03-13", "given")


def test_a_transcript_has_turns() -> None:
    text = "MR. HOLM: Good morning.\n\nQUESTION: Is it true?\n\nMR. HOLM: It is.\n\nIt always was.\n\nQUESTION: Why?"
    document = document_of(text)
    assert document.kind == "transcript"
    assert [(turn.label.text, turn.text.text) for turn in turns(document)] == [
        ("MR. HOLM", "Good morning."),
        ("QUESTION", "Is it true?"),
        ("MR. HOLM", "It is.\n\nIt always was."),
        ("QUESTION", "Why?"),
    ]


def test_folders_and_patterns(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "style.css", "deep/c.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    names = [Path(path).name for path in expand([tmp_path])]
    assert sorted(names) == ["a.txt", "b.txt", "c.html"]
    assert [Path(path).name for path in expand([str(tmp_path / "*.txt")])] == ["a.txt", "b.txt"]


PRIVATE = ["127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]",
           "100.64.0.1", "0.0.0.0", "2130706433", "0x7f000001", "[fe80::1]", "[64:ff9b::7f00:1]", "224.0.0.1"]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_no_private_address_is_asked(host: str) -> None:
    with pytest.raises((ForbiddenError, FetchError)):
        public_addresses(host.strip("[]"), 80, named="x")


@pytest.mark.parametrize("url", ["ftp://example.org/a", "file:///etc/passwd", "gopher://example.org"])
def test_only_http_and_https(url: str) -> None:
    with pytest.raises(ForbiddenError):
        load_document(url)


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        answers = {
            "/page": (200, "text/html; charset=utf-8", PAGE.encode()),
            "/robots.txt": (200, "text/plain", b"User-agent: *\nDisallow: /secret\n"),
            "/big": (200, "text/plain", b"word " * 100_000),
            "/refused": (403, "text/html", b"no"),
        }
        status, kind, data = answers.get(self.path, (404, "text/html", b"none"))
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "ftp://example.org/")
        elif self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
        else:
            self.send_response(status)
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


INSIDE = LoadOptions(allow_private=True, max_bytes=100_000, timeout_s=10)


def test_a_page_is_fetched(site: str) -> None:
    assert load_document(f"{site}/page", options=INSIDE).title == "Bridge to close"


@pytest.mark.parametrize(
    ("path", "error", "reason"),
    [
        ("/none", NotFoundError, "no such page"),
        ("/refused", ForbiddenError, "the server refuses it"),
        ("/secret", ForbiddenError, "robots.txt asks not to read it"),
        ("/big", TooLargeError, "more bytes than the limit"),
        ("/away", ForbiddenError, "a redirect to another scheme"),
        ("/round", FetchError, "a redirect to itself"),
    ],
)
def test_what_can_not_be_fetched_is_named(site: str, path: str, error: type[LoadError], reason: str) -> None:
    with pytest.raises(error, match=path):
        load_document(site + path, options=INSIDE)


def test_our_own_site_is_private_too(site: str) -> None:
    with pytest.raises(ForbiddenError, match="private"):
        load_document(f"{site}/page")

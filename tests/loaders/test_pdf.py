"""PDF: paragraphs as they were set, without what stands on every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_files import Placed, pdf_of

from onrecord.errors import EmptyError, FormatError, LoadError, TooLargeError
from onrecord.loaders import LoadOptions, load_document
from onrecord.loaders.pdf_layout import Line, split_paragraphs
from onrecord.types import Document

# Helvetica at 10 points: these lines end near the right margin, but for the last of each paragraph.
FIRST = [
    "The bridge over the Sohal will close on Friday, the mayor said on",
    "Tuesday, and it will stay closed for a year.",
]
SECOND = ["The shops by the quay, she said, would have the town's help until the", "work was done."]


def read(path: Path, data: bytes, **options: int) -> Document:
    path.write_bytes(data)
    return load_document(str(path), options=LoadOptions(**options))  # type: ignore[arg-type]


def column(
    paragraphs: list[list[str]], *, top: float = 760, left: float = 60, indent: float = 0, gap: float = 0
) -> list[Placed]:
    """Paragraphs set below each other with a leading of 12 points."""
    placed, bottom = [], top
    for lines in paragraphs:
        for number, text in enumerate(lines):
            placed.append((left + (indent if number == 0 else 0), bottom, 10.0, text))
            bottom -= 12
        bottom -= gap
    return placed


SETTINGS = [
    ("space between paragraphs", {"gap": 8}),
    ("indents", {"indent": 14}),
    ("only short last lines", {}),
]


@pytest.mark.parametrize(("reason", "setting"), SETTINGS, ids=[case[0] for case in SETTINGS])
def test_paragraphs(tmp_path: Path, reason: str, setting: dict[str, float]) -> None:
    document = read(tmp_path / "a.pdf", pdf_of([column([FIRST, SECOND, FIRST], **setting)]))
    assert document.text.split("\n\n") == [" ".join(FIRST), " ".join(SECOND), " ".join(FIRST)]


def test_running_heads_and_page_numbers_are_left_out_and_sentences_go_on_over_the_page(
    tmp_path: Path,
) -> None:
    def page(number: int, lines: list[Placed]) -> list[Placed]:
        return [(60, 815, 8, f"The Alderby Post - page {number}"), *lines, (290, 30, 8, str(number))]

    pages = [page(1, column([FIRST, SECOND[:1]], gap=8)), page(2, column([SECOND[1:], FIRST], gap=8))]
    document = read(tmp_path / "a.pdf", pdf_of(pages))
    assert document.text.split("\n\n") == [" ".join(FIRST), " ".join(SECOND), " ".join(FIRST)]


def test_a_running_head_on_a_single_page_is_no_byline(tmp_path: Path) -> None:
    head = (60, 815, 8, "The Alderby Post - Tuesday, March 12, 2024")
    document = read(tmp_path / "a.pdf", pdf_of([[head, (60, 780, 18, "Bridge to close"), *column([FIRST])]]))
    assert (document.title, document.byline) == ("Bridge to close", None)
    assert document.published.date == "2024-03-12"


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = column([["The bridge over the Sohal will close", "on Friday, the mayor said on Tuesday,"]])
    right = column([["and it will stay closed for a year."]], left=320)
    assert read(tmp_path / "a.pdf", pdf_of([left + right])).text == " ".join(FIRST)


def test_a_headline_stands_apart(tmp_path: Path) -> None:
    lines = [(60, 800.0, 20.0, "Bridge to close for a year"), *column([FIRST])]
    document = read(tmp_path / "a.pdf", pdf_of([lines]))
    assert document.text.split("\n\n") == ["Bridge to close for a year", " ".join(FIRST)]
    assert document.title == "Bridge to close for a year"


HYPHENS = [
    ("a broken word", ["The council heard the recommen-", "dation of the mayor."], "recommendation of"),
    ("a prefix keeps its hyphen", ["The boats are run by self-", "employed boatmen of the lake."], "self-employed boatmen"),
    ("the document has it with a hyphen elsewhere", ["The rust-eaten bolts, and the rust-", "eaten plates, will go."], "the rust-eaten plates"),
    ("a name", ["The report names Jo Orr-", "Holm of the lake board."], "Orr-Holm"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "lines", "expected"), HYPHENS, ids=[case[0] for case in HYPHENS])
def test_hyphens_at_line_ends(tmp_path: Path, reason: str, lines: list[str], expected: str) -> None:
    assert expected in read(tmp_path / "a.pdf", pdf_of([column([lines])])).text


def test_metadata_counts_only_where_the_text_bears_it_out(tmp_path: Path) -> None:
    lines = [(60, 800.0, 20.0, "Bridge to close"), *column([FIRST])]
    made = "D:20260101120000"
    document = read(
        tmp_path / "a.pdf",
        pdf_of(
            [lines], info={"Title": "Microsoft Word - final3.doc", "Author": "clerk7", "CreationDate": made}
        ),
    )
    assert (document.title, document.byline) == ("Bridge to close", None)
    assert document.published.basis == "none"  # the day a file was made is no day of publication


def test_quotation_marks_survive(tmp_path: Path) -> None:
    document = read(
        tmp_path / "a.pdf",
        pdf_of([column([["\\223We have no choice,\\224 she told the town\\222s council."]])]),
    )
    assert document.text == "“We have no choice,” she told the town’s council."


BAD: list[tuple[str, bytes, type[LoadError], str]] = [
    ("no text layer", pdf_of([[]]), EmptyError, "OCR"),
    ("locked", pdf_of([column([FIRST])], encrypted=True), FormatError, "password"),
    ("cut off", pdf_of([column([FIRST])])[:120], FormatError, "broken"),
    ("only the name of a PDF's header", b"%PDF-1.7\n" + b"x" * 500, FormatError, "broken"),
    ("no pages", pdf_of([]), FormatError, "broken"),
]


@pytest.mark.parametrize(("reason", "data", "error", "words"), BAD, ids=[case[0] for case in BAD])
def test_bad_files_are_named(
    tmp_path: Path, reason: str, data: bytes, error: type[LoadError], words: str
) -> None:
    with pytest.raises(error, match=words):
        read(tmp_path / "a.pdf", data)


def test_limits(tmp_path: Path) -> None:
    data = pdf_of([column([FIRST])] * 3)
    with pytest.raises(TooLargeError, match="pages"):
        read(tmp_path / "a.pdf", data, max_pages=2)
    with pytest.raises(TooLargeError, match="characters"):
        read(tmp_path / "a.pdf", data, max_characters=50)


def test_the_content_tells_a_pdf_not_the_name(tmp_path: Path) -> None:
    assert read(tmp_path / "a.txt", pdf_of([column([FIRST])])).text == " ".join(FIRST)


lines = st.builds(
    lambda text, left, width, bottom, height: Line(text, left, left + width, bottom, height),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), min_size=1, max_size=12),
    st.floats(0, 500), st.floats(1, 500), st.floats(0, 800), st.floats(1, 40),
)  # fmt: skip


@given(st.lists(st.lists(lines, max_size=8), max_size=4))
def test_no_letter_is_lost_or_made_up(pages: list[list[Line]]) -> None:
    found = sorted(c for text in split_paragraphs(pages) for c in text if c.isalpha())
    given_letters = [c for page in pages for line in page for c in line.text if c.isalpha()]
    assert len(found) <= len(given_letters)
    assert not set(found) - set(given_letters)

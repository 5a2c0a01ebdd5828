"""PDF files: the text layer, its lines joined to paragraphs, without running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2

from onrecord.errors import EmptyError, FormatError, TooLargeError
from onrecord.reading.days import day_in
from onrecord.reading.options import ReadOptions

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page\s{1,3})?[-–—\s]{0,4}\d{1,4}[-–—\s]{0,4}(?:(?:of|/)\s{0,3}\d{1,4})?", re.IGNORECASE
)
_PDF_DAY = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


@dataclass(frozen=True, slots=True)
class Extract:
    """A PDF's text and what its metadata says."""

    text: str
    title: str | None
    author: str | None
    created: str | None


def extract(data: bytes, *, origin: str, options: ReadOptions) -> Extract:
    """The text of a PDF.

    Raises:
        FormatError: broken, or locked with a password.
        TooLargeError: too many pages or characters.
        EmptyError: no text layer.
    """
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise FormatError(origin, "an encrypted PDF; save a copy without its password first") from error
        raise FormatError(
            origin, f"a broken PDF ({str(error).rstrip('.')}); open and save it anew first"
        ) from error
    try:
        if len(pdf) > options.max_pages:
            raise TooLargeError(
                origin, f"expected at most {options.max_pages:,} pages, found {len(pdf):,}; split it first"
            )
        pages, size = [], 0
        for number in range(len(pdf)):
            lines = _lines_of(pdf, number, origin)
            size += sum(map(len, lines))
            if size > options.max_characters:
                raise TooLargeError(
                    origin, f"expected at most {options.max_characters:,} characters; split it first"
                )
            pages.append(lines)
        metadata = pdf.get_metadata_dict()
    finally:
        pdf.close()
    text = "\n\n".join(_paragraphs(_without_running(pages)))
    if not text.strip():
        raise EmptyError(
            origin, "a PDF without a text layer (a scan); run text recognition (OCR) on it first"
        )
    created = _PDF_DAY.match(metadata.get("CreationDate", ""))
    day = day_in("-".join(created.groups())) if created else None
    return Extract(text, metadata.get("Title") or None, metadata.get("Author") or None, day)


def _lines_of(pdf: pypdfium2.PdfDocument, number: int, origin: str) -> list[str]:
    try:
        page = pdf[number]
        text_page = page.get_textpage()
        text = text_page.get_text_range()
        text_page.close()
        page.close()
    except pypdfium2.PdfiumError as error:
        raise FormatError(
            origin, f"page {number + 1} of the PDF is broken; open and save it anew first"
        ) from error
    return [line.strip().replace("\0", "") for line in text.replace("\ufffe", "-").splitlines()]


def _without_running(pages: Sequence[list[str]]) -> list[list[str]]:
    """Pages without heads and feet that come again on other pages, numbers aside, and without page numbers."""
    edges = Counter(
        _NUMBER.sub("#", line) for lines in pages for line in {*_filled(lines)[:2], *_filled(lines)[-2:]}
    )
    often = max(3, len(pages) // 2)
    kept = []
    for lines in pages:
        near = {*_filled(lines)[:2], *_filled(lines)[-2:]}
        kept.append(
            [
                line
                for line in lines
                if line not in near
                or not (_PAGE_NUMBER.fullmatch(line) or edges[_NUMBER.sub("#", line)] >= often)
            ]
        )
    return kept


def _filled(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line]


def _paragraphs(pages: Sequence[list[str]]) -> list[str]:
    """Lines joined: a paragraph ends at a blank line, or after a line that ends a sentence well before the margin."""
    lines = [line for page in pages for line in page]
    margin = sorted(map(len, lines))[int(0.9 * (len(lines) - 1))] if lines else 0
    out: list[str] = []
    joined = ""
    for line in lines:
        if not line:
            if joined and joined[-1] in '.!?”"’':
                out.append(joined)
                joined = ""
            continue
        if joined.endswith("-") and len(joined) > 1 and joined[-2].isalpha() and line[0].islower():
            joined = joined[:-1] + line
        else:
            joined = f"{joined} {line}" if joined else line
        if len(line) < 0.75 * margin and (line[-1] in '.!?:”"’' or len(joined) == len(line)):
            out.append(joined)
            joined = ""
    return [*out, joined] if joined else out

"""The text layer of a PDF, line by line with its place on the page; ``pdf_layout`` makes paragraphs of it.

Runs in the worker process: PDFium ends its process when it runs out of memory.
"""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium

from onrecord.errors import EmptyError, FormatError, TooLargeError
from onrecord.loaders.options import LoadOptions
from onrecord.loaders.pdf import Extract
from onrecord.loaders.pdf_layout import Line, split_paragraphs

_HYPHENS = {0x02: "\u00ad", 0xFFFE: "\u00ad"}  # what PDFium writes for a hyphen at the end of a line
_BLANKS = frozenset({*range(33), 0xA0} - _HYPHENS.keys())
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_MAX_ON_A_PAGE = 500_000  # characters; a broadsheet has 50,000
_FRONT = 3_000  # characters of the first pages in which a title has to stand to be believed


def extract(data: bytes, *, origin: str, options: LoadOptions) -> Extract:
    """The text of a PDF.

    Raises:
        FormatError: broken, or locked with a password.
        TooLargeError: too many pages or characters.
        EmptyError: no text layer.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unopened(origin, error) from error
    try:
        pages = _pages_of(document, origin, options)
        metadata = document.get_metadata_dict()
    finally:
        document.close()
    text = "\n\n".join(split_paragraphs(pages))
    if not text.strip():
        raise EmptyError(
            origin, "a PDF without a text layer (a scan); run text recognition (OCR) on it first"
        )
    front = _folded(text[:_FRONT])
    title, author = (
        words if (words := " ".join(metadata.get(key, "").split())) and _folded(words) in front else None
        for key in ("Title", "Author")
    )
    return Extract(text, title, author)


def _unopened(origin: str, error: pypdfium2.PdfiumError) -> FormatError:
    if "password" in str(error).lower():
        return FormatError(origin, "an encrypted PDF; save a copy without its password first")
    return FormatError(origin, f"a broken PDF ({str(error).rstrip('.')}); open and save it anew first")


def _pages_of(document: pypdfium2.PdfDocument, origin: str, options: LoadOptions) -> list[list[Line]]:
    if len(document) > options.max_pages:
        raise TooLargeError(
            origin, f"expected at most {options.max_pages:,} pages, found {len(document):,}; split it first"
        )
    pages, left = [], options.max_characters
    for number in range(len(document)):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise FormatError(
                origin, f"page {number + 1} of the PDF is broken; open and save it anew first"
            ) from error
        count = text_page.count_chars()
        left -= count
        if left < 0 or count > _MAX_ON_A_PAGE:
            raise TooLargeError(
                origin,
                f"expected at most {options.max_characters:,} characters and {_MAX_ON_A_PAGE:,} on a page, "
                f"found more on page {number + 1}; split it first",
            )
        pages.append(_lines_of(text_page, count))
        text_page.close()
        page.close()
    return pages


def _lines_of(text_page: pypdfium2.PdfTextPage, count: int) -> list[Line]:
    """The page's lines in the order of its content. PDFium ends each with a line end of its own."""
    codes = [pdfium.FPDFText_GetUnicode(text_page, index) for index in range(count)]
    lines, start = [], 0
    for index in range(count + 1):
        # After a hyphen at the end of a line PDFium writes no line end.
        ends = index == count or codes[index] in (10, 13) or (index > start and codes[index - 1] in _HYPHENS)
        if ends:
            shown = [place for place in range(start, index) if codes[place] not in _BLANKS]
            if shown:
                lines.append(_line(text_page, codes, shown[0], shown[-1]))
            start = index
    return lines


def _line(text_page: pypdfium2.PdfTextPage, codes: list[int], first: int, last: int) -> Line:
    text = "".join(map(_character, codes[first : last + 1]))
    left, bottom, _, top = text_page.get_charbox(first, loose=True)
    right = text_page.get_charbox(last, loose=True)[2]
    return Line(text, left, right, bottom, top - bottom)


def _character(code: int) -> str:
    if code in _HYPHENS:
        return _HYPHENS[code]
    if code < 32 or 0xD800 <= code < 0xE000:
        return " "
    return _LIGATURES.get(code) or chr(code)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())

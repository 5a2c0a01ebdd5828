"""PDF files: their text, parsed in a process of its own by ``pdf_parser``."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.loaders.options import LoadOptions
from onrecord.loaders.worker import parse_apart


@dataclass(frozen=True, slots=True)
class Extract:
    """A PDF's text, a blank line between paragraphs, and what its metadata says that the text bears out.

    The day on which the file was made is no day of publication, and isn't given.
    """

    text: str
    title: str | None
    author: str | None


def extract(data: bytes, *, origin: str, options: LoadOptions) -> Extract:
    """The text of a PDF.

    Raises:
        FormatError: broken, or locked with a password.
        TooLargeError: too many pages or characters; more memory or time than its parser may take.
        EmptyError: no text layer.
    """
    found = parse_apart("pdf", data, origin=origin, options=options)
    return Extract(found.get("text") or "", found.get("title"), found.get("author"))

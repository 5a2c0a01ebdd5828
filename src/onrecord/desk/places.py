"""Where words stand for a reader: on the publisher's page, and at which minute of a recording."""

from __future__ import annotations

import re
from urllib.parse import quote

from onrecord.types import Document, Span

_AT_AN_END = 4  # words of a long span that a link gives at each of its ends
_WHOLE = 8  # words up to which it gives all of them
_TIME_CODE = re.compile(r"\[(\d{1,2}:\d\d(?::\d\d)?)(?:[.,]\d{1,3})?\]")
_WEB = re.compile(r"https?://[^\s]+\Z", re.IGNORECASE)


def link_to(document: Document, span: Span) -> str | None:
    """The address of a report with a text fragment, so that a browser scrolls to the words and marks them;
    ``None`` where the report wasn't found on the web.

    https://wicg.github.io/scroll-to-text-fragment/
    """
    if not _WEB.match(document.origin):
        return None
    address = document.origin.split("#", 1)[0]
    words = span.text.strip("\u201c\u201d\"' \t\r\n").split()
    if not words:
        return address
    if len(words) <= _WHOLE and "\n" not in span.text.strip():
        return f"{address}#:~:text={_encoded(words)}"
    return f"{address}#:~:text={_encoded(words[:_AT_AN_END])},{_encoded(words[-_AT_AN_END:])}"


def _encoded(words: list[str]) -> str:
    # A hyphen and a comma have a meaning in a fragment.
    return quote(" ".join(words), safe="").replace("-", "%2D")


def time_code_of(document: Document, start: int) -> str | None:
    """The time code before a place in a transcript; ``None`` where there is none."""
    if document.kind != "transcript":
        return None
    place = start
    while (place := document.text.rfind("[", 0, place + 1)) >= 0:
        if found := _TIME_CODE.match(document.text, place):
            return found[1]
        place -= 1
        if place < 0:
            break
    return None

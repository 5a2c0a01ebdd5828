"""HTML pages: the main text with its paragraphs, and what the page says of itself."""

from __future__ import annotations

import re

import trafilatura
from trafilatura.settings import Document as Extracted

from onrecord.errors import EmptyError, TooLargeError
from onrecord.reading.header import day_in_url
from onrecord.reading.options import ReadOptions
from onrecord.reading.text import decode
from onrecord.types import UNPUBLISHED, Published

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DEEPEST = 1_000
_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9]{0,20})")


def extract(data: bytes, *, origin: str, options: ReadOptions, charset: str | None = None) -> Extracted:
    """The page's main text (``text``) and metadata, by trafilatura (Barbaresi, ACL 2021 demo).

    Raises:
        TooLargeError: too many bytes, tags, or tags inside tags.
        FormatError: the bytes fit no charset.
        EmptyError: there is no main text.
    """
    if len(data) > options.max_markup_bytes:
        raise TooLargeError(
            origin,
            f"expected at most {options.max_markup_bytes:,} bytes of HTML, found {len(data):,}; save its text alone",
        )
    _check_tags(data, origin, options)
    declared = _CHARSET.search(data[:4_096])
    markup = decode(
        data, origin=origin, declared=charset or (declared.group(1).decode("ascii") if declared else None)
    )
    page = trafilatura.bare_extraction(
        markup.replace("\0", ""),
        url=origin if origin.startswith(("http://", "https://")) else None,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        favor_precision=False,
        deduplicate=False,
    )
    if not isinstance(page, Extracted) or not (page.text or "").strip():
        raise EmptyError(origin, "a page without any main text; save the article itself, or its text")
    return page


def published_of(page: Extracted, origin: str) -> Published:
    """The day that the page's metadata gives, else its address."""
    if page.date:
        in_url = day_in_url(origin)
        return Published(page.date, "url" if in_url == page.date else "metadata")
    day = day_in_url(origin)
    return Published(day, "url") if day else UNPUBLISHED


def _check_tags(data: bytes, origin: str, options: ReadOptions) -> None:
    count = depth = deepest = 0
    for match in _TAG.finditer(data):
        count += 1
        if match.group(1):
            depth = max(0, depth - 1)
        elif match.group(2).lower() not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
    if count > options.max_tags:
        raise TooLargeError(
            origin, f"expected at most {options.max_tags:,} tags, found {count:,}; save its text alone"
        )
    if deepest > _DEEPEST and deepest > 0.5 * count:
        raise TooLargeError(
            origin, f"expected tags at most {_DEEPEST:,} deep, found {deepest:,}; save its text alone"
        )

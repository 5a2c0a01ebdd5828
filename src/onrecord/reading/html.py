"""HTML pages: the main text with its paragraphs, and what the page says of itself."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from itertools import islice

import trafilatura
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura.settings import Document as Extracted

from onrecord.errors import EmptyError, FormatError, TooLargeError
from onrecord.reading.days import day_in_url
from onrecord.reading.options import ReadOptions
from onrecord.reading.page_date import published_day
from onrecord.reading.text import decode
from onrecord.types import UNPUBLISHED, Published

# It warns of every page without text, on standard error where nobody has set logging up; we raise instead.
for _name in ("trafilatura", "htmldate", "justext"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DEEPEST = 1_000
_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9]{0,20})")
# libxml2 compares each attribute with all before it: a tag with 100,000 of them keeps it busy for minutes. Possessive
# quantifiers (``++``): no attribute is tried twice.
_MANY_ATTRIBUTES = re.compile(
    rb"""<[A-Za-z][^\s/>]*+(?:[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']++))?+){500}"""
)
# What trafilatura and htmldate have raised on damaged pages, or may by their kind; they are large, and pages are hostile.
_PARSER_ERRORS = (
    LxmlError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError, AssertionError, RecursionError,
)  # fmt: skip
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
_TABLE_PARTS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th"))
_SHORT = 200  # characters; a page that gives less may keep its article in a table, as pages before 2005 do


@dataclass(frozen=True, slots=True)
class Page:
    """A page's main text, a blank line between paragraphs, and what the page says of itself."""

    text: str
    title: str | None
    byline: str | None
    publisher: str | None
    published: Published


def extract(
    data: bytes, *, origin: str, options: ReadOptions, charset: str | None = None, url: str | None = None
) -> Page:
    """The page's main text and metadata, by trafilatura (Barbaresi, ACL 2021 demo); the date by ``page_date``.

    Args:
        data: the page.
        origin: named in errors.
        charset: what the server says.
        url: the page's address, if it was fetched.

    Raises:
        TooLargeError: too many bytes, tags, attributes, or tags inside tags.
        FormatError: the bytes fit no charset, or the parser fails on them.
        EmptyError: there is no main text.
    """
    if len(data) > options.max_markup_bytes:
        raise TooLargeError(
            origin,
            f"expected at most {options.max_markup_bytes:,} bytes of HTML, found {len(data):,}; save its text alone",
        )
    _check_tags(data, origin, options)
    declared = _CHARSET.search(data[:4_096])
    label = charset or (declared.group(1).decode("ascii") if declared else None)
    markup = decode(data, origin=origin, declared=label).replace("\0", "")
    try:
        tree = trafilatura.load_html(markup)
        page = None if tree is None else _main_text(tree, url)
        published = _published(tree, url) if tree is not None else UNPUBLISHED
    except _PARSER_ERRORS as error:
        raise FormatError(
            origin, f"a page that can't be parsed ({type(error).__name__}); save its text alone"
        ) from error
    if page is None or not (page.text or "").strip():
        raise EmptyError(origin, "a page without any main text; save the article itself, or its text")
    lines = (line.strip() for line in (page.text or "").splitlines())
    return Page("\n\n".join(filter(None, lines)), page.title, page.author, page.sitename, published)


def _main_text(tree: HtmlElement, url: str | None) -> Extracted | None:
    _undo_layout_tables(tree)
    page = _extracted(tree, url, tables=False)
    if page is None or len(page.text or "") < _SHORT:
        with_tables = _extracted(tree, url, tables=True)
        if with_tables is not None and len(with_tables.text or "") > 2 * len(page.text or "" if page else ""):
            return with_tables
    return page


def _undo_layout_tables(tree: HtmlElement) -> None:
    """Make divisions of tables that only set the page, as before 2005: a cell with paragraphs is no datum.

    The extractor takes a cell for one line of a table of figures, and runs its paragraphs together.
    """
    for cell in list(tree.iter("td")):
        if cell.tag != "td":
            continue  # it was in a layout with one below it
        breaks = [element.tag for element in islice(cell.iter("p", "br"), 4)]
        if len(breaks) == 4 or breaks.count("p") >= 2:
            for element in (cell, *cell.iterancestors()):
                if element.tag in _TABLE_PARTS:
                    element.tag = "div"


def _extracted(tree: HtmlElement, url: str | None, *, tables: bool) -> Extracted | None:
    page = trafilatura.bare_extraction(
        tree,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=tables,
        date_extraction_params=dict(_DATES),
    )
    return page if isinstance(page, Extracted) else None


def _published(tree: HtmlElement, url: str | None) -> Published:
    """The day that the page's metadata gives, else its address; the text's own head is looked at by the caller."""
    if day := published_day(tree):
        return Published(day, "metadata")
    canonical = (
        element.get("href") or element.get("content") or ""
        for element in tree.iter("link", "meta")
        if (element.get("rel") or "").lower() == "canonical" or element.get("property") == "og:url"
    )
    for address in filter(None, (url, *canonical)):
        if day := day_in_url(address):
            return Published(day, "url")
    return UNPUBLISHED


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
    if _MANY_ATTRIBUTES.search(data):
        raise TooLargeError(
            origin, "expected at most 500 attributes in a tag, found more; save its text alone"
        )

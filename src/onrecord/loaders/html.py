"""HTML pages: the main text with its paragraphs, and what the page says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import LxmlError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from onrecord.errors import EmptyError, TooLargeError
from onrecord.loaders.dates import date_in_url
from onrecord.loaders.main_text import main_text
from onrecord.loaders.options import LoadOptions
from onrecord.loaders.page_date import published_day
from onrecord.loaders.page_metadata import page_metadata
from onrecord.loaders.text import decode
from onrecord.types import UNPUBLISHED, Published

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_WORD = re.compile(r"\w")
_MAX_DEPTH = 1_000
_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9]{0,20})")
# libxml2 compares each attribute with all before it: a tag with 100,000 of them keeps it busy for minutes. Possessive
# quantifiers (``++``): no attribute is tried twice.
_MANY_ATTRIBUTES = re.compile(
    rb"""<[A-Za-z][^\s/>]*+(?:[\s/]++[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']++))?+){500}"""
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's main text, a blank line between paragraphs, and what the page says of itself."""

    text: str
    title: str | None
    byline: str | None
    publisher: str | None
    published: Published


def extract(
    data: bytes, *, origin: str, options: LoadOptions, charset: str | None = None, url: str | None = None
) -> Page:
    """The page's main text (``main_text``), what it says of itself (``page_metadata``) and its day (``page_date``).

    Args:
        data: the page.
        origin: named in errors.
        charset: what the server says.
        url: the page's address, if it was fetched.

    Raises:
        TooLargeError: too many bytes, tags, attributes, or tags inside tags.
        FormatError: the bytes fit no charset.
        EmptyError: there is no main text.
    """
    if len(data) > options.max_markup_bytes:
        raise TooLargeError(
            origin,
            f"expected at most {options.max_markup_bytes:,} bytes of HTML, found {len(data):,}; save its text alone",
        )
    check_tags(data, origin=origin, most=options.max_tags)
    declared = _CHARSET.search(data[:4_096])
    label = charset or (declared.group(1).decode("ascii") if declared else None)
    markup = decode(data, origin=origin, declared=label).replace("\0", "")
    # The text is decoded: what the page says of its charset no longer holds.
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True)
    try:
        tree = document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except LxmlError as error:  # nothing at all in it
        raise EmptyError(
            origin, "a page without any main text; save the article itself, or its text"
        ) from error
    published, facts = _published(tree, url), page_metadata(tree)
    text = main_text(tree)
    if not _WORD.search(text):
        raise EmptyError(origin, "a page without any main text; save the article itself, or its text")
    return Page(text.replace("\n", "\n\n"), facts.title, facts.byline, facts.publisher, published)


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
        if day := date_in_url(address):
            return Published(day, "url")
    return UNPUBLISHED


def check_tags(data: bytes, *, origin: str, most: int) -> None:
    """Refuses markup that would keep a parser busy for minutes.

    Raises:
        TooLargeError: more than ``most`` tags, tags nested too deep, or too many attributes in one.
    """
    count = depth = deepest = 0
    for match in _TAG.finditer(data):
        count += 1
        if match.group(1):
            depth = max(0, depth - 1)
        elif match.group(2).lower() not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
    if count > most:
        raise TooLargeError(origin, f"expected at most {most:,} tags, found {count:,}; save its text alone")
    if deepest > _MAX_DEPTH and deepest > 0.5 * count:
        raise TooLargeError(
            origin, f"expected tags at most {_MAX_DEPTH:,} deep, found {deepest:,}; save its text alone"
        )
    if _MANY_ATTRIBUTES.search(data):
        raise TooLargeError(
            origin, "expected at most 500 attributes in a tag, found more; save its text alone"
        )

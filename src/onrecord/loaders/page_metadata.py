"""A page's title, byline and publisher, as it names them: in its metadata first, then where readers see them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from onrecord.loaders.json_ld import kinds_of, nodes_of
from onrecord.loaders.page_date import ARTICLE

_LONGEST = 300  # characters of a title; longer is no title
_LONGEST_NAME = 120
_MAX_AUTHORS = 6
# Names and properties of <meta>, surest first. https://ogp.me, Dublin Core, Highwire Press tags, and what large content systems write.
_TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "parsely-title",
    "headline",
)
_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "byline",
    "authors",
)
_PUBLISHERS = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_journal_title",
    "publisher",
    "copyright",
)
_BYLINE = re.compile(r"(?:by|from|words by|written by)\s+", re.IGNORECASE)
_ADDRESS = re.compile(r"https?:|www\.|@|/|\.(?:com|org|net)\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s+[|·•–—«»:-]+\s+")
_AUTHOR_NAMES = re.compile(r"(?:^|[\s_-])(?:author|byline)(?:[\s_-]*name)?(?:$|\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says of itself; ``None`` where it doesn't."""

    title: str | None
    byline: str | None
    publisher: str | None


def page_metadata(tree: HtmlElement) -> PageMetadata:
    """A whole page's facts. Every word of them stands in the page; authors are joined with commas."""
    metadata = _metadata(tree)
    nodes = list(nodes_of(tree))
    articles = [node for node in nodes if any(ARTICLE.match(kind) for kind in kinds_of(node))]
    publisher = _first(metadata, _PUBLISHERS) or _name_in(articles, "publisher") or _of_site(nodes)
    return PageMetadata(
        _title(tree, metadata, articles, publisher),
        _byline(tree, metadata, articles),
        publisher if publisher and not _ADDRESS.match(publisher) else None,
    )


def _metadata(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = (
            (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        )
        if content := _line(element.get("content")):
            found.setdefault(name, []).append(content)
    return found


def _first(metadata: dict[str, list[str]], names: Iterable[str]) -> str | None:
    return next(
        (value for name in names for value in metadata.get(name, ()) if len(value) <= _LONGEST_NAME), None
    )


def _title(
    tree: HtmlElement, metadata: dict[str, list[str]], articles: list[dict[str, Any]], publisher: str | None
) -> str | None:
    headings = [line for heading in tree.iter("h1") if (line := _line(heading.text_content()))]
    whole = next((_line(element.text_content()) for element in tree.iter("title")), "")
    candidates = [
        *(value for name in _TITLES for value in metadata.get(name, ())),
        *(_line(node.get("headline")) for node in articles),
        *(headings if len(headings) == 1 else ()),
    ]
    found = next((title for title in candidates if title and len(title) <= _LONGEST), whole[:_LONGEST])
    return _without_site(found, publisher, headings) or None


def _without_site(title: str, publisher: str | None, headings: list[str]) -> str:
    """A title without the name of the site, where that is known to be one: it is the publisher's, or the heading lacks it."""
    parts = list(_SEPARATOR.finditer(title))
    for match in parts:
        head, tail = title[: match.start()], title[match.end() :]
        if head in headings or (publisher and tail.casefold() == publisher.casefold()):
            return head
    return title


def _byline(tree: HtmlElement, metadata: dict[str, list[str]], articles: list[dict[str, Any]]) -> str | None:
    ways = (
        (_names_of(node.get("author")) for node in articles),
        (metadata.get(name, []) for name in _AUTHORS),
        ([_line(element.text_content())] for element in _marked(tree)),
    )
    for way in ways:
        for names in way:
            found = [name for name in map(_author, names) if name]
            if found:
                return ", ".join(dict.fromkeys(found[:_MAX_AUTHORS]))
    return None


def _author(text: str) -> str | None:
    """A name without "By"; ``None`` for an address, and for more than a name."""
    name = _BYLINE.sub("", text, count=1) if _BYLINE.match(text) else text
    name = name.strip(" ,;|·")
    return name if name and len(name) <= _LONGEST_NAME and not _ADDRESS.search(name) else None


def _marked(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Elements that are marked as the author's name, surest first; none in readers' comments."""
    elements = [
        element
        for element in tree.iter("a", "span", "div", "p", "address", "cite", "li", "strong", "em")
        if not _in_talk(element)
    ]
    yield from (
        element
        for element in elements
        if "author" in (element.get("itemprop") or element.get("rel") or "").split()
    )
    yield from (element for element in elements if _AUTHOR_NAMES.search(element.get("class") or ""))


def _in_talk(element: HtmlElement) -> bool:
    if element.get("rel") is None and element.get("itemprop") is None and element.get("class") is None:
        return True  # not marked at all: nothing to look at
    above = (element, *element.iterancestors())
    return any(
        "comment" in f"{one.get('class') or ''} {one.get('id') or ''}".lower()
        for one in above
        if one.tag != "body"
    )


def _names_of(value: Any) -> list[str]:
    """The names in JSON-LD's author or publisher: a word, an object with a name, or a list of these."""
    found: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        for one in name if isinstance(name, list) else [name]:
            if isinstance(one, str) and _line(one):
                found.append(_line(one))
    return found


def _name_in(nodes: Iterable[dict[str, Any]], field: str) -> str | None:
    return next(
        (name for node in nodes for name in _names_of(node.get(field)) if len(name) <= _LONGEST_NAME), None
    )


def _of_site(nodes: Iterable[dict[str, Any]]) -> str | None:
    sites = (
        node for node in nodes if "WebSite" in kinds_of(node) or "NewsMediaOrganization" in kinds_of(node)
    )
    return next(
        (name for node in sites for name in _names_of(node.get("name")) if len(name) <= _LONGEST_NAME), None
    )


def _line(text: object) -> str:
    return " ".join(text.split()) if isinstance(text, str) else ""

"""The day on which a page says that it was published: in its metadata only, never guessed from dates that stand about.

Extractors that must always give a date take the copyright year, the day of the last change, a picture's path or the commonest
date in the text. A wrong day moves every "on Monday" of a report, so the page has to name the day as that of publication.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from onrecord.loaders.dates import date_in_metadata
from onrecord.loaders.json_ld import kinds_of, nodes_of

# Names and properties of <meta>, surest first. https://ogp.me, https://www.dublincore.org/specifications/dublin-core/dcmi-terms,
# https://schema.org/datePublished, and what large content systems write.
_META = """
article:published_time og:article:published_time og:published_time datepublished parsely-pub-date sailthru.date
dc.date.issued dcterms.issued dc.date.published dc.date.created dcterms.created dc.date dcterms.date
citation_publication_date citation_date pubdate publishdate publish-date publish_date publication_date publication-date
published_date published originalpublicationdate article.published article_date_original cxenseparse:recs:publishtime
date
"""
_RANK = {name: rank for rank, name in enumerate(_META.split())}
ARTICLE = re.compile(r"(?:News|Report|Blog|Analysis|Opinion|Live)?\w{0,20}(?:Article|Posting|Report)$")


def published_day(tree: HtmlElement) -> str | None:
    """The day of publication in a page's metadata, ISO 8601: ``<meta>``, JSON-LD, then ``<time>``.

    The day is the one that is written: ``2024-03-12T23:30:00Z`` is 12 March wherever the reader is.
    """
    return _in_meta(tree) or _in_linked_data(tree) or _in_times(tree)


def _in_meta(tree: HtmlElement) -> str | None:
    best: tuple[int, str] | None = None
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        rank = _RANK.get(name.strip().lower())
        if (
            rank is not None
            and (best is None or rank < best[0])
            and (day := date_in_metadata(element.get("content")))
        ):
            best = rank, day
    return best[1] if best else None


def _in_linked_data(tree: HtmlElement) -> str | None:
    others: set[str] = set()
    for node in nodes_of(tree):
        if day := date_in_metadata(node.get("datePublished")):
            if any(ARTICLE.match(kind) for kind in kinds_of(node)):
                return day
            others.add(day)
    return others.pop() if len(others) == 1 else None


def _in_times(tree: HtmlElement) -> str | None:
    """The day of ``<time>``: one marked as publication, else the only day that the page's times name."""
    days: set[str] = set()
    for element in tree.iter("time"):
        day = date_in_metadata(element.get("datetime"))
        if day is None:
            continue
        marks = " ".join(
            filter(None, (element.get("itemprop"), element.get("class"), element.get("pubdate")))
        ).lower()
        if (
            "publish" in marks
            or "pubdate" in marks
            or "entry-date" in marks
            or element.get("pubdate") is not None
        ):
            return day
        if "modif" not in marks and "updat" not in marks:
            days.add(day)
    return days.pop() if len(days) == 1 else None

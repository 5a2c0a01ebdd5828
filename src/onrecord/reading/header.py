"""What the head of a plain report says of it: title, byline, dateline, day of publication. The text itself is never changed."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from onrecord.segment import paragraphs_of
from onrecord.types import UNPUBLISHED, Dateline, Published

_MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
_MONTH = "(?i:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?i:mon|tues|wednes|thurs|fri|satur|sun)day,?\s{1,3})?"
_DAY = re.compile(
    rf"(?P<iso>\b\d{{4}}-\d\d-\d\d\b)"
    rf"|\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s{{1,3}}(?P<month>{_MONTH}),?\s{{1,3}}(?P<year>\d{{4}})\b"
    rf"|\b(?P<month2>{_MONTH})\s{{1,3}}(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<year2>\d{{4}})\b",
    re.IGNORECASE,
)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)")
_DATELINE = re.compile(
    rf"(?P<place>[A-Z][A-Z.'’-]+(?:[ ,]{{1,2}}[A-Z][A-Z.'’-]+){{0,4}}(?:,[ ][A-Z][\w.]{{1,20}}(?:[ ][A-Z]\w{{1,20}})?)?)"
    rf"(?:,[ ](?P<date>{_WEEKDAY}(?:{_MONTH}[ ]\d{{1,2}}(?:,[ ]\d{{4}})?|\d{{1,2}}[ ]{_MONTH}(?:[ ]\d{{4}})?)))?"
    rf"[ ]?(?:\([^()\n]{{1,40}}\)[ ]?)?(?:[—–:]|--?(?=[ ]))(?=\s)",
)
_BYLINE = re.compile(r"(?:By|BY)[ ]{1,3}(?P<name>[^\n.]{2,80})$")
_DESK = re.compile(r"[ ,|·-]{0,4}(?P<name>[^\d\n]{2,60}?)$")
_NO_TITLE = re.compile(
    r"(?:FOR )?IMMEDIATE RELEASE|PRESS RELEASE|EMBARGO|ADVERTISEMENT|BREAKING|LIVE\b", re.IGNORECASE
)
_HEAD_PARAGRAPHS = 6


@dataclass(frozen=True, slots=True)
class Header:
    """What was found; the words are the text's."""

    title: str | None = None
    byline: str | None = None
    dateline: Dateline | None = None
    published: Published = UNPUBLISHED


def read_header(text: str, *, url: str | None = None) -> Header:
    """The header of a plain report.

    A whole day is needed for ``published``: from a line of its own at the head, else from the dateline, else from the address. "03/04/2024" names two days and
    gives none.
    """
    title = byline = None
    dateline = None
    published = UNPUBLISHED
    paragraphs = paragraphs_of(text[:20_000])[:_HEAD_PARAGRAPHS]
    for place, (start, end) in enumerate(paragraphs):
        line = text[start:end]
        if match := _DATELINE.match(line[:200]):
            dateline = Dateline(match["place"], match["date"])
            if (day := day_in(match["date"] or "")) and published.basis == "none":
                published = Published(day, "dateline")
            break
        if len(line) > 140:
            break
        if match := _BYLINE.match(line):
            byline = byline or match["name"].strip()
        elif (found := _DAY.search(line)) and found.start() < 40 and (day := day_in(found.group())):
            published = published if published.basis != "none" else Published(day, "header")
            rest = _DESK.match(line[found.end() :])
            byline = byline or (rest["name"].strip() if rest and rest["name"].strip() else None)
        elif (
            title is None
            and len(paragraphs) > place + 1
            and line[-1] not in ".,;"
            and not _NO_TITLE.match(line)
        ):
            title = line
    if published.basis == "none" and url and (day := day_in_url(url)):
        published = Published(day, "url")
    return Header(title, byline, dateline, published)


def day_in(words: str) -> str | None:
    """The whole day that words name, ISO 8601.

    >>> day_in("12 March 2024"), day_in("March 12, 2024"), day_in("2024-03-12"), day_in("31 February 2024"), day_in("March 12")
    ('2024-03-12', '2024-03-12', '2024-03-12', None, None)
    """
    match = _DAY.search(words)
    if not match:
        return None
    try:
        if match["iso"]:
            return datetime.date.fromisoformat(match["iso"]).isoformat()
        month = (match["month"] or match["month2"]).rstrip(".").lower()
        year, day = int(match["year"] or match["year2"]), int(match["day"] or match["day2"])
        return datetime.date(year, _MONTHS[month], day).isoformat()
    except ValueError:
        return None


def day_in_url(url: str) -> str | None:
    """The day in an address's path.

    >>> day_in_url("https://example.org/news/2024/03/12/harbour")
    '2024-03-12'
    """
    match = _URL_DAY.search(url)
    if not match:
        return None
    try:
        return datetime.date(*(int(part) for part in match.groups())).isoformat()
    except ValueError:
        return None

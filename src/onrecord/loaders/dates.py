"""Whole days as newspapers, metadata and addresses write them. What could be two days is none."""

from __future__ import annotations

import datetime
import re

_NAMES = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_WEEKDAYS = {name: number for number, name in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}

MONTH = "(?i:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
WEEKDAY = r"(?i:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?i:day)?\b\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DAY = re.compile(
    rf"(?:\b(?P<weekday>{WEEKDAY}),?\s{{1,3}})?(?:the\s)?"
    rf"(?:\b(?P<y1>\d{{4}})(?P<s1>[-/.])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)(?!\d)"
    rf"|\b(?P<d2>\d{{1,2}}){_ORDINAL}(?:\s{{1,3}}(?:of\s)?|-)(?P<m2>{MONTH}),?(?:\s{{1,3}}|-)(?P<y2>\d{{4}})(?!\d)"
    rf"|\b(?P<m3>{MONTH})\s{{1,3}}(?P<d3>\d{{1,2}}){_ORDINAL},?\s{{1,3}}(?P<y3>\d{{4}})(?!\d)"
    r"|\b(?P<a>\d{1,2})(?P<s4>[-/.])(?P<b>\d{1,2})(?P=s4)(?P<y4>\d{4})(?!\d))",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_URL_DAYS = (
    re.compile(r"(?<=[/_=-])((?:19|20)\d\d)[/_-](\d{1,2})[/_-](\d{1,2})(?![\d])"),
    re.compile(r"(?<=[/_=-])((?:19|20)\d\d)/([A-Za-z]{3,9})/(\d{1,2})(?![\d])"),
    re.compile(r"(?<=[/_=-])((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)"),
)
_LONGEST_URL = 2_000
_NO_DAY = "1970-01-01"  # what a system writes that has no date


def find_date(words: str) -> tuple[int, int, str | None] | None:
    """Where the first day stands, and which it is: ``None`` where it could be two days, or isn't in the calendar.

    ``03/04/2024`` is two days, unless a weekday before it fits one of them only.

    >>> find_date("Posted 12 March 2024 at noon")
    (7, 20, '2024-03-12')
    >>> find_date("03/04/2024"), find_date("Wednesday, 03/04/2024"), find_date("13/04/2024")
    ((0, 10, None), (0, 21, '2024-04-03'), (0, 10, '2024-04-13'))
    """
    match = _DAY.search(words)
    return (match.start(), match.end(), _day_of(match)) if match else None


def date_in(words: str) -> str | None:
    """The first whole day that words name, ISO 8601.

    >>> date_in("12 March 2024"), date_in("March 12th, 2024"), date_in("2024-03-12"), date_in("31 February 2024")
    ('2024-03-12', '2024-03-12', '2024-03-12', None)
    >>> date_in("March 12") is None
    True
    """
    found = find_date(words)
    return found[2] if found else None


def date_in_metadata(value: object) -> str | None:
    """The day in a metadata value: ISO 8601 with or without a time, compact, or in words. The day is the one written.

    >>> date_in_metadata("2024-03-12T23:30:00-05:00"), date_in_metadata("20240312")
    ('2024-03-12', '2024-03-12')
    >>> date_in_metadata("Tue, 12 Mar 2024 08:00:00 GMT"), date_in_metadata("2024"), date_in_metadata("1970-01-01")
    ('2024-03-12', None, None)
    """
    if not isinstance(value, str):
        return None
    words = value.strip()[:80]
    if match := _COMPACT.match(words):
        words = "-".join(match.groups())
    elif words[4:5] == "-" == words[7:8]:
        words = words[:10]  # "2024-03-12T08:00": no boundary after the day
    day = date_in(words)
    return None if day is None or day == _NO_DAY or day < "1800" else day


def date_in_url(url: str) -> str | None:
    """The day in an address, where it names just one.

    >>> date_in_url("https://example.org/news/2024/03/12/harbour"), date_in_url("https://example.org/2024/mar/12/a")
    ('2024-03-12', '2024-03-12')
    >>> date_in_url("https://example.org/a-20240312.html"), date_in_url("https://example.org/1658862678159")
    ('2024-03-12', None)
    """
    days = set()
    for pattern in _URL_DAYS:
        for year, month, day in pattern.findall(url[:_LONGEST_URL]):
            days.add(_date(int(year), _MONTHS.get(month.lower()) or _number(month), int(day)))
    days.discard(None)
    return days.pop() if len(days) == 1 else None


def _day_of(match: re.Match[str]) -> str | None:
    for form in "123":
        if year := match["y" + form]:
            month = match["m" + form].rstrip(".").lower()
            return _date(int(year), _MONTHS.get(month) or _number(month), int(match["d" + form]))
    year, a, b = int(match["y4"]), int(match["a"]), int(match["b"])
    both = [day for day in dict.fromkeys((_date(year, b, a), _date(year, a, b))) if day]
    if len(both) == 2 and match["weekday"]:
        weekday = _WEEKDAYS[match["weekday"][:3].lower()]
        both = [day for day in both if datetime.date.fromisoformat(day).weekday() == weekday]
    return both[0] if len(both) == 1 else None


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _number(digits: str) -> int:
    return int(digits) if digits.isdecimal() else 0

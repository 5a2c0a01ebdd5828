"""The key of a statement's row: day of publication, document, place in the document, compressed into 63 bits.

One integer that sorts by date gives three things at once, on either database and without another index: the
newest matches of a word come first out of the word index, a range of dates is a range of keys, and a page
ends at a key that never moves.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

DAY_BITS = 18  # 1600-01-01 to 2317: older or later days are kept as the first or last
DOCUMENT_BITS = 27  # 134 million documents
POSITION_BITS = 18  # 262,144 statements in a document

MAX_DOCUMENTS = (1 << DOCUMENT_BITS) - 1
MAX_STATEMENTS = 1 << POSITION_BITS
LAST_KEY = (1 << 63) - 1

_DAY_SHIFT = DOCUMENT_BITS + POSITION_BITS
_LAST_DAY = (1 << DAY_BITS) - 1
_EPOCH = date(1600, 1, 1).toordinal() - 1
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?=$|[T ])")


def day_of(published: str | None, *, last: bool = False) -> int:
    """The number of a day, 0 where it is unknown.

    Args:
        published: ISO 8601, a year, a month, a day or a time; a year or month means its first day.
        last: take the last day of a year or month instead, as the end of a range does.

    >>> day_of("1600-01-01"), day_of("1600-01", last=True), day_of(None), day_of("soon")
    (1, 31, 0, 0)
    """
    match = _ISO.match(published or "")
    if match is None:
        return 0
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if month is None:
            found = date(year or 1, 12, 31) if last else date(year or 1, 1, 1)
        elif day is None:
            following = date((year or 1) + month // 12, month % 12 + 1, 1)
            found = following - timedelta(days=1) if last else date(year or 1, month, 1)
        else:
            found = date(year or 1, month, day)
    except (ValueError, OverflowError):  # the 31st of February, or the year 0
        return 0
    return min(max(found.toordinal() - _EPOCH, 1), _LAST_DAY)


def date_of(key: int) -> str | None:
    """The day in a key, ISO 8601; ``None`` where it was unknown."""
    day = key >> _DAY_SHIFT
    return date.fromordinal(day + _EPOCH).isoformat() if day else None


def key_of(day: int, document: int, position: int) -> int:
    """The key of a statement."""
    return day << _DAY_SHIFT | document << POSITION_BITS | position


def document_of(key: int) -> int:
    """The document's row in a key."""
    return key >> POSITION_BITS & MAX_DOCUMENTS


def position_of(key: int) -> int:
    """The statement's place in its document."""
    return key & (MAX_STATEMENTS - 1)


def keys_of(day: int, document: int) -> tuple[int, int]:
    """The first and the last key that a document's statements can have."""
    return key_of(day, document, 0), key_of(day, document, MAX_STATEMENTS - 1)


def keys_between(first: str | None, last: str | None) -> tuple[int, int]:
    """The first and the last key of a range of days; an end that is ``None`` is open. Undated documents are
    in no range with an end.
    """
    if first is None and last is None:
        return 0, LAST_KEY
    low = key_of(max(day_of(first), 1), 0, 0)
    high = LAST_KEY if last is None else key_of(day_of(last, last=True) + 1, 0, 0) - 1
    return low, high

"""Moments: dates, times, periods and lengths of time, reckoned to ISO 8601 from the report's date or a date in the text.

A claim's ``value`` is written as ``calendar`` says. ``anchor`` is the date that a relative phrase was reckoned from, ``None`` where the phrase
tells its date itself. ``doubt`` says in a sentence why a reading may be wrong: the report has no date, the text contradicts it, a
weekday doesn't fall on its date, the order of day and month is open, "next Friday" may be this week's. The tagging follows
ISO 24617-1 (TimeML); the direction of "on Monday" follows the tense around it.

* ``finding``: the phrases of a document, each reckoned, and the claims that are made of them
* ``reckoning``: from a phrase of time to a date
* ``phrases``: from a text to phrases of time, which say what is told
* ``tense``: whether it has been or is to come
* ``calendar``: the values, and reckoning with them
"""

from onrecord.claims.moments.calendar import range_of
from onrecord.claims.moments.finding import find_moments, is_calendar, read_moments

__all__ = ["find_moments", "is_calendar", "range_of", "read_moments"]

"""Times: dates, times, periods and lengths of time, normalized to ISO 8601 from the report's date or a date in the text.

A claim's ``value`` is written as ``calendar`` says. ``anchor`` is the date that a relative expression was resolved from, ``None`` where the expression
tells its date itself. ``doubt`` says in a sentence why a reading may be wrong: the report has no date, the text contradicts it, a
weekday doesn't fall on its date, the order of day and month is open, "next Friday" may be this week's. The tagging follows
ISO 24617-1 (TimeML); the direction of "on Monday" follows the tense around it.

* ``time_finder``: the expressions of a document, each normalized, and the claims that are made of them
* ``normalization``: from a temporal expression to its ISO 8601 value
* ``parsing``: from a text to temporal expressions
* ``tense``: whether it has been or is to come
* ``calendar``: the values, and normalization with them
"""

from onrecord.times.calendar import range_of
from onrecord.times.time_finder import find_time_mentions, find_times, is_calendar

__all__ = ["find_time_mentions", "find_times", "is_calendar", "range_of"]

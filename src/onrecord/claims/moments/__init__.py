"""Moments: dates, times, periods and lengths of time, reckoned to ISO 8601 from the report's date or a date in the text.

A claim's ``value`` is written as ``calendar`` says. ``anchor`` is the date that a relative phrase was reckoned from, ``None`` where the phrase
tells its date itself. ``doubt`` says in a sentence why a reading may be wrong: the report has no date, the text contradicts it, a
weekday doesn't fall on its date, the order of day and month is open, "next Friday" may be this week's. The tagging follows
ISO 24617-1 (TimeML); the direction of "on Monday" follows the tense around it.

The phrases of a document, each reckoned:

* ``finding``: all of it, from a document to claims

From a text to a phrase, which says what is told:

* ``dates``, ``numeric_dates``, ``years``, ``clocks``: dates and times told outright
* ``periods``, ``quarters``, ``wholes``, ``spells``, ``weekdays``, ``combined``, ``refs``: all other phrases
* ``phrases``: what a phrase says before it is reckoned, and its commonest parts; ``series``: dates in a row that share their year

From a phrase to a date:

* ``reckoning``: by what the phrase is, and which way it points
* ``hanging``, ``memory``: by what the text has named before
* ``rounds``, ``datings``: what comes round each year or week; dates that need no memory
* ``tenses``, ``verbs``, ``belongings``, ``surroundings``: whether it has been or is to come, and what else the words around it tell

For both:

* ``calendar``: the values, and reckoning with them
"""

from onrecord.claims.moments.calendar import range_of
from onrecord.claims.moments.finding import find_moments, is_calendar, read_moments

__all__ = ["find_moments", "is_calendar", "range_of", "read_moments"]

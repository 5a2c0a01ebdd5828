"""From a text to phrases of time, which say what is told and aren't reckoned yet.

* ``scanning``: the phrases of a passage; ``series``: dates in a row that share their year
* ``dates``, ``numeric_dates``, ``years``, ``clocks``: dates and times told outright
* ``periods``, ``quarters``, ``wholes``, ``spells``, ``weekdays``, ``combined``, ``refs``: all other phrases
* ``phrase``: what a phrase says, and the parts that most are read from
"""

from onrecord.claims.moments.phrases.phrase import Phrase
from onrecord.claims.moments.phrases.scanning import scan_phrases
from onrecord.claims.moments.phrases.series import share_years

__all__ = ["Phrase", "scan_phrases", "share_years"]

"""Search: by words, by meaning or by both, narrowed by who, to whom, how, when and where; a page of hits with
their evidence.

What a page costs doesn't grow with the record. Words and filters are one intersection in the word index, read
from the newest match on; by relevance, the newest 500 matches are ranked, and when they have been shown the
500 before them, and so on.

* ``query``, ``query_parser``: what to look for; what was typed, as words and phrases
* ``conditions``: a query as the word index is asked it, and the keys that fit
* ``ordering``, ``ranking``: the fitting ones by day or by relevance; how well a statement fits the words
* ``semantic``: the nearest in meaning, alone and fused with words
* ``results``, ``cursors``: a page of hits; where a page ended
"""

from onrecord.search.query import MAX_HITS, By, Query, Sort
from onrecord.search.results import Hit, Page, search

__all__ = ["MAX_HITS", "By", "Hit", "Page", "Query", "Sort", "search"]

"""Search: by words, by meaning or by both, narrowed by who, to whom, how, when and where; a page of hits with
their evidence.

What a page costs doesn't grow with the record. Words and filters are one intersection in the word index, read
from the newest match on; by relevance, the newest 500 matches are ranked, and when they have been shown the
500 before them, and so on.

=============  ==================================================================
``query``      what to look for
``conditions`` a query as the word index is asked it, and the keys that fit
``orders``     the fitting ones by day, by relevance, by any of their words
``meaning``    the nearest in meaning, alone and fused with words
``pages``      all of it together: a page of hits
=============  ==================================================================
"""

from onrecord.search.pages import Hit, Page, search
from onrecord.search.query import MOST_HITS, By, Query, Sort

__all__ = ["MOST_HITS", "By", "Hit", "Page", "Query", "Sort", "search"]

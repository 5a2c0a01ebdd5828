"""Claims: the figures, moments and places of a report, each tied to the innermost statement whose content holds it.

* ``finding``: all claims of a document, each tied to its statement
* ``figures``: from a text to a number with its unit
* ``moments``: from a phrase of time to a date in ISO 8601
* ``places``: from a name to a place of the gazetteer
* ``numbers``: numbers in digits and words, with what bounds and measures them
* ``timewords``: words of time; ``lexicon``: closed classes of words
* ``tables``: the files under ``data``

Figures, moments and places know nothing of each other: what two of them need lies below them, in ``numbers`` or beside it.
"""

from onrecord.claims.finding import find_claims, tie_claims

__all__ = ["find_claims", "tie_claims"]

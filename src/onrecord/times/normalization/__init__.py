"""From a expression of time to a date.

* ``normalizer``: by what the expression is, and which way the words around it point
* ``anaphoric``, ``context``: by what the text has named before
* ``recurring``, ``absolute``: what comes round each year or week; dates that need no context
* ``sentence_context``: what else the words around a expression make of it
"""

from onrecord.times.normalization.absolute import TimeValue
from onrecord.times.normalization.normalizer import Normalizer

__all__ = ["Normalizer", "TimeValue"]

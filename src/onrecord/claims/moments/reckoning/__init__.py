"""From a phrase of time to a date.

* ``reckoner``: by what the phrase is, and which way the words around it point
* ``hanging``, ``memory``: by what the text has named before
* ``rounds``, ``datings``: what comes round each year or week; dates that need no memory
* ``surroundings``: what else the words around a phrase make of it
"""

from onrecord.claims.moments.reckoning.datings import Moment
from onrecord.claims.moments.reckoning.reckoner import Reckoner

__all__ = ["Moment", "Reckoner"]

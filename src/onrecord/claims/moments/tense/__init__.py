"""Whether what is told around a phrase of time has been or is still to come.

* ``tenses``: the direction in time of a phrase, from the verb that it goes with
* ``belongings``: what the noun says that a phrase belongs to
* ``verbs``: what one word says
"""

from onrecord.claims.moments.tense.tenses import direction_of
from onrecord.claims.moments.tense.verbs import Direction, tell

__all__ = ["Direction", "direction_of", "tell"]

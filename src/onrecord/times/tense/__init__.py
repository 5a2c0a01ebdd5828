"""Whether what is told around a expression of time has been or is still to come.

* ``tenses``: the direction in time of a expression, from the verb that it goes with
* ``event_nouns``: what the noun says that a expression belongs to
* ``verbs``: what one word says
"""

from onrecord.times.tense.tenses import direction_of
from onrecord.times.tense.verbs import Direction, direction_of_verb

__all__ = ["Direction", "direction_of", "direction_of_verb"]

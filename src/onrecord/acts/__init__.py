"""What statements do: accuse, deny, promise …; whom they are directed at; whether and when what they say
holds; the reporter's stance.

* ``describing``: act, modality and stance of a statement, by its cue and by what it says
* ``content``: the first clause of what is said, and what it shows
* ``target``: the words for whom an act is directed at
* ``lexicon``: the tables of reporting words, and of words inside what is said
* ``plover``, ``frames``: roots of events between two actors, by a classifier; what verbs do with what they take
"""

from onrecord.acts.describing import describe, tells
from onrecord.acts.lexicon import ACTS, ActClass, load_acts
from onrecord.acts.target import find_target

__all__ = ["ACTS", "ActClass", "describe", "find_target", "load_acts", "tells"]

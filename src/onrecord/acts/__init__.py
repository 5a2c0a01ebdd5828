"""What statements do: accuse, deny, promise …; whom they are directed at; whether and when what they say
holds; the reporter's stance.

* ``classification``: act, modality and stance of a statement, by its cue and by what it says
* ``clauses``: the first clause of what is said, and what it shows
* ``target``: the words for whom an act is directed at
* ``cue_lexicon``: the tables of reporting words, and of words inside what is said
* ``plover``, ``event_frames``: roots of events between two actors, by a classifier; what verbs do with what they take
"""

from onrecord.acts.classification import classify_statements, reports_speech
from onrecord.acts.cue_lexicon import ACTS, ActClass, load_acts
from onrecord.acts.target import find_target

__all__ = ["ACTS", "ActClass", "classify_statements", "find_target", "load_acts", "reports_speech"]

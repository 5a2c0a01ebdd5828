"""What statements do: accuse, deny, promise …; whom they are directed at; whether and when what they say
holds; the reporter's stance.
"""

from onrecord.acts.describing import describe, tells
from onrecord.acts.lexicon import ACTS, ActClass, load_acts
from onrecord.acts.target import find_target

__all__ = ["ACTS", "ActClass", "describe", "find_target", "load_acts", "tells"]

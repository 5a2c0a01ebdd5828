"""Who speaks: the person or body behind each statement, with the evidence.

Names are gathered into voices, each statement's source is taken apart and led to one of them from left to right: by name, by pronoun, by
description, or left open with a reason.

* ``stage``: the whole of it, from statements to speakers
* ``evidence``, ``names``: the names of a report, by the network and by rules
* ``cast``, ``mentions``: the voices so far, and where each is mentioned
* ``people``, ``bodies``, ``titles``, ``headline``, ``authors``: names to voices, with offices, the page's title and who wrote the report
* ``phrases``: what a source is made of; ``finding``: descriptions elsewhere, and what *who* stands for
* ``resolving``: whom each source means; ``anaphora``, ``descriptions``, ``unsaid``: by pronoun; by description; where it is left out
* ``answers``: what a resolution gives, and what it rests on; ``talk``: who spoke last
* ``calibration``: how sure that is; ``naming``: a voice to a speaker of the record
* ``linking``: the same person in many records; ``chains``: noun phrases of one thing, for measuring
* ``lexicon``: the words that tell who is meant
"""

from onrecord.speakers.linking import SpeakerLink, link_speakers, people_of
from onrecord.speakers.stage import Candidate, Profile, Resolution, Resolved, resolve_speakers

__all__ = [
    "Candidate",
    "Profile",
    "Resolution",
    "Resolved",
    "SpeakerLink",
    "link_speakers",
    "people_of",
    "resolve_speakers",
]

"""Who speaks: the person or body behind each statement, with the evidence.

Names are gathered into voices (``cast``), each statement's source is taken apart (``phrases``) and led to one of them from left to right
(``resolving``): by name, by pronoun (``anaphora``), by description (``descriptions``), or left open with a reason.
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

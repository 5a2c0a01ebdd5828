"""Who speaks: the person or body behind each statement, with the evidence.

Names are gathered into entities, each statement's source is taken apart and led to one of them from left to right: by name, by pronoun, by
description, or left open with a reason.

* ``stage``: the whole of it, from statements to speakers
* ``evidence``, ``names``: the names of a report, by the network and by rules
* ``entity_index``, ``entities``: the entities so far, and where each is mentioned
* ``people``, ``organizations``, ``titles``, ``headline``, ``bylines``: names to entities, with offices, the page's title and who wrote the report
* ``source_phrases``: what a source is made of; ``description_finder``: descriptions elsewhere, and what *who* stands for
* ``resolver``: whom each source means; ``antecedents``, ``descriptions``, ``implicit_sources``: by pronoun; by description; where it is left out
* ``source_resolution``: what a resolution gives, and what it rests on; ``recent_speakers``: who spoke last
* ``calibration``: how sure that is; ``speaker_names``: a entity to a speaker of the record
* ``entity_linking``: the same person in many records; ``coreference``: noun phrases of one thing, for measuring
* ``word_classes``: the words that tell who is meant
"""

from onrecord.speakers.entity_linking import SpeakerLink, link_speakers, linked_groups
from onrecord.speakers.stage import (
    Resolution,
    ResolutionCandidate,
    ResolvedStatements,
    SpeakerProfile,
    resolve_speakers,
)

__all__ = [
    "Resolution",
    "ResolutionCandidate",
    "ResolvedStatements",
    "SpeakerLink",
    "SpeakerProfile",
    "link_speakers",
    "linked_groups",
    "resolve_speakers",
]

"""The labels that the heads give to words. Their order is that of the network's outputs.

Roles are marked by begin, inside, end and single (BIOES; Ratinov and Roth, CoNLL 2009, section 3), so that the decoder knows where a piece ends.
"""

from __future__ import annotations

CUE_LABELS = ("O", "B", "I")
ROLES = ("source", "content", "cue")
OUTSIDE = 0
BEGIN, INSIDE, END, SINGLE = range(4)
ROLE_LABELS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BIES"))


def role_label(role: str, place: int) -> int:
    """The index of a role's label at a place (BEGIN, INSIDE, END or SINGLE).

    >>> ROLE_LABELS[role_label("content", END)]
    'E-content'
    """
    return 1 + 4 * ROLES.index(role) + place


def span_positions(length: int) -> list[int]:
    """The places of a run of words.

    >>> span_positions(1), span_positions(3)
    ([3], [0, 1, 2])
    """
    return [SINGLE] if length == 1 else [BEGIN, *[INSIDE] * (length - 2), END]


NAME_KINDS = ("person", "organization", "norp", "location", "facility", "product", "misc", "date", "money")
"""What a name names, after Worldwide Newswire (Shan et al., EMNLP 2023): norp are nationalities, religious and political groups."""

MENTION_KINDS = ("person", "organization", "place", "object", "abstract", "event", "time", "other")
"""What a noun phrase speaks of, after GUM (Zeldes, 2017); its substances, plants and animals are "other"."""

MENTION_START_OFFSETS, MENTION_END_OFFSETS = 30, 60
"""How many words before and after its head a noun phrase may begin and end. Of GUM's 99.8 % lie inside."""

NAME_LABELS = ("O", *(f"{place}-{kind}" for kind in NAME_KINDS for place in "BIES"))
HEAD_LABELS = ("O", *MENTION_KINDS)

WORDS_BEFORE_CUE, WORDS_AFTER_CUE = 96, 128
"""How many words before and after a cue's first word the role head sees. Of PolNeAR's training attributions 99 % lie inside."""

"""Speech between quotation marks that no cue governs."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from onrecord.quotations import Quotation
from onrecord.segment import Range
from onrecord.statements.drafts import Draft
from onrecord.statements.ranges import overlap, touches

UNGOVERNED_SCORE = 0.6
"""The score of a quotation that no cue governs."""

_SPEECH_WORDS = 5
"""A quotation of fewer words that no cue governs is a name, a title or a word held at a distance more often than speech."""


def find_ungoverned(
    drafts: Sequence[Draft], quotations: Sequence[Quotation], paragraphs: Sequence[Range], text: str
) -> list[Draft]:
    """Speech between quotation marks that no statement holds, given to the speaker at hand.

    The speaker is at hand where the quotation follows, in the same paragraph, one with a speaker, or takes up a quotation that the paragraph before left open.
    """
    held = sorted(piece for draft in drafts for piece in draft.content)
    spoken = sorted(
        (max(end for _, end in draft.content), draft.source)
        for draft in drafts
        if draft.source and any(_is_quoted(piece, quotations) for piece in draft.content)
    )
    ends = [end for end, _ in spoken]
    starts = [start for start, _ in paragraphs]
    found = []
    at_hand: Range | None = None
    for quotation in quotations:
        if quotation.depth or touches(held, (quotation.start, quotation.end)):
            continue
        if not _is_speech(quotation, text):
            continue
        paragraph = starts[bisect.bisect_right(starts, quotation.start) - 1]
        place = bisect.bisect_right(ends, quotation.start) - 1
        before = spoken[place] if place >= 0 else None
        reach = (
            starts[max(0, bisect.bisect_right(starts, quotation.start) - 2)]
            if quotation.continues
            else paragraph
        )
        at_hand = before[1] if before and before[0] > reach else None
        found.append(Draft(at_hand, None, ((quotation.start, quotation.end),), UNGOVERNED_SCORE, "direct"))
    return found


def _is_speech(quotation: Quotation, text: str) -> bool:
    """Whether a quotation without a cue is likely speech: a sentence of some length that ends as one."""
    inner = text[quotation.inner_start : quotation.inner_end].strip()
    return (
        len(inner.split(None, _SPEECH_WORDS)) >= _SPEECH_WORDS
        and inner[:1].isupper()
        and (inner[-1] in ".!?…," or quotation.continues or not quotation.closed)
        and sum(word[:1].isupper() for word in inner.split()) <= 0.6 * len(inner.split())
    )


def _is_quoted(piece: Range, quotations: Sequence[Quotation]) -> bool:
    return any(overlap(piece, (quotation.start, quotation.end)) for quotation in quotations)

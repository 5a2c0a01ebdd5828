"""Speech between quotation marks that no cue governs."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from onrecord.quotations import Quotation
from onrecord.segment import Range
from onrecord.statements.drafts import Draft
from onrecord.text import TextAnalysis
from onrecord.text.intervals import IntervalIndex

UNGOVERNED_SCORE = 0.6
"""The score of a quotation that no cue governs."""

_SPEECH_WORDS = 5
"""A quotation of fewer words that no cue governs is a name, a title or a word held at a distance more often than speech."""


def find_ungoverned(drafts: Sequence[Draft], analysis: TextAnalysis) -> list[Draft]:
    """Speech between quotation marks that no statement holds, given to the speaker at hand.

    The speaker is at hand where the quotation follows, in the same paragraph, one with a speaker, or takes up a quotation that the paragraph before left open.
    """
    held = IntervalIndex(piece for draft in drafts for piece in draft.content)
    spoken = sorted(
        (max(end for _, end in draft.content), draft.source)
        for draft in drafts
        if draft.source and any(analysis.quotations_over(*piece) for piece in draft.content)
    )
    ends = [end for end, _ in spoken]
    paragraphs = analysis.paragraphs
    found = []
    at_hand: Range | None = None
    for quotation in analysis.outer_quotations:
        if held.overlaps((quotation.start, quotation.end)):
            continue
        if not _is_speech(quotation, analysis.text):
            continue
        number = analysis.paragraph_at(quotation.start)
        place = bisect.bisect_right(ends, quotation.start) - 1
        before = spoken[place] if place >= 0 else None
        reach = paragraphs[max(0, number - 1) if quotation.continues else number][0]
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

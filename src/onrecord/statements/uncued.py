"""Speech between quotation marks that no cue governs."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from onrecord.statements.candidates import Candidate
from onrecord.text import TextAnalysis
from onrecord.text.intervals import IntervalIndex
from onrecord.text.quotations import Quotation
from onrecord.text.segmentation import Range

UNCUED_SCORE = 0.6
"""The score of a quotation that no cue governs."""

_MIN_SPEECH_WORDS = 5
"""A quotation of fewer words that no cue governs is a name, a title or a word held at a distance more often than speech."""


def find_uncued(candidates: Sequence[Candidate], analysis: TextAnalysis) -> list[Candidate]:
    """Speech between quotation marks that no statement holds, given to the speaker at hand.

    The speaker is at hand where the quotation follows, in the same paragraph, one with a speaker, or takes up a quotation that the paragraph before left open.
    """
    covered = IntervalIndex(piece for candidate in candidates for piece in candidate.content)
    quoted_sources = sorted(
        (max(end for _, end in candidate.content), candidate.source)
        for candidate in candidates
        if candidate.source and any(analysis.quotations_over(*piece) for piece in candidate.content)
    )
    ends = [end for end, _ in quoted_sources]
    paragraphs = analysis.paragraphs
    found = []
    current_source: Range | None = None
    for quotation in analysis.outer_quotations:
        if covered.overlaps((quotation.start, quotation.end)):
            continue
        if not _is_speech(quotation, analysis.text):
            continue
        number = analysis.paragraph_at(quotation.start)
        place = bisect.bisect_right(ends, quotation.start) - 1
        before = quoted_sources[place] if place >= 0 else None
        reach = paragraphs[max(0, number - 1) if quotation.continues else number][0]
        current_source = before[1] if before and before[0] > reach else None
        found.append(
            Candidate(current_source, None, ((quotation.start, quotation.end),), UNCUED_SCORE, "direct")
        )
    return found


def _is_speech(quotation: Quotation, text: str) -> bool:
    """Whether a quotation without a cue is likely speech: a sentence of some length that ends as one."""
    inner = text[quotation.inner_start : quotation.inner_end].strip()
    return (
        len(inner.split(None, _MIN_SPEECH_WORDS)) >= _MIN_SPEECH_WORDS
        and inner[:1].isupper()
        and (inner[-1] in ".!?…," or quotation.continues or not quotation.closed)
        and sum(word[:1].isupper() for word in inner.split()) <= 0.6 * len(inner.split())
    )

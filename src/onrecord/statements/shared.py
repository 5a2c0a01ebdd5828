"""Statements whose verb shares its subject with one before it: "Orr said the dam was safe *and demanded an apology*".

The network often stops at the first verb where a long content stands between the two. Behind the subject, the rest of the sentence is plain to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from onrecord.model.session import Model
from onrecord.segment import Range
from onrecord.statements.excerpts import Excerpt, cue_range, cue_ranges, read_excerpts
from onrecord.statements.nesting import in_order
from onrecord.text import TextAnalysis
from onrecord.text.intervals import IntervalIndex, without_overlaps
from onrecord.types import Document, Statement

SHARED_LEAST = 0.5
"""The least score of a statement that shares its subject, read behind it."""

_NEAR = 12  # characters before the verb: "also", "then"
_JOINED = re.compile(r"[\s,;—–-]*(?:and|but)\s+(?=[a-z])")


def find_shared(
    document: Document,
    analysis: TextAnalysis,
    statements: Sequence[Statement],
    model: Model,
    *,
    tells: Callable[[str], bool],
) -> tuple[Statement, ...]:
    """The statements of a document with those that share a subject with them, by order of their first character.

    Args:
        tells: whether these words tell what somebody said, and not what they thought or did.
    """
    cues = cue_ranges(statements)
    found = [
        one
        for excerpt, one in read_excerpts(document, list(_rests(analysis, statements, cues, tells)), model)
        if one.score >= SHARED_LEAST
        and one.source == excerpt.subject
        and one.cue
        and one.cue.start <= excerpt.start + _NEAR
        and tells(one.cue.text)
    ]
    return tuple(in_order([*statements, *without_overlaps(found, cue_range, cues)]))


def _rests(
    analysis: TextAnalysis,
    statements: Sequence[Statement],
    cues: Sequence[Range],
    tells: Callable[[str], bool],
) -> Iterator[Excerpt]:
    """What follows statements in their sentences and may have a verb with the same subject."""
    text = analysis.text
    known = IntervalIndex(cues)
    for one in statements:
        if one.source is None or one.cue is None or one.source.start > one.cue.start:
            continue
        after = max(one.cue.end, one.content[-1].end)
        end = analysis.sentence(one.cue.start)[1]
        joined = _JOINED.match(text, after, end) if after < end else None
        if joined is None or known.overlaps((joined.end(), joined.end() + _NEAR)):
            continue
        verb = text[joined.end() : joined.end() + 2 * _NEAR].split()
        if any(tells(word) for word in verb[:2]):
            yield Excerpt(joined.end(), end, one, one.source)

"""Statements whose verb shares its subject with one before it: "Orr said the dam was safe *and demanded an apology*".

The network often stops at the first verb where a long content stands between the two. Behind the subject, the rest of the sentence is plain to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from onrecord.model.session import Model
from onrecord.statements.excerpts import Excerpt, cue_range, cue_ranges, find_in_excerpts
from onrecord.statements.nesting import sort_statements
from onrecord.text import TextAnalysis
from onrecord.text.intervals import IntervalIndex, without_overlaps
from onrecord.text.segmentation import Range
from onrecord.types import Document, Statement

MIN_CONJOINED_SCORE = 0.5
"""The least score of a statement that shares its subject, read behind it."""

_MAX_CHARS_TO_VERB = 12  # characters before the verb: "also", "then"
_CONJUNCTION = re.compile(r"[\s,;—–-]*(?:and|but)\s+(?=[a-z])")


def find_conjoined(
    document: Document,
    analysis: TextAnalysis,
    statements: Sequence[Statement],
    model: Model,
    *,
    reports_speech: Callable[[str], bool],
) -> tuple[Statement, ...]:
    """The statements of a document with those that share a subject with them, by order of their first character.

    Args:
        reports_speech: whether these words tell what somebody said, and not what they thought or did.
    """
    cues = cue_ranges(statements)
    found = [
        one
        for excerpt, one in find_in_excerpts(
            document, list(_conjoined_clauses(analysis, statements, cues, reports_speech)), model
        )
        if one.score >= MIN_CONJOINED_SCORE
        and one.source == excerpt.subject
        and one.cue
        and one.cue.start <= excerpt.start + _MAX_CHARS_TO_VERB
        and reports_speech(one.cue.text)
    ]
    return tuple(sort_statements([*statements, *without_overlaps(found, cue_range, cues)]))


def _conjoined_clauses(
    analysis: TextAnalysis,
    statements: Sequence[Statement],
    cues: Sequence[Range],
    reports_speech: Callable[[str], bool],
) -> Iterator[Excerpt]:
    """What follows statements in their sentences and may have a verb with the same subject."""
    text = analysis.text
    known = IntervalIndex(cues)
    for one in statements:
        if one.source is None or one.cue is None or one.source.start > one.cue.start:
            continue
        after = max(one.cue.end, one.content[-1].end)
        end = analysis.sentence(one.cue.start)[1]
        conjunction = _CONJUNCTION.match(text, after, end) if after < end else None
        if conjunction is None or known.overlaps((conjunction.end(), conjunction.end() + _MAX_CHARS_TO_VERB)):
            continue
        verb = text[conjunction.end() : conjunction.end() + 2 * _MAX_CHARS_TO_VERB].split()
        if any(reports_speech(word) for word in verb[:2]):
            yield Excerpt(conjunction.end(), end, one, one.source)

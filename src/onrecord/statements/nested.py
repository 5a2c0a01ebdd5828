"""Statements inside what somebody says: "Orr said *the board had promised to pay*".

PolNeAR marks no attribution inside another one's content, so a network that learned from it passes over them. Read by itself, the content is a text like any
other, and the same network finds who says what in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.model.session import Model
from onrecord.statements.excerpts import Excerpt, cue_range, cue_ranges, find_in_excerpts
from onrecord.statements.nesting import assign_parents, sort_statements
from onrecord.statements.quote_alignment import trim_range
from onrecord.text import TextAnalysis
from onrecord.text.intervals import without_overlaps
from onrecord.text.segmentation import Range
from onrecord.types import Document, Span, Statement

MIN_NESTED_SCORE = 0.7
"""The least score of a statement in another one's content: the chance that it is one, read by itself, times its parent's score."""

MAX_DEPTH = 3  # statements in statements in statements
_MIN_WORDS = 4  # words that say who says what
_EDGE_PUNCTUATION = " \t\r\n,;:.”\"’'»“"
_COMPLEMENTIZER = re.compile(r"(?:that|whether|if)\s+", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"(?:i|we)\b", re.IGNORECASE)


def find_nested(
    document: Document,
    analysis: TextAnalysis,
    statements: Sequence[Statement],
    model: Model,
    *,
    reports_speech: Callable[[str], bool],
) -> tuple[Statement, ...]:
    """The statements of a document with those inside their contents, by order of their first character; each has its parent.

    What speakers say of themselves ("I think", "we hope") is their own statement already, so it makes none.

    Args:
        reports_speech: whether these words tell what somebody said, and not what they thought or did.
    """
    inside = {
        quotation.start: (quotation.inner_start, quotation.inner_end) for quotation in analysis.quotations
    }
    known = list(statements)
    outermost = known
    for _ in range(MAX_DEPTH):
        excerpts = [
            Excerpt(*_strip_quotes(piece, document.text, inside), owner)
            for owner, piece in _outermost_content(outermost)
            if len(piece.text.split(None, _MIN_WORDS)) >= _MIN_WORDS and reports_speech(piece.text)
        ]
        found = [
            replace(one, score=round(one.score * excerpt.owner.score, 4))
            for excerpt, one in find_in_excerpts(document, excerpts, model)
        ]
        confident = [
            one
            for one in sorted(found, key=lambda one: -one.score)
            if one.score >= MIN_NESTED_SCORE
            and _has_other_source(one)
            and one.cue
            and reports_speech(one.cue.text)
        ]
        outermost = without_overlaps(confident, cue_range, cue_ranges(known))
        if not outermost:
            break
        known += outermost
    return assign_parents(sort_statements(known))


def _outermost_content(statements: Sequence[Statement]) -> Iterator[tuple[Statement, Span]]:
    """The pieces of content that lie in no other one, so that nothing is read twice."""
    reached = -1
    pieces = [(one, piece) for one in statements for piece in one.content]
    for one, piece in sorted(pieces, key=lambda item: (item[1].start, -item[1].end)):
        if piece.end > reached:
            yield one, piece
            reached = piece.end


def _strip_quotes(piece: Span, text: str, inside: Mapping[int, Range]) -> Range:
    """A piece of content less the quotation marks around all of it and the word that ties it to its cue ("that").

    Args:
        inside: for each quotation the range between its marks, by its first character.
    """
    start, end = trim_range(piece.start, piece.end, text)
    quoted = inside.get(start)
    if quoted and not text[quoted[1] : end].strip(_EDGE_PUNCTUATION):
        start, end = trim_range(quoted[0], min(quoted[1], end), text)
    opening = _COMPLEMENTIZER.match(text, start, end)
    return (opening.end() if opening else start), end


def _has_other_source(statement: Statement) -> bool:
    return statement.source is not None and not _FIRST_PERSON.fullmatch(statement.source.text)

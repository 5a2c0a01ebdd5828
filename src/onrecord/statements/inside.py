"""Statements inside what somebody says: "Orr said *the board had promised to pay*".

PolNeAR marks no attribution inside another one's content, so a network that learned from it passes over them. Read by itself, the content is a text like any
other, and the same network finds who says what in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.model.session import Model
from onrecord.segment import Range
from onrecord.statements.excerpts import Excerpt, cue_range, cue_ranges, read_excerpts
from onrecord.statements.nesting import in_order, nest
from onrecord.statements.squaring import trim
from onrecord.text import TextAnalysis
from onrecord.text.intervals import without_overlaps
from onrecord.types import Document, Span, Statement

INSIDE_LEAST = 0.7
"""The least score of a statement in another one's content: the chance that it is one, read by itself, times its parent's score."""

DEEPEST = 3  # statements in statements in statements
_SHORTEST = 4  # words that say who says what
_EDGES = " \t\r\n,;:.”\"’'»“"
_OPENING = re.compile(r"(?:that|whether|if)\s+", re.IGNORECASE)
_SELF = re.compile(r"(?:i|we)\b", re.IGNORECASE)


def find_inside(
    document: Document,
    analysis: TextAnalysis,
    statements: Sequence[Statement],
    model: Model,
    *,
    tells: Callable[[str], bool],
) -> tuple[Statement, ...]:
    """The statements of a document with those inside their contents, by order of their first character; each has its parent.

    What speakers say of themselves ("I think", "we hope") is their own statement already, so it makes none.

    Args:
        tells: whether these words tell what somebody said, and not what they thought or did.
    """
    inside = {
        quotation.start: (quotation.inner_start, quotation.inner_end) for quotation in analysis.quotations
    }
    known = list(statements)
    outer = known
    for _ in range(DEEPEST):
        excerpts = [
            Excerpt(*_between_marks(piece, document.text, inside), owner)
            for owner, piece in _outermost(outer)
            if len(piece.text.split(None, _SHORTEST)) >= _SHORTEST and tells(piece.text)
        ]
        found = [
            replace(one, score=round(one.score * excerpt.owner.score, 4))
            for excerpt, one in read_excerpts(document, excerpts, model)
        ]
        sure = [
            one
            for one in sorted(found, key=lambda one: -one.score)
            if one.score >= INSIDE_LEAST and _is_anothers(one) and one.cue and tells(one.cue.text)
        ]
        outer = without_overlaps(sure, cue_range, cue_ranges(known))
        if not outer:
            break
        known += outer
    return nest(in_order(known))


def _outermost(statements: Sequence[Statement]) -> Iterator[tuple[Statement, Span]]:
    """The pieces of content that lie in no other one, so that nothing is read twice."""
    reached = -1
    pieces = [(one, piece) for one in statements for piece in one.content]
    for one, piece in sorted(pieces, key=lambda item: (item[1].start, -item[1].end)):
        if piece.end > reached:
            yield one, piece
            reached = piece.end


def _between_marks(piece: Span, text: str, inside: Mapping[int, Range]) -> Range:
    """A piece of content less the quotation marks around all of it and the word that ties it to its cue ("that").

    Args:
        inside: for each quotation the range between its marks, by its first character.
    """
    start, end = trim(piece.start, piece.end, text)
    within = inside.get(start)
    if within and not text[within[1] : end].strip(_EDGES):
        start, end = trim(within[0], min(within[1], end), text)
    opening = _OPENING.match(text, start, end)
    return (opening.end() if opening else start), end


def _is_anothers(statement: Statement) -> bool:
    return statement.source is not None and not _SELF.fullmatch(statement.source.text)

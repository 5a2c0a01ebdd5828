"""Statements inside what somebody says: "Orr said *the board had promised to pay*".

PolNeAR marks no attribution inside another one's content, so a network that learned from it passes over them. Read by itself, the content is a text like any
other, and the same network finds who says what in it.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.model.session import Model
from onrecord.quotations import Quotation, quotations_of
from onrecord.segment import Range
from onrecord.statements.finding import find_statements
from onrecord.statements.nesting import nest
from onrecord.statements.ranges import touches
from onrecord.statements.squaring import trim
from onrecord.types import Document, Span, Statement, content_id

NESTED_LEAST = 0.7
"""The least score of a statement in another one's content: the chance that it is one, read by itself, times its parent's score."""

DEEPEST = 3  # statements in statements in statements
_SHORTEST = 4  # words that say who says what
_EDGES = " \t\r\n,;:.”\"’'»“"
_STOPS = ".!?…"
_OPENING = re.compile(r"(?:that|whether|if)\s+", re.IGNORECASE)
_SELF = re.compile(r"(?:i|we)\b", re.IGNORECASE)


def find_nested(
    document: Document, statements: Sequence[Statement], model: Model, *, tells: Callable[[str], bool]
) -> tuple[Statement, ...]:
    """The statements of a document with those inside their contents, by order of their first character; each has its parent.

    What speakers say of themselves ("I think", "we hope") is their own statement already, so it makes none.

    Args:
        tells: whether these words tell what somebody said, and not what they thought or did.
    """
    quotations = quotations_of(document.text)
    known = list(statements)
    cues = sorted((one.cue.start, one.cue.end) for one in known if one.cue)
    outer = known
    for _ in range(DEEPEST):
        fresh = []
        for one in sorted(_inside(document, outer, quotations, model, tells), key=lambda one: -one.score):
            cue = (one.cue.start, one.cue.end) if one.cue else None
            if cue and not touches(cues, cue):
                fresh.append(one)
                bisect.insort(cues, cue)
        if not fresh:
            break
        known += fresh
        outer = fresh
    known.sort(key=lambda one: (one.start, one.end, one.cue.start if one.cue else -1))
    return nest(known)


def _inside(
    document: Document,
    statements: Sequence[Statement],
    quotations: Sequence[Quotation],
    model: Model,
    tells: Callable[[str], bool],
) -> list[Statement]:
    """What the contents of these statements say that others say."""
    inside = {quotation.start: (quotation.inner_start, quotation.inner_end) for quotation in quotations}
    excerpts = [
        (one, *_excerpt(piece, document.text, inside))
        for one, piece in _outermost(statements)
        if len(piece.text.split(None, _SHORTEST)) >= _SHORTEST and tells(piece.text)
    ]
    sentences = [_sentence(document.text[start:end]) for _, start, end in excerpts]
    found = []
    for (parent, start, end), sentence, reading in zip(
        excerpts, sentences, model.propose(sentences), strict=True
    ):
        excerpt = replace(document, text=sentence, dateline=None)
        for one in find_statements(excerpt, reading, model.bundle):
            score = round(one.score * parent.score, 4)
            if any(span.start >= end - start for span in one.spans):
                continue  # the stop that was put after it
            if score >= NESTED_LEAST and _is_anothers(one) and one.cue and tells(one.cue.text):
                found.append(_moved(one, range(start, end), document, score))
    return found


def _outermost(statements: Sequence[Statement]) -> Iterator[tuple[Statement, Span]]:
    """The pieces of content that lie in no other one, so that nothing is read twice."""
    reached = -1
    pieces = [(one, piece) for one in statements for piece in one.content]
    for one, piece in sorted(pieces, key=lambda item: (item[1].start, -item[1].end)):
        if piece.end > reached:
            yield one, piece
            reached = piece.end


def _excerpt(piece: Span, text: str, inside: Mapping[int, Range]) -> Range:
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


def _sentence(words: str) -> str:
    """Words as a sentence of their own, which is what the network knows: every character stands where it stood."""
    first = words[:1].upper()
    return (first if len(first) == 1 else words[:1]) + words[1:] + ("" if words[-1:] in _STOPS else ".")


def _is_anothers(statement: Statement) -> bool:
    return statement.source is not None and not _SELF.fullmatch(statement.source.text)


def _moved(statement: Statement, within: range, document: Document, score: float) -> Statement:
    """A statement of an excerpt as one of the document, whose characters ``within`` the excerpt are."""

    def moved(span: Span) -> Span:
        return document.span(within.start + span.start, min(within.start + span.end, within.stop))

    source, cue = (moved(span) if span else None for span in (statement.source, statement.cue))
    content = tuple(moved(piece) for piece in statement.content)
    ranges = [(span.start, span.end) if span else None for span in (cue, source)]
    return replace(
        statement,
        id=content_id(document.id, *ranges, tuple((piece.start, piece.end) for piece in content)),
        source=source,
        cue=cue,
        content=content,
        score=score,
    )

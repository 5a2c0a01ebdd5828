"""A statement in its sentence, as pieces of text that each have one part in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from onrecord.render.safe_text import visible
from onrecord.render.segments import Role
from onrecord.text import analyze
from onrecord.text.segmentation import Range
from onrecord.types import Statement

CONTEXT = 200
"""At most so many characters of the sentence before and after a statement: a page may be one sentence."""

_WORD = 40
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the text with their part in the statement; ``None`` for the rest of the sentence, and for an
    ellipsis."""

    text: str
    role: Role | None


class SentenceContext:
    """A text's paragraphs and sentences, found when first asked for, each once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.analysis = analyze(text)

    def sentence_range(self, start: int, end: int) -> Range:
        """The range from the beginning of the sentence at ``start`` to the end of the sentence that holds
        ``end - 1``."""
        return min(start, self._sentence_at(start)[0]), max(end, self._sentence_at(end - 1)[1])

    def _sentence_at(self, position: int) -> Range:
        return self.analysis.sentence(position) if self.analysis.sentences else (position, position + 1)

    def _cut(self, start: int, end: int, limit: int) -> int:
        """Where to cut: between words if there are any, if that leaves out more than saying so takes."""
        if end - start <= limit + 2 * _WORD:
            return end
        space = self.text.rfind(" ", start + limit - _WORD, start + limit)
        return space if space > 0 else start + limit

    def wordpieces_of(
        self, statement: Statement, *, alone: bool = False, limit: int | None = None
    ) -> list[Piece]:
        """The statement in its sentence on one line: the pieces, joined, are the text with runs of white
        space as one space.

        Args:
            statement: one of this text.
            alone: leave out the sentence around it.
            limit: about how many characters to show at most; what is left out is counted at the end.
        """
        start, end = statement.start, statement.end
        if not alone:
            left, right = self.sentence_range(start, end)
            start, end = max(left, start - CONTEXT), min(right, end + CONTEXT)
        stop = end if limit is None else self._cut(start, end, limit)
        pieces = _joined(
            [Piece(visible(self.text[a:b]), role) for a, b, role in _roles(statement, start, stop)]
        )
        if not alone and start > left:
            pieces.insert(0, Piece("… ", None))
        if stop < end:
            pieces.append(Piece(f" … ({end - stop:,} more characters)", None))
        elif not alone and end < right:
            pieces.append(Piece(" …", None))
        return pieces


def _roles(statement: Statement, start: int, end: int) -> list[tuple[int, int, Role | None]]:
    """Ranges that fill ``start:end``, each in one role: a cue before a source before a content."""
    spans: list[tuple[int, int, Role]] = [(span.start, span.end, "content") for span in statement.content]
    if statement.source:
        spans.append((statement.source.start, statement.source.end, "source"))
    if statement.cue:
        spans.append((statement.cue.start, statement.cue.end, "cue"))
    edges = {start, end}
    edges.update(edge for left, right, _ in spans for edge in (left, right) if start < edge < end)
    cuts = sorted(edges)
    ranges: list[tuple[int, int, Role | None]] = []
    content = 0
    for left, right in pairwise(cuts):
        # Contents are in text order; source and cue, at most one of each, stand last in the list and win.
        while content < len(statement.content) and statement.content[content].end <= left:
            content += 1
        near = spans[content : content + 1] + spans[len(statement.content) :]
        covering = [role for a, b, role in near if a <= left and right <= b]
        ranges.append((left, right, covering[-1] if covering else None))
    return ranges


def _joined(pieces: list[Piece]) -> list[Piece]:
    """The pieces with runs of white space as one space, and none at either end."""
    out: list[Piece] = []
    for piece in pieces:
        text = _SPACE.sub(" ", piece.text)
        if not out or out[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            out.append(Piece(text, piece.role))
    if out and out[-1].text.endswith(" "):
        last = out.pop()
        out.extend([Piece(last.text.rstrip(" "), last.role)] if last.text.strip(" ") else [])
    return out

"""A part of a document read as a sentence of its own, and what is found in it put back into the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.model.session import Model
from onrecord.statements.extraction import find_statements
from onrecord.text import analyze
from onrecord.text.segmentation import Range
from onrecord.types import Document, Span, Statement, content_id

_SENTENCE_END_MARKS = ".!?…"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Characters ``start`` to ``end`` of a document, behind a ``subject`` from elsewhere where they lack their own, and the statement they belong to."""

    start: int
    end: int
    owner: Statement
    subject: Span | None = None

    def sentence(self, document: Document) -> str:
        """The words as a sentence, which is what the network knows: every character stands where it stood, behind the subject and a space."""
        words = document.text[self.start : self.end]
        if self.subject:
            words = f"{self.subject.text} {words}"
        first = words[:1].upper()
        return (
            (first if len(first) == 1 else words[:1])
            + words[1:]
            + ("" if words[-1:] in _SENTENCE_END_MARKS else ".")
        )

    @property
    def prefix_length(self) -> int:
        """Characters of the sentence before the excerpt's own."""
        return len(self.subject.text) + 1 if self.subject else 0

    def contains(self, span: Span) -> bool:
        """Whether a span of the sentence has its first character in the excerpt, and not in the subject or the stop that were put to it."""
        return self.prefix_length <= span.start < self.prefix_length + self.end - self.start

    def to_document(self, span: Span, document: Document) -> Span:
        """A span of the sentence as one of the document."""
        start = self.start + span.start - self.prefix_length
        return document.span(start, min(start + span.end - span.start, self.end))


def find_in_excerpts(
    document: Document, excerpts: Sequence[Excerpt], model: Model
) -> list[tuple[Excerpt, Statement]]:
    """The statements of each excerpt, as statements of the document, with the score that they have by themselves; those of which a part
    isn't in the excerpt are left out, but for the subject as the source.
    """
    sentences = [excerpt.sentence(document) for excerpt in excerpts]
    found = []
    analyses = [analyze(sentence) for sentence in sentences]
    for excerpt, analysis, reading in zip(excerpts, analyses, model.find_candidates(analyses), strict=True):
        sentence = Document.of(analysis.text, origin=document.origin)
        for one in find_statements(sentence, analysis, reading, model.bundle):
            shared = excerpt.subject if one.source and one.source.start < excerpt.prefix_length else None
            own = [one.cue, *one.content] if shared else list(one.spans)
            if all(span is None or excerpt.contains(span) for span in own):
                found.append((excerpt, _to_document(one, excerpt, document, shared)))
    return found


def cue_range(statement: Statement) -> Range | None:
    """The characters of its cue, if it has one."""
    return (statement.cue.start, statement.cue.end) if statement.cue else None


def cue_ranges(statements: Sequence[Statement]) -> list[Range]:
    """The characters of all cues, in order."""
    return sorted(found for one in statements if (found := cue_range(one)))


def _to_document(one: Statement, excerpt: Excerpt, document: Document, shared: Span | None) -> Statement:
    source, cue = (excerpt.to_document(span, document) if span else None for span in (one.source, one.cue))
    source = shared or source
    content = tuple(excerpt.to_document(piece, document) for piece in one.content)
    ranges = [(span.start, span.end) if span else None for span in (cue, source)]
    pieces = tuple((piece.start, piece.end) for piece in content)
    return replace(one, id=content_id(document.id, *ranges, pieces), source=source, cue=cue, content=content)

"""Where clauses about a speaker may stand in a text: sentences, and the edges of what is quoted in them."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.text import TextAnalysis, analyze
from onrecord.text.segmentation import Range
from onrecord.types import Report, Span, Statement

LEAST_SCORE = 0.4
"""Statements of a lower score are no evidence. A score counts an error in the content's bounds, too, which changes
nothing of who is heard: hence not one half."""


@dataclass(frozen=True, slots=True)
class Passages:
    """A report laid out for its audit.

    ``edges`` are the first characters of cues and contents, sorted: a clause about a source ends before them.
    ``statements`` are those of the report that count as evidence, in text order.
    """

    report: Report
    analysis: TextAnalysis
    statements: tuple[Statement, ...]
    edges: tuple[int, ...]

    @classmethod
    def of(cls, report: Report) -> Passages:
        """The passages of a report."""
        kept = tuple(
            sorted(
                (item for item in report.statements if item.score >= LEAST_SCORE),
                key=lambda item: (item.start, item.end, item.id),
            )
        )
        edges = {item.cue.start for item in kept if item.cue}
        edges.update(piece.start for item in kept for piece in item.content)
        return cls(report, analyze(report.document.text), kept, tuple(sorted(edges)))

    @property
    def text(self) -> str:
        """The report's text."""
        return self.report.document.text

    def span(self, start: int, end: int) -> Span | None:
        """The words of a range without white space and commas around them; ``None`` where none are left."""
        text = self.text
        while start < end and (text[start].isspace() or text[start] in ",;:.–—"):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:.–—“\"'‘("):
            end -= 1
        return Span.of(text, start, end) if start < end else None

    def next_edge(self, position: int) -> int:
        """The first cue or content that begins after a character, the text's end where there is none."""
        at = bisect.bisect_right(self.edges, position)
        return self.edges[at] if at < len(self.edges) else len(self.text)

    def is_quoted(self, position: int) -> bool:
        """Whether a character stands between quotation marks."""
        return self.analysis.quotation_at(position) is not None

    def sentence(self, position: int) -> Range:
        """The sentence at a character."""
        return self.analysis.sentence(position)

    def sentences(self) -> Iterator[tuple[int, Range]]:
        """The sentences with their numbers."""
        yield from enumerate(self.analysis.sentences)

    def body(self) -> int:
        """Where the body begins: after the first line that isn't a sentence, which is taken for a headline."""
        paragraphs = self.analysis.paragraphs
        if len(paragraphs) < 2:
            return 0
        start, end = paragraphs[0]
        return end if self.text[end - 1] not in ".!?”\"'’" and end - start < 200 else 0


def union(ranges: Iterable[Range]) -> list[Range]:
    """Ranges without overlap, in order, that cover the same characters."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined

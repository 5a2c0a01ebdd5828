"""A text laid out: which paragraph, sentence and quotation each character stands in."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.quotations import Quotation, quotations_of
from onrecord.segment import Range, paragraphs_of, sentences_of


@dataclass(frozen=True, slots=True)
class Layout:
    """The paragraphs, sentences and outermost quotations of a text, each in order."""

    text: str
    paragraphs: tuple[Range, ...]
    sentences: tuple[Range, ...]
    quotations: tuple[Quotation, ...]
    _paragraph_starts: Sequence[int] = field(repr=False)
    _sentence_starts: Sequence[int] = field(repr=False)
    _quotation_starts: Sequence[int] = field(repr=False)

    def paragraph_at(self, position: int) -> int:
        """The number of the paragraph at a character, or of the last one that began before it."""
        return max(0, bisect.bisect_right(self._paragraph_starts, position) - 1)

    def sentence_at(self, position: int) -> int:
        """The number of the sentence at a character, or of the last one that began before it."""
        return max(0, bisect.bisect_right(self._sentence_starts, position) - 1)

    def sentence(self, position: int) -> Range:
        """The range of the sentence at a character; the whole text where there is none."""
        return self.sentences[self.sentence_at(position)] if self.sentences else (0, len(self.text))

    def quotation_at(self, position: int) -> int | None:
        """The number of the outermost quotation that holds a character."""
        place = bisect.bisect_right(self._quotation_starts, position) - 1
        if place >= 0 and position < self.quotations[place].end:
            return place
        return None


def lay_out(text: str) -> Layout:
    """The layout of a text."""
    paragraphs = paragraphs_of(text)
    sentences = tuple(span for start, end in paragraphs for span in sentences_of(text, start, end))
    outer = tuple(q for q in quotations_of(text, paragraphs) if q.depth == 0)
    return Layout(
        text,
        paragraphs,
        sentences,
        outer,
        [start for start, _ in paragraphs],
        [start for start, _ in sentences],
        [quotation.start for quotation in outer],
    )

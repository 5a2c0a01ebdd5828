"""Words, sentences, paragraphs and quotation marks of one text, computed once and passed through every stage."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from functools import cached_property

from onrecord.text.passages import Passage, split_passages
from onrecord.text.quotations import Quotation, find_quotations
from onrecord.text.segmentation import Range, split_paragraphs, split_sentences, tokenize


class TextAnalysis:
    """What the characters of a text tell, each part computed when first asked for and then kept.

    All ranges are half-open code points into ``text``. No stage splits words or sentences or looks for quotation marks
    by itself: it asks the analysis that the pipeline passes to it.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def paragraphs(self) -> tuple[Range, ...]:
        """Paragraphs, in order."""
        return split_paragraphs(self.text)

    @cached_property
    def sentences(self) -> tuple[Range, ...]:
        """Sentences, in order; none crosses a paragraph's end."""
        return tuple(
            found for paragraph in self.paragraphs for found in split_sentences(self.text, *paragraph)
        )

    @cached_property
    def words(self) -> tuple[Range, ...]:
        """The words and punctuation marks that the network labels, in order."""
        return tuple(word for paragraph in self.paragraphs for word in tokenize(self.text, *paragraph))

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """What stands between quotation marks, in order of the opening mark; quotations may nest."""
        return find_quotations(self.text, self.paragraphs)

    @cached_property
    def outer_quotations(self) -> tuple[Quotation, ...]:
        """The quotations that lie in no other one."""
        return tuple(quotation for quotation in self.quotations if quotation.depth == 0)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The text as passages of tokens, which the rules for quantities and times read."""
        return tuple(split_passages(self.text, self.sentence_starts))

    @cached_property
    def sentence_starts(self) -> Sequence[int]:
        """The first character of each sentence."""
        return [start for start, _ in self.sentences]

    @cached_property
    def _paragraph_starts(self) -> Sequence[int]:
        return [start for start, _ in self.paragraphs]

    @cached_property
    def _quotation_starts(self) -> Sequence[int]:
        return [quotation.start for quotation in self.outer_quotations]

    def paragraph_at(self, position: int) -> int:
        """The number of the paragraph at a character, or of the last one before it; 0 before the first."""
        return max(0, bisect.bisect_right(self._paragraph_starts, position) - 1)

    def sentence_at(self, position: int) -> int:
        """The number of the sentence at a character, or of the last one before it; 0 before the first."""
        return max(0, bisect.bisect_right(self.sentence_starts, position) - 1)

    def sentence(self, position: int) -> Range:
        """The range of the sentence at a character; the whole text where it has no sentence."""
        return self.sentences[self.sentence_at(position)] if self.sentences else (0, len(self.text))

    def paragraph(self, position: int) -> Range:
        """The range of the paragraph at a character; the whole text where it has no paragraph."""
        return self.paragraphs[self.paragraph_at(position)] if self.paragraphs else (0, len(self.text))

    def sentences_in(self, start: int, end: int) -> tuple[Range, ...]:
        """The sentences that begin at ``start`` or after it, and before ``end``."""
        first = bisect.bisect_left(self.sentence_starts, start)
        return self.sentences[first : bisect.bisect_left(self.sentence_starts, end)]

    def quotation_at(self, position: int) -> int | None:
        """The number of the outermost quotation that holds a character."""
        place = bisect.bisect_right(self._quotation_starts, position) - 1
        if place >= 0 and position < self.outer_quotations[place].end:
            return place
        return None

    def quotations_over(self, start: int, end: int) -> Sequence[Quotation]:
        """The quotations, nested ones included, that share a character with ``start:end``, in order."""
        last = bisect.bisect_left(self.quotations, end, key=_start_of)
        outer = self.quotation_at(start)  # nested quotations begin after the outermost one that holds them
        low = start if outer is None else self._quotation_starts[outer]
        first = bisect.bisect_left(self.quotations, low, key=_start_of)
        return [found for found in self.quotations[first:last] if found.end > start]


def _start_of(quotation: Quotation) -> int:
    return quotation.start


def analyze(text: str) -> TextAnalysis:
    """The analysis of a text; nothing is computed before it is asked for.

    >>> analysis = analyze("“It holds,” she said. He left.")
    >>> [analysis.text[start:end] for start, end in analysis.sentences]
    ['“It holds,” she said.', 'He left.']
    """
    return TextAnalysis(text)

"""A text cut into the windows that the encoder reads, with the features of each piece.

A window is ``[CLS] left context [SEP] paragraph [SEP] paragraph … [SEP]``. A word is known by its first piece. Each word is *owned* by exactly one
window: the words of the left context are there to be pointed at, and belong to the window before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from onrecord.model.wordpieces import WordPieces
from onrecord.text import TextAnalysis
from onrecord.text.quotations import quotation_states
from onrecord.text.segmentation import Range

MAX_WORDPIECES = 320
CONTEXT_WORDPIECES = 64
MAX_WORDPIECES_PER_WORD = 8
MAX_WORD_CHARS = 100


class WordShape(IntEnum):
    """How a word is written, which an uncased vocabulary doesn't say; an input of the model, so the numbers are fixed."""

    LOWER = 0
    TITLE = 1
    UPPER = 2
    MIXED = 3
    DIGIT = 4
    MARK = 5
    SPECIAL = 6


@dataclass(frozen=True, slots=True)
class AnalyzedWords:
    """The words of a text and the features of each.

    ``ranges``: code points; ``states``, ``shapes``: int64 [word]; ``paragraph``: int64 [word], the index of its paragraph.
    """

    ranges: tuple[Range, ...]
    states: NDArray[np.int64]
    shapes: NDArray[np.int64]
    paragraph: NDArray[np.int64]
    boundaries: frozenset[int]
    """Words that begin a sentence or a paragraph."""


@dataclass(frozen=True, slots=True)
class Window:
    """What the encoder reads at once.

    ``pieces``, ``shapes``, ``states``: int64 [piece]; ``first``: int64 [word], the place of each word's first piece in the window;
    ``words``: int64 [word], the index of each word in the text; ``owned_from``: the words before this place are left context.
    """

    pieces: NDArray[np.int64]
    shapes: NDArray[np.int64]
    states: NDArray[np.int64]
    first: NDArray[np.int64]
    words: NDArray[np.int64]
    owned_from: int

    @property
    def has_word(self) -> bool:
        """Whether there is anything but marks in it, in which nobody says anything."""
        return bool((self.shapes < WordShape.MARK).any())


def word_shape(word: str) -> WordShape:
    """How a word is written.

    >>> [word_shape(word).name for word in ("said", "Mara", "NATO", "McKay", "3.5", ",")]
    ['LOWER', 'TITLE', 'UPPER', 'MIXED', 'DIGIT', 'MARK']
    """
    if word[0].isdigit():
        return WordShape.DIGIT
    if not (word[0].isalnum() or word[0] == "_"):
        return WordShape.MARK
    if word.islower() or (not word.isupper() and word.lower() == word):
        return WordShape.LOWER
    if word.isupper():
        return WordShape.UPPER if len(word) > 1 else WordShape.TITLE
    return WordShape.TITLE if word[0].isupper() and word[1:].islower() else WordShape.MIXED


def analyze_words(analysis: TextAnalysis) -> AnalyzedWords:
    """The words of a text with their features."""
    ranges = analysis.words
    begins = {*analysis.sentence_starts, *(start for start, _ in analysis.paragraphs)}
    boundaries = {number for number, (start, _) in enumerate(ranges) if start in begins}
    paragraph = [analysis.paragraph_at(start) for start, _ in ranges]
    states = quotation_states(ranges, analysis.quotations)
    shapes = [word_shape(analysis.text[start:end]) for start, end in ranges]
    return AnalyzedWords(
        ranges,
        np.array(states, dtype=np.int64),
        np.array(shapes, dtype=np.int64),
        np.array(paragraph, dtype=np.int64),
        frozenset(boundaries),
    )


def wordpieces_of(text: str, words: AnalyzedWords, pieces: WordPieces) -> list[tuple[int, ...]]:
    """The vocabulary's pieces of each word: never none, at most ``MAX_WORDPIECES_PER_WORD``; of a word's first ``MAX_WORD_CHARS`` characters."""
    return [
        pieces.of(text[start : min(end, start + MAX_WORD_CHARS)])[:MAX_WORDPIECES_PER_WORD]
        or (pieces.unknown,)
        for start, end in words.ranges
    ]


def split_windows(
    words: AnalyzedWords, pieces: Sequence[Sequence[int]], vocabulary: WordPieces
) -> Iterator[Window]:
    """Windows of whole paragraphs, of whole sentences where a paragraph is too long, of whole words where a sentence is."""
    begin = 0
    total = len(words.ranges)
    while begin < total:
        end = _window_end(begin, words, pieces)
        context, size = begin, 0
        while context > 0 and size + len(pieces[context - 1]) <= CONTEXT_WORDPIECES:
            context -= 1
            size += len(pieces[context])
        yield _window(context, begin, end, words, pieces, vocabulary)
        begin = end


def _window_end(begin: int, words: AnalyzedWords, pieces: Sequence[Sequence[int]]) -> int:
    size = 0
    end = begin
    paragraph_end = sentence_end = None
    while end < len(pieces):
        if end > begin and words.paragraph[end] != words.paragraph[end - 1]:
            paragraph_end = end
            size += 1
        elif end > begin and end in words.boundaries:
            sentence_end = end
        size += len(pieces[end])
        if size > MAX_WORDPIECES:
            return paragraph_end or sentence_end or max(end, begin + 1)
        end += 1
    return end


def _window(
    context: int,
    begin: int,
    end: int,
    words: AnalyzedWords,
    pieces: Sequence[Sequence[int]],
    vocabulary: WordPieces,
) -> Window:
    separator = vocabulary.separator
    ids: list[int] = [vocabulary.opening]
    shapes, states = [int(WordShape.SPECIAL)], [0]
    first: list[int] = []
    for index in range(context, end):
        if index > context and words.paragraph[index] != words.paragraph[index - 1]:
            ids.append(separator)
            shapes.append(int(WordShape.SPECIAL))
            states.append(0)
        first.append(len(ids))
        ids.extend(pieces[index])
        shapes.extend([int(words.shapes[index])] * len(pieces[index]))
        states.extend([int(words.states[index])] * len(pieces[index]))
    ids.append(separator)
    shapes.append(int(WordShape.SPECIAL))
    states.append(0)
    return Window(
        _array(ids), _array(shapes), _array(states), _array(first), np.arange(context, end), begin - context
    )


def _array(values: Sequence[int]) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def build_windows(analysis: TextAnalysis, pieces: WordPieces) -> tuple[AnalyzedWords, tuple[Window, ...]]:
    """The words of a text and the windows that the encoder reads them in."""
    words = analyze_words(analysis)
    return words, tuple(split_windows(words, wordpieces_of(analysis.text, words, pieces), pieces))

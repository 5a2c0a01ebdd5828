"""A text as passages of tokens: what the finders of figures and moments read.

A passage is a paragraph, or a piece of one that is too long, so that memory and time stay bounded whatever the text.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# A number keeps its points, commas and thin spaces; a word is letters only; anything else is one character.
TOKEN = re.compile(r"\d+(?:[.,]\d+|[\u00a0\u202f\u2009’']\d{3}(?!\d))*|[^\W\d_]+|\S")
BREAK = re.compile(r"\n[^\S\n]*\n")
LONGEST = 20_000  # characters in a passage
WORDLESS = 40  # tokens without a letter: longer runs are tables and codes
WRAPPED = 100  # a text whose lines are all shorter than this was wrapped by hand: a line end is then a space

APOSTROPHES = frozenset("'’")


@dataclass(frozen=True, slots=True)
class Passage:
    """Tokens of a piece of a text; all lists have one entry a token.

    Args:
        text: the whole text.
        raw: the tokens as they stand; ``low``: the same in lower case.
        start, end: offsets into ``text``.
        sentence: the number of its sentence in the text, from 1; 0 before the first.
    """

    text: str
    raw: list[str]
    low: list[str]
    start: list[int]
    end: list[int]
    sentence: list[int]

    def __len__(self) -> int:
        return len(self.raw)

    def word(self, index: int) -> str:
        """The token in lower case, empty outside of the passage."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def words(self, index: int, size: int) -> tuple[str, ...]:
        """So many tokens from this one in lower case, none where there aren't as many."""
        return tuple(self.low[index : index + size]) if 0 <= index <= len(self.low) - size else ()

    def joined(self, index: int) -> bool:
        """Whether this token follows the one before it without a space."""
        return 0 < index < len(self.raw) and self.start[index] == self.end[index - 1]

    def hyphened(self, index: int) -> bool:
        """Whether this token is a hyphen inside of a word: one between spaces is a dash."""
        return self.word(index) in ("-", "‐", "‑") and self.joined(index) and self.joined(index + 1)

    def capital(self, index: int) -> bool:
        """Whether the token begins with a capital letter."""
        return 0 <= index < len(self.raw) and self.raw[index][0].isupper()

    def first(self, index: int) -> bool:
        """Whether the token opens a sentence (quotation marks aside)."""
        while index > 0 and self.sentence[index - 1] == self.sentence[index]:
            index -= 1
            if self.raw[index] == ":":
                return True
            if self.raw[index][0].isalnum():
                return False
        return True

    def bounds(self, index: int) -> tuple[int, int]:
        """First and one past the last token of the sentence, at most 60 tokens to either side."""
        number, first, last = self.sentence[index], index, index + 1
        while first > 0 and self.sentence[first - 1] == number and index - first < 60:
            first -= 1
        while last < len(self.raw) and self.sentence[last] == number and last - index < 60:
            last += 1
        return first, last


def skip_wordless(passage: Passage, index: int, known: int) -> tuple[int, int]:
    """Where to read on from a number: past a long run without a letter, else the same token; and how far words are known to come.

    Args:
        known: the second value of the last call, 0 at first.
    """
    if index < known:
        return index, known
    at = index
    while at < len(passage) and not passage.raw[at][0].isalpha():
        at += 1
    return (at if at - index > WORDLESS else index), at


def split_passages(text: str, sentence_starts: Sequence[int]) -> Iterator[Passage]:
    """The passages of a text, in order.

    Args:
        sentence_starts: the first character of each sentence of the text, in order.
    """
    for start, end in _pieces(text):
        raw: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for match in TOKEN.finditer(text, start, end):
            raw.append(match.group())
            starts.append(match.start())
            ends.append(match.end())
        if raw:
            sentences = [bisect.bisect_right(sentence_starts, begin) for begin in starts]
            yield Passage(text, raw, [token.lower() for token in raw], starts, ends, sentences)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    wrapped = all(len(line) <= WRAPPED for line in text[:LONGEST].split("\n"))
    start, size = 0, len(text)
    while start < size:
        if wrapped:
            found = BREAK.search(text, start, min(start + LONGEST, size))
            end = found.end() if found else -1
        else:
            end = text.find("\n", start, start + LONGEST) + 1 or -1
        if end < 0:
            end = start + LONGEST
            if end >= size:
                end = size
            else:
                space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
                end = space + 1 if space > start else end
        yield start, end
        start = end

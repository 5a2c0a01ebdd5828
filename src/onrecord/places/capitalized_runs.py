"""Runs: stretches of capitalised words in a text, and the classes of words that tell what a run is."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.lang.tables import read_rows

# Initials, then words with apostrophes inside; both alternatives eat what they match: the search is linear.
WORD = re.compile(r"(?:[A-Z]\.){2,5}(?![^\W\d_])|[^\W\d_]+(?:[’'][^\W\d_]+)*")
# The same words that may be capitalised: those that begin with no small letter of ASCII; none that begins inside another.
CAPITALISED = re.compile(
    r"(?<![^\W\d_])(?<![^\W\d_][’'])(?:(?:[A-Z]\.){2,5}(?![^\W\d_])|[^\W\d_a-z][^\W\d_]*(?:[’'][^\W\d_]+)*)"
)
POSSESSIVE = re.compile(r"[’']s?$", re.IGNORECASE)
LINKS = frozenset(
    {
        " of ",
        " of the ",
        " de ",
        " del ",
        " da ",
        " do ",
        " di ",
        " du ",
        " al-",
        "-al-",
        " el-",
        " el ",
        " la ",
        "-sur-",
        "-au-",
        "-de-",
        "-ez-",
        "-upon-",
        "-le-",
        "-les-",
        " le ",
        "-on-",
        "-en-",
    }
)
PAIRED = frozenset({"Bosnia", "Trinidad", "Antigua", "Jammu", "Newfoundland", "Kitts", "Turks", "Vincent"})
POSSESSED = frozenset({"Cox", "King"})  # places begin with these and an "'s"
LONGEST_RUN = 12  # words; longer stretches are headlines and tables, read in pieces
LONGEST_WORD = 40  # characters


@dataclass(frozen=True, slots=True)
class Words:
    """Capitalised words of a run: ``spans`` into the text, ``words`` as they stand without a possessive
    ending."""

    text: str
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]

    def gap(self, index: int) -> str:
        """What stands between word ``index`` and the one before it."""
        return (
            self.text[self.spans[index - 1][1] : self.spans[index][0]] if 0 < index < len(self.spans) else ""
        )

    def surface(self, first: int, last: int) -> str:
        """The text from word ``first`` to word ``last``, both within, without a possessive ending."""
        return self.text[self.spans[first][0] : self.spans[last][1]]


@functools.lru_cache(maxsize=1)
def load_contexts() -> dict[str, frozenset[str]]:
    """The classes of words around names."""
    classes: dict[str, set[str]] = {}
    for name, words in read_rows(__package__, "contexts.tsv"):
        classes.setdefault(name, set()).update(words.split())
    return {name: frozenset(words) for name, words in classes.items()}


def find_runs(text: str, *, abbreviations: frozenset[str] = frozenset()) -> Iterator[Words]:
    """The runs of capitalised words, in text order; the full stop is part of a word that is one of the
    abbreviations with it."""
    spans: list[tuple[int, int]] = []
    words: list[str] = []
    for match in CAPITALISED.finditer(text):
        word, start, end = match[0], match.start(), match.end()
        if not word[0].isupper() or end - start > LONGEST_WORD:
            continue
        bare = POSSESSIVE.sub("", word) if "’" in word or "'" in word else word
        if text[end : end + 1] == "." and word + "." in abbreviations and qualifies(text, start):
            bare = word + "."
        if spans and (len(spans) >= LONGEST_RUN or not _joins(text, spans[-1], words[-1], start)):
            yield Words(text, tuple(spans), tuple(words))
            spans, words = [], []
        spans.append((start, start + len(bare)))
        words.append(bare)
    if spans:
        yield Words(text, tuple(spans), tuple(words))


def _joins(text: str, last: tuple[int, int], word: str, start: int) -> bool:
    if start - last[1] > 8:
        return False
    gap = text[last[1] : start]
    if gap in (" ", "-", "\u00a0") or gap in LINKS:
        return True
    if gap in ("'s ", "’s "):
        return word in POSSESSED
    if gap == " and ":
        return word in PAIRED
    return gap == ". " and word in load_contexts()["abbreviated"]


def qualifies(text: str, start: int) -> bool:
    """Whether what begins here says where the name before it lies: "Springfield, Ill." or "Walker County
    (Ga.)"."""
    return re.search(r"[\w’'.], $|\($", text[max(0, start - 4) : start]) is not None

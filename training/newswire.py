"""Worldwide Newswire's articles and the names in them (Shan et al., EMNLP 2023), from files of word TAB label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.model.labels import NAME_KINDS


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text and its names: (start, end, one of ``NAME_KINDS``), code points."""

    name: str
    text: str
    names: tuple[tuple[int, int, str], ...]


def read_articles(folder: Path) -> list[NamedText]:
    """The articles of a split, by name; their words set as a paper would, without spaces before commas and inside quotation marks.

    Raises:
        FileNotFoundError: the folder has no articles.
    """
    paths = sorted(folder.glob("*.tsv"))
    if not paths:
        raise FileNotFoundError(f"{folder}: expected articles as *.tsv, a word and its label a line")
    return [_article(path) for path in paths]


def _article(path: Path) -> NamedText:
    lines = path.read_text(encoding="utf-8").split("\n")
    rows = [line.rstrip("\r").split("\t") for line in lines[1:]]  # the first line is the address
    text = ""
    names: list[tuple[int, int, str]] = []
    begun: tuple[int, str] | None = None
    spaces = _spaces([row[0] for row in rows])
    for row, space in zip(rows, spaces, strict=True):
        word, label = row[0], row[1].strip() if len(row) > 1 else "O"
        if begun and not label.startswith("I-"):
            names.append((begun[0], len(text), begun[1]))
            begun = None
        text += space
        if label.startswith("B-") and label[2:].lower() in NAME_KINDS:
            begun = (len(text), label[2:].lower())
        text += word
    if begun:
        names.append((begun[0], len(text), begun[1]))
    return NamedText(path.name, text, tuple(names))


_NO_SPACE_BEFORE = frozenset(
    [",", ".", ";", ":", "!", "?", ")", "]", "%", "’", "'s", "’s", "n't", "n’t", "”", "'re", "'ve", "'ll"]
)
_NO_SPACE_AFTER = frozenset(["(", "[", "“", "‘", "$", "£", "€", "#"])


def _spaces(words: Sequence[str]) -> Iterator[str]:
    """What stands before each word: a space, nothing, or a line's end."""
    glued, quoted = True, False
    for word in words:
        if not word:
            yield "\n"
            glued, quoted = True, False
            continue
        straight = word in {'"', "``", "''"}
        if glued or word in _NO_SPACE_BEFORE or (straight and quoted):
            yield ""
        else:
            yield " "
        quoted ^= straight
        glued = word in _NO_SPACE_AFTER or (straight and quoted)

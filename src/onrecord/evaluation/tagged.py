"""Names in files of words: an address or title in the first line, then WORD TAB LABEL a line, labels B-KIND, I-KIND and O; an empty line ends a paragraph.

Worldwide Newswire (Shan et al., EMNLP 2023) comes so. The words are set as a paper would set them, without spaces before commas and inside
quotation marks, and names become ranges of characters of that text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import FormatError, NotFoundError

_GLUED_BEFORE = frozenset(
    [",", ".", ";", ":", "!", "?", ")", "]", "%", "’", "'s", "’s", "n't", "n’t", "”", "'re", "'ve", "'ll"]
)
_GLUED_AFTER = frozenset(["(", "[", "“", "‘", "$", "£", "€", "#"])


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A text and its names as (start, end, kind in small letters), in order."""

    name: str
    text: str
    names: tuple[tuple[int, int, str], ...]


def read_tagged(folder: Path) -> Iterator[TaggedText]:
    """The texts of a folder's ``*.tsv`` files, by name.

    Raises:
        NotFoundError: no such folder, or no such file in it.
        FormatError: a line that isn't a word and a label, or a text that isn't UTF-8.
    """
    paths = sorted(folder.glob("*.tsv")) if folder.is_dir() else []
    if not paths:
        raise NotFoundError(
            str(folder), "expected a folder with files *.tsv (WORD TAB LABEL a line), found none"
        )
    for path in paths:
        yield _read(path)


def _read(path: Path) -> TaggedText:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")[1:]
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(str(path), f"expected a file in UTF-8: {error}") from error
    rows = [_row(path, number, line) for number, line in enumerate(lines, 2)]
    text = ""
    names: list[tuple[int, int, str]] = []
    begun: tuple[int, str] | None = None
    for (word, label), space in zip(rows, _spaces([word for word, _ in rows]), strict=True):
        if begun and not label.startswith("I-"):
            names.append((begun[0], len(text), begun[1]))
            begun = None
        text += space
        if label.startswith("B-") or (label.startswith("I-") and not begun):
            begun = (len(text), label[2:].lower())
        text += word
    if begun:
        names.append((begun[0], len(text), begun[1]))
    return TaggedText(path.stem, text, tuple(names))


def _row(path: Path, number: int, line: str) -> tuple[str, str]:
    """The first field is the word and the second the label; a few lines of the corpus have blanks for the tab. Labels after the second are of names
    inside the name, "Velmora" in "Bank of Velmora", which don't count.
    """
    fields = [field.strip() for field in line.split("\t")] if "\t" in line else line.rsplit(None, 1)
    if not any(fields):
        return "", "O"
    word, label = fields[0], fields[1] if len(fields) > 1 else ""
    if not (label == "O" or label[:2] in ("B-", "I-")):
        raise FormatError(
            str(path), f"line {number}: expected WORD TAB LABEL (O, B-KIND or I-KIND), found {line!r:.60}"
        )
    return word, label


def _spaces(words: Sequence[str]) -> Iterator[str]:
    """What stands before each word: a space, nothing, or the end of a line."""
    glued, quoted = True, False
    for word in words:
        if not word:
            yield "\n"
            glued, quoted = True, False
            continue
        straight = word in {'"', "``", "''"}
        yield "" if glued or word in _GLUED_BEFORE or (straight and quoted) else " "
        quoted ^= straight
        glued = word in _GLUED_AFTER or (straight and quoted)

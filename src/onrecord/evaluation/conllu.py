"""Noun phrases and what they speak of in CoNLL-U files with GUM's Entity annotations (Zeldes, Language Resources and Evaluation 51, 2017).

In the last field ``Entity=(3-person-new-…`` opens a noun phrase of entity 3, ``3)`` closes the one last opened, ``(3-person-…)`` is a single word.
https://universaldependencies.org/u/misc.html and https://gucorpling.org/gum/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import FormatError, NotFoundError

_ENTITY = re.compile(r"\(([^()]+)\)|\(([^()]+)|([^()]+)\)")


@dataclass(frozen=True, slots=True)
class ChainedText:
    """A text, its genre ("news"), and its noun phrases by entity: characters (start, end) of each."""

    name: str
    genre: str
    text: str
    chains: tuple[frozenset[tuple[int, int]], ...]


def read_chained(folder: Path) -> Iterator[ChainedText]:
    """The documents of a folder's ``*.conllu`` files, by name.

    Raises:
        NotFoundError: no such folder, or no such file in it.
        FormatError: a line that isn't CoNLL-U's, or a text that isn't UTF-8.
    """
    paths = sorted(folder.glob("*.conllu")) if folder.is_dir() else []
    if not paths:
        raise NotFoundError(
            str(folder), "expected a folder with files *.conllu (Entity annotations), found none"
        )
    for path in paths:
        yield _Reader(path).read()


class _Reader:
    """Reads one file: what has been read so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text, self.space = "", ""
        self.genre = ""
        self.glued_until, self.after_glue = 0, ""
        self.opened: list[tuple[str, int]] = []
        self.spans: dict[str, set[tuple[int, int]]] = {}

    def read(self) -> ChainedText:
        try:
            lines = self.path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise FormatError(str(self.path), f"expected a file in UTF-8: {error}") from error
        for number, line in enumerate(lines, 1):
            if line.startswith("#"):
                self._comment(line)
            elif line.strip():
                self._word(number, line.rstrip("\r").split("\t"))
        chains = tuple(frozenset(spans) for spans in self.spans.values())
        return ChainedText(self.path.stem, self.genre, self.text, chains)

    def _comment(self, line: str) -> None:
        if line.startswith("# newpar") and not line.startswith("# newpar_block"):
            self.space = "\n" if self.text else ""
        elif line.startswith("# meta::genre = "):
            self.genre = line.removeprefix("# meta::genre = ").strip()

    def _word(self, number: int, fields: list[str]) -> None:
        if len(fields) != 10:
            raise FormatError(
                str(self.path),
                f"line {number}: expected ten fields apart by tabs (CoNLL-U), found {len(fields)}",
            )
        index, form, misc = fields[0], fields[1], fields[9]
        space = "" if "SpaceAfter=No" in misc else " "
        if "-" in index and (until := index.split("-")[1]).isdigit():
            self.glued_until, self.after_glue = int(until), space
            return
        if not index.isdigit():
            return  # 3.1: a word that isn't in the text
        start = len(self.text) + len(self.space)
        self.text += self.space + form
        if int(index) < self.glued_until:
            self.space = ""
        elif int(index) == self.glued_until:
            self.space, self.glued_until = self.after_glue, 0
        else:
            self.space = space
        self._entities(misc, start, len(self.text))

    def _entities(self, misc: str, start: int, end: int) -> None:
        value = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
        for whole, begun, ended in _ENTITY.findall(value):
            entity = (whole or begun or ended).split("-")[0].split("[")[0]
            if whole:
                self.spans.setdefault(entity, set()).add((start, end))
            elif begun:
                self.opened.append((entity, start))
            else:
                place = next(
                    (i for i in range(len(self.opened) - 1, -1, -1) if self.opened[i][0] == entity), None
                )
                if place is not None:
                    self.spans.setdefault(entity, set()).add((self.opened.pop(place)[1], end))

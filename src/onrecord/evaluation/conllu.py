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
class NounPhrase:
    """A noun phrase: characters of the whole and of its head word (the one that depends on a word outside), the kind and the number of its entity."""

    start: int
    end: int
    head_start: int
    head_end: int
    kind: str
    entity: str


@dataclass(frozen=True, slots=True)
class ChainedText:
    """A text, its genre ("news"), and its noun phrases, by order of their start, longer ones first."""

    name: str
    genre: str
    text: str
    noun_phrases: tuple[NounPhrase, ...]

    @property
    def chains(self) -> tuple[frozenset[tuple[int, int]], ...]:
        """The noun phrases by entity: characters (start, end) of each."""
        spans: dict[str, set[tuple[int, int]]] = {}
        for noun_phrase in self.noun_phrases:
            spans.setdefault(noun_phrase.entity, set()).add((noun_phrase.start, noun_phrase.end))
        return tuple(frozenset(found) for found in spans.values())


@dataclass(frozen=True, slots=True)
class _Token:
    """A word's characters, and the place of the word that it depends on, -1 for none."""

    start: int
    end: int
    head: int


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
        self.tokens: list[_Token] = []
        self.entities: list[str] = []
        self.sentence = 0
        self.opened: list[tuple[str, str, int]] = []
        self.noun_phrases: list[NounPhrase] = []

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
            else:
                self._close_sentence()
        self._close_sentence()
        ordered = sorted(self.noun_phrases, key=lambda noun_phrase: (noun_phrase.start, -noun_phrase.end))
        return ChainedText(self.path.stem, self.genre, self.text, tuple(ordered))

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
        head = self.sentence + int(fields[6]) - 1 if fields[6].isdigit() and fields[6] != "0" else -1
        self.tokens.append(_Token(start, len(self.text), head))
        self.entities.append(misc)

    def _close_sentence(self) -> None:
        """Ties the noun phrases of the sentence read last: their heads may stand after them."""
        for place, misc in enumerate(self.entities, self.sentence):
            value = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
            for whole, begun, ended in _ENTITY.findall(value):
                entity, *rest = (whole or begun or ended).split("-")
                entity, kind = entity.split("[")[0], rest[0] if rest else ""
                if whole:
                    self._keep(place, place, kind, entity)
                elif begun:
                    self.opened.append((entity, kind, place))
                else:
                    self._end(entity, place)
        self.sentence, self.entities = len(self.tokens), []

    def _end(self, entity: str, last: int) -> None:
        for index in range(len(self.opened) - 1, -1, -1):
            if self.opened[index][0] == entity:
                _, kind, first = self.opened.pop(index)
                self._keep(first, last, kind, entity)
                return

    def _keep(self, first: int, last: int, kind: str, entity: str) -> None:
        heads = [place for place in range(first, last + 1) if not first <= self.tokens[place].head <= last]
        head = self.tokens[heads[0] if heads else first]
        noun_phrase = NounPhrase(
            self.tokens[first].start, self.tokens[last].end, head.start, head.end, kind, entity
        )
        self.noun_phrases.append(noun_phrase)

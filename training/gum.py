"""GUM's documents with their noun phrases and what these speak of (Zeldes, Language Resources and Evaluation 51, 2017), from CoNLL-U."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from onrecord.model.labels import MENTION_KINDS

_ENTITY = re.compile(r"\(([^()]+)\)|\(([^()]+)|([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: code points of the whole and of its head word, one of ``MENTION_KINDS``, and the number of what it speaks of."""

    start: int
    end: int
    head_start: int
    head_end: int
    kind: str
    entity: str


@dataclass(frozen=True, slots=True)
class PhrasedText:
    """A text and its noun phrases, by order of their start."""

    name: str
    text: str
    phrases: tuple[Phrase, ...]


@dataclass(slots=True)
class _Token:
    start: int
    end: int
    head: int
    sentence: int


def read_documents(folder: Path) -> list[PhrasedText]:
    """The documents of a split, by name.

    Raises:
        FileNotFoundError: the folder has no documents.
    """
    paths = sorted(folder.glob("*.conllu"))
    if not paths:
        raise FileNotFoundError(f"{folder}: expected documents as *.conllu")
    return [_document(path) for path in paths]


def _document(path: Path) -> PhrasedText:
    text, space = "", ""
    tokens: list[_Token] = []
    opened: list[tuple[str, str, int]] = []
    spans: list[tuple[int, int, str, str]] = []
    sentence, base, glued_until, glue_space = 0, 0, 0, ""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newpar") and not line.startswith("# newpar_block"):
            space = "\n" if text else ""
        if line.startswith("#"):
            continue
        if not line:
            sentence, base = sentence + 1, len(tokens)
            continue
        fields = line.split("\t")
        if "-" in fields[0]:
            glued_until = int(fields[0].split("-")[1])
            glue_space = "" if "SpaceAfter=No" in fields[9] else " "
            continue
        if "." in fields[0]:
            continue
        number = int(fields[0])
        text += space
        tokens.append(
            _Token(
                len(text),
                len(text) + len(fields[1]),
                base + int(fields[6]) - 1 if fields[6] != "0" else -1,
                sentence,
            )
        )
        text += fields[1]
        if number < glued_until:
            space = ""
        elif number == glued_until:
            space, glued_until = glue_space, 0
        else:
            space = "" if "SpaceAfter=No" in fields[9] else " "
        _read_entities(fields[9], len(tokens) - 1, opened, spans)
    phrases = [_phrase(span, tokens) for span in spans]
    return PhrasedText(
        path.stem, text, tuple(sorted(phrases, key=lambda phrase: (phrase.start, -phrase.end)))
    )


def _read_entities(
    field: str, place: int, opened: list[tuple[str, str, int]], spans: list[tuple[int, int, str, str]]
) -> None:
    value = next((part[7:] for part in field.split("|") if part.startswith("Entity=")), "")
    for whole, begun, ended in _ENTITY.findall(value):
        if whole or begun:
            entity, kind, *_ = (whole or begun).split("-")
            entity = entity.split("[")[0]
            if whole:
                spans.append((place, place, kind, entity))
            else:
                opened.append((entity, kind, place))
        else:
            entity = ended.split("[")[0]
            for index in range(len(opened) - 1, -1, -1):
                if opened[index][0] == entity:
                    _, kind, first = opened.pop(index)
                    spans.append((first, place, kind, entity))
                    break


def _phrase(span: tuple[int, int, str, str], tokens: list[_Token]) -> Phrase:
    first, last, kind, entity = span
    heads = [place for place in range(first, last + 1) if not first <= tokens[place].head <= last]
    head = tokens[heads[0] if heads else first]
    return Phrase(
        tokens[first].start,
        tokens[last].end,
        head.start,
        head.end,
        kind if kind in MENTION_KINDS else "other",
        entity,
    )

"""Attributions in brat's standoff format: a folder with ``text/NAME.txt`` and
``attributions/NAME_ANNOTATOR.ann``.

A text-bound line is ``T1<TAB>Label 0 4;6 9<TAB>words``, several ranges being one annotation in pieces; an
event line
``E1<TAB>Attribution:T4 Source:T1 Cue:T2 Content:T3 Content2:T5`` links them.
https://brat.nlplab.org/standoff.html
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import FormatError, NotFoundError
from onrecord.text.segmentation import Range

_LINE = re.compile(r"([TE])\d+\t")


@dataclass(frozen=True, slots=True)
class Attribution:
    """The ranges of one attribution's parts in the text, in no order; a source may be missing."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class GoldReport:
    """A text and its attributions by one annotator, and the files they came from."""

    stem: str
    text: str
    attributions: tuple[Attribution, ...]
    text_path: Path


def read_folder(folder: Path) -> Iterator[GoldReport]:
    """The reports of a folder by name; of one with several annotators, the first by name.

    Raises:
        NotFoundError: no such folder, no ``text`` and ``attributions`` in it, no ``.ann`` file, or a text is
            missing.
        FormatError: a line that isn't brat's, or a text that isn't UTF-8.
    """
    for needed in (folder, folder / "text", folder / "attributions"):
        if not needed.is_dir():
            raise NotFoundError(
                str(folder),
                "expected a folder with text/*.txt and attributions/*_ANNOTATOR.ann (brat), "
                f"found no folder {needed}",
            )
    seen: set[str] = set()
    for path in sorted((folder / "attributions").glob("*.ann")):
        stem = path.stem.rpartition("_")[0]
        if not stem:
            raise FormatError(
                str(path), "expected a name of the form NAME_ANNOTATOR.ann, found no underscore"
            )
        if stem in seen:
            continue
        seen.add(stem)
        text_path = folder / "text" / f"{stem}.txt"
        text = _read(text_path)
        yield GoldReport(stem, text, read_attributions(path, len(text)), text_path)
    if not seen:
        raise NotFoundError(str(folder / "attributions"), "expected files *_ANNOTATOR.ann (brat), found none")


def read_attributions(path: Path, length: int) -> tuple[Attribution, ...]:
    """The attributions of one ``.ann`` file that have a cue and a content: what is marked for discussion, or to be
    discarded, has neither.

    Args:
        length: of the text, in code points.

    Raises:
        NotFoundError: no such file.
        FormatError: a line that isn't brat's, or not UTF-8.
    """
    return tuple(_attributions(path, _read(path), length))


def checksum_of(folder: Path) -> str:
    """One SHA-256 over the names and contents of a folder's reports and attributions."""
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("text/*.txt"), *folder.glob("attributions/*.ann")]):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(
            str(path), f"expected UTF-8, found byte {error.object[error.start]:#04x} at {error.start}"
        ) from error
    except OSError as error:
        raise NotFoundError(str(path), f"expected a file: {error.strerror}") from error


def _attributions(path: Path, lines: str, length: int) -> Iterator[Attribution]:
    ranges: dict[str, tuple[Range, ...]] = {}
    events: list[tuple[int, str]] = []
    for number, line in enumerate(lines.split("\n"), 1):
        # Words copied from a text may hold a line end: what follows it is no line of its own.
        if not (kind := _LINE.match(line)):
            continue
        fields = line.rstrip("\r").split("\t")
        if kind[1] == "T":
            ranges[fields[0]] = _ranges(path, number, fields, length)
        else:
            events.append((number, fields[1]))
    for number, event in events:
        attribution = Attribution(
            *(_part(path, number, event, role, ranges) for role in ("source", "cue", "content"))
        )
        if attribution.cue and attribution.content:
            yield attribution


def _ranges(path: Path, number: int, fields: list[str], length: int) -> tuple[Range, ...]:
    try:
        offsets = fields[1].split(" ", 1)[1].split(";")
        found = tuple((int(start), int(end)) for start, end in (pair.split() for pair in offsets))
    except (IndexError, ValueError) as error:
        raise FormatError(
            str(path), f"line {number}: expected `T1<TAB>Label START END<TAB>words`, found {fields!r:.80}"
        ) from error
    if not all(0 <= start <= end <= length for start, end in found):
        raise FormatError(
            str(path), f"line {number}: expected offsets up to {length}, the text's end, found {offsets}"
        )
    return found


def _part(
    path: Path, number: int, event: str, role: str, ranges: dict[str, tuple[Range, ...]]
) -> tuple[Range, ...]:
    """The ranges of all arguments of a role; ``Content2`` and its like are further pieces."""
    found: list[Range] = []
    for argument in event.split():
        name, _, target = argument.partition(":")
        if name.rstrip("0123456789").lower() != role:
            continue
        if target not in ranges:
            raise FormatError(
                str(path), f"line {number}: {argument} points to an annotation that isn't there"
            )
        found.extend(ranges[target])
    return tuple(found)

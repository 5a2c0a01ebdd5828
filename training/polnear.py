"""PolNeAR's reports and attributions (Newell, Margolin and Ruths, LREC 2018), from brat standoff files."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

Range = tuple[int, int]
ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution: the code points of each role, in text order."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report and what each annotator found in it."""

    name: str
    text: str
    annotations: tuple[tuple[Attribution, ...], ...]


def read_reports(folder: Path) -> list[Report]:
    """The reports of a split, by name.

    Raises:
        FileNotFoundError: the folder has no ``text`` or ``attributions``.
    """
    by_name: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        by_name[path.stem.rsplit("_", 1)[0]].append(path)
    if not by_name:
        raise FileNotFoundError(f"{folder}: expected attributions/*.ann and text/*.txt")
    return [
        Report(
            name,
            (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8"),
            tuple(read_attributions(path) for path in paths),
        )
        for name, paths in sorted(by_name.items())
    ]


def read_attributions(path: Path) -> tuple[Attribution, ...]:
    """The attributions of one brat file that have a cue and a content."""
    spans: dict[str, list[Range]] = {}
    found = []
    events = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if fields[0].startswith("T") and len(fields) > 1:
            offsets = fields[1].partition(" ")[2]
            pairs = [piece.split() for piece in offsets.split(";")]
            spans[fields[0]] = [(int(start), int(end)) for start, end in pairs]
        elif fields[0].startswith("E") and len(fields) > 1:
            events.append(fields[1].split())
    for event in events:
        roles: dict[str, list[Range]] = defaultdict(list)
        for argument in event:
            key, _, target = argument.partition(":")
            roles[re.sub(r"\d+$", "", key).lower()] += spans.get(target, [])
        if roles["cue"] and roles["content"]:
            found.append(Attribution(*(tuple(sorted(roles[role])) for role in ROLES)))
    return tuple(found)

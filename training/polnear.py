"""PolNeAR's reports and attributions (Newell, Margolin and Ruths, LREC 2018), from brat standoff files."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from onrecord.evaluation.brat import Attribution, read_attributions


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """A report and what each annotator found in it, the ranges of each part in text order."""

    name: str
    text: str
    annotations: tuple[tuple[Attribution, ...], ...]


def read_reports(folder: Path) -> list[CorpusReport]:
    """The reports of a split, by name.

    Raises:
        FileNotFoundError: the folder has no ``text`` or ``attributions``.
    """
    by_name: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        by_name[path.stem.rsplit("_", 1)[0]].append(path)
    if not by_name:
        raise FileNotFoundError(f"{folder}: expected attributions/*.ann and text/*.txt")
    reports = []
    for name, paths in sorted(by_name.items()):
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        annotations = tuple(tuple(map(_in_order, read_attributions(path, len(text)))) for path in paths)
        reports.append(CorpusReport(name, text, annotations))
    return reports


def _in_order(found: Attribution) -> Attribution:
    """The attribution with the ranges of each part in text order."""
    return Attribution(*(tuple(sorted(part)) for part in (found.source, found.cue, found.content)))

"""Who each statement is given to, against a careful reader's answers.

A line of gold is ``{"doc": stem, "cue": [start, end], "content": [[start, end], …], "speaker": name, "aliases": […]}``; where the reader named
nobody, ``speaker`` is empty and the line isn't scored.

* ``found``: a statement overlaps the gold cue, or shares at least half of the characters of both contents; each statement is used once.
* ``speaker|found``: of those found, the speaker's name or an alias is the gold name or one of its aliases, letters and digits compared.
* ``joint``: found, and the speaker right.
* ``sure``: of the speakers given with a score of at least 0.9, those right.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import FormatError, NotFoundError
from onrecord.evaluation.reports import read_or_load_reports
from onrecord.evaluation.scores import Evaluation, Score
from onrecord.text.segmentation import Range
from onrecord.types import Report, Statement

SURE = 0.9


@dataclass(frozen=True, slots=True)
class Attributed:
    """One gold statement: ranges of its cue and content, and all names its speaker may have."""

    cue: Range | None
    content: tuple[Range, ...]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold statement that was found: the statement paired with it, and whether its speaker is right."""

    statement: Statement
    right: bool


def measure(gold: Sequence[Path], reports: Path | None = None) -> Evaluation:
    """Score speakers against files of gold.

    Args:
        gold: JSON Lines; without reports, the texts are read from ``text/DOC.txt`` beside each file.

    Raises:
        NotFoundError: a file isn't there.
        FormatError: a file isn't what it should be.
    """
    by_document: dict[str, list[Attributed]] = defaultdict(list)
    texts: dict[str, Path] = {}
    for path in gold:
        for stem, attributed in read_gold(path):
            by_document[stem].append(attributed)
            texts[stem] = path.parent / "text" / f"{stem}.txt"
    found, failures = read_or_load_reports(list(texts.values()), reports)
    judged = [item for stem, golds in by_document.items() for item in judge(golds, found.get(stem))]
    count = sum(map(len, by_document.values()))
    right = sum(item.right for item in judged)
    sure = [item for item in judged if (item.statement.speaker_score or 0) >= SURE]
    scores = (
        Score.of_share("found", right=len(judged), among=count),
        Score.of_share("speaker|found", right=right, among=len(judged)),
        Score.of_share("joint", right=right, among=count),
        Score.of_share("sure", right=sum(item.right for item in sure), among=len(sure)),
    )
    missing = [stem for stem in by_document if stem not in found]
    notes = (
        (f"no report for {len(missing)} of {len(by_document)} reports, {missing[0]} among them",)
        if missing
        else ()
    )
    return Evaluation("speakers", scores, notes, failures)


def read_gold(path: Path) -> Iterable[tuple[str, Attributed]]:
    """The scored lines of a file, each with its document's stem.

    Raises:
        NotFoundError: the file can't be opened.
        FormatError: a line isn't what it should be; the message has its number.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NotFoundError(str(path), f"expected a file of gold speakers (JSON Lines): {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            names = frozenset(map(plain, (data["speaker"], *data.get("aliases", ()))))
            cue = (int(data["cue"][0]), int(data["cue"][1])) if data.get("cue") else None
            content = tuple((int(start), int(end)) for start, end in data["content"])
            stem, speaker = str(data["doc"]), data["speaker"]
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
            raise FormatError(
                str(path),
                f"line {number}: expected doc, cue, content, speaker and aliases, found {line!r:.60}",
            ) from error
        if speaker:
            yield stem, Attributed(cue, content, names)


def plain(name: str) -> str:
    """A name as it is compared: letters, digits and spaces, small.

    >>> plain("Sen. Mara O’Dell")
    'sen mara odell'
    """
    return re.sub(r"[^\w ]", "", name.lower().replace("’", "'")).strip()


def judge(golds: Iterable[Attributed], report: Report | None) -> Iterable[Judged]:
    """The gold statements of a report that were found, in order."""
    if report is None:
        return
    speakers = {speaker.id: speaker for speaker in report.speakers}
    used: set[int] = set()
    for attributed in golds:
        place = _best(attributed, report.statements, used)
        if place is None:
            continue
        used.add(place)
        statement = report.statements[place]
        speaker = speakers.get(statement.speaker or "")
        said = {plain(speaker.name), *map(plain, speaker.aliases)} - {""} if speaker else set()
        yield Judged(statement, bool(said & attributed.names))


def _best(attributed: Attributed, statements: Sequence[Statement], used: set[int]) -> int | None:
    """The unused statement that overlaps the cue, then shares most of the content; the first of equals."""
    expected = _characters(attributed.content)
    best: tuple[tuple[bool, float], int] | None = None
    for place, statement in enumerate(statements):
        if place in used:
            continue
        cue = bool(
            attributed.cue
            and statement.cue
            and statement.cue.start < attributed.cue[1]
            and statement.cue.end > attributed.cue[0]
        )
        own = _characters([(piece.start, piece.end) for piece in statement.content])
        shared = len(expected & own) / max(1, len(expected | own))
        if (cue or shared >= 0.5) and (best is None or (cue, shared) > best[0]):
            best = ((cue, shared), place)
    return best[1] if best else None


def _characters(ranges: Iterable[Range]) -> set[int]:
    return {place for start, end in ranges for place in range(start, end)}

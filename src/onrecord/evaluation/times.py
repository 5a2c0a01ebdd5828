"""How well times are found and computed, against documents in TimeML (TempEval-3: UzZaman et al., SemEval 2013).

What the scores mean (percent; precision, recall, F1):

* ``strict``: a time has the same characters as one of the gold; ``relaxed``: it overlaps one, each counted once.
* ``value``: it overlaps one and has the same value. As in TempEval-3, a value is right when it's the same TIMEX3 value; notations that say the same are
  taken as one: 2000-W7 and 2000-W07, 1999-12-XX and 1999-12, 199X and 199, T16:00:00 and T16:00, a decade as P1E and P10Y, a quarter
  as P1Q and P3M.

The gold is read as it stands: the TEXT without its tags, and the day of the document's creation time as the report's date; the creation time
itself is not counted. The two ends of an interval count apart, as TIMEX3 marks them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from onrecord.errors import FormatError, NotFoundError, SettingsError
from onrecord.evaluation.scores import Evaluation, Score
from onrecord.text import analyze
from onrecord.times import find_time_mentions
from onrecord.types import UNPUBLISHED, Document, Published

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Timex = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document in TimeML: its name, its text with the report's date, and the times marked in it."""

    name: str
    document: Document
    times: tuple[Timex, ...]


def measure(gold: Sequence[Path], reports: Path | None = None) -> Evaluation:
    """The scores of times over folders of TimeML documents.

    Raises:
        SettingsError: reports are given; this measure reads the gold's own texts.
        NotFoundError: there is no TimeML document.
        FormatError: a document isn't TimeML.
    """
    if reports is not None:
        raise SettingsError("times are measured on the texts inside the gold files: leave the reports out")
    return score_documents(annotated for path in gold for annotated in read_timeml(path))


def score_times(gold_dir: str | Path, *, fifth: bool | None = None) -> dict[str, float]:
    """Precision, recall and F1 in percent: ``strict.p``, ``strict.r``, ``strict.f1``, and the same for ``relaxed`` and ``value``.

    Args:
        gold_dir: a folder of TimeML documents (``*.tml``).
        fifth: ``True`` for the fifth of the documents that is held out by the hash of their names, ``False`` for the others, ``None`` for all.

    Raises:
        NotFoundError: there is no TimeML document.
        FormatError: a document isn't TimeML.
    """
    chosen = (
        annotated
        for annotated in read_timeml(gold_dir)
        if fifth is None or is_held_out(annotated.name) == fifth
    )
    return _scores(score_documents(chosen))


def score_documents(documents: Iterable[Annotated]) -> Evaluation:
    """The scores over these documents: ``strict``, ``relaxed`` and ``value``."""
    counts = {"strict": 0, "relaxed": 0, "value": 0}
    found = marked = 0
    for annotated in documents:
        ours = find_timexes(annotated.document)
        found, marked = found + len(ours), marked + len(annotated.times)
        spans = {(start, end) for start, end, _ in annotated.times}
        counts["strict"] += len(spans & {(start, end) for start, end, _ in ours})
        pairs = pair_timexes(ours, annotated.times)
        counts["relaxed"] += len(pairs)
        counts["value"] += sum(same_value(one[2], gold[2]) for one, gold in pairs)
    return Evaluation(
        "times",
        tuple(
            Score.of_counts(name, right=right, predicted=found, gold=marked) for name, right in counts.items()
        ),
    )


def is_held_out(name: str) -> bool:
    """Whether a document of this name (without its ending) is in the fifth that is kept for reporting."""
    return int(hashlib.sha256(name.encode("utf-8")).hexdigest(), 16) % 5 == 0


def read_timeml(gold_dir: str | Path) -> Iterator[Annotated]:
    """The TimeML documents of a folder, in the order of their names; of a file, the one in it.

    Raises:
        NotFoundError: there is none.
        FormatError: one isn't TimeML.
    """
    paths = [Path(gold_dir)] if Path(gold_dir).is_file() else sorted(Path(gold_dir).glob("*.tml"))
    if not paths:
        raise NotFoundError(
            str(gold_dir), "expected a folder with TimeML documents (*.tml), found none; check the path"
        )
    for path in paths:
        yield _read(path)


def find_timexes(document: Document) -> list[Timex]:
    """The times that are found in a document, with an empty value where it's left open."""
    return [
        (one.start, one.end, one.time.value or "")
        for one in find_time_mentions(document, analyze(document.text))
    ]


def pair_timexes(ours: Sequence[Timex], gold: Sequence[Timex]) -> list[tuple[Timex, Timex]]:
    """One-to-one pairs of overlapping times, the longest overlaps first."""
    candidates = []
    for i, one in enumerate(ours):
        for j, mark in enumerate(gold):
            overlap = min(one[1], mark[1]) - max(one[0], mark[0])
            if overlap > 0:
                candidates.append((-overlap, i, j))
    used: set[int] = set()
    taken: set[int] = set()
    pairs = []
    for _, i, j in sorted(candidates):
        if i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            pairs.append((ours[i], gold[j]))
    return pairs


def same_value(one: str, other: str) -> bool:
    """Whether two TIMEX3 values say the same.

    >>> same_value("2000-W07", "2000-W7"), same_value("1999-12", "1999-12-XX"), same_value("P3D", "P2D")
    (True, True, False)
    """
    return _canonical(one) == _canonical(other)


def _canonical(value: str) -> str:
    value = re.sub(r"-W(\d)(?!\d)", r"-W0\1", value)
    if value.startswith("XXXX"):
        return value
    value = re.sub(r"(-XX)+$", "", value)
    value = re.sub(r"^(\d{2,3})X+$", r"\1", value)
    value = (
        re.sub(r"T(\d{2}:\d{2}):00$", r"T\1", re.sub(r"T(\d{2})$", r"T\1:00", value))
        if not value.startswith("P")
        else value
    )
    value = re.sub(r"^P(\d+)Q$", lambda match: f"P{3 * int(match[1])}M", value)
    return re.sub(r"^P(\d+|X)([ECL])$", lambda match: f"P{_years(match[1], match[2])}Y", value)


def _years(count: str, letter: str) -> str:
    return "X" if count == "X" else str(int(count) * {"E": 10, "C": 100, "L": 1000}[letter])


def _read(path: Path) -> Annotated:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        raise FormatError(
            str(path), f"expected TimeML, found XML that can't be parsed ({error.msg}); check the file"
        ) from None
    body = root.find(".//TEXT")
    if body is None:
        raise FormatError(
            str(path), "expected a TimeML document with a TEXT element, found none; check the file"
        )
    pieces: list[str] = []
    times: list[Timex] = []
    _walk(body, pieces, times, 0)
    created = root.find(".//DCT/TIMEX3")
    day = _DAY.match(created.get("value", "")) if created is not None else None
    published = Published(day.group(), "given") if day else UNPUBLISHED
    document = Document.of("".join(pieces), origin=str(path), published=published)
    return Annotated(path.stem, document, tuple(times))


def _walk(element: etree._Element, pieces: list[str], times: list[Timex], at: int) -> int:
    """Collects text and times below an element; the offset after it."""
    start = at
    if element.text:
        pieces.append(element.text)
        at += len(element.text)
    for child in element:
        at = _walk(child, pieces, times, at)
        if child.tail:
            pieces.append(child.tail)
            at += len(child.tail)
    if element.tag == "TIMEX3" and at > start:
        times.append((start, at, element.get("value", "")))
    return at


def _scores(evaluation: Evaluation) -> dict[str, float]:
    scores = {}
    for score in evaluation.scores:
        scores[f"{score.name}.p"], scores[f"{score.name}.r"] = score.precision or 0.0, score.recall or 0.0
        scores[f"{score.name}.f1"] = score.value
    return scores

"""Statements against gold attributions: linked tuples of source, cue and content, counted in words.

* ``cue.overlap``: a statement is paired one to one with a gold one whose cue shares a word with its own.
* ``cue.exact``, ``source.exact``, ``content.exact``: of the pairs, those with the same words there.
* ``source.overlap``: of the pairs, those whose sources share a word.
* ``content.iou50``: of the pairs, those whose contents share at least half of the words that either has.
* ``tuple.iou50``: cue and source overlap (or neither has a source), and ``content.iou50``: the statement as a
  whole.
* ``tuple.exact``: source, cue and content are all exact.
* ``words.source``, ``words.cue``, ``words.content``: words with that part, in whatever statement.

Words are letters and digits with the apostrophes inside them, or single marks; marks count only where a span
holds nothing else, so that edges may differ in punctuation.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from onrecord.evaluation.brat import GoldReport, read_folder
from onrecord.evaluation.reports import read_or_load_reports
from onrecord.evaluation.scores import Evaluation, Score
from onrecord.text.segmentation import Range
from onrecord.types import Report, Span

Part = Literal["source", "cue", "content"]
PARTS: tuple[Part, ...] = ("source", "cue", "content")

_WORD = re.compile(r"\w+(?:[’']\w+)?|[^\w\s]")
_LINKED = (
    "cue.overlap",
    "cue.exact",
    "source.overlap",
    "source.exact",
    "content.iou50",
    "content.exact",
    "tuple.iou50",
    "tuple.exact",
)


@dataclass(frozen=True, slots=True)
class Attributed:
    """A statement as sets of word numbers."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


def measure(gold: Sequence[Path], reports: Path | None = None) -> Evaluation:
    """Score statements against brat folders.

    Args:
        gold: folders with ``text/*.txt`` and ``attributions/*_ANNOTATOR.ann``.
        reports: a file of reports, JSON Lines, found by the stem of their origins; else the texts are read
            now. A text without a report counts as one without statements.

    Raises:
        NotFoundError: a folder or file isn't there.
        FormatError: a file isn't what it should be.
    """
    gold_reports = [gold_report for folder in gold for gold_report in read_folder(folder)]
    found, failures = read_or_load_reports([gold_report.text_path for gold_report in gold_reports], reports)
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for gold_report in gold_reports:
        _count(gold_report, found.get(gold_report.stem), counts)
    scores = tuple(
        Score.of_counts(
            name, right=counts[name]["right"], predicted=counts[name]["predicted"], gold=counts[name]["gold"]
        )
        for name in (*_LINKED, *(f"words.{part}" for part in PARTS))
    )
    return Evaluation("statements", scores, tuple(_notes(gold_reports, found)), failures)


def _notes(gold_reports: Sequence[GoldReport], found: dict[str, Report]) -> Iterable[str]:
    missing = [gold_report.stem for gold_report in gold_reports if gold_report.stem not in found]
    if missing:
        yield (
            f"no report for {len(missing)} of {len(gold_reports)} reports, {missing[0]} among them: "
            "counted as without statements"
        )
    other = [
        gold_report.stem
        for gold_report in gold_reports
        if gold_report.stem in found and found[gold_report.stem].document.text != gold_report.text
    ]
    if other:
        yield (
            f"the report of {len(other)} of {len(gold_reports)} reports, {other[0]} among them, is of another "
            "text: its offsets don't fit"
        )


def _count(gold_report: GoldReport, report: Report | None, counts: defaultdict[str, Counter[str]]) -> None:
    words = WordNumbers(gold_report.text)
    gold = [
        Attributed(words.touched(item.source), words.touched(item.cue), words.touched(item.content))
        for item in gold_report.attributions
    ]
    statements = report.statements if report else ()
    predicted = [
        Attributed(
            words.touched(_ranges(statement.source)),
            words.touched(_ranges(statement.cue)),
            words.touched(_ranges(*statement.content)),
        )
        for statement in statements
    ]
    predicted = [item for item in predicted if item.content]
    for name in _LINKED:
        of_source = name.startswith("source.")
        counts[name]["gold"] += sum(1 for item in gold if item.source or not of_source)
        counts[name]["predicted"] += sum(1 for item in predicted if item.source or not of_source)
    for left, right in paired(gold, predicted):
        for name in agreements(left, right):
            counts[name]["right"] += 1
    for part in PARTS:
        theirs = frozenset[int]().union(*(getattr(item, part) for item in gold))
        ours = frozenset[int]().union(*(getattr(item, part) for item in predicted))
        counts[f"words.{part}"].update(right=len(theirs & ours), predicted=len(ours), gold=len(theirs))


def _ranges(*spans: Span | None) -> tuple[Range, ...]:
    return tuple((span.start, span.end) for span in spans if span)


class WordNumbers:
    """The words of a text, by number."""

    def __init__(self, text: str) -> None:
        ranges = [match.span() for match in _WORD.finditer(text)]
        self._starts = [start for start, _ in ranges]
        self._ends = [end for _, end in ranges]
        self._is_mark = [not text[start].isalnum() for start in self._starts]

    def touched(self, ranges: Iterable[Range]) -> frozenset[int]:
        """The numbers of the words that share a character with the ranges; without the marks, unless there
        are only marks."""
        numbers: set[int] = set()
        for start, end in ranges:
            numbers.update(
                range(bisect.bisect_right(self._ends, start), bisect.bisect_left(self._starts, end))
            )
        return frozenset(number for number in numbers if not self._is_mark[number]) or frozenset(numbers)


def paired(
    gold: Sequence[Attributed], predicted: Sequence[Attributed]
) -> list[tuple[Attributed, Attributed]]:
    """One-to-one pairs, the surest first: a shared cue counts before the number of words shared in content
    and source.

    A prediction without a cue can be paired by its content. Of equals, the earlier in text order are paired.
    """
    candidates = sorted(
        (
            -(
                1000 * bool(theirs.cue & ours.cue)
                + len(theirs.content & ours.content)
                + len(theirs.source & ours.source)
            ),
            i,
            j,
        )
        for i, j in _touching(gold, predicted)
        for theirs, ours in [(gold[i], predicted[j])]
    )
    taken_gold: set[int] = set()
    taken_predicted: set[int] = set()
    pairs: list[tuple[Attributed, Attributed]] = []
    for _, i, j in candidates:
        if i not in taken_gold and j not in taken_predicted:
            taken_gold.add(i)
            taken_predicted.add(j)
            pairs.append((gold[i], predicted[j]))
    return pairs


def _touching(gold: Sequence[Attributed], predicted: Sequence[Attributed]) -> set[tuple[int, int]]:
    """Who may be paired: cues that share a word, or contents where the prediction has no cue."""
    by_cue: defaultdict[int, list[int]] = defaultdict(list)
    by_content: defaultdict[int, list[int]] = defaultdict(list)
    for i, item in enumerate(gold):
        for word in item.cue:
            by_cue[word].append(i)
        for word in item.content:
            by_content[word].append(i)
    return {
        (i, j)
        for j, item in enumerate(predicted)
        for index, words in ([(by_cue, item.cue)] if item.cue else [(by_content, item.content)])
        for word in words
        for i in index.get(word, ())
    }


def agreements(gold: Attributed, predicted: Attributed) -> list[str]:
    """The names of the linked measures in which a pair agrees."""
    cue = bool(gold.cue & predicted.cue)
    source = bool(gold.source & predicted.source) or not (gold.source or predicted.source)
    half = 2 * len(gold.content & predicted.content) >= len(gold.content | predicted.content)
    holds = {
        "cue.overlap": cue,
        "cue.exact": gold.cue == predicted.cue,
        "source.overlap": bool(gold.source & predicted.source),
        "source.exact": bool(gold.source) and gold.source == predicted.source,
        "content.iou50": half,
        "content.exact": gold.content == predicted.content,
        "tuple.iou50": cue and source and half,
        "tuple.exact": gold == predicted,
    }
    return [name for name in _LINKED if holds[name]]

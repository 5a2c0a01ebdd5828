"""CofeNet's measure of spans, on its own file of PolNeAR: exact sources, cues and contents, roles unlinked (Wang et al., COLING 2022, section 4.2).

    onrecord read DATA/polnear/dev/text --json > dev.jsonl
    python benchmarks/cofenet.py DATA/polnear/dev dev.jsonl

The file holds tokens, not the texts: `` for a quotation mark, '' for the closing one, ... for an ellipsis. A token that isn't found in the text
breaks every span that holds it, so the measure is given twice: with marks folded one character at a time in the text, as a plain alignment does, and
with marks of several characters folded as one there too ('' in the text is a mark as well, and -- a dash). Next to each stands what the gold
annotations themselves come to: more than that nobody can reach.
"""

from __future__ import annotations

import argparse
import difflib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.evaluation.brat import read_folder
from onrecord.evaluation.reports import load_reports, stem_of
from onrecord.evaluation.scores import Score
from onrecord.text.segmentation import Range
from onrecord.types import Statement

ROLES = ("source", "cue", "content")
WHOLE = {"``": '"', "''": '"', "...": "…", "--": "-"}
BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
ALONE = str.maketrans("“”„«»`‘’–—", '"""""\'\'\'--')
SHORTEST = 3  # characters that must match in a row where a paragraph isn't found whole
AHEAD = 400  # characters beyond three times a paragraph's length that it's looked for in

Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with its marks made alike: ``starts`` and ``ends`` say which code points of the text each character stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """The ranges of one statement's roles in its text, and how sure it is."""

    ranges: Mapping[str, tuple[Range, ...]]
    score: float = 1.0


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="a folder with cofenet.txt, text/ and attributions/")
    parser.add_argument("records", type=Path, help="the records of its texts, JSON Lines")
    options = parser.parse_args()
    paragraphs = read_paragraphs(options.gold / "cofenet.txt")
    gold_reports = list(read_folder(options.gold))
    texts = {gold_report.stem: gold_report.text for gold_report in gold_reports}
    gold = {
        gold_report.stem: [
            Labelled({role: getattr(one, role) for role in ROLES}) for one in gold_report.attributions
        ]
        for gold_report in gold_reports
    }
    found = {
        stem_of(report): [labelled(one) for one in report.statements]
        for report in load_reports(options.reports)
    }
    for whole in (False, True):
        print("marks of several characters as one" if whole else "marks character by character")
        for name, statements in (("gold", gold), ("found", found)):
            lost, figures = score(paragraphs, texts, statements, whole=whole)
            told = "  ".join(f"{figure.name} {figure.value:.2f}" for figure in figures)
            print(f"  {name:6s} {told}  ({lost} tokens lost)")


def read_paragraphs(path: Path) -> dict[str, list[tuple[list[str], list[str]]]]:
    """Tokens and labels of each paragraph, by annotated report (NAME_ANNOTATOR), in order."""
    found: dict[str, list[tuple[list[str], list[str]]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        paragraph = json.loads(line)
        found.setdefault(paragraph["id"], []).append((paragraph["tokens"], paragraph["labels"]))
    return found


def labelled(statement: Statement) -> Labelled:
    return Labelled(
        {
            "source": ((statement.source.start, statement.source.end),) if statement.source else (),
            "cue": ((statement.cue.start, statement.cue.end),) if statement.cue else (),
            "content": tuple((piece.start, piece.end) for piece in statement.content),
        },
        statement.score,
    )


def score(
    paragraphs: Mapping[str, Sequence[tuple[list[str], list[str]]]],
    texts: Mapping[str, str],
    statements: Mapping[str, Sequence[Labelled]],
    *,
    whole: bool,
) -> tuple[int, tuple[Score, ...]]:
    """How many tokens weren't found, and the figure of each role."""
    lost = 0
    counts = {role: [0, 0, 0] for role in ROLES}
    for name, of_report in paragraphs.items():
        stem = name.rpartition("_")[0]
        labels = label(statements.get(stem, ()))
        places = align([tokens for tokens, _ in of_report], fold(texts[stem], whole=whole))
        for (_, told), row in zip(of_report, places, strict=True):
            lost += row.count(None)
            gold, ours = set(runs(told)), set(runs(read_labels(row, labels)))
            for role in ROLES:
                both = [{span for span in spans if span[0] == role} for spans in (gold, ours)]
                for place, size in enumerate((len(both[0] & both[1]), len(both[1]), len(both[0]))):
                    counts[role][place] += size
    return lost, tuple(
        Score.of_counts(role, right=right, predicted=predicted, gold=gold)
        for role, (right, predicted, gold) in counts.items()
    )


def label(statements: Sequence[Labelled]) -> dict[int, tuple[str, int, int]]:
    """For each code point its role, and which piece of which statement it is in; the surer statement first."""
    labels: dict[int, tuple[str, int, int]] = {}
    order = sorted(range(len(statements)), key=lambda place: -statements[place].score)
    for place in order:
        for role, ranges in statements[place].ranges.items():
            for start, end in ranges:
                for point in range(start, end):
                    labels.setdefault(point, (role, place, start))
    return labels


def read_labels(row: Sequence[Range | None], labels: Mapping[int, tuple[str, int, int]]) -> Iterator[str]:
    """The label of each token by its first code point; one that wasn't found has none."""
    last = None
    for span in row:
        got = labels.get(span[0]) if span else None
        yield "O" if got is None else ("I-" if got == last else "B-") + got[0]
        last = got


def runs(labels: Iterable[str]) -> Iterator[Span]:
    """The spans that begin and inside labels make: (role, first token, last + 1)."""
    role, first = "", 0
    for place, one in enumerate([*labels, "O"]):
        kind, _, name = one.partition("-")
        if role and (kind != "I" or name != role):
            yield role, first, place
            role = ""
        if kind == "B":
            role, first = name, place


def fold(text: str, *, whole: bool) -> Folded:
    """The text without blanks, its marks made alike; ``whole`` takes marks of several characters as one."""
    folded, starts, ends = [], [], []
    at = 0
    while at < len(text):
        mark = next((mark for mark in WHOLE if whole and text.startswith(mark, at)), text[at])
        if not mark.isspace():
            folded.append(fold_token(mark))
            starts.append(at)
            ends.append(at + len(mark))
        at += len(mark)
    return Folded("".join(folded), tuple(starts), tuple(ends))


def fold_token(token: str) -> str:
    known = WHOLE.get(token) or BRACKETS.get(token)
    if known:
        return known
    return token.replace("``", '"').replace("''", '"').translate(ALONE)


def align(paragraphs: Sequence[Sequence[str]], folded: Folded) -> list[list[Range | None]]:
    """The code points of each token: a paragraph is looked for whole, after the last one first, else by its longest matching pieces."""
    at, out = 0, []
    for tokens in paragraphs:
        parts = [fold_token(token) for token in tokens]
        wanted = "".join(parts)
        begin = folded.text.find(wanted, at)
        if begin < 0:
            begin = folded.text.find(wanted)
        places: list[int | None] = list(range(begin, begin + len(wanted)))
        if begin < 0:
            places = _matched(wanted, folded.text, at)
        at = max((place + 1 for place in places if place is not None), default=at)
        row: list[Range | None] = []
        first = 0
        for part in parts:
            low, high = places[first], places[first + len(part) - 1]
            row.append(None if low is None or high is None else (folded.starts[low], folded.ends[high]))
            first += len(part)
        out.append(row)
    return out


def _matched(wanted: str, text: str, at: int) -> list[int | None]:
    places: list[int | None] = [None] * len(wanted)
    window = text[at : at + 3 * len(wanted) + AHEAD]
    for match in difflib.SequenceMatcher(None, wanted, window, autojunk=False).get_matching_blocks():
        if match.size >= SHORTEST:
            places[match.a : match.a + match.size] = range(at + match.b, at + match.b + match.size)
    return places


if __name__ == "__main__":
    main()

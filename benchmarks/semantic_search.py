"""How well statements that answer a question are found: by words, by meaning, by both.

    python benchmarks/semantic_search.py --record RECORD [--base MINILM_FOLDER] [--json]

``RECORD`` is one into which PolNeAR's train reports were ingested, with vectors. The questions are in ``eval/meaning/questions.tsv``, what answers them
in ``eval/meaning/judgements.tsv``: report, code points of the content, grade (2 answers it, 1 bears on it); both were written and judged by hand.
A statement is the judged one whose content it overlaps most, by half at least. With ``--base`` the base encoder's own vectors are measured too
(needs what training needs).

Figures: nDCG@10 (Järvelin and Kekäläinen 2002; gains 1 and 3), recall@10 (of all that is judged 1 or 2; the most that ten hits can reach is printed
beside it), the share of the first ten that were judged at all, and for differences the 95 % interval of 2,000 paired bootstrap samples of the questions.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onrecord.embedding import load_default_embedder, query_embedder
from onrecord.record import Record, open_record
from onrecord.search import Query, search

FOLDER = Path(__file__).parent.parent / "eval" / "meaning"
DEPTH = 10
GAINS = {0: 0.0, 1: 1.0, 2: 3.0}

WordPieces = tuple[tuple[int, int], ...]
"""A content's code points, half-open."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement: what was looked at, and how well it answers."""

    report: str
    pieces: WordPieces
    grade: int


Place = tuple[str, WordPieces]
"""A hit: the report and its content."""

Ranker = Callable[[str], Sequence[Place]]
"""A question to its hits, best first."""


def read_questions(folder: Path) -> dict[str, str]:
    """Questions by their ids."""
    with (folder / "questions.tsv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["question"] for row in csv.DictReader(file, delimiter="\t")}


def read_judgements(folder: Path) -> dict[str, list[Judged]]:
    """Judgements by the questions' ids."""
    found: dict[str, list[Judged]] = defaultdict(list)
    with (folder / "judgements.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found[row["question"]].append(Judged(row["report"], _pieces(row["content"]), int(row["grade"])))
    return found


def _pieces(written: str) -> WordPieces:
    pairs = (piece.split("-") for piece in written.split(","))
    return tuple((int(start), int(end)) for start, end in pairs)


def overlap(left: WordPieces, right: WordPieces) -> float:
    """The characters in both contents, of those in either."""
    common = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in left for b in right)
    size = sum(end - start for start, end in (*left, *right))
    return common / (size - common) if size > common else 0.0


def grades_of(hits: Iterable[Place], judged: Sequence[Judged]) -> list[int | None]:
    """The grade of each hit, each judgement used once; ``None`` where nobody has looked at it."""
    free = list(judged)
    grades: list[int | None] = []
    for report, pieces in hits:
        near = [
            (overlap(pieces, item.pieces), place) for place, item in enumerate(free) if item.report == report
        ]
        best, place = max(near, default=(0.0, -1))
        grades.append(free.pop(place).grade if best >= 0.5 else None)
    return grades


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures for each question, by order: nDCG@10, recall@10, and the share of hits that were judged."""

    ndcg: tuple[float, ...]
    recall: tuple[float, ...]
    judged: tuple[float, ...]

    def means(self) -> dict[str, float]:
        """Percent."""
        return {
            name: round(100 * float(np.mean(getattr(self, name))), 1) for name in ("ndcg", "recall", "judged")
        }


def score(rank: Ranker, questions: Mapping[str, str], judgements: Mapping[str, list[Judged]]) -> Scores:
    """The scores of a way to rank."""
    ndcg, recall, looked = [], [], []
    for key, question in questions.items():
        judged = judgements[key]
        grades = grades_of(rank(question)[:DEPTH], judged)
        best = sorted((item.grade for item in judged), reverse=True)[:DEPTH]
        ndcg.append(_dcg([grade or 0 for grade in grades]) / _dcg(best))
        recall.append(sum(bool(grade) for grade in grades) / sum(bool(item.grade) for item in judged))
        looked.append(sum(grade is not None for grade in grades) / max(len(grades), 1))
    return Scores(tuple(ndcg), tuple(recall), tuple(looked))


def _dcg(grades: Sequence[int]) -> float:
    return sum(GAINS[grade] / math.log2(place + 2) for place, grade in enumerate(grades))


def reachable(judgements: Iterable[Sequence[Judged]]) -> float:
    """The recall that ten hits can reach at most, mean over questions, percent."""
    totals = [sum(bool(item.grade) for item in judged) for judged in judgements]
    return round(100 * float(np.mean([min(DEPTH, total) / total for total in totals])), 1)


def difference(left: Sequence[float], right: Sequence[float]) -> tuple[float, float, float]:
    """Mean of ``left - right`` in points, and its 95 % interval by bootstrap over questions."""
    gaps = np.asarray(left) - np.asarray(right)
    samples = np.random.default_rng(0).integers(0, len(gaps), (2000, len(gaps)))
    low, high = np.percentile(gaps[samples].mean(axis=1), [2.5, 97.5])
    return round(100 * float(gaps.mean()), 1), round(100 * float(low), 1), round(100 * float(high), 1)


def rankers_of(record: Record) -> dict[str, Ranker]:
    """The three ways of ``onrecord search``, and the one that wants every word."""
    embed = query_embedder(record, load_default_embedder())

    def by(**options: object) -> Ranker:
        def rank(question: str) -> list[Place]:
            query = Query(words=question, limit=DEPTH, **options)  # type: ignore[arg-type]
            page = search(record, query, embed=embed)
            return [
                (
                    Path(hit.found.document.origin).stem,
                    tuple((span.start, span.end) for span in hit.found.statement.content),
                )
                for hit in page.hits
            ]

        return rank

    return {
        "words, all of them": by(by="words", match="all"),
        "words, any of them": by(by="words", match="any"),
        "meaning": by(by="meaning"),
        "both": by(by="both"),
    }


def base_ranker(record: Record, base: Path, cache: Path | None) -> Ranker:
    """Cosines of the base encoder's own sentence vectors, exact."""
    from training.teacher import Teacher

    teacher = Teacher(base, cache=cache)
    places: list[Place] = []
    contents: list[str] = []
    for report in record.reports():
        for statement in report.statements:
            pieces = tuple((span.start, span.end) for span in statement.content)
            places.append((Path(report.document.origin).stem, pieces))
            contents.append(" ".join(span.text for span in statement.content))
    vectors = teacher.embed(contents)

    def rank(question: str) -> list[Place]:
        cosines = vectors @ teacher.embed([question])[0]
        return [places[place] for place in np.argsort(-cosines)[:DEPTH]]

    return rank


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--record", required=True)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="with questions and judgements")
    parser.add_argument("--base", type=Path, help="the base encoder's folder")
    parser.add_argument("--cache", type=Path, help="a file that keeps the base encoder's vectors")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    questions, judgements = read_questions(options.folder), read_judgements(options.folder)
    with open_record(options.report, create=False) as record:
        rankers = rankers_of(record)
        if options.base:
            rankers["meaning, base encoder"] = base_ranker(record, options.base, options.cache)
        scores = {name: score(rank, questions, judgements) for name, rank in rankers.items()}
    found = {
        "questions": len(questions),
        "reachable recall": reachable(judgements[key] for key in questions),
        "means": {name: of.means() for name, of in scores.items()},
        "both less": {
            name: {
                quantity: difference(getattr(scores["both"], quantity), getattr(of, quantity))
                for quantity in ("ndcg", "recall")
            }
            for name, of in scores.items()
            if name != "both"
        },
    }
    if options.json:
        print(json.dumps(found, indent=2))
        return
    print(f"{found['questions']} questions; recall that ten hits can reach: {found['reachable recall']}")
    print(f"{'':24} nDCG@10 recall@10 judged")
    for name, of in scores.items():
        means = of.means()
        print(f"{name:24} {means['ndcg']:7} {means['recall']:9} {means['judged']:6}")
    for name, gaps in found["both less"].items():  # type: ignore[attr-defined]
        print(f"both less {name}: nDCG {gaps['ndcg']}, recall {gaps['recall']} (mean, 95 % interval)")


if __name__ == "__main__":
    main()

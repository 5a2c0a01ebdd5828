"""What acts and claims cost: a report with and without them side by side, each part alone, and texts made to be slow.

    python benchmarks/expressions.py REPORTS              a folder of plain texts
    python benchmarks/expressions.py --hostile 1          megabytes of each hostile text

Seconds are those of this process's own work on one core (``time.process_time``), so that other work on the machine counts little.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from pathlib import Path

from onrecord.acts import classify_statements, find_target
from onrecord.expressions import find_expressions
from onrecord.pipeline import Pipeline
from onrecord.places import find_places, load_gazetteer
from onrecord.quantities import find_quantities
from onrecord.text import analyze
from onrecord.times import find_times
from onrecord.types import Document, Published, Statement


def seconds(work: Callable[[], object]) -> float:
    """Seconds that this process worked."""
    start = time.process_time()
    work()
    return time.process_time() - start


def side_by_side(documents: list[Document]) -> None:
    """Statements alone, and what acts and claims add, report by report in turn."""
    print(f"the gazetteer, once      {seconds(load_gazetteer):8.3f} s")
    pipeline = Pipeline.load(threads=1)
    words = sum(len(document.text.split()) for document in documents)
    pipeline.read(documents[0])
    found: list[tuple[Statement, ...]] = []

    def read(document: Document) -> None:
        analysis = analyze(document.text)
        found.append(pipeline.find_statements(document, analysis, pipeline.model.predict(analysis)))

    parts: dict[str, Callable[[Document], object]] = {
        "statements": read,
        "acts": lambda document: classify_statements(document, found[-1]),
        "targets": lambda document: [
            find_target(document, one) for one in classify_statements(document, found[-1])
        ],
        "figures": lambda document: find_quantities(analyze(document.text)),
        "moments": lambda document: find_times(document, analyze(document.text)),
        "places": find_places,
        "all claims, tied": lambda document: find_expressions(document, analyze(document.text), found[-1]),
    }
    spent = dict.fromkeys(parts, 0.0)
    for document in documents:
        for name, work in parts.items():
            spent[name] += seconds(lambda work=work, document=document: work(document))  # type: ignore[misc]
    for name, total in spent.items():
        print(f"{name:24} {1000 * total / words:8.4f} s per 1,000 words")
    more = spent["acts"] + spent["all claims, tied"]
    print(f"acts and claims add {100 * more / spent['statements']:.1f} % to {words:,} words")


def hostile(size: int) -> None:
    """Each finder on texts of this many characters; twice as long should take twice as long."""
    random.seed(0)
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [
        "".join(random.choice(letters) for _ in range(random.randint(2, 9))).title() for _ in range(size // 6)
    ]
    texts = {
        "digits": "7" * size,
        "brackets": "(" * size,
        "capitalised words": " ".join(names)[:size],
        "one place": "Springfield, " * (size // 13),
        "capitals": "PARIS, " * (size // 7),
        "initials": "U." * (size // 2),
        "number words": "five and " * (size // 9),
        "months": "January 1, " * (size // 11),
        "apostrophes": "a'" * (size // 2),
        "combining marks": "a" + "\u0301" * size,
    }
    for name, text in texts.items():
        document = Document.of(text, origin="hostile", published=Published("2024-05-03", "given"))
        half = Document.of(text[: len(text) // 2], origin="hostile", published=document.published)
        whole, part = (
            seconds(lambda: find_expressions(one, analyze(one.text), ()))  # noqa: B023
            for one in (document, half)
        )
        print(f"{name:20} {whole:8.2f} s, half of it {part:8.2f} s", flush=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", type=Path, nargs="?")
    parser.add_argument("--hostile", type=float, metavar="MB")
    options = parser.parse_args()
    if options.hostile:
        hostile(int(options.hostile * 1_000_000))
    if options.reports:
        published = Published("2024-05-03", "given")
        texts = [path.read_text(encoding="utf-8") for path in sorted(options.reports.glob("*.txt"))]
        side_by_side([Document.of(text, origin="report", published=published) for text in texts])


if __name__ == "__main__":
    main()

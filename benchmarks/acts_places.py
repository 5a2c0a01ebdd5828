"""What places, acts and PLOVER's roots cost: seconds per 1,000 words on one core.

    python benchmarks/acts_places.py TEXTS ATTRIBUTIONS_FOLDER

TEXTS is a folder of plain texts; the second a brat folder (``text/``, ``attributions/``), whose attributions
stand in for statements.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from onrecord.acts import describe, find_target
from onrecord.acts.plover import Pair, classify, load_model
from onrecord.claims.gazetteer import load_gazetteer
from onrecord.claims.places import find_places
from onrecord.evaluation.brat import GoldReport, read_folder
from onrecord.types import Document, Statement


def statements_of(report: GoldReport) -> tuple[Document, list[Statement]]:
    """A gold report's attributions as statements, those in pieces that overlap left out."""
    document = Document.of(report.text, origin=report.stem)
    statements = []
    for number, one in enumerate(report.attributions):
        cue = document.span(min(start for start, _ in one.cue), max(end for _, end in one.cue))
        content = tuple(document.span(*span) for span in sorted(one.content))
        if all(left.end <= right.start for left, right in zip(content, content[1:], strict=False)):
            statements.append(Statement(str(number), "indirect", None, cue, content))
    return document, statements


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path)
    parser.add_argument("attributions", type=Path)
    options = parser.parse_args()
    start = time.perf_counter()
    load_gazetteer()
    print(f"the gazetteer, once            {time.perf_counter() - start:7.3f} s")
    texts = [path.read_text(encoding="utf-8") for path in sorted(options.texts.glob("*.txt"))]
    words = sum(len(text.split()) for text in texts)
    start = time.perf_counter()
    found = sum(len(find_places(Document.of(text, origin=""))) for text in texts)
    print(
        f"places                         {1000 * (time.perf_counter() - start) / words:7.4f} s per 1,000 words ({found} found)"
    )
    reports = [statements_of(report) for report in read_folder(options.attributions)]
    words = sum(len(document.text.split()) for document, _ in reports)
    describe(*reports[0])
    start = time.perf_counter()
    for document, statements in reports:
        for statement in describe(document, statements):
            find_target(document, statement)
    print(
        f"acts, modality, stance, target {1000 * (time.perf_counter() - start) / words:7.4f} s per 1,000 words"
    )
    load_model()
    contents = [statement.content[0].text for _, statements in reports for statement in statements][:500]
    start = time.perf_counter()
    for content in contents:
        classify(Pair.of(content, content[:10], content[-10:]))
    print(f"PLOVER root of one sentence    {(time.perf_counter() - start) / len(contents):7.5f} s")


if __name__ == "__main__":
    main()

"""What naming the speakers costs: the same reports read with and without it, in turns, on one thread.

    python benchmarks/speakers.py FOLDER [--rounds 5]

"Without" neither runs the heads for names and noun phrases nor the stage that resolves speakers; all else is as ``onrecord read`` does it. The rounds
alternate, so that whatever else the machine does falls on both.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

from onrecord.acts import classify_statements, find_target
from onrecord.expressions import find_expressions
from onrecord.loaders import load_document
from onrecord.model.bundle import open_bundle
from onrecord.model.mentions import Mention, NameMention
from onrecord.model.session import Model, ModelOutput
from onrecord.pipeline import Pipeline
from onrecord.speakers import resolve_speakers
from onrecord.text import analyze
from onrecord.types import Document, Report


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reports", type=int, default=20)
    options = parser.parse_args()
    documents = [load_document(str(path)) for path in sorted(options.folder.glob("*.txt"))[: options.reports]]
    words = sum(len(document.text.split()) for document in documents)
    pipelines = {
        False: Pipeline(PlainModel(open_bundle(), threads=1)),
        True: Pipeline(Model(open_bundle(), threads=1)),
    }
    plain, whole = [], []
    for speakers in pipelines:
        timed(pipelines[speakers], documents[:2], speakers=speakers)
    for _ in range(options.rounds):
        plain.append(timed(pipelines[False], documents, speakers=False))
        whole.append(timed(pipelines[True], documents, speakers=True))
    ratios = [with_ / without for with_, without in zip(whole, plain, strict=True)]
    print(f"{len(documents)} reports, {words:,} words, {options.rounds} rounds, one thread")
    print(
        f"without speakers: {statistics.median(plain):.2f} s, {words / statistics.median(plain):,.0f} words a second"
    )
    print(
        f"with speakers:    {statistics.median(whole):.2f} s, {words / statistics.median(whole):,.0f} words a second"
    )
    print(f"times slower: {statistics.median(ratios):.3f} (median), {min(ratios):.3f} to {max(ratios):.3f}")


class PlainModel(Model):
    """The model without its heads for names, noun phrases and what these speak of."""

    def _find_mentions(
        self, output: ModelOutput
    ) -> tuple[tuple[NameMention, ...], tuple[Mention, ...], object]:
        return (), (), output.vectors

    def _link(self, mentions: object, parts: object, words: object, text: str) -> tuple[()]:
        return ()


def timed(pipeline: Pipeline, documents: list[Document], *, speakers: bool) -> float:
    """Seconds for all documents."""
    begun = time.perf_counter()
    for document in documents:
        read(pipeline, document, speakers=speakers)
    return time.perf_counter() - begun


def read(pipeline: Pipeline, document: Document, *, speakers: bool) -> Report:
    """A record as the pipeline makes it, with the stage for speakers or without."""
    analysis = analyze(document.text)
    output = pipeline.model.predict(analysis)
    statements = classify_statements(document, pipeline.find_statements(document, analysis, output))
    targets = [find_target(document, statement) for statement in statements]
    if not speakers:
        return Report(document, statements, (), find_expressions(document, analysis, statements))
    resolved = resolve_speakers(document, analysis, output, statements, targets=targets)
    return Report(
        document,
        resolved.statements,
        resolved.speakers,
        find_expressions(document, analysis, resolved.statements),
    )


if __name__ == "__main__":
    main()

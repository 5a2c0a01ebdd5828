"""Words a second from text to statements, and where the time goes.

python benchmarks/reading_speed.py FOLDER_OF_TEXTS [--threads 2]
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from onrecord.model import session, windows
from onrecord.model.session import Model
from onrecord.pipeline import Pipeline
from onrecord.text import analyze
from onrecord.types import Document


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    documents = [
        Document.of(path.read_bytes().decode("utf-8", "replace"), origin=path.name)
        for path in sorted(options.folder.glob("*.txt"))
    ]
    words = sum(len(document.text.split()) for document in documents)
    pipeline = Pipeline(Model(threads=1))
    pipeline.read(documents[0])
    for threads in sorted({1, options.threads}):
        start = time.perf_counter()
        statements = sum(len(report.statements) for report in pipeline.read_many(documents, workers=threads))  # type: ignore[union-attr]
        taken = time.perf_counter() - start
        print(
            f"{threads} threads: {len(documents)} reports, {words:,} words, {statements:,} statements, {taken:.1f} s: {words / taken:,.0f} words/s"
        )
    _shares(pipeline, documents)
    _encoder_alone(documents, words, options.threads)


def _shares(pipeline: Pipeline, documents: list[Document]) -> None:
    """The share of each part on one thread; what is left is reading from arrays, statements, nesting."""
    taken: dict[str, float] = defaultdict(float)

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*arguments, **named)
            finally:
                taken[name] += time.perf_counter() - start

        return call

    model = pipeline.model
    kept = session.build_windows, session.viterbi_paths
    session.build_windows = timed("words and windows", windows.build_windows)
    session.viterbi_paths = timed("decoding", kept[1])
    model._encoder = _Timed(timed("encoder", model._encoder.run))
    model._roles = _Timed(timed("role head", model._roles.run))
    start = time.perf_counter()
    for document in documents:
        pipeline.read(document)
    total = time.perf_counter() - start
    session.build_windows, session.viterbi_paths = kept
    taken["statements and the rest"] = total - sum(taken.values())
    for name, seconds in taken.items():
        print(f"  {name}: {100 * seconds / total:.0f} %")


class _Timed:
    def __init__(self, run: Callable[..., Any]) -> None:
        self.run = run


def _encoder_alone(documents: list[Document], words: int, threads: int) -> None:
    """The floor: the encoder on the same windows with nothing around it."""
    model = Model(threads=1)

    def encode(document: Document) -> None:
        _, cut = windows.build_windows(analyze(document.text), model._pieces)
        model._encode(cut)

    start = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(encode, documents))
    print(f"the encoder alone, {threads} threads: {words / (time.perf_counter() - start):,.0f} words/s")


if __name__ == "__main__":
    main()

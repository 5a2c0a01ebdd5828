"""Reads made-up texts for a stated time and holds each record to what it promises.

    python benchmarks/fuzz.py [--minutes 10] [--seed 1]

Texts are random, pieces of the examples cut and mixed, or both with odd characters thrown in. The first that fails is printed whole.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from random import Random

from onrecord.errors import LoadError
from onrecord.loaders import document_of
from onrecord.pipeline import Pipeline
from onrecord.types import Report

EXAMPLES = Path(__file__).parent.parent / "examples"
ODD = "\"'“”‘’«»„`()[]{}—–-…:;,.!?\n\r\t\u2028\x85\u200f\u202e\u0301\ufeff\u00ad😀水אaZ09%$€\ud7ff\uffff"


def make(random: Random, sources: list[str]) -> str:
    """One text: a cut of an example, spoilt, or noise."""
    if random.random() < 0.25:
        return "".join(random.choice(ODD + "said that he ") for _ in range(random.randrange(1, 400)))
    parts = []
    for _ in range(random.randrange(1, 5)):
        source = random.choice(sources)
        start = random.randrange(len(source))
        parts.append(source[start : start + random.randrange(1, 600)])
    text = list(random.choice(["", " ", "\n\n"]).join(parts))
    for _ in range(random.randrange(0, 30)):
        place = random.randrange(len(text) + 1)
        text[place : place + random.randrange(0, 3)] = random.choice(ODD)
    return "".join(text)


def check(report: Report) -> None:
    """Raises AssertionError where the record breaks a promise."""
    text = report.document.text
    for statement in report.statements:
        for span in statement.spans:
            assert text[span.start : span.end] == span.text
        for left, right in zip(statement.content, statement.content[1:], strict=False):
            assert left.end <= right.start
    assert Report.from_dict(json.loads(json.dumps(report.to_dict()))) == report


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random, pipeline = Random(options.seed), Pipeline.load(threads=1)
    sources = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    end = time.monotonic() + 60 * options.minutes
    texts = statements = refused = 0
    while time.monotonic() < end:
        text = make(random, sources)
        texts += 1
        try:
            report = pipeline.read(document_of(text))
            check(report)
            if texts % 10 == 0:
                assert pipeline.read(report.document) == report
        except LoadError:
            refused += 1
            continue
        except Exception:
            sys.stderr.write(f"failed on {text!r}\n")
            raise
        statements += len(report.statements)
    print(
        f"{texts:,} texts, {statements:,} statements, {refused:,} refused by name, no failure in {options.minutes:g} minutes"
    )


if __name__ == "__main__":
    main()

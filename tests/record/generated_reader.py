"""A reader of reports that tests make: no model, so that workers can load it in no time. One JSON line is a
document.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from generated_reports import make_report

from onrecord.errors import FormatError, NotFoundError, ReportError
from onrecord.types import Document, Failure, Report

MODEL = "en-test@1"


def documents(origin: str) -> Iterator[Document | Failure]:
    """The documents of a JSONL file; a line ``bad`` can't be read."""
    path = Path(origin)
    if not path.is_file():
        yield Failure(origin, NotFoundError(origin, "no such file"))
        return
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            name = f"{origin}#{number}"
            if line.strip() == "bad":
                yield Failure(name, FormatError(name, "expected JSON"))
            else:
                yield Document.of(json.loads(line), origin=name)


def read(document: Document) -> Report:
    """The record of a document of ``Name: words`` lines."""
    if "KILL" in document.text:
        os.kill(os.getpid(), 9)
    if "REFUSE" in document.text:
        raise ReportError("expected something else")
    if "DEEP" in document.text:
        raise RecursionError
    made = make_report(document.text, model=MODEL, origin=document.origin, day=None)
    return Report(document, made.statements, made.speakers, made.claims)


def read_slowly(document: Document) -> Report:
    """The same, a thousandth of a second slower."""
    time.sleep(0.001)
    return read(document)


def load() -> None:
    """Loads all that the command would load late."""
    for name in ("alembic.command", "onrecord.linking", "onrecord.embedding", "onrecord.loaders.containers"):
        importlib.import_module(name)


def pretend() -> None:
    """Puts this reading in the model's place for the command ``onrecord``."""
    import onrecord.ingest

    # Workers get what reads by its name, so that it must be a module's, and not this script's.
    found = importlib.import_module("generated_reader").read_slowly
    onrecord.ingest.read_with_all_cores = onrecord.ingest.read_with_one_core = found
    onrecord.ingest.reader_version = lambda: MODEL


def main() -> None:
    """``generated_reader.py ARGUMENTS...``: the command ``onrecord`` with this reading. It says ``begun`` on standard
    output when all is loaded.
    """
    from onrecord.cli import app

    load()
    pretend()
    print("begun", flush=True)
    app(sys.argv[1:], prog_name="onrecord")


if __name__ == "__main__":
    main()

"""A reader of reports that tests make: no model, so that workers can load it in no time. One JSON line is a
document.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from made import report

from onrecord.errors import FormatError, NotFoundError, RecordError
from onrecord.types import Document, Failure, Record

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


def read(document: Document) -> Record:
    """The record of a document of ``Name: words`` lines."""
    if "KILL" in document.text:
        os.kill(os.getpid(), 9)
    if "REFUSE" in document.text:
        raise RecordError("expected something else")
    if "DEEP" in document.text:
        raise RecursionError
    made = report(document.text, model=MODEL, origin=document.origin, day=None)
    return Record(document, made.statements, made.speakers, made.claims)


def read_slowly(document: Document) -> Record:
    """The same, a thousandth of a second slower."""
    time.sleep(0.001)
    return read(document)


def main() -> None:
    """``reading_made.py URL WORKERS FILE...``: ingests, and says so when it begins."""
    from onrecord.ingest import IngestOptions, ingest
    from onrecord.store import open_store

    url, workers, *files = sys.argv[1:]
    with open_store(url) as store:
        print("begun", flush=True)
        ingest(store, files, documents=documents, read=read_slowly, options=IngestOptions(int(workers)))


if __name__ == "__main__":
    main()

"""``onrecord import``: records from JSON Lines and from brat, back into the record."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.console import SOME_FAILED, say
from onrecord.cli.failing import naming_failures
from onrecord.cli.options import RecordPlace
from onrecord.errors import FormatError, OnRecordError, RecordError
from onrecord.types import Failure, Record


def import_records(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|FOLDER|-...",
            help="Files of `export jsonl` or `read --json` (- is standard input); folders of brat's.",
            show_default=False,
        ),
    ],
    record: RecordPlace = None,
    author: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Whose corrections those in brat are.", show_default=False),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Don't say what was taken in.")] = False,
) -> None:
    """Take records into the record: JSON Lines, or folders that were annotated in brat.

    A record as it was, into a new one:

        onrecord export jsonl --to all.jsonl
        onrecord import all.jsonl --record new.db

    Corrections made in brat: of a report that is in the record, what was changed there is kept as
    corrections, and made again when another model reads the report.

        onrecord export brat --to corrections/
        onrecord import corrections/ --author "M. Falk"

    Exit code: 0 all was taken in; 2 the command line is wrong; 3 some failed: each is named on standard
    error, with its reason.
    """
    from onrecord.export.merging import add_annotated, add_record
    from onrecord.store import open_store

    counts: Counter[str] = Counter()
    with open_store(record) as store, naming_failures() as failures:
        for origin in inputs:
            annotated = Path(origin).is_dir()
            for result in _read(origin):
                if isinstance(result, Record):
                    try:
                        counts[
                            add_annotated(store, result, author=author)
                            if annotated
                            else add_record(store, result)
                        ] += 1
                        failures.tell_due()
                        continue
                    except (RecordError, FormatError) as error:
                        result = Failure(result.document.origin, error)
                counts["failed"] += 1
                failures.tell(result)
        if counts["added"]:
            store.settle()
    if not quiet:
        named = ("added", "corrected", "known", "failed")
        say(", ".join(f"{counts[name]:,} {name}" for name in named if counts[name] or name == "added"))
    if counts["failed"]:
        raise typer.Exit(SOME_FAILED)


def _read(origin: str) -> Iterator[Record | Failure]:
    """The records of a file or folder; a failure where there is none."""
    from onrecord.export import brat_reading, jsonl
    from onrecord.reading.files import opened

    try:
        if os.path.isdir(origin):
            yield from brat_reading.read_folder(Path(origin))
        else:
            with opened(origin) as file:
                yield from jsonl.read(file, origin=origin)
    except OnRecordError as error:
        yield Failure(origin, error)

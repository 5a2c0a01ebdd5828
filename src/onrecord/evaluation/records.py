"""Records to be scored: read now, or made before and kept as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import onrecord
from onrecord.errors import FormatError, NotFoundError, RecordError
from onrecord.types import Failure, Record


def read_or_load(
    texts: Sequence[Path], records: Path | None
) -> tuple[dict[str, Record], tuple[Failure, ...]]:
    """The record of each text by the stem of its origin (the file's name without its ending); and what
    couldn't be read.

    Args:
        texts: the files to read where no records are given.
        records: a file of records, JSON Lines.

    Raises:
        NotFoundError: no such file of records.
        FormatError: a line of it isn't a record.
    """
    if records is not None:
        return {stem_of(record): record for record in load_records(records)}, ()
    found: dict[str, Record] = {}
    failures: list[Failure] = []
    for result in onrecord.read_many([str(path) for path in texts]):
        if isinstance(result, Failure):
            failures.append(result)
        else:
            found[stem_of(result)] = result
    return found, tuple(failures)


def stem_of(record: Record) -> str:
    """The name of the file that a record was read from, without its ending."""
    return Path(record.document.origin).stem


def load_records(path: Path) -> Iterator[Record]:
    """The records of a JSON Lines file, in order; empty lines are passed over.

    Raises:
        NotFoundError: no such file, or it can't be opened.
        FormatError: a line isn't a record; the message has its number.
    """
    number = 0
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                number += 1
                if line.strip():
                    yield Record.from_dict(json.loads(line))
    except OSError as error:
        raise NotFoundError(
            str(path), f"expected a file of records (JSON Lines), found: {error.strerror}"
        ) from error
    except (ValueError, RecursionError, AttributeError, RecordError) as error:
        raise FormatError(
            str(path), f"line {number}: expected a record as `onrecord read --json` prints it ({error})"
        ) from error

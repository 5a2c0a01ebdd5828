"""JSON Lines: a record a line in the shape of the contract "onrecord/1", and back.

Nothing that a record has is lost: what is read back is equal to what was written, lone surrogates included.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, TextIO

from onrecord.errors import FormatError, OnRecordError, RecordError, TooLargeError
from onrecord.export.formats import Refuse
from onrecord.show import json_line
from onrecord.store.rows import validate
from onrecord.types import Failure, Record

LONGEST_LINE = 1 << 29  # bytes

# Two halves of a character, which Python keeps apart and JSON joins.
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_HALVES_ESCAPED = re.compile(r"\\ud[89ab]..\\ud[c-f]..")


def write(records: Iterable[Record], file: TextIO, *, refuse: Refuse) -> None:
    """Writes a record a line; one with a number that JSON can't hold (infinity) is refused."""
    for record in records:
        try:
            line = json_line(record)
            if _HALVES_ESCAPED.search(line) and _has_halves(record):
                raise RecordError(
                    f"{record.document.origin}: JSON would join two halves of a character in it"
                )
        except RecordError as error:
            refuse(Failure(record.document.origin, error))
            continue
        file.write(f"{line}\n")


def _has_halves(record: Record) -> bool:
    return _HALVES.search(json.dumps(record.to_dict(), ensure_ascii=False)) is not None


def read(file: BinaryIO, *, origin: str) -> Iterator[Record | Failure]:
    """Yields the record of each line that isn't blank, a failure in the place of each that isn't one.

    Args:
        file: of bytes, in UTF-8; one line is in memory at a time.
        origin: the name of the file; a line is named ``origin#3``.
    """
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        name = f"{origin}#{number}"
        if len(line) > LONGEST_LINE:
            while not line.endswith(b"\n") and (line := file.readline(LONGEST_LINE)):
                pass
            yield Failure(name, TooLargeError(name, f"expected a line of at most {LONGEST_LINE:,} bytes"))
        elif line.strip():
            yield _record(line, name)


def _record(line: bytes, name: str) -> Record | Failure:
    error: OnRecordError
    try:
        data: Any = json.loads(line.decode("utf-8-sig"))
        if not isinstance(data, dict):
            raise RecordError(f"expected an object, found {type(data).__name__}")
        record = Record.from_dict(data)
        validate(record)
        return record
    except RecordError as refused:
        error = FormatError(name, f"not a record as `export jsonl` writes it: {refused}")
    except RecursionError:
        error = FormatError(name, "expected a record, found JSON nested too deep")
    except ValueError as broken:
        error = FormatError(name, f"expected a record in JSON, found what isn't JSON ({str(broken)[:80]})")
    return Failure(name, error)

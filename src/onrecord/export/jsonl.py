"""JSON Lines: a report a line in the shape of the contract "onrecord/1", and back.

Nothing that a report has is lost: what is read back is equal to what was written, lone surrogates included.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, TextIO

from onrecord.errors import FormatError, OnRecordError, ReportError, TooLargeError
from onrecord.export.formats import OnFailure
from onrecord.loaders.jsonl import TooManyValuesError, check_values, too_many_values
from onrecord.record.rows import validate
from onrecord.render import json_line
from onrecord.types import Failure, Report

LONGEST_LINE = 1 << 27  # bytes: ten times the record of the longest text that is read

# Two halves of a character, which Python keeps apart and JSON joins.
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_HALVES_ESCAPED = re.compile(r"\\ud[89ab]..\\ud[c-f]..")


def write(reports: Iterable[Report], file: TextIO, *, on_failure: OnFailure) -> None:
    """Writes a report a line; one with a number that JSON can't hold (infinity) is refused."""
    for report in reports:
        try:
            line = json_line(report)
            if _HALVES_ESCAPED.search(line) and _has_halves(report):
                raise ReportError(
                    f"{report.document.origin}: JSON would join two halves of a character in it"
                )
        except ReportError as error:
            on_failure(Failure(report.document.origin, error))
            continue
        file.write(f"{line}\n")


def _has_halves(report: Report) -> bool:
    return _HALVES.search(json.dumps(report.to_dict(), ensure_ascii=False)) is not None


def read(file: BinaryIO, *, origin: str) -> Iterator[Report | Failure]:
    """Yields the report of each line that isn't blank, a failure in the place of each that isn't one.

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


def _record(line: bytes, name: str) -> Report | Failure:
    error: OnRecordError
    try:
        check_values(line)
        data: Any = json.loads(line.decode("utf-8-sig"))
        if not isinstance(data, dict):
            raise ReportError(f"expected an object, found {type(data).__name__}")
        report = Report.from_dict(data)
        validate(report)
        return report
    except ReportError as refused:
        error = FormatError(name, f"not a report as `export jsonl` writes it: {refused}")
    except RecursionError:
        error = FormatError(name, "expected a report, found JSON nested too deep")
    except TooManyValuesError:
        error = too_many_values(name)
    except ValueError as broken:
        error = FormatError(name, f"expected a report in JSON, found what isn't JSON ({str(broken)[:80]})")
    return Failure(name, error)

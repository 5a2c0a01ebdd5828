"""Reports to be scored: read now, or made before and kept as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import onrecord
from onrecord.errors import FormatError, NotFoundError, ReportError
from onrecord.types import Failure, Report


def read_or_load_reports(
    texts: Sequence[Path], reports: Path | None
) -> tuple[dict[str, Report], tuple[Failure, ...]]:
    """The report of each text by the stem of its origin (the file's name without its ending); and what
    couldn't be read.

    Args:
        texts: the files to read where no reports are given.
        reports: a file of reports, JSON Lines.

    Raises:
        NotFoundError: no such file of reports.
        FormatError: a line of it isn't a report.
    """
    if reports is not None:
        return {stem_of(report): report for report in load_reports(reports)}, ()
    found: dict[str, Report] = {}
    failures: list[Failure] = []
    for result in onrecord.read_many([str(path) for path in texts]):
        if isinstance(result, Failure):
            failures.append(result)
        else:
            found[stem_of(result)] = result
    return found, tuple(failures)


def stem_of(report: Report) -> str:
    """The name of the file that a report was read from, without its ending."""
    return Path(report.document.origin).stem


def load_reports(path: Path) -> Iterator[Report]:
    """The reports of a JSON Lines file, in order; empty lines are passed over.

    Raises:
        NotFoundError: no such file, or it can't be opened.
        FormatError: a line isn't a report; the message has its number.
    """
    number = 0
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                number += 1
                if line.strip():
                    yield Report.from_dict(json.loads(line))
    except OSError as error:
        raise NotFoundError(
            str(path), f"expected a file of reports (JSON Lines), found: {error.strerror}"
        ) from error
    except (ValueError, RecursionError, AttributeError, ReportError) as error:
        raise FormatError(
            str(path), f"line {number}: expected a report as `onrecord read --json` prints it ({error})"
        ) from error

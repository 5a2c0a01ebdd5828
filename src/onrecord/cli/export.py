"""``onrecord export``: the record in formats that other tools read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from onrecord.cli.console import SOME_FAILED, atomic_writer, is_stdout, plural, refuse_overwriting_input, say
from onrecord.cli.options import (
    AtTarget,
    BySpeaker,
    InForm,
    InPlace,
    InStance,
    OfAct,
    OfPublisher,
    RecordLocation,
    Since,
    Until,
    filtering,
    make_query,
    refuse_empty,
)
from onrecord.cli.written import Force, refuse_other_file
from onrecord.errors import SettingsError
from onrecord.types import Failure, Report

_BYTE_ORDER_MARK = "\ufeff"


def export(
    format_name: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="jsonl, csv, parquet, webannotation, schemaorg, tei or brat.",
            show_default=False,
        ),
    ],
    to: Annotated[
        Path,
        typer.Option(
            "--to", metavar="FILE", help="The file to write, a new folder for brat; - is standard output."
        ),
    ] = Path("-"),
    location: RecordLocation = None,
    words: Annotated[str | None, filtering("--words", about="Has all these words.", metavar="WORDS")] = None,
    speaker: BySpeaker = None,
    target: AtTarget = None,
    act: OfAct = None,
    form: InForm = None,
    stance: InStance = None,
    publisher: OfPublisher = None,
    place: InPlace = None,
    since: Since = None,
    until: Until = None,
    excel: Annotated[
        bool,
        typer.Option(
            "--excel", help="With csv: begin with a byte order mark, without which Excel misreads accents."
        ),
    ] = False,
    force: Force = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Don't say what was written.")] = False,
) -> None:
    """Write the record, or a part of it, in a format that other tools read.

    Everything, as JSON Lines that `onrecord import` takes back:

        onrecord export jsonl --to record.jsonl

    A table of all accusations of one speaker, for pandas, R or a spreadsheet:

        onrecord export parquet --speaker "Ilse Tarnow" --act accuse --to tarnow.parquet
        onrecord export csv --speaker "Ilse Tarnow" --act accuse --to tarnow.csv --excel

    A folder to correct statements in with brat; `onrecord import` takes the corrections back:

        onrecord export brat --to corrections/

    With a filter, reports without a statement that fits are left out. A file is written over only if it is
    an earlier export in the same format, or with --force; a folder must be new or empty.

    Exit code: 0 all was written; 2 the command line is wrong; 3 some reports can't be in the format: each
    is named on standard error, with its reason.
    """
    from onrecord.export import find_format, select_reports
    from onrecord.record import open_for_reading

    chosen = find_format(format_name)
    if excel and chosen.name != "csv":
        raise SettingsError(f"--excel: expected the format csv, found {chosen.name}; leave --excel out")
    refuse_empty("words", words)
    given = {
        "words": words, "speaker": speaker, "target": target, "act": act, "form": form, "stance": stance,
        "publisher": publisher, "place": place, "since": since, "until": until,
    }  # fmt: skip
    filters: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    query = make_query(**filters) if filters else None
    count = _Count()
    with open_for_reading(location) as record:
        refuse_overwriting_input("--to", to, [record.place])
        refuse_other_file("--to", to, chosen.signature, force=force)
        with _target(chosen.target, to) as file:
            if excel:
                file.write(_BYTE_ORDER_MARK)
            chosen.write(count.passing(select_reports(record, query)), file, on_failure=count.on_failure)
    if not quiet:
        say(f"{count}{'' if is_stdout(to) else f'; written to {to}'}")
    if count.failures:
        raise typer.Exit(SOME_FAILED)


class _Count:
    """What was written."""

    def __init__(self) -> None:
        self.reports = self.statements = self.failures = 0

    def passing(self, reports: Iterator[Report]) -> Iterator[Report]:
        for report in reports:
            self.reports += 1
            self.statements += len(report.statements)
            yield report

    def on_failure(self, failure: Failure) -> None:
        self.failures += 1
        say(str(failure))

    def __str__(self) -> str:
        said = f"{plural(self.reports, 'report')}, {plural(self.statements, 'statement')}"
        return f"{said}, {self.failures:,} failed" if self.failures else said


@contextmanager
def _target(kind: str, to: Path) -> Iterator[Any]:
    """What a format is written to; it takes its place only when all is written."""
    if kind == "text":
        with atomic_writer(to) as file:
            yield file
        return
    if is_stdout(to):
        raise SettingsError(
            f"--to: expected a {'folder' if kind == 'folder' else 'file'} for this format; name one"
        )
    if kind == "folder" and to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise SettingsError(f"{to}: expected a new or an empty folder, found one with files; name another")
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    binary: BinaryIO | None = None
    try:
        # What is there of this name already is somebody else's.
        if kind == "folder":
            part.mkdir()
        else:
            binary = part.open("xb")
    except OSError as error:
        raise _not_written(to, error) from error
    try:
        if binary is None:
            yield part
            if to.exists():
                to.rmdir()
        else:
            with binary:
                yield binary
        os.replace(part, to)
    except OSError as error:
        raise _not_written(to, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True) if part.is_dir() else part.unlink(missing_ok=True)


def _not_written(to: Path, error: OSError) -> SettingsError:
    return SettingsError(f"{to}: can't be written: {error.strerror}; choose another place")

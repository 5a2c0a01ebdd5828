"""``onrecord import``: reports from JSON Lines and from brat, back into the record."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.console import FAILED, SOME_FAILED, plural, say
from onrecord.cli.failures import FailurePrinter, print_failures
from onrecord.cli.options import RecordLocation
from onrecord.errors import FormatError, OnRecordError, ReportError, SettingsError
from onrecord.types import Failure, Report

if TYPE_CHECKING:
    from onrecord.export.merging import Plan
    from onrecord.record import Record

_DONE = {"change": "changed", "reject": "rejected", "add": "added"}


def import_reports(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|FOLDER|-...",
            help="Files of `export jsonl` or `read --json` (- is standard input); folders of brat's.",
            show_default=False,
        ),
    ],
    location: RecordLocation = None,
    author: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Whose corrections those in brat are.", show_default=False),
    ] = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help="Of JSON Lines, also take what other models read of reports that are in the record; what "
            "stands there is kept as history.",
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Change the record without asking.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Don't say what was taken in.")] = False,
) -> None:
    """Take reports into the record: JSON Lines, or folders that were annotated in brat.

    Reports as they were, into a new record:

        onrecord export jsonl --to all.jsonl
        onrecord import all.jsonl --record new.db

    Corrections made in brat: of a report that is in the record, what was changed there is kept as
    corrections, and made again when another model reads the report. A statement is rejected only where the
    export held it and somebody took it out:

        onrecord export brat --to corrections/
        onrecord import corrections/ --author "M. Falk"

    What would change of reports that are in the record is said first, by kind, and asked about. To take it
    back:

        onrecord corrections
        onrecord corrections --undo 12-15

    Exit code: 0 all was taken in; 1 the answer was no; 2 the command line is wrong, or there is nobody to ask
    and --yes isn't given; 3 some failed: each is named on standard error, with its reason.
    """
    from onrecord.record import open_record

    files = [origin for origin in inputs if not os.path.isdir(origin)]
    folders = [origin for origin in inputs if os.path.isdir(origin)]
    if replace and not yes and "-" in files:
        raise SettingsError(
            "--replace: standard input can't be read twice, to ask first; give --yes, or name a file"
        )
    counts: Counter[str] = Counter()
    with open_record(location) as record, print_failures() as failures:
        taking = _Taking(record, counts, failures)
        plans = taking.plan(folders, author)
        if not _may_go_on(plans, taking.count_replaced(files) if replace and not yes else Counter(), yes=yes):
            say("nothing was changed")
            raise typer.Exit(FAILED)
        numbers = taking.carry_out(plans)
        taking.take(files, replace_others=replace)
        if counts["added"]:
            record.optimize()
    if not quiet:
        named = ("added", "corrected", "replaced", "known", "failed")
        say(", ".join(f"{counts[name]:,} {name}" for name in named if counts[name] or name == "added"))
        if numbers:
            span = f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else f"{numbers[0]}"
            say(f"to take the corrections back: onrecord corrections --undo {span}")
    if counts["failed"]:
        raise typer.Exit(SOME_FAILED)


class _Taking:
    """An import under way: what comes in is counted, and what fails is named."""

    def __init__(self, record: Record, counts: Counter[str], failures: FailurePrinter) -> None:
        self._record, self._counts, self._failures = record, counts, failures

    def plan(self, folders: Sequence[str], author: str | None) -> list[Plan]:
        """What to do about each report in folders of brat's."""
        from onrecord.export.merging import plan_annotated

        plans = []
        for folder in folders:
            kept = False
            for item in _in_folder(folder):
                if isinstance(item, Failure):
                    self._fail(item)
                    continue
                try:
                    plans.append(plan_annotated(self._record, item, author=author))
                    kept = kept or (item.offered is None and not plans[-1].is_new)
                except (ReportError, FormatError) as error:
                    self._fail(Failure(item.name, error))
            if kept:
                say(
                    f"{folder}: doesn't say which statements were offered for correction, as the .json files of "
                    "`onrecord export brat` do; no statement of the record is rejected for not being in it"
                )
        return plans

    def count_replaced(self, files: Sequence[str]) -> Counter[str]:
        """The reports whose reading the files would replace, and their statements before and after."""
        from onrecord.export.merging import would_replace

        counts: Counter[str] = Counter()
        for report in (item for origin in files for item in _in_file(origin) if isinstance(item, Report)):
            if would_replace(self._record, report) and (held := self._record.get(report.document.id)):
                counts["replaced"] += 1
                counts["before"] += len(held.statements)
                counts["after"] += len(report.statements)
        return counts

    def carry_out(self, plans: Sequence[Plan]) -> list[int]:
        """Does what was planned; returns the numbers of the corrections."""
        numbers = []
        for plan in plans:
            try:
                numbers += plan.carry_out(self._record)
                self._counts["added" if plan.is_new else "corrected" if plan.corrections else "known"] += 1
            except (ReportError, FormatError) as error:
                self._fail(Failure(plan.report.document.origin, error))
        return numbers

    def take(self, files: Sequence[str], *, replace_others: bool) -> None:
        """Takes in the reports of JSON Lines, one in memory at a time."""
        from onrecord.export.merging import add_report

        for origin in files:
            for item in _in_file(origin):
                if isinstance(item, Failure):
                    self._fail(item)
                    continue
                try:
                    self._counts[add_report(self._record, item, replace_others=replace_others)] += 1
                    self._failures.print_due()
                except (ReportError, FormatError) as error:
                    self._fail(Failure(item.document.origin, error))

    def _fail(self, failure: Failure) -> None:
        self._counts["failed"] += 1
        self._failures.add(failure)


def _may_go_on(plans: Sequence[Plan], replaced: Counter[str], *, yes: bool) -> bool:
    """Says what would change of reports that are in the record, and asks; where nothing would, it may go on.

    Raises:
        SettingsError: there is nobody to ask.
    """
    changed = [plan for plan in plans if plan.corrections]
    parts = []
    if changed:
        kinds: Counter[str] = Counter(correction.kind for plan in changed for correction in plan.corrections)
        listed = ", ".join(f"{kinds[kind]:,} {done}" for kind, done in _DONE.items() if kinds[kind])
        parts.append(f"{plural(len(changed), 'report')}, statements: {listed}")
    if replaced:
        parts.append(
            f"the reading of {plural(replaced['replaced'], 'report')} replaced, "
            f"{replaced['before']:,} statements by {replaced['after']:,}"
        )
    if not parts:
        return True
    say(f"this changes the record: {'; '.join(parts)}")
    if yes:
        return True
    if not sys.stdin.isatty():
        raise SettingsError(
            "import: expected a yes to these changes, found no terminal to ask on; give --yes"
        )
    return typer.confirm("Go on?", err=True)


def _in_folder(folder: str) -> Iterator[Any]:
    from onrecord.export import brat_import

    try:
        yield from brat_import.read_folder(Path(folder))
    except OnRecordError as error:
        yield Failure(folder, error)


def _in_file(origin: str) -> Iterator[Report | Failure]:
    """The reports of a file; a failure where there is none."""
    from onrecord.export import jsonl
    from onrecord.loaders.files import open_origin

    try:
        with open_origin(origin) as file:
            yield from jsonl.read(file, origin=origin)
    except OnRecordError as error:
        yield Failure(origin, error)

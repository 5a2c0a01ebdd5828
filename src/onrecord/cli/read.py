"""``onrecord read``: reports in, statements out, as a table, as JSON Lines or as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.console import (
    SOME_FAILED,
    atomic_writer,
    is_stdout,
    plural,
    refuse_overwriting_input,
    say,
    show_progress,
    terminal,
    write_line,
)
from onrecord.cli.failures import FailurePrinter, print_failures, print_skipped
from onrecord.cli.options import (
    ParserMemory,
    ParserSeconds,
    PublicationDay,
    Quiet,
    TextField,
    given_day,
    given_limits,
)
from onrecord.cli.written import PAGE, Force, refuse_other_file
from onrecord.errors import ReportError, SettingsError
from onrecord.render import json_line, print_report, write_page
from onrecord.types import Failure, Report

READS = "en"
"""The language that the shipped model was trained on."""


@dataclass(slots=True)
class _Count:
    """What came through."""

    reports: int = 0
    statements: int = 0
    failures: int = 0

    def __str__(self) -> str:
        parts = [
            plural(self.reports, "report"),
            plural(self.statements, "statement"),
        ]
        if self.failures:
            parts.append(f"{self.failures:,} failed")
        return ", ".join(parts)


def read(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL|-...",
            help="Files (text, HTML, PDF, JSON Lines), folders, patterns, addresses; - is standard input.",
            show_default=False,
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON Lines: one report a document, in the order given.")
    ] = False,
    page: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="FILE",
            help="Write one self-contained page with the marked text of all reports (- for standard output); it asks nothing of the network.",
            show_default=False,
        ),
    ] = None,
    force: Force = False,
    full: Annotated[
        bool,
        typer.Option(
            "--full",
            help="In the table, show long statements whole, all quantities, and why a date is in doubt.",
        ),
    ] = False,
    text_field: TextField = "text",
    date: PublicationDay = None,
    parser_memory: ParserMemory = None,
    parser_seconds: ParserSeconds = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", "-j", min=1, metavar="N", help="Reports to read at once.", show_default="all cores"
        ),
    ] = None,
    width: Annotated[
        int | None,
        typer.Option(
            min=40, max=1000, metavar="N", help="Columns of the table.", show_default="the terminal's"
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Read reports and print every statement in them: who says what, in whose words, in its sentence.

    A row of the table is one statement:

    - **who**: the speaker by the fullest name that the report gives, with a role once; below it “she”, where the name was found elsewhere. Words in quotation marks, *not resolved*, lead to no name; an *unnamed speaker* is one that the report doesn't name. `?` marks a speaker who is unsure: *speaker 0.62, or: Ana Brandt (0.31)* is the probability of this speaker, then others who may be meant.
    - **how**: the cue (*said*, *according to*); whether the words are the speaker's own (direct), the reporter's (indirect) or both (mixed); the statement's score, the probability that its cue and at least half of its content are right, with `?` under one half (it says nothing of the speaker); then, where there is more to say, *negated*, *conditional*, and the reporter's stance: *distanced* (claimed, alleged) or *committed* (noted, admitted).
    - **what**: the statement in its sentence, bright in a terminal and in [brackets] elsewhere; below it what it does, and to whom (accuse → the ministry), with its quantities and dates. Nothing here says that any of it is true.

    Try:

    - `onrecord read report.html` – one report, as a table
    - `onrecord read report.html --html marked.html` – a page for the browser: text and cards side by side; click a name for all that this person says
    - `onrecord read reports/ --json > reports.jsonl` – a folder, for other programs: one report a line, with offsets into the text
    - `onrecord read https://example.org/news/1` – from the web, if you name the address; nothing else is ever sent or fetched
    - `pdftotext briefing.pdf - | onrecord read - --date 2024-03-12` – from another program, with the day that "on Monday" is computed from
    - `onrecord read articles.jsonl --text-field body` – JSON Lines, by the name of the field with the text

    Exit code: 0 all were read; 2 the command line is wrong; 3 some could not be read: each is named on
    standard error, with its reason, and the others are read.
    """
    import onrecord
    from onrecord.loaders.options import LoadOptions
    from onrecord.loaders.origins import expand

    if as_json and page is not None and is_stdout(page):
        raise SettingsError("--json and --html - both want standard output: give the page a file")
    limits = given_limits(parser_memory, parser_seconds)
    options = LoadOptions(published=given_day(date), text_field=text_field, **limits)
    skipped: Counter[str] = Counter()
    origins = list(expand(inputs, skipped=skipped))
    if page is not None:
        refuse_overwriting_input("--html", page, origins)
        refuse_other_file("--html", page, PAGE, force=force)
    if not quiet:
        print_skipped(skipped)
    count = _Count()
    results = onrecord.read_many(origins, workers=workers, options=options)
    with (
        show_progress(results, origins, wanted=not quiet) as seen,
        print_failures() as failures,
    ):
        reports = _read(seen, count, failures, quiet=quiet)
        if as_json:
            reports = _printed_as_json(reports, count)
        if page is not None:
            _write_page(reports, page)
        elif as_json:
            for _ in reports:
                pass
        else:
            _print_tables(reports, full=full, width=width)
    if not quiet and (page is not None or len(origins) > 1):
        say(f"{count}; the page is {page}" if page and not is_stdout(page) else str(count))
    if count.failures:
        raise typer.Exit(SOME_FAILED)


def _read(
    results: Iterable[Report | Failure], count: _Count, failures: FailurePrinter, *, quiet: bool
) -> Iterator[Report]:
    """The reports; failures are named, and counted, as they come."""
    for result in results:
        if isinstance(result, Failure):
            count.failures += 1
            failures.add(result)
            continue
        failures.print_due()
        count.reports += 1
        count.statements += len(result.statements)
        document = result.document
        if document.language not in (None, READS) and not quiet:
            say(
                f"{document.origin}: looks like language {document.language!r}; the model was trained on "
                "English reports, so statements will be missing or wrong"
            )
        yield result


def _printed_as_json(reports: Iterable[Report], count: _Count) -> Iterator[Report]:
    for report in reports:
        try:
            line = json_line(report)
        except ReportError as error:
            count.failures += 1
            count.reports -= 1
            count.statements -= len(report.statements)
            say(str(error))
            continue
        write_line(line)
        yield report


def _write_page(reports: Iterable[Report], page: Path) -> None:
    with atomic_writer(page) as file:
        write_page(reports, file)


def _print_tables(reports: Iterable[Report], *, full: bool, width: int | None) -> None:
    console = terminal(width=width)
    for index, report in enumerate(reports):
        if index:
            console.print()
        print_report(report, console, full=full)
        console.file.flush()

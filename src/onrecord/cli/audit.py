"""``onrecord audit``: how reports are sourced, as text, JSON or a page."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.console import (
    FAILED,
    SOME_FAILED,
    UNKNOWN,
    atomic_writer,
    is_stdout,
    plural,
    refuse_overwriting_input,
    say,
    terminal,
    write_line,
)
from onrecord.cli.options import PublicationDay, Quiet, RecordLocation, TextField, given_day
from onrecord.errors import SettingsError
from onrecord.types import Failure

if TYPE_CHECKING:
    from onrecord.desk.audit import Audit, Rules
    from onrecord.record import Record
    from onrecord.types import Report


def audit(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL|REPORT|-...",
            help="Files, folders, patterns or URLs; or reports of the record by their id or origin.",
            show_default=False,
        ),
    ],
    rules: Annotated[
        list[str] | None,
        typer.Option(
            "--rules",
            metavar="ap|reuters|FILE",
            help="A preset or a TOML file of your own; given twice, the second adds to the first.",
            show_default="default",
        ),
    ] = None,
    report: RecordLocation = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines: one audit a report.")] = False,
    page: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="FILE",
            help="Write a page that prints on two sheets a report.",
            show_default=False,
        ),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            "--fail-on",
            metavar="SEVERITY",
            help="Exit with 1 if there is a finding of this severity or above: note, warning or serious.",
            show_default=False,
        ),
    ] = None,
    date: PublicationDay = None,
    text_field: TextField = "text",
    quiet: Quiet = False,
) -> None:
    """Show how a report is sourced: who is heard and how much, how they know, who isn't named and why.

    Findings follow rules: one voice, accusations without a reply, sources without a name or a reason, quantities
    without a source, dates at odds and more. There is no score, and nothing here says what is true.

    - `onrecord audit report.html` – an audit in the terminal
    - `onrecord audit report.html --rules ap --html audit.html` – after AP's principles, as a page to print
    - `onrecord audit drafts/ --rules ours.toml --fail-on serious` – as a check before publication
    - `onrecord audit report.html --record news.db` – also held against the record: what is worded otherwise there

    Exit code: 0 done; 1 with --fail-on, there is such a finding; 2 the command line or the rules are wrong;
    3 some reports could not be read, the others were audited; 4 the record has no such report.
    """
    from onrecord.desk.audit import SEVERITIES, load_rules
    from onrecord.record import open_for_reading

    if fail_on is not None and fail_on not in SEVERITIES:
        raise SettingsError(f"--fail-on: expected {', '.join(SEVERITIES)}, found {fail_on!r:.40}")
    if as_json and page is not None and is_stdout(page):
        raise SettingsError("--json and --html - both want standard output: give the page a file")
    chosen = load_rules(*(rules or ()))
    if page is not None:
        refuse_overwriting_input("--html", page, [*inputs, *(rules or ())])
    failures: list[str] = []
    held = open_for_reading(report) if report is not None or _names_reports(inputs) else None
    against = report is not None or os.environ.get("ONRECORD_URL") is not None
    with held if held is not None else nullcontext():
        reports = _reports(inputs, held, failures, date=date, text_field=text_field)
        audits = _audited(reports, chosen, held if against else None)
        worst = _show(audits, as_json=as_json, page=page)
    if not quiet and page is not None and not is_stdout(page):
        say(f"{plural(len(worst), 'report')} audited; the page is {page}")
    if failures:
        raise typer.Exit(SOME_FAILED)
    if fail_on is not None and any(
        one is not None and SEVERITIES.index(one) >= SEVERITIES.index(fail_on)  # type: ignore[arg-type]
        for one in worst
    ):
        raise typer.Exit(FAILED)


def _is_path(name: str) -> bool:
    return name == "-" or "://" in name or any(char in name for char in "*?[") or os.path.lexists(name)


def _names_reports(inputs: Sequence[str]) -> bool:
    return not all(map(_is_path, inputs))


def _reports(
    inputs: Sequence[str],
    held: Record | None,
    failures: list[str],
    *,
    date: str | None,
    text_field: str,
) -> Iterator[Report]:
    """The reports, read or out of the record, in the order given; failures are named as they come."""
    import onrecord
    from onrecord.loaders.options import LoadOptions

    options = LoadOptions(published=given_day(date), text_field=text_field)
    for name in inputs:
        if held is not None and not _is_path(name):
            yield _named(held, name)
            continue
        for result in onrecord.read_many([name], options=options):
            if isinstance(result, Failure):
                failures.append(result.origin)
                say(str(result))
            else:
                yield result


def _named(held: Record, name: str) -> Report:
    from onrecord.record.document_lookup import find_documents_by_name

    found = held.get(name)
    if found is None:
        with held.read_connection() as connection:
            summaries = find_documents_by_name(connection, name, limit=2)
        if len(summaries) > 1:
            raise SettingsError(f"{name}: expected one report, found several; give more of the id")
        found = held.get(summaries[0].id) if summaries else None
    if found is None:
        say(f"{name}: expected a file or a report of the record, found neither; check the name")
        raise typer.Exit(UNKNOWN)
    return found


def _audited(reports: Iterable[Report], rules: Rules, record: Record | None) -> Iterator[Audit]:
    from onrecord.desk.audit import audit_report

    for report in reports:
        yield audit_report(report, rules=rules, record=record)


def _show(audits: Iterable[Audit], *, as_json: bool, page: Path | None) -> list[str | None]:
    """Show audits as asked for; returns the worst severity of each."""
    worst: list[str | None] = []
    if page is not None:
        from onrecord.desk.audit.page import write_audit_page

        with atomic_writer(page) as file:
            write_audit_page(_noted(audits, worst, as_json=as_json), file)
        return worst
    if as_json:
        for _ in _noted(audits, worst, as_json=True):
            pass
        return worst
    from onrecord.desk.audit.table import print_audit

    console = terminal()
    for number, one in enumerate(_noted(audits, worst, as_json=False)):
        if number:
            console.print()
        print_audit(one, console)
        console.file.flush()
    return worst


def _noted(audits: Iterable[Audit], worst: list[str | None], *, as_json: bool) -> Iterator[Audit]:
    for one in audits:
        worst.append(one.worst())
        if as_json:
            write_line(json.dumps(one.to_dict()))
        yield one

"""``onrecord verify``: has somebody said this?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from onrecord.cli.console import (
    FAILED,
    atomic_writer,
    indent_after_label,
    is_stdout,
    refuse_overwriting_input,
    say,
    terminal,
    write_line,
)
from onrecord.cli.options import BySpeaker, Json, OfPublisher, RecordLocation, filtering
from onrecord.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from onrecord.desk.draft import CheckedDraft
    from onrecord.desk.verdict import Verdict
    from onrecord.desk.verdict_lines import Line
    from onrecord.desk.verify import Asked
    from onrecord.record import Record


def verify(
    quotation: Annotated[
        str | None,
        typer.Argument(metavar="[QUOTATION]", help="The words, two at least.", show_default=False),
    ] = None,
    file: Annotated[
        str | None,
        typer.Option(
            "--file",
            metavar="DRAFT|-",
            help="Check every quotation and attributed claim in a draft: text, Markdown, HTML, PDF or Word.",
            show_default=False,
        ),
    ] = None,
    speaker: BySpeaker = None,
    since: Annotated[
        str | None,
        filtering("--from", about="Said on this day, or in this month or year, or later.", metavar="DATE"),
    ] = None,
    until: Annotated[
        str | None,
        filtering(
            "--to", "--until", about="Said on this day, in this month or year, or earlier.", metavar="DATE"
        ),
    ] = None,
    publisher: OfPublisher = None,
    page: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="FILE",
            help="With --file: write the draft as a page with each quotation marked.",
            show_default=False,
        ),
    ] = None,
    location: RecordLocation = None,
    as_json: Json = False,
) -> None:
    """Check whether somebody has said this, in these words.

    The words are compared one by one with every text in the record; speaker, days and outlet are matched
    apart from them, so that you see which of them doesn't fit:

        onrecord verify "Silence is not a policy." --speaker Brandt --from 2024-03

    The verdict is about the record, not about truth: *exact*, *shortened* (an ellipsis marks the cut),
    *altered*, *other speaker*, *same meaning*, or *not found* with the nearest statements.

    Every quotation in a draft, before it is published:

        onrecord verify --file draft.docx --html checked.html

    Exit code: 0 all is found as given; 1 something is altered, shortened, by another speaker or not found;
    2 the command line is wrong.
    """
    from onrecord.desk.verify import Asked
    from onrecord.record import open_for_reading

    if (quotation is None) == (file is None):
        raise SettingsError("verify: expected a quotation or --file DRAFT; give one of them")
    if page is not None and file is None:
        raise SettingsError(
            "--html: expected --file DRAFT with it; the page is the draft with its quotations marked"
        )
    if page is not None and is_stdout(page) and as_json:
        raise SettingsError("--json and --html - both want standard output: give the page a file")
    asked = Asked(speaker, since, until, publisher)
    with open_for_reading(location) as record:
        if quotation is not None:
            fine = _verify_one(record, quotation, asked, as_json=as_json)
        else:
            if page is not None and file is not None:
                refuse_overwriting_input("--html", page, [file])
            fine = _verify_draft(record, str(file), asked, page, as_json=as_json)
    if not fine:
        raise typer.Exit(FAILED)


def _verify_one(record: Record, quotation: str, asked: Asked, *, as_json: bool) -> bool:
    from onrecord.desk.verdict_lines import verdict_lines
    from onrecord.desk.verify import find_embed
    from onrecord.desk.verify import verify as verify_quotation

    verdict = verify_quotation(record, quotation, asked=asked, embed=find_embed(record))
    if as_json:
        write_line(json.dumps(verdict.to_dict(), ensure_ascii=False))
    else:
        _print_lines(verdict_lines(verdict, asked), terminal())
    return verdict.as_given


def _print_lines(lines: Iterable[Line], console: Console) -> None:
    from onrecord.desk.verdict_lines import LINK

    for line in lines:
        if line.style == LINK:
            console.print(Text(f"{' ' * line.indent}{line.text}", "dim"), soft_wrap=True)
            continue
        for part in indent_after_label(Text(line.text, line.style), Text(" " * line.indent), console):
            console.print(part)


def _verify_draft(record: Record, file: str, asked: Asked, page: Path | None, *, as_json: bool) -> bool:
    from onrecord.desk.draft import check_draft, load_draft
    from onrecord.desk.draft_page import write_draft_page
    from onrecord.desk.verify import find_embed
    from onrecord.ingest import load_pipeline

    report = load_pipeline(None).read(load_draft(file))
    checked = check_draft(record, report, asked=asked, embed=find_embed(record))
    if page is not None:
        with atomic_writer(page) as target:
            write_draft_page(checked, target)
    if as_json:
        for verdict in checked.verdicts:
            write_line(json.dumps(verdict.to_dict(), ensure_ascii=False))
    elif page is None or not is_stdout(page):
        _print_table(checked, asked)
    say(_summary(checked, page))
    return checked.as_given


def _print_table(checked: CheckedDraft, asked: Asked) -> None:
    from onrecord.desk.verdict_lines import verdict_lines

    console = terminal()
    for number, verdict in enumerate(checked.verdicts, start=1):
        place = f"{number}. {verdict.speaker or 'no speaker'}: {_shown(verdict)}"
        _print_lines([_line(place)], console)
        lines = [line._replace(indent=line.indent + 3) for line in verdict_lines(verdict, asked)]
        _print_lines(lines if not verdict.as_given else lines[:1], console)


def _line(text: str) -> Line:
    from onrecord.desk.verdict_lines import Line

    return Line(text)


def _shown(verdict: Verdict) -> str:
    from onrecord.render.safe_text import one_line

    words = one_line(verdict.quote)
    return words if len(words) <= 160 else f"{words[:160]} …"


def _summary(checked: CheckedDraft, page: Path | None) -> str:
    counts: dict[str, int] = {}
    for verdict in checked.verdicts:
        name = (verdict.verdict or "too short").replace("_", " ")
        counts[name] = counts.get(name, 0) + 1
    told = (
        ", ".join(f"{count} {name}" for name, count in counts.items()) or "no quotation, no attributed claim"
    )
    return f"{checked.document.origin}: {told}" + (
        f"; the page is {page}" if page and not is_stdout(page) else ""
    )

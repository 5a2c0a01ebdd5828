"""``onrecord evaluate``: scores against gold annotations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from onrecord.cli.console import SOME_FAILED, say, terminal, write_line
from onrecord.evaluation import MEASURES, Evaluation, measure_of
from onrecord.render import one_line


def evaluate(
    measure: Annotated[
        str, typer.Argument(metavar="MEASURE", help=f"One of: {', '.join(MEASURES)}.", show_default=False)
    ],
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD...", help="The gold files or folders.", show_default=False)
    ],
    reports: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Score these reports (JSON Lines) instead of reading the gold's texts.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score what is found against gold annotations.

    Statements against attributions in brat's format, a folder with `text/*.txt` and
    `attributions/*_ANNOTATOR.ann`:

        onrecord evaluate statements gold/dev

    The same for reports made before, on another machine or by another version:

        onrecord evaluate statements gold/dev --reports reports.jsonl --json

    What statements say, on the gold's own texts: roots of events (PLOVER's TSV), quantities (NewsQuant's JSON), dates and
    times (a folder of TimeML), places (GeoWebNews' XML):

        onrecord evaluate acts plover.tsv
        onrecord evaluate quantities newsquant.json
        onrecord evaluate times tempeval/
        onrecord evaluate places geowebnews.xml --json

    Exit code: 0 done; 2 the gold or the reports aren't what they should be; 3 some texts could not be read
    and count as empty.
    """
    evaluation = measure_of(measure)(gold, reports)
    for failure in evaluation.failures:
        say(str(failure))
    if as_json:
        write_line(json.dumps(evaluation.to_dict()))
    else:
        _print(evaluation)
    if evaluation.failures:
        raise typer.Exit(SOME_FAILED)


def _print(evaluation: Evaluation) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 3, 0, 0))
    table.add_column(evaluation.measure)
    for name in ("precision", "recall", "F1 or share", "measured on"):
        table.add_column(name, justify="right")
    for score in evaluation.scores:
        parts = ["" if part is None else f"{part:.2f}" for part in (score.precision, score.recall)]
        table.add_row(score.name, *parts, Text(f"{score.value:.2f}", "bold"), f"{score.count:,}")
    terminal().print(table)
    for note in evaluation.notes:
        say(one_line(note))

"""``onrecord track``: what was said of a quantity over time, and who contradicts whom."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.console import say, terminal, write_line
from onrecord.cli.options import (
    BySpeaker,
    Json,
    RecordLocation,
    Since,
    Until,
    filtering,
    named_as_options,
    refuse_empty,
)
from onrecord.errors import SettingsError


def track(
    words: Annotated[
        str, typer.Argument(metavar="[WORDS]", help="Words that the statements have.", show_default=False)
    ] = "",
    speaker: BySpeaker = None,
    of: Annotated[
        str | None, filtering("--of", about="What is counted: people, jobs, dead …", metavar="WORDS")
    ] = None,
    unit: Annotated[
        str | None, filtering("--unit", about="What it is measured in: percent, USD, tonne …", metavar="UNIT")
    ] = None,
    as_of: Annotated[
        str | None,
        filtering("--as-of", about="Only what had been published by this day.", metavar="YYYY-MM-DD"),
    ] = None,
    since: Since = None,
    until: Until = None,
    chart: Annotated[
        Path | None,
        typer.Option(
            "--chart",
            metavar="FILE",
            help="Draw the longest series and those that count the same, SVG or PNG; the table goes beside it as CSV.",
            show_default=False,
        ),
    ] = None,
    alone: Annotated[bool, typer.Option("--all", help="Print series of a single value, too.")] = False,
    report: RecordLocation = None,
    as_json: Json = False,
) -> None:
    """Follow quantities through the record: who gave which number when, and what became of it.

    A series is what one speaker said of one thing. Each value is *first*, *repeated*, *rounded*, *updated*,
    *corrected*, *contradicted* or of *other scope*, with the reason and what would make that wrong. Two dates are
    kept apart: the day a value is about and the day it was said. Near-duplicates of a report count once.

    - `onrecord track "ferry fire"` – tolls and costs, by speaker
    - `onrecord track unemployment --unit percent --chart rate.svg` – drawn, with its table in rate.csv
    - `onrecord track "ferry fire" --as-of 2024-03-02` – what could be known on that day

    Exit code: 0 done; 2 the command line is wrong.
    """
    from onrecord.desk.track import Asked, track_record
    from onrecord.record import open_for_reading

    for option, value in (("speaker", speaker), ("of", of), ("unit", unit)):
        refuse_empty(option, value)
    if not (words.strip() or speaker or of or unit):
        raise SettingsError(
            "track: expected words, --speaker, --of or --unit, found none; say what to follow"
        )
    with named_as_options():
        asked = Asked(
            words=words,
            speaker=speaker,
            of=of,
            unit="percent" if unit == "%" else unit,
            as_of=as_of,
            since=since,
            until=until,
        )
    with open_for_reading(report) as record, named_as_options():
        found = track_record(record, asked)
    if chart is not None:
        from onrecord.desk.track.chart import draw_chart

        drawn = draw_chart(found, chart)
        say(f"{sum(len(one.points) for one in drawn):,} values of {len(drawn):,} series are in {chart}")
    if as_json:
        write_line(json.dumps(found.to_dict()))
    elif chart is None:
        from onrecord.desk.track.table import print_track

        print_track(found, terminal(), alone=alone)

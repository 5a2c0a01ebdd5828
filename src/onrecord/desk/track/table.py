"""A track for the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from onrecord.desk.track.values import Contradiction, Point, Track
from onrecord.desk.track.words import STEPS, heading_of, value_of
from onrecord.render.safe_text import one_line

_MOST_SERIES = 12
_MOST_CONTRADICTIONS = 20
_SHOWN = {"contradicted": "bold red", "corrected": "yellow"}


def print_track(track: Track, console: Console, *, alone: bool = False) -> None:
    """Print the series and the contradictions of a track.

    Args:
        alone: show series of a single value, too.
    """
    if track.as_of:
        console.print(f"As of {track.as_of}: nothing that was said later counts.")
    shown = [series for series in track.series if alone or len(series.points) > 1]
    for series in shown[:_MOST_SERIES]:
        console.print(Text(heading_of(series), "bold"))
        for point in series.points:
            _print_point(point, series.unit, console)
        console.print()
    left = len(track.series) - min(len(shown), _MOST_SERIES)
    if left:
        console.print(f"{left:,} more series, most of one value; --json lists them.")
    if track.contradictions:
        console.print()
        console.print(Text("Statements that can’t both hold", "bold"))
        for one in track.contradictions[:_MOST_CONTRADICTIONS]:
            _print_contradiction(one, console)
        if (more := len(track.contradictions) - _MOST_CONTRADICTIONS) > 0:
            console.print(f"{more:,} more; --json lists them.")
    if not track.series and not track.contradictions:
        console.print("No quantity that somebody is quoted for, and no contradiction.")


def _print_point(point: Point, unit: str | None, console: Console) -> None:
    about = f"about {point.about}" if point.about else ""
    head = f"  {point.said or 'no date':<11}{value_of(point, unit):<22} {about:<17}"
    line = Text.assemble(head, (f"{STEPS[point.step]:<13}", _SHOWN.get(point.step, "")))
    where = one_line(point.publisher or point.origin)
    line.append(f"{where}", "dim")
    if point.copies:
        line.append(f" and {len(point.copies):,} near-duplicates", "dim")
    console.print(line, overflow="fold")
    if point.step not in ("first", "repeated"):
        reason = one_line(point.because) + (f" (unless {one_line(point.unless)})" if point.unless else "")
        for part in Text(reason, "dim").wrap(console, max(20, console.width - 15)):
            console.print(Text(" " * 13).append(part))


def _print_contradiction(one: Contradiction, console: Console) -> None:
    console.print(f"  {one.kind}: {one_line(one.because)}")
    for speaker, day, span in zip(one.speakers, one.said, one.spans, strict=True):
        words = one_line(span.text)
        line = f"{day or 'no date'}  {one_line(speaker or 'somebody')}: “{words[:160]}{'…' if len(words) > 160 else ''}”"
        for part in Text(line).wrap(console, max(20, console.width - 4)):
            console.print(Text("    ").append(part))
    console.print(Text(f"    unless {one_line(one.unless)}", "dim"))

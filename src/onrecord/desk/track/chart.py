"""A track as a chart: readable in print and without colour, with a title, a description and its table beside it.

Series differ by marker and line style, and each is labelled where it ends. A value with bounds has a bar from the
one to the other; an open bound has an arrow. Drawn by matplotlib's ``Figure`` without its global state.
"""

from __future__ import annotations

import csv
import datetime
import html
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onrecord.desk.track.values import Point, Series, Track
from onrecord.desk.track.words import STEPS, heading_of, middle, value_of
from onrecord.errors import SettingsError
from onrecord.privacy import keep_chart_cache_in_own_folder
from onrecord.render.safe_text import one_line

SUFFIXES = (".svg", ".png")
MOST_SERIES = 6
"""More lines than these can't be told apart in print."""

_STYLES = (
    ("o", "-", "#123f6b"),
    ("s", "--", "#9c3f14"),
    ("^", "-.", "#4f6b1c"),
    ("D", ":", "#6b5b95"),
    ("v", (0, (5, 1, 1, 1, 1, 1)), "#7d6010"),
    ("P", (0, (1, 1)), "#444444"),
)
_MARKED = {"corrected": "corrected", "contradicted": "contradicted", "other_scope": "other scope"}


def drawn(track: Track) -> tuple[Series, ...]:
    """The series that a chart shows: of the unit and count that most values have, with a day for each value."""
    dated = [_dated(series) for series in track.series]
    dated = [series for series in dated if series.points]
    if not dated:
        return ()
    first = max(dated, key=lambda series: len(series.points))
    same = [series for series in dated if (series.unit, series.of) == (first.unit, first.of)]
    return tuple(sorted(same, key=lambda series: -len(series.points))[:MOST_SERIES])


def draw_chart(track: Track, path: Path, *, title: str | None = None) -> tuple[Series, ...]:
    """Draw a track into a file, SVG or PNG by its ending, and its table beside it as ``.csv``.

    Args:
        title: the heading; by default what is counted.

    Returns:
        The series that are drawn: those that count the same as the longest one, six at most.

    Raises:
        SettingsError: another ending, nothing to draw, or a file that can't be written.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise SettingsError(f"--chart: expected a file that ends in .svg or .png, found {path.name!r:.80}")
    series = drawn(track)
    if not series:
        raise SettingsError("--chart: expected values with a day to draw, found none; ask for something else")
    heading = title or _title(series)
    described = describe(series)
    data = _rendered(series, heading, described, path.suffix.lower().lstrip("."))
    try:
        path.write_bytes(data)
        path.with_suffix(".csv").write_text(table_of(series), encoding="utf-8", newline="")
    except OSError as error:
        raise SettingsError(f"{path}: can't be written: {error.strerror}; choose another file") from error
    return series


def describe(series: Sequence[Series]) -> str:
    """A chart in words: for each series its first and last value, and what was corrected or contradicted."""
    parts = []
    for one in series:
        first, last = one.points[0], one.points[-1]
        told = f"{heading_of(one)}: {value_of(first)} on {first.said}"
        if len(one.points) > 1:
            told += f", {value_of(last)} on {last.said}, {len(one.points)} values"
        marked = [f"{STEPS[point.step]} on {point.said}" for point in one.points if point.step in _MARKED]
        parts.append(told + (f"; {', '.join(marked)}" if marked else ""))
    return ". ".join(parts) + "."


def table_of(series: Sequence[Series]) -> str:
    """The values of a chart as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["speaker", "of", "unit", "said", "about", "value", "low", "high", "step", "because", "report"]
    )
    for one in series:
        for point in one.points:
            row = [one.speaker, one.of, one.unit, point.said, point.about, point.value, point.low, point.high,
                   point.step, point.because, point.origin]  # fmt: skip
            writer.writerow([_cell(value) for value in row])
    return out.getvalue()


def _cell(value: object) -> object:
    """A value for a table program: a text that would be a formula there is led by an apostrophe."""
    if not isinstance(value, str):
        return value
    text = one_line(value)
    return f"'{text}" if text[:1] in "=+-@" else text


def _dated(series: Series) -> Series:
    points = tuple(point for point in series.points if _day(point.said) and middle(point) is not None)
    return Series(series.of, series.unit, series.speaker, points)


def _day(said: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat((said or "")[:10])
    except ValueError:
        return None


def _title(series: Sequence[Series]) -> str:
    return heading_of(series[0]).rpartition(", said by ")[0]


def _rendered(series: Sequence[Series], title: str, described: str, kind: str) -> bytes:
    keep_chart_cache_in_own_folder()  # before matplotlib is imported
    import matplotlib
    from matplotlib.figure import Figure

    settings: dict[Any, Any] = {
        "svg.fonttype": "path",
        "svg.hashsalt": "onrecord",
        "font.family": "DejaVu Sans",
        "text.parse_math": False,  # a dollar sign in a name opens no formula
    }
    with matplotlib.rc_context(settings):
        figure = Figure(figsize=(8, 4.5), layout="constrained")
        axes = figure.add_subplot()
        for one, (marker, style, colour) in zip(series, _STYLES, strict=False):
            _draw(axes, one, marker, style, colour)
        _label_ends(axes, series)
        _finish(axes, title, series)
        out = io.BytesIO()
        metadata = (
            {"Title": one_line(title), "Description": one_line(described), "Date": None}
            if kind == "svg"
            else {"Title": _latin(title), "Description": _latin(described)}
        )
        figure.savefig(out, format=kind, dpi=160, metadata=metadata)
    return _with_words(out.getvalue(), title, described) if kind == "svg" else out.getvalue()


def _draw(axes: Any, one: Series, marker: str, style: Any, colour: str) -> None:
    days = [_day(point.said) for point in one.points]
    values = [middle(point) for point in one.points]
    axes.plot(days, values, linestyle=style, color=colour, linewidth=1.4, zorder=2)
    for point, day, value in zip(one.points, days, values, strict=True):
        filled = point.step not in _MARKED
        axes.plot([day], [value], marker=marker, color=colour, markersize=7, linestyle="none",
                  markerfacecolor=colour if filled else "white", zorder=3)  # fmt: skip
        _draw_bounds(axes, point, day, value, colour)
        if (label := _MARKED.get(point.step)) is not None:
            axes.annotate(
                label,
                (day, value),
                xytext=(0, 9),
                textcoords="offset points",
                fontsize=8,
                ha="center",
                color="#333333",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1, "alpha": 0.85},
                zorder=4,
            )


def _draw_bounds(axes: Any, point: Point, day: Any, value: Any, colour: str) -> None:
    if point.low is not None and point.high is not None and point.low != point.high:
        axes.vlines(day, point.low, point.high, color=colour, linewidth=1)
    elif point.comparison in ("over", "under"):
        up = 16 if point.comparison == "over" else -16
        axes.annotate("", (day, value), xytext=(0, up), textcoords="offset points",
                      arrowprops={"arrowstyle": "<-", "color": colour, "linewidth": 1})  # fmt: skip


def _label_ends(axes: Any, series: Sequence[Series]) -> None:
    """The speaker beside the last value of each series; labels that would overlap are moved apart."""
    ends = sorted(((middle(one.points[-1]) or 0.0, number) for number, one in enumerate(series)))
    low = min(middle(point) or 0.0 for one in series for point in one.points)
    high = max(middle(point) or 0.0 for one in series for point in one.points)
    room = (high - low) / 14 or 1.0
    at: float | None = None
    for value, number in ends:
        one = series[number]
        place = value if at is None else max(value, at + room)
        at = place
        axes.annotate(
            one_line((one.speaker or "somebody")[:40]),
            (_day(one.points[-1].said), value),
            xytext=(10, (place - value) / room * 12),
            textcoords="offset points",
            fontsize=9,
            va="center",
            color=_STYLES[number][2],
        )


def _finish(axes: Any, title: str, series: Sequence[Series]) -> None:
    from matplotlib import dates
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    locators: Any = dates  # its functions have no types

    axes.set_title(one_line(title), loc="left", fontsize=12, fontweight="bold")
    axes.set_xlabel("day on which it was said", fontsize=9)
    axes.set_ylabel(one_line(series[0].unit or "number"), fontsize=9)
    locator = locators.AutoDateLocator(minticks=2, maxticks=8)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: f"{locators.num2date(value):%d %b\n%Y}".lstrip("0"))
    )
    if series[0].unit is None:
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: f"{value:,.6g}" if abs(value) < 1e6 else _large(value))
    )
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    axes.margins(x=0.18, y=0.18)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(labelsize=9)


def _large(value: float) -> str:
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:g} {name}"
    return f"{value:g}"


def _latin(text: str) -> str:
    """The words as a PNG holds them."""
    return one_line(text).encode("latin-1", "replace").decode("latin-1")


def _with_words(data: bytes, title: str, described: str) -> bytes:
    """An SVG with its title and description as its first elements, where screen readers look for them."""
    text = data.decode("utf-8")
    opening = re.search(r"<svg\b[^>]*>", text)
    assert opening is not None
    named = opening[0][:-1] + ' role="img" aria-labelledby="chart-title chart-description">'
    words = (
        f'\n <title id="chart-title">{html.escape(one_line(title))}</title>'
        f'\n <desc id="chart-description">{html.escape(one_line(described))}</desc>'
    )
    return (text[: opening.start()] + named + words + text[opening.end() :]).encode("utf-8")

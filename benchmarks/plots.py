"""Pictures of measurements as SVG, without a plotting library."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 360, 280, 52, 34, 26, 40
COLOURS = {
    "word search": "#1b6ca8",
    "speaker page": "#c0582b",
    "quote lookup": "#3c8d40",
    "filtered search": "#7a4fa3",
}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
LIMIT_MS = 100.0
FROM_MS, TO_MS = 0.5, 400.0


def draw_growth(results: Sequence[Mapping[str, Any]]) -> str:
    """The 95th percentile of the times of each kind of search against the number of reports, a panel for each
    database; both axes logarithmic.
    """
    kinds = sorted({result["kind"] for result in results}, reverse=True)
    counts = sorted({result["reports"] for result in results})
    panels = [
        _panel(kind, place, counts, [item for item in results if item["kind"] == kind])
        for place, kind in enumerate(kinds)
    ]
    width, height = WIDTH * len(kinds), HEIGHT + 44
    legend = "".join(
        f'<circle cx="{LEFT + place % 2 * 150}" cy="{HEIGHT + 10 + place // 2 * 18}" r="4" fill="{colour}"/>'
        f'<text x="{LEFT + 8 + place % 2 * 150}" y="{HEIGHT + 14 + place // 2 * 18}">{name}</text>'
        for place, (name, colour) in enumerate(COLOURS.items())
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11" '
        f'fill="#333"><title>95th percentile of search times as a record grows</title>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{"".join(panels)}{legend}</svg>\n'
    )


def _panel(kind: str, place: int, counts: Sequence[int], results: Sequence[Mapping[str, Any]]) -> str:
    first, last = math.log10(counts[0]), math.log10(counts[-1])

    def across(count: int) -> float:
        share = (math.log10(count) - first) / ((last - first) or 1)
        return place * WIDTH + LEFT + share * (WIDTH - LEFT - RIGHT)

    def up(value: float) -> float:
        share = math.log10(min(max(value, FROM_MS), TO_MS) / FROM_MS) / math.log10(TO_MS / FROM_MS)
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    left, right = across(counts[0]), across(counts[-1])
    parts = [
        f'<text x="{left:.0f}" y="18" font-size="13">{NAMES[kind]}: 95th percentile, ms, by reports</text>'
    ]
    for value in (1, 3, 10, 30, 100, 300):
        style = 'stroke="#b00" stroke-dasharray="4 3"' if value == LIMIT_MS else 'stroke="#ddd"'
        parts.append(
            f'<line x1="{left:.1f}" x2="{right:.1f}" y1="{up(value):.1f}" y2="{up(value):.1f}" {style}/>'
        )
        parts.append(f'<text x="{left - 8:.1f}" y="{up(value) + 4:.1f}" text-anchor="end">{value}</text>')
    for count in counts:
        parts.append(
            f'<text x="{across(count):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{count:,}</text>'
        )
    for name, colour in COLOURS.items():
        ordered = sorted(results, key=lambda item: int(item["reports"]))
        points = [(across(item["reports"]), up(item["searches_ms"][f"= {name}"]["p95"])) for item in ordered]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="1.8"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
    return "".join(parts)

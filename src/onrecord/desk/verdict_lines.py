"""A verdict as lines for a terminal."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from onrecord.desk.matching import NOBODY, Asked
from onrecord.desk.verdict import Difference, Finding, Printing, Searched, Verdict
from onrecord.render.safe_text import one_line

MOST_FINDINGS = 8
_LONGEST = 400  # characters of words that are shown

SAYS = {
    "exact": "these words are in the record as given",
    "shortened": "words are left out, and the ellipsis says so",
    "altered": "the record has these words otherwise",
    "other_speaker": "somebody else is on record with these words",
    "same_meaning": "the record has the same in other words",
    "not_found": "the record doesn't have these words",
    None: "too short to verify",
}


LINK = "link"
"""The style of a line that is an address: it is never broken."""


class Line(NamedTuple):
    """A line to print: columns to indent it by, and a style of the terminal."""

    text: str
    indent: int = 0
    style: str = ""


def verdict_lines(verdict: Verdict, asked: Asked = NOBODY) -> Iterator[Line]:
    """Yields the lines that tell a verdict: what it is, the findings, the history, and what was searched."""
    asked = replace(asked, speaker=verdict.speaker)
    name = (verdict.verdict or "too_short").replace("_", " ")
    yield Line(f"{name}: {SAYS[verdict.verdict]}", style="bold")
    if verdict.doubt:
        yield Line(f"in doubt: {one_line(verdict.doubt)}", 2)
    for finding in verdict.findings[:MOST_FINDINGS]:
        yield from _finding_lines(finding, verdict, asked)
    if (more := len(verdict.findings) - MOST_FINDINGS) > 0:
        yield Line(f"and {more} more; --json lists them", 2)
    if len(verdict.history) > 1:
        yield Line("in print, oldest first:", 2)
        before: Printing | None = None
        for printing in verdict.history:
            yield from _printing_lines(printing, before)
            before = printing
    if verdict.nearest:
        yield Line("nearest, and not these words:", 2)
        for finding in verdict.nearest:
            yield Line(_shown(finding.span.text), 4)
            yield Line(_place(finding), 6, "dim")
    if verdict.verdict is not None:
        yield Line(_searched(verdict.searched), 2, "dim")


def _finding_lines(finding: Finding, verdict: Verdict, asked: Asked) -> Iterator[Line]:
    yield Line(f"{finding.kind.replace('_', ' ')}: {_place(finding)}", 2)
    yield Line(f"“{_shown(finding.span.text)}”", 4)
    for difference in finding.differences:
        yield Line(told_difference(difference, verdict.quote, finding), 4)
    for note in (*finding.because, *mismatches(finding, asked)):
        yield Line(one_line(note), 4)
    if finding.url:
        yield Line(one_line(finding.url), 4, LINK)


def _place(finding: Finding) -> str:
    who = finding.speaker or (f"“{finding.source}”" if finding.source else "speaker not resolved")
    kind = "transcript" if finding.primary else "report"
    if finding.time_code:
        kind += f" at {finding.time_code}"
    outlet = finding.publisher or finding.title or finding.origin
    return one_line(", ".join((who, outlet, finding.date or "no day", kind)))


def told_difference(difference: Difference, quote: str, finding: Finding) -> str:
    """A difference in words: "the record: 40,000; yours: 60,000 (quantity)"."""
    theirs = _part(difference.theirs, finding.span.start, finding.span.text)
    yours = _part(difference.yours, 0, quote)
    changes = f" ({difference.changes})" if difference.changes else ""
    if theirs is None and difference.theirs is not None:
        return f"words left out before or after it{changes}"
    return f"the record: {theirs or '–'}; yours: {yours or '–'}{changes}"


def _part(side: tuple[int, int] | None, start: int, text: str) -> str | None:
    if side is None or side[0] < start or side[1] > start + len(text):
        return None
    return _shown(text[side[0] - start : side[1] - start])


def mismatches(finding: Finding, asked: Asked) -> Iterator[str]:
    """Yields who, when and where, as far as a report has them otherwise than they were asked for."""
    matched = finding.matched
    if matched.speaker is False:
        yield f"not by {asked.speaker}: by {finding.speaker}"
    if matched.date is False and finding.date:
        yield f"not {_range(asked)}: {_days_away(finding.date, asked)}"
    if matched.publisher is False:
        yield f"not in {asked.publisher}: in {finding.publisher}"


def _range(asked: Asked) -> str:
    if asked.since == asked.until:
        return f"on {asked.since}"
    return " ".join(
        f"{word} {day}" for word, day in (("from", asked.since), ("to", asked.until)) if day is not None
    )


def _days_away(date: str, asked: Asked) -> str:
    """How far a report's day is from those that were asked for: "2 days later"."""
    for edge, word in ((asked.until, "later"), (asked.since, "earlier")):
        try:
            days = (datetime.date.fromisoformat(date) - datetime.date.fromisoformat(edge or "")).days
        except ValueError:
            continue
        if (days > 0) == (word == "later") and days:
            return f"{date}, {abs(days)} day{'s' * (abs(days) != 1)} {word}"
    return date


def _printing_lines(printing: Printing, before: Printing | None) -> Iterator[Line]:
    first = printing.first
    reports = f", {printing.reports} reports" if printing.reports > 1 else ""
    yield Line(f"{first.date or 'no day'}, {one_line(first.publisher or first.origin)}{reports}", 4)
    if before is None:
        yield Line(f"“{_shown(printing.text)}”", 6)
        return
    for difference in printing.changed:
        new = _part(difference.theirs, 0, printing.text) or "–"
        old = _part(difference.yours, 0, before.text) or "–"
        changes = f" ({difference.changes})" if difference.changes else ""
        yield Line(f"{old} → {new}{changes}", 6)
    if not printing.changed:
        yield Line(f"“{_shown(printing.text)}”", 6)


def _searched(searched: Searched) -> str:
    days = f", {searched.since} to {searched.until}" if searched.since else ""
    meaning = "words and meaning" if searched.meaning else "words alone"
    return (
        f"searched by {meaning}: {_counted(searched.reports, 'report')}{days}, "
        f"{_counted(searched.publishers, 'publisher')}"
    )


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'s' * (count != 1)}"


def _shown(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …"

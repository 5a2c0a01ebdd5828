"""The times of a document: its expressions of time in order, each normalized, two of them joined to an interval, and what contradicts the report's date."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.text import TextAnalysis
from onrecord.times.calendar import range_of
from onrecord.times.normalization import Normalizer, TimeValue
from onrecord.times.parsing import TimeExpression, scan_expressions, share_years
from onrecord.types import Claim, Document


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time with its place in the text."""

    start: int
    end: int
    time: TimeValue
    expression: TimeExpression


def find_times(document: Document, analysis: TextAnalysis) -> tuple[Claim, ...]:
    """The times of a document, in text order, without overlap; ``statement`` is left open.

    "between" and "from" with two dates make one interval.
    """
    found = _with_doubts(document, find_time_mentions(document, analysis))
    return tuple(
        Claim(
            statement=None,
            type="time",
            span=document.span(one.start, one.end),
            value=one.time.value,
            anchor=one.time.anchor,
            doubt=one.time.doubt,
        )
        for one in _with_intervals(document, found)
    )


def find_time_mentions(document: Document, analysis: TextAnalysis) -> list[TimeMention]:
    """Each expression of time by itself, as TIMEX3 marks them: the two dates of an interval apart."""
    normalizer = Normalizer(_date(document.published.date))
    found = []
    for passage in analysis.passages:
        for expression in share_years(passage, list(scan_expressions(passage))):
            time = normalizer.normalize(passage, expression)
            found.append(
                TimeMention(
                    passage.start[expression.first], passage.end[expression.last - 1], time, expression
                )
            )
    return found


def is_calendar(claim: Claim) -> bool:
    """Whether a time is told by the calendar or the clock, so that its numbers are no figures."""
    return not str(claim.value or "").startswith("P") or str(claim.value).startswith(("PRESENT", "PAST"))


def _date(text: str | None) -> datetime.date | None:
    """The first day of an ISO date; an unfinished one counts from its first day."""
    if text is None:
        return None
    found = range_of(text[:10])
    return found[0] if found else None


def _with_intervals(document: Document, found: list[TimeMention]) -> Iterator[TimeMention]:
    """The times, two of them as one interval where "between … and" or "from … to" joins them."""
    skip = False
    following: list[TimeMention | None] = [*found[1:], None]
    for one, two in zip(found, following, strict=False):
        if skip:
            skip = False
            continue
        joined = _interval(document, one, two) if two is not None else None
        skip = joined is not None
        yield joined or one


def _interval(document: Document, one: TimeMention, two: TimeMention) -> TimeMention | None:
    link = document.text[one.end : two.start].strip().lower() if two.start - one.end < 12 else ""
    head = document.text[max(0, one.start - 9) : one.start].lower().split()
    pairs = {"between": ("and",), "from": ("to", "until", "till", "through", "-", "–")}
    plain = ("-", "–", "through")
    if link not in (pairs.get(head[-1], ()) if head else ()) and link not in plain:
        return None
    if two.expression.kind in ("ago", "shift") and link in plain:
        return None  # "on Tuesday - that night - he left"
    left, right = one.time.value or "", two.time.value or ""
    ends = range_of(left), range_of(right)
    if ends[0] is None or ends[1] is None or ends[0][0] > ends[1][1] or "/" in left + right:
        return None
    time = TimeValue(f"{left}/{right}", one.time.anchor or two.time.anchor, one.time.doubt or two.time.doubt)
    return TimeMention(one.start, two.end, time, one.expression)


def _with_doubts(document: Document, found: list[TimeMention]) -> list[TimeMention]:
    """The times with a doubt on all that hang on the report's date where the text contradicts that date."""
    reason = _contradiction(document, found)
    if reason is None:
        return found
    return [
        replace(one, time=replace(one.time, doubt=one.time.doubt or reason)) if one.time.relative else one
        for one in found
    ]


def _contradiction(document: Document, found: list[TimeMention]) -> str | None:
    """Why the report's date can't be right, in a sentence."""
    published = document.published.date
    if published is None:
        return None
    for one, two in zip(found, found[1:], strict=False):
        if two.start - one.end <= 16 and _apposed(document.text[one.end : two.start]):
            relative, told = (
                (one, two)
                if one.time.relative and one.expression.kind in ("shift", "weekday", "ago")
                else (two, one)
            )
            if (
                relative.time.relative
                and relative.expression.kind in ("shift", "weekday", "ago")
                and told.expression.kind in ("day", "month")
            ):
                if not _overlap(relative.time.value, told.time.value):
                    words = document.text[relative.start : relative.end], document.text[told.start : told.end]
                    return f"the report's date is {published}, but the text has “{words[0]}” as {words[1]}"
    day = _date(published)
    for one in found:
        if one.time.ahead and day is not None:
            return f"the report's date is {published}, but the text tells of {one.time.value} as past"
    return None


def _apposed(between: str) -> bool:
    return between.strip() in (
        ",",
        "(",
        "",
        ", on",
        "on",
        "–",
        "-",
        "—",
        ", the week of",
        ", that is",
        ", i.e.",
    ) or between.strip().lower() in (
        ", in",
        ", in the week of",
        "of",
        ", between",
        "(on",
        "of",
    )


def _overlap(one: str | None, two: str | None) -> bool:
    left, right = range_of(one or ""), range_of(two or "")
    return left is None or right is None or (left[0] <= right[1] and right[0] <= left[1])

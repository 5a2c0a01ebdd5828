"""The moments of a document: its phrases of time in order, each reckoned, two of them joined to an interval, and what contradicts the report's date."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.claims.moments.calendar import range_of
from onrecord.claims.moments.phrases import Phrase, scan_phrases, share_years
from onrecord.claims.moments.reckoning import Moment, Reckoner
from onrecord.text import TextAnalysis
from onrecord.types import Claim, Document


@dataclass(frozen=True, slots=True)
class Found:
    """A moment with its place in the text."""

    start: int
    end: int
    moment: Moment
    phrase: Phrase


def find_moments(document: Document, analysis: TextAnalysis) -> tuple[Claim, ...]:
    """The moments of a document, in text order, without overlap; ``statement`` is left open.

    "between" and "from" with two dates make one interval.
    """
    found = _doubted(document, read_moments(document, analysis))
    return tuple(
        Claim(
            statement=None,
            type="moment",
            span=document.span(one.start, one.end),
            value=one.moment.value,
            anchor=one.moment.anchor,
            doubt=one.moment.doubt,
        )
        for one in _joined(document, found)
    )


def read_moments(document: Document, analysis: TextAnalysis) -> list[Found]:
    """Each phrase of time by itself, as TIMEX3 marks them: the two dates of an interval apart."""
    reckoner = Reckoner(_date(document.published.date))
    found = []
    for passage in analysis.passages:
        for phrase in share_years(passage, list(scan_phrases(passage))):
            moment = reckoner.reckon(passage, phrase)
            found.append(Found(passage.start[phrase.first], passage.end[phrase.last - 1], moment, phrase))
    return found


def is_calendar(claim: Claim) -> bool:
    """Whether a moment is told by the calendar or the clock, so that its numbers are no figures."""
    return not str(claim.value or "").startswith("P") or str(claim.value).startswith(("PRESENT", "PAST"))


def _date(text: str | None) -> datetime.date | None:
    """The first day of an ISO date; an unfinished one counts from its first day."""
    if text is None:
        return None
    found = range_of(text[:10])
    return found[0] if found else None


def _joined(document: Document, found: list[Found]) -> Iterator[Found]:
    """The moments, two of them as one interval where "between … and" or "from … to" joins them."""
    skip = False
    following: list[Found | None] = [*found[1:], None]
    for one, two in zip(found, following, strict=False):
        if skip:
            skip = False
            continue
        joined = _interval(document, one, two) if two is not None else None
        skip = joined is not None
        yield joined or one


def _interval(document: Document, one: Found, two: Found) -> Found | None:
    link = document.text[one.end : two.start].strip().lower() if two.start - one.end < 12 else ""
    head = document.text[max(0, one.start - 9) : one.start].lower().split()
    pairs = {"between": ("and",), "from": ("to", "until", "till", "through", "-", "–")}
    plain = ("-", "–", "through")
    if link not in (pairs.get(head[-1], ()) if head else ()) and link not in plain:
        return None
    if two.phrase.kind in ("ago", "shift") and link in plain:
        return None  # "on Tuesday - that night - he left"
    left, right = one.moment.value or "", two.moment.value or ""
    ends = range_of(left), range_of(right)
    if ends[0] is None or ends[1] is None or ends[0][0] > ends[1][1] or "/" in left + right:
        return None
    moment = Moment(
        f"{left}/{right}", one.moment.anchor or two.moment.anchor, one.moment.doubt or two.moment.doubt
    )
    return Found(one.start, two.end, moment, one.phrase)


def _doubted(document: Document, found: list[Found]) -> list[Found]:
    """The moments with a doubt on all that hang on the report's date where the text contradicts that date."""
    reason = _contradiction(document, found)
    if reason is None:
        return found
    return [
        replace(one, moment=replace(one.moment, doubt=one.moment.doubt or reason))
        if one.moment.relative
        else one
        for one in found
    ]


def _contradiction(document: Document, found: list[Found]) -> str | None:
    """Why the report's date can't be right, in a sentence."""
    published = document.published.date
    if published is None:
        return None
    for one, two in zip(found, found[1:], strict=False):
        if two.start - one.end <= 16 and _apposed(document.text[one.end : two.start]):
            relative, told = (
                (one, two)
                if one.moment.relative and one.phrase.kind in ("shift", "weekday", "ago")
                else (two, one)
            )
            if (
                relative.moment.relative
                and relative.phrase.kind in ("shift", "weekday", "ago")
                and told.phrase.kind in ("day", "month")
            ):
                if not _meet(relative.moment.value, told.moment.value):
                    words = document.text[relative.start : relative.end], document.text[told.start : told.end]
                    return f"the report's date is {published}, but the text has “{words[0]}” as {words[1]}"
    day = _date(published)
    for one in found:
        if one.moment.ahead and day is not None:
            return f"the report's date is {published}, but the text tells of {one.moment.value} as past"
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


def _meet(one: str | None, two: str | None) -> bool:
    left, right = range_of(one or ""), range_of(two or "")
    return left is None or right is None or (left[0] <= right[1] and right[0] <= left[1])

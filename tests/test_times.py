"""Moments: a table of cases with anchors and doubts, and properties that hold for any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.text import analyze
from onrecord.times import find_times, range_of
from onrecord.types import UNPUBLISHED, Document, Published
from time_cases import CASES, NOT_MOMENTS, Case
from time_event_cases import EVENT_CASES, NO_EVENT_MOMENTS

PIECES = st.sampled_from(
    [
        "Monday",
        "Friday",
        "Mondays",
        "evenings",
        "weekend",
        "going",
        "minutes",
        "Election Day",
        "Americans",
        "9/11",
        "quarter-century",
        "election",
        "Tuesday",
        "same",
        "before",
        "after",
        "tomorrow",
        "H",
        "1",
        "evening",
        "votes",
        "3",
        "12",
        "31",
        "2024",
        "1996",
        "May",
        "March",
        "Oct.",
        "January",
        "last",
        "next",
        "this",
        "the",
        "past",
        "two",
        "three",
        "a",
        "year",
        "week",
        "month",
        "day",
        "days",
        "later",
        "earlier",
        "ago",
        "and",
        "to",
        "from",
        "between",
        "of",
        "early",
        "late",
        "end",
        "quarter",
        "third",
        "first",
        "half",
        "spring",
        "summer",
        "night",
        "morning",
        "today",
        "yesterday",
        "now",
        "p.m.",
        "a.m.",
        "10",
        ":",
        "/",
        "-",
        ",",
        ".",
        "'s",
        "said",
        "will",
        "was",
        "by",
        "on",
        "in",
        "every",
        "each",
        "Christmas",
        "Easter",
        "century",
        "decade",
        "fiscal",
        "season",
        "\n",
    ]
)
DATES = st.one_of(
    st.none(),
    st.dates().map(lambda day: day.isoformat()),
    st.sampled_from(["2024", "2024-05", "0001-01-01", "9999-12-31"]),
)
VALUE = re.compile(r"[0-9XPTWQHMYDSEVAFNORLUI_:./+-]+|(PRESENT|PAST|FUTURE)_REF")


def report(text: str, published: str | None) -> Document:
    return Document.of(
        text, origin="case", published=Published(published, "given") if published else UNPUBLISHED
    )


@pytest.mark.parametrize("case", [pytest.param(case, id=case.why) for case in (*CASES, *EVENT_CASES)])
def test_moment_is_found_and_reckoned(case: Case) -> None:
    found = {
        claim.span.text: claim for claim in find_times(report(case.text, case.published), analyze(case.text))
    }
    assert case.span in found
    claim = found[case.span]
    assert (claim.value, claim.anchor) == (case.value, case.anchor)
    assert (claim.doubt is None) == (case.doubt is None)
    assert (case.doubt or "") in (claim.doubt or "")


@pytest.mark.parametrize(
    ("text", "why"), [pytest.param(*case, id=case[1]) for case in (*NOT_MOMENTS, *NO_EVENT_MOMENTS)]
)
def test_words_that_are_no_moment(text: str, why: str) -> None:
    assert [claim.span.text for claim in find_times(report(text, "2024-05-03"), analyze(text))] == []


def test_there_are_cases_of_every_kind() -> None:
    assert len(CASES) >= 60


@given(
    st.text(max_size=300)
    | st.lists(PIECES, max_size=60).map(" ".join)
    | st.lists(PIECES, max_size=60).map("".join),
    DATES,
)
@settings(max_examples=400, deadline=None)
def test_any_text_gives_moments_inside_it(text: str, published: str | None) -> None:
    document = report(text, published)
    claims = find_times(document, analyze(document.text))
    ends = [0]
    for claim in claims:
        assert claim.span.text == text[claim.span.start : claim.span.end]
        assert claim.span.start >= ends[-1]
        ends.append(claim.span.end)
        assert claim.value is None or VALUE.fullmatch(str(claim.value))
        assert claim.value is not None or claim.doubt is not None or claim.anchor is not None
        if claim.value is not None and (days := range_of(str(claim.value))) is not None:
            assert days[0] <= days[1]
    assert claims == find_times(document, analyze(document.text))

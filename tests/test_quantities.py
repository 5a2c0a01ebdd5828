"""Figures: tables of cases by kind, and properties that hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.expressions import find_expressions
from onrecord.quantities import find_quantities, parse_quantity
from onrecord.text import analyze
from onrecord.types import Claim, Document
from quantity_cases import CASES, NOT_FIGURES, Case

PIECES = st.sampled_from(
    [
        "3",
        "5",
        "12",
        "1,200",
        "12,34,567",
        "1.5",
        "½",
        "2024",
        "two",
        "dozen",
        "million",
        "crore",
        "lakh",
        "hundred",
        "half",
        "third",
        "quarter",
        "a",
        "an",
        "of",
        "the",
        "and",
        "to",
        "between",
        "from",
        "at",
        "least",
        "more",
        "than",
        "nearly",
        "up",
        "$",
        "€",
        "Rs",
        "Rs.",
        "US$",
        "%",
        "percent",
        "km",
        "per",
        "year",
        "day",
        "-",
        "–",
        "/",
        "(",
        ")",
        ".",
        ",",
        "one",
        "in",
        "out",
        "people",
        "villages",
        "killed",
        "doubled",
        "50th",
        "year-old",
        "52-48",
        "\n",
    ]
)


def figures(text: str) -> list[Claim]:
    return [
        claim
        for claim in find_expressions(Document.of(text, origin="case"), analyze(text), ())
        if claim.type == "quantity"
    ]


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{kind}: {case.why}") for kind, cases in CASES.items() for case in cases]
)
def test_figure_is_found_and_read(case: Case) -> None:
    found = {claim.span.text: claim for claim in figures(case.text)}
    assert case.span in found
    claim = found[case.span]
    expected = (case.value, case.low, case.high)
    assert (claim.value, claim.low, claim.high) == tuple(
        pytest.approx(number) if number is not None else None for number in expected
    )
    assert (claim.unit, claim.of, claim.comparison) == (case.unit, case.of, case.comparison)


@pytest.mark.parametrize(("text", "why"), [pytest.param(*case, id=case[1]) for case in NOT_FIGURES])
def test_number_that_is_no_figure(text: str, why: str) -> None:
    assert [claim.span.text for claim in figures(text) if claim.unit != "ordinal"] == []


def test_there_are_cases_of_every_kind() -> None:
    assert sum(map(len, CASES.values())) >= 150


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{kind}: {case.why}") for kind, cases in CASES.items() for case in cases]
)
def test_words_of_a_figure_alone_say_the_same_number(case: Case) -> None:
    claim = parse_quantity(case.span, unit=case.unit)
    assert claim is not None
    number = pytest.approx(case.value) if case.value is not None else None
    assert claim.value == number
    assert claim.span.text == case.span


def test_no_figure_in_a_text_without_one() -> None:
    assert parse_quantity("nothing here") is None
    assert figures("") == []


def test_dates_given_are_left_alone() -> None:
    text = "In 2019 people left; 2019 people came."
    assert [claim.span.start for claim in find_quantities(analyze(text), dates=[(3, 7)])] == [21]


@given(
    st.text(max_size=300)
    | st.lists(PIECES, max_size=60).map(" ".join)
    | st.lists(PIECES, max_size=60).map("".join)
)
@settings(max_examples=400, deadline=None)
def test_any_text_gives_figures_inside_it_that_say_the_same_alone(text: str) -> None:
    claims = find_quantities(analyze(text))
    ends = [0]
    for claim in claims:
        assert claim.span.text == text[claim.span.start : claim.span.end]
        assert claim.span.start >= ends[-1]
        ends.append(claim.span.end)
        assert claim.value is None or isinstance(claim.value, int | float)
        assert claim.low is None or claim.high is None or claim.low <= claim.high
        alone = parse_quantity(claim.span.text, unit=claim.unit)
        assert alone is not None
        assert alone.value == claim.value
    assert claims == find_quantities(analyze(text))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("7" * 10_000_000, "one number of ten million digits"),
        ("(" * 100_000 + "[" * 100_000, "nested brackets"),
        ("1 " * 2_000_000, "a table without words"),
        ("1," * 1_000_000, "groups without end"),
        ("hundred and " * 50_000, "number words that never end"),
        ("$" * 200_000, "signs only"),
        ("the end of " * 20_000, "a period in a period in a period"),
        ("1 1/" * 100_000, "fractions without end"),
        ("twenty-" * 50_000, "hyphens without end"),
        ("fiscal " * 50_000, "words before a quarter that never comes"),
    ],
    ids=lambda value: value if len(value) < 60 else "text",
)
def test_hostile_text_is_read_to_its_end(text: str, why: str) -> None:
    assert all(
        claim.span.end <= len(text)
        for claim in find_expressions(Document.of(text, origin="case"), analyze(text), ())
    )

"""Claims in words: what the text says, and what it was read as only where that says more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.render.values import value_text, value_title, without_repeats
from onrecord.types import Claim, Span


def claim(kind: Any, words: str, value: Any = None, **fields: Any) -> Claim:
    return Claim("a", kind, Span(0, len(words), words), value, **fields)


WORDS: list[tuple[Claim, str, str]] = [
    (claim("quantity", "40,000 litres", 40000, unit="litre"), "40,000 litres", "the same digits, and the unit in its plural"),
    (claim("quantity", "forty", 40, unit="percent"), "forty (40 percent)", "a number in words"),
    (claim("quantity", "six months", 6, unit="month"), "six months", "a small number in words is read at once"),
    (claim("quantity", "14", 14, of="people"), "14 people", "what is counted belongs to it"),
    (claim("quantity", "£48,000", 48000, unit="GBP"), "£48,000", "a sign for the unit"),
    (claim("quantity", "$3 million", 3_000_000, unit="USD", of="the fine"), "$3 million (3,000,000 USD of the fine)", "a multiple, of something"),
    (claim("quantity", "Rs 200 crore", 2_000_000_000, unit="rupee"), "Rs 200 crore (2,000,000,000 rupees)", "a multiple that many don't know"),
    (claim("quantity", "half", 0.5, unit="fraction", of="season"), "half (0.5 of season)", "a fraction is no unit"),
    (claim("quantity", "about 3,000", 3000, comparison="about", of="children"), "about 3,000 children", "how exact it is stands in the words"),
    (claim("quantity", "some 3,000", 3000, comparison="about", of="children"), "some 3,000 children", "another word for about says it, too"),
    (claim("quantity", "at least 10", 10, comparison="over", of="workers"), "at least 10 workers", "at least ten isn't over ten"),
    (claim("quantity", "more than $1 million", 1_000_000, unit="dollar", comparison="over"), "more than $1 million (from 1,000,000 dollars)", "where it begins"),
    (claim("quantity", "at most forty", 40, comparison="under", of="boats"), "at most forty boats (up to 40)", "where it ends"),
    (claim("quantity", "40 to 50", 45, low=40, high=50, comparison="between", unit="kilometre"), "40 to 50 (40 to 50 kilometres)", "a range with a unit from elsewhere"),
    (claim("quantity", "doubled", 2, unit="times"), "doubled (2 times)", "a multiple as a verb"),
    (claim("quantity", "many", None), "many", "nothing known"),
    (claim("time", "Monday", "2024-03-11"), "Monday (2024-03-11)", "a day computed"),
    (claim("time", "2019", "2019"), "2019", "a year as it is"),
    (claim("time", "2019 and 2022", "2019/2022"), "2019 and 2022 (2019 to 2022)", "a span of time"),
    (claim("time", "two years", "P2Y"), "two years", "a length of time"),
    (claim("time", "a year", "P1Y"), "a year", "one, as an article"),
    (claim("time", "a fortnight", "P2W"), "a fortnight (2 weeks)", "a length of time in another unit"),
    (claim("time", "some time", "PXM"), "some time", "a length without number"),
    (claim("time", "Monday", "XXXX-WXX-1", doubt="no date"), "Monday – in doubt: no date", "no week known"),
    (claim("time", "Tuesday morning", "2024-03-12TMO"), "Tuesday morning (2024-03-12, morning)", "a part of a day"),
    (claim("time", "5:22 p.m.", "2024-03-12T17:22Z"), "5:22 p.m. (2024-03-12, 17:22 UTC)", "a time"),
    (claim("time", "this fall", "2025-FA"), "this fall (autumn 2025)", "a season"),
    (claim("time", "the spring of 1978", "1978-SP"), "the spring of 1978", "a season in its own words"),
    (claim("time", "last week", "2024-W11"), "last week (week 11 of 2024)", "a week"),
    (claim("time", "at the weekend", "2024-W11-WE"), "at the weekend (the weekend of 2024-03-16)", "a weekend"),
    (claim("time", "the quarter", "2024-Q1"), "the quarter (first quarter of 2024)", "a quarter"),
    (claim("time", "First-half 2024", "2024-H1"), "First-half 2024", "a half in its own words"),
    (claim("time", "the next decade", "203"), "the next decade (the 2030s)", "a decade"),
    (claim("time", "this century", "20"), "this century (the 21st century)", "a century"),
    (claim("time", "from fall to May", "2023-FA/2024-05"), "from fall to May (autumn 2023 to 2024-05)", "from a season to a month"),
    (claim("time", "now", "PRESENT_REF"), "now", "the present"),
    (claim("time", "recently", "PAST_REF"), "recently", "a past time left open, as the word says"),
    (claim("time", "a three-year term", "P3Y"), "a three-year term (3 years)", "a length of time"),
    (claim("time", "millennia", "P2000Y"), "millennia (2,000 years)", "a long one"),
    (claim("time", "the same day", "P0D"), "the same day", "no time between"),
    (claim("time", "Friday nights", "XXXX-WXX-5TNI"), "Friday nights", "any night"),
    (claim("time", "then", "2024-W99"), "then (2024-W99)", "a week that there isn't, from another's file"),
    (claim("time", "Monday", "2024-03-11", doubt="2024-W19 lies after 2024-SU"), "Monday (2024-03-11) – in doubt: week 19 of 2024 lies after summer 2024", "in a doubt, too"),
    (claim("place", "Spain", "Spain", country="ES"), "Spain (Spain, ES)", "which one is meant"),
    (claim("place", "Velmora", doubt="not in the gazetteer"), "Velmora – in doubt: not in the gazetteer", "no point known"),
]  # fmt: skip


@pytest.mark.parametrize(("made", "words", "why"), WORDS, ids=[why for *_, why in WORDS])
def test_words(made: Claim, words: str, why: str) -> None:
    assert value_text(made) == words


def test_a_doubt_is_told_without_its_reason_where_room_is_short() -> None:
    assert value_text(claim("place", "Velmora", doubt="not there"), reasons=False) == "Velmora – in doubt"


TITLES: list[tuple[Claim, str]] = [
    (claim("quantity", "two", 2, of="boats"), "quantity: 2 · counted: boats"),
    (claim("time", "Monday", "2024-03-11", anchor="2024-03-12"), "time: 2024-03-11 · resolved from 2024-03-12"),
    (claim("time", "Monday", "XXXX-WXX-1", doubt="no date"), "time: a Monday · in doubt: no date"),
    (claim("time", "recently", "PAST_REF", anchor="2024-W11"), "time: in the past · resolved from week 11 of 2024"),
    (claim("time", "some time", "PXM"), "time: some months"),
    (claim("time", "a 3 May", "XXXX-05-03"), "time: 3 May of some year"),
    (claim("time", "one week", "1989-WXX"), "time: not resolved"),
    (claim("place", "Spain", "Spain", country="ES", geonames=2510769), "place: Spain, ES · GeoNames 2510769"),
    (claim("place", "Velmora", doubt="unknown"), "place: not resolved · in doubt: unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("made", "title"), TITLES, ids=[title for _, title in TITLES])
def test_titles(made: Claim, title: str) -> None:
    assert value_title(made) == title


def test_a_length_of_time_that_is_a_figure_is_told_once() -> None:
    twice = [claim("time", "six months", "P6M"), claim("quantity", "six months", 6, unit="month")]
    assert [one.type for one in without_repeats(twice)] == ["quantity"]


@given(
    st.sampled_from(["quantity", "time", "place"]),
    st.text(st.characters(exclude_categories=()), min_size=1, max_size=20),
    st.none() | st.text(max_size=20) | st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    st.none() | st.text(max_size=12),
    st.none() | st.text(max_size=12),
)
def test_any_claim_is_one_line(
    kind: str, words: str, value: Any, unit: str | None, doubt: str | None
) -> None:
    made = claim(kind, words, value, low=None, high=None, unit=unit, doubt=doubt)
    for line in (value_text(made), value_title(made)):
        assert len(line.splitlines()) <= 1
        line.encode("utf-8")

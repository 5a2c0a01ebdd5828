"""What is compared of a quotation: its words, with a way back to where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.desk.quotation import parse_quotation, words_in
from onrecord.errors import SettingsError

SAME = [
    ("“We won’t pay.”", "we won't pay", "curved and straight marks, case, a stop at the end"),
    ("« We won't pay »", "We won't pay", "guillemets"),
    ("‘We won’t pay’", "we won't pay", "single marks, with an apostrophe inside"),
    ("[W]e won't pay", "We won't pay", "a letter in brackets"),
    ("We won't pay [the fine]", "We won't pay", "an insertion is the reporter's"),
    ("We wo(sic)n't pay (sic)", "We wo n't pay", "sic"),
    ("We won't pay [sic]", "We won't pay", "sic in brackets"),
    ("We … won't pay", "We won't pay", "an ellipsis"),
    ("We . . . won't pay", "We won't pay", "an ellipsis of spaced dots"),
    ("We [...] won't pay", "We won't pay", "an ellipsis in brackets"),
    ("five percent of them", "5% of them", "house styles of numbers"),
    ("five per cent of them", "5 percent of them", "per cent in two words"),
    ("the café’s “best” day", "the cafe's 'best' day", "accents, and marks inside marks"),
]


@pytest.mark.parametrize(("one", "other", "why"), SAME, ids=[why for _, _, why in SAME])
def test_what_is_the_same_quotation(one: str, other: str, why: str) -> None:
    forms = [[word.form for word in parse_quotation(text).words] for text in (one, other)]
    assert forms[0] == forms[1]


OTHER = [
    ("$3 million of it", "€3 million of it", "another currency"),
    ("$3 million of it", "3 million of it", "no currency"),
    ("a change of -3 points", "a change of 3 points", "a minus"),
    ("a change of 3%", "a change of 3", "no percent"),
    ("in 3.5 years", "in 35 years", "a decimal point"),
    ("we can pay", "we can't pay", "a contracted negation"),
]


@pytest.mark.parametrize(("one", "other", "why"), OTHER, ids=[why for _, _, why in OTHER])
def test_what_is_another_quotation(one: str, other: str, why: str) -> None:
    forms = [[word.form for word in parse_quotation(text).words] for text in (one, other)]
    assert forms[0] != forms[1]


REFUSED = [
    ("", "found none"),
    ("  “”  ", "found none"),
    ("…", "found none"),
    ("“chaos”", "too short to verify"),
    ("word " * 2_000, "check a whole text as a draft"),
]


@pytest.mark.parametrize(("text", "says"), REFUSED)
def test_what_is_no_quotation_is_refused_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        parse_quotation(text)


def test_places_of_ellipses_insertions_and_endings() -> None:
    quotation = parse_quotation("He want[ed] to … leave [the city] at once")
    assert [word.form for word in quotation.words] == ["he", "want", "to", "leave", "at", "once"]
    assert quotation.cuts == {3}
    assert quotation.insertions == {4}
    assert quotation.stems == {1}
    assert [[word.form for word in part] for part in quotation.parts] == [
        ["he", "want", "to"],
        ["leave", "at", "once"],
    ]


@given(st.text("ab “”’'[].…%5 \n", max_size=60))
def test_words_lie_in_the_text_in_order(text: str) -> None:
    try:
        words = parse_quotation(text).words
    except SettingsError:
        words = tuple(words_in(text))
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(left.end <= right.start for left, right in zip(words, words[1:], strict=False))
    assert all(word.form for word in words)

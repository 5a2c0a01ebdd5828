"""Words, names and quotations fold as people expect; keys sort by day; what is typed parses."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.errors import SettingsError
from onrecord.record.folding import (
    analyze_words,
    fold_name,
    fold_quote,
    hash_quote,
    prefix_of,
    words_of,
    words_with_prefix,
)
from onrecord.record.index_tokens import magnitude_step, magnitude_tokens
from onrecord.record.keys import (
    LAST_KEY,
    date_of,
    day_of,
    document_of,
    key_of,
    keys_between,
    position_of,
)
from onrecord.record.near_duplicates import band_keys, signature_of, similarity
from onrecord.record.word_index import Group, Phrase, Term
from onrecord.search.cursors import Cursor, parse_cursor
from onrecord.search.query_parser import parse_words, terms_of

WORDS = [
    ("Minister's ministers MINISTER", ["minist"] * 3, "possessive, plural and uppercase letters"),
    ("it’s it's", ["it", "it"], "either apostrophe"),
    ("Müller cafés", ["muller", "cafe"], "accents"),
    ("1,250 12,50,000 3.5 3,5", ["1250", "1250000", "3·5", "3·5"], "digit groups and decimal marks"),
    ("v1.2b 2024-03-12", ["v1", "2b", "2024", "03", "12"], "letters and digits that aren't a number"),
    ("e-mail, U.N.", ["e", "mail", "u", "n"], "marks part words"),
    ("ﬁnance Ⅻ", ["financ", "xii"], "compatibility forms"),
    ("_a_", ["a"], "a line is no letter"),
    ("😀 … \x00\ud800", [], "no letter at all"),
    ("Москва 東京", ["москва", "東京"], "other scripts"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), WORDS, ids=[reason for *_, reason in WORDS])
def test_words(text: str, expected: list[str], reason: str) -> None:
    assert words_of(text) == expected


@given(st.text())
def test_words_are_safe_for_either_index_and_stand_where_they_say(text: str) -> None:
    found = list(analyze_words(text))
    assert [token for *_, token in found] == words_of(text)
    for start, end, token in found:
        assert text[start:end]
        assert len(token) <= 64
        assert all(char.isalnum() or char == "·" for char in token), token
        assert not any(char.isspace() for char in token)
    length, everything = words_with_prefix(text, {prefix_of(token) for *_, token in found})
    assert length >= len(everything)
    assert [token for token in everything if token] == words_of(text)


@given(st.text(), st.text(alphabet="abdeilyingsk ABY'’é0,.1", max_size=20))
@example("", "dying Lying skies ugly only I'd o'clock 1,250 x-ray êtes b’é yé 'y")
def test_a_word_is_found_by_how_it_begins(before: str, words: str) -> None:
    text = f"{before} {words}"
    for token in words_of(words):
        assert words_with_prefix(text, {prefix_of(token)})[1].count(token) == words_of(text).count(token)


def test_folding_takes_time_in_proportion() -> None:
    for text in ("1,1." * 500_000, "a'" * 1_000_000, "é" * 2_000_000, "''" * 1_000_000, "1" * 3_000_000):
        began = time.process_time()
        words_of(text), fold_quote(text), fold_name(text), signature_of(text)
        assert time.process_time() - began < 20  # a guard against the square of it, which would take hours


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)
    assert hash_quote(text) is None or -(2**63) <= (hash_quote(text) or 0) < 2**63


def test_names_and_quotes() -> None:
    assert fold_name("O’Neill-Brandt, Ána") == fold_name("O'NEILL BRANDT ana") == "oneill brandt ana"
    same = ["“We won’t pay,”", "we won't   pay", "``We won't pay.''", "«We wont pay»", "WE WON'T\npay…"]
    assert len({hash_quote(text) for text in same}) == 1
    assert hash_quote("we won't pay 5") != hash_quote("we won't pay 6")
    assert hash_quote("“…”") is None


@given(st.integers(0, 2**18 - 1), st.integers(1, 2**27 - 1), st.integers(0, 2**18 - 1))
def test_keys_hold_what_is_packed_into_them(day: int, document: int, position: int) -> None:
    key = key_of(day, document, position)
    assert 0 <= key <= LAST_KEY
    assert (document_of(key), position_of(key)) == (document, position)
    assert (date_of(key) is None) == (day == 0)


@given(
    st.dates().filter(lambda date: 1600 <= date.year <= 2300),
    st.dates().filter(lambda date: 1600 <= date.year <= 2300),
)
def test_ranges_of_days_are_ranges_of_keys(one: object, other: object) -> None:
    first, last = sorted([str(one), str(other)])
    low, high = keys_between(first, last)
    assert low <= key_of(day_of(first), 1, 0) <= key_of(day_of(last), 2**27 - 1, 2**18 - 1) <= high
    assert date_of(low) == first
    assert date_of(high) == last
    assert keys_between(last, None)[0] > key_of(0, 2**27 - 1, 2**18 - 1)  # undated ones are in no range


PARSED = [
    ("a b", Group("all", (Term("a"), Term("b"))), "words are all wanted"),
    (
        "a OR b OR c d",
        Group("all", (Group("any", (Term("a"), Term("b"), Term("c"))), Term("d"))),
        "OR binds closer",
    ),
    ("OR a OR", Term("a"), "OR with nothing beside it"),
    ("a -b", Group("all", (Term("a"),), (Term("b"),)), "a word that must not be there"),
    ('-"a b" c', Group("all", (Term("c"),), (Phrase(("a", "b")),)), "a phrase that must not be there"),
    (
        "NOT (a b) c",
        Group("all", (Term("c"),), (Group("all", (Term("a"), Term("b"))),)),
        "a group that must not be there",
    ),
    ("e-mail", Phrase(("e", "mail")), "a word of two parts is a phrase"),
    ("((((a", Term("a"), "parentheses left open"),
    ("a))))", Term("a"), "and closed too often"),
    ('"a', Term("a"), "a quotation mark left open"),
    ("brid*", Term("brid", prefix=True), "a beginning"),
    ("br*", Term("br", prefix=True), "a prefix of two letters"),
    ('* - | ( ) ""', None, "marks alone"),
]


@pytest.mark.parametrize(("typed", "expected", "reason"), PARSED, ids=[reason for *_, reason in PARSED])
def test_parsing(typed: str, expected: object, reason: str) -> None:
    assert parse_words(typed) == expected


@given(st.text(st.characters() | st.sampled_from('()"|-* ORNT')))
@settings(max_examples=300)
def test_parsing_never_fails_and_stays_small(typed: str) -> None:
    assert len(terms_of(parse_words(typed))) <= 80


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_figures_in_a_range_have_marks_of_the_range(one: float, other: float) -> None:
    least, most = sorted([one, other])
    steps = [magnitude_step(value) for value in (least, (least / 2 + most / 2), most)]
    assert steps == sorted(steps)  # type: ignore[type-var]
    assert {magnitude_tokens(value, value, every=False)[0] for value in (least, most)} <= set(
        magnitude_tokens(least, most, every=True)
    )


def test_near_duplicates_have_near_signatures() -> None:
    words = [f"word{number}" for number in range(300)]
    changed = [*words[:150], "other", *words[151:]]
    one, near, far = (signature_of(" ".join(text)) for text in (words, changed, words[::-1]))
    assert one is not None
    assert near is not None
    assert far is not None
    assert similarity(one, one) == 1
    assert similarity(one, near) > 0.85
    assert set(band_keys(one)) & set(band_keys(near))
    assert similarity(one, far) < 0.1
    assert signature_of("too few words here") is None


@given(
    st.builds(
        Cursor, st.just("rank"), st.integers(0, LAST_KEY), st.floats(allow_nan=False, allow_infinity=False)
    )
)
def test_cursors_are_read_as_they_were_written(cursor: Cursor) -> None:
    assert parse_cursor(cursor.write(), "rank") == cursor
    with pytest.raises(SettingsError):
        parse_cursor(cursor.write(), "day")


@given(st.text())
def test_any_other_text_is_no_cursor(text: str) -> None:
    with pytest.raises(SettingsError):
        parse_cursor(text, "window")

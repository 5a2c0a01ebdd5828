"""Quotation marks, sentences and paragraphs: hard cases, each with its reason, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text.quotations import QuotationState, find_quotations, quotation_states
from onrecord.text.segmentation import split_paragraphs, split_sentences, tokenize

QUOTATIONS = [
    ("curly", "“We leave,” Ana Orr said.", ["“We leave,”"]),
    ("straight", '"We leave," Ana Orr said.', ['"We leave,"']),
    ("LaTeX", "``We leave,'' Ana Orr said.", ["``We leave,''"]),
    ("two apostrophes on both sides", "He said ''we leave'' twice.", ["''we leave''"]),
    ("low-high, German", "„Wir gehen“, sagte sie.", ["„Wir gehen“"]),
    ("low-high, Polish", "„Idziemy”, powiedziała.", ["„Idziemy”"]),
    ("guillemets pointing out", "«On part», dit-elle.", ["«On part»"]),
    ("guillemets pointing in", "»Wir gehen«, sagte sie.", ["»Wir gehen«"]),
    ("guillemets with spaces", "« On part », dit-elle.", ["« On part »"]),
    ("same mark on both sides, Swedish", "”Vi går”, sade hon.", ["”Vi går”"]),
    ("single curly", "‘We leave,’ Ana Orr said.", ["‘We leave,’"]),
    ("single straight, with an apostrophe inside", "'We can't leave,' she said.", ["'We can't leave,'"]),
    ("single with a possessive before it", "The players' union said 'no' to it.", ["'no'"]),
    ("possessive plural alone is no quotation", "The boys' mother and the girls' aunt left.", []),
    ("a decade is no quotation", "In the '90s they left; in the ’70s they came.", []),
    ("elided letters are no quotation", "Rock 'n' roll, 'til we leave, get 'em.", []),
    ("feet and inches are no quotation", "She is 6' 2\" tall and he 5' 9\".", []),
    ("nested, American", "“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”", "‘no’"]),
    ("nested, British", "‘He said “no” to me,’ she said.", ["‘He said “no” to me,’", "“no”"]),
    ("nested, straight", "\"He said 'no' to me,\" she said.", ["\"He said 'no' to me,\"", "'no'"]),
    ("nested marks that close together", "“She said: ‘No.’”", ["“She said: ‘No.’”", "‘No.’"]),
    ("opened curly, closed straight", '“We leave," Ana Orr said.', ['“We leave,"']),
    ("unclosed ends with its paragraph", "“We leave, she said.\n\nNext.", ["“We leave, she said."]),
    (
        "a new paragraph takes up an open quotation",
        "“One thing.\n\n“Another.” He left.",
        ["“One thing.", "“Another.”"],
    ),
    ("two in one sentence", '"Yes," she said, "but not now."', ['"Yes,"', '"but not now."']),
    ("scare quotes are found as marks", "The 'plan' failed.", ["'plan'"]),
    ("a mark with nothing inside is none", 'An empty "" pair and “ ” too.', []),
    ("a stray closing mark", "We leave,” she said.", []),
    ("after a dash", 'He paused—"never"—and left.', ['"never"']),
    ("inside brackets", 'They agreed ("for now") to wait.', ['"for now"']),
    ("Irish names keep their apostrophe", "O'Dunn and D'Arcy's 'deal' held.", ["'deal'"]),
    ("corner brackets", "「行く」と言った。", ["「行く」"]),
]


@pytest.mark.parametrize(("reason", "text", "expected"), QUOTATIONS, ids=[case[0] for case in QUOTATIONS])
def test_quotations(reason: str, text: str, expected: list[str]) -> None:
    assert [text[quotation.start : quotation.end] for quotation in find_quotations(text)] == expected


def test_a_quotation_taken_up_by_the_next_paragraph_says_so() -> None:
    first, second = find_quotations("“One thing.\n\n“Another.” He left.")
    assert (first.closed, first.continues, second.closed, second.continues) == (False, False, True, True)


SENTENCES = [
    (
        "titles of several",
        "Sens. Orr and Ito met Del. Holm. They left.",
        ["Sens. Orr and Ito met Del. Holm.", "They left."],
    ),
    (
        "a country's letters before a name",
        "The U.S. Harbour Board met. He left the U.S. The board stayed.",
        ["The U.S. Harbour Board met.", "He left the U.S.", "The board stayed."],
    ),
    (
        "an hour before a day",
        "They left at 5 p.m. Monday. She came at 6 p.m. It rained.",
        ["They left at 5 p.m. Monday.", "She came at 6 p.m.", "It rained."],
    ),
    ("titles", "Mr. Ito met Dr. Orr. They left.", ["Mr. Ito met Dr. Orr.", "They left."]),
    ("initials", "J. P. Orr left. He ran.", ["J. P. Orr left.", "He ran."]),
    (
        "a country's letters inside",
        "The U.S. economy grew. It shrank.",
        ["The U.S. economy grew.", "It shrank."],
    ),
    ("marks stay with what they close", '"Go." He went.', ['"Go."', "He went."]),
    ("decimals", "It rose 3.5 points. Then fell.", ["It rose 3.5 points.", "Then fell."]),
    ("a question inside a sentence", '"Why?" she asked. No answer.', ['"Why?" she asked.', "No answer."]),
]


@pytest.mark.parametrize(("reason", "text", "expected"), SENTENCES, ids=[case[0] for case in SENTENCES])
def test_sentences(reason: str, text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == expected


def test_lines_wrapped_by_hand_make_one_paragraph() -> None:
    text = (
        "The minister said on Monday that the bridge would\nbe closed for repairs until the end of the year and\n"
        "that the ferry would run twice an hour until then,\nwhich nobody believed.\n\nShe left."
    )
    assert [text[start:end][:8] for start, end in split_paragraphs(text)] == ["The mini", "She left"]


MARKS = st.text(st.sampled_from(list("ab .,\n\"'“”‘’«»„`0")), max_size=80)


@given(MARKS | st.text(max_size=200))
def test_any_text_has_ordered_ranges_inside_it(text: str) -> None:
    paragraphs = split_paragraphs(text)
    words = [word for start, end in paragraphs for word in tokenize(text, start, end)]
    quotations = find_quotations(text, paragraphs)
    for ranges in (paragraphs, words):
        assert all(0 <= start < end <= len(text) for start, end in ranges)
        assert all(left[1] <= right[0] for left, right in zip(ranges, ranges[1:], strict=False))
    for quotation in quotations:
        assert (
            0 <= quotation.start < quotation.inner_start <= quotation.inner_end <= quotation.end <= len(text)
        )
        assert text[quotation.inner_start : quotation.inner_end].strip()
    assert len(quotation_states(words, quotations)) == len(words)


@given(MARKS)
def test_no_word_of_the_text_is_lost(text: str) -> None:
    kept = "".join(text[a:b] for start, end in split_paragraphs(text) for a, b in tokenize(text, start, end))
    assert kept == "".join(text.split())


def test_a_word_knows_its_place_among_the_marks() -> None:
    text = 'She said "no way" twice.'
    states = quotation_states(list(tokenize(text)), find_quotations(text))
    names = [QuotationState(state).name for state in states]
    assert names == ["OUTSIDE", "OUTSIDE", "OPENING", "INSIDE", "INSIDE", "CLOSING", "OUTSIDE", "OUTSIDE"]


@pytest.mark.parametrize("unit", ['"', "'a ", "“", "''", "‘a’b ", "“a ", "a. ", "(", "\n“"])
def test_fifty_thousand_marks_are_read(unit: str) -> None:
    text = unit * 50_000
    assert len(find_quotations(text)) <= 50_000
    assert sum(end - start for start, end in split_paragraphs(text)) <= len(text)

"""Overlapping and nested statements come apart into segments that fill the text and lose no mark."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import HARBOUR_TEXT, harbour, report, statement
from onrecord.render.outline import outline_of
from onrecord.render.segments import COVER_LIMIT, segments_of
from onrecord.text.segmentation import split_paragraphs
from onrecord.types import Claim, Report, Span, Statement

LETTERS = {"source": "s", "cue": "q", "content": "c"}
TEXT = "Ito said Ruiz denied it and left."


def covers(made: Report) -> list[tuple[str, str]]:
    """Each segment's words, and its marks as "1c"; an angle where a span begins or ends."""
    text = made.document.text
    rows = []
    for segments in segments_of(outline_of(made), split_paragraphs(text)):
        for segment in segments:
            marks = (
                f"{'<' * mark.begins}{mark.number}{LETTERS[mark.role]}{'>' * mark.ends}"
                for mark in segment.marks
            )
            rows.append((text[segment.start : segment.end], " ".join(marks)))
    return rows


def test_a_nested_statement_lies_in_its_parents_content() -> None:
    outer = statement(TEXT, "Ito", "said", "Ruiz denied it and left")
    inner = statement(TEXT, "Ruiz", "denied", "it", parent=outer.id)
    assert covers(report(TEXT, [outer, inner])) == [
        ("Ito", "<1s>"),
        (" ", ""),
        ("said", "<1q>"),
        (" ", ""),
        ("Ruiz", "<2s> <1c"),
        (" ", "1c"),
        ("denied", "<2q> 1c"),
        (" ", "1c"),
        ("it", "<2c> 1c"),
        (" and left", "1c>"),
        (".", ""),
    ]


def test_contents_that_cross_share_the_middle() -> None:
    left = statement(TEXT, None, None, "Ito said Ruiz")
    right = statement(TEXT, None, None, "said Ruiz denied")
    assert covers(report(TEXT, [left, right]))[:3] == [
        ("Ito ", "<1c"),
        ("said Ruiz", "1c> <2c"),
        (" denied", "2c>"),
    ]


def test_a_statement_over_paragraphs_is_marked_in_each() -> None:
    text = "“One.\n\n“Two,” she said."
    whole = Statement("a", "direct", None, None, (Span.of(text, 0, text.index("”") + 1),))
    assert covers(report(text, [whole])) == [("“One.", "<1c"), ("“Two,”", "1c>"), (" she said.", "")]


def test_a_thousand_nested_statements_keep_to_the_limit() -> None:
    text = "x" * 4000
    nested = [Statement(str(i), "direct", None, None, (Span.of(text, i, 4000 - i),)) for i in range(1000)]
    segments = [
        segment for row in segments_of(outline_of(report(text, nested)), [(0, 4000)]) for segment in row
    ]
    assert max(len(segment.marks) for segment in segments) == COVER_LIMIT
    middle = next(segment for segment in segments if segment.start == 999)
    assert [mark.number for mark in middle.marks] == list(range(1000, 1000 - COVER_LIMIT, -1)), (
        "the innermost stay"
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    text = draw(st.text("ab. \n“”", min_size=4, max_size=60))
    made = []
    for number in range(draw(st.integers(0, 5))):
        edges = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=8)))
        pieces = [Span.of(text, a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
        others = [draw(st.none() | st.sampled_from(pieces)) for _ in range(2)]
        parent = draw(st.none() | st.integers(0, 8).map(str))
        made.append(Statement(str(number), "direct", others[0], others[1], tuple(pieces), parent=parent))
    return report(text, made)


@given(reports())
def test_segments_fill_the_paragraphs_and_keep_every_character_of_every_span(made: Report) -> None:
    text, entries = made.document.text, outline_of(made)
    paragraphs = split_paragraphs(text)
    rows = list(segments_of(entries, paragraphs))
    for (start, end), segments in zip(paragraphs, rows, strict=True):
        edges = [start] + [segment.end for segment in segments]
        assert [segment.start for segment in segments] == edges[:-1]
        assert edges[-1] == end
    shown = {i for start, end in paragraphs for i in range(start, end)}
    marked: dict[tuple[int, str], set[int]] = {}
    for segment in (segment for segments in rows for segment in segments):
        for mark in segment.marks:
            marked.setdefault((mark.number, mark.role), set()).update(range(segment.start, segment.end))
    for entry in entries:
        parts: dict[str, list[Span | None]] = {
            "source": [entry.statement.source],
            "cue": [entry.statement.cue],
            "content": [*entry.statement.content],
        }
        for role, spans in parts.items():
            characters = {i for span in spans if span for i in range(span.start, span.end)}
            assert marked.get((entry.number, role), set()) == characters & shown


@given(reports())
def test_every_statement_is_shown_once_after_its_parent(made: Report) -> None:
    entries = outline_of(made)
    assert sorted(entry.statement.id for entry in entries) == sorted(item.id for item in made.statements)
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    for before, entry in itertools.pairwise(entries):
        assert entry.depth <= before.depth + 1


@pytest.mark.parametrize(
    ("parents", "depths", "why"),
    [
        ((None, 0, 1), [0, 1, 2], "a chain"),
        ((None, 0, 0), [0, 1, 1], "two in one"),
        ((9, None, None), [0, 0, 0], "a parent that isn't there counts as none"),
        ((0, None, None), [0, 0, 0], "nor one that is the statement itself"),
        ((1, 0, None), [0, 0, 1], "a circle is entered at its first statement, after the rest"),
    ],
)
def test_nesting(parents: tuple[int | None, ...], depths: list[int], why: str) -> None:
    made = [
        Statement(
            str(i), "direct", None, None, (Span.of("abcdef", i, i + 1),), parent=None if p is None else str(p)
        )
        for i, p in enumerate(parents)
    ]
    assert [entry.depth for entry in outline_of(report("abcdef", made))] == depths, why


def test_the_outline_names_who_and_counts_in_text_order() -> None:
    rows = [(entry.number, entry.depth, entry.who, entry.act_text) for entry in outline_of(harbour())]
    assert rows == [
        (1, 0, "Ilse Brandvold", "accuse → Kestrel Line"),
        (2, 0, "Ilse Brandvold", None),
        (3, 0, "Ilse Brandvold", None),
        (4, 0, "Kestrel Line", "reject → Ilse Brandvold"),
        (5, 0, "Tomas Okoro-Lind", "deny"),
        (6, 1, "the minister", "promise"),
        (7, 0, "Tomas Okoro-Lind", "promise"),
        (8, 0, "a port official who asked not to be named", None),
    ]


@pytest.mark.parametrize(
    ("score", "shown", "why"),
    [
        (0.999, "0.99", "never rounded up to a certainty"),
        (1.0, "1.00", "one is one"),
        (0.5, "0.50", "as it is"),
        (0.29, "0.29", "not cut down by binary fractions"),
    ],
)
def test_scores_are_shown_honestly(score: float, shown: str, why: str) -> None:
    made = report(TEXT, [statement(TEXT, None, None, "it", score=score)])
    assert outline_of(made)[0].score == shown, why


def test_text_of_harbour_is_what_it_marks() -> None:
    assert harbour().document.text == HARBOUR_TEXT


def test_claims_cut_the_text_too() -> None:
    text = "Ann Lee said that 40 of 90 boats sank."
    made = report(text, [statement(text, "Ann Lee", "said", "that 40 of 90 boats sank")])
    claims = [
        Claim(None, "quantity", Span.of(text, 18, 20), 40),
        Claim(None, "quantity", Span.of(text, 18, 26), 40),
    ]
    (segments,) = segments_of(outline_of(made), split_paragraphs(text), claims)
    told = {text[segment.start : segment.end]: len(segment.claims) for segment in segments if segment.claims}
    assert told == {"40": 2, " of 90": 1}
    assert "".join(text[segment.start : segment.end] for segment in segments) == text

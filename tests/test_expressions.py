"""Claims as a whole: figures and moments side by side, each tied to the innermost statement that holds it."""

from __future__ import annotations

import pytest

from onrecord.expressions import attach_to_statements, find_expressions
from onrecord.pipeline import Pipeline
from onrecord.text import analyze
from onrecord.types import Claim, Document, Published, Span, Statement

TEXT = "Oda Merrow said Tarl Venn had promised 14 boats by May 2025 to 300 people. Nine sank in 2023."


def statement(name: str, *words: str, parent: str | None = None) -> Statement:
    spans = tuple(Span.of(TEXT, TEXT.index(word), TEXT.index(word) + len(word)) for word in words)
    return Statement(id=name, form="indirect", source=None, cue=None, content=spans, parent=parent)


def claims_of(statements: list[Statement]) -> dict[str, Claim]:
    document = Document.of(TEXT, origin="case", published=Published("2024-05-03", "given"))
    return {
        claim.span.text: claim
        for claim in find_expressions(document, analyze(document.text), statements)
        if claim.type != "place"
    }


def test_a_claim_has_the_innermost_statement() -> None:
    outer = statement("outer", "Tarl Venn had promised 14 boats by May 2025 to 300 people")
    inner = statement("inner", "14 boats by May 2025", parent="outer")
    found = claims_of([outer, inner])
    assert {words: claim.statement for words, claim in found.items()} == {
        "14": "inner",
        "May 2025": "inner",
        "300": "outer",
        "Nine": None,
        "2023": None,
    }


def test_of_statements_with_the_same_words_the_deeper_one_holds() -> None:
    outer = statement("a", "14 boats by May 2025 to 300 people")
    inner = statement("b", "14 boats by May 2025 to 300 people", parent="a")
    assert claims_of([inner, outer])["14"].statement == "b"
    assert claims_of([outer, inner])["14"].statement == "b"


def test_a_claim_between_two_pieces_belongs_to_no_statement() -> None:
    found = claims_of([statement("a", "14 boats", "300 people")])
    assert (found["14"].statement, found["May 2025"].statement, found["300"].statement) == ("a", None, "a")


def test_a_claim_that_reaches_out_of_the_content_is_not_held() -> None:
    assert claims_of([statement("a", "promised 1")])["14"].statement is None


def test_statements_that_are_each_others_parent_do_not_hang() -> None:
    circle = [statement("a", "14 boats", parent="b"), statement("b", "14 boats", parent="a")]
    assert claims_of(circle)["14"].statement in ("a", "b")


def test_a_date_is_no_figure_and_a_length_of_time_is_both() -> None:
    document = Document.of("In 2023, on 3 May, at 17:22 GMT, it took six weeks.", origin="case")
    kinds = [
        (claim.type, claim.span.text) for claim in find_expressions(document, analyze(document.text), ())
    ]
    assert [words for kind, words in kinds if kind == "quantity"] == ["six weeks"]
    assert ("time", "six weeks") in kinds


def test_claims_stand_in_text_order() -> None:
    document = Document.of(TEXT, origin="case")
    starts = [claim.span.start for claim in find_expressions(document, analyze(document.text), ())]
    assert starts == sorted(starts)


def test_tying_keeps_every_claim() -> None:
    claims = find_expressions(Document.of(TEXT, origin="case"), analyze(TEXT), ())
    assert [claim.span for claim in attach_to_statements(claims, [statement("a", "14 boats")])] == [
        claim.span for claim in claims
    ]


@pytest.mark.parametrize(
    ("text", "sentences", "why"),
    [
        ("It fell. It rose.", 2, "a stop before an uppercase letter"),
        ("Mr. Venn fell.", 1, "a title"),
        ("At 9 a.m. Tarl rose.", 1, "letters with stops"),
        ("“It fell.” He left.", 2, "a closing mark after the stop"),
        ("It fell... and rose.", 1, "a small letter after the stops"),
        ("Rs. 5 lakh is due. He paid.", 2, "a currency's stop"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_sentences_of_a_passage(text: str, sentences: int, why: str) -> None:
    (passage,) = analyze(text).passages
    assert len(set(passage.sentence)) == sentences


def test_passages_cover_every_word_of_a_long_line() -> None:
    text = "word " * 30_000
    passages = analyze(text).passages
    assert sum(map(len, passages)) == 30_000
    assert max(passage.end[-1] - passage.start[0] for passage in passages) <= 20_000


def test_a_text_wrapped_by_hand_is_read_over_its_line_ends() -> None:
    document = Document.of("The flood of May\n2019 hit\n14\nvillages.", origin="case")
    found = {claim.span.text: claim for claim in find_expressions(document, analyze(document.text), ())}
    assert found["May\n2019"].value == "2019-05"
    assert found["14"].of == "villages"


def test_the_pipeline_says_what_statements_do_and_what_they_claim() -> None:
    text = "Mayor Oda Merrow denied on Tuesday that 14 villages were under water. She promised €3 million by Friday."
    document = Document.of(text, origin="case", published=Published("2024-05-03", "given"))
    report = Pipeline.load(threads=1).read(document)
    assert [statement.act for statement in report.statements] == ["deny", "promise"]
    assert all(statement.modality and statement.stance for statement in report.statements)
    claims = {claim.span.text: claim for claim in report.claims}
    assert claims["Tuesday"].value == "2024-04-30"
    assert claims["14"].statement == report.statements[0].id
    assert claims["€3 million"].statement == report.statements[1].id


HOSTILE = [
    ("Ab Cd " * 30_000, "capitalised words without end"),
    ("Springfield, " * 10_000, "a name of many places, each before the next"),
    ("PARIS, " * 20_000, "capitals"),
    ("U." * 60_000, "initials"),
    ("Walker County, " * 8_000, "counties"),
    ("the I-95 " * 10_000, "roads"),
    ("Monday, " * 15_000, "weekdays"),
    ("the same day " * 10_000, "a day that hangs on nothing"),
    ("the evening of the evening of " * 5_000, "parts of days"),
    ("a week from " * 10_000, "a week from nowhere"),
    ("1991-95-" * 15_000, "ranges in ranges"),
    ("52 votes to " * 10_000, "votes without end"),
    ("(" * 100_000 + ")" * 100_000, "brackets nested 100,000 deep"),
    ("\u0301" * 100_000, "combining marks"),
    ("\ud800Paris\x00" * 10_000, "surrogates and zeros"),
]


@pytest.mark.parametrize(("text", "why"), [pytest.param(*case, id=case[1]) for case in HOSTILE])
def test_hostile_texts_are_read_to_their_end(text: str, why: str) -> None:
    document = Document.of(text, origin="case", published=Published("2024-05-03", "given"))
    for claim in find_expressions(document, analyze(document.text), ()):
        assert text[claim.span.start : claim.span.end] == claim.span.text

"""A speaker's page, the names that a name may mean, and who said a quotation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from generated_reports import make_report

from onrecord.record import Record
from onrecord.types import Report, Span, Statement

RECORDS = [
    make_report("Ana Brandt: the bridge is closed\nMilo Okafor: no comment", day="2024-03-12"),
    make_report("Ana Brandt: it opens in May", day="2024-04-02"),
    make_report("Ana Brandt: undated", day=None),
    make_report("Ana Lind: another Ana", day="2024-01-01"),
    make_report("Milo Okafor: no comment at all", day="2024-01-02"),
]


@pytest.fixture
def filled(record: Record) -> Record:
    for report in RECORDS:
        record.add(report)
    return record


@pytest.mark.parametrize("typed", ["Ana Brandt", "ANA  BRANDT", "ána brandt.", "Brandt"])
def test_a_speaker_is_found_by_name_or_by_the_only_name_that_has_the_words(
    filled: Record, typed: str
) -> None:
    page = filled.speaker(typed)
    assert page is not None
    assert (page.name, page.kind, page.aliases) == ("Ana Brandt", "person", ("Brandt",))
    assert (page.reports, page.first, page.last) == (3, "2024-03-12", "2024-04-02")
    said = [found.statement.content[0].text for found in page.statements]
    assert said == ["it opens in May", "the bridge is closed", "undated"]


SPELLINGS = [
    (("Ana Mac Brandt", "Ana MacBrandt"), "one space"),
    (("An Na Mac Brandt", "Anna Mac Brandt", "Anna MacBrandt"), "two spaces, in all"),
]


@pytest.mark.parametrize(("names", "reason"), SPELLINGS, ids=[reason for _, reason in SPELLINGS])
def test_a_name_counts_its_reports_however_it_is_spaced(
    record: Record, names: tuple[str, ...], reason: str
) -> None:
    for number, name in enumerate(names):
        record.add(make_report(f"{name}: report {number}", day=f"2024-03-{number + 1:02}"))
    for typed in names:
        page = record.speaker(typed)
        assert page is not None
        assert (page.reports, len(page.statements)) == (len(names), len(names)), reason


def test_a_name_that_two_people_have_is_left_open(filled: Record) -> None:
    assert filled.speaker("Ana") is None
    assert [(name.name, name.reports) for name in filled.names("ana")] == [("Ana Brandt", 3), ("Ana Lind", 1)]
    assert filled.names("nobody") == filled.names("?") == ()
    assert filled.speaker("") is filled.speaker("Nobody Atall") is None


def test_a_long_page_goes_on(filled: Record) -> None:
    page = filled.speaker("Ana Brandt", limit=2)
    assert page is not None
    assert len(page.statements) == 2
    rest = filled.speaker("Ana Brandt", limit=2, after=page.after)
    assert rest is not None
    assert [found.statement.content[0].text for found in rest.statements] == ["undated"]
    assert rest.after is None


QUOTES = [
    ("no comment", 1, "the words as they are"),
    ("\u201cNo  Comment.\u201d", 1, "other quotation marks, spaces, case, a full stop"),
    ("''no comment,''", 1, "LaTeX's marks and a comma"),
    ("no comment at all", 1, "a longer one"),
    ("comment", 0, "a part of it"),
    ("no comments", 0, "another word"),
    ("!", 0, "no word"),
    ("", 0, "nothing"),
]


@pytest.mark.parametrize(("quotation", "count", "reason"), QUOTES, ids=[reason for *_, reason in QUOTES])
def test_quotes(filled: Record, quotation: str, count: int, reason: str) -> None:
    found = filled.quotes(quotation)
    assert len(found) == count
    assert all(item.speaker and item.speaker.name == "Milo Okafor" for item in found)


def test_a_piece_of_a_quotation_is_found_too(record: Record) -> None:
    report = make_report("Ana Brandt: \u201cwe stay,\u201d she said, \u201cuntil the end\u201d")
    text, statement = report.document.text, report.statements[0]
    pieces = tuple(
        Span.of(text, text.index(words), text.index(words) + len(words))
        for words in ("we stay,", "until the end")
    )
    record.add(replace(report, statements=(replace(statement, content=pieces),)))
    for quotation in ("we stay", "until the end", "We stay, until the end"):
        assert len(record.quotes(quotation)) == 1, quotation
    assert record.quotes("she said") == ()


def test_a_statement_by_its_id(filled: Record) -> None:
    wanted: Statement = RECORDS[1].statements[0]
    found = filled.statement(wanted.id)
    assert found is not None
    assert (found.statement, found.document) == (wanted, RECORDS[1].document)
    assert filled.statement("nothing") is None


def test_a_nested_statement_names_its_parent(record: Record) -> None:
    report: Report = RECORDS[0]
    outer, inner = report.statements
    record.add(replace(report, statements=(outer, replace(inner, parent=outer.id))))
    found = record.statement(inner.id)
    assert found is not None
    assert found.statement.parent == outer.id

"""A speaker's page, the names that a name may mean, and who said a quotation."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import report

from onrecord.store import Store
from onrecord.types import Record, Span, Statement

RECORDS = [
    report("Ana Brandt: the bridge is closed\nMilo Okafor: no comment", day="2024-03-12"),
    report("Ana Brandt: it opens in May", day="2024-04-02"),
    report("Ana Brandt: undated", day=None),
    report("Ana Lind: another Ana", day="2024-01-01"),
    report("Milo Okafor: no comment at all", day="2024-01-02"),
]


@pytest.fixture
def filled(store: Store) -> Store:
    for record in RECORDS:
        store.add(record)
    return store


@pytest.mark.parametrize("typed", ["Ana Brandt", "ANA  BRANDT", "ána brandt.", "Brandt"])
def test_a_speaker_is_found_by_name_or_by_the_only_name_that_has_the_words(filled: Store, typed: str) -> None:
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
    store: Store, names: tuple[str, ...], reason: str
) -> None:
    for number, name in enumerate(names):
        store.add(report(f"{name}: report {number}", day=f"2024-03-{number + 1:02}"))
    for typed in names:
        page = store.speaker(typed)
        assert page is not None
        assert (page.reports, len(page.statements)) == (len(names), len(names)), reason


def test_a_name_that_two_people_have_is_left_open(filled: Store) -> None:
    assert filled.speaker("Ana") is None
    assert [(name.name, name.reports) for name in filled.names("ana")] == [("Ana Brandt", 3), ("Ana Lind", 1)]
    assert filled.names("nobody") == filled.names("?") == ()
    assert filled.speaker("") is filled.speaker("Nobody Atall") is None


def test_a_long_page_goes_on(filled: Store) -> None:
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
def test_quotes(filled: Store, quotation: str, count: int, reason: str) -> None:
    found = filled.quotes(quotation)
    assert len(found) == count
    assert all(item.speaker and item.speaker.name == "Milo Okafor" for item in found)


def test_a_piece_of_a_quotation_is_found_too(store: Store) -> None:
    record = report("Ana Brandt: \u201cwe stay,\u201d she said, \u201cuntil the end\u201d")
    text, statement = record.document.text, record.statements[0]
    pieces = tuple(
        Span.of(text, text.index(words), text.index(words) + len(words))
        for words in ("we stay,", "until the end")
    )
    store.add(replace(record, statements=(replace(statement, content=pieces),)))
    for quotation in ("we stay", "until the end", "We stay, until the end"):
        assert len(store.quotes(quotation)) == 1, quotation
    assert store.quotes("she said") == ()


def test_a_statement_by_its_id(filled: Store) -> None:
    wanted: Statement = RECORDS[1].statements[0]
    found = filled.statement(wanted.id)
    assert found is not None
    assert (found.statement, found.document) == (wanted, RECORDS[1].document)
    assert filled.statement("nothing") is None


def test_a_nested_statement_names_its_parent(store: Store) -> None:
    record: Record = RECORDS[0]
    outer, inner = record.statements
    store.add(replace(record, statements=(outer, replace(inner, parent=outer.id))))
    found = store.statement(inner.id)
    assert found is not None
    assert found.statement.parent == outer.id

"""What goes into a record comes out equal, once, and nothing that isn't a record goes in."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from generated_reports import make_report, reports
from hypothesis import HealthCheck, given, settings

from onrecord.errors import ReportError
from onrecord.record import Record
from onrecord.types import Claim, Document, Published, Report, Span, Speaker, Statement

STORED = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

BRIDGE = "Ana Brandt: the old bridge is closed\nThe river is high.\nMilo Okafor: we will open it in May"


@STORED
@given(report=reports())
def test_any_record_comes_back_equal(record: Record, report: Report) -> None:
    record.remove(report.document.id)
    assert record.add(report) is True
    again = record.get(report.document.id)
    assert again == report
    assert again is not None
    # Equality takes 1 for 1.0; the contract's JSON doesn't.
    assert json.dumps(again.to_dict()["claims"]) == json.dumps(report.to_dict()["claims"])
    assert record.info()["statements"] >= len(report.statements)


@STORED
@given(report=reports())
def test_a_removed_record_leaves_nothing(record: Record, report: Report) -> None:
    before = record.info()
    if record.add(report):
        assert record.remove(report.document.id) is True
    assert record.remove(report.document.id) is False
    assert record.get(report.document.id) is None
    assert {**record.info(), "models": None} == {**before, "models": None}
    assert list(record.check()) == []


def test_adding_twice_changes_nothing(record: Record) -> None:
    report = make_report(BRIDGE)
    assert record.add(report) is True
    before = record.info()
    assert record.add(report) is False
    assert record.info() == before
    assert list(record.reports()) == [report]


def test_the_same_text_elsewhere_is_one_document_seen_twice(record: Record) -> None:
    first = make_report(BRIDGE)
    second = make_report(
        BRIDGE, origin="https://gazette.example/9", publisher="The Gazette", day="2024-03-13"
    )
    record.add(first)
    assert record.add(second) is False
    assert record.get(first.document.id) == first
    seen = record.occurrences(first.document.id)
    assert [(place.origin, place.publisher, place.published) for place in seen] == [
        ("https://courier.example/1", "The Osthaven Courier", "2024-03-12"),
        ("https://gazette.example/9", "The Gazette", "2024-03-13"),
    ]


def test_records_stream_in_the_order_they_came(record: Record) -> None:
    made = [make_report(f"{BRIDGE} {number}", day=f"2024-01-{1 + number % 28:02}") for number in range(120)]
    for report in made:
        record.add(report)
    assert list(record.reports()) == made


def test_info_counts_what_is_there(record: Record) -> None:
    assert record.info() == {
        "documents": 0,
        "statements": 0,
        "speakers": 0,
        "claims": 0,
        "failures": 0,
        "models": [],
    }
    record.add(make_report(BRIDGE, claims=[("May", 5, "month")]))
    record.add(make_report("Ana Brandt: no", model="en-test@2"))
    assert record.info() == {
        "documents": 2,
        "statements": 3,
        "speakers": 2,  # one of the three is the same name again
        "claims": 1,
        "failures": 0,
        "models": ["en-test@1", "en-test@2"],
    }


def test_documents_are_listed_newest_day_first(record: Record) -> None:
    days = ["2024-03-01", None, "2023-12-31", "2024-03-01", "1999"]
    for number, day in enumerate(days):
        record.add(make_report(f"Ana Brandt: number {number}", day=day))
    listed, after = record.documents(limit=2)
    while after:
        page, after = record.documents(limit=2, after=after)
        listed += page
    assert [summary.published.date for summary in listed] == [
        "2024-03-01",
        "2024-03-01",
        "2023-12-31",
        "1999",
        None,
    ]


BASE = make_report(BRIDGE)
DOCUMENT, STATEMENT, SPEAKER = BASE.document, BASE.statements[0], BASE.speakers[0]
ELSEWHERE = Span(0, 3, "xyz")

INVALID = {
    "an id that isn't the text's": replace(BASE, document=replace(DOCUMENT, id="0" * 64)),
    "content the text doesn't have": replace(BASE, statements=(replace(STATEMENT, content=(ELSEWHERE,)),)),
    "a source the text doesn't have": replace(BASE, statements=(replace(STATEMENT, source=ELSEWHERE),)),
    "a span past the end": replace(BASE, statements=(replace(STATEMENT, cue=Span(500, 501, "x")),)),
    "a mention the text doesn't have": replace(
        BASE, speakers=(replace(SPEAKER, mentions=(ELSEWHERE,)), *BASE.speakers[1:])
    ),
    "a claim the text doesn't have": replace(BASE, claims=(Claim(None, "quantity", ELSEWHERE),)),
    "two statements of one id": replace(BASE, statements=(STATEMENT, STATEMENT)),
    "two speakers of one id": replace(BASE, speakers=(SPEAKER, *BASE.speakers)),
    "a speaker that isn't there": replace(BASE, statements=(replace(STATEMENT, speaker="s9"),)),
    "a target that isn't there": replace(BASE, statements=(replace(STATEMENT, target="s9"),)),
    "a parent that isn't there": replace(BASE, statements=(replace(STATEMENT, parent="none"),)),
    "a claim of a statement that isn't there": replace(
        BASE, claims=(Claim("none", "quantity", DOCUMENT.span(0, 3)),)
    ),
    "a number that can't be written": replace(
        BASE, claims=(Claim(None, "quantity", DOCUMENT.span(0, 3), value=10**20_000),)
    ),
    "a GeoNames id that none can be": replace(
        BASE, claims=(Claim(None, "place", DOCUMENT.span(0, 3), geonames=10**18),)
    ),
    "an id of a thousand letters": replace(BASE, statements=(replace(STATEMENT, id="x" * 1000),)),
}


@pytest.mark.parametrize("reason", INVALID)
def test_an_invalid_record_is_refused_and_leaves_nothing(record: Record, reason: str) -> None:
    with pytest.raises(ReportError):
        record.add(INVALID[reason])
    assert record.info()["documents"] == 0


def test_extreme_sizes_are_kept(record: Record) -> None:
    text = "\u201c" + "word " * 100_000 + "\u201d"
    long_name = "Ana " * 5000
    document = Document.of(
        text, origin="x" * 5000, publisher="p" * 5000, published=Published("9999-12-31", "given")
    )
    speaker = Speaker("s", long_name, (long_name,), "person", None, None, ())
    statement = Statement("one", "direct", None, None, (document.span(1, len(text) - 1),), speaker="s")
    report = Report(document, (statement,), (speaker,))
    assert record.add(report) is True
    assert record.get(document.id) == report
    assert list(record.check()) == []

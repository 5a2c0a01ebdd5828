"""New readings take the place of old ones; what people corrected stays; copies and links are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from generated_reports import make_report

from onrecord.errors import RecordError, ReportError
from onrecord.record import Correction, Link, Record
from onrecord.search import Query, search
from onrecord.types import Report, Speaker

TEXT = "Ana Brandt: the bridge is closed\nMilo Okafor: we will open it in May"
FIRST = make_report(TEXT)
ID = FIRST.document.id


def newer() -> Report:
    """Another model's reading: other ids, other numbers of speakers, the second statement only."""
    made = make_report(TEXT, model="en-test@2")
    statement = replace(made.statements[1], id="fresh", score=0.5)
    return replace(made, statements=(statement,), speakers=(made.speakers[1], made.speakers[0]))


def test_another_model_s_reading_takes_the_place_of_the_old_one(record: Record) -> None:
    record.add(FIRST)
    assert record.add(newer()) is True
    assert record.get(ID) == newer()
    (old,) = record.history(ID)
    assert (old.report, old.model, old.number) == (FIRST, "en-test@1", 1)
    assert old.replaced is not None
    assert [hit.found.statement.id for hit in search(record, Query("bridge")).hits] == []
    assert [hit.found.statement.id for hit in search(record, Query("open")).hits] == ["fresh"]
    assert record.quotes("the bridge is closed") == ()
    assert record.info()["models"] == ["en-test@1", "en-test@2"]
    assert list(record.check()) == []


def test_the_same_model_s_second_reading_changes_nothing(record: Record) -> None:
    record.add(FIRST)
    assert record.add(replace(FIRST, statements=FIRST.statements[:1])) is False
    assert record.get(ID) == FIRST
    assert record.history(ID) == ()


def test_a_reading_that_moves_the_day_moves_its_statements(record: Record) -> None:
    record.add(FIRST)
    record.add(make_report(TEXT, model="en-test@2", day="2020-01-01"))
    assert len(search(record, Query(until="2020")).hits) == 2
    assert len(search(record, Query(since="2021")).hits) == 0
    assert list(record.check()) == []


def test_a_report_without_statements_knows_who_read_it(record: Record) -> None:
    empty = replace(FIRST, statements=(), speakers=())
    assert record.add(empty, model="en-test@1") is True
    assert record.has(ID, model="en-test@1") is True
    assert record.has(ID, model="en-test@2") is False
    assert record.add(FIRST) is False  # the same model: what it found stands
    assert record.add(newer()) is True


def change(**changes: object) -> Correction:
    before = FIRST.statements[0]
    return Correction(ID, "change", before, replace(before, **changes), FIRST.speakers, author="desk")  # type: ignore[arg-type]


def test_a_correction_is_applied_and_found(record: Record) -> None:
    record.add(FIRST)
    number = record.correct(change(act="deny"))
    report = record.get(ID)
    assert report is not None
    assert report.statements[0] == replace(FIRST.statements[0], act="deny")
    assert len(search(record, Query(act="deny")).hits) == 1
    ((kept_number, kept),) = record.corrections(ID)
    assert (kept_number, kept.author, kept.after) == (
        number,
        "desk",
        replace(FIRST.statements[0], act="deny"),
    )
    assert [reading.report for reading in record.history(ID)] == [FIRST]
    assert list(record.check()) == []


def test_a_correction_outlives_a_new_reading(record: Record) -> None:
    record.add(FIRST)
    after = replace(FIRST.statements[1], act="promise")
    record.correct(Correction(ID, "change", FIRST.statements[1], after, FIRST.speakers))
    record.add(newer())
    report = record.get(ID)
    assert report is not None
    (statement,) = report.statements
    assert statement.act == "promise"
    speaker = report.speaker_of(statement)
    assert speaker is not None
    assert speaker.name == "Milo Okafor"  # by name: the new reading numbers its speakers otherwise
    old, base = record.history(ID)
    assert (old.report, base.report) == (FIRST, newer())
    assert old.replaced is not None
    assert base.replaced is None


def test_a_change_of_what_a_new_reading_lost_brings_it_back(record: Record) -> None:
    record.add(FIRST)
    record.correct(change(act="deny"))
    record.add(newer())
    report = record.get(ID)
    assert report is not None
    assert [statement.act for statement in report.statements] == ["deny", "state"]


def test_rejecting_takes_a_statement_out_for_good(record: Record) -> None:
    outer, inner = FIRST.statements
    nested = replace(FIRST, statements=(outer, replace(inner, parent=outer.id)))
    record.add(nested)
    record.correct(Correction(ID, "reject", outer, None))
    report = record.get(ID)
    assert report is not None
    assert report.statements == (inner,)  # its parent is gone
    record.add(replace(make_report(TEXT, model="en-test@2")))
    report = record.get(ID)
    assert report is not None
    assert [statement.content[0].text for statement in report.statements] == ["we will open it in May"]


def test_adding_a_statement_of_a_new_speaker(record: Record) -> None:
    record.add(replace(FIRST, statements=FIRST.statements[:1]))
    other = Speaker("s0", "Zoë Lind", (), "person", None, None, ())
    added = replace(FIRST.statements[1], id="added", speaker="s0")
    record.correct(Correction(ID, "add", None, added, (other,)))
    page = record.speaker("Zoe Lind")
    assert page is not None
    assert [found.statement.id for found in page.statements] == ["added"]
    report = record.get(ID)
    assert report is not None
    assert len({speaker.id for speaker in report.speakers}) == 3


def test_a_correction_can_be_taken_back(record: Record) -> None:
    record.add(FIRST)
    first = record.correct(change(act="deny"))
    second = record.correct(Correction(ID, "reject", FIRST.statements[1], None))
    assert record.withdraw_correction(first) is True
    report = record.get(ID)
    assert report is not None
    assert report.statements == FIRST.statements[:1]
    assert record.withdraw_correction(second) is True
    assert record.get(ID) == FIRST
    assert record.history(ID) == ()
    assert record.withdraw_correction(second) is False
    assert list(record.check()) == []


def test_corrections_that_make_no_sense_are_refused(record: Record) -> None:
    record.add(FIRST)
    before = FIRST.statements[0]
    with pytest.raises(ReportError):
        Correction(ID, "reject", before, before, FIRST.speakers)
    with pytest.raises(ReportError):
        Correction(ID, "add", None, before)  # its speaker isn't given
    with pytest.raises(RecordError):
        record.correct(Correction("0" * 64, "reject", before, None))
    wrong = replace(before, cue=replace(before.content[0], text="x" * len(before.content[0].text)))
    with pytest.raises(ReportError):
        record.correct(Correction(ID, "change", before, wrong, FIRST.speakers))
    assert record.get(ID) == FIRST
    assert record.corrections() == ()


WIRE = " ".join(f"word{number}" for number in range(200))


def test_syndicated_copies_are_linked_and_kept(record: Record) -> None:
    original = make_report(f"Ana Brandt: {WIRE}")
    copy = make_report(
        f"Ana Brandt: {WIRE} and a line more", publisher="The Gazette", origin="https://gazette.example/2"
    )
    other = make_report("Ana Brandt: " + " ".join(f"else{number}" for number in range(200)))
    for report in (original, copy, other):
        record.add(report)
    ((summary, similarity),) = record.near_duplicates(original.document.id)
    assert (summary.id, summary.publisher) == (copy.document.id, "The Gazette")
    assert similarity > 0.8
    assert [summary.id for summary, _ in record.near_duplicates(copy.document.id)] == [original.document.id]
    assert record.near_duplicates(other.document.id) == ()
    assert record.get(copy.document.id) == copy
    record.remove(copy.document.id)
    assert record.near_duplicates(original.document.id) == ()
    assert list(record.check()) == []


def test_links_are_kept_once_and_go_with_what_they_link(record: Record) -> None:
    second = make_report("Milo Okafor: we will open it in May", origin="https://gazette.example/3")
    for report in (FIRST, second):
        record.add(report)
    link = Link(
        "same-quote",
        ID,
        FIRST.statements[1].id,
        second.document.id,
        second.statements[0].id,
        0.97,
        {"difference": []},
    )
    claim = replace(link, kind="same-claim", left=FIRST.statements[0].id)
    assert record.add_links([link, link, claim]) == 2
    assert record.add_links([link]) == 0
    assert record.links() == (link, claim)
    assert record.links(second.document.id, item=second.statements[0].id, kind="same-quote") == (link,)
    assert record.links(ID, item="nothing") == record.links("0" * 64) == ()
    assert record.remove_links([claim]) == 1
    assert record.remove_links([claim]) == 0
    with pytest.raises(RecordError):
        record.add_links([replace(link, right_document="0" * 64)])
    record.add(newer())  # the linked statement has another id now
    assert record.links() == ()
    record.add_links([replace(link, left="fresh")])
    record.remove(second.document.id)
    assert record.links() == ()

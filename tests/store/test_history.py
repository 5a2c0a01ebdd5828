"""New readings take the place of old ones; what people corrected stays; copies and links are kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import report

from onrecord.errors import RecordError, StoreError
from onrecord.search import Query, search
from onrecord.store import Correction, Link, Store
from onrecord.types import Record, Speaker

TEXT = "Ana Brandt: the bridge is closed\nMilo Okafor: we will open it in May"
FIRST = report(TEXT)
ID = FIRST.document.id


def newer() -> Record:
    """Another model's reading: other ids, other numbers of speakers, the second statement only."""
    made = report(TEXT, model="en-test@2")
    statement = replace(made.statements[1], id="fresh", score=0.5)
    return replace(made, statements=(statement,), speakers=(made.speakers[1], made.speakers[0]))


def test_another_model_s_reading_takes_the_place_of_the_old_one(store: Store) -> None:
    store.add(FIRST)
    assert store.add(newer()) is True
    assert store.get(ID) == newer()
    (old,) = store.history(ID)
    assert (old.record, old.model, old.number) == (FIRST, "en-test@1", 1)
    assert old.replaced is not None
    assert [hit.found.statement.id for hit in search(store, Query("bridge")).hits] == []
    assert [hit.found.statement.id for hit in search(store, Query("open")).hits] == ["fresh"]
    assert store.quotes("the bridge is closed") == ()
    assert store.info()["models"] == ["en-test@1", "en-test@2"]
    assert list(store.check()) == []


def test_the_same_model_s_second_reading_changes_nothing(store: Store) -> None:
    store.add(FIRST)
    assert store.add(replace(FIRST, statements=FIRST.statements[:1])) is False
    assert store.get(ID) == FIRST
    assert store.history(ID) == ()


def test_a_reading_that_moves_the_day_moves_its_statements(store: Store) -> None:
    store.add(FIRST)
    store.add(report(TEXT, model="en-test@2", day="2020-01-01"))
    assert len(search(store, Query(until="2020")).hits) == 2
    assert len(search(store, Query(since="2021")).hits) == 0
    assert list(store.check()) == []


def test_a_report_without_statements_knows_who_read_it(store: Store) -> None:
    empty = replace(FIRST, statements=(), speakers=())
    assert store.add(empty, model="en-test@1") is True
    assert store.has(ID, model="en-test@1") is True
    assert store.has(ID, model="en-test@2") is False
    assert store.add(FIRST) is False  # the same model: what it found stands
    assert store.add(newer()) is True


def change(**changes: object) -> Correction:
    before = FIRST.statements[0]
    return Correction(ID, "change", before, replace(before, **changes), FIRST.speakers, author="desk")  # type: ignore[arg-type]


def test_a_correction_is_applied_and_found(store: Store) -> None:
    store.add(FIRST)
    number = store.correct(change(act="deny"))
    record = store.get(ID)
    assert record is not None
    assert record.statements[0] == replace(FIRST.statements[0], act="deny")
    assert len(search(store, Query(act="deny")).hits) == 1
    ((kept_number, kept),) = store.corrections(ID)
    assert (kept_number, kept.author, kept.after) == (
        number,
        "desk",
        replace(FIRST.statements[0], act="deny"),
    )
    assert [reading.record for reading in store.history(ID)] == [FIRST]
    assert list(store.check()) == []


def test_a_correction_outlives_a_new_reading(store: Store) -> None:
    store.add(FIRST)
    after = replace(FIRST.statements[1], act="promise")
    store.correct(Correction(ID, "change", FIRST.statements[1], after, FIRST.speakers))
    store.add(newer())
    record = store.get(ID)
    assert record is not None
    (statement,) = record.statements
    assert statement.act == "promise"
    speaker = record.speaker_of(statement)
    assert speaker is not None
    assert speaker.name == "Milo Okafor"  # by name: the new reading numbers its speakers otherwise
    old, base = store.history(ID)
    assert (old.record, base.record) == (FIRST, newer())
    assert old.replaced is not None
    assert base.replaced is None


def test_a_change_of_what_a_new_reading_lost_brings_it_back(store: Store) -> None:
    store.add(FIRST)
    store.correct(change(act="deny"))
    store.add(newer())
    record = store.get(ID)
    assert record is not None
    assert [statement.act for statement in record.statements] == ["deny", "state"]


def test_rejecting_takes_a_statement_out_for_good(store: Store) -> None:
    outer, inner = FIRST.statements
    nested = replace(FIRST, statements=(outer, replace(inner, parent=outer.id)))
    store.add(nested)
    store.correct(Correction(ID, "reject", outer, None))
    record = store.get(ID)
    assert record is not None
    assert record.statements == (inner,)  # its parent is gone
    store.add(replace(report(TEXT, model="en-test@2")))
    record = store.get(ID)
    assert record is not None
    assert [statement.content[0].text for statement in record.statements] == ["we will open it in May"]


def test_adding_a_statement_of_a_new_speaker(store: Store) -> None:
    store.add(replace(FIRST, statements=FIRST.statements[:1]))
    other = Speaker("s0", "Zoë Lind", (), "person", None, None, ())
    added = replace(FIRST.statements[1], id="added", speaker="s0")
    store.correct(Correction(ID, "add", None, added, (other,)))
    page = store.speaker("Zoe Lind")
    assert page is not None
    assert [found.statement.id for found in page.statements] == ["added"]
    record = store.get(ID)
    assert record is not None
    assert len({speaker.id for speaker in record.speakers}) == 3


def test_a_correction_can_be_taken_back(store: Store) -> None:
    store.add(FIRST)
    first = store.correct(change(act="deny"))
    second = store.correct(Correction(ID, "reject", FIRST.statements[1], None))
    assert store.uncorrect(first) is True
    record = store.get(ID)
    assert record is not None
    assert record.statements == FIRST.statements[:1]
    assert store.uncorrect(second) is True
    assert store.get(ID) == FIRST
    assert store.history(ID) == ()
    assert store.uncorrect(second) is False
    assert list(store.check()) == []


def test_corrections_that_make_no_sense_are_refused(store: Store) -> None:
    store.add(FIRST)
    before = FIRST.statements[0]
    with pytest.raises(RecordError):
        Correction(ID, "reject", before, before, FIRST.speakers)
    with pytest.raises(RecordError):
        Correction(ID, "add", None, before)  # its speaker isn't given
    with pytest.raises(StoreError):
        store.correct(Correction("0" * 64, "reject", before, None))
    wrong = replace(before, cue=replace(before.content[0], text="x" * len(before.content[0].text)))
    with pytest.raises(RecordError):
        store.correct(Correction(ID, "change", before, wrong, FIRST.speakers))
    assert store.get(ID) == FIRST
    assert store.corrections() == ()


WIRE = " ".join(f"word{number}" for number in range(200))


def test_syndicated_copies_are_linked_and_kept(store: Store) -> None:
    original = report(f"Ana Brandt: {WIRE}")
    copy = report(
        f"Ana Brandt: {WIRE} and a line more", publisher="The Gazette", origin="https://gazette.example/2"
    )
    other = report("Ana Brandt: " + " ".join(f"else{number}" for number in range(200)))
    for record in (original, copy, other):
        store.add(record)
    ((head, similarity),) = store.copies(original.document.id)
    assert (head.id, head.publisher) == (copy.document.id, "The Gazette")
    assert similarity > 0.8
    assert [head.id for head, _ in store.copies(copy.document.id)] == [original.document.id]
    assert store.copies(other.document.id) == ()
    assert store.get(copy.document.id) == copy
    store.remove(copy.document.id)
    assert store.copies(original.document.id) == ()
    assert list(store.check()) == []


def test_links_are_kept_once_and_go_with_what_they_link(store: Store) -> None:
    second = report("Milo Okafor: we will open it in May", origin="https://gazette.example/3")
    for record in (FIRST, second):
        store.add(record)
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
    assert store.add_links([link, link, claim]) == 2
    assert store.add_links([link]) == 0
    assert store.links() == (link, claim)
    assert store.links(second.document.id, item=second.statements[0].id, kind="same-quote") == (link,)
    assert store.links(ID, item="nothing") == store.links("0" * 64) == ()
    assert store.remove_links([claim]) == 1
    assert store.remove_links([claim]) == 0
    with pytest.raises(StoreError):
        store.add_links([replace(link, right_document="0" * 64)])
    store.add(newer())  # the linked statement has another id now
    assert store.links() == ()
    store.add_links([replace(link, left="fresh")])
    store.remove(second.document.id)
    assert store.links() == ()

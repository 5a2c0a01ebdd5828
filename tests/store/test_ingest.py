"""An ingest takes everything in once, names what it can't, and may be killed at any moment."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from reading_made import MODEL, documents, read

from onrecord.errors import FormatError, SettingsError, StoreError
from onrecord.ingest import IngestOptions, Progress, ingest, reread
from onrecord.search import Query, search
from onrecord.store import Store, open_store
from onrecord.types import Document, Failure, Record


def write_lines(path: Path, texts: Iterable[str]) -> str:
    path.write_text("".join("bad\n" if text == "bad" else json.dumps(text) + "\n" for text in texts))
    return str(path)


def texts_of(count: int, *, seed: int = 1) -> list[str]:
    rng = random.Random(seed)
    names = ["Ana Brandt", "Milo Okafor", "Zoë Lind"]
    return [
        "\n".join(
            f"{rng.choice(names)}: number {number} says {rng.random()}" for _ in range(rng.randint(1, 6))
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_everything_is_taken_in_once(store: Store, tmp_path: Path, workers: int) -> None:
    texts = texts_of(40)
    first = write_lines(tmp_path / "a.jsonl", [*texts[:20], "bad", texts[3]])
    second = write_lines(tmp_path / "b.jsonl", texts[20:])
    seen: list[Progress] = []
    total = ingest(
        store,
        iter([first, second, "missing.jsonl"]),
        documents=documents,
        read=read,
        options=IngestOptions(workers=workers),
        progress=seen.append,
    )
    assert (total.added, total.known, total.failed, total.done) == (40, 1, 2, 43)
    assert [state.done for state in seen] == list(range(1, 44))
    assert [record.document.text for record in store.records()] == texts  # in the order given
    assert total.statements == store.info()["statements"] == sum(text.count("\n") + 1 for text in texts)
    assert {item.failure.origin for item in store.failures()} == {f"{first}#21", "missing.jsonl"}
    assert len(store.sightings(Document.of(texts[3], origin="").id)) == 2
    again = ingest(
        store, [first, second], documents=documents, read=read, options=IngestOptions(workers=workers)
    )
    assert (again.added, again.known, again.failed) == (0, 41, 1)
    assert len(search(store, Query("number", limit=500)).hits) == total.statements
    assert list(store.check()) == []


def test_a_file_fails_once_whichever_way_its_path_is_written(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_lines(tmp_path / "a.jsonl", ["Ana Brandt: one", "bad", "bad"])
    absolute = str(tmp_path / "a.jsonl")

    def failing(*origins: str, retry: bool = False) -> set[str]:
        ingest(store, origins, documents=documents, read=read, options=IngestOptions(retry_failed=retry))
        return {item.failure.origin for item in store.failures()}

    assert failing("a.jsonl", absolute) == {f"{absolute}#2", f"{absolute}#3"}
    assert failing("./a.jsonl") == {"./a.jsonl#2", "./a.jsonl#3"}
    store.fail(Failure("a.jsonl", FormatError("a.jsonl", "torn")), within="a.jsonl")
    assert len(failing(retry=True)) == 2
    write_lines(tmp_path / "a.jsonl", ["Ana Brandt: one", "Ana Brandt: two"])
    assert failing(absolute) == set()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_that_cannot_be_read_is_a_failure_by_name(
    store: Store, tmp_path: Path, workers: int
) -> None:
    texts = ["Ana Brandt: one", "Ana Brandt: REFUSE", "Ana Brandt: DEEP", "Ana Brandt: four"]
    path = write_lines(tmp_path / "a.jsonl", texts)
    total = ingest(store, [path], documents=documents, read=read, options=IngestOptions(workers=workers))
    assert (total.added, total.failed) == (2, 2)
    kinds = {item.failure.origin: type(item.failure.error).__name__ for item in store.failures()}
    assert kinds == {f"{path}#2": "RecordError", f"{path}#3": "TooLargeError"}


def test_a_document_that_kills_its_worker_is_named_and_the_rest_is_read(store: Store, tmp_path: Path) -> None:
    texts = texts_of(12)
    texts.insert(5, "Ana Brandt: KILL")
    path = write_lines(tmp_path / "a.jsonl", texts)
    total = ingest(store, [path], documents=documents, read=read, options=IngestOptions(workers=2))
    assert (total.added, total.failed) == (12, 1)
    (failed,) = store.failures()
    assert failed.failure.origin == f"{path}#6"
    assert "ended the process" in str(failed.failure.error)


def test_failures_are_taken_up_again(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "late.jsonl"
    ingest(store, [str(path)], documents=documents, read=read)
    ingest(store, [], documents=documents, read=read, options=IngestOptions(retry_failed=True))
    (failed,) = store.failures()
    assert failed.attempts == 2
    write_lines(path, ["Ana Brandt: here at last"])
    total = ingest(
        store, [str(path)], documents=documents, read=read, options=IngestOptions(retry_failed=True)
    )
    assert (total.added, total.done) == (1, 1)  # named twice, read once
    assert store.failures() == ()


def test_a_failure_inside_an_archive_is_tried_again_by_the_archive(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_lines(path, ["Ana Brandt: one", "bad", "Ana Brandt: REFUSE", "Ana Brandt: four"])
    ingest(store, [str(path)], documents=documents, read=read)
    assert {item.within for item in store.failures()} == {str(path)}
    write_lines(path, ["Ana Brandt: one", "Ana Brandt: two", "Ana Brandt: REFUSE", "Ana Brandt: four"])
    total = ingest(store, [], documents=documents, read=read, options=IngestOptions(retry_failed=True))
    assert (total.added, total.known, total.failed) == (1, 2, 1)
    (failed,) = store.failures()
    assert (failed.failure.origin, failed.attempts) == (f"{path}#3", 2)


def test_another_model_reads_again_where_that_is_asked_for(store: Store, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", texts_of(3))
    again = IngestOptions(reread=True)
    ingest(store, [path], documents=documents, read=read, model=MODEL)
    assert ingest(store, [path], documents=documents, read=read, model=MODEL, options=again).known == 3
    assert ingest(store, [path], documents=documents, read=read, model="en-test@2").known == 3
    total = ingest(store, [path], documents=documents, read=read, model="en-test@2", options=again)
    assert (total.added, store.info()["documents"]) == (3, 3)
    (first, *_) = store.records()
    assert len(store.history(first.document.id)) == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_a_record_is_read_again_from_its_own_texts(store: Store, tmp_path: Path, workers: int) -> None:
    texts = texts_of(30)
    ingest(store, [write_lines(tmp_path / "a.jsonl", texts)], documents=documents, read=read, model=MODEL)
    (tmp_path / "a.jsonl").unlink()
    before = list(store.records())
    total = reread(store, read=read, model="en-test@2", workers=workers)
    assert (total.added, total.failed) == (30, 0)
    assert list(store.records()) == before  # the same, read by another
    assert all(len(store.sightings(record.document.id)) == 1 for record in before)
    assert [item.model for item in store.history(before[0].document.id)] == [MODEL]
    assert (
        reread(store, read=read, model="en-test@2", workers=workers).done == 0
    )  # a second time there is nothing to do
    assert list(store.check()) == []


def refuse(document: Document) -> Record:
    """Reads no document that tells of the number 2."""
    if "number 2 " in document.text:
        raise FormatError(document.origin, "expected another number")
    return read(document)


def test_what_cannot_be_read_again_keeps_the_reading_it_has(store: Store, tmp_path: Path) -> None:
    ingest(
        store, [write_lines(tmp_path / "a.jsonl", texts_of(5))], documents=documents, read=read, model=MODEL
    )
    before = list(store.records())
    seen: list[Progress] = []
    total = reread(store, read=refuse, model="en-test@2", progress=seen.append)
    assert (total.added, total.failed) == (4, 1)
    assert [str(state.failure) for state in seen if state.failure] == [
        f"{before[2].document.origin}: expected another number"
    ]
    assert list(store.records()) == before
    assert store.failures() == ()
    assert reread(store, read=read, model="en-test@2").added == 1


def test_each_new_document_is_linked_once_even_after_a_stop(store: Store, tmp_path: Path) -> None:
    texts = texts_of(8)
    path = write_lines(tmp_path / "a.jsonl", [*texts, texts[0]])
    linked: list[str] = []

    def link(store: Store, document: str) -> None:
        assert store.get(document) is not None
        linked.append(document)

    def stop(store: Store, document: str) -> None:
        if len(linked) == 3:
            raise KeyboardInterrupt
        link(store, document)

    with pytest.raises(KeyboardInterrupt):
        ingest(store, [path], documents=documents, read=read, link=stop)
    assert store.info()["documents"] == 4  # the fourth was added, and then came the stop
    ids = [Document.of(text, origin="").id for text in texts]
    before = len(linked)
    ingest(store, [path], documents=documents, read=read, link=link)
    # What the stopped run hadn't noted comes again, and nothing is left out.
    assert linked[before:] == ids
    ingest(store, [path], documents=documents, read=read, link=link)
    assert len(linked) == before + len(ids)
    assert store.unlinked() == ()
    reread(store, read=read, model="en-test@2", link=link)
    assert linked[before + len(ids) :] == ids  # another reading has other statements


def test_standard_input_is_not_tried_again(store: Store) -> None:
    store.fail(Failure("-#3", FormatError("-#3", "expected JSON")), within="-")
    total = ingest(store, [], documents=documents, read=read, options=IngestOptions(retry_failed=True))
    assert total.done == 0
    assert len(store.failures()) == 1


def test_memory_does_not_grow_with_the_input(store: Store) -> None:
    held = 0
    most = 0

    def endless(origin: str) -> Iterable[Document]:
        nonlocal held, most
        for number in range(300):
            held += 1
            most = max(most, held)
            yield Document.of(f"Ana Brandt: {origin} {number}", origin=f"{origin}#{number}")

    def count(state: Progress) -> None:
        nonlocal held
        held -= 1

    ingest(store, ["x"], documents=endless, read=read, options=IngestOptions(workers=2), progress=count)
    assert most <= 2 * 4 + 2


def test_a_store_that_fails_ends_it_and_what_was_added_stays(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", texts_of(5))
    with open_store(tmp_path / "record.db") as store:

        def stop(document: Document) -> Record:
            if document.origin.endswith("#3"):
                raise StoreError("the disk is full")
            return read(document)

        with pytest.raises(StoreError):
            ingest(store, [path], documents=documents, read=stop)
        assert store.info()["documents"] == 2
        with pytest.raises(SettingsError):
            IngestOptions(workers=0)

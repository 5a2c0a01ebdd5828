"""An ingest takes everything in once, names what it can't, and may be killed at any moment."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest
import reading_made
from reading_made import MODEL, documents, read

from onrecord.errors import SettingsError, StoreError
from onrecord.ingest import Progress, ingest
from onrecord.search import Query, search
from onrecord.store import Store, open_store
from onrecord.types import Document, Record


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
        workers=workers,
        progress=seen.append,
    )
    assert (total.added, total.known, total.failed, total.done) == (40, 1, 2, 43)
    assert [state.done for state in seen] == list(range(1, 44))
    assert [record.document.text for record in store.records()] == texts  # in the order given
    assert total.statements == store.info()["statements"] == sum(text.count("\n") + 1 for text in texts)
    assert {item.failure.origin for item in store.failures()} == {f"{first}#21", "missing.jsonl"}
    assert len(store.sightings(Document.of(texts[3], origin="").id)) == 2
    again = ingest(store, [first, second], documents=documents, read=read, workers=workers)
    assert (again.added, again.known, again.failed) == (0, 41, 1)
    assert len(search(store, Query("number", limit=500)).hits) == total.statements
    assert list(store.check()) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_that_cannot_be_read_is_a_failure_by_name(
    store: Store, tmp_path: Path, workers: int
) -> None:
    texts = ["Ana Brandt: one", "Ana Brandt: REFUSE", "Ana Brandt: DEEP", "Ana Brandt: four"]
    path = write_lines(tmp_path / "a.jsonl", texts)
    total = ingest(store, [path], documents=documents, read=read, workers=workers)
    assert (total.added, total.failed) == (2, 2)
    kinds = {item.failure.origin: type(item.failure.error).__name__ for item in store.failures()}
    assert kinds == {f"{path}#2": "RecordError", f"{path}#3": "TooLargeError"}


def test_a_document_that_kills_its_worker_is_named_and_the_rest_is_read(store: Store, tmp_path: Path) -> None:
    texts = texts_of(12)
    texts.insert(5, "Ana Brandt: KILL")
    path = write_lines(tmp_path / "a.jsonl", texts)
    total = ingest(store, [path], documents=documents, read=read, workers=2)
    assert (total.added, total.failed) == (12, 1)
    (failed,) = store.failures()
    assert failed.failure.origin == f"{path}#6"
    assert "ended the process" in str(failed.failure.error)


def test_failures_are_taken_up_again(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "late.jsonl"
    ingest(store, [str(path)], documents=documents, read=read)
    ingest(store, [], documents=documents, read=read, retry_failed=True)
    (failed,) = store.failures()
    assert failed.attempts == 2
    write_lines(path, ["Ana Brandt: here at last"])
    total = ingest(store, [str(path)], documents=documents, read=read, retry_failed=True)
    assert (total.added, total.done) == (1, 1)  # named twice, read once
    assert store.failures() == ()


def test_a_failure_inside_an_archive_is_tried_again_by_the_archive(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_lines(path, ["Ana Brandt: one", "bad", "Ana Brandt: REFUSE", "Ana Brandt: four"])
    ingest(store, [str(path)], documents=documents, read=read)
    assert {item.within for item in store.failures()} == {str(path)}
    write_lines(path, ["Ana Brandt: one", "Ana Brandt: two", "Ana Brandt: REFUSE", "Ana Brandt: four"])
    total = ingest(store, [], documents=documents, read=read, retry_failed=True)
    assert (total.added, total.known, total.failed) == (1, 2, 1)
    (failed,) = store.failures()
    assert (failed.failure.origin, failed.attempts) == (f"{path}#3", 2)


def test_another_model_reads_again(store: Store, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", texts_of(3))
    ingest(store, [path], documents=documents, read=read, model=MODEL)
    assert ingest(store, [path], documents=documents, read=read, model=MODEL).known == 3
    total = ingest(store, [path], documents=documents, read=read, model="en-test@2")
    assert (total.added, store.info()["documents"]) == (3, 3)
    (first, *_) = store.records()
    assert len(store.history(first.document.id)) == 1


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

    ingest(store, ["x"], documents=endless, read=read, workers=2, progress=count)
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
            ingest(store, [path], documents=documents, read=read, workers=0)


def contents(store: Store) -> list[object]:
    """All that a record holds, by what it is and not by the numbers it is kept under."""
    records = sorted(store.records(), key=lambda record: record.document.id)
    copies = [
        sorted((head.id, value) for head, value in store.copies(record.document.id)) for record in records
    ]
    found = sorted(hit.found.statement.id for hit in _everything(store))
    return [records, copies, found, store.info(), [item.failure.origin for item in store.failures()]]


def _everything(store: Store) -> Iterable[object]:
    query: Query | None = Query("number", sort="newest", limit=500)
    while query is not None:
        page = search(store, query)
        yield from page.hits
        query = Query("number", sort="newest", limit=500, after=page.after) if page.after else None


# Set higher for a measurement: 50 moments take minutes.
KILLS = int(os.environ.get("ONRECORD_KILLS", "3"))


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.skipif(sys.platform == "win32", reason="no signal there ends a process at once")
def test_killed_at_any_moment_and_begun_again_it_is_as_if_nothing_had_been(
    url: str, tmp_path: Path, workers: int
) -> None:
    texts = texts_of(70 * KILLS + 150)
    texts[40:40] = ["bad", texts[7]]
    files = [write_lines(tmp_path / f"{part}.jsonl", texts[part::3]) for part in range(3)]
    with open_store(tmp_path / "whole.db") as whole:
        ingest(whole, files, documents=documents, read=read)
        expected = contents(whole)
    command = [sys.executable, reading_made.__file__, url, str(workers), *files]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    rng = random.Random(workers)
    for _ in range(KILLS):
        run = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, start_new_session=True)
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(rng.uniform(0.02, 0.6 if workers == 1 else 2.5))
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        run.stdout.close()
        with open_store(url) as store:
            done = {record.document.id for record in store.records()}
            assert len(done) == store.info()["documents"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    with open_store(url) as store:
        assert list(store.check()) == []
        assert contents(store) == expected

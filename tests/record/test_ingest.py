"""An ingest takes everything in once, names what it can't, and may be killed at any time."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from generated_reader import MODEL, documents, read

from onrecord.errors import FormatError, RecordError, SettingsError
from onrecord.ingest import IngestOptions, Progress, ingest, reread
from onrecord.record import Record, open_record
from onrecord.search import Query, search
from onrecord.types import Document, Failure, Report


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
def test_everything_is_taken_in_once(record: Record, tmp_path: Path, workers: int) -> None:
    texts = texts_of(40)
    first = write_lines(tmp_path / "a.jsonl", [*texts[:20], "bad", texts[3]])
    second = write_lines(tmp_path / "b.jsonl", texts[20:])
    seen: list[Progress] = []
    total = ingest(
        record,
        iter([first, second, "missing.jsonl"]),
        documents=documents,
        read=read,
        options=IngestOptions(workers=workers),
        progress=seen.append,
    )
    assert (total.added, total.known, total.failed, total.done) == (40, 1, 2, 43)
    assert [state.done for state in seen] == list(range(1, 44))
    assert [report.document.text for report in record.reports()] == texts  # in the order given
    assert total.statements == record.info()["statements"] == sum(text.count("\n") + 1 for text in texts)
    assert {item.failure.origin for item in record.failures()} == {f"{first}#21", "missing.jsonl"}
    assert len(record.occurrences(Document.of(texts[3], origin="").id)) == 2
    again = ingest(
        record, [first, second], documents=documents, read=read, options=IngestOptions(workers=workers)
    )
    assert (again.added, again.known, again.failed) == (0, 41, 1)
    assert len(search(record, Query("number", limit=500)).hits) == total.statements
    assert list(record.check()) == []


def test_a_file_fails_once_whichever_way_its_path_is_written(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_lines(tmp_path / "a.jsonl", ["Ana Brandt: one", "bad", "bad"])
    absolute = str(tmp_path / "a.jsonl")

    def failing(*origins: str, retry: bool = False) -> set[str]:
        ingest(record, origins, documents=documents, read=read, options=IngestOptions(retry_failed=retry))
        return {item.failure.origin for item in record.failures()}

    assert failing("a.jsonl", absolute) == {f"{absolute}#2", f"{absolute}#3"}
    assert failing("./a.jsonl") == {"./a.jsonl#2", "./a.jsonl#3"}
    record.fail(Failure("a.jsonl", FormatError("a.jsonl", "torn")), within="a.jsonl")
    assert len(failing(retry=True)) == 2
    write_lines(tmp_path / "a.jsonl", ["Ana Brandt: one", "Ana Brandt: two"])
    assert failing(absolute) == set()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_that_cannot_be_read_is_a_failure_by_name(
    record: Record, tmp_path: Path, workers: int
) -> None:
    texts = ["Ana Brandt: one", "Ana Brandt: REFUSE", "Ana Brandt: DEEP", "Ana Brandt: four"]
    path = write_lines(tmp_path / "a.jsonl", texts)
    total = ingest(record, [path], documents=documents, read=read, options=IngestOptions(workers=workers))
    assert (total.added, total.failed) == (2, 2)
    kinds = {item.failure.origin: type(item.failure.error).__name__ for item in record.failures()}
    assert kinds == {f"{path}#2": "ReportError", f"{path}#3": "TooLargeError"}


def test_a_document_that_kills_its_worker_is_named_and_the_rest_is_read(
    record: Record, tmp_path: Path
) -> None:
    texts = texts_of(12)
    texts.insert(5, "Ana Brandt: KILL")
    path = write_lines(tmp_path / "a.jsonl", texts)
    total = ingest(record, [path], documents=documents, read=read, options=IngestOptions(workers=2))
    assert (total.added, total.failed) == (12, 1)
    (failed,) = record.failures()
    assert failed.failure.origin == f"{path}#6"
    assert "ended the process" in str(failed.failure.error)


def test_failures_are_taken_up_again(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "late.jsonl"
    ingest(record, [str(path)], documents=documents, read=read)
    ingest(record, [], documents=documents, read=read, options=IngestOptions(retry_failed=True))
    (failed,) = record.failures()
    assert failed.attempts == 2
    write_lines(path, ["Ana Brandt: here at last"])
    total = ingest(
        record, [str(path)], documents=documents, read=read, options=IngestOptions(retry_failed=True)
    )
    assert (total.added, total.done) == (1, 1)  # named twice, read once
    assert record.failures() == ()


def test_a_failure_inside_an_archive_is_tried_again_by_the_archive(record: Record, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_lines(path, ["Ana Brandt: one", "bad", "Ana Brandt: REFUSE", "Ana Brandt: four"])
    ingest(record, [str(path)], documents=documents, read=read)
    assert {item.within for item in record.failures()} == {str(path)}
    write_lines(path, ["Ana Brandt: one", "Ana Brandt: two", "Ana Brandt: REFUSE", "Ana Brandt: four"])
    total = ingest(record, [], documents=documents, read=read, options=IngestOptions(retry_failed=True))
    assert (total.added, total.known, total.failed) == (1, 2, 1)
    (failed,) = record.failures()
    assert (failed.failure.origin, failed.attempts) == (f"{path}#3", 2)


def test_another_model_reads_again_where_that_is_asked_for(record: Record, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", texts_of(3))
    again = IngestOptions(reread=True)
    ingest(record, [path], documents=documents, read=read, model=MODEL)
    assert ingest(record, [path], documents=documents, read=read, model=MODEL, options=again).known == 3
    assert ingest(record, [path], documents=documents, read=read, model="en-test@2").known == 3
    total = ingest(record, [path], documents=documents, read=read, model="en-test@2", options=again)
    assert (total.added, record.info()["documents"]) == (3, 3)
    (first, *_) = record.reports()
    assert len(record.history(first.document.id)) == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_a_record_is_read_again_from_its_own_texts(record: Record, tmp_path: Path, workers: int) -> None:
    texts = texts_of(30)
    ingest(record, [write_lines(tmp_path / "a.jsonl", texts)], documents=documents, read=read, model=MODEL)
    (tmp_path / "a.jsonl").unlink()
    before = list(record.reports())
    total = reread(record, read=read, model="en-test@2", workers=workers)
    assert (total.added, total.failed) == (30, 0)
    assert list(record.reports()) == before  # the same, read by another
    assert all(len(record.occurrences(report.document.id)) == 1 for report in before)
    assert [item.model for item in record.history(before[0].document.id)] == [MODEL]
    assert (
        reread(record, read=read, model="en-test@2", workers=workers).done == 0
    )  # a second time there is nothing to do
    assert list(record.check()) == []


def refuse(document: Document) -> Report:
    """Reads no document that tells of the number 2."""
    if "number 2 " in document.text:
        raise FormatError(document.origin, "expected another number")
    return read(document)


def test_what_cannot_be_read_again_keeps_the_reading_it_has(record: Record, tmp_path: Path) -> None:
    ingest(
        record, [write_lines(tmp_path / "a.jsonl", texts_of(5))], documents=documents, read=read, model=MODEL
    )
    before = list(record.reports())
    seen: list[Progress] = []
    total = reread(record, read=refuse, model="en-test@2", progress=seen.append)
    assert (total.added, total.failed) == (4, 1)
    assert [str(state.failure) for state in seen if state.failure] == [
        f"{before[2].document.origin}: expected another number"
    ]
    assert list(record.reports()) == before
    assert record.failures() == ()
    assert reread(record, read=read, model="en-test@2").added == 1


def test_each_new_document_is_linked_once_even_after_a_stop(record: Record, tmp_path: Path) -> None:
    texts = texts_of(8)
    path = write_lines(tmp_path / "a.jsonl", [*texts, texts[0]])
    linked: list[str] = []

    def link(record: Record, document: str) -> None:
        assert record.get(document) is not None
        linked.append(document)

    def stop(record: Record, document: str) -> None:
        if len(linked) == 3:
            raise KeyboardInterrupt
        link(record, document)

    with pytest.raises(KeyboardInterrupt):
        ingest(record, [path], documents=documents, read=read, link=stop)
    assert record.info()["documents"] == 4  # the fourth was added, and then came the stop
    ids = [Document.of(text, origin="").id for text in texts]
    before = len(linked)
    ingest(record, [path], documents=documents, read=read, link=link)
    # What the stopped run hadn't noted comes again, and nothing is left out.
    assert linked[before:] == ids
    ingest(record, [path], documents=documents, read=read, link=link)
    assert len(linked) == before + len(ids)
    assert record.unlinked_documents() == ()
    reread(record, read=read, model="en-test@2", link=link)
    assert linked[before + len(ids) :] == ids  # another reading has other statements


def test_standard_input_is_not_tried_again(record: Record) -> None:
    record.fail(Failure("-#3", FormatError("-#3", "expected JSON")), within="-")
    total = ingest(record, [], documents=documents, read=read, options=IngestOptions(retry_failed=True))
    assert total.done == 0
    assert len(record.failures()) == 1


def test_memory_does_not_grow_with_the_input(record: Record) -> None:
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

    ingest(record, ["x"], documents=endless, read=read, options=IngestOptions(workers=2), progress=count)
    assert most <= 2 * 4 + 2


def test_a_store_that_fails_ends_it_and_what_was_added_stays(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", texts_of(5))
    with open_record(tmp_path / "record.db") as record:

        def stop(document: Document) -> Report:
            if document.origin.endswith("#3"):
                raise RecordError("the disk is full")
            return read(document)

        with pytest.raises(RecordError):
            ingest(record, [path], documents=documents, read=stop)
        assert record.info()["documents"] == 2
        with pytest.raises(SettingsError):
            IngestOptions(workers=0)

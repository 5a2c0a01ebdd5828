"""The passage index: every word of every text, found on either database."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from generated_reports import make_report
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import Record, open_record
from onrecord.record.folding import analyze_words
from onrecord.record.passages import OVERLAP, STEP, count_passages, find_passages, passages_of

LONG = " ".join(f"word{number}" for number in range(450))


@given(st.lists(st.sampled_from(["harbour", "won't", "3.5", "—", "\n", "é", "x" * 70]), max_size=400))
def test_passages_cover_every_word_and_overlap(parts: list[str]) -> None:
    text = " ".join(parts)
    words = list(analyze_words(text))
    passages = list(passages_of(text))
    for start, end, token in words:
        assert any(item.start <= start and end <= item.end and token in item.tokens for item in passages)
    starts = [start for start, _, _ in words]
    for left, right in zip(passages, passages[1:], strict=False):
        shared = [start for start in starts if right.start <= start < left.end]
        assert len(shared) == min(OVERLAP, len(starts) - starts.index(right.start))
        assert starts.index(right.start) - starts.index(left.start) == STEP


def test_a_passage_is_found_by_words_that_no_statement_covers(record: Record) -> None:
    record.add(make_report(f"Ana Brandt: we will pay. {LONG}"))
    with record.read_connection() as connection:
        (found,) = find_passages(connection, [("word430", "word440")], limit=5)
        nothing = find_passages(connection, [("word10", "word440")], limit=5)
        either = find_passages(connection, [("word10", "word440"), ("word3",)], limit=5)
        counted = count_passages(connection, "word3"), count_passages(connection, "absent")
    (document,) = record.reports()
    assert "word430" in document.document.text[found.start : found.end]
    assert nothing == []
    assert len(either) == 1
    assert counted == (1, 0)


def test_the_newest_and_the_oldest_come_first(record: Record) -> None:
    for number in range(4):
        record.add(make_report(f"Ana Brandt: the ferry number {number} sank"))
    with record.read_connection() as connection:
        newest = find_passages(connection, [("ferri",)], limit=2)
        oldest = find_passages(connection, [("ferri",)], limit=2, oldest_first=True)
    assert [item.document for item in newest] == sorted((item.document for item in newest), reverse=True)
    assert max(item.document for item in oldest) < min(item.document for item in newest)


def test_what_is_taken_out_is_found_no_more(record: Record) -> None:
    taken = make_report("Ana Brandt: the ferry sank")
    record.add(taken)
    record.add(make_report("Ana Brandt: the ferry swam"))
    record.remove(taken.document.id)
    with record.read_connection() as connection:
        assert len(find_passages(connection, [("ferri",)], limit=5)) == 1
        assert find_passages(connection, [("sank",)], limit=5) == []


def test_a_record_of_before_gets_the_index_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with open_record(path) as record:
        record.add(make_report("Ana Brandt: the ferry sank"))
    with sqlite3.connect(path) as old:
        for table in ("passages", "passage_words"):
            old.execute(f"DROP TABLE {table}")
        old.execute("UPDATE onrecord_version SET version_num = '0003'")
    old.close()
    with open_record(path) as record, record.read_connection() as connection:
        assert len(find_passages(connection, [("ferri", "sank")], limit=5)) == 1


def test_a_copy_of_a_record_has_the_index(record: Record, tmp_path: Path) -> None:
    record.add(make_report("Ana Brandt: the ferry sank"))
    with open_record(tmp_path / "copy.db") as copy:
        record.copy_to(copy)
        with copy.read_connection() as connection:
            assert len(find_passages(connection, [("ferri",)], limit=5)) == 1

"""The word index, asked in every way that it has."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from generated_reports import make_report

from onrecord.record import Record, word_index
from onrecord.record.keys import LAST_KEY
from onrecord.record.word_index import Group, Phrase, Term, find_keys

# How PostgreSQL is led to each of its ways; SQLite has one.
WAYS: dict[str, Mapping[str, float]] = {
    "as it chooses": {},
    "more than it took for few": {"_FEW": 1},
    "all from the index": {"_FEW": -1, "_LOOK": 1e9},
    "looked through at once": {"_FEW": -1, "_TAKE": 1e9},
    "looked through step by step": {"_FEW": -1, "_TAKE": 1e9, "_STEP": 1},
}

REPORTS = 60
CONDITIONS = [
    (Term("bridg"), lambda number: True),
    (Term("third"), lambda number: number % 3 == 0),
    (Term("thir", prefix=True), lambda number: number % 3 == 0),
    (Term("nowher"), lambda number: False),
    (Phrase(("bridg", "third")), lambda number: number % 3 == 0),
    (Group("all", (Term("third"), Term("fourth"))), lambda number: number % 12 == 0),
    (Group("any", (Term("third"), Term("fourth"))), lambda number: number % 3 == 0 or number % 4 == 0),
    (Group("all", (Term("third"),), (Term("fourth"),)), lambda number: number % 3 == 0 and number % 4),
]


def said(number: int) -> str:
    third, fourth = " third" * (number % 3 == 0), " fourth" * (number % 4 == 0)
    return f"Ana Brandt: the bridge{third}{fourth} has been closed {number} times"


@pytest.mark.parametrize("way", WAYS)
def test_every_way_finds_the_same(record: Record, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    for number in range(REPORTS):
        record.add(make_report(said(number), day=f"2024-{1 + number % 12:02}-{1 + number % 28:02}"))
    record.optimize()  # what PostgreSQL's planner knows of the words is from here
    for name, value in WAYS[way].items():
        monkeypatch.setattr(word_index, name, value)
    with record.read_connection() as connection:
        keys = find_keys(connection, Term("bridg"), limit=1000)
        assert len(keys) == REPORTS
        assert keys == sorted(keys, reverse=True)
        numbers = {find_keys(connection, Term(str(number)), limit=1)[0]: number for number in range(REPORTS)}
        for condition, fits in CONDITIONS:
            right = [key for key in keys if fits(numbers[key])]
            for low, high in ((0, LAST_KEY), (keys[40], keys[10]), (keys[10] + 1, keys[10] + 1)):
                inside = [key for key in right if low <= key <= high]
                for limit in (1, 7, 1000):
                    asked = {"low": low, "high": high, "limit": limit}
                    assert find_keys(connection, condition, **asked) == inside[:limit], (condition, asked)
                    oldest = find_keys(connection, condition, oldest_first=True, **asked)
                    assert oldest == inside[::-1][:limit], (condition, asked)

"""What holds for the report of any text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import onrecord
from onrecord.errors import EmptyError
from onrecord.pipeline import Pipeline
from onrecord.schema import report_schema
from onrecord.types import Document, Failure, Report

PARTS = st.sampled_from(
    [
        "said",
        '"',
        " ",
        "“",
        "”",
        "‘",
        "’",
        "'",
        "``",
        "''",
        "the mayor",
        "Ana Orr",
        ", ",
        ". ",
        ": ",
        "\n\n",
        "\n",
        "that",
        '"We leave," ',
        "according to",
        "Q: ",
        "MR. HOLM: ",
        "«",
        "»",
        "12 %",
        "\u202e",
        "́",
        "😀",
        "\ufeff",
        "\x85",
        "\x0b",
        "\r\n",
        "who",
        "denied",
        "he ",
        "מים",
        "水",
    ]
)
TEXTS = st.lists(PARTS, max_size=40).map("".join) | st.text(max_size=200)
VALIDATOR = Draft202012Validator(report_schema())


def check(report: Report) -> None:
    """Everything that the report promises."""
    text = report.document.text
    ids = [statement.id for statement in report.statements]
    assert len(set(ids)) == len(ids)
    for statement in report.statements:
        for span in statement.spans:
            assert text[span.start : span.end] == span.text != ""
        for left, right in zip(statement.content, statement.content[1:], strict=False):
            assert left.end <= right.start
        assert statement.parent is None or statement.parent in ids
        above, seen = statement.parent, {statement.id}
        parents = {other.id: other.parent for other in report.statements}
        while above is not None:
            assert above not in seen
            seen.add(above)
            above = parents[above]
    data = report.to_dict()
    VALIDATOR.validate(data)
    assert Report.from_dict(json.loads(json.dumps(data))) == report


@settings(max_examples=150)
@given(text=TEXTS)
def test_any_text_gives_a_whole_record_and_the_same_one_twice(pipeline: Pipeline, text: str) -> None:
    document = Document.of(text, origin="any")
    report = pipeline.read(document)
    check(report)
    assert pipeline.read(document) == report


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("one line of 300,000 characters", "The mayor said that it rained. " * 10_000),
        ("50,000 quotation marks", '"' * 50_000),
        ("opening marks only", "“a " * 20_000),
        ("no word at all", "—" * 10_000),
        ("one word of 100,000 letters", "a" * 100_000),
        ("right to left", "אמר ראש העיר: «אין לנו ברירה». " * 20),
        ("a thousand nested reports", "He said that she said that " * 1_000 + "it rained."),
        ("ten thousand short lines", "Q: Why?\nA: No.\n" * 5_000),
    ],
)
def test_odd_texts_are_read(pipeline: Pipeline, reason: str, text: str) -> None:
    check(pipeline.read(Document.of(text, origin=reason)))


def test_many_are_read_in_order_with_failures_in_their_place(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(f"Ana Orr said that {number} boats were missing.\n")
    (tmp_path / "3.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    for workers in (1, 2):
        results = list(onrecord.read_many([tmp_path], workers=workers))
        assert [isinstance(result, Failure) for result in results] == [
            False,
            False,
            False,
            True,
            False,
            False,
        ]
        texts = [result.statements[0].content[0].text for result in results if isinstance(result, Report)]
        assert texts == [f"that {number} boats were missing" for number in (0, 1, 2, 4, 5)]


def test_reading_a_text_in_memory() -> None:
    report = onrecord.read_text("Ana Orr said they would leave.", published="2024-03-12")
    assert report.statements[0].source is not None
    assert report.statements[0].source.text == "Ana Orr"
    assert report.document.published.basis == "given"
    with pytest.raises(EmptyError):
        onrecord.read_text(" ")


def test_reading_stops_when_nobody_wants_more(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text("Ana Orr said they would leave.\n")
    first = next(iter(onrecord.read_many([tmp_path], workers=2)))
    assert isinstance(first, Report)


def test_one_name_is_read_as_one(tmp_path: Path) -> None:
    """Taken for its letters, a path would be the whole disk."""
    (tmp_path / "a.txt").write_text("Ana Orr said the bridge was closed.")
    (tmp_path / "b.txt").write_text("Ana Orr said the ferry ran.")
    for name in (str(tmp_path), tmp_path):
        assert len(list(onrecord.read_many(name))) == 2

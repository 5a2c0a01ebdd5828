"""Names are scored by exact spans and kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import FormatError, NotFoundError, SettingsError
from onrecord.evaluation.names import measure, scores_of
from onrecord.evaluation.tagged import TaggedText, read_tagged

FILE = """\
https://example.org/tide\tO

Ana\tB-Person
Orr\tI-Person
,\tO
of\tO
the\tO
Straits\tB-Organization
Commission\tI-Organization
's\tO
"\tO
Kessian\tB-NORP
"\tO
wing\tO
.\tO

Velmora\tB-Location
slept\tO
"""


def test_words_are_set_as_a_paper_sets_them(tmp_path: Path) -> None:
    (tmp_path / "tide.tsv").write_text(FILE, encoding="utf-8")
    (read,) = read_tagged(tmp_path)
    assert read.text.strip() == 'Ana Orr, of the Straits Commission\'s "Kessian" wing.\nVelmora slept'
    assert [(read.text[start:end], kind) for start, end, kind in read.names] == [
        ("Ana Orr", "person"),
        ("Straits Commission", "organization"),
        ("Kessian", "norp"),
        ("Velmora", "location"),
    ]


def test_a_third_label_is_of_a_name_inside_the_name(tmp_path: Path) -> None:
    lines = "x\tO\nBank\tB-Organization\nof\tI-Organization\nVelmora\tI-Organization\tB-Location\n"
    (tmp_path / "tide.tsv").write_text(lines, encoding="utf-8")
    (read,) = read_tagged(tmp_path)
    assert [(read.text[start:end], kind) for start, end, kind in read.names] == [
        ("Bank of Velmora", "organization")
    ]


def test_names_count_where_both_ends_and_the_kind_are_right() -> None:
    text = TaggedText("a", "", ((0, 3, "person"), (5, 9, "location"), (11, 13, "date"), (20, 24, "norp")))
    found = [(0, 3, "person"), (5, 8, "location"), (20, 24, "location"), (30, 33, "money")]
    scores = {score.name: score for score in scores_of([text], [found])}
    assert (scores["all"].precision, scores["all"].recall) == pytest.approx((100 / 3, 100 / 3))
    assert scores["person"].value == 100
    assert scores["location"].precision == 0
    assert scores["norp"].recall == 0
    assert scores["all"].count == 3, "dates don't count"


@pytest.mark.parametrize(
    ("reason", "words", "error"),
    [
        ("no file", None, NotFoundError),
        ("a label of no scheme", b"x\nAna\tPerson\n", FormatError),
        ("not UTF-8", b"x\n\xff\tO\n", FormatError),
    ],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, reason: str, words: bytes | None, error: type[Exception]
) -> None:
    if words is not None:
        (tmp_path / "x.tsv").write_bytes(words)
    with pytest.raises(error):
        list(read_tagged(tmp_path))


def test_records_hold_no_names(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        measure([tmp_path], tmp_path / "records.jsonl")


def test_names_of_a_folder_are_scored(tmp_path: Path) -> None:
    (tmp_path / "tide.tsv").write_text(FILE, encoding="utf-8")
    evaluation = measure([tmp_path])
    assert evaluation["person"].recall == 100

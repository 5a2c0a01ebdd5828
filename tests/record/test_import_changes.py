"""An import changes only what its export held; it says what it changes, asks, and can be taken back."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from generated_reports import make_report
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.record import Record, open_record
from onrecord.types import Report

Run = Callable[..., tuple[int, str, str]]

LINES = """\
Ana Brandt: the bridge is closed
Milo Okafor: nobody paid
Ana Brandt: tolls rise in May
Zoe Lind: ferries run all night
"""
REPORT = make_report(
    LINES, act="accuse", stance="distanced", targets=["The Ferry Board"], origin="bridge.txt"
)
OTHER = make_report("Milo Okafor: the quay is dry", origin="quay.txt")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "record.db") as opened:
        opened.add(REPORT)
        opened.add(OTHER)
        yield opened


@pytest.fixture
def run(record: Record) -> Run:
    def command(*arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, [*arguments, "--record", record.url])
        return result.exit_code, result.stdout, result.stderr

    return command


def held(record: Record, given: Report = REPORT) -> Report:
    found = record.get(given.document.id)
    assert found is not None
    return found


def contents(report: Report) -> list[str]:
    return [item.content[0].text for item in report.statements]


def drop(path: Path, words: str) -> None:
    """Takes the event whose content is these words out of an .ann file, as an annotator does."""
    lines = path.read_text("utf-8")
    (bound,) = re.findall(rf"^(T\d+)\tContent \d+ \d+\t{words}$", lines, re.MULTILINE)
    (event,) = re.findall(rf"^(E\d+)\t.*Content:{bound}\b.*$", lines, re.MULTILINE)
    kept = [line for line in lines.splitlines(True) if not re.search(rf"^{event}\t| {event}[ \n\t]", line)]
    path.write_text("".join(kept), "utf-8")


def ann_file(folder: Path, given: Report = REPORT) -> Path:
    return folder / f"{given.document.id}.ann"


FILTERS = [
    (("--speaker", "Ana Brandt"), "one speaker"),
    (("--words", "ferries"), "a word"),
    (("--words", "tolls"), "a word in one statement of a speaker who has several"),
    ((), "everything"),
]


@pytest.mark.parametrize(("filters", "reason"), FILTERS, ids=[reason for _, reason in FILTERS])
def test_what_a_filter_left_out_of_an_export_stays(
    record: Record, run: Run, tmp_path: Path, filters: tuple[str, ...], reason: str
) -> None:
    folder = tmp_path / "out"
    assert run("export", "brat", "--to", str(folder), *filters)[0] == 0
    code, _, said = run("import", str(folder))
    assert (code, "0 added" in said, "corrected" in said) == (0, True, False), said
    assert held(record) == REPORT
    assert held(record, OTHER) == OTHER
    assert record.corrections() == ()


def test_a_rejection_in_a_filtered_export_is_the_only_change(
    record: Record, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    run("export", "brat", "--to", str(folder), "--speaker", "Ana Brandt")
    drop(ann_file(folder), "tolls rise in May")
    code, _, said = run("import", str(folder), "--yes", "--author", "M. Falk")
    assert code == 0
    assert "this changes the record: 1 report, statements: 1 rejected" in said
    assert contents(held(record)) == ["the bridge is closed", "nobody paid", "ferries run all night"]


def test_it_asks_first_and_without_a_terminal_it_refuses(record: Record, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    run("export", "brat", "--to", str(folder))
    drop(ann_file(folder), "nobody paid")
    code, _, said = run("import", str(folder))
    assert code == 2
    assert "statements: 1 rejected" in said
    assert "found no terminal to ask on; give --yes" in said
    assert held(record) == REPORT


@pytest.mark.skipif(os.name == "nt", reason="terminals are other there")
@pytest.mark.parametrize(("answer", "code", "left"), [("n", 1, 4), ("y", 0, 3)])
def test_the_answer_counts(
    record: Record, run: Run, tmp_path: Path, answer: str, code: int, left: int
) -> None:
    pty = pytest.importorskip("pty")
    folder = tmp_path / "out"
    run("export", "brat", "--to", str(folder))
    drop(ann_file(folder), "nobody paid")
    ours, theirs = pty.openpty()
    os.write(ours, f"{answer}\n".encode())
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "import", str(folder), "--record", record.url],
        stdin=theirs,
        capture_output=True,
        timeout=120,
    )
    os.close(ours)
    os.close(theirs)
    assert done.returncode == code, done.stderr
    assert b"Go on?" in done.stderr
    assert len(held(record).statements) == left


def test_corrections_are_listed_and_taken_back(record: Record, run: Run, tmp_path: Path) -> None:
    assert run("corrections")[2] == "onrecord: nobody has corrected anything\n"
    folder = tmp_path / "out"
    run("export", "brat", "--to", str(folder))
    drop(ann_file(folder), "nobody paid")
    drop(ann_file(folder), "tolls rise in May")
    said = run("import", str(folder), "--yes", "--author", "M.\x1b[31m Falk")[2]
    assert "onrecord corrections --undo 1-2" in said
    listed = run("corrections")[1]
    assert "M.␛[31m Falk · reject · bridge.txt" in listed
    assert "nobody paid" in listed
    assert "\x1b" not in listed
    items = [json.loads(line) for line in run("corrections", "--json")[1].splitlines()]
    assert [(item["number"], item["kind"], item["after"]) for item in items] == [
        (1, "reject", None),
        (2, "reject", None),
    ]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", item["at"]) for item in items)
    assert run("corrections", "--undo", "last")[0] == 0
    assert len(held(record).statements) == 3
    for number in ("2", "9-12", "many"):
        code, _, said = run("corrections", "--undo", number)
        assert (code, "--undo: expected the number of a correction" in said) == (2, True), number
    assert run("corrections", "--undo", "1-2")[0] == 0
    assert held(record) == REPORT
    assert record.corrections() == ()


def test_an_old_export_brings_back_nothing_that_was_rejected_since(
    record: Record, run: Run, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        run("export", "brat", "--to", str(tmp_path / name))
    drop(ann_file(tmp_path / "one"), "nobody paid")
    drop(ann_file(tmp_path / "two"), "tolls rise in May")
    for name in ("one", "two"):
        assert run("import", str(tmp_path / name), "--yes")[0] == 0
    assert contents(held(record)) == ["the bridge is closed", "ferries run all night"]


def test_a_folder_from_elsewhere_rejects_nothing_and_takes_away_nothing(
    record: Record, run: Run, tmp_path: Path
) -> None:
    """It has one of four statements, without act, stance, speaker or target, and one that is wider."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    text = REPORT.document.text
    (folder / "a.txt").write_text(text, "utf-8")
    rows = []
    for number, words in enumerate(("nobody paid", "Brandt: tolls rise in May"), start=1):
        at = text.index(words)
        rows.append(f"T{2 * number}\tContent {at} {at + len(words)}\t{words}\n")
        rows.append(f"T{2 * number + 1}\tAttribution {at} {at + len(words)}\t{words}\n")
        rows.append(f"E{number}\tAttribution:T{2 * number + 1} Content:T{2 * number}\n")
    (folder / "a.ann").write_text("".join(rows), "utf-8")
    code, _, said = run("import", str(folder), "--yes")
    assert code == 0
    assert "doesn't say which statements were offered" in said
    assert "2 changed" in said
    assert "1 rejected" not in said
    found = held(record)
    assert contents(found) == [
        "the bridge is closed", "nobody paid", "Brandt: tolls rise in May", "ferries run all night",
    ]  # fmt: skip
    for old, new in zip(REPORT.statements, found.statements, strict=True):
        assert (new.act, new.stance, new.modality, new.form) == (old.act, old.stance, old.modality, old.form)
        assert found.speaker_of(new) == REPORT.speaker_of(old)
        assert new.target == old.target
    assert found.statements[1].id == REPORT.statements[1].id


def test_without_its_list_an_export_rejects_nothing(record: Record, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    run("export", "brat", "--to", str(folder))
    for path in folder.glob("*.json"):
        path.unlink()
    drop(ann_file(folder), "nobody paid")
    code, _, said = run("import", str(folder))
    assert (code, "0 added, 2 known" in said) == (0, True), said
    assert held(record) == REPORT


def test_a_statement_drawn_anew_replaces_the_one_taken_out(record: Record, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    run("export", "brat", "--to", str(folder))
    path = ann_file(folder)
    drop(path, "tolls rise in May")
    at = REPORT.document.text.index("rise in May")
    with path.open("a", encoding="utf-8") as file:
        file.write(f"T900\tContent {at} {at + 11}\trise in May\n")
        file.write(f"T901\tAttribution {at} {at + 11}\trise in May\nE900\tAttribution:T901 Content:T900\n")
    assert "statements: 1 changed" in run("import", str(folder), "--yes")[2]
    assert contents(held(record)) == [
        "the bridge is closed",
        "nobody paid",
        "rise in May",
        "ferries run all night",
    ]


def test_an_edited_text_is_refused_by_name(record: Record, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    run("export", "brat", "--to", str(folder))
    ann_file(folder).with_suffix(".txt").write_text(LINES + "More.\n", "utf-8")
    code, _, said = run("import", str(folder))
    assert code == 3
    assert "its text isn't the one that was exported" in said
    assert record.info()["documents"] == 2


READINGS = [
    (replace(REPORT, statements=REPORT.statements[:1]), "a part of what is there"),
    (make_report(LINES, model="en-test@0", origin="bridge.txt"), "another model's reading"),
    (replace(make_report(LINES, model="en-test@0"), statements=make_report(LINES, model="en-test@0").statements[:1]), "a part of another model's reading"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "reason"), READINGS, ids=[reason for _, reason in READINGS])
def test_lines_of_json_change_no_report_that_is_there(
    record: Record, run: Run, tmp_path: Path, given: Report, reason: str
) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps(given.to_dict()), "utf-8")
    code, _, said = run("import", str(tmp_path / "in.jsonl"))
    assert (code, "0 added, 1 known" in said) == (0, True), reason
    assert held(record) == REPORT
    assert record.history(REPORT.document.id) == ()


def test_another_reading_is_taken_when_that_is_asked_for(record: Record, run: Run, tmp_path: Path) -> None:
    other = make_report(LINES, model="en-test@2", origin="bridge.txt")
    path = str(tmp_path / "in.jsonl")
    Path(path).write_text(json.dumps(other.to_dict()), "utf-8")
    code, _, said = run("import", path, "--replace")
    assert (code, held(record)) == (2, REPORT)
    assert "the reading of 1 report replaced, 4 statements by 4" in said
    assert "1 replaced" in run("import", path, "--replace", "--yes")[2]
    assert held(record).statements == other.statements
    assert [item.report.statements for item in record.history(REPORT.document.id)] == [REPORT.statements]
    code, _, said = run("import", "-", "--replace")
    assert (code, "can't be read twice" in said) == (2, True)

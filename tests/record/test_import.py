"""What is exported comes back: an empty record filled from JSON Lines is the same, and brat's corrections stay."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from generated_reports import make_report
from generated_reports import reports as any_records
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.export import select_reports
from onrecord.record import Record, open_record
from onrecord.search import Query
from onrecord.types import Report

sys.path.append(str(Path(__file__).parents[1]))
from invented import harbour

Run = Callable[..., tuple[int, str, str]]

RECORDS = [
    harbour(),
    make_report("Ana Brandt: the bridge is closed\nMilo Okafor: nobody paid 2,500 crowns", claims=[("2,500", 2500, "crowns")], origin="b"),
    make_report("Ana Brandt: undated \x00 \ud800 words", day=None, publisher=None, origin="c"),
    replace(make_report("", origin="d"), statements=()),
]  # fmt: skip


@pytest.fixture
def run(record: Record) -> Run:
    """Runs a command on the record."""

    def command(*arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, [*arguments, "--record", record.url])
        return result.exit_code, result.stdout, result.stderr

    return command


@pytest.fixture
def filled(record: Record) -> Record:
    for report in RECORDS:
        record.add(report)
    return record


def test_jsonl_into_an_empty_record_gives_the_same_record(filled: Record, run: Run, tmp_path: Path) -> None:
    code, _, said = run("export", "jsonl", "--to", str(tmp_path / "all.jsonl"))
    assert (code, "4 reports, 11 statements" in said) == (0, True)
    other = f"sqlite:///{tmp_path / 'other.db'}"
    result = CliRunner().invoke(app, ["import", str(tmp_path / "all.jsonl"), "--record", other])
    assert result.exit_code == 0, result.stderr
    assert "4 added" in result.stderr
    with open_record(other) as copy:
        assert list(copy.reports()) == list(filled.reports()) == RECORDS
        assert copy.info() == filled.info()
        assert list(copy.check()) == []
        assert [hit.statement.id for hit in copy.quotes("the bridge is closed")] == [
            RECORDS[1].statements[0].id
        ]


def test_and_back_into_the_first_kind_of_record(filled: Record, run: Run, tmp_path: Path) -> None:
    run("export", "jsonl", "--to", str(tmp_path / "all.jsonl"))
    for report in RECORDS:
        filled.remove(report.document.id)
    assert run("import", str(tmp_path / "all.jsonl"))[0] == 0
    assert list(filled.reports()) == RECORDS
    code, _, said = run("import", str(tmp_path / "all.jsonl"))
    assert (code, "0 added, 4 known" in said) == (0, True)


@given(given_records=st.lists(any_records(), max_size=3, unique_by=lambda report: report.document.id))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_records_come_back_the_same(
    record: Record, run: Run, tmp_path: Path, given_records: list[Report]
) -> None:
    for held in list(record.reports()):
        record.remove(held.document.id)
    for report in given_records:
        record.add(report)
    code, _, said = run("export", "jsonl", "--to", str(tmp_path / "all.jsonl"))
    refused = sum("JSON" in line for line in said.splitlines())
    assert code == (3 if refused else 0)
    for held in given_records:
        record.remove(held.document.id)
    assert run("import", str(tmp_path / "all.jsonl"))[0] == 0
    back = list(record.reports())
    assert len(back) == len(given_records) - refused
    assert [item for item in given_records if item in back] == back


def test_broken_lines_are_named_and_the_rest_is_taken_in(record: Record, run: Run, tmp_path: Path) -> None:
    good = json.dumps(RECORDS[1].to_dict())
    forged = RECORDS[0].to_dict()
    forged["document"]["id"] = "0" * 64
    (tmp_path / "in.jsonl").write_text(f"{{\n{json.dumps(forged)}\n{good}\n", "utf-8")
    code, _, said = run("import", str(tmp_path / "in.jsonl"), str(tmp_path / "missing.jsonl"))
    assert code == 3
    assert "in.jsonl#1" in said
    assert "in.jsonl#2: not a report as `export jsonl` writes it: document 000" in said
    assert "expected the SHA-256 of its text" in said
    assert "missing.jsonl" in said
    assert "1 added, 3 failed" in said
    assert list(record.reports()) == [RECORDS[1]]


def test_a_statement_among_its_own_parents_is_refused(record: Record, run: Run, tmp_path: Path) -> None:
    looped = RECORDS[0].to_dict()
    first, second = looped["statements"][:2]
    first["parent"], second["parent"] = second["id"], first["id"]
    (tmp_path / "in.jsonl").write_text(json.dumps(looped), "utf-8")
    code, _, said = run("import", str(tmp_path / "in.jsonl"))
    assert (code, list(record.reports())) == (3, [])
    assert "in.jsonl#1" in said
    assert "found itself among its parents" in said


FILTERS = [
    (Query(speaker="Ana Brandt"), ["undated", "the bridge"], "a speaker, the undated report first"),
    (Query(words="bridge"), ["the bridge"], "a word"),
    (Query(act="accuse"), ["the Kestrel Line"], "an act"),
    (Query(since="2024-03-12", speaker="Okafor"), ["nobody paid"], "a day and a speaker"),
    (Query(speaker="Nobody"), [], "nobody"),
]


@pytest.mark.parametrize(("query", "said", "reason"), FILTERS, ids=[reason for *_, reason in FILTERS])
def test_a_part_is_exported_with_what_belongs_to_it(
    filled: Record, query: Query, said: list[str], reason: str
) -> None:
    found = list(select_reports(filled, query))
    contents = [item.content[0].text for report in found for item in report.statements]
    assert [content[: len(start)] for content, start in zip(contents, said, strict=True)] == said
    for report in found:
        assert {claim.statement for claim in report.claims} <= {item.id for item in report.statements}
        assert all(item.parent is None for item in report.statements)
        people = {item.speaker for item in report.statements} | {item.target for item in report.statements}
        assert {speaker.id for speaker in report.speakers} == people - {None}


def test_many_statements_are_selected_over_pages(record: Record) -> None:
    for number in range(30):
        lines = "\n".join(f"Ana Brandt: item {number} {line}" for line in range(9))
        record.add(make_report(lines, day=f"2024-01-{number % 28 + 1:02}", origin=str(number)))
    found = list(select_reports(record, Query(speaker="Brandt")))
    assert len(found) == 30
    assert sum(len(report.statements) for report in found) == 270
    days = [report.document.published.date or "" for report in found]
    assert days == sorted(days)


def test_corrections_made_in_brat_stay(filled: Record, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "brat"
    filled.remove(
        RECORDS[2].document.id
    )  # a lone surrogate, which a file can't hold: it would be another report
    assert run("export", "brat", "--to", str(folder))[0] == 0
    code, _, said = run("import", str(folder))
    assert (code, "0 added, 3 known" in said) == (0, True), "nothing was changed"
    path = folder / f"{RECORDS[1].document.id}.ann"
    lines = path.read_text("utf-8")
    text = RECORDS[1].document.text
    start = text.index("bridge")
    old = re.search(r"(T\d+)\tContent (\d+) (\d+)\tthe bridge is closed\n", lines)
    assert old
    lines = lines.replace(old[0], f"{old[1]}\tContent {start} {start + 16}\tbridge is closed\n")
    (event,) = re.findall(r"^(E\d+)\t.*\n", lines, re.MULTILINE)[1:2]
    lines = "".join(
        line
        for line in lines.splitlines(keepends=True)
        if not re.search(rf"^{event}\t| {event}[ \n\t]", line)
    )
    path.write_text(lines, "utf-8")
    code, _, said = run("import", str(folder), "--author", "M. Falk", "--yes")
    assert (code, "0 added, 1 corrected, 2 known" in said) == (0, True)
    corrected = filled.get(RECORDS[1].document.id)
    assert corrected is not None
    assert [item.content[0].text for item in corrected.statements] == ["bridge is closed"]
    kinds = [(correction.kind, correction.author) for _, correction in filled.corrections()]
    assert kinds == [("reject", "M. Falk"), ("change", "M. Falk")]
    assert corrected.document == RECORDS[1].document
    assert "0 added, 3 known" in run("import", str(folder))[2], "taken in once"


def test_a_folder_of_brat_into_an_empty_record(filled: Record, run: Run, tmp_path: Path) -> None:
    run("export", "brat", "--to", str(tmp_path / "brat"), "--speaker", "Brandvold")
    with open_record(tmp_path / "other.db") as other:
        result = CliRunner().invoke(app, ["import", str(tmp_path / "brat"), "--record", other.url])
        assert result.exit_code == 0, result.stderr
        (found,) = other.reports()
    (wanted,) = select_reports(filled, Query(speaker="Brandvold"))
    assert found == wanted


REFUSED = [
    (["export", "docx"], "jsonl, csv, parquet", "a format that isn't one"),
    (["export", "parquet"], "--to", "bytes to a terminal"),
    (["export", "brat"], "--to", "a folder to a terminal"),
    (["export", "csv", "--form", "spoken"], "--form", "a filter's value"),
    (["export", "csv", "--to", "/nowhere/at/all.csv"], "can't be written", "a folder that isn't there"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said", "reason"), REFUSED, ids=[reason for *_, reason in REFUSED])
def test_what_cannot_be_is_refused(
    filled: Record, run: Run, arguments: list[str], said: str, reason: str
) -> None:
    code, _, errors = run(*arguments)
    assert (code, said in errors) == (2, True)


def test_nothing_is_written_over(filled: Record, run: Run, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    assert run("export", "brat", "--to", str(tmp_path / "full"))[0] == 2
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("name", ["jsonl", "csv", "webannotation", "schemaorg", "tei", "parquet"])
def test_each_format_goes_to_a_file(filled: Record, run: Run, tmp_path: Path, name: str) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    target = tmp_path / f"out.{name}"
    assert run("export", name, "--to", str(target), "--quiet") == (0, "", "")
    assert target.stat().st_size > 500
    assert not list(tmp_path.glob(".*"))

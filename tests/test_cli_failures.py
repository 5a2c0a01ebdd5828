"""Failures on standard error: each is named, and what fails alike in one file is one line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord.cli import app, failures
from onrecord.cli.failures import print_failures
from onrecord.errors import FormatError
from onrecord.types import Failure

WRONG = "expected a text in the field 'body', found {}; name the right one"


def failure(origin: str, reason: str = WRONG.format("the fields text")) -> Failure:
    return Failure(origin, FormatError(origin, reason))


def lines(name: str, numbers: Sequence[int]) -> list[Failure]:
    return [failure(f"{name}#{number}") for number in numbers]


TOLD: list[tuple[list[Failure], list[str], str]] = [
    (lines("a.jsonl", [3]), [f"a.jsonl#3: {WRONG.format('the fields text')}"], "one of many lines"),
    (lines("a.jsonl", range(1, 201)), [f"a.jsonl: lines 1 to 200: {WRONG.format('the fields text')}"], "all of them"),
    (lines("a.json", range(1, 201)), [f"a.json#1 to #200: {WRONG.format('the fields text')}"], "objects of a list"),
    (lines("a.jsonl.gz", [7, 2, 3]), [f"a.jsonl.gz: lines 2 to 3, 7: {WRONG.format('the fields text')}"], "in the order of the file"),
    (lines("a.jsonl", range(1, 2001, 2)), [f"a.jsonl: lines 1, 3, 5, 7, 9 and 995 more: {WRONG.format('the fields text')}"], "bounded, however many"),
    (
        [failure("a.jsonl#1"), failure("a.jsonl#2", WRONG.format("null"))],
        [f"a.jsonl: lines 1 to 2: {WRONG.format('the fields text')} (as in 1; the others alike)"],
        "what was expected is the same, what was found isn't",
    ),
    (
        [failure("a.jsonl#1"), failure("a.jsonl#2", "torn"), failure("a.jsonl#3"), failure("a.jsonl#4", "torn")],
        [f"a.jsonl: lines 1, 3: {WRONG.format('the fields text')}", "a.jsonl: lines 2, 4: torn"],
        "two reasons are two lines",
    ),
    (
        [*lines("a.jsonl", [1, 2]), *lines("b.jsonl", [1, 2])],
        [f"{name}: lines 1 to 2: {WRONG.format('the fields text')}" for name in ("a.jsonl", "b.jsonl")],
        "two files are two lines",
    ),
    ([failure("a.txt", "torn"), failure("b.txt", "torn")], ["a.txt: torn", "b.txt: torn"], "reports are named one by one"),
    ([*lines("a.jsonl", [1, 2]), failure("b.txt", "torn")], [f"a.jsonl: lines 1 to 2: {WRONG.format('the fields text')}", "b.txt: torn"], "in the order they came"),
]  # fmt: skip


@pytest.mark.parametrize(("failures", "said", "reason"), TOLD, ids=[reason for *_, reason in TOLD])
def test_failures_are_named(
    failures: list[Failure], said: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with print_failures() as naming:
        for one in failures:
            naming.add(one)
    assert capsys.readouterr().err.splitlines() == [f"onrecord: {line}" for line in said]


def test_none_is_left_unnamed_where_the_run_is_stopped(capsys: pytest.CaptureFixture[str]) -> None:
    def stopped() -> None:
        with print_failures() as naming:
            naming.add(failure("a.jsonl#1"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert "a.jsonl#1" in capsys.readouterr().err


def test_a_failure_waits_no_longer_than_it_may(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with print_failures() as naming:
        naming.add(failure("a.jsonl#1"))
        naming.print_due()
        assert capsys.readouterr().err == ""
        now = failures.time.monotonic()
        monkeypatch.setattr(failures.time, "monotonic", lambda: now + 11)
        naming.print_due()
        assert "a.jsonl#1" in capsys.readouterr().err
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("command", "name"),
    [(["read", "--text-field", "body"], "a.jsonl"), (["ingest", "--text-field", "body", "-j", "1"], "a.jsonl"), (["import"], "a.csv")],
    ids=["read", "ingest", "import"],
)  # fmt: skip
def test_a_file_of_other_fields_is_one_line_and_the_exit_code_stays(
    command: list[str], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_URL", f"sqlite:///{tmp_path / 'record.db'}")
    line = json.dumps({"text": "Ana Brandt said the bridge is closed."}) if name == "a.jsonl" else "1,Ana"
    Path(name).write_text(f"{line}\n" * 200)
    result = CliRunner().invoke(app, [*command, name], prog_name="onrecord")
    assert result.exit_code == 3
    failed = [said for said in result.stderr.splitlines() if "expected" in said]
    assert len(failed) == 1
    assert failed[0].startswith(f"onrecord: {name}: lines 1 to 200: expected")


def test_a_wrong_kind_of_text_and_a_missing_one_are_two_faults(tmp_path: Path) -> None:
    """Failures that expect the same are told together, by the first of them."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"body": "Words."}\n{"text": 5}\n{"text": 6}\n')
    said = CliRunner().invoke(app, ["read", str(path)]).stderr
    assert f"{path}#1: expected the field 'text', found the fields body" in said
    assert (
        f"{path}: lines 2 to 3: expected a text in the field 'text', found a number; give it a text" in said
    )

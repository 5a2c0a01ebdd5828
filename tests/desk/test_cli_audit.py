"""The command ``onrecord audit``: outputs, exit codes, mistakes named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from audit_reports import briefing, cases
from typer.testing import CliRunner

import onrecord
from onrecord.cli import app
from onrecord.record import open_record
from onrecord.types import Report

run = CliRunner()
LEAK = cases()[0].report


@pytest.fixture(autouse=True)
def made_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a path gives the leak report, or the briefing, without a model."""

    def read_many(inputs: Any, **_: Any) -> Iterator[Report]:
        for name in inputs:
            yield briefing() if "briefing" in str(name) else LEAK

    monkeypatch.setattr(onrecord, "read_many", read_many)
    monkeypatch.delenv("ONRECORD_URL", raising=False)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "leak.txt"
    path.write_text(LEAK.document.text)
    return path


def test_text(report: Path) -> None:
    done = run.invoke(app, ["audit", str(report)])
    assert done.exit_code == 0
    assert "accusation_without_reply" in done.stdout
    assert "because she is not allowed to speak to the press" in " ".join(done.stdout.split())


def test_json_is_one_line_a_report(report: Path) -> None:
    done = run.invoke(app, ["audit", str(report), str(report), "--json"])
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["document"]["id"] for line in lines] == [LEAK.document.id] * 2
    assert lines[0]["elsewhere"] is None


def test_a_page(report: Path, tmp_path: Path) -> None:
    page = tmp_path / "audit.html"
    assert run.invoke(app, ["audit", str(report), "--html", str(page)]).exit_code == 0
    assert "accusation_without_reply" in page.read_text()


@pytest.mark.parametrize(
    ("severity", "code"), [("note", 1), ("warning", 1), ("serious", 0), ("grave", 2)]
)  # the leak report's worst is a warning
def test_fail_on(report: Path, severity: str, code: int) -> None:
    assert run.invoke(app, ["audit", str(report), "--fail-on", severity]).exit_code == code


def test_fail_on_follows_the_rules(report: Path) -> None:
    assert run.invoke(app, ["audit", str(report), "--rules", "ap", "--fail-on", "serious"]).exit_code == 1


def test_a_typing_error_in_the_rules(report: Path, tmp_path: Path) -> None:
    rules = tmp_path / "ours.toml"
    rules.write_text("[rules.one_voice]\nshere = 0.5\n")
    done = run.invoke(app, ["audit", str(report), "--rules", str(rules)])
    assert done.exit_code == 2
    assert "ours.toml: rules.one_voice.shere: unknown key; did you mean 'share'?" in done.stderr


def test_a_report_of_the_record_and_what_stands_elsewhere(tmp_path: Path) -> None:
    place = tmp_path / "news.db"
    with open_record(place) as store:
        store.add(LEAK)
    done = run.invoke(app, ["audit", LEAK.document.id[:12], "--record", str(place), "--json"])
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["elsewhere"] == []
    assert run.invoke(app, ["audit", "nothing-of-it", "--record", str(place)]).exit_code == 4


def test_a_quotation_that_another_report_words_otherwise(tmp_path: Path) -> None:
    from marked import marked

    text = "Quay\n\n{{1s:Ana Brandt}} {{1q:said}} {{1c:“the harbour wall will never hold another winter storm of {0} metres”}}."
    one, other = (
        marked(
            text.format(height),
            {1: {"speaker": "Ana Brandt", "form": "direct"}},
            day=day,
            origin=f"{day}.txt",
        )
        for height, day in (("six", "2024-03-01"), ("nine", "2024-03-02"))
    )
    with open_record(tmp_path / "news.db") as store:
        store.add(one)
        audit = onrecord.audit(other, record=store)
    assert audit.elsewhere is not None
    assert [(item.kind, item.date) for item in audit.elsewhere] == [("altered_quote", "2024-03-01")]
    found = [item for item in audit.findings if item.rule == "altered_elsewhere"]
    assert len(found) == 1
    assert "“nine” here, “six” there" in found[0].says


def test_a_quantity_that_another_report_contradicts(tmp_path: Path) -> None:
    from marked import marked

    text = "March\n\n{{1s:{0}}} {{1q:said}} {{1c:{1} people came to the march for the old harbour wall}}."
    one, other = (
        marked(text.format(who, count), {1: who}, day="2024-03-01", origin=f"{who}.txt", described=True)
        for who, count in (("Petra Holm", "9,000"), ("Nils Roder", "2,000"))
    )
    with open_record(tmp_path / "news.db") as store:
        store.add(one)
        audit = onrecord.audit(other, record=store)
    found = [item for item in audit.findings if item.rule == "contradicted_elsewhere"]
    assert len(found) == 1
    assert "9,000" in found[0].says
    assert found[0].span is not None
    assert found[0].span.text.startswith("2,000")

"""Speakers are scored as worked by hand, and as the scorer beside the data does."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from invented import harbour
from onrecord.errors import FormatError, NotFoundError
from onrecord.evaluation.speakers import measure
from onrecord.render import json_line
from onrecord.types import Document, Report, Span, Speaker, Statement

DATA = Path(os.environ["ONRECORD_DATA"]) if "ONRECORD_DATA" in os.environ else None


def write(path: Path, lines: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def gold_of(report: Report, cue: str, speaker: str, *aliases: str) -> dict[str, Any]:
    """A gold line on the statement of this cue."""
    statement = next(s for s in report.statements if s.cue and s.cue.text == cue)
    assert statement.cue
    return {
        "doc": Path(report.document.origin).stem,
        "cue": [statement.cue.start, statement.cue.end],
        "content": [[piece.start, piece.end] for piece in statement.content],
        "speaker": speaker,
        "aliases": list(aliases),
    }


def test_figures_as_worked_by_hand(tmp_path: Path) -> None:
    report = harbour()
    lines = [
        gold_of(report, "accused", "ILSE BRANDVOLD."),  # the name, letters compared
        gold_of(report, "told", "Somebody", "brandvold"),  # an alias
        gold_of(report, "rejected", "Another Line"),  # wrong
        gold_of(report, "According to", "a port official"),  # found, left open
        gold_of(report, "said", ""),  # the reader named nobody: not scored
        {
            "doc": "harbour",
            "cue": [0, 3],
            "content": [[0, 5]],
            "speaker": "Nobody",
            "aliases": [],
        },  # not found
    ]
    gold = write(tmp_path / "gold.jsonl", lines)
    reports = tmp_path / "records.jsonl"
    reports.write_text(json_line(report) + "\n", encoding="utf-8")
    evaluation = measure([gold], reports)
    assert evaluation["found"].value == pytest.approx(80)
    assert evaluation["speaker|found"].value == pytest.approx(50)
    assert evaluation["joint"].value == pytest.approx(40)
    assert (evaluation["sure"].value, evaluation["sure"].count) == (100, 1)


def test_a_report_without_a_record_is_noted(tmp_path: Path) -> None:
    report = harbour()
    gold = write(tmp_path / "gold.jsonl", [{**gold_of(report, "told", "X"), "doc": "elsewhere"}])
    reports = tmp_path / "records.jsonl"
    reports.write_text(json_line(report) + "\n", encoding="utf-8")
    evaluation = measure([gold], reports)
    assert evaluation["joint"].value == 0
    assert "elsewhere" in evaluation.notes[0]


@pytest.mark.parametrize(
    ("reason", "text", "error"),
    [("no file", None, NotFoundError), ("not JSON", "{", FormatError), ("no cue's number", '{"doc": "a", "cue": ["x", 1], "content": [], "speaker": "b"}', FormatError), ("a list", "[]", FormatError)],
)  # fmt: skip
def test_what_cannot_be_read_is_named(
    tmp_path: Path, reason: str, text: str | None, error: type[Exception]
) -> None:
    path = tmp_path / "gold.jsonl"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(error):
        measure([path], tmp_path / "none.jsonl")


def perturbed(data: Path, seed: int) -> list[Report]:
    """Records made of the gold: edges moved, statements lost, speakers and aliases mixed."""
    dice = random.Random(seed)
    by_document: dict[str, list[dict[str, Any]]] = {}
    for line in (data / "polnear" / "dev" / "speakers.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        by_document.setdefault(item["doc"], []).append(item)
    out = []
    for stem, items in by_document.items():
        raw = (data / "polnear" / "dev" / "text" / f"{stem}.txt").read_bytes().decode("utf-8")
        document = Document.of(raw, origin=f"{stem}.txt")
        names = [item["speaker"] or "nobody" for item in items]
        speakers = tuple(
            Speaker(f"s{place}", dice.choice([name, name.upper(), dice.choice(names)]), tuple(dice.sample(item["aliases"], min(1, len(item["aliases"])))), "person", None, None, ())
            for place, (name, item) in enumerate(zip(names, items, strict=True))
        )  # fmt: skip
        statements = []
        for place, item in enumerate(items):
            if dice.random() < 0.15:
                continue
            move = dice.choice([0, 0, 1, 5, 40])
            start, end = item["content"][0]
            content = Span.of(raw, start + min(move, end - start - 1), end)
            cue = Span.of(raw, *item["cue"]) if dice.random() < 0.7 else None
            statements.append(
                Statement(f"{stem}{place}", "indirect", None, cue, (content,), speaker=dice.choice([f"s{place}", f"s{place}", None]))
            )  # fmt: skip
        dice.shuffle(statements)
        out.append(Report(document, tuple(statements), speakers))
    return out


@pytest.mark.skipif(DATA is None, reason="ONRECORD_DATA doesn't name the data")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_agree_with_the_scorer_beside_the_data(tmp_path: Path, seed: int) -> None:
    assert DATA is not None
    scorer = DATA.parent / "score" / "score.py"
    if not scorer.exists():
        pytest.skip("no scorer beside the data")
    gold = DATA / "polnear" / "dev" / "speakers.jsonl"
    reports = tmp_path / "records.jsonl"
    made = [replace(report, claims=()) for report in perturbed(DATA, seed)]
    reports.write_text("".join(json_line(report) + "\n" for report in made), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(scorer), "speakers", str(gold), str(reports)],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    theirs = json.loads(done.stdout.splitlines()[-1])
    ours = measure([gold], reports)
    assert {name: round(ours[name].value, 2) for name in theirs} == theirs
    assert 20 < ours["joint"].value < 95

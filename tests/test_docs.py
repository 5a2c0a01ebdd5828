"""What the README and the documentation show is what comes out: scores aside, whose last digit depends on the processor."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.testing import CliRunner

import onrecord
from onrecord.cli import app
from onrecord.loaders import document_of
from onrecord.pipeline import Pipeline

ROOT = Path(__file__).parent.parent
SCORE = re.compile(r"\b0\.\d\d\b")

pytestmark = pytest.mark.skipif(
    not (ROOT / "docs").is_dir(), reason="the documentation isn't beside the tests"
)


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of a page in a language, "" for those that name none."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", (ROOT / page).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [body for named, body in found if named == language]


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)  # the commands that are shown name files from there
    monkeypatch.delenv("COLUMNS", raising=False)


def test_the_table_in_the_readme_is_what_the_command_prints() -> None:
    (shown,) = blocks("README.md", "")
    printed = CliRunner().invoke(app, ["read", "examples/wire.txt"]).stdout
    assert SCORE.sub("0.xx", printed) == SCORE.sub("0.xx", shown)


def test_the_python_in_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("README.md", "python")
    exec(compile(code, "README.md", "exec"), {})  # our own page
    printed = capsys.readouterr().out
    (shown,) = blocks("README.md", "text")
    first, last = shown.split("...\n")
    assert printed.startswith(first), "the first loop prints who said what, in words"
    assert printed.endswith(last), "the second a line for each report"
    assert "Span(" not in printed


def test_the_example_of_a_record_is_what_reading_gives(pipeline: Pipeline) -> None:
    (shown,) = (json.loads(block) for block in blocks("docs/report.md", "json"))
    document = document_of(shown["document"]["text"], origin=shown["document"]["origin"])
    read = pipeline.read(document).to_dict()
    assert _take_scores(read) == pytest.approx(_take_scores(shown), abs=0.05)
    assert read == shown


def _take_scores(report: dict[str, Any]) -> list[float]:
    return [statement.pop(name) for statement in report["statements"] for name in ("score", "speaker_score")]


def mapped(above: ModuleType = onrecord) -> list[str]:
    """The packages, at any depth, whose docstring is a map: a list of their modules."""
    found = []
    for module in pkgutil.iter_modules(above.__path__, f"{above.__name__}."):
        if module.ispkg:
            package = importlib.import_module(module.name)
            found += [module.name] * ("\n* ``" in (package.__doc__ or "")) + mapped(package)
    return found


@pytest.mark.parametrize("package", mapped())
def test_the_map_of_a_package_names_all_of_its_modules_and_no_other(package: str) -> None:
    there = importlib.import_module(package)
    told = set(re.findall(r"``(\w+)``(?=[,:])", there.__doc__ or ""))
    assert told == {module.name for module in pkgutil.iter_modules(there.__path__)}


@pytest.mark.skipif(not (ROOT / "training").is_dir(), reason="training isn't beside the tests")
def test_the_map_of_training_names_all_of_its_modules_and_no_other() -> None:
    told = set(re.findall(r"``(\w+)``", (ROOT / "training" / "__init__.py").read_text("utf-8")))
    assert told == {path.stem for path in (ROOT / "training").glob("*.py")} - {"__init__"}


def test_the_version_is_one() -> None:
    assert f'version = "{onrecord.__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")

"""A replaced word is found wherever it may stand, and nowhere else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))
sys.path.insert(0, str(Path(__file__).parent))
import check_names

GLOSSARY = """\
| term | meaning | replaces |
|---|---|---|
| quantity | a number with its unit | figure, figures *(except a chart)* |
| record | the collection | open_store |
| place | a toponym | |
"""
WORDS = {"figure": "quantity", "figures": "quantity", "open_store": "record"}

PLACES = [
    ("a.py", "def find_figure():\n    pass\n", 1, "a part of a function's name"),
    ("a.py", "class FigureFinder:\n    pass\n", 1, "a part of a class's name"),
    ("a.py", "x = 1\nx.figure = 2\n", 2, "an attribute"),
    ("a.py", "MOST_FIGURES = 2\n", 1, "a constant"),
    ("a.py", 'raise ValueError("no figure")\n', 1, "an error message"),
    ("a.py", 'x = f"{a} figure"\n', 1, "an f-string"),
    ("a.py", 'def f():\n    """One.\n\n    A figure.\n    """\n', 4, "a docstring's own line"),
    ("a.py", "x = 1  # the figure\n", 1, "a comment"),
    ("a.py", 'typer.Option("--figure")\n', 1, "an option"),
    ("a.py", "open_store()\n", 1, "a whole identifier"),
    ("a.md", "text\n\n## Figures\n", 3, "a heading"),
    ("a.md", "Finds `figures`.\n", 1, "documentation"),
    ("x.schema.json", '{\n  "properties": {\n    "figure": {}\n  }\n}\n', 3, "a JSON key"),
    ("x.schema.json", '{\n  "description": "The figure."\n}\n', 2, "a description in JSON"),
    ("x.schema.json", '{\n  "enum": ["figure"]\n}\n', 2, "a value in JSON"),
    ("figures.txt", "", 0, "the file's name"),
    ("find_figure/a.txt", "", 0, "the folder's name"),
]


@pytest.mark.parametrize(("name", "text", "line", "why"), PLACES, ids=[case[3] for case in PLACES])
def test_a_replaced_word_is_found(tmp_path: Path, name: str, text: str, line: int, why: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    hits = list(check_names.check(tmp_path, [name], WORDS))
    assert [hit.line for hit in hits] == [line], why


FINE = [
    ("a.py", "configure(figured=1)  # disfigure\n", "another word"),
    ("a.py", "store = open_record()\n", "not listed"),
    ("a.md", "| quantity | place |\n", "the terms themselves"),
    ("benchmarks/plots.py", "from matplotlib.figure import Figure\n", "on the list of exceptions"),
]


@pytest.mark.parametrize(("name", "text", "why"), FINE, ids=[case[2] for case in FINE])
def test_other_words_are_not(tmp_path: Path, name: str, text: str, why: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    assert list(check_names.check(tmp_path, [name], WORDS)) == [], why


def test_the_third_column_is_read() -> None:
    assert check_names.replaced_words(GLOSSARY) == WORDS


def test_every_exception_has_a_reason() -> None:
    assert all(reason.strip() for _, _, reason in check_names.ALLOWED)


def test_the_command_prints_hits_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "glossary.md").write_text(GLOSSARY, "utf-8")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.py").write_text("figure = 1\n", "utf-8")
    monkeypatch.setattr(sys, "argv", ["check_names.py", str(tmp_path)])
    monkeypatch.setattr(check_names, "files_of", lambda root: ["docs/glossary.md", "src/a.py"])
    assert check_names.main() == 1
    assert capsys.readouterr().out == "src/a.py:1: figure (write: quantity)\n"
    (tmp_path / "src" / "a.py").write_text("quantity = 1\n", "utf-8")
    assert check_names.main() == 0

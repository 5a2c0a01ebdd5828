"""Checks names and documentation against the "replaces" column of the glossary.

    python scripts/check_names.py [ROOT]

Prints ``file:line: word`` for each word that the glossary replaces, and exits 1 if there is one.

It reads names of files and folders, identifiers in Python (also as parts: ``figure`` in ``find_figure``), string
constants in Python (help, error messages, SQL, JSON keys), docstrings and comments, Markdown, and every key and
description in JSON.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GLOSSARY = "docs/glossary.md"
FOLDERS = ("src", "tests", "training", "benchmarks", "scripts", "eval", "docs", "README.md", "CONTRIBUTING.md")
SKIPPED = (GLOSSARY, "scripts/check_names.py", "tests/test_check_names.py")

# (glob of files, word, reason). A reason is required: an exception nobody can explain is a mistake.
ALLOWED: tuple[tuple[str, str, str], ...] = (
    ("**/loaders/main_text.py", "figure", "the HTML element"),
    ("**/loaders/transcript.py", "figure", "a word that begins a line of a report and is no speaker"),
    ("**/loaders/transcript.py", "figures", "as above"),
    ("**/loaders/transcript.py", "voices", "a label in transcripts"),
    ("benchmarks/plots.py", "figure", "Matplotlib's Figure, a chart"),
    ("**/render/chart*.py", "figure", "a chart"),
    ("**/lang/**", "*", "tables of English words"),
    ("**/data/**", "*", "tables of English words"),
    ("tests/*_cases.py", "*", "sentences of invented reports"),
    ("tests/invented.py", "*", "sentences of invented reports"),
    ("**/*.py", "cast", "typing.cast, and CAST in SQL"),
)

CELL = re.compile(r"\(.*?\)|\*\(.*?\)\*")
WORD = re.compile(r"[A-Za-z]\w*")
PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A replaced word: where it stands, and what to write."""

    file: str
    line: int
    word: str
    term: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.word} (write: {self.term})"


def replaced_words(glossary: str) -> dict[str, str]:
    """The words of the third column, each with the term that replaces it."""
    words: dict[str, str] = {}
    for line in glossary.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) != 3 or cells[0] in ("term", "") or set(cells[0]) <= {"-", ":"}:
            continue
        for word in CELL.sub("", cells[2]).split(","):
            if word.strip(" `*"):
                words[word.strip(" `*")] = cells[0]
    return words


def words_in(text: str) -> Iterator[str]:
    """The words of a text and, of compound identifiers, their parts in lower case."""
    for match in WORD.finditer(text):
        word = match.group()
        yield word
        parts = PART.findall(word)
        if len(parts) > 1 or word != word.lower():
            yield from (part.lower() for part in parts)


def python_texts(source: str) -> Iterator[tuple[int, str]]:
    """Names, strings and comments of Python source with their lines."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in (tokenize.NAME, tokenize.COMMENT, tokenize.STRING) or "FSTRING" in tokenize.tok_name[token.type]:
            for number, line in enumerate(token.string.split("\n")):
                yield token.start[0] + number, line


def json_texts(value: Any) -> Iterator[str]:
    """All keys, and all values of ``description``, ``title``, ``const`` and ``enum``."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            if key in ("description", "title", "const") and isinstance(inner, str):
                yield inner
            elif key == "enum":
                yield from (str(item) for item in inner)
            else:
                yield from json_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from json_texts(inner)


def texts_of(path: Path, name: str) -> Iterator[tuple[int, str]]:
    """What is checked in one file, line by line; line 0 is the file's name."""
    yield 0, name
    if path.suffix == ".py":
        yield from python_texts(path.read_text("utf-8"))
    elif path.suffix == ".md" or path.suffix in (".css", ".js", ".html"):
        yield from enumerate(path.read_text("utf-8").splitlines(), 1)
    elif path.name.endswith(".schema.json"):
        lines = path.read_text("utf-8").splitlines()
        for text in json_texts(json.loads("\n".join(lines))):
            quoted = json.dumps(text, ensure_ascii=False)
            yield next((number for number, line in enumerate(lines, 1) if quoted in line), 1), text


def allowed(name: str, word: str) -> bool:
    """Whether a file may use a word in another meaning."""
    return any(
        exception in (word, "*") and re.fullmatch(_glob(glob), name) for glob, exception, _ in ALLOWED
    )


def _glob(glob: str) -> str:
    return (
        re.escape(glob).replace(r"\*\*/", "(?:.*/)?").replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
    )


def check(root: Path, files: Iterable[str], words: Mapping[str, str]) -> Iterator[Hit]:
    """Yields every replaced word in the files."""
    for name in files:
        if name in SKIPPED:
            continue
        for line, text in texts_of(root / name, name):
            for word in dict.fromkeys(words_in(text)):
                term = words.get(word)
                if term is not None and not allowed(name, word):
                    yield Hit(name, line, word, term)


def files_of(root: Path) -> list[str]:
    """The files that Git knows, in the folders that are checked."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "--", *FOLDERS]
    found = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    return [name for name in dict.fromkeys(found.splitlines()) if (root / name).is_file()]


def main() -> int:
    """The command."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    words = replaced_words((root / GLOSSARY).read_text("utf-8"))
    hits = list(check(root, files_of(root), words))
    for hit in hits:
        print(hit)
    if hits:
        print(f"{len(hits)} words that {GLOSSARY} replaces", file=sys.stderr)
    return 1 if hits else 0


if __name__ == "__main__":
    sys.exit(main())

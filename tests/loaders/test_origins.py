"""What the user names: files, folders, patterns, pipes; all that is there is found, and all that isn't is named."""

from __future__ import annotations

import io
import os
import socket
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.errors import EmptyError, ForbiddenError, FormatError, LoadError, NotFoundError, TooLargeError
from onrecord.loaders import LoadOptions, expand, load_document, load_documents
from onrecord.loaders.origins import is_url, shown
from onrecord.types import Document, Failure

SAID = "The mayor said on Tuesday that the bridge would close."


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.html",
        "deep/c.pdf",
        "deep/deeper/d.jsonl",
        "style.css",
        "picture.png",
        ".hidden.txt",
        ".git/e.txt",
        "README",
        "F.TXT",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(SAID)
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "deep" / "round").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    return tmp_path


def names(tree: Path, *inputs: str | Path) -> list[str]:
    return [os.path.relpath(path, tree) for path in expand(inputs)]


def test_a_folder_gives_its_documents_in_order(tree: Path) -> None:
    expected = ["F.TXT", "README", "a.html", "b.txt", "dangling.txt", "deep/c.pdf", "deep/deeper/d.jsonl"]
    assert names(tree, tree) == expected


@pytest.mark.parametrize(
    ("containers", "kinds"),
    [(False, {".css": 1, ".png": 1, ".docx": 2, ".xml": 1}), (True, {".css": 1, ".png": 1, ".docx": 2})],
    ids=["read", "ingest"],
)
def test_a_folder_tells_what_it_passes_over(tree: Path, containers: bool, kinds: dict[str, int]) -> None:
    for name in ("a.docx", "deep/B.DOCX", "c.xml", ".hidden.docx"):
        (tree / name).write_text(SAID)
    for inputs in ([tree], [f"{tree.parent}/{tree.name[:-1]}[{tree.name[-1]}]"]):
        skipped: Counter[str] = Counter()
        list(expand(inputs, containers=containers, skipped=skipped))
        assert dict(skipped) == kinds


def test_patterns(tree: Path) -> None:
    assert names(tree, f"{tree}/*.html") == ["a.html"]
    assert names(tree, f"{tree}/[ab].*") == ["a.html", "b.txt"]
    assert names(tree, f"{tree}/dee?") == ["deep/c.pdf", "deep/deeper/d.jsonl"]
    assert "deep/deeper/d.jsonl" in names(tree, f"{tree}/**/*.jsonl")
    assert names(tree, f"{tree}/*.png") == ["picture.png"]  # named by the user, so that it is tried


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text(SAID)
    (tmp_path / "a1.txt").write_text(SAID)
    assert names(tmp_path, tmp_path / "a[1].txt") == ["a[1].txt"]


def test_what_is_not_a_path_and_what_is_missing_pass_through(tmp_path: Path) -> None:
    inputs = [
        "-",
        "https://example.org/a*?b=[1]",
        "ftp://example.org",
        str(tmp_path / "missing"),
        str(tmp_path / "*.none"),
        "a\0b",
    ]
    assert list(expand(inputs)) == inputs


def test_an_empty_folder_passes_through_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("x")
    assert list(expand([tmp_path])) == [str(tmp_path)]
    with pytest.raises(EmptyError, match="folder"):
        load_document(str(tmp_path))


BAD: list[tuple[str, str, type[LoadError], str]] = [
    ("missing", "missing.txt", NotFoundError, "no such file"),
    ("under a file", "b.txt/c.txt", NotFoundError, "no such file"),
    ("a pattern that finds nothing", "*.none", NotFoundError, "pattern"),
    ("a link to nothing", "dangling.txt", NotFoundError, "link"),
    ("a name that no file can have", "a\0b", NotFoundError, "character"),
    ("a name too long for a file", "x" * 5_000, NotFoundError, "no such file"),
    ("a pipe that nobody writes to", "pipe.txt", FormatError, "pipe"),
    ("a folder", "deep", FormatError, "folder"),
]


@pytest.mark.parametrize(("reason", "name", "error", "words"), BAD, ids=[case[0] for case in BAD])
def test_what_can_not_be_read_is_named(
    tree: Path, reason: str, name: str, error: type[LoadError], words: str
) -> None:
    (result,) = load_documents(str(tree / name))
    assert isinstance(result, Failure)
    assert isinstance(result.error, error)
    assert words in str(result)
    assert "\n" not in str(result)
    assert "\0" not in str(result)


def test_devices_and_sockets_are_not_waited_for() -> None:
    with pytest.raises(FormatError, match="device"):
        load_document("/dev/zero")
    folder = tempfile.mkdtemp()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{folder}/s")
        with pytest.raises(FormatError, match="socket"):
            load_document(f"{folder}/s")


@pytest.fixture
def as_nobody() -> Iterator[None]:
    """Another user for a while: the superuser may read everything."""
    if os.geteuid() == 0:
        os.seteuid(65534)
        yield
        os.seteuid(0)
    else:
        yield


@pytest.fixture
def locked() -> Iterator[Path]:
    """A folder that everybody may enter, with a file and a folder that nobody may read."""
    root = Path(tempfile.mkdtemp())
    root.chmod(0o755)
    (root / "a.txt").write_text(SAID)
    (root / "locked.txt").write_text(SAID)
    (root / "inner").mkdir()
    (root / "inner" / "b.txt").write_text(SAID)
    (root / "locked.txt").chmod(0)
    (root / "inner").chmod(0)
    yield root
    (root / "inner").chmod(0o755)


def test_no_permission_is_named_and_the_others_are_read(locked: Path, as_nobody: None) -> None:
    results = [result for origin in expand([locked]) for result in load_documents(origin)]
    assert sorted(result.origin.removeprefix(f"{locked}/") for result in results) == [
        "a.txt",
        "inner",
        "locked.txt",
    ]
    failures = [result.error for result in results if isinstance(result, Failure)]
    assert [type(error) for error in failures] == [ForbiddenError, ForbiddenError]


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.write(b"word " * 2_000)
        file.truncate(200_000_000)
    with pytest.raises(TooLargeError, match="200,000,000; split it, or read it from Python"):
        load_document(str(path))


class Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Stdin(SAID.encode() + b"\r\n"))
    document = load_document("-")
    assert (document.text, document.origin) == (SAID + "\r\n", "-")


def test_standard_input_over_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Stdin(b"word " * 100_000))
    with pytest.raises(TooLargeError):
        load_document("-", options=LoadOptions(max_bytes=20_000))


def test_empty_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Stdin(b""))
    with pytest.raises(EmptyError):
        load_document("-")


def test_names_with_odd_characters_are_found_and_shown(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\x1b[31m\n.txt")
    Path(path).write_text(SAID)
    (origin,) = expand([tmp_path])
    (document,) = load_documents(origin)
    assert isinstance(document, Document)
    assert document.origin.isprintable()
    document.origin.encode("utf-8")


SHOWN = [("plain", "a b.txt", "a b.txt"), ("an escape", "a\x1b[31m", "a\\x1b[31m"), ("a line end", "a\nb", "a\\nb"), ("a byte that isn't UTF-8", "a\udce9", "a\\udce9"), ("accents", "café", "café")]  # fmt: skip


@pytest.mark.parametrize(("reason", "origin", "expected"), SHOWN, ids=[case[0] for case in SHOWN])
def test_origins_as_shown(reason: str, origin: str, expected: str) -> None:
    assert shown(origin) == expected


URLS = [("https://example.org/a", True), ("HTTP://example.org", True), ("ftp://example.org", True), ("C:/a/b.txt", False), ("C:\\a", False), ("a.txt", False), ("-", False), ("note: this", False)]  # fmt: skip


@pytest.mark.parametrize(("origin", "expected"), URLS)
def test_addresses_of_the_web(origin: str, expected: bool) -> None:
    assert is_url(origin) is expected

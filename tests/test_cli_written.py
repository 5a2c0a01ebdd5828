"""No command writes over what it didn't write, and no output drives a terminal."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from invented import harbour, report, statement
from onrecord.cli import app
from onrecord.errors import FormatError
from onrecord.export import FORMATS
from onrecord.loaders import LoadOptions, load_documents
from onrecord.record import open_record
from onrecord.types import Document, Failure, Report, Speaker

Command = Callable[..., Result]


LIND = Speaker("s1", "Ana\x1b[2J Lind", ("Lind\x07",), "person", "role\x1b[31m", "of\x9b31m", ())


def hostile() -> Report:
    """A report that would set a terminal's title, clear it, and write over its line."""
    text = "Ana\x1b[2J Lind said that \x9b31m it \x1b]0;title\x07was\rfree \u202eof charge."
    said = statement(
        text, "Ana\x1b[2J Lind", "said", "that \x9b31m it \x1b]0;title\x07was\rfree \u202eof charge"
    )
    return report(
        text,
        [replace(said, act="state\x1b[31m", speaker="s1")],
        speakers=[LIND],
        title="=2+3",
        origin="a\x1b[1m.txt",
        publisher="P\x1b]0;x\x07",
    )


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Runs a command line in a folder of its own, with two reports in its record."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_URL", f"sqlite:///{tmp_path / 'record.db'}")
    with open_record(tmp_path / "record.db") as record:
        record.add(harbour())
        record.add(hostile())
        record.fail(Failure("b\x1b[2J.txt", FormatError("b\x1b[2J.txt", "torn\x1b[1m")))
    monkeypatch.setattr("onrecord.read_many", lambda inputs, **_: iter([harbour()]), raising=False)
    return lambda *arguments: CliRunner().invoke(app, list(arguments), prog_name="onrecord")


OTHERS = [
    (b"Ana Cole left.", "a text"),
    (b"<!doctype html>\n<title>Saved</title><p>A page of somebody else's</p>", "another page"),
    (b"SQLite format 3\x00" + bytes(100), "a database"),
    (b'{"text": "Ana Cole left."}\n', "lines of JSON that aren't ours"),
    (b"name,age\r\nAna,40\r\n", "another table"),
]
WRITING = [
    ("read", "a.txt", "--html"),
    *(("export", item.name, "--to") for item in FORMATS if item.target == "text"),
]


@pytest.mark.parametrize(("data", "reason"), OTHERS, ids=[reason for _, reason in OTHERS])
@pytest.mark.parametrize("arguments", WRITING, ids=lambda given: given[1] if given[0] == "export" else "page")
def test_nothing_is_written_over_what_the_command_did_not_write(
    command: Command, tmp_path: Path, arguments: tuple[str, ...], data: bytes, reason: str
) -> None:
    target = tmp_path / "out"
    target.write_bytes(data)
    refused = command(*arguments, "out")
    assert refused.exit_code == 2
    assert "expected a new file or one that this command wrote, found out" in refused.stderr
    assert target.read_bytes() == data, reason
    assert command(*arguments, "out", "--force").exit_code == 0
    written = target.read_bytes()
    assert written != data
    assert command(*arguments, "out").exit_code == 0, "its own file"
    assert target.read_bytes() == written


def test_a_page_is_not_written_over_the_record(command: Command, tmp_path: Path) -> None:
    before = (tmp_path / "record.db").read_bytes()
    assert command("read", "a.txt", "--html", "record.db").exit_code == 2
    assert (tmp_path / "record.db").read_bytes() == before


def test_an_empty_file_and_a_table_of_parquet_may_be_written_over(command: Command, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "out").touch()
    assert command("export", "parquet", "--to", "out").exit_code == 0
    assert command("export", "parquet", "--to", "out").exit_code == 0
    (tmp_path / "other").write_bytes(b"PAR1 of somebody else PAR1")
    assert command("export", "parquet", "--to", "other").exit_code == 2


def test_csv_for_excel_begins_with_a_byte_order_mark(command: Command, tmp_path: Path) -> None:
    assert command("export", "csv", "--excel", "--to", "e.csv").exit_code == 0
    assert command("export", "csv", "--to", "plain.csv").exit_code == 0
    data = (tmp_path / "e.csv").read_bytes()
    assert data == b"\xef\xbb\xbf" + (tmp_path / "plain.csv").read_bytes()
    assert b",'=2+3," in data, "a formula is text"
    assert command("export", "csv", "--excel", "--to", "e.csv").exit_code == 0, "its own file, with the mark"
    refused = command("export", "jsonl", "--excel")
    assert (refused.exit_code, "--excel: expected the format csv" in refused.stderr) == (2, True)


ON_SCREEN = [
    *(("export", item.name) for item in FORMATS if item.target == "text"),
    ("export", "csv", "--excel"),
    ("search", "charge"),
    ("search", "charge", "--json"),
    ("speaker", "Lind"),
    ("links", "a\x1b[1m.txt"),
    ("links", "--quote", "that it was free of charge\x1b[2J"),
    ("failures",),
    ("failures", "--json"),
    ("info",),
    ("check",),
    ("corrections",),
    ("evaluate", "statements", "no\x1b[2Jfolder"),
    ("import", "no\x1b[2Jfile.jsonl"),
    ("read", "no\x1b[2Jfile.txt"),
    ("backup", "no\x1b[2Jfolder/copy.db"),
    ("info", "--record", "no\x1b[2Jrecord.db"),
    ("read", "--\x1b]0;title\x07"),
    ("\x1b[2Jcommand",),
]


@pytest.mark.skipif(os.name == "nt", reason="terminals are other there")
@pytest.mark.parametrize("arguments", ON_SCREEN, ids=repr)
def test_no_output_drives_a_terminal(command: Command, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    seen = on_a_terminal(arguments)
    assert seen, "something is said"
    plain = b"".join(seen.split(b"\x1b[0m")).replace(b"\r\n", b"\n")
    for code in (b"\x1b[2J", b"\x1b]0;", b"\x07", b"\x1b[31m\x1b", b"\xc2\x9b", b"\r", "\u202e".encode()):
        assert code not in plain, (code, seen)
    assert b"\x1b[1m." not in plain


def on_a_terminal(arguments: tuple[str, ...]) -> bytes:
    """What a terminal gets of a command, on both streams."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "200", "NO_COLOR": "1"},
    )
    os.close(theirs)
    seen = b""
    with contextlib.suppress(OSError):  # some systems end a closed terminal so
        while data := os.read(ours, 4096):
            seen += data
    os.close(ours)
    process.wait()
    return seen


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
@pytest.mark.parametrize(
    "arguments", [("search",), ("speaker", "Lind"), ("links", "--quote", "x"), ("failures",)]
)
def test_a_reader_that_leaves_a_list_is_no_error(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with open_record(tmp_path / "record.db") as record:
        for number in range(300):
            text = f"Ana Lind said x.\n\n{number} more words in it."
            said = replace(statement(text, "Ana Lind", "said", "x"), speaker="s1")
            record.add(report(text, [said], speakers=[LIND], origin=f"{number}.txt"))
            record.fail(Failure(f"f{number}.txt", FormatError(f"f{number}.txt", "torn")))
    limit = ["-n", "300"] if arguments[0] in ("search", "speaker") else []
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", *arguments, *limit, "--record", str(tmp_path / "record.db")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), errors) == (141, b"")


LINES = b"".join(json.dumps({"text": f"Ana Lind said that it was {word}."}).encode() + b"\n" for word in "ab")
PACKED = [
    ("a.txt.gz", gzip.compress(b"Ana Lind said that it was late."), 1, "a text"),
    ("a.gz", gzip.compress(b"Ana Lind said that it was late."), 1, "a name that doesn't say what is in it"),
    ("a.jsonl.gz", gzip.compress(LINES), 2, "JSON Lines"),
    (
        "a.txt",
        gzip.compress(b"Ana Lind said that it was late."),
        1,
        "a name that doesn't say that it is packed",
    ),
]


@pytest.mark.parametrize(("name", "data", "found", "reason"), PACKED, ids=[item[3] for item in PACKED])
def test_read_takes_gzip(tmp_path: Path, name: str, data: bytes, found: int, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    documents = list(load_documents(str(tmp_path / name)))
    assert [type(item) for item in documents] == [Document] * found, reason
    assert all("Ana Lind said" in item.text for item in documents if isinstance(item, Document))


BROKEN = [
    (gzip.compress(b"a" * 60_000_000), "at most", "a bomb"),
    (gzip.compress(gzip.compress(b"words")), "gzip archive", "packed twice"),
    (gzip.compress(b"words " * 5000)[:40], "broken", "cut off"),
    (gzip.compress(b"WARC/1.0\r\n"), "onrecord ingest", "an archive"),
    (gzip.compress(b""), "no text", "nothing in it"),
]


@pytest.mark.parametrize(("data", "said", "reason"), BROKEN, ids=[item[2] for item in BROKEN])
def test_gzip_that_cannot_be_read_is_named(tmp_path: Path, data: bytes, said: str, reason: str) -> None:
    (tmp_path / "a.txt.gz").write_bytes(data)
    (failure,) = load_documents(str(tmp_path / "a.txt.gz"), options=LoadOptions(max_bytes=1_000_000))
    assert isinstance(failure, Failure)
    assert failure.origin.endswith("a.txt.gz")
    assert said in str(failure), reason

"""The command line keeps its promises: what goes to which stream, in which form, with which exit code."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

import onrecord
from invented import HARBOUR_TEXT, harbour, report
from onrecord import __version__
from onrecord.cli import app
from onrecord.errors import BundleError, EmptyError, NotFoundError
from onrecord.schema import report_schema
from onrecord.types import Claim, Failure, Report, Span

Command = Callable[..., Result]


def pretend_to_read(inputs: Iterable[str], **_: Any) -> Iterator[Report | Failure]:
    """What reading would answer: the harbour report for every name but some."""
    for origin in inputs:
        if origin.startswith("missing"):
            yield Failure(origin, NotFoundError(origin, "no such file;\ncheck \x1b[31mthe path"))
        elif origin.startswith("empty"):
            yield Failure(origin, EmptyError(origin, "there is no text in it"))
        elif origin.startswith("french"):
            yield report("Il pleut.", origin=origin, language="fr")
        elif origin.startswith("endless"):
            yield report("9", claims=[Claim(None, "quantity", Span(0, 1, "9"), float("inf"))], origin=origin)
        elif origin.startswith("broken"):
            raise BundleError("weights.onnx: expected the checksum of the manifest; install again")
        elif origin.startswith("interrupted"):
            raise KeyboardInterrupt
        else:
            yield harbour(origin=origin)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Runs a command line in an empty folder, with the reading pretended."""
    monkeypatch.setattr(onrecord, "read_many", pretend_to_read, raising=False)
    monkeypatch.chdir(tmp_path)
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments: CliRunner().invoke(app, list(arguments), prog_name="onrecord")


@pytest.mark.parametrize(
    ("given", "page", "reason"),
    [
        (["a.txt"], "a.txt", "the report itself"),
        (["a.txt", "b.txt"], "b.txt", "one of several"),
        (["a.txt"], "link.html", "the report by another name"),
        (["."], "old.html", "a page of an earlier run, among the reports of a folder"),
    ],
)
def test_no_page_is_written_over_a_report(
    command: Command, tmp_path: Path, given: list[str], page: str, reason: str
) -> None:
    for name in ("a.txt", "b.txt", "old.html"):
        (tmp_path / name).write_text("Ana Cole left.")
    (tmp_path / "link.html").symlink_to("a.txt")
    result = command("read", *given, "--html", page)
    assert (result.exit_code, result.stdout) == (2, ""), reason
    assert f"--html: expected a file that isn't read, found {page}, which would be lost" in result.stderr
    assert (tmp_path / page).read_text() == "Ana Cole left."
    assert command("read", "a.txt", "--html", "new.html").exit_code == 0


def test_read_prints_a_table(command: Command) -> None:
    result = command("read", "a.txt")
    assert result.exit_code == 0
    assert "[“We acted in good faith,”] he said" in result.stdout
    assert result.stderr == ""


def test_json_is_the_contract_one_record_a_line_in_order(command: Command) -> None:
    result = command("read", "b.txt", "a.txt", "--json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["document"]["origin"] for line in lines] == ["b.txt", "a.txt"]
    assert [Report.from_dict(line) for line in lines] == [harbour(origin="b.txt"), harbour(origin="a.txt")]
    for line in lines:
        Draft202012Validator(report_schema()).validate(line)
        text = line["document"]["text"]
        for item in line["statements"]:
            for span in [item["source"], item["cue"], *item["content"]]:
                assert span is None or text[span["start"] : span["end"]] == span["text"]


def test_json_is_utf8_whatever_the_locale(command: Command) -> None:
    result = command("read", "a.txt", "--json")
    assert HARBOUR_TEXT in json.loads(result.stdout_bytes.decode("utf-8"))["document"]["text"]
    assert "“".encode() in result.stdout_bytes


def test_a_page_takes_its_file(command: Command, tmp_path: Path) -> None:
    result = command("read", "a.txt", "b.txt", "--html", "page.html")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "onrecord: 2 reports, 16 statements; the page is page.html\n"
    assert (tmp_path / "page.html").read_text("utf-8").count('class="report"') == 2
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"], "nothing half-written stays"


def test_a_page_goes_to_standard_output(command: Command) -> None:
    result = command("read", "a.txt", "--html", "-")
    assert result.stdout.startswith("<!doctype html>")
    assert result.stdout.endswith("</html>\n")


def test_a_page_and_json_at_once(command: Command, tmp_path: Path) -> None:
    result = command("read", "a.txt", "--html", "page.html", "--json")
    assert json.loads(result.stdout)["schema"] == "onrecord/1"
    assert (tmp_path / "page.html").exists()


def test_a_page_that_fails_leaves_what_was_there(command: Command, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("before")
    assert command("read", "a.txt", "broken.txt", "--html", "page.html", "--force").exit_code == 1
    assert (tmp_path / "page.html").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


FAILING = [
    (
        ["missing.txt"],
        ["onrecord: missing.txt: no such file; check ␛[31mthe path"],
        0,
        "one that isn't there",
    ),
    (
        ["a.txt", "empty.txt", "b.txt", "--quiet"],
        ["onrecord: empty.txt: there is no text in it"],
        2,
        "the rest are read",
    ),
    (
        ["a.txt", "missing.txt"],
        [
            "onrecord: missing.txt: no such file; check ␛[31mthe path",
            "onrecord: 1 report, 8 statements, 1 failed",
        ],
        1,
        "several are counted",
    ),
    (
        ["endless.txt", "a.txt", "-q"],
        ["onrecord: endless.txt: expected numbers that JSON can hold, found one that isn't finite"],
        1,
        "a record that JSON can't hold is a failure, too",
    ),
]


@pytest.mark.parametrize(("arguments", "said", "read", "why"), FAILING, ids=[case[3] for case in FAILING])
def test_each_failure_is_one_line_and_the_exit_code_is_3(
    command: Command, arguments: list[str], said: list[str], read: int, why: str
) -> None:
    result = command("read", "--json", *arguments)
    lines = result.stderr.splitlines()
    assert len(lines) == len(said)
    assert all(line.startswith(start) for line, start in zip(lines, said, strict=True))
    assert result.exit_code == 3
    assert len(result.stdout.splitlines()) == read


USAGE = [
    ([], "Usage", "nothing to read: the help"),
    (["a.txt", "--date", "yesterday"], "--date: expected a day such as 2024-03-12", "a date that isn't one"),
    (["a.txt", "--json", "--html", "-"], "give the page a file", "two things on standard output"),
    (["a.txt", "--html", "no/such/folder/page.html"], "No such file", "a page that can't be written"),
    (["a.txt", "--html", "."], "Is a directory", "a folder isn't a page"),
    (["a.txt", "--workers", "0"], "workers", "no workers"),
    (["a.txt", "--colour"], "--colour", "an option that there isn't"),
]


@pytest.mark.parametrize(("arguments", "said", "why"), USAGE, ids=[case[2] for case in USAGE])
def test_usage_errors_are_sentences_with_exit_code_2(
    command: Command, arguments: list[str], said: str, why: str
) -> None:
    result = command("read", *arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert "Traceback" not in result.output


def test_another_language_is_said_and_read_all_the_same(command: Command) -> None:
    result = command("read", "french.txt")
    assert result.exit_code == 0
    assert "french.txt: looks like language 'fr'" in result.stderr
    assert command("read", "french.txt", "--quiet").stderr == ""


def test_an_error_of_our_own_is_a_sentence_with_exit_code_1(command: Command) -> None:
    result = command("read", "broken.txt")
    assert result.exit_code == 1
    assert result.stderr == "onrecord: weights.onnx: expected the checksum of the manifest; install again\n"


def test_an_interruption_is_a_sentence_with_exit_code_130(command: Command) -> None:
    result = command("read", "a.txt", "interrupted.txt")
    assert result.exit_code == 130
    assert result.stderr == "onrecord: interrupted; what was printed so far is complete\n"
    assert "We acted" in result.stdout


def test_options_reach_the_reading(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def note(inputs: Iterable[str], **options: Any) -> Iterator[Report]:
        seen.update(options, inputs=list(inputs))
        return iter(())

    monkeypatch.setattr(onrecord, "read_many", note)
    command("read", "-", "https://example.org/a", "--date", "2024-03-12", "--text-field", "body", "-j", "3")
    assert seen["inputs"] == ["-", "https://example.org/a"]
    assert (seen["options"].published, seen["options"].text_field, seen["workers"]) == (
        "2024-03-12",
        "body",
        3,
    )


def test_the_table_keeps_to_the_width(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(map(len, command("read", "a.txt", "--width", "60").stdout.splitlines())) <= 60
    assert 80 < max(map(len, command("read", "a.txt").stdout.splitlines())) <= 100
    monkeypatch.setenv("COLUMNS", "70")
    assert max(map(len, command("read", "a.txt").stdout.splitlines())) <= 70


def test_version_and_help(command: Command) -> None:
    assert command("--version").stdout == f"onrecord {__version__}\n"
    assert "evaluate" in command("--help").stdout
    teaching = command("read", "--help").stdout
    for example in ("onrecord read report.html", "--json > reports.jsonl", "--html"):
        assert example in teaching


@pytest.mark.parametrize(
    "name", sorted(info.callback.__name__ for info in app.registered_commands if info.callback)
)
def test_each_example_in_a_help_stands_on_a_line_of_its_own(
    command: Command, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    info = next(info for info in app.registered_commands if info.callback and info.callback.__name__ == name)
    assert info.callback is not None
    examples = [
        line.strip()
        for line in (info.callback.__doc__ or "").splitlines()
        if line.startswith("        onrecord ")
    ]
    shown = [line.strip() for line in command(str(info.name), "--help").stdout.splitlines()]
    assert [line for line in examples if line not in shown] == []


PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
import onrecord, test_cli
def slowly(inputs, **_):
    for _ in range({count}):
        yield test_cli.harbour()
        {then}
onrecord.read_many = slowly
from onrecord.cli import main
main()
"""


def run(arguments: list[str], *, count: int, then: str = "", **options: Any) -> subprocess.Popen[bytes]:
    program = PROGRAM.format(tests=str(Path(__file__).parent), count=count, then=then)
    return subprocess.Popen(
        [sys.executable, "-c", program, "read", "a.txt", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Where the tests run in the background, the shell has them ignore interrupts, and so would the child.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        **options,
    )


@pytest.mark.skipif(os.name == "nt", reason="pipes close otherwise there")
@pytest.mark.parametrize("form", [[], ["--json"], ["--html", "-"]])
def test_a_reader_that_leaves_is_no_error(form: list[str]) -> None:
    process = run(form, count=300)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


@pytest.mark.skipif(os.name == "nt", reason="signals go otherwise there")
def test_ctrl_c_is_a_sentence() -> None:
    process = run(["--json"], count=1, then="import time; time.sleep(60)")
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b'{"schema"')
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert said == b"onrecord: interrupted; what was printed so far is complete\n"
    assert process.returncode == 130


def test_ctrl_c_while_modules_load_is_an_exit_code(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("raise KeyboardInterrupt")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "--version"], env=environment, capture_output=True, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_it_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "onrecord", "--version"], capture_output=True, timeout=60)
    assert done.stdout.decode() == f"onrecord {__version__}\n"


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell closes them")
@pytest.mark.parametrize(
    ("arguments", "closed", "code", "said"),
    [
        ("read -", "<&-", 3, b"onrecord: -: there is no text in it\n"),
        ("read a.txt", ">&-", 0, b""),
        ("read a.txt --json", ">&-", 0, b""),
        ("read missing.txt", ">&- 2>&-", 3, b""),
        ("--version", "<&- >&- 2>&-", 0, b""),
    ],
)
def test_closed_streams_hold_nothing_up(
    arguments: str, closed: str, code: int, said: bytes, tmp_path: Path
) -> None:
    """As a daemon or a scheduler may start it: never a traceback, and no other file in a stream's place."""
    (tmp_path / "a.txt").write_text("")
    (tmp_path / "program.py").write_text(
        f"import sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\nimport onrecord, test_cli\n"
        + (
            ""
            if " -" in arguments and "--" not in arguments
            else "onrecord.read_many = test_cli.pretend_to_read\n"
        )
        + "from onrecord.cli import main\nmain()\n"
    )
    line = f'"{sys.executable}" program.py {arguments} {closed}'
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (code, said)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["read", "--help"], []])
def test_help_on_a_full_disk_is_a_sentence(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "onrecord", *arguments], stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert done.stderr.startswith(b"onrecord: the output can't be written: No space left on device")
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_full_disk_is_a_sentence(form: list[str]) -> None:
    program = PROGRAM.format(tests=str(Path(__file__).parent), count=300, then="")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", program, "read", "a.txt", *form], stdout=full, stderr=subprocess.PIPE
        )
    assert done.stderr.startswith(b"onrecord: the output can't be written: No space left on device")
    assert done.stderr.count(b"\n") == 1
    assert done.returncode == 1


def test_a_poor_locale_gets_question_marks_and_no_exception() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    out, said = run([], count=1, env=environment).communicate(timeout=60)
    assert said == b""
    assert b"[?We acted in good faith,?] he said" in out
    out, _ = run(["--json"], count=1, env=environment).communicate(timeout=60)
    assert json.loads(out)["document"]["text"] == HARBOUR_TEXT


def said_on_a_terminal(names: list[str], *, stdout_too: bool = False) -> tuple[bytes, bytes]:
    """What a terminal on standard error gets, and what a pipe on standard output does."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    program = TERMINAL_PROGRAM.format(tests=str(Path(__file__).parent))
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(
        [sys.executable, "-c", program, "read", *names],
        stdout=theirs if stdout_too else subprocess.PIPE,
        stderr=theirs,
        env=environment,
    )
    os.close(theirs)
    piped = process.stdout.read() if process.stdout else b""
    seen = b""
    # A terminal whose other end is closed ends in an error on some systems, in nothing on others.
    with contextlib.suppress(OSError):
        while data := os.read(ours, 4096):
            seen += data
    os.close(ours)
    if process.stdout:
        process.stdout.close()
    assert process.wait() in (0, 3)
    return seen, piped


TERMINAL_PROGRAM = """
import sys, time
sys.path.insert(0, {tests!r})
import onrecord, test_cli
def slowly(inputs, **_):
    for result in test_cli.pretend_to_read(inputs):
        time.sleep(0.15)
        yield result
onrecord.read_many = slowly
from onrecord.cli import main
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="terminals are other there")
def test_many_files_have_a_bar_on_a_terminal_and_failures_stay_whole_lines() -> None:
    seen, piped = said_on_a_terminal(["a.txt", "missing.txt", "b.txt", "--json"])
    assert b"reading" in seen
    assert b"3/3" in seen or b"2/3" in seen
    assert "onrecord: missing.txt: no such file; check ␛[31mthe path".encode() in seen
    assert len(piped.splitlines()) == 2
    assert b"\x1b" not in piped


@pytest.mark.skipif(os.name == "nt", reason="terminals are other there")
@pytest.mark.parametrize(
    ("names", "stdout_too", "why"),
    [
        (["a.txt", "--json"], False, "one file is quick"),
        (["a.txt", "b.txt", "--json", "--quiet"], False, "it was asked to be quiet"),
        (["a.txt", "b.txt"], True, "the tables are printed there"),
    ],
)
def test_no_bar_where_it_is_in_the_way(names: list[str], stdout_too: bool, why: str) -> None:
    seen, _ = said_on_a_terminal(names, stdout_too=stdout_too)
    assert b"reading" not in seen, why


@pytest.mark.skipif(os.name == "nt", reason="terminals are other there")
def test_a_terminal_gets_styles() -> None:
    seen, _ = said_on_a_terminal(["a.txt"], stdout_too=True)
    assert b"\x1b[1;36m" in seen
    assert "[“We acted".encode() not in seen

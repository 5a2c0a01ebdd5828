"""The worker process: a PDF that takes too much fails by name, and the next one is read."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pdf_files import pdf_of

from onrecord.errors import FormatError, LoadError, TooLargeError
from onrecord.loaders import LoadOptions, load_document, worker
from onrecord.loaders.containers import DocumentLoader
from onrecord.types import Document, Failure
from poison import pdf, pdf_bomb

SAID = "The mayor said on Tuesday that the bridge would close."
PLAIN = pdf_of([[(60, 760, 10.0, SAID)]])
limited = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only here is a process's address space limited"
)


def read(path: Path, data: bytes, **options: float) -> Document:
    path.write_bytes(data)
    return load_document(str(path), options=LoadOptions(**options))  # type: ignore[arg-type]


@limited
def test_a_page_that_unpacks_to_gigabytes_fails_by_name_and_the_others_are_read(tmp_path: Path) -> None:
    for name in ("a.pdf", "c.pdf"):
        (tmp_path / name).write_bytes(PLAIN)
    (tmp_path / "b.pdf").write_bytes(pdf_bomb(200))
    loader = DocumentLoader(LoadOptions(parser_memory_bytes=200_000_000))
    found = [one for name in ("a.pdf", "b.pdf", "c.pdf") for one in loader.documents(str(tmp_path / name))]
    assert [type(one) for one in found] == [Document, Failure, Document]
    assert isinstance(found[1], Failure)
    assert isinstance(found[1].error, TooLargeError)
    said = str(found[1].error)
    assert said.startswith(str(tmp_path / "b.pdf"))
    assert "200 MB of memory" in said
    assert "--parser-memory" in said
    assert "LoadOptions.parser_memory_bytes" in said


def test_a_page_that_takes_too_long_fails_by_name(tmp_path: Path) -> None:
    with pytest.raises(TooLargeError, match=r"within 0\.2 seconds.*--parser-seconds"):
        read(tmp_path / "a.pdf", pdf_bomb(100), parser_timeout_s=0.2, parser_memory_bytes=4_000_000_000)
    assert read(tmp_path / "b.pdf", PLAIN).text == SAID, "the next one has a new process"


def test_a_process_that_is_stuck_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_GRACE_S", 0.1)
    monkeypatch.setattr(
        worker, "_START", "import time; print('0000000000000002{}', end='', flush=True); time.sleep(60)"
    )
    worker._worker.close()
    with pytest.raises(TooLargeError, match="within 1 seconds"):
        read(tmp_path / "a.pdf", PLAIN, parser_timeout_s=1.0)


STARTS = [
    ("ends at once", "raise SystemExit(3)"),
    ("says what is no message", "print('hello, this is no message at all')"),
    ("says that it is about to say too much", "print('9' * 16)"),
]


@pytest.mark.parametrize(("reason", "code"), STARTS, ids=[reason for reason, _ in STARTS])
def test_a_process_that_can_not_be_started_is_an_error_with_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reason: str, code: str
) -> None:
    monkeypatch.setattr(worker, "_START", code)
    worker._worker.close()
    with pytest.raises(LoadError, match=r"a\.pdf: the process that parses it can't be started"):
        read(tmp_path / "a.pdf", PLAIN)


def test_a_process_that_crashes_is_an_error_with_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import os, signal, sys; print('0000000000000002{}', end='', flush=True); sys.stdin.read(20);"
        "os.kill(os.getpid(), signal.SIGSEGV)"
    )
    monkeypatch.setattr(worker, "_START", code)
    worker._worker.close()
    with pytest.raises(FormatError, match="crashes its parser"):
        read(tmp_path / "a.pdf", PLAIN)


def test_the_process_is_kept_between_documents(tmp_path: Path) -> None:
    read(tmp_path / "a.pdf", PLAIN)
    process = worker._worker._process
    assert process is not None
    read(tmp_path / "b.pdf", PLAIN)
    with pytest.raises(FormatError):
        read(tmp_path / "c.pdf", PLAIN[:60])
    assert worker._worker._process is process
    process.kill()
    process.wait()
    assert read(tmp_path / "d.pdf", PLAIN).text == SAID, "one that was killed from outside is replaced"


def test_threads_take_turns(tmp_path: Path) -> None:
    texts: list[str] = []

    def one(number: int) -> None:
        said = f"Number {number}. {SAID}"
        texts.append(str(read(tmp_path / f"{number}.pdf", pdf_of([[(60, 760, 10.0, said)]])).text == said))

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == ["True"] * 8


def test_a_page_tree_that_leads_round_in_a_circle_ends(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"a\.pdf: "):
        read(tmp_path / "a.pdf", pdf(b"", kids=b"[2 0 R]"))


def _in_another_process(path: str) -> str:
    return load_document(path).text


def test_from_a_spawned_process(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PLAIN)
    with multiprocessing.get_context("spawn").Pool(1) as pool:  # its processes are daemons
        assert pool.apply(_in_another_process, (str(tmp_path / "a.pdf"),)) == SAID


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_process_has_a_worker_of_its_own(tmp_path: Path) -> None:
    read(tmp_path / "a.pdf", PLAIN)
    mine = worker._worker._process
    assert mine is not None
    child = os.fork()
    if not child:
        code = 1
        try:
            text = load_document(str(tmp_path / "a.pdf")).text
            theirs = worker._worker._process
            code = 0 if text == SAID and theirs is not None and theirs.pid != mine.pid else 2
        finally:
            worker._worker.close()
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert read(tmp_path / "b.pdf", PLAIN).text == SAID


def test_from_a_script_without_a_guard_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PLAIN)
    script = tmp_path / "script.py"
    script.write_text(
        "import sys; from onrecord.loaders import load_document, worker\n"
        "print(load_document(sys.argv[1]).text); print(worker._worker._process.pid)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script), str(tmp_path / "a.pdf")],
        capture_output=True,
        text=True,
        check=True,
    )
    text, process = done.stdout.splitlines()
    assert (text, done.stderr) == (SAID, "")
    if sys.platform.startswith("linux"):
        assert not Path(f"/proc/{process}").exists()


@limited
def test_the_commands_take_the_limits(tmp_path: Path) -> None:
    (tmp_path / "bomb.pdf").write_bytes(pdf_bomb(100))
    (tmp_path / "good.pdf").write_bytes(PLAIN)
    for command in (
        ["read", str(tmp_path), "--json"],
        ["ingest", str(tmp_path), "--record", str(tmp_path / "a.db"), "--workers", "2", "--json"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "onrecord", *command, "--parser-memory", "100"],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 3
        assert "bomb.pdf: expected a PDF that is parsed in 100 MB of memory" in done.stderr
        (line,) = done.stdout.splitlines()
        assert json.loads(line).get("added", 1) == 1

"""What goes wrong on a real disk, met through the command: kills, a full disk, a folder that can't be written
to, a damaged file, two writers, a reader beside a writer. A clear error or success, never a lost or doubled
document.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import generated_reader
import pytest
from generated_reports import make_report
from typer.testing import CliRunner

import onrecord.ingest
from onrecord.cli import app
from onrecord.record import Record, open_record
from onrecord.search import Query, search

# Set higher for a measurement: 50 moments take minutes.
KILLS = int(os.environ.get("ONRECORD_KILLS", "3"))

posix = pytest.mark.skipif(os.name != "posix", reason="kills, mounts and permissions are POSIX's here")


def texts_of(count: int) -> list[str]:
    """Reports of one to six statements."""
    rng = random.Random(1)
    names = ["Ana Brandt", "Milo Okafor", "Zoë Lind"]
    return [
        "\n".join(
            f"{rng.choice(names)}: number {number} says {rng.random()}" for _ in range(rng.randint(1, 6))
        )
        for number in range(count)
    ]


def write_files(folder: Path, texts: list[str]) -> list[str]:
    """JSON Lines in three files, with a line that is broken and a report that is there twice."""
    lines = [json.dumps({"text": text}) for text in texts]
    lines[20:20] = ["bad", lines[7]]
    paths = [folder / f"{part}.jsonl" for part in range(3)]
    for part, path in enumerate(paths):
        path.write_text("\n".join(lines[part::3]) + "\n", encoding="utf-8")
    return [str(path) for path in paths]


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """The command in a process of its own, all loaded."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.Popen(
        [sys.executable, generated_reader.__file__, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # Where the tests run in the background, the shell has them ignore interrupts, and so would the child.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert run.stdout is not None
    assert run.stdout.readline() == b"begun\n"
    return run


def ended(run: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    """Exit code, standard output and error of a command that ends by itself."""
    out, error = run.communicate(timeout=600)
    return run.returncode, out.decode(), error.decode()


def contents(record: Record) -> list[object]:
    """All that a record holds, by what it is and not by the numbers it is kept under."""
    reports = sorted(record.reports(), key=lambda report: report.document.id)
    near_duplicates = [
        sorted((summary.id, value) for summary, value in record.near_duplicates(report.document.id))
        for report in reports
    ]
    occurrences = [
        sorted(str(sighting.origin) for sighting in record.occurrences(report.document.id))
        for report in reports
    ]
    found = sorted(hit.found.statement.id for hit in everything(record))
    failing = sorted((item.failure.origin, item.within) for item in record.failures())
    links = sorted(map(repr, record.links()))
    return [
        reports,
        near_duplicates,
        occurrences,
        found,
        record.info(),
        failing,
        record.unlinked_documents(),
        links,
    ]


def everything(record: Record) -> Iterable[Any]:
    query: Query | None = Query("number", sort="newest", limit=500)
    while query is not None:
        page = search(record, query)
        yield from page.hits
        query = Query("number", sort="newest", limit=500, after=page.after) if page.after else None


def whole(folder: Path, files: list[str]) -> list[object]:
    """What an ingest that nothing disturbs leaves."""
    place = f"sqlite:///{folder / 'whole.db'}"
    code, *_ = ended(start("ingest", *files, "--record", place, "--quiet", "-j", "1"))
    assert code == 3  # for the broken line
    with open_record(place) as record:
        return contents(record)


# Stopped


@posix
@pytest.mark.parametrize("workers", ["1", "2"])
def test_killed_at_any_moment_and_begun_again_it_is_as_if_nothing_had_been(
    url: str, tmp_path: Path, workers: str
) -> None:
    files = write_files(tmp_path, texts_of(6 * KILLS + 100))
    expected = whole(tmp_path, files)
    arguments = ("ingest", *files, "--record", url, "--quiet", "--workers", workers)
    rng, done = random.Random(int(workers)), 0
    for number in range(KILLS):
        # Workers are begun by a program; one process alone can be a copy of this one, which is there at once.
        run = start(*arguments) if workers == "2" else None
        pid = run.pid if run else fork(*arguments)
        let_work(pid, rng.uniform(0, 0.8))
        os.killpg(pid, signal.SIGKILL)
        run.communicate() if run else os.waitpid(pid, 0)
        with open_record(url) as record:
            before, done = done, record.info()["documents"]
            assert done >= before
        print(f"killed {number + 1} times, {done} reports are in", flush=True)  # for who measures, with -s
    code, out, error = ended(start(*arguments))
    assert (code, out) == (3, ""), error
    with open_record(url) as record:
        assert list(record.check()) == []
        assert contents(record) == expected


def fork(*arguments: str) -> int:
    """The command in a copy of this process, which leads a group of its own; the copy's number."""
    generated_reader.load()
    pid = os.fork()
    if pid == 0:
        try:
            os.setpgid(0, 0)
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nothing, stream)
            generated_reader.pretend()
            app(list(arguments), prog_name="onrecord")
        finally:
            os._exit(0)
    with contextlib.suppress(OSError):
        os.setpgid(pid, pid)  # whichever of the two comes first
    return pid


def let_work(pid: int, seconds: float) -> None:
    """Waits until a process has worked for so long: on a busy machine the time on the wall says little of how
    far it is.
    """
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        time.sleep(seconds)
        return
    ticks, began = os.sysconf("SC_CLK_TCK") * seconds, None
    while True:
        state, *fields = stat.read_text().rpartition(") ")[2].split()
        worked = int(fields[10]) + int(fields[11])
        began = worked if began is None else began
        if state == "Z" or worked - began >= ticks:
            return
        time.sleep(0.002)


@posix
def test_a_stop_from_the_keyboard_says_how_to_go_on(tmp_path: Path) -> None:
    files = write_files(tmp_path, texts_of(3000))
    place = f"sqlite:///{tmp_path / 'record.db'}"
    for workers in ("1", "2"):
        run = start("ingest", *files, "--record", place, "--workers", workers)
        wait_for(tmp_path / "record.db", more_than=int(workers) * 30)
        os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the workers, too
        code, out, error = ended(run)
        assert (code, out) == (130, ""), error
        assert "nothing is lost, and the same command goes on from here" in error
        assert "Traceback" not in error
    with open_record(place) as record:
        assert 30 < record.info()["documents"] < 3000
        assert list(record.check()) == []


def wait_for(path: Path, *, more_than: int) -> None:
    """Until a record has more documents than that."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        if path.exists():
            with open_record(path) as record:
                if record.info()["documents"] > more_than:
                    return
        time.sleep(0.05)
    pytest.fail("nothing came into the record")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="tells by /proc which processes are there")
def test_workers_end_with_the_process_that_began_them(tmp_path: Path) -> None:
    files = write_files(tmp_path, texts_of(3000))
    run = start("ingest", *files, "--record", str(tmp_path / "record.db"), "--workers", "2")
    deadline = time.monotonic() + 300
    while len(processes_of(run.pid)) < 3 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(processes_of(run.pid)) >= 3  # itself and its workers
    os.kill(run.pid, signal.SIGKILL)  # the process alone: nobody tells the workers
    run.communicate()
    while processes_of(run.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert processes_of(run.pid) == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="tells by /proc which processes are there")
@pytest.mark.parametrize("later", [0.0, 0.2, 0.6])
def test_a_stop_while_workers_begin_is_a_sentence(tmp_path: Path, later: float) -> None:
    files = write_files(tmp_path, texts_of(100))
    run = start("ingest", *files, "--record", str(tmp_path / "record.db"), "--workers", "2")
    deadline = time.monotonic() + 300
    while len(processes_of(run.pid)) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(later)  # the workers are importing what they need
    os.killpg(run.pid, signal.SIGINT)
    code, _, error = ended(run)
    assert code == 130, error
    assert "nothing is lost" in error
    assert "Traceback" not in error


def processes_of(session: int) -> list[int]:
    """The processes that run in a session."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with contextlib.suppress(OSError):
                _, _, rest = (folder / "stat").read_text().rpartition(") ")
                state, _, _, number, *_ = rest.split()
                if int(number) == session and state != "Z":
                    found.append(int(folder.name))
    return found


# Several at once


@posix
def test_two_writers_and_a_reader_at_once(url: str, tmp_path: Path) -> None:
    texts = texts_of(300)
    files = write_files(tmp_path, texts)
    expected = whole(tmp_path, files)
    arguments = ("--record", url, "--json", "--workers", "1")
    runs = [start("ingest", *files, *arguments), start("ingest", *reversed(files), *arguments)]
    looks = 0
    while any(run.poll() is None for run in runs):
        with open_record(url) as record, record.read_connection() as connection:
            said = connection.exec_driver_sql("SELECT coalesce(sum(statements), 0) FROM documents").scalar()
            held = connection.exec_driver_sql("SELECT count(*) FROM statements").scalar()
            assert said == held  # all of a document or nothing
        looks += 1
        time.sleep(0.05)
    told = [ended(run) for run in runs]
    assert [code for code, *_ in told] == [3, 3], told
    counts = [json.loads(out) for _, out, _ in told]
    assert sum(count["added"] for count in counts) == len(texts)  # each by one of the two
    assert [count["added"] + count["known"] for count in counts] == [len(texts) + 1] * 2
    assert looks > 1
    with open_record(url) as record:
        assert list(record.check()) == []
        found = contents(record)
    # Where a report is met twice, which place was first is theirs to race for; and one links its reports while
    # the other's aren't all there.
    assert ids_of(found) == ids_of(expected)
    assert found[1:-1] == expected[1:-1]


def ids_of(found: list[Any]) -> list[str]:
    return [report.document.id for report in found[0]]


# The disk


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """A disk of a size, made larger by calling again."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(size: str) -> Path:
        options = f"size={size}" if not os.path.ismount(folder) else f"remount,size={size}"
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True
        )
        if done.returncode:
            pytest.skip("no permission to mount a small disk here")
        return folder

    yield mount
    if os.path.ismount(folder):
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a small disk as Linux does")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_full_disk_is_said_and_gone_on_from(
    small_disk: Callable[[str], Path], tmp_path: Path, workers: str
) -> None:
    files = write_files(tmp_path, texts_of(900))
    expected = whole(tmp_path, files)
    place = small_disk("1m") / "record.db"
    arguments = ("ingest", *files, "--record", str(place), "--workers", workers)
    code, out, error = ended(start(*arguments))
    assert (code, out) == (1, "")
    assert f"{place}: there is no room left on the disk; free some and run it again" in error
    assert "Traceback" not in error
    with open_record(place) as record:
        held = record.info()["documents"]
        assert 0 < held < 900
    small_disk("192m")
    code, out, error = ended(start(*arguments))
    assert (code, out) == (3, ""), error
    assert f"{900 - held} reports" in error  # the rest, and none of the first again
    with open_record(place) as record:
        assert list(record.check()) == []
        assert contents(record) == expected


def as_nobody(work: Callable[[], None]) -> None:
    """Does it as a user without rights: root, whom no permission stops, lets a child do it."""
    if os.geteuid() != 0:
        work()
        return
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            work()
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0


@posix
def test_a_folder_that_cannot_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onrecord.ingest, "read_with_all_cores", generated_reader.read)
    monkeypatch.setattr(onrecord.ingest, "reader_version", lambda: generated_reader.MODEL)
    generated_reader.load()  # nobody may not read what is loaded
    folder = tmp_path / "kept"
    place = folder / "record.db"
    with open_record(place) as record:
        record.add(make_report("Ana Brandt: the bridge is closed"))
    place.chmod(0o444)
    folder.chmod(0o555)
    for parent in [*folder.parents][:3]:
        parent.chmod(parent.stat().st_mode | 0o011)
    (tmp_path / "a.txt").write_text("Milo Okafor: it opens in May")

    def work() -> None:
        run = CliRunner().invoke
        found = run(app, ["search", "bridge", "--record", str(place)])
        assert (found.exit_code, "*bridge*" in found.stdout) == (0, True), found.stderr
        for command in ("info", "check", "failures"):
            assert run(app, [command, "--record", str(place)]).exit_code == 0
        for arguments in (
            ["ingest", str(tmp_path / "a.txt"), "--record", str(place), "-j", "1"],
            ["ingest", str(tmp_path / "a.txt"), "--record", str(folder / "new.db"), "-j", "1"],
            ["backup", str(folder / "copy.db"), "--record", str(place)],
        ):
            refused = run(app, arguments)
            assert refused.exit_code == 1, arguments
            assert str(folder) in refused.stderr, refused.stderr
            assert "check" in refused.stderr

    as_nobody(work)
    folder.chmod(0o755)
    assert sorted(path.name for path in folder.iterdir()) == ["record.db"]


def test_no_backup_is_made_of_a_damaged_record(damaged: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["backup", str(tmp_path / "copy.db"), "--record", str(damaged)])
    assert done.exit_code == 1
    assert "the record is damaged, so no backup was made" in done.stderr
    assert done.stderr.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir() if "copy" in path.name] == []


def test_a_backup_leaves_other_files_alone(tmp_path: Path) -> None:
    """The copy grows under another name: whatever is called FILE.part is somebody else's."""
    with open_record(tmp_path / "record.db") as record:
        record.add(make_report("Ana Brandt: it opens in May"))
        (tmp_path / "copy.db.part").write_text("mine")
        record.backup(tmp_path / "copy.db")
    assert (tmp_path / "copy.db.part").read_text() == "mine"
    with open_record(tmp_path / "copy.db") as copy:
        assert copy.info()["documents"] == 1


def test_a_damaged_record_is_said_to_be_damaged(damaged: Path, tmp_path: Path) -> None:
    before = damaged.read_bytes()
    run = CliRunner().invoke
    found = run(app, ["check", "--record", str(damaged)])
    assert found.exit_code == 1
    assert "damaged" in found.stdout
    assert "restore a backup" in found.stderr
    for arguments in (["search", "number", "-n", "200"], ["speaker", "Brandt", "-n", "200"]):
        refused = run(app, [*arguments, "--record", str(damaged)])
        assert refused.exit_code == 1, arguments
        assert f"{damaged}: the file is damaged; restore a backup" in refused.stderr
        assert refused.stdout == ""
    assert damaged.read_bytes() == before
    with open(damaged, "r+b") as file:
        file.write(b"not a database at all ")
    (tmp_path / "a.txt").write_text("Milo Okafor: it opens in May")
    refused = run(app, ["ingest", str(tmp_path / "a.txt"), "--record", str(damaged), "-j", "1"])
    assert refused.exit_code == 1
    assert "isn't an SQLite database" in refused.stderr

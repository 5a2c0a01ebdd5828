"""Nothing is sent anywhere, and nothing is written outside of the user's own folders: seen from outside, by
what the processes do.

A library's native code opens sockets that Python knows nothing of, so the system calls themselves are traced,
with strace, worker processes included.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
REPORT = "VELMORA (Tidewire) — Mayor Ana Brandt said on Tuesday that the old bridge is closed.\n"
OTHER = "Milo Okafor denied that the ferry was late. “The boats ran on time,” he said.\n"

ONRECORD = (sys.executable, "-m", "onrecord")
COMMANDS: dict[str, Sequence[str]] = {
    "read": (*ONRECORD, "read", "reports/one.txt"),
    "read as a page": (*ONRECORD, "read", "reports", "--html", "page.html"),
    "ingest with workers": (*ONRECORD, "ingest", "reports", "--workers", "2"),
    "search": (*ONRECORD, "search", "bridge"),
    "search by meaning": (*ONRECORD, "search", "--meaning", "ships late"),
    "speaker": (*ONRECORD, "speaker", "Brandt"),
    "export": (*ONRECORD, "export", "jsonl", "--to", "out.jsonl"),
}
# ONNX Runtime 1.32 asks for its maker's address ten seconds after it was imported.
LONGER = """
import time
import onrecord
end = time.monotonic() + 14
while time.monotonic() < end:
    list(onrecord.read_many(["reports"], workers=2))
    time.sleep(1)
"""
CALLS = "%network,open,openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat"
SOCKET = re.compile(r"\bsocket\((?!AF_UNIX)")
CONNECTION = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg)\(.*sa_family=(?!AF_UNIX)")
OPENED = re.compile(r'\b(?:open|openat|creat)\((?:[^"]*)"([^"]*)".*\b(?:O_CREAT|O_WRONLY|O_RDWR|creat)\b')
MADE = re.compile(r'\b(?:mkdir|mkdirat|rename\w*|link|linkat|symlink\w*)\(.*"([^"]*)"')
SYSTEM = ("/dev/null", "/dev/shm/", "/dev/tty", "/dev/pts/", "/proc/")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home, with two reports in a folder that isn't hidden."""
    (tmp_path / "home" / "tmp").mkdir(parents=True)
    (tmp_path / "home" / "reports").mkdir()
    (tmp_path / "home" / "reports" / "one.txt").write_text(REPORT, "utf-8")
    (tmp_path / "home" / "reports" / "two.txt").write_text(OTHER, "utf-8")
    return tmp_path / "home"


def run(command: Sequence[str], home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a home of its own, without anything of this process's environment but where Python is."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")])),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        **more,
    }
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, timeout=300)


def written(home: Path) -> set[str]:
    """What lies in a home, but for the reports, by path."""
    files = (path.relative_to(home) for path in home.rglob("*") if path.is_file())
    return {str(path) for path in files if path.parts[0] != "reports"}


def foreign(files: set[str]) -> set[str]:
    """Files in a home that nobody asked for: not in OnRecord's own folder, nor named on a command line."""
    asked = {"page.html", "out.jsonl"}
    return {file for file in files - asked if "onrecord" not in Path(file).parts}


@pytest.mark.parametrize(
    ("names", "more"),
    [
        pytest.param(["ingest with workers", "search by meaning"], {}, id="as a user has it"),
        pytest.param(["read"], {"ORT_DISABLE_TELEMETRY": "0"}, id="the switch is set, and means on"),
        pytest.param(["read"], {"ORT_DISABLE_TELEMETRY": ""}, id="the switch is set, and empty means on"),
    ],
)
def test_a_command_leaves_no_file_but_its_own(
    home: Path, names: Sequence[str], more: Mapping[str, str]
) -> None:
    for name in names:
        done = run(COMMANDS[name], home, **more)
        assert done.returncode == 0, done.stderr
    assert foreign(written(home)) == set()


def test_a_program_that_imports_onrecord_first_leaves_no_file(home: Path) -> None:
    done = run([sys.executable, "-W", "error", "-c", "import onrecord, onnxruntime"], home)
    assert done.returncode == 0, done.stderr
    assert written(home) == set()


@pytest.mark.parametrize(
    ("more", "warned"),
    [
        pytest.param({}, True, id="it has begun to report, and only the program itself can prevent that"),
        pytest.param({"ORT_DISABLE_TELEMETRY": "1"}, False, id="the user has switched it off"),
    ],
)
def test_a_program_that_imports_the_runtime_first_is_told(
    home: Path, more: Mapping[str, str], warned: bool
) -> None:
    done = run([sys.executable, "-c", "import onnxruntime, onrecord"], home, **more)
    assert done.returncode == 0, done.stderr
    assert ("import onrecord first, or set ORT_DISABLE_TELEMETRY=1" in done.stderr) is warned


def test_the_runtime_is_imported_in_one_place_and_only_after_the_switch() -> None:
    imports = re.compile(r"^\s*(?:import|from) onnxruntime\b", re.MULTILINE)
    package = ROOT / "src" / "onrecord"
    found = [path.name for path in package.rglob("*.py") if imports.search(path.read_text("utf-8"))]
    assert found == ["privacy.py"]


@pytest.fixture
def traced(home: Path) -> Path:
    """The file that strace writes to; skips where processes can't be traced."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace isn't installed: apt-get install strace")
    tried = subprocess.run([strace, "-f", "-qq", "-o", os.devnull, "true"], capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"processes can't be traced here: {tried.stderr.strip()}")
    return home.parent / "trace"


def trace(command: Sequence[str], home: Path, file: Path) -> list[str]:
    """The system calls of a command and all its processes that reach out, or make a file."""
    done = run(
        ["strace", "-f", "-qq", "-y", "-s", "4096", "-o", str(file), "-e", f"trace={CALLS}", *command], home
    )
    assert done.returncode == 0, done.stderr
    return file.read_text("utf-8", "replace").splitlines()


def reaching_out(calls: Sequence[str]) -> list[str]:
    """The calls that open a socket to anything but this machine's own processes, or name a server."""
    return [call for call in calls if SOCKET.search(call) or CONNECTION.search(call)]


def outside(calls: Sequence[str], home: Path) -> list[str]:
    """The calls that make or change a file outside of a home."""
    found = []
    for call in calls:
        if (named := OPENED.search(call) or MADE.search(call)) is None:
            continue
        path = os.path.normpath(home / named[1]) if named[1] else ""
        if not path.startswith((f"{home}", *SYSTEM)):
            found.append(call)
    return found


def test_no_command_opens_a_connection_or_writes_outside_of_its_folders(home: Path, traced: Path) -> None:
    for name, command in COMMANDS.items():
        calls = trace(command, home, traced)
        assert any(OPENED.search(call) for call in calls) or name == "read", "the trace has something in it"
        assert reaching_out(calls) == [], name
        assert outside(calls, home) == [], name
    assert foreign(written(home)) == set()


def test_a_longer_run_opens_no_connection(home: Path, traced: Path) -> None:
    calls = trace([sys.executable, "-c", LONGER], home, traced)
    assert reaching_out(calls) == []
    assert outside(calls, home) == []
    assert written(home) == set()


# What OnRecord does with each package, in short; a socket, a file outside or an external entity would show.
EXERCISES = {
    "alembic": "import alembic.command, alembic.config",
    "charset-normalizer": "import charset_normalizer; charset_normalizer.from_bytes(bytes([99, 233])).best()",
    "fastwarc": "import io; from fastwarc.warc import ArchiveIterator; list(ArchiveIterator(io.BytesIO(b'')))",
    "feedparser": """
import feedparser, io
feed = (b'<!DOCTYPE r [<!ENTITY x SYSTEM "http://192.0.2.1/x">]><rss><channel><title>&x;</title>'
        b'<item><link>http://192.0.2.1/</link></item></channel></rss>')
feedparser.parse(io.BytesIO(feed), sanitize_html=False, resolve_relative_uris=False)
""",
    "httpcore": "import httpcore; httpcore.ConnectionPool().close()",
    "httpx": "import httpx; httpx.create_ssl_context(); httpx.URL('http://192.0.2.1/').join('a')",
    "lxml": """
from lxml import html
html.fromstring('<html><base href="http://192.0.2.1/"><link rel=stylesheet href="a.css"><img src=x></html>')
""",
    "matplotlib": """
from onrecord.privacy import keep_chart_cache_in_own_folder
keep_chart_cache_in_own_folder()
from matplotlib.figure import Figure
Figure().savefig("chart.svg")
""",
    "numpy": "import numpy; numpy.ones((300, 300)) @ numpy.ones((300, 300))",
    "onnxruntime": "import onrecord.privacy; onrecord.privacy.load_runtime()",
    "platformdirs": "import platformdirs; platformdirs.user_data_path('onrecord')",
    "psycopg": "import psycopg",
    "py3langid": """
from py3langid.langid import MODEL_FILE, LanguageIdentifier
LanguageIdentifier.from_model_file(MODEL_FILE).classify("This is a test")
""",
    "pyarrow": "import pyarrow, pyarrow.parquet as pq; pq.write_table(pyarrow.table({'a': [1]}), 'out.parquet')",
    "pypdfium2": "import pypdfium2; pypdfium2.PdfDocument.new().close()",
    "python-dateutil": "import dateutil.parser; dateutil.parser.parse('2024-03-12')",
    "rapidfuzz": "import rapidfuzz.fuzz; rapidfuzz.fuzz.ratio('a', 'b')",
    "rich": "import rich.console; rich.console.Console().print('x')",
    "snowballstemmer": "import snowballstemmer; snowballstemmer.stemmer('english').stemWord('bridges')",
    "sqlalchemy": "import sqlalchemy; sqlalchemy.create_engine('sqlite://').connect().close()",
    "typer": "import typer; typer.Typer()",
}


@pytest.mark.parametrize("package", EXERCISES)
def test_a_dependency_opens_no_connection_and_no_file_outside(home: Path, traced: Path, package: str) -> None:
    calls = trace([sys.executable, "-c", EXERCISES[package]], home, traced)
    assert reaching_out(calls) == []
    assert outside(calls, home) == []
    kept = {name for name in written(home) if not name.startswith(".cache/onrecord")}
    assert kept <= {"out.parquet", "chart.svg", ".cache"}


def test_every_dependency_is_in_the_table_and_exercised() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    named = {
        re.split(r"[^\w-]", requirement, maxsplit=1)[0].lower()
        for requirement in (*project["dependencies"], *extras["parquet"], *extras["postgresql"])
    }
    table = (ROOT / "docs" / "privacy.md").read_text("utf-8")
    assert named == set(EXERCISES) == set(re.findall(r"^\| ([\w-]+)(?: \(.*?\))? \|", table, re.MULTILINE)) - {
        "you", "package",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", True),
        ("import socket; socket.socketpair()", False),
        (
            "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'])",
            True,
        ),
    ],
    ids=["a lookup", "two processes of ours", "in a process that it starts"],
)
def test_the_trace_sees_what_reaches_out(home: Path, traced: Path, code: str, seen: bool) -> None:
    assert bool(reaching_out(trace([sys.executable, "-c", code], home, traced))) is seen


def test_the_trace_sees_a_file_outside(home: Path, traced: Path, tmp_path: Path) -> None:
    code = f"open({str(tmp_path / 'left')!r}, 'w').close(); open('inside', 'w').close()"
    found = outside(trace([sys.executable, "-c", code], home, traced), home)
    assert len(found) == 1
    assert "left" in found[0]

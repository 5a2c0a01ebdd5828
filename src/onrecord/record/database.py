"""Opening a record's database: address, settings of the connection, migrations, and errors with a name."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import platformdirs
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, NoSuchModuleError, TimeoutError
from sqlalchemy.pool import QueuePool

from onrecord.errors import RecordError
from onrecord.record.schema import APPLICATION_ID, REVISION, VERSION_TABLE

SCHEMA = "onrecord"  # PostgreSQL's name space for our tables: a team's database has others
_FILE = "record.db"  # what a record is called where nobody says
_WAIT_S = 30.0
_LOCK = 0x4F6E5265636F7264  # of the migrations on PostgreSQL, for as long as they run

_SQLITE = {
    "SQLITE_FULL": "there is no room left on the disk; free some and run it again",
    "SQLITE_BUSY": f"another process has been writing for {_WAIT_S:.0f} s; let it finish, run this again",
    "SQLITE_LOCKED": "it is locked by another use in this process; let that finish first",
    "SQLITE_READONLY": "it can't be written to; check the permissions of the file and its folder",
    "SQLITE_PERM": "there is no permission to use it; check the permissions of the file and its folder",
    "SQLITE_CANTOPEN": "the file can't be opened; check that its folder is there and may be written to",
    "SQLITE_NOTADB": "it isn't an SQLite database; name another file, or restore a backup",
    "SQLITE_CORRUPT": "the file is damaged; restore a backup, or read the reports into a new record",
    "SQLITE_IOERR": "the disk failed while it was read or written; check the disk and its free room",
    "SQLITE_TOOBIG": "a value is longer than SQLite takes (1 GB); split the document",
    "SQLITE_NOMEM": "there isn't enough memory; free some and run it again",
}

_POSTGRESQL = {
    "53100": "there is no room left on the server's disk; free some and run it again",
    "53200": "the server is out of memory; free some and run it again",
    "53300": "the server has too many connections; close some and run it again",
    "25006": "the server takes no writes; connect to the primary server",
    "42501": "the user lacks a permission; ask for CREATE on the database",
    "28P01": "the password is wrong; check it",
    "28000": "the server refuses the user; check the name and the server's rules",
    "3D000": "there is no such database; create it first (CREATE DATABASE)",
    "55P03": f"another process has held a lock for {_WAIT_S:.0f} s; let it finish, then run this again",
    "57P01": "the server was shut down; start it and run this again",
    "XX001": "the server reports damaged data; restore a backup",
    "XX002": "the server reports a damaged index; run REINDEX",
}


def locate(url: str | os.PathLike[str] | None) -> URL:
    """The address of a record: the one given, else ``ONRECORD_URL``, else one file under the user's data
    folder.

    Args:
        url: ``sqlite:///FILE``, ``postgresql://USER@HOST/DATABASE``, or the path of an SQLite file.

    Raises:
        RecordError: not such an address.
    """
    given = os.fspath(url) if url is not None else os.environ.get("ONRECORD_URL", "")
    if not given:
        return URL.create("sqlite", database=str(platformdirs.user_data_path("onrecord") / _FILE))
    if "://" not in given and not given.startswith("sqlite:"):
        return URL.create("sqlite", database=given)
    expected = "expected sqlite:///FILE or postgresql://USER@HOST/DATABASE"
    try:
        found = make_url(given)
    except (ArgumentError, ValueError) as error:
        raise RecordError(
            f"{expected}, found an address that can't be read as one; check its form"
        ) from error
    backend = found.drivername.partition("+")[0]
    if backend in ("postgresql", "postgres"):
        return found.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise RecordError(f"{expected}, found the scheme {found.drivername!r}; use one of the two")
    if found.database in (None, "", ":memory:"):
        raise RecordError(f"{expected}, found an SQLite address without a file; name one")
    return found


def connect(url: URL, *, create: bool, read_only: bool) -> Engine:
    """The engine of a record, its tables brought to the newest version.

    Raises:
        RecordError: it can't be opened, isn't a report, or was written by a newer version.
    """
    with named_errors(url):
        if url.get_backend_name() == "sqlite":
            engine = _connect_sqlite(url, create=create, read_only=read_only)
        else:
            engine = _connect_postgresql(url)
    try:
        with named_errors(url):
            _migrate_if_needed(engine, url, read_only=read_only)
    except RecordError:
        engine.dispose()
        raise
    return engine


def _connect_sqlite(url: URL, *, create: bool, read_only: bool) -> Engine:
    uri = _sqlite_uri(Path(url.database or "").absolute(), create=create, read_only=read_only)

    def open_file() -> sqlite3.Connection:
        # Transactions begin where we say so, tables included; SQLAlchemy's pool lets one thread use
        # a connection at a time.
        return sqlite3.connect(uri, uri=True, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", creator=open_file, pool_size=4, max_overflow=28, poolclass=QueuePool)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _sqlite_uri(path: Path, *, create: bool, read_only: bool) -> str:
    """The address of a file as SQLite takes it; its folder is made where the file may be.

    Raises:
        RecordError: no such file where there must be one, a folder, or a place where none can be made.
    """
    if not path.exists() and (read_only or not create):
        raise RecordError(
            f"{path}: expected a record, found no file; ingest a report first, or check the name"
        )
    if path.is_dir():
        raise RecordError(f"{path}: expected a record, found a folder; name the file, such as {path / _FILE}")
    if create and not read_only:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RecordError(
                f"{path}: its folder can't be made ({error.strerror}); name another place"
            ) from error
    uri = f"{path.as_uri()}?mode={'ro' if read_only else 'rwc'}"
    if read_only and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        # A reader of a write-ahead log writes a file beside it; where it can't, nobody else writes either.
        uri += "&immutable=1"
    return uri


def _set_up(connection: Any, _: object) -> None:
    """Sets up each connection that SQLite opens."""
    for pragma in (
        "foreign_keys = ON",
        "cache_size = -65536",
        "wal_autocheckpoint = 16384",  # 64 MB: rows that lie anywhere in a large file go into it fewer at a time
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Begins a transaction of SQLite, as the connection's options say."""
    options = connection.get_execution_options()
    if options.get("writing"):
        # A document can be read again, so it needn't reach the disk before the next; a correction can't.
        connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if options.get('durable') else 'NORMAL'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing") else "BEGIN")


def _connect_postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(
            url,
            pool_pre_ping=True,
            connect_args={
                "connect_timeout": int(_WAIT_S),
                "application_name": "onrecord",
                # Compiling a query takes longer than any of ours runs. A document can be read again, so its
                # commit needn't wait for the disk; what can't be had again waits (``make_durable``).
                "options": f"-csearch_path={SCHEMA},public -cjit=off -csynchronous_commit=off "
                f"-clock_timeout={int(_WAIT_S * 1000)}",
            },
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise RecordError(
            "expected the PostgreSQL driver, found none; install onrecord[postgresql]"
        ) from error
    return engine


def _migrate_if_needed(engine: Engine, url: URL, *, read_only: bool) -> None:
    """Runs the migrations that are missing, in one transaction that other processes wait for."""
    with engine.connect() as connection, connection.begin():
        version = _version(connection, url)
    if version == REVISION:
        return
    if version is not None and version > REVISION:
        raise RecordError(
            f"{without_password(url)}: expected schema {REVISION} or older, found {version}; upgrade OnRecord"
        )
    if read_only:
        raise RecordError(
            f"{without_password(url)}: expected schema {REVISION}, found {version or 'none'}; open it for writing once"
        )
    if engine.dialect.name == "sqlite":
        _use_write_ahead_log(engine)
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        else:
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        if _version(connection, url) != REVISION:
            _migrate(connection)


def _use_write_ahead_log(engine: Engine) -> None:
    """Sets the write-ahead log, so that readers and a writer don't wait for each other."""
    raw = engine.raw_connection()  # a transaction is no place for it, and SQLAlchemy begins one
    try:
        raw.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        raw.close()


def _version(connection: Connection, url: URL) -> str | None:
    if connection.dialect.name == "postgresql":
        found = connection.scalar(text("SELECT to_regclass(:name)"), {"name": f"{SCHEMA}.{VERSION_TABLE}"})
    else:
        tables = inspect(connection).get_table_names()
        found = VERSION_TABLE in tables
        if tables and not found:
            raise RecordError(
                f"{without_password(url)}: expected a record, found another SQLite database; name another file"
            )
    if not found:
        return None
    version: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    return version


def _migrate(connection: Connection) -> None:
    # Only here: Alembic takes longer to import than a record to open.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "onrecord.record:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def make_durable(connection: Connection) -> None:
    """Has the commit of this transaction, and all before it, wait until it is on the disk."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL synchronous_commit = on"))


def without_password(url: URL) -> str:
    """An address fit for a message: a file's path, or the URL without its password."""
    return (
        str(url.database) if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    )


@contextmanager
def named_errors(url: URL) -> Iterator[None]:
    """Turns what the database raises into a ``RecordError`` that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise RecordError(f"{without_password(url)}: {_reason(error.orig)}") from error
    except sqlite3.Error as error:
        raise RecordError(f"{without_password(url)}: {_reason(error)}") from error
    except (DisconnectionError, TimeoutError) as error:
        raise RecordError(
            f"{without_password(url)}: no connection was free in time; use fewer at once"
        ) from error


def _reason(error: BaseException | None) -> str:
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", "")
        for known, reason in _SQLITE.items():
            if name == known or name.startswith(f"{known}_"):
                return reason
    state = getattr(error, "sqlstate", None)
    if state in _POSTGRESQL:
        return _POSTGRESQL[state]
    said = " ".join(str(error).split())
    if state is None and not isinstance(error, sqlite3.Error):
        for part, known in (
            ("password authentication", "28P01"),
            ("does not exist", "3D000"),
            ("no password", "28P01"),
        ):
            if part in said:
                return _POSTGRESQL[known]
        return f"the server doesn't answer ({said[:200]}); check the address and that it runs"
    return f"the database refused ({said[:200]}); run the check of the record"

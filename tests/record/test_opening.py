"""Opening, sharing, breaking and copying a record: success or a clear error, never something in between."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from databases import NewUrl
from generated_reports import make_report
from sqlalchemy import event

from onrecord.errors import EmptyError, LoadError, NotFoundError, RecordError, ReportError
from onrecord.record import Record, database, open_record
from onrecord.record.schema import REVISION, VERSION_TABLE, metadata
from onrecord.types import Failure

ONE = make_report("Ana Brandt: the bridge is closed")
TWO = make_report("Milo Okafor: it opens in May")


# Where it is


def test_the_record_s_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONRECORD_URL", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("platformdirs.user_data_path", lambda name: tmp_path / name)
    with open_record() as record:
        assert record.place == str(tmp_path / "onrecord" / "record.db")
    monkeypatch.setenv("ONRECORD_URL", f"sqlite:///{tmp_path}/other.db")
    with open_record() as record:
        assert record.place == f"{tmp_path}/other.db"
    with open_record(tmp_path / "third ? %.db") as record:
        record.add(ONE)
    with open_record(str(tmp_path / "third ? %.db"), create=False) as record:
        assert record.get(ONE.document.id) == ONE


@pytest.mark.parametrize("use", [{"create": True}, {"create": False}, {"read_only": True}], ids=str)
def test_a_folder_is_told_from_a_record(tmp_path: Path, use: dict[str, bool]) -> None:
    with pytest.raises(RecordError, match=r"found a folder; name the file, such as .*record\.db"):
        open_record(tmp_path, **use)
    assert list(tmp_path.iterdir()) == []


WRONG = [
    ("mysql://host/base", "another kind of database"),
    ("sqlite://", "no file"),
    ("sqlite:///:memory:", "a record that nothing keeps"),
    ("://", "no scheme"),
    ("postgresql://[half", "half an address"),
    ("postgresql://nobody@127.0.0.1:1/none", "a port where nothing answers"),
    ("sqlite:////proc/none/record.db", "a folder that can't be made"),
    ("sqlite:////dev/null/record.db", "a folder that is none"),
]


@pytest.mark.parametrize(("url", "reason"), WRONG, ids=[reason for _, reason in WRONG])
def test_a_wrong_address_is_named(url: str, reason: str) -> None:
    with pytest.raises(RecordError) as caught:
        open_record(url)
    assert "\n" not in str(caught.value)


def test_a_database_that_is_not_there(server: str) -> None:
    with pytest.raises(RecordError, match="CREATE DATABASE"):
        open_record(server.replace("/postgres?", "/nowhere?"))


def test_a_password_is_never_shown() -> None:
    with pytest.raises(RecordError) as caught:
        open_record("postgresql://ana:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)


def test_nothing_is_made_where_nothing_is_asked_for(tmp_path: Path) -> None:
    for options in ({"create": False}, {"read_only": True}):
        with pytest.raises(RecordError, match="found no file"):
            open_record(tmp_path / "none.db", **options)
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_something_else_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE bookmarks (address TEXT)")
    connection.close()
    before = other.read_bytes()
    with pytest.raises(RecordError, match="another SQLite database"):
        open_record(other)
    assert other.read_bytes() == before
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear editor, " * 500)
    with pytest.raises(RecordError, match="isn't an SQLite database"):
        open_record(letter)


# Schema


def test_the_migrations_make_the_tables_of_the_schema(record: Record) -> None:
    with record.read_connection() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        found = compare_metadata(context, metadata)
        views = [
            connection.exec_driver_sql(f"SELECT * FROM {view}").all()
            for view in ("statement_details", "content_spans", "mentions")
        ]
    ours = [
        item for item in found if not re.search("word_index|passage_words", str(item))
    ]  # the word index is each database's own
    assert ours == []
    assert views == [[], [], []]
    config = Config()
    config.set_main_option("script_location", "onrecord.record:migrations")
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_the_views_show_words_and_names(record: Record) -> None:
    record.add(ONE)
    with record.read_connection() as connection:
        said = connection.exec_driver_sql("SELECT speaker, act, passage FROM statement_details").all()
        pieces = connection.exec_driver_sql('SELECT position, start, "end" FROM content_spans').all()
        mentions = connection.exec_driver_sql('SELECT speaker, start, "end" FROM mentions').all()
    assert [tuple(row) for row in said] == [("Ana Brandt", "state", ONE.document.text)]
    assert [tuple(row) for row in pieces] == [(0, 12, 32)]
    assert [tuple(row) for row in mentions] == [(0, 0, 10)]


def test_a_record_of_a_newer_version_is_not_touched(record: Record, url: str) -> None:
    with record._write_connection() as connection:
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    record.close()
    with pytest.raises(RecordError, match="upgrade OnRecord"):
        open_record(url)


def test_a_team_s_database_keeps_its_other_tables(new_database: NewUrl) -> None:
    import psycopg

    url = new_database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE documents (title TEXT)")
        connection.execute("INSERT INTO documents VALUES ('ours')")
    with open_record(url) as record:
        record.add(ONE)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT * FROM public.documents").fetchall() == [("ours",)]


def test_many_open_a_new_record_at_once(url: str) -> None:
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            with open_record(url) as record:
                record.add(ONE)
                record.add(make_report(f"Ana Brandt: number {number}"))
        except (RecordError, ReportError) as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with open_record(url) as record:
        assert record.info()["documents"] == 7
        assert list(record.check()) == []


# Sharing


def test_a_reader_sees_one_state_while_another_writes(record: Record, url: str) -> None:
    record.add(ONE)
    reading = record.reports()
    assert next(reading) == ONE
    with open_record(url) as other, record.read_connection() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM documents").scalar()
        assert other.add(TWO) is True
        assert connection.exec_driver_sql("SELECT count(*) FROM documents").scalar() == before
    assert list(reading) == [TWO]


def test_a_second_writer_waits_and_then_says_who_is_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_WAIT_S", 0.2)
    with open_record(tmp_path / "record.db") as record, open_record(tmp_path / "record.db") as other:
        with record._write_connection(), pytest.raises(RecordError, match="another process has been writing"):
            other.add(ONE)
        assert other.add(ONE) is True


# Breaking


def add_many(record: Record) -> None:
    for number in range(50):
        record.add(make_report(f"Ana Brandt: {number} {'words ' * 3000}"))


def test_a_full_disk_loses_nothing_that_was_there(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as record:
        record.add(ONE)

        @event.listens_for(record._engine, "begin")
        def shrink(connection: Any) -> None:
            # SQLite answers a full file as it answers a full disk.
            connection.exec_driver_sql("PRAGMA max_page_count = 1")

        with pytest.raises(RecordError, match="no room left"):
            add_many(record)
    with open_record(tmp_path / "record.db") as record:
        reports = list(record.reports())
        assert reports[0] == ONE
        assert len(reports) == record.info()["documents"]
        assert list(record.check()) == []
        assert record.add(TWO) is True


def use_read_only(path: Path) -> None:
    with open_record(path, read_only=True) as record:
        assert record.get(ONE.document.id) == ONE
        with pytest.raises(RecordError, match="can't be written to"):
            record.add(TWO)
    with pytest.raises(RecordError, match="can't be"), open_record(path) as record:
        record.add(TWO)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="folders have no write permission to take away there")
def test_a_read_only_folder_can_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    with open_record(folder / "record.db") as record:
        record.add(ONE)
    (folder / "record.db").chmod(0o444)
    folder.chmod(0o555)
    for parent in [*folder.parents][:3]:
        parent.chmod(parent.stat().st_mode | 0o011)
    if os.geteuid() != 0:
        use_read_only(folder / "record.db")
        folder.chmod(0o755)
        return
    # Root writes anywhere, so a child of root does it as nobody.
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            use_read_only(folder / "record.db")
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0


def test_a_damaged_file_is_said_to_be_damaged(damaged: Path) -> None:
    with open_record(damaged) as record:
        found = list(record.check())
        assert found
        assert "damaged" in found[0]
        with pytest.raises(RecordError, match="damaged"):
            for _ in record.reports():
                pass
    with open(damaged, "r+b") as file:
        file.write(b"not a database at all ")
    with pytest.raises(RecordError, match="isn't an SQLite database"):
        open_record(damaged)


def test_a_cut_off_file_is_said_to_be_damaged(damaged: Path) -> None:
    os.truncate(damaged, damaged.stat().st_size // 2)
    try:
        with open_record(damaged) as record:
            problems = list(record.check())
    except RecordError as error:
        problems = [str(error)]
    assert "damaged" in problems[0]


def test_check_finds_what_is_missing(record: Record) -> None:
    record.add(ONE)
    with record._write_connection() as connection:
        connection.exec_driver_sql("DELETE FROM statements")
    problems = " ".join(record.check())
    assert "expected the 1 statements" in problems
    assert ONE.document.id[:16] in problems
    with record._write_connection() as connection:
        connection.exec_driver_sql("UPDATE texts SET text = 'something else entirely, and longer'")
    assert "SHA-256" in " ".join(record.check())


def write_while_the_server_goes(record: Record, server: str) -> None:
    import psycopg

    ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'onrecord'"
    with record._write_connection() as connection:
        connection.exec_driver_sql("SELECT 1")
        with psycopg.connect(server, autocommit=True) as other:
            other.execute(ours)
        connection.exec_driver_sql("SELECT 1")


def test_a_server_that_goes_away_is_named(new_database: NewUrl, server: str) -> None:
    with open_record(new_database()) as record:
        with pytest.raises(RecordError, match=r"shut down|doesn't answer|closed"):
            write_while_the_server_goes(record, server)
        assert record.add(ONE) is True


# Copying


def test_a_backup_is_a_record(record: Record, tmp_path: Path) -> None:
    for report in (ONE, TWO):
        record.add(report)
    record.fail(Failure("lost.html", NotFoundError("lost.html", "no such file")))
    record.backup(tmp_path / "backup.db")
    record.remove(ONE.document.id)
    with open_record(tmp_path / "backup.db", create=False) as copy:
        assert list(copy.reports()) == [ONE, TWO]
        assert copy.info()["failures"] == 1
        assert [found.document.id for found in copy.quotes("it opens in May")] == [TWO.document.id]
        assert list(copy.check()) == []
        assert copy.add(make_report("Ana Brandt: afterwards")) is True
    assert [path.name for path in tmp_path.glob("*.part*")] == []
    for target in (tmp_path / "backup.db", tmp_path / "no folder" / "backup.db"):
        with pytest.raises(RecordError, match="backup"):
            record.backup(target)


def test_a_record_is_copied_into_an_empty_one_of_any_kind(
    record: Record, tmp_path: Path, new_database: NewUrl
) -> None:
    from onrecord.search import Query, search

    for number in range(30):
        record.add(make_report(f"Ana Brandt: number {number} and more"))
    for target in (str(tmp_path / "copy.db"), new_database()):
        with open_record(target) as copy:
            record.copy_to(copy)
            assert list(copy.reports()) == list(record.reports())
            assert len(search(copy, Query("number", limit=50)).hits) == 30
            assert list(copy.check()) == []
            assert copy.add(make_report("Ana Brandt: afterwards")) is True  # under a number of its own
            with pytest.raises(RecordError, match="empty"):
                record.copy_to(copy)


def test_a_copied_file_opens_without_its_log(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as record:
        record.add(ONE)
    shutil.copy(tmp_path / "record.db", tmp_path / "moved.db")
    with open_record(tmp_path / "moved.db") as record:
        assert record.get(ONE.document.id) == ONE


# Failures


def test_failures_are_kept_by_name_until_they_are_read(record: Record) -> None:
    origin = ONE.document.origin
    first = Failure(origin, EmptyError(origin, "nothing in it"))
    again = Failure(origin, NotFoundError(origin, "gone"))
    other = Failure("\ud800\x00" + "x" * 5000, ReportError("broken"))
    for failure in (first, other, again):
        record.fail(failure)
    kept = {item.failure.origin: item for item in record.failures()}
    assert kept[origin].attempts == 2
    error = kept[origin].failure.error
    assert isinstance(error, NotFoundError)
    assert (error.origin, error.reason) == (origin, "gone")
    assert str(kept[other.origin].failure.error) == "broken"
    record.add(ONE)
    assert [item.failure.origin for item in record.failures()] == [other.origin]
    assert record.forget([other.origin, "unknown"]) == 1
    assert record.failures() == ()
    record.fail(Failure("a", LoadError("a", "b")))
    assert record.info()["failures"] == 1

"""The record as a user meets it: what each command prints, where, and its exit code."""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from databases import NewUrl
from generated_reader import read
from generated_reports import make_report
from typer.testing import CliRunner, Result

import onrecord.ingest
from onrecord.cli import app
from onrecord.cli.options import parse_quantity
from onrecord.errors import FormatError, SettingsError
from onrecord.record import Correction, open_record
from onrecord.types import Document, Failure, Report

Command = Callable[..., Result]

BRIDGE = make_report(
    "Ana Brandt: the old bridge is closed after 14 people fell\nMilo Okafor: it opens in May",
    day="2024-03-12",
    act="accuse",
    stance="distanced",
    targets=["The Ferry Board"],
    claims=[("14 people", 14, "people")],
    places=[("May", "XX")],
    origin="bridge.txt",
)
TOLLS = make_report("Ana Brandt: tolls on the bridge cost 40 crowns", day="2024-04-02", origin="tolls.txt", publisher="Tidewire", claims=[("40 crowns", 40, "XCR")])  # fmt: skip
FERRY = make_report("Zoë Lind: ferries run all night", day=None, origin="ferry.txt", form="direct")


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Runs a command line in a folder of its own, its record there, the reading made up."""
    monkeypatch.setattr(onrecord.ingest, "read_with_all_cores", read)
    monkeypatch.setattr(onrecord.ingest, "reader_version", lambda: "en-test@1")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_URL", f"sqlite:///{tmp_path / 'record.db'}")
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, stdin: bytes | None = None) -> Result:
        return CliRunner().invoke(app, list(arguments), prog_name="onrecord", input=stdin)

    return run


@pytest.fixture
def filled(command: Command, tmp_path: Path) -> Command:
    """The same, with three reports in the record."""
    with open_record(tmp_path / "record.db") as record:
        for item in (BRIDGE, TOLLS, FERRY):
            record.add(item)
    return command


def counts(result: Result) -> dict[str, int]:
    found: dict[str, int] = json.loads(result.stdout)
    return found


# Ingest


def page(address: str, body: str) -> bytes:
    """A page in a web archive."""
    data = f"<html><body><article><p>{body}</p></article></body></html>".encode()
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + data
    summary = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-03-12T08:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    return summary.encode() + block + b"\r\n\r\n"


SAID = "Ana Brandt: the {} was shut on Tuesday and nobody at the harbour office could say for how long it would stay so."
WARC = gzip.compress(page("https://courier.example/1", SAID.format("mill"))) + gzip.compress(
    page("https://courier.example/2", SAID.format("dyke"))
)
FEED = (
    '<?xml version="1.0"?><!-- made --><rss version="2.0"><channel><title>Tidewire</title><item>'
    f"<link>https://courier.example/3</link><description>{SAID.format('lock')}</description></item></channel></rss>"
).encode()
QUOTATIONS = (
    json.dumps(
        {"date": "2024-03-12T08:00:00Z", "url": "https://courier.example/4", "title": "A", "lang": "ENGLISH",
         "quotes": [{"pre": "Ana Brandt said", "quote": SAID.format("weir"), "post": "in the end"}]}
    )
    + "\n"
).encode()  # fmt: skip
LINES = b"".join(json.dumps({"text": SAID.format(word)}).encode() + b"\n" for word in ("pier", "quay"))

CONTAINERS = [
    ("a.warc.gz", WARC, 2, "a web archive, each record packed"),
    ("a.warc", gzip.decompress(WARC), 2, "a web archive as it is"),
    ("archive", WARC, 2, "a web archive without a suffix"),
    ("feed.xml", FEED, 1, "a feed"),
    ("feed.rss.gz", gzip.compress(FEED), 1, "a packed feed"),
    ("quotes.json", QUOTATIONS, 1, "a quotation file"),
    ("quotes.json.gz", gzip.compress(QUOTATIONS), 1, "a packed quotation file"),
    ("a.jsonl", LINES, 2, "JSON Lines"),
    ("a.jsonl.gz", gzip.compress(LINES), 2, "packed JSON Lines"),
    ("a.txt", SAID.format("moat").encode(), 1, "a text"),
    ("a.txt.gz", gzip.compress(SAID.format("moat").encode()), 1, "a packed text"),
    ("a.html.gz", gzip.compress(b"<!doctype html><title>x</title><p>" + SAID.format("ford").encode()), 1, "a packed page"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "found", "reason"), CONTAINERS, ids=[item[3] for item in CONTAINERS]
)
def test_ingest_takes_all_kinds_of_files(
    command: Command, tmp_path: Path, name: str, data: bytes, found: int, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    result = command("ingest", name, "--json", "--workers", "1")
    assert (result.exit_code, result.stderr) == (0, "")
    assert counts(result)["added"] == counts(result)["statements"] == found
    again = command("ingest", "-", "--json", "--workers", "1", stdin=data)
    assert (again.exit_code, counts(again)["known"], counts(again)["added"]) == (0, found, 0)


def test_ingest_takes_what_a_folder_holds(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "below").mkdir(parents=True)
    for name, data, *_ in CONTAINERS:
        (folder / ("below" if name.startswith("a.") else ".") / name).write_bytes(data)
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "backup.tar.gz").write_bytes(gzip.compress(b"ustar"))
    result = command("ingest", "reports", "--json", "--workers", "1")
    assert result.exit_code == 0, result.stderr
    # The same page in two packings is one document.
    assert counts(result) == {"added": 8, "known": 9, "failed": 0, "statements": 8}
    assert command("ingest", "reports/below/*.jsonl*", "--json", "-j", "1").exit_code == 0


BROKEN = [
    ("cut.txt.gz", gzip.compress(b"words " * 5000)[:40], "broken", "a packed file that was cut off"),
    ("twice.txt.gz", gzip.compress(gzip.compress(b"words")), "gzip archive", "packed twice"),
    ("bomb.txt.gz", gzip.compress(b"a" * 60_000_000), "at most", "a small file that unpacks to a large one"),
    ("cut.jsonl.gz", gzip.compress(LINES * 400, 0)[:-600], "broken", "packed lines that were cut off"),
    ("cut.warc.gz", WARC[:-40], "broken", "a web archive that was cut off"),
    ("empty.xml", b"<rss version='2.0'><channel></channel></rss>", "found none", "a feed without entries"),
    ("office.xml", b"<?xml version='1.0'?><office/>", "XML", "XML that is no feed"),
    ("nowhere.txt", None, "no such file", "a name that nothing has"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "said", "reason"), BROKEN, ids=[item[3] for item in BROKEN])
def test_what_cannot_be_ingested_is_named_and_kept_for_another_try(
    command: Command, tmp_path: Path, name: str, data: bytes | None, said: str, reason: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(SAID.format("gate"))
    result = command("ingest", name, "good.txt", "-j", "1", "--json")
    assert result.exit_code == 3
    assert counts(result)["failed"] == 1
    assert f"onrecord: {name}" in result.stderr
    assert said in result.stderr
    listed = [json.loads(line) for line in command("failures", "--json").stdout.splitlines()]
    assert [(item["origin"], item["within"], item["attempts"]) for item in listed] == [(name, name, 1)]
    (tmp_path / name).write_text(SAID.format("mended gate"))
    mended = command("ingest", "--retry-failed", "--json", "-j", "1")
    if name.endswith((".txt", ".txt.gz", ".warc.gz")):
        assert (mended.exit_code, counts(mended)["added"]) == (0, 1), mended.stderr
        assert command("failures").stderr == "onrecord: nothing failed\n"


def test_what_a_folder_holds_besides_is_one_notice(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in ("a.txt", "b.docx", "c.docx", "d.warc.gz", "e.\x1b[31m"):
        (folder / name).write_bytes(gzip.compress(b"words") if name.endswith("gz") else b"words")
    said = command("ingest", "reports", "-j", "1").stderr.splitlines()
    assert said[0] == (
        "onrecord: passed over in folders: 3 files that can't be read there (2 .docx, 1 .␛[31m); "
        "save documents as text, HTML or PDF first"
    )
    assert len(said) == 2
    assert "passed over" not in command("ingest", "reports", "-j", "1", "--quiet").stderr
    (folder / "a.txt").unlink()
    said = command("read", "reports").stderr.splitlines()
    assert "4 files that can't be read there (2 .docx, 1 .warc.gz, 1 .␛[31m)" in said[0]
    assert said[0].endswith("; onrecord ingest takes compressed files, feeds and web archives")


def test_failures_can_be_given_up(command: Command) -> None:
    assert command("ingest", "a.txt", "b.txt", "c.txt", "-j", "1").exit_code == 3
    table = command("failures")
    assert [name in table.stdout for name in ("a.txt: no such file", "b.txt", "c.txt")] == [True] * 3
    assert command("ingest", "--retry-failed", "-j", "1").exit_code == 3
    assert "tried 2 times" in command("failures").stdout
    assert command("failures", "--forget", "a.txt").exit_code == 0
    assert command("failures", "--forget", "a.txt").exit_code == 2
    assert len(command("failures", "--json").stdout.splitlines()) == 2
    assert command("failures", "--forget-all").exit_code == 0
    assert command("failures", "--json").stdout == ""


WRONG = [
    ((), "name files", "nothing to do"),
    (("--retry-failed", "--reread"), "a run of its own", "two things at once"),
    (("a.txt", "--date", "soon"), "2024-03-12", "a day that is none"),
    (("a.txt", "--workers", "0"), "workers", "no worker"),
    (("a.txt", "--record", "mysql://host/base"), "sqlite:///FILE", "another kind of database"),
]


@pytest.mark.parametrize(("arguments", "said", "reason"), WRONG, ids=[item[2] for item in WRONG])
def test_a_wrong_ingest_is_told_in_a_sentence(
    command: Command, arguments: tuple[str, ...], said: str, reason: str
) -> None:
    result = command("ingest", *arguments) if arguments else command("ingest", "--quiet")
    assert result.exit_code == (1 if "--record" in arguments else 2)
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_ingest_says_what_it_did(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ana Brandt: one\nMilo Okafor: two")
    (tmp_path / "b.txt").write_text("Ana Brandt: one\nMilo Okafor: two")
    result = command("ingest", "a.txt", "b.txt", "none.txt", "-j", "1")
    assert result.stdout == ""
    assert "1 report with 2 statements added, 1 there already, 1 failed; the record is" in result.stderr
    assert command("ingest", "a.txt", "--quiet", "-j", "1").stderr == ""


def test_a_feed_in_a_file_fetches_nothing_unless_that_is_asked_for(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []

    def fetch(origin: str, **_: Any) -> Document:
        fetched.append(origin)
        return Document.of("Ana Brandt: the page itself", origin=origin)

    monkeypatch.setattr("onrecord.loaders.containers.load_document", fetch)
    (tmp_path / "feed.xml").write_bytes(FEED)
    assert command("ingest", "feed.xml", "-j", "1").exit_code == 0
    assert fetched == []
    assert counts(command("ingest", "feed.xml", "--follow", "--json", "-j", "1"))["added"] == 1
    assert fetched == ["https://courier.example/3"]


def test_a_new_version_reads_the_record_again_and_keeps_what_people_said(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Ana Brandt: one thing\nMilo Okafor: another thing")
    assert command("ingest", "a.txt", "-j", "1").exit_code == 0
    with open_record(tmp_path / "record.db") as record:
        (old,) = record.reports()
        wrong = old.statements[0]
        record.correct(Correction(old.document.id, "reject", wrong, None, author="Zoë"))
    (tmp_path / "a.txt").unlink()
    assert counts(command("ingest", "--reread", "--json", "-j", "1"))["added"] == 0

    def read_better(document: Document) -> Report:
        return read(Document.of(document.text, origin=document.origin))

    monkeypatch.setattr(onrecord.ingest, "read_with_all_cores", read_better)
    monkeypatch.setattr(onrecord.ingest, "reader_version", lambda: "en-test@2")
    result = command("ingest", "--reread", "--json", "-j", "1")
    assert (result.exit_code, counts(result)["added"]) == (0, 1)
    with open_record(tmp_path / "record.db") as record:
        (new,) = record.reports()
        assert [statement.id for statement in new.statements] == [old.statements[1].id]
        first, current = record.history(old.document.id)
        assert (first.model, current.model) == ("en-test@1", "en-test@2")
        assert first.report.statements == current.report.statements == old.statements
        assert [correction.author for _, correction in record.corrections()] == ["Zoë"]
    assert command("check").exit_code == 0
    assert counts(command("ingest", "--reread", "--json", "-j", "1"))["added"] == 0


# Search


FOUND = [
    (("bridge",), ["tolls", "bridge"], "a word"),
    (("BRIDGES", "cost"), ["tolls"], "all words, in any form"),
    (('"old bridge"',), ["bridge"], "a phrase"),
    (("bridge", "--", "-tolls"), ["bridge"], "a word that mustn't be there"),
    (("ferr*",), ["ferry"], "a beginning"),
    (("night", "tolls", "--any"), ["tolls", "ferry"], "any of the words"),
    (("--speaker", "ana brandt"), ["tolls", "bridge"], "who"),
    (("--speaker", "brandt", "--exact-names"), [], "a part of a name, where whole ones are asked for"),
    (("--target", "ferry board"), ["bridge", "bridge"], "at whom"),
    (("--act", "accuse", "--speaker", "Okafor"), ["bridge"], "what it does"),
    (("--form", "direct"), ["ferry"], "its form"),
    (("--stance", "distanced", "opens"), ["bridge"], "the reporter's stance"),
    (("--from", "2024-04"), ["tolls"], "from a month on"),
    (("--until", "2024-03-12", "bridge"), ["bridge"], "up to a day"),
    (("--to", "2024-03-12", "bridge"), ["bridge"], "up to a day, by its other name"),
    (("--from", "2024", "--until", "2024"), ["tolls", "bridge", "bridge"], "a year"),
    (("--publisher", "tidewire"), ["tolls"], "by whom"),
    (("--place", "May"), ["bridge"], "a place"),
    (("--place", "xx"), ["bridge"], "a country"),
    (("--quantity", "10..50"), ["tolls", "bridge"], "a range of figures"),
    (("--quantity", "10..50 people"), ["bridge"], "with their unit"),
    (("--quantity", "15..", "--unit", "XCR"), ["tolls"], "an open range"),
    (("--sort", "oldest", "bridge"), ["bridge", "tolls"], "the oldest first"),
    (("zeppelin",), [], "nothing"),
    (("'",), [], "no word at all"),
]


@pytest.mark.parametrize(("arguments", "names", "reason"), FOUND, ids=[item[2] for item in FOUND])
def test_search_finds(filled: Command, arguments: tuple[str, ...], names: list[str], reason: str) -> None:
    options = [] if "--" in arguments else ["--json"]
    if options:
        result = filled("search", *arguments, "--json")
        hits = json.loads(result.stdout)["hits"]
        found = [hit["document"]["origin"].removesuffix(".txt") for hit in hits]
        assert (result.exit_code, sorted(found)) == (0, sorted(names))
        if arguments[0].startswith("--"):
            assert found == names  # newest first
    else:
        result = filled("search", "--json", *arguments)
        assert [hit["document"]["origin"] for hit in json.loads(result.stdout)["hits"]] == ["bridge.txt"]


def test_a_hit_shows_who_what_and_where(filled: Command) -> None:
    result = filled("search", "old", "bridge")
    assert result.stdout.splitlines() == [
        "  1  2024-03-12 · The Osthaven Courier · A report",
        "     Ana Brandt · accuse → The Ferry Board · indirect · 0.80 · distanced",
        "     Ana Brandt: the *old* *bridge* is closed after 14 people fell",
        "     bridge.txt 0:57",
        "",
    ]
    assert result.stderr == ""
    hit = json.loads(filled("search", "old", "bridge", "--json").stdout)["hits"][0]
    text = BRIDGE.document.text
    marked = [text[span["start"] : span["end"]] for span in hit["highlights"]]
    assert (marked, hit["speaker"], hit["target"]) == (["old", "bridge"], "Ana Brandt", "The Ferry Board")


def test_pages_stay_while_reports_come_in(command: Command, tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as record:
        for number in range(25):
            record.add(
                make_report(f"Ana Brandt: bridge number {number}", origin=f"{number}.txt", day="2024-03-12")
            )
    first = json.loads(command("search", "bridge", "--json", "-n", "10").stdout)
    with open_record(tmp_path / "record.db") as record:
        for number in range(25, 40):
            record.add(
                make_report(f"Ana Brandt: bridge number {number}", origin=f"{number}.txt", day="2024-03-13")
            )
    seen, after = [hit["document"]["origin"] for hit in first["hits"]], first["after"]
    while after:
        part = json.loads(command("search", "bridge", "--json", "-n", "10", "--page", after).stdout)
        seen += [hit["document"]["origin"] for hit in part["hits"]]
        after = part["after"]
    assert sorted(seen) == sorted(f"{number}.txt" for number in range(25))
    third = command("search", "bridge", "-n", "10", "--page", "3")
    assert third.stdout.lstrip().startswith("21  ")
    assert "--page Wy" in third.stderr
    assert json.loads(command("search", "bridge", "--json", "--page", "9").stdout)["hits"] == []


NO_SEARCH = [
    (("--form", "sung"), "--form: expected direct, indirect or mixed", "a form that is none"),
    (("--act", "acuse"), "--act: expected state, announce", "an act that is none"),
    (("--act", ""), "--act: expected state, announce", "an act with nothing in it"),
    *((("--" + name, " "), f"--{name}: expected some words", f"a {name} with nothing in it") for name in ("speaker", "target", "publisher", "place", "unit")),
    (("--record", ""), "--record: expected a file or an address", "a record that a variable should have named"),
    (("--stance", "wide"), "--stance: expected neutral", "a stance that is none"),
    (("--from", "last week"), "--from: expected a day", "a day that is none"),
    (("--until", "2024-13"), "--until: expected a day", "a month that is none"),
    (("--from", "2024-03", "--until", "2024-02"), "--until: expected 2024-03 or later", "an end before the beginning"),
    (("--quantity", "many"), "--quantity: expected a number", "a figure that is none"),
    (("--quantity", "50..10"), "turn them round", "a range from its end"),
    (("--limit", "0"), "--limit: expected 1 to 500", "no hit"),
    (("--page", "0"), "--page: expected a number from 1", "no page"),
    (("--page", "xyz"), "--page: expected what an earlier page", "a page of nothing"),
    (("--sort", "size"), "--sort: expected relevance", "an order that is none"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said", "reason"), NO_SEARCH, ids=[item[2] for item in NO_SEARCH])
def test_a_wrong_search_is_told_in_the_options_own_names(
    filled: Command, arguments: tuple[str, ...], said: str, reason: str
) -> None:
    result = filled("search", "bridge", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_an_export_tells_its_last_day_by_its_own_name(filled: Command) -> None:
    assert "--until: expected a day" in filled("export", "csv", "--until", "2024-13").stderr


@pytest.mark.parametrize(
    "option", ["words", "speaker", "target", "act", "form", "stance", "publisher", "place", "from", "until"]
)
def test_an_export_with_an_empty_filter_is_none_of_everything(filled: Command, option: str) -> None:
    result = filled("export", "jsonl", f"--{option}", "")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"--{option}: expected" in result.stderr


def test_an_export_knows_the_acts(filled: Command) -> None:
    assert filled("export", "jsonl", "--act", "acuse").exit_code == 2
    assert filled("export", "jsonl", "--act", "accuse").exit_code == 0


def test_an_act_of_which_there_is_none_is_no_error(filled: Command) -> None:
    result = filled("search", "--act", "threaten", "--json")
    assert (result.exit_code, json.loads(result.stdout)["hits"]) == (0, [])


FIGURES = [
    ("40", ((40.0, 40.0), None), "one number"),
    ("-5..5", ((-5.0, 5.0), None), "below zero"),
    ("..1,500", ((None, 1500.0), None), "open below, with digit groups"),
    ("1.5 million.. km", ((1.5e6, None), "km"), "open above, a word for the size"),
    ("2k..3bn USD", ((2e3, 3e9), "USD"), "short words for the size"),
    ("20..40%", ((20.0, 40.0), "percent"), "a sign as the unit"),
    ("3..5 months", ((3.0, 5.0), "months"), "a unit that begins like a size"),
]


@pytest.mark.parametrize(("written", "expected", "reason"), FIGURES, ids=[item[2] for item in FIGURES])
def test_figures(written: str, expected: object, reason: str) -> None:
    assert parse_quantity(written) == expected


@pytest.mark.parametrize("written", ["", "..", "x..y", "1..2..3", "5 km..6", "1e9999..", "--"])
def test_what_is_no_figure(written: str) -> None:
    with pytest.raises(SettingsError, match="--quantity"):
        parse_quantity(written)


def test_a_hostile_report_cannot_drive_the_terminal(command: Command, tmp_path: Path) -> None:
    nasty = make_report(
        "Ana\x1b[2J Brandt: bridge \x1b]0;title\x07 \u202e closed",
        publisher="\x1b[31m",
        origin="a\x1b[1m.txt",
    )
    with open_record(tmp_path / "record.db") as record:
        record.add(nasty)
        record.fail(Failure("b\x1b[2J.txt", FormatError("b\x1b[2J.txt", "torn\x1b[1m")))
    for arguments in (("search", "bridge"), ("speaker", "Brandt"), ("failures",), ("info",)):
        result = command(*arguments)
        assert not {"\x1b", "\x07", "\u202e"} & set(result.stdout + result.stderr), arguments


# Speaker


def test_a_speaker_s_page(filled: Command) -> None:
    result = filled("speaker", "ana", "brandt")
    lines = result.stdout.splitlines()
    assert lines[:3] == ["Ana Brandt", "person · 2 reports · 2024-03-12 to 2024-04-02", "also: Brandt"]
    assert "tolls.txt 0:46" in result.stdout
    assert result.exit_code == 0
    found = json.loads(filled("speaker", "brandt", "--json", "--limit", "1").stdout)
    assert (found["name"], found["reports"], len(found["statements"])) == ("Ana Brandt", 2, 1)
    older = json.loads(filled("speaker", "brandt", "--json", "--page", str(found["after"])).stdout)
    assert [item["document"]["origin"] for item in older["statements"]] == ["bridge.txt"]
    assert older["after"] is None


def test_a_speaker_whom_nobody_knows(filled: Command, tmp_path: Path) -> None:
    result = filled("speaker", "Nobody")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "no speaker of this name" in result.stderr
    with open_record(tmp_path / "record.db") as record:
        record.add(make_report("Tom Brandt: nonsense"))
    several = filled("speaker", "Brandt")
    assert several.exit_code == 4
    assert "Ana Brandt (2); Tom Brandt (1)" in several.stderr


@pytest.mark.parametrize("arguments", [("search", "tolls"), ("speaker", "Zoë", "Lind")], ids=" ".join)
def test_lines_keep_their_indent_on_a_narrow_terminal(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    said = "Zoë Lind: tolls on the old bridge are not for those who cross it twice a day"
    with open_record(tmp_path / "record.db") as record:
        record.add(
            make_report(
                said, publisher="The Osthaven Courier and Advertiser", origin="reports/of/march/tolls.txt"
            )
        )
    lines = command(*arguments).stdout.splitlines()
    first = lines.index("  1  2024-03-12 · The Osthaven Courier")
    assert lines[first + 1] == "     and Advertiser · A report"
    assert all(line.startswith(" " * 5) for line in lines[first + 1 :] if line)
    assert max(map(len, lines)) <= 40


def test_a_prefix_that_is_too_short_is_named(filled: Command) -> None:
    assert "*bridge*" in filled("search", "br*").stdout
    result = filled("search", "b*")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "b* is taken as a word, since a prefix needs 2 letters" in result.stderr


# Upkeep


def test_info_counts(filled: Command, tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as record:
        record.fail(Failure("a.txt", FormatError("a.txt", "torn")))
    assert json.loads(filled("info", "--json").stdout) == {
        "documents": 3, "statements": 4, "speakers": 4, "claims": 3, "failures": 1, "models": ["en-test@1"],
    }  # fmt: skip
    shown = filled("info").stdout
    lines = dict(line.split(maxsplit=1) for line in shown.splitlines())
    assert (lines["record"], lines["documents"], lines["models"]) == (
        str(tmp_path / "record.db"),
        "3",
        "en-test@1",
    )


def test_check_and_backup(filled: Command, tmp_path: Path) -> None:
    well = filled("check")
    assert (well.exit_code, well.stdout) == (0, "")
    assert "all is well with 3 documents" in well.stderr
    assert filled("backup", "copy.db").exit_code == 0
    assert filled("backup", "copy.db").exit_code == 1
    copy = f"sqlite:///{tmp_path / 'copy.db'}"
    assert json.loads(filled("info", "--json", "--record", copy).stdout)["documents"] == 3
    with open_record(tmp_path / "record.db") as record, record._write_connection() as connection:
        connection.exec_driver_sql("DELETE FROM claims")
    broken = filled("check")
    assert broken.exit_code == 1
    assert "expected 2 claims, found 0" in broken.stdout
    assert filled("check", "--quick").exit_code == 0


@pytest.mark.parametrize(
    "arguments", [("search", "x"), ("speaker", "x"), ("info",), ("failures",), ("check",), ("backup", "b.db")]
)
def test_without_a_record_a_command_says_so_and_makes_none(
    command: Command, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = command(*arguments)
    assert result.exit_code == 1
    assert "expected a record, found no file; ingest a report first" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["ingest", "search", "speaker", "info", "failures", "check", "backup"])
def test_help_teaches_by_example(command: Command, name: str) -> None:
    result = command(name, "--help")
    assert result.exit_code == 0
    assert f"onrecord {name}" in result.stdout
    assert "Exit code" in result.stdout


def test_a_team_s_record_by_its_address(command: Command, tmp_path: Path, new_database: NewUrl) -> None:
    url = new_database()
    (tmp_path / "a.txt").write_text("Ana Brandt: the bridge is closed")
    assert command("ingest", "a.txt", "--record", url, "-j", "1").exit_code == 0
    assert "*bridge*" in command("search", "bridge", "--record", url).stdout
    assert command("speaker", "Brandt", "--record", url).exit_code == 0
    assert re.search(r"^documents +1$", command("info", "--record", url).stdout, re.MULTILINE)
    assert command("check", "--record", url).exit_code == 0
    assert command("backup", "copy.db", "--record", url).exit_code == 0
    assert "*bridge*" in command("search", "bridge", "--record", "copy.db").stdout


def test_the_driver_for_postgresql_is_named_where_it_is_missing(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    result = command("info", "--record", "postgresql://ana@host/news")
    assert result.exit_code == 1
    assert "onrecord[postgresql]" in result.stderr


@pytest.mark.parametrize("form", ["jsonl", "parquet", "csv"])
def test_no_export_is_written_over_the_record(filled: Command, tmp_path: Path, form: str) -> None:
    (tmp_path / "other.db").hardlink_to(tmp_path / "record.db")
    for name in ("record.db", "other.db"):
        done = filled("export", form, "--to", str(tmp_path / name))
        assert (done.exit_code, done.stdout) == (2, "")
        assert f"--to: expected a file that isn't read, found {tmp_path / name}" in done.stderr
    assert filled("check").exit_code == 0

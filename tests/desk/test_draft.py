"""A draft: what is found in it, what is read of a Word document, what the command says and writes."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from invented import harbour, report, statement
from onrecord.cli import app
from onrecord.desk.draft import check_draft, find_items, load_draft
from onrecord.desk.draft_page import write_draft_page
from onrecord.errors import FormatError, LoadError, TooLargeError
from onrecord.loaders.docx import extract_text
from onrecord.loaders.options import LoadOptions
from onrecord.record import open_record
from onrecord.types import Report, Speaker

DRAFT = """\
“They let 60,000 litres run into the basin,” Ilse Brandvold said, “and they said nothing.” She called it \
“shameful”.

Okoro-Lind said that the company had told the port office at once.

“We acted in good faith,” a sign at the quay read. <b>The end</b>
"""
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def draft() -> Report:
    people = tuple(
        Speaker(key, name, (), "person", None, None, ())
        for key, name in (("b", "Ilse Brandvold"), ("o", "Tomas Okoro-Lind"))
    )
    return report(
        DRAFT,
        (
            statement(DRAFT, "Ilse Brandvold", "said", "“They let 60,000 litres run into the basin,”",
                      "“and they said nothing.”", form="direct", speaker="b"),
            statement(DRAFT, "Okoro-Lind", "said", "that the company had told the port office at once",
                      speaker="o"),
        ),
        origin="draft.txt",
        speakers=people,
    )  # fmt: skip


def word_file(body: str, **parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        markup = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", parts.get("document", markup.encode()))
    return data.getvalue()


def paragraph(inside: str) -> str:
    return f"<w:p><w:r>{inside}</w:r></w:p>"


def test_quotations_and_claims_are_found_with_their_speakers() -> None:
    found = [(item.words, item.speaker, item.claim) for item in find_items(draft())]
    assert found == [
        ("They let 60,000 litres run into the basin, and they said nothing.", "Ilse Brandvold", False),
        ("shameful", None, False),
        ("the company had told the port office at once", "Tomas Okoro-Lind", True),
        ("We acted in good faith,", None, False),
    ]


def test_each_is_verified_and_the_page_marks_it(tmp_path: Path) -> None:
    with open_record(tmp_path / "record.db") as store:
        store.add(harbour())
        checked = check_draft(store, draft())
    assert [verdict.verdict for verdict in checked.verdicts] == ["altered", None, "exact", "exact"]
    assert not checked.as_given
    assert checked.verdicts[1].doubt is not None
    assert "too short" in checked.verdicts[1].doubt
    page = io.StringIO()
    write_draft_page(checked, page)
    assert page.getvalue().count("<mark") == 4
    assert "[1: altered]" in page.getvalue()
    assert "<b>The end</b>" not in page.getvalue()
    assert "&lt;b&gt;The end" in page.getvalue()
    assert "<script" not in page.getvalue()


def test_a_word_document_without_what_was_deleted(tmp_path: Path) -> None:
    body = paragraph("<w:t>“We will pay,”</w:t>") + (
        "<w:p><w:r><w:t>said </w:t></w:r><w:del><w:r><w:delText>Bo</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Ana</w:t><w:tab/><w:t>Lind.</w:t></w:r></w:ins></w:p>"
    )
    path = tmp_path / "draft.docx"
    path.write_bytes(word_file(body))
    assert load_draft(str(path)).text == "“We will pay,”\n\nsaid Ana\tLind."


BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><x>&b;</x>"
BROKEN = [
    (b"PK\x03\x04 and then nothing", FormatError, "broken or encrypted"),
    (word_file("<w:p>"), FormatError, "broken XML"),
    (word_file(paragraph("<w:t> </w:t>")), LoadError, "without any text"),
    (word_file("", document=BOMB), LoadError, "without any text"),
    (word_file(paragraph(f"<w:t>{'a' * 200_000}</w:t>")), TooLargeError, "expected at most 100,000 bytes"),
]


@pytest.mark.parametrize(("data", "error", "says"), BROKEN)
def test_a_broken_or_hostile_word_document_is_refused_in_a_sentence(
    data: bytes, error: type[LoadError], says: str
) -> None:
    with pytest.raises(error, match=says):
        extract_text(data, origin="draft.docx", options=LoadOptions(max_markup_bytes=100_000))


def test_another_zip_archive_is_told_apart() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(FormatError, match="another kind of zip"):
        extract_text(data.getvalue(), origin="a.docx", options=LoadOptions())


# The command


@pytest.fixture
def place(tmp_path: Path) -> str:
    path = tmp_path / "record.db"
    with open_record(path) as store:
        store.add(harbour())
    return str(path)


COMMANDS = [
    (["We acted in good faith"], 0, "exact: these words are in the record as given"),
    (["They let 60,000 litres run into the basin"], 1, "the record: 40,000; yours: 60,000 (quantity)"),
    (["We acted in good faith", "--speaker", "Brandvold"], 1, "not by Brandvold: by Tomas Okoro-Lind"),
    (["We acted in good faith", "--to", "2024-03-10"], 1, "not to 2024-03-10: 2024-03-12, 2 days later"),
    (["The harbour master resigned with a heavy heart"], 1, "searched by words alone: 1 report"),
]


@pytest.mark.parametrize(("arguments", "code", "says"), COMMANDS)
def test_the_command_tells_the_verdict_and_its_exit_code(
    place: str, arguments: list[str], code: int, says: str
) -> None:
    result = CliRunner().invoke(app, ["verify", *arguments, "--record", place])
    assert result.exit_code == code
    assert says in result.stdout


USAGE = [
    ([""], "found none"),
    (["chaos"], "too short to verify"),
    (["word " * 200_000], "expected at most 5,000 characters"),
    ([], "expected a quotation or --file"),
    (["so it is", "--file", "a.txt"], "expected a quotation or --file"),
    (["so it is", "--html", "a.html"], "expected --file"),
    (["so it is", "--from", "soon"], "expected a day"),
]


@pytest.mark.parametrize(("arguments", "says"), USAGE)
def test_what_the_command_cannot_do_is_one_sentence(place: str, arguments: list[str], says: str) -> None:
    result = CliRunner().invoke(app, ["verify", "--record", place, *arguments])
    assert result.exit_code == 2 or (not arguments and result.exit_code == 2)
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_json_is_one_object_a_quotation(place: str) -> None:
    result = CliRunner().invoke(app, ["verify", "We acted in good faith", "--json", "--record", place])
    told = json.loads(result.stdout)
    assert (told["verdict"], told["as_given"]) == ("exact", True)


def test_a_draft_on_standard_input_is_read_and_checked(place: str, tmp_path: Path) -> None:
    page = tmp_path / "checked.html"
    arguments = ["verify", "--file", "-", "--json", "--html", str(page), "--record", place]
    result = CliRunner().invoke(app, arguments, input=DRAFT)
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert told[0]["verdict"] == "altered"
    assert DRAFT[told[0]["span"]["start"] : told[0]["span"]["end"]] == told[0]["span"]["text"]
    assert page.read_text("utf-8").count("<mark") == len(told)

"""What is exported to brat keeps brat's rules, and what people make of it comes back."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as given_any

from invented import HARBOUR_TEXT, harbour, report, statement
from onrecord.errors import NotFoundError
from onrecord.export import brat, brat_import, find_format
from onrecord.export.table import storable
from onrecord.types import Failure, Report, Span

sys.path.append(str(Path(__file__).parent / "record"))
from generated_reports import reports as any_records

# https://brat.nlplab.org/standoff.html, and the line ends of Python's ``codecs``, with which brat reads.
_BREAK = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_TYPE = r"[A-Za-z0-9_-]+"
_LINES = {
    "T": re.compile(rf"T\d+\t({_TYPE}) (\d+ \d+(?:;\d+ \d+)*)\t([^\t]*)"),
    "E": re.compile(rf"E\d+\t({_TYPE}:T\d+(?: {_TYPE}:[TE]\d+)*)"),
    "A": re.compile(rf"A\d+\t({_TYPE}) ([TE]\d+)(?: ({_TYPE}))?"),
    "#": re.compile(rf"#\d+\t({_TYPE}) ([TEA]\d+)\t([^\t]*)"),
    "*": re.compile(r"\*\tEquiv T\d+( T\d+)+"),
}
_ROLES = {"Source": {"Source"}, "Cue": {"Cue"}, "Content": {"Content"}}
_PEOPLE = set(brat.SPEAKER_LABELS.values())
_ROLES |= {"Speaker": _PEOPLE, "Target": _PEOPLE}


def hold_to_brat(lines: str, text: str, configuration: str) -> dict[str, str]:
    """A strict parser of brat's rules; the type of each annotation by its name.

    Every line is of a known kind; names are used once; offsets are inside the text, in order, and the words are
    those of the text, fragments joined by a space; what is pointed to is there and of a type that the
    configuration lets stand there.
    """
    types: dict[str, str] = {}
    rows = lines.split("\n")
    assert rows.pop() == ""
    for row in rows:
        assert not _BREAK.search(row), "brat would see two lines"
        found = _LINES[row[0]].fullmatch(row)
        assert found, row
        name = row.partition("\t")[0]
        assert name == "*" or name not in types
        types[name] = found[1]
        if row[0] == "T":
            spans = [tuple(map(int, span.split())) for span in found[2].split(";")]
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all(left[1] <= right[0] for left, right in zip(spans, spans[1:], strict=False))
            assert found[3] == " ".join(text[start:end] for start, end in spans)
            assert re.search(rf"^{found[1]}$", configuration, re.MULTILINE) or found[1] == brat.EVENT
    for row in rows:
        if row[0] == "E":
            (event, trigger), *arguments = (part.split(":") for part in row.split("\t")[1].split())
            assert types[trigger] == event == brat.EVENT
            roles = [role for role, _ in arguments]
            assert len(roles) == len(set(roles)), "a role twice without a number"
            for role, target in arguments:
                assert types[target] in _ROLES[role.rstrip("0123456789")]
        elif row[0] in "A#":
            _, target = row.split("\t")[1].split()[:2]
            assert target in types
            if row[0] == "A":
                name, _, *value = row.split("\t")[1].split()
                (allowed,) = re.findall(
                    rf"^{name}\tArg:{brat.EVENT}(?:, Value:(\S+))?$", configuration, re.MULTILINE
                )
                assert not value or not allowed or value[0] in allowed.split("|")
        elif row[0] == "*":
            assert {types[target] for target in row.split()[2:]} <= _PEOPLE
    return types


def export(given: Report, folder: Path) -> tuple[str, str, str]:
    """The text, the annotations and the configuration that are written for a record."""
    folder.mkdir(exist_ok=True)
    find_format("brat").write([given], folder, on_failure=pytest.fail)
    stem = folder / given.document.id
    text, lines = (stem.with_suffix(end).read_bytes().decode() for end in (".txt", ".ann"))
    return text, lines, (folder / "annotation.conf").read_text("utf-8")


def lined() -> Report:
    """A report whose statements run over line ends of every kind."""
    text = "Ana Lind\r\nsaid that it was\u2028late,\n\nand\tthat\x85nobody 😀 came."
    people = harbour().speakers[:1]
    return report(
        text,
        [statement(text, "Ana Lind", "said", "that it was\u2028late,\n\nand\tthat\x85nobody 😀 came")],
        speakers=[replace(people[0], mentions=())],
    )


@pytest.mark.parametrize(
    "given", [harbour(), lined(), report("Nothing.")], ids=["harbour", "lines", "nothing"]
)
def test_brat_takes_what_is_exported_and_it_comes_back_the_same(given: Report, tmp_path: Path) -> None:
    text, lines, configuration = export(given, tmp_path / "out")
    assert text == given.document.text
    hold_to_brat(lines, text, configuration)
    (back,) = brat_import.read_folder(tmp_path / "out")
    assert isinstance(back, brat_import.Annotated)
    assert back.report == given


def test_a_piece_of_nothing_but_a_line_end_is_no_change() -> None:
    text = "We leave.\r"
    said = statement(text, None, None, "We leave.")
    said = replace(said, content=(*said.content, Span(9, 10, "\r")), score=0.25)
    given = report(text, [said])
    (back,) = brat_import.parse(
        "".join(f"{line}\n" for line in brat.annotate(given)), text, name="x.ann", about=brat.about(given)
    ).statements
    assert back.score == 0.25


@given_any(any_records())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_brat_takes_any_record(tmp_path: Path, given: Report) -> None:
    text = storable(given.document.text)
    lines = "".join(f"{line}\n" for line in brat.annotate(given))
    configuration = brat.CONFIGURATION
    odd = {item.act for item in given.statements} - set(brat.ACTS)
    hold_to_brat(
        re.sub(r"^A\d+\tAct .*\n", "", lines, flags=re.MULTILINE) if odd else lines, text, configuration
    )
    back = brat_import.parse(lines, text, name="x.ann", about=json.loads(json.dumps(brat.about(given))))
    assert back.document.text == text
    kept = {item.id: item for item in given.statements}
    for item in back.statements:
        assert [brat.trim(piece) for piece in kept[item.id].content if brat.trim(piece)] == [
            (piece.start, piece.end) for piece in item.content
        ]
        assert (item.form, item.stance, item.score, item.act) == (
            kept[item.id].form,
            kept[item.id].stance,
            kept[item.id].score,
            kept[item.id].act,
        )


REFUSED = [
    ("T1\tSource 0 99999\tx", "offsets up to", "an offset behind the text"),
    ("T1\tSource 5 2\tx", "offsets up to", "an end before its beginning"),
    ("T1\tSource 0 8\tBRANDVOLD", "expected the words", "another text's words"),
    ("T1\tSource\tx", "Label START END", "no offsets"),
    ("T1\tSource a b\tx", "Label START END", "offsets that aren't numbers"),
    ("E1\tAttribution:T9 Content:T9", "to point to an annotation", "an argument that isn't there"),
    ("A1\tForm", "expected a name", "an attribute of nothing"),
    ('T1\tContent 0 8\tOSTHAVEN\nE1\tAttribution:T1 Content:T1\n#1\tAnnotatorNotes E1\t{"id": 1}', "a note", "a note of another kind"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "said", "reason"), REFUSED, ids=[reason for *_, reason in REFUSED])
def test_what_is_not_brat_is_a_named_failure(lines: str, said: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(HARBOUR_TEXT, "utf-8")
    (tmp_path / "one.ann").write_text(lines, "utf-8")
    (tmp_path / "two.txt").write_text("Well.", "utf-8")
    (tmp_path / "two.ann").write_text("", "utf-8")
    failure, after = brat_import.read_folder(tmp_path)
    assert isinstance(failure, Failure)
    assert failure.origin.endswith("one.ann")
    assert said in str(failure)
    assert isinstance(after, brat_import.Annotated)


def test_what_says_nothing_of_statements_is_passed_over() -> None:
    text = "Ana said no."
    lines = "\n".join(
        [
            "T1\tSource 0 3\tAna", "T2\tCue 4 8\tsaid", "T3\tContent 9 11\tno", "T4\tAttribution 4 8\tsaid",
            "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3", "R1\tKnows Arg1:T1 Arg2:T3", "N1\tReference T1 Wikipedia:1\tAna",
            "#1\tAnnotatorNotes E1\tis this right?", "E2\tDiscuss:T4", "words of a note on a line of their own", "",
        ]
    )  # fmt: skip
    (found,) = brat_import.parse(lines, text, name="x.ann").statements
    assert (found.source, found.cue, found.content) == (
        report(text).document.span(0, 3),
        report(text).document.span(4, 8),
        (report(text).document.span(9, 11),),
    )
    assert (found.form, found.score, found.model) == ("indirect", 1.0, None)


def test_a_moved_word_loses_the_score_and_the_model_but_not_the_name() -> None:
    given = harbour()
    lines = "".join(f"{line}\n" for line in brat.annotate(given))
    start = HARBOUR_TEXT.index("accused")
    moved = lines.replace(
        f"\tCue {start} {start + 7}\taccused\n", f"\tCue {start} {start + 11}\taccused the\n"
    )
    assert moved != lines
    back = brat_import.parse(moved, HARBOUR_TEXT, name="x.ann", about=brat.about(given))
    was = next(item for item in given.statements if item.cue and item.cue.text == "accused")
    now = next(item for item in back.statements if item.id == was.id)
    assert now.cue
    assert now.cue.text == "accused the"
    assert (now.score, now.model) == (1.0, None)
    assert len(back.statements) == len(given.statements)


def test_folders_as_polnear_has_them_are_read(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "a_report.txt").write_text("Ana said no.", "utf-8")
    for annotator, end in (("b1", 11), ("c2", 12)):
        (tmp_path / "attributions" / f"a_report_{annotator}.ann").write_text(
            f"T1\tContent 9 {end}\tno\nT2\tAttribution 4 8\tsaid\nE1\tAttribution:T2 Content:T1\n", "utf-8"
        )
    (found,) = brat_import.read_folder(tmp_path)
    assert isinstance(found, brat_import.Annotated)
    assert [item.content[0].end for item in found.report.statements] == [11]


def test_a_folder_without_annotations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"found no \.ann file"):
        list(brat_import.read_folder(tmp_path))


HARMFUL = [
    (
        "more bytes than a document may have",
        lambda path: os.truncate(path, 60_000_000),
        "at most 50,000,000 bytes",
    ),
    (
        "a device that never ends",
        lambda path: (path.unlink(), path.symlink_to("/dev/zero")),
        "found a device",
    ),
    ("a pipe that nobody writes to", lambda path: (path.unlink(), os.mkfifo(path)), "found a named pipe"),
]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
@pytest.mark.parametrize("suffix", [".ann", ".txt"])
@pytest.mark.parametrize(("reason", "spoil", "said"), HARMFUL, ids=[case[0] for case in HARMFUL])
def test_files_that_never_end_are_named_failures(
    tmp_path: Path, reason: str, spoil: Callable[[Path], object], said: str, suffix: str
) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text("Well.", "utf-8")
        (tmp_path / f"{name}.ann").write_text("", "utf-8")
    spoil(tmp_path / f"one{suffix}")
    failure, after = brat_import.read_folder(tmp_path)
    assert isinstance(failure, Failure)
    assert said in str(failure.error)
    assert isinstance(after, brat_import.Annotated)

"""Linking: a new report is linked to what is there, with evidence that points into the texts."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from generated_reports import make_report
from numpy.typing import NDArray
from sqlalchemy import event
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.errors import RecordError
from onrecord.linking import find_earliest, find_earliest_quote, find_links, link_new
from onrecord.record import Link, Record
from onrecord.types import Report

SAID = "we will rebuild the old harbour wall before winter and nobody will lose a home"
FIRST = make_report(f"Ana Brandt: {SAID}\nMilo Okafor: no comment", day="2024-03-10", origin="a")
CASES = [
    (SAID, "same_quote", "exact", [], "the same words"),
    (f"“{SAID.replace(' ', '  ')},”", "same_quote", "exact", [], "other marks and spaces"),
    (SAID.replace("old ", ""), "same_quote", "aligned", [], "a word dropped"),
    (SAID.replace("nobody", "two families"), "altered_quote", "aligned", ["quantity", "negation"], "a figure"),
    (SAID.replace("will rebuild", "will not rebuild"), "altered_quote", "aligned", ["negation"], "a negation"),
    ("nobody will lose a home and we will rebuild the old harbour wall before winter", "same_quote", "moved", [], "clauses swapped"),
    ("rebuild the old harbour wall before winter", "same_quote", "part", [], "a part"),
    ("we will sell the new railway station before spring and everybody will gain a job", None, None, None, "other words"),
    ("no comment", None, None, None, "too little said to tie two people"),
]  # fmt: skip


def link_one(
    record: Record, said: str, *, who: str = "Ana Brandt", day: str | None = "2024-03-12"
) -> tuple[Report, tuple[Link, ...]]:
    record.add(FIRST)
    later = make_report(f"{who}: {said}", day=day, origin="b")
    record.add(later)
    return later, link_new(record, later.document.id)


@pytest.mark.parametrize(
    ("said", "kind", "how", "changes", "reason"), CASES, ids=[reason for *_, reason in CASES]
)
def test_a_statement_is_linked_as_what_it_is(
    record: Record, said: str, kind: str | None, how: str | None, changes: list[str] | None, reason: str
) -> None:
    later, links = link_one(record, said)
    assert [link.kind for link in links] == ([kind] if kind else [])
    assert record.links(later.document.id) == links
    for link in links:
        assert (link.left_document, link.right_document) == (FIRST.document.id, later.document.id)
        assert (link.evidence["how"], link.evidence["changes"]) == (how, changes)
        assert (link.evidence["first"], link.evidence["speaker"]) == ("left", "same")


def test_the_evidence_is_the_words_that_differ(record: Record) -> None:
    later, (link,) = link_one(record, SAID.replace("nobody", "two families").replace("old ", ""))
    sides = [FIRST.document.text, later.document.text]
    shown = [
        [side and text[slice(*side)] for side, text in zip(pair, sides, strict=True)]
        for pair in link.evidence["differences"]
    ]
    assert shown == [["old", None], ["nobody", "two families"]]
    assert sides[0][slice(*link.evidence["left"])] == SAID
    json.dumps(link.evidence)


def test_linking_again_adds_nothing_and_the_order_of_linking_changes_nothing(record: Record) -> None:
    later, links = link_one(record, SAID)
    assert link_new(record, later.document.id) == links
    assert link_new(record, FIRST.document.id) == links
    assert record.links() == links


def test_another_speaker_and_unknown_days_are_said(record: Record) -> None:
    _, (link,) = link_one(record, SAID, who="Zoë Lind", day=None)
    assert (link.evidence["speaker"], link.evidence["first"]) == ("other", None)


def test_a_short_quotation_ties_one_speaker_only(record: Record) -> None:
    record.add(make_report("Ana Brandt: not another bridge", origin="a"))
    record.add(same := make_report("Ana Brandt: “Not another bridge!”", origin="b"))
    record.add(other := make_report("Milo Okafor: not another bridge.", origin="c"))
    assert [link.evidence["speaker"] for link in link_new(record, same.document.id)] == ["same"]
    assert link_new(record, other.document.id) == ()


def test_a_theme_that_two_speak_of_is_not_linked(record: Record) -> None:
    record.add(make_report("Ana Brandt: the plan to rebuild the old harbour wall before winter", origin="a"))
    record.add(
        other := make_report(
            "Milo Okafor: the plan to rebuild the old harbour wall before winter", origin="b"
        )
    )
    record.add(
        same := make_report("Ana Brandt: the plan to rebuild that old harbour wall before winter", origin="c")
    )
    assert link_new(record, other.document.id) == ()
    assert [link.evidence["speaker"] for link in link_new(record, same.document.id)] == ["same"]


def test_a_closer_link_takes_the_place_of_one_that_is_there(record: Record) -> None:
    later, (link,) = link_one(record, SAID)
    looser = replace(link, kind="same_claim", score=0.8, evidence={**link.evidence, "how": "meaning"})
    record.remove_links([link])
    record.add_links([looser])
    assert link_new(record, later.document.id) == (link,)
    assert record.links() == (link,)


def test_a_closer_link_that_is_there_stays(record: Record) -> None:
    later, (link,) = link_one(record, SAID.replace("old ", ""))
    closer = replace(link, score=1.0, right=link.right, evidence={**link.evidence, "how": "exact"})
    another = replace(closer, right="another")
    record.add_links([another])
    assert link_new(record, later.document.id) == (another,)


def test_a_report_that_is_not_there_is_an_error(record: Record) -> None:
    with pytest.raises(RecordError, match="add it first"):
        link_new(record, "0" * 64)
    assert find_links(record, FIRST) == ()


def embed(texts: list[str]) -> NDArray[np.float32]:
    """Two directions: what is about the fund's money, and all else."""
    return np.array([[1.0, 0.1] if "fund" in text else [0.0, 1.0] for text in texts], dtype=np.float32)


MEANT = [
    ("3 percent of the old harbour fund's money is lost", ["same_claim"], "other words"),
    ("5 percent of the old harbour fund's money is lost", [], "another figure"),
    ("3 percent of the old harbour fund's money isn't lost", [], "a negation"),
]


@pytest.mark.parametrize(("said", "kinds", "reason"), MEANT, ids=[reason for *_, reason in MEANT])
def test_the_same_claim_in_other_words(record: Record, said: str, kinds: list[str], reason: str) -> None:
    record.add(
        make_report(
            "Ana Brandt: the old harbour fund has lost 3 percent of its money", day="2024-03-10", origin="a"
        )
    )
    record.add(later := make_report(f"Ana Brandt: {said}", origin="b"))
    record.embed_statements(embed, name="two directions")
    assert link_new(record, later.document.id) == ()
    assert [link.kind for link in link_new(record, later.document.id, embed=embed)] == kinds


def test_who_said_it_first(record: Record) -> None:
    days = ["2024-03-12", "2024-03-10", "2024-03-11"]
    reports = [
        make_report(f"Ana Brandt: {SAID}{' ' * number}.", day=day, origin=str(number))
        for number, day in enumerate(days)
    ]
    for item in reports:
        record.add(item)
        link_new(record, item.document.id)
    found = find_earliest(record, reports[0].document.id, reports[0].statements[0].id)
    assert found is not None
    assert [occurrence.day for occurrence in found.occurrences] == sorted(days)
    assert found.first is not None
    assert (found.first.document.id, found.doubt) == (reports[1].document.id, None)
    record.add(tie := make_report(f"Milo Okafor: {SAID}", day="2024-03-10", origin="tie"))
    link_new(record, tie.document.id)
    found = find_earliest(record, reports[0].document.id, reports[0].statements[0].id)
    assert found is not None
    assert (found.first, found.doubt) == (None, "several reports of the first day have it")
    assert find_earliest(record, "0" * 64, "1") is None


def test_who_said_it_first_is_looked_for_among_all_that_have_the_words(record: Record) -> None:
    """Twenty reports of which none is linked to another."""
    words = "Nobody here is surprised."
    for number in range(20):
        said = f"Milo Okafor: number {number} is here\nAna Brandt: {words}"
        record.add(make_report(said, day=f"2023-03-{20 - number:02}", origin=str(number)))
    found = find_earliest_quote(record, f"“{words}”")
    assert found is not None
    assert found.first is not None
    assert (len(found.occurrences), found.first.day, found.doubt) == (20, "2023-03-01", None)
    assert [occurrence.day for occurrence in found.occurrences] == [
        f"2023-03-{day:02}" for day in range(1, 21)
    ]
    record.add(make_report(f"Zoë Lind: {words}", day="2023-03-01", origin="tie"))
    found = find_earliest_quote(record, words)
    assert found is not None
    assert (found.first, found.doubt) == (None, "several reports of the first day have it")
    assert find_earliest_quote(record, "nobody said this") is None


def test_who_said_it_first_follows_links_to_other_wordings(record: Record) -> None:
    later, _ = link_one(record, SAID.replace("old ", ""))
    found = find_earliest_quote(record, SAID.replace("old ", ""))
    assert found is not None
    assert found.first is not None
    assert [occurrence.document.id for occurrence in found.occurrences] == [
        FIRST.document.id,
        later.document.id,
    ]
    assert found.first.document.id == FIRST.document.id


def test_more_than_can_be_gathered_leaves_it_open(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.linking.earliest._MAX_STATEMENTS", 3)
    for number in range(5):
        record.add(
            make_report(f"Ana Brandt: {SAID}{' ' * number}", day=f"2024-03-1{number}", origin=str(number))
        )
    found = find_earliest_quote(record, SAID)
    assert found is not None
    assert (len(found.occurrences), found.first, found.doubt) == (3, None, "more than 3 statements have it")


def test_what_a_link_costs_does_not_grow_with_the_record(record: Record) -> None:
    """Rows read, counted: a look-up of each word, and a bounded number of statements."""
    read = 0

    def count(*_: object) -> None:
        nonlocal read
        read += 1

    def asked(near_duplicates: int) -> int:
        nonlocal read
        for number in range(near_duplicates):
            record.add(
                make_report(
                    f"Ana Brandt: {SAID}, again and again {number} {near_duplicates}", origin=str(number)
                )
            )
        record.add(new := make_report(f"Milo Okafor: {SAID} in any case {near_duplicates}"))
        read = 0
        links = find_links(record, new)
        assert 0 < len(links) <= 20
        return read

    event.listen(record._engine, "before_cursor_execute", count)
    few, many = asked(30), asked(120)
    assert many <= few + 5


def test_rewording_a_report_keeps_its_links_right(record: Record) -> None:
    later, links = link_one(record, SAID)
    assert links
    changed = replace(later.statements[0], id="another", model="en-test@2")
    record.add(replace(later, statements=(changed,)))
    assert record.links() == ()
    assert link_new(record, later.document.id)[0].right == "another"


@pytest.fixture
def run(record: Record) -> Callable[..., tuple[int, str, str]]:
    """Runs the command on the record."""

    def command(*arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, ["links", *arguments, "--record", record.url])
        return result.exit_code, result.stdout, result.stderr

    return command


def test_the_command_finds_and_shows(record: Record, run: Callable[..., tuple[int, str, str]]) -> None:
    later = make_report(
        f"Zoë Lind: {SAID.replace('nobody', 'two families')}",
        day="2024-03-12",
        origin="b.html",
        publisher="The\x1b[31m Gazette",
    )
    record.add(FIRST)
    record.add(later)
    assert run("b.html")[0] == 1, "not linked yet"
    code, _, said = run("--find")
    assert (code, "2 reports linked, 1 links" in said) == (0, True)
    assert record.unlinked_documents() == ()
    code, shown, _ = run("b.html")
    assert code == 0
    assert "altered" in shown
    assert "quantity and negation changed: Ana Brandt, The Osthaven Courier, 2024-03-10" in " ".join(
        shown.split()
    )
    assert "two families → nobody" in shown
    code, shown, _ = run(FIRST.document.id[:10])
    assert "nobody → two families" in shown
    assert "\x1b" not in shown
    code, shown, _ = run(later.document.id, "--json", "--kind", "altered_quote")
    (link,) = json.loads(shown)["links"]
    assert (link["kind"], link["changes"]) == ("altered_quote", ["quantity", "negation"])
    assert run("nowhere.html")[0] == 4
    assert run("b.html", "--kind", "same_quote")[0] == 1


def test_of_a_path_whose_text_changed_the_newest_is_shown_and_the_others_are_named(
    record: Record, run: Callable[..., tuple[int, str, str]]
) -> None:
    """A page that changes is read again under the same address."""
    record.add(FIRST)
    older = make_report(f"Zoë Lind: {SAID}", day="2024-03-12", origin="b.html")
    newer = make_report(f"Zoë Lind: {SAID}\nAna Brandt: it snowed", day="2024-03-11", origin="b.html")
    for one in (older, newer):
        record.add(one)
        link_new(record, one.document.id)
    code, shown, said = run("b.html", "--json")
    assert (code, json.loads(shown)["document"]) == (0, newer.document.id), (
        "by when it was ingested, not by its day"
    )
    assert f"the one ingested last, {newer.document.id[:12]} (ingested 20" in said
    assert f"give its id: {older.document.id[:12]} (ingested 20" in said
    assert "2024-03-12 A report" in said
    code, shown, said = run(older.document.id[:12], "--json")
    assert (code, json.loads(shown)["document"], said) == (0, older.document.id, "")


def test_the_beginning_of_several_ids_is_refused(
    record: Record, run: Callable[..., tuple[int, str, str]]
) -> None:
    # Found by trying: the SHA-256 of both begins with 41ff3e.
    for said in ("Ana Brandt: number 8154", "Ana Brandt: number 8874"):
        record.add(make_report(said))
    code, shown, said = run("41ff3e")
    assert (code, shown) == (2, "")
    assert "give more of the id" in said


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), "b.html: found no link to another report"),
        (("--kind", "same_quote"), "b.html: found no same_quote to"),
    ],
)
def test_the_command_says_that_there_is_none(
    record: Record, run: Callable[..., tuple[int, str, str]], options: tuple[str, ...], expected: str
) -> None:
    record.add(make_report("Ana Brandt: nothing that anybody else has said", origin="b.html"))
    code, shown, said = run("b.html", *options)
    assert (code, shown) == (1, "")
    assert expected in said
    assert "onrecord links --find" in said


def test_the_command_says_who_was_first(record: Record, run: Callable[..., tuple[int, str, str]]) -> None:
    link_one(record, SAID, who="Zoë Lind")
    code, shown, _ = run("--quote", f"“{SAID}”")
    assert code == 0
    assert "2024-03-10 (first): Ana Brandt" in shown
    code, shown, _ = run("--quote", SAID, "--json")
    found = json.loads(shown)
    assert (found["first"]["day"], len(found["statements"])) == ("2024-03-10", 2)
    code, shown, said = run("--quote", "“it's never” said by anybody")
    assert (code, shown) == (1, "")
    assert shlex.split(said)[6:10] == ["onrecord", "search", '"it\'s never said by anybody"', "finds"]


def test_the_command_says_how_many_more_have_a_quotation(
    record: Record, run: Callable[..., tuple[int, str, str]]
) -> None:
    for number in range(60):
        record.add(
            make_report(
                f"Ana Brandt: {SAID}{' ' * number}", day=f"2023-{1 + number // 20:02}-{1 + number % 20:02}"
            )
        )
    code, shown, _ = run("--quote", SAID)
    lines = shown.splitlines()
    assert (code, lines[0]) == (0, "2023-01-01 (first): Ana Brandt, The Osthaven Courier")
    assert len([line for line in lines if line.startswith("2023-")]) == 50
    assert lines[-1] == "10 more have it, of the same day or later; --json lists them."
    assert len(json.loads(run("--quote", SAID, "--json")[1])["statements"]) == 60


def named(said: str, *, day: str, origin: str) -> Report:
    """A report in which the speaker's name stands elsewhere: the source is a pronoun."""
    made = make_report(f"She: {said}", day=day, origin=origin)
    return replace(made, speakers=(replace(made.speakers[0], name="Ana Brandt"),))


def test_the_command_shows_the_name_that_a_pronoun_stands_for(
    record: Record, run: Callable[..., tuple[int, str, str]]
) -> None:
    record.add(named(SAID, day="2024-03-10", origin="a"))
    record.add(later := named(f"{SAID}!", day="2024-03-12", origin="b"))
    link_new(record, later.document.id)
    assert "2024-03-10 (first): Ana Brandt (“She”), The Osthaven Courier" in run("--quote", SAID)[1]
    assert "same quotation 1.00: Ana Brandt (“She”), The Osthaven Courier, 2024-03-10" in run("b")[1]


def test_lines_keep_their_indent_on_a_narrow_terminal(
    record: Record, run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    link_one(record, SAID.replace("nobody", "two families"))
    lines = run("b")[1].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("  altered"))
    assert lines[start + 1 : start + 3] == ["  changed: Ana Brandt, The Osthaven", "  Courier, 2024-03-10"]
    heading, *content = run("--quote", SAID)[1].splitlines()
    assert (heading.rstrip(), content[0]) == ("2024-03-10 (first): Ana Brandt, The", "Osthaven Courier")
    assert all(line.startswith("  ") for line in content[1:])


@pytest.mark.parametrize("arguments", [[], ["a", "--quote", "b"], ["a", "--kind", "other"]])
def test_a_command_line_that_asks_for_nothing_is_refused(
    run: Callable[..., tuple[int, str, str]], arguments: list[str]
) -> None:
    assert run(*arguments)[0] == 2

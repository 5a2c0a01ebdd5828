"""A speaker who is unsure is shown so, in words: in the table, on the page and in a search."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from invented import report, statement
from onrecord.cli import app
from onrecord.record import open_record
from onrecord.render import print_report, write_page
from onrecord.types import Report, Speaker, SpeakerCandidate

TEXT = "Ana Brandt met Zoë Lind. She said the bridge is closed."
OTHERS = (SpeakerCandidate("Zoë Lind", 0.318), SpeakerCandidate("Mila Orr", 0.02))


def doubtful(score: float | None, *others: SpeakerCandidate, resolved: bool = True) -> Report:
    """A report with one statement whose speaker has this score, and these others who may be meant."""
    found = statement(
        TEXT,
        "She",
        "said",
        "the bridge is closed",
        near="She",
        speaker="s1" if resolved else None,
        speaker_score=score,
        speaker_candidates=others,
        score=0.97,
    )
    made = report(TEXT, [found])
    people = (Speaker("s1", "Ana Brandt", (), "person", None, None, ()),) if resolved else ()
    return replace(made, speakers=people)


def table(made: Report) -> str:
    out = io.StringIO()
    print_report(made, Console(file=out, width=70, color_system=None))
    return " ".join(out.getvalue().split())


def page(made: Report) -> str:
    out = io.StringIO()
    write_page([made], out)
    return re.sub(r"<[^>]*>", "", out.getvalue().partition('<ol class="cards"')[2].partition("</ol>")[0])


def found(made: Report, folder: Path) -> str:
    with open_record(folder / "record.db") as record:
        record.add(made)
    runner = CliRunner(env={"COLUMNS": "160"})
    return " ".join(
        runner.invoke(app, ["search", "bridge", "--record", str(folder / "record.db")]).stdout.split()
    )


CASES = (
    ("low, another likely", doubtful(0.629, *OTHERS), True, "speaker 0.62, or: Zoë Lind (0.31)"),
    ("low, nobody else weighed", doubtful(0.55), True, "speaker 0.55"),
    ("sure", doubtful(0.97, *OTHERS), False, None),
    ("no score, as where a person corrected it", doubtful(None), False, None),
    ("open between two", doubtful(None, *OTHERS, resolved=False), False, "perhaps: Zoë Lind (0.31)"),
)


@pytest.mark.parametrize(
    ("made", "marked", "told"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_an_unsure_speaker_is_marked_in_words(
    tmp_path: Path, made: Report, marked: bool, told: str | None
) -> None:
    for name, shown in (("table", table(made)), ("page", page(made)), ("search", found(made, tmp_path))):
        assert ("Ana Brandt?" in shown) is marked, name
        assert (told or "") in shown, name
        assert "Mila Orr" not in shown, f"{name}: too unlikely to be told"
        if told is None:
            assert "Zoë Lind (" not in shown, name


def test_a_hostile_candidate_stays_words(tmp_path: Path) -> None:
    made = doubtful(0.5, SpeakerCandidate("\x1b[31m<script>x</script>", 0.4))
    assert "\x1b" not in table(made) + found(made, tmp_path)
    out = io.StringIO()
    write_page([made], out)
    assert "<script>x" not in out.getvalue()


def test_candidates_are_kept_and_older_reports_have_none(tmp_path: Path) -> None:
    made = doubtful(0.6, *OTHERS)
    with open_record(tmp_path / "record.db") as record:
        record.add(made)
        assert record.get(made.document.id) == made
    written = made.to_dict()
    assert written["statements"][0]["speaker_candidates"][0] == {"name": "Zoë Lind", "score": 0.318}
    assert Report.from_dict(written) == made
    del written["statements"][0]["speaker_candidates"]
    assert Report.from_dict(written).statements[0].speaker_candidates == ()

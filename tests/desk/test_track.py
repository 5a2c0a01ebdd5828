"""Series of quantities: what each value is to the one before, and who contradicts whom."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import marked
from track_cases import SERIES, Series
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.desk.track import Asked, track_record, track_reports
from onrecord.desk.track.chart import draw_chart
from onrecord.desk.track.steps import is_rounding
from onrecord.errors import SettingsError
from onrecord.record import open_record
from onrecord.types import Report


def reports_of(case: Series) -> tuple[list[Report], dict[str, list[str]]]:
    """The reports of a case, and which are near-duplicates of which."""
    reports: list[Report] = []
    copies: dict[str, list[str]] = {}
    for number, line in enumerate(case.lines):
        copied = line.startswith("=")
        parts = [part.strip() for part in line.removeprefix("=").split("|")]
        day, who, what = parts[0], parts[1], parts[-1]
        cue = parts[2].removeprefix("!") if len(parts) == 4 else "said"
        kind = "organization" if who.split()[-1] in ("Police", "Office", "Line") else "person"
        report = marked(
            f"Report {number}\n\n{{1s:{who}}} {{1q:{cue}}} {{1c:{what}}}.",
            {1: who},
            day=day,
            kinds={who: kind},
            origin=f"{number}.txt",
            described=True,
        )
        if copied:
            ids = (reports[-1].document.id, report.document.id)
            copies.setdefault(ids[0], []).append(ids[1])
            copies.setdefault(ids[1], []).append(ids[0])
        reports.append(report)
    return reports, copies


def param(case: Series) -> object:
    marks = [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else []
    return pytest.param(case, id=case.name, marks=marks)


def test_there_are_sixty_series() -> None:
    assert len(SERIES) == 60
    assert len({case.name for case in SERIES}) == 60


@pytest.mark.parametrize("case", [param(case) for case in SERIES])
def test_series(case: Series) -> None:
    reports, copies = reports_of(case)
    track = track_reports(reports, copies=copies)
    longest = track.series[0].points if track.series else ()
    assert tuple(point.step for point in longest) == case.steps, case.why
    assert len(track.contradictions) == case.contradictions, case.why
    for point in longest:
        assert point.because
        assert (point.unless is None) == (point.step == "first")
    for one in track.contradictions:
        assert one.because
        assert one.unless


def case(name: str) -> Series:
    return next(one for one in SERIES if one.name == name)


def test_as_of_is_what_could_be_known_that_day() -> None:
    reports, _ = reports_of(case("toll grows and is corrected"))
    values = [
        [point.value for point in track_reports(reports, asked=Asked(as_of=day)).series[0].points]
        for day in ("2024-03-01", "2024-03-02", "2024-03-03")
    ]
    assert values == [[12], [12, 20], [12, 20, 18]]


def test_as_of_leaves_out_a_report_without_a_date() -> None:
    undated = marked(
        "Fire\n\n{1s:Police} {1q:said} {1c:12 people were killed in the ferry fire}.", {1: "Police"}
    )
    assert len(track_reports([undated]).series) == 1
    assert track_reports([undated], asked=Asked(as_of="2024-03-01")).series == ()


def test_the_day_of_saying_and_the_day_it_is_about_are_kept_apart() -> None:
    report = marked(
        "Port\n\n{1s:Ana Brandt} {1q:said} on Tuesday {1c:the port handled 4 million tonnes of cargo in 2022}.",
        {1: "Ana Brandt"},
        day="2024-03-14",
    )
    (point,) = track_reports([report]).series[0].points
    assert (point.said, point.about) == ("2024-03-12", "2022")


@pytest.mark.parametrize(
    ("asked", "series"),
    [
        (Asked(), 3),
        (Asked(words="fire"), 2),
        (Asked(of="dead"), 1),
        (Asked(unit="USD"), 1),
        (Asked(speaker="Brandt"), 1),
        (Asked(words="glacier"), 0),
    ],
)
def test_what_is_asked_for(asked: Asked, series: int) -> None:
    reports = [
        *reports_of(case("dead and injured"))[0],
        *reports_of(case("one speaker, two costs"))[0],
    ]
    usd = [
        marked(
            "Wall\n\n{1s:Ana Brandt} {1q:said} {1c:the wall cost US$3 million}.",
            {1: "Ana Brandt"},
            day="2024-03-01",
        )
    ]
    assert len(track_reports(reports[:2] + usd, asked=asked).series) == series


def test_a_day_that_is_none_is_named() -> None:
    with pytest.raises(SettingsError, match="as_of: expected a day"):
        Asked(as_of="soon")


def test_the_record_counts_near_duplicates_once(tmp_path: Path) -> None:
    filler = " ".join(f"The quay has berth {number} and crane {number}." for number in range(60))
    with open_record(tmp_path / "news.db") as store:
        for number, publisher in enumerate(("Osthaven Courier", "Alderby Post")):
            text = f"Fire\n\n{{1s:Harbour Police}} {{1q:said}} {{1c:12 people were killed in the ferry fire}}.\n\n{filler} {publisher}."
            store.add(
                marked(
                    text, {1: "Harbour Police"}, day="2024-03-01", publisher=publisher, origin=f"{number}.txt"
                )
            )
        track = track_record(store, Asked(words="ferry"))
    (series,) = track.series
    assert len(series.points) == 1
    assert len(series.points[0].copies) == 1


def test_the_shape_of_the_contract() -> None:
    reports, _ = reports_of(case("one speaker, two costs"))
    found = track_reports(reports).to_dict()
    assert json.loads(json.dumps(found)) == found
    (series,) = found["series"]
    assert {"of", "unit", "speaker", "points"} <= set(series)
    assert {
        "value",
        "low",
        "high",
        "about",
        "said",
        "speaker",
        "statement",
        "document",
        "step",
        "because",
    } <= set(series["points"][0])
    (contradiction,) = found["contradictions"]
    assert contradiction["kind"] == "quantity"
    assert {"statements", "because", "unless"} <= set(contradiction)


def test_order_of_the_reports_changes_nothing() -> None:
    for one in SERIES:
        reports, copies = reports_of(one)
        assert track_reports(reports, copies=copies) == track_reports(reports[::-1], copies=copies)


@given(st.integers(1, 10**9), st.integers(0, 6))
def test_a_number_rounded_is_a_rounding(number: int, digits: int) -> None:
    coarse = round(number, -digits)
    if coarse != number and coarse and abs(coarse - number) < 0.05 * number:
        assert is_rounding(coarse, number)
        assert not is_rounding(number, coarse)


def test_a_chart_has_its_title_description_and_table(tmp_path: Path) -> None:
    reports, _ = reports_of(case("toll grows and is corrected"))
    more, _ = reports_of(case("two speakers, one toll"))
    track = track_reports([*reports, more[1]])
    path = tmp_path / "toll.svg"
    assert len(draw_chart(track, path)) == 2
    text = path.read_text("utf-8")
    assert re.search(r'<title id="chart-title">people killed</title>', text)
    assert "corrected on 2024-03-03" in text
    root = ElementTree.fromstring(text)
    assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]
    assert "<script" not in text
    rows = path.with_suffix(".csv").read_text("utf-8").splitlines()
    assert len(rows) == 1 + 4
    png = tmp_path / "toll.png"
    draw_chart(track, png)
    assert png.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("toll.pdf", "ends in .svg or .png"), ("no/such/folder/toll.svg", "can't be written")],
)
def test_a_chart_that_cannot_be_drawn(tmp_path: Path, name: str, reason: str) -> None:
    reports, _ = reports_of(case("toll grows"))
    with pytest.raises(SettingsError, match=reason):
        draw_chart(track_reports(reports), tmp_path / name)


def test_a_chart_of_hostile_names(tmp_path: Path) -> None:
    name = "$x^{y$ </svg><script>alert(1)</script>"
    text = "Fire\n\n{1s:Police} {1q:said} {1c:12 people were killed}."
    report = marked(text, {1: "Police"}, day="2024-03-01")
    (speaker,) = report.speakers
    hostile = dataclasses.replace(report, speakers=(dataclasses.replace(speaker, name=name),))
    path = tmp_path / "x.svg"
    draw_chart(track_reports([hostile]), path)
    ElementTree.fromstring(path.read_text("utf-8"))
    assert "<script" not in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["ferry"], 0, "people killed, said by Harbour Police"),
        (["ferry", "--as-of", "2024-03-01", "--all"], 0, "As of 2024-03-01"),
        (["glacier"], 0, "No quantity"),
        ([], 2, "say what to follow"),
        (["ferry", "--as-of", "soon"], 2, "--as-of: expected a day"),
        (["ferry", "--chart", "x.gif"], 2, "ends in .svg or .png"),
        (["ferry", "--speaker", ""], 2, "--speaker"),
    ],
)
def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_record(tmp_path / "news.db") as store:
        for report in reports_of(case("toll grows"))[0]:
            store.add(report)
    done = CliRunner().invoke(app, ["track", *arguments, "--record", str(tmp_path / "news.db")])
    assert done.exit_code == code
    assert says in done.stdout + done.stderr

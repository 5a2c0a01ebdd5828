"""The measures of acts, figures, moments and places, against cases worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.errors import FormatError, NotFoundError, SettingsError
from onrecord.evaluation import acts, places, quantities, times


def newsquant(folder: Path, *items: tuple[str, list[tuple[str, str, str]]]) -> Path:
    data = [
        {
            "text": text,
            "quantities": [
                {
                    "change": "=",
                    "value": value,
                    "unit": unit,
                    "normalized_unit": name,
                    "referred_concepts": "-",
                }
                for value, unit, name in quantities
            ],
        }
        for text, quantities in items
    ]
    path = folder / "gold.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def timeml(folder: Path, name: str, created: str, body: str) -> None:
    text = f'<TimeML><DCT><TIMEX3 tid="t0" value="{created}">x</TIMEX3></DCT><TEXT>{body}</TEXT></TimeML>'
    (folder / f"{name}.tml").write_text(text, encoding="utf-8")


def test_figures_by_hand(tmp_path: Path) -> None:
    path = newsquant(
        tmp_path,
        ("Prices rose 3% to $5 in Orvale.", [("3.0", "%", "percentage"), ("5.0", "$", "dollar")]),
        ("It hit 14 villages and 20 km of road.", [("14", "villages", "village"), ("25", "km", "kilometre")]),
    )
    evaluation = quantities.measure([path])
    assert evaluation["value"].precision == evaluation["value"].recall == pytest.approx(75)  # 20 isn't 25
    assert evaluation["unit"].value == evaluation["measured"].value == pytest.approx(75)


def test_a_wrong_unit_is_a_right_value_only(tmp_path: Path) -> None:
    path = newsquant(tmp_path, ("It cost $5.", [("5.0", "€", "euro")]))
    evaluation = quantities.measure([path])
    assert [evaluation[name].value for name in ("value", "unit", "measured")] == [100, 0, 0]


def test_kinds_that_newsquant_does_not_mark_are_left_out(tmp_path: Path) -> None:
    path = newsquant(tmp_path, ("Orvale won 2-1 on its 50th day and doubled its lead.", []))
    assert quantities.find_newsquant_quantities("Orvale won 2-1 on its 50th day and doubled its lead.") == []
    assert quantities.measure([path])["value"].value == 0


def test_a_range_is_right_with_both_ends(tmp_path: Path) -> None:
    path = newsquant(tmp_path, ("between 3 and 5 km", [("3.0-5.0", "km", "kilometre")]))
    assert quantities.measure([path])["unit"].value == 100


@pytest.mark.parametrize(
    "content",
    ["{", '[{"text": 1}]', '[["a"]]', "[" * 100_000],
    ids=["broken", "no list", "no object", "deep"],
)
def test_gold_of_figures_in_another_shape(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gold.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError):
        quantities.measure([path])


def test_moments_by_hand(tmp_path: Path) -> None:
    body = (
        'He said <TIMEX3 tid="t1" value="2024-04-29">Monday</TIMEX3> that it took '
        'about <TIMEX3 tid="t2" value="P3D">three days</TIMEX3> in <TIMEX3 tid="t3" value="2019">May</TIMEX3>. '
        "It rained <EVENT>yesterday</EVENT>."
    )
    timeml(tmp_path, "a", "2024-05-03", body)
    scores = times.score_times(tmp_path)
    assert (scores["relaxed.p"], scores["relaxed.r"]) == (75, 100)  # yesterday isn't marked
    assert (scores["strict.p"], scores["strict.r"]) == (75, 100)
    assert (scores["value.p"], scores["value.r"]) == (50, pytest.approx(200 / 3))  # May is 2024-05


def test_documents_are_told_apart_by_the_hash_of_their_name(tmp_path: Path) -> None:
    for number in range(40):
        timeml(tmp_path, f"doc{number}", "2024-05-03", '<TIMEX3 tid="t1" value="2024-05-03">today</TIMEX3>')
    held = [one.name for one in times.read_timeml(tmp_path) if times.is_held_out(one.name)]
    assert 0 < len(held) < 20
    assert times.score_times(tmp_path, fifth=True)["value.f1"] == 100


@pytest.mark.parametrize(
    ("one", "other", "same", "reason"),
    [
        ("2000-W07", "2000-W7", True, "a week with and without its nought"),
        ("1999-12", "1999-12-XX", True, "a month, its day left open"),
        ("199", "199X", True, "a decade, its year left open"),
        ("1989-10-27T24:00", "1989-10-27T24", True, "an hour with and without minutes"),
        ("P10Y", "P1E", True, "ten years and a decade"),
        ("PXM", "PTXM", False, "months and minutes"),
        ("2000", "2000-01", False, "a year and its first month"),
        ("XXXX-WXX-1", "XXXX-WXX-2", False, "two weekdays"),
    ],
)
def test_values_that_say_the_same(one: str, other: str, same: bool, reason: str) -> None:
    assert times.same_value(one, other) == same, reason


@pytest.mark.parametrize("content", ["<TimeML>", "<TimeML><DCT/></TimeML>", "not xml"])
def test_gold_of_moments_in_another_shape(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.tml").write_text(content, encoding="utf-8")
    with pytest.raises(FormatError):
        times.score_times(tmp_path)


def test_entities_are_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("Monday", encoding="utf-8")
    doctype = f'<!DOCTYPE TimeML [<!ENTITY leak SYSTEM "{tmp_path / "secret"}">]>'
    (tmp_path / "a.tml").write_text(f"{doctype}<TimeML><TEXT>&leak;</TEXT></TimeML>", encoding="utf-8")
    (annotated,) = times.read_timeml(tmp_path)
    assert "Monday" not in annotated.document.text


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        quantities.measure([tmp_path / "none.json"])
    with pytest.raises(NotFoundError):
        times.score_times(tmp_path)


@pytest.mark.parametrize("module", [quantities, times], ids=["quantities", "times"])
def test_records_are_of_no_use(tmp_path: Path, module: object) -> None:
    with pytest.raises(SettingsError):
        module.measure([tmp_path], tmp_path / "records.jsonl")  # type: ignore[attr-defined]


def plover(folder: Path) -> Path:
    rows = [
        ("Velmar accused Norland of spying.", "Velmar", "Norland", "ACCUSE"),
        (
            "The Norland premier met his Velmar counterpart.",
            "The Norland premier",
            "his Velmar counterpart",
            "CONSULT",
        ),
        ("Norland threatened to attack Velmar.", "Norland", "Velmar", "AID"),
    ]
    path = folder / "plover.tsv"
    head = "sentence_id\tsentence\tsource\ttarget\tgold_root\n"
    path.write_text(
        head + "".join(f"{at}\t" + "\t".join(row) + "\n" for at, row in enumerate(rows)), encoding="utf-8"
    )
    return path


def geowebnews(folder: Path) -> Path:
    text = "Floods hit Berlin. Officials in Velmoria Springs said so, and the French left."
    marks = [("Berlin", "Literal", "2950159", 52.52, 13.41), ("French", "Demonym", "3017382", 46.0, 2.0)]
    toponyms = "".join(
        f"<toponym><start>{text.index(name)}</start><end>{text.index(name) + len(name)}</end><phrase>{name}</phrase>"
        f"<type>{kind}</type><geonamesID>{ident}</geonamesID><latitude>{y}</latitude><longitude>{x}</longitude></toponym>"
        for name, kind, ident, y, x in marks
    )
    path = folder / "places.xml"
    path.write_text(
        f'<articles><article file="1"><title>A</title><link>x</link><text>{text}</text><toponyms>{toponyms}</toponyms></article></articles>',
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(
    ("measure", "quantity", "value", "count"),
    [
        ("acts", "right", 66.67, 3),
        ("quantities", "unit", 100, 2),
        ("times", "value", 100, 1),
        ("places", "near", 100, 1),
    ],
)
def test_the_command_measures_what_statements_say(
    tmp_path: Path, measure: str, quantity: str, value: float, count: int
) -> None:
    if measure == "times":
        timeml(tmp_path, "a", "2024-05-03", 'He left <TIMEX3 tid="t1" value="2024-04-29">Monday</TIMEX3>.')
    sentence = ("Prices rose 3% to $5.", [("3.0", "%", "percentage"), ("5.0", "$", "dollar")])
    gold = {
        "acts": plover,
        "quantities": lambda folder: newsquant(folder, sentence),
        "times": lambda folder: folder,
        "places": geowebnews,
    }[measure](tmp_path)
    told = CliRunner().invoke(app, ["evaluate", measure, str(gold), "--json"])
    assert told.exit_code == 0
    answer = json.loads(told.stdout)
    assert answer["measure"] == measure
    assert (answer["scores"][quantity]["value"], answer["scores"][quantity]["count"]) == (value, count)
    table = CliRunner().invoke(app, ["evaluate", measure, str(gold)])
    assert table.exit_code == 0
    assert quantity in table.stdout
    assert f"{value:.2f}" in table.stdout


def test_a_place_found_where_the_gold_has_none_counts_as_wrong(tmp_path: Path) -> None:
    evaluation = places.measure([geowebnews(tmp_path)])
    spans = evaluation["spans"]
    assert (spans.precision, spans.recall) == (
        50,
        100,
    )  # Velmoria Springs is no gold; the nationality word is neither
    assert evaluation["country.wrong"].value == 0


def test_one_timeml_file_is_read_as_well_as_a_folder(tmp_path: Path) -> None:
    timeml(tmp_path, "a", "2024-05-03", 'He left <TIMEX3 tid="t1" value="2024-04-29">Monday</TIMEX3>.')
    timeml(tmp_path, "b", "2024-05-03", 'He left <TIMEX3 tid="t1" value="2020">Monday</TIMEX3>.')
    assert times.measure([tmp_path / "a.tml"])["value"].value == 100
    assert times.measure([tmp_path])["value"].value == 50


def test_a_quoted_field_of_plover_may_hold_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "plover.tsv"
    head = "sentence\tsource\ttarget\tgold_root\n"
    path.write_text(head + '"Velmar accused\nNorland."\tVelmar\tNorland\tACCUSE\n', encoding="utf-8")
    ((pair, root),) = acts.read_plover(path)
    assert (pair.text, pair.target, root) == ("Velmar accused\nNorland.", (15, 22), "ACCUSE")

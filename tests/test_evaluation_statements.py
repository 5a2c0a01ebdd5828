"""Statements are scored as worked by hand, and as the scorer beside the data does."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import onrecord
from onrecord.cli import app
from onrecord.errors import FormatError, LoadError, NotFoundError, SettingsError
from onrecord.evaluation import MEASURES, Score, measure_of
from onrecord.evaluation.brat import read_folder
from onrecord.evaluation.statements import Attributed, WordNumbers, measure, paired
from onrecord.render import json_line
from onrecord.types import Document, Failure, Report, Span, Statement

DATA = Path(os.environ["ONRECORD_DATA"]) if "ONRECORD_DATA" in os.environ else None

TEXT = "Vera Holt said that the bridge would close. “It is old,” she added. Rain was expected."
Parts = tuple[str | None, str | None, tuple[str, ...]]
GOLD: list[Parts] = [
    ("Vera Holt", "said", ("that the bridge would close",)),
    ("she", "added", ("“It is old,”",)),
    (None, "was expected", ("Rain",)),
]


def spans_of(parts: Parts) -> tuple[Span | None, Span | None, tuple[Span, ...]]:
    def find(words: str) -> Span:
        return Span.of(TEXT, TEXT.index(words), TEXT.index(words) + len(words))

    source, cue, content = parts
    return find(source) if source else None, find(cue) if cue else None, tuple(map(find, content))


def record_of(predicted: list[Parts], *, origin: str = "elsewhere/bridge.html", text: str = TEXT) -> Report:
    statements = [Statement(str(i), "direct", *spans_of(parts)) for i, parts in enumerate(predicted)]
    return Report(Document.of(text, origin=origin), tuple(statements))


def brat_of(gold: list[Parts]) -> str:
    lines: list[str] = []
    number = 0
    for event, parts in enumerate(gold, 1):
        source, cue, content = spans_of(parts)
        arguments = []
        for name, span in [
            ("Source", source),
            ("Cue", cue),
            *((f"Content{i or ''}", c) for i, c in enumerate(content)),
        ]:
            if span:
                number += 1
                label = name.rstrip("0123456789")
                lines.append(f"T{number}\t{label} {span.start} {span.end}\t{span.text}")
                arguments.append(f"{name}:T{number}")
        lines.append(f"E{event}\tAttribution:T{number} {' '.join(arguments)}")
    return "\n".join(lines) + "\n"


def write_gold(folder: Path, annotations: dict[str, str], text: str = TEXT) -> Path:
    for name in ("text", "attributions"):
        (folder / name).mkdir(parents=True)
    for name, lines in annotations.items():
        (folder / "attributions" / name).write_text(lines, encoding="utf-8", newline="")
        (folder / "text" / f"{name.rpartition('_')[0]}.txt").write_text(text, encoding="utf-8", newline="")
    return folder


def write_records(path: Path, *reports: Report) -> Path:
    path.write_text("".join(f"{json_line(report)}\n" for report in reports), encoding="utf-8")
    return path


CASES: list[tuple[str, list[Parts], dict[str, tuple[int, int, int]]]] = [
    (
        "all right",
        GOLD,
        {
            "cue.overlap": (3, 3, 3),
            "source.exact": (2, 2, 2),
            "tuple.exact": (3, 3, 3),
            "words.source": (3, 3, 3),
        },
    ),
    ("nothing found", [], {"cue.overlap": (0, 0, 3), "tuple.exact": (0, 0, 3), "words.content": (0, 0, 9)}),
    (
        "punctuation at the edges doesn't count",
        [("she", "added", ("It is old",))],
        {"content.exact": (1, 1, 3), "tuple.exact": (1, 1, 3)},
    ),
    (
        "a word less in the source: overlap, not exact",
        [("Holt", "said", ("that the bridge would close",))],
        {
            "source.overlap": (1, 1, 2),
            "source.exact": (0, 1, 2),
            "tuple.iou50": (1, 1, 3),
            "tuple.exact": (0, 1, 3),
        },
    ),
    (
        "three words of five are half, two are not",
        [("Vera Holt", "said", ("bridge would close",)), ("she", "added", ("old",))],
        {"content.iou50": (1, 2, 3), "tuple.iou50": (1, 2, 3), "content.exact": (0, 2, 3)},
    ),
    (
        "a source where there is none fails the whole",
        [("she", "was expected", ("Rain",))],
        {"cue.exact": (1, 1, 3), "source.overlap": (0, 1, 2), "tuple.iou50": (0, 1, 3)},
    ),
    (
        "another's content under the right cue isn't linked",
        [("Vera Holt", "said", ("“It is old,”",))],
        {"cue.overlap": (1, 1, 3), "content.iou50": (0, 1, 3), "words.content": (3, 3, 9)},
    ),
    (
        "without a cue it is paired by content, and no cue or tuple counts",
        [("Vera Holt", None, ("that the bridge would close",))],
        {
            "cue.overlap": (0, 1, 3),
            "content.exact": (1, 1, 3),
            "tuple.iou50": (0, 1, 3),
            "source.exact": (1, 1, 2),
        },
    ),
    (
        "two for one cue: the one that shares more is paired, the other counts as predicted",
        [("she", "said", ("close",)), ("Vera Holt", "said", ("that the bridge would close",))],
        {"cue.overlap": (1, 2, 3), "tuple.exact": (1, 2, 3)},
    ),
    (
        "content in pieces is the words of all pieces",
        [("Vera Holt", "said", ("that the", "would close"))],
        {"content.iou50": (1, 1, 3), "content.exact": (0, 1, 3)},
    ),
]


@pytest.mark.parametrize(("why", "predicted", "expected"), CASES, ids=[case[0] for case in CASES])
def test_cases_worked_by_hand(
    tmp_path: Path, why: str, predicted: list[Parts], expected: dict[str, tuple[int, int, int]]
) -> None:
    gold = write_gold(tmp_path / "gold", {"bridge_ann1.ann": brat_of(GOLD)})
    reports = write_records(tmp_path / "records.jsonl", record_of(predicted))
    evaluation = measure([gold], reports)
    for name, (right, found, marked) in expected.items():
        assert evaluation[name] == Score.of_counts(name, right=right, predicted=found, gold=marked), (
            why,
            name,
        )


def test_of_several_annotators_the_first_by_name_counts(tmp_path: Path) -> None:
    annotations = {"bridge_b.ann": brat_of([]), "bridge_a.ann": brat_of(GOLD), "bridge_c.ann": "T1\tbroken\n"}
    gold_reports = list(read_folder(write_gold(tmp_path / "gold", annotations)))
    assert [(item.stem, len(item.attributions)) for item in gold_reports] == [("bridge", 3)]


BRAT: list[tuple[str, str, int]] = [
    (
        "pieces in one line",
        "T1\tCue 10 14\tsaid\nT2\tContent 0 4;5 9\tVera Holt\nE1\tAttribution:T1 Cue:T1 Content:T2\n",
        1,
    ),
    (
        "Windows line ends",
        "T1\tCue 10 14\tsaid\r\nT2\tContent 0 4\tVera\r\nE1\tAttribution:T1 Cue:T1 Content:T2\r\n",
        1,
    ),
    ("words with a line end in them", "T1\tCue 10 14\tsaid\nThat\nE1\tA:T1 Cue:T1 Content:T1\n", 1),
    ("no content: marked for discussion", "T1\tDiscuss 10 14\tsaid\nE1\tDiscuss:T1\n", 0),
    ("notes and relations are passed over", "#1\tAnnotatorNotes T1\twhy\nR1\tx Arg1:T1\n", 0),
]


@pytest.mark.parametrize(("why", "lines", "count"), BRAT, ids=[case[0] for case in BRAT])
def test_brat_is_read_as_it_is_written(tmp_path: Path, why: str, lines: str, count: int) -> None:
    (gold_report,) = read_folder(write_gold(tmp_path / "gold", {"bridge_a.ann": lines}))
    assert len(gold_report.attributions) == count, why


BROKEN: list[tuple[str, str, str]] = [
    ("no offsets", "T1\tCue\tsaid\n", "line 1: expected"),
    ("offsets that aren't numbers", "T1\tCue a b\tsaid\n", "line 1: expected"),
    ("offsets beyond the text", "T1\tCue 10 9999\tsaid\n", "offsets up to"),
    (
        "an argument that points nowhere",
        "T1\tCue 1 2\ts\nE1\tA:T1 Cue:T7 Content:T1\n",
        "line 2: Cue:T7 points",
    ),
]


@pytest.mark.parametrize(("why", "lines", "said"), BROKEN, ids=[case[0] for case in BROKEN])
def test_a_broken_line_is_named(tmp_path: Path, why: str, lines: str, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        list(read_folder(write_gold(tmp_path / "gold", {"bridge_a.ann": lines})))


def test_wrong_folders_and_files_are_named(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold", {})
    wrong: list[tuple[Path, str]] = [
        (tmp_path / "none", "found no folder"),
        (tmp_path, "found no folder"),
        (gold, "found none"),
    ]
    for folder, said in wrong:
        with pytest.raises(NotFoundError, match=said):
            list(read_folder(folder))
    (gold / "attributions" / "lost_a.ann").write_text("")
    with pytest.raises(NotFoundError, match=r"lost\.txt"):
        list(read_folder(gold))
    (gold / "text" / "lost.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(FormatError, match="expected UTF-8"):
        list(read_folder(gold))


@pytest.mark.parametrize(
    "line", ["{", "[]", "7", '{"schema": "other/1"}', '{"schema": "onrecord/1"}', "[" * 100_000]
)
def test_a_line_that_is_no_record_is_named(tmp_path: Path, line: str) -> None:
    gold = write_gold(tmp_path / "gold", {"bridge_a.ann": brat_of(GOLD)})
    reports = write_records(tmp_path / "records.jsonl", record_of(GOLD))
    with reports.open("a") as file:
        file.write(f"\n{line}\n")
    with pytest.raises(FormatError, match="line 3: expected a report"):
        measure([gold], reports)


def test_notes_say_what_was_missing_or_of_another_text(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold", {"bridge_a.ann": brat_of(GOLD), "dam_a.ann": brat_of(GOLD)})
    reports = write_records(tmp_path / "records.jsonl", record_of([], text="Another text altogether."))
    notes = measure([gold], reports).notes
    assert "no report for 1 of 2 reports, dam among them" in notes[0]
    assert "bridge among them, is of another text" in notes[1]


def test_texts_are_read_where_no_records_are_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gold = write_gold(tmp_path / "gold", {"bridge_a.ann": brat_of(GOLD), "dam_a.ann": brat_of(GOLD)})

    def read_many(inputs: list[str]) -> Iterator[Report | Failure]:
        for origin in inputs:
            if "dam" in origin:
                yield Failure(origin, LoadError(origin, "broken"))
            else:
                yield record_of(GOLD, origin=origin)

    monkeypatch.setattr(onrecord, "read_many", read_many, raising=False)
    evaluation = measure([gold])
    assert (evaluation["tuple.exact"].precision, evaluation["tuple.exact"].recall) == (100, 50)
    assert [str(failure).endswith("dam.txt: broken") for failure in evaluation.failures] == [True]
    result = CliRunner().invoke(app, ["evaluate", "statements", str(gold)])
    assert result.exit_code == 3
    assert "dam.txt: broken" in result.stderr


def test_the_command_prints_a_table_or_json(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold", {"bridge_a.ann": brat_of(GOLD)})
    reports = write_records(tmp_path / "records.jsonl", record_of(GOLD[:2]))
    arguments = ["evaluate", "statements", str(gold), "--reports", str(reports)]
    table = CliRunner().invoke(app, arguments)
    assert table.exit_code == 0
    assert "tuple.iou50 100.00 66.67 80.00 3" in " ".join(table.stdout.split())
    answer = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout)
    assert answer["scores"]["tuple.iou50"] == {
        "value": 80.0,
        "precision": 100.0,
        "recall": 66.67,
        "count": 3,
    }
    for wrong in (["evaluate", "nonsense", str(gold)], ["evaluate", "statements", str(tmp_path)]):
        result = CliRunner().invoke(app, wrong)
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_names_gold_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(LoadError, match="not-there"):
        measure_of(name)([tmp_path / "not-there"], None)


def test_a_measure_that_there_is_not_is_named() -> None:
    with pytest.raises(SettingsError, match="statements"):
        measure_of("truth")


words = st.frozensets(st.integers(0, 9), max_size=4)
attributed = st.lists(st.builds(Attributed, words, words.filter(bool), words.filter(bool)), max_size=8)


@given(attributed, attributed)
def test_pairs_are_one_to_one_and_share_a_cue(gold: list[Attributed], predicted: list[Attributed]) -> None:
    pairs = paired(gold, predicted)
    assert len(pairs) <= min(len(gold), len(predicted))
    for left, right in pairs:
        assert left.cue & right.cue
    left_over = [item for item in gold if item not in [left for left, _ in pairs]]
    still = [item for item in predicted if item not in [right for _, right in pairs]]
    assert not any(a.cue & b.cue for a in left_over for b in still), "none is left that could be paired"


@given(attributed)
def test_gold_against_itself_is_perfect(gold: list[Attributed]) -> None:
    unique = list(dict.fromkeys(gold))
    assert len(paired(unique, unique)) == len(unique)


@given(st.text("ab’'. ,“”", max_size=30), st.data())
def test_touched_words_are_those_that_share_a_character(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    touched = WordNumbers(text).touched([(start, end)])
    whole = WordNumbers(text).touched([(0, len(text))])
    assert touched <= frozenset(range(len(text)))
    if any(character.isalnum() for character in text[start:end]):
        assert touched <= whole
        assert touched


def figures_of_scorer(data: Path, gold: Path, reports: Path) -> dict[str, float]:
    """What the scorer beside the data says; its last line is JSON."""
    scorer = data.parent / "score" / "score.py"
    if not scorer.exists():
        pytest.skip("no scorer beside the data")
    command = [sys.executable, str(scorer), "statements", str(gold), str(reports)]
    done = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    scores: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return scores


def perturbed(gold: Path, seed: int) -> Iterator[Report]:
    """The gold as records, with statements lost, doubled and stripped of parts, edges moved, and contents cut
    in two."""
    dice = random.Random(seed)
    for gold_report in read_folder(gold):
        made: list[Statement] = []
        for attribution in gold_report.attributions:
            for _ in range(dice.choice([0, 1, 1, 1, 1, 1, 2])):
                parts = [
                    [moved(pair, len(gold_report.text), dice) for pair in part]
                    for part in (attribution.source, attribution.cue, attribution.content)
                ]
                source, cue, content = (
                    [Span.of(gold_report.text, *pair) for pair in apart(part)] for part in parts
                )
                if dice.random() < 0.1:
                    cue = []
                if dice.random() < 0.1:
                    source = []
                first = (source[0] if source else None, cue[0] if cue else None)
                made.append(Statement(str(len(made)), "direct", *first, tuple(content)))
        dice.shuffle(made)
        if dice.random() < 0.95:
            yield Report(Document.of(gold_report.text, origin=f"x/{gold_report.stem}.txt"), tuple(made))


def moved(pair: tuple[int, int], length: int, dice: random.Random) -> tuple[int, int]:
    if dice.random() < 0.6:
        return pair
    start = max(0, min(length - 1, pair[0] + dice.randint(-12, 12)))
    return start, max(start + 1, min(length, pair[1] + dice.randint(-12, 12)))


def apart(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted(pairs):
        start = max(start, out[-1][1]) if out else start
        if start < end:
            out.append((start, end))
    return out


@pytest.mark.skipif(DATA is None, reason="ONRECORD_DATA doesn't name the data")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_agree_with_the_scorer_beside_the_data(tmp_path: Path, seed: int) -> None:
    assert DATA is not None
    gold = DATA / "polnear" / "dev"
    reports = write_records(tmp_path / "records.jsonl", *perturbed(gold, seed))
    theirs = figures_of_scorer(DATA, gold, reports)
    ours = measure([gold], reports)
    assert {score.name: round(score.value, 2) for score in ours.scores} == theirs
    assert 20 < ours["tuple.iou50"].value < 95, "perturbed enough to tell, not so much that all is lost"

"""Chains are scored as worked by hand: the example of Pradhan et al. (ACL 2014), and cases where each measure has a known answer."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import FormatError, NotFoundError, SettingsError
from onrecord.evaluation.chains import Chain, Sums, assign, b_cubed, ceaf_e, muc
from onrecord.evaluation.conllu import ChainedText, NounPhrase, read_chained
from onrecord.evaluation.coreference import measure, scores_of


def chains(words: str) -> list[Chain]:
    """Chains of one-letter mentions: "abc defg"."""
    return [frozenset(word) for word in words.split()]


@pytest.mark.parametrize(
    ("reason", "gold", "found", "expected"),
    [
        # recall and precision of MUC, B³ and CEAF-e
        ("the published example", "abc defg", "ab cd fghi", ((2 / 5, 2 / 5), (35 / 12 / 7, 4 / 8), (1.3 / 2, 1.3 / 3))),
        ("all right", "abc de", "de abc", ((1, 1), (1, 1), (1, 1))),
        ("nothing found", "abc", "", ((0, 0), (0, 0), (0, 0))),
        ("all in one chain", "ab cd", "abcd", ((1, 2 / 3), (1, 1 / 2), ((4 / 6) / 2, 4 / 6))),
        ("one chain cut in two", "abcd", "ab cd", ((2 / 3, 1), (1 / 2, 1), (4 / 6, (4 / 6) / 2))),
        ("nothing in common", "ab", "cd", ((0, 0), (0, 0), (0, 0))),
        ("a mention too many", "ab", "abc", ((1, 1 / 2), (1, 4 / 9 * 1), (4 / 5, 4 / 5))),
    ],
)  # fmt: skip
def test_measures_as_worked_by_hand(
    reason: str, gold: str, found: str, expected: tuple[tuple[float, float], ...]
) -> None:
    for measured, (recall, precision) in zip((muc, b_cubed, ceaf_e), expected, strict=True):
        sums = measured(chains(gold), chains(found))
        assert (sums.recall, sums.precision) == pytest.approx((recall, precision)), (
            reason,
            measured.__name__,
        )


CHAINS = st.lists(
    st.lists(st.integers(0, 20), min_size=1, max_size=5, unique=True).map(frozenset), max_size=6
).map(
    lambda found: [
        frozenset((place, m) for m in chain) if place % 2 else chain for place, chain in enumerate(found)
    ]
)


def disjoint(found: list[Chain]) -> list[Chain]:
    """The chains, each without what an earlier one has."""
    seen: set[object] = set()
    out = []
    for chain in found:
        if rest := chain - seen:
            out.append(rest)
        seen |= chain
    return out


@given(gold=CHAINS, found=CHAINS)
def test_recall_one_way_is_precision_the_other(gold: list[Chain], found: list[Chain]) -> None:
    gold, found = disjoint(gold), disjoint(found)
    for measured in (muc, b_cubed, ceaf_e):
        there, back = measured(gold, found), measured(found, gold)
        assert there.recall == pytest.approx(back.precision)
        assert there.precision == pytest.approx(back.recall)
        assert 0 <= there.f1 <= 1 + 1e-9


@given(seed=st.integers(0, 10_000), rows=st.integers(1, 5), more=st.integers(0, 2))
def test_the_assignment_is_the_cheapest(seed: int, rows: int, more: int) -> None:
    dice = random.Random(seed)
    costs = np.array([[dice.random() for _ in range(rows + more)] for _ in range(rows)])
    found = assign(costs)
    assert len(set(found)) == rows
    cheapest = min(
        sum(costs[row, column] for row, column in enumerate(columns))
        for columns in itertools.permutations(range(rows + more), rows)
    )
    assert sum(costs[row, column] for row, column in enumerate(found)) == pytest.approx(cheapest)


def test_sums_add_over_documents() -> None:
    total = Sums(1, 2, 1, 4) + Sums(1, 2, 3, 4)
    assert (total.precision, total.recall) == (0.5, 0.5)
    assert Sums().f1 == 0


FILE = """\
# newdoc id = tide
# meta::genre = news
# newpar
# text = Ana Orr's boat sank.
1\tAna\t_\t_\t_\t_\t4\t_\t_\tEntity=(2-object-new-x-1-coref(1-person-new-x-1-coref
2-3\tOrr's\t_\t_\t_\t_\t_\t_\t_\t_
2\tOrr\t_\t_\t_\t_\t1\t_\t_\tEntity=1)
3\t's\t_\t_\t_\t_\t1\t_\t_\t_
4\tboat\t_\t_\t_\t_\t5\t_\t_\tEntity=2)
5\tsank\t_\t_\t_\t_\t0\t_\t_\tSpaceAfter=No
5.1\tthen\t_\t_\t_\t_\t0\t_\t_\t_
6\t.\t_\t_\t_\t_\t5\t_\t_\t_

# newpar
# text = She ran.
1\tShe\t_\t_\t_\t_\t2\t_\t_\tEntity=(1-person-giv-x-1-ana)
2\tran\t_\t_\t_\t_\t0\t_\t_\tSpaceAfter=No
3\t.\t_\t_\t_\t_\t2\t_\t_\t_
"""


def test_noun_phrases_are_read_from_conllu(tmp_path: Path) -> None:
    (tmp_path / "tide.conllu").write_text(FILE, encoding="utf-8")
    (read,) = read_chained(tmp_path)
    assert (read.name, read.genre, read.text) == ("tide", "news", "Ana Orr's boat sank.\nShe ran.")
    words = [sorted(read.text[start:end] for start, end in chain) for chain in read.chains]
    assert sorted(words) == [["Ana Orr", "She"], ["Ana Orr's boat"]]


@pytest.mark.parametrize(
    ("reason", "file", "words", "error"),
    [
        ("no file", None, None, NotFoundError),
        ("too few fields", "x.conllu", "1\tAna\n", FormatError),
        ("not UTF-8", "x.conllu", b"\xff\xfe", FormatError),
    ],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, reason: str, file: str | None, words: str | bytes | None, error: type[Exception]
) -> None:
    if file and words is not None:
        (tmp_path / file).write_bytes(words if isinstance(words, bytes) else words.encode())
    with pytest.raises(error):
        list(read_chained(tmp_path))


def test_records_hold_no_noun_phrases(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        measure([tmp_path], tmp_path / "records.jsonl")


def test_singletons_are_left_out_and_nested_phrases_count() -> None:
    spans = {"1": [(0, 3), (9, 12)], "2": [(0, 9), (20, 22)], "3": [(30, 31)]}
    noun_phrases = [
        NounPhrase(*span, *span, "person", entity) for entity, own in spans.items() for span in own
    ]
    gold = ChainedText("a", "news", "", tuple(noun_phrases))
    found = [[frozenset([(0, 3), (9, 12)]), frozenset([(0, 9)]), frozenset([(40, 41)])]]
    by_name = {score.name: score for score in scores_of("x", [gold], found, [0])}
    assert by_name["x: mentions"].count == 4, "two chains of two; what is spoken of once doesn't count"
    assert by_name["x: mentions"].precision == 100
    assert by_name["x: MUC"].recall == 50
    kept = {score.name: score for score in scores_of("x", [gold], found, [0], least=1)}
    assert kept["x: mentions"].count == 5

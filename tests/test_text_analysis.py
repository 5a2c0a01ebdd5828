"""The analysis of a text: each part found once, and the same as by the functions that it stands for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.loaders import document_of
from onrecord.pipeline import Pipeline
from onrecord.text import analyze
from onrecord.text.intervals import IntervalIndex, overlap, without_overlaps

RANGES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=40,
)


@given(RANGES, st.integers(0, 80), st.integers(1, 30))
def test_an_index_finds_what_a_scan_finds(ranges: list[tuple[int, int]], start: int, size: int) -> None:
    span = (start, start + size)
    expected = [one for one in sorted(ranges) if overlap(one, span)]
    index = IntervalIndex(ranges)
    assert list(index.overlapping(span)) == expected
    assert index.overlaps(span) == bool(expected)


@given(RANGES, RANGES)
def test_what_is_kept_overlaps_nothing(items: list[tuple[int, int]], taken: list[tuple[int, int]]) -> None:
    kept = without_overlaps(items, lambda item: item, taken)
    for number, one in enumerate(kept):
        assert not any(overlap(one, other) for other in [*taken, *kept[:number]])
    for one in items:
        assert one in kept or any(overlap(one, other) for other in [*taken, *kept])


def test_a_span_below_many_nested_ranges_is_seen() -> None:
    """A transcript's turn with twelve statements in it: the turn, begun long before, still overlaps what stands behind them."""
    turn = (0, 1000)
    inner = [(10 * number, 10 * number + 5) for number in range(1, 13)]
    assert IntervalIndex([turn, *inner]).overlaps((500, 510))


TEXT = "“The dam holds,” Mara Holm said. “We measured it.”\n\nHe left. “It ‘holds’,” she said."


@pytest.mark.parametrize(
    ("start", "end", "depths", "why"),
    [
        (0, 5, [0], "inside the first quotation"),
        (20, 30, [], "between two quotations"),
        (10, 40, [0, 0], "from one into the next"),
        (66, 67, [0, 1], "inside a nested one"),
        (len(TEXT) - 3, len(TEXT), [], "behind the last"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_quotations_over_a_range(start: int, end: int, depths: list[int], why: str) -> None:
    assert [quotation.depth for quotation in analyze(TEXT).quotations_over(start, end)] == depths


def test_each_part_is_found_once_for_a_report(monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.text import analysis

    texts = []
    for name in ("split_paragraphs", "find_quotations", "split_sentences", "tokenize", "split_passages"):
        original = getattr(analysis, name)

        def counted(text: str, *rest: object, name: str = name, original: object = original) -> object:
            texts.append((name, text, *(rest if name in ("split_sentences", "tokenize") else ())))
            return original(text, *rest)  # type: ignore[operator]

        monkeypatch.setattr(analysis, name, counted)
    document = document_of(TEXT)
    Pipeline.load().read(document)
    own = [call for call in texts if call[1] == document.text]
    assert {call[0] for call in own} == {
        "split_paragraphs",
        "find_quotations",
        "split_sentences",
        "tokenize",
        "split_passages",
    }
    assert len(own) == len(set(own)), "something is found twice"

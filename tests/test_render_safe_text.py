"""Text that may hold anything is safe to look at, and keeps its offsets."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import harbour, report
from onrecord.errors import ReportError
from onrecord.render import json_line, one_line, visible
from onrecord.types import Claim, Report, Span

ANY_TEXT = st.text(st.characters(exclude_categories=()))

CASES = [
    ("plain", "plain", "nothing to do"),
    ("a\x1b[2Jb", "a␛[2Jb", "a terminal's escape sequence is shown, not obeyed"),
    ("a\x9b31mb", "a\ufffd31mb", "its one-byte form too"),
    ("a\x00b\x07", "a␀b␇", "other controls"),
    ("\x7f", "␡", "delete"),
    (
        "a\u202eb\u2066c",
        "a\ufffdb\ufffdc",
        "directional overrides and isolates can show a line in another order",
    ),
    ("\u200e\u05d0\u200f", "\u200e\u05d0\u200f", "directional marks and letters are ordinary text"),
    ("\ud800x", "\ufffdx", "a lone surrogate can't be encoded"),
    ("a\tb\r\nc", "a\tb\r\nc", "tabs and line ends stay"),
    ("a\u2028b\x85c\x0cd", "a b c d", "other separators are spaces"),
]


@pytest.mark.parametrize(("text", "shown", "why"), CASES)
def test_controls_are_visible(text: str, shown: str, why: str) -> None:
    assert visible(text) == shown, why


@given(ANY_TEXT)
def test_visible_text_is_as_long_and_can_be_encoded(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    shown.encode("utf-8")
    assert all(character in "\t\r\n" or ord(character) >= 0x20 for character in shown)


@given(ANY_TEXT)
def test_one_line_has_no_line_ends(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


@given(ANY_TEXT)
def test_a_line_of_json_is_safe_and_exact(text: str) -> None:
    made = report(text, origin=text)
    line = json_line(made)
    line.encode("utf-8")
    assert len(line.splitlines()) == 1
    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in line)
    assert Report.from_dict(json.loads(line)) == made


def test_text_beyond_ascii_stays_readable_in_json() -> None:
    assert "“They knew by the third of March,”" in json_line(harbour())


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (float("inf"), "JSON has no infinity"),
        (float("nan"), "nor nan"),
        (10**5000, "too long for any reader"),
    ],
    ids=["inf", "nan", "long"],
)
def test_a_number_that_json_cannot_hold_is_named(value: float, why: str) -> None:
    made = report("40 cats", claims=(Claim(None, "quantity", Span(0, 2, "40"), value),), origin="cats.txt")
    with pytest.raises(ReportError, match=r"cats\.txt: expected numbers"):
        json_line(made)

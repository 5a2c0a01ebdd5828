"""Two wordings side by side: what is one quotation, what changed in it, and what is another."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented import span
from onrecord.link import Wording, align, word_statement
from onrecord.link.alignment import Alignment
from onrecord.link.claims import is_same_claim
from onrecord.link.wording import same_speaker
from onrecord.types import Document, Speaker, Statement

SAID = "We will rebuild the old harbour wall before winter and nobody will lose a home"


def wording(content: str, source: str | None = None, kind: Any = None) -> Wording:
    """A statement that is all of a text, by a source named before it."""
    text = f"{source or ''}: {content}"
    document = Document.of(text, origin="x")
    statement = Statement(
        "1", "indirect", span(text, source) if source else None, None, (span(text, content),)
    )
    speaker = Speaker("s1", source or "", (), kind, None, None, ()) if kind else None
    return word_statement(document, statement, speaker)


def compare(left: str, right: str) -> Alignment | None:
    return align(wording(left), wording(right))


ALIGNED = [
    (SAID, "exact", (), "the same"),
    (SAID.capitalize() + "!", "exact", (), "case and a mark"),
    ("“We will rebuild the old harbour wall — before winter — and nobody will lose a home”", "exact", (), "marks"),
    ("We will rebuild the old wall before winter and nobody will lose a home", "aligned", (), "a word dropped"),
    ("We shall rebuild the old harbour wall before the winter and nobody will lose a home", "aligned", (), "small words"),
    ("We will not rebuild the old harbour wall before winter and nobody will lose a home", "aligned", ("negation",), "a not"),
    ("We won't rebuild the old harbour wall before winter and nobody will lose a home", "aligned", ("negation",), "a contraction"),
    ("We will rebuild the old harbour wall before winter and two families will lose a home", "aligned", ("figure", "negation"), "a number for nobody"),
    ("nobody will lose a home and we will rebuild the old harbour wall before winter", "moved", (), "clauses swapped"),
    ("rebuild the old harbour wall before winter", "part", (), "a part of it"),
    (f"{SAID}. But we can't do it without help from the ministry", "part", (), "something said besides"),
    (f"{SAID[:-1]}es. But we can't do it without help", "part", (), "another ending, and something said besides"),
    (f"It isn't so that {SAID}", "part", ("negation",), "a negation of all of it"),
    ("She said that rebuild the old harbour wall before winter, as the council had asked for years and years", None, (), "a part in a longer one"),
    ("We will close the new railway station after summer and many will find a job", None, (), "the same frame, other words"),
    ("Rain is expected in the hills on most days of the week", None, (), "something else"),
    ("We will", None, (), "two words"),
    ("", None, (), "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("other", "how", "changes", "reason"), ALIGNED[:-1], ids=[reason for *_, reason in ALIGNED[:-1]]
)
def test_align(other: str, how: str | None, changes: tuple[str, ...], reason: str) -> None:
    found = compare(SAID, other)
    assert (found.how if found else None) == how
    assert found is None or found.changes == changes


FIGURES = [
    ("14 people were hurt when the old crane fell on the quay", "15 people were hurt when the old crane fell on the quay", True, "a number"),
    ("fourteen people were hurt when the old crane fell on the quay", "14 people were hurt when the old crane fell on the quay", False, "one number in words and digits"),
    ("the fund has $5 million left for the harbour wall and the quay", "the fund has $5 billion left for the harbour wall and the quay", True, "a scale"),
    ("the fund has $5 million left for the harbour wall and the quay", "the fund has 5 million dollars left for the harbour wall and the quay", False, "money written otherwise"),
    ("about 40 percent of the boats have left the harbour since spring", "40 miles of the boats have left the harbour since spring", True, "a unit"),
    ("the wall was built in 2015 with stones from the old harbour", "the wall was built in 2016 with stones from the old harbour", True, "a year"),
    ("the ferry leaves the old harbour on Tuesday with the last families", "the ferry leaves the old harbour on Friday with the last families", True, "a day"),
    ("40 boats went down Route 66 past the old harbour since spring", "40 boats went down Route 67 past the old harbour since spring", True, "a number that is a name"),
    ("the ferry leaves the old harbour on Tuesday with the last families", "the ferry leaves the old harbour with the last families", False, "a day left out"),
    ("the ferry may leave the old harbour with the last families", "the ferry might leave the old harbour with the last families", False, "may is no month here"),
    ("at least 40 boats have left the old harbour since spring", "40 boats have left the old harbour since spring", True, "a bound"),
    ("the wall and the quay cost three million crowns last spring", "the wall and the quay cost millions of crowns last spring", True, "a number made vague"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right", "changed", "reason"), FIGURES, ids=[reason for *_, reason in FIGURES]
)
def test_a_changed_figure_is_seen(left: str, right: str, changed: bool, reason: str) -> None:
    for found in (compare(left, right), compare(right, left)):
        assert found is not None
        assert ("figure" in found.changes) == changed


NAMES = [
    ("the council told Ana Lind to leave the old harbour wall before winter", "the council told Milo Okafor to leave the old harbour wall before winter", True, "another name"),
    ("the council told Ana Lind to leave the old harbour wall before winter", "the council told Lind to leave the old harbour wall before winter", False, "a shorter name"),
    ("the council told Ana Lind to leave the old harbour wall before winter", "the council told her to leave the old harbour wall before winter", False, "a pronoun"),
    ("Boats of Kessia have left the old harbour for good", "Boats of Velmora have left the old harbour for good", True, "another country"),
    ("the old harbour wall was sold to Mr. Lind and his sons", "the old harbour wall was sold to Mr. Okafor and his sons", True, "behind a title"),
    ("Nets hang along the old harbour wall since spring", "Sails hang along the old harbour wall since spring", False, "a word at the beginning is no name"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "changed", "reason"), NAMES, ids=[reason for *_, reason in NAMES])
def test_a_changed_name_is_seen(left: str, right: str, changed: bool, reason: str) -> None:
    found = compare(left, right)
    assert found is not None
    assert ("name" in found.changes) == changed


def test_differences_are_the_words_that_differ() -> None:
    left, right = (
        wording(SAID),
        wording("We shall rebuild the harbour wall before winter and nobody here will lose a home"),
    )
    found = align(left, right)
    assert found is not None
    shown = [
        tuple(
            side and words.document.text[slice(*side)]
            for side, words in zip((item.left, item.right), (left, right), strict=True)
        )
        for item in found.differences
    ]
    assert shown == [("will", "shall"), ("old", None), (None, "here")]


words = st.lists(
    st.sampled_from(
        [
            "the",
            "old",
            "harbour",
            "wall",
            "14",
            "40,000",
            "Ana",
            "Lind",
            "not",
            "will",
            "Tuesday",
            "boats",
            "“crane”",
            "left",
            "fell",
            "won't",
            "2015",
        ]
    ),
    max_size=25,
).map(" ".join)


@given(words, words)
def test_aligning_is_the_same_from_both_sides_and_points_into_the_texts(left: str, right: str) -> None:
    first, second = wording(left or "?"), wording(right or "?")
    there, back = align(first, second), align(second, first)
    assert (there is None) == (back is None)
    if there is None or back is None:
        return
    assert set(there.changes) == set(back.changes)
    assert 0 < there.score <= 1
    for side, words in ((there.left, first), (there.right, second)):
        assert 0 <= side[0] < side[1] <= len(words.document.text)
    assert (there.how == "exact") == (not there.differences and there.how not in ("moved", "part"))


@given(words)
def test_a_wording_is_itself(text: str) -> None:
    found = compare(text or "?", text or "?")
    assert found is None or (found.how, found.score, found.changes, found.differences) == (
        "exact",
        1.0,
        (),
        (),
    )


SPEAKERS = [
    ("Ilse Tarnow", "Tarnow", True, "a surname"),
    ("Foreign Minister Ilse Tarnow", "Ms. Tarnow", True, "titles"),
    ("Ilse Tarnow", "Jon Tarnow", False, "a surname that two have"),
    ("Ilse Tarnow", "Milo Okafor", False, "another name"),
    ("Ilse Tarnow", "she", None, "a pronoun"),
    ("officials in the capital", "the ministry", None, "no name on either side"),
    ("Tarnow’s", "Tarnow", True, "a possessive"),
]


@pytest.mark.parametrize(
    ("left", "right", "same", "reason"), SPEAKERS, ids=[reason for *_, reason in SPEAKERS]
)
def test_same_speaker(left: str, right: str, same: bool | None, reason: str) -> None:
    assert same_speaker(wording("no", left), wording("no", right)) is same
    assert same_speaker(wording("no", right), wording("no", left)) is same


def test_an_unnamed_speaker_is_nobody_in_particular() -> None:
    assert same_speaker(wording("no", "An Official", "unnamed"), wording("no", "An Official")) is None


CLAIMS = [
    ("the old harbour fund lost 3 percent of its money", "3 percent of the old harbour fund's money is lost", True, "other words"),
    ("the old harbour fund lost 3 percent of its money", "5 percent of the old harbour fund's money is lost", False, "another figure"),
    ("the old harbour fund lost 3 percent of its money", "some of the old harbour fund's money is lost", False, "a figure left out"),
    ("the old harbour fund lost money again", "the old harbour fund lost no money again", False, "a negation"),
    ("the old harbour fund never lost money", "the old harbour fund has not lost its money", True, "two ways to negate"),
    ("the old harbour fund was robbed by Mr. Lind", "the old harbour fund was robbed by Mr. Okafor", False, "another name"),
    ("the old wall was built in 2015 by the harbour fund", "in 2016 the harbour fund built the old wall", False, "another year"),
    ("the old harbour fund lost money again", "boats and cranes went missing from all quays", False, "hardly a word in common"),
    ("Senator Ana Brandt-Lind of North Velmora", "Ana Brandt-Lind, Senator, North Velmora", False, "a name, no claim"),
    ("the harbour fund's money", "the harbour fund money", False, "a theme, no claim"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "same", "reason"), CLAIMS, ids=[reason for *_, reason in CLAIMS])
def test_near_in_meaning_is_the_same_claim_only_where_nothing_tells_them_apart(
    left: str, right: str, same: bool, reason: str
) -> None:
    assert is_same_claim(wording(left, "Ilse Tarnow"), wording(right, "Tarnow"), 0.95) is same


@pytest.mark.parametrize(
    ("source", "cosine", "same"),
    [
        ("Tarnow", 0.8, True),
        ("Tarnow", 0.5, False),
        ("Okafor", 0.99, False),
        ("she", 0.8, False),
        ("she", 0.95, True),
    ],
)
def test_who_is_behind_it_decides_how_near_is_near(source: str, cosine: float, same: bool) -> None:
    left = wording("the old harbour fund lost money again", "Ilse Tarnow")
    right = wording("the old harbour fund has lost its money", source)
    assert is_same_claim(left, right, cosine) is same

"""Two wordings side by side: what is one quotation, what changed in it, and what is another."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from invented import span
from onrecord.linking import Wording, align, wording_of_statement
from onrecord.linking.alignment import Alignment
from onrecord.linking.content_type import content_type_of
from onrecord.linking.filters import passes_filters
from onrecord.linking.same_claim import WordSimilarity, is_same_claim
from onrecord.linking.wording import same_speaker
from onrecord.types import Document, Speaker, Statement

SAID = "We will rebuild the old harbour wall before winter and nobody will lose a home"


def wording(
    content: str,
    source: str | None = None,
    kind: Any = None,
    act: str | None = None,
    aliases: tuple[str, ...] = (),
) -> Wording:
    """A statement that is all of a text, by a source named before it."""
    text = f"{source or ''}: {content}"
    document = Document.of(text, origin="x")
    statement = Statement(
        "1", "indirect", span(text, source) if source else None, None, (span(text, content),), act=act
    )
    speaker = Speaker("s1", source or "", aliases, kind, None, None, ()) if kind else None
    return wording_of_statement(document, statement, speaker)


def vectors(texts: list[str]) -> NDArray[np.float32]:
    """Each word its own direction, but for those that are near: "fund" and "treasury"."""
    near = {"treasury": "fund", "vanished": "lost", "restore": "rebuild"}
    made = np.zeros((len(texts), 256), dtype=np.float32)
    for row, text in zip(made, texts, strict=True):
        row[zlib.crc32(near.get(text, text).encode()) % 256] = 1
    return made


CLOSENESS = WordSimilarity(vectors, lambda tokens: dict.fromkeys(tokens, 1), lambda: 100)


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
    ("We will rebuild the old harbour wall before winter and two families will lose a home", "aligned", ("quantity", "negation"), "a number for nobody"),
    ("nobody will lose a home and we will rebuild the old harbour wall before winter", "moved", (), "clauses swapped"),
    ("rebuild the old harbour wall before winter", "part", (), "a part of it"),
    (f"{SAID}. But we can't do it without help from the ministry", "part", (), "something said besides"),
    (f"{SAID[:-1]}es. But we can't do it without help", "part", (), "another ending, and something said besides"),
    (f"{SAID}. Not fair!", "part", (), "another sentence is no change of this one"),
    (f"A wall is a wall. And a home is not a bridge. {SAID}", "part", (), "sentences before it"),
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
        assert ("quantity" in found.changes) == changed


NAMES = [
    ("the council told Ana Lind to leave the old harbour wall before winter", "the council told Milo Okafor to leave the old harbour wall before winter", True, "another name"),
    ("the council told Ana Lind to leave the old harbour wall before winter", "the council told Lind to leave the old harbour wall before winter", False, "a shorter name"),
    ("the council told Ana Lind to leave the old harbour wall before winter", "the council told her to leave the old harbour wall before winter", False, "a pronoun"),
    ("Boats of Kessia have left the old harbour for good", "Boats of Velmora have left the old harbour for good", True, "another country"),
    ("the council sold Lind‘s boats and nets to the old harbour", "the council sold Lind's boats and nets to the old harbour", False, "another apostrophe"),
    ("Velmora's best old boats left the harbour wall", "the ships of Velmora's old boats left the harbour wall", False, "the same name"),
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


SHAPES = [
    ("that the harbour fund lost money", "clause", "a past form"),
    ("the council opposes the new wall", "clause", "a present form before an article"),
    ("she left the harbour", "clause", "a pronoun as subject"),
    ("selling the quay was wrong", "clause", "a verb behind what is done"),
    ("to rebuild the harbour wall", "action", "an infinitive"),
    ("not to leave the harbour", "action", "an infinitive that is negated"),
    ("selling the quay to strangers", "action", "no verb behind what is done"),
    ("a plan to sell the quay", "noun_phrase", "a noun with an infinitive"),
    ("the boats that would leave the harbour", "noun_phrase", "a verb of a relative clause only"),
    (
        "the boats that would leave the harbour are old",
        "clause",
        "a verb besides that of the relative clause",
    ),
    ("the speeches she gave in the harbour", "noun_phrase", "a relative clause without its word"),
    ("the council's old quay", "noun_phrase", "a genitive"),
    ("“the wall is old”", "clause", "quotation marks"),
    ("", "noun_phrase", "nothing"),
]


@pytest.mark.parametrize(("text", "shape", "reason"), SHAPES, ids=[reason for *_, reason in SHAPES])
def test_what_words_are(text: str, shape: str, reason: str) -> None:
    assert content_type_of(text) == shape


THEME = "the plan to sell the old harbour quay to strangers"
CLAUSE = "the harbour fund lost most of its money before winter"
MENTIONS = [
    ((THEME, "Ilse Tarnow"), (THEME, "Milo Okafor"), False, "a theme in two mouths"),
    ((THEME, "Ilse Tarnow"), (THEME, "the council"), False, "a theme in the mouth of nobody named"),
    ((THEME, "Ilse Tarnow"), (THEME, "Tarnow"), True, "a theme of one speaker"),
    ((THEME, "Ilse Tarnow", "person", "support"), (THEME, "Tarnow", "person", "reject"), False, "for it and against it"),
    ((CLAUSE, "Ilse Tarnow"), (CLAUSE, "Milo Okafor"), True, "a clause in two mouths"),
    ((f"“{THEME}”", "Ilse Tarnow"), (THEME, "Milo Okafor"), True, "a quotation that another repeats"),
    ((f"the plan to “sell” {THEME[17:]}", "Ilse Tarnow"), (THEME, "Milo Okafor"), False, "one word in quotation marks"),
    (("they want the old harbour quay to remain", "members"), ("they want the old harbour quay to remain", "guests"), False, "each of themselves"),
    ((f"{THEME} who had never paid a harbour fee", "Ilse Tarnow"), (f"{THEME} who had never paid a harbour fee", "Milo Okafor"), True, "too many words for the name of a theme"),
    ((THEME, "city officials"), (THEME, "city officials"), True, "the same words for who said it"),
    ((THEME, "they"), (THEME, "they"), False, "a pronoun is nobody in particular"),
    ((CLAUSE, "46 percent of voters"), (CLAUSE, "31 percent of voters"), False, "shares of two polls"),
    ((CLAUSE, "46 percent of voters"), (CLAUSE, "46 percent of voters"), True, "the same share"),
    (("the old harbour master Ana Lind", "Ilse Tarnow", "person", "state"), ("the old harbour master Ana Lind", "Tarnow", "person", "state"), False, "a name and nothing said"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "same", "reason"), MENTIONS, ids=[reason for *_, reason in MENTIONS]
)
def test_the_same_words_are_a_quotation_or_one_theme(
    one: tuple[str, ...], other: tuple[str, ...], same: bool, reason: str
) -> None:
    left, right = wording(*one), wording(*other)
    found = align(left, right)
    assert found is not None
    assert passes_filters(left, right, found) is same
    swapped = align(right, left)
    assert swapped is not None
    assert passes_filters(right, left, swapped) is same


def test_a_theme_in_a_copied_sentence_is_one_statement() -> None:
    def within(before: str, behind: str) -> Wording:
        text = f"{before} {THEME} {behind}"
        document = Document.of(text, origin=before)
        return wording_of_statement(
            document, Statement("1", "indirect", None, None, (span(text, THEME),)), None
        )

    left = within("On Monday most of the old guests mocked", "and left the harbour by noon.")
    for right, same in (
        (within("On Monday most of the old guests mocked", "and left the harbour by noon."), True),
        (within("Later most of the old guests mocked", "before the council met."), True),
        (within("A council of seven will vote on", "in spring."), False),
    ):
        found = align(left, right)
        assert found is not None
        assert passes_filters(left, right, found) is same


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


def test_a_body_is_not_the_person_it_is_named_for() -> None:
    is_organization, person = (
        wording("no", "the Tarnow campaign", "organization"),
        wording("no", "Ilse Tarnow", "person"),
    )
    assert same_speaker(is_organization, person) is False


def test_another_name_in_an_alias_makes_nobody_one() -> None:
    left = wording("no", "Ilse Tarnow", "person", aliases=("Milo Okafor and Ilse Tarnow",))
    right = wording("no", "Milo Okafor", "person")
    assert same_speaker(left, right) is False


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
    ("the old harbour fund lost money again in spring", "the old harbour treasury lost money again in spring", True, "a word near in meaning"),
    ("the old harbour council will sell boats and nets", "the old harbour council will sell cranes and sheds", False, "other things of the same kind"),
    ("scorn for selling the old harbour quay to strangers", "a plan to sell the old harbour quay to strangers", False, "two things said of one theme"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "same", "reason"), CLAIMS, ids=[reason for *_, reason in CLAIMS])
def test_near_in_meaning_is_the_same_claim_only_where_nothing_tells_them_apart(
    left: str, right: str, same: bool, reason: str
) -> None:
    assert is_same_claim(wording(left, "Ilse Tarnow"), wording(right, "Tarnow"), 0.95, CLOSENESS) is same


@pytest.mark.parametrize(
    ("source", "cosine", "same", "reason"),
    [
        ("Tarnow", 0.8, True, "of one speaker, near is enough"),
        ("Tarnow", 0.5, False, "of one speaker, and not near"),
        ("Okafor", 0.99, False, "of two speakers, however near"),
        ("she", 0.8, False, "of who knows whom, near isn't enough"),
        ("she", 0.95, True, "of who knows whom, and very near"),
    ],
)
def test_who_is_behind_it_decides_how_near_is_near(
    source: str, cosine: float, same: bool, reason: str
) -> None:
    left = wording("the old harbour fund lost money again", "Ilse Tarnow")
    right = wording("the old harbour fund has lost its money", source)
    assert is_same_claim(left, right, cosine, CLOSENESS) is same, reason

"""Names, noun phrases and antecedents stay well formed whatever the network's scores are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model.labels import (
    HEAD_LABELS,
    MENTION_END_OFFSETS,
    MENTION_KINDS,
    MENTION_START_OFFSETS,
    NAME_KINDS,
    NAME_LABELS,
)
from onrecord.model.mentions import Mention, best_antecedents, find_mentions, find_names
from onrecord.model.pairs import (
    FEATURE_SIZES,
    MAX_MENTIONS_BACK,
    MAX_SAME_HEAD_BACK,
    MENTION_FORMS,
    MentionPairs,
    candidate_pairs,
    pair_batches,
)
from onrecord.model.windows import analyze_words
from onrecord.text import analyze

SEEDS = st.integers(0, 2**32 - 1)


def logits_of(labels: list[str]) -> np.ndarray:
    """Scores of a network that is sure of each word's label."""
    logits = np.zeros((len(labels), len(NAME_LABELS)), dtype=np.float32)
    for place, label in enumerate(labels):
        logits[place, NAME_LABELS.index(label)] = 12.0
    return logits


@pytest.mark.parametrize(
    ("labels", "names", "reason"),
    [
        ([], [], "a text without words"),
        (["O", "O"], [], "nothing is a name"),
        (["S-person"], [(0, 1, "person")], "a single word at the text's edge"),
        (["B-person", "E-person", "S-norp"], [(0, 2, "person"), (2, 3, "norp")], "two names side by side"),
        (["B-location", "I-location", "E-location", "O"], [(0, 3, "location")], "three words"),
        (["B-person", "E-person", "O", "S-date"], [(0, 2, "person"), (3, 4, "date")], "two stretches"),
    ],
)
def test_names_are_runs_of_labels(labels: list[str], names: list[tuple[int, int, str]], reason: str) -> None:
    assert [(name.first, name.last, name.kind) for name in find_names(logits_of(labels))] == names, reason


@given(SEEDS, st.integers(0, 60))
def test_names_lie_in_the_text_in_order_without_overlap(seed: int, size: int) -> None:
    scores = np.random.default_rng(seed).normal(0, 4, (size, len(NAME_LABELS))).astype(np.float32)
    end = 0
    for name in find_names(scores):
        assert end <= name.first < name.last <= size
        assert name.kind in NAME_KINDS
        assert 0 < name.score <= 1
        end = name.last


@given(SEEDS, st.integers(1, 80))
def test_a_noun_phrase_holds_its_head_and_stays_in_reach(seed: int, size: int) -> None:
    random = np.random.default_rng(seed)
    heads = random.normal(0, 3, (size, len(HEAD_LABELS))).astype(np.float32)
    edges = random.normal(0, 1, (size, 4, 8)).astype(np.float32)
    before, after = (
        random.normal(0, 1, reach + 1).astype(np.float32)
        for reach in (MENTION_START_OFFSETS, MENTION_END_OFFSETS)
    )
    mentions = find_mentions(heads, edges, before, after)
    assert [(one.first, -one.last) for one in mentions] == sorted((one.first, -one.last) for one in mentions)
    for one in mentions:
        assert 0 <= one.first <= one.head < one.last <= size
        assert one.head - one.first <= MENTION_START_OFFSETS
        assert one.last - 1 - one.head <= MENTION_END_OFFSETS
        assert one.kind in MENTION_KINDS


TEXT = "The Harbour Board (HB) met Mara Holm. Holm said the Board had failed her, and HB denied it. “I was there,” she said."
SPANS = ["The Harbour Board", "HB", "Mara Holm", "Holm", "the Board", "her", "I", "she"]


def mentions_in(text: str, spans: list[str]) -> list[Mention]:
    """Each span where it first stands after the one before, headed by its last word."""
    words = analyze_words(analyze(text))
    out, at = [], 0
    for span in spans:
        at = text.index(span, at)
        inside = [
            place for place, (start, end) in enumerate(words.ranges) if at <= start and end <= at + len(span)
        ]
        out.append(Mention(inside[0], inside[-1] + 1, inside[-1], "person", 1.0))
        at += 1
    return out


def feature_of(pairs: MentionPairs, left: int, right: int) -> np.ndarray:
    """The features of one pair."""
    (place,) = np.flatnonzero((pairs.left == left) & (pairs.right == right))
    return pairs.features[place]


@pytest.mark.parametrize(
    ("left", "right", "agreement", "reason"),
    [
        (0, 4, 1, "the Board repeats the head: 'harbour board' against 'board' is more than nothing"),
        (2, 3, 2, "a surname is the head of the full name"),
        (0, 1, 5, "an acronym of the capitals"),
        (2, 5, 0, "a pronoun shares no word with a name"),
    ],
)
def test_what_is_seen_of_a_pair(left: int, right: int, agreement: int, reason: str) -> None:
    words = analyze_words(analyze(TEXT))
    pairs = candidate_pairs(mentions_in(TEXT, SPANS), words, TEXT)
    expected = {agreement} if agreement != 1 else {1, 2, 3}
    assert int(feature_of(pairs, left, right)[0]) in expected, reason


def test_forms_tell_pronouns_names_and_descriptions() -> None:
    words = analyze_words(analyze(TEXT))
    pairs = candidate_pairs(mentions_in(TEXT, SPANS), words, TEXT)
    forms = [
        MENTION_FORMS[int(feature_of(pairs, 0, right)[1]) % len(MENTION_FORMS)]
        for right in range(1, len(SPANS))
    ]
    assert forms == ["name", "name", "name", "name", "she", "I", "she"]


@settings(deadline=None)
@given(st.text(alphabet="ab. ,“”AI'\n", max_size=400), st.integers(1, 9), SEEDS)
def test_blocks_of_pairs_are_all_pairs_in_bounded_reach(text: str, size: int, seed: int) -> None:
    words = analyze_words(analyze(text))
    random = np.random.default_rng(seed)
    firsts = sorted(random.integers(0, max(1, len(words.ranges)), len(words.ranges)).tolist())
    mentions = [Mention(first, first + 1, first, "person", 1.0) for first in firsts]
    whole = candidate_pairs(mentions, words, text)
    blocks = list(pair_batches(mentions, words, text, size=size))
    for name in ("left", "right", "features"):
        parts = [getattr(block, name) for block in blocks]
        assert np.array_equal(np.concatenate(parts) if parts else getattr(whole, name), getattr(whole, name))
    assert (whole.left < whole.right).all()
    assert (np.diff(whole.right) >= 0).all()
    assert (whole.features < np.array(FEATURE_SIZES)).all()
    assert np.bincount(whole.right, minlength=1).max(initial=0) <= MAX_MENTIONS_BACK + MAX_SAME_HEAD_BACK


def test_antecedents_come_best_first() -> None:
    left, right = np.array([0, 0, 1]), np.array([1, 2, 2])
    links = np.array([-1.0, 0.5, 2.0], dtype=np.float32)
    assert best_antecedents(left, right, links) == {1: ((0, -1.0),), 2: ((1, 2.0), (0, 0.5))}
    assert best_antecedents(left, right, links, most=1)[2] == ((1, 2.0),)

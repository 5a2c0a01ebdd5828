"""What can be seen of two noun phrases without a network: their words, forms, kinds and distance, as numbers that the pair head takes.

The features are those that have carried coreference since Soon, Ng and Lim (Computational Linguistics 27(4), 2001); the head over them ranks
antecedents as Lee et al. (EMNLP 2017) do.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.model.labels import MENTION_KINDS
from onrecord.model.mentions import Mention
from onrecord.model.windows import AnalyzedWords
from onrecord.text.quotations import QuotationState

MAX_MENTIONS_BACK = 60
"""So many mentions back a mention looks for what it takes up, whatever they are."""

MAX_SAME_HEAD_BACK = 12
"""So many mentions further back with the same head word it looks at too."""

MENTION_FORMS = (
    "I",
    "we",
    "you",
    "he",
    "she",
    "it",
    "they",
    "pointing",
    "name",
    "definite",
    "indefinite",
    "bare",
)
_PRONOUNS = {
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "I"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "we"),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), "you"),
    **dict.fromkeys(("he", "him", "his", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "they"),
    **dict.fromkeys(
        ("this", "that", "these", "those", "who", "which", "whose", "whom", "there", "here"), "pointing"
    ),
}
_DEFINITE = frozenset(
    ["the", "this", "that", "these", "those", "my", "your", "his", "her", "its", "our", "their"]
)
_INDEFINITE = frozenset(["a", "an", "some", "any", "one", "two", "three", "several", "many", "no", "another"])
_FUNCTION_WORDS = _DEFINITE | _INDEFINITE | {"of", "and", "'s", "’s", "'", "’", ",", ".", "-"}

_NOMINAL = MENTION_FORMS.index("name")
_STRING_MATCHES = ("nothing", "whole", "head", "head in earlier", "head in later", "acronym")
_SENTENCE_BUCKETS = np.array([1, 2, 3, 5, 9, 17])
_DISTANCE_STEPS = np.array([1, 2, 3, 4, 6, 9, 14, 25, 50])

FEATURE_SIZES = (
    len(_STRING_MATCHES),
    len(MENTION_FORMS) ** 2,
    len(MENTION_KINDS) ** 2,
    len(_SENTENCE_BUCKETS) + 1,
    len(_DISTANCE_STEPS) + 1,
    3,
    8,
)
"""How many values each feature of a pair has: how the words agree, the two forms, the two kinds, sentences between, mentions between, nesting, quotation marks."""


_NONE: NDArray[np.int64] = np.zeros((0, len(FEATURE_SIZES)), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class MentionPairs:
    """Pairs of mentions, ``left`` before ``right``: int64 [pair], and ``features`` int64 [pair, feature]; ordered by ``right``."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    features: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _MentionFeatures:
    """What a mention looks like."""

    form: int
    head: str
    full_text: str
    words: frozenset[str]
    initials: str
    quoted: bool
    sentence: int


def candidate_pairs(mentions: Sequence[Mention], words: AnalyzedWords, text: str) -> MentionPairs:
    """All pairs worth looking at: the last ``MAX_MENTIONS_BACK`` mentions before each, and ``MAX_SAME_HEAD_BACK`` earlier ones with its head word."""
    return next(
        pair_batches(mentions, words, text, size=max(1, len(mentions))),
        MentionPairs(_array([]), _array([]), _NONE),
    )


def pair_batches(
    mentions: Sequence[Mention], words: AnalyzedWords, text: str, *, size: int
) -> Iterator[MentionPairs]:
    """The same, for ``size`` later mentions at a time, so that memory stays bounded in a long text."""
    sentences = _sentence_of(words)
    described = [_mention_features(mention, words, text, sentences) for mention in mentions]
    columns = _Columns.of(mentions, described)
    by_head: dict[str, list[int]] = defaultdict(list)
    for begin in range(0, len(mentions), size):
        left: list[int] = []
        right: list[int] = []
        for place in range(begin, min(begin + size, len(mentions))):
            look = described[place]
            near = max(0, place - MAX_MENTIONS_BACK)
            same = by_head[look.head]
            far = (
                same[: bisect.bisect_left(same, near)][-MAX_SAME_HEAD_BACK:] if look.form >= _NOMINAL else []
            )
            left += far
            left += range(near, place)
            right += [place] * (len(far) + place - near)
            same.append(place)
        yield MentionPairs(_array(left), _array(right), _features(left, right, columns, described))


@dataclass(frozen=True, slots=True)
class _Columns:
    """What features are made of, int64 [mention] each; ``full_text`` is a number for each different phrase."""

    kind: NDArray[np.int64]
    form: NDArray[np.int64]
    quoted: NDArray[np.int64]
    sentence: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    full_text: NDArray[np.int64]

    @classmethod
    def of(cls, mentions: Sequence[Mention], described: Sequence[_MentionFeatures]) -> _Columns:
        """The columns of mentions."""
        wholes: dict[str, int] = {}
        return cls(
            _array([MENTION_KINDS.index(mention.kind) for mention in mentions]),
            _array([look.form for look in described]),
            _array([look.quoted for look in described]),
            _array([look.sentence for look in described]),
            _array([mention.first for mention in mentions]),
            _array([mention.last for mention in mentions]),
            _array([wholes.setdefault(look.full_text, len(wholes)) for look in described]),
        )


def _features(
    left: Sequence[int], right: Sequence[int], columns: _Columns, described: Sequence[_MentionFeatures]
) -> NDArray[np.int64]:
    if not left:
        return _NONE
    a, b = _array(left), _array(right)
    forms, quoted, first, last = columns.form, columns.quoted, columns.first, columns.last
    apart = columns.sentence[b] - columns.sentence[a]
    holds = (first[a] <= first[b]) & (last[b] <= last[a])
    held = (first[b] <= first[a]) & (last[a] <= last[b])
    agree = (columns.full_text[a] == columns.full_text[b]).astype(np.int64)
    for place in np.flatnonzero((forms[a] >= _NOMINAL) & (forms[b] >= _NOMINAL) & (agree == 0)).tolist():
        agree[place] = _string_match(described[left[place]], described[right[place]])
    return np.stack(
        [
            agree,
            forms[a] * len(MENTION_FORMS) + forms[b],
            columns.kind[a] * len(MENTION_KINDS) + columns.kind[b],
            np.searchsorted(_SENTENCE_BUCKETS, apart, side="right"),
            np.searchsorted(_DISTANCE_STEPS, b - a, side="right"),
            np.where(holds, 1, np.where(held, 2, 0)),
            4 * (apart == 0) + 2 * quoted[a] + quoted[b],
        ],
        axis=1,
    )


def _string_match(left: _MentionFeatures, right: _MentionFeatures) -> int:
    """How the words of two different phrases, neither a pronoun, agree: an index into ``_STRING_MATCHES``."""
    if left.head == right.head:
        return 2
    if right.head in left.words:
        return 3
    if left.head in right.words:
        return 4
    acronym = (len(left.initials) > 1 and left.initials == right.head) or (
        len(right.initials) > 1 and right.initials == left.head
    )
    return 5 if acronym else 0


def _mention_features(
    mention: Mention, words: AnalyzedWords, text: str, sentences: NDArray[np.int64]
) -> _MentionFeatures:
    raw = [
        text[slice(*words.ranges[index])]
        for index in range(mention.first, min(mention.last, mention.first + 30))
    ]
    low = [word.lower() for word in raw]
    core = [word for word in low if word not in _FUNCTION_WORDS] or low
    start, end = words.ranges[mention.head]
    head = text[start:end]
    return _MentionFeatures(
        MENTION_FORMS.index(_form(low, head)),
        head.lower(),
        " ".join(core),
        frozenset(core),
        "".join(word[0] for word in raw if word[0].isupper() and word.lower() not in _FUNCTION_WORDS).lower(),
        int(words.states[mention.head]) != QuotationState.OUTSIDE,
        int(sentences[mention.head]),
    )


def _form(low: Sequence[str], head: str) -> str:
    if len(low) == 1 and low[0] in _PRONOUNS:
        return _PRONOUNS[low[0]]
    if head[:1].isupper():
        return "name"
    if low[0] in _DEFINITE or "'s" in low[:4] or "’s" in low[:4]:
        return "definite"
    return "indefinite" if low[0] in _INDEFINITE or low[0][:1].isdigit() else "bare"


def _sentence_of(words: AnalyzedWords) -> NDArray[np.int64]:
    begins = np.zeros(len(words.ranges), dtype=np.int64)
    begins[list(words.boundaries)] = 1
    return np.cumsum(begins)


def _array(values: Sequence[int]) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)

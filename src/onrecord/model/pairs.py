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
from onrecord.model.windows import Words
from onrecord.quotations import QuotationState

REACH = 60
"""So many mentions back a mention looks for what it takes up, whatever they are."""

FAR = 12
"""So many mentions further back with the same head word it looks at too."""

FORMS = ("I", "we", "you", "he", "she", "it", "they", "pointing", "name", "definite", "indefinite", "bare")
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
_SMALL = _DEFINITE | _INDEFINITE | {"of", "and", "'s", "’s", "'", "’", ",", ".", "-"}

_NOMINAL = FORMS.index("name")
_STRINGS = ("nothing", "whole", "head", "head in earlier", "head in later", "acronym")
_SENTENCES = np.array([1, 2, 3, 5, 9, 17])
_STEPS = np.array([1, 2, 3, 4, 6, 9, 14, 25, 50])

FEATURE_SIZES = (
    len(_STRINGS),
    len(FORMS) ** 2,
    len(MENTION_KINDS) ** 2,
    len(_SENTENCES) + 1,
    len(_STEPS) + 1,
    3,
    8,
)
"""How many values each feature of a pair has: how the words agree, the two forms, the two kinds, sentences between, mentions between, nesting, quotation marks."""


_NONE: NDArray[np.int64] = np.zeros((0, len(FEATURE_SIZES)), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of mentions, ``left`` before ``right``: int64 [pair], and ``features`` int64 [pair, feature]; ordered by ``right``."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    features: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Look:
    """What a mention looks like."""

    form: int
    head: str
    whole: str
    words: frozenset[str]
    initials: str
    quoted: bool
    sentence: int


def pairs_of(mentions: Sequence[Mention], words: Words, text: str) -> Pairs:
    """All pairs worth looking at: the last ``REACH`` mentions before each, and ``FAR`` earlier ones with its head word."""
    return next(
        pair_blocks(mentions, words, text, size=max(1, len(mentions))), Pairs(_array([]), _array([]), _NONE)
    )


def pair_blocks(mentions: Sequence[Mention], words: Words, text: str, *, size: int) -> Iterator[Pairs]:
    """The same, for ``size`` later mentions at a time, so that memory stays bounded in a long text."""
    sentences = _sentence_of(words)
    looks = [_look(mention, words, text, sentences) for mention in mentions]
    by_head: dict[str, list[int]] = defaultdict(list)
    for begin in range(0, len(mentions), size):
        left: list[int] = []
        right: list[int] = []
        for place in range(begin, min(begin + size, len(mentions))):
            look = looks[place]
            near = max(0, place - REACH)
            same = by_head[look.head]
            far = same[: bisect.bisect_left(same, near)][-FAR:] if look.form >= _NOMINAL else []
            left += far
            left += range(near, place)
            right += [place] * (len(far) + place - near)
            same.append(place)
        yield Pairs(_array(left), _array(right), _features(left, right, mentions, looks))


def _features(
    left: Sequence[int], right: Sequence[int], mentions: Sequence[Mention], looks: Sequence[_Look]
) -> NDArray[np.int64]:
    if not left:
        return _NONE
    kinds = _array([MENTION_KINDS.index(mention.kind) for mention in mentions])
    forms = _array([look.form for look in looks])
    quoted = _array([look.quoted for look in looks])
    sentence = _array([look.sentence for look in looks])
    last = _array([mention.last for mention in mentions])
    first = _array([mention.first for mention in mentions])
    a, b = _array(left), _array(right)
    apart = sentence[b] - sentence[a]
    holds = (first[a] <= first[b]) & (last[b] <= last[a])
    held = (first[b] <= first[a]) & (last[a] <= last[b])
    wholes: dict[str, int] = {}
    whole = _array([wholes.setdefault(look.whole, len(wholes)) for look in looks])
    agree = (whole[a] == whole[b]).astype(np.int64)
    for place in np.flatnonzero((forms[a] >= _NOMINAL) & (forms[b] >= _NOMINAL) & (agree == 0)).tolist():
        agree[place] = _agreement(looks[left[place]], looks[right[place]])
    return np.stack(
        [
            agree,
            forms[a] * len(FORMS) + forms[b],
            kinds[a] * len(MENTION_KINDS) + kinds[b],
            np.searchsorted(_SENTENCES, apart, side="right"),
            np.searchsorted(_STEPS, b - a, side="right"),
            np.where(holds, 1, np.where(held, 2, 0)),
            4 * (apart == 0) + 2 * quoted[a] + quoted[b],
        ],
        axis=1,
    )


def _agreement(left: _Look, right: _Look) -> int:
    """How the words of two different phrases, neither a pronoun, agree: an index into ``_STRINGS``."""
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


def _look(mention: Mention, words: Words, text: str, sentences: NDArray[np.int64]) -> _Look:
    raw = [
        text[slice(*words.ranges[index])]
        for index in range(mention.first, min(mention.last, mention.first + 30))
    ]
    low = [word.lower() for word in raw]
    core = [word for word in low if word not in _SMALL] or low
    start, end = words.ranges[mention.head]
    head = text[start:end]
    return _Look(
        FORMS.index(_form(low, head)),
        head.lower(),
        " ".join(core),
        frozenset(core),
        "".join(word[0] for word in raw if word[0].isupper() and word.lower() not in _SMALL).lower(),
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


def _sentence_of(words: Words) -> NDArray[np.int64]:
    begins = np.zeros(len(words.ranges), dtype=np.int64)
    begins[list(words.breaks)] = 1
    return np.cumsum(begins)


def _array(values: Sequence[int]) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)

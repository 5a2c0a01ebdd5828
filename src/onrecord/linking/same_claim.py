"""The same claim in other words: near in meaning, the same predicate, and nothing in the way.

Vectors of sentences put "fell by 3 %" next to "rose by 5 %", and "a plan to ban boats" next to "scorn for the plan to ban
boats": nearness alone says that two statements are about the same. So quantities, days, negation, names and who is behind
them must not tell them apart; both must be clauses, or what one speaker does with both must be the same act; and each
word that tells something must be on the other side, too, or one near to it in meaning, the rarer the word the more it
counts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.content_type import content_type_of, starts_with_pronoun
from onrecord.linking.filters import act_of, is_quotation
from onrecord.linking.wording import Wording, same_speaker
from onrecord.record import Embed

NEAR = 0.75  # least cosine where one speaker is behind both
NEARER = 0.92  # where the words don't tell whether one is
MIN_INFORMATIVE = 5  # words that tell something, on each side: a name or a theme is no claim
PLAIN = 4  # of them, those without an uppercase letter
COMMON = 0.45  # least share of both sides' telling words, stemmed, that is in common
MIN_COVERAGE = (
    0.76  # least share of each side's telling words, by rarity, that the other has, or has words near to
)
MIN_COVERAGE_ACT = 0.78  # where one side or both are no clause, and one speaker does the same with both
MIN_COVERAGE_NOUN = 0.86  # where what the speaker does with them isn't known

WordCounter = Callable[[Iterable[str]], Mapping[str, int]]
"""Tokens to how many statements of the record have each."""


@dataclass(slots=True)
class WordSimilarity:
    """How near words are in meaning, and how rare.

    Args:
        embed: words to vectors.
        count: how many statements have a word.
        total: asked once, when first needed: how many statements there are.
    """

    embed: Embed
    count: WordCounter
    total: Callable[[], int]
    _vectors: dict[str, NDArray[np.float32]] = field(default_factory=dict)
    _all: int = 0

    def coverage(self, left: Wording, right: Wording) -> float:
        """The share of the telling words of a side, by rarity, that the other has, or by how near the nearest is that it
        has; of the side of which less is covered.
        """
        sides = [{word.token: word.form for word in side.words if word.weight >= 1} for side in (left, right)]
        counts = self.count({*sides[0], *sides[1]})
        return min(self._share(sides[0], sides[1], counts), self._share(sides[1], sides[0], counts))

    def _share(self, side: Mapping[str, str], other: Mapping[str, str], counts: Mapping[str, int]) -> float:
        if not self._all:
            self._all = max(1, self.total())
        rest = self._vectors_of(list(other.values()))
        whole = coverage = 0.0
        for token, form in side.items():
            rarity = math.log(1 + self._all / (1 + counts.get(token, 0)))
            near = 1.0 if token in other else float((rest @ self._vectors_of([form])[0]).max())
            whole += rarity
            coverage += rarity * min(1.0, max(0.0, near))
        return coverage / whole if whole else 0.0

    def _vectors_of(self, forms: Sequence[str]) -> NDArray[np.float32]:
        new = [form for form in dict.fromkeys(forms) if form not in self._vectors]
        if new:
            made = np.asarray(self.embed(new), dtype=np.float32)
            lengths = np.linalg.norm(made, axis=1, keepdims=True)
            self._vectors.update(zip(new, made / np.maximum(lengths, 1e-9), strict=True))
        return np.stack([self._vectors[form] for form in forms])


def is_same_claim(left: Wording, right: Wording, cosine: float, similarity: WordSimilarity) -> bool:
    """Whether two statements claim the same.

    Args:
        cosine: of the vectors of their contents.
    """
    speaker = same_speaker(left, right)
    if speaker is False or cosine < (NEAR if speaker else NEARER):
        return False
    if not _may_be(left, right):
        return False
    least = _least_covered(left, right, same=bool(speaker))
    return least is not None and similarity.coverage(left, right) >= least


def _may_be(left: Wording, right: Wording) -> bool:
    """Whether nothing in the words tells two claims apart."""
    return (
        min(left.informative, right.informative) >= MIN_INFORMATIVE
        and min(left.plain, right.plain) >= PLAIN
        and _common(left, right) >= COMMON
        and left.quantities() == right.quantities()
        and _numbers(left) == _numbers(right)
        and _negated(left) == _negated(right)
        and not (_named(left) - _forms(right) and _named(right) - _forms(left))
    )


def _least_covered(left: Wording, right: Wording, *, same: bool) -> float | None:
    """What share of the words must be covered, by what both sides are; ``None`` where they can't be one claim."""
    if left.is_poll_result or right.is_poll_result:  # of two polls, each has its own
        return None
    texts = [" ".join(piece.text for piece in side.statement.content) for side in (left, right)]
    clauses = [content_type_of(text) == "clause" for text in texts]
    if not same:
        theirs = any(map(starts_with_pronoun, texts)) and not is_quotation(left.words, right.words)
        return MIN_COVERAGE if all(clauses) and not theirs else None
    if all(clauses):
        return MIN_COVERAGE
    acts = {act_of(left), act_of(right)}
    if len(acts - {None}) > 1:
        return None
    return MIN_COVERAGE_NOUN if None in acts else MIN_COVERAGE_ACT


def _common(left: Wording, right: Wording) -> float:
    """The share of the telling words of both that both have (Dice)."""
    first, second = _tokens(left), _tokens(right)
    return 2 * len(first & second) / (len(first) + len(second))


def _tokens(wording: Wording) -> set[str]:
    return {word.token for word in wording.words if word.weight >= 1}


def _numbers(wording: Wording) -> set[str]:
    return {
        word.form for word in wording.words if word.number and word.form.isdigit() and len(word.form) == 4
    }


def _negated(wording: Wording) -> bool:
    """Whether an odd number of negations is in a content; of two, one undoes the other."""
    return sum(word.negates for word in wording.words) % 2 == 1


def _named(wording: Wording) -> set[str]:
    return {word.form for word in wording.words if word.named}


def _forms(wording: Wording) -> set[str]:
    return set(wording.forms) | set(wording.names)

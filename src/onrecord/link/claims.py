"""The same claim in other words: near in meaning, and nothing in the way.

Vectors of sentences put "fell by 3 %" next to "rose by 5 %": nearness alone says that two statements are about
the same. So figures, days, negation, names and who is behind them must not tell them apart.
"""

from __future__ import annotations

from onrecord.link.wording import Wording, same_speaker

NEAR = 0.78  # least cosine where one speaker is behind both
NEARER = 0.92  # where the words don't tell whether one is
LEAST_TELLING = 5  # words that tell something, on each side: a name or a theme is no claim
PLAIN = 4  # of them, those without a capital
COMMON = 0.45  # least share of both sides' telling words, stemmed, that is in common


def is_same_claim(left: Wording, right: Wording, cosine: float) -> bool:
    """Whether two statements claim the same.

    Args:
        cosine: of the vectors of their contents.
    """
    speaker = same_speaker(left, right)
    if speaker is False or cosine < (NEAR if speaker else NEARER):
        return False
    return (
        min(left.telling, right.telling) >= LEAST_TELLING
        and min(left.plain, right.plain) >= PLAIN
        and _common(left, right) >= COMMON
        and left.figures() == right.figures()
        and _numbers(left) == _numbers(right)
        and _negated(left) == _negated(right)
        and not (_named(left) - _forms(right) and _named(right) - _forms(left))
    )


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

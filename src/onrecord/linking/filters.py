"""Whether the same words say the same: what links two statements beyond their words.

Words that two reports have in common may be no more than the name of a theme: "the proposal to ban the boats" is condemned
by one, explained by another. So they count where they are a quotation, or one speaker's, or a whole clause, or where both
reports are copies of one text.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.linking.alignment import Alignment
from onrecord.linking.content_type import content_type_of, head_at, starts_with_pronoun
from onrecord.linking.wording import FUNCTION, Word, Wording, same_speaker
from onrecord.record.folding import fold_word, words_of
from onrecord.text.segmentation import Range

QUOTED = 3  # words that tell something, in quotation marks and in common, from which on it is a quotation
LONG = 8  # words without an uppercase letter in common, from which on it isn't the name of a theme
PLAIN = 2  # words without an uppercase letter of one speaker's words that are no clause
_CONTEXT_WORDS = 5  # words before and behind that are compared to see a copy
_MIN_EQUAL_CONTEXT = 8  # of the words before and behind, those that are equal
_NEAR = 120  # characters in which these are looked for
_ACTS = {
    "announce": "for", "promise": "for", "demand": "for", "request": "for", "support": "for", "agree": "for",
    "accuse": "against", "reject": "against", "deny": "deny", "concede": "concede", "threaten": "threaten",
}  # fmt: skip
# What is only stated, asked about or talked over is neither.
_FUNCTION_TOKENS = frozenset(fold_word(word) for word in FUNCTION)


def passes_filters(left: Wording, right: Wording, alignment: Alignment) -> bool:
    """Whether two statements that have the same words are more than two mentions of one theme."""
    ranges = alignment.left, alignment.right
    if is_near_duplicate_passage(left, right, *ranges, exact=alignment.score == 1):
        return True
    if left.is_poll_result or right.is_poll_result:
        return _source(left) == _source(right)
    first, second = (_words_within(side, bounds) for side, bounds in zip((left, right), ranges, strict=True))
    if is_quotation(first, second) or _plain_in_common(first, second) >= LONG:
        return True
    texts = [side.text(*bounds) for side, bounds in zip((left, right), ranges, strict=True)]
    clauses = [content_type_of(text) == "clause" for text in texts]
    if same_speaker(left, right) or (same_speaker(left, right) is None and _one_source(left, right)):
        return all(clauses) or _is_one_act(left, right, first, second)
    return all(clauses) and not any(map(starts_with_pronoun, texts))


def is_near_duplicate_passage(
    left: Wording, right: Wording, first: Range, second: Range, *, exact: bool
) -> bool:
    """Whether what stands around these ranges of the two texts is the same, too: one text, printed twice.

    Args:
        exact: the ranges have the same words; then what stands on one side of them is enough.
    """
    context = [
        _context_words(side.document.text, *bounds) for side, bounds in ((left, first), (right, second))
    ]
    equal = [bool(a) and a == b for a, b in zip(*context, strict=True)]
    return sum(equal) >= _MIN_EQUAL_CONTEXT or (
        exact and (all(equal[:_CONTEXT_WORDS]) or all(equal[_CONTEXT_WORDS:]))
    )


def _context_words(text: str, start: int, end: int) -> list[str]:
    """The words before and behind, the nearest first; empty ones where the text ends."""
    before = words_of(text[max(0, start - _NEAR) : start])[::-1][:_CONTEXT_WORDS]
    behind = words_of(text[end : end + _NEAR])[:_CONTEXT_WORDS]
    return [word for side in (before, behind) for word in (*side, *[""] * (_CONTEXT_WORDS - len(side)))]


def _words_within(side: Wording, bounds: Range) -> list[Word]:
    return [word for word in side.words if bounds[0] <= word.start and word.end <= bounds[1]]


def is_quotation(left: Sequence[Word], right: Sequence[Word]) -> bool:
    """Whether the words that both have stand in quotation marks, on one side at least: some of them, and no fewer than those
    that stand outside ("scorn for Brandt's plan to 'sell the quay'" quotes too little of it).
    """
    common = {word.form for word in left if word.weight >= 1} & {word.form for word in right}
    quoted = max(len({word.form for word in side if word.quoted} & common) for side in (left, right))
    return quoted >= QUOTED and 2 * quoted >= len(common)


def _plain_in_common(left: Sequence[Word], right: Sequence[Word]) -> int:
    return len({word.form for word in left if word.plain} & {word.form for word in right})


def _one_source(left: Wording, right: Wording) -> bool:
    """Whether both reports name who said it by the same words ("city officials"), and not by a pronoun."""
    return _source(left) == _source(right) and any(token not in _FUNCTION_TOKENS for token in _source(left))


def _is_one_act(left: Wording, right: Wording, first: list[Word], second: list[Word]) -> bool:
    """Whether one speaker does the same with words that are no clause: not, where one side is for it and the other against
    it; and of a name with what is put before it, nothing is said unless the act is known.
    """
    acts = {act_of(left), act_of(right)}
    if len(acts - {None}) == 2 or any(sum(word.plain for word in found) < PLAIN for found in (first, second)):
        return False
    summaries = [(found, head_at([word.form for word in found])) for found in (first, second)]
    named = any(head is None or found[head].named for found, head in summaries)
    return not named or (len(acts) == 1 and None not in acts)


def act_of(side: Wording) -> str | None:
    """What a speaker does with a action or a thing; ``None`` where the act tells nothing of that."""
    return _ACTS.get(side.statement.act or "")


def _source(side: Wording) -> list[str]:
    return words_of(side.statement.source.text) if side.statement.source else []

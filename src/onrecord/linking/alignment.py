"""Two wordings side by side: how alike they are, where they differ, and whether a quantity, a negation or a name
is among the differences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import partial_ratio_alignment

from onrecord.lang.en.closed_classes import words
from onrecord.linking.wording import Word, Wording
from onrecord.record.folding import POINT
from onrecord.text.segmentation import Range

Change = Literal["quantity", "negation", "name"]
How = Literal["exact", "aligned", "moved", "part"]

MIN_INFORMATIVE = 4  # words in common that tell something, for two wordings to be one quotation
MIN_PART = 5  # of a part of a longer one
PLAIN = 3  # of them, those without an uppercase letter: a name alone is no quotation; of a part, one more
ALIGNED = 0.75  # least share, by weight, of both wordings that is in common and in order
MOVED = 0.85  # in common, where the order differs
PART = 0.85  # of the shorter that stands in the longer
_TILE = 3  # words of a stretch that may stand elsewhere
_MORE = 4  # words that one side has more at an end, from which on they count as something said besides
_ENDS = re.compile(r"[.!?;:\u2026\n]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CALENDAR = frozenset(
    words(
        "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
        "september october november december"
    )
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of one side that the other hasn't, or has other words for: ranges of code points in the two
    reports' texts, ``None`` where a side has nothing.
    """

    left: Range | None
    right: Range | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """How two wordings compare. ``score`` is the share in common, by what words tell, 0 to 1. ``left`` and
    ``right`` are the first and the last character that were compared.
    """

    how: How
    score: float
    left: Range
    right: Range
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]


def align(left: Wording, right: Wording) -> Alignment | None:
    """Compares two wordings; ``None`` where they aren't one quotation, whole, rearranged or a part."""
    if not left.words or not right.words:
        return None
    common = sum((Counter(left.forms) & Counter(right.forms)).values())
    shorter = min(len(left.words), len(right.words))
    if common < 0.5 * shorter:
        return None
    if (
        right.forms < left.forms
    ):  # of several longest common subsequences one is taken: the same from both sides
        return _swapped(_compare(right, left))
    return _compare(left, right)


def _compare(left: Wording, right: Wording) -> Alignment | None:
    return _aligned(left, right) or _moved(left, right) or _part(left, right)


def _swapped(found: Alignment | None) -> Alignment | None:
    if found is None:
        return None
    differences = tuple(Difference(item.right, item.left) for item in found.differences)
    return replace(found, left=found.right, right=found.left, differences=differences)


def _aligned(left: Wording, right: Wording) -> Alignment | None:
    pairs = _pairs(left.words, right.words)
    score = _share(left.words, right.words, pairs)
    if score < ALIGNED or not _tells(left.words, pairs, MIN_INFORMATIVE, PLAIN):
        return None
    first, second, inner = _trim(left.words, right.words, pairs, left.document.text, right.document.text)
    if (len(first), len(second)) != (len(left.words), len(right.words)):
        return _alignment("part", _share(first, second, inner), left, right, first, second, inner)
    return _alignment("exact" if score == 1 else "aligned", score, left, right, first, second, inner)


def _moved(left: Wording, right: Wording) -> Alignment | None:
    """Stretches of one side that stand in another order on the other (Greedy String Tiling: Wise 1993)."""
    pairs = _tiles(left.words, right.words)
    score = _share(left.words, right.words, pairs)
    if score < MOVED or not _tells(left.words, pairs, MIN_INFORMATIVE + 1, PLAIN):
        return None
    return _alignment("moved", score, left, right, left.words, right.words, pairs)


def _part(left: Wording, right: Wording) -> Alignment | None:
    """The shorter side as a part of the longer."""
    swapped = len(left.words) > len(right.words)
    short, long = (right, left) if swapped else (left, right)
    found = partial_ratio_alignment(short.forms, long.forms, score_cutoff=60)
    if found is None or len(long.words) < len(short.words) + 3:
        return None
    window = long.words[max(0, found.dest_start - 1) : found.dest_end + 1]
    pairs = _pairs(short.words, window)
    if not pairs or not _tells(short.words, pairs, MIN_PART, PLAIN + 1):
        return None
    inside = window[pairs[0][1] : pairs[-1][1] + 1]
    pairs = [(first, second - pairs[0][1]) for first, second in pairs]
    score = sum(short.words[first].weight for first, _ in pairs) / short.weight
    if score < PART or len(inside) > 1.4 * len(short.words):
        return None
    if swapped:
        flipped = [(second, first) for first, second in pairs]
        return _alignment("part", score, left, right, inside, right.words, flipped)
    return _alignment("part", score, left, right, left.words, inside, pairs)


def _pairs(left: Sequence[Word], right: Sequence[Word]) -> list[tuple[int, int]]:
    """The places of the words that both have in the same order (longest common subsequence)."""
    pairs: list[tuple[int, int]] = []
    for block in LCSseq.opcodes([word.form for word in left], [word.form for word in right]):
        if block.tag == "equal":
            pairs += zip(
                range(block.src_start, block.src_end), range(block.dest_start, block.dest_end), strict=True
            )
    return _merged_blocks(left, right, pairs)


def _merged_blocks(
    left: Sequence[Word], right: Sequence[Word], pairs: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The same pairs with fewer gaps: of a word that one side has twice, the one that is next to the words that follow."""
    for at in range(len(pairs) - 2, -1, -1):
        (first, second), (next_first, next_second) = pairs[at], pairs[at + 1]
        if first + 1 == next_first and right[next_second - 1].form == right[second].form:
            pairs[at] = (first, next_second - 1)
        elif second + 1 == next_second and left[next_first - 1].form == left[first].form:
            pairs[at] = (next_first - 1, second)
    return pairs


def _tiles(left: Sequence[Word], right: Sequence[Word]) -> list[tuple[int, int]]:
    """The places of the words of the longest stretches that both have, wherever they stand."""
    free_left, free_right = [True] * len(left), [True] * len(right)
    pairs: list[tuple[int, int]] = []
    while (tile := _longest(left, right, free_left, free_right))[2] >= _TILE:
        first, second, length = tile
        for at in range(length):
            free_left[first + at] = free_right[second + at] = False
            pairs.append((first + at, second + at))
    return sorted(pairs)


def _longest(
    left: Sequence[Word], right: Sequence[Word], free_left: Sequence[bool], free_right: Sequence[bool]
) -> tuple[int, int, int]:
    best = (0, 0, 0)
    before = [0] * (len(right) + 1)
    for first, word in enumerate(left):
        row = [0] * (len(right) + 1)
        if free_left[first]:
            for second, other in enumerate(right):
                if free_right[second] and word.form == other.form:
                    row[second + 1] = length = before[second] + 1
                    if length > best[2]:
                        best = (first - length + 1, second - length + 1, length)
        before = row
    return best


def _share(left: Sequence[Word], right: Sequence[Word], pairs: Iterable[tuple[int, int]]) -> float:
    both = sum(word.weight for word in left) + sum(word.weight for word in right)
    return 2 * sum(left[first].weight for first, _ in pairs) / both if both else 0.0


def _tells(side: Sequence[Word], pairs: Sequence[tuple[int, int]], least: int, plain: int) -> bool:
    """Whether enough of the words in common tell something, and enough of those have no uppercase letter."""
    informative = [side[first] for first, _ in pairs if side[first].weight >= 1]
    return len(informative) >= least and sum(word.plain for word in informative) >= plain


def _trim(
    left: Sequence[Word],
    right: Sequence[Word],
    pairs: Sequence[tuple[int, int]],
    left_text: str,
    right_text: str,
) -> tuple[Sequence[Word], Sequence[Word], list[tuple[int, int]]]:
    """Both sides without what only one of them says besides, before or behind what both say: several words, or
    other sentences.
    """
    (a, b), (c, d) = pairs[0], pairs[-1]
    behind = len(left) - 1 - c, len(right) - 1 - d

    def besides(words: Sequence[Word], more: int, other: int, first: int, text: str) -> int:
        alone = more > 0 == other and _ENDS.search(text, words[first].end, words[first + 1].start)
        return more - other if alone or more - other >= _MORE else 0

    start = besides(left, a, b, a - 1, left_text), besides(right, b, a, b - 1, right_text)
    end = (
        len(left) - besides(left, behind[0], behind[1], c, left_text),
        len(right) - besides(right, behind[1], behind[0], d, right_text),
    )
    inner = [(first - start[0], second - start[1]) for first, second in pairs]
    return left[start[0] : end[0]], right[start[1] : end[1]], inner


def _alignment(
    how: How,
    score: float,
    left: Wording,
    right: Wording,
    left_words: Sequence[Word],
    right_words: Sequence[Word],
    pairs: Sequence[tuple[int, int]],
) -> Alignment:
    blocks = _differing(left_words, right_words, pairs)
    bounds = [(side[0].start, side[-1].end) for side in (left_words, right_words)]
    whole = how != "part"
    quantities = [
        side.quantities(*(() if whole else bound)) for side, bound in zip((left, right), bounds, strict=True)
    ]
    changes: list[Change] = []
    told = bool(quantities[0])
    if quantities[0] != quantities[1] or any(_differ_in_numbers(*block, told=told) for block in blocks):
        changes.append("quantity")
    swapped = [_negated_before(side, bound[0]) for side, bound in zip((left, right), bounds, strict=True)]
    negators = [_negators(block[at] for block in blocks) + swapped[at] for at in (0, 1)]
    if negators[0] != negators[1]:
        changes.append("negation")
    if any(_differ_in_names(*block, left_words, right_words) for block in blocks):
        changes.append("name")
    differences = tuple(Difference(_extent(first), _extent(second)) for first, second in blocks)
    return Alignment(how, round(score, 4), bounds[0], bounds[1], differences, tuple(changes))


Block = tuple[list[Word], list[Word]]


def _differing(left: Sequence[Word], right: Sequence[Word], pairs: Sequence[tuple[int, int]]) -> list[Block]:
    """The stretches that aren't paired, on both sides between the same two pairs where the order is the same."""
    blocks: list[Block] = []
    if [second for _, second in pairs] != sorted(second for _, second in pairs):
        used = {first for first, _ in pairs}, {second for _, second in pairs}
        gone = [word for place, word in enumerate(left) if place not in used[0]]
        new = [word for place, word in enumerate(right) if place not in used[1]]
        return [(gone, new)] if gone or new else []
    at = (0, 0)
    for first, second in (*pairs, (len(left), len(right))):
        block = list(left[at[0] : first]), list(right[at[1] : second])
        if block[0] or block[1]:
            blocks.append(block)
        at = (first + 1, second + 1)
    return blocks


def _extent(side: Sequence[Word]) -> Range | None:
    return (side[0].start, side[-1].end) if side else None


def _differ_in_numbers(left: Sequence[Word], right: Sequence[Word], *, told: bool) -> bool:
    """Whether numbers differ that may be no quantities: years, numbers of roads and laws, days and months.

    Args:
        told: quantities were found on both sides, and are the same: then digits on one side only are another way
            to write them.
    """
    digits = [
        Counter(_digits(word.form) for word in side if word.form[:1].isdigit()) for side in (left, right)
    ]
    gone, new = digits[0] - digits[1], digits[1] - digits[0]
    if gone and new:
        return True
    if any(_YEAR.fullmatch(form) for form in gone + new) or ((gone or new) and not told):
        return True
    if not told and sum(word.number for word in left) != sum(word.number for word in right):
        return True
    days = [{word.form for word in side if word.named and word.form in _CALENDAR} for side in (left, right)]
    return bool(days[0] - days[1] and days[1] - days[0])


def _digits(form: str) -> str:
    """The digits of a number, without what is written to them ("5m")."""
    return "".join(char for char in form if not char.isalpha() or char == POINT)


def _negators(sides: Iterable[Sequence[Word]]) -> int:
    return sum(word.negates for side in sides for word in side)


def _negated_before(side: Wording, start: int) -> int:
    """How many words negate in the sentence of a content before the words that are compared ("it is not so
    that").
    """
    found, after = 0, start
    for word in reversed([word for word in side.words if word.end <= start]):
        between = side.document.text[word.end : after]
        if _ENDS.search(between) or any(
            char.isalnum() for char in between
        ):  # another sentence, another piece
            break
        found += word.negates
        after = word.start
    return found


def _differ_in_names(
    left: Sequence[Word], right: Sequence[Word], left_all: Sequence[Word], right_all: Sequence[Word]
) -> bool:
    """Whether one side has a name where the other has another; a name that is only longer or left out is none."""
    known = [{form for word in side for form in _ways(word)} for side in (left_all, right_all)]
    first = [word for word in left if word.named and not known[1].intersection(_ways(word))]
    second = [word for word in right if word.named and not known[0].intersection(_ways(word))]
    return bool(first and second)


def _ways(word: Word) -> tuple[str, ...]:
    """A word, and of a name what is left without the s of the genitive, which not every report writes alike."""
    return (word.form, word.form.removesuffix("s")) if word.named else (word.form,)

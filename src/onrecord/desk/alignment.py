"""A quotation beside printed words: which words both have, in order, and where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from onrecord.desk.quotation import Quotation, Word

Run = tuple[int, int, int]
"""Words in common one after another: index in the quotation, index in the printed words, how many."""

_GAP = 0.15  # what a printed word between two runs costs, of the weight that the runs bring
_MOST_OF_A_GAP = 2.0  # a long cut costs no more: an honest one may be a paragraph long
_MOST_PIECES = 8  # of one place
_PIECE = 3  # words of a stretch that may stand in another order


@dataclass(frozen=True, slots=True)
class Block:
    """Words of one side between two pairs that the other hasn't, or has others for. ``at`` is the index of
    the quotation's next word.
    """

    yours: tuple[Word, ...]
    theirs: tuple[Word, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """What a quotation and printed words have in common.

    Attributes:
        pairs: indexes of words in the quotation and in ``theirs``, in order.
        coverage: the share of the quotation's weight that is paired, 0 to 1.
        blocks: where they differ, from the first to the last printed word that is compared.
        theirs: those printed words.
    """

    pairs: tuple[tuple[int, int], ...]
    coverage: float
    blocks: tuple[Block, ...]
    theirs: tuple[Word, ...]

    @property
    def telling(self) -> int:
        """How many words in common aren't function words."""
        return sum(self.theirs[theirs].weight >= 1 for _, theirs in self.pairs)

    @property
    def score(self) -> float:
        """The share of both sides' weight that is in common (Dice), 0 to 1."""
        common = sum(self.theirs[theirs].weight for _, theirs in self.pairs)
        ours = common + sum(word.weight for block in self.blocks for word in block.yours)
        printed = common + sum(word.weight for block in self.blocks for word in block.theirs)
        return round(2 * common / (ours + printed), 4)

    @property
    def span(self) -> tuple[int, int]:
        """Half-open code points of the printed words that are compared."""
        return self.theirs[0].start, self.theirs[-1].end


def align(quotation: Quotation, theirs: Sequence[Word]) -> Alignment | None:
    """The best alignment of a quotation with printed words; ``None`` where they have nothing in common."""
    yours = quotation.words
    runs = _chain(_runs(_forms(quotation, theirs), [word.form for word in theirs]), yours)
    if not runs:
        return None
    pairs = _drawn_together(
        [(first + at, second + at) for first, second, length in runs for at in range(length)], yours, theirs
    )
    covered = sum(yours[first].weight for first, _ in pairs)
    first, last = pairs[0][1], pairs[-1][1] + 1
    # What the quotation has besides at an end is compared with as many printed words.
    first = max(0, first - pairs[0][0])
    last = min(len(theirs), last + len(yours) - 1 - pairs[-1][0])
    blocks = _blocks(yours, theirs[:last], pairs, first)
    shown = tuple(theirs[first:last])
    counted = tuple((ours, printed - first) for ours, printed in pairs)
    return Alignment(counted, round(covered / _weight(yours), 4), tuple(blocks), shown)


def _weight(words: Iterable[Word]) -> float:
    return sum(word.weight for word in words)


def _forms(quotation: Quotation, theirs: Sequence[Word]) -> list[str]:
    """The forms of the quotation's words; of one with a bracketed ending, the printed form that begins so."""
    forms = [word.form for word in quotation.words]
    for index in quotation.stems:
        if 0 <= index < len(forms):
            fitting = (word.form for word in theirs if word.form.startswith(forms[index]))
            forms[index] = next(fitting, forms[index])
    return forms


def _runs(yours: Sequence[str], theirs: Sequence[str]) -> list[Run]:
    matcher = SequenceMatcher(None, theirs, yours, autojunk=False)
    return [(block.b, block.a, block.size) for block in matcher.get_matching_blocks() if block.size]


def _chain(runs: Sequence[Run], yours: Sequence[Word]) -> list[Run]:
    """The runs that stand together: those that cost more by the gap before them than they bring are left."""
    best: list[tuple[float, int]] = []
    for at, (first, second, length) in enumerate(runs):
        own = _weight(yours[first : first + length])
        value, before = own, -1
        for other in range(at):
            left = runs[other]
            gap = second - (left[1] + left[2]) - max(0, first - (left[0] + left[2]))
            candidate = best[other][0] + own - min(_MOST_OF_A_GAP, _GAP * max(0, gap))
            if candidate > value:
                value, before = candidate, other
        best.append((value, before))
    if not best:
        return []
    at = max(range(len(best)), key=lambda place: best[place][0])
    chosen = []
    while at >= 0:
        chosen.append(runs[at])
        at = best[at][1]
    return chosen[::-1]


def _drawn_together(
    pairs: list[tuple[int, int]], yours: Sequence[Word], theirs: Sequence[Word]
) -> list[tuple[int, int]]:
    """The same pairs with fewer gaps: of a word that stands twice, the one beside the words that follow."""
    for at in range(len(pairs) - 2, -1, -1):
        (first, second), (next_first, next_second) = pairs[at], pairs[at + 1]
        if first + 1 == next_first and theirs[next_second - 1].form == theirs[second].form:
            pairs[at] = (first, next_second - 1)
        elif second + 1 == next_second and yours[next_first - 1].form == yours[first].form:
            pairs[at] = (next_first - 1, second)
    return pairs


def _blocks(
    yours: Sequence[Word], theirs: Sequence[Word], pairs: Sequence[tuple[int, int]], first: int
) -> Iterable[Block]:
    at = (0, first)
    for ours, printed in (*pairs, (len(yours), len(theirs))):
        mine, other = tuple(yours[at[0] : ours]), tuple(theirs[at[1] : printed])
        if mine or other:
            yield Block(mine, other, ours)
        at = (ours + 1, printed + 1)


def find_pieces(quotation: Quotation, theirs: Sequence[Word]) -> list[Run]:
    """The longest stretches that both have, wherever they stand, the longest first (Greedy String Tiling:
    Wise 1993).
    """
    yours, printed = _forms(quotation, theirs), [word.form for word in theirs]
    found: list[Run] = []
    while len(found) < _MOST_PIECES:
        match = SequenceMatcher(None, printed, yours, autojunk=False).find_longest_match()
        if match.size < _PIECE:
            break
        found.append((match.b, match.a, match.size))
        for at in range(match.size):  # no two placeholders are equal
            printed[match.a + at], yours[match.b + at] = f"\0p{match.a + at}", f"\0y{match.b + at}"
    return found

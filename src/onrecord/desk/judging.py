"""Whether aligned words are one quotation, and whether it is exact, shortened or altered.

Likeness alone decides nothing: any word that differs makes a quotation altered, and a word cut out without an
ellipsis does too. What was cut at its ends counts where it turns the sense of the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.desk.alignment import Alignment, Block
from onrecord.desk.differences import Side, change_of, changes_within, negates
from onrecord.desk.quotation import Quotation, Word, words_in
from onrecord.desk.verdict import Change, Difference
from onrecord.lang.en.closed_classes import words
from onrecord.text.segmentation import Range
from onrecord.types import Statement

ALIGNED = 0.72
"""The least share of both sides' weight in common, for two different wordings to be one quotation."""

_LEAST_TELLING = 4  # telling words in common, for two different wordings to be one quotation
_LEAST_PLAIN = 2  # of them, those without a capital: a name alone is no quotation; of more words, one; of a
# whole printed quotation, none: a headline has capitals everywhere
_SHORT_ALIGNED = 0.6  # of a short quotation, compared with all of a printed one
_MANY = 6  # words in common of a whole printed quotation that differs in one place
_LEAST_RUN = 3  # words in one run, where words were cut without an ellipsis
_BETWEEN = 20  # words between two printed quotations that may be read as one
_INSERTED = 8  # printed words that a bracketed insertion may stand for
_NEAR = 12  # words before the quotation that may negate it
_BEFORE = 160  # code points in which they are looked for

_SENTENCE_ENDS = re.compile(r"[.!?;:\u2026\n\u201c\u201d\"]")
_CLAUSE_ENDS = re.compile(r"[.!?;:,\u2026\n\u201c\u201d\"\u2014\u2013]")
# The closing mark stands at the word before, the opening one at the word behind: a quotation inside the gap
# has them the other way round.
_INTERRUPTED = re.compile(r"[^\w\s\u201c\"]{0,3}[\u201d\"][^\u201c\u201d\"]*[\u201c\"][^\w\s\u201d\"]{0,3}\Z")
_CONDITIONS = frozenset(words("if unless until provided"))
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|disput(?:e|es|ed|ing))\b", re.IGNORECASE
)
_NOT_SAID = re.compile(r"\b(?:not|never|\w+n['\u2019]t)\s+(?:\w+\s+)?\Z", re.IGNORECASE)
_NEGATED_CUE = re.compile(r"\b(?:not|never|\w+n['\u2019]t)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judgement:
    """How printed words bear on a quotation."""

    kind: Literal["exact", "shortened", "altered"]
    score: float
    span: Range
    differences: tuple[Difference, ...]
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """Where printed words come from.

    Attributes:
        text: the report's.
        words: all that were compared.
        statement: the statement whose content they are, if they are one's.
    """

    text: str
    words: Sequence[Word]
    statement: Statement | None = None

    @property
    def side(self) -> Side:
        """The side that differences are told by."""
        return Side(self.text, self.words)


def judge(quotation: Quotation, alignment: Alignment, printed: Printed) -> Judgement | None:
    """What aligned words make of a quotation; ``None`` where they aren't the same one."""
    yours, theirs = Side(quotation.text, quotation.words), printed.side
    cuts, differing = _sorted_blocks(quotation, alignment, printed)
    if not _is_one(quotation, alignment, cuts, differing, printed):
        return None
    differences = [_difference(block, change_of(block, yours, theirs)) for block in differing]
    altered = bool(differences)
    because: list[str] = []
    for block in cuts:
        change = changes_within(theirs, block.theirs)
        differences.append(_difference(block, change))
        if change and not _is_apart(printed.text, block):
            altered = True
            because.append(f"the words cut at the ellipsis change the {change} of the sentence")
    for difference in _cut_at_ends(alignment, printed):
        altered = True
        differences.append(difference)
        because.append(f"words cut at its end change the {difference.changes} of the sentence")
    differences.sort(key=lambda item: item.theirs or (10**9, 0))
    kind: Literal["exact", "shortened", "altered"] = "altered" if altered else "exact"
    if not altered and any(difference.theirs for difference in differences):
        kind = "shortened"
    score = 1.0 if kind == "exact" else _score(alignment, cuts)
    return Judgement(kind, score, alignment.span, tuple(differences), tuple(dict.fromkeys(because)))


def _sorted_blocks(
    quotation: Quotation, alignment: Alignment, printed: Printed
) -> tuple[list[Block], list[Block]]:
    """Printed words cut at an ellipsis; and what differs. What a bracketed insertion stands for, and words
    that interrupt a printed quotation outside its marks ("…," she said, "…"), are neither.
    """
    cuts, differing = [], []
    for block in alignment.blocks:
        if block.yours or not block.theirs:
            differing.append(block)
        elif block.at in quotation.cuts:
            cuts.append(block)
        elif block.at in quotation.insertions and len(block.theirs) <= _INSERTED:
            if changes_within(printed.side, block.theirs):
                differing.append(block)
        elif not _interrupts(alignment, block, printed):
            differing.append(block)
    return cuts, differing


def _interrupts(alignment: Alignment, block: Block, printed: Printed) -> bool:
    """Whether the words of a block stand between a closing and an opening quotation mark."""
    before = max((word.end for word in alignment.theirs if word.end <= block.theirs[0].start), default=None)
    after = min((word.start for word in alignment.theirs if word.start >= block.theirs[-1].end), default=None)
    if before is None or after is None or len(block.theirs) > _BETWEEN:
        return False
    gap = printed.text[before:after]
    first, last = block.theirs[0].start - before, block.theirs[-1].end - before
    closes = any(mark in gap[:first] for mark in '\u201d"')
    opens = any(mark in gap[last:] for mark in '\u201c"')
    return closes and opens and _INTERRUPTED.match(gap) is not None


def _is_one(
    quotation: Quotation,
    alignment: Alignment,
    cuts: Sequence[Block],
    differing: Sequence[Block],
    printed: Printed,
) -> bool:
    """Whether enough is the same for two wordings to be one quotation."""
    if not differing:
        return alignment.coverage == 1 and len(alignment.pairs) >= 2
    plain = sum(
        alignment.theirs[theirs].weight >= 1 and not printed.text[alignment.theirs[theirs].start].isupper()
        for _, theirs in alignment.pairs
    )
    score = _score(alignment, cuts)
    whole = len(alignment.theirs) >= 0.8 * len(_in_piece(printed, alignment.span))
    least = 0 if whole else 1 if alignment.telling > _LEAST_TELLING else _LEAST_PLAIN
    if alignment.telling >= _LEAST_TELLING and plain >= least:
        return score >= ALIGNED or (alignment.coverage == 1 and _in_long_runs(alignment))
    if alignment.telling == _LEAST_TELLING - 1 and plain >= _LEAST_PLAIN and _is_small(differing):
        return score >= ALIGNED and len(alignment.pairs) >= _LEAST_TELLING
    if whole and _is_small(differing) and len(alignment.pairs) >= _MANY and alignment.telling >= 2:
        return score >= ALIGNED
    return (
        whole
        and printed.statement is not None
        and printed.statement.form != "indirect"
        and len(differing) == 1
        and alignment.telling >= 1
        and len(alignment.pairs) >= 3
        and plain >= 1
        and score >= _SHORT_ALIGNED
    )


def _is_small(differing: Sequence[Block]) -> bool:
    """Whether two wordings differ in one place, by two words at most."""
    return len(differing) == 1 and max(len(differing[0].yours), len(differing[0].theirs)) <= 2


def _in_piece(printed: Printed, span: Range) -> Sequence[Word]:
    """The words of the piece of content in which a span begins; of text that no statement covers, all."""
    if printed.statement is None:
        return printed.words
    low, high = _bounds(printed, *span)
    return [word for word in printed.words if low <= word.start < high]


def _in_long_runs(alignment: Alignment) -> bool:
    """Whether words in common stand in a few runs of several words: so words were cut between them."""
    lengths = [1]
    for (first, second), (ours, theirs) in zip(alignment.pairs, alignment.pairs[1:], strict=False):
        if ours == first + 1 and theirs == second + 1:
            lengths[-1] += 1
        else:
            lengths.append(1)
    return len(lengths) <= 4 and all(length >= _LEAST_RUN for length in lengths)


def _score(alignment: Alignment, cuts: Sequence[Block]) -> float:
    """The share of both sides' weight in common, words cut at an ellipsis left out."""
    common = sum(alignment.theirs[theirs].weight for _, theirs in alignment.pairs)
    both = 2 * common
    for block in alignment.blocks:
        both += sum(word.weight for word in block.yours)
        if block not in cuts:
            both += sum(word.weight for word in block.theirs)
    return round(2 * common / both, 4)


def _difference(block: Block, change: Change | None) -> Difference:
    return Difference(_extent(block.theirs), _extent(block.yours), change)


def _extent(found: Sequence[Word]) -> Range | None:
    return (found[0].start, found[-1].end) if found else None


def _is_apart(text: str, block: Block) -> bool:
    """Whether the cut words are a clause or sentences of their own, not a part of the clause that is kept."""
    start, end = block.theirs[0].start, block.theirs[-1].end
    return bool(
        _CLAUSE_ENDS.search(text[start : end + 1]) or _CLAUSE_ENDS.search(text[max(0, start - 2) : start])
    )


def _cut_at_ends(alignment: Alignment, printed: Printed) -> Iterator[Difference]:
    """What stands before or behind the quoted words in their sentence and turns their sense."""
    start, end = alignment.span
    low, high = _bounds(printed, start, end)
    before = _after_last(_CLAUSE_ENDS, printed.text, max(low, start - _BEFORE), start)
    near = list(words_in(printed.text, before, start))[-_NEAR:]
    side = Side(printed.text, near)
    negators = [word for word in near if negates(side, word)]
    if len(negators) % 2:
        yield Difference((negators[0].start, start), None, "negation")
        return
    sentence = _after_last(_SENTENCE_ENDS, printed.text, max(low, start - _BEFORE), start)
    first = next(words_in(printed.text, sentence, start), None)
    if first is not None and first.form in _CONDITIONS:
        yield Difference((first.start, start), None, "modality")
        return
    behind = next(words_in(printed.text, end, min(high, end + 40)), None)
    if behind is not None and behind.form in _CONDITIONS:
        if not _SENTENCE_ENDS.search(printed.text, end, behind.start):
            yield Difference((behind.start, behind.end), None, "modality")


def _bounds(printed: Printed, start: int, end: int) -> Range:
    """The piece of the content that the words stand in; of text that no statement covers, all of it."""
    if printed.statement is None:
        return 0, len(printed.text)
    pieces = printed.statement.content
    low = max((piece.start for piece in pieces if piece.start <= start), default=start)
    high = min((piece.end for piece in pieces if piece.end >= end), default=end)
    return low, high


def _after_last(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where the part of a text begins that no mark of a pattern divides from its end."""
    last = start
    for match in pattern.finditer(text, start, end):
        last = match.end()
    return last


def denied(statement: Statement, text: str) -> Range | None:
    """The words by which a report says that a content was denied, or wasn't said; ``None`` where it was said.

    Args:
        text: the report's.
    """
    cue = statement.cue
    if cue is None:
        return None
    before = text[max(0, cue.start - 24) : cue.start]
    if _NEGATED_CUE.search(cue.text) or _NOT_SAID.search(before):
        return cue.start, cue.end
    if statement.form == "indirect" and _DENIES.search(cue.text):
        return cue.start, cue.end
    return None

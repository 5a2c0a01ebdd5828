"""A text's quotations: what stands between quotation marks, as ranges of code points.

Quotation marks come in every style (curly, straight, LaTeX, low-high, guillemets either way round, single), nest, stay unclosed and run over
paragraphs with an opening mark repeated at the head of each. Apostrophes are told from single marks by their neighbours. All functions
take time linear in the text, whatever it holds.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from onrecord.text.segmentation import Range, split_paragraphs


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks, marks included; ``inner_start:inner_end`` leaves them out.

    ``depth`` is 0 for an outermost one. ``closed`` is false where no closing mark was found, and the quotation ends with its paragraph.
    ``continues`` is true where it takes up a quotation that the paragraph before left open.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    single: bool
    closed: bool
    continues: bool


class QuotationState(IntEnum):
    """What a word is to the quotation marks around it; an input of the model, so the numbers are fixed."""

    OUTSIDE = 0
    INSIDE = 1
    NESTED = 2
    OPENING = 3
    CLOSING = 4
    UNCLOSED = 5


_CLOSING_FOR = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "«": "»",
    "``": "''\"",
    "‘": "’",
    "‚": "‘’",
    "‹": "›",
    "`": "'’",
    "「": "」",
    "『": "』",
}
_CLOSING_MARKS = frozenset({"”", "»", "''", "’", "›", "」", "』"})
_STRAIGHT_MARKS = frozenset({'"', "'", "＂"})
_SINGLE_MARKS = frozenset({"‘", "’", "'", "‚", "`", "‹", "›"})
_QUOTATION_MARK = re.compile(r"``|''|[“”„‟«»\"＂‘’‚‹›'`「」『』]")
_MAX_DEPTH = 8
_ELIDED_WORDS = frozenset(
    ["em", "til", "tis", "twas", "bout", "n", "nuff", "cept", "tween", "neath", "er", "ya"]
)
"""What an apostrophe may begin: "'em", "'til"."""


@dataclass(slots=True)
class _OpenQuotation:
    mark: str
    start: int
    inner_start: int
    continues: bool


def find_quotations(text: str, paragraphs: Sequence[Range] | None = None) -> tuple[Quotation, ...]:
    """All quotations, in order of their start.

    >>> [(q.start, q.end, q.depth) for q in find_quotations("“He said ‘no’,” Ana said. It’s hers.")]
    [(0, 15, 0), (9, 13, 1)]
    """
    found: list[Quotation] = []
    left_open: str | None = None
    ranges = split_paragraphs(text) if paragraphs is None else paragraphs
    for start, end in ranges:
        left_open = _quotations_in(text, start, end, left_open, found)
    found.sort(key=lambda quotation: (quotation.start, -quotation.end))
    return tuple(found)


def _quotations_in(
    text: str, start: int, end: int, left_open: str | None, found: list[Quotation]
) -> str | None:
    """Appends the quotations of one paragraph; returns the mark of an outermost one that it leaves open."""
    marks = [match.span() for match in _QUOTATION_MARK.finditer(text, start, end)]
    closers = [a for a, b in marks if text[a:b] in _SINGLE_MARKS and _can_close(text, a, b, start, end)]
    stack: list[_OpenQuotation] = []
    for a, b in marks:
        mark = text[a:b]
        kind = _mark_type(text, a, b, start, end, stack, closers)
        if kind == "open" and len(stack) < _MAX_DEPTH:
            continues = (
                not stack
                and left_open is not None
                and a == start
                and (mark in _SINGLE_MARKS) == (left_open in _SINGLE_MARKS)
            )
            stack.append(_OpenQuotation(mark, a, b, continues))
        elif kind == "close":
            level = _matching_level(stack, mark)
            if level is None:
                continue
            while len(stack) > level + 1:
                _close(stack, a, a, text, found, closed=False)
            _close(stack, a, b, text, found, closed=True)
    outermost = stack[0].mark if stack else None
    while stack:
        _close(stack, end, end, text, found, closed=False)
    return outermost


def _close(
    stack: list[_OpenQuotation], inner_end: int, end: int, text: str, found: list[Quotation], *, closed: bool
) -> None:
    opened = stack.pop()
    if not text[opened.inner_start : inner_end].strip():
        return
    single = opened.mark in _SINGLE_MARKS
    found.append(
        Quotation(
            opened.start, end, opened.inner_start, inner_end, len(stack), single, closed, opened.continues
        )
    )


def _matching_level(stack: Sequence[_OpenQuotation], mark: str) -> int | None:
    """The innermost open quotation that this mark can close."""
    for level in range(len(stack) - 1, -1, -1):
        opened = stack[level].mark
        if opened == mark or mark in _CLOSING_FOR.get(opened, ""):
            return level
        if (opened in _SINGLE_MARKS) == (mark in _SINGLE_MARKS):  # styles mixed by hand: “so"
            return level
    return None


def _can_close(text: str, a: int, b: int, start: int, end: int) -> bool:
    return a > start and not text[a - 1].isspace() and (b >= end or not text[b].isalnum())


def _mark_type(
    text: str, a: int, b: int, start: int, end: int, stack: Sequence[_OpenQuotation], closers: Sequence[int]
) -> str | None:
    """ "open", "close", or ``None`` for an apostrophe, a prime or a stray mark."""
    mark = text[a:b]
    before = text[a - 1] if a > start else " "
    after = text[b] if b < end else " "
    if mark in _SINGLE_MARKS and mark not in "‹›":
        if before.isalnum() and after.isalnum():
            return None  # an apostrophe inside a word
        if _is_elision(text, b, end) and not before.isalnum():
            return None
    if mark in {'"', "''"} and before.isdigit() and not stack:
        return None  # inches
    starts_word = before.isspace() or before in "([{—–-/:" or _QUOTATION_MARK.fullmatch(before) is not None
    ends_word = after.isspace() or after in ".,;:!?)]}—–-…/" or _QUOTATION_MARK.fullmatch(after) is not None
    opened = _matching_level(stack, mark) is not None
    if mark in _STRAIGHT_MARKS or mark in _CLOSING_MARKS:
        if mark in {"”", "»", "''", "›"} and opened:
            return "close"
        if opened and ends_word and not before.isspace():
            return "close"
        if starts_word and not after.isspace():
            if mark in _SINGLE_MARKS and not _closes_later(b, closers):
                return None
            return "open"
        if opened and not (mark in _SINGLE_MARKS and before.isspace()):
            return "close"
        return None
    if mark in {"«", "‹", "“", "‘"} and opened and not starts_word:
        return "close"  # »so« and „so“ close with what elsewhere opens
    if mark in _SINGLE_MARKS and not _closes_later(b, closers) and (before.isalnum() or after.isspace()):
        return None
    return "open"


def _closes_later(position: int, closers: Sequence[int]) -> bool:
    return bisect.bisect_left(closers, position + 1) < len(closers)


def _is_elision(text: str, position: int, end: int) -> bool:
    if position < end and text[position].isdigit():
        return (
            position + 1 < end
            and text[position + 1].isdigit()
            and text[position + 2 : position + 3] in {"s", " ", ",", "."}
        )
    stop = position
    while stop < end and stop - position < 6 and text[stop].isalpha():
        stop += 1
    return text[position:stop].lower() in _ELIDED_WORDS


def quotation_states(words: Sequence[Range], quotations: Sequence[Quotation]) -> list[QuotationState]:
    """The state of each word, in the order of the words, which must be sorted."""
    states = [QuotationState.OUTSIDE] * len(words)
    starts = [start for start, _ in words]
    for quotation in quotations:
        first = bisect.bisect_left(starts, quotation.start)
        last = bisect.bisect_left(starts, max(quotation.end, quotation.inner_start))
        inside = (
            QuotationState.NESTED
            if quotation.depth
            else QuotationState.INSIDE
            if quotation.closed
            else QuotationState.UNCLOSED
        )
        states[first:last] = [inside] * (last - first)
    for quotation in quotations:
        for position, state in (
            (quotation.start, QuotationState.OPENING),
            (quotation.inner_end, QuotationState.CLOSING),
        ):
            if state is QuotationState.CLOSING and not quotation.closed:
                continue
            index = bisect.bisect_left(starts, position)
            if index < len(starts) and starts[index] == position:
                states[index] = state
    return states

"""The form of a statement: direct, indirect or mixed, by the quotation marks around its content."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.text import TextAnalysis
from onrecord.text.quotations import Quotation
from onrecord.text.segmentation import Range
from onrecord.types import Form

_UNCAPITALIZED = frozenset(
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
)


def form_of(content: Sequence[Range], analysis: TextAnalysis) -> Form:
    """Direct where quotation marks hold every word of the content, mixed where they hold some, else indirect.

    Marks around a name (a nickname, a title of a work, a prize) make no word a quoted one.
    """
    text = analysis.text
    quoted = plain = 0
    for start, end in content:
        inside = 0
        reached = start
        for quotation in analysis.quotations_over(start, end):
            if _is_title_or_name(quotation, text):
                continue
            low, high = max(reached, quotation.start), min(end, quotation.end)
            if low < high:
                plain += _letters_in(text, reached, low)
                inside += _letters_in(text, low, high)
                reached = high
        quoted += inside
        plain += _letters_in(text, reached, end)
    return "direct" if not plain else "mixed" if quoted else "indirect"


def _is_title_or_name(quotation: Quotation, text: str) -> bool:
    words = text[quotation.inner_start : quotation.inner_end].split(None, 8)
    return (
        len(words) <= 7
        and text[quotation.inner_end - 1] not in ".!?,…"
        and (
            (all(word[:1].isupper() or word in _UNCAPITALIZED for word in words) and len(words) > 1)
            or (len(words) == 1 and _is_nickname(quotation, text))
        )
    )


def _is_nickname(quotation: Quotation, text: str) -> bool:
    """Whether a single quoted word has capitals on both sides: Mara ‘Tiny’ Holm."""
    before = text[max(0, quotation.start - 30) : quotation.start].split()
    after = text[quotation.end : quotation.end + 30].split()
    return bool(before and after) and all(
        word[:1].isupper() for word in (text[quotation.inner_start], before[-1], after[0])
    )


def _letters_in(text: str, start: int, end: int) -> int:
    return sum(character.isalnum() for character in text[start:end])

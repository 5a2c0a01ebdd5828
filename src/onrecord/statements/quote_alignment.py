"""WordPieces of content made to agree with the quotation marks around them, and with each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.text import TextAnalysis
from onrecord.text.intervals import overlap
from onrecord.text.segmentation import Range

_STRIP_LEFT = frozenset(" \t\r\n\xa0,;:.)]}–—-…!?")
_STRIP_RIGHT = frozenset(" \t\r\n\xa0,;:([{–—-")


def align_to_quotes(
    pieces: Iterable[Range], occupied: Sequence[Range], analysis: TextAnalysis
) -> tuple[Range, ...]:
    """WordPieces of content made to agree with the quotation marks and with each other.

    A mark belongs to the piece whose words it opens or closes; a piece that opens or closes a quotation takes in the rest of it, unless a cue or a
    source stands there; a hole with nothing but space and marks is none, and neither is one that lies inside one quotation. What stands at an edge without saying anything (space, a stray comma or stop outside the
    quotation marks) is trimmed. ``occupied`` are source and cue: no piece enters them.
    """
    text = analysis.text
    joined: list[Range] = []
    for start, end in sorted(_extend_to_quotation(piece, occupied, analysis) for piece in pieces):
        if joined and (start <= joined[-1][1] or _is_bridgeable(joined[-1][1], start, occupied, analysis)):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    out: list[Range] = []
    for piece in joined:
        for start, end in _subtract(piece, occupied):
            start, end = trim_range(start, end, text)
            if any(character.isalnum() for character in text[start:end]):
                out.append((start, end))
    return tuple(out)


def _extend_to_quotation(piece: Range, occupied: Sequence[Range], analysis: TextAnalysis) -> Range:
    start, end = piece
    for quotation in analysis.quotations_over(max(0, start - 1), end + 1):
        if any(quotation.start < high and low < quotation.inner_end for low, high in occupied):
            continue
        reach = quotation.end if quotation.closed else quotation.inner_end
        opens = start <= quotation.inner_start < end
        closes = start < quotation.inner_end <= end
        half = 2 * (min(end, reach) - max(start, quotation.start)) >= reach - quotation.start
        if (opens and half) or (closes and half):
            start, end = min(start, quotation.start), max(end, reach)
    return start, end


def _is_bridgeable(left: int, right: int, occupied: Sequence[Range], analysis: TextAnalysis) -> bool:
    text = analysis.text
    if any(overlap((left, right), span) for span in occupied):
        return False
    if not any(character.isalnum() for character in text[left:right]):
        return "\n" not in text[left:right]
    around = analysis.quotation_at(left)
    if around is None:
        return False
    quotation = analysis.outer_quotations[around]
    return quotation.inner_start <= left and right <= quotation.inner_end


def _subtract(piece: Range, occupied: Sequence[Range]) -> list[Range]:
    pieces = [piece]
    for span in occupied:
        pieces = (
            [
                part
                for start, end in pieces
                for part in ((start, min(end, span[0])), (max(start, span[1]), end))
                if part[0] < part[1]
            ]
            if any(overlap(part, span) for part in pieces)
            else pieces
        )
    return sorted(set(pieces))


def trim_range(start: int, end: int, text: str) -> Range:
    """The range without white space and stray marks at its edges; dots of omission and a number's point stay."""
    while (
        start < end
        and (text[start].isspace() or text[start] in _STRIP_LEFT)
        and text[start : start + 3] != "..."
    ):
        if text[start] == "." and text[start + 1 : start + 2].isdigit():
            break
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _STRIP_RIGHT):
        end -= 1
    return start, end

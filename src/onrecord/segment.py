"""A text's paragraphs, sentences, words and quotations, as ranges of code points. Nothing is normalised.

Quotation marks come in every style (curly, straight, LaTeX, low-high, guillemets either way round, single), nest, stay unclosed and run over
paragraphs with an opening mark repeated at the head of each. Apostrophes are told from single marks by their neighbours. All functions
take time linear in the text, whatever it holds.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

Range = tuple[int, int]

WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+|``|''|[’'](?:s|S)\b|\.\.\.|--+|[^\w\s]")
"""A word of the model: a number with its separators, a run of letters, a possessive ending, or one mark."""

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BLANK = re.compile(
    r"(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029])[^\S\r\n]*(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029])"
)

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "rev",
        "hon",
        "gov",
        "sen",
        "rep",
        "gen",
        "lt",
        "col",
        "sgt",
        "capt",
        "maj",
        "adm",
        "cmdr",
        "pres",
        "st",
        "jr",
        "sr",
        "messrs",
        "fr",
        "mt",
        "ft",
        "no",
        "nos",
        "vs",
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "dept",
        "univ",
        "assn",
        "bros",
        "ave",
        "blvd",
        "rd",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "u.s",
        "u.k",
        "u.n",
        "e.g",
        "i.e",
        "a.m",
        "p.m",
        "d.c",
        "ph.d",
        "approx",
        "est",
        "fig",
        "figs",
        "cf",
        "al",
        "op",
        "ed",
        "eds",
        "vol",
        "pp",
        "rs",
        "insp",
        "supt",
    ]
)
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "rev",
        "hon",
        "gov",
        "sen",
        "rep",
        "gen",
        "lt",
        "col",
        "sgt",
        "capt",
        "maj",
        "adm",
        "cmdr",
        "pres",
        "messrs",
        "fr",
        "insp",
        "supt",
        "sens",
        "reps",
        "govs",
        "gens",
        "profs",
        "drs",
        "del",
        "amb",
        "cpl",
        "pvt",
        "st",
        "mt",
        "ft",
        "no",
        "nos",
        "vs",
    ]
)
_OPENER_WORDS = """
a after all although an and another any as at because before both but by did do does each even every few for from he her here his how however
i if in is it its last many more most my no nobody none nor not now of on once one only or other our she since so some still that the their then
there these they this those though three to today two under until was we were what when where while who why will with yesterday yet you your
"""
_OPENERS = frozenset(_OPENER_WORDS.split())
"""Words that open a sentence behind "U.S." and its like, rather than go on with a name: "the U.S. Air Force"."""
_SENTENCE_END = re.compile(r"[.!?…]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_CLOSERS = frozenset("\"'”’»)]}›")

_ELISIONS = frozenset(["em", "til", "tis", "twas", "bout", "n", "nuff", "cept", "tween", "neath", "er", "ya"])


def words_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Range]:
    """Words and marks of ``text[start:end]``, in order.

    >>> [text[a:b] for text in ["Rina's 1,200 votes."] for a, b in words_of(text)]
    ['Rina', "'s", '1,200', 'votes', '.']
    """
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        yield match.span()


def paragraphs_of(text: str) -> tuple[Range, ...]:
    """Paragraphs: lines with something in them; blocks between blank lines where a text is wrapped by hand.

    >>> paragraphs_of("One.\\n\\nTwo.")
    ((0, 4), (6, 10))
    """
    lines = [_trim(text, *match.span()) for match in _LINE.finditer(text)]
    lines = [line for line in lines if line[0] < line[1]]
    if not _is_wrapped(text, lines):
        return tuple(lines)
    blocks: list[Range] = []
    for start, end in lines:
        if blocks and not _BLANK.search(text, blocks[-1][1], start):
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((start, end))
    return tuple(blocks)


def _is_wrapped(text: str, lines: Sequence[Range]) -> bool:
    """Whether lines were broken at a margin: most that go on below are about as long as the longest, and many break inside a sentence."""
    joined = [
        (left, right)
        for left, right in zip(lines, lines[1:], strict=False)
        if not _BLANK.search(text, left[1], right[0])
    ]
    if len(joined) < 3 or max(end - start for start, end in lines) > 120:
        return False
    mid_sentence = sum(
        text[left[1] - 1] not in ".!?:\"”’'…" and (text[right[0]].islower() or text[left[1] - 1].islower())
        for left, right in joined
    )
    return mid_sentence >= 0.6 * len(joined)


def sentences_of(text: str, start: int = 0, end: int | None = None) -> tuple[Range, ...]:
    """Sentences of ``text[start:end]``, which should be one paragraph; closing marks stay with the sentence they close.

    >>> [text[a:b] for text in ['"Go." Mr. Ito left. He ran.'] for a, b in sentences_of(text)]
    ['"Go."', 'Mr. Ito left.', 'He ran.']
    """
    end = len(text) if end is None else end
    out: list[Range] = []
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        stop = match.end()
        while stop < end and text[stop] in _CLOSERS:
            stop += 1
        if (
            stop >= end
            or not text[stop].isspace()
            or not _ends_sentence(text, match.start(), match.end(), stop, end)
        ):
            continue
        piece = _trim(text, begin, stop)
        if piece[0] < piece[1]:
            out.append(piece)
        begin = stop
    piece = _trim(text, begin, end)
    if piece[0] < piece[1]:
        out.append(piece)
    return tuple(out)


def _ends_sentence(text: str, mark: int, after_mark: int, stop: int, end: int) -> bool:
    following = stop
    while (
        following < end
        and following - stop < 50
        and (text[following].isspace() or text[following] in "\"'“‘«`([„")
    ):
        following += 1
    if following < end and text[following].islower():
        return False
    if text[mark:after_mark] != "." or stop > after_mark:
        return True
    head = mark
    while head > 0 and mark - head < 12 and (text[head - 1].isalnum() or text[head - 1] == "."):
        head -= 1
    word = text[head:mark].lower()
    if len(word) == 1 and word.isalpha() and text[head].isupper():
        return False  # an initial: "J. Ortega"
    if word in _TITLES:
        return False
    if word not in _ABBREVIATIONS:
        return True
    opener = _LETTERS.match(text, following, end) if "." in word else None
    return opener is not None and opener[0][0].isupper() and opener[0].lower() in _OPENERS


def _trim(text: str, start: int, end: int) -> Range:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


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


_OPENING = {
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
_CLOSING = frozenset({"”", "»", "''", "’", "›", "」", "』"})
_STRAIGHT = frozenset({'"', "'", "＂"})
_SINGLE = frozenset({"‘", "’", "'", "‚", "`", "‹", "›"})
_MARK = re.compile(r"``|''|[“”„‟«»\"＂‘’‚‹›'`「」『』]")
_MAX_DEPTH = 8


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    inner_start: int
    continues: bool


def quotations_of(text: str, paragraphs: Sequence[Range] | None = None) -> tuple[Quotation, ...]:
    """All quotations, in order of their start.

    >>> [(q.start, q.end, q.depth) for q in quotations_of("“He said ‘no’,” Ana said. It’s hers.")]
    [(0, 15, 0), (9, 13, 1)]
    """
    found: list[Quotation] = []
    left_open: str | None = None
    ranges = paragraphs_of(text) if paragraphs is None else paragraphs
    for start, end in ranges:
        left_open = _quotations_in(text, start, end, left_open, found)
    found.sort(key=lambda quotation: (quotation.start, -quotation.end))
    return tuple(found)


def _quotations_in(
    text: str, start: int, end: int, left_open: str | None, found: list[Quotation]
) -> str | None:
    """Appends the quotations of one paragraph; returns the mark of an outermost one that it leaves open."""
    marks = [match.span() for match in _MARK.finditer(text, start, end)]
    closers = [a for a, b in marks if text[a:b] in _SINGLE and _can_close(text, a, b, start, end)]
    stack: list[_Open] = []
    for a, b in marks:
        mark = text[a:b]
        kind = _kind(text, a, b, start, end, stack, closers)
        if kind == "open" and len(stack) < _MAX_DEPTH:
            continues = (
                not stack
                and left_open is not None
                and a == start
                and (mark in _SINGLE) == (left_open in _SINGLE)
            )
            stack.append(_Open(mark, a, b, continues))
        elif kind == "close":
            level = _matching(stack, mark)
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
    stack: list[_Open], inner_end: int, end: int, text: str, found: list[Quotation], *, closed: bool
) -> None:
    opened = stack.pop()
    if not text[opened.inner_start : inner_end].strip():
        return
    single = opened.mark in _SINGLE
    found.append(
        Quotation(
            opened.start, end, opened.inner_start, inner_end, len(stack), single, closed, opened.continues
        )
    )


def _matching(stack: Sequence[_Open], mark: str) -> int | None:
    """The innermost open quotation that this mark can close."""
    for level in range(len(stack) - 1, -1, -1):
        opened = stack[level].mark
        if opened == mark or mark in _OPENING.get(opened, ""):
            return level
        if (opened in _SINGLE) == (mark in _SINGLE):  # styles mixed by hand: “so"
            return level
    return None


def _can_close(text: str, a: int, b: int, start: int, end: int) -> bool:
    return a > start and not text[a - 1].isspace() and (b >= end or not text[b].isalnum())


def _kind(
    text: str, a: int, b: int, start: int, end: int, stack: Sequence[_Open], closers: Sequence[int]
) -> str | None:
    """ "open", "close", or ``None`` for an apostrophe, a prime or a stray mark."""
    mark = text[a:b]
    before = text[a - 1] if a > start else " "
    after = text[b] if b < end else " "
    if mark in _SINGLE and mark not in "‹›":
        if before.isalnum() and after.isalnum():
            return None  # an apostrophe inside a word
        if _is_elision(text, b, end) and not before.isalnum():
            return None
    if mark in {'"', "''"} and before.isdigit() and not stack:
        return None  # inches
    starts_word = before.isspace() or before in "([{—–-/:" or _MARK.fullmatch(before) is not None
    ends_word = after.isspace() or after in ".,;:!?)]}—–-…/" or _MARK.fullmatch(after) is not None
    opened = _matching(stack, mark) is not None
    if mark in _STRAIGHT or mark in _CLOSING:
        if mark in {"”", "»", "''", "›"} and opened:
            return "close"
        if opened and ends_word and not before.isspace():
            return "close"
        if starts_word and not after.isspace():
            if mark in _SINGLE and not _closes_later(b, closers):
                return None
            return "open"
        if opened and not (mark in _SINGLE and before.isspace()):
            return "close"
        return None
    if mark in {"«", "‹", "“", "‘"} and opened and not starts_word:
        return "close"  # »so« and „so“ close with what elsewhere opens
    if mark in _SINGLE and not _closes_later(b, closers) and (before.isalnum() or after.isspace()):
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
    return text[position:stop].lower() in _ELISIONS


def states_of(words: Sequence[Range], quotations: Sequence[Quotation]) -> list[QuotationState]:
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

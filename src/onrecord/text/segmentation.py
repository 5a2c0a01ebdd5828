"""A text's paragraphs, sentences and words, as ranges of code points. Nothing is normalised.

All functions take time linear in the text, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Range = tuple[int, int]
"""Half-open: the first code point, and one past the last."""

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+|``|''|[’'](?:s|S)\b|\.\.\.|--+|[^\w\s]")
"""A word of the model: a number with its separators, a run of letters, a possessive ending, or one mark."""

_LINES = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BLANK_LINE = re.compile(
    r"(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029])[^\S\r\n]*(?:\r\n|[\r\n\x0b\x0c\x85\u2028\u2029])"
)

_ABBREVIATED_TITLES = frozenset(
    """
    mr mrs ms dr prof rev hon gov sen rep gen lt col sgt capt maj adm cmdr pres messrs fr insp supt sens reps govs
    gens profs drs del amb cpl pvt st mt ft no nos vs
    """.split()
)
"""What stands before a name or a number: its stop never ends a sentence."""

_ABBREVIATIONS = frozenset(
    """
    jr sr etc inc ltd co corp dept univ assn bros ave blvd rd jan feb mar apr jun jul aug sep sept oct nov dec mon
    tue tues wed thu thur thurs fri sat sun u.s u.k u.n e.g i.e a.m p.m d.c ph.d approx est fig figs cf al op ed eds
    vol pp rs
    """.split()
)
"""Their stop ends a sentence only where one with stops inside ("U.S.") stands before a word of ``_SENTENCE_OPENERS``."""

_SENTENCE_OPENERS = frozenset(
    """
    a after all although an and another any as at because before both but by did do does each even every few for
    from he her here his how however i if in is it its last many more most my no nobody none nor not now of on once
    one only or other our she since so some still that the their then there these they this those though three to
    today two under until was we were what when where while who why will with yesterday yet you your
    """.split()
)
"""Words that open a sentence behind "U.S." and its like, rather than go on with a name: "the U.S. Air Force"."""
_SENTENCE_END = re.compile(r"[.!?…]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_CLOSING_MARKS = frozenset("\"'”’»)]}›")


def tokenize(text: str, start: int = 0, end: int | None = None) -> Iterator[Range]:
    """Words and marks of ``text[start:end]``, in order.

    >>> [text[a:b] for text in ["Rina's 1,200 votes."] for a, b in tokenize(text)]
    ['Rina', "'s", '1,200', 'votes', '.']
    """
    for match in TOKEN.finditer(text, start, len(text) if end is None else end):
        yield match.span()


def split_paragraphs(text: str) -> tuple[Range, ...]:
    """Paragraphs: lines with something in them; blocks between blank lines where a text is wrapped by hand.

    >>> split_paragraphs("One.\\n\\nTwo.")
    ((0, 4), (6, 10))
    """
    lines = [_strip(text, *match.span()) for match in _LINES.finditer(text)]
    lines = [line for line in lines if line[0] < line[1]]
    if not _is_wrapped(text, lines):
        return tuple(lines)
    blocks: list[Range] = []
    for start, end in lines:
        if blocks and not _BLANK_LINE.search(text, blocks[-1][1], start):
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((start, end))
    return tuple(blocks)


def _is_wrapped(text: str, lines: Sequence[Range]) -> bool:
    """Whether lines were broken at a margin: most that go on below are about as long as the longest, and many break inside a sentence."""
    joined = [
        (left, right)
        for left, right in zip(lines, lines[1:], strict=False)
        if not _BLANK_LINE.search(text, left[1], right[0])
    ]
    if len(joined) < 3 or max(end - start for start, end in lines) > 120:
        return False
    mid_sentence = sum(
        text[left[1] - 1] not in ".!?:\"”’'…" and (text[right[0]].islower() or text[left[1] - 1].islower())
        for left, right in joined
    )
    return mid_sentence >= 0.6 * len(joined)


def split_sentences(text: str, start: int = 0, end: int | None = None) -> tuple[Range, ...]:
    """Sentences of ``text[start:end]``, which should be one paragraph; closing marks stay with the sentence they close.

    >>> [text[a:b] for text in ['"Go." Mr. Ito left. He ran.'] for a, b in split_sentences(text)]
    ['"Go."', 'Mr. Ito left.', 'He ran.']
    """
    end = len(text) if end is None else end
    out: list[Range] = []
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        stop = match.end()
        while stop < end and text[stop] in _CLOSING_MARKS:
            stop += 1
        if (
            stop >= end
            or not text[stop].isspace()
            or not _ends_sentence(text, match.start(), match.end(), stop, end)
        ):
            continue
        piece = _strip(text, begin, stop)
        if piece[0] < piece[1]:
            out.append(piece)
        begin = stop
    piece = _strip(text, begin, end)
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
    if word in _ABBREVIATED_TITLES:
        return False
    if word not in _ABBREVIATIONS:
        return True
    opener = _LETTERS.match(text, following, end) if "." in word else None
    return opener is not None and opener[0][0].isupper() and opener[0].lower() in _SENTENCE_OPENERS


def _strip(text: str, start: int, end: int) -> Range:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

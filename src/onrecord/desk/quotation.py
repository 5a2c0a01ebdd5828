"""A quotation as it was given, and the words that are compared.

Nothing is normalized in place: words carry half-open code points of the text they stand in.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from onrecord.errors import SettingsError
from onrecord.linking.wording import FUNCTION
from onrecord.record.folding import LONGEST_TOKEN, find_raw_words, fold_name, fold_word
from onrecord.types import Document

LONGEST = 5_000
"""Characters of a quotation. A longer text is a document: its quotations are checked one by one."""

FUNCTION_WEIGHT = 0.25
"""What a function word weighs beside a content word."""

_MARKS = "\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u00ab\u00bb\uff02\uff07"
_ELLIPSIS = re.compile(r"[\[(]?[ \t]{0,3}(?:\u2026|\.(?:[ \u00a0]?\.){2,3})[ \t]{0,3}[\])]?")
_SIC = re.compile(r"[\[(]sic[.!]?[\])]", re.IGNORECASE)
_TIME_CODE = re.compile(r"\[\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?\]")
_BRACKETED = re.compile(r"\[([^\[\]\n]{1,120})\]")
_SIGNS = re.compile(r"%|\bper cent\b|[$\u20ac\u00a3\u00a5\u20b9]|(?<![\w.,)])[-\u2212](?=\d)", re.IGNORECASE)

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_DIGITS = {word: str(value) for value, word in enumerate(_UNITS.split()) if value > 1} | {
    word: str(10 * value) for value, word in enumerate(_TENS.split(), start=2)
}
"""House styles write "five" or "5": not what a speaker said differently."""


class Word(NamedTuple):
    """A word: half-open code points of its text; its form without case, accents, apostrophes; its weight."""

    start: int
    end: int
    form: str
    weight: float


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation as given.

    Attributes:
        text: as it was given.
        start: the first code point inside the outer quotation marks.
        end: one past the last.
        words: what is compared; ``[insertions]``, ``(sic)`` and ellipses are left out.
        cuts: places, as indexes into ``words``, before which an ellipsis stands.
        insertions: places before which a bracketed insertion stands.
        stems: indexes of words whose ending is in brackets ("want[ed]").
    """

    text: str
    start: int
    end: int
    words: tuple[Word, ...]
    cuts: frozenset[int]
    insertions: frozenset[int]
    stems: frozenset[int]

    @property
    def telling(self) -> int:
        """How many of the words aren't function words."""
        return sum(word.weight >= 1 for word in self.words)

    def token(self, word: Word) -> str:
        """The word as an index has it, folded and stemmed; empty for a percent sign."""
        raw = self.text[word.start : word.end].replace("[", "").replace("]", "")
        return fold_word(raw) if any(character.isalnum() for character in raw) else ""

    @property
    def parts(self) -> tuple[tuple[Word, ...], ...]:
        """The words between ellipses."""
        edges = [0, *sorted(cut for cut in self.cuts if 0 < cut < len(self.words)), len(self.words)]
        return tuple(self.words[a:b] for a, b in zip(edges, edges[1:], strict=False))


def parse_quotation(text: str) -> Quotation:
    """The quotation in a text that was given as one.

    >>> [word.form for word in parse_quotation("“[W]e won’t … pay [the fine],”").words]
    ['we', 'wont', 'pay']

    Raises:
        SettingsError: there is no word in it, a single one, or more than can be one quotation.
    """
    if len(text) > LONGEST:
        raise SettingsError(
            f"quotation: expected at most {LONGEST:,} characters, found {len(text):,}; check a whole text "
            "as a draft (--file)"
        )
    start, end = _inside_marks(text)
    quotation = _parse(text, start, end)
    if not quotation.words:
        raise SettingsError("quotation: expected some words, found none; give the words that were said")
    if len(quotation.words) == 1:
        word = text[quotation.words[0].start : quotation.words[0].end]
        raise SettingsError(
            f"quotation: expected at least two words, found {word!r:.60}: too short to verify; "
            "give more of the sentence"
        )
    return quotation


def _inside_marks(text: str) -> tuple[int, int]:
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or text[start] in _MARKS):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _MARKS):
        end -= 1
    return start, end


def _parse(text: str, start: int, end: int) -> Quotation:
    view = _View(text, start, end)
    for match in _SIC.finditer(text, start, end):
        view.blank(*match.span())
    cuts = [match.span() for match in _ELLIPSIS.finditer(text, start, end)]
    for span in cuts:
        view.blank(*span)
    insertions, stems = [], []
    for match in _BRACKETED.finditer(text, start, end):
        if _ELLIPSIS.fullmatch(match[0]) or _SIC.fullmatch(match[0]):
            continue
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if after.isalpha() and len(match[1]) <= 3 and match[1].isalpha():
            view.drop(match.start())
            view.drop(match.end() - 1)
        elif before.isalpha() and match[1].isalpha() and not after.isalpha():
            stems.append(match.start())
            view.blank(*match.span())
        else:
            insertions.append(match.start())
            view.blank(*match.span())
    words = tuple(view.words())
    return Quotation(
        text,
        start,
        end,
        words,
        frozenset(_index_at(words, first) for first, _ in cuts) - {0, len(words)},
        frozenset(_index_at(words, first) for first in insertions),
        frozenset(_index_at(words, first) - 1 for first in stems),
    )


def _index_at(words: tuple[Word, ...], offset: int) -> int:
    """The index of the first word that begins at an offset or later."""
    return sum(word.start < offset for word in words)


class _View:
    """A text with some characters blanked or dropped, and the way back to its offsets."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._characters = list(text[start:end])
        self._start = start

    def blank(self, start: int, end: int) -> None:
        self._characters[start - self._start : end - self._start] = " " * (end - start)

    def drop(self, place: int) -> None:
        self._characters[place - self._start] = ""

    def words(self) -> Iterator[Word]:
        offsets = [self._start + place for place, character in enumerate(self._characters) if character]
        for word in words_in("".join(self._characters)):
            yield word._replace(start=offsets[word.start], end=offsets[word.end - 1] + 1)


def words_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Yields the words of ``text[start:end]``, in order. Signs that change a number are words: of percent, of
    a currency, of minus.

    >>> [word.form for word in words_in("She won't pay five per cent, or €40, or -2%.")]
    ['she', 'wont', 'pay', '5', 'percent', 'or', '€', '40', 'or', 'minus', '2', 'percent']
    """
    part = text[start:end]
    signs = deque((match.start(), match.end(), _sign(match[0])) for match in _SIGNS.finditer(part))
    past = 0  # the end of the last sign: "per cent" is one, and two words
    for first, last, raw in find_raw_words(part):
        while signs and signs[0][0] <= first:
            sign = signs.popleft()
            past = sign[1]
            yield Word(start + sign[0], start + sign[1], sign[2], 1.0)
        form, weight = _weighed(raw) if len(raw) <= LONGEST_TOKEN else _weighed.__wrapped__(raw)
        if form and first >= past:
            yield Word(start + first, start + last, form, weight)
    for first, last, form in signs:
        yield Word(start + first, start + last, form, 1.0)


@lru_cache(maxsize=100_000)
def _weighed(raw: str) -> tuple[str, float]:
    """The form of a word, and its weight: kept, since folding is most of the time of a comparison."""
    form = fold_form(raw)
    return form, FUNCTION_WEIGHT if form in FUNCTION else 1.0


def _sign(written: str) -> str:
    if written[0] in "%pP":
        return "percent"
    return "minus" if written in "-\u2212" else written


def fold_form(raw: str) -> str:
    """A word as it is compared: without case, accents and apostrophes; small number words as digits.

    >>> fold_form("Café's"), fold_form("1,250"), fold_form("3.5") != fold_form("35"), fold_form("Five")
    ('cafes', '1250', True, '5')
    """
    if raw[0].isdigit():
        return fold_word(raw)
    form = fold_name(raw).replace(" ", "")
    return _DIGITS.get(form, form)


def printed_words(document: Document, start: int, end: int) -> list[Word]:
    """The words of a stretch of a report as they are compared with a quotation: without what a reporter put
    in brackets, "(sic)", and the time codes of a transcript.
    """
    text = document.text
    part = text[start:end]
    if "[" not in part and "(" not in part:
        return list(words_in(text, start, end))
    view = _View(text, start, end)
    for pattern in (_SIC, _TIME_CODE):
        for match in pattern.finditer(text, start, end):
            view.blank(*match.span())
    for match in _BRACKETED.finditer(text, start, end):
        after = text[match.end() : match.end() + 1]
        if after.isalpha() and len(match[1]) <= 3 and match[1].isalpha():
            view.drop(match.start())
            view.drop(match.end() - 1)
        else:
            view.blank(*match.span())
    return list(view.words())

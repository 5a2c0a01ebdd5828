"""Lines of pages to paragraphs: running heads and page numbers out, hyphens at line ends undone.

A line ends because the next word wouldn't have fitted. So a paragraph ends where it would have; at an indent; where the leading
or the size of the type changes. Only a page's or a column's end needs the words: a sentence goes on over it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page\s{1,3})?[-–—\s|]{0,4}(?:\d{1,4}|[ivxl]{1,6})[-–—\s|]{0,4}(?:(?:of|/)\s{0,3}\d{1,4})?",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…:][\"”’')\]]{0,3}$")
_HYPHEN_END = re.compile(r"([^\W\d_]{2,})([-\u00ad\u2010])$")
_WORD_START = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Words that keep their hyphen before another word.
_KEEPING = "well self ex non co anti pre post mid semi vice half quasi all cross much long short high low two three four five six ten"
_PREFIXES = frozenset(_KEEPING.split())
_EDGE_LINES = 2  # at the top and at the bottom of a page, where running heads stand
_SAME_PLACE = 4.0  # points
_EM = 0.6  # of the type's height: an indent
_NEAR = 3  # lines before and after, between which margins are compared


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text, and where it stands, in points from the page's lower left corner; ``height`` is the type's."""

    text: str
    left: float
    right: float
    bottom: float
    height: float


def split_paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """The paragraphs of the pages, in the order of their content."""
    kept = without_running(pages)
    vocabulary = Counter(
        word.lower() for lines in kept for line in lines for word in _WORDS.findall(line.text)
    )
    out: list[str] = []
    before: Line | None = None
    for lines in kept:
        leading = _leading(lines)
        for place, line in enumerate(lines):
            near = lines[max(0, place - _NEAR) : place + _NEAR + 1]
            if before is None or _begins(before, line, near, leading, first=place == 0):
                out.append(line.text)
            else:
                out[-1] = _joined(out[-1], line.text, vocabulary)
            before = line
    return [text.replace("\u00ad", "") for text in out]


def without_running(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without lines that stand at the same place, numbers aside, on most pages, and without page numbers."""
    edges = [_edge(lines) for lines in pages]
    seen: Counter[tuple[str, int]] = Counter()
    for lines in edges:
        seen.update({(_DIGITS.sub("#", line.text), round(line.bottom / _SAME_PLACE)) for line in lines})
    often = max(2, len(pages) // 3)
    kept = []
    for page, edge in zip(pages, edges, strict=True):
        running = {
            line
            for line in edge
            if (len(pages) > 1 and _times(seen, line) >= often) or _PAGE_NUMBER.fullmatch(line.text)
        }
        kept.append([line for line in page if line not in running])
    return kept


def _edge(lines: Sequence[Line]) -> list[Line]:
    down = sorted(lines, key=lambda line: line.bottom)
    return down[:_EDGE_LINES] + down[_EDGE_LINES:][-_EDGE_LINES:]


def _times(seen: Counter[tuple[str, int]], line: Line) -> int:
    text, place = _DIGITS.sub("#", line.text), round(line.bottom / _SAME_PLACE)
    return max(seen[text, place + step] for step in (-1, 0, 1))


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance from line to line, in points."""
    steps = [
        above.bottom - below.bottom
        for above, below in zip(lines, lines[1:], strict=False)
        if 0 < above.bottom - below.bottom < 4 * above.height and _same_size(above, below)
    ]
    return median(steps) if steps else 0.0


def _same_size(one: Line, other: Line) -> bool:
    return abs(one.height - other.height) <= 0.15 * max(one.height, other.height)


def _begins(before: Line, line: Line, near: Sequence[Line], leading: float, *, first: bool) -> bool:
    """Whether a paragraph begins with the line."""
    if not _same_size(before, line):
        return True
    step = before.bottom - line.bottom
    ended = _SENTENCE_END.search(before.text) is not None
    if first or step < -0.5 * line.height or (step > 0 and not _overlap(before, line)):
        return (
            ended
            or line.text[0] in "•▪"
            or (before.text[-1].isalnum() and line.text[0].isupper() and _is_short(before, near))
        )
    if abs(step) <= 0.5 * line.height:
        return False  # a piece of the same line
    if leading and step > 1.35 * leading:
        return True
    column = [other for other in near if _overlap(other, line) and _same_size(other, line)]
    if line.left - min(other.left for other in column) > _EM * line.height and before.left < line.left + 1:
        return True
    return _would_have_fitted(before, line, max(other.right for other in column), ended=ended)


def _overlap(one: Line, other: Line) -> bool:
    return one.left < other.right and other.left < one.right


def _is_short(line: Line, near: Sequence[Line]) -> bool:
    widest = max(other.right - other.left for other in near)
    return line.right - line.left < 0.7 * widest


def _would_have_fitted(before: Line, line: Line, margin: float, *, ended: bool) -> bool:
    """Whether the first word of the line would have fitted at the end of the one before it."""
    width = (line.right - line.left) / max(len(line.text), 1)
    word = len(line.text.split(" ", 1)[0]) + 1
    room = margin - before.right
    # Justified and centred lines vary; where no sentence ended there has to be room for much more than a word.
    return room > 1.2 * word * width if ended else room > (word + 12) * width and line.text[0].isupper()


def _joined(text: str, rest: str, vocabulary: Counter[str]) -> str:
    match = _HYPHEN_END.search(text)
    if not match:
        return f"{text}{'' if text.endswith('-') else ' '}{rest}"
    head, follows = match[1], _WORD_START.match(rest)
    bare = text[: match.start(2)]
    if follows and _drops_hyphen(head.lower(), follows[0], vocabulary):
        return bare + rest
    return f"{bare}-{rest}"


def _drops_hyphen(head: str, follows: str, vocabulary: Counter[str]) -> bool:
    """Whether the hyphen only broke a word: by the words that the document has elsewhere."""
    if not follows[0].islower():
        return False
    if vocabulary[head + follows]:
        return True
    if vocabulary[f"{head}-{follows}"] or head in _PREFIXES:
        return False
    return not (vocabulary[head] > 1 and vocabulary[follows] > 1)

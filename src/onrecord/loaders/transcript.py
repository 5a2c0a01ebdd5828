"""Transcripts: whose turn each stretch of a text is.

A transcript labels its turns at the heads of lines: "MR. TAVISH:", "QUESTION:", "Q.", "A:", "Tomas Ruell (Alderby Post):",
"[00:01:12] JO ORR:". A report that happens to have a colon early in a line isn't one, nor is a list of scores, prices or
ingredients: labels have to come again, and sentences to stand behind them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.types import Document, Span

_UPPER = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9.'’-]{0,24}"
_WORD = r"[A-ZÀ-ÖØ-Þ][\w.'’-]{0,24}"
_DESCRIBED = r"""(?:An?|The|Some|Several)[ ](?:[a-z-]{2,20}[ ]){0,3}
        (?:members?|speakers?|reporters?|journalists?|voices?|man|woman|men|women|questioners?|callers?|jurors?|witness(?:es)?|delegates?|hecklers?
        |students?|interpreters?|operators?|moderators?|clerks?|judges?|participants?)
        (?:[ ](?:of|in|from|at)[ ](?:the[ ])?[a-z]{2,20}){0,2}"""
_LABEL = re.compile(
    rf"""(?:^|(?<=[\n\r\u2028\u2029]))[ \t\u00a0]{{0,12}}
    (?:[>*•]{{1,2}}[ ]?|["“]|\[?\d{{1,2}}:\d\d(?::\d\d)?\]?[ ]{{1,3}})?      # caption marks, bold type, a time
    (?P<label>
        Q(?:UESTION|uestion)?|A(?:NSWER|nswer)?
      | {_UPPER}(?:(?:[ ]|,[ ]|[ ]&[ ]){_UPPER}){{0,6}}                      # MR. TAVISH   JO ORR, ALDERBY POST
      | {_DESCRIBED}                                                       # A member of the public
      | {_WORD}(?:(?:[ ]|,[ ])(?:{_WORD}|of|the|de|da|del|la|van|von|al|bin|for|and)){{0,7}}   # Tomas Ruell
    )
    (?:
        (?:[ ]?[(\[][^()\[\]\n]{{1,60}}[)\]]){{0,2}}[ ]?\*{{0,2}}:\*{{0,2}}(?=\s|["“‘'(\[…—]|\Z)
      | (?<=[QA])[.)](?=[ \t\n]) | (?<=\bQ)(?=[ \t]{{2,}}|\t) | (?<=\bA)(?=[ \t]{{3,}}|\t) | (?P<bare>(?<=\bQ)(?=[ ]["“A-Z]|[A-Z][a-z]))
    )""",
    re.VERBOSE,
)
_NOT_SPEAKERS_WORDS = """
note notes update updated correction photo photos image source sources read more related watch listen contact contacts date time
place where when why how tel phone email e-mail website subject re from to cc about tags topics location video audio summary
background also by example remember warning tip tips price cost age name born score scores result results rating ingredients
verdict grade pick prediction winner losers winners pros cons monday tuesday wednesday thursday friday saturday sunday breaking
exclusive p.s ps n.b first second third finally total goals teams bottom takeaway step day week part chapter section figure table
but however yes no well so look and or because still meanwhile plus fact myth claim headline caption credit copyright
"""
_NOT_SPEAKERS = frozenset(_NOT_SPEAKERS_WORDS.split())
_QUESTION = frozenset(("Q", "QUESTION"))
_ANSWER = frozenset(("A", "ANSWER"))
_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[ \t]{0,80}(?:\r\n|\n|\r)")
_LINE_BREAKS = re.compile(r"[\n\r\u2028\u2029]+")
_PROSE_END = tuple(".?!…”\"’')]—–-;:,")
_CLOSING = re.compile(
    r"(?:\(?\*{0,3}\(?(?:END|ENDS|End|Ends)\b[^\n]{0,40}|\d{1,2}[:.]\d\d[ ]?[APap]\.?[Mm]\.?(?:[ ]\(?[A-Z]{2,4}\)?)?|#{2,}|-\s?30\s?-|\*\s?\*\s?\*|[*_(\[]{0,2}(?:This|The)[ ](?:\w+[ ]){0,3}"
    r"(?:interview|transcript|conversation|exchange|discussion)[ ](?:was|has|is|were|have)\b[^\n]{0,300})[ \t]*$"
)
_REMARK = re.compile(r"[(\[][^()\[\]\n]{1,80}[)\]]\.?")
"""What whoever wrote it down heard besides words: "(Inaudible.)"."""

_MIN_TURNS = 4
_LONGEST_HEAD = 120  # characters of a head's line behind its colon


@dataclass(frozen=True, slots=True)
class Turn:
    """A speaker's turn: the label without its mark, and what is said, paragraphs that follow without a label included."""

    label: Span
    text: Span


@dataclass(frozen=True, slots=True)
class _Mark:
    """A label in the text: where its line begins, where it begins and ends, where the words after it begin."""

    line: int
    start: int
    end: int
    after: int
    words: str
    bare: bool

    @property
    def name(self) -> str:
        return self.words.upper().rstrip(".")

    @property
    def uppercase(self) -> bool:
        return self.words.isupper()


def turns(document: Document) -> tuple[Turn, ...]:
    """The turns of a transcript, in order; none of a document of another kind."""
    return find_turns(document.text) if document.kind == "transcript" else ()


def is_transcript(text: str) -> bool:
    """Whether labels that come again open enough of the paragraphs, with sentences behind them.

    >>> is_transcript("Q: Why?\\nA: Because.\\nQ: And then?\\nA: Nothing.")
    True
    >>> is_transcript("Orr: Bridge Will Close\\n\\nThe mayor left.\\n\\nShe ran.")
    False
    """
    marks = _marks(text)
    names = Counter(mark.name for mark in marks)
    if len(marks) < 3 or len(names) < 2 or not _are_prose(text, marks):
        return False
    questions = sum(names[name] for name in _QUESTION)
    others = len(marks) - questions
    share = len(marks) / _paragraphs_after(text, marks[0].start)
    if questions >= 2 and others >= 2:
        return share >= 0.1
    often = [name for name, count in names.items() if count >= 2]
    if len(marks) < _MIN_TURNS:
        return bool(often) and share >= 0.75
    if not often or len(names) > 0.75 * len(marks):
        return False
    # A speech goes on for many paragraphs; then the labels have to be many, of several who speak again and again.
    return share >= 0.3 or (
        len(marks) >= 8 and sum(names[name] for name in often) >= 0.7 * len(marks) and share >= 0.08
    )


def find_turns(text: str) -> tuple[Turn, ...]:
    """The turns of a text that is known to be a transcript. What stands before the first label is in none, and a remark
    in brackets alone is no turn.
    """
    marks = _marks(text)
    out = []
    for number, mark in enumerate(marks):
        last = number + 1 == len(marks)
        end = _end_of_talk(text, mark.after) if last else marks[number + 1].line
        said = _without_remarks(text[mark.after : end])
        begin = mark.after + len(said) - len(said.lstrip())
        end = mark.after + len(said.rstrip())
        if begin < end and not _REMARK.fullmatch(text, begin, end):
            out.append(Turn(Span.of(text, mark.start, mark.end), Span.of(text, begin, end)))
    return tuple(out)


def _without_remarks(said: str) -> str:
    """A turn without the remarks in brackets that stand on lines of their own at its end."""
    while (last := said.rstrip().rfind("\n")) >= 0 and _REMARK.fullmatch(said[last:].strip()):
        said = said[:last]
    return said


def _marks(text: str) -> list[_Mark]:
    """The labels of a text; those that only look like one are left out."""
    found = [
        _Mark(match.start(), *match.span("label"), match.end(), match["label"], match["bare"] is not None)
        for match in _LABEL.finditer(text)
        if match["label"].split()[0].strip(",.").lower() not in _NOT_SPEAKERS
    ]
    if found and found[0].start < 4 and _is_headline(text, found):
        found = found[1:]
    found = _without_head(text, found)
    firm = [mark for mark in found if not mark.bare]
    names = Counter(mark.name for mark in found)
    if not _QUESTION & names.keys():
        found = [mark for mark in found if mark.name not in _ANSWER]  # "A." opens a list
    uppercase = sum(mark.uppercase for mark in firm) >= 0.8 * len(firm)
    parts = {part for mark in firm if " " in mark.words for part in mark.name.split()}
    kept = []
    for mark in found:
        once = names[mark.name] == 1
        odd = (
            once and not mark.uppercase and (uppercase or (" " not in mark.words and mark.name not in parts))
        )
        if not odd and not (mark.bare and len(firm) < 2):
            kept.append(mark)
    return kept


def _is_headline(text: str, marks: Sequence[_Mark]) -> bool:
    """Whether the first label belongs to a headline ("Orr: Bridge Will Close"): alone in its paragraph, and no label again."""
    first = marks[0]
    blank = _BLANK_LINE.search(text, first.after, first.after + 300)
    if blank is None or sum(mark.words == first.words for mark in marks) > 1:
        return False
    if len(marks) > 1 and blank.start() > marks[1].start:
        return False
    return not first.uppercase or not text[first.after : blank.start()].rstrip().endswith((".", "?", "!"))


def _without_head(text: str, marks: list[_Mark]) -> list[_Mark]:
    """The labels without those at the head that aren't said by anybody: never a label again, and no sentence behind them
    ("Oral Answers: Prime Minister" over the day of a sitting).
    """
    names = Counter(mark.name for mark in marks)
    first = 0
    while first + 1 < len(marks) and names[marks[first].name] == 1:
        said = text[marks[first].after : marks[first + 1].line].strip()
        if not said or len(said) > _LONGEST_HEAD or said.endswith(_PROSE_END):
            break
        first += 1
    return marks[first:]


def _are_prose(text: str, marks: Sequence[_Mark]) -> bool:
    """Whether sentences stand behind most labels, and not scores, prices or names."""
    ends = [mark.line for mark in marks[1:]] + [len(text)]
    said = [
        text[mark.after : min(end, mark.after + 5_000)].strip() for mark, end in zip(marks, ends, strict=True)
    ]
    prose = sum(
        (words.endswith(_PROSE_END) or len(words) > 200) and not words[0].isdigit() for words in said if words
    )
    return prose >= 0.6 * len(said)


def _paragraphs_after(text: str, start: int) -> int:
    """How many lines with something in them follow; of a text that blank lines divide, how many blocks."""
    blocks = len(_BLANK_LINE.findall(text, start)) + 1
    lines = len(_LINE_BREAKS.findall(text.rstrip(), start)) + 1
    return blocks if blocks >= 3 else lines


def _end_of_talk(text: str, start: int) -> int:
    """The end of the last turn: before "(END)", "###", the time when it ended or a note on how the interview was edited."""
    lines = text[start:].splitlines(keepends=True)[1:]
    end = closed = len(text)
    for line in reversed(lines[-6:]):
        end -= len(line)
        if _CLOSING.match(line.strip()):
            closed = end
    return closed

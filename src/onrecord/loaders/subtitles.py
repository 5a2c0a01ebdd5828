"""Subtitles (SubRip, WebVTT) to a transcript: what was spoken, by whom, with time codes.

Cues of one speaker become paragraphs that begin with a time code and, where the speaker changes, a label:
``[00:01:12] ANA LIND: We will pay.`` Labels are in uppercase letters, as a transcript's are. A new
paragraph begins where the speaker changes, after a pause, and at the first end of a sentence after half a
minute.

SubRip has no standard; WebVTT is https://www.w3.org/TR/webvtt1/.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.errors import EmptyError, FormatError

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}[^\n]*\Z")
_BLOCKS = re.compile(r"\n[ \t]*\n+")
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,60})?[ \t]+([^>\n]{1,80})>")
_TAG = re.compile(r"<[^<>\n]{0,120}>|\{\\[^{}\n]{0,80}\}")
_LABEL = re.compile(
    r"(?:>{1,3}[ ]?|-[ ]?)?"
    r"(?P<name>[A-ZÀ-ÖØ-Þ][\w.'’-]{0,24}(?:[ ][A-ZÀ-ÖØ-Þ][\w.'’-]{0,24}){0,4})"
    r"(?:[ ]?[(\[][^)\]\n]{1,40}[)\]])?"
    r":(?:[ ]+|$)"
)
_TURN = re.compile(r">{2,3}[ ]?|[-\u2013\u2014][ ]?(?=\S)")
_NOT_SPOKEN = re.compile(r"[\[(][^\[\]()\n]{1,80}[\])]|\u266a[^\n]*")
_SENTENCE_END = re.compile(r"[.!?\u2026][\"\u201d\u2019')\]]*\Z")
_LONGEST_S = 30.0
_PAUSE_S = 5.0
_HEAD = 2_000
_NOBODY = "A SPEAKER"  # whom the subtitles don't name


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption: seconds from the beginning, who speaks where that is told, and the words."""

    start_s: float
    end_s: float
    speaker: str | None
    text: str
    turns: bool = False  # another speaker begins, whoever it is


def is_subtitles(text: str) -> bool:
    """Whether a text is WebVTT or SubRip, by its first lines.

    >>> is_subtitles("1\\n00:00:01,000 --> 00:00:02,000\\nGood evening.")
    True
    >>> is_subtitles("At 00:01 --> the lights went out.")
    False
    """
    head = text[:_HEAD].lstrip("\ufeff \t\r\n").replace("\r\n", "\n").replace("\r", "\n")
    if re.match(r"WEBVTT(?:[ \t\n]|\Z)", head):
        return True
    lines = head.split("\n")[:3]
    return any(_TIMING.match(line) for line in lines[:2])


def to_transcript(text: str, *, origin: str) -> str:
    """The text of subtitles as a transcript.

    Raises:
        FormatError: no cue in it can be read.
        EmptyError: nothing is spoken in it.
    """
    cues = list(read_cues(text))
    if not cues and "-->" not in text:
        raise FormatError(
            origin,
            "expected subtitles with times such as 00:00:01,000 --> 00:00:02,500, found none; check the file",
        )
    paragraphs = list(_paragraphs(cues))
    if not paragraphs:
        raise EmptyError(origin, "subtitles in which nothing is spoken; check that it is the right file")
    return "\n\n".join(paragraphs) + "\n"


def read_cues(text: str) -> Iterator[Cue]:
    """Yields the cues of SubRip or WebVTT in order; notes, styles and what isn't spoken are left out. A block
    that can't be read is passed over, as players do.
    """
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for block in _BLOCKS.split(lines):
        rows = block.strip("\n").split("\n")
        at = next((place for place, row in enumerate(rows[:3]) if _TIMING.match(row)), None)
        if at is None or rows[0].startswith(("NOTE", "STYLE", "REGION")):
            continue
        match = _TIMING.match(rows[at])
        assert match is not None
        times = match.groups()
        yield from _cues_of(rows[at + 1 :], _seconds(times[:4]), _seconds(times[4:]))


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(fraction.ljust(3, "0")[:3]) / 1000


def _cues_of(rows: Sequence[str], start_s: float, end_s: float) -> Iterator[Cue]:
    """The cues of one block: one, or one for each line that names another speaker or begins with a dash."""
    speaker, turns, words = None, False, list[str]()
    for row in rows:
        for name, turned, said in _voices(row):
            if (name or turned) and words:
                yield Cue(start_s, end_s, speaker, " ".join(words), turns)
                words, speaker, turns = [], None, False
            if name or turned:
                speaker, turns = name, turned
            if said:
                words.append(said)
    if words:
        yield Cue(start_s, end_s, speaker, " ".join(words), turns)


def _voices(row: str) -> Iterator[tuple[str | None, bool, str]]:
    """The parts of a line: who speaks, if that is told, whether another begins to speak, and the words."""
    pieces = _VOICE.split(row)
    for place in range(0, len(pieces), 2):
        name = pieces[place - 1].strip() if place else None
        said = html.unescape(_TAG.sub("", pieces[place])).strip()
        turned = False
        if name is None and (match := _LABEL.match(said)):
            name, said = match["name"], said[match.end() :]
        elif name is None and (dash := _TURN.match(said)):
            turned, said = True, said[dash.end() :]
        said = " ".join(_NOT_SPOKEN.sub(" ", said).split())
        if said or name or turned:
            yield name, turned, said


def _paragraphs(cues: Sequence[Cue]) -> Iterator[str]:
    """The cues as paragraphs with time codes, a label where the speaker changes."""
    speaker, began, ended = None, 0.0, 0.0
    words: list[str] = []
    label = ""

    def paragraph() -> str:
        return f"[{_clock(began)}] {label}{' '.join(words)}"

    for cue in cues:
        changed = cue.turns or (cue.speaker is not None and cue.speaker != speaker)
        full = bool(words) and cue.start_s - began >= _LONGEST_S and _SENTENCE_END.search(words[-1])
        if words and (changed or full or cue.start_s - ended > _PAUSE_S):
            yield paragraph()
            words, label = [], ""
        if not words:
            began = cue.start_s
        if changed:
            speaker = cue.speaker
            label = f"{_label(speaker)}: "
        ended = cue.end_s
        if cue.text and not (words and words[-1] == cue.text):  # live captions repeat a line as it scrolls
            words.append(cue.text)
    if words:
        yield paragraph()


def _label(speaker: str | None) -> str:
    """A name as a transcript's labels are: in uppercase letters, every word beginning with a letter."""
    words: list[str] = []
    for word in re.findall(r"[\w.'\u2019-]+", (speaker or _NOBODY).upper()):
        if words and not word[0].isalpha():
            words[-1] = f"{words[-1]}-{word}"
        else:
            words.append(word)
    return " ".join(words) or _NOBODY


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"

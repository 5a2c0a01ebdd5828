"""What verbs do with what they take ("imposed a curfew", "signed an agreement"), and the mood they stand in: done, meant, wanted, threatened, not done.

The frames are in ``data/frames.tsv``, a line for each class of the CAMEO codebook with its PLOVER root. They are cues for a model that weighs
them (``plover``), not verdicts: lines overlap, and a verb takes more words than its own.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.acts.cue_lexicon import forms_of, read_rows

Mood = Literal["done", "meant", "wanted", "threatened", "may", "not"]

REACH = 8  # words after a verb in which its object may stand
BEFORE = 6  # words before a verb that tell its mood, or, before a passive, have its object
PARTICLE = 3  # words after a verb in which its particle may stand
BE = frozenset({"was", "were", "been", "is", "are", "be", "being"})
ENDS = frozenset({".", ";", ":", "!", "?"})

_CUES: dict[Mood, str] = {
    "not": """not never no t cannot without nor neither refuse refused refuses refusing refusal decline declined declines fail failed
        fails failure reject rejected rejects deny denied""",
    "threatened": "threaten threatened threatens threatening threat threats warn warned warns warning",
    "wanted": """must should call calls called calling urge urged urges urging ask asked asks asking demand demanded demands demanding
        want wants wanted request requested requests appeal appealed appeals plead pleaded insist insisted insists seek seeks sought seeking
        require requires required order ordered orders press pressed push pushed need needs needed""",
    "meant": """will would ll shall going plan plans planned planning ready readiness willing willingness agree agreed agrees agreeing
        offer offered offers offering pledge pledged pledges promise promised promises vow vowed vows intend intends intended intention
        prepare prepared prepares expected expects set about due hope hopes hoped commit committed commitment decide decided consider
        considering scheduled likely""",
    "may": "may might could can if",
}
_MOODS = {mood: frozenset(words.split()) for mood, words in _CUES.items()}  # the first that has a cue decides


@dataclass(frozen=True, slots=True)
class EventFrame:
    """A line of the table. ``particle`` is "" where the verb has none; ``objects`` are stems, those of several words as tuples."""

    code: str
    root: str
    particle: str
    objects: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FrameMatch:
    """A frame at work in a sentence: the places of its verb and of its object's first word."""

    frame: EventFrame
    verb: int
    object: int


def find_frames(words: Sequence[str]) -> Iterator[FrameMatch]:
    """The frames of a sentence's words (lower case), by their verbs' places."""
    table = load_frames()
    stems = [stem(word) for word in words]
    for index, word in enumerate(words):
        for frame in table.get(word, ()):
            if frame.particle and frame.particle not in words[index + 1 : index + 1 + PARTICLE]:
                continue
            at = _object(frame, words, stems, index)
            if at is not None:
                yield FrameMatch(frame, index, at)


def _object(frame: EventFrame, words: Sequence[str], stems: Sequence[str], verb: int) -> int | None:
    for at in range(verb + 1, min(len(words), verb + 1 + REACH)):
        if words[at] in ENDS:
            break
        if (stems[at],) in frame.objects or tuple(stems[at : at + 2]) in frame.objects:
            return at
    if verb and words[verb - 1] in BE:
        for at in range(verb - 2, max(-1, verb - 2 - BEFORE), -1):
            if (stems[at],) in frame.objects or tuple(stems[at : at + 2]) in frame.objects:
                return at
    return None


def mood_of(words: Sequence[str], verb: int) -> Mood:
    """The mood of a word: what the words before it in its clause make of it."""
    before: set[str] = set()
    for at in range(verb - 1, max(-1, verb - 1 - BEFORE), -1):
        if words[at] in ENDS:
            break
        before.add(words[at])
    return next((mood for mood, cues in _MOODS.items() if cues & before), "done")


@functools.lru_cache(maxsize=1)
def load_frames() -> dict[str, tuple[EventFrame, ...]]:
    """The frames by every form of their verbs."""
    found: dict[str, list[EventFrame]] = {}
    for code, root, verbs, objects, _ in read_rows("frames.tsv"):
        taken = frozenset(tuple(stem(part) for part in words.split("_")) for words in objects.split())
        for verb in verbs.split():
            head, _, particle = verb.partition("_")
            frame = EventFrame(code, root, particle, taken)
            for form in forms_of(head) | {head}:
                found.setdefault(form, []).append(frame)
    return {form: tuple(frames) for form, frames in found.items()}


@functools.lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without the endings of number and tense: one for all forms, not always a word."""
    for ending, instead in (
        ("ies", "y"),
        ("ied", "y"),
        ("ing", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
        ("e", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: len(word) - len(ending)] + instead
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "ls" else word

"""Proposals of the network as drafts of statements: ranges of characters, with a score."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model.bundle import Calibration
from onrecord.model.decode import Proposal, Run
from onrecord.reading.transcript import Turn
from onrecord.segment import Range
from onrecord.statements.squaring import square, trim
from onrecord.text import TextAnalysis
from onrecord.text.intervals import overlap
from onrecord.types import Form

TURN_SCORE = 0.97
"""The score of a speaker's turn in a transcript, which a label gives and no network."""

_QUOTES = frozenset("\"“‘'«„`")
_ASKED = r"(?:asked|pressed|questioned|quizzed)\b"
_IS_ASKED = re.compile(rf"(?:is|are|was|were|been|being)\s+(?:\w+\s+)?{_ASKED}", re.IGNORECASE)
_ASKED_FIRST = re.compile(rf"(?:when\s+)?{_ASKED}", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[\n.!?;][”’\"')]*|\bwhen|\bwhile)\s*$", re.IGNORECASE)
_STOP = re.compile(r"[.?!][”’\"')]*\s")
_RELATIVE = re.compile(r"[\s,]+(?:who|which|whose|that)[\s,]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it has an id: ranges of characters."""

    source: Range | None
    cue: Range | None
    content: tuple[Range, ...]
    score: float
    form: Form | None = None


def draft_of(proposal: Proposal, score: float, analysis: TextAnalysis) -> Draft | None:
    """The statement that a proposal makes, as ranges of characters; ``None`` where nothing is left of its content."""
    text, words = analysis.text, analysis.words
    cue = _characters(proposal.cue, words)
    source = _characters(proposal.source, words) if proposal.source else None
    paragraph = analysis.paragraph(cue[0])
    if source and overlap(source, paragraph):
        source = max(source[0], paragraph[0]), min(source[1], paragraph[1])  # a byline above isn't part of it
    if source:
        source = _without_pronoun(_in_sentence(source, cue, analysis), text)
    if source and overlap(source, cue):
        source = None
    runs = [_characters(run, words) for run in proposal.content]
    content = square(runs, [span for span in (source, cue) if span], analysis)
    content = _in_paragraph(content, cue, paragraph[1], text)
    if source and content and _names_asked(source, cue, content, text):
        source = None
    return Draft(source, cue, content, round(score, 4)) if content else None


def _in_sentence(source: Range, cue: Range, analysis: TextAnalysis) -> Range:
    """The source less what another sentence ends with before it: "Thank you, Dana. *Senator Holm* said"."""
    if source[0] < cue[0] and _STOP.search(analysis.text, *source):
        for start, end in analysis.sentences_in(source[0] + 1, source[1]):
            if end > cue[0]:
                return start, source[1]
    return source


def _in_paragraph(content: tuple[Range, ...], cue: Range, stop: int, text: str) -> tuple[Range, ...]:
    """The content cut where the cue's paragraph ends, unless a quotation runs on: what follows a headline isn't part of it."""
    out = []
    for start, end in content:
        if cue[1] <= start < stop < end and text[start] not in _QUOTES:
            start, end = trim(start, stop, text)
        out.append((start, end))
    return tuple(piece for piece in out if piece[0] < piece[1])


def _names_asked(source: Range, cue: Range, content: Sequence[Range], text: str) -> bool:
    """Whether the source is who is asked and not who asks: before a passive ("*Orr* was asked whether …"), or after all that a participle opens
    ("Asked whether …, *she* said …")."""
    words = text[slice(*cue)]
    if source[1] <= cue[0]:
        return _IS_ASKED.match(words) is not None
    return (
        _ASKED_FIRST.match(words) is not None
        and cue[1] <= content[0][0]
        and content[-1][1] <= source[0]
        and _OPENS.search(text, max(0, cue[0] - 20), cue[0]) is not None
    )


def _without_pronoun(source: Range, text: str) -> Range:
    """The source less a relative pronoun left dangling at its end ("officials, who"): its clause says the rest."""
    start, end = source
    match = _RELATIVE.search(text, start, end)
    return (start, match.start()) if match and match.start() > start else source


def _characters(run: Run, words: Sequence[Range]) -> Range:
    return words[run[0]][0], words[run[1] - 1][1]


def draft_of_turn(turn: Turn, text: str) -> Draft:
    """The direct statement that a turn of a transcript is: its label is the source, the colon behind it the cue."""
    mark = text.find(":", turn.label.start, turn.text.start)
    cue = (mark, mark + 1) if mark >= 0 else None
    source = (turn.label.start, mark if 0 <= mark < turn.label.end else turn.label.end)
    return Draft(source, cue, ((turn.text.start, turn.text.end),), TURN_SCORE, "direct")


def extent_of(draft: Draft) -> Range:
    """From the first to the last character of source, cue and content."""
    spans = [span for span in (draft.source, draft.cue, *draft.content) if span]
    return min(start for start, _ in spans), max(end for _, end in spans)


def features_of(proposal: Proposal) -> dict[str, float]:
    """What the calibration may look at."""
    chance = min(max(proposal.cue_score, 1e-4), 1 - 1e-4)
    words = sum(last - first for first, last in proposal.content)
    return {
        "cue": math.log(chance / (1 - chance)),
        "accept": max(-8.0, min(8.0, proposal.accept)),
        "path": max(-4.0, proposal.path),
        "words": math.log1p(words),
        "pieces": float(len(proposal.content)),
        "source": float(proposal.source is not None),
    }


def calibrated(features: dict[str, float], calibration: Calibration) -> float:
    """The probability that the cue and at least half of the content are right."""
    odds = calibration.bias + sum(
        weight * features[name]
        for name, weight in zip(calibration.features, calibration.weights, strict=True)
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))

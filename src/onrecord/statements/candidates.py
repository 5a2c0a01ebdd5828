"""Proposals of the network as candidates of statements: ranges of characters, with a score."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.loaders.transcript import Turn
from onrecord.model.bundle import Calibration
from onrecord.model.decoding import RawCandidate, WordSpan
from onrecord.statements.quote_alignment import align_to_quotes, trim_range
from onrecord.text import TextAnalysis
from onrecord.text.intervals import overlap
from onrecord.text.segmentation import Range
from onrecord.types import Form

TURN_SCORE = 0.97
"""The score of a speaker's turn in a transcript, which a label gives and no network."""

_QUOTES = frozenset("\"“‘'«„`")
_ASK_PASSIVE = r"(?:asked|pressed|questioned|quizzed)\b"
_PASSIVE_ASK = re.compile(rf"(?:is|are|was|were|been|being)\s+(?:\w+\s+)?{_ASK_PASSIVE}", re.IGNORECASE)
_ASKED_FIRST = re.compile(rf"(?:when\s+)?{_ASK_PASSIVE}", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[\n.!?;][”’\"')]*|\bwhen|\bwhile)\s*$", re.IGNORECASE)
_STOP = re.compile(r"[.?!][”’\"')]*\s")
_RELATIVE = re.compile(r"[\s,]+(?:who|which|whose|that)[\s,]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement before it has an id: ranges of characters."""

    source: Range | None
    cue: Range | None
    content: tuple[Range, ...]
    score: float
    form: Form | None = None


def candidate_from(raw_candidate: RawCandidate, score: float, analysis: TextAnalysis) -> Candidate | None:
    """The statement that a raw_candidate makes, as ranges of characters; ``None`` where nothing is left of its content."""
    text, words = analysis.text, analysis.words
    cue = _char_range(raw_candidate.cue, words)
    source = _char_range(raw_candidate.source, words) if raw_candidate.source else None
    paragraph = analysis.paragraph(cue[0])
    if source and overlap(source, paragraph):
        source = max(source[0], paragraph[0]), min(source[1], paragraph[1])  # a byline above isn't part of it
    if source:
        source = _strip_relative_pronoun(_clip_to_sentence(source, cue, analysis), text)
    if source and overlap(source, cue):
        source = None
    runs = [_char_range(run, words) for run in raw_candidate.content]
    content = align_to_quotes(runs, [span for span in (source, cue) if span], analysis)
    content = _clip_to_paragraph(content, cue, paragraph[1], text)
    if source and content and _is_addressee(source, cue, content, text):
        source = None
    return Candidate(source, cue, content, round(score, 4)) if content else None


def _clip_to_sentence(source: Range, cue: Range, analysis: TextAnalysis) -> Range:
    """The source less what another sentence ends with before it: "Thank you, Dana. *Senator Holm* said"."""
    if source[0] < cue[0] and _STOP.search(analysis.text, *source):
        for start, end in analysis.sentences_in(source[0] + 1, source[1]):
            if end > cue[0]:
                return start, source[1]
    return source


def _clip_to_paragraph(content: tuple[Range, ...], cue: Range, stop: int, text: str) -> tuple[Range, ...]:
    """The content cut where the cue's paragraph ends, unless a quotation runs on: what follows a headline isn't part of it."""
    out = []
    for start, end in content:
        if cue[1] <= start < stop < end and text[start] not in _QUOTES:
            start, end = trim_range(start, stop, text)
        out.append((start, end))
    return tuple(piece for piece in out if piece[0] < piece[1])


def _is_addressee(source: Range, cue: Range, content: Sequence[Range], text: str) -> bool:
    """Whether the source is who is asked and not who asks: before a passive ("*Orr* was asked whether …"), or after all that a participle opens
    ("Asked whether …, *she* said …")."""
    words = text[slice(*cue)]
    if source[1] <= cue[0]:
        return _PASSIVE_ASK.match(words) is not None
    return (
        _ASKED_FIRST.match(words) is not None
        and cue[1] <= content[0][0]
        and content[-1][1] <= source[0]
        and _OPENS.search(text, max(0, cue[0] - 20), cue[0]) is not None
    )


def _strip_relative_pronoun(source: Range, text: str) -> Range:
    """The source less a relative pronoun left dangling at its end ("officials, who"): its clause says the rest."""
    start, end = source
    match = _RELATIVE.search(text, start, end)
    return (start, match.start()) if match and match.start() > start else source


def _char_range(run: WordSpan, words: Sequence[Range]) -> Range:
    return words[run[0]][0], words[run[1] - 1][1]


def candidate_from_turn(turn: Turn, text: str) -> Candidate:
    """The direct statement that a turn of a transcript is: its label is the source, the colon behind it the cue."""
    mark = text.find(":", turn.label.start, turn.text.start)
    cue = (mark, mark + 1) if mark >= 0 else None
    source = (turn.label.start, mark if 0 <= mark < turn.label.end else turn.label.end)
    return Candidate(source, cue, ((turn.text.start, turn.text.end),), TURN_SCORE, "direct")


def extent(candidate: Candidate) -> Range:
    """From the first to the last character of source, cue and content."""
    spans = [span for span in (candidate.source, candidate.cue, *candidate.content) if span]
    return min(start for start, _ in spans), max(end for _, end in spans)


def features_of(raw_candidate: RawCandidate) -> dict[str, float]:
    """What the calibration may look at."""
    chance = min(max(raw_candidate.cue_score, 1e-4), 1 - 1e-4)
    words = sum(last - first for first, last in raw_candidate.content)
    return {
        "cue": math.log(chance / (1 - chance)),
        "accept": max(-8.0, min(8.0, raw_candidate.accept)),
        "path": max(-4.0, raw_candidate.path),
        "words": math.log1p(words),
        "pieces": float(len(raw_candidate.content)),
        "source": float(raw_candidate.source is not None),
    }


def calibrated_score(features: dict[str, float], calibration: Calibration) -> float:
    """The probability that the cue and at least half of the content are right."""
    odds = calibration.bias + sum(
        weight * features[name]
        for name, weight in zip(calibration.features, calibration.weights, strict=True)
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))

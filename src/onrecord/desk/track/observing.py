"""A report to the quantities that somebody is quoted for: who, when, about which day, about which place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.desk.measured import places_of, quantities_of, times_of
from onrecord.desk.track.measures import is_tracked, measure_of
from onrecord.desk.track.values import Number
from onrecord.linking.wording import Wording, wording_of_statement
from onrecord.record.folding import words_of
from onrecord.speakers.word_classes import fold
from onrecord.text import TextAnalysis, analyze
from onrecord.types import Claim, Comparison, Document, Report, Speaker, Statement

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PERIOD = re.compile(r"\d{4}(?:-(?:\d\d|Q\d|W\d\d|H\d))?(?:-\d\d)?$")
_CORRECTS = re.compile(
    r"\bcorrect(?:ed|ing|ion|s)?\b|\brevis(?:ed|ing|ion)\b|\bmistake(?:n|nly)?\b|\bmisstated\b|\bretract\w*|\bearlier\s+(?:figure|number|count|toll|estimate)"
    r"|\b(?:not|rather\s+than|instead\s+of)\s+(?:the\s+)?(?:about\s+|more\s+than\s+)?[$€£]?\d|\bwrongly\b|\bin\s+error\b|\berror\b|\brestated\b",
    re.IGNORECASE,
)
_SCOPE = re.compile(
    r"\b(?:nationwide|worldwide|globally|across\s+the\s+(?:country|region|state|world)|in\s+(?:total|all)|alone|so\s+far\s+this\s+year"
    r"|among\s+(?:\w+\s+){1,3}|per\s+(?:day|week|month|year)|a\s+(?:day|week|month|year)|each\s+(?:day|week|month|year)|daily|weekly|monthly"
    r"|annually|yearly|overnight)\b",
    re.IGNORECASE,
)
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december today yesterday tomorrow week month year".split()
)

_FORMLESS = re.compile(r"\b(?:cost|hit|cut|put|shed|spread)\s+(?:\w+\s+){0,3}[$€£\d]", re.IGNORECASE)
_REPLACED = re.compile(
    r"\b(?:not|rather\s+than|instead\s+of|up\s+from|down\s+from)\s+(?:the\s+)?$", re.IGNORECASE
)
_AHEAD = re.compile(
    r"\b(?:will|would|could|may|might|should|can|to|do|they|we|you|tickets|fares)\s+(?:cost|hit|cut|put)\b",
    re.I,
)
_GENERIC = frozenset(
    token
    for word in (
        "people person killed killing kills died dead death deaths fatalities toll injured injuries wounded hurt missing "
        "infected infections cases arrested detained displaced evacuated men women children number total figure"
    ).split()
    for token in words_of(word)
)
"""Stems that only say what is counted: two events aren't one because people died in both."""


@dataclass(frozen=True, slots=True)
class Observation:
    """A quantity in a statement, with all that decides which others it is compared with.

    ``who`` is the speaker's name as it is compared. ``topic`` are the stems of what the statement says, without
    numbers, days, places and words for people; ``words_said`` all of them. ``scope`` are the words that narrow what is counted. ``corrects`` says whether the sentence
    speaks of a correction.
    """

    quantity: Claim
    statement: Statement
    document: Document
    speaker: Speaker | None
    who: str | None
    measure: str | None
    unit: str | None
    about: str | None
    said: str | None
    topic: frozenset[str]
    words_said: frozenset[str]
    places: frozenset[str]
    scope: frozenset[str]
    tense: str | None
    corrects: bool
    copies: tuple[str, ...] = ()

    @property
    def value(self) -> Number | None:
        """The value, ``None`` for a range."""
        found = self.quantity.value
        return found if isinstance(found, int | float) else None

    @property
    def low(self) -> Number | None:
        """The least that is meant, ``None`` where it is open."""
        return self.quantity.low

    @property
    def high(self) -> Number | None:
        """The most that is meant, ``None`` where it is open."""
        return self.quantity.high

    @property
    def comparison(self) -> Comparison | None:
        """How exactly it is meant."""
        return self.quantity.comparison

    @property
    def words(self) -> str:
        """The quantity's own words, on one line."""
        return " ".join(self.quantity.span.text.split())


def observe(report: Report, *, copies: tuple[str, ...] = ()) -> Iterator[Observation]:
    """The quantities of a report that stand in somebody's statement, in text order; of one thing, one in a statement."""
    statements = {statement.id: statement for statement in report.statements}
    analysis = analyze(report.document.text)
    wordings: dict[str, Wording] = {}
    found: list[Observation] = []
    for quantity in quantities_of(report):
        statement = statements.get(quantity.statement or "")
        if statement is None or not is_tracked(quantity):
            continue
        if _REPLACED.search(report.document.text, max(0, quantity.span.start - 16), quantity.span.start):
            continue  # "$5 million, not $3 million": the value that no longer holds
        speaker = report.speaker_of(statement)
        if statement.id not in wordings:
            wordings[statement.id] = wording_of_statement(report.document, statement, speaker)
        made = _observed(report, analysis, quantity, statement, speaker, wordings[statement.id], copies)
        if made.measure or (made.topic and made.unit):
            found.append(made)
    several = Counter((one.statement.id, one.unit, one.measure) for one in found)
    # Of "47 percent to 41 percent", which is which isn't clear.
    yield from (one for one in found if several[one.statement.id, one.unit, one.measure] == 1)


def _observed(
    report: Report,
    analysis: TextAnalysis,
    quantity: Claim,
    statement: Statement,
    speaker: Speaker | None,
    wording: Wording,
    copies: tuple[str, ...],
) -> Observation:
    piece = next(one for one in statement.content if one.contains(quantity.span))
    text = report.document.text
    before, behind = text[piece.start : quantity.span.start], text[quantity.span.end : piece.end]
    start, end = analysis.sentence(quantity.span.start)
    return Observation(
        quantity=quantity,
        statement=statement,
        document=report.document,
        speaker=speaker,
        who=_who(statement, speaker),
        measure=measure_of(quantity, before, behind),
        unit=quantity.unit,
        about=_about(report, quantity, statement),
        said=_said(report, analysis, statement),
        topic=topic_of(wording) - _GENERIC - _placed(report, statement),
        words_said=frozenset(word.token for word in wording.words),
        places=_places(report, statement),
        scope=frozenset(
            " ".join(match[0].lower().split()) for match in _SCOPE.finditer(text, piece.start, piece.end)
        ),
        tense=_tense(statement, text[piece.start : piece.end]),
        corrects=bool(_CORRECTS.search(text, min(start, statement.start), max(end, statement.end))),
        copies=copies,
    )


def topic_of(wording: Wording) -> frozenset[str]:
    """The stems of the words that tell what a statement is about: no numbers, no days, no negations."""
    return frozenset(
        word.token
        for word in wording.words
        if word.weight >= 1 and not word.number and not word.negates and word.form not in _CALENDAR
    )


def _tense(statement: Statement, words: str) -> str | None:
    """The tense of what is said; of "cost", "hit" and "cut", whose forms don't tell, the past where nothing says else."""
    if statement.modality is None:
        return None
    if statement.modality.tense == "present" and _FORMLESS.search(words) and not _AHEAD.search(words):
        return "past"
    return statement.modality.tense


def _who(statement: Statement, speaker: Speaker | None) -> str | None:
    if speaker is not None:
        return fold(speaker.name).removeprefix("the ")
    return fold(statement.source.text) if statement.source else None


def _about(report: Report, quantity: Claim, statement: Statement) -> str | None:
    """The day or period that the statement gives for a value: the one nearest to it in its piece of content."""
    near: list[tuple[int, str]] = []
    for time in times_of(report):
        inside = any(
            piece.contains(time.span) and piece.contains(quantity.span) for piece in statement.content
        )
        if inside and isinstance(time.value, str) and (value := _dated(time.value)):
            between = report.document.text[
                min(time.span.end, quantity.span.end) : max(time.span.start, quantity.span.start)
            ]
            distance = len(between) + 200 * (";" in between or "." in between)
            near.append((distance, value))
    return min(near)[1] if near else None


def _dated(value: str) -> str | None:
    if _DAY.match(value):
        return value[:10]
    return value if _PERIOD.match(value) and "X" not in value else None


def _said(report: Report, analysis: TextAnalysis, statement: Statement) -> str | None:
    """The day that a statement's sentence gives for the saying ("said on Tuesday"), else the report's day."""
    published = report.document.published.date
    if statement.cue is None:
        return published
    start, end = analysis.sentence(statement.cue.start)
    for time in times_of(report):
        if not start <= time.span.start < end or any(
            piece.overlaps(time.span) for piece in statement.content
        ):
            continue
        gap = time.span.start - statement.cue.end
        if 0 <= gap <= 30 and isinstance(time.value, str) and _DAY.match(time.value):
            return time.value[:10]
    return published


def _placed(report: Report, statement: Statement) -> frozenset[str]:
    """The stems of the names of places in a statement."""
    return frozenset(token for name in _places(report, statement) for token in words_of(name))


def _places(report: Report, statement: Statement) -> frozenset[str]:
    return frozenset(
        fold(place.span.text)
        for place in places_of(report)
        if any(piece.contains(place.span) for piece in statement.content)
    )

"""Who wrote the report, where it speaks in the first person: the byline, or the note about the author."""

from __future__ import annotations

import re

from onrecord.reading.dateline import opening_of
from onrecord.segment import Range
from onrecord.speakers.cast import Cast
from onrecord.speakers.mentions import Voice
from onrecord.speakers.names import name_words
from onrecord.text import TextAnalysis
from onrecord.types import Document

_NOTE = re.compile(
    r"\s+(?:is|was|writes|teaches|lives|serves|served|works)\b|,\s+(?:an?|the)\s.{1,200}?,\s+(?:is|was)\b"
)
_NOTES_AT = 4
"""A note about the author stands in the first or the last paragraphs, this many of them."""

_BY = re.compile(r"^\s*by\s+|\s*[,|/;].*$|\s+and\s.*$", re.IGNORECASE)


_HEAD, _LONGEST_LINE = 6, 120
"""A byline's own line is one of the first paragraphs, this many of them, and at most this many characters long."""


def find_credits(document: Document, analysis: TextAnalysis) -> tuple[Range, ...]:
    """Where a text says who wrote it: the line of its byline, and the agency in its dateline."""
    return tuple(found for found in (_byline_of(document, analysis), _agency_of(analysis)) if found)


def _agency_of(analysis: TextAnalysis) -> Range | None:
    for start, end in analysis.paragraphs[:_HEAD]:
        opening = opening_of(analysis.text[start:end])
        if opening and opening.agency:
            place = analysis.text.index(opening.agency, start)
            return place, place + len(opening.agency)
    return None


def _byline_of(document: Document, analysis: TextAnalysis) -> Range | None:
    """The line that holds the byline and no sentence."""
    if not document.byline:
        return None
    for start, end in analysis.paragraphs[:_HEAD]:
        line = analysis.text[start:end]
        if len(line) <= _LONGEST_LINE and document.byline in line and not line.endswith((".", "!", "?")):
            return start, end
    return None


def find_author(document: Document, cast: Cast) -> Voice | None:
    """The one author of a report, ``None`` where none is told.

    A byline of several is none: which of them says "I" can't be known.
    """
    if document.byline and not re.search(r"\sand\s|;|&", document.byline):
        return _by_name(document.byline, cast)
    return _by_note(cast)


def _by_name(byline: str, cast: Cast) -> Voice:
    name = _BY.sub("", byline).strip()
    parts = name_words(name)
    for voice in cast.voices:
        for start, end in voice.names:
            if name_words(cast.analysis.text[start:end]) == parts:
                return voice
    place = cast.analysis.text.find(name)
    voice = cast.add("person")
    if place >= 0 and name:
        cast.mention(voice, (place, place + len(name)), "name")
    else:
        voice.given_name = name or byline
    return voice


def _by_note(cast: Cast) -> Voice | None:
    analysis = cast.analysis
    count = len(analysis.paragraphs)
    for number in [*range(count - 1, max(-1, count - 1 - _NOTES_AT), -1), *range(1, min(count, _NOTES_AT))]:
        start, end = analysis.paragraphs[number]
        opening = cast.named_at(start, min(end, start + 80))
        if opening and opening[0].start - start <= 2 and _NOTE.match(analysis.text, opening[0].end, end):
            voice = cast.voices[opening[0].voice]
            others = [m for m in voice.mentions if not start <= m.start < end and m.wording == "name"]
            if (
                voice.kind == "person"
                and not others
                and " " in analysis.text[opening[0].start : opening[0].end]
            ):
                return voice
    return None

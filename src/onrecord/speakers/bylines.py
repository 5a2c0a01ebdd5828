"""Who wrote the report, where it speaks in the first person: the byline, or the note about the author."""

from __future__ import annotations

import re

from onrecord.loaders.dateline import opening_of
from onrecord.speakers.entities import Entity
from onrecord.speakers.entity_index import EntityIndex
from onrecord.speakers.names import name_words
from onrecord.text import TextAnalysis
from onrecord.text.segmentation import Range
from onrecord.types import Document

_AUTHOR_NOTE = re.compile(
    r"\s+(?:is|was|writes|teaches|lives|serves|served|works)\b|,\s+(?:an?|the)\s.{1,200}?,\s+(?:is|was)\b"
)
_MAX_NOTE_DISTANCE = 4
"""A note about the author stands in the first or the last paragraphs, this many of them."""

_BYLINE = re.compile(r"^\s*by\s+|\s*[,|/;].*$|\s+and\s.*$", re.IGNORECASE)


_HEAD, _LONGEST_LINE = 6, 120
"""A byline's own line is one of the first paragraphs, this many of them, and at most this many characters long."""


def find_byline_spans(document: Document, analysis: TextAnalysis) -> tuple[Range, ...]:
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


def find_author(document: Document, entity_index: EntityIndex) -> Entity | None:
    """The one author of a report, ``None`` where none is told.

    A byline of several is none: which of them says "I" can't be known.
    """
    if document.byline and not re.search(r"\sand\s|;|&", document.byline):
        return _by_name(document.byline, entity_index)
    return _by_note(entity_index)


def _by_name(byline: str, entity_index: EntityIndex) -> Entity:
    name = _BYLINE.sub("", byline).strip()
    parts = name_words(name)
    for entity in entity_index.entities:
        for start, end in entity.names:
            if name_words(entity_index.analysis.text[start:end]) == parts:
                return entity
    place = entity_index.analysis.text.find(name)
    entity = entity_index.add("person")
    if place >= 0 and name:
        entity_index.add_mention(entity, (place, place + len(name)), "name")
    else:
        entity.given_name = name or byline
    return entity


def _by_note(entity_index: EntityIndex) -> Entity | None:
    analysis = entity_index.analysis
    count = len(analysis.paragraphs)
    for number in [
        *range(count - 1, max(-1, count - 1 - _MAX_NOTE_DISTANCE), -1),
        *range(1, min(count, _MAX_NOTE_DISTANCE)),
    ]:
        start, end = analysis.paragraphs[number]
        opening = entity_index.named_at(start, min(end, start + 80))
        if (
            opening
            and opening[0].start - start <= 2
            and _AUTHOR_NOTE.match(analysis.text, opening[0].end, end)
        ):
            entity = entity_index.entities[opening[0].entity]
            others = [m for m in entity.mentions if not start <= m.start < end and m.wording == "name"]
            if (
                entity.kind == "person"
                and not others
                and " " in analysis.text[opening[0].start : opening[0].end]
            ):
                return entity
    return None

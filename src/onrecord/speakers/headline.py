"""Names that stand in the title only, where a page's title came beside its text: full names for surnames, and offices for "the mayor"."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.speakers.entities import Entity
from onrecord.speakers.entity_index import EntityIndex
from onrecord.speakers.names import NameSpan, find_names, name_words
from onrecord.speakers.people import role_heads
from onrecord.speakers.titles import title_before
from onrecord.speakers.word_classes import gender_of_given_name
from onrecord.text import TextAnalysis, analyze
from onrecord.types import Document

MAX_TITLE_CHARS = 300
"""A longer title is none."""


def add_headline_names(document: Document, entity_index: EntityIndex) -> None:
    """Give entities the fuller names of a title that isn't in the text, and bring in people whom only the title names."""
    title = (document.title or "").strip()
    if not title or len(title) > MAX_TITLE_CHARS or title in document.text:
        return
    surnames = _surnames(entity_index)
    analysis = analyze(title)
    for name in find_names(analysis):
        parts = name_words(title[name.start : name.end])
        if name.kind != "person" or len(parts) < 2:
            continue
        known = surnames.get(parts[-1], [])
        if len(known) > 1 or any(len(_fullest_name(entity_index, entity)) > 1 for entity in known):
            continue
        entity = known[0] if known else entity_index.add("person")
        entity.given_name = title[name.start : name.end]
        _add_name(analysis, name, parts, entity)


def _add_name(analysis: TextAnalysis, name: NameSpan, parts: Sequence[str], entity: Entity) -> None:
    before = title_before(analysis, name.start)
    if before and before.role:
        entity.heads |= role_heads(analysis.text, before.role)
    if gender := (before.gender if before else None) or gender_of_given_name(parts[0]):
        entity.genders[gender] += 2


def _surnames(entity_index: EntityIndex) -> dict[str, list[Entity]]:
    found: dict[str, list[Entity]] = {}
    for entity in entity_index.entities:
        if entity.kind == "person" and entity.names:
            found.setdefault(_fullest_name(entity_index, entity)[-1], []).append(entity)
    return found


def _fullest_name(entity_index: EntityIndex, entity: Entity) -> list[str]:
    forms = [name_words(entity_index.analysis.text[start:end]) for start, end in entity.names[:20]]
    return max(forms, key=len) or [""]

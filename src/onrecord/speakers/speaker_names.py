"""Entities to speakers: the fullest name, all the forms, the office and whose it is, as the report words them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.speakers.entities import Entity, Role
from onrecord.speakers.entity_index import EntityIndex
from onrecord.speakers.names import TOKEN
from onrecord.text.segmentation import Range
from onrecord.types import Document, Span, Speaker, content_id

MAX_NAME_CHARS = 160
"""Characters of a name at most: a longer description is given by its noun phrase alone."""

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


def speaker_from_entity(document: Document, entity_index: EntityIndex, entity: Entity) -> Speaker:
    """The speaker that a entity is."""
    text = document.text
    named = _name(text, entity)
    name = (
        text[slice(*named)]
        if named and (entity.names or not entity.given_name)
        else (entity.given_name or "")
    )
    if entity.given_name and len(entity.given_name.split()) > len(name.split()):
        name = entity.given_name
    if entity.members:
        name = _conjoined_name(text, [entity_index.entities[member] for member in entity.members]) or name
    role = best_role(text, entity)
    forms = [*entity.names, *(with_title(entity_index, span) for span in entity.names), *entity.descriptions]
    own_role = role if entity.kind == "person" else None
    affiliation = role.affiliation if role else None
    return Speaker(
        id=content_id(document.id, "speaker", name, entity.mentions[0].start if entity.mentions else -1),
        name=_on_one_line(name),
        aliases=tuple(
            form
            for form in _unique_forms(_on_one_line(text[a:b]) for a, b in forms if b - a <= MAX_NAME_CHARS)
            if form != _on_one_line(name)
        ),
        kind=entity.kind,
        role=_on_one_line(text[slice(*own_role.span)])
        if own_role and own_role.span != own_role.affiliation
        else None,
        affiliation=_on_one_line(text[slice(*affiliation)]) if affiliation else None,
        mentions=tuple(
            Span.of(text, start, end)
            for start, end in sorted({(m.start, m.end) for m in entity.mentions if m.wording != "pronoun"})
        ),
    )


def _conjoined_name(text: str, members: Sequence[Entity]) -> str | None:
    """What several are called together, each by the fullest name; ``None`` where the text has no such words."""
    named = [_name(text, member) for member in members if member.names]
    names = [text[slice(*span)] for span in named if span]
    joined = " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else ""
    return joined if len(names) == len(members) and joined in text else None


def _on_one_line(words: str) -> str:
    """Words of the text on one line."""
    return " ".join(words.split())


def with_title(entity_index: EntityIndex, span: Range) -> Range:
    """A name with the title before it."""
    title = entity_index.titles.get(span[0])
    return (title.start, span[1]) if title else span


def _name(text: str, entity: Entity) -> Range | None:
    """The fullest form: of most words, initials counting less, then the longest, then the first; not one all in capitals where there is another."""
    if entity.names:
        forms = [_without_article(text, span) for span in entity.names]
        return max(forms, key=lambda span: (*_fullness(text, span), -span[0]))
    if entity.descriptions:
        short = [
            span for span in entity.descriptions if span[1] - span[0] <= MAX_NAME_CHARS
        ] or entity.descriptions[:1]
        return max(
            short,
            key=lambda span: (len(text[slice(*span)].split()), not text[slice(*span)].isupper(), -span[0]),
        )
    if entity.mentions:
        return entity.mentions[0].start, entity.mentions[0].end
    return None


def _without_article(text: str, span: Range) -> Range:
    match = _ARTICLE.match(text, *span)
    return (match.end(), span[1]) if match and match.end() < span[1] else span


def _fullness(text: str, span: Range) -> tuple[int, int, bool, int]:
    words = TOKEN.findall(text, *span)
    form = text[slice(*span)]
    whole = sum(len(word.rstrip(".")) > 1 for word in words)
    return whole, len(words), not (form.isupper() and len(form) > 4), len(form)


def best_role(text: str, entity: Entity) -> Role | None:
    """The office that says most: one with words of its own before one that only says whose, then the longest."""
    roles = [role for role in entity.roles if role.span[1] - role.span[0] <= MAX_NAME_CHARS]
    return max(
        roles,
        key=lambda role: (
            role.span != role.affiliation,
            role.affiliation is not None,
            role.span[1] - role.span[0],
        ),
        default=None,
    )


def _unique_forms(forms: Iterable[str]) -> list[str]:
    """Forms in the order of their first use, each once; those that differ in capitals only stay apart."""
    return list(dict.fromkeys(form for form in forms if form))

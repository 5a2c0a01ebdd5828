"""Voices to speakers: the fullest name, all the forms, the office and whose it is, as the report words them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.segment import Range
from onrecord.speakers.cast import Cast
from onrecord.speakers.mentions import Role, Voice
from onrecord.speakers.names import TOKEN
from onrecord.types import Document, Span, Speaker, content_id

LONGEST = 160
"""Characters of a name at most: a longer description is given by its noun phrase alone."""

_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


def speaker_of(document: Document, cast: Cast, voice: Voice) -> Speaker:
    """The speaker that a voice is."""
    text = document.text
    named = _name(text, voice)
    name = (
        text[slice(*named)] if named and (voice.names or not voice.given_name) else (voice.given_name or "")
    )
    if voice.given_name and len(voice.given_name.split()) > len(name.split()):
        name = voice.given_name
    if voice.members:
        name = _joined(text, [cast.voices[member] for member in voice.members]) or name
    role = chosen_role(text, voice)
    forms = [*voice.names, *(titled(cast, span) for span in voice.names), *voice.descriptions]
    own_role = role if voice.kind == "person" else None
    affiliation = role.affiliation if role else None
    return Speaker(
        id=content_id(document.id, "speaker", name, voice.mentions[0].start if voice.mentions else -1),
        name=_flat(name),
        aliases=tuple(
            form
            for form in _distinct(_flat(text[a:b]) for a, b in forms if b - a <= LONGEST)
            if form != _flat(name)
        ),
        kind=voice.kind,
        role=_flat(text[slice(*own_role.span)])
        if own_role and own_role.span != own_role.affiliation
        else None,
        affiliation=_flat(text[slice(*affiliation)]) if affiliation else None,
        mentions=tuple(
            Span.of(text, start, end)
            for start, end in sorted({(m.start, m.end) for m in voice.mentions if m.wording != "pronoun"})
        ),
    )


def _joined(text: str, members: Sequence[Voice]) -> str | None:
    """What several are called together, each by the fullest name; ``None`` where the text has no such words."""
    named = [_name(text, member) for member in members if member.names]
    names = [text[slice(*span)] for span in named if span]
    joined = " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else ""
    return joined if len(names) == len(members) and joined in text else None


def _flat(words: str) -> str:
    """Words of the text on one line."""
    return " ".join(words.split())


def titled(cast: Cast, span: Range) -> Range:
    """A name with the title before it."""
    title = cast.titles.get(span[0])
    return (title.start, span[1]) if title else span


def _name(text: str, voice: Voice) -> Range | None:
    """The fullest form: of most words, initials counting less, then the longest, then the first; not one all in capitals where there is another."""
    if voice.names:
        forms = [_without_article(text, span) for span in voice.names]
        return max(forms, key=lambda span: (*_fullness(text, span), -span[0]))
    if voice.descriptions:
        short = [span for span in voice.descriptions if span[1] - span[0] <= LONGEST] or voice.descriptions[
            :1
        ]
        return max(
            short,
            key=lambda span: (len(text[slice(*span)].split()), not text[slice(*span)].isupper(), -span[0]),
        )
    if voice.mentions:
        return voice.mentions[0].start, voice.mentions[0].end
    return None


def _without_article(text: str, span: Range) -> Range:
    match = _ARTICLE.match(text, *span)
    return (match.end(), span[1]) if match and match.end() < span[1] else span


def _fullness(text: str, span: Range) -> tuple[int, int, bool, int]:
    words = TOKEN.findall(text, *span)
    form = text[slice(*span)]
    whole = sum(len(word.rstrip(".")) > 1 for word in words)
    return whole, len(words), not (form.isupper() and len(form) > 4), len(form)


def chosen_role(text: str, voice: Voice) -> Role | None:
    """The office that says most: one with words of its own before one that only says whose, then the longest."""
    roles = [role for role in voice.roles if role.span[1] - role.span[0] <= LONGEST]
    return max(
        roles,
        key=lambda role: (
            role.span != role.affiliation,
            role.affiliation is not None,
            role.span[1] - role.span[0],
        ),
        default=None,
    )


def _distinct(forms: Iterable[str]) -> list[str]:
    """Forms in the order of their first use, each once; those that differ in capitals only stay apart."""
    return list(dict.fromkeys(form for form in forms if form))

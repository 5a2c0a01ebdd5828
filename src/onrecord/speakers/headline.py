"""Names that stand in the title only, where a page's title came beside its text: full names for surnames, and offices for "the mayor"."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.speakers.cast import Cast
from onrecord.speakers.lexicon import gender_of_given
from onrecord.speakers.mentions import Voice
from onrecord.speakers.names import Named, find_names, name_words
from onrecord.speakers.people import heads_of
from onrecord.speakers.titles import title_before
from onrecord.text import TextAnalysis, analyse
from onrecord.types import Document

LONGEST = 300
"""A longer title is none."""


def add_headline(document: Document, cast: Cast) -> None:
    """Give voices the fuller names of a title that isn't in the text, and bring in people whom only the title names."""
    title = (document.title or "").strip()
    if not title or len(title) > LONGEST or title in document.text:
        return
    surnames = _surnames(cast)
    analysis = analyse(title)
    for name in find_names(analysis):
        parts = name_words(title[name.start : name.end])
        if name.kind != "person" or len(parts) < 2:
            continue
        known = surnames.get(parts[-1], [])
        if len(known) > 1 or any(len(_fullest(cast, voice)) > 1 for voice in known):
            continue
        voice = known[0] if known else cast.add("person")
        voice.given_name = title[name.start : name.end]
        _learn(analysis, name, parts, voice)


def _learn(analysis: TextAnalysis, name: Named, parts: Sequence[str], voice: Voice) -> None:
    before = title_before(analysis, name.start)
    if before and before.role:
        voice.heads |= heads_of(analysis.text, before.role)
    if gender := (before.gender if before else None) or gender_of_given(parts[0]):
        voice.genders[gender] += 2


def _surnames(cast: Cast) -> dict[str, list[Voice]]:
    found: dict[str, list[Voice]] = {}
    for voice in cast.voices:
        if voice.kind == "person" and voice.names:
            found.setdefault(_fullest(cast, voice)[-1], []).append(voice)
    return found


def _fullest(cast: Cast, voice: Voice) -> list[str]:
    forms = [name_words(cast.analysis.text[start:end]) for start, end in voice.names[:20]]
    return max(forms, key=len) or [""]

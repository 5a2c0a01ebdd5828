"""Descriptions of people and bodies anywhere in a report, and what a relative pronoun stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.speakers.descriptions import DescriptionResolver
from onrecord.speakers.entities import Entity, Mention
from onrecord.speakers.entity_index import EntityIndex
from onrecord.speakers.evidence import Evidence
from onrecord.speakers.names import TOKEN
from onrecord.speakers.source_phrases import SourcePhrase, parse_source, pronoun_class
from onrecord.speakers.word_classes import Gender, in_class, words
from onrecord.text.intervals import IntervalIndex
from onrecord.text.segmentation import Range
from onrecord.types import Statement

MAX_NOUN_PHRASE_WORDS = 200
"""Characters of a noun phrase at most that brings in somebody to be taken up."""

_MAX_CHARS = 5
"""Words between an article and its noun at most."""

_STOP = frozenset("of for to in at by from with on who that which and or but is was are were has had".split())
_PHRASE_BOUNDARY = frozenset(["is", "was", "are", "were", "said", "has", "had", "and"])
_GAP = re.compile(r"[’']?[\s,]*(?:\([^()]*\)[\s,]*)?")
_APPOSITION = re.compile(r",\s[^,;:.“”\"]{3,120},\s")


def find_descriptions(
    entity_index: EntityIndex, evidence: Evidence, statements: Sequence[Statement]
) -> list[Range]:
    """Descriptions of people and bodies outside sources and offices already told, in order: by the network, and by articles and nouns."""
    text = entity_index.analysis.text
    roles = [role.span for entity in entity_index.entities for role in entity.roles]
    taken = IntervalIndex([(s.source.start, s.source.end) for s in statements if s.source] + roles)
    tokens = list(TOKEN.finditer(text))
    found: list[Range] = []
    for number, token in enumerate(tokens):
        following = tokens[number + 1][0].lower() if number + 1 < len(tokens) else ""
        owns = token[0][-2:] in ("’s", "'s")
        if (token[0].lower() not in words("determiner") and not owns) or following in words("determiner"):
            continue
        span = _noun_after(text, tokens, number)
        if span and not taken.overlaps(span):
            found.append(span)
    ends = {end for _, end in found}
    for noun_phrase in evidence.noun_phrases:
        if (
            noun_phrase.kind in ("person", "organization")
            and noun_phrase.whole
            and noun_phrase.end - noun_phrase.start <= MAX_NOUN_PHRASE_WORDS
            and noun_phrase.head[1] not in ends
            and entity_index.entity_at(noun_phrase.head[0]) is None
            and not pronoun_class(text[slice(*noun_phrase.head)])
            and not taken.overlaps((noun_phrase.start, noun_phrase.end))
        ):
            found.append((noun_phrase.start, noun_phrase.end))
    return sorted(found)


@dataclass(frozen=True, slots=True)
class ReporterPronoun:
    """A pronoun in the reporter's own words, and the gender it tells."""

    start: int
    end: int
    gender: Gender


_HE_OR_SHE = re.compile(r"\b(?:(?P<male>he)|she)\b", re.IGNORECASE)


def find_reporter_pronouns(
    entity_index: EntityIndex, statements: Sequence[Statement]
) -> list[ReporterPronoun]:
    """The places outside quotations, sources and contents where the reporter tells of somebody as he or she, in order: "She was born in May"."""
    taken = IntervalIndex(
        [(s.source.start, s.source.end) for s in statements if s.source]
        + [(piece.start, piece.end) for s in statements for piece in s.content]
    )
    return [
        ReporterPronoun(match.start(), match.end(), "male" if match["male"] else "female")
        for match in _HE_OR_SHE.finditer(entity_index.analysis.text)
        if entity_index.analysis.quotation_at(match.start()) is None and not taken.overlaps(match.span())
    ]


def _noun_after(text: str, tokens: Sequence[re.Match[str]], number: int) -> Range | None:
    """From a determiner to the noun of a person or body behind it."""
    for place in range(number + 1, min(len(tokens), number + 1 + _MAX_CHARS)):
        token = tokens[place]
        plain = token[0].lower()
        if text[tokens[place - 1].end() : token.start()] != " " or plain in _STOP:
            return None
        body = in_class(plain, "body") and token[0].islower() and plain not in words("place_at_large")
        if not body and not in_class(plain, "person"):
            continue
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        near = following is not None and text[token.end() : following.start()] == " "
        if following and near and (_is_noun(following[0]) or following[0][0].isupper()):
            continue
        return tokens[number].start(), token.end()
    return None


def _is_noun(word: str) -> bool:
    return in_class(word.lower(), "person") or in_class(word.lower(), "body")


def relative_antecedent(
    entity_index: EntityIndex, evidence: Evidence, descriptions: DescriptionResolver, phrase: SourcePhrase
) -> Mention | Entity | SourcePhrase | None:
    """What a relative pronoun stands for: the name or description right before it, else the noun phrase there."""
    text = entity_index.analysis.text
    floor = entity_index.analysis.sentence(phrase.start)[0]
    before = phrase.start
    while before > floor and text[before - 1] in " ,":
        before -= 1
    if before in descriptions.by_end:
        return descriptions.by_end[before]
    for start, end, entity in reversed(descriptions.wholes[-6:]):
        if start < phrase.start and phrase.end <= end:
            return entity
    for mention in reversed(entity_index.mentions_before(phrase.start)):
        if mention.end < floor:
            break
        if entity_index.entities[mention.entity].place and text[slice(*phrase.head)].lower() == "who":
            continue  # "officials in Alderby, who": a town is nobody
        between = text[mention.end : phrase.start]
        if _GAP.fullmatch(between) or (mention.wording == "name" and _APPOSITION.fullmatch(between)):
            return mention
    if noun_phrase := evidence.ending_at(before):
        held = entity_index.entity_at(noun_phrase.head[0])
        if held is not None:
            return entity_index.entities[held]
        found = parse_source(entity_index, noun_phrase.start, noun_phrase.end)
        if found and found.category == "description" and descriptions.may_speak(found):
            return found
    begin = _phrase_before(text, floor, phrase.start)
    found = parse_source(entity_index, begin, phrase.start) if begin is not None else None
    if found is None or (found.category == "description" and not descriptions.may_speak(found)):
        return None
    return found if found.category in ("description", "unknown", "name") else None


def _phrase_before(text: str, floor: int, end: int) -> int | None:
    """Where the noun phrase that ends before a relative pronoun begins: at its article or amount, else behind what breaks off."""
    tokens = list(TOKEN.finditer(text, max(floor, end - 120), end))
    first = None
    for place in range(len(tokens) - 1, max(-1, len(tokens) - 14), -1):
        plain = tokens[place][0].lower()
        if plain in words("determiner") or plain in words("quantity"):
            return tokens[place].start()
        last = place + 1 == len(tokens)
        if plain in _PHRASE_BOUNDARY or (
            not last and "," in text[tokens[place].end() : tokens[place + 1].start()]
        ):
            break
        first = tokens[place].start()
    return first

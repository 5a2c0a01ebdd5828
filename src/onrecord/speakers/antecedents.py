"""Who a pronoun or a description takes up: entities mentioned before it, weighed by how near, how prominent and how fitting they are.

The weights follow what is known of pronouns in news (Hobbs 1978; Lappin and Leass 1994): the last speaker, subjects, and those
mentioned often are taken up first; what is only mentioned in somebody's quoted words is not taken up outside them unless nothing else fits.
Where the network scored which noun phrases mean the same, its log-odds are added.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.speakers.entities import Entity, Mention
from onrecord.speakers.entity_index import EntityIndex
from onrecord.speakers.evidence import Evidence
from onrecord.speakers.word_classes import Gender

MAX_SENTENCES_BACK = 12
"""How far back a pronoun looks, in sentences."""

_SENTENCE_DISTANCE = 0.45
_SUBJECT = 0.7
_LAST_SPEAKER = 1.8
_SAME_PARAGRAPH = 0.8
_MENTION_COUNT = 0.3
_MAX_MENTION_COUNT = 12
_IN_OTHER_QUOTATION = 2.2
_IN_SAME_QUOTATION = 1.5
_POSSESSIVE = 0.5
_GENDER_MATCH = 0.7
_DESCRIPTION_ONLY = 0.4
_HEADLINE = 0.4
_INTRODUCED_BY_NAME = 0.8
_NETWORK = 0.6
_MAX_NETWORK_ODDS = 4.0


@dataclass(frozen=True, slots=True)
class AntecedentQuery:
    """What is looked for: at which character, of which gender, one or many, a person or a thing; ``excluded`` entities can't be it."""

    position: int
    gender: Gender | None = None
    plural: bool = False
    thing: bool = False
    excluded: frozenset[int] = frozenset()
    last_speaker: int | None = None
    same_paragraph: bool = False
    """Whether the last speaker spoke in the paragraph where the pronoun stands."""

    topic: int | None = None
    """Whom the paragraph is about, where that isn't the last speaker."""

    parent: int | None = None
    """Who says the words around it, where those aren't quoted: "she said *he* …", "Orr said *he* …"."""


@dataclass(frozen=True, slots=True)
class ScoredAntecedent:
    """A entity that may be meant, its weight in log-odds, and the mention that speaks for it."""

    entity: int
    weight: float
    mention: Mention


def rank_antecedents(
    entity_index: EntityIndex, evidence: Evidence, query: AntecedentQuery, *, head: int
) -> list[ScoredAntecedent]:
    """The entities that a pronoun may take up, best first.

    Args:
        head: where the pronoun stands, by which the network knows it.
    """
    network = _network_scores(entity_index, evidence, head)
    best: dict[int, ScoredAntecedent] = {}
    sentence = entity_index.analysis.sentence_at(query.position)
    quotation = entity_index.analysis.quotation_at(query.position)
    for mention in _mentions_before(entity_index, query.position, sentence):
        entity = entity_index.entities[mention.entity]
        if not agrees(entity, query):
            continue
        weight = _salience(entity_index, mention, query, sentence, quotation) + network.get(
            entity.number, 0.0
        )
        if entity.number not in best or weight > best[entity.number].weight:
            best[entity.number] = ScoredAntecedent(entity.number, weight, mention)
    return sorted(best.values(), key=lambda item: -item.weight)


def _mentions_before(entity_index: EntityIndex, position: int, sentence: int) -> Iterable[Mention]:
    for mention in reversed(entity_index.mentions_before(position)):
        if mention.sentence < sentence - MAX_SENTENCES_BACK:
            break
        yield mention


def agrees(entity: Entity, query: AntecedentQuery) -> bool:
    """Whether a entity is of the gender, number and kind that is looked for, as far as these are known."""
    if entity.number in query.excluded:
        return False
    if query.plural:
        return entity.plural or (entity.kind in ("organization", "group") and not entity.place)
    if query.thing:
        return (entity.inanimate or entity.kind in ("organization", "document")) and not entity.plural
    if entity.plural or entity.inanimate or entity.kind in ("organization", "document", "group"):
        return False
    return query.gender is None or entity.gender in (None, query.gender)


def _salience(
    entity_index: EntityIndex, mention: Mention, query: AntecedentQuery, sentence: int, quotation: int | None
) -> float:
    entity = entity_index.entities[mention.entity]
    weight = -_SENTENCE_DISTANCE * min(sentence - mention.sentence, 8)
    weight += _SUBJECT * (mention.subject and not mention.owner) - _POSSESSIVE * mention.owner
    weight += _MENTION_COUNT * math.log1p(min(len(entity.mentions), _MAX_MENTION_COUNT))
    if quotation is None:
        weight += (_LAST_SPEAKER + _SAME_PARAGRAPH * query.same_paragraph) * (
            entity.number == query.last_speaker
        )
    else:  # inside of quoted words, those whom they mention
        weight += _IN_SAME_QUOTATION * (mention.quotation == quotation)
    weight -= _IN_OTHER_QUOTATION * (mention.quotation is not None and mention.quotation != quotation)
    weight += _SAME_PARAGRAPH * (entity.number == query.topic)
    weight += _GENDER_MATCH * (query.gender is not None and entity.gender == query.gender)
    weight -= _HEADLINE * (mention.paragraph == 0)
    weight += _INTRODUCED_BY_NAME * (
        mention is entity.mentions[0] and bool(entity.roles) and mention.wording == "name"
    )
    weight += _LAST_SPEAKER * (entity.number == query.parent)
    weight -= _DESCRIPTION_ONLY * (mention.wording == "description" and not entity.names)
    if query.plural:
        weight += entity.plural * 1.0
    if query.thing:
        weight -= entity.place * 0.8
    return weight


def _network_scores(entity_index: EntityIndex, evidence: Evidence, head: int) -> dict[int, float]:
    """What the network adds to each entity."""
    added: dict[int, float] = {}
    for noun_phrase, odds in evidence.antecedents_of(head):
        entity = entity_index.entity_at(noun_phrase.head[0])
        if entity is not None:
            bounded = _NETWORK * max(-_MAX_NETWORK_ODDS, min(_MAX_NETWORK_ODDS, odds))
            added[entity] = max(bounded, added.get(entity, bounded))
    return added


def network_antecedent(entity_index: EntityIndex, evidence: Evidence, head: int) -> tuple[int, float] | None:
    """The entity that the network holds to be meant, with its log-odds, where it is surer than not."""
    for noun_phrase, odds in evidence.antecedents_of(head):
        if odds <= 0:
            return None
        entity = entity_index.entity_at(noun_phrase.head[0])
        if entity is not None:
            return entity, odds
    return None


def margin(antecedents: Sequence[ScoredAntecedent]) -> float:
    """By how much the best outweighs the second; 3 where there is no second."""
    return antecedents[0].weight - antecedents[1].weight if len(antecedents) > 1 else 3.0

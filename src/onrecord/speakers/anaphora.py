"""Who a pronoun or a description takes up: voices mentioned before it, weighed by how near, how prominent and how fitting they are.

The weights follow what is known of pronouns in news (Hobbs 1978; Lappin and Leass 1994): the last speaker, subjects, and those
mentioned often are taken up first; what is only mentioned in somebody's quoted words is not taken up outside them unless nothing else fits.
Where the network scored which noun phrases mean the same, its log-odds are added.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.speakers.cast import Cast
from onrecord.speakers.evidence import Evidence
from onrecord.speakers.lexicon import Gender
from onrecord.speakers.mentions import Mention, Voice

SENTENCES = 12
"""How far back a pronoun looks, in sentences."""

_NEAR = 0.45
_SUBJECT = 0.7
_LAST_SPEAKER = 1.8
_SAME_PARAGRAPH = 0.8
_OFTEN = 0.3
_MANY = 12
_QUOTED = 2.2
_TOGETHER = 1.5
_OWNER = 0.5
_FITS = 0.7
_DESCRIBED = 0.4
_HEADLINE = 0.4
_BROUGHT_IN = 0.8
_NETWORK = 0.6
_BOUND = 4.0


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: at which character, of which gender, one or many, a person or a thing; ``barred`` voices can't be it."""

    position: int
    gender: Gender | None = None
    plural: bool = False
    thing: bool = False
    barred: frozenset[int] = frozenset()
    last_speaker: int | None = None
    same_paragraph: bool = False
    """Whether the last speaker spoke in the paragraph where the pronoun stands."""

    about: int | None = None
    """Whom the paragraph is about, where that isn't the last speaker."""

    holder: int | None = None
    """Who says the words around it, where those aren't quoted: "she said *he* …", "Orr said *he* …"."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A voice that may be meant, its weight in log-odds, and the mention that speaks for it."""

    voice: int
    weight: float
    mention: Mention


def weigh(cast: Cast, evidence: Evidence, sought: Sought, *, head: int) -> list[Weighed]:
    """The voices that a pronoun may take up, best first.

    Args:
        head: where the pronoun stands, by which the network knows it.
    """
    said = _network(cast, evidence, head)
    best: dict[int, Weighed] = {}
    sentence = cast.analysis.sentence_at(sought.position)
    quotation = cast.analysis.quotation_at(sought.position)
    for mention in _before(cast, sought.position, sentence):
        voice = cast.voices[mention.voice]
        if not fits(voice, sought):
            continue
        weight = _weight(cast, mention, sought, sentence, quotation) + said.get(voice.number, 0.0)
        if voice.number not in best or weight > best[voice.number].weight:
            best[voice.number] = Weighed(voice.number, weight, mention)
    return sorted(best.values(), key=lambda item: -item.weight)


def _before(cast: Cast, position: int, sentence: int) -> Iterable[Mention]:
    for mention in reversed(cast.mentions_before(position)):
        if mention.sentence < sentence - SENTENCES:
            break
        yield mention


def fits(voice: Voice, sought: Sought) -> bool:
    """Whether a voice is of the gender, number and kind that is looked for, as far as these are known."""
    if voice.number in sought.barred:
        return False
    if sought.plural:
        return voice.plural or (voice.kind in ("organization", "group") and not voice.place)
    if sought.thing:
        return (voice.lifeless or voice.kind in ("organization", "document")) and not voice.plural
    if voice.plural or voice.lifeless or voice.kind in ("organization", "document", "group"):
        return False
    return sought.gender is None or voice.gender in (None, sought.gender)


def _weight(cast: Cast, mention: Mention, sought: Sought, sentence: int, quotation: int | None) -> float:
    voice = cast.voices[mention.voice]
    weight = -_NEAR * min(sentence - mention.sentence, 8)
    weight += _SUBJECT * (mention.subject and not mention.owner) - _OWNER * mention.owner
    weight += _OFTEN * math.log1p(min(len(voice.mentions), _MANY))
    if quotation is None:
        weight += (_LAST_SPEAKER + _SAME_PARAGRAPH * sought.same_paragraph) * (
            voice.number == sought.last_speaker
        )
    else:  # inside of quoted words, those whom they mention
        weight += _TOGETHER * (mention.quotation == quotation)
    weight -= _QUOTED * (mention.quotation is not None and mention.quotation != quotation)
    weight += _SAME_PARAGRAPH * (voice.number == sought.about)
    weight += _FITS * (sought.gender is not None and voice.gender == sought.gender)
    weight -= _HEADLINE * (mention.paragraph == 0)
    weight += _BROUGHT_IN * (mention is voice.mentions[0] and bool(voice.roles) and mention.wording == "name")
    weight += _LAST_SPEAKER * (voice.number == sought.holder)
    weight -= _DESCRIBED * (mention.wording == "description" and not voice.names)
    if sought.plural:
        weight += voice.plural * 1.0
    if sought.thing:
        weight -= voice.place * 0.8
    return weight


def _network(cast: Cast, evidence: Evidence, head: int) -> dict[int, float]:
    """What the network adds to each voice."""
    added: dict[int, float] = {}
    for noun, odds in evidence.earlier(head):
        voice = cast.voice_at(noun.head[0])
        if voice is not None:
            bounded = _NETWORK * max(-_BOUND, min(_BOUND, odds))
            added[voice] = max(bounded, added.get(voice, bounded))
    return added


def network_choice(cast: Cast, evidence: Evidence, head: int) -> tuple[int, float] | None:
    """The voice that the network holds to be meant, with its log-odds, where it is surer than not."""
    for noun, odds in evidence.earlier(head):
        if odds <= 0:
            return None
        voice = cast.voice_at(noun.head[0])
        if voice is not None:
            return voice, odds
    return None


def margin(weighed: Sequence[Weighed]) -> float:
    """By how much the best outweighs the second; 3 where there is no second."""
    return weighed[0].weight - weighed[1].weight if len(weighed) > 1 else 3.0

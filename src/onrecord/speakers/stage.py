"""The stage as a whole: document, reading and statements to speakers, and why."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.speakers.bylines import find_byline_spans
from onrecord.speakers.calibration import Calibration, load_calibration, speaker_probability
from onrecord.speakers.entities import Entity
from onrecord.speakers.entity_index import EntityIndex
from onrecord.speakers.evidence import gather_evidence
from onrecord.speakers.headline import add_headline_names
from onrecord.speakers.people import build_entity_index
from onrecord.speakers.resolver import SpeakerResolver
from onrecord.speakers.source_resolution import ResolutionMethod, SourceResolution
from onrecord.speakers.speaker_names import best_role, speaker_from_entity
from onrecord.speakers.word_classes import words
from onrecord.text import TextAnalysis
from onrecord.types import Document, Span, Speaker, SpeakerCandidate, Statement, content_id

if TYPE_CHECKING:
    from onrecord.model.session import ModelOutput

_MOST_OTHERS = 3
_LEAST_OTHER = 0.01
"""A candidate with a lower score isn't told."""

AnonymityReason = Literal["anonymity", "collective", "vague"]
"""Why a entity is unnamed: it asked for that; it is several people; nobody could find it."""

_ANONYMITY = re.compile(
    r"anonymity|anonymous(?:ly)?|(?:not|n[’']t)\s+(?:to\s+|want(?:ed|ing)?\s+to\s+|wish(?:ed|ing)?\s+to\s+)?be\s+(?:named|identified|quoted)|"
    r"declin\w+\s+to\s+be\s+(?:named|identified)|unnamed|unidentified|not\s+(?:being\s+)?authori[sz]ed\s+to\s+(?:speak|comment|discuss|talk)|"
    r"withh(?:e|o)ld\s+(?:his|her|their)\s+names?|refus\w+\s+to\s+(?:be\s+named|give\s+(?:his|her|their)\s+names?)|on\s+background",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ResolutionCandidate:
    """Somebody who may be meant: the speaker's id and name, and a weight, higher for likelier."""

    speaker: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """How one statement came to its speaker, or why it has none.

    ``speaker`` is an id, ``None`` with a ``reason``. ``margin`` is by how much the choice outweighs the next, ``weight`` how much speaks for it, both in
    log-odds and at most 3 where nothing was weighed. ``evidence`` are the words it rests on: the source's own, and those it takes up.
    """

    statement: str
    speaker: str | None
    score: float | None
    method: ResolutionMethod
    reason: str | None
    margin: float
    weight: float
    candidates: tuple[ResolutionCandidate, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SpeakerProfile:
    """What a speaker in the record has no field for: where office and affiliation are told, and why a entity is unnamed."""

    speaker: str
    role: Span | None
    affiliation: Span | None
    anonymity: AnonymityReason | None


@dataclass(frozen=True, slots=True)
class ResolvedStatements:
    """The statements with their speakers and targets; the speakers; how each statement was resolved; what else is known of each speaker."""

    statements: tuple[Statement, ...]
    speakers: tuple[Speaker, ...]
    resolutions: tuple[Resolution, ...]
    profiles: tuple[SpeakerProfile, ...]


def resolve_speakers(
    document: Document,
    analysis: TextAnalysis,
    output: ModelOutput,
    statements: Sequence[Statement],
    *,
    targets: Sequence[Span | None] = (),
    calibration: Calibration | None = None,
) -> ResolvedStatements:
    """Who stands behind each statement, and whom it is directed at.

    Args:
        analysis: that of ``document.text``.
        output: what the model gave for it; names and coreference by rules where it has none.
        targets: the words for the one each statement is directed at, in the order of the statements; empty where none are known.
        calibration: how scores are made, by default as fitted on dev.
    """
    sources = [(s.source.start, s.source.end) for s in statements if s.source]
    evidence = gather_evidence(output, analysis, sources)
    entity_index = build_entity_index(
        analysis, evidence.names, sources, find_byline_spans(document, analysis)
    )
    add_headline_names(document, entity_index)
    resolver = SpeakerResolver(document, entity_index, evidence, statements)
    resolutions = resolver.run()
    target_entities = [
        resolver.target_entity(statement, span) if span else None
        for statement, span in zip(statements, targets or [None] * len(statements), strict=True)
    ]
    used = {resolution.entity for resolution in resolutions.values()} | set(target_entities)
    used |= {number for resolution in resolutions.values() for number, _ in resolution.candidates}
    named = _speakers(document, entity_index, {number for number in used if number is not None})
    calibration = calibration or load_calibration()
    decisions = [
        _decide(resolutions[statement.id], statement, calibration, named) for statement in statements
    ]
    speaking = {
        number
        for number in (*(decision.entity for decision in decisions), *target_entities)
        if number is not None
    }
    speaking |= {
        member for number in speaking for member in entity_index.entities[number].members if member in named
    }
    return ResolvedStatements(
        tuple(
            _with_speakers(statement, decision, target, named)
            for statement, decision, target in zip(statements, decisions, target_entities, strict=True)
        ),
        tuple(named[number] for number in sorted(speaking)),
        tuple(
            _resolution(document, statement, resolutions[statement.id], decision, named)
            for statement, decision in zip(statements, decisions, strict=True)
        ),
        tuple(
            _profile(document, entity_index, entity_index.entities[number], named[number])
            for number in sorted(speaking)
        ),
    )


class _Decision(NamedTuple):
    """The entity that an answer comes to, or the reason for none; the score is there for a entity that isn't meant surely enough, too."""

    entity: int | None
    score: float | None
    reason: str | None
    others: tuple[SpeakerCandidate, ...] = ()


def _decide(
    resolution: SourceResolution, statement: Statement, calibration: Calibration, named: Mapping[int, Speaker]
) -> _Decision:
    if resolution.entity is None:
        others = _others(resolution, statement, calibration, named, left=1.0)
        return _Decision(None, None, resolution.reason, others)
    score = round(speaker_probability(resolution, statement, calibration), 4)
    if score >= calibration.threshold:
        others = _others(resolution, statement, calibration, named, left=1 - score, chosen=resolution.entity)
        return _Decision(resolution.entity, score, resolution.reason, others)
    first = SpeakerCandidate(named[resolution.entity].name, score)
    others = _others(resolution, statement, calibration, named, left=1 - score, chosen=resolution.entity)
    return _Decision(None, score, "nobody is meant surely enough", (first, *others)[:_MOST_OTHERS])


def _others(
    resolution: SourceResolution,
    statement: Statement,
    calibration: Calibration,
    named: Mapping[int, Speaker],
    *,
    left: float,
    chosen: int | None = None,
) -> tuple[SpeakerCandidate, ...]:
    """Who else may be meant, the likeliest first.

    Args:
        left: the probability that the choice leaves. The others share it by their weights, which are log-odds;
            none gets more than it would have if it had been chosen without a margin.
    """
    antecedents = [(number, weight) for number, weight in resolution.candidates if number != chosen]
    total = sum(math.exp(weight) for _, weight in antecedents)
    found = []
    for number, weight in antecedents:
        alone = speaker_probability(replace(resolution, margin=0.0, weight=weight), statement, calibration)
        score = round(min(left * math.exp(weight) / total, alone), 4)
        if score >= _LEAST_OTHER:
            found.append(SpeakerCandidate(named[number].name, score))
    return tuple(sorted(found, key=lambda other: -other.score)[:_MOST_OTHERS])


def _with_speakers(
    statement: Statement, decision: _Decision, target: int | None, named: Mapping[int, Speaker]
) -> Statement:
    return replace(
        statement,
        speaker=named[decision.entity].id if decision.entity is not None else None,
        speaker_score=decision.score if decision.entity is not None else None,
        speaker_candidates=decision.others,
        target=named[target].id if target is not None else None,
    )


def _speakers(document: Document, entity_index: EntityIndex, numbers: set[int]) -> dict[int, Speaker]:
    """The speakers of entities; an id that two would share gets the entity's number too."""
    found: dict[int, Speaker] = {}
    taken: set[str] = set()
    for number in sorted(numbers | {member for n in numbers for member in entity_index.entities[n].members}):
        speaker = speaker_from_entity(document, entity_index, entity_index.entities[number])
        if speaker.id in taken:
            speaker = replace(speaker, id=content_id(speaker.id, number))
        taken.add(speaker.id)
        found[number] = speaker
    return found


def _resolution(
    document: Document,
    statement: Statement,
    resolution: SourceResolution,
    decision: _Decision,
    named: Mapping[int, Speaker],
) -> Resolution:
    others = resolution.candidates or (
        ((resolution.entity, resolution.weight),)
        if resolution.entity is not None and decision.entity is None
        else ()
    )
    return Resolution(
        statement.id,
        named[decision.entity].id if decision.entity is not None else None,
        decision.score,
        resolution.method,
        decision.reason if decision.entity is None else None,
        resolution.margin,
        resolution.weight,
        tuple(
            ResolutionCandidate(named[number].id, named[number].name, round(weight, 3))
            for number, weight in others
        ),
        tuple(document.span(start, end) for start, end in dict.fromkeys(resolution.evidence)),
    )


def _profile(
    document: Document, entity_index: EntityIndex, entity: Entity, speaker: Speaker
) -> SpeakerProfile:
    role = best_role(document.text, entity)
    own = role if role and entity.kind == "person" and role.span != role.affiliation else None
    return SpeakerProfile(
        speaker.id,
        document.span(*own.span) if own else None,
        document.span(*role.affiliation) if role and role.affiliation else None,
        anonymity_of(entity_index, entity),
    )


def anonymity_of(entity_index: EntityIndex, entity: Entity) -> AnonymityReason | None:
    """Why an unnamed entity is unnamed, ``None`` for a named one, or one whose single words just don't name it."""
    if entity.kind != "unnamed" or entity.names:
        return None
    text = entity_index.analysis.text
    for mention in entity.mentions[:20]:
        if mention.wording == "description":
            around = text[mention.start : entity_index.analysis.sentence(mention.start)[1]]
            if _ANONYMITY.search(around[:400]):
                return "anonymity"
    first = text[slice(*_first(entity))].lower().split()
    if first and (first[-1] in words("vague") or first[0] in ("some", "others", "many", "people", "critics")):
        return "vague"
    return "collective" if entity.plural else None


def _first(entity: Entity) -> tuple[int, int]:
    mention = entity.mentions[0]
    return mention.start, mention.end

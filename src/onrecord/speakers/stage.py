"""The stage as a whole: document, reading and statements to speakers, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.speakers.answers import Answer, How
from onrecord.speakers.authors import find_credits
from onrecord.speakers.calibration import Calibration, load_calibration, score_of
from onrecord.speakers.cast import Cast
from onrecord.speakers.evidence import gather
from onrecord.speakers.headline import add_headline
from onrecord.speakers.lexicon import words
from onrecord.speakers.mentions import Voice
from onrecord.speakers.naming import chosen_role, speaker_of
from onrecord.speakers.people import gather_cast
from onrecord.speakers.resolving import Resolver
from onrecord.text import TextAnalysis
from onrecord.types import Document, Span, Speaker, Statement, content_id

if TYPE_CHECKING:
    from onrecord.model.session import Reading

Marking = Literal["anonymity", "collective", "vague"]
"""Why a voice is unnamed: it asked for that; it is several people; nobody could find it."""

_ANONYMITY = re.compile(
    r"anonymity|anonymous(?:ly)?|(?:not|n[’']t)\s+(?:to\s+|want(?:ed|ing)?\s+to\s+|wish(?:ed|ing)?\s+to\s+)?be\s+(?:named|identified|quoted)|"
    r"declin\w+\s+to\s+be\s+(?:named|identified)|unnamed|unidentified|not\s+(?:being\s+)?authori[sz]ed\s+to\s+(?:speak|comment|discuss|talk)|"
    r"withh(?:e|o)ld\s+(?:his|her|their)\s+names?|refus\w+\s+to\s+(?:be\s+named|give\s+(?:his|her|their)\s+names?)|on\s+background",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
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
    how: How
    reason: str | None
    margin: float
    weight: float
    candidates: tuple[Candidate, ...]
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a speaker in the record has no field for: where office and affiliation are told, and why a voice is unnamed."""

    speaker: str
    role: Span | None
    affiliation: Span | None
    marking: Marking | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The statements with their speakers and targets; the speakers; how each statement was resolved; what else is known of each speaker."""

    statements: tuple[Statement, ...]
    speakers: tuple[Speaker, ...]
    resolutions: tuple[Resolution, ...]
    profiles: tuple[Profile, ...]


def resolve_speakers(
    document: Document,
    analysis: TextAnalysis,
    reading: Reading,
    statements: Sequence[Statement],
    *,
    targets: Sequence[Span | None] = (),
    calibration: Calibration | None = None,
) -> Resolved:
    """Who stands behind each statement, and whom it is directed at.

    Args:
        analysis: that of ``document.text``.
        reading: what the model gave for it; names and coreference by rules where it has none.
        targets: the words for the one each statement is directed at, in the order of the statements; empty where none are known.
        calibration: how scores are made, by default as fitted on dev.
    """
    sources = [(s.source.start, s.source.end) for s in statements if s.source]
    evidence = gather(reading, analysis, sources)
    cast = gather_cast(analysis, evidence.names, sources, find_credits(document, analysis))
    add_headline(document, cast)
    resolver = Resolver(document, cast, evidence, statements)
    answers = resolver.run()
    aims = [
        resolver.target(statement, span) if span else None
        for statement, span in zip(statements, targets or [None] * len(statements), strict=True)
    ]
    used = {answer.voice for answer in answers.values()} | set(aims)
    used |= {number for answer in answers.values() for number, _ in answer.candidates}
    named = _speakers(document, cast, {number for number in used if number is not None})
    calibration = calibration or load_calibration()
    choices = [_choice(answers[statement.id], statement, calibration) for statement in statements]
    speaking = {number for number in (*(choice.voice for choice in choices), *aims) if number is not None}
    speaking |= {member for number in speaking for member in cast.voices[number].members if member in named}
    return Resolved(
        tuple(
            _with_speakers(statement, choice, aim, named)
            for statement, choice, aim in zip(statements, choices, aims, strict=True)
        ),
        tuple(named[number] for number in sorted(speaking)),
        tuple(
            _resolution(document, statement, answers[statement.id], choice, named)
            for statement, choice in zip(statements, choices, strict=True)
        ),
        tuple(_profile(document, cast, cast.voices[number], named[number]) for number in sorted(speaking)),
    )


class _Choice(NamedTuple):
    """The voice that an answer comes to, or the reason for none; the score is there for a voice that isn't meant surely enough, too."""

    voice: int | None
    score: float | None
    reason: str | None


def _choice(answer: Answer, statement: Statement, calibration: Calibration) -> _Choice:
    if answer.voice is None:
        return _Choice(None, None, answer.reason)
    score = round(score_of(answer, statement, calibration), 4)
    if score < calibration.threshold:
        return _Choice(None, score, "nobody is meant surely enough")
    return _Choice(answer.voice, score, answer.reason)


def _with_speakers(
    statement: Statement, choice: _Choice, aim: int | None, named: Mapping[int, Speaker]
) -> Statement:
    return replace(
        statement,
        speaker=named[choice.voice].id if choice.voice is not None else None,
        speaker_score=choice.score if choice.voice is not None else None,
        target=named[aim].id if aim is not None else None,
    )


def _speakers(document: Document, cast: Cast, numbers: set[int]) -> dict[int, Speaker]:
    """The speakers of voices; an id that two would share gets the voice's number too."""
    found: dict[int, Speaker] = {}
    taken: set[str] = set()
    for number in sorted(numbers | {member for n in numbers for member in cast.voices[n].members}):
        speaker = speaker_of(document, cast, cast.voices[number])
        if speaker.id in taken:
            speaker = replace(speaker, id=content_id(speaker.id, number))
        taken.add(speaker.id)
        found[number] = speaker
    return found


def _resolution(
    document: Document, statement: Statement, answer: Answer, choice: _Choice, named: Mapping[int, Speaker]
) -> Resolution:
    others = answer.candidates or (
        ((answer.voice, answer.weight),) if answer.voice is not None and choice.voice is None else ()
    )
    return Resolution(
        statement.id,
        named[choice.voice].id if choice.voice is not None else None,
        choice.score,
        answer.how,
        choice.reason if choice.voice is None else None,
        answer.margin,
        answer.weight,
        tuple(Candidate(named[number].id, named[number].name, round(weight, 3)) for number, weight in others),
        tuple(document.span(start, end) for start, end in dict.fromkeys(answer.evidence)),
    )


def _profile(document: Document, cast: Cast, voice: Voice, speaker: Speaker) -> Profile:
    role = chosen_role(document.text, voice)
    own = role if role and voice.kind == "person" and role.span != role.affiliation else None
    return Profile(
        speaker.id,
        document.span(*own.span) if own else None,
        document.span(*role.affiliation) if role and role.affiliation else None,
        marking_of(cast, voice),
    )


def marking_of(cast: Cast, voice: Voice) -> Marking | None:
    """Why an unnamed voice is unnamed, ``None`` for a named one, or one whose single words just don't name it."""
    if voice.kind != "unnamed" or voice.names:
        return None
    text = cast.analysis.text
    for mention in voice.mentions[:20]:
        if mention.wording == "description":
            around = text[mention.start : cast.analysis.sentence(mention.start)[1]]
            if _ANONYMITY.search(around[:400]):
                return "anonymity"
    first = text[slice(*_first(voice))].lower().split()
    if first and (first[-1] in words("vague") or first[0] in ("some", "others", "many", "people", "critics")):
        return "vague"
    return "collective" if voice.plural else None


def _first(voice: Voice) -> tuple[int, int]:
    mention = voice.mentions[0]
    return mention.start, mention.end

"""Statements that can't both hold: two quantities, a claim and its denial, a claim and its negation.

After de Marneffe, Rafferty and Manning, "Finding Contradictions in Text" (ACL 2008): two statements must be about
one event first, else numbers merely differ; negation and number are the kinds that can be found with few mistakes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.desk.track.events import days_between, is_one_thing, same_thing
from onrecord.desk.track.observing import Observation, topic_of
from onrecord.desk.track.steps import compatible, step_between
from onrecord.desk.track.values import Contradiction
from onrecord.linking.content_type import content_type_of
from onrecord.linking.wording import Wording, same_speaker, wording_of_statement
from onrecord.types import Document, Report, Span, Speaker, Statement

NEAR_DAYS = 3
"""Two speakers who are further apart than this may both have been right when they spoke."""
FAR_DAYS = 120
"""Denials and negations of something said longer ago than this are taken to be of another occasion."""
SAME_CLAIM = 0.65
"""Least share of two topics in common (Dice), for one statement to negate the other. Lowered to 0.5, one in eight was
right on 336 reports."""
SAME_DENIED = 0.7
"""Least share of the smaller topic in common, for one statement to deny the other."""
LEAST_DENIED = 3
"""Words of a topic that a denial has, at least."""
LEAST_WORDS = 4
"""Words of a topic, at least: fewer are a theme, not a claim."""
LONGEST = 30
"""Words of a statement that may negate another: in a longer one, what is negated is a part."""

_POLL = re.compile(
    r"\b(?:poll\w*|surveys?|averages?|tracking|projections?|forecasts?|ratings?)\b", re.IGNORECASE
)
"""Sources of which each has its own numbers: two that differ contradict each other as little as two samples do."""
_DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying|ials?)|disput\w+|refut\w+|rebut\w*)\b", re.IGNORECASE)
_NEGATED_CUE = re.compile(r"\b(?:not|never|no|without|cannot)\b|n['’]t\b", re.IGNORECASE)
_ASSERTS = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|tells?|told|add(?:s|ed|ing)|claim\w*|argu\w+|insist\w*|not(?:es|ed|ing)|explain\w*|stat(?:es|ed|ing)"
    r"|announc\w+|wr(?:ites|ote|iting)|report\w*|according|maintain\w*|declar\w+|believ\w+|think\w*|thought|confirm\w*|warn\w*"
    r"|acknowledg\w+|admit\w*|promis\w+|vow\w*|pledg\w+|predict\w*|testif\w+|tweet\w*|repeat\w*)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?]\s+[“\"']?[A-Z]")
_MOST_IN_COMMON = 200
"""A word that more statements have tells too little to look for pairs by."""


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with its wording, as contradictions are looked for among them."""

    statement: Statement
    document: Document
    speaker: Speaker | None
    wording: Wording
    topic: frozenset[str]
    negated: bool
    day: str | None


def said_in(report: Report) -> Iterator[Said]:
    """The statements of a report that claim something: no questions, no demands, enough words."""
    for statement in report.statements:
        if statement.act not in ("state", "announce", "deny", "accuse", "concede", None):
            continue
        speaker = report.speaker_of(statement)
        wording = wording_of_statement(report.document, statement, speaker)
        topic = topic_of(wording)
        if len(topic) < (LEAST_DENIED if statement.act == "deny" else LEAST_WORDS):
            continue
        if statement.modality and statement.modality.conditional:
            continue
        if statement.cue and _NEGATED_CUE.search(statement.cue.text):
            continue
        negations = sum(word.negates for word in wording.words)
        yield Said(
            statement,
            report.document,
            speaker,
            wording,
            topic,
            negations % 2 == 1,
            report.document.published.date,
        )


def find_contradictions(
    observations: Sequence[Observation], statements: Sequence[Said]
) -> tuple[Contradiction, ...]:
    """The contradictions of a set of reports, by the day of the later statement."""
    found = [*_of_quantities(observations), *_of_claims(statements)]
    kept: dict[tuple[str, str], Contradiction] = {}
    for one in found:
        kept.setdefault(one.statements, one)
    return tuple(sorted(kept.values(), key=lambda one: (one.said[1] or "", one.statements)))


def _of_quantities(observations: Sequence[Observation]) -> Iterator[Contradiction]:
    by_unit: defaultdict[tuple[str | None, str | None], list[Observation]] = defaultdict(list)
    for one in sorted(
        observations, key=lambda one: (one.said or "", one.document.id, one.quantity.span.start)
    ):
        if _is_poll(one):
            continue
        by_unit[one.unit, one.measure if one.unit is None else None].append(one)
    for group in by_unit.values():
        for number, after in enumerate(group):
            held: set[str | None] = set()
            # Of each speaker, what they last said of it is what stood when the other spoke.
            for before in reversed(group[:number]):
                if (
                    before.who in held
                    or before.statement.id == after.statement.id
                    or not same_thing(before, after)
                ):
                    continue
                held.add(before.who)
                if _contradict(before, after):
                    yield _of_pair(before, after)


def _is_poll(one: Observation) -> bool:
    source = one.statement.source.text if one.statement.source else ""
    return bool(_POLL.search(f"{source} {one.speaker.name if one.speaker else ''}"))


def _contradict(before: Observation, after: Observation) -> bool:
    if before.who is None or after.who is None or after.corrects or compatible(before, after):
        return False
    if not is_one_thing(before, after):
        return False
    step = step_between(before, after)
    if step.name == "contradicted":
        return before.who == after.who or days_between(before.said, after.said) <= NEAR_DAYS
    return (
        step.name == "updated"
        and before.who != after.who
        and before.said == after.said
        and _one_day(before, after)
    )


def _one_day(before: Observation, after: Observation) -> bool:
    return before.about == after.about or before.about is None or after.about is None


def _of_pair(before: Observation, after: Observation) -> Contradiction:
    one = before.who == after.who
    who = "one speaker gives" if one else "two speakers give"
    thing = after.measure or before.measure or after.unit or "what they speak of"
    because = f"{who} “{before.words}” and “{after.words}” for one thing ({thing})"
    unless = (
        "they count different things, are about different days or places, or the number changed in between"
    )
    return Contradiction(
        "quantity",
        (before.statement.id, after.statement.id),
        (before.document.id, after.document.id),
        (
            before.speaker.name if before.speaker else before.who,
            after.speaker.name if after.speaker else after.who,
        ),
        (before.said, after.said),
        (_piece(before), _piece(after)),
        because,
        unless,
    )


def _piece(one: Observation) -> Span:
    """The piece of content that a quantity stands in."""
    return next(piece for piece in one.statement.content if piece.contains(one.quantity.span))


def _of_claims(statements: Sequence[Said]) -> Iterator[Contradiction]:
    ordered = sorted(statements, key=lambda one: (one.day or "", one.document.id, one.statement.start))
    for before, after in _pairs(ordered):
        if before.statement.id == after.statement.id or before.statement.parent == after.statement.id:
            continue
        if after.statement.parent == before.statement.id or days_between(before.day, after.day) > FAR_DAYS:
            continue
        kind = _kind(before, after)
        if kind is None:
            continue
        denies = after if _denies(after) else before
        because = (
            f"{_name(denies)} denies what {_name(before if denies is after else after)} said"
            if kind == "denial"
            else f"one says it and one negates it, in {_share(before, after):.0%} the same words"
        )
        unless = "they speak of different occasions, or the negation is about another part of the sentence"
        yield Contradiction(
            kind,  # type: ignore[arg-type]
            (before.statement.id, after.statement.id),
            (before.document.id, after.document.id),
            (_named(before), _named(after)),
            (before.day, after.day),
            (before.statement.content[0], after.statement.content[0]),
            because,
            unless,
        )


def _pairs(statements: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """Pairs that share two of their rarer words, each once; never all pairs."""
    having: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(statements):
        for token in one.topic:
            having[token].append(number)
    seen: set[tuple[int, int]] = set()
    for number, one in enumerate(statements):
        if not (one.negated or _denies(one)):
            continue
        common: defaultdict[int, int] = defaultdict(int)
        for token in one.topic:
            if len(having[token]) <= _MOST_IN_COMMON:
                for other in having[token]:
                    common[other] += 1
        for other, count in common.items():
            pair = min(number, other), max(number, other)
            if other == number or count < 2 or pair in seen:
                continue
            seen.add(pair)
            yield statements[pair[0]], statements[pair[1]]


def _kind(before: Said, after: Said) -> str | None:
    share = _share(before, after)
    least = SAME_DENIED if _denies(before) or _denies(after) else SAME_CLAIM
    if share < least or min(len(before.topic), len(after.topic)) < LEAST_DENIED:
        return None
    denied = [one for one in (before, after) if _denies(one)]
    if len(denied) == 1:
        other = after if denied[0] is before else before
        speaker = same_speaker(before.wording, after.wording)
        # Who denies what another only denies, too, or what they say themselves elsewhere, contradicts nobody.
        if other.negated or denied[0].negated or speaker or not _asserts(other):
            return None
        return "denial" if _speaks_of(other, denied[0]) else None
    if denied or before.negated == after.negated or not (_asserts(before) and _asserts(after)):
        return None
    negated, plain = (before, after) if before.negated else (after, before)
    if min(len(before.topic), len(after.topic)) < LEAST_WORDS or _differ(before, after):
        return None
    return (
        "negation"
        if _negates_what(negated) & plain.topic and not (_is_long(before) or _is_long(after))
        else None
    )


def _speaks_of(one: Said, other: Said) -> bool:
    """Whether a statement names the speaker of the other, or is directed at them."""
    if (
        other.speaker is not None
        and one.document.id == other.document.id
        and one.statement.target == other.speaker.id
    ):
        return True
    return bool(other.wording.names & {word.form for word in one.wording.words}) or (
        # "the cannery locked out its workers", denied by the manager of the cannery: most words are the same.
        len(one.topic & other.topic) >= LEAST_WORDS
    )


def _denies(one: Said) -> bool:
    """Whether somebody denies a claim: not a thing that is denied to somebody."""
    if one.statement.cue is None or not _DENIES.search(one.statement.cue.text):
        return False
    content = " ".join(piece.text for piece in one.statement.content)
    return bool(
        re.match(
            r"\W*(?:that|having|any|ever|the\s+(?:claim|allegation|accusation|report)|\w+ing)\b",
            content,
            re.I,
        )
    ) or (content_type_of(content) == "clause")


def _asserts(one: Said) -> bool:
    """Whether the cue says that somebody claims it, not that they fear, want or like it."""
    cue = one.statement.cue
    return one.statement.act == "accuse" or (cue is not None and bool(_ASSERTS.search(cue.text)))


def _negates_what(one: Said) -> set[str]:
    """The stems of the first telling word behind each negation."""
    found, open_ = set(), 0
    for word in one.wording.words:
        if word.negates:
            open_ = 5
        elif open_:
            open_ -= 1
            if word.weight >= 1:
                found.add(word.token)
                open_ = 0
    return found


def _is_long(one: Said) -> bool:
    text = " ".join(piece.text for piece in one.statement.content)
    return len(one.wording.words) > LONGEST or bool(_SENTENCE_END.search(text))


def _differ(before: Said, after: Said) -> bool:
    """Whether names or quantities tell two claims apart."""
    first, second = ({word.form for word in one.wording.words if word.named} for one in (before, after))
    if (first - second) and (second - first):
        return True
    return before.wording.quantities() != after.wording.quantities()


def _share(before: Said, after: Said) -> float:
    """The share of both topics that is in common (Dice); for a denial, of the smaller."""
    common = len(before.topic & after.topic)
    if _denies(before) or _denies(after):
        return common / max(1, min(len(before.topic), len(after.topic)))
    return 2 * common / max(1, len(before.topic) + len(after.topic))


def _named(one: Said) -> str | None:
    return one.speaker.name if one.speaker else one.statement.source.text if one.statement.source else None


def _name(one: Said) -> str:
    return _named(one) or "somebody"

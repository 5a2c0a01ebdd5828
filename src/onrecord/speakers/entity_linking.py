"""The same person in many reports: joined by name, office, affiliation and the company kept, never by surname alone.

Each join is a value of its own with what speaks for and against it; taking it out undoes it. People of one name stay apart where their offices
or affiliations differ and they keep no company in common.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.speakers.names import name_words
from onrecord.speakers.people import same_person
from onrecord.speakers.word_classes import fold, in_class, standard_title, words
from onrecord.types import Report, Speaker

MIN_SCORE = 0.6
"""A pair with a lower score isn't joined."""

_BASE = -0.4
_SAME_NAME = 1.2
_FULLER_NAME = 0.6
_SHORTENED_NAME = -0.3
_SAME_ROLE = 1.2
_OTHER_ROLE = -1.6
_SAME_AFFILIATION = 1.5
_OTHER_AFFILIATION = -1.3
_SHARED_CO_SPEAKER = 0.7
_MAX_CO_SPEAKERS = 3
_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])


@dataclass(frozen=True, slots=True)
class SpeakerLink:
    """That two speakers of different reports are one: ids of documents and speakers, a probability, and the evidence.

    ``evidence`` holds JSON values: ``name``, ``role``, ``affiliation`` as pairs of what both reports say, where both say something;
    ``co_speakers``, the names that both reports have; ``against``, which of these disagree.
    """

    left_document: str
    left: str
    right_document: str
    right: str
    score: float
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _ComparableSpeaker:
    """A speaker in its report, made ready to be compared."""

    document: str
    speaker: Speaker
    parts: tuple[str, ...]
    suffix: frozenset[str]
    roles: frozenset[str]
    affiliation: frozenset[str]
    co_speakers: frozenset[str]


def link_speakers(reports: Iterable[Report], *, min_score: float = MIN_SCORE) -> list[SpeakerLink]:
    """Joins between speakers of different reports, in the order of the reports; each speaker is joined to one before it at most.

    Args:
        reports: read one after another; only their speakers are kept.
        min_score: the lowest score of a join.
    """
    links: list[SpeakerLink] = []
    people: dict[str, list[list[_ComparableSpeaker]]] = {}
    for report in reports:
        taken: set[int] = set()
        for speakers in _comparable_speakers(report):
            groups = people.setdefault(
                speakers.parts[-1] if speakers.speaker.kind == "person" else " ".join(speakers.parts), []
            )
            best = _best_group(speakers, [group for group in groups if id(group) not in taken])
            if best and best[0].score >= min_score:
                links.append(best[0])
                best[1].append(speakers)
                taken.add(id(best[1]))
            else:
                groups.append([speakers])
                taken.add(id(groups[-1]))
    return links


def linked_groups(links: Iterable[SpeakerLink]) -> list[frozenset[tuple[str, str]]]:
    """Whom links make one: sets of (document, speaker), those without a link left out. Leave a link out, and its join is undone."""
    group_of: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for link in links:
        left, right = (link.left_document, link.left), (link.right_document, link.right)
        merged = group_of.get(left, {left}) | group_of.get(right, {right})
        for item in merged:
            group_of[item] = merged
    unique = {id(group): frozenset(group) for group in group_of.values()}
    return sorted(unique.values(), key=sorted)


def _comparable_speakers(report: Report) -> Iterable[_ComparableSpeaker]:
    """The speakers of a report that have a name to be known by: people with two names, bodies with a name of their own."""
    names = {fold(speaker.name) for speaker in report.speakers if _is_name(speaker)}
    for speaker in report.speakers:
        every = name_words(speaker.name)
        parts = tuple(part for part in every if part not in _SUFFIXES and part != "the")
        plain = [part for part in parts if part not in words("particle")]
        if not _is_name(speaker) or not parts or (speaker.kind == "person" and len(plain) < 2):
            continue
        yield _ComparableSpeaker(
            report.document.id,
            speaker,
            parts,
            frozenset(every) & _SUFFIXES,
            frozenset(_offices(speaker.role)),
            frozenset(name_words(speaker.affiliation or "")),
            frozenset(names - {fold(speaker.name)}),
        )


def _is_name(speaker: Speaker) -> bool:
    if speaker.kind == "person":
        return True
    longer = re.findall(r"[^\W\d_]{4,}", speaker.name)
    return (
        speaker.kind == "organization"
        and bool(speaker.name.strip())
        and all(word[0].isupper() for word in longer or speaker.name.split())
    )


def _offices(role: str | None) -> Iterable[str]:
    for word in name_words(role or ""):
        if in_class(word, "person") or in_class(word, "rank"):
            yield standard_title(word)


def _best_group(
    speakers: _ComparableSpeaker, groups: Sequence[list[_ComparableSpeaker]]
) -> tuple[SpeakerLink, list[_ComparableSpeaker]] | None:
    found = [
        (link, group)
        for group in groups
        if (link := max((_link(other, speakers) for other in group[-20:]), key=_score)).score > 0
    ]
    return max(found, key=lambda item: item[0].score, default=None)


def _score(link: SpeakerLink) -> float:
    return link.score


def _link(left: _ComparableSpeaker, right: _ComparableSpeaker) -> SpeakerLink:
    """How two speakers compare; a score of 0 where they can't be one."""
    evidence: dict[str, Any] = {"name": [left.speaker.name, right.speaker.name]}
    against: list[str] = []
    odds = _compare_names(left, right)
    if odds is None or left.document == right.document or left.speaker.kind != right.speaker.kind:
        return _make_link(left, right, 0.0, evidence)
    odds += _BASE
    if left.roles and right.roles:
        evidence["role"] = [left.speaker.role, right.speaker.role]
        odds += _SAME_ROLE if left.roles & right.roles else _OTHER_ROLE
        against += [] if left.roles & right.roles else ["role"]
    if left.affiliation and right.affiliation:
        evidence["affiliation"] = [left.speaker.affiliation, right.speaker.affiliation]
        odds += _SAME_AFFILIATION if left.affiliation & right.affiliation else _OTHER_AFFILIATION
        against += [] if left.affiliation & right.affiliation else ["affiliation"]
    co_speakers = sorted(left.co_speakers & right.co_speakers)
    if co_speakers:
        evidence["company"] = co_speakers
        odds += _SHARED_CO_SPEAKER * min(len(co_speakers), _MAX_CO_SPEAKERS)
    if against:
        evidence["against"] = against
    return _make_link(left, right, 1 / (1 + math.exp(-odds)), evidence)


def _make_link(
    left: _ComparableSpeaker, right: _ComparableSpeaker, score: float, evidence: Mapping[str, Any]
) -> SpeakerLink:
    return SpeakerLink(
        left.document, left.speaker.id, right.document, right.speaker.id, round(score, 4), evidence
    )


def _compare_names(left: _ComparableSpeaker, right: _ComparableSpeaker) -> float | None:
    """What the names say; ``None`` where they are two people's."""
    if left.suffix != right.suffix and ((left.suffix and right.suffix) or not left.roles & right.roles):
        return None  # a father's name is his son's less "Jr."; a common office may make them one all the same
    if left.speaker.kind != "person":
        return 2.0 if left.parts == right.parts else None
    if not same_person(left.parts, right.parts) or not _middles_agree(left.parts, right.parts):
        return None
    if left.parts == right.parts:
        return _SAME_NAME + (_FULLER_NAME if len(left.parts) > 2 else 0.0)
    return _SAME_NAME if left.parts[0] == right.parts[0] else _SHORTENED_NAME


def _middles_agree(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether middle names or initials, where both have as many, begin alike: Ana J. Brun isn't Ana K. Brun."""
    if len(left) != len(right):
        return True
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(left[1:-1], right[1:-1], strict=True))

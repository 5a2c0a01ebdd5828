"""Checks of who is heard: too few voices, unnamed ones, words that keep a distance from one side."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from onrecord.desk.audit.looked_at import Sourcing, finding, listed, named, times
from onrecord.desk.audit.rules import Rule
from onrecord.desk.audit.unnamed import describe_unnamed, is_named_later, is_office
from onrecord.desk.audit.values import AuditFinding, Voice
from onrecord.speakers.word_classes import fold, is_plural, singular
from onrecord.types import Span, Statement

_BY_NATURE = {
    "press_release": "a press release",
    "briefing": "a briefing",
    "interview": "an interview",
}
_WORD = re.compile(r"\w+")
_REPORTEDLY = re.compile(
    r"\breportedly\b|\bit\s+(?:is|was)\s+(?:widely\s+|generally\s+)?(?:believed|understood|thought|rumou?red)\b"
    r"|\b(?:is|are|was|were)\s+(?:widely\s+)?(?:understood|rumou?red|said|believed)\s+to\s+(?:be|have)\b|\brumou?r\s+has\s+it\b",
    re.IGNORECASE,
)
_DECLINED = re.compile(
    r"\b(?:declin\w+|refus\w+)\s+(?:to\s+)?(?:comment|requests?\s+for\s+comment|to\s+(?:comment|be\s+interviewed|respond|answer))|\bno\s+comment\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:Q|QUESTION|REPORTERS?|JOURNALISTS?|MODERATOR)\b\W*$|(?:a|the)\s+reporter\b", re.IGNORECASE
)
_CLEARLY = 0.7  # least share of the statements that are shown to be the one voice's
_LEAD = 2  # paragraphs in which somebody may be described who is named further down


def one_voice(sourcing: Sourcing, rule: Rule) -> Iterator[AuditFinding]:
    """Nearly everything comes from one speaker."""
    heard = [voice for voice in sourcing.voices if voice.direct and not _ASKS.match(voice.name or "")]
    total = sum(voice.direct for voice in heard)
    if total < rule.settings["least"] or not heard:
        return
    known = [
        voice
        for voice in heard
        if voice.speaker and not (voice.kind == "unnamed" and is_office(voice.name or ""))
    ]
    if not known:
        return
    most = max(known, key=lambda voice: voice.direct)
    others = sum(voice.direct for voice in known) - most.direct
    if total - others < rule.settings["share"] * total or most.direct < _CLEARLY * total:
        return
    unclear = total - others - most.direct
    count = (
        f"All {total:,} statements come"
        if most.direct == total
        else f"{most.direct:,} of {total:,} statements come"
    )
    rest = f"; of {unclear:,} more the report doesn’t show whose they are" if unclear else ""
    nature = _BY_NATURE.get(sourcing.genre.name)
    by_nature = f", as is usual for {nature}" if nature else ""
    yield finding(
        rule,
        sourcing,
        sourcing.first_span(most),
        most.evidence,
        f"{count} from one voice, {named(most)}{rest}{by_nature}.",
    )


def one_side(sourcing: Sourcing, rule: Rule) -> Iterator[AuditFinding]:
    """All voices belong to one body, or several speak against somebody who isn't heard."""
    heard = [voice for voice in sourcing.voices if voice.direct and voice.speaker]
    if len(heard) < rule.settings["least"]:
        return
    bodies = [_body(voice) for voice in heard]
    clear = all(bodies) and all(voice.speaker for voice in sourcing.voices if voice.direct)
    if clear and len({fold(body) for body in bodies if body}) == 1:
        yield finding(
            rule,
            sourcing,
            sourcing.first_span(heard[0]),
            (item for voice in heard for item in voice.evidence),
            f"All {len(heard)} voices, {listed(map(named, heard))}, belong to one body, {bodies[0]}.",
        )
        return
    against: defaultdict[str, list[Statement]] = defaultdict(list)
    for item in sourcing.heard:
        if item.act == "accuse" and item.target and item.speaker and item.target != item.speaker:
            against[item.target].append(item)
    for target, statements in against.items():
        accusers = list(dict.fromkeys(item.speaker for item in statements))
        if len(accusers) < rule.settings["least"] or _is_heard(sourcing, target):
            continue
        names = listed(sourcing.speakers[one].name for one in accusers if one and one in sourcing.speakers)
        whom = sourcing.speakers[target].name if target in sourcing.speakers else "somebody"
        yield finding(
            rule,
            sourcing,
            statements[0].content[0],
            (item.id for item in statements),
            f"{names} speak against {whom}, of whom the report has no statement.",
        )


def _body(voice: Voice) -> str | None:
    return voice.name if voice.kind == "organization" else voice.affiliation


def _is_heard(sourcing: Sourcing, speaker: str) -> bool:
    return any(voice.speaker == speaker for voice in sourcing.voices)


def _anonymous(sourcing: Sourcing) -> Iterator[tuple[Voice, Span]]:
    """Voices whom the report describes and doesn't name, with the words for them."""
    lead = sourcing.passages.analysis.paragraphs[:_LEAD]
    end = lead[-1][1] if lead else 0
    for voice in sourcing.voices:
        if not voice.anonymity or not voice.direct:
            continue
        words = voice.anonymity.described_as
        if not voice.anonymity.asked:
            if describe_unnamed(words.text) != "anonymous":
                continue
            if words.start < end and is_named_later(words.text):
                continue
        yield voice, words


def anonymous_without_reason(sourcing: Sourcing, rule: Rule) -> Iterator[AuditFinding]:
    """An unnamed voice, and nothing in the report says why."""
    for voice, words in _anonymous(sourcing):
        assert voice.anonymity is not None
        if voice.anonymity.reason or (voice.anonymity.asked and rule.settings["asked_is_enough"]):
            continue
        many = is_plural((_WORD.findall(words.text) or [""])[-1].lower())
        says = (
            f"“{_short(words.text)}” asked not to be named; nothing in the report says why."
            if voice.anonymity.asked
            else f"“{_short(words.text)}” {'are' if many else 'is'} not named; nothing in the report says why."
        )
        yield finding(rule, sourcing, voice.anonymity.asked or words, voice.evidence, says)


def vague_source(sourcing: Sourcing, rule: Rule) -> Iterator[AuditFinding]:
    """A source that could be anybody: "critics", "a source", "reportedly"."""
    extra = {fold(word) for word in rule.settings["words"]}
    for voice in sourcing.voices:
        if not voice.direct or not voice.name or voice.kind not in ("unnamed", "group", None):
            continue
        if voice.anonymity and voice.anonymity.asked:
            continue
        first = sourcing.first_span(voice)
        words = voice.anonymity.described_as if voice.anonymity else first
        if words is None or first is None or first.text.lower() in ("who", "which", "that", "whose"):
            continue
        if describe_unnamed(words.text) == "vague" or fold(words.text) in extra:
            says = f"“{_short(words.text)}” doesn’t say who it is, nor how they know."
            yield finding(rule, sourcing, words, voice.evidence, says)
    passages = sourcing.passages
    for match in _REPORTEDLY.finditer(passages.text, passages.body()):
        start, end = passages.sentence(match.start())
        if passages.is_quoted(match.start()):
            continue
        if any(item.start < end and item.end > start and item.source for item in sourcing.heard):
            continue
        span = passages.span(*match.span())
        yield finding(rule, sourcing, span, (), f"“{match[0]}” has no source in its sentence.")


def anonymous_opinion(sourcing: Sourcing, rule: Rule) -> Iterator[AuditFinding]:
    """An unnamed voice that accuses, or says what it thinks, rather than what it knows."""
    acts, cues = set(rule.settings["acts"]), {singular(word) for word in rule.settings["cues"]}
    unnamed = {voice.speaker: words for voice, words in _anonymous(sourcing)}
    for item in sourcing.heard:
        if item.speaker not in unnamed or item.parent:
            continue
        thinks = {_lemma(word) for word in _WORD.findall(item.cue.text.lower())} & cues if item.cue else None
        if item.act not in acts and not thinks:
            continue
        does = "accuses" if item.act == "accuse" else "gives an opinion"
        who = _short(unnamed[item.speaker].text)
        yield finding(rule, sourcing, item.content[0], (item.id,), f"“{who}” {does} without being named.")


def anonymous_share(sourcing: Sourcing, rule: Rule) -> Iterator[AuditFinding]:
    """A large part of what is said comes from voices that aren't named."""
    found = [voice for voice, _ in _anonymous(sourcing)]
    share = sum(voice.share for voice in found)
    if not found or share < rule.settings["share"]:
        return
    yield finding(
        rule,
        sourcing,
        sourcing.first_span(found[0]),
        (item for voice in found for item in voice.evidence),
        f"{share:.0%} of the words that are attributed come from {times(len(found), 'voice')} without a name.",
    )


def declined_and_anonymous(sourcing: Sourcing, rule: Rule) -> Iterator[AuditFinding]:
    """Somebody of a body speaks without a name, and the body "declined to comment"."""
    passages = sourcing.passages
    declined = [match for match in _DECLINED.finditer(passages.text) if not passages.is_quoted(match.start())]
    for voice, words in _anonymous(sourcing):
        body = voice.affiliation
        if not body:
            continue
        for match in declined:
            start, _ = passages.sentence(match.start())
            if fold(body) in fold(passages.text[start : match.start()]):
                says = (
                    f"{body} declined to comment, and “{_short(words.text)}” of {body} speaks without a name."
                )
                yield finding(rule, sourcing, passages.span(*match.span()), voice.evidence, says)
                break


def distancing_by_side(sourcing: Sourcing, rule: Rule) -> Iterator[AuditFinding]:
    """The cues keep a distance from one voice ("claimed") and from another they don't."""
    count: defaultdict[str, list[Statement]] = defaultdict(list)
    for item in sourcing.heard:
        if item.speaker and item.cue and item.stance and not item.parent:
            count[item.speaker].append(item)
    least = rule.settings["least"]
    far = {
        speaker: [item for item in items if item.stance == "distanced"]
        for speaker, items in count.items()
        if sum(item.stance == "distanced" for item in items) >= least
    }
    near = [
        speaker
        for speaker, items in count.items()
        if len(items) >= least and not any(item.stance == "distanced" for item in items)
    ]
    for speaker, items in far.items():
        if not near or 2 * len(items) < len(count[speaker]):
            continue
        other = max(near, key=lambda one: (len(count[one]), one))
        cues = listed(f"“{item.cue.text}”" for item in items[:3] if item.cue)
        yield finding(
            rule,
            sourcing,
            items[0].cue,
            (item.id for item in items),
            f"Cues keep a distance from {sourcing.speakers[speaker].name} in {len(items)} of "
            f"{times(len(count[speaker]), 'statement')} ({cues}), from {sourcing.speakers[other].name} in none of "
            f"{len(count[other])}.",
        )


def _lemma(word: str) -> str:
    for ending in ("ed", "s", "d", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word.removesuffix(ending)
    return {"thought": "think", "felt": "feel", "feels": "feel"}.get(word, word)


def _short(words: str) -> str:
    found = " ".join(words.split()).strip(" ,")
    return found if len(found) <= 90 else f"{found[:88].rsplit(' ', 1)[0]} …"

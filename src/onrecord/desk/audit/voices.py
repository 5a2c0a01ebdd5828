"""Who is heard in a report, how much, and what the report tells of how they know and why they aren't named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.desk.audit.justification import Place, Told, how_known, is_request, why_unnamed
from onrecord.desk.audit.passages import Passages, union
from onrecord.desk.audit.unnamed import Description, describe_unnamed, is_thing
from onrecord.desk.audit.values import Anonymity, Justification, Voice
from onrecord.speakers.word_classes import fold, in_class
from onrecord.text.segmentation import Range
from onrecord.types import Speaker, Statement

_WORD = re.compile(r"\w+(?:['’.,]\w+)*")
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got|stands?|stood)\s+(?:\w+\s+){0,2}"
    r"(?:accused|blamed|criticised|criticized|charged|suspected|alleged|condemned|denounced|faulted|attacked|mocked|sued)\b"
    r"|\b(?:came|come|been)\s+under\b|\baccused\s+of\s*$",
    re.IGNORECASE,
)

_EXPLETIVE = re.compile(
    r"\b(?:is|was|were|been|be)\s+(?:\w+\s+)?(?:\w+ed|said|known|understood|thought|felt|clear|likely)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Gathered:
    """A voice while its statements are gathered."""

    key: str
    speaker: Speaker | None
    name: str | None
    statements: list[Statement] = field(default_factory=list)
    relayed: int = 0
    ranges: list[Range] = field(default_factory=list)


def is_no_voice(passages: Passages, statement: Statement) -> bool:
    """Whether nobody speaks in a statement: its source is only spoken of, or asks not to be named and no more."""
    if statement.cue is None:
        return False
    if is_label(passages, statement):
        return True
    asks = is_request(passages, statement.cue.start, max(statement.cue.end, statement.content[-1].end))
    return is_spoken_of(passages, statement) or (asks and statement.cue.end <= statement.content[0].start)


def is_label(passages: Passages, statement: Statement) -> bool:
    """Whether a statement is a dateline or label that was taken for a speaker: "Osthaven: The quay …"."""
    source, cue = statement.source, statement.cue
    if source is None or cue is None:
        return False
    if cue.text.strip().lower() in (
        "in",
        "on",
        "at",
    ):  # "in the poll" tells where it stands, "in court" doesn't
        return not in_class(source.text.split()[-1], "paper")
    if cue.text.strip() not in (":", "-", "–", "—"):
        return False
    dateline = passages.report.document.dateline
    place = (dateline.place or "").casefold() if dateline else ""
    first = passages.analysis.paragraphs[0][0] if passages.analysis.paragraphs else 0
    return source.text.casefold() == place or (
        source.start - first < 3 and not passages.is_quoted(cue.end + 1)
    )


def is_spoken_of(passages: Passages, statement: Statement) -> bool:
    """Whether the source is only the one that something is said of: "he was accused of", "she came under fire"."""
    if statement.cue is None:
        return False
    start = max(passages.sentence(statement.cue.start)[0], statement.cue.start - 24)
    words = passages.text[start : statement.cue.end]
    behind = statement.source is None or statement.source.start < statement.cue.end
    return behind and bool(_PASSIVE.search(words))


def find_voices(passages: Passages) -> tuple[tuple[Voice, ...], int, int]:
    """The voices of a report, the most words first; the number of statements and of words that they share."""
    gathered = _gather(passages)
    told = _tell(passages, gathered)
    counted = {voice.key: _count(passages, voice.ranges) for voice in gathered}
    words = sum(counted.values())
    direct = sum(len(voice.statements) - voice.relayed for voice in gathered)
    made = [_made(passages, voice, counted[voice.key], words, direct, told[voice.key]) for voice in gathered]
    ranked = sorted(made, key=lambda voice: (-voice.words, -voice.statements, _first(passages, voice)))
    return tuple(ranked), sum(voice.statements for voice in made), words


def description_of(voice: Voice) -> Description:
    """What the report's words tell of a voice that has no name; ``other`` for one that has."""
    if voice.kind != "unnamed" or not voice.name:
        return "other"
    words = voice.anonymity.described_as.text if voice.anonymity else voice.name
    return describe_unnamed(words)


def _gather(passages: Passages) -> list[_Gathered]:
    speakers = {speaker.id: speaker for speaker in passages.report.speakers}
    same = same_names(passages.report.speakers)
    things = {one.id for one in passages.report.speakers if one.kind == "unnamed" and is_thing(one.name)}
    found: dict[str, _Gathered] = {}
    by_id = {statement.id: statement for statement in passages.statements}
    taken: list[Range] = []
    for statement in passages.statements:
        if is_no_voice(passages, statement) or statement.speaker in things:
            continue
        speaker = speakers.get(same.get(statement.speaker or "", statement.speaker or ""))
        name = _name(statement, speaker)
        key = speaker.id if speaker else f"words {' '.join((name or '').casefold().split())}"
        voice = found.setdefault(key, _Gathered(key, speaker, name))
        voice.statements.append(statement)
        if _is_relayed(statement, by_id):
            voice.relayed += 1
            continue
        ranges = [(piece.start, piece.end) for piece in statement.content]
        voice.ranges.extend(_without(ranges, taken))
        taken = union([*taken, *ranges])
    return list(found.values())


def same_names(speakers: Sequence[Speaker]) -> dict[str, str]:
    """Speakers that stand apart though one's name is part of the other's: the id of the shorter to the longer's.

    Only where exactly one longer name fits: "Marino Vale" in "Marino Vale Ortiz", "Vale" after "Ines Vale".
    """
    named = {
        speaker.id: tuple(fold(speaker.name).split())
        for speaker in speakers
        if speaker.kind in ("person", "organization") and speaker.name
    }
    persons = {speaker.id for speaker in speakers if speaker.kind == "person"}
    found: dict[str, str] = {}
    for short, words in named.items():
        if short not in persons and len(words) > 1:
            continue
        fitting = [
            other
            for other, longer in named.items()
            if other != short
            and (other in persons or short in persons)
            and len(longer) > len(words)
            and set(words) <= set(longer)
            and (len(words) > 1 or (longer[-1] == words[0] and len(longer) <= 3))
        ]
        if len(fitting) == 1:
            found[short] = fitting[0]
    return {short: found.get(longer, longer) for short, longer in found.items()}


def _name(statement: Statement, speaker: Speaker | None) -> str | None:
    """A speaker's name, else the source's words; ``None`` for "it is expected that", which has no source."""
    if speaker is not None:
        return speaker.name
    if statement.source is None:
        return None
    words, cue = statement.source.text, statement.cue.text if statement.cue else ""
    expletive = words.lower() == "it" and _EXPLETIVE.search(cue)
    return None if expletive else words


def _is_relayed(statement: Statement, by_id: dict[str, Statement]) -> bool:
    """Whether another speaker's statement holds this one."""
    seen = {statement.id}
    parent = by_id.get(statement.parent or "")
    while parent is not None and parent.id not in seen:
        if parent.speaker is None or parent.speaker != statement.speaker:
            return True
        seen.add(parent.id)
        parent = by_id.get(parent.parent or "")
    return False


def _without(ranges: Iterable[Range], taken: Sequence[Range]) -> list[Range]:
    """What is left of ranges beside those that are taken: each word counts once."""
    left = list(ranges)
    for start, end in taken:
        cut: list[Range] = []
        for first, last in left:
            if last <= start or end <= first:
                cut.append((first, last))
                continue
            cut += [(a, b) for a, b in ((first, start), (end, last)) if a < b]
        left = cut
    return left


def _count(passages: Passages, ranges: Iterable[Range]) -> int:
    return sum(1 for start, end in union(ranges) for _ in _WORD.finditer(passages.text, start, end))


@dataclass(slots=True)
class _About:
    known: list[Told] = field(default_factory=list)
    unnamed: list[Told] = field(default_factory=list)


def _tell(passages: Passages, gathered: Sequence[_Gathered]) -> defaultdict[str, _About]:
    about: defaultdict[str, _About] = defaultdict(_About)
    places = [place for voice in gathered for place in _places(voice)]
    unnamed = {
        voice.key for voice in gathered if voice.speaker and voice.speaker.kind in ("unnamed", "group")
    }
    for told in how_known(passages, places):
        about[told.voice].known.append(told)
    for told in why_unnamed(passages, [place for place in places if place.voice in unnamed]):
        about[told.voice].unnamed.append(told)
    return about


def _places(voice: _Gathered) -> list[Place]:
    spans = {(span.start, span.end) for span in (voice.speaker.mentions if voice.speaker else ())}
    spans |= {(item.source.start, item.source.end) for item in voice.statements if item.source}
    return [Place(start, end, voice.key) for start, end in sorted(spans)]


def _made(
    passages: Passages, voice: _Gathered, words: int, all_words: int, all_direct: int, about: _About
) -> Voice:
    speaker, direct = voice.speaker, len(voice.statements) - voice.relayed
    known = sorted({told.span for told in about.known})
    unnamed = sorted({told.span for told in about.unnamed})
    return Voice(
        speaker=speaker.id if speaker else None,
        name=" ".join(voice.name.split()) if voice.name else None,
        kind=speaker.kind if speaker else None,
        role=speaker.role if speaker else None,
        affiliation=speaker.affiliation if speaker else None,
        statements=len(voice.statements),
        relayed=voice.relayed,
        words=words,
        share=round(words / all_words, 4) if all_words else 0.0,
        statement_share=round(direct / all_direct, 4) if all_direct else 0.0,
        justification=(
            *(Justification("how_known", span) for span in known),
            *(Justification("why_unnamed", span) for span in unnamed),
        ),
        anonymity=_anonymity(passages, voice, about.unnamed),
        evidence=tuple(statement.id for statement in voice.statements),
    )


def _anonymity(passages: Passages, voice: _Gathered, told: Sequence[Told]) -> Anonymity | None:
    if voice.speaker is None or voice.speaker.kind != "unnamed":
        return None
    sources = [item.source for item in voice.statements if item.source]
    spans = sorted(
        {*voice.speaker.mentions, *sources}, key=lambda span: (-len(span.text.split()), span.start)
    )
    described = next((span for span in spans if describe_unnamed(span.text) in ("anonymous", "vague")), None)
    relative = all(item.text.lower() in ("who", "which", "that", "whose") for item in sources)
    if not told and (described is None or (relative and describe_unnamed(described.text) == "vague")):
        return None
    asked = min((item.span for item in told), default=None)
    reason = min((item.reason for item in told if item.reason), default=None)
    return Anonymity(described or spans[0], asked, reason) if described or spans else None


def _first(passages: Passages, voice: Voice) -> int:
    ids = set(voice.evidence)
    return min((item.start for item in passages.statements if item.id in ids), default=0)

"""The entities of a report and their mentions, found by place."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field

from onrecord.speakers.entities import Entity, Mention, Wording
from onrecord.speakers.titles import Title
from onrecord.text import TextAnalysis
from onrecord.text.intervals import IntervalIndex
from onrecord.text.segmentation import Range
from onrecord.types import SpeakerKind

_BEFORE = re.compile(r"([\w’'-]+)[\s“\"‘]*$")
_PREPOSITIONS = frozenset(
    "of for to in at by from with on about against over under between among like than into near through".split()
)


@dataclass(slots=True)
class EntityIndex:
    """The entities of a report so far, and how to tell which one stands at a place."""

    analysis: TextAnalysis
    credits: tuple[Range, ...] = ()
    """Where the text says who wrote it, the byline's line and the dateline's agency: whom these name wrote the report, and no
    description or pronoun of it takes them up.
    """

    entities: list[Entity] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    titles: dict[int, Title] = field(default_factory=dict)
    ambiguous_names: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """By the start of a name: the entities it may be, where it can't be told which."""
    name_ranges: IntervalIndex = field(default_factory=IntervalIndex, repr=False)
    """The ranges of all names."""

    _named: list[Mention] = field(default_factory=list, repr=False)
    _longest: int = field(default=0, repr=False)
    """Characters of the longest mention: no mention that begins further back reaches a place."""

    def add(self, kind: SpeakerKind) -> Entity:
        """A new entity."""
        entity = Entity(len(self.entities), kind)
        self.entities.append(entity)
        return entity

    def add_mention(
        self, entity: Entity, span: Range, wording: Wording, *, before: int | None = None
    ) -> Mention:
        """Note a mention of a entity; ``before`` is where its title begins, if it has one."""
        start, end = span
        head = self.analysis.text[max(0, (before or start) - 30) : before or start]
        previous = _BEFORE.search(head)
        mention = Mention(
            start,
            end,
            entity.number,
            wording,
            self.analysis.sentence_at(start),
            self.analysis.paragraph_at(start),
            self.analysis.quotation_at(start),
            previous is None or previous[1].lower() not in _PREPOSITIONS,
            self.analysis.text[end : end + 1] in ("’", "'") and self.analysis.text[end + 1 : end + 2] != "”",
        )
        entity.mentions.append(mention)
        if not any(first <= start < last for first, last in self.credits):
            bisect.insort(self.mentions, mention, key=_start_of)
            self._longest = max(self._longest, end - start)
        if wording == "name":
            entity.names.append(span)
            bisect.insort(self._named, mention, key=_start_of)
        elif wording == "description":
            entity.descriptions.append(span)
        return mention

    def named_at(self, start: int, end: int) -> list[Mention]:
        """The mentions by name inside a range, in order."""
        low = bisect.bisect_left(self._named, start, key=_start_of)
        high = bisect.bisect_left(self._named, end, key=_start_of)
        return [mention for mention in self._named[low:high] if mention.end <= end]

    def is_named(self, start: int, end: int) -> bool:
        """Whether a name overlaps a range."""
        return self.name_ranges.overlaps((start, end))

    def mentions_before(self, position: int) -> list[Mention]:
        """The mentions that end at or before a character, in order; the newest two hundred."""
        high = bisect.bisect_right(self.mentions, position, key=_start_of)
        return [mention for mention in self.mentions[max(0, high - 200) : high] if mention.end <= position]

    def entity_at(self, position: int) -> int | None:
        """The entity mentioned at a character."""
        place = bisect.bisect_right(self.mentions, position, key=_start_of)
        while place and self.mentions[place - 1].start > position - self._longest:
            place -= 1
            if position < self.mentions[place].end:
                return self.mentions[place].entity
        return None

    def exactly_at(self, start: int, end: int) -> int | None:
        """The entity of a mention of exactly this range."""
        place = bisect.bisect_left(self.mentions, start, key=_start_of)
        while place < len(self.mentions) and self.mentions[place].start == start:
            if self.mentions[place].end == end:
                return self.mentions[place].entity
            place += 1
        return None


def _start_of(mention: Mention) -> int:
    return mention.start

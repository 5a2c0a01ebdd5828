"""Entities, those who may speak in a report, and the places where it mentions them. Built up while a report is read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from onrecord.speakers.word_classes import Gender
from onrecord.text.segmentation import Range
from onrecord.types import SpeakerKind

Wording = Literal["name", "pronoun", "description"]


@dataclass(frozen=True, slots=True)
class Role:
    """An office or a standing as worded, and whose it is where the words say so."""

    span: Range
    affiliation: Range | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a entity is mentioned.

    ``start:end`` is the name, pronoun or description alone. ``subject`` tells that it may be what its clause is about; ``owner`` that it only
    owns something ("Brun's plan"); ``quotation`` is the number of the outermost quotation around it.
    """

    start: int
    end: int
    entity: int
    wording: Wording
    sentence: int
    paragraph: int
    quotation: int | None
    subject: bool
    owner: bool


@dataclass(slots=True)
class Entity:
    """A person, a body, a group, somebody unnamed or a paper; all that the report calls it and says of it."""

    number: int
    kind: SpeakerKind
    names: list[Range] = field(default_factory=list)
    descriptions: list[Range] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    genders: Counter[Gender] = field(default_factory=Counter)
    heads: set[str] = field(default_factory=set)
    plural: bool = False
    place: bool = False
    inanimate: bool = False
    """Neither a person nor a body: what only a description tells of, and whose noun is neither's."""

    given_name: str | None = None
    """A name that stands beside the text only: in the byline or the title that came with it."""

    members: tuple[int, ...] = ()

    @property
    def gender(self) -> Gender | None:
        """The gender most of the evidence tells, ``None`` where there is none or it is even."""
        female, male = self.genders["female"], self.genders["male"]
        return None if female == male else "female" if female > male else "male"

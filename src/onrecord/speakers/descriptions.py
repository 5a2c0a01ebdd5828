"""Descriptions: whether "the senator", "the company", "a spokesman for the mayor" take up a known entity or bring in a new one."""

from __future__ import annotations

import re

from onrecord.speakers.antecedents import AntecedentQuery, rank_antecedents
from onrecord.speakers.entities import Entity, Role
from onrecord.speakers.entity_index import EntityIndex
from onrecord.speakers.evidence import Evidence
from onrecord.speakers.names import TOKEN
from onrecord.speakers.source_phrases import SourcePhrase, parse_source
from onrecord.speakers.titles import affiliation_in, possessor_before
from onrecord.speakers.word_classes import (
    fold,
    gender_of_noun,
    in_class,
    is_plural,
    singular,
    standard_title,
    words,
)
from onrecord.text.segmentation import Range
from onrecord.types import SpeakerKind

_POSSESSIVE_PRONOUNS = {
    "his": "male",
    "her": "female",
    "their": "many",
    "its": "thing",
    "my": "first",
    "our": "first",
}
_PAIR = re.compile(
    r"\b(?:the\s+)?(?:two(?:\s+(?:men|women|leaders|candidates|sides|rivals))?|pair|couple|both|duo)\b",
    re.IGNORECASE,
)
_MIN_NETWORK_ODDS = 2.5
"""Log-odds from which the network is believed against a description's own capitals."""

_MIN_NETWORK_ODDS_FOR_ORGANIZATION = 1.0
"""The same for a body that the description's noun doesn't fit."""

_FAR = 12
"""Sentences after which a body is no longer taken up by "the company" alone."""

_BEHIND = 3
"""Sentences by which a body behind a preposition counts as farther away."""

_DEPUTY_WORDS = frozenset(["deputy", "vice", "assistant", "associate", "shadow"])
"""What makes another office of one."""

_GENERAL = frozenset(["man", "woman", "boy", "girl", "mother", "father", "gentleman", "lady"])


class DescriptionResolver:
    """Takes descriptions to entities as a report is read from left to right."""

    def __init__(self, entity_index: EntityIndex, evidence: Evidence) -> None:
        self.entity_index, self.evidence = entity_index, evidence
        self._by_words: dict[str, Entity] = {}
        self._by_head: dict[str, dict[int, Entity]] = {}
        for entity in entity_index.entities:
            for head in entity.heads:
                self._by_head.setdefault(head, {})[entity.number] = entity
        self.by_end: dict[int, Entity] = {}
        """By where it ends, the entity of a description: a relative pronoun may follow."""
        self.wholes: list[tuple[int, int, Entity]] = []
        """Descriptions with all that belongs to them, as they are met: "officials in Velmora, *who* …"."""
        self._owned: dict[tuple[int, str], Entity] = {}
        self._groups: dict[tuple[int, ...], Entity] = {}

    def note(self, span: Range) -> None:
        """Note a description that is nobody's source."""
        phrase = parse_source(self.entity_index, *span)
        if phrase and phrase.category == "description":
            self.resolve(phrase, None, frozenset())

    def resolve(
        self, phrase: SourcePhrase, chosen: tuple[int, float] | None, excluded: frozenset[int]
    ) -> tuple[Entity, str, float]:
        """The entity of a description, whether it was "taken up" or is "new", and how surely.

        Args:
            chosen: the entity that the network holds to be meant, with its log-odds.
            excluded: entities that it can't be.
        """
        met = self.entity_index.exactly_at(*phrase.core)
        if met is not None:
            return self.entity_index.entities[met], "taken up", 1.5
        known = self._known(phrase, excluded)
        entity, weight = known if known else (None, 0.0)
        if (
            chosen
            and not self._modifiers_agree(self.entity_index.entities[chosen[0]], phrase)
            and chosen[1] < _MIN_NETWORK_ODDS
        ):
            chosen = None  # "the Republican candidate" is hardly somebody of whom no party is told
        if (
            chosen
            and chosen[1] < _MIN_NETWORK_ODDS_FOR_ORGANIZATION
            and self._is_other_organization(self.entity_index.entities[chosen[0]], phrase)
        ):
            chosen = None
        if (
            chosen
            and entity
            and self._is_called(entity, phrase)
            and not self._is_called(self.entity_index.entities[chosen[0]], phrase)
        ):
            chosen = None  # "the governor" is who was called one, whatever the network makes of it
        if (
            chosen
            and chosen[0] not in excluded
            and self._may_be(phrase, self.entity_index.entities[chosen[0]])
        ):
            if entity is None or (entity.number != chosen[0] and chosen[1] > 1.0 + weight):
                entity, weight = self.entity_index.entities[chosen[0]], min(chosen[1], 3.0)
        if entity is None:
            return self.add(phrase, self.kind_of(phrase)), "new", 1.5
        self._note(entity, phrase)
        return entity, "taken up", weight

    def find(self, phrase: SourcePhrase) -> int | None:
        """The entity that a description takes up or, where its head is a person or a body, brings in; ``None`` for anything else."""
        found = self._known(phrase, frozenset())
        if found:
            self._note(found[0], phrase)
            return found[0].number
        head = self._head(phrase)
        if in_class(head, "person") or in_class(head, "body") or in_class(head, "rank"):
            return self.add(phrase, self.kind_of(phrase)).number
        return None

    def _is_other_organization(self, entity: Entity, phrase: SourcePhrase) -> bool:
        """Whether a entity is a body that nothing calls by the head of a description: "the club" is hardly a harbour board."""
        return entity.kind == "organization" and bool(entity.names) and not self._is_called(entity, phrase)

    def _is_called(self, entity: Entity, phrase: SourcePhrase) -> bool:
        """Whether the report calls a entity by the head of a description."""
        return standard_title(self._head(phrase)) in entity.heads

    def _may_be(self, phrase: SourcePhrase, entity: Entity) -> bool:
        kind = self.kind_of(phrase)
        gender = gender_of_noun(self._head(phrase))
        if (self._is_firm(phrase) and entity.heads & words("official")) or not self._rank_agrees(
            entity, phrase
        ):
            return False
        if gender and entity.gender not in (None, gender):
            return False
        if (
            not entity.names
            and standard_title(self._head(phrase)) in entity.heads
            and not self._words_agree(entity, phrase)
        ):
            return False
        if entity.kind == "person":
            return kind == "unnamed" and not phrase.plural
        if kind == "organization":
            return entity.kind in ("organization", "group")
        return entity.kind == kind or (entity.kind == "group" and phrase.plural)

    def _known(self, phrase: SourcePhrase, excluded: frozenset[int]) -> tuple[Entity, float] | None:
        text = self.entity_index.analysis.text
        whole = text[phrase.start : phrase.end]
        if _PAIR.fullmatch(whole):
            return self._pair(phrase)
        if whole.lower() in words("all_of_them"):
            return self._latest_plural(phrase)
        owner = self._possessor(phrase)
        if owner is not None:
            return self._possessed_by(phrase, owner)
        same = self._by_words.get(self._key(phrase))
        if (
            same
            and same.number not in excluded
            and not re.match(r"(?:another|a second|other)\b", whole, re.IGNORECASE)
        ):
            return same, 2.5
        if phrase.article == "a" or phrase.article == "quantity":
            return None
        if phrase.article == "none" and not self._is_headline(phrase):
            return None
        return self._by_head_word(phrase, excluded)

    def _possessor(self, phrase: SourcePhrase) -> int | None:
        """The entity that the possessive pronoun before a description means: "*her* lawyer"; -1 where it isn't known."""
        first = TOKEN.search(self.entity_index.analysis.text, *phrase.core)
        kind = _POSSESSIVE_PRONOUNS.get(first[0].lower()) if first and phrase.article == "owner" else None
        if kind is None or first is None:
            return None
        query = AntecedentQuery(
            first.start(),
            kind if kind in ("male", "female") else None,  # type: ignore[arg-type]
            plural=kind == "many",
            thing=kind == "thing",
        )
        antecedents = (
            rank_antecedents(self.entity_index, self.evidence, query, head=first.start())
            if kind != "first"
            else []
        )
        return antecedents[0].entity if antecedents else -1

    def _possessed_by(self, phrase: SourcePhrase, owner: int) -> tuple[Entity, float] | None:
        """A known entity that is this owner's: described so before, or with the owner's name ("the Brun campaign" as "her campaign")."""
        head = standard_title(self._head(phrase))
        known = self._owned.get((owner, head))
        if known:
            return known, 1.5
        if owner >= 0 and in_class(head, "body"):
            text = self.entity_index.analysis.text
            names = {
                word
                for a, b in self.entity_index.entities[owner].names[:8]
                for word in fold(text[a:b]).split()[-1:]
            }
            for entity in self._by_head.get(head, {}).values():
                own = {
                    word
                    for a, b in [*entity.names[:8], *entity.descriptions[:8]]
                    for word in fold(text[a:b]).split()
                }
                if names & own and entity.number != owner:
                    return entity, 1.0
        return None

    def _is_headline(self, phrase: SourcePhrase) -> bool:
        """Whether a description without an article stands for one with it, as headlines leave it out."""
        return not phrase.plural and self.entity_index.analysis.text[phrase.start].isupper()

    def _by_head_word(self, phrase: SourcePhrase, excluded: frozenset[int]) -> tuple[Entity, float] | None:
        head = standard_title(self._head(phrase))
        owned = phrase.article == "owner"
        agrees = [
            mention.entity
            for mention in reversed(self.entity_index.mentions_before(phrase.start))
            if mention.entity not in excluded and self._has_head(mention.entity, head, phrase)
        ]
        if agrees:
            entity = self.entity_index.entities[agrees[0]]
            return entity, 2.0 if len(set(agrees)) == 1 else 0.8
        if owned:
            return None
        later = [
            v
            for v in self._by_head.get(head, {}).values()
            if v.number not in excluded and self._has_head(v.number, head, phrase)
        ]
        if len(later) == 1 and (later[0].names or later[0].given_name):
            return later[0], 1.0
        if head in _GENERAL:
            return self._person_of_gender(phrase, excluded)
        if singular(self._head(phrase)) in words("body_at_large") and not phrase.plural:
            return self._latest_organization(phrase, excluded, place=False)
        if head in words("place_at_large") and not phrase.plural:
            return self._latest_organization(phrase, excluded, place=True)
        return None

    def _has_head(self, number: int, head: str, phrase: SourcePhrase) -> bool:
        entity = self.entity_index.entities[number]
        if head not in entity.heads or entity.plural != phrase.plural:
            return False
        gender = gender_of_noun(self._head(phrase))
        return not (gender and entity.gender not in (None, gender)) and self._modifiers_agree(entity, phrase)

    def _modifiers_agree(self, entity: Entity, phrase: SourcePhrase) -> bool:
        """Whether capitals before the head don't name another body: "the Kessian ministry" isn't Velmora's."""
        text = self.entity_index.analysis.text
        core = text[phrase.core[0] : phrase.head[0]]
        capitals = {
            fold(word)
            for word in re.findall(r"[^\W\d_]+", core)
            if word[0].isupper() and word.lower() not in words("determiner")
        }
        if not entity.names and phrase.article == "the" and not self._words_agree(entity, phrase):
            return False
        if not self._rank_agrees(entity, phrase):
            return False
        if not capitals:
            return True
        own = fold(
            " ".join(
                text[a:b]
                for a, b in [*entity.names, *entity.descriptions, *(role.span for role in entity.roles)]
            )
        )
        return all(word in own for word in capitals)

    def _rank_agrees(self, entity: Entity, phrase: SourcePhrase) -> bool:
        """Whether a description is of the same rank as an office with its head: "the mayor" is no deputy mayor."""
        text = self.entity_index.analysis.text
        head = standard_title(self._head(phrase))
        offices = [
            words_
            for role in entity.roles
            if head in (words_ := [standard_title(word) for word in text[slice(*role.span)].split()])
        ]
        own = _DEPUTY_WORDS.intersection(fold(text[phrase.core[0] : phrase.head[0]]).split())
        return not offices or any(
            own == _DEPUTY_WORDS.intersection(words_[: words_.index(head)]) for words_ in offices
        )

    def _words_agree(self, entity: Entity, phrase: SourcePhrase) -> bool:
        """Whether what a description says of somebody unnamed was said before: "the port official" isn't "a bank official"."""
        text = self.entity_index.analysis.text
        said = {fold(word) for a, b in entity.descriptions[:8] for word in text[a:b].split()}
        own = {fold(word) for word in text[phrase.core[0] : phrase.head[0]].split()[1:]}
        return own <= said

    def _person_of_gender(
        self, phrase: SourcePhrase, excluded: frozenset[int]
    ) -> tuple[Entity, float] | None:
        gender = gender_of_noun(self._head(phrase))
        if gender is None or len(self.entity_index.analysis.text[slice(*phrase.core)].split()) > 2:
            return None
        sentence = self.entity_index.analysis.sentence_at(phrase.start)
        seen = [
            mention.entity
            for mention in reversed(self.entity_index.mentions_before(phrase.start))
            if mention.sentence >= sentence - 4
            and mention.entity not in excluded
            and self.entity_index.entities[mention.entity].kind in ("person", "unnamed")
            and self.entity_index.entities[mention.entity].gender == gender
        ]
        distinct = list(dict.fromkeys(seen))
        return (self.entity_index.entities[distinct[0]], 0.6) if len(distinct) == 1 else None

    def _latest_organization(
        self, phrase: SourcePhrase, excluded: frozenset[int], *, place: bool
    ) -> tuple[Entity, float] | None:
        """The body, or the place, named last, for "the company" and the like without more words; what stands behind a
        preposition ("analysts asked by Tidewire") counts as named longer ago.
        """
        if len(self.entity_index.analysis.text[slice(*phrase.core)].split()) > 2:
            return None
        sentence = self.entity_index.analysis.sentence_at(phrase.start)
        firm = self._is_firm(phrase)
        found: list[tuple[int, int, Entity]] = []
        for mention in self.entity_index.mentions_before(phrase.start):
            entity = self.entity_index.entities[mention.entity]
            if (
                entity.kind == "organization"
                and entity.place == place
                and entity.number not in excluded
                and mention.quotation is None
                and not (firm and entity.heads & words("official"))
            ):
                away = sentence - mention.sentence + (0 if mention.subject else _BEHIND)
                if away <= _FAR:
                    found.append((-away, mention.start, entity))
        return (max(found, key=lambda item: item[:2])[2], 0.5) if found else None

    def _is_firm(self, phrase: SourcePhrase) -> bool:
        """Whether a description is of what does business: "the company" is no ministry."""
        return singular(self._head(phrase)) in words("firm_at_large")

    def _pair(self, phrase: SourcePhrase) -> tuple[Entity, float] | None:
        """The two people mentioned last."""
        gender = gender_of_noun(singular(self._head(phrase)))
        seen: list[int] = []
        for mention in reversed(self.entity_index.mentions_before(phrase.start)):
            entity = self.entity_index.entities[mention.entity]
            if entity.kind == "group" and len(entity.members) == 2:
                return entity, 1.5
            if entity.kind == "person" and mention.quotation is None and entity.number not in seen:
                if gender is None or entity.gender in (gender, None):
                    seen.append(entity.number)
            if len(seen) == 2:
                return self.add_group(tuple(reversed(seen)), None), 0.5
        return None

    def _latest_plural(self, phrase: SourcePhrase) -> tuple[Entity, float] | None:
        """The several mentioned last, in the two sentences before: "the experts …; *all* agreed"."""
        sentence = self.entity_index.analysis.sentence_at(phrase.start)
        for mention in reversed(self.entity_index.mentions_before(phrase.start)):
            entity = self.entity_index.entities[mention.entity]
            if mention.sentence < sentence - 6:
                break
            if entity.plural and mention.quotation is None and mention.subject:
                return entity, 0.5
        return None

    def add_group(self, members: tuple[int, ...], span: Range | None) -> Entity:
        """The entity of several who speak together."""
        key = tuple(sorted(members))
        entity = self._groups.get(key)
        if entity is None:
            entity = self._groups[key] = self.entity_index.add("group")
            entity.plural, entity.members = True, members
        if span:
            self.entity_index.add_mention(entity, span, "description")
        return entity

    def add(self, phrase: SourcePhrase, kind: SpeakerKind) -> Entity:
        """A entity that only a description tells of; "we", "you" and "I" of the reporter's are one each."""
        if phrase.category == "pronoun" and (met := self._by_words.get(self._key(phrase))):
            self._note(met, phrase)
            return met
        entity = self.entity_index.add(kind)
        entity.plural = phrase.plural or phrase.pronoun in ("first_many", "second")
        if gender := gender_of_noun(self._head(phrase)):
            entity.genders[gender] += 3
        entity.inanimate = (
            kind == "unnamed"
            and phrase.category == "description"
            and not self.may_speak(phrase)
            and not self.evidence.is_person(phrase.head[0])
        )
        text = self.entity_index.analysis.text
        owner = possessor_before(self.entity_index.analysis, phrase.head[0])
        affiliation = owner or affiliation_in(text, phrase.head[0], min(phrase.end, phrase.head[0] + 160))
        if kind == "unnamed":
            first = TOKEN.search(text, *phrase.core)
            begin = phrase.core[0]
            if first and first[0].lower() in words("determiner") and first.end() < phrase.core[1]:
                begin = first.end() + 1
            entity.roles.append(Role((begin, max(phrase.core[1], begin + 1)), affiliation))
        self._note(entity, phrase)
        return entity

    def _note(self, entity: Entity, phrase: SourcePhrase) -> None:
        if self.entity_index.exactly_at(*phrase.core) != entity.number:
            self.entity_index.add_mention(entity, phrase.core, "description")
        if (phrase.start, phrase.end) != phrase.core and entity.kind != "person":
            entity.descriptions.append((phrase.start, phrase.end))
        self.by_end[phrase.end] = entity
        self.wholes.append((phrase.start, phrase.end, entity))
        head = standard_title(self._head(phrase))
        if head not in _GENERAL or not entity.names:
            entity.heads.add(head)
            self._by_head.setdefault(head, {})[entity.number] = entity
        owner = self._possessor(phrase)
        if owner is not None:
            self._owned.setdefault((owner, head), entity)
            return
        if phrase.article != "quantity" or len(self._key(phrase).split()) > 1:
            self._by_words.setdefault(self._key(phrase), entity)

    def _key(self, phrase: SourcePhrase) -> str:
        plain = fold(self.entity_index.analysis.text[phrase.start : phrase.end])
        return re.sub(r"^(?:the|an?|this|that|these|those)\s", "", plain)

    def _head(self, phrase: SourcePhrase) -> str:
        return self.entity_index.analysis.text[slice(*phrase.head)].lower()

    def kind_of(self, phrase: SourcePhrase) -> SpeakerKind:
        """What a description speaks of, by its head."""
        head = self._head(phrase)
        if in_class(head, "person") or in_class(head, "rank") or in_class(head, "vague"):
            return "unnamed"
        if in_class(head, "paper"):
            return "document"
        if in_class(head, "body"):
            return "organization" if not phrase.plural or not is_plural(head) else "group"
        return "unnamed"

    def may_speak(self, phrase: SourcePhrase) -> bool:
        """Whether "who" can stand for a description: people, one or many."""
        head = self._head(phrase)
        return phrase.plural or in_class(head, "person") or in_class(head, "rank") or in_class(head, "vague")

    def add_unknown_name(self, phrase: SourcePhrase) -> Entity:
        """A entity for capitals that no finder of names took for one."""
        text = self.entity_index.analysis.text
        key = fold(text[slice(*phrase.core)])
        for entity in self.entity_index.entities:
            if any(fold(text[a:b]) == key for a, b in entity.names):
                self.entity_index.add_mention(entity, phrase.core, "name")
                return entity
        entity = self.entity_index.add("group" if phrase.plural else "organization")
        entity.plural = phrase.plural
        self.entity_index.add_mention(entity, phrase.core, "name")
        return entity

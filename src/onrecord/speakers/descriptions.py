"""Descriptions: whether "the senator", "the company", "a spokesman for the mayor" take up a known voice or bring in a new one."""

from __future__ import annotations

import re

from onrecord.segment import Range
from onrecord.speakers.anaphora import Sought, weigh
from onrecord.speakers.cast import Cast
from onrecord.speakers.evidence import Evidence
from onrecord.speakers.lexicon import fold, gender_of_noun, is_class, is_plural, singular, standard, words
from onrecord.speakers.mentions import Role, Voice
from onrecord.speakers.names import TOKEN
from onrecord.speakers.phrases import Phrase, take_apart
from onrecord.speakers.titles import affiliation_in, owner_before
from onrecord.types import SpeakerKind

_OWNERS = {"his": "male", "her": "female", "their": "many", "its": "thing", "my": "first", "our": "first"}
_PAIR = re.compile(
    r"\b(?:the\s+)?(?:two(?:\s+(?:men|women|leaders|candidates|sides|rivals))?|pair|couple|both|duo)\b",
    re.IGNORECASE,
)
_SURE = 2.5
"""Log-odds from which the network is believed against a description's own capitals."""

_SURE_OF_BODY = 1.0
"""The same for a body that the description's noun doesn't fit."""

_FAR = 12
"""Sentences after which a body is no longer taken up by "the company" alone."""

_BEHIND = 3
"""Sentences by which a body behind a preposition counts as farther away."""

_LESSER = frozenset(["deputy", "vice", "assistant", "associate", "shadow"])
"""What makes another office of one."""

_GENERAL = frozenset(["man", "woman", "boy", "girl", "mother", "father", "gentleman", "lady"])


class Describer:
    """Takes descriptions to voices as a report is read from left to right."""

    def __init__(self, cast: Cast, evidence: Evidence) -> None:
        self.cast, self.evidence = cast, evidence
        self._by_words: dict[str, Voice] = {}
        self._by_head: dict[str, dict[int, Voice]] = {}
        for voice in cast.voices:
            for head in voice.heads:
                self._by_head.setdefault(head, {})[voice.number] = voice
        self.by_end: dict[int, Voice] = {}
        """By where it ends, the voice of a description: a relative pronoun may follow."""
        self.wholes: list[tuple[int, int, Voice]] = []
        """Descriptions with all that belongs to them, as they are met: "officials in Velmora, *who* …"."""
        self._owned: dict[tuple[int, str], Voice] = {}
        self._groups: dict[tuple[int, ...], Voice] = {}

    def meet(self, span: Range) -> None:
        """Note a description that is nobody's source."""
        phrase = take_apart(self.cast, *span)
        if phrase and phrase.shape == "description":
            self.resolve(phrase, None, frozenset())

    def resolve(
        self, phrase: Phrase, chosen: tuple[int, float] | None, barred: frozenset[int]
    ) -> tuple[Voice, str, float]:
        """The voice of a description, whether it was "taken up" or is "new", and how surely.

        Args:
            chosen: the voice that the network holds to be meant, with its log-odds.
            barred: voices that it can't be.
        """
        met = self.cast.exactly_at(*phrase.core)
        if met is not None:
            return self.cast.voices[met], "taken up", 1.5
        known = self._known(phrase, barred)
        voice, weight = known if known else (None, 0.0)
        if chosen and not self._modifiers_fit(self.cast.voices[chosen[0]], phrase) and chosen[1] < _SURE:
            chosen = None  # "the Republican candidate" is hardly somebody of whom no party is told
        if chosen and chosen[1] < _SURE_OF_BODY and self._is_other_body(self.cast.voices[chosen[0]], phrase):
            chosen = None
        if (
            chosen
            and voice
            and self._holds(voice, phrase)
            and not self._holds(self.cast.voices[chosen[0]], phrase)
        ):
            chosen = None  # "the governor" is who was called one, whatever the network makes of it
        if chosen and chosen[0] not in barred and self._may_be(phrase, self.cast.voices[chosen[0]]):
            if voice is None or (voice.number != chosen[0] and chosen[1] > 1.0 + weight):
                voice, weight = self.cast.voices[chosen[0]], min(chosen[1], 3.0)
        if voice is None:
            return self.new(phrase, self.kind_of(phrase)), "new", 1.5
        self._note(voice, phrase)
        return voice, "taken up", weight

    def known(self, phrase: Phrase) -> int | None:
        """The voice that a description takes up or, where its head is a person or a body, brings in; ``None`` for anything else."""
        found = self._known(phrase, frozenset())
        if found:
            self._note(found[0], phrase)
            return found[0].number
        head = self._head(phrase)
        if is_class(head, "person") or is_class(head, "body") or is_class(head, "rank"):
            return self.new(phrase, self.kind_of(phrase)).number
        return None

    def _is_other_body(self, voice: Voice, phrase: Phrase) -> bool:
        """Whether a voice is a body that nothing calls by the head of a description: "the club" is hardly a harbour board."""
        return voice.kind == "organization" and bool(voice.names) and not self._holds(voice, phrase)

    def _holds(self, voice: Voice, phrase: Phrase) -> bool:
        """Whether the report calls a voice by the head of a description."""
        return standard(self._head(phrase)) in voice.heads

    def _may_be(self, phrase: Phrase, voice: Voice) -> bool:
        kind = self.kind_of(phrase)
        gender = gender_of_noun(self._head(phrase))
        if (self._is_firm(phrase) and voice.heads & words("official")) or not self._rank_fits(voice, phrase):
            return False
        if gender and voice.gender not in (None, gender):
            return False
        if (
            not voice.names
            and standard(self._head(phrase)) in voice.heads
            and not self._words_fit(voice, phrase)
        ):
            return False
        if voice.kind == "person":
            return kind == "unnamed" and not phrase.plural
        if kind == "organization":
            return voice.kind in ("organization", "group")
        return voice.kind == kind or (voice.kind == "group" and phrase.plural)

    def _known(self, phrase: Phrase, barred: frozenset[int]) -> tuple[Voice, float] | None:
        text = self.cast.analysis.text
        whole = text[phrase.start : phrase.end]
        if _PAIR.fullmatch(whole):
            return self._pair(phrase)
        if whole.lower() in words("all_of_them"):
            return self._latest_many(phrase)
        owner = self._owner(phrase)
        if owner is not None:
            return self._of_owner(phrase, owner)
        same = self._by_words.get(self._key(phrase))
        if (
            same
            and same.number not in barred
            and not re.match(r"(?:another|a second|other)\b", whole, re.IGNORECASE)
        ):
            return same, 2.5
        if phrase.article == "a" or phrase.article == "quantity":
            return None
        if phrase.article == "none" and not self._is_headline(phrase):
            return None
        return self._by_head_word(phrase, barred)

    def _owner(self, phrase: Phrase) -> int | None:
        """The voice that the possessive pronoun before a description means: "*her* lawyer"; -1 where it isn't known."""
        first = TOKEN.search(self.cast.analysis.text, *phrase.core)
        kind = _OWNERS.get(first[0].lower()) if first and phrase.article == "owner" else None
        if kind is None or first is None:
            return None
        sought = Sought(
            first.start(),
            kind if kind in ("male", "female") else None,  # type: ignore[arg-type]
            plural=kind == "many",
            thing=kind == "thing",
        )
        weighed = weigh(self.cast, self.evidence, sought, head=first.start()) if kind != "first" else []
        return weighed[0].voice if weighed else -1

    def _of_owner(self, phrase: Phrase, owner: int) -> tuple[Voice, float] | None:
        """A known voice that is this owner's: described so before, or with the owner's name ("the Brun campaign" as "her campaign")."""
        head = standard(self._head(phrase))
        known = self._owned.get((owner, head))
        if known:
            return known, 1.5
        if owner >= 0 and is_class(head, "body"):
            text = self.cast.analysis.text
            names = {
                word for a, b in self.cast.voices[owner].names[:8] for word in fold(text[a:b]).split()[-1:]
            }
            for voice in self._by_head.get(head, {}).values():
                own = {
                    word
                    for a, b in [*voice.names[:8], *voice.descriptions[:8]]
                    for word in fold(text[a:b]).split()
                }
                if names & own and voice.number != owner:
                    return voice, 1.0
        return None

    def _is_headline(self, phrase: Phrase) -> bool:
        """Whether a description without an article stands for one with it, as headlines leave it out."""
        return not phrase.plural and self.cast.analysis.text[phrase.start].isupper()

    def _by_head_word(self, phrase: Phrase, barred: frozenset[int]) -> tuple[Voice, float] | None:
        head = standard(self._head(phrase))
        owned = phrase.article == "owner"
        fits = [
            mention.voice
            for mention in reversed(self.cast.mentions_before(phrase.start))
            if mention.voice not in barred and self._has_head(mention.voice, head, phrase)
        ]
        if fits:
            voice = self.cast.voices[fits[0]]
            return voice, 2.0 if len(set(fits)) == 1 else 0.8
        if owned:
            return None
        later = [
            v
            for v in self._by_head.get(head, {}).values()
            if v.number not in barred and self._has_head(v.number, head, phrase)
        ]
        if len(later) == 1 and (later[0].names or later[0].given_name):
            return later[0], 1.0
        if head in _GENERAL:
            return self._person_of_gender(phrase, barred)
        if singular(self._head(phrase)) in words("body_at_large") and not phrase.plural:
            return self._latest(phrase, barred, place=False)
        if head in words("place_at_large") and not phrase.plural:
            return self._latest(phrase, barred, place=True)
        return None

    def _has_head(self, number: int, head: str, phrase: Phrase) -> bool:
        voice = self.cast.voices[number]
        if head not in voice.heads or voice.plural != phrase.plural:
            return False
        gender = gender_of_noun(self._head(phrase))
        return not (gender and voice.gender not in (None, gender)) and self._modifiers_fit(voice, phrase)

    def _modifiers_fit(self, voice: Voice, phrase: Phrase) -> bool:
        """Whether capitals before the head don't name another body: "the Kessian ministry" isn't Velmora's."""
        text = self.cast.analysis.text
        core = text[phrase.core[0] : phrase.head[0]]
        capitals = {
            fold(word)
            for word in re.findall(r"[^\W\d_]+", core)
            if word[0].isupper() and word.lower() not in words("determiner")
        }
        if not voice.names and phrase.article == "the" and not self._words_fit(voice, phrase):
            return False
        if not self._rank_fits(voice, phrase):
            return False
        if not capitals:
            return True
        own = fold(
            " ".join(
                text[a:b]
                for a, b in [*voice.names, *voice.descriptions, *(role.span for role in voice.roles)]
            )
        )
        return all(word in own for word in capitals)

    def _rank_fits(self, voice: Voice, phrase: Phrase) -> bool:
        """Whether a description is of the same rank as an office with its head: "the mayor" is no deputy mayor."""
        text = self.cast.analysis.text
        head = standard(self._head(phrase))
        offices = [
            words_
            for role in voice.roles
            if head in (words_ := [standard(word) for word in text[slice(*role.span)].split()])
        ]
        own = _LESSER.intersection(fold(text[phrase.core[0] : phrase.head[0]]).split())
        return not offices or any(
            own == _LESSER.intersection(words_[: words_.index(head)]) for words_ in offices
        )

    def _words_fit(self, voice: Voice, phrase: Phrase) -> bool:
        """Whether what a description says of somebody unnamed was said before: "the port official" isn't "a bank official"."""
        text = self.cast.analysis.text
        said = {fold(word) for a, b in voice.descriptions[:8] for word in text[a:b].split()}
        own = {fold(word) for word in text[phrase.core[0] : phrase.head[0]].split()[1:]}
        return own <= said

    def _person_of_gender(self, phrase: Phrase, barred: frozenset[int]) -> tuple[Voice, float] | None:
        gender = gender_of_noun(self._head(phrase))
        if gender is None or len(self.cast.analysis.text[slice(*phrase.core)].split()) > 2:
            return None
        sentence = self.cast.analysis.sentence_at(phrase.start)
        seen = [
            mention.voice
            for mention in reversed(self.cast.mentions_before(phrase.start))
            if mention.sentence >= sentence - 4
            and mention.voice not in barred
            and self.cast.voices[mention.voice].kind in ("person", "unnamed")
            and self.cast.voices[mention.voice].gender == gender
        ]
        distinct = list(dict.fromkeys(seen))
        return (self.cast.voices[distinct[0]], 0.6) if len(distinct) == 1 else None

    def _latest(self, phrase: Phrase, barred: frozenset[int], *, place: bool) -> tuple[Voice, float] | None:
        """The body, or the place, named last, for "the company" and the like without more words; what stands behind a
        preposition ("analysts asked by Tidewire") counts as named longer ago.
        """
        if len(self.cast.analysis.text[slice(*phrase.core)].split()) > 2:
            return None
        sentence = self.cast.analysis.sentence_at(phrase.start)
        firm = self._is_firm(phrase)
        found: list[tuple[int, int, Voice]] = []
        for mention in self.cast.mentions_before(phrase.start):
            voice = self.cast.voices[mention.voice]
            if (
                voice.kind == "organization"
                and voice.place == place
                and voice.number not in barred
                and mention.quotation is None
                and not (firm and voice.heads & words("official"))
            ):
                away = sentence - mention.sentence + (0 if mention.subject else _BEHIND)
                if away <= _FAR:
                    found.append((-away, mention.start, voice))
        return (max(found, key=lambda item: item[:2])[2], 0.5) if found else None

    def _is_firm(self, phrase: Phrase) -> bool:
        """Whether a description is of what does business: "the company" is no ministry."""
        return singular(self._head(phrase)) in words("firm_at_large")

    def _pair(self, phrase: Phrase) -> tuple[Voice, float] | None:
        """The two people mentioned last."""
        gender = gender_of_noun(singular(self._head(phrase)))
        seen: list[int] = []
        for mention in reversed(self.cast.mentions_before(phrase.start)):
            voice = self.cast.voices[mention.voice]
            if voice.kind == "group" and len(voice.members) == 2:
                return voice, 1.5
            if voice.kind == "person" and mention.quotation is None and voice.number not in seen:
                if gender is None or voice.gender in (gender, None):
                    seen.append(voice.number)
            if len(seen) == 2:
                return self.group(tuple(reversed(seen)), None), 0.5
        return None

    def _latest_many(self, phrase: Phrase) -> tuple[Voice, float] | None:
        """The several mentioned last, in the two sentences before: "the experts …; *all* agreed"."""
        sentence = self.cast.analysis.sentence_at(phrase.start)
        for mention in reversed(self.cast.mentions_before(phrase.start)):
            voice = self.cast.voices[mention.voice]
            if mention.sentence < sentence - 6:
                break
            if voice.plural and mention.quotation is None and mention.subject:
                return voice, 0.5
        return None

    def group(self, members: tuple[int, ...], span: Range | None) -> Voice:
        """The voice of several who speak together."""
        key = tuple(sorted(members))
        voice = self._groups.get(key)
        if voice is None:
            voice = self._groups[key] = self.cast.add("group")
            voice.plural, voice.members = True, members
        if span:
            self.cast.mention(voice, span, "description")
        return voice

    def new(self, phrase: Phrase, kind: SpeakerKind) -> Voice:
        """A voice that only a description tells of; "we", "you" and "I" of the reporter's are one each."""
        if phrase.shape == "pronoun" and (met := self._by_words.get(self._key(phrase))):
            self._note(met, phrase)
            return met
        voice = self.cast.add(kind)
        voice.plural = phrase.plural or phrase.pronoun in ("first_many", "second")
        if gender := gender_of_noun(self._head(phrase)):
            voice.genders[gender] += 3
        voice.lifeless = (
            kind == "unnamed"
            and phrase.shape == "description"
            and not self.may_speak(phrase)
            and not self.evidence.is_person(phrase.head[0])
        )
        text = self.cast.analysis.text
        owner = owner_before(self.cast.analysis, phrase.head[0])
        affiliation = owner or affiliation_in(text, phrase.head[0], min(phrase.end, phrase.head[0] + 160))
        if kind == "unnamed":
            first = TOKEN.search(text, *phrase.core)
            begin = phrase.core[0]
            if first and first[0].lower() in words("determiner") and first.end() < phrase.core[1]:
                begin = first.end() + 1
            voice.roles.append(Role((begin, max(phrase.core[1], begin + 1)), affiliation))
        self._note(voice, phrase)
        return voice

    def _note(self, voice: Voice, phrase: Phrase) -> None:
        if self.cast.exactly_at(*phrase.core) != voice.number:
            self.cast.mention(voice, phrase.core, "description")
        if (phrase.start, phrase.end) != phrase.core and voice.kind != "person":
            voice.descriptions.append((phrase.start, phrase.end))
        self.by_end[phrase.end] = voice
        self.wholes.append((phrase.start, phrase.end, voice))
        head = standard(self._head(phrase))
        if head not in _GENERAL or not voice.names:
            voice.heads.add(head)
            self._by_head.setdefault(head, {})[voice.number] = voice
        owner = self._owner(phrase)
        if owner is not None:
            self._owned.setdefault((owner, head), voice)
            return
        if phrase.article != "quantity" or len(self._key(phrase).split()) > 1:
            self._by_words.setdefault(self._key(phrase), voice)

    def _key(self, phrase: Phrase) -> str:
        plain = fold(self.cast.analysis.text[phrase.start : phrase.end])
        return re.sub(r"^(?:the|an?|this|that|these|those)\s", "", plain)

    def _head(self, phrase: Phrase) -> str:
        return self.cast.analysis.text[slice(*phrase.head)].lower()

    def kind_of(self, phrase: Phrase) -> SpeakerKind:
        """What a description speaks of, by its head."""
        head = self._head(phrase)
        if is_class(head, "person") or is_class(head, "rank") or is_class(head, "vague"):
            return "unnamed"
        if is_class(head, "paper"):
            return "document"
        if is_class(head, "body"):
            return "organization" if not phrase.plural or not is_plural(head) else "group"
        return "unnamed"

    def may_speak(self, phrase: Phrase) -> bool:
        """Whether "who" can stand for a description: people, one or many."""
        head = self._head(phrase)
        return phrase.plural or is_class(head, "person") or is_class(head, "rank") or is_class(head, "vague")

    def name_unknown(self, phrase: Phrase) -> Voice:
        """A voice for capitals that no finder of names took for one."""
        text = self.cast.analysis.text
        key = fold(text[slice(*phrase.core)])
        for voice in self.cast.voices:
            if any(fold(text[a:b]) == key for a, b in voice.names):
                self.cast.mention(voice, phrase.core, "name")
                return voice
        voice = self.cast.add("group" if phrase.plural else "organization")
        voice.plural = phrase.plural
        self.cast.mention(voice, phrase.core, "name")
        return voice

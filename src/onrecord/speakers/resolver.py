"""From left to right through a report: whom each statement's source means."""

from __future__ import annotations

import bisect
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from onrecord.speakers.antecedents import (
    AntecedentQuery,
    ScoredAntecedent,
    margin,
    network_antecedent,
    rank_antecedents,
)
from onrecord.speakers.bylines import find_author
from onrecord.speakers.description_finder import (
    ReporterPronoun,
    find_descriptions,
    find_reporter_pronouns,
    relative_antecedent,
)
from onrecord.speakers.descriptions import DescriptionResolver
from onrecord.speakers.entities import Entity, Mention
from onrecord.speakers.entity_index import EntityIndex
from onrecord.speakers.evidence import Evidence
from onrecord.speakers.implicit_sources import ImplicitSourceResolver
from onrecord.speakers.recent_speakers import RecentSpeakers
from onrecord.speakers.source_phrases import SourcePhrase, parse_source
from onrecord.speakers.source_resolution import PASSIVE, ResolutionMethod, SourceResolution, position_of
from onrecord.speakers.word_classes import Gender, fold
from onrecord.text.segmentation import Range
from onrecord.types import Document, Span, Statement

_QUESTION_LABELS = frozenset(["Q", "QUESTION", "REPORTER", "INTERVIEWER"])
_ANSWER_LABELS = frozenset(["A", "ANSWER"])

_MIN_SALIENCE = -1.6
"""A pronoun whose best candidate weighs less is left open."""

_MIN_MARGIN = 0.15
"""Two candidates whose weights differ by less can't be told apart."""

_CLEAR_MARGIN = 0.5
"""A pronoun that nobody speaks by is followed where the best candidate outweighs the next by so much."""

_MAX_CHARS_TO_BRACKET = 80
"""Characters behind an office in which a name in brackets ends."""


class SpeakerResolver:
    """Answers for all statements of a report, each worked out once."""

    def __init__(
        self,
        document: Document,
        entity_index: EntityIndex,
        evidence: Evidence,
        statements: Sequence[Statement],
    ) -> None:
        self.document, self.entity_index, self.evidence = document, entity_index, evidence
        self.statements = sorted(statements, key=position_of)
        self.descriptions = DescriptionResolver(entity_index, evidence)
        self.resolutions: dict[str, SourceResolution] = {}
        self._by_id = {statement.id: statement for statement in statements}
        self._in_progress: set[str] = set()
        self._by_sentence: dict[int, list[Statement]] = {}
        for statement in self.statements:
            self._by_sentence.setdefault(
                entity_index.analysis.sentence_at(position_of(statement)), []
            ).append(statement)
        self._offices: dict[str, int] = {}
        """By an office's words the entity of whoever was introduced with them: "The Prime Minister (Ana Brun)"."""
        self._questioners: set[int] = set()
        """Entities that only a label such as "Q" stands for: those who answer don't call them he or she."""

        self._recent_speakers = RecentSpeakers(entity_index, self._by_sentence)
        self._implicit_sources = ImplicitSourceResolver(
            entity_index.analysis, self.statements, self._by_sentence, self.resolve
        )

    def run(self) -> dict[str, SourceResolution]:
        """The answer for each statement, by its id."""
        items: list[Range | ReporterPronoun] = [
            *find_descriptions(self.entity_index, self.evidence, self.statements),
            *find_reporter_pronouns(self.entity_index, self.statements),
        ]
        pending = deque(sorted(items, key=_start_of))
        for statement in self.statements:
            while pending and _start_of(pending[0]) < position_of(statement):
                self._note_mention(pending.popleft())
            self.resolve(statement)
        for item in pending:
            self._note_mention(item)
        return self.resolutions

    def _note_mention(self, item: Range | ReporterPronoun) -> None:
        """Note a description, or the one whom a pronoun of the reporter's tells of, where it is clear who that is."""
        if not isinstance(item, ReporterPronoun):
            self.descriptions.note(item)
            return
        query = self._recent_speakers.with_last_speaker(
            AntecedentQuery(item.start, item.gender, excluded=frozenset(self._questioners))
        )
        antecedents = rank_antecedents(self.entity_index, self.evidence, query, head=item.start)
        if antecedents and antecedents[0].weight >= _MIN_SALIENCE and margin(antecedents) >= _CLEAR_MARGIN:
            self.entity_index.add_mention(
                self.entity_index.entities[antecedents[0].entity], (item.start, item.end), "pronoun"
            )

    def resolve(self, statement: Statement) -> SourceResolution:
        """Whom a statement's source means."""
        if statement.id in self.resolutions:
            return self.resolutions[statement.id]
        if statement.id in self._in_progress:
            return SourceResolution(None, "none", "the statements around it point to each other")
        self._in_progress.add(statement.id)
        found = self._resolve(statement)
        self._in_progress.discard(statement.id)
        self.resolutions[statement.id] = found
        if found.entity is not None and self.parent(statement) is None:
            self._recent_speakers.note(position_of(statement), found.entity)
        return found

    def parent(self, statement: Statement) -> Statement | None:
        """The statement inside whose content this one stands."""
        return self._by_id.get(statement.parent) if statement.parent else None

    def _resolve(self, statement: Statement) -> SourceResolution:
        if statement.source is None:
            return self._implicit_sources.resolve(statement)
        phrase = parse_source(self.entity_index, statement.source.start, statement.source.end)
        if phrase is None:
            return SourceResolution(None, "none", "the source has no word in it")
        if self.document.kind == "transcript" and (found := self._resolve_label(phrase)):
            return found
        if found := self._office_holder_in_brackets(phrase):
            return found
        if phrase.category == "name":
            return self._resolve_name(phrase.named[0])
        if phrase.category == "names":
            return self._resolve_names(phrase)
        if phrase.category == "pronoun":
            return self._resolve_pronoun(statement, phrase)
        if phrase.category == "relative":
            return self._resolve_relative(statement, phrase)
        return self._resolve_description(statement, phrase)

    def _resolve_label(self, phrase: SourcePhrase) -> SourceResolution | None:
        """Whom "Q" and "A" stand for: somebody who asks, and the only person named before the first turn, if there is one."""
        words = self.entity_index.analysis.text[phrase.start : phrase.end].upper().rstrip(".:")
        if words not in _QUESTION_LABELS and words not in _ANSWER_LABELS:
            return None
        if words in _ANSWER_LABELS and self.statements:
            named = {
                mention.entity
                for mention in self.entity_index.named_at(0, position_of(self.statements[0]))
                if self.entity_index.entities[mention.entity].kind == "person"
            }
            if len(named) == 1:
                return SourceResolution(
                    named.pop(), "label", margin=1.0, evidence=((phrase.start, phrase.end),)
                )
        label = replace(
            phrase, category="pronoun", core=(phrase.start, phrase.end), head=(phrase.start, phrase.end)
        )
        entity = self.descriptions.add(label, "unnamed")
        if words in _QUESTION_LABELS:
            self._questioners.add(entity.number)
        return SourceResolution(entity.number, "label", evidence=((phrase.start, phrase.end),))

    def _resolve_name(self, mention: Mention) -> SourceResolution:
        doubts = self.entity_index.ambiguous_names.get(mention.start)
        if doubts:
            return SourceResolution(
                None,
                "short name",
                "more than one person of the report has this name",
                candidates=tuple((entity, 0.0) for entity in doubts),
                evidence=((mention.start, mention.end),),
            )
        words = len(self.entity_index.analysis.text[mention.start : mention.end].split())
        entity = self.entity_index.entities[mention.entity]
        first = entity.names[0] if entity.names else (mention.start, mention.end)
        full = words > 1 or entity.kind != "person"
        return SourceResolution(
            mention.entity,
            "name" if full else "short name",
            evidence=tuple(dict.fromkeys([(mention.start, mention.end), first])),
        )

    def _office_holder_in_brackets(self, phrase: SourcePhrase) -> SourceResolution | None:
        """The person whose name alone stands in brackets behind an office: "The mayor of Alderby (*Ana Brun*)"; whoever has
        been introduced so goes by the office from there on.
        """
        text = self.entity_index.analysis.text
        office = fold(text[phrase.start : phrase.end])
        if phrase.category != "name" or self.entity_index.entities[phrase.named[0].entity].kind != "person":
            for mention in self.entity_index.named_at(phrase.end, phrase.end + _MAX_CHARS_TO_BRACKET):
                title = self.entity_index.titles.get(mention.start)
                around = (
                    text[phrase.end : title.start if title else mention.start],
                    text[mention.end : mention.end + 1],
                )
                if (
                    self.entity_index.entities[mention.entity].kind != "person"
                    or around[0].strip() != "("
                    or around[1] != ")"
                ):
                    break
                self._offices[office] = mention.entity
                return SourceResolution(
                    mention.entity,
                    "name",
                    evidence=((phrase.start, phrase.end), (mention.start, mention.end)),
                )
        if (known := self._offices.get(office)) is not None:
            return SourceResolution(
                known,
                "taken up",
                evidence=((phrase.start, phrase.end), self.entity_index.entities[known].names[0]),
            )
        return None

    def _resolve_names(self, phrase: SourcePhrase) -> SourceResolution:
        members = tuple(dict.fromkeys(mention.entity for mention in phrase.named))
        span = phrase.start, phrase.named[-1].end
        entity = self.descriptions.add_group(members, span)
        return SourceResolution(entity.number, "names", evidence=(span,))

    def _resolve_pronoun(
        self, statement: Statement, phrase: SourcePhrase, *, excluded: frozenset[int] = frozenset()
    ) -> SourceResolution:
        if phrase.pronoun in ("first", "first_many"):
            return self._resolve_first_person(statement, phrase)
        if phrase.pronoun == "second":
            if (parent := self.parent(statement)) is not None:
                return self._answering_speaker(parent, phrase) or SourceResolution(
                    None, "pronoun", "the one who is spoken to isn't named here", evidence=(phrase.head,)
                )
            return SourceResolution(
                self.descriptions.add(phrase, "unnamed").number, "description", evidence=(phrase.head,)
            )
        if phrase.pronoun == "thing" and statement.cue and PASSIVE.search(statement.cue.text):
            return SourceResolution(None, "pronoun", "this it stands for nobody", evidence=(phrase.head,))
        if phrase.pronoun == "pointing":
            return SourceResolution(
                None, "pronoun", "a pointing word can take up anything", evidence=(phrase.head,)
            )
        query = self._antecedent_query(statement, phrase)
        query = replace(query, excluded=query.excluded | excluded)
        antecedents = rank_antecedents(self.entity_index, self.evidence, query, head=phrase.head[0])
        if not antecedents or antecedents[0].weight < _MIN_SALIENCE:
            return self._resolve_cataphora(phrase) or self._unresolved(
                phrase, antecedents, "nobody who fits is mentioned before it"
            )
        if margin(antecedents) < _MIN_MARGIN:
            return self._unresolved(phrase, antecedents, "two who fit are mentioned alike")
        best = antecedents[0]
        self._add_pronoun_mention(best.entity, phrase)
        return SourceResolution(
            best.entity,
            "pronoun",
            margin=margin(antecedents),
            weight=best.weight,
            candidates=tuple((item.entity, item.weight) for item in antecedents[:4]),
            evidence=(phrase.head, (best.mention.start, best.mention.end)),
        )

    def _answering_speaker(self, question: Statement, phrase: SourcePhrase) -> SourceResolution | None:
        """Whom a question in a transcript calls "you": whoever speaks the turn after it."""
        if self.resolve(question).entity not in self._questioners:
            return None
        after = bisect.bisect_right(self.statements, position_of(question), key=position_of)
        turns = (one for one in self.statements[after:] if self.parent(one) is None)
        reply = next(turns, None)
        entity = self.resolve(reply).entity if reply else None
        if entity is None or entity in self._questioners:
            return None
        return SourceResolution(entity, "label", margin=1.0, evidence=(phrase.head,))

    def _unresolved(
        self, phrase: SourcePhrase, antecedents: Sequence[ScoredAntecedent], reason: str
    ) -> SourceResolution:
        return SourceResolution(
            None,
            "pronoun",
            reason,
            candidates=tuple((item.entity, item.weight) for item in antecedents[:4]),
            evidence=(phrase.head,),
        )

    def _add_pronoun_mention(self, entity: int, phrase: SourcePhrase) -> None:
        """Note a pronoun as a mention, with the gender it tells."""
        entity_taken = self.entity_index.entities[entity]
        self.entity_index.add_mention(entity_taken, phrase.head, "pronoun")
        if phrase.pronoun in ("male", "female"):
            gender: Gender = "male" if phrase.pronoun == "male" else "female"
            entity_taken.genders[gender] += 1

    def _antecedent_query(self, statement: Statement, phrase: SourcePhrase) -> AntecedentQuery:
        gender: Gender | None = (
            "male" if phrase.pronoun == "male" else "female" if phrase.pronoun == "female" else None
        )
        parent = self.parent(statement)
        excluded: frozenset[int] = frozenset()
        bound = None
        if parent:
            speaker = self.resolve(parent).entity
            quoted = (
                parent.form == "direct" or self.entity_index.analysis.quotation_at(phrase.start) is not None
            )
            if speaker is not None and quoted:
                excluded = frozenset([speaker])
            else:
                bound = speaker
        excluded |= self._named_in(statement)
        query = AntecedentQuery(
            phrase.start,
            gender,
            plural=phrase.pronoun == "many",
            thing=phrase.pronoun == "thing",
            excluded=excluded | self._questioners,
            parent=bound,
        )
        return self._recent_speakers.with_last_speaker(query)

    def _named_in(self, statement: Statement) -> frozenset[int]:
        """Whom the content behind a pronoun begins with by name: "She said *Ms. Orr* had lost" isn't said by Ms. Orr."""
        piece = statement.content[0]
        if statement.source is None or piece.start < statement.source.end:
            return frozenset()
        for mention in self.entity_index.named_at(piece.start, piece.end)[:1]:
            title = self.entity_index.titles.get(mention.start)
            before = self.entity_index.analysis.text[piece.start : title.start if title else mention.start]
            if before.strip().lower() in ("", "that") and not mention.owner:
                return frozenset([mention.entity])
        return frozenset()

    def _resolve_cataphora(self, phrase: SourcePhrase) -> SourceResolution | None:
        """The person named after a pronoun in the same sentence: "In his first speech since he won, Orr …"."""
        end = self.entity_index.analysis.sentence(phrase.start)[1]
        gender = "male" if phrase.pronoun == "male" else "female" if phrase.pronoun == "female" else None
        if gender is None:
            return None
        for mention in self.entity_index.named_at(phrase.end, end):
            entity = self.entity_index.entities[mention.entity]
            if entity.kind == "person" and entity.gender in (gender, None) and mention.quotation is None:
                return SourceResolution(
                    entity.number,
                    "cataphora",
                    margin=0.5,
                    weight=0.0,
                    evidence=(phrase.head, (mention.start, mention.end)),
                )
        return None

    def _resolve_first_person(self, statement: Statement, phrase: SourcePhrase) -> SourceResolution:
        parent = self.parent(statement)
        if parent:
            parent_resolution = self.resolve(parent)
            if parent_resolution.entity is not None:
                return SourceResolution(
                    parent_resolution.entity,
                    "first person",
                    margin=parent_resolution.margin,
                    weight=parent_resolution.weight,
                    evidence=(phrase.head, *parent_resolution.evidence),
                )
            return SourceResolution(
                None, "first person", "whose quoted words these are isn't known", evidence=(phrase.head,)
            )
        if self.entity_index.analysis.quotation_at(phrase.start) is not None:
            return SourceResolution(
                None, "first person", "whose quoted words these are isn't known", evidence=(phrase.head,)
            )
        author = find_author(self.document, self.entity_index)
        if author is None:
            author = self.descriptions.add(phrase, "unnamed")
            return SourceResolution(author.number, "description", margin=0.5, evidence=(phrase.head,))
        return SourceResolution(author.number, "first person", evidence=(phrase.head, *author.names[:1]))

    def _resolve_relative(self, statement: Statement, phrase: SourcePhrase) -> SourceResolution:
        found = relative_antecedent(self.entity_index, self.evidence, self.descriptions, phrase)
        if found is None:
            return SourceResolution(
                None, "relative", "what the relative pronoun stands for isn't known", evidence=(phrase.head,)
            )
        if isinstance(found, Entity):
            return SourceResolution(
                found.number, "relative", evidence=(phrase.head, *found.descriptions[-1:])
            )
        if isinstance(found, Mention):
            return SourceResolution(
                found.entity, "relative", evidence=(phrase.head, (found.start, found.end))
            )
        return self._resolve_description(statement, found)

    def _resolve_description(self, statement: Statement, phrase: SourcePhrase) -> SourceResolution:
        if phrase.category == "unknown":
            entity = self.descriptions.add_unknown_name(phrase)
            return SourceResolution(entity.number, "name", margin=1.0, evidence=(phrase.core,))
        chosen = None
        if (
            phrase.article == "the"
        ):  # whose something is isn't that something: the network takes "her lawyer" for her
            chosen = network_antecedent(self.entity_index, self.evidence, phrase.head[0])
        parent = self.parent(statement)
        excluded = frozenset(v for v in [self.resolve(parent).entity if parent else None] if v is not None)
        entity, method, weight = self.descriptions.resolve(phrase, chosen, excluded)
        entity_taken: ResolutionMethod = "taken up" if method == "taken up" else "description"
        evidence = [phrase.core]
        if method == "taken up" and entity.mentions:
            earlier = next((m for m in entity.mentions if m.start != phrase.start), entity.mentions[0])
            evidence.append((earlier.start, earlier.end))
        return SourceResolution(entity.number, entity_taken, margin=weight, evidence=tuple(evidence))

    def target_entity(self, statement: Statement, span: Span) -> int | None:
        """The entity that the words for whom a statement is directed at mean, ``None`` where they mean nobody who can speak."""
        phrase = parse_source(self.entity_index, span.start, span.end)
        if phrase is None:
            return None
        if phrase.category == "name":
            mention = phrase.named[0]
            return None if mention.start in self.entity_index.ambiguous_names else mention.entity
        if phrase.category == "names":
            return self._resolve_names(phrase).entity
        if phrase.category == "pronoun" and phrase.pronoun in ("male", "female", "many", "thing"):
            own = self.resolve(statement).entity
            return self._resolve_pronoun(
                statement, phrase, excluded=frozenset() if own is None else frozenset([own])
            ).entity
        if phrase.category == "description":
            return self.descriptions.find(phrase)
        return None


def _start_of(item: Range | ReporterPronoun) -> int:
    return item.start if isinstance(item, ReporterPronoun) else item[0]

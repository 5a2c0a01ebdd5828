"""Who spoke last, and whom a paragraph has turned to since: what a pronoun takes up first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.speakers.antecedents import AntecedentQuery, agrees
from onrecord.speakers.entities import Mention
from onrecord.speakers.entity_index import EntityIndex
from onrecord.types import Statement

_MAX_STATEMENTS_BACK = 6
"""Statements back from a pronoun that are looked at."""


class RecentSpeakers:
    """The statements in the reporter's own words as a report is read from left to right."""

    def __init__(self, entity_index: EntityIndex, statements: Mapping[int, Sequence[Statement]]) -> None:
        """
        Args:
            statements: by the number of their sentence.
        """
        self._entity_index, self._statements = entity_index, statements
        self._turns: list[tuple[int, int]] = []

    def note(self, place: int, entity: int) -> None:
        """Note that a entity has spoken at a character."""
        self._turns.append((place, entity))

    def with_last_speaker(self, query: AntecedentQuery) -> AntecedentQuery:
        """What is looked for, with who spoke last of those who fit."""
        for place, entity in reversed(self._turns[-_MAX_STATEMENTS_BACK:]):
            if place < query.position and agrees(self._entity_index.entities[entity], query):
                analysis = self._entity_index.analysis
                near = analysis.paragraph_at(place) == analysis.paragraph_at(query.position)
                if not near and (named := self._topic_since(entity, query)):
                    return replace(query, topic=named.entity) if named.subject else query
                return replace(query, last_speaker=entity, same_paragraph=near)
        return query

    def _topic_since(self, last: int, query: AntecedentQuery) -> Mention | None:
        """Another who fits and whom the paragraph is about: the first person named in a sentence of it, in the reporter's words,
        where the last speaker isn't mentioned in it; the newest such.
        """
        paragraph = self._entity_index.analysis.paragraph_at(query.position)
        topic: dict[int, Mention] = {}
        for mention in self._entity_index.mentions_before(query.position):
            if mention.paragraph != paragraph or mention.quotation is not None or mention.owner:
                continue
            if mention.entity == last:
                return None
            if (
                mention.wording == "name"
                and self._entity_index.entities[mention.entity].kind == "person"
                and not self._is_in_content(mention)
            ):
                topic.setdefault(mention.sentence, mention)
        fitting = (
            m for m in reversed(topic.values()) if agrees(self._entity_index.entities[m.entity], query)
        )
        return next(fitting, None)

    def _is_in_content(self, mention: Mention) -> bool:
        """Whether a mention stands in the content of a statement of its sentence: who is spoken of doesn't speak."""
        return any(
            piece.start <= mention.start < piece.end
            for statement in self._statements.get(mention.sentence, ())
            for piece in statement.content
        )

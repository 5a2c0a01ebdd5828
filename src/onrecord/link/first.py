"""Who said it first: all reports that have a quotation, by their day."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.link.linking import SAME_QUOTE
from onrecord.store import Link, Store
from onrecord.types import Document, Speaker, Statement

_MOST = 1000  # statements that are gathered

_Place = tuple[str, str]  # the ids of a document and of a statement in it


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement with its report and its speaker."""

    document: Document
    statement: Statement
    speaker: Speaker | None

    @property
    def day(self) -> str | None:
        """The day of the report."""
        return self.document.published.date


@dataclass(frozen=True, slots=True)
class Sayings:
    """All statements that have one quotation, oldest report first, those without a day last.

    ``first`` is the one of the earliest day; ``None`` where several reports are of that day, where one has no
    day, or where more were found than are gathered, and ``doubt`` says which.
    """

    sayings: tuple[Saying, ...]
    first: Saying | None
    doubt: str | None


def first_said(store: Store, document_id: str, statement_id: str) -> Sayings | None:
    """The statements that have the quotation of one, by way of links of same quotations, each link as far as it
    goes; ``None`` where the record has no such statement.
    """
    place = (document_id, statement_id)
    saying = _find(store, place)
    return _gather(store, {place: saying}) if saying else None


def first_quoted(store: Store, quotation: str) -> Sayings | None:
    """The statements that have these words, whether they are linked or not, and those that are tied to one of
    them by links of same quotations; ``None`` where no statement has the words.
    """
    exact = store.quotes(quotation, limit=_MOST + 1)
    starts = {
        (item.document.id, item.statement.id): Saying(item.document, item.statement, item.speaker)
        for item in exact
    }
    return _gather(store, starts) if starts else None


def _gather(store: Store, starts: Mapping[_Place, Saying]) -> Sayings:
    """What the links of some statements lead to, those statements included, and who was first among all."""
    gathered = dict(starts)
    waiting = deque(gathered)
    seen = set(gathered)
    while waiting and len(gathered) <= _MOST:
        place = waiting.popleft()
        for link in store.links(place[0], item=place[1], kind=SAME_QUOTE):
            other = _other_end(link, place)
            if other in seen:
                continue
            seen.add(other)
            if saying := _find(store, other):
                gathered[other] = saying
                waiting.append(other)
    ordered = sorted(gathered.values(), key=lambda item: (item.day is None, item.day or "", item.document.id))
    return Sayings(tuple(ordered[:_MOST]), *_judge(ordered))


def _judge(ordered: list[Saying]) -> tuple[Saying | None, str | None]:
    if len(ordered) > _MOST:
        return None, f"more than {_MOST:,} statements have it"
    if any(item.day is None for item in ordered):
        return None, "a report that has it has no day"
    earliest = {item.document.id for item in ordered if item.day == ordered[0].day}
    if len(earliest) > 1:
        return None, "several reports of the first day have it"
    return ordered[0], None


def _find(store: Store, place: _Place) -> Saying | None:
    document_id, statement_id = place
    record = store.get(document_id)
    statement = (
        next((item for item in record.statements if item.id == statement_id), None) if record else None
    )
    if record is None or statement is None:
        return None
    return Saying(record.document, statement, record.speaker_of(statement))


def _other_end(link: Link, place: _Place) -> _Place:
    left, right = (link.left_document, link.left), (link.right_document, link.right)
    return right if left == place else left

"""Who said it first: all reports that have a quotation, by their day."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from onrecord.link.linking import SAME_QUOTE
from onrecord.store import Link, Store
from onrecord.types import Document, Speaker, Statement

_MOST = 200  # statements that are gathered


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
    gathered: dict[tuple[str, str], Saying] = {}
    waiting = deque([(document_id, statement_id)])
    seen = {(document_id, statement_id)}
    while waiting and len(gathered) < _MOST:
        place = waiting.popleft()
        saying = _find(store, *place)
        if saying is None:
            continue
        gathered[place] = saying
        for link in store.links(place[0], item=place[1], kind=SAME_QUOTE):
            other = _other_end(link, place)
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    if not gathered:
        return None
    ordered = sorted(gathered.values(), key=lambda item: (item.day is None, item.day or "", item.document.id))
    return Sayings(tuple(ordered), *_judge(ordered, more=bool(waiting)))


def _judge(ordered: list[Saying], *, more: bool) -> tuple[Saying | None, str | None]:
    if more:
        return None, f"more than {_MOST} reports have it"
    if any(item.day is None for item in ordered):
        return None, "a report that has it has no day"
    earliest = {item.document.id for item in ordered if item.day == ordered[0].day}
    if len(earliest) > 1:
        return None, "several reports of the first day have it"
    return ordered[0], None


def _find(store: Store, document_id: str, statement_id: str) -> Saying | None:
    record = store.get(document_id)
    statement = (
        next((item for item in record.statements if item.id == statement_id), None) if record else None
    )
    if record is None or statement is None:
        return None
    return Saying(record.document, statement, record.speaker_of(statement))


def _other_end(link: Link, place: tuple[str, str]) -> tuple[str, str]:
    left, right = (link.left_document, link.left), (link.right_document, link.right)
    return right if left == place else left

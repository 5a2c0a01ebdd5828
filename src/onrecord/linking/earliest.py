"""Who said it first: all reports that have a quotation, by their day."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.linking.linking import SAME_QUOTE
from onrecord.record import Link, Record
from onrecord.types import Document, Speaker, Statement

_MAX_STATEMENTS = 1000  # statements that are gathered

_Place = tuple[str, str]  # the ids of a document and of a statement in it


@dataclass(frozen=True, slots=True)
class QuotedStatement:
    """A statement with its report and its speaker."""

    document: Document
    statement: Statement
    speaker: Speaker | None

    @property
    def day(self) -> str | None:
        """The day of the report."""
        return self.document.published.date


@dataclass(frozen=True, slots=True)
class QuoteHistory:
    """All statements that have one quotation, oldest report first, those without a day last.

    ``first`` is the one of the earliest day; ``None`` where several reports are of that day, where one has no
    day, or where more were found than are gathered, and ``doubt`` says which.
    """

    occurrences: tuple[QuotedStatement, ...]
    first: QuotedStatement | None
    doubt: str | None


def find_earliest(record: Record, document_id: str, statement_id: str) -> QuoteHistory | None:
    """The statements that have the quotation of one, by way of links of same quotations, each link as far as it
    goes; ``None`` where the record has no such statement.
    """
    place = (document_id, statement_id)
    occurrence = _find(record, place)
    return _gather(record, {place: occurrence}) if occurrence else None


def find_earliest_quote(record: Record, quotation: str) -> QuoteHistory | None:
    """The statements that have these words, whether they are linked or not, and those that are linked to one of
    them by links of same quotations; ``None`` where no statement has the words.
    """
    exact = record.quotes(quotation, limit=_MAX_STATEMENTS + 1)
    starts = {
        (item.document.id, item.statement.id): QuotedStatement(item.document, item.statement, item.speaker)
        for item in exact
    }
    return _gather(record, starts) if starts else None


def _gather(record: Record, starts: Mapping[_Place, QuotedStatement]) -> QuoteHistory:
    """What the links of some statements lead to, those statements included, and who was first among all."""
    gathered = dict(starts)
    waiting = deque(gathered)
    seen = set(gathered)
    while waiting and len(gathered) <= _MAX_STATEMENTS:
        place = waiting.popleft()
        for link in record.links(place[0], item=place[1], kind=SAME_QUOTE):
            other = _other_end(link, place)
            if other in seen:
                continue
            seen.add(other)
            if occurrence := _find(record, other):
                gathered[other] = occurrence
                waiting.append(other)
    ordered = sorted(gathered.values(), key=lambda item: (item.day is None, item.day or "", item.document.id))
    return QuoteHistory(tuple(ordered[:_MAX_STATEMENTS]), *_judge(ordered))


def _judge(ordered: list[QuotedStatement]) -> tuple[QuotedStatement | None, str | None]:
    if len(ordered) > _MAX_STATEMENTS:
        return None, f"more than {_MAX_STATEMENTS:,} statements have it"
    if any(item.day is None for item in ordered):
        return None, "a report that has it has no day"
    earliest = {item.document.id for item in ordered if item.day == ordered[0].day}
    if len(earliest) > 1:
        return None, "several reports of the first day have it"
    return ordered[0], None


def _find(record: Record, place: _Place) -> QuotedStatement | None:
    document_id, statement_id = place
    report = record.get(document_id)
    statement = (
        next((item for item in report.statements if item.id == statement_id), None) if report else None
    )
    if report is None or statement is None:
        return None
    return QuotedStatement(report.document, statement, report.speaker_of(statement))


def _other_end(link: Link, place: _Place) -> _Place:
    left, right = (link.left_document, link.left), (link.right_document, link.right)
    return right if left == place else left

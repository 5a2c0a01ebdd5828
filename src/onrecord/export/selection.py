"""What of a record is exported: all of it, or the statements that a search finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from onrecord.record import Record, StoredStatement
from onrecord.search import Query, search
from onrecord.types import Report, Statement

_AT_ONCE = 100  # statements found at a time; their reports' texts are in memory meanwhile


def select_reports(record: Record, query: Query | None = None) -> Iterator[Report]:
    """Yields the reports of a record, one at a time.

    Args:
        query: only statements that fit it, oldest report first, those without a date before all; reports
            without any are left out. ``None`` for all, in the order they were added.

    Raises:
        SettingsError: the query has a value that it can't have.
    """
    if query is None:
        yield from record.reports()
        return
    for document_id, found in groupby(_find_all(record, query), key=lambda item: item.document.id):
        wanted = {item.statement.id for item in found}
        report = record.get(document_id)
        if report is not None:  # it may have been removed meanwhile
            yield cut_report(report, wanted)


def cut_report(report: Report, wanted: set[str]) -> Report:
    """The report with only some of its statements, and the speakers and claims that belong to them.

    A statement whose parent isn't wanted has none. Claims of the reporter's own words go.
    """
    kept = tuple(_without_lost_parent(item, wanted) for item in report.statements if item.id in wanted)
    people = {reference for item in kept for reference in (item.speaker, item.target)}
    return replace(
        report,
        statements=kept,
        speakers=tuple(speaker for speaker in report.speakers if speaker.id in people),
        claims=tuple(claim for claim in report.claims if claim.statement in wanted),
    )


def _without_lost_parent(statement: Statement, wanted: set[str]) -> Statement:
    return statement if statement.parent in wanted else replace(statement, parent=None)


def _find_all(record: Record, query: Query) -> Iterator[StoredStatement]:
    # Oldest first, the statements of one report come one after another, and a page ends at a key that stays.
    query = replace(query, by="words", sort="oldest", limit=_AT_ONCE, after=None)
    while True:
        page = search(record, query)
        yield from (hit.found for hit in page.hits)
        if page.after is None:
            return
        query = replace(query, after=page.after)

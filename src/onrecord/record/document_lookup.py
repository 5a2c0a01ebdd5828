"""Reports by what people call them: an id, the beginning of one, a path or an address."""

from __future__ import annotations

from sqlalchemy import Connection, or_, select

from onrecord.record.retrieval import DocumentSummary, join_summary
from onrecord.record.rows import escape
from onrecord.record.schema import documents, occurrences
from onrecord.types import content_id

_SHORTEST = 6  # digits of an id that are enough to look it up by


def find_documents_by_name(connection: Connection, name: str, *, limit: int = 2) -> list[DocumentSummary]:
    """The reports that a name may mean, the last ingested first: of exactly this origin, or met there too, or
    with an id that begins so (6 digits at least).
    """
    met = select(occurrences.c.document).where(
        occurrences.c.key == content_id(name), occurrences.c.origin == escape(name)
    )
    fits = [documents.c.origin == escape(name), documents.c.row.in_(met)]
    if may_be_id(name):
        fits.append(documents.c.id.startswith(name.lower()))
    query = select(documents).where(or_(*fits)).order_by(documents.c.row.desc()).limit(limit)
    return [join_summary(row) for row in connection.execute(query).mappings()]


def may_be_id(name: str) -> bool:
    """Whether a name can be the beginning of an id."""
    return len(name) >= _SHORTEST and all(char in "0123456789abcdef" for char in name.lower())

"""Reports by what people call them: an id, the beginning of one, a path or an address."""

from __future__ import annotations

from sqlalchemy import Connection, or_, select

from onrecord.store.fetch import Head, join_head
from onrecord.store.rows import escape
from onrecord.store.schema import documents, sightings
from onrecord.types import content_id

_SHORTEST = 6  # digits of an id that are enough to look it up by


def find_heads(connection: Connection, name: str, *, limit: int = 2) -> list[Head]:
    """The reports that a name may mean, the last ingested first: of exactly this origin, or met there too, or
    with an id that begins so (6 digits at least).
    """
    met = select(sightings.c.document).where(
        sightings.c.key == content_id(name), sightings.c.origin == escape(name)
    )
    fits = [documents.c.origin == escape(name), documents.c.row.in_(met)]
    if may_be_id(name):
        fits.append(documents.c.id.startswith(name.lower()))
    query = select(documents).where(or_(*fits)).order_by(documents.c.row.desc()).limit(limit)
    return [join_head(row) for row in connection.execute(query).mappings()]


def may_be_id(name: str) -> bool:
    """Whether a name can be the beginning of an id."""
    return len(name) >= _SHORTEST and all(char in "0123456789abcdef" for char in name.lower())

"""Documents that couldn't be read, kept by name with the reason until they can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from onrecord import errors
from onrecord.errors import LoadError, OnRecordError
from onrecord.record.rows import escape, unescape
from onrecord.record.schema import failures
from onrecord.record.write import now
from onrecord.types import Failure, content_id


@dataclass(frozen=True, slots=True)
class FailedDocument:
    """A failure, how often it was tried, and when first and last (UTC, ISO 8601).

    ``within`` is the origin to name again for another try: the archive or file that the document is a part
    of.
    """

    failure: Failure
    within: str | None
    attempts: int
    first: str
    last: str


def note_failure(connection: Connection, failure: Failure, *, within: str | None) -> None:
    """Keeps a failure, or counts one more attempt."""
    error = failure.error
    time = now()
    reason = error.reason if isinstance(error, LoadError) else str(error)
    values = {
        "key": content_id(failure.origin),
        "origin": escape(failure.origin),
        "within": escape(within),
        "error": type(error).__name__,
        "reason": escape(reason),
        "attempts": 1,
        "first": time,
        "last": time,
    }
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    again = {
        "error": values["error"],
        "reason": values["reason"],
        "attempts": failures.c.attempts + 1,
        "last": time,
    }
    connection.execute(
        make(failures).values(**values).on_conflict_do_update(index_elements=["key"], set_=again)
    )


def load_failures(connection: Connection) -> Iterator[FailedDocument]:
    """Yields the failures, oldest first."""
    for row in connection.execute(select(failures).order_by(failures.c.first, failures.c.key)):
        origin = unescape(row.origin) or ""
        yield FailedDocument(
            Failure(origin, _error(row.error, origin, unescape(row.reason) or "")),
            unescape(row.within),
            row.attempts,
            row.first,
            row.last,
        )


def forget_failures(connection: Connection, origins: Iterable[str]) -> int:
    """Takes failures out by their origins, and returns how many were there."""
    return sum(
        connection.execute(delete(failures).where(failures.c.key == content_id(origin))).rowcount
        for origin in origins
    )


def _error(name: str, origin: str, reason: str) -> OnRecordError:
    kind = getattr(errors, name, OnRecordError)
    if not (isinstance(kind, type) and issubclass(kind, OnRecordError)):
        kind = OnRecordError
    return kind(origin, reason) if issubclass(kind, LoadError) else kind(reason)

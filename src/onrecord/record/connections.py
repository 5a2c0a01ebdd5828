"""A record's connections: one for reading one state of it, one for writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL

from onrecord.record import vectors
from onrecord.record.database import make_durable, named_errors, without_password


class Connections:
    """A record that is open."""

    def __init__(self, url: URL, engine: Engine) -> None:
        self._url = url
        self._engine = engine
        self._sign_bits = vectors.SignBits()

    @property
    def place(self) -> str:
        """Where the record is: a file's path, or the server's URL without its password."""
        return without_password(self._url)

    @property
    def url(self) -> str:
        """The address as ``open_record`` takes it, password and all: for another process of the same user."""
        return self._url.render_as_string(hide_password=False)

    def close(self) -> None:
        """Lets go of all connections."""
        with named_errors(self._url):
            self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def read_connection(self) -> Iterator[Connection]:
        """A connection that sees one state of the record, whatever is written meanwhile."""
        with named_errors(self._url), self._engine.connect() as connection:
            if self._engine.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def _write_connection(self, *, durable: bool = True) -> Iterator[Connection]:
        """A connection that writes, one at a time; ``durable`` waits until what was written is on the
        disk.
        """
        with (
            named_errors(self._url),
            self._engine.connect().execution_options(writing=True, durable=durable) as connection,
            connection.begin(),
        ):
            if durable:
                make_durable(connection)
            yield connection

"""A record's vectors of meaning, kept in step with what makes them."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.errors import SettingsError
from onrecord.model.bundle import open_bundle
from onrecord.model.embedding import TextEmbedder, open_embedder
from onrecord.record import Embed, Record
from onrecord.record.vectors import vector_space


def load_default_embedder() -> TextEmbedder | None:
    """What makes vectors in this installation; ``None`` where the bundle has nothing that does.

    Raises:
        BundleError: the bundle isn't whole.
    """
    return open_embedder(open_bundle())


def embed_missing(
    record: Record, meaning: TextEmbedder, *, progress: Callable[[int], None] | None = None
) -> int:
    """Gives every statement of a record that has none its vector, and returns how many; vectors that something else made are made again.

    It may be stopped and run again at any time.

    Raises:
        RecordError: the record can't be written to, or its server has no pgvector.
    """
    held = _held(record)
    if held is not None and held != (meaning.name, meaning.width):
        record.clear_vectors()
    return record.embed_statements(meaning.embed, name=meaning.name, progress=progress)


def query_embedder(record: Record, meaning: TextEmbedder | None) -> Embed:
    """Texts to vectors that can be compared with the record's.

    Raises:
        SettingsError: there is nothing to make them with, or the record's vectors are missing or were made by something else.
    """
    held = _held(record)
    if meaning is None:
        raise SettingsError(
            "meaning: expected a model that has a head for it, found one without; search by words"
        )
    if held != (meaning.name, meaning.width):
        found = "none" if held is None else f"some of {held[0]}"
        raise SettingsError(
            f"meaning: expected a record with vectors of {meaning.name}, found {found}; onrecord ingest makes them"
        )
    return meaning.embed


def _held(record: Record) -> tuple[str, int] | None:
    with record.read_connection() as connection:
        return vector_space(connection)

"""The meaning of statements: making their vectors, and finding the nearest."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from onrecord.errors import RecordError
from onrecord.record import vectors
from onrecord.record.retrieval import load_passages
from onrecord.record.write import now

Embed = Callable[[list[str]], NDArray[np.float32]]
"""Texts to vectors, float32 [text, width]."""


def texts_without_vectors(connection: Connection, *, after: int, limit: int) -> tuple[list[int], list[str]]:
    """The keys and the contents of statements that have no vector yet, from a key on."""
    keys = vectors.missing_keys(connection, after=after, limit=limit)
    contents = {passage.key: passage.content for passage in load_passages(connection, keys)}
    return [key for key in keys if key in contents], [contents[key] for key in keys if key in contents]


def store_vectors(
    connection: Connection, keys: Sequence[int], made: NDArray[np.float32], *, name: str
) -> None:
    """Keeps the vectors of statements.

    Raises:
        RecordError: they aren't float32 [statement, width], or another model's are there.
    """
    if made.ndim != 2 or len(made) != len(keys) or not made.shape[1]:
        raise RecordError(
            f"expected {len(keys)} vectors of one width, found the shape {made.shape}; check the model"
        )
    vectors.open_vector_space(connection, name, made.shape[1], added=now())
    vectors.write_vectors(connection, keys, made.astype(np.float32, copy=False))

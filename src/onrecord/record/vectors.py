"""Vectors of statements, for search by meaning.

On SQLite: half-precision vectors, and their signs for a first look. Up to 20,000 statements are compared
exactly; above, the signs are compared (Hamming distance) and the nearest thousand are then compared by their
vectors (Yamada, Asai and Hajishirzi 2021, "Efficient passage retrieval with hashing"). On PostgreSQL:
pgvector's ``halfvec`` and its HNSW index.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, insert, select, text, update

from onrecord.errors import RecordError
from onrecord.record.schema import vector_spaces

_EXACT = 20_000
_RESCORED = 1000
_AT_ONCE = 50_000

Vectors = NDArray[np.float32]


@dataclass(slots=True)
class SignBits:
    """The signs of all vectors, kept in memory while a record is open: uint64 [vector, width / 64] under their
    keys, int64 [vector].
    """

    changes: int = -1
    keys: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    bits: NDArray[np.uint64] = field(default_factory=lambda: np.zeros((0, 0), dtype=np.uint64))


def vector_space(connection: Connection) -> tuple[str, int] | None:
    """The name of the model whose vectors are kept, and their width; ``None`` where there are none."""
    found = connection.execute(select(vector_spaces.c.name, vector_spaces.c.width)).one_or_none()
    return None if found is None else (found.name, found.width)


def open_vector_space(connection: Connection, name: str, width: int, *, added: str) -> None:
    """Makes room for the vectors of a model.

    Raises:
        RecordError: another model's vectors are there, or the server has no pgvector.
    """
    stored = vector_space(connection)
    if stored is not None:
        if stored != (name, width):
            raise RecordError(
                f"expected vectors of {stored[0]}, {stored[1]} wide, found {name}, {width} wide; clear them first"
            )
        return
    if connection.dialect.name == "postgresql":
        if not connection.scalar(text("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")):
            raise RecordError(
                "expected the extension pgvector on the server, found none; install it, or search by words"
            )
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public"))
        connection.execute(
            text(
                f"CREATE TABLE vectors (statement BIGINT PRIMARY KEY, vector halfvec({int(width)}) NOT NULL)"
            )
        )
        connection.execute(
            text("CREATE INDEX vectors_nearest ON vectors USING hnsw (vector halfvec_cosine_ops)")
        )
    else:
        connection.execute(text("CREATE TABLE vectors (statement INTEGER PRIMARY KEY, vector BLOB NOT NULL)"))
        connection.execute(text("CREATE TABLE sign_bits (statement INTEGER PRIMARY KEY, bits BLOB NOT NULL)"))
    connection.execute(insert(vector_spaces).values(name=name, width=width, changes=0, added=added))


def clear_vector_space(connection: Connection) -> None:
    """Takes all vectors out."""
    for table in ("vectors", "sign_bits"):
        connection.execute(text(f"DROP TABLE IF EXISTS {table}"))
    connection.execute(vector_spaces.delete())


def write_vectors(connection: Connection, keys: Sequence[int], vectors: Vectors) -> None:
    """Keeps the vectors (float32 [statement, width]) of statements; a zero vector is kept out, having no
    direction.
    """
    lengths = np.linalg.norm(vectors, axis=1)
    connection.execute(update(vector_spaces).values(changes=vector_spaces.c.changes + 1))
    kept = np.flatnonzero(lengths > 0).tolist()
    units = [(keys[place], vectors[place] / lengths[place]) for place in kept]
    if not units:
        return
    if connection.dialect.name == "postgresql":
        insert_vector = (
            "INSERT INTO vectors VALUES (:key, CAST(:vector AS halfvec)) "
            "ON CONFLICT (statement) DO UPDATE SET vector = excluded.vector"
        )
        connection.execute(
            text(insert_vector), [{"key": key, "vector": _written(unit)} for key, unit in units]
        )
        return
    for table, values in (
        ("vectors", [{"key": key, "value": unit.astype("<f2").tobytes()} for key, unit in units]),
        ("sign_bits", [{"key": key, "value": _signs(unit).tobytes()} for key, unit in units]),
    ):
        connection.execute(text(f"INSERT OR REPLACE INTO {table} VALUES (:key, :value)"), values)


def _signs(unit: Vectors) -> NDArray[np.uint64]:
    positive = np.zeros(-(-len(unit) // 64) * 64, dtype=bool)
    positive[: len(unit)] = unit > 0
    return np.packbits(positive).view("<u8")


def _written(vector: Vectors) -> str:
    return f"[{','.join(f'{number:.6g}' for number in vector.tolist())}]"


def erase_vectors(connection: Connection, first: int, last: int) -> None:
    """Takes out the vectors of a range of keys."""
    if not connection.execute(update(vector_spaces).values(changes=vector_spaces.c.changes + 1)).rowcount:
        return
    for table in ("vectors", "sign_bits")[: 2 if connection.dialect.name == "sqlite" else 1]:
        connection.execute(
            text(f"DELETE FROM {table} WHERE statement BETWEEN :first AND :last"),
            {"first": first, "last": last},
        )


def missing_keys(connection: Connection, *, after: int, limit: int) -> list[int]:
    """Keys of statements that have no vector, from ``after`` on."""
    if vector_space(connection) is None:
        query = 'SELECT "row" FROM statements WHERE "row" > :after ORDER BY "row" LIMIT :limit'
    else:
        query = (
            'SELECT s."row" FROM statements s LEFT JOIN vectors v ON v.statement = s."row" '
            'WHERE s."row" > :after AND v.statement IS NULL ORDER BY s."row" LIMIT :limit'
        )
    return list(connection.scalars(text(query), {"after": after, "limit": limit}))


def nearest(
    connection: Connection,
    vector: Vectors,
    signs: SignBits,
    *,
    among: Iterable[int] | None,
    low: int,
    high: int,
    limit: int,
) -> list[tuple[int, float]]:
    """The keys of the nearest statements with their cosine, best first.

    Args:
        vector: float32 [width], of the question.
        signs: this record's, brought up to date here.
        among: the only keys to look at; ``None`` for all.
        low, high: the first and last key to take.
    """
    stored, length = vector_space(connection), float(np.linalg.norm(vector))
    if stored is None or length == 0:
        return []
    if vector.shape != (stored[1],):
        raise RecordError(
            f"expected a vector of {stored[1]} numbers as {stored[0]} makes them, found {vector.shape}; use it"
        )
    unit = vector / length
    if connection.dialect.name == "postgresql":
        return _nearest_on_postgresql(connection, unit, among, low, high, limit)
    if among is None:
        among = _shortlist(connection, unit, signs, low, high)
    keys = [key for key in among if low <= key <= high]
    found: list[tuple[int, float]] = []
    for first in range(0, len(keys), _AT_ONCE):
        part = keys[first : first + _AT_ONCE]
        rows = connection.exec_driver_sql(
            f"SELECT statement, vector FROM vectors WHERE statement IN ({','.join(map(str, map(int, part)))})"
        ).all()
        if rows:
            matrix = (
                np.frombuffer(b"".join(row[1] for row in rows), dtype="<f2")
                .reshape(len(rows), -1)
                .astype(np.float32)
            )
            found += zip((row[0] for row in rows), (matrix @ unit).tolist(), strict=True)
    return sorted(found, key=lambda item: (-item[1], -item[0]))[:limit]


def _shortlist(connection: Connection, unit: Vectors, signs: SignBits, low: int, high: int) -> list[int]:
    _refresh(connection, signs)
    chosen = np.flatnonzero((signs.keys >= low) & (signs.keys <= high))
    if len(chosen) > _EXACT:
        bits = signs.bits if len(chosen) == len(signs.keys) else signs.bits[chosen]
        distance = np.bitwise_count(bits ^ _signs(unit)).sum(axis=1, dtype=np.uint16)
        chosen = chosen[np.argpartition(distance, _RESCORED)[:_RESCORED]]
    return [int(key) for key in signs.keys[chosen]]


def _refresh(connection: Connection, signs: SignBits) -> None:
    changes = connection.execute(select(vector_spaces.c.changes)).scalar_one()
    if signs.changes == changes:
        return
    rows = connection.exec_driver_sql("SELECT statement, bits FROM sign_bits").all()
    signs.keys = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
    signs.bits = np.frombuffer(b"".join(row[1] for row in rows), dtype="<u8").reshape(
        len(rows), -1 if rows else 0
    )
    signs.changes = changes


def _nearest_on_postgresql(
    connection: Connection, unit: Vectors, among: Iterable[int] | None, low: int, high: int, limit: int
) -> list[tuple[int, float]]:
    inside = "AND statement = ANY(:among)" if among is not None else ""
    connection.execute(text("SET LOCAL hnsw.ef_search = 200"))
    connection.execute(text("SET LOCAL hnsw.iterative_scan = relaxed_order"))
    rows = connection.execute(
        text(
            "SELECT statement, 1 - (vector <=> CAST(:vector AS halfvec)) AS cosine FROM vectors "
            f"WHERE statement BETWEEN :low AND :high {inside} "
            "ORDER BY vector <=> CAST(:vector AS halfvec) LIMIT :limit"
        ),
        {
            "vector": _written(unit),
            "low": low,
            "high": high,
            "limit": limit,
            **({"among": list(among)} if among is not None else {}),
        },
    )
    return sorted(((row[0], float(row[1])) for row in rows), key=lambda item: (-item[1], -item[0]))

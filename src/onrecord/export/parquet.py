"""Parquet: a statement a row, typed, in row groups, for pandas, R, DuckDB and Spark."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, BinaryIO

from onrecord.errors import SettingsError
from onrecord.export.formats import OnFailure
from onrecord.export.table import CLAIM_FIELDS, COLUMNS, Column, Row, claim_cells, rows, span_cells, storable
from onrecord.types import SCHEMA, Report

_GROUP = 5_000  # rows in memory, and in a row group


def write(reports: Iterable[Report], file: BinaryIO, *, on_failure: OnFailure) -> None:
    """Writes a row for each statement, some thousand at a time.

    Raises:
        SettingsError: pyarrow isn't installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        raise SettingsError("parquet: expected pyarrow, found none; install onrecord[parquet]") from error
    schema = pyarrow.schema([_field(pyarrow, column) for column in COLUMNS], {"schema": SCHEMA})
    found = rows(reports)
    with pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(found, _GROUP)):
            writer.write_batch(pyarrow.RecordBatch.from_pylist([_cells(row) for row in group], schema=schema))


def _field(pyarrow: Any, column: Column) -> Any:
    plain = {
        "text": pyarrow.string(),
        "int": pyarrow.int64(),
        "float": pyarrow.float64(),
        "bool": pyarrow.bool_(),
    }
    if column.kind == "spans":
        kind = pyarrow.list_(pyarrow.struct([("start", pyarrow.int64()), ("end", pyarrow.int64())]))
    elif column.kind == "claims":
        kind = pyarrow.list_(pyarrow.struct([(name, plain[kind]) for name, kind in CLAIM_FIELDS]))
    else:
        kind = plain[column.kind]
    return pyarrow.field(column.name, kind, metadata={"about": column.about})


def _cells(row: Row) -> dict[str, Any]:
    return {column.name: _cell(column, column.cell(row)) for column in COLUMNS}


def _cell(column: Column, value: Any) -> Any:
    match column.kind:
        case "text":
            return None if value is None else storable(value)
        case "spans":
            return [span_cells(span) for span in value]
        case "claims":
            return [{name: _storable(item) for name, item in claim_cells(claim).items()} for claim in value]
        case _:
            return value


def _storable(value: Any) -> Any:
    return storable(value) if isinstance(value, str) else value

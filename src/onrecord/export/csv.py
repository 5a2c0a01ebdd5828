"""CSV (RFC 4180, UTF-8): a statement a row, safe to open in a spreadsheet.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula and runs it
(https://owasp.org/www-community/attacks/CSV_Injection). Such a cell gets an apostrophe before it, and so does
one that begins with an apostrophe, so that taking one apostrophe off gives back what was there.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from typing import Any, TextIO

from onrecord.export.formats import OnFailure
from onrecord.export.table import COLUMNS, Column, claim_cells, rows, storable
from onrecord.types import Report

# White space and control characters before the sign are skipped by some programs; the full-width signs are
# taken for the narrow ones by others.
_FORMULA = re.compile(
    r"[\s\x00-\x20\x7f-\x9f\u200b-\u200f\u2060\ufeff]*['=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]"
)


def write(reports: Iterable[Report], file: TextIO, *, on_failure: OnFailure) -> None:
    """Writes a head with the names of the columns, and a row for each statement.

    Line ends inside a cell are kept; those between rows are CR LF.
    """
    writer = csv.writer(file)
    writer.writerow([column.name for column in COLUMNS])
    for row in rows(reports):
        writer.writerow([_cell(column, column.cell(row)) for column in COLUMNS])


def guard(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula.

    >>> guard("=1+1"), guard("'tis"), guard("plain")
    ("'=1+1", "''tis", 'plain')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(cell: str) -> str:
    """The text that ``guard`` was given.

    >>> unguard("'=1+1"), unguard("plain")
    ('=1+1', 'plain')
    """
    return cell[1:] if cell.startswith("'") else cell


def _cell(column: Column, value: Any) -> str:
    if value is None:
        return ""
    match column.kind:
        case "text":
            return guard(storable(value).replace("\0", "\ufffd"))  # csv readers take a NUL for the end
        case "bool":
            return "true" if value else "false"
        case "spans":
            return " ".join(f"{span.start}:{span.end}" for span in value)
        case "claims":
            return json.dumps([claim_cells(claim) for claim in value]) if value else ""
        case _:
            return repr(value)

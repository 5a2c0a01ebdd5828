"""The formats by name, and what each writes to."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.errors import SettingsError
from onrecord.types import Failure, Report

OnFailure = Callable[[Failure], None]
"""Called with each report that a format can't hold, with the reason; the others go on."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name on the command line, the usual ending of its files, what it is written to, and what
    it is, in a sentence.

    ``signature`` is how a file of ours is recognised: what it begins with, a byte order mark aside, and what
    stands near its beginning or its end. ``module`` writes it, where that isn't the one of its name.
    """

    name: str
    suffix: str
    target: Literal["text", "bytes", "folder"]
    about: str
    signature: tuple[bytes, bytes] = (b"", b"")
    module: str | None = None

    def write(self, reports: Iterable[Report], target: Any, *, on_failure: OnFailure) -> None:
        """Writes reports, one at a time in memory.

        Args:
            target: a text file (UTF-8, line ends as they are), a file of bytes, or a folder that is there.
            on_failure: called with each report that the format can't hold.

        Raises:
            SettingsError: the format needs a part that isn't installed, or more than nothing to write.
        """
        # Only the one that is wanted: pyarrow alone takes longer to import than a small report to write.
        importlib.import_module(f"onrecord.export.{self.module or self.name}").write(
            reports, target, on_failure=on_failure
        )


FORMATS = (
    Format(
        "jsonl", ".jsonl", "text", "JSON Lines, a report a line: everything, and what import takes",
        (b'{"schema": "onrecord/', b""),
    ),
    Format(
        "csv", ".csv", "text", "a table, a statement a row, safe to open in a spreadsheet",
        (b"document,origin,title,byline,", b""),
    ),
    Format(
        "parquet", ".parquet", "bytes", "the same table for pandas, R, DuckDB and Spark",
        (b"PAR1", b"onrecord/"),
    ),
    Format(
        "webannotation", ".jsonld", "text", "W3C Web Annotation: an annotation a statement",
        (b'{"@context": ["http://www.w3.org/ns/anno.jsonld", ', b"urn:onrecord:"),
    ),
    Format(
        "schemaorg", ".jsonld", "text", "schema.org: Quotation and Claim in their NewsArticle",
        (b'{"@context": ["https://schema.org", ', b"urn:onrecord:"),
    ),
    Format(
        "tei", ".xml", "text", "TEI P5: the texts with said, and the rest in standOff",
        (b"<?xml ", b"<p>Written by OnRecord.</p>"),
    ),
    Format(
        "brat", "", "folder", "brat standoff: a folder to correct statements in, that import takes back",
        module="brat_folder",
    ),
)  # fmt: skip


def find_format(name: str) -> Format:
    """The format of a name.

    Raises:
        SettingsError: there is none of that name.
    """
    found = next((item for item in FORMATS if item.name == name), None)
    if found is None:
        names = ", ".join(item.name for item in FORMATS)
        raise SettingsError(f"format: expected one of {names}; found {name[:40]!r}")
    return found

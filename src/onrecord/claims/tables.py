"""Tables that lie beside this package's modules."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources


def read_rows(file: str) -> Iterator[list[str]]:
    """The rows of a file under ``data``, cut at tabs, without comments."""
    text = (resources.files("onrecord.claims") / "data" / file).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")

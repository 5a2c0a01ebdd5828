"""Tables that lie beside the modules of a package, under its folder ``data``."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources


def read_rows(package: str, file: str) -> Iterator[list[str]]:
    """The rows of a package's table, cut at tabs, without comments."""
    text = (resources.files(package) / "data" / file).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")

"""What the two formats in JSON-LD share: names for what has no address, and documents written as they grow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, TextIO
from urllib.parse import quote

from onrecord.export.table import storable
from onrecord.types import Document, Span, Speaker, Statement

TERMS = {"onrecord": "urn:onrecord:terms#"}
"""The prefix of terms that neither vocabulary has."""

_WEB = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_AS_IS = "!#$%&'()*+,-./:;=?@_~[]"  # of an address; what else it has is percent-encoded


def document_name(document: Document) -> str:
    """The name (IRI) of a report's text."""
    return f"urn:onrecord:document:{document.id}"


def place_name(document: Document, span: Span) -> str:
    """The name of some characters of a report's text, in code points (RFC 5147)."""
    return f"{document_name(document)}#char={span.start},{span.end}"


def item_name(document: Document, item: Statement | Speaker) -> str:
    """The name of a statement or speaker of a report."""
    return f"urn:onrecord:{type(item).__name__.lower()}:{document.id}:{quote(storable(item.id), safe='')}"


def address(origin: str) -> str | None:
    """The origin as a URL, ``None`` where it isn't one.

    >>> address("https://courier.example/a b"), address("/home/me/report.txt")
    ('https://courier.example/a%20b', None)
    """
    written = quote(storable(origin.strip()), safe=_AS_IS)
    return written if _WEB.fullmatch(written) else None


def known(node: dict[str, Any]) -> dict[str, Any]:
    """The node without what isn't known: JSON-LD says that by leaving it out."""
    return {name: value for name, value in node.items() if value is not None and value != []}


def write_nodes(file: TextIO, nodes: Iterable[dict[str, Any]]) -> None:
    """Writes nodes as the items of a list, one a line, in ASCII."""
    for number, node in enumerate(nodes):
        file.write(",\n" if number else "\n")
        file.write(dumped(node))


def dumped(value: Any) -> str:
    """JSON on one line, in ASCII, every text as UTF-8 can hold it."""
    return json.dumps(_storable(value), allow_nan=False)


def _storable(value: Any) -> Any:
    match value:
        case str():
            return storable(value)
        case dict():
            return {name: _storable(item) for name, item in value.items()}
        case list():
            return [_storable(item) for item in value]
        case _:
            return value

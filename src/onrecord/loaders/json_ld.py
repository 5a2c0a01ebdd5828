"""What a page says of itself as JSON-LD (https://schema.org), as far as it can be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

_LARGEST_SCRIPT = 1_000_000  # characters
_MAX_NODES = 20_000


def nodes_of(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD, outer ones before inner ones; numbers stay words. A script that is broken or too large has none."""
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or len(text) > _LARGEST_SCRIPT:
            continue
        try:
            # A number with 5,000 digits isn't worth failing for.
            value = json.loads(text, strict=False, parse_int=str, parse_float=str)
        except (ValueError, RecursionError):
            continue
        yield from _nodes(value)


def kinds_of(node: dict[str, Any]) -> list[str]:
    """The types that an object gives itself."""
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    left, seen = [value], 0
    while left and seen < _MAX_NODES:
        node = left.pop(0) if seen < 100 else left.pop()
        seen += 1
        if isinstance(node, dict):
            yield node
            left.extend(node.values())
        elif isinstance(node, list):
            left.extend(node)

"""JSON and JSON Lines: a document in each object, its text in a field that the user names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from onrecord.errors import FormatError, ReadError, TooLargeError
from onrecord.reading.options import ReadOptions, is_day
from onrecord.reading.text import decode

_SURROGATE = re.compile("[\ud800-\udfff]")
_FIELDS = {
    "title": ("title", "headline"),
    "byline": ("byline", "author", "authors"),
    "publisher": ("publisher", "source", "outlet", "site_name"),
    "published": ("published", "date", "published_at", "date_publish", "publication_date"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One object: its text and what else it says. Lone surrogates, which no file in UTF-8 can hold, become U+FFFD."""

    text: str
    title: str | None
    byline: str | None
    publisher: str | None
    published: str | None


def read_lines(
    file: BinaryIO, head: bytes, *, origin: str, options: ReadOptions
) -> Iterator[tuple[str, Line | ReadError]]:
    """Every line's origin (``articles.jsonl#3``) and what it holds, or why it can't be read; one line is in memory at a time.

    A file that is one JSON value over several lines is read as that object, or as that list of objects.
    """
    if values := _whole(file, head, options):
        for number, value in enumerate(values, 1):
            yield _checked(value, f"{origin}#{number}" if len(values) > 1 else origin, options)
        return
    file_lines = _lines(file, head, options.max_bytes)
    for number, data in enumerate(file_lines, 1):
        name = f"{origin}#{number}"
        if data is None:
            yield (
                name,
                TooLargeError(name, f"expected at most {options.max_bytes:,} bytes in a line; split it"),
            )
        elif data.strip():
            yield _parsed(data, name, options)


def _whole(file: BinaryIO, head: bytes, options: ReadOptions) -> list[Any]:
    """The objects of a file that isn't JSON Lines but one value, none where it is."""
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    line = first.split(b"\n", 1)[0].strip()
    if (
        not first.startswith(b"[")
        and line not in (b"{",)
        and not (line.startswith(b"{") and not line.endswith(b"}"))
    ):
        return []
    position = file.tell() if file.seekable() else None
    data = head + file.read(max(options.max_bytes - len(head), 0))
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict):
        return [value]
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return value
    if position is not None:
        file.seek(position)
    return []


def _lines(file: BinaryIO, head: bytes, limit: int) -> Iterator[bytes | None]:
    """Lines, ``None`` for one over the limit, whose rest is skipped."""
    rest = head.removeprefix(b"\xef\xbb\xbf")
    skipping = False
    while True:
        *whole, rest = rest.split(b"\n")
        for line in whole:
            yield None if skipping or len(line) > limit else line
            skipping = False
        if len(rest) > limit:
            rest, skipping = b"", True
        more = file.read(1 << 20)
        if not more:
            if rest or skipping:
                yield None if skipping else rest
            return
        rest += more


def _parsed(data: bytes, name: str, options: ReadOptions) -> tuple[str, Line | ReadError]:
    try:
        value = json.loads(decode(data, origin=name))
    except ReadError as error:
        return name, error
    except RecursionError:
        return name, FormatError(
            name, "expected a JSON object, found one nested too deep; take the text out of it first"
        )
    except ValueError as error:
        return name, FormatError(
            name,
            f"expected a JSON object on one line, found what isn't JSON ({str(error)[:80]}); mend the line",
        )
    return _checked(value, name, options)


def _checked(value: Any, name: str, options: ReadOptions) -> tuple[str, Line | ReadError]:
    field = options.text_field
    if not isinstance(value, dict):
        return name, FormatError(
            name, f"expected a JSON object, found {type(value).__name__}; give each line an object"
        )
    if not isinstance(value.get(field), str):
        found = ", ".join(sorted(map(str, value))[:8])[:120] or "none"
        return name, FormatError(
            name,
            f"expected a text in the field {field!r}, found the fields {found}; name the right one with --text-field",
        )
    said = {
        key: next((text for alias in aliases if (text := _text(value.get(alias)))), None)
        for key, aliases in _FIELDS.items()
    }
    day = (said["published"] or "")[:10]
    said["published"] = day if is_day(day) else None
    return name, Line(_SURROGATE.sub("\ufffd", value[field]), **said)


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = ", ".join(item for item in value[:20] if isinstance(item, str))
    return _SURROGATE.sub("\ufffd", value.strip())[:1000] or None if isinstance(value, str) else None

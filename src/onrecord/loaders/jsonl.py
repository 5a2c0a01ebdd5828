"""JSON and JSON Lines: a document in each object, its text in a field that the user names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from onrecord.errors import FormatError, LoadError, TooLargeError
from onrecord.loaders.dates import date_in_metadata, date_in_url
from onrecord.loaders.options import LoadOptions
from onrecord.loaders.text import decode
from onrecord.types import UNPUBLISHED, Published

_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = b"\xef\xbb\xbf \t\r\n"
_BROKEN = object()
MOST_VALUES = 3_000_000
"""Values in one JSON object, its commas and brackets counted, those in texts too: 50 MB of prose has half a million."""
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
    published: Published


def read_lines(
    file: BinaryIO, head: bytes, *, origin: str, options: LoadOptions
) -> Iterator[tuple[str, Line | LoadError]]:
    """Every line's origin (``articles.jsonl#3``) and what it holds, or why it can't be read; one line is in memory at a time.

    A file that is one JSON value over several lines is read as that object, or as that list of objects.
    """
    data, values = _whole(file, head, options.max_bytes)
    if values:
        for number, value in enumerate(values, 1):
            yield _checked(value, f"{origin}#{number}" if len(values) > 1 else origin, options)
        return
    for number, line in enumerate(_lines(file, data, options.max_bytes), 1):
        name = f"{origin}#{number}"
        if line is None:
            yield (
                name,
                TooLargeError(name, f"expected at most {options.max_bytes:,} bytes in a line; split it"),
            )
        elif line.strip():
            yield _parsed(line, name, options)


def _whole(file: BinaryIO, head: bytes, limit: int) -> tuple[bytes, list[Any]]:
    """What was read to see it, and the objects of a file that isn't JSON Lines but one value over its lines.

    Standard input can't be read twice, so that whatever was read is handed on.
    """
    while b"\n" not in head.lstrip(_SPACE) and len(head) <= limit and (more := file.read(1 << 20)):
        head += more
    first, _, rest = head.lstrip(_SPACE).partition(b"\n")
    value = _value(first)
    if isinstance(value, dict) or not first.startswith((b"{", b"[")):
        return head, []
    if value is _BROKEN or rest.strip():  # it goes on below, or is a broken line among others
        head += file.read(max(limit + 1 - len(head), 0))
        value = _value(head) if len(head) <= limit else _BROKEN
    if isinstance(value, dict):
        return head, [value]
    return head, value if isinstance(value, list) and value and all(
        isinstance(item, dict) for item in value
    ) else []


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


def _value(data: bytes) -> Any:
    try:
        return _loaded(data.lstrip(_SPACE).decode("utf-8"))
    except (ValueError, RecursionError):
        return _BROKEN


class TooManyValuesError(ValueError):
    """JSON of so many values that parsing it would take more memory than it may."""


def check_values(text: str | bytes) -> None:
    """Refuses JSON of too many values before it is parsed: each takes up to 70 bytes, whatever it is written with.

    Raises:
        TooManyValuesError: it has more than ``MOST_VALUES``.
    """
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    if sum(map(data.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise TooManyValuesError(f"it has more than {MOST_VALUES:,} values")


def too_many_values(name: str) -> TooLargeError:
    """The error for JSON that ``check_values`` refuses."""
    return TooLargeError(
        name,
        f"expected at most {MOST_VALUES:,} values in a JSON object, found more; take the text out of it first",
    )


def _loaded(text: str) -> Any:
    """The value of JSON. Numbers are none of ours: one of 5,000 digits in another field must not lose the text."""
    check_values(text)
    return json.loads(text, parse_int=_number, parse_float=_number, parse_constant=_number)


def _number(_: str) -> int:
    return 0


def _parsed(data: bytes, name: str, options: LoadOptions) -> tuple[str, Line | LoadError]:
    try:
        value = _loaded(decode(data, origin=name))
    except LoadError as error:
        return name, error
    except RecursionError:
        return name, FormatError(
            name, "expected a JSON object, found one nested too deep; take the text out of it first"
        )
    except TooManyValuesError:
        return name, too_many_values(name)
    except ValueError as error:
        return name, FormatError(
            name,
            f"expected a JSON object on one line, found what isn't JSON ({str(error)[:80]}); mend the line",
        )
    return _checked(value, name, options)


def _checked(value: Any, name: str, options: LoadOptions) -> tuple[str, Line | LoadError]:
    field = options.text_field
    if not isinstance(value, dict):
        return name, FormatError(
            name, f"expected a JSON object, found {_kind(value)}; give each line an object"
        )
    if not isinstance(value.get(field), str):
        return name, FormatError(name, _without_text(value, field))
    said = {
        key: next((text for alias in aliases if (text := _text(value.get(alias)))), None)
        for key, aliases in _FIELDS.items()
    }
    day = date_in_metadata(said.pop("published"))
    address = next(
        (date_in_url(url) for key in ("url", "link") if isinstance(url := value.get(key), str)), None
    )
    published = Published(day, "metadata") if day else Published(address, "url") if address else UNPUBLISHED
    return name, Line(_SURROGATE.sub("\ufffd", value[field]), published=published, **said)


def _without_text(value: dict[str, Any], field: str) -> str:
    """What to do about an object whose text isn't where it should be."""
    if str(value.get("schema", "")).startswith("onrecord/") and isinstance(value.get("document"), dict):
        return "expected a report, found a report that was read before; take it in with onrecord import"
    if field in value:
        return f"expected a text in the field {field!r}, found {_kind(value[field])}; give it a text"
    found = ", ".join(sorted(map(str, value))[:8])[:120] or "none"
    return f"expected the field {field!r}, found the fields {found}; name the right one with --text-field"


def _kind(value: Any) -> str:
    """What JSON calls a value."""
    if value is None:
        return "null"
    kinds = (
        (bool, "true or false"),
        (int, "a number"),
        (str, "a string"),
        (list, "a list"),
        (dict, "an object"),
    )
    return next(name for kind, name in kinds if isinstance(value, kind))


def _text(value: Any) -> str | None:
    """The words of a field: a text, the name of an object, or those of a list, with commas between."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = ", ".join(filter(None, (_text(item) for item in value[:20] if not isinstance(item, list))))
    return _SURROGATE.sub("\ufffd", value.strip())[:1000] or None if isinstance(value, str) else None

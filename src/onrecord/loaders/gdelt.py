"""GDELT's Global Quotation Graph: one JSON object a line, an article's quotations with the words around them.

Each line has ``date``, ``url``, ``title``, ``lang`` and ``quotes``, a list of ``pre``, ``quote`` and ``post``
(https://blog.gdeltproject.org/announcing-the-global-quotation-graph/). The article itself isn't there. The
document of a line is its snippets, each a paragraph with the quotation between marks: the words are GDELT's,
the paragraphs are not the article's.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from onrecord.errors import EmptyError, FormatError, LoadError, NotFoundError, TooLargeError
from onrecord.loaders.jsonl import TooManyValuesError, check_values, too_many_values
from onrecord.loaders.options import DEFAULTS, LoadOptions, is_day
from onrecord.loaders.peekable import PeekableStream, Readable
from onrecord.types import UNPUBLISHED, Document, Failure, Published

_GZIP = b"\x1f\x8b"
_OPENING, _CLOSING = "\u201c", "\u201d"
_MARKS = "\"\u201c\u201d\u201e\u00ab\u00bb'\u2018\u2019"
_LANGUAGES = {
    "ENGLISH": "en", "SPANISH": "es", "FRENCH": "fr", "GERMAN": "de", "PORTUGUESE": "pt", "ITALIAN": "it", "RUSSIAN": "ru",
    "ARABIC": "ar", "CHINESE": "zh", "JAPANESE": "ja", "KOREAN": "ko", "TURKISH": "tr", "DUTCH": "nl", "POLISH": "pl",
    "UKRAINIAN": "uk", "HINDI": "hi", "URDU": "ur", "BENGALI": "bn", "INDONESIAN": "id", "VIETNAMESE": "vi", "PERSIAN": "fa",
    "HEBREW": "he", "GREEK": "el", "SWEDISH": "sv", "ROMANIAN": "ro", "CZECH": "cs", "HUNGARIAN": "hu", "THAI": "th",
}  # fmt: skip


def iter_documents(
    source: str | os.PathLike[str] | BinaryIO, *, origin: str | None = None, options: LoadOptions = DEFAULTS
) -> Iterator[Document | Failure]:
    """Yields a document for each line of a quotation file, a failure in the place of each that can't be read.

    Args:
        source: a path or an open binary stream, gzip or plain, of any size.
        origin: names the file in failures; by default its path.
    """
    name = origin or (os.fspath(source) if isinstance(source, str | os.PathLike) else "-")
    lines = 0
    with ExitStack() as stack:
        try:
            for number, line in _lines(_open(source, name, stack), options.max_bytes):
                lines += 1
                yield _read(line, f"{name}#{number}", options)
            if not lines:
                raise EmptyError(name, "expected a JSON object a line, found nothing; check the file")
        except LoadError as error:
            yield Failure(name, error)
        except (OSError, EOFError, zlib.error) as error:
            reason = f"expected a whole file, found it broken after {lines} lines ({error}); fetch it again"
            yield Failure(name, FormatError(name, reason))


def _open(source: str | os.PathLike[str] | BinaryIO, name: str, stack: ExitStack) -> Readable:
    stream = PeekableStream(cast(Readable, _open_file(source, name, stack)))
    if stream.peek(2) != _GZIP:
        return stream
    return cast(Readable, stack.enter_context(gzip.open(cast(BinaryIO, stream), "rb")))


def _open_file(source: str | os.PathLike[str] | BinaryIO, name: str, stack: ExitStack) -> BinaryIO:
    if not isinstance(source, str | os.PathLike):
        return source
    if not Path(source).is_file():
        raise NotFoundError(name, "expected a file, found none; check the name")
    return stack.enter_context(open(source, "rb"))


def _lines(stream: Any, longest: int) -> Iterator[tuple[int, bytes | None]]:
    """Yields numbers and lines; ``None`` for a line over the limit, which is passed over unread."""
    number = 0
    while line := stream.readline(longest + 1):
        number += 1
        if len(line) <= longest:
            if line.strip():
                yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield number, None


def _read(line: bytes | None, place: str, options: LoadOptions) -> Document | Failure:
    if line is None:
        return Failure(
            place, TooLargeError(place, f"expected a line of at most {options.max_bytes:,} bytes, found more")
        )
    try:
        check_values(line)
        data = json.loads(line)
    except TooManyValuesError:
        return Failure(place, too_many_values(place))
    except (ValueError, RecursionError):  # not JSON, not UTF-8, nested too deep, a number too long
        return Failure(
            place, FormatError(place, "expected a JSON object, found something else; check the file")
        )
    if not isinstance(data, dict) or not isinstance(data.get("quotes"), list):
        return Failure(
            place, FormatError(place, "expected an object with 'quotes', found none; is it a quotation file?")
        )
    snippets = [_snippet(quote) for quote in data["quotes"] if isinstance(quote, dict)]
    text = "\n\n".join(snippet for snippet in snippets if snippet)
    origin = _word(data.get("url")) or place
    if not text:
        return Failure(origin, EmptyError(origin, "expected quotations, found none in it"))
    return Document.of(
        text,
        origin=origin,
        title=_word(data.get("title")),
        publisher=_host(origin),
        published=_published(data.get("date")),
        language=_LANGUAGES.get(str(data.get("lang")).upper()),
    )


def _snippet(quote: dict[str, Any]) -> str:
    before, said, after = (_word(quote.get(name)) or "" for name in ("pre", "quote", "post"))
    if not said:
        return ""
    # GDELT leaves the marks out; where the words around still have them, no second pair is set.
    opening = "" if before[-1:] and before[-1] in _MARKS else _OPENING
    closing = "" if after[:1] and after[0] in _MARKS else _CLOSING
    marked = f"{opening}{said}{closing}"
    left = before if not opening else f"{before} " if before else ""
    right = after if not closing or (after and after[0] in ",.;:!?") else f" {after}" if after else ""
    return f"{left}{marked}{right}"


def _word(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _published(value: object) -> Published:
    day = value[:10] if isinstance(value, str) else ""
    if day.isdecimal() and len(day) >= 8:  # 20240312153000
        day = f"{day[:4]}-{day[4:6]}-{day[6:8]}"
    return Published(day, "metadata") if is_day(day) else UNPUBLISHED


def _host(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname
    except ValueError:  # brackets that close nowhere
        return None
    return host.removeprefix("www.") if host else None

"""Word documents (.docx): the paragraphs of their text, tracked deletions left out.

Office Open XML, ECMA-376 part 1: a zip with ``word/document.xml``. What is decompressed is bounded, entities are
not resolved, nothing is fetched.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from onrecord.errors import EmptyError, FormatError, TooLargeError
from onrecord.loaders.options import LoadOptions

_PART = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DELETED = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}delText", f"{_W}instrText"))
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def extract_text(data: bytes, *, origin: str, options: LoadOptions) -> str:
    """The text of a Word document, a blank line between paragraphs.

    Args:
        data: the file.
        origin: named in errors.

    Raises:
        FormatError: it isn't a Word document, or is broken or encrypted.
        TooLargeError: it unpacks to more than ``options.max_markup_bytes``.
        EmptyError: there is no text in it.
    """
    markup = _decompress(data, origin, options.max_markup_bytes)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(markup, parser)
    except etree.XMLSyntaxError as error:
        reason = f"expected a Word document, found broken XML in it ({str(error)[:80]}); save it again"
        raise FormatError(origin, reason) from error
    paragraphs = ("".join(_text_of(paragraph)) for paragraph in root.iter(f"{_W}p"))
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph.strip())
    if not text:
        raise EmptyError(origin, "a Word document without any text; check that it is the right file")
    return text


def _decompress(data: bytes, origin: str, limit: int) -> bytes:
    """The main part, never more of it than the limit, whatever the archive says of its size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_PART) as part:
            markup = part.read(limit + 1)
    except KeyError as error:
        raise FormatError(
            origin,
            "expected a Word document (.docx), found another kind of zip archive; unpack or convert it",
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        reason = (
            f"expected a whole Word document, found it broken or encrypted ({str(error)[:60]}); save it again"
        )
        raise FormatError(origin, reason) from error
    if len(markup) > limit:
        raise TooLargeError(
            origin, f"expected at most {limit:,} bytes of text and markup, found more; split it"
        )
    return markup


def _text_of(paragraph: etree._Element) -> list[str]:
    """The text of a paragraph, without that of paragraphs inside it (text boxes) and what was deleted."""
    parts: list[str] = []
    waiting = list(paragraph)[::-1]
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if tag in _DELETED or tag == f"{_W}p":
            continue
        if tag == f"{_W}t":
            parts.append(element.text or "")
        elif tag in _BREAKS:
            parts.append(_BREAKS[tag])
        waiting += list(element)[::-1]
    return parts

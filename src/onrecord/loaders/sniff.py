"""Which format bytes are in: by what they hold, with the name or the server's word as a hint.

The signs of a format win over the hint where they are sure (a PDF named ``report.txt`` is a PDF); the hint
decides what content alone can't (a file that begins with ``{`` may be JSON or prose).
"""

from __future__ import annotations

import re
from typing import Literal

from onrecord.errors import FormatError

Format = Literal["text", "html", "pdf", "json"]

_BY_SUFFIX: dict[str, Format] = {
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml", ".phtml"), "html"),
    **dict.fromkeys((".txt", ".text", ".md", ".markdown", ".srt", ".vtt"), "text"),
    **dict.fromkeys((".json", ".jsonl", ".ndjson", ".jl"), "json"),
    ".pdf": "pdf",
}
_BY_TYPE: dict[str, Format] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "text",
    "text/vtt": "text",
    "application/x-subrip": "text",
    "application/pdf": "pdf",
    **dict.fromkeys(
        (
            "application/json",
            "application/jsonl",
            "application/jsonlines",
            "application/x-ndjson",
            "application/ld+json",
        ),
        "json",
    ),
}

# Formats that open with bytes of their own: (offset, bytes, what it is, what to do).
_CONVERT = "save it as text, HTML or PDF first"
_DECOMPRESS = "unpack it first"
_INGEST = "give it to onrecord ingest"
_IMAGE = "run text recognition (OCR) on it first"
_PLAIN_MAGIC = (  # these open with printable characters, and still no report does
    (0, b"{\\rtf", "rich text (RTF)", _CONVERT),
    (0, b"%!PS", "PostScript", "convert it to PDF first"),
    (0, b"WARC/1.", "a web archive (WARC)", _INGEST),
    (0, b"SQLite format 3\x00", "a SQLite database", "export its texts as JSONL"),
)
_BINARY_MAGIC = (  # looked at only when the bytes aren't text, as a report may well begin with "MZ" or "BM"
    (0, b"\x89PNG", "a PNG image", _IMAGE),
    (0, b"\xff\xd8\xff", "a JPEG image", _IMAGE),
    (0, b"GIF8", "a GIF image", _IMAGE),
    (0, b"II*\x00", "a TIFF image", _IMAGE),
    (0, b"MM\x00*", "a TIFF image", _IMAGE),
    (0, b"BM", "a BMP image", _IMAGE),
    (8, b"WEBP", "a WebP image", _IMAGE),
    (4, b"ftypheic", "a HEIC image", _IMAGE),
    (4, b"ftypavif", "an AVIF image", _IMAGE),
    (0, b"\x00\x00\x01\x00", "an icon", _IMAGE),
    (4, b"ftyp", "an MP4 film or sound", "transcribe it first"),
    (8, b"WAVE", "a WAV sound", "transcribe it first"),
    (8, b"AVI ", "an AVI film", "transcribe it first"),
    (0, b"\x1aE\xdf\xa3", "a Matroska or WebM film", "transcribe it first"),
    (0, b"ID3", "an MP3 sound", "transcribe it first"),
    (0, b"OggS", "an Ogg sound", "transcribe it first"),
    (0, b"fLaC", "a FLAC sound", "transcribe it first"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file", _CONVERT),
    (0, b"\x1f\x8b", "a gzip archive", _DECOMPRESS),
    (0, b"BZh", "a bzip2 archive", _DECOMPRESS),
    (0, b"\xfd7zXZ", "an xz archive", _DECOMPRESS),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive", _DECOMPRESS),
    (0, b"7z\xbc\xaf", "a 7-Zip archive", _DECOMPRESS),
    (0, b"Rar!", "a RAR archive", _DECOMPRESS),
    (257, b"ustar", "a tar archive", _DECOMPRESS),
    (0, b"PAR1", "a Parquet table", "export its texts as JSONL"),
    (0, b"\x7fELF", "a program", "name a report"),
    (0, b"MZ", "a program", "name a report"),
    (0, b"\x80\x04\x95", "a Python pickle", "export its texts as JSONL; pickles are never read"),
)
_ZIP_KINDS = (
    (b"word/", "a Word document (.docx)", _CONVERT),
    (b"xl/", "an Excel workbook (.xlsx)", _CONVERT),
    (b"ppt/", "a PowerPoint file (.pptx)", _CONVERT),
    (b"mimetypeapplication/vnd.oasis", "an OpenDocument file (.odt)", _CONVERT),
    (b"mimetypeapplication/epub", "an EPUB book", _CONVERT),
    (b"[Content_Types].xml", "a Microsoft Office file", _CONVERT),
)

_HTML_SURE = re.compile(rb"<(?:!doctype\s{1,8}html|html|head)[\s>]", re.IGNORECASE)
_HTML_LIKELY = re.compile(
    rb"<(?:!--|body|title|meta|link|script|style|div|p|h[1-6]|table|article|section|main|header|nav|span|a|br)[\s>/-]",
    re.IGNORECASE,
)
_CHARSET = re.compile(r"charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_XML_ROOT = re.compile(rb"<([A-Za-z][A-Za-z0-9:_.-]{0,60})[\s>/]")
_FEED_ROOTS = frozenset(("rss", "feed", "rdf:RDF"))
_JSON_OBJECT = re.compile(rb'\{\s{0,64}(?:"|\}|$)')


def hint_of_name(name: str) -> Format | None:
    """What a file's suffix says.

    >>> hint_of_name("Report.HTM"), hint_of_name("report")
    ('html', None)
    """
    dot = name.rfind(".")
    return _BY_SUFFIX.get(name[dot:].lower()) if dot >= 0 else None


def hint_of_type(content_type: str) -> Format | None:
    """What a server's ``Content-Type`` says.

    >>> hint_of_type("text/HTML; charset=utf-8"), hint_of_type("image/png")
    ('html', None)
    """
    return _BY_TYPE.get(content_type.split(";", 1)[0].strip().lower())


def charset_of_type(content_type: str) -> str | None:
    """The charset in a server's ``Content-Type``.

    >>> charset_of_type('text/html; charset="Windows-1252"')
    'Windows-1252'
    """
    found = _CHARSET.search(content_type)
    return found[1] if found else None


def sniff(head: bytes, *, origin: str, hint: Format | None = None) -> Format:
    """The format of a document, from its first bytes.

    Args:
        head: the first bytes (8 KB are enough; all of them if there are fewer).
        origin: named in the error.
        hint: what the suffix or the server says.

    Raises:
        FormatError: a format that isn't read, by its name.
    """
    if b"%PDF-" in head[:1024]:
        return "pdf"
    _refuse(head, _PLAIN_MAGIC, origin)
    start = _start(head)
    if start[:1] == b"<" and (markup := _markup(start, origin, hint)):
        return markup
    if hint == "html":
        return "html" if re.search(rb"<[A-Za-z!/]", _without_nuls(head)) else "text"
    if start and (
        hint == "json" or (start[:1] in (b"{", b"[") and hint is None and _JSON_OBJECT.match(start))
    ):
        return "json"
    return "text"


def _markup(start: bytes, origin: str, hint: Format | None) -> Format | None:
    prolog = start[:5].lower() == b"<?xml"
    if _HTML_SURE.search(start[:1024]) and (prolog or hint != "text" or _HTML_SURE.match(start)):
        return "html"
    if prolog and hint != "text":
        root = _XML_ROOT.search(start)
        name = root[1].decode("ascii") if root else "?"
        found, advice = (
            ("a feed", _INGEST) if name in _FEED_ROOTS else (f"XML with the root <{name}>", _CONVERT)
        )
        raise FormatError(origin, f"expected text, HTML, PDF or JSONL, found {found}; {advice}")
    if hint in (None, "html") and _HTML_LIKELY.match(start):
        return "html"
    return None


def check_binary(data: bytes, *, origin: str) -> None:
    """Refuse bytes that are no text in any charset, by the name of what they look like.

    Raises:
        FormatError: a known binary format, NUL characters, or more control characters than any text has.
    """
    controls = sum(data.count(bytes((code,))) for code in _CONTROLS)
    nuls = data.count(b"\0")
    if not nuls and controls * 50 <= len(data):
        return
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        kind, advice = next(
            ((k, a) for mark, k, a in _ZIP_KINDS if mark in data[:65536]), ("a zip archive", _DECOMPRESS)
        )
        raise FormatError(origin, f"expected text, HTML, PDF or JSONL, found {kind}; {advice}")
    _refuse(data[:1024], _BINARY_MAGIC, origin)
    found = f"NUL characters ({nuls:,} of {len(data):,} bytes)" if nuls else "binary data"
    raise FormatError(origin, f"expected text, HTML, PDF or JSONL, found {found}; {_CONVERT}")


_CONTROLS = [
    code for code in range(1, 32) if code not in b"\t\n\x0b\x0c\r\x1b"
]  # 1b: ISO 2022 charsets need it


def _refuse(head: bytes, magic: tuple[tuple[int, bytes, str, str], ...], origin: str) -> None:
    for offset, mark, kind, advice in magic:
        if head[offset : offset + len(mark)] == mark:
            raise FormatError(origin, f"expected text, HTML, PDF or JSONL, found {kind}; {advice}")


def _start(head: bytes) -> bytes:
    """The head without a byte order mark, leading space, comments and the NULs of UTF-16."""
    start = _without_nuls(head)
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        start = start.removeprefix(mark)
    start = start.lstrip()
    while start.startswith(b"<!--") and (end := start.find(b"-->")) > 0:
        start = start[end + 3 :].lstrip()
    return start


def _without_nuls(head: bytes) -> bytes:
    return head.replace(b"\0", b"")

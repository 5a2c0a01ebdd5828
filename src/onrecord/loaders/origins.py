"""What the user named: files, folders, patterns, URLs, standard input."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

STDIN = "-"

# What a folder gives: files whose suffix says that they may hold a document, and files without one. The
# rest (pictures, style sheets beside a saved page, programs) is left alone there, and still read, or
# refused by name, when named itself.
_SUFFIXES = ".txt .text .srt .vtt .md .markdown .html .htm .xhtml .shtml .phtml .pdf .json .jsonl .ndjson .jl"
DOCUMENT_SUFFIXES = frozenset(_SUFFIXES.split())
# What holds many documents, or packs one: an ingest takes them from a folder, too.
CONTAINER_SUFFIXES = frozenset((".warc", ".xml", ".rss", ".atom", ".rdf"))
COMPRESSED_SUFFIXES = frozenset((".gz", ".zst", ".lz4"))
_LONGEST_KIND = 16
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,30}:(?://|(?=(?:[/\\])))")


def is_url(origin: str) -> bool:
    """Whether this names a place by a scheme (``http://…``, and also ``ftp://…``, which is refused later,
    by name).

    >>> is_url("https://example.org/a"), is_url("C:/reports/a.txt"), is_url("report.html")
    (True, False, False)
    """
    return _SCHEME.match(origin) is not None


def shown(origin: str) -> str:
    """The origin as it can be shown and stored: control characters and bytes that aren't UTF-8 are written
    as escapes; an empty one, as a variable that isn't set gives, as its quotation marks.

    >>> shown("a\\x1b[31m.txt"), shown("")
    ('a\\\\x1b[31m.txt', "''")
    """
    if not origin:
        return "''"
    if origin.isprintable():
        return origin
    return "".join(
        c if c.isprintable() or c in "\u00a0\u3000" else c.encode("unicode_escape").decode() for c in origin
    )


def expand(
    inputs: Iterable[str | Path], *, containers: bool = False, skipped: Counter[str] | None = None
) -> Iterator[str]:
    """The origins that these inputs stand for, one for each file, in order.

    * ``-`` and URLs pass through.
    * A folder gives the files in it and below it, sorted, without hidden ones; only files whose suffix is
      one of a document, compressed with gzip or not, or that have none. A folder in which there is no such file, or that can't be listed,
      passes through.
    * A path that doesn't exist and has ``*``, ``?`` or ``[`` gives what the pattern finds, sorted (``**``
      goes down folders).
    * Everything else passes through, so that a missing file fails by name when it is read.

    Args:
        containers: whether a folder also gives web archives, feeds and files compressed otherwise.
        skipped: gets the kinds (``.docx``, ``.txt.gz``) of the files that folders hold and don't give, counted.
    """
    for item in inputs:
        origin = os.fspath(item)
        if origin == STDIN or is_url(origin):
            yield origin
        elif _is_folder(origin):
            yield from _in_folder(origin, containers, skipped)
        elif glob.has_magic(origin) and not _exists(origin):
            yield from _matching(origin, containers, skipped)
        else:
            yield origin


def documents_in(
    folder: str, *, containers: bool = False, skipped: Counter[str] | None = None
) -> Iterator[str]:
    """The documents (and containers of documents) in a folder, and each subfolder that can't be listed: it mustn't be lost in silence."""
    unlisted: list[str] = []

    def note(error: OSError) -> None:
        if error.filename is not None:
            unlisted.append(os.fspath(error.filename))

    for root, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from _drained(unlisted, but=folder)
        for name in sorted(names):
            path = os.path.join(root, name)
            if _is_document_name(name, containers):
                if _is_file_or_dangling(path):
                    yield path
            elif skipped is not None and not name.startswith("."):
                skipped[_kind_of(name)] += 1
    yield from _drained(unlisted, but=folder)


def _drained(paths: list[str], *, but: str) -> Iterator[str]:
    while paths:
        path = paths.pop(0)
        if path != but:
            yield path


def _in_folder(folder: str, containers: bool, skipped: Counter[str] | None) -> Iterator[str]:
    empty = True
    for path in documents_in(folder, containers=containers, skipped=skipped):
        empty = False
        yield path
    if empty:
        yield folder


def _matching(pattern: str, containers: bool, skipped: Counter[str] | None) -> Iterator[str]:
    found = False
    for path in sorted(glob.iglob(pattern, recursive=True)):
        found = True
        if not _is_folder(path):
            yield path
        elif not pattern.rstrip("/\\").endswith("**"):  # ``**`` names the files in the folder already
            yield from _in_folder(path, containers, skipped)
    if not found:
        yield pattern


def _kind_of(name: str) -> str:
    """The suffix of a name, with the one before it where the file is compressed.

    >>> _kind_of("Report.DOCX"), _kind_of("a.txt.gz"), _kind_of("a.gz")
    ('.docx', '.txt.gz', '.gz')
    """
    stem, suffix = os.path.splitext(name.lower())
    return (os.path.splitext(stem)[1] + suffix if suffix in COMPRESSED_SUFFIXES else suffix)[:_LONGEST_KIND]


def _is_document_name(name: str, containers: bool) -> bool:
    stem, suffix = os.path.splitext(name.lower())
    if suffix == ".gz" or (containers and suffix in COMPRESSED_SUFFIXES):
        suffix = os.path.splitext(stem)[1] or suffix
    return not name.startswith(".") and (
        not suffix or suffix in DOCUMENT_SUFFIXES or (containers and suffix in CONTAINER_SUFFIXES)
    )


def _is_file_or_dangling(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return True  # a dangling link, or one that may not be looked at: it fails by name when it is read


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


def _exists(path: str) -> bool:
    try:
        os.lstat(path)
    except (OSError, ValueError):
        return False
    return True

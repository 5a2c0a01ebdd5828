"""Bytes, files, folders and addresses to documents: text, HTML, PDF, JSON Lines, transcripts; what they say of themselves; named errors.

Where bytes come from:

* ``options``: limits and choices; ``origins``: what the user named, one origin for each file and address
* ``files``: a file or standard input; ``peekable``: a stream that can be looked into
* ``fetch``, ``connection``, ``public_hosts``, ``proxies``, ``robots``: a URL, and what it may be

What they are, and the text in them:

* ``sniff``: the format; ``text``: the charset; ``language``: the language
* ``html``, ``main_text``, ``page_metadata``, ``page_date``, ``json_ld``: a page, its article, and what it says of itself
* ``docx``: a Word document's paragraphs
* ``pdf``: a PDF; ``worker``, ``worker_main``: the process in which it is parsed
* ``pdf_parser``, ``pdf_layout``: its lines, and paragraphs made of them
* ``jsonl``: an object a line
* ``containers``: what holds many documents; ``warc``, ``feed``, ``gdelt``: each kind of these; ``compressed``: gzip
* ``subtitles``: SubRip and WebVTT, as transcripts with time codes

What the text's own head says:

* ``header``, ``dateline``, ``dates``: title, byline, place and day
* ``transcript``: whose turn each stretch is
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

from onrecord.errors import EmptyError, FormatError, LoadError, SettingsError, TooLargeError
from onrecord.loaders.compressed import GZIP, decompressed, without_packing
from onrecord.loaders.files import HEAD, open_origin, read_head, read_rest
from onrecord.loaders.header import read_header
from onrecord.loaders.language import language_of
from onrecord.loaders.options import DEFAULTS, LoadOptions, is_day
from onrecord.loaders.origins import expand, is_url, shown
from onrecord.loaders.peekable import PeekableStream, Readable
from onrecord.loaders.sniff import Format, check_binary, hint_of_name, hint_of_type, sniff
from onrecord.loaders.subtitles import is_subtitles, to_transcript
from onrecord.loaders.text import decode
from onrecord.loaders.transcript import is_transcript
from onrecord.text.segmentation import tokenize
from onrecord.types import UNPUBLISHED, Document, Failure, Published

if TYPE_CHECKING:
    from onrecord.loaders.fetch import Response

_SOMETHING = re.compile(
    "[^\\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)  # not space, not without width

__all__ = [
    "LoadOptions",
    "document_of",
    "expand",
    "load_bytes",
    "load_document",
    "load_documents",
    "load_response",
    "load_stream",
]


def load_documents(origin: str, *, options: LoadOptions = DEFAULTS) -> Iterator[Document | Failure]:
    """Every document of one origin: one, or one for each line of JSON Lines. What can't be read is a ``Failure`` in its place."""
    try:
        yield from _read(origin, options)
    except LoadError as error:
        yield Failure(error.origin, error)


def load_document(origin: str, *, options: LoadOptions = DEFAULTS) -> Document:
    """The one document of an origin.

    Raises:
        LoadError: it can't be read, or there are several.
    """
    found = list(_two(load_documents(origin, options=options)))
    if not found:
        raise EmptyError(shown(origin), "there is no text in it")
    if len(found) > 1:
        raise FormatError(shown(origin), "expected one document, found several; read them with read_many")
    if isinstance(found[0], Failure):
        raise found[0].error
    return found[0]


def _two(documents: Iterator[Document | Failure]) -> Iterator[Document | Failure]:
    for _, document in zip(range(2), documents, strict=False):
        yield document


def document_of(
    text: str,
    *,
    origin: str = "text",
    published: str | None = None,
    title: str | None = None,
    byline: str | None = None,
    publisher: str | None = None,
    dated: Published = UNPUBLISHED,
    options: LoadOptions = DEFAULTS,
    spoken: bool = False,
) -> Document:
    """The document of a text in memory, which stays as it is; what its head says fills in what isn't given.

    Args:
        published: the day as the user gives it, which wins over all else.
        dated: the day as the document's own metadata give it.
        spoken: the text is a transcript, however few labels it has.

    Raises:
        EmptyError: there is nothing but space in it, signs of no width included.
        TooLargeError: it has more characters than ``options.max_characters``, or more words than
            ``options.max_words``.
        FormatError: it holds NUL characters or lone surrogates (halves of characters), which no file in UTF-8 and no
            database can keep. In JSON, where broken software leaves them, they are replaced by U+FFFD, one for one.
        SettingsError: ``published`` isn't a day.
    """
    if published is not None and not is_day(published):
        raise SettingsError(
            f"published: expected a day such as 2024-03-12 (ISO 8601), found {published!r:.40}"
        )
    _check_text(text, origin, options)
    header = read_header(text, url=origin if is_url(origin) else None)
    transcript = spoken or is_transcript(text)
    given = published or options.published
    return Document.of(
        text,
        origin=origin,
        title=title or header.title,
        byline=byline or header.byline,
        publisher=publisher,
        dateline=None if transcript else header.dateline,
        published=Published(given, "given") if given else _most_reliable(dated, header.published),
        language=language_of(text),
        kind="transcript" if transcript else "article",
    )


def _check_text(text: str, origin: str, options: LoadOptions) -> None:
    """Refuse what is no text that can be kept, or more than may be read."""
    if not _SOMETHING.search(text):
        raise EmptyError(origin, "there is no text in it")
    if len(text) > options.max_characters:
        raise TooLargeError(
            origin, f"expected at most {options.max_characters:,} characters, found {len(text):,}; split it"
        )
    if len(text) > options.max_words and (words := sum(1 for _ in tokenize(text))) > options.max_words:
        raise TooLargeError(
            origin, f"expected at most {options.max_words:,} words and marks, found {words:,}; split it"
        )
    if "\0" in text:
        raise FormatError(origin, "expected text, found NUL characters; save it as text first")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise FormatError(
            origin,
            f"expected text, found half a character (a lone surrogate) at {error.start:,}; replace it first",
        ) from error


def _most_reliable(own: Published, head: Published) -> Published:
    """The document's metadata before its head, and its head before its address."""
    return (
        head if own.basis == "none" or (own.basis == "url" and head.basis in ("header", "dateline")) else own
    )


def load_bytes(
    data: bytes,
    *,
    origin: str,
    content_type: str = "",
    charset: str | None = None,
    url: str | None = None,
    options: LoadOptions = DEFAULTS,
) -> Iterator[Document | Failure]:
    """The documents in bytes that a server or an archive handed over.

    Args:
        content_type: what they are said to be; it decides what the bytes alone can't.
        charset: what their text is said to be written in.
        url: where they were found, where that is another address than ``origin``.

    Raises:
        LoadError: they can't be read.
    """
    hint = hint_of_type(content_type) or hint_of_name(url or origin)
    form = sniff(data, origin=shown(origin), hint=hint)
    yield from _documents(data, form, shown(origin), options, charset=charset, url=url)


def load_response(
    response: Response, *, origin: str, options: LoadOptions = DEFAULTS
) -> Iterator[Document | Failure]:
    """The documents in what an address answered.

    Raises:
        LoadError: they can't be read.
    """
    return load_bytes(
        response.data,
        origin=origin,
        content_type=response.content_type,
        charset=response.charset,
        url=response.url,
        options=options,
    )


def load_stream(
    file: BinaryIO, *, origin: str, named: str | None = None, options: LoadOptions = DEFAULTS
) -> Iterator[Document | Failure]:
    """The documents in an open file, from where it stands.

    Args:
        named: the name that tells its format, where that isn't ``origin``: of what was compressed, without the packing's suffix.

    Raises:
        LoadError: it can't be read.
    """
    head = read_head(origin, file)
    form = sniff(head, origin=shown(origin), hint=hint_of_name(named or origin))
    if form == "json":
        yield from _json_documents(file, head, shown(origin), options)
        return
    data = read_rest(origin, file, head, limit=options.max_bytes)
    yield from _documents(data, form, shown(origin), options)


def _read(origin: str, options: LoadOptions) -> Iterator[Document | Failure]:
    if is_url(origin):
        from onrecord.loaders.fetch import fetch

        response = fetch(origin, options)
        if response.data.startswith(GZIP):
            stream = PeekableStream(io.BytesIO(response.data))
            yield from _decompress(stream, origin, options, named=response.url)
            return
        yield from load_response(response, origin=origin, options=options)
        return
    with open_origin(origin) as file:
        stream = PeekableStream(cast(Readable, file))
        if stream.peek(len(GZIP)) == GZIP:
            yield from _decompress(stream, origin, options, named=origin)
            return
        yield from load_stream(cast(BinaryIO, stream), origin=origin, options=options)


def _decompress(
    stream: PeekableStream, origin: str, options: LoadOptions, *, named: str
) -> Iterator[Document | Failure]:
    """The documents in a gzip file. What is in it counts against the same limits as if it weren't compressed, and a
    second packing is refused by name.
    """
    with decompressed(stream, name=shown(origin)) as inner:
        file = cast(BinaryIO, inner)
        yield from load_stream(file, origin=origin, named=without_packing(named), options=options)


def _json_documents(
    file: BinaryIO, head: bytes, name: str, options: LoadOptions
) -> Iterator[Document | Failure]:
    """The documents of JSON; a line that can't be read is a failure between the others."""
    from onrecord.loaders.jsonl import read_lines

    check_binary(head[:HEAD], origin=name)  # once, and not for each line
    for origin, line in read_lines(file, head, origin=name, options=options):
        if isinstance(line, LoadError):
            yield Failure(origin, line)
            continue
        try:
            yield document_of(
                line.text,
                origin=origin,
                title=line.title,
                byline=line.byline,
                publisher=line.publisher,
                dated=line.published,
                options=options,
            )
        except LoadError as error:
            yield Failure(origin, error)


def _documents(
    data: bytes,
    form: Format,
    name: str,
    options: LoadOptions,
    *,
    charset: str | None = None,
    url: str | None = None,
) -> Iterator[Document | Failure]:
    if form == "html":
        from onrecord.loaders import html

        page = html.extract(data, origin=name, options=options, charset=charset, url=url)
        yield document_of(
            page.text,
            origin=name,
            title=page.title,
            byline=page.byline,
            publisher=page.publisher,
            dated=page.published,
            options=options,
        )
    elif form == "pdf":
        from onrecord.loaders import pdf

        extract = pdf.extract(data, origin=name, options=options)
        yield document_of(
            extract.text,
            origin=name,
            title=extract.title,
            byline=extract.author,
            options=options,
        )
    elif form == "json":
        yield from _json_documents(io.BytesIO(b""), data, name, options)
    else:
        text = decode(data, origin=name, declared=charset)
        spoken = is_subtitles(text)
        if spoken:
            text = to_transcript(text, origin=name)
        yield document_of(text, origin=name, options=options, spoken=spoken)

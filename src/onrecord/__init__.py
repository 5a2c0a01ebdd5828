"""OnRecord reads news reports and keeps the record of who said what, on whose word.

    import onrecord

    report = onrecord.read("report.html")
    for statement in report.statements:
        print(report.speaker_of(statement), statement.cue, statement.content)

Importing this package loads no model; the first report does.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.errors import OnRecordError
from onrecord.privacy import switch_telemetry_off
from onrecord.types import Claim, Document, Failure, Report, Span, Speaker, Statement

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.loaders import LoadOptions
    from onrecord.pipeline import Pipeline

switch_telemetry_off()  # before anything can import ONNX Runtime

__version__ = "0.1.0"
__all__ = [
    "Claim",
    "Document",
    "Failure",
    "OnRecordError",
    "Report",
    "Span",
    "Speaker",
    "Statement",
    "read",
    "read_many",
    "read_text",
]


def read(source: str | Path, *, options: LoadOptions | None = None) -> Report:
    """The report of one document: a file, a URL, or "-" for standard input.

    Raises:
        LoadError: it can't be read; the message names it and says why and what to do.
        BundleError: the model isn't whole.
    """
    from onrecord.loaders import load_document

    document = load_document(str(source), options=options) if options else load_document(str(source))
    return _pipeline().read(document)


def read_text(text: str, *, origin: str = "text", published: str | None = None) -> Report:
    """The report of a text in memory.

    Args:
        origin: a name for it, which errors and the report use.
        published: its day of publication, such as "2024-03-12", where known.

    Raises:
        LoadError: there is no text in it, or more than can be read.
    """
    from onrecord.loaders import document_of

    return _pipeline().read(document_of(text, origin=origin, published=published))


def read_many(
    inputs: str | Path | Iterable[str | Path],
    *,
    workers: int | None = None,
    options: LoadOptions | None = None,
) -> Iterator[Report | Failure]:
    """The reports of many documents, in order; a ``Failure`` with its name and reason where one can't be read.

    Args:
        inputs: one or several of: files, folders, patterns, addresses; a JSON Lines file gives a report for each line.
        workers: threads to read with, by default one for each core.
        options: limits and choices of reading.
    """
    from onrecord.loaders import LoadOptions, expand, load_documents

    if isinstance(inputs, str | os.PathLike):  # a name is letters to a loop, and "/" among them all of a disk
        inputs = [inputs]
    chosen = options or LoadOptions()
    documents = (document for origin in expand(inputs) for document in load_documents(origin, options=chosen))
    yield from _pipeline().read_many(documents, workers=workers)


@functools.cache
def _pipeline() -> Pipeline:
    from onrecord.pipeline import Pipeline

    return Pipeline.load()

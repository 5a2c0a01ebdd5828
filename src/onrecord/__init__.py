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

    from onrecord.desk.audit import Audit
    from onrecord.desk.track import Track
    from onrecord.desk.verdict import Verdict
    from onrecord.loaders import LoadOptions
    from onrecord.pipeline import Pipeline
    from onrecord.record import Record

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
    "audit",
    "read",
    "read_many",
    "read_text",
    "track",
    "verify",
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


def audit(
    source: str | Path | Report,
    *,
    rules: str | Path | Iterable[str | Path] = "default",
    record: Record | None = None,
) -> Audit:
    """How a report is sourced: its voices, how they know, who isn't named and why; findings by rules.

    Args:
        source: a report, or the file or URL of one.
        rules: a preset ("default", "ap", "reuters") or a TOML file; of several, a later one adds to those before.
        record: a record to compare the report with; it is only read.

    Raises:
        LoadError: the report can't be read.
        SettingsError: the rules have a mistake; the message names file and key.
    """
    from onrecord.desk.audit import audit_report, load_rules

    chosen = load_rules(*([rules] if isinstance(rules, str | os.PathLike) else rules))
    report = source if isinstance(source, Report) else read(source)
    return audit_report(report, rules=chosen, record=record)


def track(
    words: str = "",
    *,
    record: Record,
    speaker: str | None = None,
    of: str | None = None,
    unit: str | None = None,
    as_of: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Track:
    """What was said of a quantity over time, by whom, and who contradicts whom.

    Args:
        words: words that the statements have.
        record: the record to look in; it is only read.
        speaker: words of the speaker's name.
        of: what is counted, such as "people" or "dead".
        unit: what it is measured in, such as "percent" or "USD".
        as_of: a day (ISO 8601); what was published later doesn't count.
        since, until: days, months or years of publication, both included.

    Raises:
        SettingsError: a value that can't be one.
        RecordError: the record can't be read.
    """
    from onrecord.desk.track import Asked, track_record

    asked = Asked(words=words, speaker=speaker, of=of, unit=unit, as_of=as_of, since=since, until=until)
    return track_record(record, asked)


def verify(
    quotation: str,
    *,
    record: Record | str | Path | None = None,
    speaker: str | None = None,
    since: str | None = None,
    until: str | None = None,
    publisher: str | None = None,
) -> Verdict:
    """Whether somebody has said this, in these words: the verdict on a quotation, with its findings.

    Args:
        quotation: the words, two at least, with or without quotation marks.
        record: an open record, or its location; without it ``ONRECORD_URL``, else the one in your data
            folder.
        speaker: who is said to have said it.
        since: the first day, month or year (ISO 8601) of the reports that should have it.
        until: the last.
        publisher: the outlet that should have it.

    Raises:
        SettingsError: fewer than two words, more than 5,000 characters, or a day that isn't one.
        RecordError: the record can't be read.
    """
    from onrecord.desk.verify import Asked, verify_in

    return verify_in(record, quotation, asked=Asked(speaker, since, until, publisher))


@functools.cache
def _pipeline() -> Pipeline:
    from onrecord.pipeline import Pipeline

    return Pipeline.load()

"""``onrecord ingest``: reports into the record, any number of them, to be stopped and gone on with."""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.cli.console import INTERRUPTED, SOME_FAILED, plural, say, write_line
from onrecord.cli.failures import print_failures, print_skipped
from onrecord.cli.options import (
    ParserMemory,
    ParserSeconds,
    PublicationDay,
    Quiet,
    RecordLocation,
    TextField,
    given_day,
    given_limits,
)
from onrecord.errors import RecordError, SettingsError

if TYPE_CHECKING:
    from onrecord.ingest import Progress
    from onrecord.loaders.containers import DocumentLoader
    from onrecord.record import Record

_LINE_EVERY_S = 60.0  # where there is no terminal to draw a bar on
_SINGLE = frozenset((".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ""))


def ingest(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH|URL|-...",
            help="Reports, folders, patterns, addresses, feeds, web archives (WARC), JSON Lines, GDELT quotation files, any of them compressed with gzip; - is standard input.",
            show_default=False,
        ),
    ] = None,
    location: RecordLocation = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", "-j", min=1, metavar="N", help="Processes that read.", show_default="all cores"
        ),
    ] = None,
    retry_failed: Annotated[
        bool,
        typer.Option(
            "--retry-failed", help="Also try again what failed before (onrecord failures lists it)."
        ),
    ] = False,
    reread: Annotated[
        bool,
        typer.Option(
            "--reread",
            help="Read again what an older model or version read: of the inputs, or without any, the whole record from the texts it keeps.",
        ),
    ] = False,
    follow: Annotated[
        bool | None,
        typer.Option(
            "--follow/--no-follow",
            help="Fetch the pages that a feed leads to.",
            show_default="for a feed named by its address",
        ),
    ] = None,
    text_field: TextField = "text",
    date: PublicationDay = None,
    parser_memory: ParserMemory = None,
    parser_seconds: ParserSeconds = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON at the end.")] = False,
    quiet: Quiet = False,
) -> None:
    """Read reports into the record, each once, however often and in however many places it is met.

    A folder of reports; a web archive as Common Crawl has them; a feed, today and again tomorrow:

        onrecord ingest reports/
        onrecord ingest CC-NEWS-20240312.warc.gz --workers 8
        onrecord ingest https://example.org/news/rss.xml

    From another program, and into a team's database:

        zcat articles.jsonl.gz | onrecord ingest - --text-field body
        onrecord ingest reports/ --record postgresql://ana@host/news

    It may be stopped at any time, by Ctrl-C, kill or a power cut: the same command goes on where it
    was. What can't be read is named and kept in a list:

        onrecord failures
        onrecord ingest --retry-failed

    After an upgrade, read again; what stood before is kept as history, and people's corrections stay:

        onrecord ingest --reread

    Exit code: 0 all were read, or are in the record already; 1 the record can't be written; 2 the command
    line is wrong; 3 some could not be read: each is named on standard error, with its reason; 130 stopped.
    """
    from onrecord.loaders.containers import DocumentLoader
    from onrecord.loaders.options import LoadOptions
    from onrecord.record import open_record

    given = list(inputs or ())
    if not given and not (retry_failed or reread):
        raise SettingsError(
            "expected reports to ingest, found none; name files, folders or addresses, or - for standard input"
        )
    if reread and retry_failed and not given:
        raise SettingsError(
            "--reread without inputs reads the record's own texts; retry failures in a run of its own"
        )
    limits = given_limits(parser_memory, parser_seconds)
    loader = DocumentLoader(LoadOptions(published=given_day(date), text_field=text_field, **limits), follow)
    with open_record(location, create=bool(given)) as record:
        size = _measure(given)
        if not quiet:
            print_skipped(size.skipped, containers=True)
        job = _IngestJob(record, loader, workers or _cores(size), retry_failed, reread)
        total = _run(job, given, size, quiet=quiet)
        place = record.place
    if as_json:
        write_line(json.dumps(_counts(total)))
    elif not quiet:
        say(f"{_summary(total)}; the record is {place}")
    if total.failed:
        raise typer.Exit(SOME_FAILED)


@dataclass(frozen=True, slots=True)
class _IngestJob:
    """What an ingest runs with."""

    record: Record
    loader: DocumentLoader
    workers: int
    retry_failed: bool
    reread: bool

    def run(self, given: Sequence[str], progress: Callable[[Progress], None]) -> Progress:
        from onrecord import ingest as taking
        from onrecord.loaders.origins import expand

        read = taking.read_with_all_cores if self.workers == 1 else taking.read_with_one_core
        shared: dict[str, Any] = {
            "read": read, "model": taking.reader_version(), "progress": progress,
        }  # fmt: skip
        if self.reread and not given:
            return taking.reread(self.record, workers=self.workers, **shared)
        options = taking.IngestOptions(self.workers, self.retry_failed, self.reread)
        origins = expand(given, containers=True)
        return taking.ingest(self.record, origins, documents=self.loader.documents, options=options, **shared)


def _embed_and_link(record: Record, *, quiet: bool) -> None:
    """Makes what search by meaning needs, and links reports to each other: those that came in by this run and
    by one that was stopped.
    """
    from onrecord.embedding import embed_missing, load_default_embedder
    from onrecord.ingest import link_unlinked
    from onrecord.linking import link_new

    # All vectors first: a claim in other words is looked for among them, and each new one would have to be
    # loaded again.
    meaning = load_default_embedder()
    if meaning is not None:
        try:
            with _counting("statements given vectors of meaning", quiet=quiet) as count:
                embed_missing(record, meaning, progress=count)
        except RecordError as error:
            say(f"search by meaning is left out: {error}")
            meaning = None
    with _counting("reports linked", quiet=quiet) as count:
        link_unlinked(record, partial(link_new, embed=meaning.embed if meaning else None), progress=count)


def _run(job: _IngestJob, given: Sequence[str], size: _Size, *, quiet: bool) -> Progress:
    from onrecord.ingest import Progress

    last = Progress()

    def note(state: Progress) -> None:
        nonlocal last
        last = state
        if state.failure is not None:
            failures.add(state.failure)
        else:
            failures.print_due()
        show(state)

    try:
        with _shown(size, job.loader, quiet=quiet) as show, print_failures() as failures:
            total = job.run(given, note)
        _embed_and_link(job.record, quiet=quiet)
        return total
    except KeyboardInterrupt:
        say(f"stopped: {_summary(last)}; nothing is lost, and the same command goes on from here")
        raise typer.Exit(INTERRUPTED) from None


# How far it is


@dataclass(frozen=True, slots=True)
class _Size:
    """How many origins there are, and their bytes; ``None`` where an address or standard input is among them,
    whose bytes nobody knows. ``single``: each is one report. ``skipped``: the kinds of files that folders hold
    besides, counted.
    """

    origins: int
    bytes: int | None
    single: bool
    skipped: Counter[str]


def _measure(given: Sequence[str]) -> _Size:
    """Looks at every file's size, in a pass of its own: a million names needn't be held."""
    from onrecord.loaders.origins import expand

    count, total, known, single = 0, 0, True, True
    skipped: Counter[str] = Counter()
    for origin in expand(given, containers=True, skipped=skipped):
        count += 1
        single = single and os.path.splitext(origin)[1].lower() in _SINGLE
        try:
            status = os.stat(origin)
        except (OSError, ValueError):
            known = False
            continue
        total += status.st_size if stat.S_ISREG(status.st_mode) else 0
    return _Size(count, total if known and count else None, single, skipped)


def _cores(size: _Size) -> int:
    """Processes to read with: as many as there are cores, no more than there are reports."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, size.origins)) if size.single and size.origins else cores


@contextmanager
def _shown(size: _Size, loader: DocumentLoader, *, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """What is called after each report, to show how far it is: a bar on a terminal, else a line a minute."""
    if quiet:
        yield lambda state: None
    elif not sys.stderr.isatty():
        yield _Lines(size, loader)
    else:
        with _bar(size, loader) as show:
            yield show


class _Lines:
    """A line every minute, for logs."""

    def __init__(self, size: _Size, loader: DocumentLoader) -> None:
        self._size, self._loader, self._next = size, loader, time.monotonic() + _LINE_EVERY_S

    def __call__(self, state: Progress) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _LINE_EVERY_S
        said = f"{_summary(state)}; {state.rate:,.1f} reports/s"
        if self._size.bytes and 0 < (share := self._loader.position / self._size.bytes) < 1:
            left = state.elapsed_s * (1 - share) / share
            said += f", {share:.0%}, about {_span(left)} left"
        say(said)


@contextmanager
def _bar(size: _Size, loader: DocumentLoader) -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(bar_width=24),
        TaskProgressColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(compact=True),
    )
    console = Console(stderr=True)
    with Bar(
        *columns, console=console, transient=True, redirect_stdout=False, speed_estimate_period=120
    ) as bar:
        task = bar.add_task("reading", total=size.bytes)

        def show(state: Progress) -> None:
            said = f"{state.added:,} new, {state.known:,} known, {state.failed:,} failed, {state.rate:,.1f}/s"
            bar.update(task, completed=loader.position, description=said)

        yield show


@contextmanager
def _counting(what: str, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """What is called with a count as it grows: on a terminal it is shown at once, else in a line a minute."""
    due = time.monotonic() + _LINE_EVERY_S

    def tell(count: int) -> None:
        nonlocal due
        if not quiet and time.monotonic() >= due:
            due = time.monotonic() + _LINE_EVERY_S
            say(f"{count:,} {what}")

    if quiet or not sys.stderr.isatty():
        yield tell
        return
    from rich.console import Console

    with Console(stderr=True).status(what) as status:
        yield lambda count: status.update(f"{count:,} {what}")


def _span(seconds: float) -> str:
    """A span of time as it is said.

    >>> _span(42), _span(600), _span(9000)
    ('42 s', '10 min', '2.5 h')
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


def _counts(total: Progress) -> dict[str, int]:
    return {
        "added": total.added, "known": total.known, "failed": total.failed, "statements": total.statements,
    }  # fmt: skip


def _summary(total: Progress) -> str:
    said = f"{plural(total.added, 'report')} with {plural(total.statements, 'statement')} added"
    if total.known:
        said += f", {total.known:,} there already"
    return f"{said}, {total.failed:,} failed" if total.failed else said

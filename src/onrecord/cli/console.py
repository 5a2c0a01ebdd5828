"""What the commands share: where output goes, how it stays safe to look at, and what an error turns into."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO, TypeVar, cast

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from onrecord.errors import LoadError, OnRecordError, SettingsError
from onrecord.render.safe_text import on_screen, one_line

FAILED = 1
USAGE = 2
SOME_FAILED = 3
UNKNOWN = 4
INTERRUPTED = 130
_PIPE_CLOSED = 141  # 128 + SIGPIPE: what a shell reports of any tool whose reader has left
_PIPED_WIDTH = 100
_NARROWEST = 8  # columns that a line gets, whatever its indent
MANY_DOCUMENTS = (".jsonl", ".ndjson", ".jl")

T = TypeVar("T")


def say(message: str) -> None:
    """One line on standard error, whatever the message holds."""
    with suppress(BrokenPipeError):  # nobody listens to standard error: nobody misses the line
        print(f"onrecord: {one_line(message)}", file=sys.stderr, flush=True)


@contextmanager
def errors_as_exit_codes() -> Iterator[None]:
    """Run a command: an error raised on purpose becomes its sentence and an exit code; a reader that has
    left, silence.

    Raises:
        typer.Exit: with the exit code.
    """
    _speak_unicode()
    try:
        yield
        sys.stdout.flush()
    except OnRecordError as error:
        say(str(error))
        # What a command raises about what it was pointed at is about its command line.
        raise typer.Exit(USAGE if isinstance(error, SettingsError | LoadError) else FAILED) from error
    except KeyboardInterrupt:
        say("interrupted; what was printed so far is complete")
        _leave_stdout()
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        _leave_stdout()
        raise typer.Exit(_PIPE_CLOSED) from None
    except OSError as error:
        # Files that are read are answered for where they are read; what is left is writing.
        say(f"the output can't be written: {error.strerror or error}; make room, or send it elsewhere")
        _leave_stdout()
        raise typer.Exit(FAILED) from error


def plural(count: int, thing: str) -> str:
    """A count of things.

    >>> plural(1, "report"), plural(1200, "report")
    ('1 report', '1,200 reports')
    """
    return f"{count:,} {thing}{'s' * (count != 1)}"


def terminal(*, width: int | None = None) -> Console:
    """Standard output for tables: with colours where it is a terminal that has them and ``NO_COLOR`` isn't
    set.

    Args:
        width: columns; else the terminal's, else ``COLUMNS``, else 100.
    """
    if width is None and not sys.stdout.isatty() and not os.environ.get("COLUMNS", "").isdigit():
        width = _PIPED_WIDTH
    return _Screen(file=sys.stdout, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


class _Screen(Console):
    """A console that shows control characters as visible ones, whoever forgot to, and that leaves a closed
    pipe to ``errors_as_exit_codes``: Rich itself would exit with 1.
    """

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """The segments of what is printed, with no control character of its text."""
        for segment in super().render(renderable, options):
            if segment.control or segment.text.isprintable():
                yield segment
            else:
                yield Segment(on_screen(segment.text), segment.style)

    def on_broken_pipe(self) -> None:
        """Nobody reads any more.

        Raises:
            BrokenPipeError: always.
        """
        raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


def indent_after_label(line: Text, label: Text, console: Console, *, width: int | None = None) -> list[Text]:
    """A line broken so that all of it stands to the right of its label.

    Args:
        label: what stands before it on the first line; white space as wide on the others. White space makes an indent.
        width: columns in all; else the console's.
    """
    room = max(_NARROWEST, (width or console.width) - label.cell_len)
    indent = Text(" " * label.cell_len)
    parts = []
    for number, part in enumerate(line.wrap(console, room) or [Text()]):
        part.rstrip()
        parts.append(Text.assemble(indent if number else label, part))
    return parts


def refuse_overwriting_input(option: str, target: Path, sources: Iterable[str | Path]) -> None:
    """Refuse to write over what is read: a report or a record that is written over is lost.

    Raises:
        SettingsError: the target is one of the sources, by this path or another.
    """
    if is_stdout(target) or not target.is_file():
        return
    held = target.stat()
    for source in sources:
        with suppress(OSError, ValueError):
            if os.path.samestat(os.stat(source), held):
                raise SettingsError(
                    f"{option}: expected a file that isn't read, found {target}, which would be lost; name another"
                )


def is_stdout(path: Path) -> bool:
    """Whether this stands for standard output."""
    return str(path) == "-"


def write_line(line: str) -> None:
    """One line on standard output, in UTF-8 whatever the locale, at once; safe to look at on a terminal."""
    if sys.stdout.isatty():
        line = on_screen(line)
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(f"{line}\n")
    else:
        buffer.write(f"{line}\n".encode())
    sys.stdout.flush()


@contextmanager
def atomic_writer(path: Path) -> Iterator[TextIO]:
    """A file to write text in UTF-8 to; it takes its place only when all is written, so that a half file
    never stands there.

    Raises:
        SettingsError: it can't be written there.
    """
    if is_stdout(path):
        yield _utf8_stdout()
        return
    if (
        path.exists() and not path.is_file()
    ):  # a folder is refused by the system, a device is written to as it is
        part, is_new = path, False
    else:
        part, is_new = path.with_name(f".{path.name}.{os.getpid()}.part"), True
    try:
        file = open(part, "x" if is_new else "w", encoding="utf-8", newline="\n")  # noqa: SIM115 (closed below, before it takes its place)
    except OSError as error:
        raise SettingsError(f"{path}: can't be written: {error.strerror}; choose another file") from error
    try:
        with file:
            yield file
        if part != path:
            os.replace(part, path)
    finally:
        if part != path:
            part.unlink(missing_ok=True)


def _utf8_stdout() -> TextIO:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    return cast(TextIO, _OnScreen()) if sys.stdout.isatty() else sys.stdout


class _OnScreen(io.TextIOBase):
    """Standard output on a terminal, for a format that is meant for files: what is written is made visible."""

    def write(self, text: str, /) -> int:
        """Write to the terminal."""
        sys.stdout.write(on_screen(text))
        return len(text)


@contextmanager
def show_progress(items: Iterable[T], origins: Sequence[str], *, wanted: bool) -> Iterator[Iterable[T]]:
    """The items, with a bar on standard error as they pass: only for several, only on a terminal that nothing
    else is printed to.

    Args:
        items: one for each origin, or more where an origin holds many.
        origins: where they come from.
        wanted: whether there should be a bar at all.
    """
    if not wanted or len(origins) < 2 or not sys.stderr.isatty() or sys.stdout.isatty():
        yield items
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    uncounted = any(
        origin == "-" or origin.lower().removesuffix(".gz").endswith(MANY_DOCUMENTS) for origin in origins
    )
    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as progress:
        yield progress.track(items, total=None if uncounted else len(origins))


def open_streams() -> None:
    """Give standard input, output and error a place where they were closed, as daemons leave them: nothing to read,
    nowhere to write. Otherwise the next file that is opened, be it the record, would stand for them.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 (as long as the process)


def _speak_unicode() -> None:
    """A reader's locale may lack characters of a report: they become question marks, never an exception."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _leave_stdout() -> None:
    """Point standard output at nothing, so that flushing what is buffered at exit fails for nobody."""
    try:
        descriptor = sys.stdout.fileno()
    except (AttributeError, ValueError, OSError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)

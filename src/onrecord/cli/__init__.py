"""The command ``onrecord``: parse, call, print. A file for each command; what they share is in ``console``.

Exit codes: 0 done; 1 it could not be done; 2 the command line asks for something that can't be; 3 some
documents failed, each named on standard error, and the rest were read; 4 the record has no such report or
speaker; 130 interrupted.
"""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from onrecord import __version__
from onrecord.cli import (
    audit,
    corrections,
    evaluate,
    export,
    imports,
    ingest,
    links,
    read,
    search,
    track,
    upkeep,
    verify,
)
from onrecord.cli.console import INTERRUPTED, errors_as_exit_codes, open_streams


class _Commands(TyperGroup):
    """The commands, each run so that what goes wrong is one sentence and an exit code; help and version too."""

    def make_context(self, *args: Any, **more: Any) -> Any:
        with errors_as_exit_codes():
            return super().make_context(*args, **more)

    def invoke(self, ctx: Any) -> Any:
        with errors_as_exit_codes():
            return super().invoke(ctx)


app = typer.Typer(
    cls=_Commands,
    name="onrecord",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def _onrecord(
    version: Annotated[
        bool,
        typer.Option(
            "--version", "-V", help="Print the version and stop.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Read news reports and keep the record of who said what, on whose word.

    Start with `onrecord read report.html`. Each command explains itself: `onrecord read --help`.
    """


app.command("read", no_args_is_help=True)(read.read)
app.command("ingest", no_args_is_help=True)(ingest.ingest)
app.command("search", no_args_is_help=True)(search.search)
app.command("speaker", no_args_is_help=True)(search.speaker)
app.command("links", no_args_is_help=True)(links.links)
app.command("verify", no_args_is_help=True)(verify.verify)
app.command("audit", no_args_is_help=True)(audit.audit)
app.command("track")(track.track)
app.command("export", no_args_is_help=True)(export.export)
app.command("import", no_args_is_help=True)(imports.import_reports)
app.command("corrections")(corrections.corrections)
app.command("info")(upkeep.info)
app.command("failures")(upkeep.failures)
app.command("check")(upkeep.check)
app.command("backup", no_args_is_help=True)(upkeep.backup)
app.command("evaluate", no_args_is_help=True)(evaluate.evaluate)


def main() -> None:
    """The entry point."""
    open_streams()
    try:
        app()
    except KeyboardInterrupt:  # before or after a command: while modules load, or while output is flushed
        raise SystemExit(INTERRUPTED) from None


__all__ = ["app", "main"]

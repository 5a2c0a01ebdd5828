"""``onrecord info``, ``failures``, ``check`` and ``backup``: looking after the record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from onrecord.cli.console import FAILED, plural, say, terminal, write_line
from onrecord.cli.options import Json, RecordLocation
from onrecord.errors import SettingsError
from onrecord.render import one_line

if TYPE_CHECKING:
    from onrecord.record import FailedDocument


def info(location: RecordLocation = None, as_json: Json = False) -> None:
    """Show what the record holds: counts, size, and the models that read it.

    For people, and for programs:

        onrecord info
        onrecord info --json

    Exit code: 0 done; 1 there is no record yet, or it can't be read.
    """
    from onrecord.record import open_for_reading

    with open_for_reading(location) as record:
        counts = record.info()
        if as_json:
            write_line(json.dumps(counts))
            return
        rows = {"record": record.place, "size": f"{record.size() / 1e6:,.1f} MB"}
        attached = record.annotations()
    rows |= {
        name: f"{counts[name]:,}" for name in ("documents", "statements", "speakers", "claims", "failures")
    }
    rows["models"] = ", ".join(counts["models"]) or "none"
    names = {"near_duplicates": "near-duplicates", "revisions": "earlier analyses", "vectors": "vectors"}
    rows |= {names.get(name, name): f"{count:,}" for name, count in attached.items() if count}
    wide = max(map(len, rows)) + 3
    for name, value in rows.items():
        write_line(f"{name:{wide}}{one_line(value)}")


def failures(
    location: RecordLocation = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines, a failure a line.")] = False,
    forget: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ORIGIN",
            help="Take this one out of the list; may be given several times.",
            show_default=False,
        ),
    ] = None,
    forget_all: Annotated[bool, typer.Option("--forget-all", help="Take all out of the list.")] = False,
) -> None:
    """List what could not be read: its name, the reason, how often and when it was tried last.

    For people, and for programs:

        onrecord failures
        onrecord failures --json > failures.jsonl

    Try them again, or give them up:

        onrecord ingest --retry-failed
        onrecord failures --forget reports/torn.pdf
        onrecord failures --forget-all

    Exit code: 0 done; 1 there is no record yet, or it can't be read; 2 --forget names what isn't in the list.
    """
    from onrecord.record import open_for_reading, open_record

    if forget or forget_all:
        with open_record(location, create=False) as record:
            known = [failed.failure.origin for failed in record.failures()]
            if unknown := sorted(set(forget or ()) - set(known)):
                raise SettingsError(f"--forget: expected a name from the list, found {unknown[0]!r:.120}")
            say(f"{record.forget(known if forget_all else forget or ()):,} forgotten")
        return
    with open_for_reading(location) as record:
        found = record.failures()
    if as_json:
        for failed in found:
            write_line(json.dumps(_failure_dict(failed)))
        return
    _print_failures(found)


def _failure_dict(failed: FailedDocument) -> dict[str, Any]:
    error = failed.failure.error
    return {
        "origin": failed.failure.origin, "within": failed.within, "error": type(error).__name__,
        "reason": getattr(error, "reason", str(error)), "attempts": failed.attempts,
        "first": failed.first, "last": failed.last,
    }  # fmt: skip


def _print_failures(found: tuple[FailedDocument, ...]) -> None:
    console = terminal()
    for failed in found:
        tried = f"tried {failed.attempts:,} times, last" if failed.attempts > 1 else "tried"
        console.print(Text(one_line(str(failed.failure)), overflow="fold"), soft_wrap=not console.is_terminal)
        console.print(Text(f"     {tried} {failed.last}", "dim"))
    if found:
        say(f"{len(found):,} failed; onrecord ingest --retry-failed tries them again")
    else:
        say("nothing failed")


def check(
    location: RecordLocation = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Only what the database checks of itself; not every document.")
    ] = False,
) -> None:
    """Check that the record is sound: the database, every text against its hash, every statement against its
    text, and the index against the statements.

    Everything, which reads all texts, or only what takes no time:

        onrecord check
        onrecord check --quick

    Exit code: 0 all is well; 1 something is wrong, a line for each on standard output, or there is no record.
    """
    from onrecord.record import open_for_reading

    problems = 0
    with open_for_reading(location) as record:
        for problem in record.check(thorough=not quick):
            problems += 1
            write_line(one_line(problem))
        if not problems:
            say(f"all is well with {plural(record.info()['documents'], 'document')} in {record.place}")
    if problems:
        say(f"{problems:,} wrong; restore a backup, or read the reports into a new record")
        raise typer.Exit(FAILED)


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.", show_default=False)],
    location: RecordLocation = None,
) -> None:
    """Copy the record into a new file, while it is in use.

    The copy is a record itself, on any database's data one SQLite file:

        onrecord backup record-2024-03-12.db
        onrecord search bridge --record record-2024-03-12.db

    The copy is checked as `onrecord check --quick` does before it takes its place. A file that is there is
    never written over.

    Exit code: 0 done; 1 it can't be written or read, or the record is damaged: then there is no copy.
    """
    from onrecord.record import open_for_reading

    with open_for_reading(location) as record:
        record.backup(target)
    say(f"the record is copied to {target} ({target.stat().st_size / 1e6:,.1f} MB)")

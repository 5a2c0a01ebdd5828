"""``onrecord links``: what ties statements of different reports together, and who said it first."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from onrecord.cli.console import FAILED, UNKNOWN, hang, say, terminal, write_line
from onrecord.cli.options import Json, RecordPlace
from onrecord.errors import SettingsError, StoreError
from onrecord.show.outline import said_as
from onrecord.show.plain import one_line

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.link import Sayings
    from onrecord.store import Link, Store
    from onrecord.store.fetch import Head
    from onrecord.types import Record, Speaker, Statement

_LONGEST = 300  # characters of a content that are shown
_MOST_NAMED = 5  # reports that a name may mean
_MOST_SHOWN = 50  # statements that have a quotation, the oldest first
_NO_MARKS = str.maketrans(dict.fromkeys('"“”„«»', " "))
_NAMED = {"same_quote": "same quotation", "altered_quote": "altered", "same_claim": "same claim"}


def links(
    document: Annotated[
        str | None,
        typer.Argument(
            metavar="[DOCUMENT]",
            help="The report: its id or the beginning of it, or its path or URL.",
            show_default=False,
        ),
    ] = None,
    quote: Annotated[
        str | None,
        typer.Option(
            "--quote", metavar="WORDS", help="Who has said this, and who first.", show_default=False
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND", help="Only same_quote, altered_quote or same_claim.", show_default=False
        ),
    ] = None,
    find: Annotated[
        bool,
        typer.Option("--find", help="First link all reports that aren't yet; safe to stop and run again."),
    ] = False,
    record: RecordPlace = None,
    as_json: Json = False,
) -> None:
    """Show which statements of a report stand in other reports too: the same quotation, an altered one with
    what was altered, the same claim in other words.

    By the path or URL it was ingested from, or the beginning of its id. Where the text of a path has changed,
    the one ingested last is shown, and the ids of the others are named:

        onrecord links report.html

    Who said it first, of all reports that have a quotation:

        onrecord links --quote "Silence is not a policy."

    New reports are linked as `onrecord ingest` takes them in. Reports that came in another way are linked by:

        onrecord links --find

    Exit code: 0 there are some; 1 there are none; 2 the command line is wrong; 4 no such report.
    """
    from onrecord.link import KINDS
    from onrecord.store import open_store, open_to_read

    if (document is None) == (quote is None) and not (find and document is None):
        raise SettingsError("links: expected a report, --quote or --find; name one of them")
    if kind is not None and kind not in KINDS:
        raise SettingsError(f"--kind: expected {', '.join(KINDS)}, found {kind!r:.40}")
    with open_store(record, create=False) if find else open_to_read(record) as store:
        if find:
            _find(store)
        if quote is not None:
            _show_quote(store, quote, as_json=as_json)
        elif document is not None:
            _show_document(store, document, kind, as_json=as_json)


def _find(store: Store) -> None:
    from onrecord.link import link_new
    from onrecord.meaning import load_meaning, make_vectors

    meaning = load_meaning()
    if meaning is not None:
        try:
            make_vectors(store, meaning)
        except StoreError as error:
            say(f"claims in other words are left out: {error}")
            meaning = None
    embed = meaning.embed if meaning else None
    documents, found = 0, set[int]()
    while left := store.unlinked(limit=50):
        for document in left:
            # Two new reports find each other: one link.
            found.update(
                hash((link.left_document, link.left, link.right_document, link.right, link.kind))
                for link in link_new(store, document, embed=embed)
            )
        store.mark_linked(left)
        documents += len(left)
    say(f"{documents:,} reports linked, {len(found):,} links")


def _show_document(store: Store, name: str, kind: str | None, *, as_json: bool) -> None:
    document = _named(store, name)
    found = store.links(document.document.id, kind=kind)
    people = _Records(store, document)
    if as_json:
        write_line(
            json.dumps({"document": document.document.id, "links": [_as_dict(link) for link in found]})
        )
    else:
        _print_links(document, found, people)
    if not found:
        say(
            f"{document.document.origin}: found no {kind or 'link'} to another report of the record; reports that "
            "came in otherwise than by ingest are linked by: onrecord links --find"
        )
        raise typer.Exit(FAILED)


def _named(store: Store, name: str) -> Record:
    """The report of an id, the beginning of one, or an origin; of an origin with several, the newest."""
    from onrecord.store.naming import find_heads

    found = store.get(name)
    if found is None:
        with store.reading() as connection:
            heads = find_heads(connection, name, limit=_MOST_NAMED + 1)
        if len(heads) > 1:
            _tell_several(name, heads)
        found = store.get(heads[0].id) if heads else None
    if found is None:
        say(f"{name}: expected a report of the record, found none; ingest it first, or check the name")
        raise typer.Exit(UNKNOWN)
    return found


def _tell_several(name: str, heads: Sequence[Head]) -> None:
    """Say which of several reports is meant, and what to type for another: a path or URL whose text has
    changed stands for each of its texts.

    Raises:
        SettingsError: the name is the beginning of several ids, none of them nearer than another.
    """
    from onrecord.store.naming import may_be_id

    more = ", and more" if len(heads) > _MOST_NAMED else ""
    if may_be_id(name) and all(head.id.startswith(name.lower()) for head in heads):
        several = ", ".join(map(_introduced, heads[:_MOST_NAMED]))
        raise SettingsError(
            f"{name}: expected one report, found several: {several}{more}; give more of the id"
        )
    others = ", ".join(map(_introduced, heads[1:_MOST_NAMED]))
    say(
        f"{name}: the record has several texts of it; this is the one ingested last, {_introduced(heads[0])}; "
        f"for another give its id: {others}{more}"
    )


def _introduced(head: Head) -> str:
    """A report by the beginning of its id, when it was ingested, its day and its title, where it has them."""
    about = " ".join(part for part in (head.published.date, head.title) if part)
    ingested = f"ingested {head.added[:16].replace('T', ' ')}"
    return f"{head.id[:12]} ({ingested}{f', {about[:60]}' if about else ''})"


class _Records:
    """Records by their ids, each read once."""

    def __init__(self, store: Store, *known: Record) -> None:
        self._store = store
        self._known: dict[str, Record | None] = {record.document.id: record for record in known}

    def get(self, document: str) -> Record | None:
        if document not in self._known:
            self._known[document] = self._store.get(document)
        return self._known[document]


def _as_dict(link: Link) -> dict[str, Any]:
    return {
        "kind": link.kind,
        "score": link.score,
        "left": {"document": link.left_document, "statement": link.left},
        "right": {"document": link.right_document, "statement": link.right},
        **{
            f"evidence_{name}" if name in ("left", "right") else name: value
            for name, value in link.evidence.items()
        },
    }


def _print_links(record: Record, found: Sequence[Link], records: _Records) -> None:
    console = terminal()
    mine = record.document.id
    for statement in record.statements:
        tied = [
            link
            for link in found
            if (mine, statement.id) in ((link.left_document, link.left), (link.right_document, link.right))
        ]
        if not tied:
            continue
        console.print(
            one_line(" … ".join(piece.text for piece in statement.content))[:_LONGEST], style="bold"
        )
        for line, indent in _lines(tied, mine, records):
            _print_hanging(line, indent, console)
        console.print()


def _lines(tied: Iterable[Link], mine: str, records: _Records) -> Iterator[tuple[str, int]]:
    """What to print of some links, each line with the columns that it is indented by."""
    for link in tied:
        ours_left = link.left_document == mine
        other_document, other = (
            (link.right_document, link.right) if ours_left else (link.left_document, link.left)
        )
        record = records.get(other_document)
        if record is None:
            continue
        document = record.document
        day = document.published.date or "no day"
        statement = next((item for item in record.statements if item.id == other), None)
        who = _who(statement, record.speaker_of(statement)) if statement else "?"
        changed = (
            f", {' and '.join(link.evidence['changes'])} changed" if link.evidence.get("changes") else ""
        )
        yield (
            f"{_NAMED.get(link.kind, link.kind)} {link.score:.2f}{changed}: {who}, {one_line(document.publisher or document.origin)}, {day}",
            2,
        )
        ours, theirs = records.get(mine), record
        for pair in link.evidence.get("differences", [])[:6]:
            sides = pair if ours_left else pair[::-1]
            words = [
                one_line(side_record.document.text[slice(*side)]) if side and side_record else "–"
                for side, side_record in zip(sides, (ours, theirs), strict=True)
            ]
            yield f"{words[0]} → {words[1]}", 4


def _print_hanging(line: str, indent: int, console: Console) -> None:
    for part in hang(Text(line), Text(" " * indent), console):
        console.print(part)


def _who(statement: Statement, speaker: Speaker | None) -> str:
    """The speaker's name, with the source's words where the name was found elsewhere; else those words."""
    if speaker is None:
        return one_line(statement.source.text) if statement.source else "?"
    source = said_as(statement, speaker)
    return f"{one_line(speaker.name)} (“{source}”)" if source else one_line(speaker.name)


def _show_quote(store: Store, quote: str, *, as_json: bool) -> None:
    from onrecord.link import first_quoted

    sayings = first_quoted(store, quote)
    if as_json:
        write_line(json.dumps(_sayings_as_dict(sayings)))
    elif sayings is not None:
        _print_sayings(sayings)
    else:
        say(
            f"nobody has said just this; onrecord search {_as_phrase(quote)} finds who has it in a longer statement"
        )
    if sayings is None:
        raise typer.Exit(FAILED)


def _as_phrase(quote: str) -> str:
    """The words as a shell hands a phrase to a search."""
    words = " ".join(quote.translate(_NO_MARKS).split())
    return shlex.quote(f'"{words}"' if 0 < len(words) <= _LONGEST else '"…"')


def _sayings_as_dict(sayings: Sayings | None) -> dict[str, Any]:
    if sayings is None:
        return {"first": None, "doubt": None, "sayings": []}

    def place(saying: Any) -> dict[str, Any]:
        return {
            "document": saying.document.id,
            "statement": saying.statement.id,
            "day": saying.day,
            "publisher": saying.document.publisher,
            "speaker": saying.speaker.name if saying.speaker else None,
        }

    first = place(sayings.first) if sayings.first else None
    return {"first": first, "doubt": sayings.doubt, "sayings": [place(item) for item in sayings.sayings]}


def _print_sayings(sayings: Sayings) -> None:
    console = terminal()
    for saying in sayings.sayings[:_MOST_SHOWN]:
        first = " (first)" if saying == sayings.first else ""
        who = _who(saying.statement, saying.speaker)
        publisher = saying.document.publisher or saying.document.origin
        console.print(f"{saying.day or 'no day'}{first}: {who}, {one_line(publisher)}", style="bold")
        content = one_line(" … ".join(piece.text for piece in saying.statement.content))
        _print_hanging(content[:_LONGEST], 2, console)
    if (left := len(sayings.sayings) - _MOST_SHOWN) > 0:
        console.print(f"{left:,} more have it, of the same day or later; --json lists them.")
    if sayings.doubt:
        console.print(f"Who was first is open: {sayings.doubt}.")

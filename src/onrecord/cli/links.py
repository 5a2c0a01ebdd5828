"""``onrecord links``: what links statements of different reports together, and who said it first."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from onrecord.cli.console import FAILED, UNKNOWN, indent_after_label, say, terminal, write_line
from onrecord.cli.options import Json, RecordLocation
from onrecord.errors import RecordError, SettingsError
from onrecord.render.outline import source_words
from onrecord.render.safe_text import one_line

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.linking import QuoteHistory
    from onrecord.record import Link, Record
    from onrecord.record.retrieval import DocumentSummary
    from onrecord.types import Report, Speaker, Statement

_LONGEST = 300  # characters of a content that are shown
_MAX_NAMED = 5  # reports that a name may mean
_MAX_SHOWN = 50  # statements that have a quotation, the oldest first
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
    location: RecordLocation = None,
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
    from onrecord.linking import KINDS
    from onrecord.record import open_for_reading, open_record

    if (document is None) == (quote is None) and not (find and document is None):
        raise SettingsError("links: expected a report, --quote or --find; name one of them")
    if kind is not None and kind not in KINDS:
        raise SettingsError(f"--kind: expected {', '.join(KINDS)}, found {kind!r:.40}")
    with open_record(location, create=False) if find else open_for_reading(location) as record:
        if find:
            _find(record)
        if quote is not None:
            _show_quote(record, quote, as_json=as_json)
        elif document is not None:
            _show_document(record, document, kind, as_json=as_json)


def _find(record: Record) -> None:
    from onrecord.embedding import embed_missing, load_default_embedder
    from onrecord.linking import link_new

    meaning = load_default_embedder()
    if meaning is not None:
        try:
            embed_missing(record, meaning)
        except RecordError as error:
            say(f"claims in other words are left out: {error}")
            meaning = None
    embed = meaning.embed if meaning else None
    documents, found = 0, set[int]()
    while left := record.unlinked_documents(limit=50):
        for document in left:
            # Two new reports find each other: one link.
            found.update(
                hash((link.left_document, link.left, link.right_document, link.right, link.kind))
                for link in link_new(record, document, embed=embed)
            )
        record.mark_linked(left)
        documents += len(left)
    say(f"{documents:,} reports linked, {len(found):,} links")


def _show_document(record: Record, name: str, kind: str | None, *, as_json: bool) -> None:
    document = _named(record, name)
    found = record.links(document.document.id, kind=kind)
    people = _Records(record, document)
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


def _named(record: Record, name: str) -> Report:
    """The report of an id, the beginning of one, or an origin; of an origin with several, the newest."""
    from onrecord.record.document_lookup import find_documents_by_name

    found = record.get(name)
    if found is None:
        with record.read_connection() as connection:
            summaries = find_documents_by_name(connection, name, limit=_MAX_NAMED + 1)
        if len(summaries) > 1:
            _tell_several(name, summaries)
        found = record.get(summaries[0].id) if summaries else None
    if found is None:
        say(f"{name}: expected a report of the record, found none; ingest it first, or check the name")
        raise typer.Exit(UNKNOWN)
    return found


def _tell_several(name: str, summaries: Sequence[DocumentSummary]) -> None:
    """Say which of several reports is meant, and what to type for another: a path or URL whose text has
    changed stands for each of its texts.

    Raises:
        SettingsError: the name is the beginning of several ids, none of them nearer than another.
    """
    from onrecord.record.document_lookup import may_be_id

    more = ", and more" if len(summaries) > _MAX_NAMED else ""
    if may_be_id(name) and all(head.id.startswith(name.lower()) for head in summaries):
        several = ", ".join(map(_introduced, summaries[:_MAX_NAMED]))
        raise SettingsError(
            f"{name}: expected one report, found several: {several}{more}; give more of the id"
        )
    others = ", ".join(map(_introduced, summaries[1:_MAX_NAMED]))
    say(
        f"{name}: the record has several texts of it; this is the one ingested last, {_introduced(summaries[0])}; "
        f"for another give its id: {others}{more}"
    )


def _introduced(head: DocumentSummary) -> str:
    """A report by the beginning of its id, when it was ingested, its day and its title, where it has them."""
    about = " ".join(part for part in (head.published.date, head.title) if part)
    ingested = f"ingested {head.added[:16].replace('T', ' ')}"
    return f"{head.id[:12]} ({ingested}{f', {about[:60]}' if about else ''})"


class _Records:
    """Reports by their ids, each read once."""

    def __init__(self, record: Record, *known: Report) -> None:
        self._store = record
        self._known: dict[str, Report | None] = {report.document.id: report for report in known}

    def get(self, document: str) -> Report | None:
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


def _print_links(report: Report, found: Sequence[Link], reports: _Records) -> None:
    console = terminal()
    mine = report.document.id
    for statement in report.statements:
        linked = [
            link
            for link in found
            if (mine, statement.id) in ((link.left_document, link.left), (link.right_document, link.right))
        ]
        if not linked:
            continue
        console.print(
            one_line(" … ".join(piece.text for piece in statement.content))[:_LONGEST], style="bold"
        )
        for line, indent in _lines(linked, mine, reports):
            _print_hanging(line, indent, console)
        console.print()


def _lines(linked: Iterable[Link], mine: str, reports: _Records) -> Iterator[tuple[str, int]]:
    """What to print of some links, each line with the columns that it is indented by."""
    for link in linked:
        ours_left = link.left_document == mine
        other_document, other = (
            (link.right_document, link.right) if ours_left else (link.left_document, link.left)
        )
        report = reports.get(other_document)
        if report is None:
            continue
        document = report.document
        day = document.published.date or "no day"
        statement = next((item for item in report.statements if item.id == other), None)
        who = _who(statement, report.speaker_of(statement)) if statement else "?"
        changed = (
            f", {' and '.join(link.evidence['changes'])} changed" if link.evidence.get("changes") else ""
        )
        yield (
            f"{_NAMED.get(link.kind, link.kind)} {link.score:.2f}{changed}: {who}, {one_line(document.publisher or document.origin)}, {day}",
            2,
        )
        ours, theirs = reports.get(mine), report
        for pair in link.evidence.get("differences", [])[:6]:
            sides = pair if ours_left else pair[::-1]
            words = [
                one_line(side_record.document.text[slice(*side)]) if side and side_record else "–"
                for side, side_record in zip(sides, (ours, theirs), strict=True)
            ]
            yield f"{words[0]} → {words[1]}", 4


def _print_hanging(line: str, indent: int, console: Console) -> None:
    for part in indent_after_label(Text(line), Text(" " * indent), console):
        console.print(part)


def _who(statement: Statement, speaker: Speaker | None) -> str:
    """The speaker's name, with the source's words where the name was found elsewhere; else those words."""
    if speaker is None:
        return one_line(statement.source.text) if statement.source else "?"
    source = source_words(statement, speaker)
    return f"{one_line(speaker.name)} (“{source}”)" if source else one_line(speaker.name)


def _show_quote(record: Record, quote: str, *, as_json: bool) -> None:
    from onrecord.linking import find_earliest_quote

    occurrences = find_earliest_quote(record, quote)
    if as_json:
        write_line(json.dumps(_sayings_as_dict(occurrences)))
    elif occurrences is not None:
        _print_sayings(occurrences)
    else:
        say(
            f"nobody has said just this; onrecord search {_as_phrase(quote)} finds who has it in a longer statement"
        )
    if occurrences is None:
        raise typer.Exit(FAILED)


def _as_phrase(quote: str) -> str:
    """The words as a shell hands a phrase to a search."""
    words = " ".join(quote.translate(_NO_MARKS).split())
    return shlex.quote(f'"{words}"' if 0 < len(words) <= _LONGEST else '"…"')


def _sayings_as_dict(occurrences: QuoteHistory | None) -> dict[str, Any]:
    if occurrences is None:
        return {"first": None, "doubt": None, "statements": []}

    def place(occurrence: Any) -> dict[str, Any]:
        return {
            "document": occurrence.document.id,
            "statement": occurrence.statement.id,
            "day": occurrence.day,
            "publisher": occurrence.document.publisher,
            "speaker": occurrence.speaker.name if occurrence.speaker else None,
        }

    first = place(occurrences.first) if occurrences.first else None
    return {
        "first": first,
        "doubt": occurrences.doubt,
        "statements": [place(item) for item in occurrences.occurrences],
    }


def _print_sayings(occurrences: QuoteHistory) -> None:
    console = terminal()
    for occurrence in occurrences.occurrences[:_MAX_SHOWN]:
        first = " (first)" if occurrence == occurrences.first else ""
        who = _who(occurrence.statement, occurrence.speaker)
        publisher = occurrence.document.publisher or occurrence.document.origin
        console.print(f"{occurrence.day or 'no day'}{first}: {who}, {one_line(publisher)}", style="bold")
        content = one_line(" … ".join(piece.text for piece in occurrence.statement.content))
        _print_hanging(content[:_LONGEST], 2, console)
    if (left := len(occurrences.occurrences) - _MAX_SHOWN) > 0:
        console.print(f"{left:,} more have it, of the same day or later; --json lists them.")
    if occurrences.doubt:
        console.print(f"Who was first is open: {occurrences.doubt}.")

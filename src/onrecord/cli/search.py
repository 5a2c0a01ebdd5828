"""``onrecord search`` and ``onrecord speaker``: finding statements in the record."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from onrecord.cli.console import UNKNOWN, indent_after_label, plural, say, terminal, write_line
from onrecord.cli.options import (
    AtTarget,
    BySpeaker,
    InForm,
    InPlace,
    InStance,
    Json,
    OfAct,
    OfPublisher,
    RecordLocation,
    Since,
    filtering,
    make_query,
    named_as_options,
    parse_quantity,
)
from onrecord.errors import SettingsError

if TYPE_CHECKING:
    from onrecord.record import Embed, Record, SpeakerPage
    from onrecord.search import Hit, Page, Query

_MAX_PAGES = 500  # that are gone through to get to one by its number


def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]...", help="What to look for; without words, all that fits.", show_default=False
        ),
    ] = None,
    speaker: BySpeaker = None,
    target: AtTarget = None,
    act: OfAct = None,
    form: InForm = None,
    stance: InStance = None,
    since: Since = None,
    until: Annotated[
        str | None,
        filtering(
            "--until",
            "--to",
            about="Published on this day, or in this month or year, or earlier.",
            metavar="DATE",
        ),
    ] = None,
    publisher: OfPublisher = None,
    place: InPlace = None,
    quantity: Annotated[
        str | None,
        filtering(
            "--quantity",
            about="Holds a quantity in this range: 10..50, 10.., '20..40 percent'.",
            metavar="RANGE",
        ),
    ] = None,
    unit: Annotated[str | None, filtering("--unit", about="The quantity's unit.", metavar="UNIT")] = None,
    exact: Annotated[
        bool,
        typer.Option(
            "--exact-names", help="Names are whole, not parts of longer ones.", rich_help_panel="Filters"
        ),
    ] = False,
    any_word: Annotated[
        bool, typer.Option("--any", help="Any of the words, best first, instead of all of them.")
    ] = False,
    meaning: Annotated[
        bool,
        typer.Option(
            "--meaning",
            help="Semantic search: finds statements worded differently, too, and shows the match.",
        ),
    ] = False,
    sort: Annotated[
        str | None,
        typer.Option(
            metavar="ORDER",
            help="relevance, newest or oldest.",
            show_default="relevance with words, else newest",
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", metavar="N", help="Statements on a page, up to 500.")
    ] = 20,
    page: Annotated[
        str | None,
        typer.Option(
            metavar="PAGE", help="What the last page named as the next, or a number.", show_default=False
        ),
    ] = None,
    location: RecordLocation = None,
    as_json: Json = False,
) -> None:
    """Find statements in the record by their words, and by who, at whom, how, when and where.

    All words must be there, in any form (bridge finds bridges). Put "a phrase" in quotation marks, exclude a
    word with `-word`, and match a prefix of two letters or more with `word*`:

        onrecord search bridge
        onrecord search '"closed bridge" toll* -ferry'

    Filters go with words, or alone:

        onrecord search --speaker "Ilse Tarnow" --act accuse --target Kessia --from 2024-03
        onrecord search dead --quantity '10..50' --unit people --publisher Tidewire

    A page at a time, in an order that stays while reports come in:

        onrecord search bridge --limit 50
        onrecord search bridge --limit 50 --page WyJ3aW5kb3ci...

    With --meaning each hit has its match, from 0 to 1.6 (words count up to 1, meaning up to 0.6), and what is
    far from the words is left out. The number behind a hit's form is another one: the statement's score, the
    probability that its cue and content were found rightly. A speaker who is unsure has a `?`, and a line with
    the speaker's own score and who else it may be.

    For other programs: --json prints one object with "hits", "after", the next page, and "nearest", for when
    nothing is close enough.

    Exit code: 0 done, whatever was found; 1 there is no record yet, or it can't be read; 2 the command
    line is wrong.
    """
    from onrecord.record import open_for_reading

    spread, of = (None, None) if quantity is None else parse_quantity(quantity)
    query = make_query(
        words=" ".join(words or ()), speaker=speaker, target=target, act=act, form=form, stance=stance,
        since=since, until=until, publisher=publisher, place=place, quantity=spread, unit=unit or of,
        exact_names=exact, match="any" if any_word else "all", by="both" if meaning else "words",
        sort=_order(sort), limit=limit,
    )  # fmt: skip
    with open_for_reading(location) as record, named_as_options():
        embed = _embedding(record) if meaning else None
        number, found = _turn(record, query, embed, page)
    if as_json:
        write_line(json.dumps(found.to_dict(), ensure_ascii=True))
        return
    _print_page(found, first=(number - 1) * limit + 1, by_meaning=query.by != "words")
    if found.nearest is not None:
        _tell_nearest(found.nearest)
    elif not found.hits:
        _tell_none(query.words)
    elif found.after:
        say(f"there are more: the same with --page {found.after}")


def _tell_none(words: str) -> None:
    from onrecord.search.query_parser import SHORTEST_PREFIX, short_prefixes

    if short := short_prefixes(words):
        say(
            f"no statement fits; {short[0]:.20} is taken as a word, since a prefix needs {SHORTEST_PREFIX} letters: "
            "give one more"
        )
    else:
        say("no statement fits; fewer words or filters find more")


def _order(sort: str | None) -> Any:
    if sort not in (None, "relevance", "newest", "oldest"):
        raise SettingsError(f"--sort: expected relevance, newest or oldest, found {sort!r:.40}")
    return sort


def _embedding(record: Record) -> Embed:
    """What turns words into vectors, of the same model whose vectors the record has."""
    from onrecord.embedding import load_default_embedder, query_embedder

    return query_embedder(record, load_default_embedder())


def _turn(record: Record, query: Query, embed: Embed | None, page: str | None) -> tuple[int, Page]:
    """The page asked for, and its number, as far as it is known."""
    from onrecord.search import search as search_record

    if page is None or not page.isdecimal():
        return 1, search_record(record, replace(query, after=page), embed=embed)
    number = int(page[:9])
    if not 1 <= number <= _MAX_PAGES:
        raise SettingsError(f"--page: expected a number from 1 to {_MAX_PAGES}, found {page[:20]}")
    found = search_record(record, query, embed=embed)
    for _ in range(number - 1):
        if found.after is None:
            return number, replace(found, hits=())
        found = search_record(record, replace(query, after=found.after), embed=embed)
    return number, found


def _print_page(found: Page, *, first: int, by_meaning: bool) -> None:
    from onrecord.cli.results import print_found

    matches = [hit.score for hit in found.hits] if by_meaning else []
    print_found(((hit.found, hit.snippet) for hit in found.hits), terminal(), first=first, matches=matches)


def _tell_nearest(nearest: Hit) -> None:
    from onrecord.cli.results import in_short

    say(f"nothing close enough; the nearest is (match {nearest.score or 0.0:.2f}) {in_short(nearest.found)}")


def speaker(
    name: Annotated[
        list[str],
        typer.Argument(metavar="NAME...", help="The speaker's name, or a part of it.", show_default=False),
    ],
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=500, metavar="N", help="Statements on a page.")
    ] = 20,
    page: Annotated[
        int | None,
        typer.Option(min=0, metavar="PAGE", help="What the last page named as the next.", show_default=False),
    ] = None,
    location: RecordLocation = None,
    as_json: Json = False,
) -> None:
    """Show what one speaker has said: in which reports, when, in which words; newest first.

    A part of a name is enough where only one speaker has it; else the names are listed:

        onrecord speaker Ilse Tarnow
        onrecord speaker tarnow --limit 100 --json

    Exit code: 0 found; 1 there is no record yet, or it can't be read; 4 no speaker of this name, or
    several.
    """
    from onrecord.record import open_for_reading

    wanted = " ".join(name)
    with open_for_reading(location) as record:
        found = record.speaker(wanted, limit=limit, after=page)
        others = record.names(wanted) if found is None else ()
    if found is None:
        _tell_unknown(wanted, [f"{other.name} ({other.reports:,})" for other in others])
        raise typer.Exit(UNKNOWN)
    if as_json:
        write_line(json.dumps(_speaker_dict(found)))
        return
    _print_speaker(found)
    if found.after is not None:
        say(f"there are more: the same with --page {found.after}")


def _tell_unknown(wanted: str, names: list[str]) -> None:
    if names:
        say(f"{wanted}: several speakers have this name; name one of them: {'; '.join(names)}")
    else:
        say(f"{wanted}: no speaker of this name in the record; try a part of it, or onrecord search")


def _speaker_dict(found: SpeakerPage) -> dict[str, Any]:
    from onrecord.search import Hit
    from onrecord.search.ranking import cut_snippet

    hits = [
        Hit(item, cut_snippet(item.document, item.statement, ()), None).to_dict() for item in found.statements
    ]
    for hit in hits:
        del hit["highlights"], hit["score"], hit["speaker"]
    return {
        "name": found.name, "kind": found.kind, "aliases": found.aliases, "roles": found.roles,
        "affiliations": found.affiliations, "reports": found.reports, "first": found.first,
        "last": found.last, "statements": hits, "after": found.after,
    }  # fmt: skip


def _print_speaker(found: SpeakerPage) -> None:
    from onrecord.cli.results import print_found
    from onrecord.render import one_line
    from onrecord.search.ranking import cut_snippet

    console = terminal()
    console.print(Text(one_line(found.name), "bold cyan"))
    span = found.first if found.first == found.last else f"{found.first} to {found.last}"
    facts = [
        found.kind,
        *found.roles[:3],
        *found.affiliations[:3],
        plural(found.reports, "report"),
        span if found.first else None,
    ]
    console.print(Text(one_line(" \u00b7 ".join(fact for fact in facts if fact)), "dim"))
    also = [alias for alias in found.aliases[:8] if alias != found.name]
    if also:
        names = Text(one_line(", ".join(also)), "dim")
        console.print(*indent_after_label(names, Text("also: ", "dim"), console), sep="\n")
    console.print()
    items = ((item, cut_snippet(item.document, item.statement, ())) for item in found.statements)
    print_found(items, console, speaker=False)

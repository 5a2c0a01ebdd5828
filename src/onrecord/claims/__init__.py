"""Claims: the figures, moments and places of a report, each tied to the innermost statement whose content holds it.

Each kind has a module by its name, which finds it in a document; the others are parts of it, those that use others before those they use.

Figures, from a text to a number with its unit:

* ``figures``: where one may begin, and the claim that is made of it
* ``assembly``: number, unit, bounds and what is counted, put together; ``exclusions``: numbers that are no figures
* ``results``, ``ranges``, ``ordinals``: "won 3-1"; "10 to 15 people"; "the 50th", "aged 44", "doubled"
* ``readings``: one number with sign, currency and unit; ``bounds``: "at least"; ``counted``: the noun behind it
* ``measures``, ``units``: the unit around a number; the words for units and currencies
* ``amounts``, ``spoken``, ``numerals``: a number in digits or words; in words; the tables of number words

Moments, from a phrase of time to a date in ISO 8601:

* ``moments``: the phrases of a document in order, each reckoned
* ``dates``, ``numeric_dates``, ``years``, ``clocks``: dates and times told outright
* ``periods``, ``quarters``, ``wholes``, ``spells``, ``weekdays``, ``combined``, ``refs``: all other phrases
* ``phrases``: words of time, and what a phrase says before it is reckoned; ``series``: dates in a row that share their year
* ``reckoning``, ``rounds``, ``datings``: from a phrase to a date; what comes round each year or week; dates that need no memory
* ``tenses``, ``verbs``, ``belongings``, ``surroundings``: whether it has been or is to come, and what else the words around it tell
* ``calendar``: the values, and reckoning with them

Places, from a name to a place of the gazetteer:

* ``places``: the names of a document, each resolved
* ``toponyms``, ``beside``, ``usage``, ``runs``: which capitalised words are a place's name
* ``resolving``: which place of the name is meant
* ``gazetteer``, ``cities``: all places by name; towns and villages

Shared: ``passages``, a text as tokens; ``lexicon``, closed classes of words; ``tables``, the files under ``data``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from onrecord.claims.figures import find_figures
from onrecord.claims.moments import find_moments, is_calendar
from onrecord.claims.places import find_places
from onrecord.types import Claim, Document, Statement

__all__ = ["find_claims"]


def find_claims(document: Document, statements: Sequence[Statement]) -> tuple[Claim, ...]:
    """All claims of a document, in text order, those of the reporter's own words included.

    A claim has the id of the innermost statement with a piece of content that holds its span, ``None`` where there is none.
    """
    moments = find_moments(document)
    dates = [(claim.span.start, claim.span.end) for claim in moments if is_calendar(claim)]
    claims = [*moments, *find_figures(document, dates=dates), *find_places(document)]
    return tuple(
        tie_claims(
            sorted(claims, key=lambda claim: (claim.span.start, claim.span.end, claim.type)), statements
        )
    )


def tie_claims(claims: Iterable[Claim], statements: Sequence[Statement]) -> list[Claim]:
    """The claims, in the order given, with the statement that each belongs to.

    The innermost statement is the one whose holding piece of content is the shortest; of equal ones, the one nested deepest.
    """
    parents = {statement.id: statement.parent for statement in statements}
    pieces = sorted(
        ((piece.start, piece.end, statement.id) for statement in statements for piece in statement.content),
        key=lambda piece: piece[:2],
    )
    tied, active, at = [], [], 0
    for claim in sorted(claims, key=lambda claim: claim.span.start):
        while at < len(pieces) and pieces[at][0] <= claim.span.start:
            active.append(pieces[at])
            at += 1
        active = [piece for piece in active if piece[1] > claim.span.start]
        holding = [piece for piece in active if piece[1] >= claim.span.end]
        inner = min(
            holding, key=lambda piece: (piece[1] - piece[0], -_depth(piece[2], parents)), default=None
        )
        tied.append(dataclasses.replace(claim, statement=inner[2]) if inner else claim)
    return tied


def _depth(statement: str, parents: dict[str, str | None]) -> int:
    """How many statements a statement is nested in; a circle ends where it began."""
    seen: set[str] = set()
    above = parents.get(statement)
    while above is not None and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return len(seen)

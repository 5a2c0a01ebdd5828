"""All claims of a document, each tied to the innermost statement whose content holds it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from onrecord.places import find_places
from onrecord.quantities import find_quantities
from onrecord.text import TextAnalysis
from onrecord.times import find_times, is_calendar
from onrecord.types import Claim, Document, Statement


def find_expressions(
    document: Document, analysis: TextAnalysis, statements: Sequence[Statement]
) -> tuple[Claim, ...]:
    """All claims of a document, in text order, those of the reporter's own words included.

    A claim has the id of the innermost statement with a piece of content that holds its span, ``None`` where there is none.
    """
    times = find_times(document, analysis)
    dates = [(claim.span.start, claim.span.end) for claim in times if is_calendar(claim)]
    claims = [*times, *find_quantities(analysis, dates=dates), *find_places(document)]
    return tuple(
        attach_to_statements(
            sorted(claims, key=lambda claim: (claim.span.start, claim.span.end, claim.type)), statements
        )
    )


def attach_to_statements(claims: Iterable[Claim], statements: Sequence[Statement]) -> list[Claim]:
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

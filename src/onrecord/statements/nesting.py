"""Which statement lies inside which other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.types import Statement


def sort_statements(statements: Iterable[Statement]) -> list[Statement]:
    """By their first character, the shorter first of two that begin together."""
    return sorted(statements, key=lambda one: (one.start, one.end, one.cue.start if one.cue else -1))


def assign_parents(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with the parent of each: the shortest other one whose content holds its cue and all of its content."""
    pieces = sorted(
        (
            (piece.start, piece.end, place)
            for place, statement in enumerate(statements)
            for piece in statement.content
        ),
    )
    out = []
    load_wordpieces: list[tuple[int, int, int]] = []
    cursor = 0
    for statement in sorted(statements, key=lambda statement: statement.start):
        while cursor < len(pieces) and pieces[cursor][0] <= statement.end:
            load_wordpieces.append(pieces[cursor])
            cursor += 1
        load_wordpieces = [piece for piece in load_wordpieces if piece[1] > statement.start]
        best: tuple[int, str] | None = None
        for start, end, place in load_wordpieces:
            outer = statements[place]
            contained = all(
                start <= span.start and span.end <= end
                for span in (statement.cue, *statement.content)
                if span
            )
            is_larger = end - start > sum(span.end - span.start for span in statement.content)
            if (
                contained
                and is_larger
                and outer.id != statement.id
                and (best is None or end - start < best[0])
            ):
                best = (end - start, outer.id)
        out.append(replace(statement, parent=best[1]) if best else statement)
    return tuple(out)

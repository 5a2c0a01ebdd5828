"""Statements out of the record, printed one under another, each with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from onrecord.cli.console import indent_after_label
from onrecord.record import StoredStatement
from onrecord.render import one_line, visible
from onrecord.render.outline import speaker_doubt
from onrecord.search.ranking import Snippet
from onrecord.types import Span

_QUIET = "dim"
_WIDEST = 120
_DOT = " \u00b7 "
_HIT = "bold yellow"
_SHORT = 100  # characters of a content on a line with other things


def print_found(
    items: Iterable[tuple[StoredStatement, Snippet]],
    console: Console,
    *,
    first: int = 1,
    speaker: bool = True,
    matches: Sequence[float | None] = (),
) -> None:
    """Print statements: day, publisher and title; who, how and at whom; the words; where they stand.

    Where there are no styles, words that were searched for stand between *stars*.

    Args:
        first: the number of the first one.
        speaker: whether the speaker's name is shown.
        matches: how well each statement matches what was searched for, in their order; empty where none is shown.
    """
    styled = console.color_system is not None
    width = min(console.width, _WIDEST)
    for number, (found, snippet) in enumerate(items, start=first):
        lines = [
            _heading(found, matches[number - first] if matches else None),
            _attribution(found, named=speaker),
            _words(found, snippet, styled),
            _place(found),
        ]
        if doubt := speaker_doubt(found.statement, found.speaker):
            lines.insert(2, Text(f"speaker {doubt}", "yellow"))
        label = Text(f"{number:>3}  ", _QUIET)
        for line in lines:
            for part in indent_after_label(line, label, console, width=width):
                console.print(part)
            label = Text(" " * label.cell_len)
        console.print()


def _heading(found: StoredStatement, match: float | None) -> Text:
    document = found.document
    facts = [document.published.date or "no date", document.publisher, document.title]
    if match is not None:
        facts.insert(0, f"match {match:.2f}")
    return Text(_DOT.join(one_line(fact) for fact in facts if fact), _QUIET)


def _attribution(found: StoredStatement, *, named: bool) -> Text:
    statement = found.statement
    who = found.speaker.name if found.speaker else statement.source.text if statement.source else None
    line = Text()
    if named:
        line.append(one_line(who), "bold cyan") if who else line.append("not named", _QUIET)
        if found.speaker and speaker_doubt(statement, found.speaker):
            line.append("?", "bold yellow")
    if statement.cue is not None:
        line.append(f"{' ' if line else ''}{one_line(statement.cue.text)}", "italic magenta")
    facts = [statement.form, f"{statement.score:.2f}"]
    if statement.act is not None:
        target = f" \u2192 {one_line(found.target.name)}" if found.target else ""
        facts.insert(0, f"{statement.act}{target}")
    if statement.stance not in (None, "neutral"):
        facts.append(statement.stance)
    line.append(f"{_DOT if line else ''}{_DOT.join(facts)}", _QUIET)
    return line


def _words(found: StoredStatement, snippet: Snippet, styled: bool) -> Text:
    span, statement = snippet.span, found.statement
    line = Text("" if span.start <= statement.start else "\u2026 ", _QUIET)
    inside = [piece for piece in statement.content if piece.overlaps(span)]
    for start, end, hit in _parts(span, snippet.highlights, inside):
        words = _flat(found.document.text[start:end])
        content = any(piece.start <= start < piece.end for piece in inside)
        if hit and not styled:
            words = f"*{words}*"
        line.append(words, _HIT if hit else "" if content else _QUIET)
    if span.end < statement.end:
        line.append(" \u2026", _QUIET)
    return line


def _parts(
    span: Span, highlights: Sequence[Span], content: Sequence[Span]
) -> Iterable[tuple[int, int, bool]]:
    """The snippet cut where content or a highlight begins or ends."""
    cuts = {span.start, span.end}
    for part in (*highlights, *content):
        cuts |= {min(max(part.start, span.start), span.end), min(max(part.end, span.start), span.end)}
    places = sorted(cuts)
    for start, end in zip(places, places[1:], strict=False):
        yield start, end, any(part.start <= start and end <= part.end for part in highlights)


def _flat(text: str) -> str:
    """On one line, with each character in its place."""
    return visible(text).replace("\n", " ").replace("\r", " ").replace("\t", " ")


def _place(found: StoredStatement) -> Text:
    statement = found.statement
    return Text(f"{one_line(found.document.origin)} {statement.start}:{statement.end}", _QUIET)


def in_short(found: StoredStatement) -> str:
    """A statement on one line: who, how, the beginning of the content, and where it stands."""
    statement = found.statement
    who = found.speaker.name if found.speaker else statement.source.text if statement.source else "not named"
    cue = f" {one_line(statement.cue.text)}" if statement.cue else ""
    words = one_line(str(statement.content))
    shown = words if len(words) <= _SHORT else f"{words[:_SHORT].rstrip()} \u2026"
    place = f"{one_line(found.document.origin)} {statement.start}:{statement.end}"
    return f"{one_line(who)}{cue}: {shown} ({place})"

"""Statements as a table for the terminal: who, how, and what in its sentence.

Where there are no styles (a pipe, a file) the content stands in [brackets] instead, and where the terminal is
narrow the columns are stacked. Text gets here only through ``visible`` and ``one_line``: nothing in a report
can drive the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.show.outline import BASIS, Entry, claim_words, counted, outline_of
from onrecord.show.passages import Passages
from onrecord.show.plain import one_line
from onrecord.show.segments import Role
from onrecord.types import Record

STACKED_UNDER = 76
"""Terminals narrower than this get one column."""
WIDEST = 160
"""Wider lines than this are hard to read."""
CLIP = 640
"""Characters of a passage that are shown unless the whole is asked for: about eight lines of the last column
at 120."""
_BATCH = 200
_DEEPEST = 6

_QUIET = "dim"
_WHO = "bold cyan"
_STYLES: dict[Role | None, str] = {"source": _WHO, "cue": "italic magenta", "content": "", None: _QUIET}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where and how wide to print; whether styles or brackets tell the parts apart; whether long passages are
    shown whole."""

    console: Console
    width: int
    styled: bool
    full: bool

    def print(self, renderable: RenderableType) -> None:
        """Print; without the blanks that fill a table's last column where they would only get in the way of
        ``grep`` and ``diff``."""
        if self.styled:
            self.console.print(renderable)
            return
        for line in self.console.render_lines(renderable, pad=False):
            self.console.file.write("".join(segment.text for segment in line).rstrip() + "\n")


def print_record(record: Record, console: Console, *, full: bool = False) -> None:
    """Print one report: a line on what it is, then its statements, nested ones under their parents.

    Args:
        record: what to print.
        console: where to; its width and its colours are respected.
        full: whether long passages are shown whole.
    """
    sheet = _Sheet(console, min(console.width, WIDEST), console.color_system is not None, full)
    entries = outline_of(record)
    passages = Passages(record.document.text)
    sheet.print(_heading(record, entries, sheet))
    sheet.print("")
    for first in range(0, len(entries), _BATCH):
        batch = entries[first : first + _BATCH]
        if sheet.width < STACKED_UNDER:
            for entry in batch:
                sheet.print(_stacked(entry, passages, sheet))
        else:
            sheet.print(_table(batch, passages, sheet, header=first == 0))


def _heading(record: Record, entries: Sequence[Entry], sheet: _Sheet) -> Text:
    document = record.document
    published = document.published
    facts = [
        document.origin,
        document.publisher,
        document.byline,
        f"{published.date} ({BASIS[published.basis]})" if published.date else None,
        counted(len(entries)),
        "[content] in brackets" if entries and not sheet.styled else None,
    ]
    line = Text(" · ".join(one_line(fact) for fact in facts if fact), _QUIET if document.title else "bold")
    return Text("\n").join([Text(one_line(document.title), "bold"), line]) if document.title else line


def _table(entries: Sequence[Entry], passages: Passages, sheet: _Sheet, *, header: bool) -> Table:
    table = Table(box=None, show_header=header, header_style=_QUIET, padding=(0, 2, 1, 0), pad_edge=False)
    # Fixed widths: they line up from batch to batch, and nothing needs to measure every row.
    who = max(16, min(30, sheet.width * 22 // 100))
    how = max(14, min(22, sheet.width * 16 // 100))
    table.add_column("who", width=who)
    table.add_column("how", width=how)
    table.add_column("what", width=sheet.width - who - how - 4)
    for entry in entries:
        hook = 2 * min(entry.depth, _DEEPEST)
        how_lines = Text("\n").join(_how(entry))
        table.add_row(
            _hooked(_who(entry), hook), how_lines, Padding(_what(entry, passages, sheet), (0, 0, 0, hook))
        )
    return table


def _stacked(entry: Entry, passages: Passages, sheet: _Sheet) -> Table:
    hook = 2 * min(entry.depth, _DEEPEST)
    line = Text(" · ", _QUIET).join([*_who(entry), *_how(entry)])
    stack = Table.grid(expand=False)
    stack.add_column(width=sheet.width)
    stack.add_row(_hooked([line], hook))
    stack.add_row(Padding(_what(entry, passages, sheet), (0, 0, 1, hook + 2)))
    return stack


def _hooked(lines: Iterable[Text], hook: int) -> RenderableType:
    """A nested statement hangs on a hook under its parent."""
    text = Text("\n").join(lines)
    if not hook:
        return text
    grid = Table.grid()
    grid.add_column(width=hook)
    grid.add_column()
    grid.add_row(Text("└ ".rjust(hook), _QUIET), text)
    return grid


def _who(entry: Entry) -> list[Text]:
    """The speaker's name, and the source's words where they are others."""
    who = [Text(entry.who, _WHO) if entry.who else Text("not named", _QUIET)]
    if entry.source and entry.source != entry.who:
        who.append(Text(f"“{entry.source}”", _QUIET))
    return who


def _how(entry: Entry) -> list[Text]:
    cue = Text(entry.cue, _STYLES["cue"]) if entry.cue else Text("no cue", _QUIET)
    score = (f"{entry.score}?", "bold yellow") if entry.is_low else (entry.score, _QUIET)
    return [cue, Text.assemble((f"{entry.statement.form} ", _QUIET), score)]


def _what(entry: Entry, passages: Passages, sheet: _Sheet) -> Text:
    """The statement in its sentence (a nested one by itself, since the sentence stands just above), then act
    and claims on a line."""
    pieces = passages.pieces_of(entry.statement, alone=entry.depth > 0, limit=None if sheet.full else CLIP)
    what = Text()
    for piece in pieces:
        bracketed = piece.role == "content" and not sheet.styled
        what.append(f"[{piece.text}]" if bracketed else piece.text, _STYLES[piece.role])
    remarks = [entry.deed, entry.manner, *(claim_words(claim) for claim in entry.claims)]
    line = " · ".join(remark for remark in remarks if remark)
    return Text("\n").join([what, Text(line, "green")]) if line else what

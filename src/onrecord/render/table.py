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

from onrecord.render.outline import BASIS, Entry, counted, outline_of
from onrecord.render.safe_text import one_line
from onrecord.render.segments import Role
from onrecord.render.sentence_context import SentenceContext
from onrecord.render.values import value_text
from onrecord.types import Report

STACKED_UNDER = 76
"""Terminals narrower than this get one column."""
WIDEST = 160
"""Wider lines than this are hard to read."""
CLIP = 640
"""Characters of a passage that are shown unless the whole is asked for: about eight lines of the last column
at 120."""
_BATCH = 200
_MAX_DEPTH = 6

_QUIET = "dim"
_WHO = "bold cyan"
_QUIET_WHO = "cyan"
_DOUBT = "yellow"
_ACT = "green"
_CLAIM = "blue"
_LONGEST_ROLE = 40
_MAX_CLAIMS = 4
_STYLES: dict[Role | None, str] = {"source": _WHO, "cue": "italic magenta", "content": "", None: _QUIET}


@dataclass(frozen=True, slots=True)
class _TableOptions:
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


def print_report(report: Report, console: Console, *, full: bool = False) -> None:
    """Print one report: a line on what it is, then its statements, nested ones under their parents.

    Args:
        report: what to print.
        console: where to; its width and its colours are respected.
        full: whether long passages are shown whole.
    """
    sheet = _TableOptions(console, min(console.width, WIDEST), console.color_system is not None, full)
    entries = outline_of(report)
    sentence_context = SentenceContext(report.document.text)
    introduced: set[str] = set()
    sheet.print(_heading(report, entries, sheet))
    sheet.print("")
    for first in range(0, len(entries), _BATCH):
        batch = entries[first : first + _BATCH]
        if sheet.width < STACKED_UNDER:
            for entry in batch:
                sheet.print(_stacked(entry, sentence_context, sheet))
        else:
            sheet.print(_table(batch, sentence_context, sheet, introduced, header=first == 0))


def _heading(report: Report, entries: Sequence[Entry], sheet: _TableOptions) -> Text:
    document = report.document
    published = document.published
    facts = [
        document.origin,
        document.publisher,
        document.byline,
        f"{published.date} ({BASIS[published.basis]})" if published.date else "no date",
        counted(len(entries)),
        "[content] in brackets" if entries and not sheet.styled else None,
    ]
    line = Text(" · ".join(one_line(fact) for fact in facts if fact), _QUIET if document.title else "bold")
    return Text("\n").join([Text(one_line(document.title), "bold"), line]) if document.title else line


def _table(
    entries: Sequence[Entry],
    sentence_context: SentenceContext,
    sheet: _TableOptions,
    introduced: set[str],
    *,
    header: bool,
) -> Table:
    table = Table(box=None, show_header=header, header_style=_QUIET, padding=(0, 2, 1, 0), pad_edge=False)
    # Fixed widths: they line up from batch to batch, and nothing needs to measure every row.
    who = max(16, min(30, sheet.width * 22 // 100))
    how = max(14, min(22, sheet.width * 16 // 100))
    table.add_column("who", width=who)
    table.add_column("how", width=how)
    table.add_column("what", width=sheet.width - who - how - 4)
    for entry in entries:
        hook = 2 * min(entry.depth, _MAX_DEPTH)
        who_lines = _who(entry, introduced)
        how_lines = Text("\n").join(_how(entry))
        table.add_row(
            _hooked(who_lines, hook),
            how_lines,
            Padding(_what(entry, sentence_context, sheet), (0, 0, 0, hook)),
        )
    return table


def _stacked(entry: Entry, sentence_context: SentenceContext, sheet: _TableOptions) -> Table:
    hook = 2 * min(entry.depth, _MAX_DEPTH)
    line = Text(" · ", _QUIET).join([*_who(entry), *_how(entry)])
    stack = Table.grid(expand=False)
    stack.add_column(width=sheet.width)
    stack.add_row(_hooked([line], hook))
    stack.add_row(Padding(_what(entry, sentence_context, sheet), (0, 0, 1, hook + 2)))
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


def _who(entry: Entry, introduced: set[str] | None = None) -> list[Text]:
    """A name; its role where it comes up first; the source's words where the name was found elsewhere, or nowhere."""
    if entry.who is None:
        return [Text("not named", _QUIET)]
    if entry.speaker is None:
        doubt = [Text(entry.doubt, _DOUBT)] if entry.doubt else []
        return [Text(f"“{entry.who}”"), Text("not resolved", _QUIET), *doubt]
    style = _QUIET_WHO if entry.speaker.kind in ("unnamed", "document") else _WHO
    who = [Text.assemble((entry.who, style), ("?" if entry.is_unsure else "", "bold yellow"))]
    if entry.doubt:
        who.append(Text(f"speaker {entry.doubt}", _DOUBT))
    role = one_line(entry.speaker.role or "")
    if introduced is not None and entry.speaker.id not in introduced and 0 < len(role) <= _LONGEST_ROLE:
        who.append(Text(role, _QUIET))
        introduced.add(entry.speaker.id)
    if entry.source_words:
        who.append(Text(f"“{entry.source_words}”", _QUIET))
    if entry.speaker_note:
        who.append(Text(entry.speaker_note, _QUIET))
    return who


def _how(entry: Entry) -> list[Text]:
    cue = Text(entry.cue, _STYLES["cue"]) if entry.cue else Text("no cue", _QUIET)
    score = (f"{entry.score}?", "bold yellow") if entry.is_low else (entry.score, _QUIET)
    lines = [cue, Text.assemble((f"{entry.statement.form} ", _QUIET), score)]
    return [*lines, Text(entry.modality_text, _QUIET)] if entry.modality_text else lines


def _what(entry: Entry, sentence_context: SentenceContext, sheet: _TableOptions) -> Text:
    """The statement in its sentence (a nested one by itself, since the sentence stands just above), then act
    and claims on a line."""
    pieces = sentence_context.wordpieces_of(
        entry.statement, alone=entry.depth > 0, limit=None if sheet.full else CLIP
    )
    what = Text()
    for piece in pieces:
        bracketed = piece.role == "content" and not sheet.styled
        what.append(f"[{piece.text}]" if bracketed else piece.text, _STYLES[piece.role])
    line = _remarks(entry, full=sheet.full)
    return Text("\n").join([what, line]) if line else what


def _remarks(entry: Entry, *, full: bool) -> Text | None:
    """What the statement does and to whom, and its quantities and times, on one line; places are on the page."""
    claims = [value_text(claim, reasons=full) for claim in entry.claims if claim.type != "place"]
    shown = claims if full else claims[:_MAX_CLAIMS]
    left = len(claims) - len(shown)
    parts = [(entry.act_text, _ACT)] if entry.act_text else []
    parts += [(claim, _CLAIM) for claim in shown]
    if left:
        parts.append((f"{left} more", _QUIET))
    return Text(" · ", _QUIET).join(Text(part, style) for part, style in parts) if parts else None

"""An audit for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from onrecord.desk.audit.looked_at import times
from onrecord.desk.audit.values import Audit, AuditFinding, Elsewhere, Severity, Voice
from onrecord.desk.audit.views import (
    GENRES,
    MARKS,
    NOTHING,
    RULES,
    about,
    context,
    counts,
    gives_reason,
    grouped,
    how_known,
    is_unnamed,
    name_of,
    percent,
    why_unnamed,
)
from onrecord.render.outline import BASIS
from onrecord.render.safe_text import one_line

_STYLES: dict[Severity, str] = {"serious": "bold red", "warning": "yellow", "note": "cyan"}
_MOST_IN_A_GROUP = 8
_MOST_VOICES = 40


def print_audit(audit: Audit, console: Console) -> None:
    """Print an audit: what it is, what was found, who is heard."""
    document = audit.document
    console.print(Text(one_line(document.title or document.origin), "bold"))
    published = document.published
    facts = [
        one_line(document.publisher) if document.publisher else None,
        f"{one_line(published.date)} {BASIS[published.basis]}" if published.date else "no date",
        one_line(document.origin) if document.title else None,
    ]
    console.print(Text(" · ".join(part for part in facts if part), "dim"))
    console.print(f"Genre: {GENRES[audit.genre.name]} ({one_line(audit.genre.because)})")
    console.print(
        f"{times(audit.statements, 'statement')}, {times(audit.words, 'word')} attributed, "
        f"{times(len(audit.voices), 'voice')}. "
        f"Rules: {audit.rules}. Findings: {counts(audit.findings)}."
    )
    for group in grouped(audit):
        console.print()
        heading = Text(
            f"{MARKS[group.severity]} {RULES.get(group.rule, group.rule)} ", _STYLES[group.severity]
        )
        heading.append(f"{group.severity}, {group.rule}", "dim")
        console.print(heading)
        for finding in group.findings[:_MOST_IN_A_GROUP]:
            _hang(console, _said(audit, finding), 2)
        if len(group.findings) > _MOST_IN_A_GROUP:
            console.print(f"  and {len(group.findings) - _MOST_IN_A_GROUP:,} more; --json lists them")
        _hang(console, Text(f"Rule: {group.source}", "dim"), 2)
    console.print()
    _print_voices(audit, console)
    if audit.elsewhere is not None:
        console.print()
        _print_elsewhere(audit.elsewhere, console)


def _said(audit: Audit, finding: AuditFinding) -> Text:
    line = Text(one_line(finding.says))
    if finding.span:
        before, words, behind = context(audit, finding.span)
        line.append(f" “{before}" if before else " “", "dim")
        line.append(f"[{words}]")
        line.append(f"{behind}”", "dim")
    return line


def _print_voices(audit: Audit, console: Console) -> None:
    console.print(Text(f"{'statements':>12}{'words':>14}  voice", "dim"))
    for voice in audit.voices[:_MOST_VOICES]:
        shares = f"{voice.direct:>6,}{percent(voice.statement_share):>6}{voice.words:>8,}{percent(voice.share):>6}  "
        line = Text(name_of(voice), "bold")
        if described := about(voice):
            line.append(f", {described}", "not bold")
        _hang(console, line, len(shares), Text(shares))
        for detail in _details(voice):
            _hang(console, detail, len(shares) + 2)
    if len(audit.voices) > _MOST_VOICES:
        console.print(f"and {len(audit.voices) - _MOST_VOICES:,} more voices; --json lists them")


def _details(voice: Voice) -> Iterator[Text]:
    known, unnamed = how_known(voice), why_unnamed(voice)
    if known or is_unnamed(voice):
        yield _quoted("How they know", known)
    if is_unnamed(voice):
        line = _quoted("Why not named", unnamed)
        if unnamed and not gives_reason(voice):
            line.append(", without a reason", "italic")
        yield line


def _quoted(label: str, words: list[str]) -> Text:
    line = Text(f"{label}: ")
    line.append("; ".join(f"“{one}”" for one in words) if words else NOTHING, "" if words else "italic")
    return line


def _print_elsewhere(elsewhere: tuple[Elsewhere, ...], console: Console) -> None:
    reports = len({one.document for one in elsewhere})
    console.print(Text("In the record", "bold"))
    if not elsewhere:
        console.print("No other report of the record has any of these statements.")
        return
    console.print(
        f"{times(len({one.statement for one in elsewhere}), 'statement')} also in {times(reports, 'other report')}:"
    )
    for one in elsewhere[:20]:
        where = one_line(one.publisher or one.origin)
        who = f", by {one_line(one.speaker)}" if one.speaker else ""
        _hang(console, Text(f"{one.date or 'no date'}  {where}: {one.says}{who}"), 2)
    if len(elsewhere) > 20:
        console.print(f"  and {len(elsewhere) - 20:,} more; --json lists them")


def _hang(console: Console, line: Text, indent: int, label: Text | None = None) -> None:
    """Print a line with all of it to the right of an indent; the label stands in the first."""
    room = max(20, console.width - indent)
    for number, part in enumerate(line.wrap(console, room)):
        part.rstrip()
        console.print(Text.assemble(label if label and not number else Text(" " * indent), part))

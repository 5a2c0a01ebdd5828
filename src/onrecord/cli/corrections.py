"""``onrecord corrections``: what people corrected in the record, and taking it back."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from onrecord.cli.console import indent_after_label, say, terminal, write_line
from onrecord.cli.options import RecordLocation
from onrecord.errors import SettingsError
from onrecord.render import one_line

if TYPE_CHECKING:
    from onrecord.record import Correction, Record
    from onrecord.types import Speaker, Statement

_LONGEST = 200  # characters of a content that are shown
_LAST = "last"
_NUMBERS = re.compile(r"(?P<first>[0-9]{1,10})(?:-(?P<last>[0-9]{1,10}))?")

Numbered = tuple[int, "Correction"]


def corrections(
    location: RecordLocation = None,
    undo: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NUMBER",
            help="Take this one back; 12-15 takes four back, last the latest. May be given several times.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines, a correction a line.")] = False,
) -> None:
    """List what people corrected: who, when, in which report, and what.

    For people, and for programs:

        onrecord corrections
        onrecord corrections --json > corrections.jsonl

    Take one back, or all of an import, which names them at its end:

        onrecord corrections --undo last
        onrecord corrections --undo 12-15

    Exit code: 0 done; 1 there is no record yet, or it can't be read; 2 --undo names what isn't in the list.
    """
    from onrecord.record import open_for_reading, open_record

    if undo:
        with open_record(location, create=False) as record:
            chosen = _chosen(record.corrections(), undo)
            # The latest first, so that each is taken back from what stood when it was made.
            for number, _ in reversed(chosen):
                record.withdraw_correction(number)
            _show(record, chosen, as_json=as_json)
        say(f"{len(chosen):,} taken back")
        return
    with open_for_reading(location) as record:
        found = record.corrections()
        _show(record, found, as_json=as_json)
    if not found:
        say("nobody has corrected anything")


def _chosen(known: Sequence[Numbered], wanted: Sequence[str]) -> list[Numbered]:
    """The corrections that the command line names, in the order they were made.

    Raises:
        SettingsError: one that isn't there.
    """
    numbers: set[int] = set()
    for item in wanted:
        match = _NUMBERS.fullmatch(item)
        if item == _LAST and known:
            found = {known[-1][0]}
        elif match:
            first, last = int(match["first"]), int(match["last"] or match["first"])
            found = {number for number, _ in known if first <= number <= last}
        else:
            found = set()
        if not found:
            raise SettingsError(
                f"--undo: expected the number of a correction in the list, found {item!r:.40}"
            )
        numbers |= found
    return [item for item in known if item[0] in numbers]


def _show(record: Record, found: Sequence[Numbered], *, as_json: bool) -> None:
    origins: dict[str, str] = {}
    for _, correction in found:
        if correction.document not in origins:
            held = record.get(correction.document)
            origins[correction.document] = held.document.origin if held else correction.document
    if as_json:
        for number, correction in found:
            write_line(json.dumps(_as_dict(number, correction, origins[correction.document])))
        return
    console = terminal()
    for number, correction in found:
        facts = [
            correction.at,
            correction.author or "nobody named",
            correction.kind,
            origins[correction.document],
        ]
        label = Text(f"{number:>5}  ", "dim")
        lines = [Text(" \u00b7 ".join(one_line(fact) for fact in facts if fact), "bold")]
        lines += [Text(line) for line in _lines(correction)]
        for line in lines:
            for part in indent_after_label(line, label, console):
                console.print(part)
            label = Text(" " * label.cell_len)


def _lines(correction: Correction) -> list[str]:
    """The words before and after, and what else differs."""
    before, after = correction.before, correction.after
    lines = [f"{mark} {_words(item)}" for mark, item in (("\u2212", before), ("+", after)) if item]
    if before and after and _words(before) == _words(after):
        del lines[0]
    if before and after:
        names = [
            name
            for name in ("form", "act", "stance", "modality", "source", "cue")
            if getattr(before, name) != getattr(after, name)
        ]
        lines += [f"changed: {', '.join(names)}"] if names else []
    if correction.speakers:
        lines.append(f"by or at: {', '.join(one_line(item.name) for item in correction.speakers)}")
    if correction.note:
        lines.append(one_line(correction.note))
    return lines


def _words(statement: Statement) -> str:
    content = " \u2026 ".join(piece.text for piece in statement.content)
    return one_line(content)[:_LONGEST]


def _as_dict(number: int, correction: Correction, origin: str) -> dict[str, Any]:
    return {
        "number": number, "at": correction.at, "author": correction.author, "kind": correction.kind,
        "document": correction.document, "origin": origin, "note": correction.note,
        "before": _statement(correction.before, ()), "after": _statement(correction.after, correction.speakers),
    }  # fmt: skip


def _statement(statement: Statement | None, speakers: Sequence[Speaker]) -> dict[str, Any] | None:
    if statement is None:
        return None
    names = {speaker.id: speaker.name for speaker in speakers}
    spans = [{"start": span.start, "end": span.end, "text": span.text} for span in statement.content]
    return {
        "id": statement.id, "content": spans, "form": statement.form, "act": statement.act,
        "stance": statement.stance, "speaker": names.get(statement.speaker or ""),
        "target": names.get(statement.target or ""),
    }  # fmt: skip

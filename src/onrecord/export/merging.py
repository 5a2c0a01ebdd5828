"""Records from outside into a record on disk, so that nothing that was there is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from onrecord.export import brat, brat_reading
from onrecord.store import Correction, Store
from onrecord.types import Record, Speaker, Statement

Outcome = Literal["added", "known", "corrected"]


def add_record(store: Store, record: Record) -> Outcome:
    """Adds a record as it is; one of a text that is there changes nothing, unless other models read it
    (``Store.add``).
    """
    return "added" if store.add(record) else "known"


def add_annotated(store: Store, record: Record, *, author: str | None = None) -> Outcome:
    """Adds what people made of a report in brat. Where the report is in the record, what differs from it
    becomes corrections: kept for good, and made again when another model reads the report.

    Args:
        author: whose corrections they are.
    """
    held = store.get(record.document.id)
    if held is None:
        store.add(record)
        return "added"
    # Compared with what brat would have given back untouched, so that what brat can't hold is no correction.
    written = "\n".join(brat.annotate(held))
    untouched = brat_reading.parse(written, held.document.text, name="", about=brat.about(held))
    corrections = _differences(held, untouched, record, author)
    for correction in corrections:
        store.correct(correction)
    return "corrected" if corrections else "known"


def _differences(held: Record, untouched: Record, record: Record, author: str | None) -> list[Correction]:
    document = record.document.id
    before = {statement.id: statement for statement in untouched.statements}
    kept = {statement.id: statement for statement in held.statements}
    people = {speaker.id: speaker for speaker in record.speakers}
    found = []
    for statement in record.statements:
        old = before.pop(statement.id, None)
        if old is not None and _shown(old, untouched) == _shown(statement, record):
            continue
        speakers = tuple(people[item] for item in {statement.speaker, statement.target} if item is not None)
        kind: Literal["change", "add"] = "add" if old is None else "change"
        was = None if old is None else kept[old.id]
        found.append(Correction(document, kind, was, statement, speakers, author))
    found += [Correction(document, "reject", kept[lost], None, (), author) for lost in before]
    return found


def _shown(statement: Statement, record: Record) -> tuple[Statement, Speaker | None, Speaker | None]:
    """A statement as people see it in brat: who its speaker is, and not by which number."""
    people = {speaker.id: replace(speaker, id="", mentions=()) for speaker in record.speakers}
    bare = replace(
        statement, speaker=None, target=None, score=1.0, speaker_score=None, model=None, parent=None
    )
    return bare, people.get(statement.speaker or ""), people.get(statement.target or "")

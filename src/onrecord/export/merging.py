"""Reports from outside into a record on disk. An import changes only what it can be shown to have held: a report
that is in the record keeps every statement that the import didn't offer to an annotator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.errors import FormatError
from onrecord.export.brat_folder import hash_shown, shown, untouched_copy
from onrecord.export.brat_import import MOVED, NOTED, Annotated
from onrecord.record import Correction, Record
from onrecord.record.corrections import find_statement
from onrecord.record.write import models_of
from onrecord.types import Report, Speaker, Statement

Outcome = Literal["added", "known", "corrected", "replaced"]


def would_replace(record: Record, report: Report) -> bool:
    """Whether the report is in the record, and what is given was read by other models."""
    model = models_of(report)
    document = report.document.id
    return model is not None and record.has(document) and not record.has(document, model=model)


def add_report(record: Record, report: Report, *, replace_others: bool = False) -> Outcome:
    """Adds a report as it is; one of a text that is there changes nothing.

    Args:
        replace_others: put it in the place of a reading by other models, which goes into the history.
    """
    if replace_others and would_replace(record, report):
        record.add(report)
        return "replaced"
    if record.note_occurrence(report.document):
        return "known"
    return "added" if record.add(report) else "known"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import of one annotated report does: adds it where ``is_new``, else makes the corrections."""

    report: Report
    is_new: bool
    corrections: tuple[Correction, ...] = ()

    def carry_out(self, record: Record) -> list[int]:
        """Does it, and returns the numbers of the corrections."""
        if self.is_new:
            record.add(self.report)
        return [record.correct(correction) for correction in self.corrections]


def plan_annotated(record: Record, annotated: Annotated, *, author: str | None = None) -> Plan:
    """What to do about what people made of a report in brat. Where the report is in the record, what an annotator
    did becomes corrections: kept for good, and made again when another model reads the report.

    * A statement that looks as it did when it was exported is left alone, whatever the record holds by now.
    * A statement is rejected only where the export offered it and the annotator took it out.
    * In a folder that doesn't list what was offered, a statement's act, stance and people count only where the
      folder has them.

    Args:
        author: whose corrections they are.

    Raises:
        FormatError: the text isn't the one that was exported.
    """
    report = annotated.report
    if annotated.exported not in (None, report.document.id):
        raise FormatError(
            annotated.name,
            "its text isn't the one that was exported; put that back, or take its .json out to add it as another "
            "report",
        )
    held = record.get(report.document.id)
    if held is None:
        return Plan(report, is_new=True)
    return Plan(report, False, tuple(_Comparison(held, annotated, author).corrections()))


class _Comparison:
    """An annotated report beside the one in the record."""

    def __init__(self, held: Report, annotated: Annotated, author: str | None) -> None:
        self._held, self._annotated, self._author = held, annotated, author
        # Compared with what brat would have given back untouched, so that what brat can't hold is no correction.
        self._untouched = untouched_copy(held)
        self._before = {statement.id: statement for statement in self._untouched.statements}
        self._kept = {statement.id: statement for statement in held.statements}
        self._offered = annotated.offered or {}

    def corrections(self) -> Iterator[Correction]:
        """Yields what the annotator did: rejections first, so that what is added can't be taken for what goes."""
        there = {statement.id for statement in self._annotated.report.statements}
        matched: dict[str, Statement] = {}  # what was drawn anew, by the statement that it stands for
        for statement in self._annotated.report.statements:
            if not self._is_noted(statement):
                left = tuple(item for item in self._held.statements if item.id not in there | matched.keys())
                old = self._kept.get(statement.id) or find_statement(_of(self._held, left), statement)
                if old is not None:
                    matched[old.id] = statement
        for lost in self._offered.keys() - there - matched.keys():
            if lost in self._kept:
                yield self._correction("reject", self._kept[lost], None, ())
        stands_for = {statement.id: self._kept[old] for old, statement in matched.items()}
        for statement in self._annotated.report.statements:
            if self._is_noted(statement):
                yield from self._revised(statement)
            else:
                yield from self._drawn(statement, stands_for.get(statement.id))

    def _is_noted(self, statement: Statement) -> bool:
        return NOTED in self._annotated.given.get(statement.id, ())

    def _revised(self, statement: Statement) -> Iterator[Correction]:
        """What was done to a statement that came out of an export."""
        report = self._annotated.report
        old = self._before.get(statement.id)
        if self._annotated.offered is None:
            # Whether the annotator changed it can't be told, but for its words.
            if old is not None or MOVED in self._annotated.given[statement.id]:
                yield from self._drawn(statement, self._kept.get(statement.id))
            return
        if self._offered.get(statement.id) == hash_shown(statement, report):
            return
        if old is not None and shown(old, self._untouched) == shown(statement, report):
            return
        people = {speaker.id: speaker for speaker in report.speakers}
        speakers = tuple(people[item] for item in {statement.speaker, statement.target} if item is not None)
        if old is None:
            yield self._correction("add", None, statement, speakers)
        else:
            yield self._correction("change", self._kept[old.id], statement, speakers)

    def _drawn(self, statement: Statement, old: Statement | None) -> Iterator[Correction]:
        """What an annotator drew, or another tool wrote; ``old`` is the statement that it stands for."""
        report = self._annotated.report
        people = {speaker.id: speaker for speaker in report.speakers}
        if old is None:
            speakers = tuple(
                people[item] for item in {statement.speaker, statement.target} if item is not None
            )
            yield self._correction("add", None, statement, speakers)
            return
        after, speakers = self._filled(statement, old, people)
        before = self._before.get(old.id, old)
        if shown(after, _of(report, (after,), speakers)) != shown(before, self._untouched):
            yield self._correction("change", old, after, speakers)

    def _filled(
        self, statement: Statement, old: Statement, people: dict[str, Speaker]
    ) -> tuple[Statement, tuple[Speaker, ...]]:
        """The statement with what the folder doesn't say of it as the record has it, and its speakers."""
        given = self._annotated.given.get(statement.id, frozenset())
        has_modality = given & {"Tense", "Negated", "Conditional"}
        held = {speaker.id: replace(speaker, id=f"held:{speaker.id}") for speaker in self._held.speakers}
        whom = {
            "speaker": people.get(statement.speaker or "")
            if "Speaker" in given
            else held.get(old.speaker or ""),
            "target": people.get(statement.target or "") if "Target" in given else held.get(old.target or ""),
        }
        after = replace(
            statement,
            id=old.id,
            form=statement.form if "Form" in given else old.form,
            act=statement.act if "Act" in given else old.act,
            stance=statement.stance if "Stance" in given else old.stance,
            modality=statement.modality if has_modality else old.modality,
            speaker=whom["speaker"].id if whom["speaker"] else None,
            target=whom["target"].id if whom["target"] else None,
        )
        return after, tuple({one.id: one for one in whom.values() if one}.values())

    def _correction(
        self,
        kind: Literal["change", "reject", "add"],
        before: Statement | None,
        after: Statement | None,
        speakers: tuple[Speaker, ...],
    ) -> Correction:
        return Correction(self._held.document.id, kind, before, after, speakers, self._author)


def _of(
    report: Report, statements: tuple[Statement, ...], speakers: tuple[Speaker, ...] | None = None
) -> Report:
    """The record with only these statements (and speakers), to look among them."""
    return Report(report.document, statements, report.speakers if speakers is None else speakers)

"""What people corrected: kept for good, held by the words they stand on, so that it survives a new reading of
the report.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from onrecord.errors import ReportError
from onrecord.record.folding import fold_name
from onrecord.types import SCHEMA, UNPUBLISHED, Document, Report, Span, Speaker, Statement

CorrectionKind = Literal["change", "reject", "add", "confirm"]


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction of one statement by a person.

    ``before`` is the statement as it was shown (``None`` when one is added), ``after`` as it should be
    (``None`` when it is rejected). ``speakers`` are those that ``after`` points to, whole: a new reading
    numbers its speakers anew.

    Raises:
        ReportError: before and after don't go with the kind, or ``after`` points to a speaker that isn't
            given.
    """

    document: str
    kind: CorrectionKind
    before: Statement | None
    after: Statement | None
    speakers: tuple[Speaker, ...] = ()
    author: str | None = None
    note: str | None = None
    at: str | None = None

    def __post_init__(self) -> None:
        expected = {
            "change": (True, True),
            "reject": (True, False),
            "add": (False, True),
            "confirm": (True, True),
        }
        if expected.get(self.kind) != (self.before is not None, self.after is not None):
            raise ReportError(
                f"correction of {self.document[:16]}: a {self.kind!r} has the wrong before or after; "
                "change and confirm have both, reject has before, add has after"
            )
        known = {speaker.id for speaker in self.speakers}
        if self.after and (lost := {self.after.speaker, self.after.target} - known - {None}):
            raise ReportError(
                f"correction of {self.document[:16]}: the speaker {lost.pop()!r} is not given with it"
            )

    def to_json(self) -> str:
        """The correction without document, author and time, which have columns of their own."""
        parts = {
            "before": _to_dict(self.before, ()),
            "after": _to_dict(self.after, self.speakers),
            "note": self.note,
        }
        return json.dumps(parts, separators=(",", ":"))

    @classmethod
    def from_json(
        cls, body: str, *, document: str, kind: CorrectionKind, author: str | None, at: str | None
    ) -> Correction:
        """The correction of ``to_json``."""
        parts = json.loads(body)
        before, _ = _from_dict(parts["before"])
        after, speakers = _from_dict(parts["after"])
        return cls(document, kind, before, after, speakers, author, parts["note"], at)


def correct(report: Report, corrections: Iterable[Correction]) -> Report:
    """The report with the corrections applied, in the order they were made.

    A correction finds its statement by id, else by the same cue, else by the content that overlaps it most
    (at least half of both together). A change that finds none adds its statement: what a person said stays,
    whatever a model finds.
    """
    for correction in corrections:
        report = _apply(report, correction)
    return report


def _apply(report: Report, correction: Correction) -> Report:
    found = find_statement(report, correction.before or correction.after)
    if correction.after is None:
        return report if found is None else _drop(report, found)
    report, after = _with_speakers(report, correction.after, correction.speakers)
    known = {statement.id for statement in report.statements}
    if found is None:
        if after.id in known:
            return report
        after = replace(after, parent=after.parent if after.parent in known else None)
        ordered = sorted((*report.statements, after), key=lambda statement: (statement.start, statement.end))
        return replace(report, statements=tuple(ordered))
    if after.id in known - {found.id}:
        after = replace(after, id=found.id)
    parent = (
        after.parent
        if after.parent in known and not _is_within(report, after.parent, found.id)
        else found.parent
    )
    return _put(report, found, replace(after, parent=parent))


def find_statement(report: Report, wanted: Statement | None) -> Statement | None:
    """The statement of a record that is meant: by id, else by the same cue, else by the content that overlaps it
    most (at least half of both together); ``None`` where there is none.
    """
    if wanted is None:
        return None
    for statement in report.statements:
        if statement.id == wanted.id:
            return statement
    characters = _characters(wanted.content)
    best, share = None, 0.0
    for statement in report.statements:
        others = _characters(statement.content)
        shared = len(characters & others) / len(characters | others)
        if statement.cue is not None and statement.cue == wanted.cue and shared > 0:
            return statement
        if shared > share:
            best, share = statement, shared
    return best if share >= 0.5 else None


def _characters(spans: Iterable[Span]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def _is_within(report: Report, inner: str | None, outer: str) -> bool:
    parents = {statement.id: statement.parent for statement in report.statements}
    seen: set[str | None] = set()
    while inner is not None and inner not in seen:
        if inner == outer:
            return True
        seen.add(inner)
        inner = parents.get(inner)
    return False


def _drop(report: Report, statement: Statement) -> Report:
    kept = tuple(
        replace(other, parent=statement.parent) if other.parent == statement.id else other
        for other in report.statements
        if other.id != statement.id
    )
    claims = tuple(
        replace(claim, statement=statement.parent) if claim.statement == statement.id else claim
        for claim in report.claims
    )
    return replace(report, statements=kept, claims=claims)


def _put(report: Report, old: Statement, new: Statement) -> Report:
    statements = tuple(
        new if other.id == old.id else replace(other, parent=new.id) if other.parent == old.id else other
        for other in report.statements
    )
    claims = tuple(
        replace(claim, statement=new.id) if claim.statement == old.id else claim for claim in report.claims
    )
    return replace(report, statements=statements, claims=claims)


def _with_speakers(report: Report, after: Statement, given: tuple[Speaker, ...]) -> tuple[Report, Statement]:
    """The report with the speakers that ``after`` needs, and ``after`` pointing to them by their ids in this
    record.
    """
    speakers = list(report.speakers)
    ids = {}
    for speaker in given:
        name = fold_name(speaker.name)
        known = next(
            (other for other in speakers if other.id == speaker.id and fold_name(other.name) == name), None
        )
        known = known or next((other for other in speakers if fold_name(other.name) == name), None)
        if known is None:
            taken = {other.id for other in speakers}
            fresh = (
                speaker.id
                if speaker.id not in taken
                else next(f"c{n}" for n in range(1, 10**6) if f"c{n}" not in taken)
            )
            known = replace(speaker, id=fresh)
            speakers.append(known)
        ids[speaker.id] = known.id
    pointed = replace(
        after,
        speaker=None if after.speaker is None else ids[after.speaker],
        target=None if after.target is None else ids[after.target],
    )
    return replace(report, speakers=tuple(speakers)), pointed


def _to_dict(statement: Statement | None, speakers: tuple[Speaker, ...]) -> dict[str, Any] | None:
    if statement is None:
        return None
    whole = Report(_NOWHERE, (statement,), speakers).to_dict()
    return {"statement": whole["statements"][0], "speakers": whole["speakers"]}


def _from_dict(data: dict[str, Any] | None) -> tuple[Statement | None, tuple[Speaker, ...]]:
    if data is None:
        return None, ()
    shell = {"schema": SCHEMA, "document": _NOWHERE_DICT, "claims": []}
    report = Report.from_dict({**shell, "statements": [data["statement"]], "speakers": data["speakers"]})
    return report.statements[0], report.speakers


_NOWHERE = Document.of("", origin="", published=UNPUBLISHED)
_NOWHERE_DICT = cast(dict[str, Any], Report(_NOWHERE).to_dict()["document"])

"""The folder that ``export brat`` writes, and what it offers for correction.

``NAME.json`` lists the statements that were written, each with a hash of what an annotator sees of it. An import
rejects only statements in that list, and changes only those that don't look as they did.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from onrecord.errors import SettingsError
from onrecord.export import brat, brat_import
from onrecord.export.formats import OnFailure
from onrecord.export.table import storable
from onrecord.types import Report, Speaker, Statement, content_id

OFFERED = "offered"
"""The field of ``NAME.json`` with the statements that were written."""


def write(reports: Iterable[Report], folder: Path, *, on_failure: OnFailure) -> None:
    """Writes three files for each report into a folder that is there.

    Raises:
        SettingsError: a file can't be written.
    """
    try:
        configuration = folder / "annotation.conf"
        configuration.write_text(brat.CONFIGURATION, encoding="utf-8", newline="\n")
        for report in reports:
            stem = folder / report.document.id
            text = storable(report.document.text)
            stem.with_suffix(".txt").write_text(text, encoding="utf-8", newline="")
            lines = "".join(f"{line}\n" for line in brat.annotate(report))
            stem.with_suffix(".ann").write_text(lines, encoding="utf-8", newline="\n")
            about = {**brat.about(report), OFFERED: offer(report)}
            stem.with_suffix(".json").write_text(json.dumps(about), encoding="utf-8", newline="\n")
    except OSError as error:
        raise SettingsError(f"{folder}: can't be written: {error.strerror}; choose another folder") from error


def offer(report: Report) -> dict[str, str]:
    """The id of each statement that brat shows, with a hash of what it shows."""
    untouched = untouched_copy(report)
    return {statement.id: hash_shown(statement, untouched) for statement in untouched.statements}


def untouched_copy(report: Report) -> Report:
    """The record as brat gives it back when nobody touches it: without what brat can't hold."""
    lines = "\n".join(brat.annotate(report))
    return brat_import.parse(lines, report.document.text, name="", about=brat.about(report))


def shown(statement: Statement, report: Report) -> tuple[Statement, Speaker | None, Speaker | None]:
    """A statement as people see it in brat: who its speaker is, and not by which number."""
    people = {speaker.id: replace(speaker, id="", mentions=()) for speaker in report.speakers}
    bare = replace(
        statement,
        speaker=None,
        target=None,
        score=1.0,
        speaker_score=None,
        speaker_candidates=(),
        model=None,
        parent=None,
    )
    return bare, people.get(statement.speaker or ""), people.get(statement.target or "")


def hash_shown(statement: Statement, report: Report) -> str:
    """A hash of ``shown``."""
    bare, *people = shown(statement, report)
    spans = [(span.start, span.end) if span else None for span in (bare.source, bare.cue, *bare.content)]
    modality = bare.modality and (bare.modality.negated, bare.modality.conditional, bare.modality.tense)
    names = [one and (one.name, one.aliases, one.kind, one.role, one.affiliation) for one in people]
    return content_id(repr((bare.form, spans, bare.act, bare.stance, modality, names)))

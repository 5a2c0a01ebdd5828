"""Tracks: out of reports, or out of what a record has on some words, a speaker, a unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.desk.track.contradictions import find_contradictions, said_in
from onrecord.desk.track.observing import Observation, observe
from onrecord.desk.track.series import make_series
from onrecord.desk.track.values import Track
from onrecord.errors import SettingsError
from onrecord.loaders.options import is_day
from onrecord.record import Record
from onrecord.record.folding import words_of
from onrecord.search import MAX_HITS, Query, search
from onrecord.speakers.word_classes import fold, singular
from onrecord.types import Report

MOST_REPORTS = 2_000
"""Reports that one track looks at, the newest ones that fit."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for.

    ``words`` must stand in the statements. ``of`` is what is counted, ``unit`` what it is measured in.
    ``as_of`` is a day (ISO 8601): nothing that was said or published later counts. ``since`` and ``until`` are
    days, months or years of publication.

    Raises:
        SettingsError: ``as_of`` isn't a day.
    """

    words: str = ""
    speaker: str | None = None
    of: str | None = None
    unit: str | None = None
    as_of: str | None = None
    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        if self.as_of is not None and not is_day(self.as_of):
            raise SettingsError(f"as_of: expected a day such as 2024-03-12, found {self.as_of!r:.40}")


def track_record(record: Record, asked: Asked) -> Track:
    """The track of what a record has on a question.

    Raises:
        SettingsError: a value that can't be searched for.
        RecordError: the record can't be read.
    """
    reports = _reports(record, asked)
    copies = {
        one.document.id: tuple(head.id for head, _ in record.near_duplicates(one.document.id))
        for one in reports
    }
    return track_reports(reports, asked=asked, copies=copies)


def track_reports(
    reports: Iterable[Report],
    *,
    asked: Asked | None = None,
    copies: Mapping[str, Sequence[str]] | None = None,
) -> Track:
    """The track of some reports.

    Args:
        copies: the ids of the near-duplicates of each report: of those that are near-duplicates of each other only
            the earliest counts, with the others named beside it.
    """
    question = asked or Asked()
    held = [one for one in reports if _is_known(one, question.as_of)]
    independent = collapse(held, copies or {})
    observations: list[Observation] = []
    statements = []
    for report, others in independent:
        observations += [one for one in observe(report, copies=others) if _fits(one, question)]
        statements += [
            one for one in said_in(report) if _speaks(one.speaker.name if one.speaker else None, question)
        ]
    if question.words.strip():
        wanted = _stems(question.words)
        observations = [one for one in observations if wanted <= one.topic | one.words_said]
        statements = [one for one in statements if wanted <= one.topic]
    if question.unit or question.of:
        statements = []
    return Track(make_series(observations), find_contradictions(observations, statements), question.as_of)


def collapse(
    reports: Sequence[Report], copies: Mapping[str, Sequence[str]]
) -> list[tuple[Report, tuple[str, ...]]]:
    """The reports that are independent of each other, each with the ids of its near-duplicates among them."""
    ordered = sorted(reports, key=lambda one: (one.document.published.date or "9999", one.document.id))
    found: list[tuple[Report, list[str]]] = []
    first_of: dict[str, int] = {}
    for report in ordered:
        same = [other for other in copies.get(report.document.id, ()) if other in first_of]
        if same:
            place = first_of[same[0]]
            found[place][1].append(report.document.id)
        else:
            place = len(found)
            found.append((report, []))
        first_of[report.document.id] = place
    return [(report, tuple(others)) for report, others in found]


def _reports(record: Record, asked: Asked) -> list[Report]:
    """The reports with a statement that fits, the newest ones."""
    until = min(filter(None, (asked.until, asked.as_of)), default=None)
    query = Query(
        words=asked.words,
        speaker=asked.speaker,
        since=asked.since,
        until=until,
        limit=MAX_HITS,
        sort="newest",
    )
    ids: dict[str, None] = {}
    while True:
        page = search(record, query)
        ids.update(dict.fromkeys(hit.found.document.id for hit in page.hits))
        if page.after is None or len(ids) >= MOST_REPORTS:
            break
        query = Query(
            words=asked.words, speaker=asked.speaker, since=asked.since, until=until, limit=MAX_HITS, sort="newest",
            after=page.after,
        )  # fmt: skip
    found = (record.get(identity) for identity in ids)
    return [report for report in found if report is not None]


def _is_known(report: Report, as_of: str | None) -> bool:
    published = report.document.published.date
    return as_of is None or (published is not None and published <= as_of)


def _fits(one: Observation, asked: Asked) -> bool:
    if asked.as_of is not None and one.said is not None and one.said > asked.as_of:
        return False
    if asked.unit is not None and fold(one.unit or "") != fold(asked.unit):
        return False
    if asked.of is not None:
        wanted = {singular(word) for word in fold(asked.of).split()}
        if not wanted <= set((one.measure or "").split()) and fold(asked.of) != one.measure:
            return False
    return _speaks(one.speaker.name if one.speaker else one.who, asked)


def _speaks(name: str | None, asked: Asked) -> bool:
    if asked.speaker is None:
        return True
    return name is not None and set(fold(asked.speaker).split()) <= set(fold(name).split())


def _stems(words: str) -> frozenset[str]:
    return frozenset(words_of(words))

"""Verifying a quotation: has somebody said this, in these words, then, there?

A verdict is about the record, never about truth. Words are compared one by one; the speaker, the day and the
outlet are matched apart from the words, so that what doesn't fit is told: "not by him: by her, two days
later".
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import func, select

from onrecord.desk.candidates import Frequencies, find_candidates, load_statements_at
from onrecord.desk.comparison import LEAST_LIKE, NEAREST, Comparison, compare_text
from onrecord.desk.findings import make_finding
from onrecord.desk.matching import NOBODY, Asked
from onrecord.desk.paraphrase import Meanings
from onrecord.desk.printings import history_of
from onrecord.desk.quotation import Quotation, parse_quotation
from onrecord.desk.verdict import WORDS, Finding, FindingKind, Searched, Verdict, VerdictKind
from onrecord.errors import SettingsError
from onrecord.record import Embed, Record, open_for_reading
from onrecord.record.schema import documents
from onrecord.text.segmentation import Range
from onrecord.types import Span

_MOST = 50  # findings of a quotation
_AROUND = 400  # code points around aligned words in which statements are looked for

__all__ = ["NOBODY", "Asked", "Verifier", "find_embed", "verify", "verify_in"]


def verify(record: Record, quotation: str, *, asked: Asked = NOBODY, embed: Embed | None = None) -> Verdict:
    """The verdict on one quotation. For many, make one ``Verifier``.

    Args:
        record: the record.
        quotation: the words, with or without quotation marks.
        asked: who, when and where it is said to be from.
        embed: texts to vectors, float32 [text, width], by the model whose vectors the record has; without it,
            other words for the same aren't looked for.

    Raises:
        SettingsError: the quotation has fewer than two words, or more than 5,000 characters.
        RecordError: the record can't be read.
    """
    return Verifier(record, embed=embed).verify(quotation, asked=asked)


def verify_in(
    record: Record | str | os.PathLike[str] | None, quotation: str, *, asked: Asked = NOBODY
) -> Verdict:
    """The verdict on a quotation by an open record or by the place of one; by meaning too, where the record
    has vectors.

    Raises:
        SettingsError, RecordError: as ``verify`` does.
    """
    if isinstance(record, Record):
        return verify(record, quotation, asked=asked, embed=find_embed(record))
    with open_for_reading(record) as opened:
        return verify(opened, quotation, asked=asked, embed=find_embed(opened))


def find_embed(record: Record) -> Embed | None:
    """What compares meanings in a record; ``None`` where it has no vectors, which the verdict says."""
    from onrecord.embedding import load_default_embedder, query_embedder

    try:
        return query_embedder(record, load_default_embedder())
    except SettingsError:
        return None


class Verifier:
    """Verifies quotations against one record, and keeps what it learned of the record meanwhile."""

    def __init__(self, record: Record, *, embed: Embed | None = None) -> None:
        self._record = record
        self._meanings = Meanings(record, embed) if embed else None
        self._frequencies = Frequencies()
        self._searched: Searched | None = None

    def verify(
        self, quotation: str, *, asked: Asked = NOBODY, span: Span | None = None, claim: bool = False
    ) -> Verdict:
        """The verdict on a quotation.

        Args:
            span: where it stands in a draft.
            claim: it is a claim in indirect speech.

        Raises:
            SettingsError: it has fewer than two words, or more than 5,000 characters.
        """
        parsed = parse_quotation(quotation)
        searched = self.searched()
        if not searched.reports:
            empty = "the record has no report yet; ingest some first"
            return Verdict(quotation, span, "not_found", (), searched, (), (), empty, asked.speaker, claim)
        comparison = self._compare(parsed, asked)
        findings = comparison.findings(asked)
        # A claim that is worded otherwise may be the same; a quotation that was found altered is altered.
        found = _has_words(findings) or (bool(findings) and not claim)
        same = () if found else self._find_meaning(quotation, asked)
        held = {(finding.document, finding.statement) for finding in findings}
        same = tuple(item for item in same if (item.document, item.statement) not in held)
        findings += tuple(finding for finding in same if finding.kind == "same_meaning")
        verdict, doubt = _decide(findings, asked)
        if doubt is None and not comparison.complete:
            doubt = "many passages have these words; not all were compared"
        nearest: tuple[Finding, ...] = ()
        if verdict == "not_found":
            nearest = _distinct((*comparison.nearest(asked), *same))[:NEAREST]
        findings = _ordered(findings)[:_MOST]
        return Verdict(
            quotation, span, verdict, findings, searched, nearest, history_of(findings), doubt,
            asked.speaker, claim,
        )  # fmt: skip

    def searched(self) -> Searched:
        """What a verdict is about: the extent of the record."""
        if self._searched is None:
            query = select(
                func.count(),
                func.count(documents.c.publisher.distinct()),
                func.min(documents.c.published),
                func.max(documents.c.published),
            ).select_from(documents)
            with self._record.read_connection() as connection:
                count, publishers, first, last = connection.execute(query).one()
            self._searched = Searched(count, first, last, publishers, self._meanings is not None)
        return self._searched

    def _compare(self, quotation: Quotation, asked: Asked) -> Comparison:
        with self._record.read_connection() as connection:
            candidates = find_candidates(connection, quotation, self._frequencies, speaker=asked.speaker)
            compared = [compare_text(quotation, candidates, item) for item in candidates.stretches]
            ranges: dict[int, list[Range]] = {}
            for item in compared:
                if item.alignment is not None and item.alignment.coverage >= LEAST_LIKE:
                    start, end = item.alignment.span
                    ranges.setdefault(item.stretch.document, []).append((start - _AROUND, end + _AROUND))
            statements = load_statements_at(connection, candidates, ranges) if ranges else {}
        return Comparison(quotation, candidates, compared, statements)

    def _find_meaning(self, text: str, asked: Asked) -> tuple[Finding, ...]:
        """The statements nearest in meaning: those that claim the same, and others, as the nearest."""
        if self._meanings is None:
            return ()
        found = []
        for item, cosine, same in self._meanings.find(text, speaker=asked.speaker):
            first, last = item.statement.content[0].start, item.statement.content[-1].end
            kind: FindingKind = "same_meaning" if same else "nearest"
            finding = make_finding(kind, item.document, item, (first, last), cosine, (), (), asked)
            found.append(replace(finding, kind="nearest") if finding.matched.speaker is False else finding)
        return tuple(found)


def _has_words(findings: Sequence[Finding]) -> bool:
    return any(finding.kind in ("exact", "shortened") for finding in findings)


def _decide(findings: Sequence[Finding], asked: Asked) -> tuple[VerdictKind, str | None]:
    """The worst that holds of the findings whose words are nearest, and a doubt about it."""
    mine = [finding for finding in findings if finding.kind != "other_speaker"]
    others = [finding for finding in findings if finding.kind == "other_speaker"]
    if asked.speaker is None:
        return (_nearest_kind(mine) if mine else "not_found"), None
    told = [finding for finding in mine if finding.matched.speaker is True]
    unknown = [finding for finding in mine if finding.matched.speaker is None]
    if told and (_has_words(told) or not _has_all_words(others)):
        return _nearest_kind(told), None
    if others and (_has_all_words(others) or not _has_words(unknown)):
        return "other_speaker", None
    if unknown:
        return _nearest_kind(unknown), f"the record doesn't tell whether {asked.speaker} said it"
    return "not_found", None


def _has_all_words(findings: Sequence[Finding]) -> bool:
    return any(not finding.differences for finding in findings)


def _nearest_kind(findings: Sequence[Finding]) -> VerdictKind:
    kinds = {finding.kind for finding in findings}
    for kind in WORDS:
        if kind in kinds:
            return kind  # type: ignore[return-value]  # each of ``WORDS`` is a verdict
    return "not_found"


def _ordered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The nearest words first; of equals, who was asked for, then primary sources, then the oldest."""
    order = {kind: place for place, kind in enumerate((*WORDS[:3], "other_speaker", *WORDS[3:], "nearest"))}

    def key(finding: Finding) -> tuple[object, ...]:
        speaker = {True: 0, None: 1, False: 2}[finding.matched.speaker]
        day = finding.date or "9999"
        return order[finding.kind], speaker, not finding.primary, -finding.score, day, finding.document

    return tuple(sorted(findings, key=key))


def _distinct(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """One of the nearest for each statement."""
    seen: set[tuple[str, str | None]] = set()
    kept = []
    for finding in findings:
        place = finding.document, finding.statement
        if finding.kind == "nearest" and place not in seen:
            seen.add(place)
            kept.append(finding)
    return tuple(kept)

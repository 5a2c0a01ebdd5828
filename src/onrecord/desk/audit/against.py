"""A report held against the record: which of its statements other reports have too, altered, or contradict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from onrecord.desk.audit.looked_at import Sourcing, finding, times
from onrecord.desk.audit.rules import Rules
from onrecord.desk.audit.values import AuditFinding, Elsewhere
from onrecord.desk.track import track_reports
from onrecord.linking.candidates import find_similar
from onrecord.linking.linking import ALTERED_QUOTE, KINDS, find_links
from onrecord.linking.wording import wording_of_statement
from onrecord.record import Link, Record
from onrecord.record.retrieval import load_statements
from onrecord.types import Document, Report, Span

_MOST_ASKED = 200
"""Statements of a report for which others are looked for."""
_MOST_CONTRADICTING = 40
_MOST = 200
"""Reports elsewhere that are read for one audit."""


def look_elsewhere(report: Report, record: Record) -> tuple[Elsewhere, ...]:
    """The links of a report to others of the record, near-duplicates of it left out, in the order of its text.

    Raises:
        RecordError: the record can't be read.
    """
    mine = report.document.id
    links = [link for link in record.links(mine) if link.kind in KINDS] if record.has(mine) else []
    links = links or list(find_links(record, report))
    same_text = {head.id for head, _ in record.near_duplicates(mine)} | {mine}
    place = {statement.id: statement.start for statement in report.statements}
    others: dict[str, Report | None] = {}
    found = []
    for link in links:
        ours_left = link.left_document == mine
        other = link.right_document if ours_left else link.left_document
        if other in same_text or (other not in others and len(others) >= _MOST):
            continue
        if other not in others:
            others[other] = record.get(other)
        held = others[other]
        statement = link.left if ours_left else link.right
        if held is not None and statement in place:
            found.append(_elsewhere(report, held, link, ours_left=ours_left))
    return tuple(sorted(found, key=lambda one: (place[one.statement], one.date or "", one.document)))


def contradictions_elsewhere(report: Report, record: Record) -> tuple[Elsewhere, ...]:
    """What other reports of the record say that can't hold beside a statement of this one.

    Looked at are the reports whose statements share two of the rarer words of one of its statements, 40 at most.

    Raises:
        RecordError: the record can't be read.
    """
    mine = report.document.id
    same_text = {head.id for head, _ in record.near_duplicates(mine)} | {mine}
    others = [
        held
        for one in _alike(report, record)
        if one not in same_text and (held := record.get(one)) is not None
    ]
    copies = {
        held.document.id: tuple(head.id for head, _ in record.near_duplicates(held.document.id))
        for held in others
    }
    track = track_reports([report, *others], copies=copies)
    held_by = {held.document.id: held for held in others}
    found = []
    for one in track.contradictions:
        if (one.documents[0] == mine) == (one.documents[1] == mine):
            continue
        ours, theirs = (0, 1) if one.documents[0] == mine else (1, 0)
        document = held_by[one.documents[theirs]].document
        found.append(
            Elsewhere(
                statement=one.statements[ours],
                kind="contradicted",
                document=document.id,
                other=one.statements[theirs],
                origin=document.origin,
                publisher=document.publisher,
                date=document.published.date,
                speaker=one.speakers[theirs],
                says=f"{one.because}; unless {one.unless}",
                differences=((one.spans[ours], one.spans[theirs]),),
            )
        )
    return tuple(found)


def _alike(report: Report, record: Record) -> list[str]:
    """The ids of the reports whose statements have the most in common with this one's."""
    speakers = {speaker.id: speaker for speaker in report.speakers}
    counts: dict[str, int] = {}
    having: Counter[str] = Counter()
    with record.read_connection() as connection:
        for statement in report.statements[:_MOST_ASKED]:
            wording = wording_of_statement(report.document, statement, speakers.get(statement.speaker or ""))
            own = (
                Counter({word.token for word in wording.words})
                if record.has(report.document.id)
                else Counter[str]()
            )
            keys = find_similar(connection, wording, own, counts)
            having.update({found.document.id for found in load_statements(connection, sorted(keys))})
    return [identity for identity, _ in having.most_common(_MOST_CONTRADICTING)]


def _elsewhere(report: Report, held: Report, link: Link, *, ours_left: bool) -> Elsewhere:
    ours, theirs = (link.left, link.right) if ours_left else (link.right, link.left)
    statement = next((item for item in held.statements if item.id == theirs), None)
    speaker = held.speaker_of(statement) if statement else None
    document = held.document
    pairs = []
    for pair in link.evidence.get("differences", []):
        left, right = pair if ours_left else pair[::-1]
        pairs.append((_span(report.document, left), _span(document, right)))
    changes = link.evidence.get("changes") or []
    says = {
        "same_quote": "the same quotation",
        "altered_quote": f"the quotation with another {' and another '.join(changes) or 'wording'}",
        "same_claim": "the same in other words",
    }[link.kind]
    return Elsewhere(
        statement=ours,
        kind=link.kind,  # type: ignore[arg-type]
        document=document.id,
        other=theirs,
        origin=document.origin,
        publisher=document.publisher,
        date=document.published.date,
        speaker=speaker.name if speaker else None,
        says=says,
        differences=tuple(pairs),
    )


def _span(document: Document, bounds: list[int] | None) -> Span | None:
    return document.span(*bounds) if bounds else None


def findings_elsewhere(
    sourcing: Sourcing, rules: Rules, elsewhere: tuple[Elsewhere, ...]
) -> Iterator[AuditFinding]:
    """One finding for each statement that stands otherwise in another report."""
    yield from _contradicted(sourcing, rules, elsewhere)
    rule = rules.rules["altered_elsewhere"]
    if rule.severity_in(sourcing.genre.name) is None:
        return
    altered: dict[str, list[Elsewhere]] = {}
    for one in elsewhere:
        if one.kind == ALTERED_QUOTE:
            altered.setdefault(one.statement, []).append(one)
    held = {item.id: item for item in sourcing.passages.report.statements}
    for statement, found in altered.items():
        first = found[0]
        pairs = [f"“{_words(ours)}” here, “{_words(theirs)}” there" for ours, theirs in first.differences[:2]]
        where = f"{first.publisher or first.origin}{f', {first.date}' if first.date else ''}"
        says = f"{times(len({one.document for one in found}), 'other report')} {'has' if len(found) == 1 else 'have'} it otherwise; {where}: {'; '.join(pairs) or 'other words'}."
        yield finding(rule, sourcing, held[statement].content[0], (statement,), says)


def _contradicted(
    sourcing: Sourcing, rules: Rules, elsewhere: tuple[Elsewhere, ...]
) -> Iterator[AuditFinding]:
    rule = rules.rules["contradicted_elsewhere"]
    if rule.severity_in(sourcing.genre.name) is None:
        return
    for one in elsewhere:
        if one.kind == "contradicted":
            where = f"{one.publisher or one.origin}{f', {one.date}' if one.date else ''}"
            ours, theirs = one.differences[0]
            says = f"{where} has “{_words(theirs)}”: {one.says}."
            yield finding(rule, sourcing, ours, (one.statement,), says)


def _words(span: Span | None) -> str:
    return " ".join(span.text.split()) if span else "–"

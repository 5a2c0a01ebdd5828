"""A finding: a place in a report that bears on a quotation, with who, when and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.desk.judging import Judgement, denied
from onrecord.desk.matching import Asked, match_date, match_publisher, match_speaker
from onrecord.desk.places import link_to, time_code_of
from onrecord.desk.verdict import Difference, Finding, FindingKind, Matched
from onrecord.record import StoredStatement
from onrecord.text.segmentation import Range
from onrecord.types import Document


def covering(statements: Sequence[StoredStatement], span: Range) -> StoredStatement | None:
    """The innermost statement whose content has most of a span; ``None`` where all of them together have less
    than half of it.
    """
    shares = [(_shared(found, span), found) for found in statements]
    if 2 * sum(shared for shared, _ in shares) < span[1] - span[0]:
        return None

    def key(pair: tuple[int, StoredStatement]) -> tuple[float, int]:
        size = sum(piece.end - piece.start for piece in pair[1].statement.content)
        return -round(pair[0] / (span[1] - span[0]), 1), size

    return min(shares, key=key)[1]


def _shared(found: StoredStatement, span: Range) -> int:
    """How many characters of a span are in a statement's content."""
    return sum(
        max(0, min(piece.end, span[1]) - max(piece.start, span[0])) for piece in found.statement.content
    )


def joined_speakers(statements: Sequence[StoredStatement], span: Range) -> tuple[str, ...]:
    """The names of the speakers between whom a span is divided; empty where one has all of it."""
    parts = [found for found in statements if 0 < _shared(found, span) <= 0.8 * (span[1] - span[0])]
    outer = [found for found in parts if found.statement.parent is None and found.speaker is not None]
    names = dict.fromkeys(found.speaker.name for found in outer if found.speaker)
    return tuple(names) if len(names) > 1 else ()


def findings_of(
    judgement: Judgement, found: StoredStatement | None, document: Document, asked: Asked
) -> Iterator[Finding]:
    """The finding of a place; where words and speaker are both others, one for each."""
    kind, differences, because = judgement.kind, judgement.differences, judgement.because
    if found is not None and (cue := denied(found.statement, document.text)) is not None:
        kind, differences = "altered", (*differences, Difference(cue, None, "negation"))
        because = (*because, "the report says that this was denied, or not said")
    finding = make_finding(
        kind, document, found, judgement.span, judgement.score, differences, because, asked
    )
    yield from by_speaker(finding)


def by_speaker(finding: Finding) -> Iterator[Finding]:
    """The finding; where another than who was asked for has the words, that as a finding: beside the altered
    ones, in the place of exact ones.
    """
    if finding.kind != "exact" or finding.matched.speaker is not False:
        yield finding
    if finding.matched.speaker is False:
        yield replace(finding, kind="other_speaker")


def make_finding(
    kind: FindingKind,
    document: Document,
    found: StoredStatement | None,
    span: Range,
    score: float,
    differences: tuple[Difference, ...],
    because: tuple[str, ...],
    asked: Asked,
) -> Finding:
    speaker = found.speaker if found else None
    named = speaker if speaker is not None and speaker.kind != "unnamed" else None
    words = document.span(*span)
    source = found.statement.source if found else None
    if found is None and kind != "nearest":
        because = (*because, "the words stand in text that no statement covers")
    return Finding(
        kind=kind,
        document=document.id,
        statement=found.statement.id if found else None,
        speaker=named.name if named else None,
        source=source.text if source else None,
        date=document.published.date,
        publisher=document.publisher,
        title=document.title,
        origin=document.origin,
        url=link_to(document, words),
        primary=document.kind == "transcript",
        time_code=time_code_of(document, span[0]),
        span=words,
        score=score,
        differences=differences,
        matched=Matched(
            words=kind == "exact" or (kind == "other_speaker" and not differences),
            speaker=match_speaker(asked.speaker, speaker) if asked.speaker else None,
            date=match_date(document, asked.since, asked.until),
            publisher=match_publisher(document, asked.publisher),
        ),
        because=because,
    )

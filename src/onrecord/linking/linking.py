"""Linking the statements of one report to those of others.

A link is between two statements, the earlier report's on the left where both have a day, and says how alike
they are, where they differ, and who is behind each. Its evidence is offsets into the two texts, never words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from sqlalchemy import func, select

from onrecord.errors import RecordError
from onrecord.linking.alignment import Alignment, align
from onrecord.linking.candidates import Counts, exclude_document, find_same_quotes, find_similar
from onrecord.linking.filters import passes_filters
from onrecord.linking.same_claim import MIN_INFORMATIVE, NEAR, WordSimilarity, is_same_claim
from onrecord.linking.wording import Wording, same_speaker, wording_of_statement
from onrecord.record import Embed, Link, Record, StoredStatement, fold_quote
from onrecord.record.keys import LAST_KEY
from onrecord.record.retrieval import load_statements
from onrecord.record.schema import documents
from onrecord.record.word_index import Term, count_matches
from onrecord.types import Document, Report

SAME_QUOTE, ALTERED_QUOTE, SAME_CLAIM = KINDS = ("same_quote", "altered_quote", "same_claim")
"""The same words but for some that change no quantity, no negation and no name; the same words but for such a
change; other words for the same."""

_MAX_LINKS = 20  # links of one statement
_NEAREST = 20  # statements whose meaning is looked at
_ORDER = {"exact": 0, "aligned": 1, "moved": 2, "part": 3, "meaning": 4}


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two statements that say the same."""

    left: Wording
    right: Wording
    kind: str
    how: str
    score: float
    alignment: Alignment | None


def link_new(record: Record, document_id: str, *, embed: Embed | None = None) -> tuple[Link, ...]:
    """Links one report of a record to those that are there, and keeps the links; again, it adds nothing. A link that
    is there already gives way to a closer one of the same statement to the same report.

    Args:
        embed: texts to vectors, float32 [text, width], by the model whose vectors the record holds; without it,
            no claims in other words are found.

    Returns:
        The links of the report's statements, those that were there too.

    Raises:
        RecordError: the document isn't in the record.
    """
    report = record.get(document_id)
    if report is None:
        raise RecordError(
            f"document {document_id[:16]}: expected one of the record's, found none; add it first"
        )
    found = find_links(record, report, embed=embed)
    held = {_place(link): link for link in record.links(document_id) if link.kind in KINDS}
    again = {_place(link)[1:] for link in found}  # what was found once more is as it was found now
    links = _keep_closest([*found, *(link for place, link in held.items() if place[1:] not in again)])
    kept = {_place(link) for link in links}
    if gone := [link for place, link in held.items() if place not in kept]:
        record.remove_links(gone)
    if new := [link for link in links if _place(link) not in held]:
        record.add_links(new)
    return links


def find_links(record: Record, report: Report, *, embed: Embed | None = None) -> tuple[Link, ...]:
    """The links of a report, in the record or not, to reports that are in it; nothing is written.

    Of one statement, at most one link to each other report, the closest; to each of its statements likewise.
    """
    speakers = {speaker.id: speaker for speaker in report.speakers}
    wordings = [
        wording_of_statement(report.document, statement, speakers.get(statement.speaker or ""))
        for statement in report.statements
    ]
    pairs = [*_find_quotes(record, report, wordings)]
    if embed is not None:
        pairs += _find_claims(record, report, wordings, embed)
    return tuple(_link(pair) for pair in _closest(pairs))


def _find_quotes(record: Record, report: Report, wordings: Sequence[Wording]) -> Iterator[_Pair]:
    own: Counter[str] = Counter()
    counts: Counts = {}
    with record.read_connection() as connection:
        row = connection.scalar(select(documents.c.row).where(documents.c.id == report.document.id))
        if row is not None:
            own.update(token for wording in wordings for token in {word.token for word in wording.words})
        for wording in wordings:
            if wording.informative < 2:
                continue
            keys = find_same_quotes(connection, wording) | find_similar(connection, wording, own, counts)
            for found in load_statements(connection, exclude_document(keys, row)):
                if (pair := _compare(wording, found)) is not None:
                    yield pair


def _compare(left: Wording, found: StoredStatement) -> _Pair | None:
    right = wording_of_statement(found.document, found.statement, found.speaker)
    alignment = align(left, right)
    if alignment is None:
        alignment = _short_quote(left, right)
    if alignment is None or not passes_filters(left, right, alignment):
        return None
    kind = ALTERED_QUOTE if alignment.changes else SAME_QUOTE
    return _Pair(left, right, kind, alignment.how, alignment.score, alignment)


def _short_quote(left: Wording, right: Wording) -> Alignment | None:
    """Two contents of few words that are the same: a quotation where one speaker is behind both; "no comment"
    is said every day.
    """
    texts = [" ".join(piece.text for piece in side.statement.content) for side in (left, right)]
    if fold_quote(texts[0]) != fold_quote(texts[1]):
        return None
    quoted = left.statement.form != "indirect" or right.statement.form != "indirect"
    if left.plain < 2 or left.informative < (2 if quoted else 3) or not same_speaker(left, right):
        return None
    bounds = [(side.words[0].start, side.words[-1].end) for side in (left, right)]
    return Alignment("exact", 1.0, bounds[0], bounds[1], (), ())


def _find_claims(
    record: Record, report: Report, wordings: Sequence[Wording], embed: Embed
) -> Iterator[_Pair]:
    asked = [wording for wording in wordings if wording.informative >= MIN_INFORMATIVE]
    if not asked:
        return
    similarity = WordSimilarity(embed, partial(_count_words, record, {}), partial(_count_statements, record))
    contents = [" ".join(piece.text for piece in wording.statement.content) for wording in asked]
    vectors = np.asarray(embed(contents), dtype=np.float32)
    for wording, vector in zip(asked, vectors, strict=True):
        nearest = record.nearest(vector, among=None, low=0, high=LAST_KEY, limit=_NEAREST)
        near = {key: cosine for key, cosine in nearest if cosine >= NEAR}
        with record.read_connection() as connection:
            found = load_statements(connection, list(near))
        for other in found:
            if other.document.id == report.document.id:
                continue
            right = wording_of_statement(other.document, other.statement, other.speaker)
            cosine = near[other.key]
            if align(wording, right) is not None:  # the words are the same, so that they decide
                if (pair := _compare(wording, other)) is not None:
                    yield pair
            elif is_same_claim(wording, right, cosine, similarity):
                yield _Pair(wording, right, SAME_CLAIM, "meaning", round(cosine, 4), None)


def _count_words(record: Record, counts: Counts, tokens: Iterable[str]) -> Counts:
    """In how many statements words are, as they are asked for."""
    new = [token for token in tokens if token not in counts]
    if new:
        with record.read_connection() as connection:
            counts.update((token, count_matches(connection, Term(token))) for token in new)
    return counts


def _count_statements(record: Record) -> int:
    with record.read_connection() as connection:
        return int(connection.scalar(select(func.sum(documents.c.statements))) or 0)


def _closest(pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """One pair for each statement and other report, and for each statement there; the closest stay."""
    taken: set[tuple[str, str, str]] = set()
    is_poll_result: Counter[str] = Counter()
    for pair in sorted(pairs, key=lambda pair: (_ORDER[pair.how], -pair.score)):
        mine, report = pair.left.statement.id, pair.right.document.id
        theirs = pair.right.statement.id
        ends = {("mine", report, mine), ("theirs", report, theirs)}
        if ends & taken or is_poll_result[mine] >= _MAX_LINKS:
            continue
        taken |= ends
        is_poll_result[mine] += 1
        yield pair


def _place(link: Link) -> tuple[str, str, str, str, str]:
    return link.kind, link.left_document, link.left, link.right_document, link.right


def _keep_closest(links: Sequence[Link]) -> tuple[Link, ...]:
    """One link for each statement and other report, the closest, in the order given."""
    taken: set[tuple[str, str, str]] = set()
    kept: set[tuple[str, str, str, str, str]] = set()
    for link in sorted(links, key=lambda link: (_ORDER[link.evidence["how"]], -link.score, _place(link))):
        ends = {
            (link.left_document, link.left, link.right_document),
            (link.right_document, link.right, link.left_document),
        }
        if not ends & taken:
            taken |= ends
            kept.add(_place(link))
    return tuple(link for link in links if _place(link) in kept)


def _link(pair: _Pair) -> Link:
    left, right = pair.left, pair.right
    swapped = _goes_before(right.document, left.document)
    if swapped:
        left, right = right, left
    evidence: dict[str, Any] = {"how": pair.how, **_evidence(pair, swapped=swapped)}
    speaker = same_speaker(left, right)
    evidence["speaker"] = {True: "same", False: "other", None: "unknown"}[speaker]
    evidence["first"] = _first(left.document, right.document)
    return Link(
        pair.kind,
        left.document.id,
        left.statement.id,
        right.document.id,
        right.statement.id,
        pair.score,
        evidence,
    )


def _evidence(pair: _Pair, *, swapped: bool) -> dict[str, Any]:
    """Where the words are that were compared, where they differ, and what that changes."""
    alignment = pair.alignment
    if alignment is None:
        bounds = [(side.words[0].start, side.words[-1].end) for side in (pair.left, pair.right)]
        differences: list[list[Any]] = []
    else:
        bounds = [alignment.left, alignment.right]
        differences = [[item.left, item.right] for item in alignment.differences]
    if swapped:
        bounds.reverse()
        differences = [item[::-1] for item in differences]
    return {
        "left": list(bounds[0]),
        "right": list(bounds[1]),
        "differences": [[side and list(side) for side in item] for item in differences],
        "changes": list(alignment.changes) if alignment else [],
    }


def _goes_before(one: Document, other: Document) -> bool:
    """Whether a report stands on the left of a link: the earlier one, or where days don't tell, by id."""
    first, second = one.published.date, other.published.date
    if first and second and first != second:
        return first < second
    return one.id < other.id


def _first(left: Document, right: Document) -> str | None:
    first, second = left.published.date, right.published.date
    if not first or not second:
        return None
    return "left" if first < second else "same_day" if first == second else "right"

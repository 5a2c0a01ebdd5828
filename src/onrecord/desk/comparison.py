"""A quotation beside all places that may have it: which of them are it, whole or in pieces, and which come
nearest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.desk.alignment import Alignment, align, find_pieces
from onrecord.desk.candidates import Candidates, Stretch
from onrecord.desk.findings import by_speaker, covering, findings_of, joined_speakers, make_finding
from onrecord.desk.judging import Judgement, Printed, judge
from onrecord.desk.matching import Asked
from onrecord.desk.quotation import Quotation, Word, printed_words
from onrecord.desk.verdict import WORDS, Difference, Finding
from onrecord.record import StoredStatement
from onrecord.types import Document

NEAREST = 3
"""Places that are shown with a negative."""

LEAST_LIKE = 0.3
"""The least share of the quotation's weight that a place has which is looked at."""

_MOST_REPEATED = 6  # places of one stretch that have all words
_LIKE = 0.9  # an alteration that is less like is looked at as a splice first
_PIECE_TELLING = 3  # telling words of a piece of a splice
_SPLICED = 0.85  # share of the quotation's weight that the pieces of a splice have


@dataclass(frozen=True, slots=True)
class Compared:
    """A stretch of a report beside the quotation."""

    stretch: Stretch
    words: tuple[Word, ...]
    alignment: Alignment | None


def compare_text(quotation: Quotation, candidates: Candidates, stretch: Stretch) -> Compared:
    document = candidates.documents[stretch.document]
    words = tuple(printed_words(document, stretch.start, stretch.end))
    return Compared(stretch, words, align(quotation, words))


@dataclass(frozen=True, slots=True)
class Judged:
    """A place in a report that is the quotation, in some way."""

    document: Document
    found: StoredStatement | None
    judgement: Judgement


class Comparison:
    """A quotation beside all its candidates."""

    def __init__(
        self,
        quotation: Quotation,
        candidates: Candidates,
        compared: Sequence[Compared],
        statements: Mapping[int, Sequence[StoredStatement]],
    ) -> None:
        self._quotation = quotation
        self._candidates = candidates
        self._compared = compared
        self._statements = statements
        self.complete = candidates.complete

    def findings(self, asked: Asked) -> tuple[Finding, ...]:
        """The places that are the quotation, the best of each report; where none is one alone, the pieces
        that it was spliced from.
        """
        best = _best(self._judged())
        if all(judged.judgement.kind == "altered" for judged in best):
            likest = max((judged.judgement.score for judged in best), default=0.0)
            if likest < _LIKE and (pieces := tuple(self._spliced(asked))):
                return tuple(finding for piece in pieces for finding in by_speaker(piece))
        return tuple(
            finding
            for judged in best
            for finding in findings_of(judged.judgement, judged.found, judged.document, asked)
        )

    def _judged(self) -> Iterator[Judged]:
        for item in self._compared:
            document = self._candidates.documents[item.stretch.document]
            statements = self._statements.get(item.stretch.document, ())
            exact = False
            for alignment in self._repeated(item):
                found = covering(statements, alignment.span)
                statement = found.statement if found else None
                printed = Printed(document.text, item.words, statement)
                if judgement := judge(self._quotation, alignment, printed):
                    if names := joined_speakers(statements, judgement.span):
                        because = f"it joins words of {' and '.join(names)}"
                        judgement = replace(judgement, kind="altered", because=(because,))
                    exact = exact or judgement.kind == "exact"
                    yield Judged(document, found, judgement)
            if not exact:
                yield from self._judged_contents(document, statements)

    def _repeated(self, item: Compared) -> Iterator[Alignment]:
        """The alignment of a stretch, and where all words stand there, each further place in it that has
        them: another may have said the same.
        """
        if item.alignment is None:
            return
        yield item.alignment
        waiting = [(item.words, item.alignment)] if _is_whole(item.alignment) else []
        for _ in range(_MOST_REPEATED):
            if not waiting:
                return
            words, alignment = waiting.pop()
            start, end = alignment.span
            for part in (
                tuple(word for word in words if word.start >= end),
                tuple(word for word in words if word.end <= start),
            ):
                found = align(self._quotation, part)
                if found is not None and _is_whole(found):
                    yield found
                    waiting.append((part, found))

    def _judged_contents(self, document: Document, statements: Sequence[StoredStatement]) -> Iterator[Judged]:
        """Contents in pieces, without the words between them ("…," she said, "…")."""
        for found in statements:
            if len(found.statement.content) < 2:
                continue
            words = [
                word
                for piece in found.statement.content
                for word in printed_words(document, piece.start, piece.end)
            ]
            alignment = align(self._quotation, words)
            if alignment is None:
                continue
            printed = Printed(document.text, words, found.statement)
            if judgement := judge(self._quotation, alignment, printed):
                yield Judged(document, found, judgement)

    def _spliced(self, asked: Asked) -> Iterator[Finding]:
        """The stretches of several places that make up the quotation together."""
        pieces = sorted(
            (
                (run, item)
                for item in self._compared
                for run in find_pieces(self._quotation, item.words)
                if self._tells(run[0], run[2])
            ),
            key=lambda pair: (-pair[0][2], pair[1].stretch.document),
        )
        covered: set[int] = set()
        chosen: list[tuple[tuple[int, int, int], Compared]] = []
        for run, item in pieces:
            own = set(range(run[0], run[0] + run[2]))
            if len(own - covered) >= max(4, len(own) - 1) and len(chosen) < 3:
                covered |= own
                chosen.append((run, item))
        words = self._quotation.words
        weight = sum(words[at].weight for at in covered)
        if len(chosen) < 2 or weight < _SPLICED * sum(word.weight for word in words):
            return
        for run, item in sorted(chosen, key=lambda pair: pair[0][0]):
            yield self._piece(run, item, chosen, asked)

    def _tells(self, first: int, length: int) -> bool:
        part = self._quotation.words[first : first + length]
        return length >= 4 and sum(word.weight >= 1 for word in part) >= _PIECE_TELLING

    def _piece(
        self,
        run: tuple[int, int, int],
        item: Compared,
        chosen: Sequence[tuple[tuple[int, int, int], Compared]],
        asked: Asked,
    ) -> Finding:
        document = self._candidates.documents[item.stretch.document]
        span = item.words[run[1]].start, item.words[run[1] + run[2] - 1].end
        yours = self._quotation.words[run[0]].start, self._quotation.words[run[0] + run[2] - 1].end
        rest = [
            Difference(None, side, None)
            for side in ((self._quotation.start, yours[0]), (yours[1], self._quotation.end))
            if side[1] - side[0] > 1
        ]
        one = len({other.stretch.document for _, other in chosen}) == 1
        because = "the words stand in another order or in separate places" if one else (
            "the quotation joins words of several reports"
        )  # fmt: skip
        found = covering(self._statements.get(item.stretch.document, ()), span)
        share = run[2] / len(self._quotation.words)
        return make_finding("altered", document, found, span, round(share, 4), tuple(rest), (because,), asked)

    def nearest(self, asked: Asked) -> tuple[Finding, ...]:
        """The places with most of the quotation's words in order, that aren't the quotation."""
        ranked = sorted(
            (item for item in self._compared if item.alignment and item.alignment.telling >= 1),
            key=lambda item: -(item.alignment.coverage if item.alignment else 0),
        )
        found: list[Finding] = []
        for item in ranked:
            assert item.alignment is not None
            if item.alignment.coverage < LEAST_LIKE or len(found) == NEAREST:
                break
            document = self._candidates.documents[item.stretch.document]
            statement = covering(self._statements.get(item.stretch.document, ()), item.alignment.span)
            span = item.alignment.span
            if statement is not None:
                content = statement.statement.content
                span = min(span[0], content[0].start), max(span[1], content[-1].end)
            found.append(
                make_finding("nearest", document, statement, span, item.alignment.coverage, (), (), asked)
            )
        return tuple(found)


def _is_whole(alignment: Alignment) -> bool:
    return alignment.coverage == 1 and not alignment.blocks


def _best(found: Iterable[Judged]) -> list[Judged]:
    """The nearest of each report; of several that are as near in places of their own, all."""
    kept: dict[str, list[Judged]] = {}
    for judged in sorted(found, key=_rank):
        held = kept.setdefault(judged.document.id, [])
        start, end = judged.judgement.span
        apart = all(end <= other.judgement.span[0] or other.judgement.span[1] <= start for other in held)
        if not held or (apart and judged.judgement.kind == held[0].judgement.kind == "exact"):
            held.append(judged)
    return [judged for held in kept.values() for judged in held]


def _rank(judged: Judged) -> tuple[int, float, bool]:
    return WORDS.index(judged.judgement.kind), -judged.judgement.score, judged.found is None

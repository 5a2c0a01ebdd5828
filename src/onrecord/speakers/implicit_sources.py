"""Who speaks where a statement's source is left out: "…, adding that it would open", a quotation that stands alone."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from onrecord.speakers.source_resolution import PASSIVE, SourceResolution, position_of
from onrecord.text import TextAnalysis
from onrecord.types import Statement

_ASKED = re.compile(r"(?:when\s+)?(?:asked|pressed|questioned|quizzed)\b", re.IGNORECASE)
_MAX_STATEMENTS_BACK = 40
"""Statements back from a quotation that are looked at."""


class ImplicitSourceResolver:
    """Answers for statements without a source, by those around them."""

    def __init__(
        self,
        analysis: TextAnalysis,
        statements: Sequence[Statement],
        by_sentence: Mapping[int, Sequence[Statement]],
        resolve: Callable[[Statement], SourceResolution],
    ) -> None:
        """
        Args:
            statements: in the order of their places.
            by_sentence: the same by the number of their sentence.
            resolve: whom another statement's source means.
        """
        self._analysis, self._statements, self._by_sentence, self._resolve = (
            analysis,
            statements,
            by_sentence,
            resolve,
        )

    def resolve(self, statement: Statement) -> SourceResolution:
        """The source left out: that of the statement before in the same sentence, or the one whose participle opens it."""
        if statement.cue is None:
            return self._uncued(statement)
        if PASSIVE.search(statement.cue.text):
            return SourceResolution(None, "omitted", "the passive names nobody")
        place = position_of(statement)
        if _ASKED.match(statement.cue.text) and self._opens_sentence(place):
            return SourceResolution(None, "omitted", "the text names who is asked, and nobody who asks")
        near = [
            other
            for other in self._by_sentence.get(self._analysis.sentence_at(place), ())
            if other.id != statement.id and other.parent == statement.parent and other.source
        ]
        before = [other for other in near if other.cue and other.cue.start < place]
        after = [other for other in near if other.source and other.source.start > place]
        for other in (*reversed(before), *after[:1]):
            inner = self._resolve(other)
            if inner.entity is not None:
                return replace(
                    inner, method="omitted", margin=min(inner.margin, 1.5), reason=None, candidates=()
                )
        return SourceResolution(None, "omitted", "the text names nobody for it")

    def _opens_sentence(self, place: int) -> bool:
        """Whether nothing but a conjunction stands before a place in its sentence."""
        start = self._analysis.sentence(place)[0]
        return self._analysis.text[start:place].strip(' \n\t“"‘').lower() in ("", "when", "but when", "but")

    def _uncued(self, statement: Statement) -> SourceResolution:
        """A quotation that stands alone goes on with the words of whoever was quoted right before, in its paragraph or at the end of the one before."""
        place = statement.start
        analysis = self._analysis
        paragraph = analysis.paragraph_at(place)
        last = bisect.bisect_left(self._statements, place, key=position_of)
        for other in reversed(self._statements[max(0, last - _MAX_STATEMENTS_BACK) : last]):
            if other.id == statement.id or other.start >= place or other.source is None:
                continue
            if analysis.paragraph_at(other.start) < paragraph - 1:
                break
            if other.parent != statement.parent or (
                other.form == "indirect" and not self._right_before(other, place)
            ):
                continue
            inner = self._resolve(other)
            if inner.entity is not None:
                return replace(
                    inner, method="omitted", margin=min(inner.margin, 0.7), reason=None, candidates=()
                )
        return SourceResolution(None, "omitted", "no one is said to have spoken these words")

    def _right_before(self, other: Statement, place: int) -> bool:
        """Whether a statement's sentence is the one before a place, in its paragraph: "Orr saw it differently. “It was late.”" """
        analysis = self._analysis
        return (
            analysis.paragraph_at(other.start) == analysis.paragraph_at(place)
            and analysis.sentence_at(place) - analysis.sentence_at(other.start) == 1
        )

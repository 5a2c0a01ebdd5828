"""A document and what the model gave for it, to its statements."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.loaders.transcript import Turn
from onrecord.model.bundle import Bundle
from onrecord.model.session import ModelOutput
from onrecord.statements.candidates import (
    Candidate,
    calibrated_score,
    candidate_from,
    candidate_from_turn,
    extent,
    features_of,
)
from onrecord.statements.forms import form_of
from onrecord.statements.nesting import assign_parents
from onrecord.statements.uncued import find_uncued
from onrecord.text import TextAnalysis
from onrecord.text.intervals import IntervalIndex, without_overlaps
from onrecord.types import Document, Statement, content_id


def find_statements(
    document: Document,
    analysis: TextAnalysis,
    output: ModelOutput,
    bundle: Bundle,
    *,
    turns: Sequence[Turn] = (),
) -> tuple[Statement, ...]:
    """The statements of a document, by order of their first character.

    Args:
        analysis: that of ``document.text``.
        output: what the model gave for it.
        turns: a transcript's turns, each of which is a direct statement of its speaker.
    """
    text = document.text
    candidates = [candidate_from_turn(turn, text) for turn in turns]
    labels = IntervalIndex(cue for candidate in candidates if (cue := candidate.cue))
    proposed = []
    for raw_candidate in output.raw_candidates:
        score = calibrated_score(features_of(raw_candidate), bundle.calibration)
        candidate = candidate_from(raw_candidate, score, analysis)
        if (
            score >= bundle.threshold
            and candidate
            and not labels.overlaps(candidate.cue)
            and not _is_dateline_source(candidate, document)
        ):
            proposed.append(candidate)
    candidates += without_overlaps(
        sorted(proposed, key=lambda candidate: -candidate.score), lambda candidate: candidate.cue
    )
    candidates += find_uncued(candidates, analysis)
    candidates.sort(key=lambda candidate: (extent(candidate), candidate.cue or (-1, -1)))
    statements = tuple(_statement(candidate, document, analysis, bundle.version) for candidate in candidates)
    return assign_parents(statements)


def _is_dateline_source(candidate: Candidate, document: Document) -> bool:
    """Whether the source is the dateline's place: "ALDERBY: The bridge …" is nobody's word."""
    place = document.dateline.place if document.dateline else None
    return (
        place is not None
        and candidate.source is not None
        and document.text[slice(*candidate.source)] in place
    )


def _statement(candidate: Candidate, document: Document, analysis: TextAnalysis, model: str) -> Statement:
    return Statement(
        id=content_id(document.id, candidate.cue, candidate.source, candidate.content),
        form=candidate.form or form_of(candidate.content, analysis),
        source=document.span(*candidate.source) if candidate.source else None,
        cue=document.span(*candidate.cue) if candidate.cue else None,
        content=tuple(document.span(*piece) for piece in candidate.content),
        score=candidate.score,
        model=model,
    )

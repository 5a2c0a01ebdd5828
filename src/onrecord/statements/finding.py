"""A document and what the model gave for it, to its statements."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model.bundle import Bundle
from onrecord.model.session import Reading
from onrecord.reading.transcript import Turn
from onrecord.statements.drafts import Draft, calibrated, draft_of, draft_of_turn, extent_of, features_of
from onrecord.statements.forms import form_of
from onrecord.statements.nesting import nest
from onrecord.statements.ungoverned import find_ungoverned
from onrecord.text import TextAnalysis
from onrecord.text.intervals import IntervalIndex, without_overlaps
from onrecord.types import Document, Statement, content_id


def find_statements(
    document: Document,
    analysis: TextAnalysis,
    reading: Reading,
    bundle: Bundle,
    *,
    turns: Sequence[Turn] = (),
) -> tuple[Statement, ...]:
    """The statements of a document, by order of their first character.

    Args:
        analysis: that of ``document.text``.
        reading: what the model gave for it.
        turns: a transcript's turns, each of which is a direct statement of its speaker.
    """
    text = document.text
    drafts = [draft_of_turn(turn, text) for turn in turns]
    labels = IntervalIndex(cue for draft in drafts if (cue := draft.cue))
    proposed = []
    for proposal in reading.proposals:
        score = calibrated(features_of(proposal), bundle.calibration)
        draft = draft_of(proposal, score, analysis)
        if (
            score >= bundle.threshold
            and draft
            and not labels.overlaps(draft.cue)
            and not _is_dateline(draft, document)
        ):
            proposed.append(draft)
    drafts += without_overlaps(sorted(proposed, key=lambda draft: -draft.score), lambda draft: draft.cue)
    drafts += find_ungoverned(drafts, analysis)
    drafts.sort(key=lambda draft: (extent_of(draft), draft.cue or (-1, -1)))
    statements = tuple(_statement(draft, document, analysis, bundle.version) for draft in drafts)
    return nest(statements)


def _is_dateline(draft: Draft, document: Document) -> bool:
    """Whether the source is the dateline's place: "ALDERBY: The bridge …" is nobody's word."""
    place = document.dateline.place if document.dateline else None
    return place is not None and draft.source is not None and document.text[slice(*draft.source)] in place


def _statement(draft: Draft, document: Document, analysis: TextAnalysis, model: str) -> Statement:
    return Statement(
        id=content_id(document.id, draft.cue, draft.source, draft.content),
        form=draft.form or form_of(draft.content, analysis),
        source=document.span(*draft.source) if draft.source else None,
        cue=document.span(*draft.cue) if draft.cue else None,
        content=tuple(document.span(*piece) for piece in draft.content),
        score=draft.score,
        model=model,
    )

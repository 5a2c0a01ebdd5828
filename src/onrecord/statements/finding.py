"""A document and what the model gave for it, to its statements."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model.bundle import Bundle
from onrecord.model.session import Reading
from onrecord.quotations import Quotation, quotations_of
from onrecord.reading.transcript import Turn
from onrecord.segment import paragraphs_of
from onrecord.statements.drafts import Draft, calibrated, draft_of, draft_of_turn, extent_of, features_of
from onrecord.statements.forms import form_of
from onrecord.statements.nesting import nest
from onrecord.statements.ranges import apart, touches
from onrecord.statements.ungoverned import find_ungoverned
from onrecord.types import Document, Statement, content_id


def find_statements(
    document: Document, reading: Reading, bundle: Bundle, *, turns: Sequence[Turn] = ()
) -> tuple[Statement, ...]:
    """The statements of a document, by order of their first character.

    Args:
        reading: what the model gave for ``document.text``.
        turns: a transcript's turns, each of which is a direct statement of its speaker.
    """
    text = document.text
    paragraphs = paragraphs_of(text)
    quotations = quotations_of(text, paragraphs)
    drafts = [draft_of_turn(turn, text) for turn in turns]
    labels = sorted(cue for draft in drafts if (cue := draft.cue))
    proposed = []
    for proposal in reading.proposals:
        score = calibrated(features_of(proposal), bundle.calibration)
        draft = draft_of(proposal, score, text, reading.words.ranges, quotations, paragraphs)
        if (
            score >= bundle.threshold
            and draft
            and not touches(labels, draft.cue)
            and not _is_dateline(draft, document)
        ):
            proposed.append(draft)
    drafts += apart(sorted(proposed, key=lambda draft: -draft.score), lambda draft: draft.cue)
    drafts += find_ungoverned(drafts, quotations, paragraphs, text)
    drafts.sort(key=lambda draft: (extent_of(draft), draft.cue or (-1, -1)))
    statements = tuple(_statement(draft, document, quotations, bundle.version) for draft in drafts)
    return nest(statements)


def _is_dateline(draft: Draft, document: Document) -> bool:
    """Whether the source is the dateline's place: "ALDERBY: The bridge …" is nobody's word."""
    place = document.dateline.place if document.dateline else None
    return place is not None and draft.source is not None and document.text[slice(*draft.source)] in place


def _statement(draft: Draft, document: Document, quotations: Sequence[Quotation], model: str) -> Statement:
    low, high = extent_of(draft)
    near = [quotation for quotation in quotations if quotation.start < high and quotation.end > low]
    return Statement(
        id=content_id(document.id, draft.cue, draft.source, draft.content),
        form=draft.form or form_of(draft.content, near, document.text),
        source=document.span(*draft.source) if draft.source else None,
        cue=document.span(*draft.cue) if draft.cue else None,
        content=tuple(document.span(*piece) for piece in draft.content),
        score=draft.score,
        model=model,
    )

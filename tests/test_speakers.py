"""Who speaks: invented reports, each with the reason it is here, and what must hold of any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from speaker_cases import CASES, marked

from onrecord.model.session import Model, Reading
from onrecord.model.windows import read_windows
from onrecord.pipeline import Pipeline
from onrecord.speakers import Resolved, resolve_speakers
from onrecord.types import Document, Record, Span, Statement

import numpy as np


def read_words(pipeline: Pipeline, text: str) -> Reading:
    """A reading without a network's word: names and coreference are left to rules."""
    words, _ = read_windows(text, pipeline.model._pieces)
    return Reading(words, np.zeros((0, 0), np.float32), ())


def resolve(pipeline: Pipeline, text: str, **about: str) -> tuple[Document, Resolved]:
    document, statements = marked(text, **about)
    return document, resolve_speakers(document, read_words(pipeline, document.text), statements)


def names_of(resolved: Resolved) -> tuple[str | None, ...]:
    by_id = {speaker.id: speaker.name for speaker in resolved.speakers}
    return tuple(by_id[statement.speaker] if statement.speaker else None for statement in resolved.statements)


@pytest.mark.parametrize(("reason", "text", "speakers"), CASES, ids=[case[0] for case in CASES])
def test_whose_words_they_are(
    pipeline: Pipeline, reason: str, text: str, speakers: tuple[str | None, ...]
) -> None:
    _, resolved = resolve(pipeline, text)
    assert names_of(resolved) == speakers, reason

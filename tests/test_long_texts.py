"""Long texts: read in parts whose size is bounded, with the result of a whole where they fit one part."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from onrecord.errors import TooLargeError
from onrecord.loaders import LoadOptions, document_of
from onrecord.model import session
from onrecord.model.session import Model
from onrecord.pipeline import Pipeline
from onrecord.text import analyze

TOLD = (
    "Mara Holm said on Tuesday that the bridge at Alderby would close. "
    "“We have waited long enough,” she told the council.\n\n"
)


class _Watched:
    """A session that notes how much it is given."""

    def __init__(self, inner: Any, name: str) -> None:
        self._inner, self._name = inner, name
        self.sizes: list[int] = []

    def run(self, wanted: Any, given: dict[str, Any]) -> Any:
        self.sizes.append(given[self._name].size if self._name == "pieces" else len(given[self._name]))
        return self._inner.run(wanted, given)


@pytest.fixture
def watched(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> tuple[Model, dict[str, _Watched]]:
    model = pipeline.model
    seen = {"_encoder": _Watched(model._encoder, "pieces"), "_mentions": _Watched(model._mentions, "vectors")}
    for name, one in seen.items():
        monkeypatch.setattr(model, name, one)
    return model, seen


def test_what_goes_through_a_graph_at_once_is_bounded(
    watched: tuple[Model, dict[str, _Watched]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "PART_WORDS", 200)
    model, seen = watched
    words = len(model.predict(analyze(TOLD * 40)).words.ranges)
    assert sum(seen["_mentions"].sizes) == words > 200
    assert max(seen["_mentions"].sizes) <= 200
    assert max(seen["_encoder"].sizes) <= session.BATCH_WORDPIECES


def test_parts_give_what_a_whole_gives(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    text = TOLD * 30
    whole = pipeline.model.predict(analyze(text))
    monkeypatch.setattr(session, "PART_PIECES", 700)
    monkeypatch.setattr(session, "PART_WORDS", 200)
    parts = pipeline.model.predict(analyze(text))
    assert parts.words.ranges == whole.words.ranges
    assert parts.vectors.shape == whole.vectors.shape
    # int8 activations are scaled by batch, so that numbers differ a little, and what is found doesn't.
    assert np.abs(parts.vectors - whole.vectors).mean() < 0.1
    assert [one.cue for one in parts.raw_candidates] == [one.cue for one in whole.raw_candidates]
    assert [(one.first, one.last, one.kind) for one in parts.names] == [
        (one.first, one.last, one.kind) for one in whole.names
    ]
    assert len(parts.antecedents) == len(parts.mentions)
    assert [one.head for one in parts.mentions] == [one.head for one in whole.mentions]


def test_windows_without_a_word_are_not_encoded(watched: tuple[Model, dict[str, _Watched]]) -> None:
    model, seen = watched
    reading = model.predict(analyze(chr(34) * 3_000))
    assert seen["_encoder"].sizes == []
    assert (reading.raw_candidates, reading.names, reading.mentions) == ((), (), ())
    assert len(reading.words.ranges) == len(reading.vectors) == 3_000


def test_marks_before_and_after_a_report_change_nothing_in_it(pipeline: Pipeline) -> None:
    report = pipeline.read(document_of('"' * 2_000 + "\n\n" + TOLD * 2 + "\n\n" + "'" * 2_000))
    assert [one.cue.text for one in report.statements if one.cue] == ["said", "told"] * 2
    assert [speaker.name for speaker in report.speakers] == ["Mara Holm"]


@pytest.mark.parametrize(
    ("reason", "text"),
    [("words", "word " * 301), ("marks", '"' * 301), ("words and marks", "a, " * 151)],
)
def test_more_words_than_fit_are_refused_by_name(reason: str, text: str) -> None:
    with pytest.raises(
        TooLargeError, match=r"long\.txt: expected at most 300 words and marks, found 30[12]; split it"
    ):
        document_of(text, origin="long.txt", options=LoadOptions(max_words=300))


def test_as_many_words_as_fit_are_read() -> None:
    assert document_of("word " * 300, options=LoadOptions(max_words=300)).text

"""The shipped JSON Schema is the contract: it takes what ``Report.to_dict`` gives, and nothing else."""

from __future__ import annotations

import dataclasses
import json
import re
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from invented import harbour
from onrecord import types
from onrecord.schema import report_schema
from onrecord.types import (
    Claim,
    Dateline,
    Document,
    Modality,
    Published,
    Report,
    Span,
    Speaker,
    SpeakerCandidate,
    Statement,
)

SCHEMA = report_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
DOCS = Path(__file__).parent.parent / "docs"


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("name", "cls"),
    [
        ("document", Document),
        ("statement", Statement),
        ("speaker", Speaker),
        ("claim", Claim),
        ("span", Span),
    ],
)
def test_fields_are_those_of_the_types_and_none_may_be_dropped(name: str, cls: Any) -> None:
    fields = [field.name for field in dataclasses.fields(cls)]
    assert list(SCHEMA["$defs"][name]["properties"]) == fields
    assert SCHEMA["$defs"][name]["required"] == fields
    assert SCHEMA["$defs"][name]["additionalProperties"] is False


@pytest.mark.parametrize(
    ("path", "literal"),
    [
        ("document/properties/published/properties/basis", types.Basis),
        ("document/properties/kind", types.DocumentKind),
        ("statement/properties/form", types.Form),
        ("statement/properties/stance", types.Stance),
        ("speaker/properties/kind", types.SpeakerKind),
        ("claim/properties/type", types.ClaimType),
        ("claim/properties/comparison", types.Comparison),
    ],
)
def test_choices_are_those_of_the_types(path: str, literal: Any) -> None:
    node = SCHEMA["$defs"]
    for step in path.split("/"):
        node = node[step]
    assert [choice for choice in node["enum"] if choice is not None] == list(typing.get_args(literal))


def choices(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(typing.get_args(literal))


WORDS = st.text(max_size=8)
MAYBE = st.none() | WORDS
IDS = st.text("abcdef0123456789", min_size=1, max_size=4)
SCORES = st.floats(0, 1)
NUMBERS = st.none() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
TEXT = "Ilse Brandvold accused the Kestrel Line of hiding a leak."


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, len(TEXT) - 1))
    return Span.of(TEXT, start, draw(st.integers(start + 1, len(TEXT))))


@st.composite
def pieces(draw: st.DrawFn) -> tuple[Span, ...]:
    edges = sorted(draw(st.sets(st.integers(0, len(TEXT)), min_size=2, max_size=8)))
    return tuple(Span.of(TEXT, a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))


PUBLISHED = st.just(Published(None, "none")) | st.builds(
    Published, WORDS, choices(types.Basis).filter(lambda basis: basis != "none")
)
DOCUMENTS = st.builds(
    Document.of,
    st.just(TEXT),
    origin=WORDS,
    title=MAYBE,
    byline=MAYBE,
    publisher=MAYBE,
    dateline=st.none() | st.builds(Dateline, MAYBE, MAYBE),
    published=PUBLISHED,
    language=MAYBE,
    kind=choices(types.DocumentKind),
)
STATEMENTS = st.builds(
    Statement,
    IDS,
    choices(types.Form),
    st.none() | spans(),
    st.none() | spans(),
    pieces(),
    speaker=MAYBE,
    speaker_score=st.none() | SCORES,
    speaker_candidates=st.lists(st.builds(SpeakerCandidate, WORDS, SCORES), max_size=3).map(tuple),
    act=MAYBE,
    target=MAYBE,
    modality=st.none() | st.builds(Modality, st.booleans(), st.booleans(), choices(types.Tense)),
    stance=st.none() | choices(types.Stance),
    parent=MAYBE,
    score=SCORES,
    model=MAYBE,
)
SPEAKERS = st.builds(
    Speaker,
    IDS,
    WORDS,
    st.lists(WORDS, max_size=2).map(tuple),
    choices(types.SpeakerKind),
    MAYBE,
    MAYBE,
    st.lists(spans(), max_size=2).map(tuple),
)
FIGURES = st.builds(
    Claim,
    MAYBE,
    st.just("quantity"),
    spans(),
    NUMBERS,
    NUMBERS,
    NUMBERS,
    unit=MAYBE,
    of=MAYBE,
    comparison=st.none() | choices(types.Comparison),
)
OTHERS = st.builds(
    Claim,
    MAYBE,
    st.sampled_from(["time", "place"]),
    spans(),
    MAYBE,
    anchor=MAYBE,
    doubt=MAYBE,
    country=st.none() | st.sampled_from(["NO", "KE"]),
    geonames=st.none() | st.integers(1),
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
)
RECORDS = st.builds(
    Report,
    DOCUMENTS,
    st.lists(STATEMENTS, max_size=2).map(tuple),
    st.lists(SPEAKERS, max_size=2).map(tuple),
    st.lists(FIGURES | OTHERS, max_size=3).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(RECORDS)
def test_every_record_validates_and_comes_back(report: Report) -> None:
    data = json.loads(json.dumps(report.to_dict()))
    VALIDATOR.validate(data)
    assert Report.from_dict(data) == report


def put(value: Any, *path: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return change


def drop(*path: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        del data[path[-1]]

    return change


BREACHES: list[tuple[str, Callable[[Any], None]]] = [
    ("another schema", put("onrecord/2", "schema")),
    ("a field dropped", drop("statements", 0, "parent")),
    ("a part of the record dropped", drop("claims")),
    ("a field that there isn't", put(1, "statements", 0, "truth")),
    ("no content", put([], "statements", 0, "content")),
    ("a span that starts before the text", put(-1, "statements", 0, "content", 0, "start")),
    ("an empty span", put("", "statements", 0, "content", 0, "text")),
    ("a form that there isn't", put("reported", "statements", 0, "form")),
    ("a score over one", put(1.5, "statements", 0, "score")),
    ("a date without a basis", put({"date": "2024-03-12", "basis": "none"}, "document", "published")),
    ("a basis without a date", put({"date": None, "basis": "header"}, "document", "published")),
    ("a figure in words", put("nine", "claims", 0, "value")),
    ("a moment as a number", put(9, "claims", 3, "value")),
    ("a country by name", put("Norway", "claims", 0, "country")),
    ("an id that is no hash", put("1", "document", "id")),
]


@pytest.mark.parametrize(("why", "change"), BREACHES, ids=[why for why, _ in BREACHES])
def test_a_breach_of_the_contract_is_refused(why: str, change: Callable[[Any], None]) -> None:
    data = harbour().to_dict()
    VALIDATOR.validate(data)
    change(data)
    with pytest.raises(ValidationError):
        VALIDATOR.validate(data)


@pytest.mark.skipif(not DOCS.exists(), reason="the documentation isn't beside the tests")
def test_the_example_in_the_documentation_is_a_record() -> None:
    found = re.search(r"```json\n(.*?)```", (DOCS / "report.md").read_text("utf-8"), re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    VALIDATOR.validate(data)
    report = Report.from_dict(data)
    assert report.document.id == Document.of(report.document.text, origin="").id
    claims = [claim.span for claim in report.claims]
    mentions = [mention for speaker in report.speakers for mention in speaker.mentions]
    for span in [*(s for statement in report.statements for s in statement.spans), *claims, *mentions]:
        assert report.document.text[span.start : span.end] == span.text

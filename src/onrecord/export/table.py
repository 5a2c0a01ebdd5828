"""A statement as a row: the columns that ``csv`` and ``parquet`` share, in their order."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.types import Claim, Report, Span, Speaker, Statement

_SURROGATE = re.compile("[\ud800-\udfff]")

ColumnKind = Literal["text", "int", "float", "bool", "spans", "claims"]


@dataclass(frozen=True, slots=True)
class Row:
    """A statement with what its cells are read from."""

    report: Report
    statement: Statement
    speaker: Speaker | None
    target: Speaker | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its cells hold (``None`` where it isn't known), and what it means."""

    name: str
    kind: ColumnKind
    about: str
    cell: Callable[[Row], Any]


def _document(name: str, about: str) -> Column:
    return Column(name, "text", about, lambda row: getattr(row.report.document, name))


def _statement(name: str, kind: ColumnKind, about: str) -> Column:
    return Column(name, kind, about, lambda row: getattr(row.statement, name))


def _modality(name: str, kind: ColumnKind, about: str) -> Column:
    return Column(name, kind, about, lambda row: getattr(row.statement.modality, name, None))


def _span(name: str, about: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            f"{name}{ending}",
            "int" if ending else "text",
            about if not ending else f"{meaning}, in code points of the report's text",
            lambda row, part=part: getattr(getattr(row.statement, name), part, None),  # type: ignore[misc]
        )
        for ending, part, meaning in (
            ("", "text", ""),
            ("_start", "start", "where it begins"),
            ("_end", "end", "where it ends: one past its last character"),
        )
    )


def _person(name: str, part: str, about: str) -> Column:
    label = name if part == "name" else f"{name}_{part}"
    return Column(label, "text", about, lambda row: getattr(getattr(row, name), part, None))


COLUMNS: tuple[Column, ...] = (
    Column("document", "text", "id of the report: SHA-256 of its text", lambda row: row.report.document.id),
    _document("origin", "the path or address that the report came from"),
    _document("title", "the report's title"),
    _document("byline", "who wrote it, as it says"),
    _document("publisher", "who published it"),
    Column(
        "published",
        "text",
        "day of publication, ISO 8601",
        lambda row: row.report.document.published.date,
    ),
    Column(
        "published_basis",
        "text",
        "what the day was read from: given, metadata, header, dateline, url or none",
        lambda row: row.report.document.published.basis,
    ),
    Column(
        "dateline_place",
        "text",
        "the place in the dateline",
        lambda row: getattr(row.report.document.dateline, "place", None),
    ),
    Column(
        "dateline_date",
        "text",
        "the date in the dateline, as worded",
        lambda row: getattr(row.report.document.dateline, "date", None),
    ),
    _document("language", "language of the report"),
    _document("kind", "article or transcript"),
    Column("statement", "text", "id of the statement in its report", lambda row: row.statement.id),
    _statement("form", "text", "direct, indirect or mixed"),
    *_span("source", "the words for who speaks"),
    *_span("cue", "the words that attribute"),
    Column(
        "content",
        "text",
        "the words of what is said; pieces that stand apart have a line break between them",
        lambda row: "\n".join(piece.text for piece in row.statement.content),
    ),
    Column(
        "pieces",
        "spans",
        "where each piece of the content begins and ends, in code points",
        lambda row: row.statement.content,
    ),
    Column("speaker_id", "text", "id of the speaker in the report", lambda row: row.statement.speaker),
    _person("speaker", "name", "the fullest form of the speaker's name in the report"),
    _person("speaker", "kind", "person, organization, group, unnamed or document"),
    _person("speaker", "role", "the speaker's role, as the report has it"),
    _person("speaker", "affiliation", "where the speaker belongs, as the report has it"),
    _statement("speaker_score", "float", "probability that the speaker is right"),
    _statement("act", "text", "what the statement does: accuse, deny, promise ..."),
    Column("target_id", "text", "id of whom it is directed at", lambda row: row.statement.target),
    _person("target", "name", "name of whom it is directed at"),
    _modality("negated", "bool", "whether what is said is negated"),
    _modality("conditional", "bool", "whether it is conditional"),
    _modality("tense", "text", "past, present or future"),
    _statement("stance", "text", "the reporter's: neutral, committed or distanced"),
    _statement("parent", "text", "id of the statement that this one stands in"),
    _statement("score", "float", "probability that cue and at least half of the content are right"),
    _statement("model", "text", "what found the statement"),
    Column("claims", "claims", "quantities, times and places in the content", lambda row: row.claims),
)


def rows(reports: Iterable[Report]) -> Iterator[Row]:
    """Yields a row for each statement of each report, in order."""
    for report in reports:
        people: Mapping[str | None, Speaker] = {speaker.id: speaker for speaker in report.speakers}
        claims: dict[str | None, list[Claim]] = {}
        for claim in report.claims:
            claims.setdefault(claim.statement, []).append(claim)
        for statement in report.statements:
            yield Row(
                report,
                statement,
                people.get(statement.speaker),
                people.get(statement.target),
                tuple(claims.get(statement.id, ())),
            )


CLAIM_FIELDS: tuple[tuple[str, ColumnKind], ...] = (
    ("type", "text"), ("start", "int"), ("end", "int"), ("text", "text"), ("value", "text"), ("number", "float"),
    ("low", "float"), ("high", "float"), ("unit", "text"), ("of", "text"), ("comparison", "text"), ("anchor", "text"),
    ("doubt", "text"), ("country", "text"), ("geonames", "int"), ("latitude", "float"), ("longitude", "float"),
)  # fmt: skip
"""What a cell of claims holds of each: ``value`` as a text, exact; ``number`` the same as a double, where it
is one."""


def claim_cells(claim: Claim) -> dict[str, Any]:
    """The fields of a claim in a cell."""
    cells = {name: getattr(claim, name, None) for name, _ in CLAIM_FIELDS}
    value = claim.value
    return {
        **cells,
        **span_cells(claim.span),
        "text": claim.span.text,
        "value": None if value is None else str(value),
        "number": _double(value),
        "low": _double(claim.low),
        "high": _double(claim.high),
    }


def span_cells(span: Span) -> dict[str, Any]:
    """Where a span begins and ends."""
    return {"start": span.start, "end": span.end}


def _double(value: Any) -> float | None:
    if not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:  # a whole number of more than 308 digits
        return None
    return number if math.isfinite(number) else None


def storable(text: str) -> str:
    """The text as UTF-8 can hold it: a lone surrogate becomes U+FFFD, one for one."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)

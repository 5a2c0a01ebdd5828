"""A report to rows and back, nothing lost: ``join(split(report)) == report``."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from onrecord.errors import ReportError
from onrecord.record.folding import fold_name
from onrecord.record.keys import MAX_STATEMENTS, day_of, key_of
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

LONGEST_NAME = 400  # characters of a folded name that are indexed: PostgreSQL takes at most 2,700 bytes
LONGEST_ID = 200
_MAX_DIGITS = 4000  # of a whole number: Python writes no more than 4,300

# PostgreSQL's text holds neither NUL nor surrogates; a noncharacter marks what stands for them.
_MARK = "\ufdd0"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff\ufdd0]")
_STORED = re.compile(f"{_MARK}([0-9a-f]{{4}})")
_UNTEXTUAL = re.compile("[\x00\ud800-\udfff]")

Row = dict[str, Any]
Fields = Mapping[Any, Any]
"""A row as read, by the names of its columns."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A report as rows, but for the numbers that only the database gives."""

    document: Row
    text: Row
    statements: list[Row]
    speakers: list[Row]
    claims: list[Row]

    @property
    def models(self) -> set[str]:
        """The names of the models that found its statements."""
        return {row["model"] for row in self.statements if row["model"] is not None}

    def place(self, document: int, models: Mapping[str, int]) -> None:
        """Fills in the document's row and the numbers of the models."""
        self.text["document"] = document
        for row in (*self.speakers, *self.claims):
            row["document"] = document
        first = key_of(self.document["day"], document, 0)
        for position, row in enumerate(self.statements):
            row["row"] = first + position
            row["document"] = document
            row["model"] = models[row["model"]] if row["model"] is not None else None


def escape(value: str | None) -> str | None:
    """A text that any database holds; ``unescape`` gives it back."""
    if value is None or (value.isascii() and "\0" not in value):
        return value
    return _UNSTORABLE.sub(lambda match: f"{_MARK}{ord(match.group()):04x}", value)


def unescape(value: str | None) -> str | None:
    """The text that ``escape`` was given."""
    if value is None or _MARK not in value:
        return value
    return _STORED.sub(lambda match: chr(int(match.group(1), 16)), value)


def validate(report: Report) -> None:
    """Holds a report to what its rows and its evidence need.

    Raises:
        ReportError: an id that isn't the text's, a span with other words than the text has there, an id used
            twice, or one that leads nowhere; a statement inside itself.
    """
    document = report.document
    where = f"document {document.id[:16]}"
    if document.id != Document.of(document.text, origin="").id:
        raise ReportError(f"{where}: expected the SHA-256 of its text as its id; make it with Document.of")
    if len(report.statements) > MAX_STATEMENTS:
        raise ReportError(
            f"{where}: expected up to {MAX_STATEMENTS} statements, found {len(report.statements)}; split it"
        )
    statements = _ids((statement.id for statement in report.statements), f"{where}: statements")
    speakers = _ids((speaker.id for speaker in report.speakers), f"{where}: speakers")
    for statement in report.statements:
        at = f"{where}, statement {statement.id}"
        _hold_spans(document.text, statement.spans, at)
        _hold_references(at, speakers, speaker=statement.speaker, target=statement.target)
        _hold_references(at, statements, parent=statement.parent)
    _hold_parents(report.statements, where)
    for speaker in report.speakers:
        _hold_spans(document.text, speaker.mentions, f"{where}, speaker {speaker.id}")
    for claim in report.claims:
        at = f"{where}, claim {claim.span.start}:{claim.span.end}"
        _hold_spans(document.text, (claim.span,), at)
        _hold_references(at, statements, statement=claim.statement)
        if claim.geonames is not None and not 0 <= claim.geonames < 2**31:
            raise ReportError(f"{at}: expected a GeoNames id under 2^31, found {claim.geonames:.3e}")


def _ids(given: Any, where: str) -> set[str]:
    ids = list(given)
    found = set(ids)
    if len(found) < len(ids):
        twice = Counter(ids).most_common(1)[0][0]
        raise ReportError(f"{where}: expected each id once, found {twice[:80]!r} twice")
    if long := next((item for item in ids if len(item) > LONGEST_ID), None):
        raise ReportError(
            f"{where}: expected ids of at most {LONGEST_ID} characters, found one of {len(long)}"
        )
    return found


def _hold_spans(text: str, spans: Sequence[Span], where: str) -> None:
    for span in spans:
        if not text.startswith(span.text, span.start) or span.end > len(text):
            raise ReportError(
                f"{where}: the span {span.start}:{span.end} has other words than the text has there"
            )


def _hold_references(where: str, known: set[str], **references: str | None) -> None:
    for name, reference in references.items():
        if reference is not None and reference not in known:
            raise ReportError(f"{where}: its {name} {reference[:80]!r} is not in the report")


def _hold_parents(statements: Sequence[Statement], where: str) -> None:
    parents = {statement.id: statement.parent for statement in statements if statement.parent is not None}
    rooted: set[str] = set()
    for first in parents:
        path: list[str] = []
        at: str | None = first
        while at is not None and at not in rooted:
            if len(path) > len(parents):
                raise ReportError(
                    f"{where}, statement {first}: expected a parent around it, found itself among its parents"
                )
            path.append(at)
            at = parents.get(at)
        rooted.update(path)


def split(report: Report) -> Rows:
    """The rows of a valid report."""
    statements = {statement.id: position for position, statement in enumerate(report.statements)}
    speakers = {speaker.id: position for position, speaker in enumerate(report.speakers)}
    return Rows(
        document=_split_document(report),
        text=_split_text(report.document.text),
        statements=[_split_statement(statement, statements, speakers) for statement in report.statements],
        speakers=[_split_speaker(position, speaker) for position, speaker in enumerate(report.speakers)],
        claims=[_split_claim(position, claim, statements) for position, claim in enumerate(report.claims)],
    )


def _split_document(report: Report) -> Row:
    document = report.document
    dateline = document.dateline
    return {
        "id": document.id,
        "day": day_of(document.published.date),
        "origin": escape(document.origin),
        "title": escape(document.title),
        "byline": escape(document.byline),
        "publisher": escape(document.publisher),
        "dateline": None if dateline is None else json.dumps([dateline.place, dateline.date]),
        "published": escape(document.published.date),
        "basis": document.published.basis,
        "language": escape(document.language),
        "kind": document.kind,
        "statements": len(report.statements),
        "speakers": len(report.speakers),
        "claims": len(report.claims),
    }


def _split_text(text: str) -> Row:
    shown = _UNTEXTUAL.sub("\ufffd", text)
    return {"text": shown, "exact": None if shown == text else text.encode("utf-8", "surrogatepass")}


def _split_statement(statement: Statement, statements: Mapping[str, int], speakers: Mapping[str, int]) -> Row:
    source, cue, modality = statement.source, statement.cue, statement.modality
    return {
        "id": escape(statement.id),
        "form": statement.form,
        "source_start": source.start if source else None,
        "source_end": source.end if source else None,
        "cue_start": cue.start if cue else None,
        "cue_end": cue.end if cue else None,
        "content": _offsets(statement.content),
        "start": statement.start,
        "end": statement.end,
        "speaker": speakers[statement.speaker] if statement.speaker is not None else None,
        "speaker_score": statement.speaker_score,
        "candidates": json.dumps([[other.name, other.score] for other in statement.speaker_candidates])
        if statement.speaker_candidates
        else None,
        "act": escape(statement.act),
        "target": speakers[statement.target] if statement.target is not None else None,
        "negated": int(modality.negated) if modality else None,
        "conditional": int(modality.conditional) if modality else None,
        "tense": modality.tense if modality else None,
        "stance": statement.stance,
        "parent": statements[statement.parent] if statement.parent is not None else None,
        "score": statement.score,
        "model": escape(statement.model),
    }


def _split_speaker(position: int, speaker: Speaker) -> Row:
    return {
        "position": position,
        "id": escape(speaker.id),
        "name": escape(speaker.name),
        "folded": fold_name(speaker.name)[:LONGEST_NAME],
        "aliases": json.dumps(speaker.aliases),
        "kind": speaker.kind,
        "role": escape(speaker.role),
        "affiliation": escape(speaker.affiliation),
        "mentions": _offsets(speaker.mentions),
    }


def _split_claim(position: int, claim: Claim, statements: Mapping[str, int]) -> Row:
    values = (claim.value, claim.low, claim.high)
    if any(isinstance(value, int) and value.bit_length() > _MAX_DIGITS * 3 for value in values):
        raise ReportError(
            f"claim {claim.span.start}:{claim.span.end}: expected a number of at most {_MAX_DIGITS} digits"
        )
    exact = [json.dumps(value) for value in values]
    least, most = quantity_range(claim) or (None, None)
    return {
        "position": position,
        "statement": statements[claim.statement] if claim.statement is not None else None,
        "type": claim.type,
        "start": claim.span.start,
        "end": claim.span.end,
        "value": None if claim.value is None else exact[0],
        "bounds": None if exact[1] == exact[2] == exact[0] else f"[{exact[1]},{exact[2]}]",
        "low": least,
        "high": most,
        "unit": escape(claim.unit),
        "of": escape(claim.of),
        "comparison": claim.comparison,
        "anchor": escape(claim.anchor),
        "doubt": escape(claim.doubt),
        "country": escape(claim.country),
        "geonames": claim.geonames,
        "latitude": claim.latitude,
        "longitude": claim.longitude,
    }


def quantity_range(claim: Claim) -> tuple[float, float] | None:
    """The least and the greatest number that a quantity names; an open end counts as the end that is given.
    ``None`` where there is no number.
    """
    if claim.type != "quantity":
        return None
    numbers = [
        _double(item) for item in (claim.value, claim.low, claim.high) if isinstance(item, int | float)
    ]
    numbers = [number for number in numbers if not math.isnan(number)]
    return (min(numbers), max(numbers)) if numbers else None


def _double(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.copysign(math.inf, number)


def _offsets(spans: Sequence[Span]) -> str:
    return json.dumps([[span.start, span.end] for span in spans], separators=(",", ":"))


def join(
    document: Fields,
    text: str,
    statements: Sequence[Fields],
    speakers: Sequence[Fields],
    claims: Sequence[Fields],
    models: Mapping[int, str],
) -> Report:
    """The report of rows in their order; ``models`` are names by number."""
    speaker_ids = [cast(str, unescape(row["id"])) for row in speakers]
    statement_ids = [cast(str, unescape(row["id"])) for row in statements]
    return Report(
        document=join_document(document, text),
        statements=tuple(
            join_statement(
                row, text, models, speaker=speaker_ids.__getitem__, parent=statement_ids.__getitem__
            )
            for row in statements
        ),
        speakers=tuple(join_speaker(row, text) for row in speakers),
        claims=tuple(_join_claim(row, text, statement_ids) for row in claims),
    )


def join_text(row: Fields) -> str:
    """The text exactly as it was read."""
    exact = row["exact"]
    return cast(str, row["text"]) if exact is None else bytes(exact).decode("utf-8", "surrogatepass")


def join_document(row: Fields, text: str) -> Document:
    """The document of its row and text."""
    return Document(
        id=row["id"],
        origin=cast(str, unescape(row["origin"])),
        title=unescape(row["title"]),
        byline=unescape(row["byline"]),
        publisher=unescape(row["publisher"]),
        dateline=None if row["dateline"] is None else Dateline(*json.loads(row["dateline"])),
        published=Published(unescape(row["published"]), row["basis"]),
        language=unescape(row["language"]),
        kind=row["kind"],
        text=text,
    )


def join_statement(
    row: Fields,
    text: str,
    models: Mapping[int, str],
    *,
    speaker: Callable[[int], str],
    parent: Callable[[int], str],
) -> Statement:
    """The statement of its row; ``speaker`` and ``parent`` give the id at a place in the document."""
    modality = (
        None
        if row["tense"] is None
        else Modality(bool(row["negated"]), bool(row["conditional"]), row["tense"])
    )
    return Statement(
        id=cast(str, unescape(row["id"])),
        form=row["form"],
        source=None if row["source_start"] is None else Span.of(text, row["source_start"], row["source_end"]),
        cue=None if row["cue_start"] is None else Span.of(text, row["cue_start"], row["cue_end"]),
        content=_spans(row["content"], text),
        speaker=None if row["speaker"] is None else speaker(row["speaker"]),
        speaker_score=row["speaker_score"],
        speaker_candidates=tuple(SpeakerCandidate(*other) for other in json.loads(row["candidates"] or "[]")),
        act=unescape(row["act"]),
        target=None if row["target"] is None else speaker(row["target"]),
        modality=modality,
        stance=row["stance"],
        parent=None if row["parent"] is None else parent(row["parent"]),
        score=row["score"],
        model=None if row["model"] is None else unescape(models[row["model"]]),
    )


def join_speaker(row: Fields, text: str) -> Speaker:
    """The speaker of its row."""
    return Speaker(
        id=cast(str, unescape(row["id"])),
        name=cast(str, unescape(row["name"])),
        aliases=tuple(json.loads(row["aliases"])),
        kind=row["kind"],
        role=unescape(row["role"]),
        affiliation=unescape(row["affiliation"]),
        mentions=_spans(row["mentions"], text),
    )


def _join_claim(row: Fields, text: str, statements: Sequence[str]) -> Claim:
    value = None if row["value"] is None else json.loads(row["value"])
    low, high = (value, value) if row["bounds"] is None else json.loads(row["bounds"])
    return Claim(
        statement=None if row["statement"] is None else statements[row["statement"]],
        type=row["type"],
        span=Span.of(text, row["start"], row["end"]),
        value=value,
        low=low,
        high=high,
        unit=unescape(row["unit"]),
        of=unescape(row["of"]),
        comparison=row["comparison"],
        anchor=unescape(row["anchor"]),
        doubt=unescape(row["doubt"]),
        country=unescape(row["country"]),
        geonames=row["geonames"],
        latitude=row["latitude"],
        longitude=row["longitude"],
    )


def _spans(offsets: str, text: str) -> tuple[Span, ...]:
    return tuple(Span(start, end, text[start:end]) for start, end in json.loads(offsets))

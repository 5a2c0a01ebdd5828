"""W3C Web Annotation (https://www.w3.org/TR/annotation-model/): an annotation for each statement.

Each words of it (source, cue, each piece of the content) are a target with a TextPositionSelector, in code
points of the report's text, and a TextQuoteSelector, by which they are found again in the page. The body is
the statement: who speaks, what it does, how sure that is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from onrecord.export.formats import OnFailure
from onrecord.export.jsonld import TERMS, address, document_name, dumped, item_name, known, write_nodes
from onrecord.types import Document, Report, Span, Speaker, Statement

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters before and after, as browsers' own annotators take
_KINDS = {"person": "Person", "unnamed": "Person", "organization": "Organization", "group": "Organization"}


def write(reports: Iterable[Report], file: TextIO, *, on_failure: OnFailure) -> None:
    """Writes an AnnotationCollection whose first page has all the annotations, one a line."""
    count, digest = 0, hashlib.sha256()

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal count
        for report in reports:
            for annotation in annotate(report):
                count += 1
                digest.update(annotation["id"].encode())
                yield annotation

    file.write('{"@context": ' + dumped([CONTEXT, TERMS]) + ', "type": "AnnotationCollection", ')
    file.write('"first": {"type": "AnnotationPage", "startIndex": 0, "items": [')
    write_nodes(file, counted())
    # What isn't known before the end stands at the end: the order of names means nothing in JSON.
    name = f"urn:onrecord:annotations:{digest.hexdigest()}"
    file.write(f'\n], "id": "{name}:1", "partOf": "{name}"}}, "id": "{name}", "total": {count}}}\n')


def annotate(report: Report) -> Iterator[dict[str, Any]]:
    """Yields the annotation of each statement of a report."""
    speakers = {speaker.id: speaker for speaker in report.speakers}
    for statement in report.statements:
        name = item_name(report.document, statement)
        yield known(
            {
                "id": name.replace(":statement:", ":annotation:", 1),
                "type": "Annotation",
                "motivation": "describing",
                "generator": {"type": "Software", "name": statement.model} if statement.model else None,
                "body": _body(report, statement, speakers),
                "target": list(_targets(report.document, statement)),
            }
        )


def _body(report: Report, statement: Statement, speakers: dict[str, Speaker]) -> dict[str, Any]:
    document, modality = report.document, statement.modality
    parent = next((item for item in report.statements if item.id == statement.parent), None)
    return known(
        {
            "id": item_name(document, statement),
            "type": "onrecord:Statement",
            "onrecord:form": statement.form,
            "onrecord:speaker": _person(document, speakers.get(statement.speaker or "")),
            "onrecord:speakerScore": statement.speaker_score,
            "onrecord:act": statement.act,
            "onrecord:target": _person(document, speakers.get(statement.target or "")),
            "onrecord:negated": modality.negated if modality else None,
            "onrecord:conditional": modality.conditional if modality else None,
            "onrecord:tense": modality.tense if modality else None,
            "onrecord:stance": statement.stance,
            "onrecord:within": {"id": item_name(document, parent)} if parent else None,
            "onrecord:score": statement.score,
        }
    )


def _person(document: Document, speaker: Speaker | None) -> dict[str, Any] | None:
    if speaker is None:
        return None
    return known(
        {
            "id": item_name(document, speaker),
            "type": _KINDS.get(speaker.kind, "onrecord:Document"),
            "name": speaker.name,
            "onrecord:role": speaker.role,
            "onrecord:affiliation": speaker.affiliation,
        }
    )


def _targets(document: Document, statement: Statement) -> Iterator[dict[str, Any]]:
    source = known(
        {
            "id": document_name(document),
            "type": "Text",
            "format": "text/plain",
            "language": document.language,
            "via": address(document.origin),
        }
    )
    parts = [("source", statement.source), ("cue", statement.cue)]
    parts += [("content", piece) for piece in statement.content]
    for part, span in parts:
        if span is not None:
            yield {
                "type": "SpecificResource",
                "onrecord:part": part,
                "source": source,
                "selector": _selectors(document, span),
            }


def _selectors(document: Document, span: Span) -> list[dict[str, Any]]:
    text = document.text
    return [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": span.text,
            "prefix": text[max(0, span.start - _AROUND) : span.start],
            "suffix": text[span.end : span.end + _AROUND],
        },
    ]

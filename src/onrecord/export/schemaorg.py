"""schema.org in JSON-LD: a NewsArticle for each report, a Quotation for each direct statement, a Claim for
each other.

A Claim here is what a report says that somebody claims; nothing says that it is so. Where the speaker isn't
resolved, ``creditText`` has the report's own words for who speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from onrecord.export.formats import OnFailure
from onrecord.export.jsonld import (
    TERMS,
    address,
    document_name,
    dumped,
    item_name,
    known,
    place_name,
    write_nodes,
)
from onrecord.types import Document, Report, Speaker, Statement

CONTEXT = "https://schema.org"
_KINDS = {"person": "Person", "unnamed": "Person", "organization": "Organization", "group": "Organization"}


def write(reports: Iterable[Report], file: TextIO, *, on_failure: OnFailure) -> None:
    """Writes one graph, a node a line."""
    file.write('{"@context": ' + dumped([CONTEXT, TERMS]) + ', "@graph": [')
    write_nodes(file, (node for report in reports for node in nodes(report)))
    file.write("\n]}\n")


def nodes(report: Report) -> Iterator[dict[str, Any]]:
    """Yields the article of a report, then its statements."""
    yield _article(report.document)
    speakers = {speaker.id: speaker for speaker in report.speakers}
    for statement in report.statements:
        yield _statement(report.document, statement, speakers.get(statement.speaker or ""))


def _article(document: Document) -> dict[str, Any]:
    dateline = document.dateline
    return known(
        {
            "@id": document_name(document),
            "@type": "NewsArticle" if document.kind == "article" else "Article",
            "headline": document.title,
            "creditText": document.byline,
            "publisher": {"@type": "Organization", "name": document.publisher}
            if document.publisher
            else None,
            "dateline": dateline.place if dateline and document.kind == "article" else None,
            "datePublished": document.published.date,
            "inLanguage": document.language,
            "url": address(document.origin),
            "identifier": document.origin,
        }
    )


def _statement(document: Document, statement: Statement, speaker: Speaker | None) -> dict[str, Any]:
    direct = statement.form == "direct"
    article = {"@id": document_name(document)}
    person = _person(document, speaker)
    of_document = speaker is not None and speaker.kind == "document"
    source = statement.source
    return known(
        {
            "@id": item_name(document, statement),
            "@type": "Quotation" if direct else "Claim",
            "text": "\n".join(piece.text for piece in statement.content),
            "spokenByCharacter" if direct else "author": None if of_document else person,
            "citation": person if of_document else None,
            "creditText": source.text if source and not speaker else None,
            "isPartOf" if direct else "appearance": article,
            "isBasedOn": [{"@id": place_name(document, span)} for span in statement.spans],
            "onrecord:form": statement.form,
            "onrecord:act": statement.act,
            "onrecord:stance": statement.stance,
            "onrecord:score": statement.score,
        }
    )


def _person(document: Document, speaker: Speaker | None) -> dict[str, Any] | None:
    if speaker is None:
        return None
    kind = _KINDS.get(speaker.kind, "CreativeWork")
    return known(
        {
            "@id": item_name(document, speaker),
            "@type": kind,
            "name": speaker.name,
            "alternateName": list(speaker.aliases),
            "jobTitle": speaker.role if kind == "Person" else None,
            "affiliation": {"@type": "Organization", "name": speaker.affiliation}
            if speaker.affiliation and kind == "Person"
            else None,
        }
    )

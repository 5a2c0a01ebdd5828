"""TEI P5 (https://tei-c.org/guidelines/p5/): a corpus, a TEI for each report.

The text stands in one ``ab`` with its white space, so that the string value of ``ab`` is the report's text,
character for character (what XML can't hold is U+FFFD), and an anchor's offset is the length of the text
before it. WordPieces of content are ``said`` where they nest; all statements, those that cross too, are in
``standOff`` with their source, cue and content as spans between anchors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TextIO

from onrecord.errors import SettingsError
from onrecord.export.formats import OnFailure
from onrecord.types import Claim, Document, Report, Span, Speaker, Statement

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_DIRECT = {"direct": "true", "indirect": "false", "mixed": "unknown"}
_ORGANIZATIONS = ("organization", "group")

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader><fileDesc><titleStmt><title>Reports and the statements in them</title></titleStmt>\
<publicationStmt><p>Written by OnRecord.</p></publicationStmt>\
<sourceDesc><p>Each report's own header says where it came from.</p></sourceDesc></fileDesc></teiHeader>
"""


def write(reports: Iterable[Report], file: TextIO, *, on_failure: OnFailure) -> None:
    """Writes a corpus.

    Raises:
        SettingsError: there is no report: TEI has no empty corpus.
    """
    number = 0
    for number, report in enumerate(reports, start=1):
        if number == 1:
            file.write(_HEAD)
        file.writelines(_write_report(report, f"d{number}"))
    if not number:
        raise SettingsError("tei: expected a report at least, found none; TEI has no empty corpus")
    file.write("</teiCorpus>\n")


def _write_report(report: Report, name: str) -> Iterator[str]:
    document = report.document
    yield f'<TEI xml:id="{name}">\n'
    yield _header(document)
    language = document.language
    tagged = f' xml:lang="{language}"' if language and _LANGUAGE.fullmatch(language) else ""
    anchors = _anchors(report, name)
    yield f'<text{tagged}><body><ab xml:space="preserve">'
    yield from _write_text(report, name, anchors)
    yield "</ab></body></text>\n"
    if report.statements or report.speakers or report.claims:
        yield "<standOff>\n"
        yield from _write_people(report.speakers, name)
        yield from _write_statements(report, name, anchors)
        yield from _write_claims(report, name, anchors)
        yield "</standOff>\n"
    yield "</TEI>\n"


def text_of(text: str) -> str:
    """A text as the content of an element. What XML can't hold becomes U+FFFD, one for one."""
    text = _ILLEGAL.sub("\ufffd", text)
    for char, reference in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;")):
        text = text.replace(char, reference)
    return text


def _element(name: str, text: str | None, attributes: str = "") -> str:
    """An element with a text, nothing where there is none."""
    return f"<{name}{attributes}>{text_of(text)}</{name}>" if text else ""


def _header(document: Document) -> str:
    title = document.title if document.title and document.title.strip() else document.origin
    about = "".join(
        (
            _element("title", document.title),
            _element("author", document.byline),
            _element("publisher", document.publisher),
            _element("pubPlace", document.dateline.place if document.dateline else None),
            _element("date", document.published.date, _when(document.published.date)),
            _element("idno", document.id, ' type="sha256"'),
            _element("idno", document.origin, ' type="origin"'),
        )
    )
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{text_of(title)}</title></titleStmt>"
        "<publicationStmt><p>Written by OnRecord.</p></publicationStmt>"
        f"<sourceDesc><bibl>{about}</bibl></sourceDesc></fileDesc></teiHeader>\n"
    )


def _when(written: str | None) -> str:
    try:
        return f' when="{date.fromisoformat(written or "").isoformat()}"'
    except ValueError:  # a month, a year, or words
        return ""


# The text


Anchors = dict[int, str]
"""The id of the anchor at each offset that a span begins or ends at."""


def _anchors(report: Report, name: str) -> Anchors:
    spans: list[Span] = [span for statement in report.statements for span in statement.spans]
    spans += [span for speaker in report.speakers for span in speaker.mentions]
    spans += [claim.span for claim in report.claims]
    places = sorted({place for span in spans for place in (span.start, span.end)})
    return {place: f"{name}.a{number}" for number, place in enumerate(places, start=1)}


def _write_text(report: Report, name: str, anchors: Anchors) -> Iterator[str]:
    text = report.document.text
    opening: dict[int, list[str]] = {}
    closing: dict[int, int] = {}
    for start, end, tag in _nested(report, name):
        opening.setdefault(start, []).append(tag)
        closing[end] = closing.get(end, 0) + 1
    at = 0
    for place in sorted({*anchors, len(text)}):
        yield text_of(text[at:place])
        yield "</said>" * closing.get(place, 0)
        if place in anchors:
            yield f'<anchor xml:id="{anchors[place]}"/>'
        yield from opening.get(place, ())
        at = place


def _nested(report: Report, name: str) -> Iterator[tuple[int, int, str]]:
    """Yields the pieces of content that don't cross an earlier one, outer before inner: where each begins and
    ends, and its tag.
    """
    people = {speaker.id: f"{name}.s{number}" for number, speaker in enumerate(report.speakers, start=1)}
    pieces = sorted(
        ((piece.start, -piece.end), number, order)
        for number, statement in enumerate(report.statements, start=1)
        for order, piece in enumerate(statement.content, start=1)
    )
    within: list[int] = []
    kept: list[tuple[int, int, int, int]] = []
    for (start, negative), number, order in pieces:
        end = -negative
        while within and within[-1] <= start:
            within.pop()
        if not within or end <= within[-1]:
            within.append(end)
            kept.append((start, end, number, order))
    inline = {(number, order) for _, _, number, order in kept}
    for start, end, number, order in kept:
        statement = report.statements[number - 1]
        attributes = [f'xml:id="{name}.q{number}.{order}"', f'ana="#{name}.q{number}"']
        if statement.speaker is not None:
            attributes.append(f'who="#{people[statement.speaker]}"')
        attributes.append(f'direct="{_DIRECT[statement.form]}"')
        for side, other in (("prev", order - 1), ("next", order + 1)):
            if (number, other) in inline:
                attributes.append(f'{side}="#{name}.q{number}.{other}"')
        yield start, end, f"<said {' '.join(attributes)}>"


# What stands off it


def _write_people(speakers: tuple[Speaker, ...], name: str) -> Iterator[str]:
    described = {
        number: _describe(speaker, f"{name}.s{number}") for number, speaker in enumerate(speakers, start=1)
    }
    for holder, kinds in (
        ("listPerson", ("person", "unnamed")),
        ("listOrg", _ORGANIZATIONS),
        ("listBibl", ("document",)),
    ):
        found = [
            described[number] for number, speaker in enumerate(speakers, start=1) if speaker.kind in kinds
        ]
        if found:
            yield f"<{holder}>{''.join(found)}</{holder}>\n"


def _describe(speaker: Speaker, name: str) -> str:
    if speaker.kind == "document":
        return f'<bibl xml:id="{name}"><title>{text_of(speaker.name)}</title></bibl>'
    of_person = speaker.kind not in _ORGANIZATIONS
    tag, name_tag = ("person", "persName") if of_person else ("org", "orgName")
    names = "".join(
        f"<{name_tag}>{text_of(form)}</{name_tag}>"
        for form in dict.fromkeys((speaker.name, *speaker.aliases))
    )
    about = ""
    if of_person:
        about = _element("occupation", speaker.role) + _element("affiliation", speaker.affiliation)
    return f'<{tag} xml:id="{name}" role="{speaker.kind}">{names}{about}</{tag}>'


def _span(kind: str, span: Span, anchors: Anchors, more: str = "") -> str:
    return f'<span type="{kind}" from="#{anchors[span.start]}" to="#{anchors[span.end]}"{more}/>'


def _write_statements(report: Report, name: str, anchors: Anchors) -> Iterator[str]:
    people = {speaker.id: f"#{name}.s{number}" for number, speaker in enumerate(report.speakers, start=1)}
    numbers = {
        statement.id: f"#{name}.q{number}" for number, statement in enumerate(report.statements, start=1)
    }
    for statement in report.statements:
        reference = numbers[statement.id]
        features = _features(
            id=statement.id,
            form=statement.form,
            act=statement.act,
            stance=statement.stance,
            score=statement.score,
            speakerScore=statement.speaker_score,
            negated=statement.modality.negated if statement.modality else None,
            conditional=statement.modality.conditional if statement.modality else None,
            tense=statement.modality.tense if statement.modality else None,
            model=statement.model,
        )
        for feature, value in (
            ("speaker", people.get(statement.speaker or "")),
            ("target", people.get(statement.target or "")),
            ("parent", numbers.get(statement.parent or "")),
        ):
            features += f'<f name="{feature}" fVal="{value}"/>' if value else ""
        yield f'<fs xml:id="{reference[1:]}" type="statement">{features}</fs>\n'
        yield f'<spanGrp type="statement" ana="{reference}">{"".join(_parts(statement, anchors))}</spanGrp>\n'
    mentions = [
        _span("mention", span, anchors, f' ana="{people[speaker.id]}"')
        for speaker in report.speakers
        for span in speaker.mentions
    ]
    if mentions:
        yield f'<spanGrp type="mentions">{"".join(mentions)}</spanGrp>\n'


def _parts(statement: Statement, anchors: Anchors) -> Iterator[str]:
    for kind, span in (("source", statement.source), ("cue", statement.cue)):
        if span is not None:
            yield _span(kind, span, anchors)
    for span in statement.content:
        yield _span("content", span, anchors)


def _write_claims(report: Report, name: str, anchors: Anchors) -> Iterator[str]:
    numbers = {
        statement.id: f"#{name}.q{number}" for number, statement in enumerate(report.statements, start=1)
    }
    spans = []
    for number, claim in enumerate(report.claims, start=1):
        inside = numbers.get(claim.statement or "")
        features = _claim_features(claim) + (f'<f name="statement" fVal="{inside}"/>' if inside else "")
        yield f'<fs xml:id="{name}.c{number}" type="{claim.type}">{features}</fs>\n'
        spans.append(_span(claim.type, claim.span, anchors, f' ana="#{name}.c{number}"'))
    if spans:
        yield f'<spanGrp type="claims">{"".join(spans)}</spanGrp>\n'


def _claim_features(claim: Claim) -> str:
    return _features(
        words=claim.span.text,
        value=claim.value,
        low=claim.low,
        high=claim.high,
        unit=claim.unit,
        of=claim.of,
        comparison=claim.comparison,
        anchor=claim.anchor,
        doubt=claim.doubt,
        country=claim.country,
        geonames=claim.geonames,
        latitude=claim.latitude,
        longitude=claim.longitude,
    )


def _features(**values: str | float | bool | None) -> str:
    """A feature for each value that is known, as a text; of truth values as ``binary``."""
    found = []
    for name, value in values.items():
        if isinstance(value, bool):
            found.append(f'<f name="{name}"><binary value="{str(value).lower()}"/></f>')
        elif value is not None:
            found.append(f'<f name="{name}"><string>{text_of(str(value))}</string></f>')
    return "".join(found)

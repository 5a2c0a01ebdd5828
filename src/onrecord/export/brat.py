"""brat standoff (https://brat.nlplab.org/standoff.html): a folder with ``NAME.txt`` and ``NAME.ann`` for each
report, and the ``annotation.conf`` that brat needs to show and correct them.

A statement is an event ``Attribution`` with the roles Source, Cue, Content, Content2 ..., Speaker and Target,
as in PolNeAR. Mentions of a speaker are entities in an ``Equiv`` relation. What brat has no place for stands in
notes, as JSON, and in ``NAME.json``, which brat passes over. Offsets are code points of ``NAME.txt``; an annotation that runs over a line end is in
fragments, since no line of brat's may hold one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from onrecord.acts import ACTS
from onrecord.export.table import storable
from onrecord.types import Claim, Report, Span, Speaker, Statement, content_id

EVENT = "Attribution"
SPEAKER_LABELS = {
    "person": "Person", "organization": "Organization", "group": "Group", "unnamed": "Unnamed", "document": "Document",
}  # fmt: skip
CLAIM_LABELS = {"quantity": "Quantity", "time": "Time", "place": "Place"}
CLAIM_FIELDS = (
    "statement", "value", "low", "high", "unit", "of", "comparison", "anchor", "doubt", "country", "geonames",
    "latitude", "longitude",
)  # fmt: skip
NOTE = "AnnotatorNotes"

# What Python and brat (which reads with its ``codecs``) take for the end of a line, and the tab between fields.
_BREAKS = re.compile("[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WORD = re.compile(r"[A-Za-z0-9_-]+")

CONFIGURATION = f"""\
[entities]
Source
Cue
Content
{chr(10).join((*SPEAKER_LABELS.values(), *CLAIM_LABELS.values()))}

[relations]
<SPEAKER>={"|".join(SPEAKER_LABELS.values())}
Equiv\tArg1:<SPEAKER>, Arg2:<SPEAKER>, <REL-TYPE>:symmetric-transitive

[events]
<SPEAKER>={"|".join(SPEAKER_LABELS.values())}
{EVENT}\tSource?:Source, Cue?:Cue, Content+:Content, Speaker?:<SPEAKER>, Target?:<SPEAKER>

[attributes]
Form\tArg:{EVENT}, Value:direct|indirect|mixed
Act\tArg:{EVENT}, Value:{"|".join(ACTS)}
Stance\tArg:{EVENT}, Value:neutral|committed|distanced
Tense\tArg:{EVENT}, Value:past|present|future
Negated\tArg:{EVENT}
Conditional\tArg:{EVENT}
"""


def annotate(report: Report) -> Iterator[str]:
    """Yields the lines of ``NAME.ann``, without line ends."""
    return _Annotations(report).lines()


class _Annotations:
    """The annotations of a report, numbered as they are written."""

    def __init__(self, report: Report) -> None:
        self._record = report
        self._numbers = {"T": 0, "E": 0, "A": 0, "#": 0}

    def lines(self) -> Iterator[str]:
        report = self._record
        first: dict[str | None, str] = {}
        for speaker in report.speakers:
            yield from self._speaker(speaker, first)
        for statement in report.statements:
            yield from self._statement(statement, first)
        for claim in report.claims:
            for name, line in self._bound(CLAIM_LABELS[claim.type], claim.span):
                yield line
                yield self._note(name, claim_note(claim))

    def _next(self, kind: str) -> str:
        self._numbers[kind] += 1
        return f"{kind}{self._numbers[kind]}"

    def _bound(self, label: str, span: Span) -> Iterator[tuple[str, str]]:
        """The name and line of a text-bound annotation; none where there is nothing but line ends in it."""
        fragments = list(_fragments(span))
        if fragments:
            name = self._next("T")
            places = ";".join(f"{start} {start + len(words)}" for start, words in fragments)
            yield name, f"{name}\t{label} {places}\t{storable(' '.join(words for _, words in fragments))}"

    def _note(self, name: str, value: Any) -> str:
        # JSON in ASCII has no character that ends a line.
        return f"{self._next('#')}\t{NOTE} {name}\t{json.dumps(value)}"

    def _speaker(self, speaker: Speaker, first: dict[str | None, str]) -> Iterator[str]:
        names = []
        for span in speaker.mentions:
            for name, line in self._bound(SPEAKER_LABELS[speaker.kind], span):
                names.append(name)
                yield line
        if len(names) > 1:
            yield f"*\tEquiv {' '.join(names)}"
        if names:
            first[speaker.id] = names[0]
            yield self._note(names[0], speaker_note(speaker))

    def _statement(self, statement: Statement, first: dict[str | None, str]) -> Iterator[str]:
        arguments, lines = [], []
        pieces = (
            ("Content" if order == 1 else f"Content{order}", "Content", piece)
            for order, piece in enumerate(statement.content, start=1)
        )
        for role, label, span in (
            ("Source", "Source", statement.source),
            ("Cue", "Cue", statement.cue),
            *pieces,
        ):
            for name, line in self._bound(label, span) if span else ():
                arguments.append(f"{role}:{name}")
                lines.append(line)
        trigger = next(self._bound(EVENT, statement.cue or statement.content[0]), None)
        if trigger is None or not any(argument.startswith("Content") for argument in arguments):
            return
        yield from (*lines, trigger[1])
        for role, reference in (("Speaker", statement.speaker), ("Target", statement.target)):
            if reference in first:
                arguments.append(f"{role}:{first[reference]}")
        event = self._next("E")
        yield f"{event}\t{' '.join((f'{EVENT}:{trigger[0]}', *arguments))}"
        for name, value in _attributes(statement):
            yield f"{self._next('A')}\t{name} {event}{'' if value is True else f' {value}'}"
        yield self._note(event, statement_note(statement, self._record))


def _fragments(span: Span) -> Iterator[tuple[int, str]]:
    """Where each stretch of a span without line ends begins, and its words."""
    at = 0
    for match in _BREAKS.finditer(span.text):
        if match.start() > at:
            yield span.start + at, span.text[at : match.start()]
        at = match.end()
    if at < len(span.text):
        yield span.start + at, span.text[at:]


def _attributes(statement: Statement) -> Iterator[tuple[str, str | bool]]:
    yield "Form", statement.form
    if statement.act and _WORD.fullmatch(statement.act):
        yield "Act", statement.act
    if statement.stance:
        yield "Stance", statement.stance
    if modality := statement.modality:
        yield "Tense", modality.tense
        if modality.negated:
            yield "Negated", True
        if modality.conditional:
            yield "Conditional", True


# What notes hold


def statement_note(statement: Statement, report: Report) -> dict[str, Any]:
    """What brat has no place for in a statement; ``spans`` tells whether somebody has changed its words since."""
    known = {speaker.id for speaker in report.speakers if any(map(list, map(_fragments, speaker.mentions)))}
    return {
        "id": statement.id,
        "spans": mark_spans(statement),
        "score": statement.score,
        "speaker_score": statement.speaker_score,
        "speaker_candidates": [[other.name, other.score] for other in statement.speaker_candidates],
        "act": statement.act,
        "parent": statement.parent,
        "model": statement.model,
        "modality": statement.modality is not None,
        "speaker": None if statement.speaker in known else statement.speaker,
        "target": None if statement.target in known else statement.target,
    }


def mark_spans(statement: Statement) -> str:
    """A hash of where a statement's words are, line ends at their ends and pieces of nothing else aside."""
    source, cue = (span and trim(span) for span in (statement.source, statement.cue))
    return content_id(source, cue, *filter(None, map(trim, statement.content)))


def trim(span: Span) -> tuple[int, int] | None:
    """Where the words of a span are without line ends at its ends; ``None`` where there is nothing else."""
    fragments = list(_fragments(span))
    if not fragments:
        return None
    start, words = fragments[-1]
    return fragments[0][0], start + len(words)


def speaker_note(speaker: Speaker) -> dict[str, Any]:
    """What brat has no place for in a speaker."""
    return {
        "id": speaker.id,
        "name": speaker.name,
        "aliases": list(speaker.aliases),
        "role": speaker.role,
        "affiliation": speaker.affiliation,
    }


def claim_note(claim: Claim) -> dict[str, Any]:
    """What brat has no place for in a claim."""
    return {name: getattr(claim, name) for name in CLAIM_FIELDS}


def about(report: Report) -> dict[str, Any]:
    """What brat has no place for in a report: all but its text, and speakers that the text doesn't mention."""
    whole = report.to_dict()
    named = {speaker.id for speaker in report.speakers if any(map(list, map(_fragments, speaker.mentions)))}
    return {
        "document": {name: value for name, value in whole["document"].items() if name != "text"},
        "order": [speaker.id for speaker in report.speakers],
        "speakers": [speaker for speaker in whole["speakers"] if speaker["id"] not in named],
    }

"""Transcripts: whose turn each stretch of a text is.

A transcript labels its turns at the heads of lines: "MR. TAVISH:", "QUESTION:", "Q.", "A:", "Tomas Ruell:". A report that happens to have a colon
early in a line isn't one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from onrecord.segment import Range, paragraphs_of
from onrecord.types import Document, Span

_NAME = r"[A-Z][\w.'’-]{0,24}"
_LABEL = re.compile(
    rf"""["“]?(?P<label>
        Q(?:UESTION)?|A(?:NSWER)?                                 # Q, A
      | (?:THE[ ])?[A-Z][A-Z.'’-]{{0,24}}(?:[ ][A-Z][A-Z.'’-]{{0,24}}){{0,4}}   # MR. TAVISH
      | {_NAME}(?:[ ]{_NAME}){{0,3}}                              # Tomas Ruell
    )(?P<mark>[ ]?(?:\([^()\n]{{1,60}}\))?[ ]?:|(?<=[QA])[.)])(?=\s)""",
    re.VERBOSE,
)
_LEAST_TURNS = 4
_LEAST_SHARE = 0.4
_NOT_SPEAKERS = frozenset(
    [
        "note",
        "update",
        "correction",
        "editor",
        "photo",
        "image",
        "source",
        "sources",
        "read",
        "more",
        "related",
        "watch",
        "listen",
        "contact",
        "contacts",
        "date",
        "time",
        "place",
        "where",
        "when",
        "what",
        "why",
        "who",
        "how",
        "tel",
        "phone",
        "email",
        "website",
        "subject",
        "re",
        "from",
        "to",
        "cc",
        "about",
        "tags",
        "topics",
        "location",
        "video",
        "audio",
        "summary",
        "background",
    ]
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A speaker's turn: the label without its mark, and what is said, paragraphs that follow without a label included."""

    label: Span
    text: Span


def turns(document: Document) -> tuple[Turn, ...]:
    """The turns of a transcript, in order; none of a document of another kind."""
    return find_turns(document.text) if document.kind == "transcript" else ()


def is_transcript(text: str) -> bool:
    """Whether labels open enough of the lines: four turns at least, two in five of all paragraphs, somebody with two of them.

    >>> is_transcript("Q: Why?\\nA: Because.\\nQ: And then?\\nA: Nothing.")
    True
    >>> is_transcript("Orr: Bridge Will Close\\n\\nThe mayor left.\\n\\nShe ran.")
    False
    """
    paragraphs = paragraphs_of(text)
    labels = [label.group("label") for start, _ in paragraphs if (label := _label_at(text, start))]
    if len(labels) < _LEAST_TURNS or len(labels) < _LEAST_SHARE * len(paragraphs):
        return False
    return Counter(labels).most_common(1)[0][1] >= 2


def find_turns(text: str) -> tuple[Turn, ...]:
    """The turns of a text that is known to be a transcript."""
    found: list[tuple[Range, int, int]] = []
    for start, end in paragraphs_of(text):
        if label := _label_at(text, start):
            found.append((label.span("label"), label.end(), end))
        elif found:
            found[-1] = (found[-1][0], found[-1][1], end)
    out = []
    for label_range, begin, end in found:
        said = text[begin:end]
        begin += len(said) - len(said.lstrip())
        end -= len(said) - len(said.rstrip())
        if begin < end:
            out.append(Turn(Span.of(text, *label_range), Span.of(text, begin, end)))
    return tuple(out)


def _label_at(text: str, start: int) -> re.Match[str] | None:
    match = _LABEL.match(text, start)
    return match if match and match.group("label").split()[0].lower() not in _NOT_SPEAKERS else None

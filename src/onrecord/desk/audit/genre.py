"""What kind of text a report is: a press release or an interview has one voice by nature."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.desk.audit.values import Genre, GenreName
from onrecord.loaders.transcript import Turn, turns
from onrecord.text.quotations import find_quotations
from onrecord.text.segmentation import split_paragraphs
from onrecord.types import Document, Report

_HEAD = 600  # characters at the beginning in which a text says what it is
_TAIL = 2_500  # characters at the end, where a press release has its contacts
_LEAST_FIRST_PERSON = 5
_FIRST_PERSON_RATE = 0.008  # of the words outside quotation marks
_MOST_OF_IT = 0.6  # share of the statements by one speaker that makes a report one on a briefing

_RELEASE_HEAD = re.compile(
    r"\bfor\s+immediate\s+release\b|^\s*(?:press|news|media)\s+release\b|/PRNewswire/|\bBUSINESS\s+WIRE\b|\bGLOBE\s+NEWSWIRE\b",
    re.IGNORECASE | re.MULTILINE,
)
_RELEASE_TAIL = re.compile(
    r"^\s*(?:media|press)\s+(?:contacts?|enquiries|inquiries)\b|^\s*(?:notes?\s+(?:to|for)\s+(?:the\s+)?editors?)\b"
    r"|\bfor\s+(?:more|further)\s+(?:media\s+)?information,?\s+(?:please\s+)?contact\b|^\s*#{3}\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_OPINION_HEAD = re.compile(
    r"^\s*(?:opinions?|op-?ed|editorials?|commentary|column|viewpoint|letters?\s+to\s+the\s+editor|guest\s+essay)\s*(?:$|[:|–—-])",
    re.IGNORECASE | re.MULTILINE,
)
_OPINION_TAIL = re.compile(
    r"\b(?:the\s+)?(?:views|opinions)\s+expressed\s+(?:here|in\s+this|are|by)\b|^\s*(?:the\s+(?:writer|author)|[A-Z]\w+\s+[A-Z]\w+)"
    r"\s+is\s+(?:an?|the)\s+[^.\n]{0,80}\b(?:columnist|author\s+of|fellow\s+at)\b",
    re.IGNORECASE | re.MULTILINE,
)
_BRIEFING = re.compile(
    r"\b(?:(?:press|news|media|daily|noon|weekly)\s+(?:briefing|conference)|briefing\s+by|briefed\s+(?:reporters|journalists))\b",
    re.IGNORECASE,
)
_INTERVIEW_HEAD = re.compile(r"^\s*(?:interview|q\s*(?:&|and)\s*a)\b\s*(?:$|[:|–—-]|with\b)", re.I | re.M)
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Mm]e)\b")
_WORD = re.compile(r"\w+")
_QUESTION = re.compile(r"(?:Q|QUESTION|REPORTER|JOURNALIST|PRESS)\b", re.IGNORECASE)


def genre_of(report: Report) -> Genre:
    """The genre of a report, and what shows it."""
    document = report.document
    return (
        _of_transcript(document)
        or _marked(document, "press_release", _RELEASE_HEAD, _RELEASE_TAIL)
        or _marked(document, "opinion", _OPINION_HEAD, _OPINION_TAIL)
        or _marked(document, "interview", _INTERVIEW_HEAD, None)
        or _on_briefing(report)
        or _in_first_person(document)
        or Genre("article", "nothing marks it as another genre")
    )


def _of_transcript(document: Document) -> Genre | None:
    found = turns(document)
    if not found:
        return None
    head = _BRIEFING.search(document.text[: max(_HEAD, found[0].label.start)])
    questioners = {turn.label.text for turn in found if _QUESTION.match(turn.label.text)}
    if head or len(questioners) > 1 or _is_plural_question(found):
        return Genre("briefing", "a transcript in which reporters ask one speaker", found[0].label)
    labels = Counter(turn.label.text for turn in found)
    if len(labels) <= 3:
        return Genre("interview", "a transcript of questions and answers", found[0].label)
    return Genre("briefing", f"a transcript with {len(labels)} speakers", found[0].label)


def _is_plural_question(found: tuple[Turn, ...]) -> bool:
    """Whether questions are labelled as from anybody ("QUESTION:"), as transcripts of briefings do."""
    return any(turn.label.text.upper().startswith("QUESTION") for turn in found)


def _marked(
    document: Document, name: GenreName, head: re.Pattern[str], tail: re.Pattern[str] | None
) -> Genre | None:
    text = document.text
    match = head.search(text, 0, _HEAD) or (tail and tail.search(text, max(0, len(text) - _TAIL)))
    if match:
        words = " ".join(match[0].split())
        span = document.span(match.end() - len(match[0].lstrip()), match.end())
        return Genre(name, f"it says “{words}”", span)
    if document.title and (match := head.search(document.title)):
        return Genre(name, f"its title says “{' '.join(match[0].split())}”")
    return None


def _on_briefing(report: Report) -> Genre | None:
    match = _BRIEFING.search(report.document.text, 0, 2 * _HEAD)
    speakers = Counter(item.speaker for item in report.statements if item.speaker and not item.parent)
    if match is None or not speakers:
        return None
    most = speakers.most_common(1)[0][1]
    if most < _MOST_OF_IT * sum(not item.parent for item in report.statements):
        return None
    because = f"it is about a briefing (“{' '.join(match[0].split())}”), and most of it is one speaker’s"
    return Genre("briefing", because, report.document.span(*match.span()))


def _in_first_person(document: Document) -> Genre | None:
    """An opinion piece that doesn't say so: its author says "I" again and again outside quotation marks."""
    text = document.text
    quoted = [
        (item.start, item.end) for item in find_quotations(text, split_paragraphs(text)) if item.depth == 0
    ]
    outside, at = [], 0
    for start, end in quoted:
        outside.append(text[at:start])
        at = end
    own = " ".join([*outside, text[at:]])
    found, words = len(_FIRST_PERSON.findall(own)), len(_WORD.findall(own))
    if found < _LEAST_FIRST_PERSON or found < _FIRST_PERSON_RATE * words:
        return None
    return Genre("opinion", f"its author says “I”, “my” or “me” {found} times outside quotation marks")

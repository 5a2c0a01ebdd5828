"""How a voice knows what it says, and why it isn't named: the words of the report that tell it.

Each clause is found once in the text, outside quotation marks, and given to the voice that stands nearest before
it in its sentence. A clause that asks for anonymity may also stand in the sentence after the voice's own ("They
spoke on condition of anonymity because …"). What a voice says of itself inside a quotation is its own word, not
the report's, and doesn't count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.desk.audit.passages import Passages
from onrecord.text.segmentation import Range
from onrecord.types import Span

_REACH = 160  # characters between a voice and a clause about it
_LONGEST = 260  # characters of a clause

_SAYING = r"\s+(?=(?:said|says|say|told|tells|added|warned|confirmed|described|believe[sd]?)\b)"
_CLAUSE_END = re.compile(
    rf"[.;:?!–—“\"(]|\s-\s|,\s(?=(?:said|says|told|added|and\s+(?:said|told))\b)|{_SAYING}"
)

_MAIN_CLAUSE = re.compile(
    r",\s(?=(?:the|an?|he|she|it|they|we|his|her|its|their|this|that|there|some|about|more|up|at|no|\d|[A-Z“\"]))"
)
"""Where a sentence goes on that begins with "According to somebody who …"."""

_ASKED = re.compile(
    r"""\b(?:
        (?:condition|request\w*|ask\w*\s+for|grant\w*|insist\w*\s+on|promis\w*|demand\w*|seek\w*|sought|under|guarantee\w*)
            \s+(?:(?:of|the|their|his|her|to|be)\s+){0,2}anonymity
      | (?:spoke|speaking|speaks|talk\w*|comment\w*|quoted)\s+anonymously
      | (?:not|n['’]t)\s+(?:(?:to|want|wants|wanted|wish|wished|wanting|wishing)\s+){0,2}be\s+(?:named|identified|quoted)
      | declin\w+\s+to\s+(?:be\s+(?:named|identified)|give\s+(?:his|her|their)\s+(?:full\s+)?names?)
      | refus\w+\s+to\s+(?:be\s+(?:named|identified)|give\s+(?:his|her|their)\s+(?:full\s+)?names?)
      | (?:not|n['’]t|un)\s?(?:being\s+)?authori[sz]ed\s+to\s+(?:speak|comment|discuss|talk|brief|disclose|reveal|be)
      | withh(?:e|o)ld\w*\s+(?:his|her|their|the)\s+(?:\w+\s+)?names?
      | (?:remain|stay|be)\s+(?:anonymous|unnamed)
      | on\s+background
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKS = re.compile(
    r"(?:\w+\s+){0,2}(?:ask|declin|refus|request|insist|spoke|speak|want|wish|prefer|agree)\w*\b",
    re.IGNORECASE,
)
_NOT_AUTHORIZED = re.compile(r"authori[sz]ed\s+to\b", re.IGNORECASE)
_OPENS_ASKED = re.compile(
    r",\s|\b(?:who|which|and|but|speaking|spoke|speaks|requesting|asking|citing|insisting|on\s+(?:the\s+)?condition)\s",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|as\s+(?:he|she|they|it|the)|for\s+fear|fearing|for\s+(?:\w+\s+){0,2}(?:safety|security|reasons)|due\s+to|owing\s+to"
    r"|citing|out\s+of|given|lest|so\s+as|so\s+that|in\s+order\s+to"
    r"|to\s+(?:avoid|discuss|speak|talk|describe|reveal|protect|offer|share|disclose|comment|preserve|allow|give|be\s+(?:more\s+)?(?:candid|frank))"
    r"|(?:not|n['’]t|un)\s?(?:being\s+)?authori[sz]ed\s+to)\b",
    re.IGNORECASE,
)
_OF_THE_LAST = re.compile(
    r"\s*[“\"'‘]?(?:He|She|They|Both|All|Neither|None|Each|The\s+(?:\w+\s+){0,3}(?:officials?|sources?|persons?|people|aides?|diplomats?"
    r"|wom[ae]n|m[ae]n|employees?|witness(?:es)?|advis[eo]rs?|lawmakers?|executives?|workers?|residents?))\b"
)

_PAPERS = (
    r"(?:documents?|records?|e-?mails?|filings?|minutes|memos?|memorand(?:um|a)|letters?|papers|data|figures|footage|videos?|photographs?|photos"
    r"|recordings?|transcripts?|cop(?:y|ies)|messages|contracts?|invoices|drafts?|reports?|cables?|logs?|lists?|audit|survey)"
)
_BE = r"(?:had\s+been|has\s+been|have\s+been|is|are|was|were)"
_KNOWN: tuple[tuple[re.Pattern[str], bool], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), close)
    for pattern, close in (
        # (what tells how a voice knows, whether it must be part of the source's words or follow them at once)
        (rf"(?:who\s+{_BE}\s+)?\bfamiliar\s+with\b", True),
        (
            r"\bwith\s+(?:(?:direct|first-?hand|detailed|intimate|personal|close|inside)\s+)*knowledge\s+of\b",
            True,
        ),
        (r"\bclose\s+to\s+(?:the|his|her|their|both|him|them|[A-Z])", True),
        (
            rf"\bwho\s+{_BE}\s+(?:briefed|familiar|involved|close\s+to|present|aboard|nearby|among|there)\b",
            False,
        ),
        (r"\bbriefed\s+(?:on|about|by)\b", True),
        (r"\b(?:directly\s+)?involved\s+in\b", True),
        (
            r"\bwho\s+(?:had\s+|has\s+|have\s+|himself\s+|herself\s+)?(?:(?:saw|seen)(?!\s[^,.]{1,60}\sas\s)|read|reviewed|heard|witnessed"
            r"|attended|examined|inspected|took\s+part\s+in|taken\s+part\s+in|participated\s+in|survived|visited|treated|worked\s+(?:on|with|at|for)"
            r"|(?:was|were)\s+(?:(?:on|at|near|inside|outside)\s+the|in\s+the\s+room|on\s+board|standing)"
            r"|(?:led|headed|conducted|oversaw|carried\s+out)\s+the\s+(?:\w+\s+)?(?:inspection|inquiry|investigation|review|study|audit|survey|search|rescue))\b",
            False,
        ),
        (r"\b(?:an?\s+|the\s+|two\s+|several\s+)?(?:eye-?)?witness(?:es)?\s+(?:to|at|of)\b", True),
        (
            rf"\b{_PAPERS}\s+(?:that\s+(?:was|were)\s+|which\s+(?:was|were)\s+)?(?:seen|obtained|reviewed|viewed|examined|leaked|shown|filed"
            r"|provided)\s+(?:by|to|with|in)\b",
            True,
        ),
        (r"\bciting\s+(?!(?:the\s+)?(?:need|risk|fear|concern|safety))", True),
        (r"\bbased\s+on\s+(?:interviews|data|documents|records|an?\s+(?:analysis|survey|review))\b", True),
        (r"\bpresent\s+(?:at|in|during)\s+the\b", True),
    )
)
_OPEN_END = re.compile(r"\b(?:with|of|to|on|about|by|in|at|for|the|citing|who|was|were)$", re.IGNORECASE)
_EYEWITNESS = re.compile(r"\b(?:eye-?)?witness(?:es)?\b", re.IGNORECASE)


def is_request(passages: Passages, start: int, end: int) -> bool:
    """Whether these characters only ask for anonymity: "asked not to be named"."""
    match = _ASKED.search(passages.text, start, end)
    asks = _ASKS.match(passages.text, start, end)
    return bool(match and asks and match.start() - start < 40 and not passages.is_quoted(match.start()))


@dataclass(frozen=True, slots=True)
class Told:
    """A clause about a voice. ``reason`` is the part of a request for anonymity that says why."""

    voice: str
    span: Span
    reason: Span | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a voice stands in the text: a source of its statements, or a mention. ``words`` may be its pronoun."""

    start: int
    end: int
    voice: str


def how_known(passages: Passages, places: Iterable[Place]) -> Iterator[Told]:
    """The clauses that tell how voices know what they say."""
    ordered = sorted(places, key=lambda place: (place.start, place.end))
    seen: list[Range] = []
    for pattern, close in _KNOWN:
        for match in pattern.finditer(passages.text):
            if passages.is_quoted(match.start()):
                continue
            voice = _voice_before(passages, ordered, match.start(), close=close)
            start = _start_of_paper(passages, ordered, match)
            span = passages.span(start, _end(passages, match.end())) if voice else None
            if span is None or voice is None or any(a < span.end and span.start < b for a, b in seen):
                continue
            if _OPEN_END.search(span.text):  # the clause breaks off before it tells anything
                continue
            seen.append((span.start, span.end))
            yield Told(voice, span)
    for place in ordered:
        itself = _EYEWITNESS.search(passages.text, place.start, place.end)
        if itself and not any(a < itself.end() and itself.start() < b for a, b in seen):
            seen.append(itself.span())
            yield Told(place.voice, Span.of(passages.text, *itself.span()))


def _start_of_paper(passages: Passages, places: list[Place], match: re.Match[str]) -> int:
    """Where a clause begins: with the source's own words where it is a paper ("inspection records seen by …")."""
    if not re.match(_PAPERS, match[0], re.IGNORECASE):
        return match.start()
    holding = (place.start for place in places if place.start <= match.start() < place.end)
    return next((start for start in holding if match.start() - start < 40), match.start())


def why_unnamed(passages: Passages, places: Iterable[Place]) -> Iterator[Told]:
    """The clauses that ask for anonymity, each with its reason where one is given.

    Args:
        places: of the voices that have no name.
    """
    ordered = sorted(places, key=lambda place: (place.start, place.end))
    done = -1
    for match in _ASKED.finditer(passages.text):
        if match.start() < done or passages.is_quoted(match.start()):
            continue
        voice = _asking(passages, ordered, match)
        if voice is None:
            continue
        start, end = _clause_around(passages, match)
        done = end
        span = passages.span(start, end)
        if span is not None:
            yield Told(voice, span, _reason(passages, match, start, end))


def _voice_before(passages: Passages, places: list[Place], position: int, *, close: bool) -> str | None:
    """The voice that a clause hangs on: the one whose words hold it, else the last one before it in its sentence.

    Args:
        close: nothing but a comma may stand between the two.
    """
    start = passages.sentence(position)[0]
    nearest: Place | None = None
    for place in places:
        if place.start > position:
            break
        if place.end > position:
            return place.voice
        if place.start >= start:
            nearest = place
    if nearest is None or position - nearest.end > _REACH:
        return None
    between = passages.text[nearest.end : position]
    if close or between.strip() in ("", ","):
        return nearest.voice if between.strip() in ("", ",") else None
    # Only an apposition may stand between: "Ana Brandt, a crane driver, who was there".
    apposed = between.startswith(",") and between.rstrip().endswith(",") and between.count(",") == 2
    spoken = any(nearest.end <= edge < position for edge in passages.edges)
    return nearest.voice if apposed and not spoken else None


def _asking(passages: Passages, places: list[Place], match: re.Match[str]) -> str | None:
    """Who asks for anonymity: the nearest unnamed voice of the sentence, else the last of the one before."""
    start, end = passages.sentence(match.start())
    here = [place for place in places if place.start < end and place.end > start]
    if here:
        return min(here, key=lambda place: _distance(place, match.start())).voice
    if not _OF_THE_LAST.match(passages.text, start):
        return None
    before = [place for place in places if place.end <= start and start - place.end < 600]
    return before[-1].voice if before else None


def _distance(place: Place, position: int) -> int:
    """How far a clause is from a voice; one that stands before it is preferred to one behind."""
    return position - place.end if place.end <= position else 2 * abs(place.start - position) + 20


def _clause_around(passages: Passages, match: re.Match[str]) -> Range:
    """The whole clause: from "who" or "speaking" to the end of what it says."""
    floor = max(passages.sentence(match.start())[0], match.start() - 90)
    start = floor if floor == passages.sentence(match.start())[0] else match.start()
    for opening in _OPENS_ASKED.finditer(passages.text, floor, match.start() + 1):
        begins = opening.end() if opening[0].startswith(",") else opening.start()
        start = begins
    # "who spoke on condition of": the relative pronoun belongs to the clause.
    for word in ("who ", "speaking ", "spoke ", "requesting ", "asking "):
        at = passages.text.rfind(word, floor, start + 1)
        if at >= 0 and start - at < 60 and "," not in passages.text[at:start]:
            start = at if word == "who " or start != at else start
    return min(start, match.start()), _end(passages, match.end())


def _end(passages: Passages, position: int) -> int:
    """Where a clause ends that goes on at this character."""
    edge = passages.next_edge(position - 1)
    if _REASON.match(
        passages.text, edge
    ):  # a reason that was taken for what is said, or for a cue ("citing")
        edge = len(passages.text)
    limit = min(passages.sentence(max(0, position - 1))[1], edge, position + _LONGEST)
    end = _CLAUSE_END.search(passages.text, position, limit)
    stop = end.start() if end else limit
    if passages.text.startswith("According to", passages.sentence(max(0, position - 1))[0]):
        main = _MAIN_CLAUSE.search(passages.text, position, stop)
        return main.start() if main else stop
    return stop


def _reason(passages: Passages, match: re.Match[str], start: int, end: int) -> Span | None:
    text = passages.text
    after = _REASON.search(text, match.end(), end)
    if after:
        return passages.span(after.start(), end)
    if _NOT_AUTHORIZED.search(match[0]):  # what was not allowed is the reason itself
        return passages.span(start, end)
    first = passages.sentence(match.start())[0]
    before = re.compile(r"\bbecause\b", re.IGNORECASE).search(text, first, match.start())
    if before and not passages.is_quoted(before.start()):
        return passages.span(before.start(), _comma(text, before.end(), match.start()))
    return None


def _comma(text: str, start: int, end: int) -> int:
    at = text.find(",", start, end)
    return at if at >= 0 else end

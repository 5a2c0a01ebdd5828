"""Checks of what is said: dates at odds, quantities and accusations without a source, accusations without a reply."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from onrecord.desk.audit.looked_at import Sourcing, finding, listed
from onrecord.desk.audit.rules import Rule
from onrecord.desk.audit.values import AuditFinding
from onrecord.desk.measured import quantities_of, times_of
from onrecord.lang.en.numbers.units import is_money
from onrecord.speakers.word_classes import fold
from onrecord.types import Claim, Span, Speaker, Statement

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE)
_TODAY = re.compile(
    r"\b(?:today|tonight|this\s+(?:morning|afternoon|evening))\b[\s,(–—-]{0,4}(?:is\s+|of\s+)?$", re.I
)
_AFTER_REPORT = re.compile(r"lies after the report's date|isn't the weekday|has no day")
_FAR = 45  # days between the report's date and the days on which it says things were said

_SILENT = re.compile(
    r"\b(?:did\s?n[o'’]t|didn['’]t|has\s+not|have\s+not|had\s+not|could\s+not|couldn['’]t|not)\s+(?:\w+\s+){0,2}"
    r"(?:respond\w*|repl(?:y|ied)|return\w*|answer\w*|be\s+reached|immediately\s+available|available\s+for\s+comment|commented?)\b"
    r"|\b(?:declin\w+|refus\w+)\s+(?:to\s+)?(?:comment|respond|requests?)|\bunreachable\b|\bno\s+comment\b|\bden(?:y|ies|ied|ying)\b"
    r"|\breject(?:s|ed|ing)?\b",
    re.IGNORECASE,
)
_CRITICAL = re.compile(
    r"\b(?:mock|ridicul|critici[sz]|criticism|liken|complain|rais|rip\b|protest|derid|slam|blast|question|took\s+aim|tak\w+\s+aim|attack|laugh)",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:said|says|told|according\s+to|reported|announced|estimate[sd]?|calculated|data\s+(?:from|by|show)|survey|poll|study|figures"
    r"|statistics|census|analysis\s+by)\b",
    re.IGNORECASE,
)
"""Words that give a source, whether or not a statement was found there."""
_ALLEGED = re.compile(
    r"\b(?:allegedly|alleged(?=\s+(?:to|that))|(?:is|are|was|were|been|stands?|stood)\s+(?:\w+\s+){0,1}(?:accused|suspected)\s+of)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\bby\s+(?:[\w'’-]+\s+){0,3}?(?:[A-Z]|police|prosecutors|critics|opponents|the\s+\w+|his|her|their|some|many|residents)",
)
_OFFICIAL = re.compile(
    r"\b(?:police|prosecutors?|court|judge|indict\w*|trial|lawsuit|complaint|charge\s?sheet|arrest\w*|charged|convict\w*)\b",
    re.IGNORECASE,
)


def date_conflict(sourcing: Sourcing, rule: Rule) -> Iterator[AuditFinding]:
    """The text names days that the report's own date can't have."""
    document = sourcing.passages.report.document
    published = _day(document.published.date)
    basis = {
        "header": "in its header",
        "dateline": "in its dateline",
        "given": "as given",
        "url": "in its URL",
    }
    where = basis.get(document.published.basis, "in its metadata")
    seen: set[str] = set()
    for claim in times_of(sourcing.passages.report):
        if not isinstance(claim.value, str):
            continue
        says = _conflict(sourcing, claim, published, rule.settings["days"])
        if says is None or says in seen:
            continue
        seen.add(says)
        whose = f" The report is dated {published.isoformat()} {where}." if published else ""
        evidence = (claim.statement,) if claim.statement else ()
        yield finding(rule, sourcing, claim.span, evidence, f"{says}{whose}")


def _conflict(sourcing: Sourcing, claim: Claim, published: datetime.date | None, days: int) -> str | None:
    words, day = " ".join(claim.span.text.split()), _day(str(claim.value))
    if claim.doubt and "isn't the weekday" in claim.doubt:
        return f"“{words}” can’t be: {claim.doubt}."
    if published is None:
        return None
    if claim.doubt and "lies after the report's date" in claim.doubt:
        return f"“{words}” is told as past, but comes after the report."
    if day is None:
        return None
    text, gap = sourcing.passages.text, (day - published).days
    before = text[max(0, claim.span.start - 30) : claim.span.start]
    behind = text[claim.span.end : claim.span.end + 12]
    if abs(gap) > days and (_TODAY.search(before) or re.match(r"\s*\(?today\b", behind)):
        return f"The text calls “{words}” today."
    weekday = _WEEKDAY.search(claim.span.text)
    if weekday and not _YEAR.search(claim.span.text) and any(char.isdigit() for char in claim.span.text):
        if day.year != published.year and abs(gap) > _FAR:
            return f"“{words}” falls on {day.isoformat()}: in {published.year} that day has another weekday."
    if not _is_day_of_saying(sourcing, claim.span):
        return None
    if gap > days:
        return f"The text dates what was said “{words}”, {gap:,} days after the report."
    if _YEAR.search(claim.span.text) and -gap > _FAR:
        return f"The text dates what was said “{words}”, {-gap:,} days before the report."
    return None


def _is_day_of_saying(sourcing: Sourcing, span: Span) -> bool:
    """Whether a date belongs to a cue: "said on 12 March 2024"."""
    for item in sourcing.heard:
        if item.cue and item.act in ("state", "announce", None) and not item.parent:
            between = (
                sourcing.passages.text[item.cue.end : span.start] if span.start >= item.cue.end else None
            )
            if between is not None and re.fullmatch(
                r"\s*(?:reporters\s+|journalists\s+)?(?:on\s+)?", between
            ):
                return True
    return False


def _day(value: str | None) -> datetime.date | None:
    match = _DAY.match(value or "")
    if match is None or len(value or "") > 25:
        return None
    try:
        return datetime.date(*map(int, match.groups()))
    except ValueError:
        return None


def quantity_without_source(sourcing: Sourcing, rule: Rule) -> Iterator[AuditFinding]:
    """A share, an amount of money or a count of people that nobody is given as the source of."""
    units, counted = set(rule.settings["units"]), {fold(word) for word in rule.settings["of"]}
    body = sourcing.passages.body()
    bare: dict[int, list[Claim]] = {}
    for claim in quantities_of(sourcing.passages.report):
        if claim.statement or claim.span.start < body:
            continue
        measured = claim.unit in units or (
            "money" in units and claim.unit is not None and is_money(claim.unit)
        )
        heads = set(fold(claim.of or "").split())
        if not measured and not (claim.unit is None and heads & counted):
            continue
        if sourcing.passages.is_quoted(claim.span.start):
            continue
        if _has_source(sourcing, claim.span, rule.settings["sentences"]):
            continue
        bare.setdefault(sourcing.passages.analysis.sentence_at(claim.span.start), []).append(claim)
    where = "sentence or the one before it in the paragraph" if rule.settings["sentences"] else "sentence"
    for found in bare.values():
        words = listed(dict.fromkeys(f"“{' '.join(claim.span.text.split())}”" for claim in found))
        has = "has no source in its" if len(found) == 1 else "have no source in their"
        yield finding(rule, sourcing, found[0].span, (), f"{words} {has} {where}.")


def _has_source(sourcing: Sourcing, span: Span, sentences: int) -> bool:
    """Whether a statement stands in the sentence of a span, or in so many before it in its paragraph."""
    analysis = sourcing.passages.analysis
    at = analysis.sentence_at(span.start)
    paragraph = analysis.paragraph_at(span.start)
    first = at
    while first > 0 and at - first < sentences:
        if analysis.paragraph_at(analysis.sentences[first - 1][0]) != paragraph:
            break
        first -= 1
    start, end = analysis.sentences[first][0], analysis.sentences[at][1]
    if _SAYING.search(sourcing.passages.text, start, end):
        return True
    named = [item for item in sourcing.passages.report.statements if item.source or item.speaker]
    return any(item.start < end and item.end > start for item in named)


def accusation_without_reply(sourcing: Sourcing, rule: Rule) -> Iterator[AuditFinding]:
    """Somebody is accused by name, says nothing in the report, and isn't said to have been asked."""
    told: set[str] = set()
    for item in sourcing.heard:
        target = sourcing.speakers.get(item.target or "")
        if item.act != "accuse" or target is None or target.kind not in ("person", "organization"):
            continue
        accuser = sourcing.speakers.get(item.speaker or "")
        if accuser is None or accuser.kind == "document" or accuser.id == target.id or target.id in told:
            continue
        if (item.cue and _CRITICAL.search(item.cue.text)) or _is_answered(sourcing, target, rule):
            continue
        told.add(target.id)
        yield finding(
            rule,
            sourcing,
            item.content[0],
            [one.id for one in sourcing.heard if one.act == "accuse" and one.target == target.id],
            f"{accuser.name} accuses {target.name}; the report has no reply, nor that one was asked for.",
        )


def _is_answered(sourcing: Sourcing, target: Speaker, rule: Rule) -> bool:
    """Whether the accused, or somebody of theirs, is heard, or is said to have been silent."""
    names = {fold(name) for name in (target.name, *target.aliases)} - {""}
    for voice in sourcing.voices:
        mine = fold(f"{voice.name or ''} {voice.role or ''} {voice.affiliation or ''}")
        theirs = any(name in mine for name in names) and "former" not in mine.split()
        if voice.speaker == target.id or theirs:
            return True
        if (
            target.affiliation
            and voice.kind == "organization"
            and fold(target.affiliation) == fold(voice.name or "")
        ):
            return True
    if not rule.settings["silence_counts"]:
        return False
    others = {fold(speaker.name) for speaker in sourcing.speakers.values() if speaker.id != target.id}
    for match in _SILENT.finditer(sourcing.passages.text):
        start, _ = sourcing.passages.sentence(match.start())
        words = fold(sourcing.passages.text[start : match.end()])
        if any(name in words for name in names) or not any(name in words for name in others):
            return True
    return False


def unattributed_accusation(sourcing: Sourcing, rule: Rule) -> Iterator[AuditFinding]:
    """An accusation whose author isn't given: "was accused of", "allegedly"."""
    passages, done = sourcing.passages, set[int]()
    for item in (*sourcing.spoken_of, *(one for one in sourcing.heard if one.source is None and one.cue)):
        if item.act != "accuse" or (item.speaker and item in sourcing.heard):
            continue
        sentence = passages.analysis.sentence_at((item.cue or item.content[0]).start)
        if sentence in done or _names_accuser(sourcing, item):
            continue
        done.add(sentence)
        yield finding(
            rule,
            sourcing,
            item.cue or item.content[0],
            (item.id,),
            "The sentence doesn’t say who makes this accusation.",
        )
    for match in _ALLEGED.finditer(passages.text, passages.body()):
        sentence = passages.analysis.sentence_at(match.start())
        if sentence in done or passages.is_quoted(match.start()):
            continue
        span = Span.of(passages.text, *match.span())
        start, end = passages.sentence(match.start())
        if _BY.search(passages.text, match.end(), end) or _OFFICIAL.search(passages.text, start, end):
            continue
        if _has_source(sourcing, span, rule.settings["sentences"]):
            continue
        done.add(sentence)
        yield finding(rule, sourcing, span, (), f"“{match[0]}”: the sentence doesn’t say by whom.")


def _names_accuser(sourcing: Sourcing, statement: Statement) -> bool:
    """Whether the sentence has the accuser: "by the opposition", "police said", or a court."""
    passages = sourcing.passages
    start, end = passages.sentence((statement.cue or statement.content[0]).start)
    if _BY.search(passages.text, statement.start, end) or _OFFICIAL.search(passages.text, start, end):
        return True
    return any(
        item.start < end and item.end > start and item.source and item.id != statement.id
        for item in sourcing.heard
    )


def quotation_without_source(sourcing: Sourcing, rule: Rule) -> Iterator[AuditFinding]:
    """A quotation of a sentence or more that nothing in its paragraph, or the one before, gives to a speaker."""
    passages = sourcing.passages
    text = passages.text
    for quotation in passages.analysis.quotations:
        words = text[quotation.inner_start : quotation.inner_end].split()
        if quotation.depth or quotation.continues or len(words) < 8:
            continue
        at = passages.analysis.paragraph_at(quotation.start)
        start = passages.analysis.paragraphs[max(0, at - 1)][0]
        end = passages.analysis.paragraphs[min(at + 1, len(passages.analysis.paragraphs) - 1)][1]
        near = [one for one in passages.report.statements if one.start < end and one.end > start]
        if any(one.speaker or one.source for one in near):
            continue
        span = passages.span(quotation.start, quotation.end)
        yield finding(
            rule, sourcing, span, [one.id for one in near], "The report doesn’t say whose words these are."
        )

"""What the head of a plain report says of it: title, byline, dateline, day of publication. The text itself is never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from onrecord.loaders.dateline import opening_of
from onrecord.loaders.dates import date_in, date_in_url, find_date
from onrecord.text.segmentation import split_paragraphs
from onrecord.types import UNPUBLISHED, Dateline, Published

_HEAD_CHARACTERS = 20_000
_HEAD_PARAGRAPHS = 8
_LONGEST_LINE = 220  # characters; what is longer is a paragraph of the report

_NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’-]{0,30}"
_PARTICLE = r"(?:and|&|of|for|in|the|de|da|del|di|van|von|der|bin|ibn|al|el|la|le|with|at)"
_NAMES = rf"{_NAME}(?:(?:,?[ ]{_PARTICLE}){{0,2}},?[ ]{_NAME}){{0,11}}"
_BY = re.compile(rf"(?:By|BY|by|Reported by|Written by|Words by|From)[ :]{{1,3}}(?P<name>{_NAMES})[.]?$")
_DESK_WORDS = (
    r"(?:staff|special|own|senior|chief|diplomatic|foreign|political|crime|court|city|business|sports?|economic|health|education"
    r"|environment|science|defen[cs]e|security|state|news|web|monitoring|online|digital|national|international|world|bureau|our"
    r"|the|a|agenc(?:y|ies)|wire|news(?:paper|room)?|correspondents?|reporters?|report|writers?|desk|service|team|editors?)"
)
_DESK = re.compile(
    rf"(?:(?:from|by)[ ])?(?=[^\n]{{0,80}}\b(?:correspondents?|reporters?|report|writers?|desk|bureau|agencies|newsroom|editors?)\b)"
    rf"{_DESK_WORDS}(?:[ ]{_DESK_WORDS}){{0,5}}$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    rf"{_NAME}(?:[ ]{_NAME}){{1,3}}(?:,[ ]|[ ]in[ ]{_NAME}|[ ][|–-][ ])[\w ,’'-]{{0,60}}$",
)
# Before a name with its role; a desk's is kept.
_BY_BEFORE = re.compile(r"\ABy[ ](?=[^\n]+,[ ])", re.IGNORECASE)
# A paper's name beside a day is its running head ("The Alder Post - 12 March 2024"), not who wrote the report.
_PAPER = re.compile(
    r"(?:the[ ]|.*\b(?:post|times|herald|gazette|tribune|courier|chronicle|journal|observer|telegraph|guardian"
    r"|star|mail|express|news|daily|weekly|standard|examiner|inquirer|bulletin|press|record|sun|mirror|today"
    r"|review|dispatch|globe)$)",
    re.IGNORECASE,
)
_ROLE_WORD = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|bureau chief)\b|[ ]in[ ][A-Z]", re.IGNORECASE
)

# What stands around a day in a line of its own.
_AROUND_DAY = re.compile(
    r"\b(?:(?:first\s)?published|posted|issued|date[d]?|on|at|in|print edition|edition|no|vol)\b\.?"
    r"|\b\d{1,2}[:.]\d\d(?::\d\d)?\s?(?:[ap]\.?m\.?)?|\b\d{1,2}\s?[ap]\.?m\b\.?"
    r"|\b(?:GMT|UTC|BST|EST|EDT|ET|CST|CDT|PST|PDT|CET|CEST|IST|PKT|EAT|WAT|SAST|AEST|JST|KST|HKT|SGT|local time)\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|[|•·,;:/()\[\]–—-]",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[|•·;]|\s[/–—-]\s")
_CHANGED = re.compile(r"\b(?:updated|modified|revised|accessed|retrieved|changed|last\s)", re.IGNORECASE)
_SECTIONS = re.compile(
    r"(?:world|national|local|politics|business|sports?|news|opinion|editorial|comment|letters|analysis|metro|home|city|health|science|technology"
    r"|entertainment|culture|arts|lifestyle|markets|economy|courts?|crime|education|international|abstract|full text|top stor(?:y|ies)"
    r"|front page|press release|news release|for immediate release|media release|embargoed[^\n]{0,60}|advertisement|breaking(?: news)?|live"
    r"|(?:world|business|sports?|local|national|home) news|page \w{1,4})[.:]?$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S{4,2000}$")
_SENTENCE_INSIDE = re.compile(r"[a-z]{2}[.?!][\"”’']?\s+[A-Z“\"]")
_SAID = re.compile(
    r"\b(?:said|told|added|has|have|had|was|were|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)


@dataclass(frozen=True, slots=True)
class Header:
    """What was found; the words are the text's."""

    title: str | None = None
    byline: str | None = None
    dateline: Dateline | None = None
    published: Published = UNPUBLISHED


def read_header(text: str, *, url: str | None = None) -> Header:
    """The header of a plain report.

    A whole day is needed for ``published``: from a line of its own at the head, else from the dateline, else from the address.
    "03/04/2024" names two days and gives none; a line that says when a report was updated gives none either.
    """
    header = Header()
    paragraphs = list(islice(_lines(text[:_HEAD_CHARACTERS]), _HEAD_PARAGRAPHS))
    for place, line in enumerate(paragraphs):
        if opening := opening_of(line):
            header = replace(header, dateline=opening.dateline, byline=header.byline or opening.agency)
            if opening.dateline and header.published.basis == "none":
                header = _dated(header, opening.dateline.date or "", "dateline")
            break
        if len(line) > _LONGEST_LINE:
            break
        if _ADDRESS.match(line):
            url = url or line
        elif (taken := _with_day(header, line)) or (taken := _with_byline(header, line)):
            header = taken
        elif not _SECTIONS.match(line) and header.title is None:
            header = replace(header, title=_title(line, paragraphs[place + 1 :]))
            if header.title is None:
                break  # the report has begun
    if header.published.basis == "none" and url and (day := date_in_url(url)):
        header = replace(header, published=Published(day, "url"))
    return header


def _lines(text: str) -> Iterator[str]:
    """Paragraphs, and the lines of those that are made of header lines."""
    for start, end in split_paragraphs(text):
        paragraph = text[start:end]
        lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
        if len(lines) > 1 and any(map(_is_header_line, lines[:_HEAD_PARAGRAPHS])):
            yield from lines
        else:
            yield " ".join(lines) if len(paragraph) <= _LONGEST_LINE else paragraph


def _is_header_line(line: str) -> bool:
    return bool(
        len(line) <= _LONGEST_LINE
        and (_SECTIONS.match(line) or _ADDRESS.match(line) or _byline(line) or _with_day(Header(), line))
    )


def _dated(header: Header, words: str, basis: str) -> Header:
    day = date_in(words)
    if day is None:
        return header
    return replace(header, published=Published(day, "header" if basis == "header" else "dateline"))


def _with_day(header: Header, line: str) -> Header | None:
    """The header with what a line of its own gives: a day, with or without a byline around it."""
    found = find_date(line)
    if found is None:
        return None
    start, end, day = found
    before, after = line[:start], line[end:]
    if _CHANGED.search(before):
        return header if len(line) < 60 else None
    if changed := _CHANGED.search(after):
        after = after[: changed.start()]
    named = None
    for part in (*_SEPARATOR.split(before), *_SEPARATOR.split(after)):
        words = _AROUND_DAY.sub(" ", part).strip()
        if not words:
            continue
        name = _byline(words) or _byline(f"By {words}") or _byline(part.strip(" ,"))
        if name is None or len(words) > 80 or _SAID.search(words):
            return None
        if words[:3].lower() != "by " and _PAPER.match(words):
            continue
        named = named or name
    if header.published.basis == "none" and day:
        header = replace(header, published=Published(day, "header"))
    return replace(header, byline=header.byline or named)


def _with_byline(header: Header, line: str) -> Header | None:
    name = _byline(line)
    return replace(header, byline=header.byline or name) if name else None


def _byline(line: str) -> str | None:
    if len(line) > 160:
        return None
    if (match := _BY.match(line)) and not _SECTIONS.match(match["name"]):
        return match["name"].rstrip(",")
    if _DESK.match(line) or (_ROLE.match(line) and _ROLE_WORD.search(line)):
        return _BY_BEFORE.sub("", line)
    return None


def _title(line: str, rest: list[str]) -> str | None:
    """The line if it is a headline: followed by the report, short, one sentence, and not like a sentence of the report.

    A headline seldom has a full stop; some archives add one to each. Then it has to be short, and shorter than what follows,
    without a verb in the past that reports are written in.
    """
    body = max((len(paragraph) for paragraph in rest), default=0)
    if (
        not body
        or len(line) > _LONGEST_LINE
        or _SENTENCE_INSIDE.search(line)
        or not any(c.isalpha() for c in line)
    ):
        return None
    stripped = line.lstrip("# ") if line.startswith("#") else line
    if line[-1] in ",:":
        return None
    if line[-1] == "." or line.endswith((".”", ".’", '."')):
        if len(line) > 130 or len(line) >= len(rest[0]) or find_date(line):
            return None
        return stripped if _is_title_case(line) or not _SAID.search(line) else None
    return stripped.rstrip(";")


def _is_title_case(line: str) -> bool:
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)

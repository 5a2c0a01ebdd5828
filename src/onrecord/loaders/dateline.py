"""Datelines: the place, day and agency that open a report ("GENOVIA, March 12 (Tidewire) —", "MERANPUR:").

Capitals, a day or an agency in brackets have to show that the words before the dash or colon are a dateline; "Geneva – the city"
and "Orr: no deal" are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.loaders.dates import MONTH, WEEKDAY
from onrecord.types import Dateline

_UPPER = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]{1,24}"
_UPPERCASE = rf"{_UPPER}(?:(?:[ ]|/|, )(?:{_UPPER}|I{{1,3}}\b)){{0,4}}"
_WORD = r"[A-ZÀ-ÖØ-Þ][\w.'’-]{1,24}"
_MIXED = rf"{_WORD}(?:[ ](?:{_WORD}|d[eu]|la|al)){{0,3}}"
_REGION = rf"(?:,[ ](?!{WEEKDAY}|{MONTH}){_WORD}(?:[ ]{_WORD}){{0,2}})"
_DATE = (
    rf"(?:{WEEKDAY},?[ ])?(?:{MONTH}[ ]\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?[ ]{MONTH})"
    r"(?:,?[ ](?:19|20)\d\d)?"
)
_AGENCY = r"(?:\((?P<agency>[A-Z][^()\n]{1,40})\)|/(?P<wire>[A-Z][\w .-]{2,30})/)"
_DASH = r"(?:[—–―]|--?(?=\s))"

_FORMS = tuple(
    re.compile(form.replace("DATE", rf"(?P<date>{_DATE})").replace("AGENCY", _AGENCY).replace("DASH", _DASH))
    for form in (
        # CAPE ORR - 25 July 2022:   (and with a mixed-case place)
        rf"(?P<place>{_UPPERCASE}|{_MIXED})[ ]DASH[ ]?DATE[ ]?(?:DASH|:(?=\s))",
        # GENOVIA, March 12 (Tidewire) —   LAKE ORR, Vt. —   MERANPUR:   NORTH ORR, 3 May:
        rf"(?P<place>{_UPPERCASE}{_REGION}?)(?:,?[ ]DATE)?[ ]?(?:AGENCY[ ]?)?(?:DASH|:(?=\s))",
        # Genovia, March 12 (Tidewire) —   Cape Orr, May 6 2022 (TW) -
        rf"(?P<place>{_MIXED}{_REGION}?),?[ ]DATE[ ]?(?:AGENCY[ ]?)?(?:DASH|:(?=\s))",
        # Cape Orr/TIDEWIRE/.
        rf"(?P<place>{_MIXED})[ ]?/(?P<wire>[A-Z]{{3,20}})/[.]?[ ]?DASH?",
        # New Orr (TW) –
        rf"(?P<place>{_MIXED}{_REGION}?)[ ]AGENCY[ ]?DASH",
        # (Tidewire) —
        r"AGENCY[ ]?DASH",
    )
)
_AGENCY_ALONE = 5  # the form's place above

# Capitals before a colon or dash that are no place.
_LABELS = """
BREAKING UPDATE UPDATED WATCH EXCLUSIVE VIDEO PHOTO PHOTOS OPINION ANALYSIS EDITORIAL LIVE NOTE NOTES Q A QUESTION ANSWER FACT
CORRECTION CLARIFICATION SUMMARY ABSTRACT EDITOR BYLINE HEADLINE LEAD SUBJECT RE FROM TO CC DATE TIME WHEN WHERE WHO WHAT WHY HOW
READ LISTEN RELATED ALSO MORE SOURCE SOURCES CONTACT CONTACTS EMBARGOED IMMEDIATE FOR THE MR MR. MRS MRS. MS MS. DR DR. SIR REP REP.
SEN SEN. GOV GOV. PRESIDENT SENATOR MINISTER SPOKESPERSON MODERATOR INTERVIEWER REPORTER HOST ANCHOR SPEAKER CHAIR CHAIRMAN
VERDICT SCORE RESULT RESULTS WEATHER TIP TIPS WARNING ALERT PS P.S N.B NB FYI TV
"""
_VERBS_AND_SUCH = "IS IN ARE TO ON AT WITH FOR BY IT HE SHE WE YOU NOT NO"
_NOT_PLACES = frozenset(_LABELS.split())
_NO_PLACE_WORDS = frozenset(_VERBS_AND_SUCH.split())
_PLACELESS_LEAD = frozenset(
    ["The", "A", "An", "In", "On", "At", "He", "She", "It", "They", "We", "I", "But", "And"]
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A dateline, the agency that it credits, and where the report's own words begin."""

    dateline: Dateline | None
    agency: str | None
    end: int


def opening_of(paragraph: str) -> Opening | None:
    """The dateline at the head of a paragraph, ``None`` where there is none, or nothing after it.

    >>> opening_of("GENOVIA, March 12 (Tidewire) — The chief left.")
    Opening(dateline=Dateline(place='GENOVIA', date='March 12'), agency='Tidewire', end=30)
    >>> opening_of("BREAKING: The chief left.") is None
    True
    """
    head = paragraph[:200]
    for number, form in enumerate(_FORMS):
        match = form.match(head)
        rest = paragraph[match.end() :] if match else ""
        if not match or not rest.strip():
            continue
        found = match.groupdict()
        if rest.isupper() and not any(words for name, words in found.items() if name != "place"):
            continue  # "POLICE STATEMENT - FOR IMMEDIATE RELEASE": a heading
        agency = found.get("agency") or found.get("wire")
        if number == _AGENCY_ALONE:
            return Opening(None, agency, match.end())
        if _is_place(found["place"]):
            return Opening(Dateline(found["place"], found.get("date")), agency, match.end())
    return None


def _is_place(words: str) -> bool:
    first = words.replace("/", " ").split(" ", 1)[0].rstrip(",")
    if first in _NOT_PLACES or first in _PLACELESS_LEAD or len(words) <= 2:
        return False
    return not _NO_PLACE_WORDS.intersection(words.split())

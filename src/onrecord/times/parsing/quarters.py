"""Quarters, halves and seasons of a year."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from onrecord.lang.en.numbers.numerals import HYPHENS
from onrecord.lang.en.numbers.parsing import read_number
from onrecord.lang.en.time_words import QUARTER_RANKS, SEASON_WORDS, UNIT_WORDS
from onrecord.text.passages import APOSTROPHES, Passage
from onrecord.times.calendar import SEASONS, duration
from onrecord.times.parsing.expression import TimeExpression, month_at, read_year

BOTH = frozenset(("and", "or"))
MOST_LEADING = 5  # words before a quarter that are read, however many stand there
SHARED = {"quarters": "quarter", "halves": "half"}


@dataclass(frozen=True, slots=True)
class _Lead:
    """The words before a quarter: what they say of it, whether they make it one without a number, and one past their end."""

    relation: str | None
    year: int | None
    latest: bool
    last: int


def read_quarter(
    passage: Passage, first: int, at: int, *, relation: str | None = None
) -> TimeExpression | None:
    """A quarter or half of a year: "third-quarter", "the 1988 second quarter", "this year's first half", "Q3 2023"."""
    lead = _read_lead(passage, at, relation)
    if (shared := _shared_quarter(passage, first, lead.last)) is not None:
        return shared
    counted = _counted(passage, first, lead)
    if counted is None:
        ranked = passage.word(lead.last) in QUARTER_RANKS
        return None if ranked else _year_ago(passage, first, lead.last, lead.relation)
    count, unit, at = counted
    if unit == "quarter" and count == 0 and passage.word(at) in HYPHENS:
        return None
    if count and passage.word(at - 2) in HYPHENS and unit == "quarter" and lead.relation in (None, "that"):
        return TimeExpression(at - 3, at, "quarter", year=lead.year, count=count, unit=unit)
    relation = None if lead.relation == "latest" and count else lead.relation
    year, relation, at = _year_of(passage, at, lead.year, relation)
    return TimeExpression(first, at, unit, year=year, relation=relation, count=count, unit=unit)


def _read_lead(passage: Passage, at: int, relation: str | None) -> _Lead:
    year: int | None = None
    latest = False
    for _ in range(MOST_LEADING):
        word = passage.word(at)
        if word == "latest" and relation is None:
            relation = "latest"
        if word == "current" and relation is None and passage.word(at + 1) in ("quarter", "fiscal"):
            relation = "this"
        if word in ("latest", "fiscal", "current", "comparable", "corresponding", "full"):
            latest, at = latest or word != "fiscal", at + 1
        elif (
            word == "year" and passage.word(at + 1) in HYPHENS and passage.word(at + 2) in ("ago", "earlier")
        ):
            relation, at = "last year", at + 3
        elif word == "year" and relation in ("last", "this", "next") and _owns(passage, at + 1):
            relation, at = f"{relation} year", at + 3
        elif len(word) == 4 and word.isdecimal() and 1900 <= int(word) < 2100 and year is None:
            year, at = int(word), at + 1
        elif word in HYPHENS and passage.word(at - 1) == "fiscal":
            at += 1
        else:
            break
    return _Lead(relation, year, latest, at)


def _owns(passage: Passage, at: int) -> bool:
    """Whether the word before this token is followed by "'s"."""
    return passage.word(at) in APOSTROPHES and passage.word(at + 1) == "s"


def _counted(passage: Passage, first: int, lead: _Lead) -> tuple[int, str, int] | None:
    """Which quarter or half it is (0 where none is told), "quarter" or "half", and one past its end; ``None`` where it is neither."""
    at = lead.last
    if passage.word(at) == "q" and passage.word(at + 1) in ("1", "2", "3", "4") and passage.joined(at + 1):
        return int(passage.word(at + 1)), "quarter", at + 2
    count = QUARTER_RANKS.get(passage.word(at), 0)
    skip = at + bool(count)
    skip += bool(count) and passage.word(skip) in HYPHENS
    skip += passage.word(skip) == "fiscal"
    unit = passage.word(skip)
    if unit in SHARED and passage.word(at - 1) in BOTH and QUARTER_RANKS.get(passage.word(at - 2)):
        unit = SHARED[unit]
    told = lead.relation is not None or lead.year is not None
    known = told or lead.latest or passage.word(at - 1) == "ago"
    if unit == "period" and not count and known and passage.word(first) != "that":
        return count, "quarter", skip + 1
    if unit == "half" and count in (1, 2):
        of_year = lead.year or (lead.relation or "").endswith("year") or _of_year(passage, skip + 1)
        return (count, unit, skip + 1) if of_year else None
    return (count, unit, skip + 1) if unit == "quarter" and (count or known) else None


def _shared_quarter(passage: Passage, first: int, at: int) -> TimeExpression | None:
    """The first quarter or half of two that share the word: "the *first* and third quarters of 2023"."""
    if passage.word(at) not in QUARTER_RANKS or passage.word(at + 1) not in BOTH:
        return None
    if QUARTER_RANKS.get(passage.word(at + 2)) is None or passage.word(at + 3) not in SHARED:
        return None
    other = read_quarter(passage, at + 2, at + 2)
    count = QUARTER_RANKS[passage.word(at)]
    return dataclasses.replace(other, first=first, last=at + 1, count=count) if other else None


def _year_ago(passage: Passage, first: int, at: int, relation: str | None) -> TimeExpression | None:
    """ "year-ago" or "year-earlier" before something else."""
    if relation != "last year" or passage.word(at - 1) not in ("ago", "earlier"):
        return None
    at_first = at - 3
    number = read_number(passage, at) if at < len(passage) else None
    if number is not None and passage.word(number.last) in ("months", "weeks") and number.value is not None:
        return TimeExpression(
            first,
            number.last + 1,
            "value",
            duration(str(number.value), UNIT_WORDS[passage.word(number.last)]),
        )
    return TimeExpression(at_first, at, "quarter", relation="last year", unit="quarter")


def closing_month(passage: Passage, at: int) -> int | None:
    """The month that a quarter ended in ("the quarter ended July 31"), ``None`` where the text doesn't tell."""
    if passage.word(at) not in ("ended", "ending", "to"):
        return None
    found = month_at(passage, at + 1) or month_at(passage, at + 2)
    return found[0] if found else None


def _of_year(passage: Passage, at: int) -> bool:
    if passage.word(at) in ("of", "in"):
        at += 1 + (passage.word(at + 1) == "the")
    word = passage.word(at)
    return (
        (word.isdecimal() and len(word) == 4)
        or word in ("year", "fiscal", "century", "decade")
        or (word in ("this", "last", "next") and passage.word(at + 1) == "year")
    )


def _short_year(passage: Passage, at: int) -> tuple[int, int] | None:
    """ "'69" in "the summer of '69": the year, and one past its end."""
    word = passage.word(at + 1)
    if passage.word(at) not in ("'", "’", "‘") or not (
        word.isdecimal() and len(word) == 2 and passage.joined(at + 1)
    ):
        return None
    return int(word) + (1900 if int(word) > 30 else 2000), at + 2


def _year_of(
    passage: Passage, at: int, year: int | None, relation: str | None
) -> tuple[int | None, str | None, int]:
    """The year after a quarter or season: "of 1984", "2023", "last year"."""
    skip = at + (passage.word(at) in ("of", ",")) + (passage.word(at + 1) == "fiscal")
    word = passage.word(skip)
    told = read_year(passage, skip) or _short_year(passage, skip)
    if year is None and told is not None and 1900 <= told[0] < 2100 and not passage.joined(skip):
        return told[0], relation, told[1]
    if relation is None and word in ("last", "this", "next") and passage.word(skip + 1) == "year":
        return year, f"{word} year", skip + 2
    if passage.word(at) == "of" and passage.word(at + 1) == "the" and passage.word(at + 2) == "year":
        return year, relation, at + 3
    return year, relation, at


def read_season(passage: Passage, first: int, at: int, relation: str | None) -> TimeExpression | None:
    word = passage.word(at)
    if word not in SEASON_WORDS or passage.word(at + 1) in HYPHENS:
        return None
    year, last_relation, last = _year_of(passage, at + 1, None, relation)
    if word in ("spring", "fall") and year is None and relation is None and last_relation is None:
        if passage.word(at - 1) not in (
            "the",
            "in",
            "by",
            "since",
            "until",
            "each",
            "every",
            "this",
        ) or passage.capital(at):
            return None
    if passage.capital(at) and (passage.capital(at + 1) or passage.capital(at - 1)) and year is None:
        return None
    if word == "fall" and last == at + 1 and passage.word(last) == "of":
        return None  # "the fall of the city"
    return TimeExpression(first, last, "season", value=SEASONS[word], year=year, relation=last_relation)

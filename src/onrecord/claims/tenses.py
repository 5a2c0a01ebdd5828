"""Whether what is told around a phrase of time has happened or is still to come, from the nearest verb."""

from __future__ import annotations

from typing import Literal

from onrecord.claims.lexicon import PAST, words
from onrecord.claims.passages import Passage

Direction = Literal["past", "future"]

COMING = frozenset(words("will ll shall would may might can could must should cannot"))
PLANNED = frozenset(
    words(
        "scheduled expected due slated planned set payable effective expire expires expiring upcoming "
        "forthcoming begin begins start starts planning plans plan hopes hope intends intend aims wants want "
        "expects expect seeks likely supposed going redeemable callable"
    )
)
# Is or are doing: of what is arranged, of what goes on otherwise.
ARRANGED = frozenset(
    words(
        "going coming meeting holding leaving returning visiting starting beginning opening closing hosting launching "
        "travelling traveling flying arriving heading voting playing releasing joining moving staging"
    )
)
AHEAD = frozenset(
    words(
        "going planning hoping expecting intending vowing promising preparing looking aiming waiting threatening wanting "
        "pledging agreeing offering proposing scheduling"
    )
)
RANKS = frozenset(words("first second third last latest only"))
# After "to" as a preposition these are no verbs.
NOT_VERBS = frozenset(
    words(
        "younger older central local national federal public private senior top key other others such both many most "
        "several black white male female rural urban foreign new old big small high low recent former current "
        "potential early late people voters supporters reporters members leaders officials"
    )
)
INTENDED = frozenset(
    words(
        "planned scheduled expected vowed promised agreed pledged hoped wanted intended decided asked ordered invited "
        "urged threatened proposed offered prepared needed required slated allowed supposed committed permitted "
        "authorised authorized directed instructed determined designed called said told set left put ready likely was were is are had has have"
    )
)
BEFORE = frozenset(("until", "till", "by"))
NOT_ADJECTIVES = frozenset(
    words(
        "need indeed speed feed red bed embed seed weed breed greed bleed deed steed succeed proceed exceed heed reed sacred united hundred"
    )
)
DETERMINERS = frozenset(words("the a an this that his her its their our my your"))
LEADS = frozenset(("in", "on", "at", "since", "during", "by"))
CONJUNCTIONS = frozenset(("and", "but", "so", "while", "when", "as"))
MARKS = frozenset((",", ";", ":", "—", "–"))
APOSTROPHES = frozenset(("'", "’"))
REACH = 25


def direction_of(passage: Passage, first: int, last: int) -> tuple[Direction | None, int]:
    """The direction in time of the phrase of tokens ``first`` to ``last``, ``None`` where no verb tells; and the token that tells it."""
    start, end = passage.bounds(first)
    if passage.word(first - 1) in BEFORE and passage.word(first - 2) != "not":
        return ("past" if _past_around(passage, start, end, first) else "future"), first - 1
    back = range(first - 1, max(start, first - REACH) - 1, -1)
    ahead = range(last, min(end, last + REACH))
    if passage.word(first - 1) in ("last", "since") or (
        passage.word(last) in APOSTROPHES and passage.joined(last)
    ):
        return "past", -1
    for reach in (ahead, back) if _opens_clause(passage, first) else (back, ahead):
        for at in reach:
            found = _told(passage, at)
            if found is not None:
                return found, at
    return None, -1


def _opens_clause(passage: Passage, first: int) -> bool:
    """Whether a phrase stands at the head of a clause after a comma and a conjunction ("…, but in March a judge ruled")."""
    at = first - 1
    at -= passage.word(at) in LEADS
    if passage.word(at) in ("who", "which") and at < first - 1:
        return True  # "critics who on Sunday cast"
    return passage.word(at) in CONJUNCTIONS and passage.word(at - 1) in MARKS


def _past_around(passage: Passage, start: int, end: int, first: int) -> bool:
    """Whether the verbs around a "by" or "until" are past and nothing is still to come."""
    words = passage.low[max(start, first - REACH) : min(end, first + REACH)]
    return "had" in words or (
        any(word in PAST for word in words)
        and not any(word in COMING or word in PLANNED or word in ("to", "said", "told") for word in words)
    )


def _told(passage: Passage, at: int) -> Direction | None:
    word = passage.low[at]
    if word in COMING:
        return "future"
    if word in PLANNED:
        before = passage.word(at - 1)
        if before == "been" and passage.word(at - 2) == "had":
            return "past"
        if before == "previously":
            return "past"
        if (
            word == "set"
            and passage.word(at + 1) != "for"
            and before not in ("is", "are", "was", "were", "be")
        ):
            return "past"
        return "future"
    if word == "to" and _infinitive(passage, at + 1):
        before = passage.word(at - 1)
        if before.endswith("ing") and before not in AHEAD:
            return None  # "were held trying to enter": the verb before it tells
        return "past" if _done(before) else "future"
    if word in PAST or (word in ("has", "have") and passage.word(at + 1) != "to"):
        return "past"
    inside = passage.capital(at) and not passage.first(at)  # of a name
    if word.endswith("ed") and len(word) > 3 and word not in NOT_ADJECTIVES and not inside:
        before = passage.word(at - 1)
        if before == "be":
            return "future"
        return None if before in DETERMINERS and passage.word(at + 1).isalpha() else "past"
    if word in ARRANGED and passage.word(at - 1) in ("is", "are", "am", "re"):
        return "future"
    return None


def _done(word: str) -> bool:
    """Whether a verb before "to" says that what follows was done or tried, rather than that it's still to come ("failed to", not "vowed to")."""
    if word in RANKS:
        return True  # "was the first to"
    return word not in INTENDED and (word in PAST or (word.endswith("ed") and word not in NOT_ADJECTIVES))


def _infinitive(passage: Passage, at: int) -> bool:
    word = passage.word(at)
    return (
        word.isalpha()
        and not passage.capital(at)
        and word not in DETERMINERS
        and word not in NOT_VERBS
        and word
        not in (
            "be",
            "date",
            "him",
            "them",
            "us",
            "me",
            "it",
            "about",
            "more",
            "less",
            "nearly",
            "some",
            "at",
        )
        and not word.endswith(("s", "ing"))
    )

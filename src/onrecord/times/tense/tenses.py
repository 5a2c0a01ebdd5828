"""Whether what is told around a expression of time has happened or is still to come, from the nearest verb."""

from __future__ import annotations

from onrecord.lang.en.closed_classes import AUXILIARIES, PRESENT, plural, words
from onrecord.lang.en.time_words import MONTHS, WEEKDAYS
from onrecord.text.passages import Passage
from onrecord.times.tense.event_nouns import (
    CLAUSE,
    LEADS,
    MARKS,
    adjust_for_noun,
    direction_of_noun,
    is_event,
    is_past_deed,
    present_of_event,
)
from onrecord.times.tense.verbs import ARE, DETERMINERS, SPENT, UNMARKED, Direction, direction_of_verb

# Before a date these say that something is still to be by then, unless the verbs around are past.
BEFORE = frozenset(("until", "till", "by", "before", "through", "into", "toward", "towards"))
AHEAD_OF = {("ahead", "of"), ("prior", "to"), ("time", "for")}
# Words that may stand between "until" and the date of what is waited for ("until the vote in July").
BETWEEN = 6
AROUND_EVENT = 9
CONDITIONS = frozenset(("if", "unless"))
TIMES = frozenset(("when", "once", "until", "before", "after"))
CONJUNCTIONS = frozenset(("and", "but", "so", "while", "when", "as"))
# In "said it would" the telling is past, not what is told.
TELLING = frozenset(words("said told announced"))
REACH = 25


def direction_of(passage: Passage, first: int, last: int) -> tuple[Direction | None, int]:
    """The direction in time of the expression of tokens ``first`` to ``last``, ``None`` where no verb tells; and the token that tells it."""
    start, end = passage.bounds(first)
    bound = _deadline(passage, start, first, last)
    if bound is not None:
        around = _around(passage, start, end, first, bound)
        began = passage.word(bound) in ("until", "till") and passage.first(bound)
        return ("past" if began and around == "either" else around), bound
    if (known := direction_of_noun(passage, start, end, first, last)) is not None:
        return known, -1
    back = range(first - 1, max(start, first - REACH) - 1, -1)
    ahead = range(last, min(end, last + REACH))
    told, verb = _nearest_verb_direction(passage, first, last, back, ahead)
    return adjust_for_noun(passage, first, last, told, verb), verb


def _nearest_verb_direction(
    passage: Passage, first: int, last: int, back: range, ahead: range
) -> tuple[Direction | None, int]:
    """What the nearest verb tells, and its token."""
    if is_past_deed(passage, first, last):
        return "past", -1
    condition = _condition(passage, back)
    if condition is not None:
        return "future", condition
    clause = _clause_after(passage, last, ahead.stop)
    if clause is not None:
        return clause, last
    if (at := present_of_event(passage, first, last)) is not None:
        return "future", at
    if _is_present(passage, first):
        return "either", first - 1
    for reach in (ahead, back) if _opens_clause(passage, first) else (back, ahead):
        for at in reach:
            if at >= last and passage.low[at] in (":", ";"):
                break  # what follows is told of something else
            found = direction_of_verb(passage, at, forward=at >= last)
            if found is not None:
                return found, at
    return None, -1


def _deadline(passage: Passage, start: int, first: int, last: int) -> int | None:
    """The "by", "until" or "before" that a date is the end of, or that has the date within it ("until the vote in July")."""
    near = first - 1 - (passage.word(first - 1) in ("the", "a", "an"))
    word, further = passage.word(near), passage.word(near - 1)
    ranged = word == "through" and (further in WEEKDAYS or further in MONTHS or further.isdecimal())
    article = near < first - 1 or passage.low[first] == "the"
    if word == "by" and article and _is_agent(passage, near, last):
        return None
    if (word in BEFORE and further != "not" and not ranged) or (further, word) in AHEAD_OF:
        return near
    event = is_event(passage, first, last)
    for at in range(first - 1, max(start, first - (AROUND_EVENT if event else BETWEEN)) - 1, -1):
        word = passage.word(at)
        if word in ("until", "till") or (event and (word == "before" or passage.words(at, 2) in AHEAD_OF)):
            return at
        inside = passage.raw[at][0].isalpha() or (event and passage.joined(at))
        if not inside or direction_of_verb(passage, at) is not None:
            return None
    return None


def _is_agent(passage: Passage, by: int, last: int) -> bool:
    """Whether "by" tells who or what did it: "was prompted by the Friday release", not "must be paid by the Friday deadline"."""
    done = passage.word(by - 1)
    return (
        passage.word(by - 2) in ("was", "were", "been")
        and (done.endswith("ed") or done in SPENT)
        and passage.word(last) != "deadline"
    )


def _around(passage: Passage, start: int, end: int, first: int, bound: int) -> Direction:
    """To come by a "by" or "until", unless the verbs around are past: then it lay ahead of what is told, if not of the report."""
    reach = range(max(start, first - REACH), min(end, first + REACH))
    if "had" in passage.low[reach.start : reach.stop]:
        return "past"
    told = [direction_of_verb(passage, at) for at in reach if passage.low[at] not in TELLING]
    month = passage.word(bound) == "by" and (
        passage.word(first) in MONTHS or passage.word(first + 1) in MONTHS
    )
    return "either" if "past" in told and (month or "future" not in told) else "future"


def _condition(passage: Passage, back: range) -> int | None:
    """The "if" or "when" of a clause in the present, which tells of what is still to come ("if he takes office in January")."""
    present = False
    for at in back:
        word = passage.low[at]
        if word in CONDITIONS or (word in TIMES and present):
            return at
        if word in MARKS or direction_of_verb(passage, at) is not None:
            return None
        present = present or word in ARE or (word in PRESENT and passage.word(at - 1) not in DETERMINERS)
    return None


def _is_present(passage: Passage, first: int) -> bool:
    """Whether the verb of a relative clause stands right before the expression, and is no past form ("the states that vote in March")."""
    at = first - 1
    at -= passage.word(at) in LEADS
    return (
        (
            passage.word(at - 1) in ("which", "who")
            or (passage.word(at - 1) == "that" and plural(passage.word(at - 2)))
        )
        and passage.word(at).isalpha()
        and passage.word(at) not in LEADS | AUXILIARIES
        and direction_of_verb(passage, at) is None
    )


def _clause_after(passage: Passage, last: int, end: int) -> Direction | None:
    """What the clause says that follows a expression ("on Tuesday, when voters go to the polls", "on Tuesday, when she was heard")."""
    at = last + (passage.word(last) == ",")
    if passage.word(at) not in TIMES:
        return None
    for index in range(at + 1, min(end, at + CLAUSE)):
        told = direction_of_verb(passage, index, forward=True)
        if passage.low[index] in UNMARKED:
            return None
        if told is not None:
            return told if told == "future" or (told == "past" and passage.word(at) == "when") else None
    return None


def _opens_clause(passage: Passage, first: int) -> bool:
    """Whether a expression stands at the head of a clause after a comma and a conjunction ("…, but in March a judge ruled")."""
    at = first - 1
    at -= passage.word(at) in LEADS
    if passage.word(at) in ("who", "which") and at < first - 1:
        return True  # "critics who on Sunday cast"
    return passage.word(at) in CONJUNCTIONS and passage.word(at - 1) in MARKS

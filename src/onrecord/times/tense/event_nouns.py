"""What the nouns say that a expression of time belongs to: "the slaying on Friday", "Monday's vote will show", "the November election"."""

from __future__ import annotations

from onrecord.lang.en.closed_classes import AUXILIARIES, PRONOUNS, STOPPERS, words
from onrecord.lang.en.time_words import MONTHS, SEASON_WORDS
from onrecord.text.passages import APOSTROPHES, Passage
from onrecord.times.tense.verbs import AHEAD, Direction, direction_of_verb

MARKS = frozenset((",", ";", ":", "—", "–"))
LEADS = frozenset(("in", "on", "at", "since", "during", "by"))
CLAUSE = 8  # tokens from a noun or a "when" to its verb
FAR = 6  # tokens: a verb further from an event than this tells of something else
# What is planned long before: with a month, the nearest is meant, whatever is told around it.
EVENTS = frozenset(
    words(
        "convention conventions election elections primary primaries caucus caucuses conference summit referendum runoff "
        "vote voting olympics games tournament congress festival"
    )
)
# What is published for a month that has been.
DATA = frozenset(
    words("report reports data figures numbers sales readings results index survey payrolls earnings")
)
SINCE = frozenset(("last", "since", "earlier", "following"))
AFTERMATH_NOUNS = {
    ("wake", "of"),
    ("aftermath", "of"),
    ("results", "of"),
    ("outcome", "of"),
    ("winner", "of"),
}
DEEDS = frozenset(
    words(
        "assertion claim statement announcement decision ruling remarks comments admission confirmation disclosure arrest death "
        "resignation victory victories losses defeats win wins defeat loss attack attacks bombing shooting crash vow warning apology"
    )
)
OUTCOMES = frozenset(
    words(
        "win wins victory victories loss losses defeat defeats death arrest attack attacks bombing shooting crash"
    )
)
# What nobody plans is told of only when it has been: "the slaying on Friday", "a train crash Monday".
UNPLANNED = frozenset(
    words(
        "slaying slayings killing killings murder murders massacre assassination stabbing stabbings kidnapping abduction "
        "hijacking robbery burglary explosion explosions blast blasts accident accidents crash crashes collision derailment collapse "
        "fire fires earthquake quake landslide avalanche ambush incident incidents melee riot riots clash clashes "
        "leak breach outburst gaffe scare shooting shootings attack attacks bombing bombings death deaths"
    )
)
OWNERS = frozenset(words("s his her its their my our your"))
AWAITED = AHEAD | frozenset(words("await awaits awaiting"))
PLACES = 12  # tokens of the names of places between a noun and its time
NOT_BEFORE_NOUNS = PRONOUNS | AUXILIARIES | {"to", "not", "if", "any", "possible", "feared", "planned"}


def direction_of_noun(passage: Passage, start: int, end: int, first: int, last: int) -> Direction | None:
    """What the words right around a expression say: "earlier Monday", "Monday's vote", "await Monday's vote", "Monday's vote will show"."""
    if passage.words(first - 2, 2) in AFTERMATH_NOUNS or passage.words(first - 3, 2) in AFTERMATH_NOUNS:
        return "past"
    owner = passage.word(last) in APOSTROPHES and passage.joined(last)
    if not owner:
        spent = passage.word(first - 1) in SINCE or passage.low[first] == "earlier"
        return "past" if spent else None
    if any(word in AWAITED for word in passage.low[max(start, first - 2) : first]):
        return "future"
    noun = passage.word(last + 2)
    if noun in DEEDS | UNPLANNED | OUTCOMES or passage.word(first - 1) in SINCE | {"after"}:
        return "past"
    if _is_month(passage, first, last):
        return "either"
    for at in range(last + 3, min(end, last + CLAUSE + 2)):
        told = direction_of_verb(passage, at, forward=True)
        if told is not None or passage.word(at) in MARKS:
            return "future" if passage.word(at) in ("will", "ll") else "past"
    return "past"


def is_past_deed(passage: Passage, first: int, last: int) -> bool:
    """Whether the expression belongs to a noun of what has been said, done or suffered ("her assertion on Tuesday that", "its Tuesday wins")."""
    if passage.word(last) in OUTCOMES | UNPLANNED and passage.word(first - 1) in OWNERS | {"the"}:
        return True
    at = _noun_before(passage, first)
    if passage.word(at) not in DEEDS | UNPLANNED:
        return False
    if passage.word(at) in UNPLANNED and passage.word(at - 1) not in NOT_BEFORE_NOUNS:
        return True
    before = passage.low[max(0, at - 2) : at]
    if passage.word(at) in OUTCOMES and passage.word(at - 1) == "the":
        return True
    return any(word in OWNERS or word in APOSTROPHES for word in before)


def _noun_before(passage: Passage, first: int) -> int:
    """The token before a expression and its preposition, and before the places between: "its wins in Marle and Oda on Tuesday"."""
    at = first - 1
    at -= passage.word(at) in LEADS
    place = at
    while at - place < PLACES and (passage.capital(place) or passage.word(place) in (",", "and")):
        place -= 1
    return place - 1 if place < at and passage.word(place) in ("in", "at", "near", "outside") else at


def adjust_for_noun(
    passage: Passage, first: int, last: int, told: Direction | None, verb: int
) -> Direction | None:
    """What the verb at a token tells of a month or season, unless the noun that it belongs to makes the nearest one likelier."""
    if told is None or told == "either" or not _is_month(passage, first, last):
        return told
    nouns = [passage.word(last), passage.word(last + 1)]
    if nouns[0] in STOPPERS or not nouns[0].isalpha():
        nouns = []
    before = passage.word(first - 1)
    if not DATA.isdisjoint(nouns) and before not in ("in", "since"):
        return "either"
    if told == "future":
        return "either" if nouns and before in OWNERS and EVENTS.isdisjoint(nouns) else told
    far = verb < first - FAR and is_event(passage, first, last)
    return "either" if far or not EVENTS.isdisjoint(nouns) else told


def is_event(passage: Passage, first: int, last: int) -> bool:
    """Whether the expression is the time of an event that is planned long before ("the Iowa caucuses on Monday", "the Tuesday primary")."""
    return passage.word(_noun_before(passage, first)) in EVENTS or passage.word(last) in EVENTS


def present_of_event(passage: Passage, first: int, last: int) -> int | None:
    """The "is" that an event hangs on: "there's an election on Tuesday", "is on the ballot in the primary Tuesday"."""
    if not is_event(passage, first, last) or _is_month(passage, first, last):
        return None
    start = passage.bounds(first)[0]
    for at in range(first - 1, max(start, first - PLACES) - 1, -1):
        is_there = passage.word(at) == "s" and passage.word(at - 2) == "there"
        if passage.word(at) in ("is", "are") or is_there:
            return at
        if passage.word(at) in MARKS or direction_of_verb(passage, at) is not None:
            return None
    return None


def _is_month(passage: Passage, first: int, last: int) -> bool:
    return any(word in MONTHS or word in SEASON_WORDS for word in passage.low[first:last])

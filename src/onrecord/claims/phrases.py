"""Words of time, and the phrase that a reading of them gives: what it says, not yet reckoned to a date."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.claims.lexicon import words
from onrecord.claims.numerals import HYPHENS, TENS, UNITS
from onrecord.claims.passages import Passage

MONTHS = {
    word: number
    for number, words in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        start=1,
    )
    for word in words.split()
}
WEEKDAYS = {
    word: number
    for number, words in enumerate(
        [
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thurs thur",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ],
        start=1,
    )
    for word in words.split()
}
LONG_WEEKDAYS = frozenset(words("monday tuesday wednesday thursday friday saturday sunday"))
ABBREVIATED = frozenset(words("jan feb mar apr jun jul aug sept sep oct nov dec"))
SHORT = frozenset(
    words(
        "mar may sat sun mon wed fri thu tue jan jun sep dec apr oct nov feb aug jul thur tues thurs sept "
        "march"
    )
)
PARTS = {
    "morning": "TMO",
    "afternoon": "TAF",
    "evening": "TEV",
    "night": "TNI",
    "overnight": "TNI",
    "mornings": "TMO",
    "afternoons": "TAF",
    "evenings": "TEV",
    "nights": "TNI",
}
UNIT_WORDS = {
    **{
        word: word
        for word in words(
            "second minute hour day night week weekend month quarter year decade century fortnight"
        )
    },
    **{
        f"{word}s": word
        for word in words("second minute hour day night week weekend month quarter year decade fortnight")
    },
    "centuries": "century",
    "yr": "year",
    "yrs": "year",
    "hrs": "hour",
    "mins": "minute",
}
# After a weekday these make the name of a paper or a broadcast.
PAPERS = frozenset(
    words("times telegraph express mirror mail post herald independent tribune magazine mercury sun star")
)
TITLES = frozenset(words("mr mrs ms dr chief comrade hon pastor prof"))  # of people named after a weekday
BROADCASTS = {("night", "live"), ("night", "lights"), ("night", "football"), ("night", "fever")}
SEASON_WORDS = frozenset(["spring", "summer", "fall", "autumn", "winter"])
EARLY = frozenset(["early", "late", "mid", "earlier", "later"])
LAST = frozenset(["last", "past"])
NEXT = frozenset(["next", "coming", "upcoming"])
PREVIOUS = frozenset(["previous", "preceding", "prior"])
FOLLOWING = frozenset(["following", "ensuing", "subsequent"])
THIS = frozenset(["this", "current"])
RELATIONS = (
    dict.fromkeys(LAST, "last")
    | dict.fromkeys(NEXT, "next")
    | dict.fromkeys(PREVIOUS, "previous")
    | dict.fromkeys(FOLLOWING, "following")
    | dict.fromkeys(THIS, "this")
    | {"that": "that", "same": "that"}
)
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "final": 4,
}
ORDINAL_WORDS = {
    word: value
    for value, word in enumerate(
        words(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
            "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        start=1,
    )
}
ENDINGS = frozenset(("st", "nd", "rd", "th"))
ZONES = frozenset(
    words(
        "gmt utc est edt cst cdt mst mdt pst pdt et ct pt bst cet cest ist pkt jst sgt aest aedt eat wat sast "
        "local"
    )
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of time in a passage: tokens ``first`` to ``last``.

    ``kind`` says which of the other fields hold: "value" (told outright), "day", "month", "year", "weekday", "season", "quarter", "half", "holiday"
    (parts, and ``relation``: last, next, this, that, previous, following), "shift" (``count`` of ``unit`` from the anchor), "ago" and "later"
    (``count`` of ``unit`` from now, or from a date in the text where ``relation`` is "text" ("the following year") "counted" ("a year later"), or "near" (a day
    named just before, else the report's)). ``offset`` is how many days the day meant lies from the one named ("the day after Christmas").
    """

    first: int
    last: int
    kind: str
    value: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    until: int | None = None
    weekday: int | None = None
    relation: str | None = None
    unit: str | None = None
    count: float = 0
    clock: str | None = None
    offset: int = 0
    swapped: bool = False
    numeric: bool = False


def read_year(passage: Passage, index: int) -> tuple[int, int] | None:
    """A year of four digits, or in words ("nineteen ninety-six", "two thousand and six"): the year, and one past its end."""
    word = passage.word(index)
    if len(word) == 4 and word.isdecimal() and 1000 <= int(word) < 2200:
        return int(word), index + 1
    if word in ("nineteen", "twenty", "eighteen") and (
        passage.word(index + 1) in TENS or passage.word(index + 1) in UNITS
    ):
        at, rest = index + 1, 0
        if passage.word(at) in TENS:
            rest, at = TENS[passage.word(at)], at + 1
            if passage.word(at) in HYPHENS:
                at += 1
            if 0 < UNITS.get(passage.word(at), 0) < 10:
                rest, at = rest + UNITS[passage.word(at)], at + 1
        elif UNITS[passage.word(at)] >= 10:
            rest, at = UNITS[passage.word(at)], at + 1
        else:
            return None
        return {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}[word] + rest, at
    return None


def month_at(passage: Passage, index: int) -> tuple[int, int] | None:
    """A month's name in capitals or its short form with its full stop: the month, and one past its end."""
    month = MONTHS.get(passage.word(index))
    if month is None or not passage.capital(index):
        return None
    last = index + 1
    if passage.word(last) == "." and passage.joined(last) and passage.word(index) in ABBREVIATED:
        last += 1
    return month, last


def weekday_at(passage: Passage, index: int) -> tuple[int, int] | None:
    """A weekday's name, long, or short with a capital: the day of the week from 1, and one past its end."""
    word = passage.word(index)
    day = WEEKDAYS.get(word)
    if day is None or not passage.capital(index) or _is_title(passage, index):
        return None
    last = index + 1
    if word not in LONG_WEEKDAYS:
        if passage.word(last) == "." and passage.joined(last):
            last += 1
        elif not (
            passage.word(last) == "," or passage.word(last) in MONTHS or passage.word(last).isdecimal()
        ):
            return None
    return day, last


def _is_title(passage: Passage, index: int) -> bool:
    """Whether a weekday is part of a name: "the Sunday Times", "Saturday Night Live", the football club of Sheffield, Chief Sunday Ade."""
    at = index + 1
    if passage.words(at, 2) in BROADCASTS and passage.capital(at) and passage.capital(at + 1):
        return True
    paper = passage.word(at) in PAPERS and passage.capital(at) and not passage.raw[at].isupper()
    person = passage.word(index - 1 - (passage.word(index - 1) == ".")) in TITLES and passage.capital(at)
    return paper or person or passage.word(index - 1) == "sheffield"


def day_at(passage: Passage, index: int) -> tuple[int, int] | None:
    """A day of the month in digits, with or without its ending: the day, and one past its end."""
    word = passage.word(index)
    if word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31:
        last = index + 1
        if passage.word(last) in ENDINGS and passage.joined(last):
            last += 1
        elif (
            last < len(passage)
            and passage.joined(last)
            and (
                passage.raw[last].isalpha()
                or passage.raw[last] in "%°"
                or (passage.raw[last] == ":" and passage.word(last + 1).isdecimal())
            )
        ):
            return None
        return int(word), last
    return None

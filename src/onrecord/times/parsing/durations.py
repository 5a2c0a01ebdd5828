"""Lengths of time and what is normalized by them: "six months", "nearly two years", "a week ago", "two days later", "daily"."""

from __future__ import annotations

from onrecord.lang.en.closed_classes import FUTURE, STOPPERS, plural, words
from onrecord.lang.en.numbers.numerals import DASHES, HYPHENS, TENS, UNITS, Number
from onrecord.lang.en.numbers.parsing import read_number
from onrecord.lang.en.time_words import MONTHS, UNIT_WORDS, WEEKDAYS
from onrecord.text.passages import Passage
from onrecord.times.calendar import SEASONS, duration
from onrecord.times.parsing.expression import TimeExpression, read_year

MODIFIERS = {
    ("nearly",),
    ("almost",),
    ("about",),
    ("around",),
    ("roughly",),
    ("approximately",),
    ("over",),
    ("more", "than"),
    ("less", "than"),
    ("fewer", "than"),
    ("at", "least"),
    ("up", "to"),
    ("at", "most"),
    ("as", "many", "as"),
    ("some",),
    ("just", "over"),
    ("just", "under"),
    ("well", "over"),
    ("no", "more", "than"),
    ("longer", "than"),
}
OPENINGS = frozenset(words[0] for words in MODIFIERS)
VAGUE = frozenset(["several", "few", "many", "some", "countless"])
AFTER_OVER = frozenset(
    words("last lasted lasting for just after took of well than within")
)  # "over" is a preposition elsewhere
AFTER_VAGUE = frozenset(words("more short long dozen hundred trading business"))
AFTER_COUNT = frozenset(
    words(
        "more full further straight consecutive additional trading business working calendar long short whole"
    )
)
SMALL = frozenset(("early", "small", "wee", "late", "morning"))
BARE = frozenset(words("days weeks months years decades centuries hours"))
# Before a plural without a number these make it a kind of years or hours, and no length of time.
SORTS = frozenset(
    words(
        "election school business working work office opening rush happy vacation holiday polling trading game light glory salad dog morning evening night daylight"
    )
)
AROUND_MINUTES = frozenset(words("before after later earlier"))
HOPES = frozenset(words("to hope hopes hoped hoping may might"))
LONG = {"daylong": "P1D", "weeklong": "P1W", "monthlong": "P1M", "yearlong": "P1Y", "hourlong": "PT1H"}
SETS = {
    "daily": "P1D",
    "weekly": "P1W",
    "monthly": "P1M",
    "yearly": "P1Y",
    "hourly": "PT1H",
    "nightly": "P1D",
    "fortnightly": "P2W",
}
REPORTING_VERBS = frozenset(words("said says wrote writes has had which is was quoted"))
PAPERS = frozenset(
    words("the a another leading national local english language s party state communist financial business")
)
EVERY = frozenset(("every", "each"))
SIZED = frozenset(words("full whole single further additional extra entire solid mere"))
# "a" before these is as often a point or a rank as a length.
NOT_DESCRIBING = frozenset(words("other percent light man million billion thousand hundred dozen per"))
PARTS_OF = {"half": "0.5", "quarter": "0.25"}
HALVED = frozenset(words("hour day year century decade"))
NOT_LONG = frozenset(("second", "quarter", "night", "weekend"))
STARTERS = (
    OPENINGS
    | VAGUE
    | BARE
    | EVERY
    | frozenset(LONG)
    | frozenset(SETS)
    | {"a", "an", "half", "the", "day", "week", "month", "year", "hour", "decade", "minutes", "long"}
)


def read_duration(passage: Passage, index: int) -> TimeExpression | None:
    """The length of time that begins at this token, with "ago", "earlier" or "later" after it."""
    word = passage.low[index]
    if word in SETS:
        named = passage.capital(index) and (passage.capital(index + 1) or not passage.first(index))
        return (
            None
            if named or _is_paper(passage, index)
            else TimeExpression(index, index + 1, "value", SETS[word])
        )
    if word in LONG:
        return TimeExpression(index, index + 1, "value", LONG[word])
    if word in EVERY:
        return _every(passage, index)
    if passage.words(index, 2) == ("long", "ago") and not passage.capital(index + 1):
        return TimeExpression(index, index + 2, "value", "PAST_REF")
    if passage.words(index, 4) == ("a", "long", "time", "ago"):
        return TimeExpression(index, index + 4, "value", "PAST_REF")
    if (seasons := _seasons_ago(passage, index)) is not None:
        return seasons
    first, at = index, _modified(passage, index)
    if word == "over" and passage.word(index - 1) not in AFTER_OVER:
        return None
    if at == index and word == "within":
        return None
    found = _read_length(passage, at)
    if found is None:
        return None
    leads = index - 1 - (passage.word(index - 1) == ",")
    if passage.words(index, 2) == ("one", "day") and passage.word(leads) in FUTURE | HOPES:
        return TimeExpression(index, index + 2, "value", "FUTURE_REF")  # "will one day be", "hope one day to"
    count, unit, last = found
    if passage.word(last) in HYPHENS and passage.word(last + 1) == "long" and passage.joined(last):
        last += 2
    if _is_age(passage, last) or (passage.word(last) in ("of",) and passage.word(last + 1) == "age"):
        return None
    return _shifted_duration(passage, first, last, count, unit)


def _seasons_ago(passage: Passage, index: int) -> TimeExpression | None:
    """ "two summers ago": the one before the last."""
    number = read_number(passage, index)
    if number is None or number.value is None or passage.word(number.last + 1) != "ago":
        return None
    season = SEASONS.get(passage.word(number.last).removesuffix("s"))
    if season is None or not 0 < number.value <= 50:
        return None
    return TimeExpression(
        index, number.last + 2, "season", value=season, relation="last", count=int(number.value) - 1
    )


def _is_paper(passage: Passage, index: int) -> bool:
    """Whether "daily" or its like is a paper: "the party daily Marle Post", "a leading daily said"."""
    after = passage.word(index + 1)
    if (
        passage.low[index] == "daily"
        and passage.capital(index + 1)
        and passage.word(index - 1) not in STOPPERS
    ):
        return not passage.first(index)
    noun = not after[:1].isalpha() or after in REPORTING_VERBS or after.endswith("ed")
    return noun and passage.word(index - 1) in PAPERS


def _every(passage: Passage, index: int) -> TimeExpression | None:
    at = index + 1
    if passage.word(at) == "of":
        return None
    other = passage.word(at) == "other"
    word = passage.word(at + other)
    if word in WEEKDAYS and passage.capital(at + other):
        return TimeExpression(index, at + other + 1, "value", f"XXXX-WXX-{WEEKDAYS[word]}")
    if word in MONTHS and passage.capital(at + other):
        return TimeExpression(index, at + other + 1, "value", f"XXXX-{MONTHS[word]:02d}")
    if word in ("morning", "afternoon", "evening"):
        return TimeExpression(index, at + other + 1, "value", "P1D")
    number = read_number(passage, at + other) if at + other < len(passage) else None
    if number is not None and number.value is not None and passage.word(number.last) in UNIT_WORDS:
        return TimeExpression(
            index,
            number.last + 1,
            "value",
            duration(str(number.value), UNIT_WORDS[passage.word(number.last)]),
        )
    if word in UNIT_WORDS and UNIT_WORDS[word] == word and word not in ("second", "minute"):
        return TimeExpression(index, at + other + 1, "value", duration("2" if other else "1", word))
    return None


def _modified(passage: Passage, index: int) -> int:
    """One past the words at this token that say how exactly a length is meant."""
    if passage.low[index] in OPENINGS:
        for size in (3, 2, 1):
            if passage.words(index, size) in MODIFIERS:
                return index + size
    return index


def _is_age(passage: Passage, at: int) -> bool:
    if passage.word(at) in HYPHENS:
        at += 1
    return passage.word(at) in ("old", "olds")


def _read_length(passage: Passage, at: int) -> tuple[str, str, int] | None:
    """Count ("X" where open), unit, and one past the end."""
    if at >= len(passage):
        return None
    word = passage.low[at]
    if word in UNIT_WORDS and passage.word(at + 1) in HYPHENS and passage.word(at + 2) == "long":
        return "1" if UNIT_WORDS[word] == word else "X", UNIT_WORDS[word], at + 1
    if word in BARE or word == "minutes":
        return _bare_plural(passage, at)
    skip = at
    if word in ("a", "the") and passage.word(at + 1) in ("few", "good", "full"):
        skip = at + 1
        if passage.word(skip) in ("good", "full") and passage.word(skip + 1) in UNIT_WORDS:
            return "1", UNIT_WORDS[passage.word(skip + 1)], skip + 2
    if passage.word(skip) in VAGUE:
        return _vague_count(passage, skip)
    if (found := _fraction_of_unit(passage, at) or _single_unit(passage, at)) is not None:
        return found
    number = read_number(passage, at)
    return _numbered(passage, at, number) if number is not None else None


def _bare_plural(passage: Passage, at: int) -> tuple[str, str, int] | None:
    """A unit in the plural without a count: "for years", "weeks or months"; no kind of hours, and no time of day."""
    word, before, after = passage.low[at], passage.word(at - 1), passage.word(at + 1)
    if word == "minutes":
        near = after in AROUND_MINUTES or before in ("within", "in", "just")
        return ("X", "minute", at + 1) if near else None
    if word == "hours" and before in SMALL:
        return None  # "the early hours of Sunday": a time of day
    if before in SORTS or after == "off" or (passage.capital(at) and not passage.first(at)):
        return None
    coupled = after == "or" and passage.word(at + 2) in BARE  # "weeks or months" are one length
    return "X", UNIT_WORDS[word], at + (3 if coupled else 1)


def _vague_count(passage: Passage, at: int) -> tuple[str, str, int] | None:
    """ "several years", "few more days", "many-year"."""
    hyphened = passage.word(at + 1) in HYPHENS and passage.joined(at + 1)
    if hyphened and passage.word(at + 2) in UNIT_WORDS:
        return "X", UNIT_WORDS[passage.word(at + 2)], at + 3
    after = at + 1 + (passage.word(at + 1) in AFTER_VAGUE)
    unit = UNIT_WORDS.get(passage.word(after))
    return ("X", unit, after + 1) if unit and passage.word(after) != unit else None


def _fraction_of_unit(passage: Passage, at: int) -> tuple[str, str, int] | None:
    """ "half an hour", "a quarter-century"."""
    part = at + (passage.low[at] == "a")
    word = passage.word(part)
    if word in PARTS_OF and passage.hyphened(part + 1) and passage.word(part + 2) == "century":
        return PARTS_OF[word], "century", part + 3
    halved = passage.low[at] == "half" and passage.word(at + 1) in ("an", "a")
    return ("0.5", passage.word(at + 2), at + 3) if halved and passage.word(at + 2) in HALVED else None


def _single_unit(passage: Passage, at: int) -> tuple[str, str, int] | None:
    """ "a year", "an extra day", "a week or two", "a year and a half"."""
    if passage.low[at] not in ("a", "an"):
        return None
    after = at + 1 + (passage.word(at + 1) in SIZED)
    unit = UNIT_WORDS.get(passage.word(after))
    if unit is None or unit != passage.word(after) or unit in NOT_LONG:
        return None
    last = after + 1
    if passage.hyphened(last) and passage.word(last + 1) != "long":
        return None
    if passage.words(last, 3) == ("and", "a", "half"):
        return "1.5", unit, last + 3
    if passage.word(last) == "or" and (
        passage.word(last + 1) in ("two", "so", "more") or passage.word(last + 1) == "less"
    ):
        return ("X" if passage.word(last + 1) == "two" else "1"), unit, last + 2
    return "1", unit, last


def _numbered(passage: Passage, at: int, number: Number) -> tuple[str, str, int] | None:
    """ "three years", "12 straight days", "two to three weeks", "two and a half hours"."""
    if (number.part and not number.digits) or number.value == 0:
        return None
    if read_year(passage, at) is not None and passage.word(at).isdecimal():
        return None
    last, count = number.last, str(number.value) if number.value is not None else "X"
    if passage.word(last) in ("to", "or", *DASHES) and last + 1 < len(passage):
        other = read_number(passage, last + 1)
        if other is not None and passage.word(other.last) in UNIT_WORDS:
            last, count = other.last, "X"
    if (passage.word(last) == "of" and number.value is None) or (
        number.approximate and passage.word(last) == "of"
    ):
        last += 1
    if passage.word(last) in HYPHENS and passage.joined(last) and passage.joined(last + 1):
        last += 1
    last += passage.word(last) in AFTER_COUNT
    last += _is_described(passage, last, count)
    unit = UNIT_WORDS.get(passage.word(last))
    if passage.capital(last) and not passage.capital(at - 1) and number.digits:
        return None  # a programme's name
    if unit is None or (unit == "quarter" and passage.word(last) == "quarter" and not passage.joined(last)):
        return None
    if unit == "second" and passage.word(last) == "second":
        return None
    if passage.joined(at) and passage.word(at - 1)[:1].isalnum():
        return None
    last += 1
    if passage.words(last, 3) == ("and", "a", "half") and count != "X":
        return str(float(count) + 0.5), unit, last + 3
    if passage.word(last) == "or" and passage.word(last + 1) in ("so", "more"):
        last += 2
    return count, unit, last


def _is_described(passage: Passage, at: int, count: str) -> bool:
    """Whether an adjective stands between a count and its unit: "three remarkable weeks"."""
    word, after = passage.word(at), passage.word(at + 1)
    if count == "X" or not 2 <= float(count) <= 100 or not word.isalpha() or passage.capital(at):
        return False
    if passage.joined(at) or word in NOT_DESCRIBING or word in UNITS or word in TENS:
        return False
    if word in UNIT_WORDS or word in STOPPERS or plural(word):
        return False
    return UNIT_WORDS.get(after, after) != after


def _shifted_duration(passage: Passage, first: int, last: int, count: str, unit: str) -> TimeExpression:
    after = passage.word(last)
    amount = 0.0 if count == "X" else float(count)
    if after == "ago" or (
        after in ("from", "hence") and (after == "hence" or passage.word(last + 1) == "now")
    ):
        end = last + (2 if after == "from" else 1)
        if count == "X":
            return TimeExpression(first, end, "value", "PAST_REF" if after == "ago" else "FUTURE_REF")
        return TimeExpression(first, end, "ago", unit=unit, count=-amount if after == "ago" else amount)
    if after in ("earlier", "later") and count != "X" and passage.word(last + 1) != "than":
        return TimeExpression(
            first,
            last + 1,
            "ago",
            unit=unit,
            count=-amount if after == "earlier" else amount,
            relation="counted",
        )
    if passage.low[first] in ("about", "around"):
        first += 1
    return TimeExpression(first, last, "value", duration(count, unit))

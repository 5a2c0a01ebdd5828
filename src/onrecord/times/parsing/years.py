"""Years, decades and centuries: "1996", "fiscal 1989", "the late 1970s", "the '90s", "the 20th century", "2014-15"."""

from __future__ import annotations

from onrecord.lang.en.closed_classes import STOPPERS, plural, words
from onrecord.lang.en.numbers.bounds import read_before
from onrecord.lang.en.numbers.counted import read_counted
from onrecord.lang.en.numbers.numerals import DASHES, ENDINGS, HYPHENS
from onrecord.lang.en.numbers.units import EXACT, MEASURES
from onrecord.lang.en.time_words import ORDINAL_WORDS
from onrecord.text.passages import APOSTROPHES, Passage
from onrecord.times.parsing.expression import TimeExpression, read_year

DECADES = {
    "twenties": 2,
    "thirties": 3,
    "forties": 4,
    "fifties": 5,
    "sixties": 6,
    "seventies": 7,
    "eighties": 8,
    "nineties": 9,
}
LIKELY = frozenset(
    words(
        "in since until till by from during through throughout before after of between circa year fiscal "
        "early late mid ad bc summer winter spring fall autumn"
    )
)
QUOTES = frozenset("\"'”’")
LEADS = frozenset(words("from between during before after"))
OUT_OF = frozenset(words("out total sum number average maximum minimum one all"))
NAMES = frozenset(words("russell russel windows agenda vision"))  # "the Russell 2000", "Vision 2030"
BOUNDED = frozenset(words("since until till through"))
FISCAL = {("fiscal", "year"), ("financial", "year"), ("budget", "year"), ("tax", "year")}
# What a year has, and four digits seldom count: "compared with 2014 numbers", "the 2012 elections".
YEARLY = frozenset(
    words(
        "numbers figures results levels earnings elections primaries protests conventions cycles accords talks games prices"
    )
)
CHANGED = frozenset(
    words(
        "rose rise risen fell fall grew grow increased increase decreased dropped up down cut reduced reduce climbed declined"
    )
)
AMOUNTS = frozenset(
    words(
        "people troops soldiers jobs workers students units miles shares homes points men women children "
        "employees members houses seats votes votes metres meters"
    )
)
STARTERS = (
    frozenset(DECADES)
    | {"the", "fiscal", "fy", "'", "’", "‘", "nineteen", "twenty", "eighteen", "post", "pre", "year"}
    | frozenset(ORDINAL_WORDS)
)


def read_years(passage: Passage, index: int, *, near: bool = False) -> TimeExpression | None:
    """The year, decade or century that begins at this token.

    Args:
        near: whether a word before it makes it a year in any case ("early 1990").
    """
    word = passage.low[index]
    if word == "the":
        return _after_the(passage, index)
    if word in ("fiscal", "fy"):
        return _fiscal(passage, index)
    if (
        word in APOSTROPHES
        and passage.word(index - 1) in ("in", "since", "of", "by", "until", "from")
        and (short := _short(passage, index))
    ):
        return TimeExpression(index, index + 2, "value", f"{short:04d}")
    if word in ("post", "pre") and passage.word(index + 1) in HYPHENS:
        return _valued(index, read_year(passage, index + 2))
    return (
        _decade(passage, index, index)
        or _century(passage, index, index)
        or (_spoken_decade(passage, index, index) if near else None)
        or _year(passage, index, near)
    )


def _valued(first: int, found: tuple[int, int] | None) -> TimeExpression | None:
    """The expression of a year and one past its end."""
    return TimeExpression(first, found[1], "value", f"{found[0]:04d}") if found else None


def _after_the(passage: Passage, index: int) -> TimeExpression | None:
    """ "the year 2000", "the nineties", "the 20th century", "the 1990s", "the 1988 period"."""
    at = index + 1
    if passage.word(at) == "year":
        return _valued(index, read_year(passage, at + 1) or _two_thousand(passage, at + 1))
    return (
        _spoken_decade(passage, index, at)
        or _century(passage, index, at)
        or _decade(passage, index, at)
        or _period(passage, index, at)
    )


def _fiscal(passage: Passage, index: int) -> TimeExpression | None:
    """ "fiscal 1989", "fiscal year 2020", "FY21"."""
    at = index + 1 + (passage.word(index + 1) == "year")
    found, last_two = read_year(passage, at), passage.word(at)
    short = last_two.isdecimal() and len(last_two) == 2 and passage.joined(at)
    if found is None and passage.low[index] == "fy" and short:
        found = 2000 + int(last_two), at + 1
    return _valued(index, found)


def _short(passage: Passage, at: int) -> int | None:
    """A year of two digits after an apostrophe ("since '82")."""
    word = passage.word(at + 1)
    if not (word.isdecimal() and len(word) == 2 and passage.joined(at + 1)) or passage.word(at + 2) == "s":
        return None
    return int(word) + (1900 if int(word) > 30 else 2000)


def _two_thousand(passage: Passage, at: int) -> tuple[int, int] | None:
    return (2000, at + 2) if passage.word(at) == "two" and passage.word(at + 1) == "thousand" else None


def _year(passage: Passage, index: int, near: bool) -> TimeExpression | None:
    found = read_year(passage, index)
    if found is None:
        return None
    year, last = found
    before = passage.word(index - 1)
    if not passage.raw[index].isdecimal():
        return TimeExpression(index, last, "value", f"{year:04d}")
    if (spanned := _financial(passage, index, year)) is not None:
        return spanned
    if _is_code(passage, index, last) or (before in NAMES and passage.capital(index - 1)):
        return None
    if before == "." and passage.low[max(index - 4, 0) : index - 1] == ["a", ".", "d"]:
        return TimeExpression(index, last, "value", f"{year:04d}")
    told = (
        _is_bound(passage, index)
        or before in ("in", "since", "until", "circa", "ad")
        or near
        or _is_early(passage, index, last, year)
    )
    if not 1900 <= year < 2060 and not told:
        return None
    if not near and not _is_bound(passage, index) and _amount(passage, index, last, before):
        return None
    if passage.words(last, 2) in FISCAL:
        last += 2
    if passage.word(last) in DASHES and passage.joined(last) and passage.joined(last + 1):
        short = passage.word(last + 1)
        if short.isdecimal() and len(short) == 2 and (last_year := _closing(year, int(short))):
            return TimeExpression(index, last + 2, "value", f"{year:04d}/{last_year:04d}")
    return TimeExpression(index, last, "value", f"{year:04d}")


def _is_bound(passage: Passage, index: int) -> bool:
    """Whether a year is bounded: "since at least 1980", "until at least 2030"."""
    return passage.words(index - 2, 2) == ("at", "least") and passage.word(index - 3) in BOUNDED


def _is_code(passage: Passage, index: int, last: int) -> bool:
    """Whether four digits belong to a longer number, a code, an address or a range of amounts."""
    before, after = passage.word(index - 1), passage.word(last)
    if passage.joined(index) and (before[:1].isalnum() or before in "$€£¥₹#.:@_+&"):
        return True
    ranged = before in HYPHENS | {"/", "−"} and passage.word(index - 2)[:1].isdigit()
    if passage.joined(index) and ranged and read_year(passage, index - 2) is None:
        return True
    further = passage.word(last + 1)
    if last < len(passage) and passage.joined(last):
        split = after in HYPHENS and further.isdecimal() and len(further) not in (2, 4)
        if after[0].isalnum() or after in "%°:_/" or split:
            return True
    return after in DASHES and len(further) == 4 and further.isdecimal() and int(further) > 2100


def _financial(passage: Passage, index: int, year: int) -> TimeExpression | None:
    """A year that runs over two: "2021/22", "2021/2022"."""
    if passage.word(index + 1) != "/" or not passage.joined(index + 1) or not passage.joined(index + 2):
        return None
    if passage.joined(index) or (
        passage.joined(index + 3) and passage.word(index + 3)[:1] in ("/", "-", ":")
    ):
        return None
    if passage.word(index + 2) not in (str(year + 1), str(year + 1)[2:]) or not 1900 <= year < 2060:
        return None
    return TimeExpression(index, index + 3, "value", f"{year:04d}/{year + 1:04d}")


def _is_early(passage: Passage, index: int, last: int, year: int) -> bool:
    """Whether four digits that are below 1900 are a year: "by 1830", "from 1855 to 1916", "the treaty of 1829"."""
    before, further, after = passage.word(index - 1), passage.word(index - 2), passage.word(last)
    if before == "by" and 2060 <= year <= 2100 and passage.word(index - 2) not in CHANGED:
        return not after[:1].isalnum() or after in STOPPERS  # "carbon-neutral by 2060"
    if before == "the" and 1700 <= year < 1900 and after.isalpha() and after not in STOPPERS:
        return not plural(after) and not plural(passage.word(last + 1))  # "the 1833 constitution"
    if not 1500 <= year < 1900 or (after[:1].isalnum() and after not in STOPPERS):
        return False
    if before in ("to", "and"):
        return read_year(passage, index - 2) is not None
    if before == "of":
        return further not in OUT_OF and not further.isdecimal()
    return before in LEADS or (before == "by" and passage.capital(index - 1))


def _closing(year: int, short: int) -> int | None:
    """The year of two digits that closes a range ("1991-95", "2008–09"); "2009-11" may be a month and stays open."""
    later = year - year % 100 + short + (100 if year % 100 > short else 0)
    near = later == year + 1
    return later if near or (short > 12 and later - year <= 60) else None


def _amount(passage: Passage, index: int, last: int, before: str) -> bool:
    """Whether four digits are an amount: bounded, measured, or of people and things that are counted."""
    if (bound := read_before(passage, index)) is not None and passage.word(index - 1) not in (
        "over",
        "around",
        "about",
        "under",
        "circa",
        "just",
        "only",
    ):
        return bound[1] != "exactly"
    if passage.word(last) in QUOTES:
        return False  # a closing mark, no inches
    if passage.word(last) in YEARLY and passage.word(index - 2) not in YEARLY:
        return False
    if (passage.word(last),) in MEASURES or (passage.word(last) in ("per", "square", "metric")):
        return True
    if last < len(passage) and (passage.raw[last],) in EXACT and len(passage.raw[last]) > 1:
        return True
    if passage.word(last) in AMOUNTS and before not in LIKELY:
        return True
    counted = (
        read_counted(passage, last)
        if before not in LIKELY and before not in ("the", "a", "'s", "s", "his", "its", "their")
        else None
    )
    if passage.word(last) in ("million", "billion", "crore", "lakh", "dollars", "euros", "rupees", "pounds"):
        return True
    return (
        counted is not None
        and counted[1] == last + 1
        and plural(passage.low[last])
        and not passage.first(index)
        and before not in (",", ")")
    )


def _decade(passage: Passage, first: int, at: int) -> TimeExpression | None:
    word, last = passage.word(at), at + 1
    if word in ("'", "’", "‘"):
        word, last = passage.word(at + 1), at + 2
        if not passage.joined(at + 1) or len(word) != 2:
            return None
    elif len(word) == 2 and first == at and not _is_coupled(passage, at):
        return None
    if not word.isdecimal() or len(word) not in (2, 4) or word[-1] != "0":
        return None
    if passage.word(last) in APOSTROPHES and passage.word(last + 1) == "s" and passage.joined(last):
        last += 1
    if passage.word(last) != "s" or not passage.joined(last):
        return None
    if len(word) == 4 and not 1000 <= int(word) < 2100:
        return None
    return TimeExpression(
        first,
        last + 1,
        "value",
        word[:3] if len(word) == 4 else f"19{word[0]}" if int(word) > 20 else f"20{word[0]}",
    )


def _is_coupled(passage: Passage, at: int) -> bool:
    """Whether a decade of two digits goes on from another: "the 1970s and 80s"."""
    return (
        passage.word(at - 1) in ("and", "or", "to")
        and passage.word(at - 2) == "s"
        and passage.joined(at - 2)
        and passage.word(at - 3).isdecimal()
    )


def _spoken_decade(passage: Passage, first: int, at: int) -> TimeExpression | None:
    tens = DECADES.get(passage.word(at))
    return TimeExpression(first, at + 1, "value", f"19{tens}") if tens is not None else None


def _century(passage: Passage, first: int, at: int) -> TimeExpression | None:
    word, last = passage.word(at), at + 1
    if word.isdecimal() and len(word) <= 2 and passage.word(last) in ENDINGS:
        number, last = int(word), last + 1
    else:
        number = ORDINAL_WORDS.get(word, 0)
        if word == "twenty" and passage.word(at + 2) == "first":
            number, last = 21, at + 3
    last += passage.word(last) in HYPHENS
    if not 1 <= number <= 21 or passage.word(last) not in ("century", "centuries"):
        return None
    return TimeExpression(first, last + 1, "value", f"{number - 1:02d}")


def _period(passage: Passage, first: int, at: int) -> TimeExpression | None:
    """ "the 1988 period"."""
    found = read_year(passage, at)
    if found is None or passage.word(found[1]) not in ("period", "season"):
        return None
    return TimeExpression(first, found[1] + 1, "value", f"{found[0]:04d}")

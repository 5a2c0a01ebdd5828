"""Numbers that are no figures: parts of names, telephone numbers, versions, clock times, "one" as a pronoun."""

from __future__ import annotations

from onrecord.lang.en.closed_classes import AUXILIARIES, PREPOSITIONS, STOPPERS, plural, words
from onrecord.lang.en.numbers.counted import counts_things, read_counted
from onrecord.lang.en.numbers.numerals import HYPHENS, parse_digits
from onrecord.lang.en.numbers.parsing import read_number
from onrecord.text.passages import Passage

IDENTIFIERS = frozenset(
    words(
        "section row part game area boeing airbus type phase level article chapter flight route highway room "
        "gate channel formula unit division page volume version windows iphone galaxy pixel series mark step "
        "stage tier figure table title act resolution rule proposition district ward precinct interstate "
        "terminal pier platform zone sector block building apt suite studio lane exit line psalm verse apollo "
        "model no nos number numbers num day week season episode round lap hole question item paragraph "
        "clause schedule appendix annex protocol category grade class group battalion brigade squad team case "
        "court box bay bus train tram covid omicron vol chap sec art para fig order order-no bill law code "
        "system program site camp tower house apartment floor address route road street avenue ext extension "
        "po hotline helpline tel phone fax call channel squadron regiment launch"
    )
)
LABEL_WORDS = frozenset(
    words(
        "some about nearly almost over under only just more less fewer least most at around approximately "
        "roughly another the these those all up down but and or with from for by of to in on a an while as if "
        "when since after before between among including exactly he she it they we i that this what there "
        "killing wounding injuring says said"
    )
)
BEFORE_PRONOUN = frozenset(
    words("no any every this that the which each some number day another by new first last")
)
COMPOUND_WORDS = frozenset(words("time sided way off to on size stop upmanship"))  # "one-sided", "one-off"
PRONOUN_CONTEXTS = frozenset(words("them us you those these whom which this that it"))
STREETS = frozenset(("street", "avenue", "road", "lane", "boulevard", "drive", "st", "ave", "blvd"))


def skip_identifier(passage: Passage, index: int) -> int:
    """One past the telephone number, version, clock time or the like that begins at this token; the token itself where none does."""
    last, marks = _joined_digits(passage, index)
    pieces = len(marks) + 1
    following = (token for token in passage.raw[index + 1 : last] if token.isdecimal())
    digits = len(passage.raw[index]) + sum(map(len, following))
    if (
        pieces >= 3
        and digits >= 7
        and (set(marks) & set("-.()") or passage.word(index - 1) in ("+", "("))
        and not _grouped(passage, index, last)
    ):
        return last
    if pieces >= 2 and digits >= 9 and passage.raw[index].startswith("0"):
        return last  # "020 7946 0958"
    if pieces == 2 and marks == "-" and len(passage.raw[index]) == 3 and len(passage.raw[index + 2]) == 4:
        return last
    if (number := read_number(passage, index)) is not None and number.part:
        return index
    if (
        passage.word(index + 1) in (":", "/")
        and passage.joined(index + 1)
        and passage.joined(index + 2)
        and passage.word(index + 2)[:1].isdigit()
    ):
        return last if pieces > 1 else index + 3
    return index


def _joined_digits(passage: Passage, index: int) -> tuple[int, str]:
    """One past the run of digits that begins at this token, and the marks or spaces (" ") between its pieces."""
    last, marks = index + 1, ""
    while last + 1 < len(passage):
        mark = passage.raw[last]
        if (
            mark.isdecimal()
            and passage.start[last] == passage.end[last - 1] + 1
            and (marks or len(mark) in (3, 4) or passage.word(index - 1) == "+")
        ):
            mark, following = " ", last
        elif (
            mark in "-./:()–"
            and passage.raw[last + 1].isdecimal()
            and passage.start[last + 1] - passage.end[last - 1] <= 3
        ):
            following = last + 1
        else:
            break
        if parse_digits(passage.raw[following]) is None and len(passage.raw[following]) < 3:
            break
        marks, last = marks + mark, following + 1
    return last, marks


def _grouped(passage: Passage, index: int, last: int) -> bool:
    """Whether all separators are spaces and all later groups have three digits."""
    return all(len(passage.raw[at]) == 3 for at in range(index + 1, last))


def in_name(passage: Passage, index: int, last: int) -> bool:
    """Whether the bare number of these tokens is a part of a name or a label ("Boeing 737", "Area 51", "G7", "page 12")."""
    before = passage.word(index - 1)
    if _is_item(passage, index, last) or _is_identifier(passage.raw[index]):
        return True
    if passage.capital(last) and any(word in STREETS for word in passage.low[last + 1 : last + 4]):
        return True
    if passage.joined(index):
        if before[:1].isalnum() or before in ("#", "_", "@", "№", "&"):
            return True
        if (
            before in HYPHENS | {"–", "."}
            and passage.joined(index - 1)
            and passage.word(index - 2)[:1].isalpha()
        ):
            return before != "–" or not passage.raw[index - 2].islower()
        if before in HYPHENS and passage.joined(index - 1) and passage.word(index - 2)[:1].isdigit():
            return True
    if last < len(passage) and passage.joined(last):
        after = passage.raw[last]
        if after in "_@\\" or (after.isalpha() and passage.raw[last - 1][-1].isdigit()):
            return True
    if before in ("#", "№") or (before == "." and passage.word(index - 2) in ("no", "nos")):
        return True
    if before in IDENTIFIERS and (passage.raw[index][0].isdigit() or passage.capital(index - 1)):
        return True
    return _capital_name(passage, index, last)


def _is_item(passage: Passage, index: int, last: int) -> bool:
    """Whether a number heads an item of a list: it opens a line, with a stop or a bracket and a capital behind it ("2. The bridge")."""
    opens = not passage.text[: passage.start[index]].rpartition("\n")[2].strip()
    marked = last == index + 1 and passage.word(last) in (".", ")") and passage.joined(last)
    return opens and marked and passage.capital(last + 1) and not passage.joined(last + 1)


def _is_identifier(digits: str) -> bool:
    """Whether digits are no number, since they begin with a nought ("agent 007", "extension 0958")."""
    return len(digits) > 2 and digits.isdecimal() and digits.startswith("0")


def _capital_name(passage: Passage, index: int, last: int) -> bool:
    if (
        not passage.raw[index][0].isdigit()
        or not passage.capital(index - 1)
        or passage.word(index - 1) in LABEL_WORDS
    ):
        return False
    if passage.sentence[index - 1] != passage.sentence[index] or not passage.raw[index - 1].isalpha():
        return False
    if len(passage.raw[index]) > 4 or "," in passage.raw[index]:
        return False
    return (
        len(passage.raw[index - 1]) == 1
        or not counts_things(passage, last)
        or (not passage.first(index - 1) and passage.capital(last))
    )


def is_pronoun(passage: Passage, index: int, last: int) -> bool:
    """Whether "one" here stands for a thing or a person and counts nothing."""
    before, after = passage.word(index - 1), passage.word(last)
    if before in BEFORE_PRONOUN and not (before == "the" and plural(passage.word(last + 1))):
        return True
    if after == "of":
        return (
            passage.word(last + 1) in PRONOUN_CONTEXTS
            or read_counted(passage, last + 1, after_of=True) is None
        )
    if after in HYPHENS and passage.joined(last):
        return passage.word(last + 1) in COMPOUND_WORDS
    if (
        not after
        or not after[0].isalpha()
        or after in ("s", "day", "thing", "such", "another", "other")
        or after in STOPPERS
        or after in AUXILIARIES
    ):
        return not (before in ("just", "only", "least", "than") and after not in PREPOSITIONS)
    return False

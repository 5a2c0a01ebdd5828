"""What is counted: the noun phrase after a number, found by form and closed classes alone."""

from __future__ import annotations

from onrecord.lang.en.closed_classes import (
    CASUALTIES,
    INNER,
    NOT_PLURAL,
    PARTICIPLES,
    STOPPERS,
    plural,
    words,
)
from onrecord.lang.en.numbers.numerals import HYPHENS
from onrecord.text.passages import APOSTROPHES, Passage

LONGEST_PHRASE = 7
TITLES = frozenset(("mr", "mrs", "ms", "dr", "gen", "sen", "rep", "gov", "st"))
SKIPPED = frozenset(words("the a an its their his her our my these those all more other"))


def read_counted(
    passage: Passage, index: int, *, one: bool = False, after_of: bool = False
) -> tuple[int, int] | None:
    """First and one past the last token of the noun phrase at this token, ``None`` where no noun phrase begins there.

    Args:
        one: whether the number is one, so that the noun is singular.
        after_of: whether "of" or "in" stands before it; a determiner may then open it.
    """
    at = index
    while after_of and passage.word(at) in SKIPPED and at - index < 2:
        at += 1
    first = at
    last = None
    while at < len(passage) and at - first < LONGEST_PHRASE:
        if at > first and (inner := _inner_tokens(passage, at)):
            at += inner
            continue
        word = passage.low[at]
        if (
            not word[0].isalpha()
            or (word in STOPPERS and passage.word(at - 1) not in HYPHENS)
            or (len(word) == 1 and not passage.capital(at))
        ):
            break
        if passage.sentence[at] != passage.sentence[first]:
            break
        if word in CASUALTIES and at == first and _ends_phrase(passage, at + 1):
            return first, at + 1
        if _is_verb(passage, at, first):
            break
        last = at + 1
        if plural(word) and not one and not passage.capital(at) and not _is_compound_part(passage, at):
            break
        at += 1
    return (first, last) if last is not None else None


def _inner_tokens(passage: Passage, at: int) -> int:
    """How many tokens at this one belong to a phrase and are no words of it: a hyphen, the stop of a title, what an apostrophe sets off, the "and" of a name."""
    word = passage.low[at]
    if word == "and":
        return int(passage.capital(at - 1) and passage.capital(at + 1))
    if not passage.joined(at):
        return 0
    if word in HYPHENS:
        return int(passage.joined(at + 1))
    if word == ".":
        return int(passage.low[at - 1] in TITLES)
    if word in APOSTROPHES:
        return 2 if passage.word(at + 1) == "s" and passage.joined(at + 1) else 1
    return 0


def _ends_phrase(passage: Passage, at: int) -> bool:
    return at >= len(passage) or not passage.raw[at][0].isalpha() or passage.low[at] in STOPPERS


def _is_verb(passage: Passage, at: int, first: int) -> bool:
    """Whether a form in -ed, after the phrase has begun or before a stop, is its verb."""
    word = passage.low[at]
    noun = word.endswith("eed") and word not in ("agreed", "freed", "guaranteed")
    if not word.endswith("ed") or len(word) < 4 or word in PARTICIPLES or noun:
        return False
    if passage.word(at + 1) in HYPHENS or (at > first and passage.word(at - 1) in HYPHENS):
        return False
    return at > first or _ends_phrase(passage, at + 1)


def _is_compound_part(passage: Passage, at: int) -> bool:
    """Whether a noun in the plural is only the first part of a compound ("arms dealers")."""
    after = passage.word(at + 1)
    if passage.low[at] in INNER:
        return plural(after) and after not in STOPPERS
    if passage.word(at - 1) in HYPHENS and passage.joined(at) and after.isalpha() and after not in STOPPERS:
        return True
    return passage.word(at + 1) in APOSTROPHES and passage.joined(at + 1)


def counts_things(passage: Passage, index: int) -> bool:
    """Whether nouns in the plural follow closely, so that a bare number before them is a count."""
    found = read_counted(passage, index)
    if found is None:
        return False
    word = passage.low[found[1] - 1]
    return (plural(word) or word in CASUALTIES) and word not in NOT_PLURAL

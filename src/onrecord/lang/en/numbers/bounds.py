"""How exactly a figure is meant: "at least", "nearly", "up to", "or more"."""

from __future__ import annotations

from onrecord.text.passages import Passage
from onrecord.types import Comparison

_BEFORE: dict[Comparison, str] = {
    "over": "more than|at least|over|above|exceeding|exceeded|exceeds|exceed|in excess of|upwards of|upward of|no less than|no fewer than|"
    "not less than|not fewer than|greater than|higher than|larger than|better than|a minimum of|minimum of|minimum|starting at|surpassing|"
    "surpassed|beyond|topping|topped|north of|well over|just over|slightly over|slightly more than|little more than|>|≥|longer than|older than",
    "under": "less than|fewer than|under|below|up to|at most|no more than|not more than|no greater than|no higher than|as many as|as much as|"
    "as high as|a maximum of|maximum of|lower than|smaller than|not exceeding|shy of|south of|just under|well under|just below|"
    "slightly less than|little less than|<|≤|no longer than|younger than|not over",
    "about": "about|around|approximately|roughly|nearly|almost|some|an estimated|estimated|close to|near|circa|approx|approx.|~|≈|or so|"
    "an average of|on average|in the region of|in the order of|somewhere around|virtually|practically|towards|near to",
    "exactly": "exactly|precisely|only|just|a total of|totalling|totaling",
}
_AFTER: dict[Comparison, str] = {
    "over": "or more|or above|or over|or greater|or higher|or longer|or older|+|and above|and over|upwards|and upwards|and more",
    "under": "or less|or fewer|or under|or below|or lower|or younger|at most|at the most",
    "about": "or so|or thereabouts|approximately|give or take|- odd|odd",
}


def _phrases(table: dict[Comparison, str]) -> dict[tuple[str, ...], Comparison]:
    return {
        tuple(phrase.replace(".", " .").split()): name
        for name, phrases in table.items()
        for phrase in phrases.split("|")
    }


BEFORE = _phrases(_BEFORE)
AFTER = _phrases(_AFTER)
LONGEST = max(map(len, BEFORE))


def read_before(passage: Passage, index: int) -> tuple[int, Comparison] | None:
    """The words that bound the number which begins at this token: their first token, and what they say."""
    for size in range(LONGEST, 0, -1):
        if index >= size:
            found = BEFORE.get(passage.words(index - size, size))
            if found is not None and passage.sentence[index - size] == passage.sentence[index - 1]:
                return index - size, found
    return None


def read_after(passage: Passage, index: int) -> tuple[int, Comparison] | None:
    """The words at this token that bound the number before them: one past their last token, and what they say."""
    for size in (3, 2, 1):
        found = AFTER.get(passage.words(index, size))
        if found is not None and (size > 1 or passage.low[index] != "+" or passage.joined(index)):
            return index + size, found
    return None

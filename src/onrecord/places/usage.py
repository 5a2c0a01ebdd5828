"""How plainly a text uses a name as a place's, by what stands around it: "in X", "the mayor of X", "X, Illinois", a dateline."""

from __future__ import annotations

import re

from onrecord.places.capitalized_runs import WORD, load_contexts
from onrecord.places.gazetteer import Gazetteer

AROUND = 60  # characters looked at on each side
DATELINE = re.compile(
    r"(?:, [A-Z][\w. ]{1,25})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
    r" ?(?:\([A-Z][\w /]{1,30}\) ?)?(?:—|--|–|-|:|\ufffd|\")"
)


def word_before(text: str, start: int) -> str:
    """The word before a character in small letters, empty where a mark or a line end stands between."""
    words = WORD.findall(text[max(0, start - AROUND) : start])
    gap = text[max(0, start - 3) : start]
    return (
        words[-1].lower()
        if words and gap.endswith((" ", "\n")) and not re.search(r"[.,;:!?]\s*$", gap)
        else ""
    )


def evidence_of(
    text: str,
    begin: int,
    end: int,
    gazetteer: Gazetteer,
    *,
    known: bool = True,
) -> int:
    """2 where the text plainly uses the name at ``begin:end`` as a place's, 1 where it may, 0 where nothing says so.

    Args:
        known: whether the gazetteer has the name; one that it hasn't needs more.
    """
    contexts = load_contexts()
    before = WORD.findall(text[max(0, begin - AROUND) : begin])
    after = text[end : end + AROUND]
    previous = word_before(text, begin)
    if previous == "the" and len(before) > 1:
        previous = before[-2].lower()
    if previous in contexts["locative"]:
        return 2 if known or previous != "at" else 1
    if previous in ("to", "from") and len(before) > 1 and before[-2].lower() in contexts["motion"]:
        return 2
    if previous == "of" and len(before) > 1 and before[-2].lower() in contexts["settlement"]:
        return 2
    following = WORD.match(after[1:]) if after[:1] == " " else None
    if following and following[0] in contexts["settlement"]:
        return 2
    outer = re.match(r", \(?([A-Z][\w.]*(?: [A-Z][a-z]+)?)", after)
    if outer and any(place.kind in ("country", "region") for place in gazetteer.find(outer[1])):
        return 2
    if known and DATELINE.match(after) and _opens(text, begin):
        return 2
    if re.search(r"[A-Z][\w’'. ]+, $", text[max(0, begin - 30) : begin]) or previous in contexts["weak"]:
        return 1
    if following and following[0].lower() in contexts["speech"]:
        return 0
    return 1 if after[:2] in ("’s", "'s") else 0


def _opens(text: str, begin: int) -> bool:
    """Whether the name opens a paragraph, as a dateline does."""
    return not text[max(0, begin - 40) : begin].rpartition("\n")[2].strip()

"""What a difference between two wordings changes: a negation, a quantity, a modal verb, a name, or none of
these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.desk.alignment import Block
from onrecord.desk.quotation import FUNCTION_WEIGHT, Word
from onrecord.desk.verdict import Change
from onrecord.lang.en.closed_classes import words
from onrecord.linking.wording import NEGATORS

_NEGATORS = NEGATORS | frozenset(words("hardly barely scarcely nt"))
_MODALS = frozenset(
    words(
        "can could may might must shall should will would ought need if unless maybe perhaps possibly "
        "probably"
    )
)
_QUANTIFIERS = frozenset(
    words(
        "all both most many much some few several every each any half third quarter double twice triple "
        "majority minority dozen dozens hundred hundreds thousand thousands million millions billion "
        "billions trillion trillions percent one zero minus $ € £ ¥ ₹"
    )
)
_COMPARED = frozenset(words("over under above below more less fewer nearly almost about least exactly up"))
_CALENDAR = frozenset(
    words(
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
        "august september october november december today tomorrow yesterday"
    )
)
_CONTRACTED = re.compile(r"(?P<base>.+?)(?:(?P<negated>n['’]t)|['’](?P<verb>ll|d))$", re.IGNORECASE)
_IRREGULAR = {"wo": "will", "ca": "can", "sha": "shall"}
_OPENS = re.compile(r"(?:^|[.!?:\u2026\n])[\s\"'\u2018\u2019\u201c\u201d\u00ab\u00bb()\[\]\-\u2013\u2014]*$")
_TITLES = frozenset(
    words("mr mrs ms miss dr sir lord lady president senator sen rep governor gov general mayor")
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two wordings: its text, and all of its words that are compared."""

    text: str
    words: Sequence[Word]

    def raw(self, word: Word) -> str:
        """The word as it is written."""
        return self.text[word.start : word.end]

    def is_named(self, word: Word) -> bool:
        """Whether a word is written as a name is: a capital, and not only because a sentence begins."""
        raw = self.raw(word)
        if not raw[:1].isupper() or raw == "I" or word.weight == FUNCTION_WEIGHT or word.form in _TITLES:
            return False
        before = self.text[max(0, word.start - 12) : word.start]
        return (raw.isupper() and len(raw) > 1) or not (not before or _OPENS.search(before))


def change_of(block: Block, yours: Side, theirs: Side) -> Change | None:
    """What a difference changes, the gravest first.

    Args:
        yours: the quotation's side.
        theirs: the report's.
    """
    mine = list(_expanded(yours, block.yours))
    other = list(_expanded(theirs, block.theirs))
    if _count(mine, _NEGATORS) != _count(other, _NEGATORS):
        return "negation"
    if _numbers(mine) != _numbers(other) or _calendar(mine) != _calendar(other):
        return "quantity"
    if _counted(mine, _MODALS) != _counted(other, _MODALS):
        return "modality"
    return "name" if _differ_in_names(block, yours, theirs) else None


def changes_within(side: Side, cut: Iterable[Word]) -> Change | None:
    """What words change that were cut out of a sentence: a negation, a quantity or a modal verb."""
    found = list(_expanded(side, tuple(cut)))
    if _count(found, _NEGATORS):
        return "negation"
    if _numbers(found):
        return "quantity"
    return "modality" if _counted(found, _MODALS) else None


def negates(side: Side, word: Word) -> bool:
    """Whether a word negates: "never", "won't".

    >>> from onrecord.desk.quotation import words_in
    >>> text = "We won't and can pay"
    >>> [negates(Side(text, ()), word) for word in words_in(text)]
    [False, True, False, False, False]
    """
    return any(form in _NEGATORS for form in _expanded(side, (word,)))


def _expanded(side: Side, found: Iterable[Word]) -> Iterator[str]:
    """The forms of some words, contractions as the words they stand for: "won't" as "will" and "not"."""
    for word in found:
        if word.form == "cannot":
            yield from ("can", "not")
            continue
        match = _CONTRACTED.match(side.raw(word))
        if match is None:
            yield word.form
        elif match["negated"]:
            base = match["base"].casefold()
            yield from (_IRREGULAR.get(base, base), "not")
        else:
            yield match["base"].casefold()
            yield "will" if match["verb"].casefold() == "ll" else "would"


def _count(forms: Sequence[str], kind: frozenset[str]) -> int:
    return sum(form in kind for form in forms)


def _counted(forms: Sequence[str], kind: frozenset[str]) -> Counter[str]:
    return Counter(form for form in forms if form in kind)


def _numbers(forms: Sequence[str]) -> Counter[str]:
    """Digits, quantifiers, and "over", "nearly" and their like where a number follows."""
    found = Counter(form for form in forms if form[:1].isdigit() or form in _QUANTIFIERS)
    for form, following in zip(forms, forms[1:], strict=False):
        if form in _COMPARED and following[:1].isdigit():
            found[form] += 1
    return found


def _calendar(forms: Sequence[str]) -> Counter[str]:
    return _counted(forms, _CALENDAR - {"may", "march"})


def _differ_in_names(block: Block, yours: Side, theirs: Side) -> bool:
    """Whether one side has a name where the other has another, or has one more that isn't a part of a longer
    one.
    """
    known = {word.form for word in theirs.words}, {word.form for word in yours.words}
    mine = [word for word in block.yours if yours.is_named(word) and word.form not in known[0]]
    other = [word for word in block.theirs if theirs.is_named(word) and word.form not in known[1]]
    if mine and other:
        return True
    if not mine and not other:
        return _opening_names(block, yours, theirs)
    side, found, sides = (yours, mine, block.yours) if mine else (theirs, other, block.theirs)
    return not _beside_a_name(side, found[0], found[-1], sides)


def _opening_names(block: Block, yours: Side, theirs: Side) -> bool:
    """Whether both sides open a sentence with a word in its place that may be a name: one word on each side,
    neither a function word, each with a capital.
    """
    if len(block.yours) != 1 or len(block.theirs) != 1:
        return False
    pair = (yours, block.yours[0]), (theirs, block.theirs[0])
    return all(side.raw(word)[:1].isupper() and word.weight >= 1 for side, word in pair)


def _beside_a_name(side: Side, first: Word, last: Word, within: Sequence[Word]) -> bool:
    """Whether the word before or behind some words is a part of a name that both sides have."""
    places = [at for at, word in enumerate(side.words) if word in (first, last)]
    if not places:
        return False
    around = (places[0] - 1, places[-1] + 1)
    return any(
        0 <= at < len(side.words)
        and side.words[at] not in within
        and side.raw(side.words[at])[:1].isupper()
        and side.words[at].weight >= 1
        for at in around
    )

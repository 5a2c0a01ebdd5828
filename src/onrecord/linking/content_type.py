"""What the words of a content are: a clause, something to do, or a thing only.

"The fund lost money" says something whoever speaks. "To ban the boats" and "a ban on the boats" say something only together
with who vows, fears or mocks it: in two mouths they are two claims. No parser stands behind this: as in ``acts.content``,
news is read word by word as it is written, and where the words don't show a verb the content counts as a thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from onrecord.acts.cue_lexicon import load_content_classes, load_irregular_verbs, load_lexicon, tokenize_lower
from onrecord.lang.en.closed_classes import CONJUNCTIONS, DETERMINERS, PREPOSITIONS, words

ContentType = Literal["clause", "action", "noun_phrase"]

_LONGEST = 2000  # characters that are looked at

_SUBJECTS = frozenset(words("i we you he she they it"))
_THIRD = frozenset(words("he she they it him her them his hers their theirs its himself herself themselves"))
_RELATIVE = frozenset(words("who which whose whom that where when why how"))
_OPENS_CLAUSE = CONJUNCTIONS | frozenset(words("because since as after before until"))
_NOT_GERUND = frozenset(
    words("nothing something anything everything during morning evening spring king wedding building being")
)
_HAS_HAD = frozenset(words("is are was were be been being am has have had 's 're 've"))
_PARTICIPLE_GOES_ON = frozenset(words("by in at with as on from under for to of"))


def content_type_of(text: str) -> ContentType:
    """What the words of a content are.

    >>> content_type_of("that the fund lost money"), content_type_of("to ban the boats"), content_type_of("a ban on boats that leak")
    ('clause', 'action', 'noun_phrase')
    """
    found = _inside(text)
    if not found:
        return "noun_phrase"
    first, second = found[0], found[1] if len(found) > 1 else ""
    if (first == "to" and second not in DETERMINERS) or (first, second) == ("not", "to"):
        return "action"
    if _has_clause(found):
        return "clause"
    return (
        "action" if first.endswith("ing") and len(first) > 5 and first not in _NOT_GERUND else "noun_phrase"
    )


def starts_with_pronoun(text: str) -> bool:
    """Whether a content begins with a word for its speaker or for somebody named before ("they want a wall"): in
    the mouth of another it is about another.
    """
    return any(word in _THIRD for word in _inside(text)[:1])


def head_at(forms: Sequence[str]) -> int | None:
    """The place of the head of a noun phrase, given as words in lowercase letters: the last word before what goes on with a
    preposition or a relative word.
    """
    for place, form in enumerate(forms):
        if place and (form in PREPOSITIONS or form in _RELATIVE):
            return place - 1
    return len(forms) - 1 if forms else None


def _inside(text: str) -> list[str]:
    """The words without marks at the beginning, and without "that"."""
    found = tokenize_lower(text[:_LONGEST])
    start = 0
    while start < len(found) and not found[start][0].isalnum():
        start += 1
    if (
        found[start : start + 1] == ["that"]
        and found[start + 1 : start + 2]
        and found[start + 1] not in _HAS_HAD
    ):
        start += 1
    while start < len(found) and not found[start][0].isalnum():
        start += 1
    return found[start:]


def _has_clause(found: Sequence[str]) -> bool:
    """Whether there is a finite verb besides those of relative clauses ("boats that leak")."""
    waiting = 0
    for at, word in enumerate(found):
        before = found[at - 1] if at else ""
        if at and word in _RELATIVE and (word != "that" or before.isalpha()):
            waiting += 1
        elif word in _SUBJECTS and before.isalpha() and _is_noun_before(before):
            waiting += 1  # "the speeches she gave"
        elif _is_finite(found, at):
            if not waiting:
                return True
            waiting -= 1
    return False


def _is_noun_before(word: str) -> bool:
    return (
        word not in _OPENS_CLAUSE
        and word not in PREPOSITIONS
        and word not in _RELATIVE
        and word not in _HAS_HAD
    )


def _is_finite(found: Sequence[str], at: int) -> bool:
    word, before = found[at], found[at - 1] if at else ""
    behind = found[at + 1] if at + 1 < len(found) else ""
    if word in load_content_classes()["auxiliary"]:
        possessive = (
            word == "'s"
            and before not in _SUBJECTS
            and before not in ("that", "there", "what", "who", "here")
        )
        return at > 0 and not possessive and not (before == "to" or word in ("be", "been", "being"))
    if before in _SUBJECTS:
        return word.isalpha() and word not in _OPENS_CLAUSE and word not in PREPOSITIONS
    if (
        not at
        or before in DETERMINERS
        or before in PREPOSITIONS
        or before in _HAS_HAD
        or not before[-1].isalnum()
    ):
        return False
    if word in _pasts() or (word.endswith("ed") and len(word) > 4):
        return behind not in _PARTICIPLE_GOES_ON
    present = word.endswith("s") and not word.endswith("ss") and len(word) > 4
    return (
        present and behind in DETERMINERS and (word in load_lexicon().lemmas or behind in ("the", "a", "an"))
    )


@lru_cache(maxsize=1)
def _pasts() -> frozenset[str]:
    return frozenset(
        form
        for lemma, forms in load_irregular_verbs().items()
        for form in forms
        if form != lemma and not form.endswith(("ing", "s"))
    )

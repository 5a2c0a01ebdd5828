"""What stands beside a name in its run of capitalised words: what belongs to it, and what makes it part of another name.

"Florida *Gov.*", "*North* Kessia", "Walker *County*" go along with a place; "*Paris* Hilton", "Bank *of America*" are no place's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.places.capitalized_runs import Words, load_contexts
from onrecord.places.gazetteer import Gazetteer, fold

OFFICE = re.compile(r"[’']s (?:Office|Department|Association)")  # "Walker County Sheriff's Office" is a body


@dataclass(frozen=True, slots=True)
class NameContext:
    """A name in a run, and what stands beside it there.

    Args:
        surface: the name.
        demonym: whether it is a nationality word.
        begin, end: offsets of it with the words that belong to it ("North", "County").
        extended: whether such a word says that it is a place's.
        right: the words after it.
        alone: whether no word stands on either side, those that belong to it aside.
        officer: whether an office stands before it ("the mayor of").
    """

    surface: str
    demonym: bool
    begin: int
    end: int
    extended: bool
    right: tuple[str, ...]
    alone: bool
    officer: bool


def read_name_context(run: Words, first: int, last: int, gazetteer: Gazetteer) -> NameContext | None:
    """The name from word ``first`` to ``last``; ``None`` where the words beside it make it part of another one."""
    contexts = load_contexts()
    surface = run.surface(first, last)
    demonym = surface in gazetteer.demonyms
    left, right = _left(run, first), _right(run, last)
    begin, end = run.spans[first][0], run.spans[last][1]
    if left and run.gap(first) in ("-", " - ") and (_ends_in_name(run, first, gazetteer) or demonym):
        left = ()
    if right and run.gap(last + 1) in ("-",) and (longest_name_at(run, last + 1, gazetteer) or demonym):
        right = ()
    extended = False
    if right and (right[0] in contexts["suffix"] or right[0].title() in contexts["suffix"]) and not demonym:
        end, right, extended = run.spans[last + 1][1], right[1:], True
    of = bool(left) and run.gap(first).strip().startswith("of")
    officer = of and left[-1] in contexts["title"] | contexts["role"]
    if right and not officer and not _right_allows(run, right, demonym, gazetteer):
        return None
    if left and not _left_allows(left, demonym, gazetteer, of=of):
        return None
    if of:
        extended = extended or left[-1] in contexts["suffix"]
    elif left and left[-1] in contexts["direction"] and not demonym:
        begin = run.spans[first - 1][0]
    return NameContext(surface, demonym, begin, end, extended, right, not left and not right, officer)


def longest_name_at(run: Words, index: int, gazetteer: Gazetteer) -> int:
    """How many words from ``index`` on are a name of the gazetteer, or a nationality word."""
    word = run.words[index]
    longest = gazetteer.words_from(word) if word not in gazetteer.demonyms else gazetteer.longest
    for length in range(min(len(run.words) - index, longest), 0, -1):
        surface = run.surface(index, index + length - 1)
        if surface in gazetteer.demonyms or gazetteer.find(surface) or fold(surface) in gazetteer.counties:
            return length
        if surface.isupper() and surface.title() in gazetteer.demonyms:
            return length
    return 0


def _ends_in_name(run: Words, first: int, gazetteer: Gazetteer) -> bool:
    return any(
        run.surface(begin, first - 1) in gazetteer.demonyms
        or bool(gazetteer.find(run.surface(begin, first - 1)))
        for begin in range(max(0, first - 3), first)
    )


def _left(run: Words, first: int) -> tuple[str, ...]:
    """The words of the run before the name, without those that open a sentence."""
    words = run.words[:first]
    return () if words and words[-1] in load_contexts()["opener"] else words


def _right(run: Words, last: int) -> tuple[str, ...]:
    """The words after the name that go with it: none after a possessive ending, a link or a full stop."""
    if last + 1 >= len(run.words) or run.gap(last + 1) not in (" ", "-", "\u00a0"):
        return ()
    contexts, following = load_contexts(), run.words[last + 1]
    breaks = following in contexts["noplace"] or (
        following in contexts["opener"] and following not in contexts["role"]
    )
    return () if breaks else run.words[last + 1 :]


def _left_allows(left: tuple[str, ...], demonym: bool, gazetteer: Gazetteer, *, of: bool) -> bool:
    """Whether a place may follow these words of its run; ``of``: by way of an "of"."""
    contexts = load_contexts()
    if of:
        return left[-1] not in contexts["body"] and any(
            left[-1] in contexts[name] for name in ("role", "title", "suffix", "site")
        )
    if left[-1] in contexts["direction"] and not demonym:
        return not (len(left) > 1 and left[-2] in contexts["title"])
    return demonym or (left[-1] in gazetteer.demonyms and left[-1] not in contexts["title"])


def _right_allows(run: Words, right: tuple[str, ...], demonym: bool, gazetteer: Gazetteer) -> bool:
    """Whether a place may stand before these words of its run ("Florida *Gov.*", "German *troops*")."""
    contexts = load_contexts()
    if right[0] in contexts["role"] or right[0] in contexts["title"]:
        if OFFICE.match(run.text, run.spans[-1][1]):
            return False
        return not (right[-1] in contexts["body"] and right[0] not in contexts["title"])
    if right[0] in gazetteer.demonyms:
        return True
    body = right[-1] in contexts["site"] or any(word in contexts["body"] for word in right)
    return demonym and len(right) <= 3 and not body

"""What a person types into a search box, to a condition. Nothing typed is an error.

Words must all be there; ``OR`` (or ``|``) between two makes them alternatives; ``"..."`` is a phrase;
``-word`` or ``NOT word`` must not be there; ``word*`` is a prefix of two letters or more; parentheses group.
What can't be understood is taken as words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from onrecord.record.folding import LONGEST_TOKEN, fold_name, fold_word, words_of
from onrecord.record.index_tokens import FORM, filter_token
from onrecord.record.word_index import Condition, Group, Phrase, Term

MAX_TERMS = 40
SHORTEST_PREFIX = 2
"""Letters of a prefix; a single one matches too much to be found in time, and is taken as a word."""
_SHORTEST_INFLECTED = 4
# What may be missing of a word that a prefix breaks off inside its ending: "policie" of "policies".
_ENDINGS = ("", "e", "s", "es", "d", "ed", "g", "ng", "ing", "y")
_MAX_DEPTH = 10
_MARKS = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'))
_PARTS = re.compile(r'"[^"]*"?|[()|]|[^\s()|"]+')

EVERYTHING = Group("any", tuple(Term(filter_token(FORM, form)) for form in ("direct", "indirect", "mixed")))
"""Matches every statement."""


@dataclass(slots=True)
class _Level:
    """What stands inside one pair of parentheses so far."""

    parts: list[Condition] = field(default_factory=list)
    without: list[Condition] = field(default_factory=list)
    alternative: bool = False
    negative: bool = False

    def put(self, item: Condition | None) -> None:
        if item is not None:
            if self.negative:
                self.without.append(item)
            elif self.alternative and self.parts:
                last = self.parts.pop()
                before = (
                    last.parts
                    if isinstance(last, Group) and last.kind == "any" and not last.without
                    else (last,)
                )
                self.parts.append(Group("any", (*before, item)))
            else:
                self.parts.append(item)
        self.alternative = self.negative = False

    def close(self) -> Condition | None:
        if not self.parts and not self.without:
            return None
        if len(self.parts) == 1 and not self.without:
            return self.parts[0]
        return Group("all", tuple(self.parts or (EVERYTHING,)), tuple(self.without))


def parse_words(typed: str) -> Condition | None:
    """The condition of what was typed; ``None`` where there is no word in it.

    >>> parse_words('tax -"rate rise" OR')
    Group(kind='all', parts=(Term(token='tax', prefix=False),), without=(Phrase(tokens=('rate', 'rise')),))
    """
    levels = [_Level()]
    terms = 0
    for part in _PARTS.findall(typed.translate(_MARKS)):
        if part == "(" and len(levels) < _MAX_DEPTH:
            levels.append(_Level())
        elif part == ")" and len(levels) > 1:
            group = levels.pop().close()
            levels[-1].put(group)
        elif part in ("OR", "|"):
            levels[-1].alternative = True
        elif part == "NOT":
            levels[-1].negative = True
        elif part not in ("AND", "(", ")") and terms < MAX_TERMS:
            item, negative = _item(part)
            terms += _size(item)
            if part == "-":  # before a phrase or parentheses
                levels[-1].negative = True
            elif item is not None:
                levels[-1].negative |= negative
                levels[-1].put(item)
    while len(levels) > 1:
        group = levels.pop().close()
        levels[-1].put(group)
    return levels[0].close()


def parse_any(typed: str) -> Condition | None:
    """The condition that any of the words is there, whatever stands between them: a question in plain
    language.
    """
    tokens = list(dict.fromkeys(words_of(typed)))[:MAX_TERMS]
    return Group("any", tuple(map(Term, tokens))) if tokens else None


def _item(part: str) -> tuple[Condition | None, bool]:
    negative = part.startswith("-") and len(part) > 1
    tokens = tuple(words_of(part))[:MAX_TERMS]
    if not tokens:
        return None, False
    if len(tokens) > 1:
        return Phrase(tokens), negative
    if part.endswith("*") and not part.startswith('"') and (found := _prefix(part)) is not None:
        return found, negative
    return Term(tokens[0]), negative


def _prefix(part: str) -> Condition | None:
    """The condition of a prefix; ``None`` where it is too short.

    The index holds stems. Most begin as their word does, so the prefix is compared with them as it is. A stem
    that the prefix is longer than, or that ends otherwise, is looked for by itself: "accuse*" is the stem
    "accus", too, and "policie*" the stem "polici". So a prefix finds at least what the word itself finds.

    >>> _prefix("va*"), _prefix("accuse*").parts
    (Term(token='va', prefix=True), (Term(token='accuse', prefix=True), Term(token='accus', prefix=False)))
    """
    letters = "".join(fold_name(part).split())[:LONGEST_TOKEN]
    if len(letters) < SHORTEST_PREFIX:
        return None
    term = Term(letters, prefix=True)
    endings = _ENDINGS if len(letters) >= _SHORTEST_INFLECTED else _ENDINGS[:1]
    stems = dict.fromkeys(fold_word(letters + ending) for ending in endings)
    others = tuple(Term(stem) for stem in stems if stem and not stem.startswith(letters))
    return Group("any", (term, *others)) if others else term


def _size(item: Condition | None) -> int:
    if isinstance(item, Group):
        return len(item.parts)
    return len(item.tokens) if isinstance(item, Phrase) else int(item is not None)


def short_prefixes(typed: str) -> list[str]:
    """The parts of what was typed that look like prefixes and are too short to be any.

    >>> short_prefixes("v* bridge va* *")
    ['v*']
    """
    parts = [part for part in _PARTS.findall(typed.translate(_MARKS)) if part.endswith("*")]
    return [part for part in parts if 0 < len("".join(fold_name(part).split())) < SHORTEST_PREFIX]


def terms_of(condition: Condition | None) -> list[Term]:
    """The terms that a match has, those it must not have left out; each once, in order."""
    found: dict[Term, None] = {}
    waiting = [condition] if condition is not None else []
    while waiting:
        match waiting.pop(0):
            case Term() as term:
                found[term] = None
            case Phrase(tokens):
                found.update(dict.fromkeys(map(Term, tokens)))
            case Group(_, parts, _):
                waiting[:0] = parts
    return [term for term in found if not term.token.startswith("\u00a7")]

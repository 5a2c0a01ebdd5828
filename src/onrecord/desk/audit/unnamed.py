"""What the words for an unnamed speaker tell: one person whom the reporter knows, a crowd, or no person at all."""

from __future__ import annotations

import re
from typing import Literal

from onrecord.speakers.word_classes import in_class, is_plural, singular

Description = Literal["anonymous", "vague", "group", "other"]
"""Someone whom the report describes and doesn't name; a source that could be anybody; people in general, or an
institution; no person, or one who is named elsewhere."""

DEFINITE = frozenset("the this that these those his her its their our my".split())
INDEFINITE = frozenset("a an one another".split())
COUNTED = frozenset(
    "two three four five six seven eight nine ten several multiple some many few most both numerous".split()
)
VAGUE = frozenset(
    "source critic observer analyst expert insider rumor rumour commentator pundit skeptic sceptic detractor".split()
)
"""Heads that say nothing of who it is, unless something describes them."""
LONE = frozenset("some many others several most few".split())
CONFIDANTS = frozenset(
    "source aide adviser advisor insider diplomat staffer operative confidant associate strategist".split()
)
"""People whose words come from talking to a reporter, even where many are spoken of without a number."""
RANKS = frozenset("senior former top high-ranking high-level ranking unnamed unidentified anonymous".split())
SPOKEN_FOR = frozenset("spokesperson spokesman spokeswoman representative".split())
"""They speak for a body, which is the source; who they are adds little."""
ASKING = frozenset(
    "reporter moderator narrator host questioner interviewer journalist anchor correspondent".split()
)
"""They are there to ask, and are no sources."""
NAMED_LATER = frozenset(
    "judge candidate chair chairman chairwoman senator lawmaker minister mayor governor professor director member "
    "leader president chief secretary congressman congresswoman general economist author historian researcher".split()
)
"""Offices that a lead describes ("a federal judge said") and a later paragraph names."""

CLOSE_TO_IT = re.compile(
    r"\bfamiliar with\b|\bknowledge of\b|\bclose to\b|\bbriefed (?:on|about|by)\b|\banonym|\bnot (?:to be )?authori[sz]ed\b"
    r"|\bnot to be (?:named|identified|quoted)\b|\bunnamed\b|\bunidentified\b",
    re.IGNORECASE,
)
_CORE_END = re.compile(
    r"[,;:(–—]|\s-+\s|\s(?:of|for|to|who|whom|that|which|with|at|in|from|on|and|close|familiar|briefed|involved|speaking|working"
    r"|near|inside|within|by|about|among|present|including)\s",
)
_NAME_BEHIND = re.compile(r",\s(?:\w+\.?\s){0,3}[A-Z][\w.'’]*\s(?:[\"“]\w+[\"”]\s)?[A-Z][\w'’]+")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def is_named_later(words: str) -> bool:
    """Whether a lead may describe somebody so whom the report names further down."""
    core = core_of(words)
    return bool(core) and core[0].lower() in INDEFINITE and singular(core[-1]) in NAMED_LATER


def is_office(words: str) -> bool:
    """Whether the words are somebody's office or a reference to somebody, so that another voice may be the same.

    >>> is_office("the PTI chief"), is_office("the report")
    (True, False)
    """
    core = core_of(words)
    if _NAME_BEHIND.search(words):
        return False
    return bool(core) and describe_unnamed(words) == "other" and _is_person(singular(core[-1]))


def is_thing(words: str) -> bool:
    """Whether the words are for neither people, nor a body, nor something written: "the crisis", "talk".

    >>> is_thing("the euro crisis"), is_thing("official figures"), is_thing("a port official"), is_thing("others")
    (True, False, False, False)
    """
    core = core_of(words)
    if not core or core[0].lower() in LONE or core[-1].lower() in LONE:
        return False
    if all(word.lower() in ("the", "a", "an") for word in core):
        return True
    if core[0].lower() in ("those", "these"):  # "those close to him"
        return False
    head = singular(core[-1])
    return not (
        _is_person(head) or _is_group(core[-1]) or in_class(head, "body") or in_class(core[-1], "paper")
    )


def _is_group(word: str) -> bool:
    """Whether a noun in the plural may be people of a kind that no list has: "Sherpas", "campaigners"."""
    plain = word.lower()
    return (
        is_plural(plain)
        and not plain.endswith("ments")
        and (
            word[0].isupper() or plain.endswith(("ers", "ors", "ists", "ans", "ians", "ees", "ents", "ants"))
        )
    )


def core_of(words: str) -> list[str]:
    """The words up to what follows the head: determiner, adjectives, head.

    >>> core_of("A senior port official, who asked not to be named")
    ['A', 'senior', 'port', 'official']
    """
    cut = _CORE_END.search(words, 2)
    return _WORD.findall(words[: cut.start()] if cut else words)


def describe_unnamed(words: str) -> Description:
    """What the words for an unnamed speaker tell of who it is.

    >>> [describe_unnamed(words) for words in ("a port official", "critics", "residents", "the meeting")]
    ['anonymous', 'vague', 'group', 'other']
    >>> describe_unnamed("analysts at Brannock Bank"), describe_unnamed("people familiar with the talks")
    ('group', 'anonymous')
    """
    core = core_of(words)
    if not core:
        return "other"
    first, head = core[0].lower(), singular(core[-1])
    described = len(words.split()) > len(core)
    if len(core) == 1 and first in LONE and not described:
        return "vague"
    if not _is_person(head):
        return "other"
    if CLOSE_TO_IT.search(words):
        return "anonymous"
    if head in VAGUE and not described and len(core) <= 2 and first not in DEFINITE:
        return "vague"
    if head in SPOKEN_FOR | ASKING or _is_named(core):
        return "group" if is_plural(core[-1].lower()) else "other"
    return _by_determiner(core, first, head)


def _by_determiner(core: list[str], first: str, head: str) -> Description:
    plural = is_plural(core[-1].lower())
    if first in INDEFINITE and not plural:
        return "anonymous"
    if first in DEFINITE:
        return "group" if plural else "other"
    if not plural:
        return "other"  # "PTI chief", "Harbour master": the office names whoever holds it
    ranked = bool(RANKS & {word.lower() for word in core})
    known = head in CONFIDANTS or ranked or (first in COUNTED and first != "many" and head == "official")
    return "anonymous" if known else "group"


def _is_person(head: str) -> bool:
    return head in ("people", "person", "one") or head in VAGUE | CONFIDANTS or in_class(head, "person")


def _is_named(core: list[str]) -> bool:
    """Whether the words end in a name: "former minister Ana Brandt"."""
    return len(core) > 2 and core[-1][0].isupper() and core[-2][0].isupper() and not core[-1].isupper()

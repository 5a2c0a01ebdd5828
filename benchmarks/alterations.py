"""Rules that alter a quotation: each with what the altered copy should be linked to the quotation as."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from onrecord.linking import ALTERED_QUOTE, SAME_CLAIM, SAME_QUOTE

SYNONYMS = {
    "said": "stated", "says": "states", "big": "large", "large": "big", "help": "assist", "helped": "assisted", "begin": "start", "began": "started",
    "start": "begin", "started": "began", "buy": "purchase", "bought": "purchased", "get": "obtain", "got": "obtained", "show": "demonstrate",
    "shows": "demonstrates", "showed": "demonstrated", "need": "require", "needs": "requires", "needed": "required", "think": "believe",
    "thinks": "believes", "thought": "believed", "people": "persons", "country": "nation", "nation": "country", "countries": "nations", "job": "post",
    "jobs": "posts", "important": "crucial", "voters": "electors", "voter": "elector", "campaign": "race", "election": "ballot", "president": "head of state",
    "allow": "permit", "allowed": "permitted", "stop": "halt", "stopped": "halted", "end": "finish", "ended": "finished", "try": "attempt",
    "trying": "attempting", "tried": "attempted", "keep": "retain", "kept": "retained", "bad": "poor", "good": "fine", "great": "splendid", "money": "funds",
    "many": "numerous", "also": "too", "now": "at present", "very": "extremely", "because": "since", "although": "though", "about": "regarding",
    "against": "opposed to", "support": "back", "supports": "backs", "supported": "backed", "attack": "assault", "attacks": "assaults", "won": "prevailed",
    "win": "prevail", "lose": "forfeit", "lost": "forfeited", "tell": "inform", "told": "informed", "ask": "request", "asked": "requested", "make": "create",
    "made": "created", "right": "correct", "wrong": "mistaken", "problem": "difficulty", "problems": "difficulties", "plan": "scheme", "plans": "schemes",
    "use": "employ", "used": "employed", "find": "discover", "found": "discovered", "change": "alter", "changed": "altered", "changes": "alterations",
    "leave": "depart", "left": "departed", "whole": "entire", "often": "frequently", "quickly": "rapidly", "likely": "probable", "children": "kids",
    "women": "ladies", "men": "gentlemen", "law": "statute", "laws": "statutes", "police": "officers", "killed": "slain", "die": "perish", "died": "perished",
    "work": "labor", "working": "laboring", "workers": "employees", "policy": "approach", "policies": "approaches", "issue": "matter", "issues": "matters",
    "fight": "battle", "fighting": "battling", "every": "each", "always": "at all times", "different": "distinct", "difficult": "hard", "hard": "difficult",
    "kind": "sort", "home": "house", "world": "globe", "speech": "address", "email": "message", "emails": "messages", "debate": "argument",
    "candidate": "contender", "candidates": "contenders", "poll": "survey", "polls": "surveys", "government": "administration", "state": "province",
    "american": "US", "americans": "US citizens", "family": "household", "families": "households", "future": "time ahead", "believe": "think",
    "believes": "thinks", "want": "wish", "wants": "wishes", "wanted": "wished", "going": "about", "talk": "speak", "talking": "speaking", "talked": "spoke",
    "give": "hand", "given": "handed", "gave": "handed", "take": "accept", "taking": "accepting", "took": "accepted", "clear": "plain", "clearly": "plainly",
    "better": "superior", "worse": "poorer", "never": "not ever", "increase": "rise", "increased": "rose", "decrease": "drop", "reduce": "cut",
}  # fmt: skip
"""Words and what stands for them in a paraphrase: our own table, made without looking at the corpus."""

_NUMBER = re.compile(r"\b\d[\d,]*(?:\.\d+)?")
_BREAK = re.compile(r"(?<=\w)([,;]|,? (?:and|but|because|while|although))\s+(?=\w)")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|will|would|can|could|should|has|have|had|must|does|do|did)\b(?! not\b|n[’'])"
)

Rule = Callable[[str, random.Random], str | None]


def respell(text: str, rng: random.Random) -> str | None:
    """Other quotation marks, spaces, case at the beginning and a mark at the end: still the same quotation."""
    return f"“{text[0].swapcase()}{text[1:]},”".replace(" ", "  ", 1).replace("'", "’")


def drop_word(text: str, rng: random.Random) -> str | None:
    """One word less, none that has a digit or negates."""
    words = text.split()
    may = [
        place
        for place, word in enumerate(words)
        if word.isalpha()
        and word.lower() not in ("no", "not", "never", "nobody", "none", "nor", "nothing", "neither")
        and not word[0].isupper()
    ]
    if len(words) < 6 or not may:
        return None
    gone = rng.choice(may)
    return " ".join(words[:gone] + words[gone + 1 :])


def change_number(text: str, rng: random.Random) -> str | None:
    """Each number in digits another."""
    if not _NUMBER.search(text):
        return None

    def other(match: re.Match[str]) -> str:
        digits = match[0]
        place = rng.choice([at for at, char in enumerate(digits) if char.isdigit()])
        new = rng.choice([char for char in "123456789" if char != digits[place]])
        return digits[:place] + new + digits[place + 1 :]

    return _NUMBER.sub(other, text)


def swap_clauses(text: str, rng: random.Random) -> str | None:
    """What stands behind the break nearest to the middle first."""
    found = [
        match
        for match in _BREAK.finditer(text)
        if min(len(text[: match.start()].split()), len(text[match.end() :].split())) >= 4
    ]
    if not found:
        return None
    middle = min(found, key=lambda match: abs(match.start() - len(text) / 2))
    return f"{text[middle.end() :].rstrip('.,; ')}, {text[: middle.start()]}"


def negate(text: str, rng: random.Random) -> str | None:
    """A "not" behind an auxiliary."""
    found = list(_AUXILIARY.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    return f"{text[: match.end()]} not{text[match.end() :]}"


def paraphrase(text: str, rng: random.Random) -> str | None:
    """Every word of the table another, three at least, and then the clauses swapped where they can be."""
    words = re.split(r"(\W+)", text)
    told = [place for place, word in enumerate(words) if word.lower() in SYNONYMS]
    if len(told) < 3:
        return None
    for place in told:
        words[place] = SYNONYMS[words[place].lower()]
    new = "".join(words)
    return swap_clauses(new, rng) or new


RULES: dict[str, tuple[Rule, frozenset[str]]] = {
    "respelled": (respell, frozenset({SAME_QUOTE})),
    "a word dropped": (drop_word, frozenset({SAME_QUOTE})),
    "clauses swapped": (swap_clauses, frozenset({SAME_QUOTE})),
    "numbers changed": (change_number, frozenset({ALTERED_QUOTE})),
    "negated": (negate, frozenset({ALTERED_QUOTE})),
    "paraphrased": (paraphrase, frozenset({SAME_CLAIM, SAME_QUOTE})),
}
"""Each rule with what its copies should be linked as. A paraphrase by a table keeps some words, so that either is
right."""

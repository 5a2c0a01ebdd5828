"""Chains of noun phrases that speak of the same thing, from what the network says of pairs; and the plain way to beat."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.segment import Range
from onrecord.speakers.evidence import Evidence
from onrecord.speakers.phrases import pronoun_class

_REACH = 400
"""Noun phrases before a pronoun that the plain way looks at."""


_APART = -3.0
_INDEFINITE_APART = -1.0
"""Log-odds under which the same head doesn't join two phrases after all; fitted on GUM's dev part."""

_INDEFINITE = frozenset(["a", "an", "another", "any", "no", "some"])


def find_chains(evidence: Evidence, text: str) -> list[list[Range]]:
    """Noun phrases in chains: each joins its likeliest antecedent, where one is likelier than none (Lee et al., EMNLP 2017); where none is, the last
    phrase with the same head, unless the network holds the two apart.
    """
    by_head: dict[str, int] = {}
    choices: list[int | None] = []
    for number, noun in enumerate(evidence.nouns):
        candidates = evidence.antecedents[number] if number < len(evidence.antecedents) else ()
        head = text[slice(*noun.head)].lower()
        choice = candidates[0][0] if candidates and candidates[0][1] > 0 else None
        if not pronoun_class(head):
            if choice is None and head in by_head:
                indefinite = text[noun.start : noun.end].split(None, 1)[0].lower() in _INDEFINITE
                odds = dict(candidates).get(by_head[head], 0.0)
                choice = by_head[head] if odds > (_INDEFINITE_APART if indefinite else _APART) else None
            by_head[head] = number
        choices.append(choice)
    return _joined(evidence, choices)


def head_chains(evidence: Evidence, text: str) -> list[list[Range]]:
    """Chains by the plain way: the same head, or the nearest noun phrase of fitting kind for a pronoun."""
    by_head: dict[str, int] = {}
    choices: list[int | None] = []
    for number, noun in enumerate(evidence.nouns):
        head = text[slice(*noun.head)].lower()
        kind = pronoun_class(head)
        if kind:
            choices.append(_nearest(evidence, text, number, kind))
        else:
            choices.append(by_head.get(head))
            by_head[head] = number
    return _joined(evidence, choices)


def _nearest(evidence: Evidence, text: str, number: int, kind: str) -> int | None:
    personal = kind in ("male", "female", "first", "first_many", "second", "many")
    for place in range(number - 1, max(-1, number - _REACH), -1):
        noun = evidence.nouns[place]
        other = pronoun_class(text[slice(*noun.head)])
        if noun.end > evidence.nouns[number].start:
            continue
        if other == kind or (
            not other and kind not in ("first", "second") and (noun.kind == "person") == personal
        ):
            return place
    return None


def _joined(evidence: Evidence, choices: Sequence[int | None]) -> list[list[Range]]:
    chain_of: dict[int, int] = {}
    chains: list[list[Range]] = []
    for number, noun in enumerate(evidence.nouns):
        choice = choices[number] if number < len(choices) else None
        if choice is not None and choice in chain_of:
            chain_of[number] = chain_of[choice]
            chains[chain_of[choice]].append((noun.start, noun.end))
        else:
            chain_of[number] = len(chains)
            chains.append([(noun.start, noun.end)])
    return chains

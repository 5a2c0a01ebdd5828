"""Chains of noun phrases that speak of the same thing, from what the network says of pairs; and the plain way to beat."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.speakers.evidence import Evidence
from onrecord.speakers.source_phrases import pronoun_class
from onrecord.text.segmentation import Range

_MAX_PRONOUN_DISTANCE = 400
"""Noun phrases before a pronoun that the plain way looks at."""


_NO_ANTECEDENT_SCORE = -3.0
_INDEFINITE_NO_ANTECEDENT_SCORE = -1.0
"""Log-odds under which the same head doesn't join two phrases after all; fitted on GUM's dev part."""

_INDEFINITE = frozenset(["a", "an", "another", "any", "no", "some"])


def find_chains(evidence: Evidence, text: str) -> list[list[Range]]:
    """Noun phrases in chains: each joins its likeliest antecedent, where one is likelier than none (Lee et al., EMNLP 2017); where none is, the last
    phrase with the same head, unless the network holds the two apart.
    """
    by_head: dict[str, int] = {}
    decisions: list[int | None] = []
    for number, noun_phrase in enumerate(evidence.noun_phrases):
        candidates = evidence.antecedents[number] if number < len(evidence.antecedents) else ()
        head = text[slice(*noun_phrase.head)].lower()
        decision = candidates[0][0] if candidates and candidates[0][1] > 0 else None
        if not pronoun_class(head):
            if decision is None and head in by_head:
                indefinite = (
                    text[noun_phrase.start : noun_phrase.end].split(None, 1)[0].lower() in _INDEFINITE
                )
                odds = dict(candidates).get(by_head[head], 0.0)
                decision = (
                    by_head[head]
                    if odds > (_INDEFINITE_NO_ANTECEDENT_SCORE if indefinite else _NO_ANTECEDENT_SCORE)
                    else None
                )
            by_head[head] = number
        decisions.append(decision)
    return _merge_chains(evidence, decisions)


def baseline_chains(evidence: Evidence, text: str) -> list[list[Range]]:
    """Chains by the plain way: the same head, or the nearest noun phrase of fitting kind for a pronoun."""
    by_head: dict[str, int] = {}
    decisions: list[int | None] = []
    for number, noun_phrase in enumerate(evidence.noun_phrases):
        head = text[slice(*noun_phrase.head)].lower()
        kind = pronoun_class(head)
        if kind:
            decisions.append(_nearest(evidence, text, number, kind))
        else:
            decisions.append(by_head.get(head))
            by_head[head] = number
    return _merge_chains(evidence, decisions)


def _nearest(evidence: Evidence, text: str, number: int, kind: str) -> int | None:
    personal = kind in ("male", "female", "first", "first_many", "second", "many")
    for place in range(number - 1, max(-1, number - _MAX_PRONOUN_DISTANCE), -1):
        noun_phrase = evidence.noun_phrases[place]
        other = pronoun_class(text[slice(*noun_phrase.head)])
        if noun_phrase.end > evidence.noun_phrases[number].start:
            continue
        if other == kind or (
            not other and kind not in ("first", "second") and (noun_phrase.kind == "person") == personal
        ):
            return place
    return None


def _merge_chains(evidence: Evidence, decisions: Sequence[int | None]) -> list[list[Range]]:
    chain_of: dict[int, int] = {}
    chains: list[list[Range]] = []
    for number, noun_phrase in enumerate(evidence.noun_phrases):
        decision = decisions[number] if number < len(decisions) else None
        if decision is not None and decision in chain_of:
            chain_of[number] = chain_of[decision]
            chains[chain_of[decision]].append((noun_phrase.start, noun_phrase.end))
        else:
            chain_of[number] = len(chains)
            chains.append([(noun_phrase.start, noun_phrase.end)])
    return chains

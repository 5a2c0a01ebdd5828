"""What the network says of names, of noun phrases and of which ones speak of the same thing: scores to runs of words and links. NumPy only."""

from __future__ import annotations

from dataclasses import dataclass

Antecedents = tuple[tuple[int, float], ...]
"""Candidates for what a mention takes up: (index of an earlier mention, log-odds that both speak of the same), best first."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name: words (first, last + 1) of the text, one of ``NAME_KINDS``, and the probability of its labels."""

    first: int
    last: int
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase, pronouns included: words (first, last + 1) of the text, the word ``head`` in them, one of ``MENTION_KINDS``, a probability.

    Mentions may nest ("the mayor of Alder" holds "Alder").
    """

    first: int
    last: int
    head: int
    kind: str
    score: float

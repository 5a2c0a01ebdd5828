"""How well a statement fits the words of a search, and which words of it are shown.

BM25 (Robertson and Zaragoza 2009) with two fields: content counts whole, source and cue half. It is worked
out here for a bounded set of candidates, the same on both databases: FTS5's own ``bm25`` reads every match of
every word, which for a word in a fifth of 2.5 million statements takes seconds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from onrecord.lang.en.closed_classes import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
)
from onrecord.record.folding import analyze_words, fold_word, prefix_of, words_with_prefix
from onrecord.record.retrieval import Passage
from onrecord.record.schema import documents
from onrecord.record.word_index import Term, count_matches
from onrecord.types import Document, Span, Statement

_K1, _B = 1.2, 0.75  # the usual values
MAX_OF_A_TERM = _K1 + 1
"""What a word's weight is multiplied with at most, however often the word is there."""
# Words of content in a statement of news, near enough: a constant, so that a score never moves as reports
# come in.
_LENGTH = 22.0
_PER_REPORT = 25  # statements
_ELSEWHERE = 0.5  # of a match in source, cue or the speaker's name
LONGEST_SNIPPET = 320  # characters
# Words of a question in plain language that tell nothing of what is asked for. Not those that tell little in a quotation
# (``link/wording``).
_STOP_WORDS = frozenset(
    fold_word(word)
    for word in DETERMINERS
    | PREPOSITIONS
    | CONJUNCTIONS
    | PRONOUNS
    | AUXILIARIES
    | {"there", "not", "said", "say", "says"}
)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A statement as a hit shows it: a part of the document, and the words in it that were searched for."""

    span: Span
    highlights: tuple[Span, ...]


def statements_about(connection: Connection) -> int:
    """About how many statements a record has, at least one: counting them takes too long in a large one."""
    reports = connection.scalar(select(func.max(documents.c.row))) or 0
    return max(int(reports) * _PER_REPORT, 1)


def weigh_terms(connection: Connection, terms: Sequence[Term]) -> dict[Term, float]:
    """How much each word tells: its inverse document frequency, where words in more than 20,000 statements
    count as that frequent.
    """
    total = statements_about(connection)
    weights = {}
    for term in terms:
        count = min(count_matches(connection, term), total)
        weights[term] = math.log(1 + (total - count + 0.5) / (count + 0.5))
    return weights


def score_passages(passages: Iterable[Passage], weights: Mapping[Term, float]) -> Iterator[tuple[float, int]]:
    """Yields the BM25 score and the key of each statement; scores are rounded, so that they are written and
    read back the same.
    """
    prefixes = {prefix_of(term.token) for term in weights}
    for passage in passages:
        length, content = words_with_prefix(passage.content, prefixes)
        _, attribution = words_with_prefix(passage.attribution, prefixes)
        norm = _K1 * (1 - _B + _B * length / _LENGTH)
        total = 0.0
        for term, weight in weights.items():
            times = _times(content, term) + _ELSEWHERE * _times(attribution, term)
            total += weight * times * (_K1 + 1) / (times + norm)
        yield round(total, 6), passage.key


def _times(tokens: Sequence[str], term: Term) -> int:
    if term.prefix:
        return sum(token.startswith(term.token) for token in tokens)
    return tokens.count(term.token)


def informative(terms: Sequence[Term]) -> Sequence[Term]:
    """Those of the words of a question that tell what it asks for: of "who is for the old bridge", two. All of them, where
    none does.
    """
    return [term for term in terms if term.token not in _STOP_WORDS] or terms


def cut_snippet(document: Document, statement: Statement, terms: Iterable[Term]) -> Snippet:
    """The statement, or where it is long the part of it with the most words searched for, cut between
    words.
    """
    whole = {term.token for term in terms if not term.prefix}
    prefixes = tuple(term.token for term in terms if term.prefix)
    start, end = statement.start, min(statement.end, statement.start + 20_000)
    words = list(analyze_words(document.text[start:end]))
    hits = [
        (first, last)
        for first, last, token in words
        if token in whole or (prefixes and token.startswith(prefixes))
    ]
    left, right = 0, end - start
    if right > LONGEST_SNIPPET:
        left, right = _window([first for first, _ in hits], right)
        left = next((first for first, _, _ in words if first >= left), left)
        right = max((last for _, last, _ in words if left < last <= right), default=right)
    shown = tuple(
        document.span(start + first, start + last) for first, last in hits if left <= first and last <= right
    )
    return Snippet(document.span(start + left, start + right), shown)


def _window(places: Sequence[int], length: int) -> tuple[int, int]:
    """The stretch with most of the places, the first of those; a little before its first place, for the words
    around it.
    """
    if not places:
        return 0, LONGEST_SNIPPET
    best, most, first = 0, 0, 0
    for last, place in enumerate(places):
        while place - places[first] > LONGEST_SNIPPET * 3 // 4:
            first += 1
        if last - first + 1 > most:
            best, most = places[first], last - first + 1
    left = max(0, min(best - LONGEST_SNIPPET // 8, length - LONGEST_SNIPPET))
    return left, min(left + LONGEST_SNIPPET, length)

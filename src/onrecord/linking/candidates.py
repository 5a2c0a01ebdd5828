"""Which statements of a record may say the same as one: out of the index, a bounded number, never all.

Three ways in: the hashes of quotations; the rarest words of a content, two at a time; the nearest vectors.
What one costs doesn't grow with the record but for the index's own look-up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from sqlalchemy import Connection, select

from onrecord.linking.wording import Wording
from onrecord.record.folding import hash_quote, words_of
from onrecord.record.keys import document_of
from onrecord.record.retrieval import load_passages
from onrecord.record.schema import quotes
from onrecord.record.word_index import Group, Term, count_matches, find_keys

_COUNTED = 10  # words of a content whose frequency is asked for
_RAREST = 5  # of which any two may be what both have
_NEWEST, _OLDEST = 40, 10  # statements that are looked at: the newest, and the oldest to know who was first
_MAX_SIMILAR = 0.4  # least share of the shorter content's words that both have
_KEPT = 20  # of the most alike

Counts = dict[str, int]
"""In how many statements a word is, as far as it was asked for."""


def find_same_quotes(connection: Connection, wording: Wording) -> set[int]:
    """The keys of statements with the same quotation, or a piece of it, but for marks and spaces."""
    pieces = [piece.text for piece in wording.statement.content]
    found: set[int] = set()
    for fold in {hash_quote(text) for text in (*pieces, " ".join(pieces))} - {None}:
        column = quotes.c.statement
        query = select(column).where(quotes.c.hash == fold)
        for order, limit in ((column.desc(), _NEWEST), (column, _OLDEST)):
            found.update(connection.scalars(query.order_by(order).limit(limit)))
    return found


def find_similar(connection: Connection, wording: Wording, own: Counter[str], counts: Counts) -> set[int]:
    """The keys of the statements with the most words in common, among those with two of its rarest.

    Args:
        own: in how many statements of its own document each word is, where the record has that.
        counts: kept from statement to statement.
    """
    rarest = _rarest(connection, wording, own, counts)
    if len(rarest) < 2:
        return set()
    pairs = Group("any", tuple(Group("all", (Term(a), Term(b))) for a, b in combinations(rarest, 2)))
    keys = set(find_keys(connection, pairs, limit=_NEWEST))
    if len(keys) == _NEWEST:
        keys.update(find_keys(connection, pairs, limit=_OLDEST, oldest_first=True))
    return set(_most_similar(connection, wording, keys))


def _rarest(connection: Connection, wording: Wording, own: Counter[str], counts: Counts) -> list[str]:
    informative = {word.token: word.number for word in wording.words if word.weight >= 1 and not word.negates}
    asked = sorted(informative, key=lambda token: (not informative[token], -len(token), token))[:_COUNTED]
    for token in asked:
        if token not in counts:
            counts[token] = count_matches(connection, Term(token))
    elsewhere = [token for token in asked if counts[token] > own[token]]
    return sorted(elsewhere, key=lambda token: (counts[token], token))[:_RAREST]


def _most_similar(connection: Connection, wording: Wording, keys: Iterable[int]) -> list[int]:
    mine = Counter(word.token for word in wording.words if word.weight >= 1)
    ranked = []
    for passage in load_passages(connection, list(keys)):
        theirs = Counter(words_of(passage.content))
        common = sum((mine & theirs).values())
        shorter = min(sum(mine.values()), sum(theirs.values()))
        if shorter and common >= 3 and common / shorter >= _MAX_SIMILAR:
            ranked.append((common / shorter, passage.key))
    return [key for _, key in sorted(ranked, reverse=True)[:_KEPT]]


def exclude_document(keys: Iterable[int], document: int | None) -> Sequence[int]:
    """Those of the keys that aren't of a document, by its row, in order."""
    return sorted(key for key in keys if document_of(key) != document)

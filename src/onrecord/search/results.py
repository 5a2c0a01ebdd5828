"""A page of hits: the statements that fit a query, each with the words to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection

from onrecord.errors import SettingsError
from onrecord.record import Embed, Record, StoredStatement
from onrecord.record.retrieval import load_statements
from onrecord.record.word_index import Term
from onrecord.search.conditions import condition_for, query_terms
from onrecord.search.cursors import Cursor
from onrecord.search.ordering import RankedKeys, cut_page, rank_any, search_by_day, search_by_relevance
from onrecord.search.query import Query
from onrecord.search.ranking import Snippet, cut_snippet, informative
from onrecord.search.semantic import semantic_search


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement that was found, with its document, who speaks and at whom, and the words to show. ``score``
    is how well it matches: by words it only orders one search's hits; by words and meaning it is at most 1.6,
    1 for the words and 0.6 for the meaning. It says nothing of how sure the statement or its speaker is.
    """

    found: StoredStatement
    snippet: Snippet
    score: float | None

    def to_dict(self) -> dict[str, Any]:
        """The hit made of JSON values, without the document's text."""
        document = asdict(self.found.document)
        del document["text"]
        return {
            "document": document,
            "statement": asdict(self.found.statement),
            "speaker": self.found.speaker.name if self.found.speaker else None,
            "target": self.found.target.name if self.found.target else None,
            "snippet": asdict(self.snippet.span),
            "highlights": [{"start": span.start, "end": span.end} for span in self.snippet.highlights],
            "score": self.score,
        }


@dataclass(frozen=True, slots=True)
class Page:
    """Some hits, and what to pass as ``after`` for the next (``None`` at the end). How many there are in all
    isn't counted. ``nearest`` is what a search by words and meaning comes nearest to where nothing is close
    enough to be a hit.
    """

    hits: tuple[Hit, ...]
    after: str | None
    nearest: Hit | None = None

    def to_dict(self) -> dict[str, Any]:
        """The page made of JSON values."""
        return {
            "hits": [hit.to_dict() for hit in self.hits],
            "after": self.after,
            "nearest": self.nearest.to_dict() if self.nearest else None,
        }


def search(record: Record, query: Query, *, embed: Embed | None = None) -> Page:
    """A page of the statements that fit.

    Args:
        embed: texts to vectors, float32 [text, width], by the model whose vectors the record holds; needed for
            ``by`` other than words.

    Raises:
        SettingsError: ``after`` isn't from a page, or meaning is asked for without ``embed``.
        RecordError: the record can't be read.
    """
    if query.by != "words" and query.words.strip():
        if embed is None:
            raise SettingsError(
                "by: expected a model for search by meaning, found none; search by words, or give one"
            )
        question = np.asarray(embed([query.words]), dtype=np.float32)[0]
        with record.read_connection() as connection:
            return _page(connection, query, *semantic_search(record, connection, query, question))
    with record.read_connection() as connection:
        condition = condition_for(query)
        if condition is None:
            return Page((), None)
        if not query.words.strip() or query.sort in ("newest", "oldest"):
            return _page(connection, query, *search_by_day(connection, query, condition))
        if query.match == "any":
            return _page(connection, query, *cut_page(rank_any(connection, query), query))
        return _page(connection, query, *search_by_relevance(connection, query, condition))


def _page(
    connection: Connection,
    query: Query,
    ranked: RankedKeys,
    cursor: Cursor | None,
    nearest: RankedKeys | None = None,
) -> Page:
    terms: Sequence[Term] = query_terms(query)
    if query.match == "any" or query.by != "words":
        terms = informative(terms)
    hits = _hits(connection, ranked, terms)
    near = _hits(connection, nearest or [], terms)
    return Page(hits, cursor.write() if cursor else None, near[0] if near else None)


def _hits(connection: Connection, ranked: RankedKeys, terms: Sequence[Term]) -> tuple[Hit, ...]:
    scores = {key: value for value, key in ranked}
    found = load_statements(connection, [key for _, key in ranked])
    return tuple(
        Hit(item, cut_snippet(item.document, item.statement, terms), scores[item.key]) for item in found
    )

"""Search: by words, by meaning or by both, narrowed by who, to whom, how, when and where; a page of hits with
their evidence.

What a page costs doesn't grow with the record. Words and filters are one intersection in the word index, read
from the newest match on; by relevance, the newest 500 matches are ranked, and when they have been shown the
500 before them, and so on.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from onrecord.errors import SettingsError
from onrecord.store import Embed, Found, Store
from onrecord.store.cursor import Cursor, read_cursor
from onrecord.store.fetch import load_found, load_passages
from onrecord.store.folding import fold_name
from onrecord.store.index import Condition, Group, Term, find_keys, match_keys
from onrecord.store.keys import LAST_KEY, document_of, keys_between, position_of
from onrecord.store.parse import EVERYTHING, parse_any, parse_words, terms_of
from onrecord.store.ranking import MOST_OF_A_TERM, Snippet, cut_snippet, score_passages, telling, weigh_terms
from onrecord.store.schema import claims
from onrecord.store.tokens import (
    ACT,
    COUNTRY,
    FORM,
    PLACE,
    PUBLISHER,
    PUBLISHER_NAME,
    SPEAKER,
    SPEAKER_NAME,
    STANCE,
    TARGET,
    TARGET_NAME,
    UNIT,
    figure_marks,
    mark,
    name_marks,
)
from onrecord.types import Form, Stance

MOST_HITS = 500  # on a page
_WINDOW = 500  # newest matches that are ranked together
_POOL = 500  # candidates for "any of the words"
_FUSED = 200  # best of each kind that are fused
# What a cosine counts beside the share of the words' weight that a statement has: 0.5 to 0.7 was best on either half
# of the judged questions (docs/meaning.md), and better than reciprocal ranks.
_MEANING = 0.6
_FEW = 20_000  # matches of the filters up to which meaning is compared among them alone

Sort = Literal["relevance", "newest", "oldest"]
By = Literal["words", "meaning", "both"]


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for.

    ``speaker``, ``target`` and ``publisher`` fit where a name, or a speaker's alias, has all their words;
    with ``exact_names``, where the name is the same but for case, accents and punctuation. ``place`` is the
    name of a place or the two letters of a country that a statement speaks of. ``since`` and ``until`` are
    days, months or years (ISO 8601), both included; reports without a date are left out where either is
    given. ``figure`` is the least and the greatest number, either open (``None``); ``unit`` is the figure's.
    ``sort`` is by relevance where there are words, else newest first. ``after`` is the last page's.

    Raises:
        SettingsError: a value that can't be one.
    """

    words: str = ""
    speaker: str | None = None
    target: str | None = None
    act: str | None = None
    form: Form | None = None
    stance: Stance | None = None
    publisher: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    figure: tuple[float | None, float | None] | None = None
    unit: str | None = None
    exact_names: bool = False
    match: Literal["all", "any"] = "all"
    by: By = "words"
    sort: Sort | None = None
    limit: int = 20
    after: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MOST_HITS:
            raise SettingsError(f"limit: expected 1 to {MOST_HITS}, found {self.limit}")
        for name in ("since", "until"):
            if (value := getattr(self, name)) is not None and keys_between(value, None)[0] == keys_between(
                "0000", None
            )[0]:
                raise SettingsError(
                    f"{name}: expected a day, month or year like 2024-03-12, found {value[:40]!r}"
                )
        if self.figure and any(value is not None and math.isnan(value) for value in self.figure):
            raise SettingsError("figure: expected numbers, found one that is none")


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement that was found, with its document, who speaks and at whom, and the words to show. ``score``
    only orders one search's hits.
    """

    found: Found
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
    isn't counted.
    """

    hits: tuple[Hit, ...]
    after: str | None

    def to_dict(self) -> dict[str, Any]:
        """The page made of JSON values."""
        return {"hits": [hit.to_dict() for hit in self.hits], "after": self.after}


Ranked = list[tuple[float | None, int]]
"""Scores and keys, best first."""


def search(store: Store, query: Query, *, embed: Embed | None = None) -> Page:
    """A page of the statements that fit.

    Args:
        embed: texts to vectors, float32 [text, width], by the model whose vectors the store holds; needed for
            ``by`` other than words.

    Raises:
        SettingsError: ``after`` isn't from a page, or meaning is asked for without ``embed``.
        StoreError: the record can't be read.
    """
    if query.by != "words" and query.words.strip():
        if embed is None:
            raise SettingsError(
                "by: expected a model for search by meaning, found none; search by words, or give one"
            )
        question = np.asarray(embed([query.words]), dtype=np.float32)[0]
        with store.reading() as connection:
            return _page(connection, query, *_search_meaning(store, connection, query, question))
    with store.reading() as connection:
        condition = _condition(query)
        if condition is None:
            return Page((), None)
        if not query.words.strip() or query.sort in ("newest", "oldest"):
            return _page(connection, query, *_search_by_day(connection, query, condition))
        if query.match == "any":
            return _page(connection, query, *_cut(_rank_any(connection, query), query))
        return _page(connection, query, *_search_by_relevance(connection, query, condition))


def _page(connection: Connection, query: Query, ranked: Ranked, cursor: Cursor | None) -> Page:
    terms: Sequence[Term] = terms_of(_words(query))
    if query.match == "any" or query.by != "words":
        terms = telling(terms)
    scores = {key: value for value, key in ranked}
    found = load_found(connection, [key for _, key in ranked])
    hits = (Hit(item, cut_snippet(item.document, item.statement, terms), scores[item.key]) for item in found)
    return Page(tuple(hits), cursor.write() if cursor else None)


# Conditions


def _words(query: Query) -> Condition | None:
    return parse_any(query.words) if query.match == "any" or query.by != "words" else parse_words(query.words)


def _condition(query: Query) -> Condition | None:
    """All that the index can decide; ``None`` where nothing can fit."""
    filters = _filters(query)
    if filters is None:
        return None
    if query.words.strip():
        words = _words(query)
        return None if words is None else Group("all", (words, *filters))
    return Group("all", tuple(filters)) if filters else EVERYTHING


def _filters(query: Query) -> list[Condition] | None:
    """The conditions of all filters but the days; ``None`` where one can't fit anything."""
    wanted: list[str | None] = []
    for kind, value in ((ACT, query.act), (FORM, query.form), (STANCE, query.stance), (UNIT, query.unit)):
        if value is not None:
            wanted.append(mark(kind, value))
    for word, whole, name in (
        (SPEAKER, SPEAKER_NAME, query.speaker),
        (TARGET, TARGET_NAME, query.target),
        (PUBLISHER, PUBLISHER_NAME, query.publisher),
    ):
        if name is not None:
            found = [mark(whole, name)] if query.exact_names else name_marks(word, name)[:20]
            wanted += found if fold_name(name) else [None]
    conditions: list[Condition] = [Term(token) for token in wanted if token is not None]
    if query.place is not None:
        marks = [mark(PLACE, query.place), *([mark(COUNTRY, query.place)] if len(query.place) == 2 else [])]
        conditions.append(Group("any", tuple(map(Term, marks))))
        wanted += marks if fold_name(query.place) else [None]
    if query.figure is not None:
        low, high = query.figure
        marks = figure_marks(
            -math.inf if low is None else low, math.inf if high is None else high, every=True
        )
        conditions.append(Group("any", tuple(map(Term, marks)) or (Term("\u00a7"),)))
        wanted += marks or [None]
    return None if None in wanted else conditions


def _find(
    connection: Connection,
    query: Query,
    condition: Condition,
    *,
    low: int = 0,
    high: int = LAST_KEY,
    limit: int,
    oldest: bool = False,
) -> list[int]:
    """Keys that fit, days and figures too."""
    first, last = keys_between(query.since, query.until)
    low, high = max(low, first), min(high, last)
    if query.figure is None:
        return (
            find_keys(connection, condition, low=low, high=high, limit=limit, oldest_first=oldest)
            if low <= high
            else []
        )
    kept: list[int] = []
    while low <= high and len(kept) < limit:
        asked = max(limit, 100) * 2
        keys = find_keys(connection, condition, low=low, high=high, limit=asked, oldest_first=oldest)
        kept += _with_figure(connection, query, keys)
        if len(keys) < asked:
            break
        low, high = (keys[-1] + 1, high) if oldest else (low, keys[-1] - 1)
    return kept[:limit]


def _with_figure(connection: Connection, query: Query, keys: Sequence[int]) -> list[int]:
    """The keys of those whose figure is within the range: the index knows steps of a scale only."""
    low, high = query.figure or (None, None)
    wanted = select(claims.c.document, claims.c.statement, claims.c.unit).where(
        claims.c.document.in_({document_of(key) for key in keys}),
        claims.c.statement.is_not(None),
        claims.c.type == "figure",
    )
    if low is not None:
        wanted = wanted.where(claims.c.most >= float(low))
    if high is not None:
        wanted = wanted.where(claims.c.least <= float(high))
    unit = None if query.unit is None else fold_name(query.unit)
    places = {
        (row.document, row.statement)
        for row in (connection.execute(wanted) if keys else ())
        if unit is None or fold_name(row.unit or "") == unit
    }
    return [key for key in keys if (document_of(key), position_of(key)) in places]


# Orders


def _search_by_day(
    connection: Connection, query: Query, condition: Condition
) -> tuple[Ranked, Cursor | None]:
    cursor, oldest = read_cursor(query.after, "day"), query.sort == "oldest"
    low = cursor.key + 1 if cursor and oldest else 0
    high = cursor.key - 1 if cursor and not oldest else LAST_KEY
    keys = _find(connection, query, condition, low=low, high=high, limit=query.limit + 1, oldest=oldest)
    shown: Ranked = [(None, key) for key in keys[: query.limit]]
    return shown, Cursor("day", keys[query.limit - 1]) if len(keys) > query.limit else None


def _search_by_relevance(
    connection: Connection, query: Query, condition: Condition
) -> tuple[Ranked, Cursor | None]:
    """Ranks a window of the newest matches, then the window before it. A window once begun keeps its bounds
    from page to page.
    """
    terms = terms_of(_words(query))
    at = read_cursor(query.after, "window")
    if at is None or len(at.weights) != len(terms):
        # What words weigh is fixed on the first page and goes along: the order stays as it was
        # while reports come in.
        at = Cursor("window", weights=tuple(weigh_terms(connection, terms).values()))
    weights = dict(zip(terms, at.weights, strict=True))
    shown: Ranked = []
    while True:
        keys = _find(
            connection, query, condition, low=at.low or 0, high=at.high, limit=_WINDOW * (2 if at.low else 1)
        )
        ranked = _rank(connection, keys, weights)
        if at.score is not None:
            ranked = [item for item in ranked if _order(item) > _order((at.score, at.key))]
        room = query.limit - len(shown)
        shown += ranked[:room]
        if len(ranked) > room:
            value, key = shown[-1]
            return shown, replace(at, low=at.low or min(keys), score=value, key=key)
        if at.low is None and len(keys) < _WINDOW:
            return shown, None
        at = replace(at, high=(at.low or min(keys)) - 1, low=None, score=None)
        if len(shown) == query.limit:
            more = _find(connection, query, condition, high=at.high, limit=1)
            return shown, at if more else None


def _rank(connection: Connection, keys: Sequence[int], weights: dict[Term, float]) -> Ranked:
    return sorted(score_passages(load_passages(connection, keys), weights), key=_order)


def _order(item: tuple[float | None, int]) -> tuple[float, int]:
    return -(item[0] or 0.0), -item[1]


def _rank_any(connection: Connection, query: Query) -> Ranked:
    """The statements with any of the words, best first: those with the rarest words, and with pairs of
    them.
    """
    terms = terms_of(_words(query))
    filters = _filters(query)
    if not terms or filters is None:
        return []
    weights = weigh_terms(connection, terms)
    rarest = sorted(telling(terms), key=lambda term: -weights[term])
    keys: dict[int, None] = {}
    for together in _combinations(rarest):
        if (room := min(_POOL - len(keys), _POOL // 3)) > 0:
            condition = Group("all", (*together, *filters))
            keys.update(dict.fromkeys(_find(connection, query, condition, limit=room)))
    return _rank(connection, list(keys), weights)


def _combinations(rarest: Sequence[Term]) -> Iterator[tuple[Term, ...]]:
    if len(rarest) > 2:
        yield tuple(rarest)
    yield from combinations(rarest[:4], 2)
    yield from ((term,) for term in rarest[:8])


def _cut(ranked: Ranked, query: Query) -> tuple[Ranked, Cursor | None]:
    """The page of a whole ranking."""
    if (cursor := read_cursor(query.after, "rank")) is not None:
        ranked = [item for item in ranked if _order(item) > _order((cursor.score, cursor.key))]
    shown = ranked[: query.limit]
    return shown, Cursor("rank", shown[-1][1], shown[-1][0]) if len(ranked) > query.limit else None


def _search_meaning(
    store: Store, connection: Connection, query: Query, question: NDArray[np.float32]
) -> tuple[Ranked, Cursor | None]:
    filters = _filters(query)
    if filters is None:
        return [], None
    near = _nearest(store, connection, query, filters, question)
    if query.by == "meaning":
        return _cut([(round(cosine, 6), key) for key, cosine in near], query)
    keys = dict.fromkeys(key for key, _ in near)
    keys |= dict.fromkeys(key for _, key in _rank_any(connection, query)[:_FUSED])
    return _cut(_fuse(store, connection, query, list(keys), question), query)


def _fuse(
    store: Store,
    connection: Connection,
    query: Query,
    keys: Sequence[int],
    question: NDArray[np.float32],
) -> Ranked:
    """Ranks statements by their words and their meaning together; each of them is scored by both."""
    weights = weigh_terms(connection, terms_of(_words(query)))
    most = sum(weights.values()) * MOST_OF_A_TERM or 1.0
    cosines = dict(store.nearest(question, among=keys, low=0, high=LAST_KEY, limit=len(keys)))
    scored = score_passages(load_passages(connection, keys), weights)
    fused = ((round(value / most + _MEANING * cosines.get(key, 0.0), 6), key) for value, key in scored)
    return sorted(fused, key=_order)


def _nearest(
    store: Store,
    connection: Connection,
    query: Query,
    filters: list[Condition],
    question: NDArray[np.float32],
) -> list[tuple[int, float]]:
    low, high = keys_between(query.since, query.until)
    if not filters:
        return store.nearest(question, among=None, low=low, high=high, limit=_FUSED)
    condition = Group("all", tuple(filters))
    among = _find(connection, query, condition, limit=_FEW)
    if len(among) < _FEW:
        return store.nearest(question, among=among, low=low, high=high, limit=_FUSED)
    # So many fit the filters that some of the nearest do.
    near = store.nearest(question, among=None, low=low, high=high, limit=_FUSED * 5)
    fitting = match_keys(connection, condition, [key for key, _ in near])
    if query.figure is not None:
        fitting &= set(_with_figure(connection, query, sorted(fitting)))
    return [(key, cosine) for key, cosine in near if key in fitting][:_FUSED]

"""Other words for the same: statements near in meaning, passed through the filters of linking."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import func, select

from onrecord.lang.en.closed_classes import words
from onrecord.linking.same_claim import MIN_INFORMATIVE, NEAR, WordSimilarity, is_same_claim
from onrecord.linking.wording import Wording, wording_of_statement
from onrecord.record import Embed, Record, StoredStatement
from onrecord.record.keys import LAST_KEY
from onrecord.record.retrieval import load_statements
from onrecord.record.schema import documents
from onrecord.record.word_index import Term, count_matches
from onrecord.types import Document, Speaker, Statement

_NEAREST = 20
_MODALS = frozenset(words("can could may might must shall should will would ought"))
_CONTRACTED = re.compile(r"(?P<base>\w+)['\u2019](?P<end>ll|d|t)\b", re.IGNORECASE)
_IRREGULAR = {"won": "will", "can": "can", "shan": "shall", "couldn": "could", "wouldn": "would"}


@dataclass(slots=True)
class Meanings:
    """Looks for other words for a claim in a record.

    Args:
        record: the record.
        embed: texts to vectors, by the model whose vectors the record has.
    """

    record: Record
    embed: Embed
    _counts: dict[str, int] = field(default_factory=dict)

    def find(self, text: str, *, speaker: str | None) -> Iterator[tuple[StoredStatement, float, bool]]:
        """Yields the statements nearest in meaning, the nearest first: each with its cosine, and whether it
        claims the same.

        Args:
            speaker: the name that the claim is attributed to.
        """
        asked = _as_wording(text, speaker)
        (vector,) = np.asarray(self.embed([text]), dtype=np.float32)
        near = self.record.nearest(vector, among=None, low=0, high=LAST_KEY, limit=_NEAREST)
        with self.record.read_connection() as connection:
            found = {item.key: item for item in load_statements(connection, [key for key, _ in near])}
        closeness = WordSimilarity(self.embed, self._count, self._total)
        for key, cosine in near:
            if (item := found.get(key)) is None:
                continue
            wording = wording_of_statement(item.document, item.statement, item.speaker)
            same = (
                cosine >= NEAR
                and asked.informative >= MIN_INFORMATIVE
                and _modals(asked.text()) == _modals(wording.text())
                and is_same_claim(asked, wording, cosine, closeness)
            )
            yield item, round(cosine, 4), same

    def _count(self, tokens: Iterable[str]) -> Mapping[str, int]:
        new = [token for token in tokens if token not in self._counts]
        if new:
            with self.record.read_connection() as connection:
                self._counts.update((token, count_matches(connection, Term(token))) for token in new)
        return self._counts

    def _total(self) -> int:
        with self.record.read_connection() as connection:
            return int(connection.scalar(select(func.sum(documents.c.statements))) or 0)


def _as_wording(text: str, speaker: str | None) -> Wording:
    document = Document.of(text, origin="quotation")
    statement = Statement("quotation", "direct", None, None, (document.span(0, len(text)),))
    who = Speaker("asked", speaker, (), "person", None, None, ()) if speaker else None
    return wording_of_statement(document, statement, who)


def _modals(text: str) -> Counter[str]:
    """The modal verbs of a text, contractions included ("we'll", "can't").

    >>> sorted(_modals("We'll pay if we can't sell").items())
    [('can', 1), ('will', 1)]
    """
    found: Counter[str] = Counter()
    for match in _CONTRACTED.finditer(text):
        end = match["end"].casefold()
        verb = {"ll": "will", "d": "would"}.get(end) or _IRREGULAR.get(match["base"].casefold())
        if verb:
            found[verb] += 1
    rest = _CONTRACTED.sub(" ", text).casefold().replace("cannot", "can not")
    found.update(word for word in re.findall(r"[a-z]+", rest) if word in _MODALS)
    return found

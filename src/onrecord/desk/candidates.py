"""Where a quotation may stand: stretches of reports with its rarest words, out of the passage index.

What one costs doesn't grow with the record but for the index's own look-up: a bounded number of stretches is
read, those with most of the quotation's words.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from sqlalchemy import Connection, select

from onrecord.desk.quotation import Quotation, Word
from onrecord.record.folding import hash_quote
from onrecord.record.index_tokens import SPEAKER, name_tokens
from onrecord.record.keys import keys_of
from onrecord.record.passages import FoundPassage, count_passages, find_passages
from onrecord.record.retrieval import StoredStatement, load_documents, load_statements
from onrecord.record.schema import documents, quotes, statements
from onrecord.record.word_index import Group, Phrase, Term, find_keys
from onrecord.text.segmentation import Range
from onrecord.types import Document

_COUNTED = 12  # words whose frequency is asked for
_TOGETHER = 4  # of the rarest, those that an unaltered quotation has all
_RAREST = 5  # of which an altered one has two
_LONG = 12  # words of a part from which on its halves are looked up by themselves
_NEWEST, _OLDEST = 40, 15  # passages that are looked at
_BY_SPEAKER = 20
_READ = 24  # stretches that are compared word by word
_LEAST_COMMON = 0.3  # share of the quotation's telling words that such a stretch has
_MANY_WORDS, _READ_FOR_MANY = 150, 6  # of a quotation with so many words, which takes longer to compare
_LONGEST_WORD = 100  # characters
_PHRASE = 6  # words of a phrase that is looked up where all words are common


@dataclass(slots=True)
class Stretch:
    """A part of a document that may hold the quotation."""

    document: int
    start: int
    end: int


@dataclass(slots=True)
class Candidates:
    """Stretches by documents, and how they were found.

    ``complete`` is false where more passages have the words than are looked at.
    """

    documents: dict[int, Document]
    days: Mapping[int, int]
    stretches: list[Stretch]
    complete: bool = True


@dataclass(slots=True)
class Frequencies:
    """In how many passages words are, as they are asked for; kept from quotation to quotation."""

    counts: dict[str, int] = field(default_factory=dict)

    def of(self, connection: Connection, token: str) -> int:
        """The number of passages with a token."""
        if token not in self.counts:
            self.counts[token] = count_passages(connection, token)
        return self.counts[token]


def find_candidates(
    connection: Connection, quotation: Quotation, frequencies: Frequencies, *, speaker: str | None
) -> Candidates:
    """The stretches of reports that may hold a quotation, those with most of its words.

    Args:
        speaker: a name; statements of this speaker are looked at besides, however many others have the words.
    """
    found: dict[FoundPassage, None] = {}
    complete = True
    for part in quotation.parts:
        for alternatives in _alternatives(connection, quotation, part, frequencies):
            newest = find_passages(connection, alternatives, limit=_NEWEST)
            if len(newest) == _NEWEST:
                complete = False
                newest += find_passages(connection, alternatives, limit=_OLDEST, oldest_first=True)
            found.update(dict.fromkeys(newest))
    texts = load_documents(connection, {passage.document for passage in found})
    stretches = _widened(quotation, found, texts)
    keyed = _by_statements(connection, quotation, frequencies, speaker)
    texts.update(load_documents(connection, {row for row, _, _ in keyed} - texts.keys()))
    stretches += _widened(quotation, (FoundPassage(row, start, end) for row, start, end in keyed), texts)
    kept = _with_most_words(quotation, _merged(stretches), texts)
    rows = {stretch.document for stretch in kept}
    query = select(documents.c.row, documents.c.day).where(documents.c.row.in_(rows))
    days = {row.row: row.day for row in connection.execute(query)} if rows else {}
    return Candidates({row: texts[row] for row in rows}, days, kept, complete)


def _rarest(
    connection: Connection, quotation: Quotation, part: Sequence[Word], frequencies: Frequencies
) -> list[str]:
    """The tokens of a part of the quotation, the rarest first; those that no passage has are left out."""
    telling = dict.fromkeys(quotation.token(word) for word in part if word.weight >= 1)
    asked = sorted(filter(None, telling), key=lambda token: (not token[:1].isdigit(), -len(token)))[:_COUNTED]
    counted = {token: frequencies.of(connection, token) for token in asked}
    return sorted((token for token in asked if counted[token]), key=lambda token: counted[token])


def _alternatives(
    connection: Connection, quotation: Quotation, part: Sequence[Word], frequencies: Frequencies
) -> list[list[tuple[str, ...]]]:
    """What to ask the index: all of the rarest words together; any two of them; and of a long part, any two
    of each half, which may be from another place.
    """
    rarest = _rarest(connection, quotation, part, frequencies)
    if len(rarest) < 2:
        return [[tuple(rarest)]] if rarest else []
    asked: list[list[tuple[str, ...]]] = []
    if len(rarest) > 2:
        asked.append([tuple(rarest[:_TOGETHER])])
    asked.append(list(combinations(rarest[:_RAREST], 2)))
    if len(part) >= _LONG:
        for half in (part[: len(part) // 2], part[len(part) // 2 :]):
            own = _rarest(connection, quotation, half, frequencies)[:_RAREST]
            if len(own) >= 2 and len(set(own) & set(rarest[:_RAREST])) < len(own) - 1:
                asked.append(list(combinations(own, 2)))
    return asked


def _by_statements(
    connection: Connection, quotation: Quotation, frequencies: Frequencies, speaker: str | None
) -> list[tuple[int, int, int]]:
    """The documents and extents of statements with the words: of a speaker who is asked for; as a whole
    quotation; as a phrase, where all words are common.
    """
    keys: dict[int, None] = {}
    rarest = _rarest(connection, quotation, quotation.words, frequencies)
    marks = name_tokens(SPEAKER, speaker) if speaker else []
    if marks and len(rarest) >= 2:
        pairs = tuple(Group("all", (Term(a), Term(b))) for a, b in combinations(rarest[:_RAREST], 2))
        condition = Group("all", (Group("any", pairs), Term(marks[-1])))
        keys.update(dict.fromkeys(find_keys(connection, condition, limit=_BY_SPEAKER)))
    if quotation.telling < 3:
        tokens = tuple(filter(None, map(quotation.token, quotation.words[:_PHRASE])))
        keys.update(dict.fromkeys(find_keys(connection, Phrase(tokens), limit=_NEWEST)))
    keys.update(dict.fromkeys(_same_hash(connection, quotation)))
    query = select(statements.c.document, statements.c.start, statements.c.end)
    rows = connection.execute(query.where(statements.c.row.in_(list(keys)))) if keys else ()
    return [(row.document, row.start, row.end) for row in rows]


def _same_hash(connection: Connection, quotation: Quotation) -> Iterable[int]:
    fold = hash_quote(quotation.text)
    if fold is None:
        return []
    query = select(quotes.c.statement).where(quotes.c.hash == fold)
    newest = connection.scalars(query.order_by(quotes.c.statement.desc()).limit(_NEWEST)).all()
    oldest = connection.scalars(query.order_by(quotes.c.statement).limit(_OLDEST)).all()
    return [*newest, *oldest]


def _widened(
    quotation: Quotation, found: Iterable[FoundPassage], texts: Mapping[int, Document]
) -> list[Stretch]:
    """Passages with what stands around them: a quotation may begin or end outside."""
    around = 200 + (quotation.end - quotation.start) * 3 // 2
    return [
        Stretch(
            passage.document,
            _between_words(texts[passage.document].text, max(0, passage.start - around), -1),
            _between_words(
                texts[passage.document].text,
                min(len(texts[passage.document].text), passage.end + around),
                1,
            ),
        )
        for passage in found
        if passage.document in texts
    ]


def _between_words(text: str, place: int, step: int) -> int:
    """The next place between words; where none is near, the place itself."""
    for near in range(place, place + step * _LONGEST_WORD, step):
        if not 0 < near < len(text) or text[near - 1].isspace():
            return min(max(near, 0), len(text))
    return place


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda item: (item.document, item.start, item.end)):
        last = merged[-1] if merged else None
        if last and last.document == stretch.document and stretch.start <= last.end:
            last.end = max(last.end, stretch.end)
        else:
            merged.append(Stretch(stretch.document, stretch.start, stretch.end))
    return merged


def _with_most_words(
    quotation: Quotation, stretches: Sequence[Stretch], texts: Mapping[int, Document]
) -> list[Stretch]:
    """The stretches with most of the quotation's telling words; of equals, those of the report added last."""
    wanted = {word.form[:5] for word in quotation.words if word.weight >= 1} or {
        word.form[:5] for word in quotation.words
    }

    def common(stretch: Stretch) -> int:
        part = texts[stretch.document].text[stretch.start : stretch.end].casefold()
        return sum(beginning in part for beginning in wanted)

    counted = [(common(stretch), stretch) for stretch in stretches]
    least = _LEAST_COMMON * len(wanted)
    likely = [pair for pair in counted if pair[0] >= least]
    ranked = [item for _, item in sorted(likely, key=lambda pair: (-pair[0], -pair[1].document))]
    return ranked[: _READ if len(quotation.words) <= _MANY_WORDS else _READ_FOR_MANY]


def load_statements_at(
    connection: Connection, candidates: Candidates, ranges: Mapping[int, Sequence[Range]]
) -> dict[int, list[StoredStatement]]:
    """The statements that lie in some ranges of documents, by the document's row, in the order of the text.

    Args:
        ranges: half-open code points, by the document's row.
    """
    keys: list[int] = []
    owners: list[int] = []
    for row, wanted in ranges.items():
        first, last = keys_of(candidates.days[row], row)
        low, high = min(start for start, _ in wanted), max(end for _, end in wanted)
        query = (
            select(statements.c.row)
            .where(statements.c.row.between(first, last), statements.c.start < high, statements.c.end > low)
            .order_by(statements.c.start)
        )
        found = list(connection.scalars(query))
        keys += found
        owners += [row] * len(found)
    by_key = {item.key: item for item in load_statements(connection, keys)}
    loaded: dict[int, list[StoredStatement]] = {}
    for key, row in zip(keys, owners, strict=True):
        if (item := by_key.get(key)) is not None and _overlaps(item, ranges[row]):
            loaded.setdefault(row, []).append(item)
    return loaded


def _overlaps(found: StoredStatement, ranges: Sequence[Range]) -> bool:
    statement = found.statement
    return any(statement.start < end and start < statement.end for start, end in ranges)


def words_between(words: Sequence[Word], start: int, end: int) -> Sequence[Word]:
    """Those of sorted words that lie in a range of code points."""
    starts = [word.start for word in words]
    return words[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]

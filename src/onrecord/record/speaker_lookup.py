"""Names in the record: who a name may be, and all that one speaker has said."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from onrecord.record.folding import fold_name
from onrecord.record.index_tokens import SPEAKER, SPEAKER_NAME, filter_token, name_tokens
from onrecord.record.keys import LAST_KEY, date_of, keys_of
from onrecord.record.retrieval import StoredStatement, load_statements
from onrecord.record.rows import LONGEST_NAME, unescape
from onrecord.record.schema import speakers, statements
from onrecord.record.word_index import Group, Term, find_keys

_LOOKED_AT = 300  # newest reports whose wording of roles and aliases is gathered


@dataclass(frozen=True, slots=True)
class SpeakerName:
    """A name that statements are attributed to, and in how many reports it speaks, of the newest that were
    looked at.
    """

    name: str
    kind: str
    reports: int


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """What one speaker has said, newest first.

    ``reports`` counts all reports in which the name stands, however it is spaced. ``aliases``, ``roles`` and ``affiliations`` are
    those of the newest 300 of them, the most frequent first. ``first`` and ``last`` are days (ISO 8601),
    ``None`` where no dated report has a statement. ``after`` continues the list: pass it back; ``None`` at
    the end.
    """

    name: str
    kind: str
    aliases: tuple[str, ...]
    roles: tuple[str, ...]
    affiliations: tuple[str, ...]
    reports: int
    first: str | None
    last: str | None
    statements: tuple[StoredStatement, ...]
    after: int | None


def list_names(connection: Connection, words: str, *, limit: int) -> list[SpeakerName]:
    """The names that hold all the words, with most reports first, among the newest thousand statements so
    attributed.
    """
    filter_tokens = name_tokens(SPEAKER, words)
    if not filter_tokens:
        return []
    condition = Group("all", tuple(Term(token) for token in filter_tokens[:20]))
    keys = find_keys(connection, condition, limit=1000)
    query = (
        select(speakers.c.name, speakers.c.folded, speakers.c.kind, statements.c.document)
        .join(
            speakers,
            (speakers.c.document == statements.c.document) & (speakers.c.position == statements.c.speaker),
        )
        .where(statements.c.row.in_(keys))
        .distinct()
    )
    counted: Counter[str] = Counter()
    shown: dict[str, tuple[str, str]] = {}
    seen: set[tuple[str, int]] = set()
    for row in connection.execute(query) if keys else ():
        name = filter_token(SPEAKER_NAME, row.folded)  # spellings that differ by spaces are one name
        if (name, row.document) not in seen:
            seen.add((name, row.document))
            counted[name] += 1
        shown.setdefault(name, (unescape(row.name) or "", row.kind))
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return [SpeakerName(*shown[name], reports) for name, reports in ranked[:limit]]


def find_speaker(connection: Connection, name: str, *, limit: int, after: int | None) -> SpeakerPage | None:
    """The page of the speaker of exactly this name (case, accents, punctuation and a space aside), else of the only
    one whose name or alias holds its words.
    """
    folded = fold_name(name)[:LONGEST_NAME]
    if not folded:
        return None
    known = select(speakers.c.folded).where(speakers.c.folded.in_(_spellings(folded))).limit(1)
    if not connection.scalar(known):
        candidates = list_names(connection, name, limit=2)
        if len(candidates) != 1:
            return None
        folded = fold_name(candidates[0].name)[:LONGEST_NAME]
    return _page(connection, folded, limit, after)


def _spellings(folded: str) -> list[str]:
    """A folded name and what differs from it by one space: the word index, which finds a name's statements, knows
    no spaces ("Mac Aodh" is "MacAodh").
    """
    words = folded.split()
    joined = [
        " ".join((*words[:at], words[at] + words[at + 1], *words[at + 2 :])) for at in range(len(words) - 1)
    ]
    split = [
        f"{folded[:at]} {folded[at:]}" for at in range(1, len(folded)) if " " not in folded[at - 1 : at + 1]
    ]
    return [folded, *joined, *split]


def _page(connection: Connection, folded: str, limit: int, after: int | None) -> SpeakerPage:
    said = Term(filter_token(SPEAKER_NAME, folded))
    newest_keys = find_keys(connection, said, limit=_LOOKED_AT)
    spellings = {*_spellings(folded), *_names_of(connection, newest_keys, filter_token(SPEAKER_NAME, folded))}
    is_named = speakers.c.folded.in_(sorted(spellings))
    of_name = select(speakers).where(is_named).order_by(speakers.c.document.desc()).limit(_LOOKED_AT)
    rows = connection.execute(of_name).all()
    reports = connection.scalar(select(func.count(speakers.c.document.distinct())).where(is_named)) or 0
    high = LAST_KEY if after is None else after - 1
    keys = find_keys(connection, said, high=high, limit=limit + 1)
    # Undated statements have the lowest keys: the first dated one is the first above them.
    oldest = find_keys(connection, said, low=keys_of(1, 0)[0], limit=1, oldest_first=True)
    return SpeakerPage(
        name=_commonest(row.name for row in rows)[0],
        kind=_commonest(row.kind for row in rows)[0],
        aliases=_commonest(alias for row in rows for alias in _aliases(row.aliases)),
        roles=_commonest(row.role for row in rows),
        affiliations=_commonest(row.affiliation for row in rows),
        reports=reports,
        first=date_of(oldest[0]) if oldest else None,
        last=date_of(newest_keys[0]) if newest_keys else None,
        statements=tuple(load_statements(connection, keys[:limit])),
        after=keys[limit - 1] if len(keys) > limit else None,
    )


def _names_of(connection: Connection, keys: list[int], marked: str) -> set[str]:
    """The folded names of the speakers of these statements that have this mark."""
    query = (
        select(speakers.c.folded)
        .join(
            statements,
            (speakers.c.document == statements.c.document) & (speakers.c.position == statements.c.speaker),
        )
        .where(statements.c.row.in_(keys))
        .distinct()
    )
    found = connection.scalars(query) if keys else ()
    return {name for name in found if filter_token(SPEAKER_NAME, name) == marked}


def _aliases(body: str) -> list[str]:
    found: list[str] = json.loads(body)
    return found


def _commonest(values: Iterable[str | None]) -> tuple[str, ...]:
    counted = Counter(unescape(value) or "" for value in values if value)
    return tuple(value for value, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])))

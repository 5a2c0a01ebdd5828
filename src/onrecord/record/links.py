"""Links between statements, or speakers, of different reports, each with its score and its evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, delete, or_, select

from onrecord.errors import RecordError
from onrecord.record.rows import escape, unescape
from onrecord.record.schema import documents, links
from onrecord.record.write import insert_if_absent, now


@dataclass(frozen=True, slots=True)
class Link:
    """That two statements say the same, or two speakers are one. ``left`` and ``right`` are ids within their
    documents; ``evidence`` is JSON.
    """

    kind: str
    left_document: str
    left: str
    right_document: str
    right: str
    score: float
    evidence: Mapping[str, Any] = field(default_factory=dict)


def add_links(connection: Connection, found: Iterable[Link]) -> int:
    """Adds links that aren't there, and returns how many those were.

    Raises:
        RecordError: a document that isn't in the record.
    """
    links_found = list(found)
    ids = {link.left_document for link in links_found} | {link.right_document for link in links_found}
    stored = connection.execute(select(documents.c.id, documents.c.row).where(documents.c.id.in_(ids)))
    rows = {row.id: row.row for row in stored}
    if lost := ids - rows.keys():
        raise RecordError(
            f"document {min(lost)[:16]}: expected one of the record's, found none; add it first"
        )
    added = 0
    for link in links_found:
        values = {
            "kind": link.kind,
            "left_document": rows[link.left_document],
            "left": escape(link.left),
            "right_document": rows[link.right_document],
            "right": escape(link.right),
            "score": link.score,
            "evidence": json.dumps(link.evidence),
            "added": now(),
        }
        added += (
            connection.execute(
                insert_if_absent(connection, links).values(**values).returning(links.c.row)
            ).scalar()
            is not None
        )
    return added


def load_links(
    connection: Connection, *, document: str | None, item: str | None, kind: str | None
) -> Iterable[Link]:
    """Links of a document, or of one statement or speaker in it, or of a kind, in the order they were
    found.
    """
    left, right = documents.alias("left_side"), documents.alias("right_side")
    query = (
        select(links, left.c.id.label("left_id"), right.c.id.label("right_id"))
        .join(left, left.c.row == links.c.left_document)
        .join(right, right.c.row == links.c.right_document)
        .order_by(links.c.row)
    )
    if document is not None:
        row = connection.scalar(select(documents.c.row).where(documents.c.id == document))
        sides = [links.c.left_document == row, links.c.right_document == row]
        if item is not None:
            sides = [sides[0] & (links.c.left == escape(item)), sides[1] & (links.c.right == escape(item))]
        query = query.where(or_(*sides))
    if kind is not None:
        query = query.where(links.c.kind == kind)
    for row in connection.execute(query).mappings():
        left_item, right_item = unescape(row["left"]) or "", unescape(row["right"]) or ""
        evidence = json.loads(row["evidence"])
        yield Link(
            row["kind"], row["left_id"], left_item, row["right_id"], right_item, row["score"], evidence
        )


def remove_links(connection: Connection, found: Iterable[Link]) -> int:
    """Takes links out, and returns how many were there."""
    removed = 0
    for link in found:
        rows = [
            select(documents.c.row).where(documents.c.id == document).scalar_subquery()
            for document in (link.left_document, link.right_document)
        ]
        removed += connection.execute(
            delete(links).where(
                links.c.kind == link.kind,
                links.c.left_document == rows[0],
                links.c.left == escape(link.left),
                links.c.right_document == rows[1],
                links.c.right == escape(link.right),
            )
        ).rowcount
    return removed

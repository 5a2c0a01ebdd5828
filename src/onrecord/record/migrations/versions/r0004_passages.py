"""An index of the words of whole texts.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from onrecord.record.passages import write_passages

revision = "0004"
down_revision = "0003"

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT_ONCE = 200

_ON_SQLITE = (
    # Which passages have a word, not where (detail=none). With it, 10,000 reports took 890 bytes a
    # statement, and 805 without.
    "CREATE VIRTUAL TABLE passage_words "
    "USING fts5(tokens, content='', columnsize=0, detail=none, tokenize='ascii')",
)
_ON_POSTGRESQL = (
    'CREATE TABLE passage_words ("row" BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL)',
    "CREATE INDEX passage_words_by_token ON passage_words USING gin (tokens)",
)


def upgrade() -> None:
    op.create_table(
        "passages",
        sa.Column("row", _BIG, autoincrement=False, nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.row"]),
        sa.PrimaryKeyConstraint("row"),
    )
    connection = op.get_bind()
    for statement in _ON_SQLITE if connection.dialect.name == "sqlite" else _ON_POSTGRESQL:
        op.execute(sa.text(statement))
    row = -1
    query = sa.text("SELECT document, text FROM texts WHERE document > :row ORDER BY document LIMIT :most")
    while page := connection.execute(query, {"row": row, "most": _AT_ONCE}).all():
        for row, held in page:
            write_passages(connection, row, held)

"""The first schema.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_SAID = """
CREATE VIEW statement_details AS
SELECT s.id, d.id AS document, d.published, d.publisher, d.title, p.name AS speaker, s.form, s.act,
       t.name AS target, s.stance, s.score, substr(x.text, s.start + 1, s."end" - s.start) AS passage
FROM statements s
JOIN documents d ON d."row" = s.document
JOIN texts x ON x.document = s.document
LEFT JOIN speakers p ON p.document = s.document AND p.position = s.speaker
LEFT JOIN speakers t ON t.document = s.document AND t.position = s.target
"""

_ON_SQLITE = (
    # The index holds no second copy of the words (content=''), nor their number in each row (columnsize=0).
    "CREATE VIRTUAL TABLE word_index USING fts5(tokens, content='', columnsize=0, tokenize='ascii')",
    """CREATE VIEW content_spans AS
    SELECT s."row" AS statement, p.key AS position,
           json_extract(p.value, '$[0]') AS start, json_extract(p.value, '$[1]') AS "end"
    FROM statements s, json_each(s.content) p""",
    """CREATE VIEW mentions AS
    SELECT s.document, s.position AS speaker,
           json_extract(m.value, '$[0]') AS start, json_extract(m.value, '$[1]') AS "end"
    FROM speakers s, json_each(s.mentions) m""",
)

_ON_POSTGRESQL = (
    'CREATE TABLE word_index ("row" BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL)',
    "CREATE INDEX word_index_by_token ON word_index USING gin (tokens)",
    """CREATE VIEW content_spans AS
    SELECT s."row" AS statement, p.position - 1 AS position,
           (p.value ->> 0)::int AS start, (p.value ->> 1)::int AS "end"
    FROM statements s, jsonb_array_elements(s.content::jsonb) WITH ORDINALITY AS p(value, position)""",
    """CREATE VIEW mentions AS
    SELECT s.document, s.position AS speaker, (m.value ->> 0)::int AS start, (m.value ->> 1)::int AS "end"
    FROM speakers s, jsonb_array_elements(s.mentions::jsonb) AS m(value)""",
)


def upgrade() -> None:
    _create_tables()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (*(_ON_SQLITE if on_sqlite else _ON_POSTGRESQL), _SAID):
        op.execute(sa.text(statement.replace("::", r"\:\:")))


def _create_tables() -> None:
    op.create_table(
        "documents",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("dateline", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("speakers", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("row"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("documents_by_day", "documents", ["day", "row"], unique=False)
    op.create_table(
        "failures",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("within", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "models",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "quotes",
        sa.Column("hash", _BIG, nullable=False),
        sa.Column("statement", _BIG, nullable=False),
        sa.PrimaryKeyConstraint("hash", "statement"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vector_spaces",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "bands",
        sa.Column("band", _BIG, nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.row"],
        ),
        sa.PrimaryKeyConstraint("band", "document"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claims",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("bounds", sa.Text(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("of", sa.Text(), nullable=True),
        sa.Column("comparison", sa.Text(), nullable=True),
        sa.Column("anchor", sa.Text(), nullable=True),
        sa.Column("doubt", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("geonames", sa.Integer(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.row"],
        ),
        sa.PrimaryKeyConstraint("document", "position"),
    )
    op.create_table(
        "near_duplicates",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.row"],
        ),
        sa.ForeignKeyConstraint(
            ["other"],
            ["documents.row"],
        ),
        sa.PrimaryKeyConstraint("document", "other"),
    )
    op.create_index("near_duplicates_by_other", "near_duplicates", ["other"], unique=False)
    op.create_table(
        "corrections",
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("added", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.row"],
        ),
        sa.PrimaryKeyConstraint("row"),
    )
    op.create_index("corrections_by_document", "corrections", ["document", "row"], unique=False)
    op.create_table(
        "links",
        sa.Column("row", _BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("left_document", sa.Integer(), nullable=False),
        sa.Column("left", sa.Text(), nullable=False),
        sa.Column("right_document", sa.Integer(), nullable=False),
        sa.Column("right", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["left_document"],
            ["documents.row"],
        ),
        sa.ForeignKeyConstraint(
            ["right_document"],
            ["documents.row"],
        ),
        sa.PrimaryKeyConstraint("row"),
        sa.UniqueConstraint("left_document", "left", "right_document", "right", "kind", name="links_once"),
    )
    op.create_index("links_by_right", "links", ["right_document", "right"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("replaced", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.row"],
        ),
        sa.PrimaryKeyConstraint("document", "number"),
    )
    op.create_table(
        "occurrences",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("added", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.row"],
        ),
        sa.PrimaryKeyConstraint("document", "key"),
    )
    op.create_table(
        "signatures",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.row"],
        ),
        sa.PrimaryKeyConstraint("document"),
    )
    op.create_table(
        "speakers",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("affiliation", sa.Text(), nullable=True),
        sa.Column("mentions", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.row"],
        ),
        sa.PrimaryKeyConstraint("document", "position"),
    )
    op.create_index("speakers_by_name", "speakers", ["folded", "document"], unique=False)
    op.create_table(
        "statements",
        sa.Column("row", _BIG, autoincrement=False, nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("source_start", sa.Integer(), nullable=True),
        sa.Column("source_end", sa.Integer(), nullable=True),
        sa.Column("cue_start", sa.Integer(), nullable=True),
        sa.Column("cue_end", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.Integer(), nullable=True),
        sa.Column("speaker_score", sa.Double(), nullable=True),
        sa.Column("act", sa.Text(), nullable=True),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("negated", sa.SmallInteger(), nullable=True),
        sa.Column("conditional", sa.SmallInteger(), nullable=True),
        sa.Column("tense", sa.Text(), nullable=True),
        sa.Column("stance", sa.Text(), nullable=True),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("model", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.row"],
        ),
        sa.ForeignKeyConstraint(
            ["model"],
            ["models.number"],
        ),
        sa.PrimaryKeyConstraint("row"),
    )
    op.create_index("statements_by_id", "statements", ["id"], unique=False)
    op.create_table(
        "texts",
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("exact", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document"],
            ["documents.row"],
        ),
        sa.PrimaryKeyConstraint("document"),
    )

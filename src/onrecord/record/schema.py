"""The tables of the record, the same on SQLite and PostgreSQL but for the word index.

A document's statements lie side by side under keys that begin with its day (see ``keys``). Inside a document,
a statement points to its speaker, target and parent by their place in the document, as small numbers. What is
only ever read with its owner (pieces of content, mentions) is kept there as a JSON list of offsets; the views
``pieces`` and ``mentions`` unfold them.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

REVISION = "0004"  # the newest migration; a test holds it to the scripts
VERSION_TABLE = "onrecord_version"
APPLICATION_ID = 0x4F6E5265  # "OnRe" in the header of an SQLite file

metadata = MetaData()
Big = BigInteger().with_variant(Integer, "sqlite")  # SQLite's row id must be declared INTEGER


def _document(**options: bool) -> Column[int]:
    return Column("document", Integer, ForeignKey("documents.row"), nullable=False, **options)  # type: ignore[arg-type]


documents = Table(
    "documents",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("day", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("title", Text),
    Column("byline", Text),
    Column("publisher", Text),
    Column("dateline", Text),  # JSON [place, date]
    Column("published", Text),
    Column("basis", Text, nullable=False),
    Column("language", Text),
    Column("kind", Text, nullable=False),
    Column("model", Text),
    Column("added", Text, nullable=False),
    Column("statements", Integer, nullable=False),
    Column("speakers", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("linked", Text),  # when it was linked to what was there; null: not since it was added or changed
    Index("documents_by_day", "day", "row"),
    Index("documents_unlinked", "linked", "row"),
)

texts = Table(
    "texts",
    metadata,
    _document(primary_key=True),
    Column("text", Text, nullable=False),
    # The exact UTF-8 bytes, only where a database can't hold the text: NUL and lone surrogates stand as
    # U+FFFD in ``text``, one for one.
    Column("exact", LargeBinary),
)

passages = Table(
    "passages",
    metadata,
    Column("row", Big, primary_key=True, autoincrement=False),
    _document(),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)

statements = Table(
    "statements",
    metadata,
    Column("row", Big, primary_key=True, autoincrement=False),
    _document(),
    Column("id", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("source_start", Integer),
    Column("source_end", Integer),
    Column("cue_start", Integer),
    Column("cue_end", Integer),
    Column("content", Text, nullable=False),  # JSON [[start, end], ...]
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("speaker", Integer),
    Column("speaker_score", Double),
    Column("candidates", Text),  # for the speaker: JSON [[name, score], ...]; null where there are none
    Column("act", Text),
    Column("target", Integer),
    Column("negated", SmallInteger),
    Column("conditional", SmallInteger),
    Column("tense", Text),
    Column("stance", Text),
    Column("parent", Integer),
    Column("score", Double, nullable=False),
    Column("model", Integer, ForeignKey("models.number")),
    Index("statements_by_id", "id"),
)

speakers = Table(
    "speakers",
    metadata,
    _document(),
    Column("position", Integer, nullable=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("aliases", Text, nullable=False),  # JSON
    Column("kind", Text, nullable=False),
    Column("role", Text),
    Column("affiliation", Text),
    Column("mentions", Text, nullable=False),  # JSON [[start, end], ...]
    PrimaryKeyConstraint("document", "position"),
    Index("speakers_by_name", "folded", "document"),
)

claims = Table(
    "claims",
    metadata,
    _document(),
    Column("position", Integer, nullable=False),
    Column("statement", Integer),
    Column("type", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("value", Text),  # JSON, exact
    Column("bounds", Text),  # JSON [low, high]; null where both equal the value
    Column("low", Double),
    Column("high", Double),
    Column("unit", Text),
    Column("of", Text),
    Column("comparison", Text),
    Column("anchor", Text),
    Column("doubt", Text),
    Column("country", Text),
    Column("geonames", Integer),
    Column("latitude", Double),
    Column("longitude", Double),
    PrimaryKeyConstraint("document", "position"),
)

quotes = Table(
    "quotes",
    metadata,
    Column("hash", Big, nullable=False),
    Column("statement", Big, nullable=False),
    PrimaryKeyConstraint("hash", "statement"),
    sqlite_with_rowid=False,
)

models = Table(
    "models",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("added", Text, nullable=False),
)

occurrences = Table(
    "occurrences",
    metadata,
    _document(),
    Column("key", Text, nullable=False),  # a hash of the origin: an address can be longer than an index takes
    Column("origin", Text, nullable=False),
    Column("publisher", Text),
    Column("published", Text),
    Column("added", Text, nullable=False),
    PrimaryKeyConstraint("document", "key"),
)

revisions = Table(
    "revisions",
    metadata,
    _document(),
    Column("number", Integer, nullable=False),
    Column("model", Text),
    Column("added", Text, nullable=False),
    Column("replaced", Text),  # null: the reading that stands, kept apart because people corrected it
    Column("body", LargeBinary, nullable=False),  # the report's JSON without the text, zlib
    PrimaryKeyConstraint("document", "number"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("row", Integer, primary_key=True),
    _document(),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),  # JSON
    Column("author", Text),
    Column("added", Text, nullable=False),
    Index("corrections_by_document", "document", "row"),
)

links = Table(
    "links",
    metadata,
    Column("row", Big, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("left_document", Integer, ForeignKey("documents.row"), nullable=False),
    Column("left", Text, nullable=False),
    Column("right_document", Integer, ForeignKey("documents.row"), nullable=False),
    Column("right", Text, nullable=False),
    Column("score", Double, nullable=False),
    Column("evidence", Text, nullable=False),  # JSON
    Column("added", Text, nullable=False),
    UniqueConstraint("left_document", "left", "right_document", "right", "kind", name="links_once"),
    Index("links_by_right", "right_document", "right"),
)

failures = Table(
    "failures",
    metadata,
    Column("key", Text, primary_key=True),  # a hash of the origin
    Column("origin", Text, nullable=False),
    Column("within", Text),  # the origin to name again for another try
    Column("error", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("first", Text, nullable=False),
    Column("last", Text, nullable=False),
)

signatures = Table(
    "signatures",
    metadata,
    _document(primary_key=True),
    Column("signature", LargeBinary, nullable=False),
)

bands = Table(
    "bands",
    metadata,
    Column("band", Big, nullable=False),
    _document(),
    PrimaryKeyConstraint("band", "document"),
    sqlite_with_rowid=False,
)

near_duplicates = Table(
    "near_duplicates",
    metadata,
    _document(),
    Column("other", Integer, ForeignKey("documents.row"), nullable=False),
    Column("similarity", Double, nullable=False),
    PrimaryKeyConstraint("document", "other"),
    Index("near_duplicates_by_other", "other"),
)

vector_spaces = Table(
    "vector_spaces",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),  # of the model that made the vectors
    Column("width", Integer, nullable=False),
    Column(
        "changes", Integer, nullable=False
    ),  # counts the writes, so that a reader knows whether what it holds in memory is current
    Column("added", Text, nullable=False),
)

DOCUMENT_TABLES = (texts, speakers, claims, occurrences, revisions, corrections, signatures, near_duplicates)
"""Tables whose rows belong to one document and go when it goes."""

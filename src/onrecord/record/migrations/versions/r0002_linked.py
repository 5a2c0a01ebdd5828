"""Which documents were linked to others.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # Not as a batch, which on SQLite would copy the table: adding a column that may be null needs no copy.
    op.add_column("documents", sa.Column("linked", sa.Text(), nullable=True))
    op.create_index("documents_unlinked", "documents", ["linked", "row"], unique=False)

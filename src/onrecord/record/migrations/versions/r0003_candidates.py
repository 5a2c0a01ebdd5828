"""Who else may be behind a statement.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # Not as a batch, which on SQLite would copy the table: adding a column that may be null needs no copy.
    op.add_column("statements", sa.Column("candidates", sa.Text(), nullable=True))

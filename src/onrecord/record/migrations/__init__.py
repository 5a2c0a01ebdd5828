"""Alembic scripts that bring a record's tables forward, one version at a time."""

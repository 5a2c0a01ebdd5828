"""What the tests of the record call the databases that they are given."""

from __future__ import annotations

from collections.abc import Callable

NewUrl = Callable[[], str]
"""Makes a new, empty database and returns its URL."""

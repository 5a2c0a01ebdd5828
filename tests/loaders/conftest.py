"""What the tests of reading share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from onrecord.loaders import worker


@pytest.fixture(scope="session", autouse=True)
def _no_worker_is_left() -> Iterator[None]:
    yield
    worker._worker.close()

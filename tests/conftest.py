"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from onrecord.loaders import worker
from onrecord.pipeline import Pipeline

# Speed is measured in benchmarks: a slow machine fails no test.
settings.register_profile("onrecord", deadline=None)
settings.load_profile("onrecord")


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The shipped model, loaded once."""
    return Pipeline.load(threads=1)


@pytest.fixture(scope="session")
def data() -> Path:
    """The corpora that figures are measured on, which are not part of the project."""
    folder = os.environ.get("ONRECORD_DATA")
    if not folder or not (Path(folder) / "polnear" / "dev").is_dir():
        pytest.skip("the corpora aren't here: set ONRECORD_DATA to the folder that holds polnear/")
    return Path(folder)


@pytest.fixture(scope="session", autouse=True)
def _no_parser_process_is_left() -> Iterator[None]:
    yield
    worker._worker.close()

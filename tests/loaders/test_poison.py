"""Poisoned files of twelve formats among good ones: the good are read, each of the others is read or named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.errors import OnRecordError
from onrecord.loaders.containers import DocumentLoader
from onrecord.types import Document, Failure
from poison import FAULTS, WHOLE, make

SCALE = 400_000  # bytes of the large ones


def test_every_poisoned_file_is_read_or_named_and_the_good_ones_are_read(tmp_path: Path) -> None:
    good, bad = make(tmp_path, count=len(WHOLE) * len(FAULTS), good=16, seed=7, scale=SCALE)
    loader = DocumentLoader()
    for path in sorted((*good, *bad)):
        found = list(loader.documents(str(path)))
        assert found, f"{path.name}: neither read nor named"
        for one in found:
            assert isinstance(one, Document | Failure)
            assert not isinstance(one, Failure) or isinstance(one.error, OnRecordError)
        if path in good:
            assert all(isinstance(one, Document) for one in found), path.name


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="memory is measured in other units elsewhere"
)
def test_a_feed_of_tags_alone_takes_little_memory(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_bytes(b'<rss version="2.0"><channel><item><title>' + b"<b>" * 1_000_000)
    code = (
        "import sys; from onrecord.loaders.containers import DocumentLoader;"
        "print(list(DocumentLoader().documents(sys.argv[1])));"
        "print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.rss")], capture_output=True, text=True, check=True
    )
    said, kilobytes = done.stdout.splitlines()
    assert "expected at most 300,000 tags, found 1,000,004" in said
    assert int(kilobytes) < 200_000


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    for name in ("a", "b"):
        make(tmp_path / name, count=72, good=8, seed=3, scale=20_000)
    for path in (tmp_path / "a").iterdir():
        if path.suffix != ".db":  # a database counts its changes
            assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()

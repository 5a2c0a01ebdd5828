"""Stops from the keyboard that are held back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from onrecord.interrupts import held_back

pytestmark = pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals can't be held here")


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    """Where the tests run in the background, the shell has them ignore interrupts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def stopped_inside(done: list[str]) -> None:
    with held_back():
        os.kill(os.getpid(), signal.SIGINT)
        done.append("all of it")


def test_a_stop_is_heard_at_the_end() -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        stopped_inside(done)
    assert done == ["all of it"]


def test_what_was_held_before_stays_held() -> None:
    with held_back():
        with held_back():
            pass
        assert signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, set())
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, set())


def test_a_process_begun_meanwhile_never_hears_one() -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGINT); print('goes on')"
    with held_back():
        ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "goes on\n", "")

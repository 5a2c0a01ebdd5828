"""Stops from the keyboard that are held back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from onrecord.interrupts import interrupts_deferred

posix = pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="signals can't be blocked here")


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    """Where the tests run in the background, the shell has them ignore interrupts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def stopped_inside(done: list[str]) -> None:
    with interrupts_deferred():
        signal.raise_signal(signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)  # to whichever thread takes it
        time.sleep(0.05)
        done.append("all of it")


def test_a_stop_is_heard_at_the_end() -> None:
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        stopped_inside(done)
    assert done == ["all of it"]


def test_a_stop_that_another_thread_takes_is_heard_at_the_end() -> None:
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        stopped_inside(done)
    over.set()
    other.join()
    assert done == ["all of it"]


def test_where_none_is_to_be_heard_none_is() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    done: list[str] = []
    stopped_inside(done)
    assert done == ["all of it"]
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_beside_the_main_thread_it_may_be_held_too() -> None:
    done: list[str] = []

    def run() -> None:
        with interrupts_deferred():
            done.append("all of it")

    other = threading.Thread(target=run)
    other.start()
    other.join()
    assert done == ["all of it"]


@posix
def test_what_was_held_before_stays_held() -> None:
    with interrupts_deferred():
        with interrupts_deferred():
            pass
        assert signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, set())
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, set())


@posix
def test_a_process_begun_meanwhile_never_hears_one() -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGINT); print('goes on')"
    with interrupts_deferred():
        ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "goes on\n", "")

"""Ingests poisoned files among good ones, and says what was read, how long it took and how much memory.

    python benchmarks/poison.py [--count 500] [--good 50] [--seed 1] [--scale 20000000] [--workers 1]

The files are those of ``tests/poison.py``. TimeContext is that of the command with all its processes, sampled five times
a second: resident memory with shared pages counted once (PSS; Linux only).
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from poison import make

_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--good", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=int, default=20_000_000)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        good, bad = make(
            home / "files", count=options.count, good=options.good, seed=options.seed, scale=options.scale
        )
        command = [sys.executable, "-m", "onrecord", "ingest", "--workers", str(options.workers)]
        command += ["--record", str(home / "record.db"), *map(str, (*good, *bad))]
        began, peak = time.monotonic(), 0
        with open(home / "said", "w") as said:
            process = subprocess.Popen(command, stdout=said, stderr=said)
            while process.poll() is None:
                peak = max(peak, sum(map(_memory, _family(process.pid))))
                time.sleep(0.2)
        seconds = time.monotonic() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        told = (home / "said").read_text("utf-8", "replace")
        lost = [path.name for path in good if path.name in told]
        sys.stdout.write(told.splitlines()[-1] + "\n")
        sys.stdout.write(
            f"exit code {process.returncode}, {seconds:.0f} s ({used.ru_utime + used.ru_stime:.0f} s of processors), at most {peak / 1000:,.0f} MB, "
            f"good files that failed: {lost or 'none'}\n"
        )


def _family(parent: int) -> list[int]:
    """A process and those that it began, and they."""
    found = [parent]
    for place in found:
        for task in Path(f"/proc/{place}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def _memory(process: int) -> int:
    """Kilobytes."""
    try:
        found = _PSS.search(Path(f"/proc/{process}/smaps_rollup").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0


if __name__ == "__main__":
    main()

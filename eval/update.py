"""Sets the floors of the accuracy gate to what the shipped bundle reaches today, less a margin for other processors.

    python eval/update.py DATA [--allow-lower]

Without ``--allow-lower`` no floor goes down.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from onrecord.evaluation import measure_of
from onrecord.evaluation.brat import checksum_of
from onrecord.model.bundle import open_bundle

HERE = Path(__file__).parent

MARGIN = 0.3
"""Points: int8 sums differ a little between processors (VNNI or not)."""
FLOOR_SCORES = (
    "cue.overlap",
    "source.overlap",
    "source.exact",
    "content.iou50",
    "content.exact",
    "tuple.iou50",
    "tuple.exact",
)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that holds polnear/")
    parser.add_argument("--allow-lower", action="store_true")
    options = parser.parse_args()
    folder = options.data / "polnear" / "dev"
    path = HERE / "baseline.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    old = known.get("statements", {}).get("floors", {})
    measured = {score.name: score.value for score in measure_of("statements")([folder], None).scores}
    floors = {name: round(measured[name] - MARGIN, 1) for name in FLOOR_SCORES}
    if lower := [
        name for name in FLOOR_SCORES if floors[name] < old.get(name, 0) and not options.allow_lower
    ]:
        sys.exit(f"these would go down: {', '.join(lower)}; find out why, or say --allow-lower")
    known["statements"] = {
        "data": "PolNeAR 1.0, dev", "sha256": checksum_of(folder), "model": open_bundle().version, "floors": floors
    }  # fmt: skip
    path.write_text(json.dumps(known, indent=2) + "\n")
    print(json.dumps({name: round(measured[name], 2) for name in FLOOR_SCORES}))


if __name__ == "__main__":
    main()

"""Writes what a bundle's manifest says of its making, and the model card.

python -m training.card --bundle BUNDLE --data DATA --figures figures.json
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from training.export import write_manifest

CARD = """# Model card: {name}

The English model of OnRecord. It finds attributions in news reports: a source is said, shown or thought to hold a content, and a cue ties
them (the definition of PolNeAR). One encoder pass, a cue head, a role head around each cue.

| | |
|---|---|
| Licence of these weights | Apache-2.0 |
| Base encoder | all-MiniLM-L6-v2 (sentence-transformers), 22 M weights, Apache-2.0 |
| Trained on | PolNeAR 1.0, train: 840 US political news reports of 2016, 22,464 attributions (Newell, Margolin and Ruths, LREC 2018). Its authors state no licence; no text of it is in these weights' package |
| Precision | {precision} |
| Measured on | PolNeAR 1.0, dev: 84 reports, 2,192 attributions; threshold and calibration were fitted there too |

## Figures on dev (F1, percent)

{figures}

## Good for, and not

English news reports: wire copy, newspapers, press releases, briefings. Trained on one country's politics in one year: expect it to be weaker on
sports, on courts, on tabloids, on other centuries, and on anything that isn't news. A statement found is attributed by the report; nothing here says that
it is true. About one statement in five is missed and one in five found is wrong in part: the score of each says how likely that is.

## Making it again

    python -m training.train --data DATA --base MINILM_FOLDER --out runs/first
    python -m training.train --data DATA --base MINILM_FOLDER --out runs/second --epochs 2 --start runs/first/epoch-2.safetensors \\
        --hide 0.08 --dropout 0.15 --vary 0.4 --encoder-rate 1e-4 --head-rate 6e-4
    python -m training.export --weights runs/second/epoch-2.safetensors --base MINILM_FOLDER --out src/onrecord/bundles/en
    python -m training.evaluate --data DATA --bundle src/onrecord/bundles/en --records dev.jsonl --fit
"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bundle", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--figures", type=Path, required=True, help="F1 by name, JSON")
    options = parser.parse_args()
    manifest = json.loads((options.bundle / "manifest.json").read_text(encoding="utf-8"))
    figures = json.loads(options.figures.read_text(encoding="utf-8"))
    manifest |= {
        "licence": "Apache-2.0",
        "base": {"name": "all-MiniLM-L6-v2", "licence": "Apache-2.0"},
        "trained_on": [
            {"name": "PolNeAR 1.0, train", "sha256": _checksum(options.data / "polnear" / "train")}
        ],
        "figures": {"data": "PolNeAR 1.0, dev", "f1": figures},
    }
    write_manifest(options.bundle, manifest)
    rows = "\n".join(
        ["| measure | F1 |", "|---|---|", *(f"| {name} | {value:.1f} |" for name, value in figures.items())]
    )
    card = CARD.format(name=manifest["name"], precision=manifest["precision"], figures=rows)
    (options.bundle / "CARD.md").write_text(card, encoding="utf-8")


def _checksum(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("text/*.txt"), *folder.glob("attributions/*.ann")]):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


if __name__ == "__main__":
    main()

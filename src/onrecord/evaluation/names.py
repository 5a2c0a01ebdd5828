"""Names against gold ones: exact spans of people, organisations, nationalities and groups (NORP), and locations.

A name is right where both of its ends and its kind are. The texts are read by the model as any report is, cut into our own words; names are
compared by characters, so that a different cut of words costs only where it moves an end. Other kinds (dates, money, products …) are left
out on both sides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from onrecord.errors import SettingsError
from onrecord.evaluation.scores import Evaluation, Score
from onrecord.evaluation.tagged import TaggedText, read_tagged
from onrecord.speakers.evidence import gather_evidence
from onrecord.text import analyze

KINDS = ("person", "organization", "norp", "location")

Span = tuple[int, int, str]


def measure(gold: Sequence[Path], reports: Path | None = None) -> Evaluation:
    """Score names against folders of tagged words.

    Raises:
        NotFoundError: a folder isn't there or is empty.
        FormatError: a file isn't what it should be.
        SettingsError: reports are given: they hold no names but speakers'.
    """
    if reports is not None:
        raise SettingsError(
            "names can't be scored from reports, which hold speakers only: leave --reports out, and the texts are read"
        )
    from onrecord.pipeline import Pipeline  # a comparison with other finders of names needs no model

    texts = [text for folder in gold for text in read_tagged(folder)]
    model = Pipeline.load().model
    found = []
    learned = 0
    for text in texts:
        analysis = analyze(text.text)
        output = model.predict(analysis)
        learned += bool(output.names)
        evidence = gather_evidence(output, analysis)
        found.append([(name.start, name.end, str(name.kind)) for name in evidence.names])
    notes = () if learned else ("the model has no head for names: these are the rules' alone",)
    return Evaluation("names", scores_of(texts, found), notes)


def scores_of(texts: Sequence[TaggedText], found: Sequence[Iterable[Span]]) -> tuple[Score, ...]:
    """Precision, recall and F1 of names found in each text: all together, then by kind."""
    right: Counter[str] = Counter()
    predicted: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    for text, names in zip(texts, found, strict=True):
        ours = {name for name in names if name[2] in KINDS}
        theirs = {name for name in text.names if name[2] in KINDS}
        predicted.update(kind for _, _, kind in ours)
        expected.update(kind for _, _, kind in theirs)
        right.update(kind for _, _, kind in ours & theirs)
    return (
        Score.of_counts("all", right=right.total(), predicted=predicted.total(), gold=expected.total()),
        *(
            Score.of_counts(kind, right=right[kind], predicted=predicted[kind], gold=expected[kind])
            for kind in KINDS
        ),
    )

"""How well acts are told: PLOVER's roots of events between two actors, and the acts of statements.

``acts``, PLOVER (Hu et al., ACL 2024): a TSV with the columns ``sentence``, ``source``, ``target`` and
``gold_root``; the scores are the macro-averaged F1 over the roots that the gold has (``macro``), the share
of right roots (``right``) and the F1 of each root. A file that the shipped weights were trained on gives
scores that say nothing about new text; ``training/acts.py`` measures by cross-validation.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.acts.plover import ROOTS, ActorPair, align_vectors, classify, load_classifier
from onrecord.errors import FormatError, NotFoundError, SettingsError
from onrecord.evaluation.scores import Evaluation, Score
from onrecord.model.bundle import open_bundle
from onrecord.model.session import Model
from onrecord.text import analyze
from onrecord.types import Document, Span, Statement

COLUMNS = ("sentence", "source", "target", "gold_root")
NOTE = (
    "the shipped weights were trained on PLOVER's train part: scores on that file are no measure of new text"
)
WORDS_ALONE = "the encoder isn't the one that the weights were trained on: told from words alone; training/acts.py --write trains them again"
MARKED = re.compile(
    r"\[(?P<source>[^\]]*)\]|<(?P<cue>[^>]*)>|\{(?P<content>[^}]*)\}|(?P<plain>[^\[<{]+|[\[<{])"
)


def measure(gold: Sequence[Path], reports: Path | None = None) -> Evaluation:
    """The scores of PLOVER's roots over TSV files.

    Raises:
        SettingsError: reports are given; this measure reads sentences.
        NotFoundError: no such file.
        FormatError: a file isn't such a TSV.
    """
    if reports is not None:
        raise SettingsError("acts are measured on the sentences of the gold file: leave the reports out")
    rows = [row for path in gold for row in read_plover(path)]
    bundle, joint = open_bundle(), load_classifier().joint
    known = joint is not None and joint.encoder == bundle.manifest["files"]["encoder.onnx"]["sha256"]
    encoder = Model(bundle) if known else None
    answers = []
    for pair, root in rows:
        odds = classify(pair, vectors=_vectors(pair, encoder) if encoder else None)
        answers.append((root, max(odds, key=lambda name: odds[name])))
    return Evaluation("acts", score_labels(answers), notes=(NOTE,) if encoder else (NOTE, WORDS_ALONE))


def _vectors(pair: ActorPair, encoder: Model) -> NDArray[np.float32]:
    reading = encoder.predict(analyze(pair.text))
    return align_vectors(pair.text, reading.words.ranges, reading.vectors)


def score_labels(answers: Sequence[tuple[str, str]]) -> tuple[Score, ...]:
    """Scores of (gold, answered) labels: ``macro``, ``right``, then the F1 of each label of the gold, by
    name.
    """
    each = []
    for name in sorted({gold for gold, _ in answers}):
        right = sum(gold == answer == name for gold, answer in answers)
        predicted = sum(answer == name for _, answer in answers)
        each.append(
            Score.of_counts(
                name, right=right, predicted=predicted, gold=sum(gold == name for gold, _ in answers)
            )
        )
    macro = sum(score.value for score in each) / max(len(each), 1)
    right = sum(gold == answer for gold, answer in answers)
    return (
        Score("macro", macro, len(answers)),
        Score.of_share("right", right=right, among=len(answers)),
        *each,
    )


def read_plover(path: Path) -> Iterator[tuple[ActorPair, str]]:
    """The pairs of a PLOVER TSV with their roots.

    Raises:
        NotFoundError: no such file.
        FormatError: a column is missing, or a root isn't one of PLOVER's.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotFoundError(
            str(path), f"expected a TSV in UTF-8, found none that can be read ({error}); check the path"
        ) from None
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t")
    if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
        raise FormatError(
            str(path),
            f"expected the columns {', '.join(COLUMNS)}, found none called {', '.join(missing)}; check the file",
        )
    for number, row in enumerate(rows, start=2):
        if row["gold_root"] not in ROOTS:
            raise FormatError(
                str(path),
                f"line {number}: expected a root of PLOVER, found {row['gold_root']!r}; check the file",
            )
        yield ActorPair.of(row["sentence"] or "", row["source"] or "", row["target"] or ""), row["gold_root"]


def read_marked(line: str) -> tuple[Document, Statement]:
    """A sentence with its statement marked: ``[source]``, ``<cue>``, ``{content}``.

    >>> document, statement = read_marked("[She] <said> {it rained}.")
    >>> document.text, statement.cue.text
    ('She said it rained.', 'said')
    """
    text, spans = "", {"source": [], "cue": [], "content": []}  # type: ignore[var-annotated]
    for match in MARKED.finditer(line):
        kind = str(match.lastgroup)
        if kind != "plain":
            spans[kind].append((len(text), len(text) + len(match[kind])))
        text += match[kind]
    document = Document.of(text, origin="marked")

    def first(kind: str) -> Span | None:
        return document.span(*spans[kind][0]) if spans[kind] else None

    content = tuple(document.span(*span) for span in spans["content"])
    form = "direct" if content and content[0].text[:1] in '"“‘' else "indirect"
    return document, Statement("s", form, first("source"), first("cue"), content)  # type: ignore[arg-type]

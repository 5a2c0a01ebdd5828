"""Coreference against gold chains: MUC, B³, CEAF-e and their mean, the CoNLL score, over noun phrases found by the model.

How it is counted:

* Mentions are noun phrases, pronouns and names included, by their characters; one is right only where both of its ends are.
* Nested noun phrases ("the mayor of Alderby" and "Alderby") are mentions of their own on both sides.
* Singletons, things spoken of once, are left out on both sides, as in CoNLL-2012; the scores "with singletons" keep them. GUM marks them all.
* The baseline has the same mentions. It takes each that isn't a pronoun to the nearest one before with the same head, and each pronoun to the
  nearest one before of fitting kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from onrecord.errors import SettingsError
from onrecord.evaluation.chains import Chain, Sums, b_cubed, ceaf_e, muc
from onrecord.evaluation.conllu import ChainedText, read_chained
from onrecord.evaluation.scores import Evaluation, Score
from onrecord.pipeline import Pipeline
from onrecord.speakers.coreference import baseline_chains, find_chains
from onrecord.speakers.evidence import gather_evidence
from onrecord.text import analyze

GENRES = ("news", "interview", "speech", "court")
"""Those nearest to what reports are made of: they have a score of their own."""

Chains = Sequence[Chain]


def measure(gold: Sequence[Path], reports: Path | None = None) -> Evaluation:
    """Score coreference against folders of CoNLL-U.

    Raises:
        NotFoundError: a folder isn't there or is empty.
        FormatError: a file isn't what it should be.
        SettingsError: reports are given: they hold no noun phrases.
    """
    if reports is not None:
        raise SettingsError(
            "coreference can't be scored from reports, which hold speakers only: leave --reports out, and the texts are read"
        )
    texts = [text for folder in gold for text in read_chained(folder)]
    model = Pipeline.load().model
    ours, plain = [], []
    learned = 0
    for text in texts:
        analysis = analyze(text.text)
        output = model.predict(analysis)
        learned += bool(output.mentions)
        evidence = gather_evidence(output, analysis)
        ours.append([frozenset(chain) for chain in find_chains(evidence, text.text)])
        plain.append([frozenset(chain) for chain in baseline_chains(evidence, text.text)])
    notes = [
        "singletons are left out on both sides; nested noun phrases count; both ends of a mention have to be right"
    ]
    if not learned:
        notes.append("the model has no head for noun phrases: nothing is found")
    return Evaluation("coreference", tuple(_all_scores(texts, ours, plain)), tuple(notes))


def _all_scores(
    texts: Sequence[ChainedText], ours: Sequence[Chains], plain: Sequence[Chains]
) -> Iterable[Score]:
    every = range(len(texts))
    near = [place for place in every if texts[place].genre in GENRES]
    yield from scores_of("news, interview, speech, court", texts, ours, near)
    yield from scores_of("baseline on these", texts, plain, near)
    for genre in GENRES:
        yield from scores_of(
            genre, texts, ours, [place for place in every if texts[place].genre == genre], parts=False
        )
    yield from scores_of("all genres", texts, ours, every)
    yield from scores_of("baseline on all", texts, plain, every)
    yield from scores_of("with singletons, all genres", texts, ours, every, least=1)


def scores_of(
    name: str,
    texts: Sequence[ChainedText],
    found: Sequence[Chains],
    places: Iterable[int],
    *,
    least: int = 2,
    parts: bool = True,
) -> Iterable[Score]:
    """The CoNLL score of some texts, then the three it is the mean of, and how well mentions are found.

    Args:
        least: mentions that a chain needs to count.
    """
    sums = {"MUC": Sums(), "B³": Sums(), "CEAF-e": Sums(), "mentions": Sums()}
    for place in places:
        gold = [chain for chain in texts[place].chains if len(chain) >= least]
        ours = [chain for chain in found[place] if len(chain) >= least]
        for key, measured in zip(sums, (muc, b_cubed, ceaf_e, _mentions), strict=True):
            sums[key] += measured(gold, ours)
    count = round(sums["mentions"].gold)
    three = [sums[key] for key in ("MUC", "B³", "CEAF-e")]
    yield Score(f"{name}: CoNLL", 100 * sum(s.f1 for s in three) / 3, count)
    for key, s in sums.items() if parts else ():
        yield Score(f"{name}: {key}", 100 * s.f1, count, 100 * s.precision, 100 * s.recall)


def _mentions(gold: Chains, found: Chains) -> Sums:
    theirs = {mention for chain in gold for mention in chain}
    ours = {mention for chain in found for mention in chain}
    both = len(theirs & ours)
    return Sums(both, len(ours), both, len(theirs))

"""Which of PLOVER's fifteen roots an event between two actors of a sentence is: words, positions, frames of verbs
and a linear model, in NumPy alone; the word vectors of the package's encoder join where there are weights for them.

PLOVER: Halterman, Schrodt, Beger, Bagozzi, Scarborough: "Creating custom event data without dictionaries" and
the PLOVER codebook (2023). The task, a sentence with source and target marked, is that of Hu, Parolin, Khan,
Brandt, Osorio, D'Orazio: "Leveraging codebook knowledge with NLI and ChatGPT for zero-shot political relation
classification" (ACL 2024). The weights come from ``training/acts.py``.
"""

from __future__ import annotations

import functools
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.acts.cue_lexicon import forms_of, load_lexicon, read_rows
from onrecord.acts.event_frames import BE, find_frames, mood_of, stem
from onrecord.errors import BundleError

ROOTS = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
MAX_WORDS = 400  # words read of a sentence
BUCKETS = 1 << 14  # hashed features
GROUPS = 5  # means of vectors that are taken of a sentence
WEIGHTS = "plover.npz"
NEAR = ("between", "after1")  # places between the actors, and right after the last
RANKS = {place: rank for rank, place in enumerate((*NEAR, "before", "after", "S", "T"))}
MODALS = frozenset({"will", "would", "could", "may", "might", "should", "must", "can", "shall"})
NEGATORS = frozenset({"not", "no", "never", "n't", "without", "nor"})


@dataclass(frozen=True, slots=True)
class ActorPair:
    """A sentence with two actors in it, as ranges of characters; ``None`` where an actor isn't found."""

    text: str
    source: tuple[int, int] | None
    target: tuple[int, int] | None

    @classmethod
    def of(cls, text: str, source: str, target: str) -> ActorPair:
        """The pair of two actors given by their words: the first place where each stands, apart from the
        other if that can be.
        """
        first = _locate(text, source, None)
        return cls(text, first, _locate(text, target, first))


def _locate(text: str, words: str, taken: tuple[int, int] | None) -> tuple[int, int] | None:
    words = words.strip()
    at = text.find(words) if words else -1
    found = (at, at + len(words)) if at >= 0 else None
    while at >= 0 and taken and at < taken[1] and taken[0] < at + len(words):
        at = text.find(words, at + 1)
        if at >= 0 and not (at < taken[1] and taken[0] < at + len(words)):
            return at, at + len(words)
    return found


@dataclass(frozen=True, slots=True)
class JointModel:
    """A linear model of words and an encoder's vectors together.

    ``weights``: float32 [feature, root]; ``dense``: float32 [5 * width, root]; ``bias``: float32 [root]; ``encoder``: SHA-256 of the
    encoder whose vectors they were trained on.
    """

    weights: NDArray[np.float32]
    dense: NDArray[np.float32]
    bias: NDArray[np.float32]
    encoder: str


@dataclass(frozen=True, slots=True)
class Classifier:
    """A linear model of words alone, ``weights`` float32 [feature, root] and ``bias`` float32 [root], and one of words and vectors, or none."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    joint: JointModel | None = None


def classify(
    pair: ActorPair, *, vectors: NDArray[np.float32] | None = None, classifier: Classifier | None = None
) -> dict[str, float]:
    """The probability of each root, in the order of ``ROOTS``.

    Args:
        pair: the sentence and the two actors.
        vectors: float32 [word, width], one row a word of ``tokenize_sentence(pair.text)`` (``align_vectors`` makes them of an
            encoder's pass), of the encoder that ``classifier.joint`` names; used where there is such a part.
        classifier: the shipped one where none is given.

    Raises:
        BundleError: the shipped weights are missing or broken, or for vectors of another width.
    """
    classifier = classifier or load_classifier()
    index, values = encode(pair)
    if vectors is not None and classifier.joint is not None:
        joint = classifier.joint
        if vectors.shape[1] * GROUPS != joint.dense.shape[0]:
            raise BundleError(
                f"expected word vectors {joint.dense.shape[0] // GROUPS} wide, which the weights were trained on, "
                f"found {vectors.shape[1]}; use the encoder of the same bundle, or leave the vectors out"
            )
        logits = joint.bias + values @ joint.weights[index] + pool_vectors(pair, vectors) @ joint.dense
    else:
        logits = classifier.bias + values @ classifier.weights[index]
    odds = np.exp(logits - logits.max())
    return {root: float(p) for root, p in zip(ROOTS, odds / odds.sum(), strict=True)}


@functools.lru_cache(maxsize=1)
def load_classifier() -> Classifier:
    """The shipped weights.

    Raises:
        BundleError: they are missing or broken.
    """
    path = resources.files("onrecord.acts") / "data" / WEIGHTS
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as data:
            roots = json.loads(str(data["roots"]))
            weights, bias = _unpack(data, ""), data["bias"].astype(np.float32)
            joint = None
            if "dense" in data.files:
                dense, encoder = data["dense"].astype(np.float32), str(data["encoder"])
                joint = JointModel(
                    _unpack(data, "joint_"), dense, data["joint_bias"].astype(np.float32), encoder
                )
    except (OSError, ValueError, KeyError) as error:
        raise BundleError(
            f"expected the weights of PLOVER's roots in {WEIGHTS}, found none that can be read ({error}); install again"
        ) from None
    if tuple(roots) != ROOTS or bias.shape != (len(ROOTS),):
        raise BundleError(
            f"expected weights for {len(ROOTS)} roots in {WEIGHTS}, found {len(roots)}; install again"
        )
    return Classifier(weights, bias, joint)


def _unpack(data: Mapping[str, NDArray[Any]], part: str) -> NDArray[np.float32]:
    weights = np.zeros((BUCKETS, len(ROOTS)), np.float32)
    weights[data[f"{part}rows"]] = data[f"{part}weights"].astype(np.float32) * data[f"{part}scale"]
    return weights


def tokenize_sentence(text: str) -> list[tuple[int, int]]:
    """The words of a sentence as ranges of characters, the first ``MAX_WORDS``."""
    found = []
    for match in TOKEN.finditer(text):
        found.append(match.span())
        if len(found) == MAX_WORDS:
            break
    return found


def encode(pair: ActorPair) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The hashed features that are there: their rows int64 [n], and their values float32 [n], of length 1
    together in each group.
    """
    counts: dict[int, float] = {}
    for name, value in features(pair):
        row = zlib.crc32(name.encode("utf-8", "surrogatepass")) % BUCKETS
        counts[row] = counts.get(row, 0.0) + value
    rows = np.fromiter(counts, np.int64, len(counts))
    values = np.fromiter(counts.values(), np.float32, len(counts))
    norm = float(np.sqrt((values**2).sum())) or 1.0
    return rows, values / np.float32(norm)


def features(pair: ActorPair) -> Iterator[tuple[str, float]]:
    """Names and weights of what a sentence shows: words, pairs of words and classes of words, by where they
    stand to the actors.
    """
    spans = tokenize_sentence(pair.text)
    words = [pair.text[start:end].lower() for start, end in spans]
    places = [_place(span, pair) for span in spans]
    lemmas = [stem(word) for word in words]
    order = _order(pair)
    yield f"order={order}", 0.5
    verbs = _verbs(lemmas, places, words)
    for rank, index in enumerate(verbs[:3]):
        yield f"verb{rank}={lemmas[index]}", 2.0 if rank == 0 else 1.0
        if rank == 0:
            yield f"verb0+1={lemmas[index]} {lemmas[index + 1] if index + 1 < len(lemmas) else ''}", 1.0
            passive = index > 0 and words[index - 1] in BE and words[index].endswith(("ed", "en"))
            yield f"passive={passive}|{order}", 0.5
            for root in _roots_of(words[index]):
                yield f"verb0:{root}", 2.0
                yield f"verb0:{root}|{order}|{passive}", 0.5
    yield from _act_features(words, places, order)
    yield from _frame_features(words, places)
    yield from _mood_features(words, lemmas, verbs)
    yield from _adjacent_word_features(lemmas, places, verbs)
    for index, (lemma, place) in enumerate(zip(lemmas, places, strict=True)):
        if place in ("between", "after1", "after"):
            if words[index] in MODALS:
                yield f"modal={words[index]}|{place}", 1.0
            elif words[index] in NEGATORS:
                yield f"neg|{place}", 1.0
        if not lemma.isalpha():
            continue
        weight = 1.0 if place in NEAR else 0.6
        for root in _roots_of(words[index]):
            yield f"{place}:{root}", weight * 0.7
            yield f"any:{root}", 0.4
        if len(lemma) > 2 or lemma in ("un", "eu", "us"):
            yield f"w={lemma}", 0.6
            yield f"{place}={lemma}", weight
        if index + 1 < len(lemmas) and place in NEAR:
            yield f"bi={lemma} {lemmas[index + 1]}", weight * 0.8


def _act_features(words: Sequence[str], places: Sequence[str], order: str) -> Iterator[tuple[str, float]]:
    """The acts of the reporting words, by where they stand; the first of those between the actors more than the others."""
    lexicon, index, first = load_lexicon(), 0, True
    while index < len(words):
        match = lexicon.match(words, index)
        if match is None:
            index += 1
            continue
        near = places[index] in NEAR
        yield f"act|{places[index]}:{match[0].act}", 1.0 if near else 0.5
        if near and first:
            yield f"act0:{match[0].act}", 1.5
            yield f"act0:{match[0].act}|{order}", 0.7
            first = False
        index += match[1]


def _frame_features(words: Sequence[str], places: Sequence[str]) -> Iterator[tuple[str, float]]:
    """The frames (``frames``), by root and mood and by whether their verbs stand near to the actors; those of the first verb more than the others."""
    found = sorted(find_frames(words), key=lambda one: (RANKS[places[one.verb]], one.verb))
    seen: set[tuple[str, str]] = set()
    for one in found:
        frame, place = one.frame, places[one.verb]
        if (frame.code, place) in seen:
            continue
        seen.add((frame.code, place))
        near, mood = place in NEAR, mood_of(words, one.verb)
        weight = 1.0 if near else 0.5
        yield f"fr={frame.code}|{near}", weight
        yield f"fr:{frame.root}|{near}", weight
        yield f"fr:{frame.root}|{mood}|{near}", weight
        if one.verb == found[0].verb:
            yield f"fr0={frame.code}", 1.0
            yield f"fr0:{frame.root}|{mood}", 1.0


def _mood_features(
    words: Sequence[str], lemmas: Sequence[str], verbs: Sequence[int]
) -> Iterator[tuple[str, float]]:
    """What mood the likely verbs stand in, with the roots that know them: help that is meant is an agreement, a strike that is meant a threat."""
    for rank, index in enumerate(verbs[:3]):
        mood = mood_of(words, index)
        yield f"mood{rank}={mood}", 1.0 if rank == 0 else 0.5
        for root in _roots_of(words[index]):
            yield f"mood{rank}:{root}|{mood}", 1.5 if rank == 0 else 0.7
        if rank == 0:
            yield f"moodv={lemmas[index]}|{mood}", 0.7


def _adjacent_word_features(
    lemmas: Sequence[str], places: Sequence[str], verbs: Sequence[int]
) -> Iterator[tuple[str, float]]:
    """The words next to the two actors: what follows the source, what stands before and after the target."""
    source = [index for index, place in enumerate(places) if place == "S"]
    target = [index for index, place in enumerate(places) if place == "T"]
    edges = []
    if source:
        edges.append(("afterS", lemmas[source[-1] + 1 : source[-1] + 4]))
    if target:
        edges.append(("beforeT", lemmas[max(0, target[0] - 3) : target[0]][::-1]))
        edges.append(("afterT", lemmas[target[-1] + 1 : target[-1] + 4]))
        if verbs:
            yield f"v0T={lemmas[verbs[0]]} {lemmas[target[0] - 1] if target[0] else ''}", 1.0
    for name, words in edges:
        for size in range(1, len(words) + 1):
            yield f"{name}{size}={' '.join(words[:size])}", 1.0 if size < 3 else 0.7


def _place(span: tuple[int, int], pair: ActorPair) -> str:
    start, end = span
    for name, actor in (("S", pair.source), ("T", pair.target)):
        if actor and actor[0] <= start and end <= actor[1]:
            return name
    known = sorted(actor for actor in (pair.source, pair.target) if actor)
    if not known:
        return "after"
    if start < known[0][0]:
        return "before"
    if len(known) == 2 and end <= known[1][0] and start >= known[0][1]:
        return "between"
    return "after1" if start - known[-1][1] < 50 else "after"


def _order(pair: ActorPair) -> str:
    if not pair.source or not pair.target:
        return "?"
    if pair.source[0] <= pair.target[0] and pair.target[1] <= pair.source[1]:
        return "inside"
    return "ST" if pair.source[0] <= pair.target[0] else "TS"


def _verbs(lemmas: Sequence[str], places: Sequence[str], words: Sequence[str]) -> list[int]:
    """Words that some root knows, those between the actors first, in text order."""
    ranked = [(RANKS[place], index) for index, place in enumerate(places) if words[index] in _event_words()]
    return [index for _, index in sorted(ranked)]


def _roots_of(word: str) -> tuple[str, ...]:
    return _event_words().get(word, ())


@functools.lru_cache(maxsize=1)
def _event_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for root, kind, words, _ in read_rows("events.tsv"):
        for lemma in words.split():
            for form in forms_of(lemma) if kind == "v" else {lemma, lemma + "s"}:
                if root not in found.setdefault(form, []):
                    found[form].append(root)
    return {form: tuple(roots) for form, roots in found.items()}


def align_vectors(
    text: str, ranges: Sequence[tuple[int, int]], vectors: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The vectors of ``tokenize_sentence(text)``, float32 [word, width], from those of an encoder's words, whose ranges are in text order."""
    if not len(ranges):
        return np.zeros((len(tokenize_sentence(text)), vectors.shape[1]), np.float32)
    starts = np.array([start for start, _ in ranges])
    rows = [int(starts.searchsorted(start, "right")) - 1 for start, _ in tokenize_sentence(text)]
    return vectors[np.maximum(rows, 0)].astype(np.float32) if rows else vectors[:0]


def pool_vectors(pair: ActorPair, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Dense features float32 [5 * width]: the mean vector of all words, of each actor, of the words between
    or around them, and of the verb.
    """
    spans = tokenize_sentence(pair.text)
    places = [_place(span, pair) for span in spans]
    words = [pair.text[start:end].lower() for start, end in spans]
    verbs = _verbs([stem(word) for word in words], places, words)
    groups = (
        range(len(spans)),
        [index for index, place in enumerate(places) if place == "S"],
        [index for index, place in enumerate(places) if place == "T"],
        [index for index, place in enumerate(places) if place in NEAR],
        verbs[:1],
    )
    means = [
        vectors[list(group)].mean(axis=0) if len(group) else np.zeros(vectors.shape[1], np.float32)
        for group in groups
    ]
    return np.concatenate([mean / max(float(np.linalg.norm(mean)), 1e-6) for mean in means]).astype(
        np.float32
    )

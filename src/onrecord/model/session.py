"""The network at work: ONNX Runtime over windows of a text, NumPy over what comes out."""

from __future__ import annotations

import dataclasses
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.errors import BundleError
from onrecord.model.bundle import Bundle, open_bundle
from onrecord.model.cue_context import cue_contexts
from onrecord.model.decoding import (
    Floats,
    RawCandidate,
    find_cues,
    path_score,
    role_spans,
    softmax,
    span_score,
    viterbi_paths,
)
from onrecord.model.labels import OUTSIDE
from onrecord.model.mentions import (
    Antecedents,
    Mention,
    NameMention,
    best_antecedents,
    find_mentions,
    find_names,
)
from onrecord.model.pairs import pair_batches
from onrecord.model.windows import AnalyzedWords, Window, build_windows
from onrecord.model.wordpieces import load_wordpieces
from onrecord.privacy import load_runtime
from onrecord.text import TextAnalysis

# How much goes through a graph at once. Small batches of cues and noun phrases stay in a core's cache: 6 % faster
# over whole reports than 64 and 1,000, in half the memory.
BATCH_WORDPIECES = 2048
BATCH_CUES = 16
BATCH_MENTIONS = 100
# Beyond these a text is read in parts, so that memory stays bounded. int8 activations are scaled by batch, so a
# part is larger than any ordinary report (the longest of 108 dev reports has 4,356 words): their results are the
# same as without parts.
PART_PIECES = 8 * BATCH_WORDPIECES
PART_WORDS = 6_000
_SURE = 1e4  # a logit that leaves nothing to the other labels


@dataclass(frozen=True, slots=True)
class ModelOutput:
    """What one pass over a text gives: its words, their vectors float32 [word, hidden], and the raw_candidates by order of their cues.

    ``names`` don't overlap; ``mentions`` may nest, in order of (first, -last); ``antecedents`` has an entry for each mention.
    """

    words: AnalyzedWords
    vectors: Floats
    raw_candidates: tuple[RawCandidate, ...]
    names: tuple[NameMention, ...] = ()
    mentions: tuple[Mention, ...] = ()
    antecedents: tuple[Antecedents, ...] = ()


class Model:
    """A loaded bundle. Safe to share between threads."""

    def __init__(self, bundle: Bundle | None = None, *, threads: int | None = None) -> None:
        """Loads a bundle, by default the English one.

        Args:
            threads: how many cores one pass may use; all of them by default.

        Raises:
            BundleError: a part can't be loaded.
        """
        self.bundle = open_bundle() if bundle is None else bundle
        threads = threads or os.cpu_count() or 1
        self._pieces = load_wordpieces(self.bundle.path("tokenizer.json"))
        self._encoder = _open_session(self.bundle.path("encoder.onnx"), threads)
        self._roles = _open_session(self.bundle.path("roles.onnx"), threads)
        self._mentions = _open_session(self.bundle.path("mentions.onnx"), threads)
        self._pairs = _open_session(self.bundle.path("pairs.onnx"), threads)
        self._hidden: int = self._mentions.get_inputs()[0].shape[1]

    def predict(self, analysis: TextAnalysis) -> ModelOutput:
        """Reads a text of any length; memory grows with its words' vectors, about 1.5 kB a word."""
        (reading,) = self.find_candidates([analysis])
        names, mentions, parts = self._find_mentions(reading)
        antecedents = self._find_antecedents(mentions, parts, reading.words, analysis.text)
        return dataclasses.replace(reading, names=names, mentions=mentions, antecedents=antecedents)

    def find_candidates(self, texts: Sequence[TextAnalysis]) -> list[ModelOutput]:
        """Words, vectors and raw_candidates of texts that are each read by themselves; names and noun phrases aren't looked for."""
        found, windows = self._build_windows(texts)
        raw_candidates: dict[int, list[RawCandidate]] = defaultdict(list)

        def look(
            first: int, part: Sequence[Window], slots: _WordSlots, vectors: Floats, likely: Floats
        ) -> None:
            cues = _find_cues(part, slots, likely)
            for begin in range(0, len(cues), BATCH_CUES):
                batch = cues[begin : begin + BATCH_CUES]
                for cue, raw_candidate in zip(batch, self._decode_roles(batch, vectors), strict=True):
                    raw_candidates[first + cue.window].append(raw_candidate)

        vectors = self._encode(windows, look)
        out, done = [], 0
        for words, own in found:
            size = len(words.ranges)
            mine = tuple(raw_candidate for window in own for raw_candidate in raw_candidates[window])
            out.append(ModelOutput(words, vectors[done : done + size], mine))
            done += size
        return out

    def encode(self, texts: Sequence[TextAnalysis]) -> list[tuple[AnalyzedWords, Floats]]:
        """The words of texts and their vectors, float32 [word, hidden]; each text is read by itself, and no statement is looked for."""
        found, windows = self._build_windows(texts)
        vectors = self._encode(windows)
        ends = np.cumsum([len(words.ranges) for words, _ in found]).tolist()
        return [
            (words, vectors[end - len(words.ranges) : end])
            for (words, _), end in zip(found, ends, strict=True)
        ]

    def _build_windows(
        self, texts: Sequence[TextAnalysis]
    ) -> tuple[list[tuple[AnalyzedWords, range]], list[Window]]:
        """The words of each text with its places among the windows of all, and these windows."""
        found: list[tuple[AnalyzedWords, range]] = []
        windows: list[Window] = []
        for text in texts:
            words, of_text = build_windows(text, self._pieces)
            found.append((words, range(len(windows), len(windows) + len(of_text))))
            windows += of_text
        return found, windows

    def _encode(self, windows: Sequence[Window], look: _Look | None = None) -> Floats:
        """The vectors of all words, float32 [word, hidden], each from the window that owns it.

        Args:
            look: called with each part's first window, windows, slots, vectors and cue probabilities, while
                they are in memory.
        """
        total = sum(len(window.words) - window.owned_from for window in windows)
        owned_by, done = np.empty((total, self._hidden), dtype=np.float32), 0
        for first, last in _parts(windows):
            part = windows[first:last]
            slots = _WordSlots(part)
            vectors, likely = self._encode_part(part, slots)
            if look is not None:
                look(first, part, slots, vectors, likely)
            places = slots.owned_by()
            owned_by[done : done + len(places)] = vectors[places]
            done += len(places)
        return owned_by

    def _encode_part(self, windows: Sequence[Window], slots: _WordSlots) -> tuple[Floats, Floats]:
        """Vectors float32 [slot, hidden] and cue probabilities float32 [slot, cue label] of windows.

        Both are zero in a window without a word.
        """
        order = sorted(
            (index for index, window in enumerate(windows) if window.has_word),
            key=lambda index: len(windows[index].pieces),
        )
        vectors = np.zeros((slots.total, self._hidden), dtype=np.float32)
        probabilities = np.zeros((slots.total, 3), dtype=np.float32)
        for batch in _batches(order, windows):
            arrays = [
                _pad([getattr(windows[index], name) for index in batch])
                for name in ("pieces", "shapes", "states", "first")
            ]
            out, logits = self._encoder.run(
                None, dict(zip(("pieces", "shapes", "states", "first"), arrays, strict=True))
            )
            for row, index in enumerate(batch):
                size = len(windows[index].words)
                vectors[slots.range(index)] = out[row, :size]
                probabilities[slots.range(index)] = softmax(logits[row, :size])
        return vectors, probabilities

    def _find_mentions(
        self, reading: ModelOutput
    ) -> tuple[tuple[NameMention, ...], tuple[Mention, ...], Floats]:
        """Names, noun phrases, and what each noun phrase is like, float32 [mention, hidden], from the words of a whole text."""
        names: list[NameMention] = []
        mentions: list[Mention] = []
        like: list[Floats] = []
        for begin, end in _stretches(reading.words):
            vectors = reading.vectors[begin:end]
            unread = ~vectors.any(axis=1)  # of windows without a word
            if unread.all():
                continue
            logits, heads, edges, parts, before, after = self._mentions.run(None, {"vectors": vectors})
            for scores in (logits, heads):
                scores[unread, OUTSIDE] = _SURE
            found = find_mentions(heads, edges, before, after)
            places = np.array([(one.head, one.first, one.last - 1) for one in found], dtype=np.int64).reshape(
                -1, 3
            )
            like.append(sum(parts[places[:, part], part] for part in range(3)))
            names += [one.moved(begin) for one in find_names(logits)]
            mentions += [one.moved(begin) for one in found]
        joined = np.concatenate(like) if like else np.zeros((0, self._hidden), dtype=np.float32)
        return tuple(names), tuple(mentions), joined

    def _find_antecedents(
        self, mentions: Sequence[Mention], parts: Floats, words: AnalyzedWords, text: str
    ) -> tuple[Antecedents, ...]:
        """The likeliest antecedents of each noun phrase."""
        found: dict[int, Antecedents] = {}
        for pairs in pair_batches(mentions, words, text, size=BATCH_MENTIONS):
            if len(pairs.left):
                low = int(pairs.left.min())
                high = int(pairs.right[-1]) + 1
                (links,) = self._pairs.run(
                    None,
                    {
                        "mentions": parts[low:high],
                        "left": pairs.left - low,
                        "right": pairs.right - low,
                        "features": pairs.features,
                    },
                )
                found |= best_antecedents(pairs.left, pairs.right, links)
        return tuple(found.get(place, ()) for place in range(len(mentions)))

    def _decode_roles(self, cues: Sequence[_Cue], vectors: Floats) -> list[RawCandidate]:
        """The raw_candidate of each cue; the graph is given the vectors of their windows only, and places among these."""
        low = min(cue.low for cue in cues)
        high = max(cue.high for cue in cues)
        contexts = cue_contexts(
            [(cue.first - low, cue.last - low, cue.low - low, cue.high - low) for cue in cues]
        )
        logits, accepts = self._roles.run(
            None,
            {
                "vectors": vectors[low:high],
                "index": contexts.index,
                "distance": contexts.distance,
                "inside": contexts.inside,
                "mask": contexts.mask,
            },
        )
        log_probabilities = np.log(np.maximum(softmax(logits), 1e-9))
        paths = viterbi_paths(log_probabilities, contexts.mask)
        return [
            _raw_candidate(
                cue,
                low + int(contexts.index[place, 0]) + cue.text_offset,
                paths[place],
                log_probabilities[place],
                float(accepts[place]),
            )
            for place, cue in enumerate(cues)
        ]


class _WordSlots:
    """Every word of every window has a slot, one window after the other; a word in a left context has one there too."""

    def __init__(self, windows: Sequence[Window]) -> None:
        self.starts = (
            np.concatenate([[0], np.cumsum([len(window.words) for window in windows])]).astype(int).tolist()
        )
        self.owned_from = [window.owned_from for window in windows]
        self.total: int = self.starts[-1]

    def range(self, window: int) -> slice:
        """The slots of a window."""
        return slice(self.starts[window], self.starts[window + 1])

    def own(self, window: int) -> NDArray[np.int64]:
        """The slots of a window's words but for its left context, int64 [word]."""
        return np.arange(self.starts[window] + self.owned_from[window], self.starts[window + 1])

    def owned_by(self) -> NDArray[np.int64]:
        """The same of all windows, one after the other."""
        return np.concatenate([np.zeros(0, np.int64), *map(self.own, range(len(self.owned_from)))])


_Look = Callable[[int, Sequence[Window], _WordSlots, Floats, Floats], None]


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue as slots: its words and those of its window, half-open; ``text_offset`` leads from a slot to a word of the text."""

    window: int
    first: int
    last: int
    low: int
    high: int
    text_offset: int
    score: float


def _find_cues(windows: Sequence[Window], slots: _WordSlots, probabilities: Floats) -> list[_Cue]:
    """The cues of every window, but for those in its left context, which are the window's before it."""
    found = []
    for number, window in enumerate(windows):
        place = slots.range(number)
        for first, last, score in find_cues(probabilities[place]):
            if first >= window.owned_from:
                low, high = place.start, place.stop
                text_offset = int(window.words[0]) - low
                found.append(_Cue(number, low + first, low + last, low, high, text_offset, score))
    return found


def _raw_candidate(
    cue: _Cue, text_offset: int, path: NDArray[np.int64], log_probabilities: Floats, accept: float
) -> RawCandidate:
    """What a path of roles says, as words of the text; ``text_offset`` leads there from a place in the path."""
    own = (cue.first + cue.text_offset, cue.last + cue.text_offset)
    runs = role_spans(path.tolist())
    shifted = {
        role: [(first + text_offset, last + text_offset) for first, last in found]
        for role, found in runs.items()
    }
    realigned = [span for span in shifted["cue"] if span[0] < own[1] and own[0] < span[1]]
    sources = sorted(runs["source"], key=lambda span: span_score(span, path, log_probabilities), reverse=True)
    source = (sources[0][0] + text_offset, sources[0][1] + text_offset) if sources else None
    return RawCandidate(
        realigned[0] if realigned else own,
        source,
        tuple(shifted["content"]),
        cue.score,
        accept,
        path_score(path, log_probabilities),
    )


def _parts(windows: Sequence[Window]) -> Iterator[tuple[int, int]]:
    """Runs of windows (first, last + 1) of at most ``PART_PIECES`` pieces."""
    first = size = 0
    for place, window in enumerate(windows):
        if place > first and size + len(window.pieces) > PART_PIECES:
            yield first, place
            first, size = place, 0
        size += len(window.pieces)
    if windows:
        yield first, len(windows)


def _stretches(words: AnalyzedWords) -> Iterator[tuple[int, int]]:
    """Runs of words (first, last + 1) of at most ``PART_WORDS``, cut between sentences unless one is longer."""
    begin, total = 0, len(words.ranges)
    while begin < total:
        end = min(begin + PART_WORDS, total)
        if end < total:
            end = next((place for place in range(end, begin, -1) if place in words.boundaries), end)
        yield begin, end
        begin = end


def _batches(order: Sequence[int], windows: Sequence[Window]) -> list[list[int]]:
    batches: list[list[int]] = []
    for index in order:
        longest = len(windows[index].pieces)
        if batches and (len(batches[-1]) + 1) * longest <= BATCH_WORDPIECES:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches


def _pad(rows: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    out = np.zeros((len(rows), max(len(row) for row in rows)), dtype=np.int64)
    for place, row in enumerate(rows):
        out[place, : len(row)] = row
    return out


def _open_session(path: Path, threads: int) -> Any:
    onnxruntime = load_runtime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = (
        False  # plans made for one shape each, where every report has shapes of its own
    )
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (
        Exception
    ) as error:  # ONNX Runtime raises a class for each status, with no common root but Exception
        raise BundleError(
            f"{path}: can't be loaded as an ONNX graph ({error}); install the package again"
        ) from error

"""Names and noun phrases as examples, and the losses of the heads that find them."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from onrecord.evaluation.conllu import ChainedText
from onrecord.evaluation.tagged import TaggedText
from onrecord.model.labels import (
    HEAD_LABELS,
    MENTION_END_OFFSETS,
    MENTION_KINDS,
    MENTION_START_OFFSETS,
    NAME_KINDS,
    NAME_LABELS,
    OUTSIDE,
    span_positions,
)
from onrecord.model.mentions import Mention
from onrecord.model.pairs import MentionPairs, candidate_pairs
from onrecord.model.windows import AnalyzedWords, Window, build_windows
from onrecord.model.wordpieces import WordPieces
from onrecord.text import analyze
from training.augment import vary
from training.examples import pad
from training.network import Network


@dataclass(frozen=True, slots=True)
class NameExample:
    """A window and its ``labels`` int64 [word], -100 in the left context."""

    window: Window
    labels: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The noun phrases among some words, which ``mentions`` count from 0.

    ``entities`` says what each speaks of, ``heads`` int64 [word] which words are heads, as head labels.
    """

    mentions: tuple[Mention, ...]
    entities: tuple[str, ...]
    heads: NDArray[np.int64]
    pairs: MentionPairs


@dataclass(frozen=True, slots=True)
class PhraseExample:
    """Windows that follow one another in one text, and the noun phrases among the words that they own.

    ``slots``: int64 [own word], the place of each such word among all words of the padded windows.
    """

    windows: tuple[Window, ...]
    slots: NDArray[np.int64]
    phrases: Phrases


def name_examples(
    article: TaggedText, vocabulary: WordPieces, random: Random, *, vary_rate: float
) -> list[NameExample]:
    """The examples of one article."""
    words, windows = build_windows(analyze(vary(article.text, random, rate=vary_rate)), vocabulary)
    labels = name_labels(article, words)
    examples = []
    for window in windows:
        own = labels[window.words].copy()
        own[: window.owned_from] = -100
        examples.append(NameExample(window, own))
    return examples


def name_labels(article: TaggedText, words: AnalyzedWords) -> NDArray[np.int64]:
    """The label of each word, int64 [word]."""
    labels = np.full(len(words.ranges), OUTSIDE, dtype=np.int64)
    for start, end, kind in article.names:
        first, last = _words_in(words, start, end)
        if first < last and kind in NAME_KINDS:
            begin = NAME_LABELS.index(f"B-{kind}")
            labels[first:last] = [begin + place for place in span_positions(last - first)]
    return labels


def phrase_examples(
    document: ChainedText, vocabulary: WordPieces, random: Random, *, vary_rate: float, pieces: int
) -> list[PhraseExample]:
    """The examples of one document: groups of windows of at most ``pieces`` pieces."""
    text = vary(document.text, random, rate=vary_rate)
    words, windows = build_windows(analyze(text), vocabulary)
    mentions, entities = mentions_of(document, words)
    groups: list[list[Window]] = []
    for window in windows:
        if groups and sum(len(one.pieces) for one in groups[-1]) + len(window.pieces) <= pieces:
            groups[-1].append(window)
        else:
            groups.append([window])
    return [_phrase_example(group, mentions, entities, words, text) for group in groups]


def mentions_of(document: ChainedText, words: AnalyzedWords) -> tuple[list[Mention], list[str]]:
    """The smallest noun phrase of each head word, and what each speaks of, in order of (first, -last)."""
    by_head: dict[int, tuple[Mention, str]] = {}
    for phrase in document.noun_phrases:
        first, last = _words_in(words, phrase.start, phrase.end)
        head = _words_in(words, phrase.head_start, phrase.head_end)[0]
        if (
            first <= head < last
            and head - first <= MENTION_START_OFFSETS
            and last - 1 - head <= MENTION_END_OFFSETS
        ):
            known = by_head.get(head)
            if known is None or last - first < known[0].last - known[0].first:
                kind = phrase.kind if phrase.kind in MENTION_KINDS else "other"
                by_head[head] = Mention(first, last, head, kind, 1.0), phrase.entity
    pairs = sorted(by_head.values(), key=lambda pair: (pair[0].first, -pair[0].last))
    return [mention for mention, _ in pairs], [entity for _, entity in pairs]


def _phrase_example(
    windows: Sequence[Window],
    mentions: Sequence[Mention],
    entities: Sequence[str],
    words: AnalyzedWords,
    text: str,
) -> PhraseExample:
    width = max(len(window.words) for window in windows)
    slots = np.concatenate(
        [row * width + np.arange(window.owned_from, len(window.words)) for row, window in enumerate(windows)]
    )
    begin = int(windows[0].words[windows[0].owned_from])
    end = int(windows[-1].words[-1]) + 1
    return PhraseExample(
        tuple(windows), slots, phrases_between(begin, end, mentions, entities, words=words, text=text)
    )


def phrases_between(
    begin: int,
    end: int,
    mentions: Sequence[Mention],
    entities: Sequence[str],
    *,
    words: AnalyzedWords,
    text: str,
) -> Phrases:
    """The noun phrases among the words from ``begin`` to ``end`` of a text, counted from ``begin``."""
    held = [place for place, mention in enumerate(mentions) if begin <= mention.first and mention.last <= end]
    pairs = candidate_pairs([mentions[place] for place in held], words, text)
    own = tuple(
        Mention(mention.first - begin, mention.last - begin, mention.head - begin, mention.kind, 1.0)
        for mention in (mentions[place] for place in held)
    )
    heads = np.zeros(end - begin, dtype=np.int64)
    for mention in own:
        heads[mention.head] = HEAD_LABELS.index(mention.kind)
    return Phrases(own, tuple(entities[place] for place in held), heads, pairs)


def _words_in(words: AnalyzedWords, start: int, end: int) -> tuple[int, int]:
    first = bisect.bisect_right(words.ranges, start, key=lambda span: span[1])
    last = bisect.bisect_left(words.ranges, end, key=lambda span: span[0])
    return first, max(first, last)


def name_loss(network: Network, batch: Sequence[NameExample], device: torch.device, *, hide: float) -> Tensor:
    """Cross-entropy of the labels of names, by name."""
    vectors, _ = network.encode_windows([example.window for example in batch], device, hide=hide)
    labels = torch.from_numpy(pad([example.labels for example in batch], -100)).to(device)
    return name_loss_of(network, vectors.flatten(0, 1), labels.flatten())


def name_loss_of(network: Network, vectors: Tensor, labels: Tensor) -> Tensor:
    """The same from word vectors [word, hidden] and labels [word]."""
    logits = network.mentions(vectors)[0].float()
    count = max(8, int(((labels > 0) & ((labels % 4 == 1) | (labels % 4 == 0))).sum()))
    return F.cross_entropy(logits, labels, reduction="sum", ignore_index=-100) / count


def phrase_losses(
    network: Network, example: PhraseExample, device: torch.device, *, hide: float
) -> tuple[Tensor, Tensor, Tensor]:
    """The losses of heads, edges and links, each by mention."""
    vectors, _ = network.encode_windows(example.windows, device, hide=hide)
    own = vectors.flatten(0, 1)[torch.from_numpy(example.slots).to(device)]
    return phrase_losses_of(network, own, example.phrases, device)


def phrase_losses_of(
    network: Network, vectors: Tensor, phrases: Phrases, device: torch.device
) -> tuple[Tensor, Tensor, Tensor]:
    """The same from the vectors of the words [word, hidden]; links by the marginal likelihood of all right antecedents (Lee et al., EMNLP 2017)."""
    _, head_logits, edges, parts, before, after = (out.float() for out in network.mentions(vectors))
    count = max(4, len(phrases.mentions))
    heads = torch.from_numpy(phrases.heads).to(device)
    head_loss = F.cross_entropy(head_logits, heads, reduction="sum") / count
    if not phrases.mentions:
        return head_loss, head_loss * 0, head_loss * 0
    head, first, last = (
        torch.tensor([value(mention) for mention in phrases.mentions], device=device)
        for value in (lambda m: m.head, lambda m: m.first, lambda m: m.last - 1)
    )
    size = len(vectors)
    edge_loss = _edge_loss(edges[:, 0], edges[:, 1], before, head, head - first, size, -1) + _edge_loss(
        edges[:, 2], edges[:, 3], after, head, last - head, size, 1
    )
    if not len(phrases.pairs.left):
        return head_loss, edge_loss, edge_loss * 0
    mentions = parts[head, 0] + parts[first, 1] + parts[last, 2]
    left, right, features = (
        torch.from_numpy(value).to(device)
        for value in (phrases.pairs.left, phrases.pairs.right, phrases.pairs.features)
    )
    links = network.pairs(mentions, left, right, features).float()
    entity = np.array(phrases.entities)
    same = torch.from_numpy(entity[phrases.pairs.left] == entity[phrases.pairs.right]).to(device)
    return head_loss, edge_loss, _link_loss(links, right, same, len(phrases.mentions))


def _edge_loss(
    queries: Tensor, keys: Tensor, worth: Tensor, head: Tensor, gold: Tensor, size: int, step: int
) -> Tensor:
    places = head[:, None] + step * torch.arange(len(worth), device=head.device)[None]
    inside = (places >= 0) & (places < size)
    scores = (queries[head][:, None] * keys[places.clamp(0, size - 1)]).sum(-1) / keys.shape[
        -1
    ] ** 0.5 + worth
    return F.cross_entropy(scores.masked_fill(~inside, -1e4), gold)


def _link_loss(links: Tensor, right: Tensor, same: Tensor, count: int) -> Tensor:
    """-log of the share of the right antecedents; with none, of a standing candidate "nothing" of score 0."""
    first_of = torch.searchsorted(right, torch.arange(count, device=right.device))
    place = torch.arange(len(right), device=right.device) - first_of[right]
    table = links.new_full((count, int(place.max()) + 2), -1e4)
    gold = torch.zeros_like(table, dtype=torch.bool)
    table[:, 0] = 0.0
    table = table.index_put((right, place + 1), links)
    gold[right, place + 1] = same
    gold[:, 0] = ~gold.any(1)
    return (table.logsumexp(1) - table.masked_fill(~gold, -1e4).logsumexp(1)).mean()

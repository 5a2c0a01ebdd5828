"""Passages of news, and short texts as a search has them: what a model of meaning learns from."""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from onrecord.evaluation.conllu import read_chained
from onrecord.evaluation.tagged import read_tagged
from onrecord.text.segmentation import Range, split_paragraphs, split_sentences
from training.polnear import read_reports


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and the passages in it that somebody marked as contents: the pieces of each."""

    text: str
    contents: tuple[tuple[Range, ...], ...] = ()


def read_texts(data: Path) -> Iterator[Text]:
    """News of several sets: PolNeAR's train, newswire's, GUM's, MEANTIME, and invented reports of events."""
    for report in read_reports(data / "polnear" / "train"):
        yield Text(report.text, tuple(found.content for found in report.annotations[0]))
    for article in read_tagged(data / "newswire" / "train"):
        yield Text(article.text)
    for document in read_chained(data / "gum" / "train"):
        yield Text(document.text)
    for path in sorted((data / "meantime").glob("*/*.xml")):
        yield Text(_joined(_sentences_of_xml(path)))
    with (data / "plover" / "ngec-synthetic.csv").open(encoding="utf-8", newline="") as file:
        yield from (Text(row["text"]) for row in csv.DictReader(file))


def _sentences_of_xml(path: Path) -> Iterator[list[str]]:
    sentences: dict[str, list[str]] = {}
    for token in ET.parse(path).getroot().iter("token"):
        sentences.setdefault(token.attrib["sentence"], []).append(token.text or "")
    yield from sentences.values()


_BEFORE = re.compile(r" ([,.;:!?%)\]}’]|n't\b|'(?:s|re|ve|ll|d|m)\b)")
_AFTER = re.compile(r"([(\[{$‘“]) ")


def _joined(sentences: Iterator[list[str]]) -> str:
    """Words as a text again, near enough: a line for each sentence."""
    return "\n".join(_AFTER.sub(r"\1", _BEFORE.sub(r"\1", " ".join(words))) for words in sentences)


# Passages


_ASKED = (
    "what did {} say about {}",
    "who said {}",
    "has anyone said that {}",
    "did {} say {}",
    "why {}?",
    "{}?",
    "statements about {}",
    "{} on {}",
    "how does {} respond to {}",
    "what do {} think of {}",
)
_SHORT = frozenset(
    [
        "a",
        "about",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "i",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "our",
        "she",
        "so",
        "that",
        "the",
        "their",
        "they",
        "this",
        "to",
        "was",
        "we",
        "were",
        "which",
        "who",
        "will",
        "with",
        "would",
        "you",
    ]
)


def passages_of(item: Text) -> list[tuple[Range, ...]]:
    """The sentences of a text and its contents, those of three words and more."""
    text = item.text
    found: list[tuple[Range, ...]] = [
        (sentence,)
        for start, end in split_paragraphs(text)
        for sentence in split_sentences(text, start, end)
        if len(text[slice(*sentence)].split(None, 3)) > 2
    ]
    return found + [pieces for pieces in item.contents if pieces]


def ask(text: str, passages: Sequence[tuple[Range, ...]], random: Random) -> Iterator[str]:
    """Endless short texts as a search has them, made of a text's words: fragments, words out of order, names, questions."""
    while True:
        words = [
            " ".join(text[slice(*piece)] for piece in pieces) for pieces in random.choices(passages, k=2)
        ]
        some, more = (_fragment(passage.split(), random) for passage in words)
        kind = random.random()
        if kind < 0.2:
            yield words[0]
        elif kind < 0.45:
            yield some
        elif kind < 0.65:
            kept = [word.strip("\"“”‘’',.;:?!()") for word in words[0].split() if word.lower() not in _SHORT]
            yield " ".join(random.sample(kept, min(len(kept), random.randint(2, 6)))) or some
        else:
            yield random.choice(_ASKED).format(some, more)


def _fragment(words: Sequence[str], random: Random) -> str:
    size = min(len(words), random.randint(2, 9))
    first = random.randint(0, len(words) - size)
    fragment = " ".join(words[first : first + size]).strip("\"“”‘’',.;:?! ")
    return fragment.lower() if random.random() < 0.3 else fragment


def choose_texts(texts: Sequence[Text], *, words: int, seed: int) -> list[str]:
    """Passages of texts, taken in a random order until there are so many words, and half as many in short texts from all of them."""
    random = Random(seed)
    order = [item for item in texts if item.text.strip()]
    random.shuffle(order)
    chosen: list[str] = []
    read = 0
    for item in order:
        if read >= words:
            break
        for ranges in passages_of(item):
            chosen.append(" ".join(item.text[slice(*piece)] for piece in ranges))
            read += len(chosen[-1].split())
    return chosen + [text for text in _short_texts(order, random, words // 2) if text.strip()]


def _short_texts(texts: Sequence[Text], random: Random, words: int) -> Iterator[str]:
    while words > 0:
        item = random.choice(texts)
        passages = passages_of(item)
        if not passages:
            continue
        asked = ask(item.text, passages, random)
        for _ in range(8):
            text = next(asked)
            words -= len(text.split())
            yield text

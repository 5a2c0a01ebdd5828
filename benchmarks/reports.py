"""Invented reports by the hundred thousand, the same for the same seed, made without the encoder.

The words are made of syllables and spread as words of a language are (Zipf), and so are speakers, places and
publishers: one speaker is in every tenth report, most are in few. Lengths and shares are near those of news:
25 statements a report, a fifth of them nested, one in seven in two pieces, one figure in three statements,
one report in fifty a copy of an earlier one with some words changed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

from onrecord.types import Claim, Document, Modality, Published, Report, Span, Speaker, Statement, content_id

ACTS = (
    ("state", 60),
    ("accuse", 6),
    ("deny", 4),
    ("promise", 5),
    ("demand", 5),
    ("reject", 4),
    ("support", 6),
    ("threaten", 2),
    ("announce", 8),
)
COMMON = (
    *(
        "the",
        "of",
        "to",
        "in",
        "and",
        "a",
        "that",
        "for",
        "is",
        "on",
        "was",
        "with",
        "as",
        "it",
        "by",
        "at",
        "from",
    ),
    *("be", "are", "has", "not", "will", "this", "have", "an", "but", "which", "were", "been", "its"),
)
CUES = ("said", "told", "added", "claimed", "warned", "noted", "insisted", "denied", "announced", "argued")
UNITS = ("percent", "USD", "people", "villages", "km")
STOCK_QUOTES = ("no comment", "we will not be moved", "this is only the beginning", "the matter is closed")
MODEL = "en-invented@0000000000000000"
FIRST_DAY = date(2015, 1, 1)


def make_records(count: int, *, seed: int = 1, first: int = 0, per_report: int = 25) -> Iterator[Report]:
    """Yields ``count`` records from number ``first`` on; any two runs with one seed yield the same."""
    world = _make_world(seed)
    for number in range(first, first + count):
        chance = random.Random(seed * 1_000_003 + number)
        copied = number - chance.randint(1, 200)
        if copied >= 0 and chance.random() < 0.02:
            # The original's words, but for some, on the same day or soon after, by another publisher.
            yield _report(world, seed * 7_000_003 + copied, number, per_report, changed=chance)
        else:
            yield _report(world, seed * 7_000_003 + number, number, per_report, changed=None)


@lru_cache(maxsize=1)
def _make_world(seed: int) -> _World:
    return _World(random.Random(seed))


@dataclass(slots=True)
class _World:
    rng: random.Random
    vocabulary: list[str] = field(init=False)
    weights: list[float] = field(init=False)
    people: list[str] = field(init=False)
    people_weights: list[float] = field(init=False)
    publishers: list[str] = field(init=False)
    places: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.vocabulary = list(COMMON) + self._invent(40_000)
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.vocabulary))))
        given, family = self._invent(400), self._invent(3000)
        names = {
            f"{self.rng.choice(given).title()} {self.rng.choice(family).title()}": None for _ in range(30_000)
        }
        self.people = list(names)
        self.people_weights = list(accumulate(1 / (rank + 8) for rank in range(len(self.people))))
        self.publishers = [f"The {word.title()} Gazette" for word in self._invent(120)]
        self.places = [word.title() for word in self._invent(2000)]

    def _invent(self, count: int) -> list[str]:
        syllables = [
            first + vowel + last
            for first in "bdfgklmnprstvz"
            for vowel in "aeiou"
            for last in ("", "n", "r", "l", "s")
        ]
        found: dict[str, None] = {}
        while len(found) < count:
            found["".join(self.rng.choices(syllables, k=self.rng.choice((2, 2, 3))))] = None
        return list(found)

    def person(self, rng: random.Random) -> str:
        return rng.choices(self.people, cum_weights=self.people_weights)[0]


def _words(world: _World, rng: random.Random) -> list[str]:
    return rng.choices(world.vocabulary, cum_weights=world.weights, k=max(4, int(rng.gauss(20, 7))))


def _report(
    world: _World, seed: int, number: int, per_report: int, *, changed: random.Random | None
) -> Report:
    rng = random.Random(seed)
    sentences = [_words(world, rng) for _ in range(max(3, int(rng.gauss(per_report, 6)) * 6 // 5))]
    cast = [world.person(rng) for _ in range(rng.randint(2, 7))]
    cast = list(dict.fromkeys(cast))
    day = FIRST_DAY + timedelta(days=rng.randrange(3650))
    writer = _Writer(rng, cast)
    for words in sentences:
        if changed and changed.random() < 0.1:
            words[changed.randrange(len(words))] = changed.choice(world.vocabulary)
        writer.sentence(" ".join(words), world)
    if changed:
        rng = changed
        day += timedelta(days=changed.randrange(3))
    document = Document.of(
        "".join(writer.parts),
        origin=f"https://news.example/{number}",
        title=f"Report {number}",
        publisher=rng.choice(world.publishers),
        published=Published(day.isoformat(), "metadata"),
        language="en",
    )
    return writer.report(document)


class _Writer:
    """Writes a report sentence by sentence and notes what stands where."""

    def __init__(self, rng: random.Random, cast: list[str]) -> None:
        self.rng, self.cast = rng, cast
        self.parts: list[str] = []
        self.length = 0
        self.marks: list[tuple[int, str, Span, Span, tuple[Span, ...], bool]] = []
        self.mentions: dict[int, list[Span]] = {place: [] for place in range(len(cast))}
        self.claims: list[tuple[int, Claim]] = []

    def put(self, text: str) -> Span:
        span = Span(self.length, self.length + len(text), text)
        self.parts.append(text)
        self.length += len(text)
        return span

    def fill(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def sentence(self, words: str, world: _World) -> None:
        rng = self.rng
        if rng.random() < 0.17:
            self.put(f"{words.capitalize()}.\n")
            return
        speaker = rng.randrange(len(self.cast))
        name = self.cast[speaker] if rng.random() < 0.4 else self.cast[speaker].split()[1]
        if rng.random() < 0.03:
            words = rng.choice(STOCK_QUOTES)
        form = rng.choices(("direct", "indirect", "mixed"), (4, 5, 1))[0]
        mark = '"' if form == "direct" else ""
        half = len(words) // 2
        first, second = words[:half].rsplit(" ", 1)[0] or words[:half], ""
        if rng.random() < 0.15 and " " in words[:half].strip():
            second = words[len(first) + 1 :]
        else:
            first = words
        self.fill(mark)
        pieces = [self.put(first)]
        self.put(f"{mark}, ")
        source = self.put(name)
        self.put(" ")
        cue = self.put(rng.choice(CUES))
        if second:
            self.put(f", {mark}")
            pieces.append(self.put(second))
            self.fill(mark)
        self.mentions[speaker].append(source)
        self.marks.append((speaker, form, source, cue, tuple(pieces), rng.random() < 0.2))
        self.put(". ")
        if rng.random() < 0.35:
            self.figure(world)
        self.put("\n")

    def figure(self, world: _World) -> None:
        rng, statement = self.rng, len(self.marks) - 1
        value = round(10 ** rng.uniform(0, 9), rng.choice((0, 0, 1)))
        number = int(value) if value == int(value) else value
        unit, place = rng.choice(UNITS), rng.choice(world.places)
        span = self.put(str(number))
        self.put(" ")
        where = self.put(place)
        self.put(".")
        exact = Claim(
            str(statement),
            "quantity",
            span,
            number,
            number,
            number,
            unit=unit,
            of="invented",
            comparison="exactly",
        )
        self.claims += [
            (statement, exact),
            (statement, Claim(str(statement), "place", where, place, country="XX")),
        ]

    def report(self, document: Document) -> Report:
        rng, ids = self.rng, [content_id(document.id, place) for place in range(len(self.marks))]
        acts, weights = [act for act, _ in ACTS], [weight for _, weight in ACTS]
        statements = [
            Statement(
                ids[place],
                form,  # type: ignore[arg-type]
                source,
                cue,
                pieces,
                speaker=f"s{speaker}",
                speaker_score=round(rng.uniform(0.5, 1), 4),
                act=rng.choices(acts, weights)[0],
                target=f"s{rng.randrange(len(self.cast))}" if rng.random() < 0.2 else None,
                modality=Modality(
                    rng.random() < 0.1, rng.random() < 0.1, rng.choice(("past", "present", "future"))
                ),
                stance=rng.choices(("neutral", "committed", "distanced"), (8, 1, 1))[0],
                parent=ids[place - 1] if nested and place else None,
                score=round(rng.uniform(0.5, 1), 4),
                model=MODEL,
            )
            for place, (speaker, form, source, cue, pieces, nested) in enumerate(self.marks)
        ]
        speakers = tuple(
            Speaker(
                f"s{place}",
                name,
                (name.split()[1],),
                "person",
                "spokesperson" if place % 2 else None,
                None,
                tuple(self.mentions[place]),
            )
            for place, name in enumerate(self.cast)
        )
        claims = tuple(_with_statement(claim, ids[statement]) for statement, claim in self.claims)
        return Report(document, tuple(statements), speakers, claims)


def _with_statement(claim: Claim, statement: str) -> Claim:
    return replace(claim, statement=statement)

"""What the network says of names and of which words mean the same, behind one small door; by the text alone where it says nothing."""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, get_args

from onrecord.speakers.names import NameKind, NameSpan, find_names, name_words
from onrecord.speakers.word_classes import in_class, is_abbreviated_title, is_given_name, is_title
from onrecord.text import TextAnalysis
from onrecord.text.segmentation import Range

if TYPE_CHECKING:
    from onrecord.model.mentions import NameMention
    from onrecord.model.session import ModelOutput


_NAMING: frozenset[NameKind] = frozenset(
    ["person", "organization", "norp", "location", "facility", "product", "misc"]
)
"""Kinds of names that are taken for each other."""


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A noun phrase of the network: its characters, those of its head, and its kind (GUM's)."""

    start: int
    end: int
    head: Range
    kind: str
    score: float
    whole: bool = True
    """Whether it lies in one sentence: the network may run on over the end of one."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Names in text order; noun phrases by (start, -end); for each of them earlier ones with the log-odds that both mean the same."""

    names: tuple[NameSpan, ...]
    noun_phrases: tuple[NounPhrase, ...] = ()
    antecedents: tuple[tuple[tuple[int, float], ...], ...] = ()

    by_head: Mapping[int, int] = field(default_factory=dict)
    """The number of the shortest noun phrase with its head at a character."""

    def ending_at(self, end: int) -> NounPhrase | None:
        """The longest noun phrase of a person or body that ends at a character, 200 characters long at most."""
        low = bisect.bisect_left(self.noun_phrases, end - 200, key=_start_of)
        for noun_phrase in self.noun_phrases[low : bisect.bisect_left(self.noun_phrases, end, key=_start_of)]:
            if (
                noun_phrase.end == end
                and noun_phrase.kind in ("person", "organization")
                and noun_phrase.whole
            ):
                return noun_phrase
        return None

    def is_person(self, head: int) -> bool:
        """Whether the network takes the noun phrase with its head at a character for a person."""
        number = self.by_head.get(head)
        return number is not None and self.noun_phrases[number].kind == "person"

    def antecedents_of(self, head: int) -> Sequence[tuple[NounPhrase, float]]:
        """The earlier noun phrases that may mean the same as the one with its head at a character, with log-odds."""
        number = self.by_head.get(head)
        if number is None or number >= len(self.antecedents):
            return ()
        return [(self.noun_phrases[place], odds) for place, odds in self.antecedents[number]]


def gather_evidence(output: ModelOutput, analysis: TextAnalysis, sources: Sequence[Range] = ()) -> Evidence:
    """The evidence of a reading; names found by rules where the network gives none, and inside sources where it missed them."""
    words = output.words.ranges
    names = tuple(_named(analysis, words[name.first], words[name.last - 1], name) for name in output.names)
    names = _with_unlisted_given_names(analysis, names)
    noun_phrases = tuple(
        _noun_phrase(
            analysis,
            words[noun_phrase.first][0],
            words[noun_phrase.last - 1][1],
            words[noun_phrase.head],
            noun_phrase.kind,
            noun_phrase.score,
        )
        for noun_phrase in output.mentions
    )
    by_head: dict[int, int] = {}
    for number, noun_phrase in enumerate(noun_phrases):
        held = by_head.get(noun_phrase.head[0])
        if (
            held is None
            or noun_phrase.end - noun_phrase.start < noun_phrases[held].end - noun_phrases[held].start
        ):
            by_head[noun_phrase.head[0]] = number
    found = (
        _with_rule_names(_with_majority_kinds(names, analysis.text), analysis, sources)
        if names
        else find_names(analysis)
    )
    return Evidence(found, noun_phrases, output.antecedents, by_head)


def _noun_phrase(
    analysis: TextAnalysis, start: int, end: int, head: Range, kind: str, score: float
) -> NounPhrase:
    return NounPhrase(start, end, head, kind, score, end <= analysis.sentence(start)[1])


def _start_of(noun_phrase: NounPhrase) -> int:
    return noun_phrase.start


def _with_majority_kinds(names: tuple[NameSpan, ...], text: str) -> tuple[NameSpan, ...]:
    """The names with one kind for all places of the same words: the kind that most of their scores are for.

    A single word that ends a person's full name counts as that person's too.
    """
    weight: dict[tuple[str, ...], Counter[NameKind]] = defaultdict(Counter)
    keys = [tuple(name_words(text[name.start : name.end])) for name in names]
    for name, key in zip(names, keys, strict=True):
        weight[key][name.kind] += name.score  # type: ignore[assignment]
        if name.kind == "person" and len(key) > 1:
            weight[key[-1:]]["person"] += name.score  # type: ignore[assignment]
    best = {key: counted.most_common(1)[0][0] for key, counted in weight.items()}
    return tuple(
        NameSpan(name.start, name.end, best[key] if key and name.kind in _NAMING else name.kind, name.score)
        for name, key in zip(names, keys, strict=True)
    )


def _with_rule_names(
    names: tuple[NameSpan, ...], analysis: TextAnalysis, sources: Sequence[Range]
) -> tuple[NameSpan, ...]:
    """The network's names, and those of people and bodies that rules find and it didn't: in sources, and of words that it took for a name elsewhere."""
    known = {tuple(name_words(analysis.text[name.start : name.end])): name.kind for name in names}
    known |= {key[-1:]: "person" for key, kind in list(known.items()) if kind == "person"}
    held = sorted(sources)
    starts = [start for start, _ in held]
    taken = [name.start for name in names]
    more = []
    for name in find_names(analysis):
        place = bisect.bisect_right(starts, name.start) - 1
        before = bisect.bisect_left(taken, name.end) - 1
        spoken = place >= 0 and name.end <= held[place][1] and name.kind in ("person", "organization")
        kind = known.get(tuple(name_words(analysis.text[name.start : name.end])))
        if (before < 0 or names[before].end <= name.start) and (spoken or kind in ("person", "organization")):
            more.append(NameSpan(name.start, name.end, kind or name.kind, name.score))
    return tuple(sorted((*names, *more), key=lambda name: name.start))


def _named(analysis: TextAnalysis, first: Range, last: Range, name: NameMention) -> NameSpan:
    start, end = first[0], _end(analysis.text, last)
    title, space, rest = analysis.text[start:end].partition(" ")
    while name.kind == "person" and rest and _is_office(title, rest.split()[0]):
        start += len(
            title + space
        )  # "*Cllr* Ana Brun", "*Undersecretary* Brun": the network knows few of them
        title, space, rest = rest.partition(" ")
    return _with_given_name_before(analysis, NameSpan(start, end, _name_kind(name.kind), name.score))


def _is_office(word: str, following: str) -> bool:
    """Whether a word before another of a name is a title or an office, and surely no name, as short ones may be ("Dean", "Judge", "Baker")."""
    if is_abbreviated_title(word):
        return True
    if len(word) >= _LONG:
        return in_class(word, "rank") and not is_given_name(word)
    return word.rstrip(".").lower() in _MILITARY_BRANCHES and in_class(following, "rank")


_MILITARY_BRANCHES = frozenset(["pol", "police"])
"""What a rank is of: "*Pol Col* Kitsana"."""

_LONG = 7
_GIVEN_BEFORE = re.compile(r"(?:^|[\s“\"‘(])((?:[^\W\d_]+(?:-[^\W\d_]+)?\s)(?:[A-Z]\.\s)?)$")
_VERBS = frozenset(["will", "may", "mark", "bill", "sue", "grant", "can"])


def _with_given_name_before(analysis: TextAnalysis, name: NameSpan) -> NameSpan:
    """A person's name with the given name before it, where the network took the surname alone."""
    if name.kind != "person" or " " in analysis.text[name.start : name.end]:
        return name
    match = _GIVEN_BEFORE.search(analysis.text[max(0, name.start - 30) : name.start])
    given = match[1].split()[0] if match else ""
    if not given[:1].isupper() or given.isupper() or not is_given_name(given) or is_title(given):
        return name
    start = name.start - len(match[1]) if match else name.start
    if given.lower() in _VERBS and start <= analysis.sentence(start)[0] + 1:
        return name
    return NameSpan(start, name.end, name.kind, name.score)


_CAPITAL_BEFORE = re.compile(r"(?<![\w.’'-])([^\W\d_][^\W\d_]+)\s$")


def _with_unlisted_given_names(analysis: TextAnalysis, names: tuple[NameSpan, ...]) -> tuple[NameSpan, ...]:
    """The names, lone surnames with the word before them where that comes twice: a given name that no list has ("Honor Orr")."""
    before: dict[int, str] = {}
    ends = {name.end for name in names}
    for name in names:
        if name.kind == "person" and " " not in analysis.text[name.start : name.end]:
            match = _CAPITAL_BEFORE.search(analysis.text[max(0, name.start - 30) : name.start])
            if match and _may_be_given(match[1]) and name.start - 1 not in ends:
                before[name.start] = match[1]
    pairs = Counter(
        (word, analysis.text[name.start : name.end]) for name in names if (word := before.get(name.start))
    )
    return tuple(
        NameSpan(name.start - len(before[name.start]) - 1, name.end, name.kind, name.score)
        if name.start in before and pairs[before[name.start], analysis.text[name.start : name.end]] > 1
        else name
        for name in names
    )


def _may_be_given(word: str) -> bool:
    classes = ("person", "rank", "rank_with", "body", "month_day", "opener", "place")
    return (
        word[0].isupper()
        and word[1:].islower()
        and not is_title(word)
        and not any(in_class(word, name) for name in classes)
    )


def _end(text: str, last: Range) -> int:
    """Where a name ends: the stop of "Jr." is part of it."""
    return last[1] + (text[slice(*last)] in ("Jr", "Sr") and text[last[1] : last[1] + 1] == ".")


def _name_kind(kind: str) -> NameKind:
    return kind if kind in get_args(NameKind) else "misc"  # type: ignore[return-value]

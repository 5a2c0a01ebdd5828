"""Names of places in a text: which stretches of capitalised words are one, and what stands around them.

A run is a stretch of capitalised words. What fills a whole run is a name by itself; what fills a part of it is
usually part of a person's or a body's name ("Paris Hilton", "Bank of America") and is left alone, unless the
words beside it are known to go along with places ("Florida Gov.").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.places.capitalized_runs import WORD, Words, find_runs, load_contexts, qualifies
from onrecord.places.gazetteer import Gazetteer, Place, fold
from onrecord.places.name_context import NameContext, longest_name_at, read_name_context
from onrecord.places.usage import AROUND, evidence_of, word_before

SHARE = 1 / 3  # of a name's mentions that are plainly a place's, for the others to be taken for one too
ROAD = re.compile(r"\b(?:[AM]\d{1,4}(?:\(M\))?|(?:Interstate|I|Route|Highway|US)[ -]\d{1,3})\b")
MONEY_OR_NUMBER = re.compile(r"\$| dollar|-\d")  # after a name: "US$", "Hong Kong dollar", "Ariane-5"
BELONGING = re.compile(r"(?:[’']s)? ([a-z]+)")
ToponymKind = Literal["name", "people", "county", "site", "unknown"]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A stretch of the text that may name a place.

    Args:
        start, end: offsets into the text.
        name: the part of it to look up.
        kind: a name of the gazetteer, a nationality word, a county of the US, a site or road (which the gazetteer
            doesn't hold), or a name it doesn't know that the text uses as a place's.
        places: all that the gazetteer has under the name.
        possessive: whether it stands before people or bodies to say whose they are ("US officials"), not where.
        evidence: how plainly the text uses it as a place's: 0 nothing, 1 a little, 2 plainly.
    """

    start: int
    end: int
    name: str
    kind: ToponymKind
    places: tuple[Place, ...]
    evidence: int
    possessive: bool = False


@dataclass(frozen=True, slots=True)
class NameUsage:
    """What the text as a whole shows: people's last names, and names that it plainly uses as places'."""

    surnames: frozenset[str]
    plain: frozenset[str] = frozenset()


def find_toponyms(text: str, gazetteer: Gazetteer) -> list[Toponym]:
    """All stretches that may name a place, in text order and apart.

    The text is read twice: a name that it plainly uses as a place's once is one wherever it stands alone.
    """
    bare = list(find_runs(text))
    demonym = _surnames(bare, gazetteer)
    abbreviations = frozenset(form for form in gazetteer.exact if form.endswith("."))
    runs = list(find_runs(text, abbreviations=abbreviations))
    plainly: Counter[str] = Counter()
    for toponym in _find(text, runs, gazetteer, NameUsage(demonym)):
        plainly[toponym.name] += toponym.evidence == 2
    words = Counter(word for run in bare for word in run.words)
    plain = frozenset(
        name for name, times in plainly.items() if times and times >= SHARE * words[WORD.findall(name)[0]]
    )
    return _find(text, runs, gazetteer, NameUsage(demonym, plain))


def _find(text: str, runs: Sequence[Words], gazetteer: Gazetteer, usage: NameUsage) -> list[Toponym]:
    found: list[Toponym] = []
    end = 0
    for run in runs:
        for toponym in _read_run(run, gazetteer, usage):
            if toponym.start >= end:
                found.append(toponym)
                end = toponym.end
    roads = list(ROAD.finditer(text))
    if any(word_before(text, match.start()) in ("the", "on", "via", "along") for match in roads):
        found.extend(Toponym(match.start(), match.end(), match[0], "site", (), 2) for match in roads)
    return _apart(found)


def _apart(found: list[Toponym]) -> list[Toponym]:
    apart: list[Toponym] = []
    for toponym in sorted(found, key=lambda toponym: (toponym.start, -toponym.end)):
        if not apart or toponym.start >= apart[-1].end:
            apart.append(toponym)
    return apart


def _surnames(runs: Sequence[Words], gazetteer: Gazetteer) -> frozenset[str]:
    """Last words of what look like people's names: "Mr. X", "Given X" where the gazetteer doesn't know the
    whole."""
    contexts = load_contexts()
    found: set[str] = set()
    for run in runs:
        words = run.words
        first = next(
            (index for index, word in enumerate(words) if word not in contexts["opener"]), len(words)
        )
        rest = words[first:]
        if len(rest) < 2 or gazetteer.find(run.surface(first, len(words) - 1)):
            continue
        titled = any(word in contexts["title"] for word in rest[:-1])
        plain = len(rest) <= 3 and not any(
            word in contexts[name]
            for word in rest
            for name in ("body", "site", "suffix", "direction", "role")
        )
        linked = any(len(run.gap(index)) > 2 for index in range(first + 1, len(words)))
        known = any(place.kind != "city" for place in gazetteer.find(rest[-1]))
        named = rest[0] in contexts["given"] or (not known and not gazetteer.find(rest[0]))
        if (titled or (plain and named)) and not linked and rest[-1] not in gazetteer.demonyms:
            found.add(rest[-1])
    return frozenset(found)


def _read_run(run: Words, gazetteer: Gazetteer, usage: NameUsage) -> Iterator[Toponym]:
    index, last = 0, len(run.words) - 1
    if last == 0 and len(run.words[0]) < 2:
        return
    contexts = load_contexts()
    site = _read_site(run, gazetteer)
    if site is not None:
        yield site
        return
    matched = False
    while index <= last:
        length = longest_name_at(run, index, gazetteer)
        if (
            run.words[index] in contexts["opener"]
            and length
            and not _begins(run.surface(index, index + length - 1), gazetteer)
        ):
            length = 0
        if length:
            toponym = _toponym_at(run, index, index + length - 1, gazetteer, usage)
            if toponym is not None:
                matched = True
                yield toponym
            index += length
        else:
            index += 1
    if not matched and (unknown := _read_unknown(run, gazetteer, usage)) is not None:
        yield unknown


def _begins(surface: str, gazetteer: Gazetteer) -> bool:
    """Whether the article is part of the name ("The Hague")."""
    return any(place.name == surface for place in gazetteer.find(surface))


def _toponym_at(run: Words, first: int, last: int, gazetteer: Gazetteer, usage: NameUsage) -> Toponym | None:
    """The name from word ``first`` to ``last`` as a toponym, if what stands beside it in the run, and around it in
    the text, allows one.
    """
    found = read_name_context(run, first, last, gazetteer)
    if found is None or (found.demonym and _is_language(run.text, found)):
        return None
    surface, begin, end = found.surface, found.begin, found.end
    if found.demonym:
        return Toponym(begin, end, surface, "people", (gazetteer.demonyms[surface],), 2)
    if MONEY_OR_NUMBER.match(run.text, end):
        return None
    contexts = load_contexts()
    if gazetteer.is_exact(surface) and surface not in contexts["short"]:
        if not qualifies(run.text, begin) or found.right:
            return None
        return Toponym(begin, end, surface, "name", gazetteer.find(surface), 2)
    if surface in contexts["noplace"] or (surface in contexts["body"] and run.text[end : end + 4] == " of "):
        return None
    whole = surface if fold(surface) in gazetteer.counties else run.text[begin:end] if found.extended else ""
    if counties := gazetteer.counties.get(fold(whole)) if whole else None:
        return Toponym(begin, end, whole, "county", tuple(counties), 2)
    return _accept_by_evidence(run, found, gazetteer, usage, opens=first == 0 and last == first)


def _accept_by_evidence(
    run: Words, found: NameContext, gazetteer: Gazetteer, usage: NameUsage, *, opens: bool
) -> Toponym | None:
    """A name of the gazetteer as a toponym, if the text gives evidence enough that it is a place's.

    Args:
        opens: whether it is the one word at the head of its run, where a sentence may have given it its capital.
    """
    surface = found.surface
    evidence = 2 if found.extended else evidence_of(run.text, found.begin, found.end, gazetteer)
    if surface in usage.surnames and evidence < 2:
        return None
    if surface in usage.plain and found.alone:
        evidence = 2
    if opens and not found.extended and evidence == 0 and fold(surface) in gazetteer.wordlike:
        return None
    places = gazetteer.find(surface)
    if not _is_plausible(surface, places, evidence, gazetteer):
        return None
    possessive = (bool(found.right) and not found.officer) or _is_attributive(run.text, found.end)
    return Toponym(found.begin, found.end, surface, "name", places, evidence, possessive)


def _is_attributive(text: str, end: int) -> bool:
    """Whether people or bodies follow the name, a possessive ending aside."""
    following = BELONGING.match(text, end)
    return following is not None and following[1] in load_contexts()["belonging"]


def _is_language(text: str, found: NameContext) -> bool:
    """Whether a nationality word is a language's here: "spoke French", "in German"."""
    before = word_before(text, found.begin)
    if before in load_contexts()["language"]:
        return True
    return (
        before in ("in", "into")
        and found.surface in load_contexts()["noplace"]
        and not re.match(r" [a-z]", text[found.end : found.end + 2])
    )


def _is_plausible(surface: str, places: tuple[Place, ...], evidence: int, gazetteer: Gazetteer) -> bool:
    """Whether a name may be taken for a place on this evidence: the better known, the less it needs."""
    if evidence == 2:
        return True
    if fold(surface) in gazetteer.wordlike:
        return evidence == 1 and any(
            place.kind in ("country", "region") or place.population > 300_000 for place in places
        )
    if any(place.kind != "city" for place in places):
        return True
    return max((place.population for place in places), default=0) >= (100_000 if evidence == 0 else 30_000)


def _read_site(run: Words, gazetteer: Gazetteer) -> Toponym | None:
    """A street, building or piece of nature called by its kind ("Atlantic Avenue", "Manila Cathedral")."""
    contexts, words = load_contexts(), run.words
    if len(words) < 2 or words[-1] not in contexts["site"]:
        return None
    first = next(
        (index for index, word in enumerate(words) if word not in contexts["opener"]), len(words) - 1
    )
    if first >= len(words) - 1 or any(len(run.gap(index)) > 2 for index in range(first + 1, len(words))):
        return None
    if gazetteer.find(run.surface(first, len(words) - 1)):
        return None
    begin, end = run.spans[first][0], run.spans[-1][1]
    before = WORD.findall(run.text[max(0, begin - AROUND) : begin])
    previous = word_before(run.text, begin)
    if previous == "the" and len(before) > 1:
        previous = before[-2].lower()
    if first and not previous:
        previous = words[first - 1].lower()
    if previous not in contexts["locative"] | {"on", "to", "from", "off", "along"}:
        return None
    return Toponym(begin, end, run.surface(first, len(words) - 1), "site", (), 2)


def _has_inner_capital(word: str) -> bool:
    """Whether capitals stand inside the word, as in the names of schemes and brands."""
    return (
        not word.endswith("COUNTY")
        and any(c.isupper() for c in word[1:])
        and not re.match(r"(?:Ma?c|La|De|Le|O[’']|D[’'])[A-Z]", word)
    )


def _read_unknown(run: Words, gazetteer: Gazetteer, usage: NameUsage) -> Toponym | None:
    """A name the gazetteer doesn't have, where the text plainly uses it as a place's."""
    contexts = load_contexts()
    first = next(
        (index for index, word in enumerate(run.words) if word not in contexts["opener"]), len(run.words)
    )
    words = run.words[first:]
    if not 1 <= len(words) <= 3 or any(
        word in contexts["noplace"] or _has_inner_capital(word) for word in words
    ):
        return None
    counties = gazetteer.counties.get(fold(" ".join(words)))
    begin, end = run.spans[first][0], run.spans[-1][1]
    if any(word in contexts[name] for word in words for name in ("body", "role", "title")) or (
        words[-1] in usage.surnames and len(words) == 1
    ):
        return None
    if any(len(run.gap(index)) > 2 for index in range(first + 1, len(run.words))):
        return None
    evidence = evidence_of(run.text, begin, end, gazetteer, known=False)
    name = run.surface(first, len(run.words) - 1)
    if counties:
        return Toponym(begin, end, name, "county", tuple(counties), 2)
    if run.text[end : end + 2] in ("'s", "’s") or (evidence < 2 and name not in usage.plain):
        return None
    return Toponym(begin, end, name, "site" if words[0] in contexts["landmark"] else "unknown", (), 2)

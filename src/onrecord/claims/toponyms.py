"""Names of places in a text: which stretches of capitalised words are one, and what stands around them.

A run is a stretch of capitalised words. What fills a whole run is a name by itself; what fills a part of it
is usually part of a person's or a body's
name ("Paris Hilton", "Bank of America") and is left alone, unless the words beside it are known to go along
with places ("Florida Gov.").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.claims.gazetteer import Gazetteer, Place, fold
from onrecord.claims.runs import WORD, Words, find_runs, load_contexts, qualifies

SHARE = 1 / 3  # of a name's mentions that are plainly a place's, for the others to be taken for one too
AROUND = 60  # characters looked at on each side
ROAD = re.compile(r"\b(?:[AM]\d{1,4}(?:\(M\))?|(?:Interstate|I|Route|Highway|US)[ -]\d{1,3})\b")
OFFICE = re.compile(r"[’']s (?:Office|Department|Association)")  # "Walker County Sheriff's Office" is a body
BELONGING = re.compile(r"(?:[’']s)? ([a-z]+)")
DATELINE = re.compile(
    r"(?:, [A-Z][\w. ]{1,25})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
    r" ?(?:\([A-Z][\w /]{1,30}\) ?)?(?:—|--|–|-|:|\ufffd|\")"
)
Sort = Literal["name", "people", "county", "site", "unknown"]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A stretch of the text that may name a place.

    Args:
        start, end: offsets into the text.
        name: the part of it to look up.
        sort: a name of the gazetteer, a nationality word, a site or road (which the gazetteer doesn't hold),
        or a name it doesn't know
            that the text uses as a place's.
        places: all that the gazetteer has under the name.
        whose: whether it stands before people or bodies to say whose they are ("US officials"), not where.
        evidence: how plainly the text uses it as a place's: 0 nothing, 1 a little, 2 plainly.
    """

    start: int
    end: int
    name: str
    sort: Sort
    places: tuple[Place, ...]
    evidence: int
    whose: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What the text as a whole shows: people's last names, and names that it plainly uses as places'."""

    surnames: frozenset[str]
    plain: frozenset[str] = frozenset()


def find_toponyms(text: str, gazetteer: Gazetteer) -> list[Toponym]:
    """All stretches that may name a place, in text order and apart.

    The text is read twice: a name that it plainly uses as a place's once is one wherever it stands alone.
    """
    bare = list(find_runs(text))
    people = _surnames(bare, gazetteer)
    abbreviations = frozenset(form for form in gazetteer.exact if form.endswith("."))
    runs = list(find_runs(text, abbreviations=abbreviations))
    plainly: Counter[str] = Counter()
    for toponym in _find(text, runs, gazetteer, Seen(people)):
        plainly[toponym.name] += toponym.evidence == 2
    words = Counter(word for run in bare for word in run.words)
    plain = frozenset(
        name for name, times in plainly.items() if times and times >= SHARE * words[WORD.findall(name)[0]]
    )
    return _find(text, runs, gazetteer, Seen(people, plain))


def _find(text: str, runs: Sequence[Words], gazetteer: Gazetteer, seen: Seen) -> list[Toponym]:
    found: list[Toponym] = []
    end = 0
    for run in runs:
        for toponym in _read_run(run, gazetteer, seen):
            if toponym.start >= end:
                found.append(toponym)
                end = toponym.end
    roads = list(ROAD.finditer(text))
    if any(_before(text, match.start()) in ("the", "on", "via", "along") for match in roads):
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
        if (titled or (plain and named)) and not linked and rest[-1] not in gazetteer.peoples:
            found.add(rest[-1])
    return frozenset(found)


def _read_run(run: Words, gazetteer: Gazetteer, seen: Seen) -> Iterator[Toponym]:
    index, last = 0, len(run.words) - 1
    if last == 0 and len(run.words[0]) < 2:
        return
    contexts = load_contexts()
    site = _read_site(run, gazetteer, contexts)
    if site is not None:
        yield site
        return
    matched = False
    while index <= last:
        length = _longest(run, index, gazetteer)
        if (
            run.words[index] in contexts["opener"]
            and length
            and not _begins(run.surface(index, index + length - 1), gazetteer)
        ):
            length = 0
        if length:
            toponym = _judge(run, index, index + length - 1, gazetteer, contexts, seen)
            if toponym is not None:
                matched = True
                yield toponym
            index += length
        else:
            index += 1
    if not matched and (unknown := _read_unknown(run, gazetteer, contexts, seen)) is not None:
        yield unknown


def _longest(run: Words, index: int, gazetteer: Gazetteer) -> int:
    """How many words from ``index`` on are a name of the gazetteer, or a nationality word."""
    word = run.words[index]
    longest = gazetteer.words_from(word) if word not in gazetteer.peoples else gazetteer.longest
    for length in range(min(len(run.words) - index, longest), 0, -1):
        surface = run.surface(index, index + length - 1)
        if surface in gazetteer.peoples or gazetteer.find(surface) or fold(surface) in gazetteer.counties:
            return length
        if surface.isupper() and surface.title() in gazetteer.peoples:
            return length
    return 0


def _begins(surface: str, gazetteer: Gazetteer) -> bool:
    """Whether the article is part of the name ("The Hague")."""
    return any(place.name == surface for place in gazetteer.find(surface))


def _judge(
    run: Words, first: int, last: int, gazetteer: Gazetteer, contexts: dict[str, frozenset[str]], seen: Seen
) -> Toponym | None:
    """The name from word ``first`` to ``last`` as a toponym, if what stands beside it in the run allows
    one."""
    surface = run.surface(first, last)
    people = surface in gazetteer.peoples
    left, right = _left(run, first, contexts), _right(run, last, contexts)
    begin, end = run.spans[first][0], run.spans[last][1]
    text = run.text
    if left and run.gap(first) in ("-", " - ") and (_longest_back(run, first, gazetteer) or people):
        left = ()
    if right and run.gap(last + 1) in ("-",) and (_longest(run, last + 1, gazetteer) or people):
        right = ()
    extended = False
    if right and (right[0] in contexts["suffix"] or right[0].title() in contexts["suffix"]) and not people:
        end, right, extended = run.spans[last + 1][1], right[1:], True
    officer = (
        bool(left)
        and run.gap(first).strip().startswith("of")
        and left[-1] in contexts["title"] | contexts["role"]
    )
    if right and not officer and not _right_allows(run, end, right, people, gazetteer, contexts):
        return None
    if left:
        if run.gap(first).strip().startswith("of"):
            if left[-1] in contexts["body"] or (
                left[-1] not in contexts["role"] | contexts["title"] | contexts["suffix"] | contexts["site"]
            ):
                return None
            extended = extended or left[-1] in contexts["suffix"]
        elif left[-1] in contexts["direction"] and not people:
            begin = run.spans[first - 1][0]
            if len(left) > 1 and left[-2] in contexts["title"]:
                return None
        elif not (people or left[-1] in gazetteer.peoples) or (left[-1] in contexts["title"] and not people):
            return None
    if people:
        if _is_language(text, begin, end, surface, contexts):
            return None
        return Toponym(begin, end, surface, "people", (gazetteer.peoples[surface],), 2)
    if (
        text[end : end + 1] == "$"
        or text[end : end + 7] == " dollar"
        or re.match(r"-\d", text[end : end + 2])
    ):
        return None
    if gazetteer.is_exact(surface) and surface not in contexts["short"]:
        if not qualifies(text, begin) or right:
            return None
        return Toponym(begin, end, surface, "name", gazetteer.find(surface), 2)
    if surface in contexts["noplace"] or (surface in contexts["body"] and text[end : end + 4] == " of "):
        return None
    whole = surface if fold(surface) in gazetteer.counties else text[begin:end] if extended else ""
    if counties := gazetteer.counties.get(fold(whole)) if whole else None:
        return Toponym(begin, end, whole, "county", tuple(counties), 2)
    evidence = 2 if extended else _evidence(text, begin, end, contexts, gazetteer)
    if surface in seen.surnames and evidence < 2:
        return None
    if surface in seen.plain and not left and not right:
        evidence = 2
    places = gazetteer.find(surface)
    if (
        first == 0
        and not extended
        and last == first
        and evidence == 0
        and fold(surface) in gazetteer.wordlike
    ):
        return None
    if not _stands(surface, places, evidence, gazetteer):
        return None
    whose = (bool(right) and not officer) or _belongs(text, end, contexts)
    return Toponym(begin, end, surface, "name", places, evidence, whose)


def _belongs(text: str, end: int, contexts: dict[str, frozenset[str]]) -> bool:
    """Whether people or bodies follow the name, a possessive ending aside."""
    following = BELONGING.match(text, end)
    return following is not None and following[1] in contexts["belonging"]


def _left(run: Words, first: int, contexts: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """The words of the run before the name, without those that open a sentence."""
    words = run.words[:first]
    return () if words and words[-1] in contexts["opener"] else words


def _right(run: Words, last: int, contexts: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """The words after the name that go with it: none after a possessive ending, a link or a full stop."""
    if last + 1 >= len(run.words) or run.gap(last + 1) not in (" ", "-", "\u00a0"):
        return ()
    following = run.words[last + 1]
    breaks = following in contexts["noplace"] or (
        following in contexts["opener"] and following not in contexts["role"]
    )
    return () if breaks else run.words[last + 1 :]


def _longest_back(run: Words, first: int, gazetteer: Gazetteer) -> bool:
    return any(
        run.surface(begin, first - 1) in gazetteer.peoples
        or bool(gazetteer.find(run.surface(begin, first - 1)))
        for begin in range(max(0, first - 3), first)
    )


def _right_allows(
    run: Words,
    end: int,
    right: tuple[str, ...],
    people: bool,
    gazetteer: Gazetteer,
    contexts: dict[str, frozenset[str]],
) -> bool:
    if right[0] in contexts["role"] or right[0] in contexts["title"]:
        if OFFICE.match(run.text, run.spans[-1][1]):
            return False
        return not (right[-1] in contexts["body"] and right[0] not in contexts["title"])
    if right[0] in gazetteer.peoples:
        return True
    body = right[-1] in contexts["site"] or any(word in contexts["body"] for word in right)
    return people and len(right) <= 3 and not body


def _is_language(text: str, begin: int, end: int, surface: str, contexts: dict[str, frozenset[str]]) -> bool:
    before = _before(text, begin)
    if before in contexts["language"]:
        return True
    return (
        before in ("in", "into")
        and surface in contexts["noplace"]
        and not re.match(r" [a-z]", text[end : end + 2])
    )


def _stands(surface: str, places: tuple[Place, ...], evidence: int, gazetteer: Gazetteer) -> bool:
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


def _before(text: str, start: int) -> str:
    words = WORD.findall(text[max(0, start - AROUND) : start])
    gap = text[max(0, start - 3) : start]
    return (
        words[-1].lower()
        if words and gap.endswith((" ", "\n")) and not re.search(r"[.,;:!?]\s*$", gap)
        else ""
    )


def _evidence(
    text: str,
    begin: int,
    end: int,
    contexts: dict[str, frozenset[str]],
    gazetteer: Gazetteer,
    *,
    known: bool = True,
) -> int:
    """2 where the text plainly uses the name as a place's, 1 where it may, 0 where nothing says so."""
    before = WORD.findall(text[max(0, begin - AROUND) : begin])
    after = text[end : end + AROUND]
    previous = _before(text, begin)
    if previous == "the" and len(before) > 1:
        previous = before[-2].lower()
    if previous in contexts["locative"]:
        return 2 if known or previous != "at" else 1
    if previous in ("to", "from") and len(before) > 1 and before[-2].lower() in contexts["motion"]:
        return 2
    if previous == "of" and len(before) > 1 and before[-2].lower() in contexts["settlement"]:
        return 2
    following = WORD.match(after[1:]) if after[:1] == " " else None
    if following and following[0] in contexts["settlement"]:
        return 2
    outer = re.match(r", \(?([A-Z][\w.]*(?: [A-Z][a-z]+)?)", after)
    if outer and any(place.kind in ("country", "region") for place in gazetteer.find(outer[1])):
        return 2
    if known and DATELINE.match(after) and _opens(text, begin):
        return 2
    if re.search(r"[A-Z][\w’'. ]+, $", text[max(0, begin - 30) : begin]) or previous in contexts["weak"]:
        return 1
    if following and following[0].lower() in contexts["speech"]:
        return 0
    return 1 if after[:2] in ("’s", "'s") else 0


def _opens(text: str, begin: int) -> bool:
    """Whether the name opens a paragraph, as a dateline does."""
    return not text[max(0, begin - 40) : begin].rpartition("\n")[2].strip()


def _read_site(run: Words, gazetteer: Gazetteer, contexts: dict[str, frozenset[str]]) -> Toponym | None:
    """A street, building or piece of nature called by its kind ("Atlantic Avenue", "Manila Cathedral")."""
    words = run.words
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
    previous = _before(run.text, begin)
    if previous == "the" and len(before) > 1:
        previous = before[-2].lower()
    if first and not previous:
        previous = words[first - 1].lower()
    if previous not in contexts["locative"] | {"on", "to", "from", "off", "along"}:
        return None
    return Toponym(begin, end, run.surface(first, len(words) - 1), "site", (), 2)


def _odd(word: str) -> bool:
    """Whether capitals stand inside the word, as in the names of schemes and brands."""
    return (
        not word.endswith("COUNTY")
        and any(c.isupper() for c in word[1:])
        and not re.match(r"(?:Ma?c|La|De|Le|O[’']|D[’'])[A-Z]", word)
    )


def _read_unknown(
    run: Words, gazetteer: Gazetteer, contexts: dict[str, frozenset[str]], seen: Seen
) -> Toponym | None:
    """A name the gazetteer doesn't have, where the text plainly uses it as a place's."""
    first = next(
        (index for index, word in enumerate(run.words) if word not in contexts["opener"]), len(run.words)
    )
    words = run.words[first:]
    if not 1 <= len(words) <= 3 or any(word in contexts["noplace"] or _odd(word) for word in words):
        return None
    counties = gazetteer.counties.get(fold(" ".join(words)))
    begin, end = run.spans[first][0], run.spans[-1][1]
    if any(word in contexts[name] for word in words for name in ("body", "role", "title")) or (
        words[-1] in seen.surnames and len(words) == 1
    ):
        return None
    if any(len(run.gap(index)) > 2 for index in range(first + 1, len(run.words))):
        return None
    evidence = _evidence(run.text, begin, end, contexts, gazetteer, known=False)
    name = run.surface(first, len(run.words) - 1)
    if counties:
        return Toponym(begin, end, name, "county", tuple(counties), 2)
    if run.text[end : end + 2] in ("'s", "’s") or (evidence < 2 and name not in seen.plain):
        return None
    return Toponym(begin, end, name, "site" if words[0] in contexts["landmark"] else "unknown", (), 2)

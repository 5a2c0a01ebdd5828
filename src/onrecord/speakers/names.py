"""Names of people, bodies and places by how a text words them, where no network tells: capitals, titles, given names.

A run of capitals is cut at titles ("Foreign Minister Ilse Tarnow"), taken apart from words that only begin a sentence, and given a kind by
what it is made of and what stands beside it. In a headline, where all words have capitals, only names that the report gives elsewhere, and
those that begin with a given name or follow a title, are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.speakers.word_classes import in_class, is_given_name, is_plural, is_title, words
from onrecord.text import TextAnalysis
from onrecord.text.segmentation import Range

NameKind = Literal[
    "person", "organization", "norp", "location", "facility", "product", "misc", "date", "money"
]


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name in the text, titles and articles left out; ``score`` is the probability that it is one of this kind."""

    start: int
    end: int
    kind: NameKind
    score: float


_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|[^\W\d_]\.(?![\w])|[^\W_]+(?:[-.’'&](?=[^\W_])[^\W_]+)*(?:(?<=\bJr)\.|(?<=\bSr)\.)?"
)
"""A word with the marks inside it; an initial keeps its stop."""

_POSSESSIVE = re.compile(r"[’'](?:s|S)$")
_SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "v"])
_STOPPED = frozenset(["st", "mt", "ft", "pres"])
_CONTRACTED = re.compile(r"[’'](?:m|ve|ll|re|d|t)$", re.IGNORECASE)
_NAME_PARTICLES = frozenset(["of", "for"])
_PERSON_AFTER = re.compile(
    r"\s*(?:,\s*(?:\d{1,3}\b|aged\b|who\b|an?\s|the\s|whose\b)|\((?:D|R|I|L)[-–,]|\s(?:who|said|says|told|added|tweeted)\b)"
)
_PLACE_BEFORE = frozenset(["in", "near", "from", "outside", "across", "throughout", "around"])
_DEMONYM = re.compile(r"(?:ians?|[^aeiou]ans?|ese|ists?|crats?|icans?|ish|akis?|lims?|slavs?)$")
MAX_NAME_WORDS = 12
"""Words of a name at most: a line in capitals is no name."""


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    possessive: bool

    @property
    def plain(self) -> str:
        return self.text.lower().rstrip(".")


def find_names(analysis: TextAnalysis) -> tuple[NameSpan, ...]:
    """The names of a text, in order, none over another."""
    found: list[NameSpan] = []
    small = frozenset(re.findall(r"(?<![^\W\d_])[a-zß-öø-ÿ]+", analysis.text))
    headlines: list[Range] = []
    for start, end in analysis.paragraphs:
        if is_headline(analysis.text[start:end]):
            headlines.append((start, end))
        else:
            for run in _capitalized_runs(analysis, small, start, end):
                found += _names_of(run, analysis.text)
    known = {tuple(name_words(analysis.text[name.start : name.end])): name.kind for name in found}
    for start, end in headlines:
        found += _in_headline(analysis.text, start, end, known)
    return tuple(sorted(found, key=lambda name: name.start))


def is_headline(line: str) -> bool:
    """Whether nearly all words of a line that tell something have capitals.

    >>> is_headline("Mayor Rejects Ferry Plan After Long Night"), is_headline("The mayor rejected the plan.")
    (True, False)
    """
    if len(line) > 200:
        return False
    longer = [word for word in re.findall(r"[^\W\d_]{3,}", line) if word.lower() not in words("opener")]
    return len(longer) >= 3 and sum(word[0].isupper() for word in longer) >= 0.8 * len(longer)


def name_words(name: str) -> list[str]:
    """The words of a name in small letters, stops and possessive endings left out.

    >>> name_words("Ilse J. Tarnow’s")
    ['ilse', 'j', 'tarnow']
    """
    return [_POSSESSIVE.sub("", match[0]).lower().rstrip(".") for match in TOKEN.finditer(name)]


def _words(text: str, start: int, end: int) -> Iterator[_Word]:
    for match in TOKEN.finditer(text, start, end):
        ending = _POSSESSIVE.search(match[0])
        stop = match.start() + ending.start() if ending else match.end()
        if stop > match.start():
            plural = text[stop : stop + 1] in ("'", "’") and text[stop - 1] in "sS" and not ending
            yield _Word(match.start(), stop, text[match.start() : stop], bool(ending) or plural)


def _capitalized_runs(
    analysis: TextAnalysis, small: frozenset[str], start: int, end: int
) -> Iterator[list[_Word]]:
    """Runs of words with capitals, small words that join two of them included."""
    text = analysis.text
    run: list[_Word] = []
    joining: list[_Word] = []
    for word in _words(text, start, end):
        near = not run or _adjacent(text, (joining or run)[-1], word)
        if run and (not near or run[-1].possessive or len(run) >= MAX_NAME_WORDS):
            yield run
            run, joining = [], []
        if word.text[0].isupper() or (word.text[0].isdigit() is False and _has_inner_capital(word.text)):
            if not run and _is_capitalized_by_position(analysis, small, word):
                continue
            run += [*joining, word]
            joining = []
        elif run and not run[-1].possessive and len(joining) < 2 and _joins(run, joining, word):
            joining.append(word)
        elif run:
            yield run
            run, joining = [], []
    if run:
        yield run


def _has_inner_capital(word: str) -> bool:
    return any(letter.isupper() for letter in word[1:]) and word[0].isalpha()


def _adjacent(text: str, left: _Word, right: _Word) -> bool:
    between = text[left.end : right.start]
    if between == ". ":
        return _is_title(left) or left.plain in _STOPPED or len(left.text) == 1
    return between in (" ", "\u00a0", " & ")


def _joins(run: Sequence[_Word], joining: Sequence[_Word], word: _Word) -> bool:
    if word.text in words("particle"):
        return True
    if joining:
        return joining[-1].text in _NAME_PARTICLES and word.text == "the"
    return word.text in _NAME_PARTICLES and any(
        in_class(part.plain, "body") or part.plain in ("secretary", "minister", "house", "attorney")
        for part in run
    )


def _is_capitalized_by_position(analysis: TextAnalysis, small: frozenset[str], word: _Word) -> bool:
    """Whether a word has its capital from beginning a sentence or quotation only."""
    text = analysis.text
    initial = word.text.endswith(".") and len(word.text) == 2
    if (word.plain in words("opener") and not initial) or _CONTRACTED.search(word.text):
        return True
    before = text[max(0, word.start - 2) : word.start]
    opens = analysis.sentence(word.start)[0] >= word.start - 1 or bool(re.search(r"[\"“‘«'—:]\s?$", before))
    if not opens or not word.text[1:].islower() or is_given_name(word.text):
        return False
    following = text[word.end : word.end + 2]
    capital_follows = following[:1] == " " and following[1:2].isupper()
    if capital_follows and (in_class(word.plain, "rank") or in_class(word.plain, "rank_with")):
        return False
    following_word = re.match(r"\s([a-z]+)\b", text[word.end : word.end + 30])
    if following_word and in_class(following_word[1], "person") and not in_class(word.plain, "body"):
        return not _DEMONYM.search(word.plain)  # Furious bride
    return word.text.lower() in small or (
        not capital_follows and is_plural(word.text) and in_class(word.plain, "person")
    )


def _names_of(run: Sequence[_Word], text: str) -> Iterator[NameSpan]:
    """The names in a run of capitals, cut at titles."""
    run = _trim(run)
    if not run:
        return
    if (
        len(run) >= 3
        and _DEMONYM.search(run[0].plain)
        and is_given_name(run[1].text)
        and not is_given_name(run[0].text)
    ):
        yield NameSpan(run[0].start, run[0].end, "norp", 0.7)  # Republican Ana Brun
        run = run[1:]
    cut = _after_title(run)
    if cut:
        head = _trim(run[: _title_start(run, cut)])
        if head:
            yield NameSpan(head[0].start, head[-1].end, _kind(head, text, titled=False), 0.6)
        name = _trim(run[cut:])
        if name:
            yield NameSpan(name[0].start, name[-1].end, _kind(name, text, titled=True), 0.8)
    elif not all(in_class(word.plain, "rank") or in_class(word.plain, "rank_with") for word in run):
        yield NameSpan(run[0].start, run[-1].end, _kind(run, text, titled=False), 0.7)


def _trim(run: Sequence[_Word]) -> Sequence[_Word]:
    while run and (run[0].text.islower() or run[0].plain in words("month_day")):
        run = run[1:]
    while run and (run[-1].text.islower() or run[-1].plain in words("month_day")):
        run = run[:-1]
    return run if run and any(len(word.plain) > 1 for word in run) else run[:0]


def _after_title(run: Sequence[_Word]) -> int:
    """Where a name begins behind the last title in a run; 0 where there is no title before a name."""
    cut = 0
    for place, word in enumerate(run[:-1]):
        rest = run[place + 1 :]
        trade = (
            place == 0 and len(rest) >= 2 and in_class(word.plain, "person") and is_given_name(rest[0].text)
        )
        if all(other.plain in _SUFFIXES for other in rest):
            break
        if not (_is_title(word) or trade) or (
            place and is_given_name(run[place - 1].text) and not is_given_name(rest[0].text)
        ):
            continue
        if rest[0].text in _NAME_PARTICLES:
            later = next((i for i, other in enumerate(rest[1:], 1) if is_given_name(other.text)), 0)
            cut = place + 1 + later if later > 1 else cut
        else:
            cut = place + 1
    return cut


def _is_title(word: _Word) -> bool:
    return is_title(word.plain)


def _title_start(run: Sequence[_Word], cut: int) -> int:
    """Where the title before ``cut`` begins, its adjectives included."""
    start = cut
    while start > 0 and (
        _is_title(run[start - 1]) or in_class(run[start - 1].plain, "rank_with") or start == cut
    ):
        start -= 1
    return start


def _kind(name: Sequence[_Word], text: str, *, titled: bool) -> NameKind:
    plain = [word.plain for word in name]
    before = re.search(r"([\w’']+)\s*$", text[max(0, name[0].start - 20) : name[0].start])
    previous = before[1].lower() if before else ""
    if any(in_class(word, "body") for word in (plain[-1], *plain[1:])) and not titled:
        return "organization"
    if titled and not (len(name) == 1 and plain[0] in words("place")):
        return "person"
    if all(word in words("place") or word.rstrip(".") in words("place") for word in plain):
        return "location"
    if len(name) >= 2 and is_given_name(name[0].text) and previous != "the":
        return "person"
    if len(name) == 1:
        return _kind_of_single(name[0], previous, text)
    if previous in _PLACE_BEFORE:
        return "location"
    if _PERSON_AFTER.match(text, name[-1].end) and previous != "the":
        return "person"
    return "misc"


def _kind_of_single(word: _Word, previous: str, text: str) -> NameKind:
    bare = word.text.replace(".", "")
    if bare.isupper() and 2 <= len(bare) <= 7:
        return "organization"
    if len(word.plain) > 4 and _DEMONYM.search(word.plain) and not is_given_name(word.text):
        return "norp"
    if previous in _PLACE_BEFORE and not is_given_name(word.text):
        return "location"
    if is_given_name(word.text) and previous != "the":
        return "person"
    return "misc"


def _in_headline(
    text: str, start: int, end: int, known: dict[tuple[str, ...], NameKind]
) -> Iterable[NameSpan]:
    """The names of a headline: those known from the report; else a given name or a title, and what follows it."""
    parts = list(_words(text, start, end))
    surnames = {words_[-1] for words_, kind in known.items() if kind == "person"}
    place = 0
    while place < len(parts):
        for size in range(min(6, len(parts) - place), 0, -1):
            key = tuple(word.plain for word in parts[place : place + size])
            if key in known or (size == 1 and key[0] in surnames and parts[place].text[0].isupper()):
                if parts[place].text[0].isupper():
                    kind = known.get(key, "person")
                    first = place - (kind == "person" and _is_unlisted_given_name(text, parts, place))
                    yield NameSpan(parts[first].start, parts[place + size - 1].end, kind, 0.7)
                    place += size
                    break
        else:
            size = _headline_person(text, parts, place)
            if size:
                yield NameSpan(parts[place].start, parts[place + size - 1].end, "person", 0.5)
            place += max(1, size)


def _is_unlisted_given_name(text: str, parts: Sequence[_Word], place: int) -> bool:
    """Whether the word before a surname in a headline is a given name nobody knows: "Secretary *Joss* Tavish"."""
    if place < 2 or text[parts[place - 1].end : parts[place].start] != " ":
        return False
    word = parts[place - 1]
    return (
        word.text[0].isupper()
        and not word.possessive
        and not _is_title(word)
        and word.plain not in words("opener")
        and _is_title(parts[place - 2])
    )


def _headline_person(text: str, parts: Sequence[_Word], place: int) -> int:
    """How many words of an unknown person's name begin here: a given name and one more, no title among them."""
    if place + 1 >= len(parts) or not is_given_name(parts[place].text) or not parts[place].text[0].isupper():
        return 0
    following = parts[place + 1]
    if (
        not following.text[0].isupper()
        or _is_title(following)
        or parts[place].possessive
        or text[parts[place].end : following.start] != " "
    ):
        return 0
    return 2

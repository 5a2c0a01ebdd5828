"""The words that report, by lemma: what each does, how far the reporter stands behind it, and what it says of
the truth.

The tables are under ``data``; each line gives its reason. They are read when first needed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Literal, get_args

from onrecord.types import Stance

Act = Literal[
    "state", "announce", "promise", "agree", "support", "concede", "consult",
    "ask", "request", "demand", "accuse", "deny", "reject", "threaten",
]  # fmt: skip
CueKind = Literal["v", "n", "x"]
Factivity = Literal["factive", "counter", "open"]

ACTS: tuple[Act, ...] = get_args(Act)
WORD = re.compile(
    r"n[’']t\b|[’'](?:s|re|ve|ll|d|m)\b|[^\W\d_]+(?=n[’']t\b)|[^\W\d_]+(?:-[^\W\d_]+)*|\d+|[^\w\s]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ActClass:
    """An act with the codes of the event ontologies that have it; ``toward`` says whether it goes toward
    somebody.
    """

    act: Act
    plover: str | None
    cameo: str | None
    toward: bool
    reason: str


@dataclass(frozen=True, slots=True)
class CueEntry:
    """A line of the lexicon: a lemma, or several words of which the first is inflected."""

    words: tuple[str, ...]
    kind: CueKind
    act: Act
    stance: Stance
    factivity: Factivity
    reason: str


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """Cues by their first word's lemma, the longest first; ``lemmas`` leads from every form of a first word
    to its lemmas.
    """

    cues: dict[str, tuple[CueEntry, ...]]
    lemmas: dict[str, frozenset[str]]

    def match(self, words: Sequence[str], index: int) -> tuple[CueEntry, int] | None:
        """The longest cue that begins at a word (lower case), and how many words it takes."""
        found: tuple[CueEntry, int] | None = None
        for lemma in sorted(self.lemmas.get(words[index], ())):
            for cue in self.cues[lemma]:
                size = len(cue.words)
                if found and size <= found[1]:
                    break
                if all(_same(words, index + at, cue.words[at], self.lemmas) for at in range(1, size)):
                    found = cue, size
                    break
        return found


def _same(words: Sequence[str], index: int, wanted: str, lemmas: dict[str, frozenset[str]]) -> bool:
    if index >= len(words):
        return False
    if wanted == "one's":
        return words[index] in ("his", "her", "its", "their", "my", "our")
    return words[index] in (wanted, wanted + "s") or wanted in lemmas.get(words[index], ())


def tokenize_lower(text: str) -> list[str]:
    """The words and marks of a text in lower case, contractions apart.

    >>> tokenize_lower("He didn’t say it’s over.")
    ['he', 'did', "n't", 'say', 'it', "'s", 'over', '.']
    """
    return [word.lower().replace("’", "'") for word in WORD.findall(text)]


def inflect(lemma: str) -> frozenset[str]:
    """The forms of a regular English verb, the lemma among them.

    >>> sorted(inflect("urge"))
    ['urge', 'urged', 'urges', 'urging']
    >>> sorted(inflect("deny"))
    ['denied', 'denies', 'deny', 'denying']
    """
    if lemma.endswith("e"):
        stem = lemma[:-1]
        return frozenset({lemma, lemma + "s", lemma + "d", stem + ("ying" if stem.endswith("i") else "ing")})
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return frozenset({lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"})
    ending = "es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s"
    return frozenset({lemma, lemma + ending, lemma + "ed", lemma + "ing"})


@functools.lru_cache(maxsize=1)
def load_acts() -> dict[str, ActClass]:
    """The acts with their codes."""
    acts = {}
    for act, plover, cameo, toward, reason in read_rows("acts.tsv"):
        codes = (None if plover == "-" else plover, None if cameo == "-" else cameo)
        acts[act] = ActClass(act, *codes, toward == "yes", reason)  # type: ignore[arg-type]
    return acts


@functools.lru_cache(maxsize=1)
def load_irregular_verbs() -> dict[str, frozenset[str]]:
    """The forms of irregular verbs."""
    return {lemma: frozenset({lemma, *forms.split()}) for lemma, forms in read_rows("irregular.tsv")}


@functools.lru_cache(maxsize=1)
def load_lexicon() -> CueLexicon:
    """The lexicon of reporting words."""
    cues: dict[str, list[CueEntry]] = {}
    lemmas: dict[str, set[str]] = {}
    for words, kind, act, stance, factivity, reason in read_rows("lexicon.tsv"):
        cue = CueEntry(tuple(words.split()), kind, act, stance, factivity, reason)  # type: ignore[arg-type]
        first = cue.words[0]
        cues.setdefault(first, []).append(cue)
        forms = {first} if kind == "x" else {first, first + "s"} if kind == "n" else forms_of(first)
        for form in forms:
            lemmas.setdefault(form, set()).add(first)
    ordered = {
        first: tuple(sorted(found, key=lambda cue: (-len(cue.words), cue.kind != "v")))
        for first, found in cues.items()
    }
    return CueLexicon(ordered, {form: frozenset(found) for form, found in lemmas.items()})


@functools.lru_cache(maxsize=1)
def load_content_classes() -> dict[str, frozenset[str]]:
    """The classes of words inside what is said, every form of them; function words as they stand."""
    classes: dict[str, set[str]] = {}
    for name, words in read_rows("content.tsv"):
        for word in words.split():
            forms = forms_of(word) if name in ("harm", "wrong", "hurt", "curb") else {word}
            classes.setdefault(name, set()).update(forms)
    return {name: frozenset(words) for name, words in classes.items()}


def forms_of(lemma: str) -> frozenset[str]:
    """All forms of a verb."""
    return load_irregular_verbs().get(lemma) or inflect(lemma)


def read_rows(file: str) -> Iterator[list[str]]:
    """The rows of a table beside this module, without comments."""
    text = (resources.files("onrecord.acts") / "data" / file).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")

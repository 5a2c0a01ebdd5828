"""Words that tell who is meant: titles, offices, what people, bodies and papers are called, pronouns, given names."""

from __future__ import annotations

import functools
import re
import unicodedata
from importlib import resources
from typing import Literal

Gender = Literal["female", "male"]

_ABBREVIATED = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "col": "colonel",
    "capt": "captain",
    "sgt": "sergeant",
    "lt": "lieutenant",
    "maj": "major",
    "adm": "admiral",
    "cmdr": "commander",
    "cpl": "corporal",
    "pvt": "private",
    "supt": "superintendent",
    "insp": "inspector",
    "prof": "professor",
    "dr": "doctor",
    "rev": "reverend",
    "pres": "president",
    "congressman": "representative",
    "congresswoman": "representative",
    "councillor": "councilor",
    "cllr": "councilor",
    "atty": "attorney",
    "adviser": "advisor",
    "defence": "defense",
    "labour": "labor",
    "harbour": "harbor",
    "centre": "center",
    "organisation": "organization",
    "premier": "prime minister",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
}
"""Words for the same office, by the one they are compared by."""


@functools.cache
def words(name: str) -> frozenset[str]:
    """The words of a class of ``data/words.txt``, in small letters; a space stands in those of two words.

    Raises:
        KeyError: there is no such class.
    """
    return _classes()[name]


@functools.cache
def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, listed in _lines("words.txt"):
        found.setdefault(name, set()).update(word.replace("_", " ") for word in listed)
    return {name: frozenset(listed) for name, listed in found.items()}


@functools.cache
def _given_names() -> dict[str, Gender | None]:
    """Given names, folded, by the gender of most who bear them; ``None`` where they are given to both."""
    genders: dict[str, Gender | None] = {"female": "female", "male": "male", "either": None}
    return {word: genders[name] for name, listed in _lines("given_names.txt") for word in listed}


def _lines(file: str) -> list[tuple[str, list[str]]]:
    text = (resources.files("onrecord.speakers") / "data" / file).read_text(encoding="utf-8")
    rows = (line.partition(":") for line in text.splitlines() if line and not line.startswith("#"))
    return [(name, rest.split()) for name, _, rest in rows]


@functools.lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """Small letters without accents, one space between words, straight apostrophes.

    >>> fold("Señora  O’Hara")
    "senora o'hara"
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).lower().split())


def is_given_name(word: str) -> bool:
    """Whether a word is a given name, as in ``Ilse`` or ``Jean-Luc``."""
    folded = fold(word).strip(".")
    return folded in _given_names() or folded.partition("-")[0] in _given_names()


def gender_of_given_name(word: str) -> Gender | None:
    """The gender of most who bear a given name, where it is known and clear.

    >>> gender_of_given_name("Ilse"), gender_of_given_name("Tomás"), gender_of_given_name("Leslie")
    ('female', 'male', None)
    """
    folded = fold(word).strip(".")
    known = _given_names()
    return known[folded] if folded in known else known.get(folded.partition("-")[0])


def gender_of_noun(word: str) -> Gender | None:
    """The gender a noun or title itself tells: "spokeswoman", "Mr"."""
    plain = word.lower().rstrip(".")
    if plain in words("female") or plain in words("title_female"):
        return "female"
    if plain in words("male") or plain in words("title_male"):
        return "male"
    return None


@functools.lru_cache(maxsize=1 << 14)
def singular(word: str) -> str:
    """A noun's singular, by its ending.

    >>> [singular(word) for word in ["ministries", "women", "sources", "boss", "series"]]
    ['ministry', 'woman', 'source', 'boss', 'series']
    """
    plain = word.lower()
    if plain in _IRREGULAR:
        return _IRREGULAR[plain]
    if plain.endswith("men"):
        return plain[:-2] + "an"
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "y"
    if plain.endswith(("sses", "shes", "ches", "xes")):
        return plain[:-2]
    if plain.endswith("s") and not plain.endswith(("ss", "us", "is")) and len(plain) > 3:
        return plain[:-1]
    return plain


_IRREGULAR = {
    "people": "person",
    "children": "child",
    "wives": "wife",
    "police": "police",
    "series": "series",
    "news": "news",
    "statistics": "statistics",
    "headquarters": "headquarters",
    "press": "press",
    "analyses": "analysis",
}


def is_plural(word: str) -> bool:
    """Whether a noun in small letters looks like a plural."""
    return singular(word) != word.lower() or word.lower() == "people"


def standard_title(word: str) -> str:
    """A word for an office as it is compared with others for the same: "Sen." as "senator".

    >>> standard_title("Sen."), standard_title("congresswoman"), standard_title("spokesman")
    ('senator', 'representative', 'spokesperson')
    """
    plain = singular(fold(word).rstrip("."))
    return _ABBREVIATED.get(plain, plain)


@functools.lru_cache(maxsize=1 << 14)
def in_class(word: str, name: str) -> bool:
    """Whether a word, or the one it is the plural of, is in a class; trades are people by their endings, too.

    >>> in_class("violinists", "person"), in_class("lists", "person")
    (True, False)
    """
    plain = word.lower().rstrip(".")
    listed = words(name)
    return plain in listed or singular(plain) in listed or (name == "person" and bool(_TRADE.search(plain)))


_TRADE = re.compile(r"[^\W\d_]{2}(?:ologist|ographer|ician|icist|omist|nist|alist|ellist)s?$")


def is_abbreviated_title(word: str) -> bool:
    """Whether a word is a title cut short, as it stands before names: "Cllr", "Sen."."""
    plain = word.lower().rstrip(".")
    return len(plain) <= _LONGEST_SHORT and plain in _ABBREVIATED


_LONGEST_SHORT = 5


def is_title(word: str) -> bool:
    """Whether a word stands before names as a title or an office."""
    return any(in_class(word, name) for name in ("rank", "title_male", "title_female", "title_other"))

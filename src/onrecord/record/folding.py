"""Words and quotations as they are compared: the same on every database, because the folding is done here.

A word is folded (case, accents, apostrophes) and then stemmed. Both databases get ready-made tokens, so a
search finds the same statements in either, and a highlight can't disagree with a hit.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Set
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]

LONGEST_TOKEN = 64  # characters; what is longer is cut: nobody types it, and an index has limits
POINT = "\u00b7"  # stands for the decimal mark inside a number: a letter to both databases

# A number with its marks, or letters with apostrophes inside. The parts of each repetition start with
# different characters, so the time is linear in the text.
_WORD = re.compile(r"\d+(?:[.,]\d+)+(?![^\W_])|[^\W_]+(?:['\u2019][^\W_]+)*")
_THOUSANDS = re.compile(r",(?=\d{3}(?:\D|$))|,(?=\d{2},)")
_QUOTES = dict.fromkeys(
    map(
        ord,
        "\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u00ab\u00bb\u2032\u2033\uff02\uff07",
    )
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_EDGES = " .,;:!?-\u2026()[]"

_stem_word = snowballstemmer.stemmer("english").stemWord


def analyze_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yields ``(start, end, token)`` for each word of a text, in order; offsets are half-open code points.

    >>> [token for _, _, token in analyze_words("The Minister\u2019s 1,250 caf\u00e9s cost 3.5 million")]
    ['the', 'minist', '1250', 'cafe', 'cost', '3\u00b75', 'million']
    """
    for match in _WORD.finditer(text):
        if token := fold_word(match.group()):
            yield match.start(), match.end(), token


def find_raw_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yields ``(start, end, word)`` for each word of a text as it is written, where ``analyze_words`` would find
    it; offsets are half-open code points.
    """
    for match in _WORD.finditer(text):
        yield match.start(), match.end(), match.group()


def words_of(text: str) -> list[str]:
    """The tokens of a text, in order."""
    # Written out, since this is where most of the time of adding a report would go.
    return [
        token
        for word in _WORD.findall(text)
        if (token := _fold_short(word) if len(word) <= LONGEST_TOKEN else _fold_long(word))
    ]


def words_with_prefix(text: str, prefixes: Set[str]) -> tuple[int, list[str]]:
    """How many words a text has, and the tokens of those that may be meant, in order.

    A stem begins as its word does, so most words of a candidate needn't be stemmed to see that they aren't
    meant.

    Args:
        prefixes: of the tokens that are looked for, by ``prefix_of``.
    """
    words = _WORD.findall(text)
    return len(words), [
        fold_word(word)
        for word in words
        if (two := word[:2].lower().replace("y", "i")) in prefixes or not (two.isascii() and two.isalnum())
    ]


def prefix_of(token: str) -> str:
    """The first two letters of a token as its words begin, too: "die" is the stem of "dying", so that y
    counts as i.

    >>> prefix_of("die"), prefix_of("a")
    ('di', 'a')
    """
    return token[:2].replace("y", "i")


def fold_word(word: str) -> str:
    """The token of one word: folded and stemmed (Porter, Snowball's English); empty where nothing is left."""
    return _fold_long(word) if len(word) > LONGEST_TOKEN else _fold_short(word)


@lru_cache(maxsize=200_000)
def _fold_short(word: str) -> str:
    return _fold(word)


def _fold_long(word: str) -> str:
    return _without_apostrophes(_plain(word[:LONGEST_TOKEN]))


def _fold(word: str) -> str:
    if ("," in word or "." in word) and word.isascii():  # a number: nothing else has these inside
        return _THOUSANDS.sub("", word).replace(".", POINT).replace(",", POINT)
    folded = word.lower() if word.isascii() else _plain(word)
    return _without_apostrophes(_stem_word(folded) if folded.isascii() else folded)


def _without_apostrophes(token: str) -> str:
    # Last, since the stemmer reads them; neither database takes one inside a token.
    return token.replace("'", "")[:LONGEST_TOKEN]


def _plain(word: str) -> str:
    # Compatibility forms first, then case, then without the marks that either leaves; no character that
    # a tokenizer could split on.
    letters = unicodedata.normalize("NFKD", word.replace("\u2019", "'")).casefold()
    return "".join(char for char in letters if char.isalnum() or char == "'")


def fold_name(name: str) -> str:
    """A name as it is compared: its words without case, accents and punctuation, not stemmed.

    >>> fold_name("  Dr. Zo\u00eb O\u2019Hara-Lind ")
    'dr zoe ohara lind'
    """
    return _fold_name(name) if len(name) <= LONGEST_TOKEN else _fold_name.__wrapped__(name)


@lru_cache(maxsize=50_000)
def _fold_name(name: str) -> str:
    words = (_plain(word).replace("'", "") for word in _WORD.findall(name))
    return " ".join(word for word in words if word)


def fold_quote(text: str) -> str:
    """A quotation as it is compared: without quotation marks and apostrophes, white space, dashes and case
    made one.

    >>> fold_quote("\u201cWe  won\u2019t\\npay,\u201d") == fold_quote("we won't pay")
    True
    """
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES).translate(_DASHES).casefold()
    return " ".join(folded.split()).strip(_EDGES)


def hash_quote(text: str) -> int | None:
    """The signed 64-bit hash of a folded quotation; ``None`` where no letter or digit is left."""
    folded = fold_quote(text)
    if not any(char.isalnum() for char in folded):
        return None
    digest = hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)

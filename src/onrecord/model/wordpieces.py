"""The pieces of words in a BERT vocabulary (Devlin et al., NAACL 2019): the longest piece first, from left to right.

What this gives is held to the ``tokenizers`` package, with which models are trained elsewhere. That package brings a client of a model hub,
with 40 MB of its dependencies, which a reader of reports on a plane has no use for.
"""

from __future__ import annotations

import json
import string
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from onrecord.errors import BundleError

UNKNOWN, CLASSIFIER, SEPARATOR = "[UNK]", "[CLS]", "[SEP]"

_MAX_CHARS = (
    100  # characters of a word, once it is lower-cased and cut at marks; longer is unknown, as in BERT
)
_CACHE_SIZE = 50_000
_CONTINUATION_PREFIX = "##"
_ASCII_PUNCTUATION = frozenset(string.punctuation)  # "$", "+" and their like are symbols to Unicode
_SPACE_CATEGORIES = frozenset("\t\n\r")
_DROPPED_CATEGORIES = frozenset(("Cc", "Cf", "Co", "Cs"))
# Blocks of Chinese characters, each of which is a word to BERT.
_CHINESE = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


class WordPieces:
    """A vocabulary, and how words are cut into its pieces. Safe to share between threads."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        """Takes a vocabulary: pieces with their ids; those that go on inside a word begin with ``##``.

        Raises:
            BundleError: a piece that every window needs is missing.
        """
        if missing := [name for name in (UNKNOWN, CLASSIFIER, SEPARATOR) if name not in vocabulary]:
            raise BundleError(
                f"expected a vocabulary with the pieces {UNKNOWN}, {CLASSIFIER}, {SEPARATOR}; missing: {', '.join(missing)}; "
                "install the package again"
            )
        self._whole = vocabulary
        self._inside = {
            piece.removeprefix(_CONTINUATION_PREFIX): number
            for piece, number in vocabulary.items()
            if piece.startswith(_CONTINUATION_PREFIX)
        }
        self._longest = max(map(len, vocabulary))
        self.unknown = vocabulary[UNKNOWN]
        self.opening = vocabulary[CLASSIFIER]
        self.separator = vocabulary[SEPARATOR]
        self._known: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        """The ids of a word's pieces; none for a word of nothing but controls and accents.

        >>> pieces = WordPieces({"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "re": 3, "##ported": 4, "-": 5})
        >>> pieces.of("Réported"), pieces.of("re-re"), pieces.of("rex")
        ((3, 4), (3, 5, 3), (0,))
        """
        found = self._known.get(word)
        if found is None:
            found = tuple(
                number for part in _split_punctuation(_normalize(word)) for number in self._split(part)
            )
            if len(self._known) >= _CACHE_SIZE:
                self._known.clear()  # a text of random letters must not fill the memory
            self._known[word] = found
        return found

    def _split(self, part: str) -> tuple[int, ...]:
        whole = self._whole.get(part)
        if whole is not None and len(part) <= _MAX_CHARS:
            return (whole,)
        if len(part) > _MAX_CHARS:
            return (self.unknown,)
        found: list[int] = []
        start, vocabulary = 0, self._whole
        while start < len(part):
            for end in range(min(len(part), start + self._longest), start, -1):
                number = vocabulary.get(part[start:end])
                if number is not None:
                    break
            else:
                return (self.unknown,)
            found.append(number)
            start, vocabulary = end, self._inside
        return tuple(found)


def load_wordpieces(path: Path) -> WordPieces:
    """The vocabulary of a ``tokenizer.json`` as the ``tokenizers`` package writes it.

    Raises:
        BundleError: it can't be read, or isn't a lower-casing WordPiece tokenizer.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        model, normalizer = data["model"], data["normalizer"]
        vocabulary = {str(piece): int(number) for piece, number in model["vocab"].items()}
        kinds = model["type"], normalizer["type"], normalizer["lowercase"], data["pre_tokenizer"]["type"]
    except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise BundleError(
            f"{path}: can't be read as a tokenizer ({type(error).__name__}: {error}); install the package again"
        ) from error
    if kinds != ("WordPiece", "BertNormalizer", True, "BertPreTokenizer"):
        raise BundleError(
            f"{path}: expected a lower-casing WordPiece tokenizer, found {kinds}; this bundle was made for another version of onrecord"
        )
    return WordPieces(vocabulary)


def _normalize(word: str) -> str:
    """Lower case without accents and controls; no character's case depends on those beside it."""
    if word.isascii() and word.isalnum():
        return word.lower()
    kept = (
        char
        for char in word
        if char in _SPACE_CATEGORIES
        or (char != "\ufffd" and unicodedata.category(char) not in _DROPPED_CATEGORIES)
    )
    bare = (
        char for char in unicodedata.normalize("NFD", "".join(kept)) if unicodedata.category(char) != "Mn"
    )
    return "".join(char.lower() for char in bare)


def _split_punctuation(text: str) -> Iterator[str]:
    """Runs without spaces and marks, each mark and each Chinese character by itself."""
    start = 0
    for place, char in enumerate(text):
        if char.isalnum() and char < "\u3400":  # the first Chinese character
            continue
        alone = not char.isspace() and _is_own_token(char)
        if alone or char.isspace():
            if start < place:
                yield text[start:place]
            if alone:
                yield char
            start = place + 1
    if start < len(text):
        yield text[start:]


def _is_own_token(char: str) -> bool:
    return (
        char in _ASCII_PUNCTUATION
        or unicodedata.category(char).startswith("P")
        or any(first <= ord(char) <= last for first, last in _CHINESE)
    )

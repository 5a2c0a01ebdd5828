"""Which language a text is in; ``None`` where it is too short or too mixed to tell."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Protocol

_MIN_LETTERS = (
    24  # below this the identifier's answers are no better than a guess: "Reuters" is Acehnese to it
)
_MIN_CONFIDENCE = 0.4
_PIECE = 1500  # characters looked at, three times: beginning, middle and end
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

# The words that hold English prose together. They make 30 to 45 % of running English and hardly any of
# another language.
_ENGLISH_WORDS = """
the of to and a in that is was for it on with as he she they we his her their by at from be been are were
this have has had said not but who will would which its an or about after more than there when one all if
what can could
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_ENGLISH_SHARE = 0.25
_ENGLISH_LEAST = 40  # words
_ENGLISH_KINDS = 6  # different function words


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def language_of(text: str) -> str | None:
    """The ISO 639 code of the language that most of the text is in.

    Method: py3langid's naive Bayes over byte n-grams (Lui and Baldwin, ACL 2012). Plain English is told by
    its function words alone, which saves loading the identifier (about a second) in nearly every run.

    >>> language_of("Le ministre a dit lundi que le plan n'était plus à l'ordre du jour.")
    'fr'
    >>> language_of("Yes.") is None
    True
    """
    sample = _sample(text)
    words = _WORD.findall(sample)
    if sum(map(len, words)) < _MIN_LETTERS and not _is_dense(words):
        return None
    english = [word for word in map(str.lower, words) if word in _ENGLISH]
    if (
        len(words) >= _ENGLISH_LEAST
        and len(english) >= _ENGLISH_SHARE * len(words)
        and len(set(english)) >= _ENGLISH_KINDS
    ):
        return "en"
    language, confidence = likeliest(sample)
    return language if confidence >= _MIN_CONFIDENCE and language != "zxx" else None


def likeliest(text: str) -> tuple[str, float]:
    """The likeliest language of a short text and its probability (``zxx`` for no language at all)."""
    language, confidence = _identifier().classify(text)
    return language, float(confidence)


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier


def _is_dense(words: list[str]) -> bool:
    """Whether eight characters are Chinese, Japanese or Korean, where that is a sentence."""
    return sum("\u2e80" <= char <= "\ud7a3" for word in words for char in word) >= 8


def _sample(text: str) -> str:
    if len(text) <= 3 * _PIECE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:_PIECE], text[middle : middle + _PIECE], text[-_PIECE:]))

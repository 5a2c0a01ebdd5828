"""Our cutting of words is that of the ``tokenizers`` package, with which the vocabulary was made."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.errors import BundleError
from onrecord.model.bundle import ENGLISH
from onrecord.model.windows import analyze_words, wordpieces_of
from onrecord.model.wordpieces import WordPieces, load_wordpieces
from onrecord.text import analyze

PATH = ENGLISH / "tokenizer.json"
NEWER = 600
"""Characters of marks and accents that Unicode took in after the tables that ``tokenizers`` holds (Unicode 8): about so many in Python 3.11 to 3.14."""
NEWER_KINDS = {"Mn", "Mc", "Cf", "Po", "Ps", "Pe", "Pd", "So"}


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return load_wordpieces(PATH)


@pytest.fixture(scope="module")
def peer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(PATH))
    tokenizer.encode_special_tokens = True  # "[UNK]" in a text is three words
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@pytest.fixture(scope="module")
def newer(pieces: WordPieces, peer: Tokenizer) -> set[str]:
    """The characters inside a word that the two take differently, among all but those without a use and the later Chinese."""
    characters = [*map(chr, range(0xD800)), *map(chr, range(0xE000, 0x20100))]
    characters += [
        chr(code)
        for code in range(0x20100, 0x110000)
        if unicodedata.category(chr(code)) not in ("Cn", "Co", "Lo")
    ]
    words = [f"a{character}b" for character in characters]
    pairs = zip(characters, words, expected(peer, words), strict=True)
    return {character for character, word, theirs in pairs if pieces.of(word) != theirs}


def expected(peer: Tokenizer, words: list[str]) -> list[tuple[int, ...]]:
    return [tuple(encoding.ids) for encoding in peer.encode_batch(words, add_special_tokens=False)]


def test_every_character_but_marks_that_are_new_to_unicode(newer: set[str]) -> None:
    assert len(newer) <= NEWER
    assert {unicodedata.category(character) for character in newer} <= NEWER_KINDS
    assert not any(character < "\u0600" for character in newer), (
        "nothing that Latin, Greek, Cyrillic or Hebrew needs"
    )
    assert not any("\u2000" <= character <= "\u2e42" for character in newer), (
        "nor quotation marks, dashes, money"
    )


WORDS = [
    ("Réported", "an accent goes"),
    ("a" + "\u0301" * 50, "a heap of accents goes"),
    ("İSTANBUL", "an uppercase letter whose small letter is two characters"),
    ("ΟΔΥΣΣΕΥΣ", "a final sigma is like any other: no letter's case depends on its neighbours"),
    ("straße", "a letter with no uppercase letter"),
    ("ﬁnance", "a ligature stays one letter"),
    ("ǅ", "a title-case letter"),
    ("가각", "Korean syllables come apart"),
    ("日本a語", "each Chinese character is a word"),
    ("don't", "a mark inside"),
    ("$3+4=7", "symbols of ASCII are marks"),
    ("€3", "other symbols are not"),
    ("１２½²", "other digits"),
    ("a\u200bb", "a character without width goes"),
    ("a\u202eb", "an override goes"),
    ("a\x00b", "a control goes"),
    ("a\xa0b", "a hard space parts"),
    ("a\u2028b", "a line separator parts"),
    ("\ufffd", "a stand-in for what can't be read goes"),
    ("👩‍👩‍👧", "people joined"),
    ("x" * 100, "as long as a word may be"),
    ("x" * 101, "longer"),
    ("é" * 100, "short enough only once the accents are gone"),
    ("-" * 300, "marks don't add up to a long word"),
    ("", "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "why"), WORDS, ids=[why for _, why in WORDS])
def test_words(pieces: WordPieces, peer: Tokenizer, word: str, why: str) -> None:
    assert [pieces.of(word)] == expected(peer, [word])


@settings(max_examples=2000, deadline=None)
@given(word=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_word(pieces: WordPieces, peer: Tokenizer, newer: set[str], word: str) -> None:
    kept = "".join(character for character in word if character not in newer)
    assert [pieces.of(kept)] == expected(peer, [kept])


def test_every_word_of_the_dev_reports(pieces: WordPieces, peer: Tokenizer, data: Path) -> None:
    texts = [path.read_text("utf-8") for path in sorted((data / "polnear" / "dev" / "text").iterdir())]
    words = sorted(
        {text[start:end][:100] for text in texts for start, end in analyze_words(analyze(text)).ranges}
    )
    assert len(words) > 5_000
    assert [pieces.of(word) for word in words] == expected(peer, words)


def test_what_a_text_names_is_never_a_special_piece(pieces: WordPieces) -> None:
    assert not {pieces.opening, pieces.separator} & set(pieces.of("[CLS]") + pieces.of("[SEP]"))


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_every_word_has_a_piece(pieces: WordPieces, text: str) -> None:
    words = analyze_words(analyze(text))
    found = wordpieces_of(text, words, pieces)
    assert len(found) == len(words.ranges)
    assert all(1 <= len(ids) <= 8 for ids in found)


def test_no_text_fills_the_memory(pieces: WordPieces) -> None:
    for number in range(120_000):
        pieces.of(f"w{number}")
    assert len(pieces._known) <= 50_000


DAMAGE: list[tuple[str, Any]] = [
    ("not JSON", None),
    ("a list", []),
    ("no model", {"normalizer": {}}),
    ("another model", {"model": {"type": "BPE"}}),
    ("another case", {"normalizer": {"type": "BertNormalizer", "lowercase": False}}),
    ("a vocabulary without what windows need", {"model": {"type": "WordPiece", "vocab": {"a": 0}}}),
    ("ids that aren't numbers", {"model": {"type": "WordPiece", "vocab": {"[UNK]": "x"}}}),
]


@pytest.mark.parametrize(("why", "change"), DAMAGE, ids=[why for why, _ in DAMAGE])
def test_another_tokenizer_is_refused_by_name(tmp_path: Path, why: str, change: Any) -> None:
    path = tmp_path / "tokenizer.json"
    whole = {
        "model": {"type": "WordPiece", "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2}},
        "normalizer": {"type": "BertNormalizer", "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
    }
    path.write_text(json.dumps(whole))
    assert load_wordpieces(path).of("x") == (0,)
    damaged = whole | change if isinstance(change, dict) else change
    path.write_text("{" if change is None else json.dumps(damaged))
    with pytest.raises(BundleError):
        load_wordpieces(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"tokenizer\.json"):
        load_wordpieces(tmp_path / "tokenizer.json")

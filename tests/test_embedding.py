"""Vectors of meaning: what a head gives, which heads are refused, that a record's vectors keep in step, and that a question finds its answer."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.embedding import embed_missing, load_default_embedder, query_embedder
from onrecord.errors import BundleError, SettingsError
from onrecord.model.bundle import EMBEDDING_FILE, ENGLISH, Bundle, Calibration, open_bundle
from onrecord.model.embedding import MAX_TEXT_WORDPIECES, TextEmbedder, open_embedder, truncate_wordpieces
from onrecord.record import open_record
from onrecord.search import Query, search
from onrecord.types import Document, Report, Statement, content_id

HIDDEN, INNER, HEADS, WIDTH = 8, 6, 2, 4
VOCABULARY = [
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "bridge",
    "bridges",
    "##s",
    "is",
    "closed",
    "open",
    "not",
    ".",
    "toll",
]


def _arrays(random: np.random.Generator) -> dict[str, Any]:
    shapes = {
        "attend": (HIDDEN, HEADS), "bias": (len(VOCABULARY),), "inner": (HIDDEN, INNER), "before": (HIDDEN, INNER),
        "inner_bias": (INNER,), "outer": (INNER, WIDTH), "outer_bias": (WIDTH,),
    }  # fmt: skip
    weights = {name: random.standard_normal(shape).astype(np.float16) for name, shape in shapes.items()}
    return weights


TABLE = {"encoder": "ab" * 32, "dtype": "uint8", "offset": 5, "zero": 100.0, "scale": 0.01}


def _bundle(folder: Path, arrays: dict[str, Any], *, has: bool = True, table: Any = TABLE) -> Bundle:
    """A bundle with an encoder's file of which only the table is real."""
    numbers = np.random.default_rng(1).integers(0, 256, (len(VOCABULARY), HIDDEN), dtype=np.uint8)
    (folder / "encoder.onnx").write_bytes(b"graph" + numbers.tobytes() + b"rest")
    tokenizer = {
        "normalizer": {"type": "BertNormalizer", "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "model": {"type": "WordPiece", "vocab": {piece: place for place, piece in enumerate(VOCABULARY)}},
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    np.savez(folder / EMBEDDING_FILE, **arrays)
    files = {"encoder.onnx": {"sha256": "ab" * 32}} | ({EMBEDDING_FILE: {}} if has else {})
    return Bundle(folder, "small", "en", 0.5, Calibration((), (), 0.0), {"files": files, "meaning": table})


@pytest.fixture
def small(tmp_path: Path) -> TextEmbedder:
    meaning = open_embedder(_bundle(tmp_path, _arrays(np.random.default_rng(0))))
    assert meaning is not None
    return meaning


@pytest.fixture(scope="module")
def shipped() -> TextEmbedder:
    meaning = load_default_embedder()
    assert meaning is not None, "the shipped bundle has no head for meaning; run training.embedding"
    return meaning


# What a head gives


@pytest.mark.parametrize(
    ("text", "zero", "why"),
    [
        ("The bridge is closed.", False, "words"),
        ("bridge", False, "one word"),
        ("", True, "nothing"),
        (" \n\t ", True, "white space only"),
        ("\u0301\u0301", True, "accents without a letter"),
        ("橋 мост \U0001f309", False, "words that the vocabulary hasn't: unknown, but words"),
        ("\ud800", False, "half a surrogate pair, as a broken page may hold"),
    ],
)
def test_vectors_have_length_one_or_nothing(small: TextEmbedder, text: str, zero: bool, why: str) -> None:
    (vector,) = small.embed([text])
    assert vector.dtype == np.float32
    assert vector.shape == (WIDTH,)
    length = float(np.linalg.norm(vector))
    if zero:
        assert length == 0.0, why
    else:
        assert length == pytest.approx(1.0, abs=1e-5) or not truncate_wordpieces(text, small.pieces), why


@given(texts=st.lists(st.text(alphabet="bridges isclodnt.toll é", max_size=60), max_size=12))
@settings(max_examples=60, deadline=None)
def test_a_text_has_the_same_vector_among_others_as_alone(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    meaning = open_embedder(_bundle(tmp_path_factory.mktemp("bundle"), _arrays(np.random.default_rng(0))))
    assert meaning is not None
    together = meaning.embed(texts)
    assert together.shape == (len(texts), WIDTH)
    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_allclose(meaning.embed([text])[0], vector, atol=1e-5)


def test_vectors_are_those_of_the_formula(small: TextEmbedder) -> None:
    """Worked out piece by piece, as the docstring tells it."""
    summary, numbers = small.head, truncate_wordpieces("bridge is closed", small.pieces)
    rows = [(small.table[number].astype(float) - 100) * 0.01 for number in numbers]
    rows = [(row - row.mean()) / np.sqrt(row.var() + 1e-5) for row in rows]
    gathered = np.zeros(INNER)
    for part in range(HEADS):
        places = slice(part * INNER // HEADS, (part + 1) * INNER // HEADS)
        weights = [
            np.exp(row @ summary.attend[:, part] + summary.bias[number])
            for row, number in zip(rows, numbers, strict=True)
        ]
        for place, weight in enumerate(weights):
            before = rows[place - 1] @ summary.before if place else np.zeros(INNER)
            layer = np.maximum(rows[place] @ summary.inner + before + summary.inner_bias, 0)
            gathered[places] += weight / sum(weights) * layer[places]
    wanted = gathered @ summary.outer + summary.outer_bias
    np.testing.assert_allclose(
        small.embed(["bridge is closed"])[0], wanted / np.linalg.norm(wanted), atol=1e-4
    )


def test_the_order_of_words_counts(small: TextEmbedder) -> None:
    left, right = small.embed(["toll bridge closed", "closed toll bridge"])
    assert float(left @ right) < 0.9999


def test_the_end_of_a_long_text_is_left_out(small: TextEmbedder) -> None:
    long = "bridge is open " * MAX_TEXT_WORDPIECES
    assert len(truncate_wordpieces(long, small.pieces)) == MAX_TEXT_WORDPIECES
    left, right = small.embed([long, long + " closed" * 9])
    assert (left == right).all()


def test_many_texts_come_in_parts(small: TextEmbedder) -> None:
    texts = ["bridge is open . " * 60, "", "toll"] * 60
    np.testing.assert_allclose(small.embed(texts)[:3], small.embed(texts[:3]), atol=1e-5)


# Heads that are refused


def _without(name: str) -> Any:
    return lambda arrays: {key: value for key, value in arrays.items() if key != name}


@pytest.mark.parametrize(
    ("change", "says", "why"),
    [
        (_without("before"), "before", "an array is missing"),
        (lambda arrays: arrays | {"inner": arrays["inner"][:, :5]}, "fit", "a layer is cut"),
        (lambda arrays: arrays | {"outer": arrays["outer"][:5]}, "fit", "another layer is cut"),
        (lambda arrays: arrays | {"outer": arrays["outer"][0]}, "dimensions", "a matrix is a row"),
        (
            lambda arrays: arrays | {"bias": np.array([{}] * len(VOCABULARY))},
            "read",
            "a pickle: never loaded",
        ),
    ],
)
def test_a_wrong_head_is_refused_by_name(tmp_path: Path, change: Any, says: str, why: str) -> None:
    bundle = _bundle(tmp_path, change(_arrays(np.random.default_rng(0))))
    with pytest.raises(BundleError, match=EMBEDDING_FILE) as caught:
        open_embedder(bundle)
    assert says in str(caught.value), why


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (None, "nothing is said"),
        (TABLE | {"encoder": "cd" * 32}, "it is said of another encoder, whose vectors mean nothing here"),
        (TABLE | {"dtype": "object"}, "numbers of a kind that isn't"),
        (TABLE | {"offset": 90}, "the table would end past the file"),
        (TABLE | {"offset": -1}, "the table would begin before the file"),
        (TABLE | {"scale": "wide"}, "no number"),
        ({"encoder": "ab" * 32}, "half of it is missing"),
    ],
)
def test_a_table_that_is_not_there_is_refused(tmp_path: Path, table: Any, why: str) -> None:
    with pytest.raises(BundleError, match="piece vectors"):
        open_embedder(_bundle(tmp_path, _arrays(np.random.default_rng(0)), table=table))


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"not an archive", io.BytesIO().getvalue() + b"\x93NUMPY"]
)
def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    bundle = _bundle(tmp_path, _arrays(np.random.default_rng(0)))
    (tmp_path / EMBEDDING_FILE).write_bytes(data)
    with pytest.raises(BundleError, match=EMBEDDING_FILE):
        open_embedder(bundle)


def test_a_bundle_may_have_no_head(tmp_path: Path) -> None:
    assert open_embedder(_bundle(tmp_path, _arrays(np.random.default_rng(0)), has=False)) is None


def test_a_damaged_head_is_found_when_the_bundle_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "bundle"
    shutil.copytree(ENGLISH, folder)
    data = bytearray((folder / EMBEDDING_FILE).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / EMBEDDING_FILE).write_bytes(data)
    with pytest.raises(BundleError, match=EMBEDDING_FILE):
        open_bundle(folder)


# The shipped head

SAID = (
    "the harbour bridge will stay shut until its cables have been replaced",
    "teachers deserve a raise of six per cent",
    "nobody warned the villagers before the dam broke",
    "she never received money from the shipping company",
    "the vaccine protects children for ten years",
    "his army will withdraw from the valley by spring",
    "the election was neither free nor fair",
    "unemployment among young people has doubled",
)


@pytest.mark.parametrize(
    ("question", "answer", "why"),
    [
        ("When does the bridge reopen?", 0, "a word in common"),
        ("pay rise for school staff", 1, "no word in common"),
        ("Were people told about the flood?", 2, "no word in common"),
        ("bribes paid by a firm", 3, "no word in common"),
        ("How long does immunisation last?", 4, "no word in common"),
        ("retreat of the troops", 5, "no word in common"),
        ("rigged vote", 6, "no word in common"),
        ("youth out of work", 7, "a synonym, and a word of the same stem as none"),
    ],
)
def test_a_question_is_nearest_to_its_answer(
    shipped: TextEmbedder, question: str, answer: int, why: str
) -> None:
    cosines = shipped.embed(SAID) @ shipped.embed([question])[0]
    assert int(cosines.argmax()) == answer, (why, cosines.round(2).tolist())


def test_vectors_of_different_statements_are_apart(shipped: TextEmbedder) -> None:
    vectors = shipped.embed(SAID)
    likeness = vectors @ vectors.T - np.eye(len(SAID))
    assert float(likeness.max()) < 0.7


# The record


def _record(said: str, *, origin: str = "courier.txt") -> Report:
    document = Document.of(said, origin=origin)
    start = 0
    statements = []
    for line in said.splitlines():
        span = document.span(start, start + len(line))
        statements.append(
            Statement(content_id(document.id, start), "indirect", None, None, (span,), model="test@1")
        )
        start += len(line) + 1
    return Report(document, tuple(statements))


def test_every_statement_gets_its_vector_once(tmp_path: Path, small: TextEmbedder) -> None:
    with open_record(tmp_path / "record.db") as record:
        record.add(_record("bridge is closed\ntoll is not open"))
        assert embed_missing(record, small) == 2
        assert embed_missing(record, small) == 0
        record.add(_record("bridge is open", origin="tidewire.txt"))
        assert embed_missing(record, small) == 1


def test_vectors_of_another_head_are_made_again(tmp_path: Path, small: TextEmbedder) -> None:
    other = TextEmbedder("other@1", small.head, small.pieces, small.table, small.zero, small.scale)
    with open_record(tmp_path / "record.db") as record:
        record.add(_record("bridge is closed\ntoll is not open"))
        assert embed_missing(record, other) == 2
        with pytest.raises(SettingsError, match="other@1"):
            query_embedder(record, small)
        assert embed_missing(record, small) == 2
        assert query_embedder(record, small)(["toll"]).shape == (1, WIDTH)


def test_what_is_missing_is_told(tmp_path: Path, small: TextEmbedder) -> None:
    with open_record(tmp_path / "record.db") as record:
        with pytest.raises(SettingsError, match="onrecord ingest makes them"):
            query_embedder(record, small)
        with pytest.raises(SettingsError, match="search by words"):
            query_embedder(record, None)


@pytest.mark.parametrize("by", ["meaning", "both"])
def test_search_finds_an_answer_in_other_words(tmp_path: Path, shipped: TextEmbedder, by: Any) -> None:
    with open_record(tmp_path / "record.db") as record:
        record.add(_record("\n".join(SAID)))
        embed_missing(record, shipped)
        query = Query(words="Were people told about the flood?", by=by, limit=3)
        page = search(record, query, embed=query_embedder(record, shipped))
    assert page.hits[0].found.statement.content[0].text == SAID[2]


def test_the_commands_end_to_end(tmp_path: Path) -> None:
    """A report is ingested, and a question in other words finds what somebody said in it."""
    report = tmp_path / "report.txt"
    report.write_text(
        "ALDERBY, March 12 — Minister Ilse Tarnow said that the harbour bridge would stay shut until its cables had been replaced.\n\n"
        'Mayor Bram Oduya said: "Nobody warned the villagers before the dam broke."\n'
    )
    at = ["--record", str(tmp_path / "record.db")]
    first = _run("search", "flood", "--meaning", *at)
    assert first.returncode == 1, "there is no record yet"
    assert _run("ingest", str(report), *at, "--quiet").returncode == 0
    found = _run("search", "were people told about the flood?", "--meaning", "--json", *at)
    assert found.returncode == 0, found.stderr
    (best, *_) = json.loads(found.stdout)["hits"]
    assert "villagers" in " ".join(piece["text"] for piece in best["statement"]["content"])
    shown = _run("search", "were people told about the flood?", "--meaning", *at)
    assert re.search(r"^ +1 +match \d\.\d\d · ", shown.stdout)
    assert "harbour" not in shown.stdout, "what has nothing to do with it is left out"
    far = _run("search", "ukulele chords for beginners", "--meaning", *at)
    assert (far.returncode, far.stdout) == (0, "")
    assert re.search(
        r"nothing close enough; the nearest is \(match 0\.\d\d\) \S+ \S+ said: .* \(\S+report\.txt \d+:\d+\)",
        far.stderr,
    )


FAR = (
    "ukulele chords for beginners",
    "asdf qwer zxcv",
    "the recipe for sourdough rye bread",
    "goldfish care",
)


@pytest.mark.parametrize("words", FAR)
def test_a_question_about_something_else_finds_nothing(
    tmp_path: Path, shipped: TextEmbedder, words: str
) -> None:
    with open_record(tmp_path / "record.db") as record:
        record.add(_record("\n".join(SAID)))
        embed_missing(record, shipped)
        page = search(record, Query(words=words, by="both"), embed=query_embedder(record, shipped))
    assert (page.hits, page.after) == ((), None)
    assert page.nearest is not None


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)

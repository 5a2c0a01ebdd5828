"""JSON and JSON Lines: each object a document, a broken one a failure between the others."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from onrecord.errors import EmptyError, FormatError, TooLargeError
from onrecord.loaders import LoadOptions, load_document, load_documents
from onrecord.types import Document, Failure

SAID = "The mayor said that the bridge would close."


def read(path: Path, data: bytes | str, **options: object) -> list[Document | Failure]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(load_documents(str(path), options=LoadOptions(**options)))  # type: ignore[arg-type]


def line(**fields: object) -> str:
    return json.dumps({"text": SAID, **fields})


def test_a_broken_line_is_a_failure_and_the_others_go_on(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [
        line(),
        "not JSON",
        "",
        "[1, 2]",
        '{"body": "x"}',
        '{"text": 7}',
        '{"text": " "}',
        "[" * 100_000,
        line(title="Last"),
    ]
    results = read(path, "\n".join(lines))
    assert [result.origin for result in results] == [f"{path}#{n}" for n in (1, 2, 4, 5, 6, 7, 8, 9)]
    kinds = [type(result.error) if isinstance(result, Failure) else Document for result in results]
    assert kinds == [Document, *[FormatError] * 4, EmptyError, FormatError, Document]


NO_TEXT = [
    ("another field", {"body": SAID}, "found the fields body; name the right one with --text-field"),
    ("a number", {"text": 7}, "in the field 'text', found a number; give it a text"),
    ("nothing", {"text": None}, "found null"),
    ("a list", [SAID], "expected a JSON object, found a list"),
    ("a truth value", True, "expected a JSON object, found true or false"),
    ("what was read before", {"schema": "onrecord/1", "document": {"text": SAID}}, "take it in with onrecord import"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "value", "said"), NO_TEXT, ids=[case[0] for case in NO_TEXT])
def test_what_to_do_about_an_object_without_a_text(
    tmp_path: Path, reason: str, value: object, said: str
) -> None:
    (failure,) = read(tmp_path / "a.jsonl", json.dumps(value))
    assert said in str(failure)


def test_a_broken_first_line_does_not_make_it_another_format(tmp_path: Path) -> None:
    first, second = read(tmp_path / "a.jsonl", f"not JSON\n{line()}\n")
    assert isinstance(first, Failure)
    assert isinstance(second, Document)


ONE_VALUE = [
    ("an object over several lines", json.dumps({"text": SAID, "n": [1]}, indent=1), 1),
    ("a list over several lines", json.dumps([{"text": SAID}, {"text": SAID}], indent=1), 2),
    ("a list on one line", json.dumps([{"text": SAID}] * 3), 3),
    ("an object on one line", line(), 1),
    ("a first line longer than what is looked at", line(notes="x" * 50_000) + "\n" + line(), 2),
    ("a byte order mark", "\ufeff" + line() + "\n" + line(), 2),
    ("windows line ends", line() + "\r\n" + line() + "\r\n", 2),
    ("a number of 6,000 digits in another field", '{"n": ' + "9" * 6_000 + f', "text": "{SAID}"}}', 1),
    ("infinity in another field", f'{{"n": -Infinity, "text": "{SAID}"}}', 1),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "data", "count"), ONE_VALUE, ids=[case[0] for case in ONE_VALUE])
def test_shapes(tmp_path: Path, reason: str, data: str, count: int) -> None:
    results = read(tmp_path / "a.json", data)
    assert [result.text for result in results if isinstance(result, Document)] == [SAID] * count
    assert len(results) == count


def test_what_is_piped_in_is_read_line_by_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise io.UnsupportedOperation("a pipe can't be read twice")

    data = "\n".join([line(notes="x" * 20_000), line(), "{broken", line()]).encode()
    monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": Pipe(data)}))
    results = list(load_documents("-"))
    assert [isinstance(result, Document) for result in results] == [True, True, False, True]
    assert [result.origin for result in results] == ["-#1", "-#2", "-#3", "-#4"]


def test_what_else_a_line_says(tmp_path: Path) -> None:
    said = line(
        headline="Bridge to close",
        authors=[{"name": "Mara Holm"}, "Jo Orr"],
        source={"name": "Alderby Post"},
        date="2024-03-12T10:00:00Z",
    )
    (document,) = read(tmp_path / "a.jsonl", said)
    assert isinstance(document, Document)
    assert (document.title, document.byline, document.publisher) == (
        "Bridge to close",
        "Mara Holm, Jo Orr",
        "Alderby Post",
    )
    assert (document.published.date, document.published.basis) == ("2024-03-12", "metadata")


def test_the_address_gives_the_day_where_nothing_else_does(tmp_path: Path) -> None:
    (document,) = read(
        tmp_path / "a.jsonl", line(url="https://example.org/2024/03/12/bridge", date="03/04/2024")
    )
    assert isinstance(document, Document)
    assert (document.published.date, document.published.basis) == ("2024-03-12", "url")


def test_the_field_can_be_named(tmp_path: Path) -> None:
    (document,) = read(tmp_path / "a.jsonl", json.dumps({"body": SAID}), text_field="body")
    assert isinstance(document, Document)
    assert document.text == SAID


def test_half_characters_are_replaced_one_for_one(tmp_path: Path) -> None:
    (document,) = read(
        tmp_path / "a.jsonl", '{"text": "so \\ud83d\\ude00 and \\ud800 she said", "title": "\\udfff"}'
    )
    assert isinstance(document, Document)
    assert document.text == "so 😀 and \ufffd she said"
    document.text.encode("utf-8")


def test_nul_in_a_text_is_refused(tmp_path: Path) -> None:
    (failure,) = read(tmp_path / "a.jsonl", '{"text": "so \\u0000 she said"}')
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, FormatError)


def test_a_line_over_the_limit_is_left_out_alone(tmp_path: Path) -> None:
    results = read(
        tmp_path / "a.jsonl", "\n".join([line(), line(notes="x" * 5_000), line()]), max_bytes=2_000
    )
    assert [isinstance(result, Document) for result in results] == [True, False, True]
    assert isinstance(results[1], Failure)
    assert isinstance(results[1].error, TooLargeError)


def test_binary_under_the_name_is_one_failure(tmp_path: Path) -> None:
    (failure,) = read(tmp_path / "a.jsonl", b"\x89PNG\r\n\x1a\n\n\n" + bytes(range(256)) * 20)
    assert isinstance(failure, Failure)
    assert "PNG" in str(failure)


def test_one_document_is_asked_for_and_there_are_several(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line() + "\n" + line())
    with pytest.raises(FormatError, match="several"):
        load_document(str(path))


MANY = [
    ("lists", "[]," * 1_600_000 + "[]"),
    ("objects", "{}," * 1_600_000 + "{}"),
    ("strings", '"ab",' * 3_000_001 + '"ab"'),
]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
@pytest.mark.parametrize(("reason", "values"), MANY, ids=[case[0] for case in MANY])
def test_more_values_than_memory_may_hold_are_refused_before_they_are_parsed(
    tmp_path: Path, reason: str, values: str, name: str
) -> None:
    path = tmp_path / name
    path.write_text(f'{{"more": [{values}], "text": "{SAID}"}}\n{{"text": "{SAID}"}}\n')
    first, second = load_documents(str(path))
    assert isinstance(first, Failure)
    assert isinstance(first.error, TooLargeError)
    assert "at most 3,000,000 values" in str(first.error)
    assert isinstance(second, Document), "the next line is read"

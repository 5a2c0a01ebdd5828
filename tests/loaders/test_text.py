"""Plain text: the very characters of the file, in any charset; what is no text is named."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import EmptyError, FormatError, SettingsError, TooLargeError
from onrecord.loaders import LoadOptions, document_of, load_document, load_documents
from onrecord.loaders.language import language_of
from onrecord.loaders.sniff import hint_of_name, sniff
from onrecord.loaders.text import charset_named, decode
from onrecord.types import Failure

CHARSETS = [
    ("cp1252", "The minister said “no”. It’s not £5 — she’d said."),
    ("cp1252", "Le président a déclaré lundi à l’Élysée que la fête était finie."),
    ("cp1252", "O ministro disse na segunda-feira que o plano não será votado; à tarde, não há sessão."),
    ("cp1250", "Minister powiedział w poniedziałek, że plan został odwołany."),
    ("iso8859-2", "Ministr řekl v pondělí, že plán byl zrušen. Žádné peníze nejsou."),
    ("cp1251", "Министр сказал в понедельник, что план отменён."),
    ("koi8-r", "Министр сказал в понедельник, что план отменён. Он добавил, что денег нет."),
    ("cp1253", "Ο υπουργός είπε τη Δευτέρα ότι το σχέδιο ακυρώθηκε."),
    ("cp1254", "Bakan pazartesi günü planın iptal edildiğini söyledi. Şimdi para yok, dedi."),
    ("cp1255", "השר אמר ביום שני שהתוכנית בוטלה והוסיף שאין כסף."),
    ("cp1256", "قال الوزير يوم الاثنين إن الخطة ألغيت وأضاف أنه لا يوجد مال."),
    ("cp1257", "Ministrs pirmdien teica, ka plāns ir atcelts. Naudas vairs nav, viņš piebilda."),
    ("cp874", "รัฐมนตรีกล่าวเมื่อวันจันทร์ว่าแผนถูกยกเลิก"),
    ("mac-roman", "The minister said “no”. It’s not the café, she said."),
    ("cp932", "大臣は月曜日に計画は終わったと述べた。予算はないと付け加えた。"),
    ("gb18030", "部长周一表示，该计划已经取消。他补充说没有钱了。"),
    ("big5hkscs", "部長週一表示，該計劃已經取消。他補充說沒有錢了。"),
    ("cp949", "장관은 월요일에 계획이 취소되었다고 말했다. 그는 돈이 없다고 덧붙였다."),
    ("utf-16", "The minister said “no”."),
    ("utf-16-le", "The minister said “no”."),
    ("utf-16-be", "The minister said “no”."),
    ("utf-32", "The minister said “no”."),
    ("utf-8-sig", "The minister said “no”."),
]


@pytest.mark.parametrize("times", [1, 10])
@pytest.mark.parametrize(
    ("charset", "sentence"), CHARSETS, ids=[f"{case[0]} {case[1][:6]}" for case in CHARSETS]
)
def test_charsets_are_told_by_the_bytes(charset: str, sentence: str, times: int) -> None:
    text = f"{sentence}\r\n" * times
    assert decode(text.encode(charset), origin="x") == text


@pytest.mark.xfail(
    reason="a few accented letters in DOS's charset are too little to tell it from others", strict=True
)
def test_an_english_text_from_dos() -> None:
    text = "The café owner said so to José in Bogotá.\r\n" * 10
    assert decode(text.encode("cp850"), origin="x") == text


def test_windows_bytes_in_utf8_are_read_as_such() -> None:
    data = "“Quite so,” she said — “indeed.” The naïve café’s owner agreed.\n".encode() * 3 + b"It\x92s so."
    assert decode(data, origin="x").endswith("It’s so.")


def test_a_declared_charset_counts_where_it_fits_and_not_where_it_does_not() -> None:
    assert decode(b"caf\xe9", origin="x", declared="iso-8859-1") == "café"
    assert decode("“so”".encode(), origin="x", declared="iso-8859-1") == "“so”"
    assert decode(b"caf\xe9 said so", origin="x", declared="euc-kr") == "café said so"


@pytest.mark.parametrize(
    "label", ["unicode_escape", "punycode", "rot13", "zlib", "hex", "idna", "utf-7", "", "nonsense"]
)
def test_codecs_that_are_no_charsets_are_not_used(label: str) -> None:
    assert charset_named(label) is None


WRITTEN = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\t\n\r\x0b\x0c\x85"),
    min_size=1,
    max_size=200,
)


@given(WRITTEN, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_any_text_comes_back_as_it_is(text: str, charset: str) -> None:
    assert decode(text.encode(charset), origin="x") == text.removeprefix(
        "\ufeff" if charset == "utf-8" else ""
    )


@given(WRITTEN)
def test_any_text_in_a_file_is_the_documents_or_an_error_by_name(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "report.txt"
    path.write_bytes(text.encode())
    try:
        document = load_document(str(path))
    except EmptyError:
        assert not any(c.isalnum() for c in text)
        return
    assert document.text == text.removeprefix("\ufeff")
    assert document.kind in ("article", "transcript")


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a", "a.html", "a.pdf", "a.json"]))
def test_any_bytes_are_a_document_or_an_error_by_name(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(data)
    result = next(iter(load_documents(str(path))))
    if isinstance(result, Failure):
        assert result.origin.startswith(str(path))
        assert "\n" not in str(result)
    else:
        assert result.text


BINARY = [
    ("a PNG", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
    ("a JPEG", b"\xff\xd8\xff\xe0" + bytes(range(256)), "JPEG"),
    ("a Word document", b"PK\x03\x04\x14\x00" + bytes(40) + b"word/document.xml", "Word"),
    ("a spreadsheet", b"PK\x03\x04\x14\x00" + bytes(40) + b"xl/workbook.xml", "Excel"),
    ("an OpenDocument text", b"PK\x03\x04\x14\x00" + bytes(20) + b"mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument"),
    ("another zip", b"PK\x03\x04\x14\x00" + bytes(40) + b"photos/1.jpg", "zip"),
    ("an old Word document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "Office"),
    ("gzip", codecs.encode(b"word " * 50, "zlib").replace(b"x\x9c", b"\x1f\x8b", 1) + bytes(8), "expected a whole gzip file, found it broken"),
    ("a film", b"\x00\x00\x00\x18ftypmp42" + bytes(64), "MP4"),
    ("a database", b"SQLite format 3\x00" + bytes(64), "SQLite"),
    ("rich text", b"{\\rtf1\\ansi Hello}", "RTF"),
    ("PostScript", b"%!PS-Adobe-3.0\n", "PostScript"),
    ("a feed, which an ingest takes", b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "a feed; give it to onrecord ingest"),
    ("XML that is no page", b'<?xml version="1.0"?><library><book/></library>', "<library>"),
    ("bytes of all kinds", bytes(range(1, 256)) * 8, "binary"),
    ("NULs in a text", b"She said\0 so, and\0 that was all.", "NUL"),
    ("UTF-16 cut in half", "She said so.".encode("utf-16")[:-1], "byte order mark"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "data", "words"), BINARY, ids=[case[0] for case in BINARY])
def test_what_is_no_text_is_named(tmp_path: Path, reason: str, data: bytes, words: str) -> None:
    path = tmp_path / "report"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=words):
        load_document(str(path))


SNIFFED = [
    ("a page under a text's name", b"<!DOCTYPE html><html>", "a.txt", "html"),
    ("a page after a comment", b"<!-- saved --><html lang='en'>", None, "html"),
    ("XHTML", b'<?xml version="1.0"?><!DOCTYPE html><html>', None, "html"),
    ("a piece of a page, without a hint", b"<p>She said so.</p>", None, "html"),
    ("a text that begins with a bracket", b"<p>She said so.</p>", "a.txt", "text"),
    ("words without a tag under a page's name", b"She said so.", "a.html", "text"),
    ("a PDF with a line before it", b"\n%PDF-1.4", "a.txt", "pdf"),
    ("JSON without a hint", b'{"text": "so"}', None, "json"),
    ("a text that begins with a brace", b'{"so", she said}', "a.txt", "text"),
    ("a page in UTF-16", "<!DOCTYPE html><html>".encode("utf-16"), None, "html"),
    ("words like a format's first bytes", b"BMW said so. MZ is a sign.", None, "text"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "data", "name", "form"), SNIFFED, ids=[case[0] for case in SNIFFED])
def test_formats_are_told_by_content_and_hint(reason: str, data: bytes, name: str | None, form: str) -> None:
    assert sniff(data, origin="x", hint=hint_of_name(name) if name else None) == form


def test_texts_in_memory() -> None:
    document = document_of("She said so.\r\n", origin="note", title="T", published="2024-03-12")
    assert (document.text, document.origin, document.title) == ("She said so.\r\n", "note", "T")
    assert (document.published.date, document.published.basis) == ("2024-03-12", "given")


REFUSED: list[tuple[str, str, type[Exception]]] = [
    ("nothing", "", EmptyError),
    ("space", " \r\n\t\u00a0\u3000", EmptyError),
    ("signs without width", "\u200b\ufeff\u2060\u00ad", EmptyError),
    ("NUL", "a\0b", FormatError),
    ("half a character", "a\ud800b", FormatError),
    ("too long", "word " * 100, TooLargeError),
]


@pytest.mark.parametrize(("reason", "text", "error"), REFUSED, ids=[case[0] for case in REFUSED])
def test_texts_in_memory_that_are_refused(reason: str, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        document_of(text, options=LoadOptions(max_characters=400))


@pytest.mark.parametrize("day", ["12 March 2024", "2024-13-01", "2024", "", "20240312"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(SettingsError, match="2024-03-12"):
        document_of("She said so.", published=day)
    with pytest.raises(SettingsError, match="2024-03-12"):
        LoadOptions(published=day)


@pytest.mark.parametrize(
    "wrong", [{"max_bytes": 0}, {"timeout_s": -1.0}, {"timeout_s": float("nan")}, {"user_agent": "a\nb"}]
)
def test_limits_that_are_none_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        LoadOptions(**wrong)  # type: ignore[arg-type]


LANGUAGES = [
    ("English", "The minister said on Monday that the plan was dead, and that there was no money for another one this year.", "en"),
    ("English, long enough for its function words alone", "The mayor said that she had been to the bridge and that it was not what it had been. " * 4, "en"),
    ("French", "Le ministre a dit lundi que le plan n'était plus à l'ordre du jour.", "fr"),
    ("German", "Der Minister sagte am Montag, der Plan sei tot und es gebe kein Geld mehr.", "de"),
    ("Arabic, right to left", "قال الوزير يوم الاثنين إن الخطة ألغيت وأضاف أنه لا يوجد مال لها هذا العام.", "ar"),
    ("Urdu, right to left", "وزیر نے پیر کے روز کہا کہ منصوبہ ختم ہو چکا ہے اور اس کے لیے کوئی رقم نہیں ہے۔", "ur"),
    ("Chinese, few characters", "部长周一表示，该计划已经取消。", "zh"),
    ("too short to tell", "Yes.", None),
    ("numbers", "1 2 3 4 5 6 7 8 9 10 11 12 13", None),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "text", "language"), LANGUAGES, ids=[case[0] for case in LANGUAGES])
def test_languages(reason: str, text: str, language: str | None) -> None:
    assert language_of(text) == language
    assert document_of(text).language == language

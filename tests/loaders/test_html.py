"""Pages: the article's paragraphs, what the page says of itself, and pages made to do harm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_pages import InventedPage, invented_pages

from onrecord.errors import EmptyError, FormatError, LoadError, TooLargeError
from onrecord.loaders import LoadOptions, document_of, html, load_document
from onrecord.loaders.options import DEFAULTS
from onrecord.types import Document

PARAGRAPHS = [
    "The bridge over the Sohal will close on Friday, the mayor said on Tuesday, and stay closed for a year.",
    "“We have no choice,” Mayor Ines Orr told the council. “The bolts are made of rust and hope.”",
    "Shopkeepers said that the closure would ruin them, and demanded that the ferry run at night as well.",
]


def page(head: str = "", body: str | None = None) -> str:
    article = body if body is not None else "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    menu = '<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>'
    foot = "<footer><p>Copyright 2019 The Alderby Post. <a href='/c'>Contact</a></p></footer>"
    return f"<!doctype html><html lang=en><head><meta charset=utf-8>{head}</head><body>{menu}<article>{article}</article>{foot}</body></html>"


def read(path: Path, text: str | bytes, name: str = "a.html", **options: int) -> Document:
    (path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_document(str(path / name), options=LoadOptions(**options))  # type: ignore[arg-type]


BODIES = [
    ("paragraphs", "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)),
    ("lines wrapped in the source", "".join(f"<p>{paragraph}</p>".replace(" ", "\n      ") for paragraph in PARAGRAPHS)),
    ("double breaks", "<div>" + "<br><br>".join(PARAGRAPHS) + "</div>"),
    ("divisions", "".join(f"<div>{paragraph}</div>" for paragraph in PARAGRAPHS)),
    ("links and bold type inside", "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS).replace("Ines Orr", '<a href="/orr"><b>Ines</b> Orr</a>')),
    ("entities", "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS).replace("“", "&ldquo;").replace("”", "&#8221;")),
    ("a layout of tables", "<table><tr><td><table><tr><td>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) + "</td></tr></table></td></tr></table>"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "body"), BODIES, ids=[case[0] for case in BODIES])
def test_paragraphs_are_kept_apart(tmp_path: Path, reason: str, body: str) -> None:
    text = read(tmp_path, page(body=body)).text
    assert text == "\n\n".join(PARAGRAPHS)


CHARSETS = ["utf-8", "windows-1252", "utf-16"]


@pytest.mark.parametrize("charset", CHARSETS)
def test_the_pages_own_charset(tmp_path: Path, charset: str) -> None:
    text = page().replace("charset=utf-8", f"charset={charset}")
    assert PARAGRAPHS[1] in read(tmp_path, text.encode(charset)).text


def test_what_a_page_says_of_itself(tmp_path: Path) -> None:
    head = '<title>Bridge to close - The Alderby Post</title><meta property="og:title" content="Bridge to close"><meta name=author content="Mara Holm"><meta property="og:site_name" content="The Alderby Post">'
    document = read(tmp_path, page(head))
    assert (document.title, document.byline, document.publisher) == (
        "Bridge to close",
        "Mara Holm",
        "The Alderby Post",
    )


def linked(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


DATES: list[tuple[str, str, str | None, str]] = [
    ("Open Graph", '<meta property="article:published_time" content="2024-03-12T23:30:00-05:00">', "2024-03-12", "metadata"),
    ("Dublin Core", '<meta name="DC.date.issued" content="2024-03-12">', "2024-03-12", "metadata"),
    ("JSON-LD", linked(**{"@type": "NewsArticle", "datePublished": "2024-03-12T08:00:00Z"}), "2024-03-12", "metadata"),
    ("JSON-LD in a graph", linked(**{"@graph": [{"@type": "WebPage", "datePublished": "2019-01-01"}, {"@type": ["NewsArticle"], "datePublished": "2024-03-12"}]}), "2024-03-12", "metadata"),
    ("the surer of two", '<meta name=date content="2024-03-13"><meta property="article:published_time" content="2024-03-12">', "2024-03-12", "metadata"),
    ("the day of a change is none of publication", '<meta property="article:modified_time" content="2024-03-12">', None, "none"),
    ("the copyright's year in the foot is none", "", None, "none"),
    ("what could be two days is none", '<meta name=date content="03/04/2024">', None, "none"),
    ("a system without a date", '<meta name=date content="1970-01-01T00:00:00Z">', None, "none"),
    ("broken JSON-LD", '<script type="application/ld+json">{"datePublished": "2024-03-12"</script>', None, "none"),
    ("JSON-LD nested deep", '<script type="application/ld+json">' + "[" * 50_000 + "</script>", None, "none"),
    ("a canonical address", '<link rel=canonical href="https://example.org/2024/03/12/bridge">', "2024-03-12", "url"),
    ("metadata before the address", '<link rel=canonical href="https://example.org/2024/03/13/b"><meta name=pubdate content="20240312">', "2024-03-12", "metadata"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "head", "day", "basis"), DATES, ids=[case[0] for case in DATES])
def test_days(tmp_path: Path, reason: str, head: str, day: str | None, basis: str) -> None:
    published = read(tmp_path, page(head)).published
    assert (published.date, published.basis) == (day, basis)


TIMES = [
    (
        "a marked time",
        '<time itemprop=datePublished datetime="2024-03-12T08:00">Tuesday</time>',
        "2024-03-12",
    ),
    ("the only time", '<time datetime="2024-03-12">Tuesday</time>', "2024-03-12"),
    (
        "times of several days",
        '<time datetime="2024-03-12">x</time><time datetime="2024-03-10">y</time>',
        None,
    ),
    ("the time of a change", '<time class=updated datetime="2024-03-12">x</time>', None),
]


@pytest.mark.parametrize(("reason", "time", "day"), TIMES, ids=[case[0] for case in TIMES])
def test_days_of_time_elements(tmp_path: Path, reason: str, time: str, day: str | None) -> None:
    body = f"<header>{time}</header>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    assert read(tmp_path, page(body=body)).published.date == day


def test_the_texts_own_head_comes_before_the_address(tmp_path: Path) -> None:
    head = '<link rel=canonical href="https://example.org/2024/03/14/bridge">'
    body = f"<p>ALDERBY, 12 March 2024 (Tidewire) — {PARAGRAPHS[0]}</p>" + "".join(
        f"<p>{p}</p>" for p in PARAGRAPHS[1:]
    )
    document = read(tmp_path, page(head, body))
    assert (document.published.date, document.published.basis) == ("2024-03-12", "dateline")
    assert document.dateline is not None
    assert document.dateline.place == "ALDERBY"


EMPTY = [
    ("scripts alone", "<html><body><script>var a = 'She said so.';</script></body></html>"),
    ("a frame", "<html><frameset><frame src=a></frameset></html>"),
    ("nothing in it", "<html></html>"),
    ("pictures", "<html><body><img src=a alt=b><img src=c></body></html>"),
    ("a comment", "<html><body><!-- She said so. --></body></html>"),
]


@pytest.mark.parametrize(("reason", "text"), EMPTY, ids=[case[0] for case in EMPTY])
def test_a_page_without_text_is_named(tmp_path: Path, reason: str, text: str) -> None:
    with pytest.raises(EmptyError, match="main text"):
        read(tmp_path, text)


HARMFUL: list[tuple[str, str, type[LoadError]]] = [
    ("divisions 100,000 deep", "<html><body>" + "<div>" * 100_000 + "She said so.", TooLargeError),
    ("lists 50,000 deep", "<html><body>" + "<ul><li>" * 50_000 + "She said so.", TooLargeError),
    ("a tag with 100,000 attributes", "<html><body><p " + " ".join(f"a{n}=x" for n in range(100_000)) + ">She said so.</p></body></html>", TooLargeError),
    ("the same with brackets in quotation marks", "<html><body><p " + " ".join(f'a{n}=">"' for n in range(100_000)) + ">She said so.</p></body></html>", TooLargeError),
    ("200,000 tags", "<html><body>" + "<b>a</b>" * 100_000, TooLargeError),
    ("a tag that never ends", '<html><body><a href="' + "a" * 2_000_000, EmptyError),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "text", "error"), HARMFUL, ids=[case[0] for case in HARMFUL])
def test_pages_made_to_do_harm_are_named(
    tmp_path: Path, reason: str, text: str, error: type[LoadError]
) -> None:
    with pytest.raises(error):
        read(tmp_path, text)


def test_harmless_if_odd(tmp_path: Path) -> None:
    """300 attributes, 200 levels, a NUL and a control character are no reason to refuse a page."""
    body = (
        "<div "
        + " ".join(f"a{n}=x" for n in range(300))
        + ">"
        + "<div>" * 150
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
        + "</div>" * 151
    )
    assert PARAGRAPHS[0] in read(tmp_path, page(body=body)).text


def test_a_page_over_its_limit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLargeError, match="500"):
        read(tmp_path, page(), max_markup_bytes=500)


PIECES = st.sampled_from([
    "<p>", "</p>", "<div class='article'>", "</div>", "<table>", "<tr>", "<td>", "<li>", "<ul>", "<br>", "<b>", "</b>", "<h1>", "</h1>",
    "<blockquote>", "<script>", "</script>", "<!--", "-->", "<![CDATA[", "&amp;", "&#0;", "&#xD800;", "\x01", '"', "'", "<", ">",
    "<time datetime='2024-99-99'>", "<meta name=author content='", "<a href='http://[::1'>", "<svg>", "<math>", "<template>", "<pre>",
    "<article>", "<title>", "<body>", "<head>", "<frameset>", "<base href='x'>", "<q>", "<details>", "<summary>", "<figure>",
    "The mayor said that the bridge would close. ", "Why?", "word ", "\u202e", "\ufeff", "٣",
])  # fmt: skip


@given(st.lists(PIECES, max_size=60))
def test_any_soup_of_tags_is_a_page_or_an_error_by_name(pieces: list[str]) -> None:
    try:
        found = html.extract(("<html>" + "".join(pieces)).encode(), origin="x", options=DEFAULTS)
    except (EmptyError, FormatError, TooLargeError):
        return
    document_of(found.text, title=found.title)


@pytest.mark.parametrize("made", invented_pages(), ids=[made.name for made in invented_pages()])
def test_pages_as_sites_make_them(tmp_path: Path, made: InventedPage) -> None:
    """The article's paragraphs each on a line, and next to nothing else: no teaser, comment, invitation or foot."""
    document = read(tmp_path, made.html)
    lines = [line for line in document.text.split("\n") if line]
    assert [line for line in lines if line in made.paragraphs] == list(made.paragraphs)
    assert len(lines) - len(made.paragraphs) <= 1
    assert (document.title, document.byline, document.publisher, document.published.date) == (
        made.title,
        made.byline,
        made.publisher,
        made.day,
    )

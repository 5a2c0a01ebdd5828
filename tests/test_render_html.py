"""The page is one file that asks nothing of the network, says what the table says, and can't be broken by
what a report holds."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invented import HARBOUR_TEXT, harbour, report, statement
from onrecord.render import visible, write_page
from onrecord.types import Claim, Report, Span, Speaker, Statement

VOID = {"meta", "br"}


class Page(HTMLParser):
    """What a browser would make of a page: its elements, the text of each report's paragraphs, and whether
    every element was closed."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.code: dict[str, str] = {}
        self.marked: dict[str, str] = {}
        self.words = ""
        self.feed(source)
        self.close()
        assert not self.open, "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))
        if tag == "p" and dict(attrs).get("class") == "text":
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1][0] == tag, "elements are closed in order"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] in ("style", "script"):
            self.code[self.open[-1][0]] = data
            return
        self.words += data
        in_text = any(a.get("class") == "text" for _, a in self.open)
        if in_text and self.open[-1][1].get("class") != "n":
            self.texts[-1] += data
            for cover in (self.open[-1][1].get("data-s") or "").split():
                key = cover.rstrip("be")
                self.marked[key] = self.marked.get(key, "") + data

    def with_class(self, name: str) -> Iterator[tuple[str, dict[str, str | None]]]:
        return ((tag, a) for tag, a in self.elements if name in (a.get("class") or "").split())


def page_of(*reports: Report) -> Page:
    out = io.StringIO()
    assert write_page(reports, out) == len(reports)
    return Page(out.getvalue())


def test_the_text_stands_there_word_for_word() -> None:
    assert page_of(harbour()).texts == HARBOUR_TEXT.strip().split("\n\n")


def test_marks_carry_the_statements_that_cover_them() -> None:
    marked = page_of(harbour()).marked
    assert marked["1s"] == "Harbour master Ilse Brandvold"
    assert marked["5q"] == "said"
    assert marked["5c"].startswith("that the company")
    assert marked["5c"].endswith("there would be no fine")
    assert marked["6c"] == "there would be no fine"
    assert "3s" not in marked, "a quotation that stands alone has no source"


def test_a_card_for_each_statement_tied_both_ways() -> None:
    page = page_of(harbour())
    cards = [a for _, a in page.with_class("card")]
    assert [a["data-n"] for a in cards] == [str(n) for n in range(1, 9)]
    ids = Counter(a["id"] for _, a in page.elements if "id" in a)
    assert set(ids.values()) == {1}
    links = {a["href"] for tag, a in page.elements if tag == "a"}
    assert {f"#r1s{n}" for n in range(1, 9)} | {f"#r1t{n}" for n in range(1, 9)} <= links
    assert all(href and href[1:] in ids for href in links)


def test_cards_say_what_the_record_says() -> None:
    words = " ".join(page_of(harbour()).words.split())
    for part in (
        "accuse → Kestrel Line",
        "0.42?",
        "$3 million (3,000,000 USD of the fine)",
        "no cue",
        "in doubt",
    ):
        assert part in words
    assert "Mira Falk" in words
    assert "2024-03-12 as given" in words


def test_a_name_has_a_number_on_its_buttons_and_cards() -> None:
    page = page_of(harbour())
    buttons = [a["data-v"] for tag, a in page.elements if tag == "button" and "aria-pressed" in a]
    cards = Counter(a["data-v"] for _, a in page.with_class("card"))
    assert sorted(map(str, buttons)) == sorted(map(str, cards))
    assert cards.most_common(1) == [("1", 3)]


def test_a_voice_says_who_it_is_and_what_else_it_is_called() -> None:
    words = " ".join(page_of(harbour()).words.split())
    assert "Ilse Brandvold Harbour master Brandvold 3" in words
    assert "Tomas Okoro-Lind spokesman, Kestrel Line 2" in words


def test_claims_are_underlined_with_what_they_were_read_as() -> None:
    page = page_of(harbour())
    titles = {a["title"] for _, a in page.with_class("k") if "title" in a}
    assert "quantity: 40,000 litres" in titles
    assert "time: 2024-03-03 · resolved from 2024-03-12 · in doubt: the year is not in the text" in titles
    assert "time: 2024-03-12" in titles, "one that nobody stands for, too"
    assert sum(1 for _ in page.with_class("doubt")) == 1


def test_what_the_record_holds_of_act_stance_and_modality_is_on_the_card() -> None:
    words = " ".join(page_of(harbour()).words.split())
    assert "indirect · promise · negated, conditional, committed · not resolved" in words
    assert "indirect · reject → Ilse Brandvold" in words


JUDGING = re.compile(
    r"(?i)\b(?:true|false|fact|facts|correct|incorrect|verified|proven|lie|lies|claimed to be)\b"
)


def test_no_word_of_ours_judges_a_claim() -> None:
    made = harbour()
    ours = page_of(made).words
    for text in (*made.document.text.split("\n"), made.document.title or ""):
        ours = ours.replace(text, "")
    assert [word for word in JUDGING.findall(ours) if word != "true"] == []
    assert "nothing here says that it is true" in ours


def test_unresolved_sources_of_the_same_words_share_a_button_in_quotation_marks() -> None:
    text = "Officials said no. Others wept. Officials said yes."
    made = report(
        text, [statement(text, "Officials", "said", w, near=n) for w, n in (("no", ""), ("yes", "Others"))]
    )
    page = page_of(made)
    assert [a["data-v"] for _, a in page.with_class("card")] == ["1", "1"]
    assert "“Officials” 2" in " ".join(page.words.split())


def test_speakers_of_one_name_stay_two() -> None:
    text = "Ann Lee said no. Ann Lee said yes."
    speakers = [Speaker(i, "Ann Lee", (), "person", None, None, ()) for i in ("a", "b")]
    made = [
        statement(text, "Ann Lee", "said", "no", speaker="a"),
        statement(text, "Ann Lee", "said", "yes", near=". Ann", speaker="b"),
    ]
    assert [a["data-v"] for _, a in page_of(report(text, made, speakers=speakers)).with_class("card")] == [
        "1",
        "2",
    ]


def test_several_reports_have_contents() -> None:
    page = page_of(harbour(), report("Rain.", title="Second <report>"))
    assert 'href="#r2">Second &lt;report&gt;' in page.source
    assert page.words.count("no statements found") == 2
    assert 'class="contents"' not in page_of(harbour()).source


def test_nothing_is_asked_of_the_network_and_only_our_code_may_run() -> None:
    page = page_of(harbour())
    for tag, attributes in page.elements:
        assert tag not in ("link", "img", "iframe", "object", "base", "form")
        assert not {"src", "style", "srcset"} & attributes.keys()
        assert not any(name.startswith("on") for name in attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search(r"url\(|@import|fetch\(|XMLHttp|innerHTML", page.code["style"] + page.code["script"])
    policy = next(a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    for code in page.code.values():
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy, "else the browser would refuse it"


ATTACKS = [
    ("</script><script>alert(1)</script>", "ends a script"),
    ("</style><svg onload=alert(1)>", "ends a style"),
    ('"><img src=x onerror=alert(1)>', "ends an attribute"),
    ("'--><!-- &lt;b&gt; &amp;amp; &#60;", "comments and character references"),
    ("\u202e\u2066 abc \u200f\x00\x1b\ud800", "overrides, controls, a lone surrogate"),
    ("</p></section></body></html>", "ends the page"),
]


@pytest.mark.parametrize(("attack", "why"), ATTACKS, ids=[why for _, why in ATTACKS])
def test_a_hostile_report_stays_text(attack: str, why: str) -> None:
    text = f"He{attack} said{attack} no{attack}."
    made = report(
        text,
        [statement(text, f"He{attack}", f"said{attack}", f"no{attack}", act=attack, speaker="s", target="s")],
        origin=attack,
        title=attack,
        byline=attack,
        publisher=attack,
        language=attack,
        speakers=[Speaker("s", attack, (), "person", attack, attack, ())],
        claims=[Claim("x", "quantity", Span.of(text, 0, 2), unit=attack, of=attack, doubt=attack)],
    )
    plain = report("He said no.", [statement("He said no.", "He", "said", "no", act="deny")])
    page = page_of(made)
    assert page.texts == [visible(text)]
    page.source.encode("utf-8")
    hostile = Counter(tag for tag, _ in page.elements)
    assert {tag: hostile[tag] for tag in ("script", "style", "img", "svg", "body", "section")} == {
        tag: Counter(t for t, _ in page_of(plain).elements)[tag]
        for tag in ("script", "style", "img", "svg", "body", "section")
    }, why


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), min_size=3, max_size=60))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    half = len(text) // 2
    made = report(
        text, [Statement("a", "direct", Span.of(text, 0, half), None, (Span.of(text, half, len(text)),))]
    )
    shown = "".join("".join(page_of(made).texts).split())
    assert shown == "".join(visible(text).split())


def test_no_records_give_an_empty_page() -> None:
    assert "0 reports" in page_of().words

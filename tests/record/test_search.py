"""Search finds what fits, shows where, pages without a gap, and takes anything that can be typed."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace

import numpy as np
import pytest
from generated_reports import make_report
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from onrecord.errors import RecordError, SettingsError
from onrecord.record import Record
from onrecord.search import Page, Query, Sort, ordering, search
from onrecord.types import Report

RECORDS = [
    make_report(
        "Ana Brandt: the old bridge is closed\nMilo Okafor: we will open the bridge in May", day="2024-03-12"
    ),
    make_report(
        "Zoë Lind: the ministry paid 2,500 crowns\nAna Brandt: nobody paid",
        day="2024-04-02",
        act="accuse",
        stance="distanced",
        form="direct",
        targets=["Ministry of Roads"],
        claims=[("2,500", 2500, "crowns")],
        publisher="The Gazette",
    ),
    make_report(
        "Milo Okafor: tax rates don't rise in Osthaven", day=None, places=[("Osthaven", "NW")], publisher=None
    ),
    make_report(
        "Ana Brandt-Lind: a bridge too far", day="2023-11-30", claims=[("a bridge", -3.5, "percent")]
    ),
]


@pytest.fixture
def filled(record: Record) -> Record:
    for report in RECORDS:
        record.add(report)
    return record


def contents(page: Page) -> list[str]:
    return [hit.found.statement.content[0].text for hit in page.hits]


OLD, MAY, PAID, NOBODY, TAX, FAR = (
    "the old bridge is closed",
    "we will open the bridge in May",
    "the ministry paid 2,500 crowns",
    "nobody paid",
    "tax rates don't rise in Osthaven",
    "a bridge too far",
)

WORDS = [
    ("bridge", {OLD, MAY, FAR}, "a word"),
    ("BRIDGES", {OLD, MAY, FAR}, "another form of the word, in uppercase letters"),
    ("open bridge", {MAY}, "both words, in any order"),
    ("bridge -old", {MAY, FAR}, "one and not the other"),
    ("bridge NOT old NOT far", {MAY}, "not in words"),
    ("-bridge", {PAID, NOBODY, TAX}, "nothing but what must not be there"),
    ('"bridge in May"', {MAY}, "a phrase"),
    ("“bridge in May”", {MAY}, "a phrase between curly marks"),
    ('"May in bridge"', set(), "a phrase the other way round"),
    ('bridge -"old bridge"', {MAY, FAR}, "a word and not a phrase"),
    ("closed OR tax", {OLD, TAX}, "one or the other"),
    ("bridge closed OR far", {OLD, FAR}, "OR binds closer than what stands beside it"),
    ("(bridge closed) | tax", {OLD, TAX}, "parentheses bind closer still"),
    ("bri*", {OLD, MAY, FAR}, "the beginning of a word"),
    ("br*", {OLD, MAY, NOBODY, FAR}, "a prefix of two letters: bridge, and Brandt"),
    ("b*", set(), "a single letter is a word"),
    ("2500", {PAID}, "a number without its mark"),
    ("2,500", {PAID}, "a number with its mark"),
    ("don’t", {TAX}, "an apostrophe of the other kind"),
    ("zoe", {PAID}, "a speaker without the accent"),
    (
        "Ana Brandt",
        {OLD, NOBODY, FAR},
        "a speaker's name finds what is said; a double name has both its parts",
    ),
    ("brandt bridge", {OLD, FAR}, "speaker and word together"),
    ("nothinglikeit", set(), "a word that isn't there"),
    ("?!… 😀", set(), "no word at all finds nothing, not everything"),
    ("", {OLD, MAY, PAID, NOBODY, TAX, FAR}, "nothing typed leaves everything"),
]


@pytest.mark.parametrize(("typed", "expected", "reason"), WORDS, ids=[reason for *_, reason in WORDS])
def test_words(filled: Record, typed: str, expected: set[str], reason: str) -> None:
    assert set(contents(search(filled, Query(typed)))) == expected
    for sort in ("newest", "oldest", "relevance"):
        assert set(contents(search(filled, Query(typed, sort=sort)))) == expected  # type: ignore[arg-type]


FILTERS = [
    ({"speaker": "Brandt"}, {OLD, NOBODY, FAR}, "a part of a name"),
    ({"speaker": "ana brandt", "exact_names": True}, {OLD, NOBODY}, "the whole name"),
    ({"speaker": "ZOE LIND"}, {PAID}, "a name without its accent"),
    ({"speaker": "?"}, set(), "a name without a letter"),
    ({"target": "roads"}, {PAID, NOBODY}, "who it is said of"),
    ({"act": "accuse"}, {PAID, NOBODY}, "an act"),
    ({"act": "accuse", "speaker": "lind"}, {PAID}, "an act of a speaker"),
    ({"form": "direct"}, {PAID, NOBODY}, "a form"),
    ({"stance": "neutral"}, {OLD, MAY, TAX, FAR}, "a stance"),
    ({"publisher": "gazette"}, {PAID, NOBODY}, "a publisher"),
    ({"publisher": "The Osthaven Courier", "exact_names": True}, {OLD, MAY, FAR}, "a publisher's whole name"),
    ({"place": "osthaven"}, {TAX}, "a place that is spoken of, not the publisher's name"),
    ({"place": "nw"}, {TAX}, "a country"),
    ({"since": "2024-03-12"}, {OLD, MAY, PAID, NOBODY}, "from a day on, that day included"),
    ({"until": "2024-03-12"}, {OLD, MAY, FAR}, "to a day, included; what has no day is in no range"),
    ({"since": "2024", "until": "2024-03"}, {OLD, MAY}, "from a year's beginning to a month's end"),
    ({"until": "2023"}, {FAR}, "to the end of a year"),
    ({"since": "2030"}, set(), "a day to come"),
    ({"since": "2024-05", "until": "2024-04"}, set(), "an end before the beginning"),
    ({"quantity": (2000, 3000)}, {PAID}, "a figure within a range"),
    ({"quantity": (2500, 2500)}, {PAID}, "exactly a figure"),
    ({"quantity": (2501, 9000)}, set(), "a range that the index's step reaches, but not the figure"),
    ({"quantity": (None, 0)}, {FAR}, "a figure under nothing"),
    ({"quantity": (None, None)}, {PAID, FAR}, "any figure"),
    ({"quantity": (1, None), "unit": "Crowns"}, {PAID}, "a figure of a unit"),
    ({"quantity": (1, None), "unit": "percent"}, set(), "a figure of another unit"),
    ({"quantity": (5, 1)}, set(), "a range that is none"),
    ({"words": "paid", "quantity": (1, None)}, {PAID}, "words and a figure"),
    ({"words": "bridge", "speaker": "okafor", "since": "2024"}, {MAY}, "words, a speaker and days"),
]


@pytest.mark.parametrize(("filters", "expected", "reason"), FILTERS, ids=[reason for *_, reason in FILTERS])
def test_filters(filled: Record, filters: dict[str, object], expected: set[str], reason: str) -> None:
    assert set(contents(search(filled, Query(**filters)))) == expected  # type: ignore[arg-type]


WRONG = [
    ({"limit": 0}, "no hits"),
    ({"limit": 10_000}, "more than a page holds"),
    ({"since": "tomorrow"}, "a day that isn't ISO 8601"),
    ({"until": "2024-02-31"}, "a day that no calendar has"),
    ({"quantity": (float("nan"), 1)}, "a number that is none"),
]


@pytest.mark.parametrize(("options", "reason"), WRONG, ids=[reason for _, reason in WRONG])
def test_a_query_that_makes_no_sense_is_named(options: dict[str, object], reason: str) -> None:
    with pytest.raises(SettingsError):
        Query(**options)  # type: ignore[arg-type]


def test_order_by_day(filled: Record) -> None:
    newest = contents(search(filled, Query(sort="newest")))
    assert newest == [NOBODY, PAID, MAY, OLD, FAR, TAX]
    assert contents(search(filled, Query(sort="oldest"))) == newest[::-1]


def test_more_of_the_words_and_fewer_others_come_first(record: Record) -> None:
    lines = ["the harbour", "the harbour and a long list of other things besides", "harbour after harbour"]
    record.add(make_report("\n".join(f"Ana Brandt: {line}" for line in lines)))
    assert contents(search(record, Query("harbour"))) == [lines[2], lines[0], lines[1]]


def test_any_of_the_words_ranks_what_has_more_of_them_first(filled: Record) -> None:
    found = contents(search(filled, Query("when will the closed bridge open?", match="any")))
    assert found[0] == MAY
    assert set(found) == {OLD, MAY, FAR}  # and not what shares an article with the question


INFLECTED = (
    ("va*", True, "two letters are enough"),
    ("vaccination*", True, "longer than the stem, vaccin"),
    ("vaccinations*", True, "the whole word"),
    ("vaccinationz*", False, "no word begins so"),
    ("policie*", True, "breaks off inside an ending: the stem is polici"),
    ("policy*", True, "the stem ends otherwise than the word"),
    ("accuse*", True, "the stem is accus"),
    ("accusin*", True, "an ending that the stem has lost"),
    ("-va*", False, "excluded"),
    ("-accuse*", False, "excluded by its stem"),
    ("ferry OR accuse*", True, "an alternative"),
    ('"va*"', False, "no prefix inside quotation marks"),
)


@pytest.mark.parametrize(("typed", "found", "reason"), INFLECTED, ids=[reason for *_, reason in INFLECTED])
def test_a_prefix_is_compared_with_words_although_the_index_has_stems(
    record: Record, typed: str, found: bool, reason: str
) -> None:
    said = "accusing them over vaccinations and policies"
    record.add(make_report(f"Ana Brandt: {said}"))
    assert contents(search(record, Query(typed))) == ([said] if found else []), reason


@pytest.mark.parametrize("word", ["п'ять", "п’ять", "O'Þór", "l’été", "ʼn'þ" + "þ'" * 40, "d'" * 60])
def test_an_apostrophe_in_any_script_is_kept_and_found(record: Record, word: str) -> None:
    said = f"the {word} bridge is closed"
    record.add(make_report(f"Ana Brandt: {said}"))
    assert contents(search(record, Query(word))) == [said]
    assert list(record.check()) == []


TYPED = st.text(
    st.characters() | st.sampled_from("\"'()*-|:^{}+~&!<>\\%;§\x00\ud800 ORNOTANDEAR"), max_size=60
)


FIELDS = ["words", "words", "words", "speaker", "target", "act", "publisher", "place", "unit"]


@given(field=st.sampled_from(FIELDS), typed=TYPED, match=st.sampled_from(["all", "any"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_typed_is_an_error(filled: Record, field: str, typed: str, match: str) -> None:
    page = search(filled, Query(**{field: typed}, match=match))  # type: ignore[arg-type]
    assert len(page.hits) <= 6
    json.dumps(page.to_dict())


@pytest.mark.parametrize(
    "typed",
    [
        "(" * 5000,
        "-" * 5000,
        '"' * 5001,
        "a OR " * 5000,
        "NOT " * 5000,
        "a" * 100_000,
        "x*" * 3000,
        "(a " * 3000,
        "bridge " * 3000,
    ],
)
def test_long_input_is_taken_too(filled: Record, typed: str) -> None:
    search(filled, Query(typed))
    search(filled, Query(typed, match="any"))


def test_highlights_are_the_words_in_the_text(filled: Record) -> None:
    (hit,) = search(filled, Query('open "bridge in"')).hits
    text = hit.found.document.text
    assert [text[span.start : span.end] for span in hit.snippet.highlights] == ["open", "bridge", "in"]
    assert hit.snippet.span.text == "Milo Okafor: we will open the bridge in May"
    assert hit.found.speaker is not None
    assert hit.found.speaker.name == "Milo Okafor"


@pytest.mark.parametrize(
    ("typed", "shown", "reason"),
    [
        (
            "who will open the bridge in May?",
            ["open", "bridge"],
            'function words of a question, of which "May" is one',
        ),
        ("is it in the", ["the", "in"], "nothing else was asked for"),
    ],
)
def test_of_a_question_the_words_that_tell_something_are_highlighted(
    filled: Record, typed: str, shown: list[str], reason: str
) -> None:
    hits = search(filled, Query(typed, match="any")).hits
    (hit,) = (hit for hit in hits if "in May" in hit.snippet.span.text)
    assert [span.text for span in hit.snippet.highlights] == shown, reason


def test_a_long_statement_is_shown_where_the_words_are(record: Record) -> None:
    record.add(make_report(f"Ana Brandt: {'filling ' * 200}the ferry sank {'filling ' * 200}"))
    (hit,) = search(record, Query("ferry")).hits
    assert len(hit.snippet.span.text) <= 320
    assert "the ferry sank" in hit.snippet.span.text
    assert [span.text for span in hit.snippet.highlights] == ["ferry"]


def crowd(count: int) -> list[Report]:
    """Reports in which every statement has one word, on days out of order."""
    return [
        make_report(
            f"Ana Brandt: the ferry is late {number}\nMilo Okafor: {'so ' * (number % 7)}the ferry is early",
            day=f"2024-{1 + number * 7 % 12:02}-{1 + number * 11 % 28:02}",
        )
        for number in range(count)
    ]


def all_pages(record: Record, query: Query) -> list[int]:
    keys: list[int] = []
    while True:
        page = search(record, query)
        keys += [hit.found.key for hit in page.hits]
        if page.after is None:
            return keys
        query = replace(query, after=page.after)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_pages_leave_nothing_out_and_show_nothing_twice(
    record: Record, monkeypatch: pytest.MonkeyPatch, sort: Sort
) -> None:
    monkeypatch.setattr(ordering, "_WINDOW", 20)  # so that pages cross from one window of matches to the next
    for report in crowd(40):
        record.add(report)
    for limit in (1, 7, 20, 80, 100):
        keys = all_pages(record, Query("ferry", sort=sort, limit=limit))
        assert len(keys) == len(set(keys)) == 80
    by_figure = all_pages(record, Query("ferry", sort=sort, limit=7, quantity=(0, 1)))
    assert by_figure == []


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_pages_stay_as_they_were_while_reports_come_in(
    record: Record, monkeypatch: pytest.MonkeyPatch, sort: Sort
) -> None:
    monkeypatch.setattr(ordering, "_WINDOW", 20)
    made = crowd(60)
    for report in made[:30]:
        record.add(report)
    expected = set(all_pages(record, Query("ferry", limit=50)))
    query, seen = Query("ferry", sort=sort, limit=4), []
    for report in made[30:]:
        page = search(record, query)
        seen += [hit.found.key for hit in page.hits]
        record.add(report)
        if page.after is None:
            break
        query = replace(query, after=page.after)
    else:
        seen += all_pages(record, query)
    assert len(seen) == len(set(seen))
    assert expected <= set(seen)


@pytest.mark.parametrize(
    "after", ["", "x", "bnVsbA", "W10", "eyJhIjoxfQ", "WyJkYXkiLC0xLG51bGwsMCxudWxsLFtdXQ", "é", "a" * 10_000]
)
def test_a_cursor_that_is_none_is_named(filled: Record, after: str) -> None:
    for query in (
        Query("bridge", after=after),
        Query(after=after),
        Query("bridge", match="any", after=after),
    ):
        with pytest.raises(SettingsError, match="after"):
            search(filled, query)


def embed(texts: list[str]) -> NDArray[np.float32]:
    """A model of meaning for tests: texts with the same words are near."""
    made = np.zeros((len(texts), 70), dtype=np.float32)
    for row, text in enumerate(texts):
        for word in text.split():
            made[row, zlib.crc32(word.encode()) % 70] += 1
    return made


def test_meaning_finds_the_nearest(filled: Record) -> None:
    assert filled.embed_statements(embed, name="words@1", batch=2) == 6
    assert filled.embed_statements(embed, name="words@1") == 0
    near = search(filled, Query("the bridge in May we will open", by="meaning"), embed=embed)
    assert contents(near)[0] == MAY
    assert near.hits[0].score == pytest.approx(1.0, abs=0.01)
    both = search(filled, Query("bridge open", by="both"), embed=embed)
    assert contents(both)[0] == MAY
    assert len(both.hits) == len({hit.found.key for hit in both.hits})
    assert contents(search(filled, Query("bridge", by="meaning", speaker="Okafor"), embed=embed)) in (
        [MAY, TAX],
        [TAX, MAY],
    )
    assert contents(search(filled, Query("bridge", by="meaning", since="2024-04"), embed=embed)) != []
    assert search(filled, Query("bridge", by="meaning", quantity=(1, 9)), embed=embed).hits == ()
    paged = []
    query = Query("bridge", by="both", limit=2)
    while True:
        page = search(filled, query, embed=embed)
        paged += contents(page)
        if page.after is None:
            break
        query = replace(query, after=page.after)
    assert sorted(paged) == sorted(set(paged))
    assert len(paged) >= 2, "those that are close"
    far = search(filled, Query("zymurgy quagga", by="both"), embed=embed)
    assert (far.hits, far.after) == ((), None)
    assert far.nearest is not None
    assert far.nearest.score is not None
    assert far.nearest.score < 0.2


def test_meaning_follows_what_is_added_and_removed(filled: Record) -> None:
    filled.embed_statements(embed, name="words@1")
    search(filled, Query("bridge", by="meaning"), embed=embed)
    fresh = make_report("Ana Brandt: bridge bridge bridge")
    filled.add(fresh)
    filled.embed_statements(embed, name="words@1")
    assert contents(search(filled, Query("bridge", by="meaning"), embed=embed))[0] == "bridge bridge bridge"
    filled.remove(fresh.document.id)
    assert "bridge bridge bridge" not in contents(search(filled, Query("bridge", by="meaning"), embed=embed))


def test_many_vectors_are_compared_by_their_signs_first(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.record import vectors

    for report in crowd(40):
        record.add(report)
    record.embed_statements(embed, name="words@1")
    exact = contents(search(record, Query("so so so the ferry is early", by="meaning"), embed=embed))
    monkeypatch.setattr(vectors, "_EXACT", 10)
    monkeypatch.setattr(vectors, "_RESCORED", 30)
    assert (
        contents(search(record, Query("so so so the ferry is early", by="meaning"), embed=embed))[:3]
        == exact[:3]
    )


def test_meaning_without_a_model_or_with_another_is_named(filled: Record) -> None:
    with pytest.raises(SettingsError, match="model"):
        search(filled, Query("bridge", by="both"))
    assert search(filled, Query("bridge", by="meaning"), embed=embed).hits == ()  # no vectors yet
    filled.embed_statements(embed, name="words@1")
    filled.add(make_report("Ana Brandt: new"))
    with pytest.raises(RecordError, match="words@1"):
        filled.embed_statements(embed, name="words@2")
    with pytest.raises(RecordError, match="70 numbers"):
        search(filled, Query("bridge", by="meaning"), embed=lambda texts: embed(texts)[:, :60])
    filled.clear_vectors()
    assert filled.embed_statements(embed, name="words@2") == 7

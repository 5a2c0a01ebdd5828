"""The heads of reports: what they give, and what they must not be taken to give. People, places and agencies are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.loaders.dateline import opening_of
from onrecord.loaders.dates import date_in, date_in_metadata, date_in_url, find_date
from onrecord.loaders.header import read_header

BODY = "The chief left the hall on Monday, and said that he would be back before the rains came to the valley and its towns."

DAYS = [
    ("British", "12 March 2024", "2024-03-12"),
    ("British with an ordinal", "12th March, 2024", "2024-03-12"),
    ("American", "March 12, 2024", "2024-03-12"),
    ("American, cut month", "Mar. 12, 2024", "2024-03-12"),
    ("cut September", "Sept. 3, 2024", "2024-09-03"),
    ("capitals", "MARCH 12, 2024", "2024-03-12"),
    ("hyphens and a name", "12-Mar-2024", "2024-03-12"),
    ("ISO", "2024-03-12", "2024-03-12"),
    ("year first with slashes", "2024/3/12", "2024-03-12"),
    ("weekday before", "Tuesday, 12 March 2024", "2024-03-12"),
    ("formal", "the 12th of March 2024", "2024-03-12"),
    ("two days in one: no guess", "03/04/2024", None),
    ("dots are as ambiguous as slashes", "03.04.2024", None),
    ("only one reading is in the calendar", "13/04/2024", "2024-04-13"),
    ("only one reading is in the calendar, American", "04/13/2024", "2024-04-13"),
    ("both readings are the same day", "04/04/2024", "2024-04-04"),
    ("a weekday decides", "Wednesday 03/04/2024", "2024-04-03"),
    ("a weekday that fits neither decides nothing", "Friday 03/04/2024", None),
    ("not in the calendar", "31 February 2024", None),
    ("no year", "March 12", None),
    ("two digits of a year could be any century", "12 March 24", None),
    ("a word that begins like a month", "12 Marchers 2024", None),
    ("a number that goes on", "2024-03-123", None),
]


@pytest.mark.parametrize(("reason", "words", "day"), DAYS, ids=[case[0] for case in DAYS])
def test_days(reason: str, words: str, day: str | None) -> None:
    assert date_in(words) == day


URLS = [
    ("folders", "https://example.org/2024/03/12/harbour", "2024-03-12"),
    ("month by name", "https://example.org/world/2024/mar/12/harbour", "2024-03-12"),
    ("hyphens", "https://example.org/harbour-2024-03-12.html", "2024-03-12"),
    ("compact", "https://example.org/20240312/harbour", "2024-03-12"),
    ("an article's number isn't a day", "https://example.org/a-101658862678159.html", None),
    ("only the month", "https://example.org/2024/03/harbour", None),
    ("two days: no guess", "https://example.org/2024/03/12/as-on-2024-03-11", None),
    ("no such day", "https://example.org/2024/13/45/x", None),
]


@pytest.mark.parametrize(("reason", "url", "day"), URLS, ids=[case[0] for case in URLS])
def test_days_in_addresses(reason: str, url: str, day: str | None) -> None:
    assert date_in_url(url) == day


METADATA = [
    ("a moment in UTC stays the day that is written", "2024-03-12T23:30:00Z", "2024-03-12"),
    ("an offset doesn't move it", "2024-03-12T00:10:00+05:00", "2024-03-12"),
    ("mail's form", "Tue, 12 Mar 2024 08:00:00 GMT", "2024-03-12"),
    ("compact", "20240312T080000", "2024-03-12"),
    ("what a system writes that has no date", "1970-01-01T00:00:00Z", None),
    ("a year alone", "2024", None),
    ("not a text", 20240312, None),
]


@pytest.mark.parametrize(("reason", "value", "day"), METADATA, ids=[case[0] for case in METADATA])
def test_days_in_metadata(reason: str, value: object, day: str | None) -> None:
    assert date_in_metadata(value) == day


# reason, text, title, byline, place, date of the dateline, day, basis
HEADS: list[tuple[str, str, str | None, str | None, str | None, str | None, str | None, str]] = [
    ("day and desk in one line", "12 March 2024 Staff Report\n\nMERANPUR: {}", None, "Staff Report", "MERANPUR", None, "2024-03-12", "header"),
    ("title, then day and desk", "Envoy slams move\n\n12 March 2024 Staff Report\n\n{}", "Envoy slams move", "Staff Report", None, None, "2024-03-12", "header"),
    ("section head, title, byline, day", "WORLD\nHarbour to close\nBy Mara Holm\nMarch 12, 2024\n\n{}", "Harbour to close", "Mara Holm", None, None, "2024-03-12", "header"),
    ("day and time among words", "Harbour to close\nBy MARA HOLM and JO RUELL\nPublished: Tuesday, 12 March 2024 10:30 GMT\n\n{}", "Harbour to close", "MARA HOLM and JO RUELL", None, None, "2024-03-12", "header"),
    ("a role tells a byline", "Harbour to close\nMara Holm, Political Editor\n12/03/2024\n\n{}", "Harbour to close", "Mara Holm, Political Editor", None, None, None, "none"),
    ("a name that ends in “by” keeps it", "Harbour to close\nShelby Holm, Political Editor\n12/03/2024\n\n{}", "Harbour to close", "Shelby Holm, Political Editor", None, None, None, "none"),
    ("a running head is no byline: the paper and its day", "The Alder Post - Tuesday, March 12, 2024\nHarbour to close\n\n{}", "Harbour to close", None, None, None, "2024-03-12", "header"),
    ("a running head without an article", "Alder Gazette | 12 March 2024\nHarbour to close\nBy Mara Holm\n\n{}", "Harbour to close", "Mara Holm", None, None, "2024-03-12", "header"),
    ("a paper that is said to have written it", "Harbour to close\nBy The Alder Post, 12 March 2024\n\n{}", "Harbour to close", "The Alder Post", None, None, "2024-03-12", "header"),
    ("name and place", "Harbour to close\nMara Holm in Genovia\nWed 03/04/2024\n\n{}", "Harbour to close", "Mara Holm in Genovia", None, None, "2024-04-03", "header"),
    ("name, role and day in one line", "Harbour to close\n\nBy Mara Holm, transport editor, 12 March 2024\n\n{}", "Harbour to close", "Mara Holm, transport editor", None, None, "2024-03-12", "header"),
    ("name and role behind by", "Harbour to close\n\nBy Mara Holm, transport editor\n\n{}", "Harbour to close", "Mara Holm, transport editor", None, None, None, "none"),
    ("a release: a heading in capitals is no dateline, and the day stands below", "HARBOUR STATEMENT - FOR IMMEDIATE RELEASE\n\nAlderby Harbour Board\nReference 2024/77\nDate: 12 March 2024\n\n{}", "HARBOUR STATEMENT - FOR IMMEDIATE RELEASE", None, None, None, "2024-03-12", "header"),
    ("desk before day", "Our Correspondent\nMarch 12, 2024\nMERANPUR: {}", None, "Our Correspondent", "MERANPUR", None, "2024-03-12", "header"),
    ("name and day with a bar: no words are put together", "12 March 2024 | Mara Holm | Genovia\n\n{}", None, "Mara Holm", None, None, "2024-03-12", "header"),
    ("an update isn't a publication", "Updated 12 March 2024\n\n{}", None, None, None, None, None, "none"),
    ("published and updated", "Published 10 March 2024, updated 12 March 2024\n\n{}", None, None, None, None, "2024-03-10", "header"),
    ("a day in the report's own words is no header", "On 12 March 2024 the bridge closed.\n\n{}", None, None, None, None, None, "none"),
    ("agency dateline", "GENOVIA, March 12 (Tidewire) — {}", None, "Tidewire", "GENOVIA", "March 12", None, "none"),
    ("dateline with the year", "LAKE ORR, March 12, 2024 /PressWire/ -- {}", None, "PressWire", "LAKE ORR", "March 12, 2024", "2024-03-12", "dateline"),
    ("a header's day before the dateline's", "12 March 2024\n\nORR, 11 March 2024 – {}", None, None, "ORR", "11 March 2024", "2024-03-12", "header"),
    ("an address as the first line", "https://example.org/2024/03/12/a\n\n{}", None, None, None, None, "2024-03-12", "url"),
    ("Markdown", "# Harbour to close\n\n{}", "Harbour to close", None, None, None, None, "none"),
    ("windows line ends", "Harbour to close\r\n\r\nBy Mara Holm\r\n\r\nORR: {}", "Harbour to close", "Mara Holm", "ORR", None, None, "none"),
    ("a speaker's colon in a headline is no dateline", "Orr: I never said so\n\n{}", "Orr: I never said so", None, None, None, None, "none"),
    ("an archive's full stop after the headline", "Harbour Gates To Close For A Year.\n\n{}", "Harbour Gates To Close For A Year.", None, None, None, None, "none"),
    ("a short first paragraph is no headline", "The harbour was closed.\n\n{}", None, None, None, None, None, "none"),
    ("a report without any head", "{}", None, None, None, None, None, "none"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "text", "title", "byline", "place", "words", "day", "basis"),
    HEADS,
    ids=[case[0] for case in HEADS],
)
def test_heads(
    reason: str, text: str, title: str | None, byline: str | None, place: str | None, words: str | None,
    day: str | None, basis: str,
) -> None:  # fmt: skip
    header = read_header(text.format(BODY))
    assert (header.title, header.byline) == (title, byline)
    assert (header.dateline.place if header.dateline else None) == place
    assert (header.dateline.date if header.dateline else None) == words
    assert (header.published.date, header.published.basis) == (day, basis)


OPENINGS = [
    ("place and colon", "MERANPUR: ", "MERANPUR", None),
    ("two words, day, colon", "NORTH ORR, 3 May: ", "NORTH ORR", None),
    ("region", "LAKE ORR, Vt. — ", "LAKE ORR, Vt.", None),
    ("region of letters", "ALDERBY, D.C. (TW) — ", "ALDERBY, D.C.", "TW"),
    ("two places", "ST. ORR/NORTH HOLM, 3 May (Tidewire) – ", "ST. ORR/NORTH HOLM", "Tidewire"),
    ("hyphens", "PORT-AU-HOLM (Tidewire) - ", "PORT-AU-HOLM", "Tidewire"),
    ("place, dash, day", "CAPE ORR - 25 July 2022: ", "CAPE ORR", None),
    ("mixed case with a day", "Genovia, May 6 2022 (TW) - ", "Genovia", "TW"),
    ("mixed case with an agency", "New Orr (TW) – ", "New Orr", "TW"),
    ("agency in slashes", "Holmby /TIDEWIRE/. ", "Holmby", "TIDEWIRE"),
    ("agency alone", "(Tidewire) - ", None, "Tidewire"),
    ("accents", "SÃO ORR, 3 May — ", "SÃO ORR", None),
]


@pytest.mark.parametrize(("reason", "start", "place", "agency"), OPENINGS, ids=[case[0] for case in OPENINGS])
def test_datelines(reason: str, start: str, place: str | None, agency: str | None) -> None:
    opening = opening_of(start + BODY)
    assert opening is not None
    assert (opening.dateline.place if opening.dateline else None, opening.agency) == (place, agency)
    assert opening.end == len(start.rstrip()) or opening.end == len(start)


NO_OPENINGS = [
    ("a label", "BREAKING: "),
    ("a speaker", "MR. HOLM: "),
    ("an aside in dashes", "Genovia – the old city – is large. "),
    ("capitals at the start of a report", "THE Harbour Authority of Genovia has spoken. "),
    ("a headline in capitals with a verb", "THE FIX IS IN — "),
    ("letters of a list", "A: "),
]


@pytest.mark.parametrize(("reason", "start"), NO_OPENINGS, ids=[case[0] for case in NO_OPENINGS])
def test_no_datelines(reason: str, start: str) -> None:
    assert opening_of(start + BODY) is None


def test_a_dateline_needs_a_report_after_it() -> None:
    assert opening_of("MERANPUR:") is None


@given(st.text(alphabet=st.sampled_from("ABCDEFabc.,:;()/-—–0123 \n'’|MarchMay20244"), max_size=400))
def test_a_head_is_words_of_the_text(text: str) -> None:
    header = read_header(text)
    parts = [header.title, header.byline]
    if header.dateline:
        parts += [header.dateline.place, header.dateline.date]
    flat = " ".join(text.split())
    for part in parts:
        assert part is None or " ".join(part.split()) in flat


@given(st.text(max_size=200))
def test_a_day_stands_where_it_is_said_to(words: str) -> None:
    found = find_date(words)
    if found:
        start, end, day = found
        assert 0 <= start < end <= len(words)
        assert day is None or date_in(words[start:end]) == day

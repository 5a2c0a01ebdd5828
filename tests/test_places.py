"""Places: what is one, which one it is, and when it stays open."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.places import find_places, load_gazetteer
from onrecord.types import Claim, Document

FOUND = [
    # text, words, country, unit, reason
    ("The minister flew to Paris on Monday.", "Paris", "FR", "city", "the best known place of the name"),
    ("He grew up in Paris, Texas.", "Paris", "US", "city", "the state after the comma decides"),
    ("She lives in Springfield, Illinois.", "Springfield", "US", "city", "a name of many places, explained"),
    ("She lives in Springfield, Ill., with him.", "Ill.", "US", "region", "an abbreviation of the state"),
    ("They met in London, Ontario.", "London", "CA", "city", "the small London, since the text says so"),
    ("The U.S. has sent help.", "U.S.", "US", "country", "an abbreviation with full stops"),
    ("The US has sent help.", "US", "US", "country", "an abbreviation in capitals"),
    ("A visit to the UAE was planned.", "UAE", "AE", "country", "an abbreviation that only stands for it"),
    ("Talks in the UK went on.", "UK", "GB", "country", "a common short name"),
    ("ALBANY, N.Y. — A judge ruled.", "N.Y.", "US", "region", "the state in a dateline"),
    ("BEIRUT (Agency) — Fighting went on.", "BEIRUT", "LB", "city", "a dateline in capitals"),
    ("Turkish forces crossed over.", "Turkish", "TR", "nationality", "an adjective leads to its country"),
    ("Two Iraqis were hurt.", "Iraqis", "IQ", "nationality", "the name of a people"),
    ("Floods hit Burma again.", "Burma", "MM", "country", "a former name"),
    ("The US officials left.", "US", "US", "affiliation", "whose officials, not where"),
    ("The US border was shut.", "US", "US", "country", "where, not whose"),
    ("She was born in Bombay.", "Bombay", "IN", "city", "a former name of a city"),
    ("He left Ivory Coast.", "Ivory Coast", "CI", "country", "two words"),
    ("They fled from Bosnia and Herzegovina.", "Bosnia and Herzegovina", "BA", "country", "'and' in a name"),
    ("The Hague hosts the court.", "The Hague", "NL", "city", "an article that belongs to the name"),
    (
        "Shelling hit eastern Ukraine.",
        "Ukraine",
        "UA",
        "country",
        "a direction in lowercase letters stays out",
    ),
    ("Florida Gov. Ann Example spoke.", "Florida", "US", "affiliation", "a state before a title"),
    (
        "The Tbilisi visit pleased Georgia and all Georgians.",
        "Georgia",
        "GE",
        "country",
        "its capital near by",
    ),
    (
        "Atlanta and Savannah in Georgia flooded, and Alabama too.",
        "Georgia",
        "US",
        "region",
        "its cities near by",
    ),
    ("Clashes broke out in Port-au-Prince.", "Port-au-Prince", "HT", "city", "hyphens"),
    ("The road to N'Djamena is closed.", "N'Djamena", "TD", "city", "an apostrophe"),
    ("Unrest spread across the Middle East.", "Middle East", None, "area", "an area has no country"),
    (
        "Police in Cox's Bazar said so.",
        "Cox's Bazar",
        "BD",
        "region",
        "a possessive that belongs to the name",
    ),
    ("Protesters marched in St. Louis, Missouri.", "St. Louis", "US", "city", "Saint, shortened"),
    ("Crimea's bridge was shut.", "Crimea", "UA", "region", "the possessive ending stays out"),
    ("The Britain-based group said so.", "Britain", "GB", "country", "joined to a word in lowercase letters"),
    ("The Amsterdam-London train ran late.", "London", "GB", "city", "two places joined"),
    ("President of France Ann Example came.", "France", "FR", "country", "'of' after an office"),
    (
        "Washington has said it will act.",
        "Washington",
        "US",
        "city",
        "alone, the capital rather than the state",
    ),
    (
        "He moved from Tacoma, Washington.",
        "Washington",
        "US",
        "region",
        "after a city of the state, the state",
    ),
    ("He left New York for Boston.", "New York", "US", "city", "alone, the city rather than the state"),
]

NOT_FOUND = [
    ("Paris Hilton smiled.", "Paris", "a given name"),
    ("Ms. Paris Example smiled.", "Paris", "a title and a given name"),
    ("President Washington crossed the river.", "Washington", "a title makes it a person"),
    ("Mr. Jordan left early.", "Jordan", "a title makes it a person"),
    ("Georgia Smith sued the firm.", "Georgia", "a given name"),
    ("Ann Jordan came. Jordan said she was glad.", "Jordan", "the last name of a person in the text"),
    ("A Bank of America branch closed.", "America", "part of a bank's name"),
    ("The University of Texas opened a lab.", "Texas", "part of a university's name"),
    ("The New York Times reported it.", "New York", "part of a paper's name"),
    ("The Washington Post reported it.", "Washington", "part of a paper's name"),
    ("Manchester United lost.", "Manchester", "part of a club's name"),
    ("The London Stock Exchange fell.", "London", "part of an exchange's name"),
    ("Reading is good for children.", "Reading", "an everyday word at the head of a sentence"),
    ("In March the talks ended.", "March", "a month, though there is a town of the name"),
    ("It cost US$40.", "US", "a currency"),
    ("She speaks Spanish.", "Spanish", "a language"),
    ("We told us both and asked us.", "us", "a pronoun in lowercase letters"),
    ("I saw it on Facebook.", "Facebook", "a company"),
]

OPEN = [
    ("They met in Georgia.", "Georgia", "country or state: nothing tells"),
    ("He was born in Qulbatown.", "Qulbatown", "the gazetteer doesn't know it, the text uses it as a place"),
    ("The fire on Marlowe Avenue was put out.", "Marlowe Avenue", "streets aren't in the gazetteer"),
]


def _places(text: str, **known: str) -> dict[str, Claim]:
    return {
        claim.span.text: claim
        for claim in find_places(Document.of(text, origin=known.get("origin", "a.txt")))
    }


@pytest.mark.parametrize(("text", "words", "country", "unit", "reason"), FOUND)
def test_a_place_is_found_and_resolved(
    text: str, words: str, country: str | None, unit: str, reason: str
) -> None:
    claim = _places(text).get(words)
    assert claim is not None, reason
    assert (claim.country, claim.unit) == (country, unit), reason
    assert claim.value is not None, reason
    assert claim.latitude is not None, reason
    assert claim.doubt is None, reason


@pytest.mark.parametrize(("text", "words", "reason"), NOT_FOUND)
def test_what_only_looks_like_a_place_is_left_alone(text: str, words: str, reason: str) -> None:
    assert words not in _places(text), reason


@pytest.mark.parametrize(("text", "words", "reason"), OPEN)
def test_a_place_stays_open_with_a_doubt(text: str, words: str, reason: str) -> None:
    claim = _places(text)[words]
    assert (claim.value, claim.latitude, claim.geonames) == (None, None, None), reason
    assert claim.doubt, reason


def test_ids_and_points_are_the_gazetteers() -> None:
    claim = _places("They live in Berlin.")["Berlin"]
    assert (claim.geonames, claim.country) == (2950159, "DE")
    assert claim.latitude == pytest.approx(52.52, abs=0.05)
    assert claim.longitude == pytest.approx(13.41, abs=0.05)


def test_a_site_takes_the_point_of_the_city_that_the_text_puts_it_in() -> None:
    claim = _places("A shop on Collins Avenue in Miami, Florida, burnt down.")["Collins Avenue"]
    assert (claim.value, claim.country) == (None, "US")
    assert claim.latitude == pytest.approx(25.77, abs=0.2)
    assert "Miami" in str(claim.doubt)


@pytest.mark.parametrize(
    ("text", "words", "latitude", "longitude", "reason"),
    [
        (
            "Fires spread in Walker County, Georgia.",
            "Walker County",
            34.9,
            -85.3,
            "the state says which county",
        ),
        (
            "From Reno, Nevada, fires spread to Washoe County.",
            "Washoe County",
            39.5,
            -119.8,
            "the only one of the name",
        ),
        (
            "A crash shut roads in Miami-Dade on Friday.",
            "Miami-Dade",
            25.8,
            -80.3,
            "a county by its short name",
        ),
        ("They met in Milan, Tennessee.", "Milan", 35.92, -88.76, "a village that has a city's name"),
        (
            "Talks in Berlin, Wisconsin, went on.",
            "Berlin",
            43.97,
            -88.94,
            "the state after the comma decides",
        ),
        (
            "Fire reached Clarinda. Buses from Omaha, Nebraska, to Des Moines, Iowa, were late in Clarinda.",
            "Clarinda",
            40.74,
            -95.04,
            "a village in a region of the text",
        ),
    ],
)
def test_counties_and_villages_have_points_where_the_text_ties_them(
    text: str, words: str, latitude: float, longitude: float, reason: str
) -> None:
    claim = _places(text)[words]
    assert claim.latitude == pytest.approx(latitude, abs=0.3), reason
    assert claim.longitude == pytest.approx(longitude, abs=0.3), reason
    assert claim.doubt is None, reason


def test_a_county_that_nothing_tells_apart_has_a_name_and_a_country_only() -> None:
    claim = _places("Fires spread through Walker County.")["Walker County"]
    assert (claim.value, claim.country, claim.latitude) == ("Walker County", "US", None)
    assert claim.doubt


def test_a_village_is_not_taken_for_one_that_lies_elsewhere() -> None:
    claim = _places("They met in Clarinda, Norway.")["Clarinda"]
    assert (claim.value, claim.country) == (None, "NO")


def test_where_the_report_comes_from_speaks_for_its_country() -> None:
    text = "The council of Wellington voted. The people of Wellington are glad."
    near = find_places(Document.of(text, origin="https://news.example.co.nz/a"))
    assert {claim.country for claim in near} == {"NZ"}


def test_a_name_spelt_out_once_keeps_its_sense() -> None:
    text = "Floods hit Springfield, Missouri. By night Springfield was dry."
    claims = [
        claim for claim in find_places(Document.of(text, origin="")) if claim.span.text == "Springfield"
    ]
    assert len(claims) == 2
    assert len({claim.geonames for claim in claims}) == 1


def test_nothing_of_an_empty_text() -> None:
    assert find_places(Document.of("", origin="")) == ()


PIECES = st.lists(
    st.sampled_from(
        [
            "Paris",
            "in ",
            "New York",
            ", ",
            "Illinois",
            "U.S.",
            "Mr. ",
            "of ",
            "County",
            " ",
            "-",
            "’s",
            "\n",
            "(",
            "St. ",
            "ß",
            "Ⅷ",
            "\ud800",
            "İ",
        ]
    )
    | st.text(max_size=6),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_claims_stay_inside_any_text_apart_and_in_order(text: str) -> None:
    claims = find_places(Document.of(text, origin="https://[odd"))
    assert all(
        claim.type == "place" and text[claim.span.start : claim.span.end] == claim.span.text
        for claim in claims
    )
    assert all(left.span.end <= right.span.start for left, right in itertools.pairwise(claims))
    assert all(claim.doubt is not None for claim in claims if claim.value is None)
    assert claims == find_places(Document.of(text, origin="https://[odd"))


@pytest.mark.parametrize(
    "text",
    [
        "U." * 20_000,
        "Ab " * 20_000,
        "(" * 100_000,
        "A" * 100_000,
        "a'" * 50_000,
        "in Q" * 10_000,
        "9" * 100_000,
    ],
)
def test_hostile_texts_end(text: str) -> None:
    for claim in find_places(Document.of(text, origin="")):
        assert claim.span.end <= len(text)


def test_every_place_of_the_tables_is_on_the_globe() -> None:
    gazetteer = load_gazetteer()
    tables = (gazetteer.named, gazetteer.exact, gazetteer.counties)
    places = [place for table in tables for found in table.values() for place in found]
    assert len(places) > 4_000
    assert all(-90 <= place.latitude <= 90 and -180 <= place.longitude <= 180 for place in places)
    assert all(place.country is None or len(place.country) == 2 for place in places)


def test_every_town_and_village_is_on_the_globe_and_found_by_its_name() -> None:
    gazetteer = load_gazetteer()
    cities = gazetteer.cities
    assert len(cities.ends) > 150_000
    assert abs(cities.latitude).max() <= 90
    assert abs(cities.longitude).max() <= 180
    assert (cities.keys[1:] >= cities.keys[:-1]).all()
    for row in range(0, len(cities.ends), 997):
        name = cities.name(row).partition("(")[0].partition("/")[0].strip(" )")
        places = gazetteer.find(name) if row < cities.towns else gazetteer.villages(name)
        assert int(cities.geonames[row]) in {place.geonames for place in places}, name


def test_a_local_report_lends_its_middle_to_what_the_gazetteer_lacks() -> None:
    text = "Roads were shut in Tacoma, Washington, and in Seattle, and in Qulbatown too."
    claim = _places(text)["Qulbatown"]
    assert (claim.value, claim.country) == (None, "US")
    assert claim.latitude == pytest.approx(47.4, abs=0.3)
    assert "near which" in str(claim.doubt)


def test_a_report_of_the_world_lends_nothing() -> None:
    assert _places("They met in Paris, in Berlin and in Qulbatown.")["Qulbatown"].latitude is None

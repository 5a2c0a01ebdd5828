"""The places of the world by name: towns and villages of GeoNames, countries and regions with our own tables beside them.

GeoNames (https://www.geonames.org, CC BY 4.0) is the source of all cities, ids and numbers of people, and of the points of the
counties of the US; ``training/gazetteer.py`` packs them (``cities``, ``data/geonames.tsv``). Where countries and regions lie, and
how people call their inhabitants, is in the other tables under ``data``, written for this project.
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from onrecord.lang.tables import read_rows
from onrecord.places.cities import Cities, is_exact, load_cities

PlaceKind = Literal["country", "region", "area", "city"]

EARTH_KM = 6371.0
MARKS = re.compile(r"[’'`.]")
HYPHENS_AND_SPACES = re.compile(r"[\s\-–]+")
CACHE_SIZE = 50_000  # names looked up, kept


@dataclass(frozen=True, slots=True)
class Place:
    """A place that has a name and a point.

    Args:
        name: as the gazetteer has it.
        country: ISO 3166-1 alpha-2, ``None`` for an area that spans countries.
        admin: GeoNames' code of the first-level division ("IL"), empty where unknown.
        latitude, longitude: degrees; of a point near the middle.
        geonames: GeoNames id, ``None`` for regions of which the package has none.
        population: people; 0 for all but cities and countries.
        radius_km: of a circle that about covers it; 0 for cities.
    """

    name: str
    kind: PlaceKind
    country: str | None
    admin: str
    latitude: float
    longitude: float
    geonames: int | None
    population: int
    radius_km: float
    capital: bool = False

    def km_to(self, other: Place) -> float:
        """The great-circle distance between the two points, by the haversine formula."""
        phi, psi = math.radians(self.latitude), math.radians(other.latitude)
        half = math.sin((psi - phi) / 2) ** 2
        half += (
            math.cos(phi) * math.cos(psi) * math.sin(math.radians(other.longitude - self.longitude) / 2) ** 2
        )
        return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))

    def within(self, other: Place) -> bool:
        """Whether this place lies in that country, region or area, as far as the gazetteer tells."""
        if other.kind == "country":
            return self.country == other.country
        if other.country is not None and self.country != other.country:
            return False
        if other.country == "US" and other.admin and self.admin:
            return self.admin == other.admin
        return other.kind != "city" and self.km_to(other) <= other.radius_km * 1.15


@dataclass(slots=True)
class Gazetteer:
    """Places by name.

    Args:
        cities: all towns and villages.
        named: countries, regions and areas by folded name; ``exact``: the same by the exact form of an abbreviation.
        demonyms: places by nationality word.
        counties: counties of the US by folded name ("cook county").
        wordlike: folded names that are words as well.
        openings: the first word of names of more than one word, and how many such a name has at most.
        longest: words of the longest name.
    """

    cities: Cities
    named: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    exact: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    demonyms: dict[str, Place] = field(default_factory=dict)
    counties: dict[str, list[Place]] = field(default_factory=dict)
    wordlike: frozenset[str] = frozenset()
    openings: dict[str, int] = field(default_factory=dict)
    longest: int = 1
    _found: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    _smaller: dict[str, tuple[Place, ...]] = field(default_factory=dict)

    def find(self, surface: str) -> tuple[Place, ...]:
        """The countries, regions, areas and towns (places of 15,000 people or more, and capitals) that go by this name."""
        return _cached(self._found, surface, self._find)

    def _find(self, surface: str) -> tuple[Place, ...]:
        if len(surface) <= 4 or "." in surface:
            if found := (*self.exact.get(surface, ()), *self._towns("=" + surface)):
                return found
            if len(surface) <= 3 and surface.isupper():
                return ()
        name = fold(surface)
        return (*self.named.get(name, ()), *self._towns(name))

    def villages(self, surface: str) -> tuple[Place, ...]:
        """The places of fewer people that go by this name."""
        return _cached(self._smaller, surface, self._villages)

    def _villages(self, surface: str) -> tuple[Place, ...]:
        name = "=" + surface if is_exact(surface) else fold(surface)
        return tuple(map(self._city, self.cities.find(name, villages=True)))

    def is_exact(self, surface: str) -> bool:
        """Whether this is a short form that is only told from a word or a code by how it is written."""
        return surface in self.exact or (is_exact(surface) and bool(self._towns("=" + surface)))

    def nearest_country(self, latitude: float, longitude: float) -> str:
        """The country (ISO 3166-1 alpha-2) of the town nearest to a point."""
        return self.cities.country[self.cities.nearest(latitude, longitude)]

    def words_from(self, first: str) -> int:
        """How many words a name that begins with this word has at most."""
        name = fold(first)
        return max(self.openings.get(name, 2), self.cities.openings.get(name, 2))

    def add(self, name: str, place: Place) -> None:
        """Lets the country, region or area go by this name as well."""
        if is_exact(name):
            where = self.exact[name]
        else:
            key = fold(name)
            words = key.count(" ") + 2  # one more: "the" isn't counted
            self.longest = max(self.longest, words)
            for word in openings_of(name):
                self.openings[word] = max(self.openings.get(word, 1), words)
            where = self.named[key]
        if place not in where:
            where.append(place)

    def add_county(self, county: Place) -> None:
        """Adds a county of the US; one with a hyphen in its name ("Miami-Dade") goes by that alone, too."""
        short = county.name.rpartition(" ")[0]
        for name in (county.name, short) if "-" in short else (county.name,):
            self.counties.setdefault(fold(name), []).append(county)
            first, words = fold(name).partition(" ")[0], name.count(" ") + name.count("-") + 1
            self.openings[first] = max(self.openings.get(first, 1), words)

    def _towns(self, name: str) -> tuple[Place, ...]:
        return tuple(map(self._city, self.cities.find(name, villages=False)))

    def _city(self, row: int) -> Place:
        cities = self.cities
        return Place(
            cities.name(row),
            "city",
            cities.country[row],
            cities.admin[row],
            round(float(cities.latitude[row]), 5),
            round(float(cities.longitude[row]), 5),
            int(cities.geonames[row]),
            int(cities.population[row]),
            0.0,
            bool(cities.capital[row]),
        )


def _cached(
    known: dict[str, tuple[Place, ...]], surface: str, find: Callable[[str], tuple[Place, ...]]
) -> tuple[Place, ...]:
    """What was found under a name before, else what is found now; so many names are kept."""
    found = known.get(surface)
    if found is None:
        found = find(surface)
        if len(known) >= CACHE_SIZE:
            known.clear()
        known[surface] = found
    return found


def openings_of(name: str) -> set[str]:
    """The folded words that a name may begin with: its first, "the", and what stands before a possessive ending."""
    first = fold(name).partition(" ")[0]
    return {"the", first, "st" if first == "saint" else first, fold(name.partition("'s ")[0])}


@functools.lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """A name without case, accents, apostrophes, full stops and hyphens.

    >>> fold("Saint-Denis"), fold("N'Djamena"), fold("St. Gabès")
    ('saint denis', 'ndjamena', 'saint gabes')
    """
    plain = (
        name
        if name.isascii()
        else "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    )
    if plain.isalpha():
        return plain.casefold()
    plain = HYPHENS_AND_SPACES.sub(" ", MARKS.sub("", plain.casefold())).strip()
    if plain.startswith("st "):
        plain = "saint " + plain[3:]
    return plain.removeprefix("the ")


@functools.lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer, read once a process: a few hundredths of a second and 15 MB.

    Raises:
        BundleError: the package's own data is missing or broken.
    """
    gazetteer = Gazetteer(load_cities())
    gazetteer.longest = max((2, *gazetteer.cities.openings.values()))
    rows: dict[str, list[list[str]]] = defaultdict(list)
    for kind, *values in read_rows(__package__, "geonames.tsv"):
        rows[kind].append(values)
    countries = _add_countries(gazetteer, {row[0]: row[1:] for row in rows["country"]})
    _add_regions(gazetteer, {name: (code, int(ident)) for code, name, ident in rows["state"]})
    for name, latitude, longitude, ident in rows["continent"]:
        place = Place(name, "area", None, "", float(latitude), float(longitude), int(ident), 0, 4000.0)
        gazetteer.add(name, place)
    for name, state, latitude, longitude, radius in rows["county"]:
        county = Place(name, "region", "US", state, float(latitude), float(longitude), None, 0, float(radius))
        gazetteer.add_county(county)
    for place, words in countries.values():
        gazetteer.demonyms.update((word, place) for word in words.split(";") if word)
    for word, name in read_rows(__package__, "demonyms.tsv"):
        gazetteer.demonyms[word] = gazetteer.find(name)[0]
    gazetteer.wordlike = frozenset(
        fold(word) for (line,) in read_rows(__package__, "wordlike.txt") for word in line.split()
    )
    return gazetteer


def _add_countries(gazetteer: Gazetteer, known: dict[str, list[str]]) -> dict[str, tuple[Place, str]]:
    """Adds the countries; by code, with their nationality words."""
    countries = {}
    for iso, latitude, longitude, names, words in read_rows(__package__, "countries.tsv"):
        name, ident, population, area = known[iso]
        radius = math.sqrt(max(1.0, float(area)) / math.pi)
        point = (float(latitude), float(longitude))
        place = Place(name, "country", iso, "", *point, int(ident), int(population), radius)
        for form in (name, *filter(None, names.split(";"))):
            gazetteer.add(form, place)
        countries[iso] = (place, words)
    return countries


def _add_regions(gazetteer: Gazetteer, states: dict[str, tuple[str, int]]) -> None:
    for name, others, country, latitude, longitude, radius in read_rows(__package__, "regions.tsv"):
        code, geonames = states.get(name, ("", None)) if country == "US" else ("", None)
        place = Place(
            name,
            "area" if country == "-" else "region",
            None if country == "-" else country,
            code,
            float(latitude),
            float(longitude),
            geonames,
            0,
            float(radius),
        )
        for form in (name, *others.split(";")):
            if form != "-":
                gazetteer.add(form, place)

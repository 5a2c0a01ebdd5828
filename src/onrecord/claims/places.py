"""Places in a text: names and nationality words to a place of the gazetteer, by the company that they keep.

Every mention of a name is read together with the others: what stands after a comma ("Springfield, Illinois")
decides first, then what else the text
speaks of (its countries, regions and cities near by), where it comes from, and how big the places of that
name are. Where two fit about equally well, or
nothing ties a small place to the text, the claim says so and its place stays open.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from onrecord.claims.gazetteer import Gazetteer, Place, fold, load_gazetteer
from onrecord.claims.toponyms import Toponym, find_toponyms
from onrecord.types import Claim, Document

LONGEST_CHUNK = 200_000  # characters read as one; places keep company within a chunk
NEAR_KM = (
    161.0  # 100 miles: places nearer than that count as the same in GeoWebNews' measure (Gritta et al., 2020)
)
# points between the best and the next place below which neither is taken; set on half of GeoWebNews' dev
# articles
MARGIN = 0.5
LEAST = 5.0  # points that a place needs; a town of 100,000 that nothing else speaks for has them
QUALIFIER = re.compile(r"(?:['’]s)?,? \(?|,? (?:in|near) ")

UNKNOWN = "the gazetteer has no place of this name"
SITE = "streets, buildings and landmarks aren't in the gazetteer"
COUNTY = "the gazetteer doesn't know where counties lie"
UNTIED = "nothing in the text ties the name to one of its small places"


@dataclass(slots=True)
class Company:
    """What the text has spoken of so far: weights of countries, regions with certainty, and cities."""

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    regions: list[Place] = field(default_factory=list)
    cities: list[Place] = field(default_factory=list)
    seen: set[tuple[str, int]] = field(default_factory=set)

    def meet(self, place: Place, *, weight: float) -> None:
        """Takes note of a place that the text speaks of."""
        if place.country is not None:
            self.countries[place.country] += weight
        if place.kind == "region" and place not in self.regions:
            self.regions.append(place)
        if place.kind == "city" and place not in self.cities and len(self.cities) < 64:
            self.cities.append(place)


def find_places(document: Document) -> tuple[Claim, ...]:
    """Every place that the text names, in text order.

    A claim's ``value``, ``country``, ``geonames``, ``latitude`` and ``longitude`` are the place's; ``unit``
    says what it is: ``country``, ``region``, ``area``
    (it spans countries), ``city``, ``affiliation`` (a place's name that says whose or from where somebody is:
    "US officials"), ``nationality`` (an adjective or the name of a people; the place is the country),
    ``site`` (a street, building or landmark). Where the place stays open they are ``None`` and ``doubt`` says
    why. ``statement`` is ``None``: the caller ties claims to statements.
    """
    gazetteer = load_gazetteer()
    claims: list[Claim] = []
    for start, end in _chunks(document.text):
        text = document.text[start:end]
        toponyms = find_toponyms(text, gazetteer)
        chosen = _resolve(text, toponyms, document, gazetteer)
        middle = _middle([place for place, _ in chosen if place])
        for index, (toponym, (place, doubt)) in enumerate(zip(toponyms, chosen, strict=True)):
            if place is None and toponym.evidence < 2:
                continue
            claim = _claim(document, start, toponym, place, doubt)
            if place is None:
                around = _around(text, toponyms, chosen, index) if claim.country is None else None
                claim = _lend(claim, around) if around else claim
                claim = _lend_middle(claim, middle) if middle and claim.latitude is None else claim
            claims.append(claim)
    return tuple(claims)


def _chunks(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = min(len(text), start + LONGEST_CHUNK)
        if end < len(text):
            cut = max(text.rfind("\n", start + LONGEST_CHUNK // 2, end), text.rfind(" ", end - 1000, end))
            end = cut + 1 if cut > start else end
        yield start, end
        start = end


def _claim(
    document: Document, offset: int, toponym: Toponym, place: Place | None, doubt: str | None
) -> Claim:
    span = document.span(offset + toponym.start, offset + toponym.end)
    if toponym.sort == "county":
        return Claim(None, "place", span, value=toponym.name, unit="region", country="US", doubt=doubt)
    unit = {"people": "nationality", "site": "site"}.get(toponym.sort, place.kind if place else None)
    if toponym.whose:
        unit = "affiliation"
    if place is None:
        return Claim(None, "place", span, unit=unit, doubt=doubt)
    return Claim(
        None,
        "place",
        span,
        value=place.name,
        unit=unit,
        country=place.country,
        geonames=place.geonames,
        latitude=round(place.latitude, 5),
        longitude=round(place.longitude, 5),
        doubt=doubt,
    )


def _around(
    text: str, toponyms: list[Toponym], chosen: list[tuple[Place | None, str | None]], index: int
) -> Place | None:
    """The place that the text says this one lies in: "NAME, Norfolk", "NAME in Miami Beach"."""
    if index + 1 >= len(toponyms):
        return None
    gap, place = text[toponyms[index].end : toponyms[index + 1].start], chosen[index + 1][0]
    if place is None or toponyms[index + 1].sort == "people" or len(gap) > 8 or not QUALIFIER.fullmatch(gap):
        return None
    return place


def _lend(claim: Claim, around: Place) -> Claim:
    """The claim with the country, and where it is small enough the point, of the place around."""
    if around.kind in ("country", "area") or around.radius_km > NEAR_KM:
        return replace(claim, country=around.country)
    doubt = f"{claim.doubt}; the point is that of {_worded(around)}"
    return replace(
        claim,
        country=around.country,
        latitude=round(around.latitude, 5),
        longitude=round(around.longitude, 5),
        doubt=doubt,
    )


def _middle(places: list[Place]) -> Place | None:
    """The place in the middle of a local report: of at least two, all in one country and within reach of
    it.
    """
    local = list(
        dict.fromkeys(place for place in places if place.kind == "city" or 0 < place.radius_km <= NEAR_KM)
    )
    countries = {place.country for place in places if place.kind != "area"}
    if not 2 <= len(local) <= 40 or len(countries) != 1:
        return None
    reach, middle = min(
        ((max(place.km_to(other) for other in local), place) for place in local), key=lambda pair: pair[0]
    )
    return middle if reach <= NEAR_KM / 2 else None


def _lend_middle(claim: Claim, middle: Place) -> Claim:
    """The claim with the point of a local report's middle."""
    doubt = f"{claim.doubt}; the point is that of {_worded(middle)}, near which all other places of the report lie"
    return replace(
        claim,
        country=middle.country,
        latitude=round(middle.latitude, 5),
        longitude=round(middle.longitude, 5),
        doubt=doubt,
    )


def _resolve(
    text: str, toponyms: list[Toponym], document: Document, gazetteer: Gazetteer
) -> list[tuple[Place | None, str | None]]:
    company = Company()
    _origin(document, company, gazetteer)
    chosen: dict[int, tuple[Place | None, str | None]] = {}
    narrowed = _narrow(text, toponyms)
    senses: dict[str, Place] = {}  # what a name that was spelt out once means everywhere else
    for index, toponym in enumerate(toponyms):
        places = narrowed.get(index, toponym.places)
        if not places:
            company.countries["US"] += toponym.sort == "county"  # only those of the US are known
            chosen[index] = None, {"site": SITE, "county": COUNTY}.get(toponym.sort, UNKNOWN)
        elif len(places) == 1 and (toponym.sort == "people" or places[0].kind != "city" or index in narrowed):
            chosen[index] = places[0], None
            company.meet(places[0], weight=0.7 if toponym.sort == "people" else 1.0)
            if index in narrowed:
                senses.setdefault(fold(toponym.name), places[0])
    left = [index for index in range(len(toponyms)) if index not in chosen]
    for last in (False, True):
        names: dict[str, tuple[Place | None, str | None]] = {}
        for index in left:
            if index in chosen:
                continue
            name = fold(toponyms[index].name)
            if index not in narrowed and name in senses:
                chosen[index] = senses[name], None
                continue
            key = name if index not in narrowed else f"{name}@{index}"
            if key not in names:
                places = narrowed.get(index, toponyms[index].places)
                names[key] = _choose(
                    name, places, company, qualified=index in narrowed, margin=MARGIN if last else 1.5
                )
                if names[key][0] is not None:
                    company.meet(names[key][0], weight=0.7)  # type: ignore[arg-type]
            if names[key][0] is not None or last:
                chosen[index] = names[key]
    return [chosen[index] for index in range(len(toponyms))]


def _origin(document: Document, company: Company, gazetteer: Gazetteer) -> None:
    """Where a report comes from speaks for its country: the end of its address, and places in the
    publisher's name."""
    if document.origin.lower().startswith(("http://", "https://")):
        try:
            host = urlsplit(document.origin).hostname or ""
        except ValueError:
            host = ""
        code = {"uk": "GB", "eu": ""}.get(host.rpartition(".")[2], host.rpartition(".")[2].upper())
        if code and len(code) == 2 and any(place.country == code for place in gazetteer.peoples.values()):
            company.countries[code] += 1.0
    for toponym in find_toponyms(document.publisher or "", gazetteer):
        for place in toponym.places[:1]:
            company.meet(place, weight=0.5)


def _narrow(text: str, toponyms: list[Toponym]) -> dict[int, tuple[Place, ...]]:
    """The places left of a name that the next one explains: "Springfield, Illinois", "Moscow in Idaho"; both
    names get theirs."""
    narrowed: dict[int, tuple[Place, ...]] = {}
    for index in range(len(toponyms) - 2, -1, -1):
        inner, outer = toponyms[index], toponyms[index + 1]
        gap = text[inner.end : outer.start]
        if len(gap) > 8 or not QUALIFIER.fullmatch(gap) or outer.sort != "name" or inner.sort != "name":
            continue
        pairs = [
            (small, large)
            for large in narrowed.get(index + 1, outer.places)
            if large.kind in ("country", "region")
            for small in inner.places
            if small != large and small.kind != "area" and small.within(large) and small.kind != "country"
        ]
        if not pairs:
            continue
        best = max(pairs, key=lambda pair: (pair[0].population, -pair[0].km_to(pair[1])))
        narrowed[index] = (best[0],)
        narrowed[index + 1] = (best[1],)
    return narrowed


def _choose(
    name: str, places: tuple[Place, ...], company: Company, *, qualified: bool, margin: float
) -> tuple[Place | None, str | None]:
    scored = sorted(
        ((_score(name, place, places, company), place) for place in places), key=lambda pair: -pair[0]
    )
    best, place = scored[0]
    if best < LEAST and not qualified:
        return None, UNTIED
    for other, rival in scored[1:]:
        if (
            best - other < margin
            and place.km_to(rival) > NEAR_KM
            and not (place.within(rival) or rival.within(place))
        ):
            return None, f"the text leaves open which: {_worded(place)} or {_worded(rival)}"
    return place, None


def _worded(place: Place) -> str:
    return ", ".join(
        part for part in (place.name, place.admin if place.country == "US" else "", place.country) if part
    )


def _score(name: str, place: Place, places: tuple[Place, ...], company: Company) -> float:
    """Points for a place: how well it is known, and what the text has spoken of."""
    if place.kind == "country":
        points = 9.0
    elif place.kind == "area":
        points = 8.0
    elif place.kind == "region":
        big = any(
            other.kind == "city" and other.population > 500_000 and other.country == place.country
            for other in places
        )
        twin = any(other.kind == "country" for other in places)  # Georgia: neither comes first
        points = (
            9.0 if twin else 5.9 if big else 7.5 if place.admin else 6.0 + min(1.0, place.radius_km / 600)
        )
        points += 1.5 if any(city.within(place) for city in company.cities) else 0.0
    else:
        points = (
            math.log10(place.population + 1000)
            + (1.5 if place.capital else 0.0)
            - (0.0 if fold(place.name) == name else 0.6)
        )
    if place.country is not None:
        points += 1.3 * math.log2(1 + company.countries.get(place.country, 0.0)) ** 0.7
        if company.countries and place.country not in company.countries:
            points -= 0.5
    if place.kind == "city" and any(place.within(region) for region in company.regions):
        points += 2.0
    elif (
        place.kind == "city"
        and place.population < 500_000
        and any(r.country == place.country for r in company.regions)
    ):
        points -= 0.7
    nearest = min((place.km_to(city) for city in company.cities if city != place), default=math.inf)
    return points + (1.5 if nearest < 80 else 0.8 if nearest < 250 else 0.0)

"""Which place of a name is meant, by the company that names keep.

What stands after a comma ("Springfield, Illinois") decides first, then what else the text speaks of (its countries, regions and cities
near by), where it comes from, and how big the places of that name are. Villages and counties are only taken where the text ties them
to something. Where two fit about equally well, or nothing ties a small place to the text, it stays open.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from onrecord.places.gazetteer import Gazetteer, Place, fold
from onrecord.places.toponyms import Toponym, find_toponyms
from onrecord.types import Document

NEAR_KM = (
    161.0  # 100 miles: places nearer than that count as the same in GeoWebNews' measure (Gritta et al., 2020)
)
# points between the best and the next place below which neither is taken; set on half of GeoWebNews' dev
# articles
MARGIN = 0.5
MARGIN_AT_FIRST = 1.5  # the clear ones first: they speak for others
MIN_SCORE = 5.0  # points that a place needs; a town of 100,000 that nothing else speaks for has them
QUALIFIER = re.compile(r"(?:['’]s)?,? \(?|,? (?:in|near) ")

UNKNOWN = "the gazetteer has no place of this name"
SITE = "streets, buildings and landmarks aren't in the gazetteer"
COUNTY = "several counties have this name, and the text doesn't tell which is meant"
NO_CONTEXT = "nothing in the text ties the name to one of its small places"

Choice = tuple[Place | None, str | None]
"""A place, or why it stays open."""


@dataclass(slots=True)
class PlaceContext:
    """What the text has spoken of so far: weights of countries, regions with certainty, and cities."""

    countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    regions: list[Place] = field(default_factory=list)
    cities: list[Place] = field(default_factory=list)
    usage: set[tuple[str, int]] = field(default_factory=set)

    def add(self, place: Place, *, weight: float) -> None:
        """Takes note of a place that the text speaks of."""
        if place.country is not None:
            self.countries[place.country] += weight
        if place.kind == "region" and place not in self.regions:
            self.regions.append(place)
        if place.kind == "city" and place not in self.cities and len(self.cities) < 64:
            self.cities.append(place)


def resolve(
    text: str, toponyms: list[Toponym], document: Document, gazetteer: Gazetteer
) -> dict[int, Choice]:
    """The place of each toponym of a text by its index, or why it stays open."""
    context = PlaceContext()
    _origin(document, context, gazetteer)
    settled = _Resolution(text, toponyms, gazetteer, context, _narrow(text, toponyms, gazetteer))
    later = settled.resolve_unambiguous()
    done = settled.chosen.keys() | set(later)
    left = [index for index in range(len(toponyms)) if index not in done]
    settled.resolve_by_context(left, margin=MARGIN_AT_FIRST, last=False)
    settled.resolve_by_context(left, margin=MARGIN, last=True)
    settled.resolve_small_places(later)
    return settled.chosen


@dataclass(slots=True)
class _Resolution:
    """The toponyms of a text, and what is settled of them so far.

    Args:
        narrowed: the places left of a name that the next one explains, by its index.
        chosen: what is settled, by the toponym's index.
        senses: what a name that was spelt out once means everywhere else.
    """

    text: str
    toponyms: list[Toponym]
    gazetteer: Gazetteer
    context: PlaceContext
    narrowed: dict[int, tuple[Place, ...]]
    chosen: dict[int, Choice] = field(default_factory=dict)
    senses: dict[str, Place] = field(default_factory=dict)

    def resolve_unambiguous(self) -> list[int]:
        """Settles what can be one place only. Returns sites, counties and what no town is called, for later: the towns are placed first."""
        later: list[int] = []
        for index, toponym in enumerate(self.toponyms):
            narrowed = index in self.narrowed
            places = self.narrowed.get(index, toponym.places)
            if toponym.kind == "county" and not narrowed:
                self.context.countries["US"] += 1.0  # only those of the US are known
                later.append(index)
            elif not places:
                later.append(index)
            elif len(places) == 1 and (toponym.kind == "people" or places[0].kind != "city" or narrowed):
                self.chosen[index] = places[0], None
                self.context.add(places[0], weight=0.7 if toponym.kind == "people" else 1.0)
                if narrowed:
                    self.senses.setdefault(fold(toponym.name), places[0])
        return later

    def resolve_by_context(self, left: Sequence[int], *, margin: float, last: bool) -> None:
        """Settles names that several places have, or one town, by the company so far; the ``last`` time those that stay open, too."""
        names: dict[str, Choice] = {}
        for index in left:
            if index in self.chosen:
                continue
            name, narrowed = fold(self.toponyms[index].name), index in self.narrowed
            if not narrowed and name in self.senses:
                self.chosen[index] = self.senses[name], None
                continue
            key = f"{name}@{index}" if narrowed else name
            if key not in names:
                places = self.narrowed.get(index, self.toponyms[index].places)
                names[key] = _choose_place(name, places, self.context, qualified=narrowed, margin=margin)
                if (place := names[key][0]) is not None:
                    self.context.add(place, weight=0.7)
            if names[key][0] is not None or last:
                self.chosen[index] = names[key]

    def resolve_small_places(self, later: Sequence[int]) -> None:
        """Settles villages and counties by the towns around them."""
        smaller: dict[str, Choice] = {}
        for index in later:
            toponym = self.toponyms[index]
            name = fold(toponym.name)
            if name in self.senses:
                self.chosen[index] = self.senses[name], None
            elif toponym.kind == "site":
                self.chosen[index] = None, SITE
            else:
                if name not in smaller:
                    container = containing_place(self.text, self.toponyms, self.chosen, index)
                    smaller[name] = _choose_small(toponym, self.context, self.gazetteer, container)
                self.chosen[index] = smaller[name]


def _origin(document: Document, context: PlaceContext, gazetteer: Gazetteer) -> None:
    """Where a report comes from speaks for its country: the end of its address, and places in the
    publisher's name."""
    if document.origin.lower().startswith(("http://", "https://")):
        try:
            host = urlsplit(document.origin).hostname or ""
        except ValueError:
            host = ""
        code = {"uk": "GB", "eu": ""}.get(host.rpartition(".")[2], host.rpartition(".")[2].upper())
        if code and len(code) == 2 and any(place.country == code for place in gazetteer.demonyms.values()):
            context.countries[code] += 1.0
    for toponym in find_toponyms(document.publisher or "", gazetteer):
        for place in toponym.places[:1]:
            context.add(place, weight=0.5)


def _narrow(text: str, toponyms: list[Toponym], gazetteer: Gazetteer) -> dict[int, tuple[Place, ...]]:
    """The places left of a name that the next one explains: "Springfield, Illinois", "Moscow in Idaho"; both
    names get theirs."""
    narrowed: dict[int, tuple[Place, ...]] = {}
    for index in range(len(toponyms) - 2, -1, -1):
        inner, outer = toponyms[index], toponyms[index + 1]
        gap = text[inner.end : outer.start]
        if len(gap) > 8 or not QUALIFIER.fullmatch(gap) or outer.kind not in ("name", "county"):
            continue
        if inner.kind not in ("name", "county", "unknown"):
            continue
        container = [
            place for place in narrowed.get(index + 1, outer.places) if place.kind in ("country", "region")
        ]
        if not container:
            continue
        pairs = _inside(inner.places, container) or _inside(gazetteer.villages(inner.name), container)
        if not pairs:
            continue
        best = max(pairs, key=lambda pair: (pair[0].population, -pair[0].km_to(pair[1])))
        narrowed[index] = (best[0],)
        narrowed[index + 1] = (best[1],)
    return narrowed


def _inside(places: Sequence[Place], container: Sequence[Place]) -> list[tuple[Place, Place]]:
    """Each place with each country or region that it lies in."""
    return [
        (small, large)
        for large in container
        for small in places
        if small != large and small.kind in ("region", "city") and small.within(large)
    ]


def _choose_place(
    name: str, places: tuple[Place, ...], context: PlaceContext, *, qualified: bool, margin: float
) -> Choice:
    scored = sorted(
        ((_score(name, place, places, context), place) for place in places), key=lambda pair: -pair[0]
    )
    best, place = scored[0]
    if best < MIN_SCORE and not qualified:
        return None, NO_CONTEXT
    for other, rival in scored[1:]:
        if (
            best - other < margin
            and place.km_to(rival) > NEAR_KM
            and not (place.within(rival) or rival.within(place))
        ):
            return None, f"the text leaves open which: {describe_place(place)} or {describe_place(rival)}"
    return place, None


def containing_place(
    text: str, toponyms: list[Toponym], chosen: Mapping[int, Choice], index: int
) -> Place | None:
    """The place that the text says this one lies in: "NAME, Norfolk", "NAME in Miami Beach"."""
    if index + 1 >= len(toponyms):
        return None
    gap, place = text[toponyms[index].end : toponyms[index + 1].start], chosen.get(index + 1, (None, None))[0]
    if place is None or toponyms[index + 1].kind == "people" or len(gap) > 8 or not QUALIFIER.fullmatch(gap):
        return None
    return place


def _choose_small(
    toponym: Toponym, context: PlaceContext, gazetteer: Gazetteer, container: Place | None
) -> Choice:
    """The one village or county of a name that lies near the text's other places."""
    places = toponym.places if toponym.kind == "county" else gazetteer.villages(toponym.name)
    if not places:
        return None, UNKNOWN
    if container is not None:
        return None, UNKNOWN  # one that lies there would have been taken before
    tied = [place for place in places if _is_near_context(place, context)]
    if len(tied) != 1:
        near = {
            place: min((place.km_to(city) for city in context.cities), default=math.inf) for place in tied
        }
        tied = [place for place in tied if near[place] <= NEAR_KM / 2]
    if len(tied) == 1:
        return tied[0], None
    if len(places) == 1 and places[0].country in context.countries:
        return places[0], None
    return None, COUNTY if toponym.kind == "county" else NO_CONTEXT


def _is_near_context(place: Place, context: PlaceContext) -> bool:
    """Whether the text speaks of the region around a small place, or of a town near by."""
    if any(place.within(region) for region in context.regions):
        return True
    return any(place.km_to(city) <= NEAR_KM for city in context.cities)


def describe_place(place: Place) -> str:
    return ", ".join(
        part for part in (place.name, place.admin if place.country == "US" else "", place.country) if part
    )


def _score(name: str, place: Place, places: tuple[Place, ...], context: PlaceContext) -> float:
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
        points += 1.5 if any(city.within(place) for city in context.cities) else 0.0
    else:
        points = (
            math.log10(place.population + 1000)
            + (1.5 if place.capital else 0.0)
            - (0.0 if fold(place.name) == name else 0.6)
        )
    if place.country is not None:
        points += 1.3 * math.log2(1 + context.countries.get(place.country, 0.0)) ** 0.7
        if context.countries and place.country not in context.countries:
            points -= 0.5
    if place.kind == "city" and any(place.within(region) for region in context.regions):
        points += 2.0
    elif (
        place.kind == "city"
        and place.population < 500_000
        and any(r.country == place.country for r in context.regions)
    ):
        points -= 0.7
    nearest = min((place.km_to(city) for city in context.cities if city != place), default=math.inf)
    return points + (1.5 if nearest < 80 else 0.8 if nearest < 250 else 0.0)

"""The places of a document: its toponyms, each resolved, and the claim that is made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.places.gazetteer import Place, load_gazetteer
from onrecord.places.resolution import NEAR_KM, containing_place, describe_place, resolve
from onrecord.places.toponyms import Toponym, find_toponyms
from onrecord.types import Claim, Document

LONGEST_CHUNK = 200_000  # characters read as one; places keep company within a chunk


def find_places(document: Document) -> tuple[Claim, ...]:
    """Every place that the text names, in text order.

    A claim's ``value``, ``country``, ``geonames``, ``latitude`` and ``longitude`` are the place's; ``unit`` says
    what it is: ``country``, ``region``, ``area`` (it spans countries), ``city``, ``affiliation`` (a place's name
    that says whose or from where somebody is: "US officials"), ``nationality`` (an adjective or the name of a
    people; the place is the country), ``site`` (a street, building or landmark). Where the place stays open they
    are ``None`` and ``doubt`` says why. ``statement`` is ``None``: the caller ties claims to statements.
    """
    gazetteer = load_gazetteer()
    claims: list[Claim] = []
    for start, end in _chunks(document.text):
        text = document.text[start:end]
        toponyms = find_toponyms(text, gazetteer)
        chosen = resolve(text, toponyms, document, gazetteer)
        middle = _report_center([place for place, _ in chosen.values() if place])
        for index, toponym in enumerate(toponyms):
            place, doubt = chosen[index]
            if place is None and toponym.evidence < 2:
                continue
            claim = _claim(document, start, toponym, place, doubt)
            if place is None:
                around = containing_place(text, toponyms, chosen, index) if claim.country is None else None
                claim = _with_containing_place(claim, around) if around else claim
                claim = _with_report_center(claim, middle) if middle and claim.latitude is None else claim
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
    if toponym.kind == "county" and place is None:
        return Claim(None, "place", span, value=toponym.name, unit="region", country="US", doubt=doubt)
    unit = {"people": "nationality", "site": "site"}.get(toponym.kind, place.kind if place else None)
    if toponym.possessive:
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


def _with_containing_place(claim: Claim, around: Place) -> Claim:
    """The claim with the country, and where it is small enough the point, of the place around."""
    if around.kind in ("country", "area") or around.radius_km > NEAR_KM:
        return replace(claim, country=around.country)
    doubt = f"{claim.doubt}; the point is that of {describe_place(around)}"
    return replace(
        claim,
        country=around.country,
        latitude=round(around.latitude, 5),
        longitude=round(around.longitude, 5),
        doubt=doubt,
    )


def _report_center(places: list[Place]) -> Place | None:
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


def _with_report_center(claim: Claim, middle: Place) -> Claim:
    """The claim with the point of a local report's middle."""
    doubt = f"{claim.doubt}; the point is that of {describe_place(middle)}, near which all other places of the report lie"
    return replace(
        claim,
        country=middle.country,
        latitude=round(middle.latitude, 5),
        longitude=round(middle.longitude, 5),
        doubt=doubt,
    )

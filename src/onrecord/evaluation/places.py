"""How well places are found and pinned down, against GeoWebNews (Gritta, Pilehvar, Collier: A pragmatic guide to
geoparsing evaluation, Language Resources and Evaluation 2020).

GeoWebNews marks every toponym with its type. The literal ones (``Literal``, ``Literal_Modifier``, ``Mixed``,
``Coercion``, ``Embedded_Literal``) are the gold. The associative ones (a government named by its capital, nationality
words, languages, parts of bodies' names) are no gold; a place found on one is neither right nor wrong in ``spans``,
and wrong in ``spans.strict`` unless it is marked as a nationality word.

* ``spans``, ``spans.strict``: exact characters; precision, recall, F1.
* ``near``: of the gold places found for which GeoWebNews has coordinates, the share within 161 km; one left open
  counts as missed.
* ``near.given``: the same among those with coordinates, ours as well.
* ``country.wrong``: among those with a country, the share in another country than the gold's. The gold has none: it
  is that of GeoNames' id where that is a country, and of the nearest city of the gazetteer otherwise.
* ``open``: the share of the found that were left without coordinates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from onrecord.errors import FormatError, NotFoundError, SettingsError
from onrecord.evaluation.scores import Evaluation, Score
from onrecord.places import NEAR_KM, Place, find_places, load_gazetteer
from onrecord.types import Claim, Document

LITERAL = frozenset({"Literal", "Literal_Modifier", "Mixed", "Coercion", "Embedded_Literal"})
EXPRESSION = "Expression"  # types that end so mark common nouns, not names


@dataclass(frozen=True, slots=True)
class Toponym:
    """A toponym of the gold: offsets, type, and where it lies (degrees; ``None`` where the gold doesn't
    say)."""

    start: int
    end: int
    type: str
    geonames: int | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Article:
    """An article of GeoWebNews with its toponyms, common nouns left out."""

    name: str
    document: Document
    toponyms: tuple[Toponym, ...]


def measure(gold: Sequence[Path], reports: Path | None = None) -> Evaluation:
    """The scores of places over GeoWebNews files.

    Raises:
        SettingsError: reports are given; this measure reads the gold's own texts.
        NotFoundError: no such file.
        FormatError: a file isn't GeoWebNews' XML.
    """
    if reports is not None:
        raise SettingsError("places are measured on the texts inside the gold file: leave the reports out")
    return score_articles(article for path in gold for article in read_geowebnews(path))


def score_articles(articles: Iterator[Article]) -> Evaluation:
    """The scores over these articles."""
    counts: Counter[str] = Counter()
    for article in articles:
        counts.update(_compare(find_places(article.document), article.toponyms))
    spans = {
        name: Score.of_counts(name, right=counts["right"], predicted=counts[name], gold=counts["gold"])
        for name in ("spans", "spans.strict")
    }
    return Evaluation(
        "places",
        (
            *spans.values(),
            Score.of_share("near", right=counts["near"], among=counts["placed"]),
            Score.of_share("near.given", right=counts["near"], among=counts["given"]),
            Score.of_share("country.wrong", right=counts["wrong"], among=counts["countries"]),
            Score.of_share("open", right=counts["placed"] - counts["given"], among=counts["placed"]),
        ),
    )


def read_geowebnews(path: Path) -> Iterator[Article]:
    """The articles of a GeoWebNews file, in order.

    Raises:
        NotFoundError: no such file.
        FormatError: it isn't GeoWebNews' XML.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NotFoundError(
            str(path), f"expected a file of GeoWebNews, found none ({error.strerror}); check the path"
        ) from None
    try:
        root = etree.fromstring(
            data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
    except etree.XMLSyntaxError as error:
        raise FormatError(
            str(path),
            f"expected GeoWebNews' XML, found XML that can't be parsed ({error.msg}); check the file",
        ) from None
    if root.tag != "articles":
        raise FormatError(str(path), f"expected GeoWebNews' <articles>, found <{root.tag}>; check the file")
    for element in root.iterfind("article"):
        yield _read_article(element, path)


def _read_article(element: etree._Element, path: Path) -> Article:
    name, text = element.get("file", ""), element.findtext("text") or ""
    document = Document.of(
        text, origin=element.findtext("link") or str(path), title=element.findtext("title")
    )
    toponyms = []
    for child in element.iterfind("toponyms/toponym"):
        kind = child.findtext("type") or ""
        if kind.endswith(EXPRESSION):
            continue
        try:
            start, end = int(child.findtext("start") or ""), int(child.findtext("end") or "")
            latitude, longitude = (float(child.findtext(tag) or "nan") for tag in ("latitude", "longitude"))
        except ValueError:
            raise FormatError(
                str(path), f"article {name!r}: expected numbers in a toponym, found none; check the file"
            ) from None
        known = latitude == latitude and longitude == longitude  # nan where the gold has no coordinates
        ident = child.findtext("geonamesID") or ""
        toponyms.append(
            Toponym(
                start,
                end,
                kind,
                int(ident) if ident.isdecimal() else None,
                latitude if known else None,
                longitude if known else None,
            )
        )
    return Article(name, document, tuple(toponyms))


def _compare(claims: Sequence[Claim], toponyms: Sequence[Toponym]) -> Counter[str]:
    gold = {(toponym.start, toponym.end): toponym for toponym in toponyms if toponym.type in LITERAL}
    others = [toponym for toponym in toponyms if toponym.type not in LITERAL]
    counts = Counter(gold=len(gold))
    for claim in claims:
        toponym = gold.get((claim.span.start, claim.span.end))
        if toponym is not None:
            counts.update(("right", "spans", "spans.strict"))
            counts.update(_place(claim, toponym))
        elif any(claim.span.start < other.end and other.start < claim.span.end for other in others):
            counts["spans.strict"] += claim.unit not in ("nationality", "affiliation")
        else:
            counts.update(("spans", "spans.strict"))
    return counts


def _place(claim: Claim, toponym: Toponym) -> Iterator[str]:
    """What is to be counted of a place that was found, where the gold knows where it lies."""
    if toponym.latitude is None or toponym.longitude is None:
        return
    yield "placed"
    point = Place("", "city", None, "", toponym.latitude, toponym.longitude, toponym.geonames, 0, 0.0)
    if claim.latitude is not None and claim.longitude is not None:
        yield "given"
        if point.km_to(Place("", "city", None, "", claim.latitude, claim.longitude, None, 0, 0.0)) <= NEAR_KM:
            yield "near"
    if claim.country is not None:
        yield "countries"
        if claim.country != _country(point):
            yield "wrong"


def _country(point: Place) -> str | None:
    gazetteer = load_gazetteer()
    for place in {id(place): place for several in gazetteer.named.values() for place in several}.values():
        if place.kind == "country" and place.geonames == point.geonames:
            return place.country
    return gazetteer.nearest_country(point.latitude, point.longitude)

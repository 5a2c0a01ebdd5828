"""Small contexts in the place of the two official ones, which are on the web: the terms that our exports use,
with the meaning that the official ones give them.

https://www.w3.org/ns/anno.jsonld and https://schema.org/docs/jsonldcontext.jsonld. A term that isn't listed
has no meaning to a processor, so a test that counts what is left sees it.
"""

from __future__ import annotations

from typing import Any

_REFERENCES = {
    "body": "oa:hasBody",
    "target": "oa:hasTarget",
    "source": "oa:hasSource",
    "selector": "oa:hasSelector",
    "generator": "as:generator",
    "via": "oa:via",
    "first": "as:first",
    "partOf": "as:partOf",
}
_NUMBERS = {
    "start": "oa:start",
    "end": "oa:end",
    "total": "as:totalItems",
    "startIndex": "as:startIndex",
}

ANNO: dict[str, Any] = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "Text": "dctypes:Text",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "Software": "as:Application",
    "Person": "foaf:Person",
    "Organization": "foaf:Organization",
    "describing": "oa:describing",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "format": "dc:format",
    "language": "dc:language",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "name": "foaf:name",
    **{term: {"@id": meaning, "@type": "@id"} for term, meaning in _REFERENCES.items()},
    **{term: {"@id": meaning, "@type": "xsd:nonNegativeInteger"} for term, meaning in _NUMBERS.items()},
}

# The official context has a vocabulary, which would give any word a meaning; here, only words that schema.org
# has have one.
_TYPES = ("Article", "Claim", "CreativeWork", "NewsArticle", "Organization", "Person", "Quotation")
_WORDS = (
    "affiliation", "alternateName", "appearance", "author", "citation", "creditText", "dateline", "headline",
    "identifier", "inLanguage", "isPartOf", "jobTitle", "name", "publisher", "spokenByCharacter", "text",
)  # fmt: skip

SCHEMA_ORG: dict[str, Any] = {
    "schema": "http://schema.org/",
    "id": "@id",
    "type": "@type",
    **{word: f"schema:{word}" for word in (*_TYPES, *_WORDS)},
    "datePublished": {"@id": "schema:datePublished", "@type": "schema:Date"},
    "url": {"@id": "schema:url", "@type": "@id"},
    "isBasedOn": {"@id": "schema:isBasedOn", "@type": "@id"},
}

CONTEXTS = {"http://www.w3.org/ns/anno.jsonld": ANNO, "https://schema.org": SCHEMA_ORG}


def load_context(url: str, _: Any = None) -> dict[str, Any]:
    """What a JSON-LD processor asks for instead of the web."""
    return {
        "contextUrl": None,
        "documentUrl": url,
        "document": {"@context": CONTEXTS[url]},
        "contentType": "application/ld+json",
    }

"""Places in a text: names and nationality words to a place of the gazetteer, by the company that they keep.

Every mention of a name is read together with the others: what stands after a comma ("Springfield, Illinois")
decides first, then what else the text speaks of (its countries, regions and cities near by), where it comes from,
and how big the places of that name are. Where two fit about equally well, or nothing ties a small place to the
text, the claim says so and its place stays open.

* ``finding``: the names of a document, each resolved, and the claim that is made of it
* ``toponyms``, ``beside``, ``usage``, ``runs``: which capitalised words are a place's name
* ``resolving``: which place of the name is meant
* ``gazetteer``, ``cities``: all places by name; towns and villages
"""

from onrecord.claims.places.finding import find_places
from onrecord.claims.places.gazetteer import Place, load_gazetteer
from onrecord.claims.places.resolving import NEAR_KM

__all__ = ["NEAR_KM", "Place", "find_places", "load_gazetteer"]

"""Places in a text: names and nationality words to a place of the gazetteer, by the company that they keep.

Every mention of a name is read together with the others: what stands after a comma ("Springfield, Illinois")
decides first, then what else the text speaks of (its countries, regions and cities near by), where it comes from,
and how big the places of that name are. Where two fit about equally well, or nothing ties a small place to the
text, the claim says so and its place stays open.

* ``place_finder``: the names of a document, each resolved, and the claim that is made of it
* ``toponyms``, ``name_context``, ``usage``, ``capitalized_runs``: which capitalised words are a place's name
* ``resolution``: which place of the name is meant
* ``gazetteer``, ``cities``: all places by name; towns and villages
"""

from onrecord.places.gazetteer import Place, load_gazetteer
from onrecord.places.place_finder import find_places
from onrecord.places.resolution import NEAR_KM

__all__ = ["NEAR_KM", "Place", "find_places", "load_gazetteer"]

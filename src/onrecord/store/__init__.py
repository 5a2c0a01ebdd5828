"""The record on disk. SQLite by default, PostgreSQL by URL, with the same code.

* ``store``: all that can be done with a record; ``annotations``, ``access``: what hangs on its documents; its connections
* ``database``, ``schema``, ``migrations``: opening one; its tables; from older versions to this one
* ``write``, ``rows``, ``fetch``: a record in; a record as rows and back; a record, and statements, out
* ``keys``: the key of a statement's row, which sorts by day
* ``folding``, ``tokens``, ``index``: words as they are compared; what the word index holds of a statement; asking it
* ``parse``, ``ranking``, ``cursor``: what was typed; how well a statement fits it; where a page ended
* ``meaning``, ``vectors``: vectors of statements; where they are kept, and the nearest
* ``people``, ``naming``: speakers by name; reports by what people call them
* ``links``, ``copies``, ``corrections``, ``failures``: what ties reports; near-duplicates; what people corrected; what couldn't be read
* ``upkeep``: checks, backups, tidying up
"""

from onrecord.store.annotations import Reading, Sighting
from onrecord.store.corrections import Correction, CorrectionKind, correct
from onrecord.store.failures import FailedRead
from onrecord.store.fetch import Found, Head
from onrecord.store.folding import fold_name, fold_quote
from onrecord.store.links import Link
from onrecord.store.meaning import Embed
from onrecord.store.people import Name, SpeakerPage
from onrecord.store.store import Store, open_store, open_to_read
from onrecord.store.write import Prepared, prepare

__all__ = [
    "Correction", "CorrectionKind", "Embed", "FailedRead", "Found", "Head", "Link", "Name",
    "Prepared", "Reading", "Sighting", "SpeakerPage", "Store", "correct", "fold_name", "fold_quote", "open_store", "open_to_read", "prepare",
]  # fmt: skip

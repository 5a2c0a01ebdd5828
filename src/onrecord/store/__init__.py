"""The record on disk. SQLite by default, PostgreSQL by URL, with the same code."""

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

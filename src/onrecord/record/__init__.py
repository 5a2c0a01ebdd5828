"""The record on disk. SQLite by default, PostgreSQL by URL, with the same code.

* ``record``: all that can be done with a record; ``annotations``, ``connections``: what hangs on its documents; its connections
* ``database``, ``schema``, ``migrations``: opening one; its tables; from older versions to this one
* ``write``, ``rows``, ``retrieval``: a report in; a report as rows and back; a report, and statements, out
* ``keys``: the key of a statement's row, which sorts by day
* ``folding``: words as they are compared
* ``passages``: the word index of whole texts, for words that no statement covers
* ``index_tokens``, ``word_index``: what the index holds of a statement; querying it
* ``embeddings``, ``vectors``: vectors of statements; where they are kept, and the nearest
* ``speaker_lookup``, ``document_lookup``: speakers by name; reports by what people call them
* ``links``, ``near_duplicates``, ``corrections``, ``failures``: what links reports; near-duplicates; what people corrected; what couldn't be read
* ``upkeep``: checks, backups, tidying up
"""

from onrecord.record.annotations import Occurrence, Revision
from onrecord.record.corrections import Correction, CorrectionKind, correct
from onrecord.record.embeddings import Embed
from onrecord.record.failures import FailedDocument
from onrecord.record.folding import fold_name, fold_quote
from onrecord.record.links import Link
from onrecord.record.record import Record, open_for_reading, open_record
from onrecord.record.retrieval import DocumentSummary, StoredStatement
from onrecord.record.speaker_lookup import SpeakerName, SpeakerPage
from onrecord.record.write import Prepared, prepare

__all__ = [
    "Correction",
    "CorrectionKind",
    "DocumentSummary",
    "Embed",
    "FailedDocument",
    "Link",
    "Occurrence",
    "Prepared",
    "Record",
    "Revision",
    "SpeakerName",
    "SpeakerPage",
    "StoredStatement",
    "correct",
    "fold_name",
    "fold_quote",
    "open_for_reading",
    "open_record",
    "prepare",
]  # fmt: skip

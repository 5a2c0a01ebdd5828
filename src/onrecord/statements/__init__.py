"""Document and model raw_candidates to statements: whose words, by which cue, which words, inside which other statement.

An attribution is what PolNeAR says it is (Newell, Margolin and Ruths, LREC 2018): a source is said, shown or thought to hold a content. The network
proposes words; here they become characters, are squared with the quotation marks, scored, and tied to the statements around them.

* ``extraction``: the statements of a document, from what the network gave for it
* ``candidates``, ``quote_alignment``: raw_candidates as characters; their pieces made to agree with the quotation marks
* ``forms``, ``nesting``: direct, indirect or mixed; which statement lies in which
* ``uncued``: speech between quotation marks that no cue governs
* ``nested``, ``conjoined``: what is found on a second look: inside a content; behind a verb that shares its subject
* ``excerpts``: a part of a document read as a sentence of its own
"""

from onrecord.statements.candidates import candidate_from, features_of
from onrecord.statements.conjoined import find_conjoined
from onrecord.statements.extraction import find_statements
from onrecord.statements.forms import form_of
from onrecord.statements.nested import find_nested
from onrecord.statements.nesting import assign_parents

__all__ = [
    "assign_parents",
    "candidate_from",
    "features_of",
    "find_conjoined",
    "find_nested",
    "find_statements",
    "form_of",
]

"""Document and model proposals to statements: whose words, by which cue, which words, inside which other statement.

An attribution is what PolNeAR says it is (Newell, Margolin and Ruths, LREC 2018): a source is said, shown or thought to hold a content. The network
proposes words; here they become characters, are squared with the quotation marks, scored, and tied to the statements around them.

* ``finding``: the statements of a document, from what the network gave for it
* ``drafts``, ``squaring``: proposals as characters; their pieces made to agree with the quotation marks
* ``forms``, ``nesting``: direct, indirect or mixed; which statement lies in which
* ``ungoverned``: speech between quotation marks that no cue governs
* ``inside``, ``shared``: what is found on a second look: inside a content; behind a verb that shares its subject
* ``excerpts``: a part of a document read as a sentence of its own
"""

from onrecord.statements.drafts import draft_of, features_of
from onrecord.statements.finding import find_statements
from onrecord.statements.forms import form_of
from onrecord.statements.inside import find_inside
from onrecord.statements.nesting import nest
from onrecord.statements.shared import find_shared

__all__ = ["draft_of", "features_of", "find_inside", "find_shared", "find_statements", "form_of", "nest"]

"""Same quotation, same claim, who said it first: what ties statements of different reports together.

* ``linking``: the links of a report: candidates compared, the closest kept
* ``candidates``: which statements may say the same, out of the index
* ``wording``, ``alignment``: a content as it is compared; two of them side by side
* ``gates``, ``shape``: whether the same words say the same; clause, deed or thing
* ``claims``: the same in other words
* ``first``: who said it first
"""

from onrecord.link.alignment import Alignment, Change, Difference, align
from onrecord.link.first import Sayings, first_quoted, first_said
from onrecord.link.linking import ALTERED_QUOTE, KINDS, SAME_CLAIM, SAME_QUOTE, find_links, link_new
from onrecord.link.wording import Wording, word_statement

__all__ = [
    "ALTERED_QUOTE", "KINDS", "SAME_CLAIM", "SAME_QUOTE", "Alignment", "Change", "Difference", "Sayings", "Wording", "align",
    "find_links", "first_quoted", "first_said", "link_new", "word_statement",
]  # fmt: skip

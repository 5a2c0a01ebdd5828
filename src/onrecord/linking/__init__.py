"""Same quotation, same claim, who said it first: what links statements of different reports together.

* ``linking``: the links of a report: candidates compared, the closest kept
* ``candidates``: which statements may say the same, out of the index
* ``wording``, ``alignment``: a content as it is compared; two of them side by side
* ``filters``, ``content_type``: whether the same words say the same; clause, action or thing
* ``same_claim``: the same in other words
* ``earliest``: who said it first
"""

from onrecord.linking.alignment import Alignment, Change, Difference, align
from onrecord.linking.earliest import QuoteHistory, find_earliest, find_earliest_quote
from onrecord.linking.linking import ALTERED_QUOTE, KINDS, SAME_CLAIM, SAME_QUOTE, find_links, link_new
from onrecord.linking.wording import Wording, wording_of_statement

__all__ = [
    "ALTERED_QUOTE",
    "KINDS",
    "SAME_CLAIM",
    "SAME_QUOTE",
    "Alignment",
    "Change",
    "Difference",
    "QuoteHistory",
    "Wording",
    "align",
    "find_earliest",
    "find_earliest_quote",
    "find_links",
    "link_new",
    "wording_of_statement",
]  # fmt: skip

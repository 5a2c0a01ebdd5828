"""Same quotation, same claim, who said it first: what ties statements of different reports together."""

from onrecord.link.alignment import Alignment, Change, Difference, align
from onrecord.link.first import Sayings, first_quoted, first_said
from onrecord.link.linking import ALTERED_QUOTE, KINDS, SAME_CLAIM, SAME_QUOTE, find_links, link_new
from onrecord.link.wording import Wording, word_statement

__all__ = [
    "ALTERED_QUOTE", "KINDS", "SAME_CLAIM", "SAME_QUOTE", "Alignment", "Change", "Difference", "Sayings", "Wording", "align",
    "find_links", "first_quoted", "first_said", "link_new", "word_statement",
]  # fmt: skip

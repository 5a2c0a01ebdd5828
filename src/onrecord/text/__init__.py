"""What can be told of a text by its characters alone: words, sentences, paragraphs, quotation marks.

* ``analysis``: all of it for one text, computed once and passed through every stage
* ``segmentation``: paragraphs, sentences and words; ``quotations``: what stands between quotation marks
* ``passages``: the text as tokens, which the rules for quantities and times read
* ``intervals``: which of many ranges overlap a span
"""

from onrecord.text.analysis import TextAnalysis, analyze

__all__ = ["TextAnalysis", "analyze"]

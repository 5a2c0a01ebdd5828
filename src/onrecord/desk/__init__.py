"""The desk: what a fact-checker or standards editor asks of a report and of the record. Nothing here writes.

* ``audit``: how a report is sourced, with findings by rules
* ``track``: quantities over time, and statements that contradict each other
* ``measured``: the quantities, times and places of a report
* ``verify``: has somebody said this: the verdict on a quotation, with its findings
* ``verdict``: the values that it returns
* ``quotation``, ``alignment``, ``differences``: what is compared; word by word; what a difference changes
* ``candidates``, ``comparison``, ``judging``: where it may stand; all such places; whether it is the same
* ``matching``, ``findings``: who, when and where; a place with all of these
* ``paraphrase``: other words for the same
* ``draft``, ``draft_page``: every quotation and attributed claim in a draft; the draft as a page with these marked
* ``verdict_lines``: a verdict as lines
* ``printings``, ``places``: every wording in print; a link to the words, and the minute in a transcript
"""

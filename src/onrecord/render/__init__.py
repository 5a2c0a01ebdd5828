"""A report as people and programs look at it: a table for the terminal, one self-contained page for the
browser, a line of JSON.

Nothing here composes words about the text: what is shown of a statement are characters of its document, with
what the report says of them beside. Both views show the same statements under the same numbers.

* ``table``, ``html``, ``json_lines``: for the terminal, for the browser, for programs
* ``outline``: the statements in the order and under the numbers that all views share
* ``sentence_context``, ``segments``: a statement in its sentence; a text cut where marks begin and end
* ``values``, ``time_values``: quantities, times and places in words; dates in words
* ``safe_text``: text made safe to look at
"""

from __future__ import annotations

from onrecord.render.html import write_page
from onrecord.render.json_lines import json_line
from onrecord.render.outline import outline_of
from onrecord.render.safe_text import one_line, visible
from onrecord.render.table import print_report

__all__ = ["json_line", "one_line", "outline_of", "print_report", "visible", "write_page"]

"""A record as people and programs look at it: a table for the terminal, one self-contained page for the
browser, a line of JSON.

Nothing here composes words about the text: what is shown of a statement are characters of its document, with
what the record says of them beside. Both views show the same statements under the same numbers.

* ``table``, ``html``, ``lines``: for the terminal, for the browser, for programs
* ``outline``: the statements in the order and under the numbers that all views share
* ``passages``, ``segments``: a statement in its sentence; a text cut where marks begin and end
* ``claimed``, ``moments``: figures, moments and places in words; dates in words
* ``plain``: text made safe to look at
"""

from __future__ import annotations

from onrecord.show.html import write_page
from onrecord.show.lines import json_line
from onrecord.show.outline import outline_of
from onrecord.show.plain import one_line, visible
from onrecord.show.table import print_record

__all__ = ["json_line", "one_line", "outline_of", "print_record", "visible", "write_page"]

"""The desk: what a fact-checker or standards editor asks of a report and of the record. Nothing here writes.

* ``audit``: how a report is sourced, with findings by rules
* ``track``: quantities over time, and statements that contradict each other
* ``measured``: the quantities, times and places of a report
"""

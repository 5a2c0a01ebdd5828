"""From a text to expressions of time, which say what is told and aren't normalized yet.

* ``scanner``: the expressions of a passage; ``shared_years``: dates in a row that share their year
* ``dates``, ``numeric_dates``, ``years``, ``clock_times``: dates and times told outright
* ``periods``, ``quarters``, ``calendar_units``, ``durations``, ``weekdays``, ``compound``, ``vague``: all other expressions
* ``expression``: what a expression says, and the parts that most are read from
"""

from onrecord.times.parsing.expression import TimeExpression
from onrecord.times.parsing.scanner import scan_expressions
from onrecord.times.parsing.shared_years import share_years

__all__ = ["TimeExpression", "scan_expressions", "share_years"]

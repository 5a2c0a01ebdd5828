"""A track: what was said of a quantity over time, by whom, about which day, and who contradicts whom.

* ``tracking``: the whole of it, out of reports or out of a record; ``values``: what it is made of
* ``observing``: a report to its quantities with speaker, days, places; ``measures``: what is counted
* ``events``: whether two quantities are of one event; ``series``: those put together; ``steps``: what each is to the one before
* ``contradictions``: two quantities, a claim and its denial or negation
* ``chart``, ``table``: a track drawn and printed; ``words``: values and steps in words
"""

from onrecord.desk.track.tracking import Asked, collapse, track_record, track_reports
from onrecord.desk.track.values import Contradiction, Point, Series, Step, Track

__all__ = [
    "Asked",
    "Contradiction",
    "Point",
    "Series",
    "Step",
    "Track",
    "collapse",
    "track_record",
    "track_reports",
]

"""An audit: how a report is sourced. Who is heard, how much, how they know, who isn't named and why; and what
rules find in that.

An audit gives no score and says nothing of what is true. It infers no gender and no origin.

* ``auditing``: the whole of it; ``values``: what it is made of
* ``genre``: what kind of text it is; ``passages``: the text laid out; ``looked_at``: what checks look at
* ``voices``: who is heard; ``unnamed``: what the words for an unnamed speaker tell
* ``justification``: the clauses that tell how a voice knows and why it isn't named
* ``rules``: rules as data, with presets; ``checks_voices``, ``checks_text``: what each rule looks for
* ``against``: the report held against the record
* ``table``, ``page``: an audit for the terminal and for the browser; ``views``: what both share
"""

from onrecord.desk.audit.auditing import CHECKS, audit_report
from onrecord.desk.audit.rules import PRESETS, Rule, Rules, load_rules
from onrecord.desk.audit.values import (
    SEVERITIES,
    Anonymity,
    Audit,
    AuditFinding,
    Elsewhere,
    Genre,
    Justification,
    Severity,
    Voice,
)

__all__ = [
    "CHECKS",
    "PRESETS",
    "SEVERITIES",
    "Anonymity",
    "Audit",
    "AuditFinding",
    "Elsewhere",
    "Genre",
    "Justification",
    "Rule",
    "Rules",
    "Severity",
    "Voice",
    "audit_report",
    "load_rules",
]

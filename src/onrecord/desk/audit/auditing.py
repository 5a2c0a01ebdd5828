"""The audit as a whole: a report, rules, and a record to hold it against, to an ``Audit``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from onrecord.desk.audit import checks_text, checks_voices
from onrecord.desk.audit.against import contradictions_elsewhere, findings_elsewhere, look_elsewhere
from onrecord.desk.audit.looked_at import Sourcing
from onrecord.desk.audit.rules import Rule, Rules, load_rules
from onrecord.desk.audit.values import SEVERITIES, Audit, AuditFinding
from onrecord.record import Record
from onrecord.types import Report

Check = Callable[[Sourcing, Rule], Iterator[AuditFinding]]

CHECKS: Mapping[str, Check] = {
    "date_conflict": checks_text.date_conflict,
    "one_voice": checks_voices.one_voice,
    "one_side": checks_voices.one_side,
    "accusation_without_reply": checks_text.accusation_without_reply,
    "unattributed_accusation": checks_text.unattributed_accusation,
    "anonymous_without_reason": checks_voices.anonymous_without_reason,
    "anonymous_opinion": checks_voices.anonymous_opinion,
    "anonymous_share": checks_voices.anonymous_share,
    "declined_and_anonymous": checks_voices.declined_and_anonymous,
    "vague_source": checks_voices.vague_source,
    "distancing_by_side": checks_voices.distancing_by_side,
    "quantity_without_source": checks_text.quantity_without_source,
    "quotation_without_source": checks_text.quotation_without_source,
}
"""The checks that need nothing but the report, by the rule they serve."""


def audit_report(report: Report, *, rules: Rules | None = None, record: Record | None = None) -> Audit:
    """How a report is sourced.

    Args:
        rules: what to hold it to, by default the default preset.
        record: a record to hold it against; it is only read.

    Raises:
        RecordError: the record can't be read.
    """
    chosen = rules or load_rules()
    sourcing = Sourcing.of(report)
    found: list[AuditFinding] = []
    for name, check in CHECKS.items():
        rule = chosen.rules[name]
        if rule.severity_in(sourcing.genre.name) is not None:
            found.extend(check(sourcing, rule))
    elsewhere = None
    if record is not None:
        elsewhere = look_elsewhere(report, record) + contradictions_elsewhere(report, record)
    if elsewhere:
        found.extend(findings_elsewhere(sourcing, chosen, elsewhere))
    order = {name: number for number, name in enumerate(CHECKS)}
    ranked = sorted(
        found,
        key=lambda one: (
            -SEVERITIES.index(one.severity),
            order.get(one.rule, len(order)),
            one.span.start if one.span else 0,
        ),
    )
    return Audit(
        report.document,
        sourcing.genre,
        chosen.name,
        sourcing.statements,
        sourcing.words,
        sourcing.voices,
        tuple(ranked),
        elsewhere,
    )

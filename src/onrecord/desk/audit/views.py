"""What the views of an audit share: findings by rule, words in their sentence, voices in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.desk.audit.unnamed import describe_unnamed, is_office
from onrecord.desk.audit.values import SEVERITIES, Audit, AuditFinding, Severity, Voice
from onrecord.render.safe_text import one_line
from onrecord.text.segmentation import split_paragraphs, split_sentences
from onrecord.types import Span

NOTHING = "nothing in the report says"
MARKS: dict[Severity, str] = {"serious": "▲", "warning": "●", "note": "○"}
GENRES = {
    "article": "article",
    "press_release": "press release",
    "briefing": "briefing",
    "interview": "interview",
    "opinion": "opinion piece",
}
RULES = {
    "one_voice": "One voice",
    "one_side": "One side",
    "date_conflict": "Dates at odds",
    "quantity_without_source": "Quantities without a source",
    "accusation_without_reply": "Accusation without a reply",
    "anonymous_without_reason": "Not named, and no reason given",
    "vague_source": "Vague source",
    "anonymous_opinion": "Opinion of somebody unnamed",
    "distancing_by_side": "Distance from one side",
    "unattributed_accusation": "Accusation by nobody",
    "anonymous_share": "Mostly unnamed voices",
    "declined_and_anonymous": "Declined to comment, and quoted",
    "quotation_without_source": "Quotation without a source",
    "altered_elsewhere": "Worded otherwise elsewhere",
    "contradicted_elsewhere": "Contradicted elsewhere",
}
"""The rules as headings."""

_LONGEST_ROLE = 90
_NO_ROLE = re.compile(
    r"\b(?:is|are|was|were|has|had|who|whom|which|that)\b|\?|^his\b|^her\b|^their\b", re.IGNORECASE
)
"""Words that no office has: what was taken for a role was a clause."""
_AROUND = 110  # characters of a sentence on each side of the words that are shown


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule and severity."""

    rule: str
    severity: Severity
    source: str
    findings: tuple[AuditFinding, ...]


def grouped(audit: Audit) -> list[Group]:
    """The findings by rule, the most severe first, in the order of the audit."""
    found: dict[tuple[str, Severity], list[AuditFinding]] = {}
    for finding in audit.findings:
        found.setdefault((finding.rule, finding.severity), []).append(finding)
    groups = [
        Group(rule, severity, items[0].source, tuple(items)) for (rule, severity), items in found.items()
    ]
    return sorted(groups, key=lambda group: -SEVERITIES.index(group.severity))


def context(audit: Audit, span: Span) -> tuple[str, str, str]:
    """Words in their sentence: what stands before them, they themselves, what stands behind; each on one line."""
    text = audit.document.text
    start, end = max(0, span.start - 2_000), min(len(text), span.end + 2_000)
    for left, right in split_paragraphs(text[start:end]):
        if left <= span.start - start < right:
            for first, last in split_sentences(text, start + left, start + right):
                if first <= span.start < last:
                    before = _cut_left(one_line(text[first : span.start]))
                    behind = _cut_right(one_line(text[span.end : max(last, span.end)]))
                    gap = " " if text[span.end : span.end + 1].isspace() else ""
                    space = " " if text[span.start - 1 : span.start].isspace() and before else ""
                    return before + space, _shortened(one_line(span.text)), gap + behind
    return "", _shortened(one_line(span.text)), ""


def _cut_left(words: str) -> str:
    return words if len(words) <= _AROUND else f"… {words[-_AROUND:].split(' ', 1)[-1]}"


def _cut_right(words: str) -> str:
    return words if len(words) <= _AROUND else f"{words[:_AROUND].rsplit(' ', 1)[0]} …"


def _shortened(words: str, limit: int = 220) -> str:
    return words if len(words) <= limit else f"{words[:limit].rsplit(' ', 1)[0]} …"


def name_of(voice: Voice) -> str:
    """A voice as a heading has it."""
    if voice.name is None:
        return "no source given"
    name = _shortened(one_line(voice.name), 90)
    return name if voice.speaker and voice.kind != "unnamed" else f"“{name}”"


def about(voice: Voice) -> str:
    """Office and kind of a voice, empty for a named person without an office."""
    role = one_line(voice.role or "")
    parts = (
        [role] if voice.kind != "unnamed" and len(role) <= _LONGEST_ROLE and not _NO_ROLE.search(role) else []
    )
    if voice.affiliation and voice.kind == "person" and voice.affiliation not in (voice.role or ""):
        parts.append(one_line(voice.affiliation))
    if voice.speaker is None:
        own = (voice.name or "").lower() in ("i", "we", "me", "my", "our")
        parts.append("the author" if own else "not resolved to anybody" if voice.name else "")
    elif is_unnamed(voice):
        parts.append("not named")
    elif voice.kind == "unnamed":
        parts.append("not matched to a name" if is_office(voice.name or "") else "")
    elif voice.kind != "person":
        parts.append(str(voice.kind))
    if voice.relayed:
        parts.append("passed on by others" if not voice.direct else f"{voice.relayed:,} passed on by others")
    return ", ".join(filter(None, parts))


def is_unnamed(voice: Voice) -> bool:
    """Whether a voice is somebody whom the report describes and doesn't name."""
    return voice.anonymity is not None and (
        voice.anonymity.asked is not None
        or describe_unnamed(voice.anonymity.described_as.text) in ("anonymous", "vague")
    )


def how_known(voice: Voice) -> list[str]:
    """How the voice knows, in the report's words, none where the report doesn't say."""
    return [_shortened(one_line(span.text)) for span in voice.spans("how_known")]


def why_unnamed(voice: Voice) -> list[str]:
    """Why the voice isn't named, in the report's words."""
    return [_shortened(one_line(span.text)) for span in voice.spans("why_unnamed")]


def gives_reason(voice: Voice) -> bool:
    """Whether the report gives a reason for the voice's not being named."""
    return voice.anonymity is not None and voice.anonymity.reason is not None


def percent(share: float) -> str:
    """A share as a whole percentage, never rounded to nothing or to all.

    >>> percent(0.004), percent(0.999), percent(0.5), percent(1.0)
    ('<1%', '>99%', '50%', '100%')
    """
    if 0 < share < 0.01:
        return "<1%"
    if 0.99 < share < 1:
        return ">99%"
    return f"{share:.0%}"


def counts(findings: Sequence[AuditFinding]) -> str:
    """How many findings there are of each severity: "1 serious, 2 warnings, 3 notes"."""
    parts = []
    for severity in reversed(SEVERITIES):
        count = sum(one.severity == severity for one in findings)
        if count:
            plural = severity if severity == "serious" or count == 1 else f"{severity}s"
            parts.append(f"{count:,} {plural}")
    return ", ".join(parts) or "no findings"

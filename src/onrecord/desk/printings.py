"""The history of a quotation: every wording in print, oldest first, and who changed which word."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.desk.alignment import align
from onrecord.desk.differences import Side, change_of
from onrecord.desk.quotation import Quotation, words_in
from onrecord.desk.verdict import Difference, Finding, Printing

_IN_PRINT = ("exact", "shortened", "altered", "other_speaker")


def history_of(findings: Sequence[Finding]) -> tuple[Printing, ...]:
    """The wordings of some findings, by the first day of each, undated reports last."""
    wordings: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        if finding.kind in _IN_PRINT:
            key = tuple(word.form for word in words_in(finding.span.text))
            wordings.setdefault(key, []).append(finding)
    groups = [sorted(group, key=_by_day) for group in wordings.values()]
    printings: list[Printing] = []
    for group in sorted(groups, key=lambda group: _by_day(group[0])):
        first = group[0]
        before = printings[-1].text if printings else None
        changed = _differences(before, first.span.text) if before is not None else ()
        reports = len({finding.document for finding in group})
        printings.append(Printing(first.span.text, first, reports, changed))
    return tuple(printings)


def _by_day(finding: Finding) -> tuple[bool, str, bool, str]:
    return finding.date is None, finding.date or "", not finding.primary, finding.document


def _differences(before: str, after: str) -> tuple[Difference, ...]:
    """Where a wording differs from the one before."""
    mine, other = tuple(words_in(before)), tuple(words_in(after))
    whole = Quotation(before, 0, len(before), mine, frozenset(), frozenset(), frozenset())
    alignment = align(whole, other)
    if alignment is None:
        return ()
    sides = Side(before, mine), Side(after, other)
    blocks = list(alignment.blocks)
    return tuple(
        Difference(
            (block.theirs[0].start, block.theirs[-1].end) if block.theirs else None,
            (block.yours[0].start, block.yours[-1].end) if block.yours else None,
            change_of(block, *sides),
        )
        for block in blocks
    )

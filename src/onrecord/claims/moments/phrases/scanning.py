"""Where a phrase of time may begin in a passage, and which reading of it is the longest."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.claims.moments.phrases import clocks, combined, dates, periods, spells, years
from onrecord.claims.moments.phrases.phrase import Phrase
from onrecord.claims.numbers.numerals import OPENERS
from onrecord.claims.timewords import MONTHS
from onrecord.text.passages import Passage, skip_wordless

READERS = (
    clocks.read_clock,
    dates.read_date,
    periods.read_period,
    spells.read_spell,
    years.read_years,
    combined.read_combined,
)
STARTERS = (
    clocks.STARTERS
    | combined.STARTERS
    | dates.STARTERS
    | periods.STARTERS
    | spells.STARTERS
    | years.STARTERS
    | OPENERS
    | frozenset(MONTHS)
    | {"within", "at", "for"}
)


def scan_phrases(passage: Passage) -> Iterator[Phrase]:
    """The phrases of time in a passage, longest first at each token."""
    at, size, known = 0, len(passage), 0
    while at < size:
        word = passage.low[at]
        if word not in STARTERS:
            if not word[0].isdigit():
                at += 1
                continue
            after, known = skip_wordless(passage, at, known)
            if after > at:
                at = after
                continue
        best: Phrase | None = None
        for read in READERS:
            phrase = read(passage, at)
            if phrase is not None and (best is None or phrase.last > best.last):
                best = phrase
        if best is None:
            at += 1
            continue
        yield best
        at = best.last

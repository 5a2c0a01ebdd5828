"""What a verification returns: values, and their shape as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from onrecord.text.segmentation import Range
from onrecord.types import Span

VerdictKind = Literal["exact", "altered", "shortened", "other_speaker", "same_meaning", "not_found"]
FindingKind = Literal["exact", "altered", "shortened", "other_speaker", "same_meaning", "nearest"]
Change = Literal["quantity", "negation", "name", "modality"]

WORDS: tuple[FindingKind, ...] = ("exact", "shortened", "altered", "same_meaning")
"""How near a finding's words are to the quotation, the nearest first."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that differ.

    Attributes:
        theirs: half-open code points of the report's text; ``None`` where only the quotation has words.
        yours: half-open code points of the quotation as it was given; ``None`` where only the report has.
        changes: what the difference changes; ``None`` where it is neither of these.
    """

    theirs: Range | None
    yours: Range | None
    changes: Change | None

    def to_dict(self) -> dict[str, Any]:
        """The contract's shape."""
        sides = {"theirs": self.theirs, "yours": self.yours}
        return {
            **{name: None if side is None else list(side) for name, side in sides.items()},
            "changes": self.changes,
        }


@dataclass(frozen=True, slots=True)
class Matched:
    """What of a quotation a finding bears out, each by itself.

    ``words`` are the same. ``speaker``, ``date`` and ``publisher`` are ``None`` where nobody asked for one,
    or where the report doesn't tell.
    """

    words: bool
    speaker: bool | None = None
    date: bool | None = None
    publisher: bool | None = None

    def to_dict(self) -> dict[str, bool | None]:
        """The contract's shape."""
        return {
            "words": self.words, "speaker": self.speaker, "date": self.date, "publisher": self.publisher,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a report that bears on the quotation.

    Attributes:
        kind: how the words compare; ``nearest`` is shown with a negative and is not the quotation.
        document: the report's id.
        statement: the statement's id; ``None`` where the words stand in text that no statement covers.
        speaker: the name of who said it; ``None`` where that isn't known.
        source: how the report names who said it there; ``None`` where it doesn't.
        date: the report's day of publication, ISO 8601.
        publisher: the outlet.
        title: of the report.
        origin: the report's path or URL.
        url: the words on the publisher's page, where the report has an address.
        primary: the report is a transcript or subtitles: what was spoken, not what another report printed.
        time_code: in a transcript with time codes, the one before the words ("00:12:31").
        span: the words in the report.
        score: the share of words in common, by weight, 0 to 1; for ``same_meaning`` a cosine.
        differences: where the words differ.
        matched: words, speaker, date and outlet, each by itself.
        because: what else tells it apart, one phrase each: "the words stand in another order".
    """

    kind: FindingKind
    document: str
    statement: str | None
    speaker: str | None
    source: str | None
    date: str | None
    publisher: str | None
    title: str | None
    origin: str
    url: str | None
    primary: bool
    time_code: str | None
    span: Span
    score: float
    differences: tuple[Difference, ...]
    matched: Matched
    because: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The contract's shape, made of JSON values only."""
        plain = {
            name: getattr(self, name)
            for name in (
                "kind", "statement", "document", "speaker", "source", "date", "publisher", "title", "origin",
                "url", "primary", "time_code",
            )
        }  # fmt: skip
        span = {"start": self.span.start, "end": self.span.end, "text": self.span.text}
        return {
            **plain,
            "span": span,
            "score": self.score,
            "differences": [difference.to_dict() for difference in self.differences],
            "matched": self.matched.to_dict(),
            "because": list(self.because),
        }


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched: so many reports, from a day to a day, of so many publishers. ``meaning`` is false
    where the record has no vectors, so that other words for the same weren't looked for.
    """

    reports: int
    since: str | None
    until: str | None
    publishers: int
    meaning: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The contract's shape."""
        return {
            "reports": self.reports, "from": self.since, "until": self.until, "publishers": self.publishers,
            "meaning": self.meaning,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Printing:
    """A wording in print: the report that has it first, and how many have it.

    ``changed`` are the differences to the wording before it: ``theirs`` are code points of this wording's
    text, ``yours`` of the one before.
    """

    text: str
    first: Finding
    reports: int
    changed: tuple[Difference, ...]

    def to_dict(self) -> dict[str, Any]:
        """The contract's shape."""
        return {
            "text": self.text,
            "document": self.first.document,
            "statement": self.first.statement,
            "date": self.first.date,
            "publisher": self.first.publisher,
            "speaker": self.first.speaker,
            "url": self.first.url,
            "reports": self.reports,
            "changed": [difference.to_dict() for difference in self.changed],
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the record says of a quotation: never whether it is true.

    Attributes:
        quote: the quotation as it was given.
        span: where it stands in a draft; ``None`` for one that was given alone.
        verdict: the worst that holds of the findings whose words are nearest; ``None`` for words of a draft
            that are too few to verify.
        findings: the best first.
        searched: what was searched.
        nearest: for a negative, the statements that come nearest; not the quotation.
        history: every wording in print, oldest first.
        doubt: why the verdict may be wrong or incomplete.
        speaker: who was asked for.
        claim: the words are a claim in indirect speech: other words for the same are no fault.
    """

    quote: str
    span: Span | None
    verdict: VerdictKind | None
    findings: tuple[Finding, ...]
    searched: Searched
    nearest: tuple[Finding, ...] = ()
    history: tuple[Printing, ...] = ()
    doubt: str | None = None
    speaker: str | None = None
    claim: bool = False

    @property
    def as_given(self) -> bool:
        """Whether the record bears out all that was given: the words, and the speaker, days and outlet where
        they were asked for. Words that are too few to verify are no fault.
        """
        if self.verdict is None:
            return True
        fitting = ("exact", "shortened", "same_meaning") if self.claim else ("exact",)
        return self.verdict in fitting and any(
            finding.kind in fitting and self._bears_out(finding) for finding in self.findings
        )

    def _bears_out(self, finding: Finding) -> bool:
        matched = finding.matched
        speaker = matched.speaker is True or (self.speaker is None and matched.speaker is None)
        return speaker and matched.date is not False and matched.publisher is not False

    def to_dict(self) -> dict[str, Any]:
        """The contract's shape, made of JSON values only."""
        span = self.span and {"start": self.span.start, "end": self.span.end, "text": self.span.text}
        return {
            "quote": self.quote,
            "span": span,
            "speaker": self.speaker,
            "claim": self.claim,
            "verdict": self.verdict,
            "as_given": self.as_given,
            "findings": [finding.to_dict() for finding in self.findings],
            "searched": self.searched.to_dict(),
            "nearest": [finding.to_dict() for finding in self.nearest],
            "history": [printing.to_dict() for printing in self.history],
            "doubt": self.doubt,
        }

"""The quantities, times and places of a report, in text order."""

from __future__ import annotations

from onrecord.types import Claim, Report


def quantities_of(report: Report) -> tuple[Claim, ...]:
    """The quantities of a report."""
    return tuple(claim for claim in report.claims if claim.type == "quantity")


def times_of(report: Report) -> tuple[Claim, ...]:
    """The times of a report."""
    return tuple(claim for claim in report.claims if claim.type == "time")


def places_of(report: Report) -> tuple[Claim, ...]:
    """The places of a report."""
    return tuple(claim for claim in report.claims if claim.type == "place")

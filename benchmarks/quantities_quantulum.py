"""Figures side by side with quantulum3, on sentences in NewsQuant's format, in one run and by one measure.

    python benchmarks/quantities_quantulum.py NEWSQUANT.json

quantulum3 must be installed; with scikit-learn beside it, it uses its own classifier of units. How the gold is read is told in
``onrecord.evaluation.quantities``. quantulum3 is read in its favour: a range (value with an uncertainty) counts with both ends, its own names of units
are NewsQuant's, what it calls dimensionless is no unit, and in the lines "dates forgiven" all that lies in a date or is an ordinal is
left out, since it knows neither.
"""

from __future__ import annotations

import argparse
import logging
import re
import time
from collections.abc import Callable, Sequence

from quantulum3 import parser as quantulum

from onrecord.evaluation.quantities import (
    GoldQuantity,
    Quantity,
    find_newsquant_quantities,
    read_newsquant,
    score_finder,
)
from onrecord.text import analyze
from onrecord.times import find_times, is_calendar
from onrecord.types import Document

ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\b|first|second|third|fourth|fifth", re.IGNORECASE)
# quantulum3's names of units (left) where they differ from ours (right).
NAMES = {
    "percentage": "percent",
    "euro": "EUR",
    "pound sterling": "GBP",
    "renminbi": "CNY",
    "yen": "JPY",
    "japanese yen": "JPY",
    "chinese yuan": "CNY",
    "yuan": "CNY",
    "malaysian ringgit": "MYR",
    "hong kong dollar": "HKD",
    "singapore dollar": "SGD",
    "singaporean dollar": "SGD",
    "canadian dollar": "CAD",
    "australian dollar": "AUD",
    "new zealand dollar": "NZD",
    "united states dollar": "USD",
    "us dollar": "USD",
    "indian rupee": "INR",
    "south african rand": "ZAR",
    "israeli new shekel": "ILS",
    "israeli shekel": "ILS",
    "shekel": "ILS",
    "square feet": "square foot",
    "metric ton": "tonne",
    "degree celsius": "celsius",
    "degree fahrenheit": "fahrenheit",
    "degree angle": "degree",
    "year": "year",
    "count": "times",
}


def quantulum_quantities(text: str, *, forgive: bool = False) -> list[Quantity]:
    """What quantulum3 finds in a sentence."""
    dates = []
    if forgive:
        moments = find_times(Document.of(text, origin="sentence"), analyze(text))
        dates = [(moment.span.start, moment.span.end) for moment in moments if is_calendar(moment)]
    quantities = []
    for found in quantulum.parse(text):
        start, end = found.span
        if forgive and (
            ORDINAL.search(found.surface) or any(start < last and first < end for first, last in dates)
        ):
            continue
        spread = found.uncertainty or 0
        name = found.unit.name
        head, _, slice_ = name.partition(" per ")
        unit = NAMES.get(head, head) + (f" per {slice_}" if slice_ else "")
        quantities.append(
            Quantity(
                found.value - spread, found.value + spread, None if name == "dimensionless" else unit, None
            )
        )
    return quantities


def measure(
    name: str, gold: list[tuple[str, list[GoldQuantity]]], finder: Callable[[str], Sequence[Quantity]]
) -> None:
    """Prints one line of the table."""
    finder(gold[0][0])
    begun = time.process_time()
    evaluation = score_finder(gold, finder)
    words = sum(len(text.split()) for text, _ in gold)
    cost = (time.process_time() - begun) * 1000 / words
    row = " ".join(
        f"{score.precision or 0:6.1f} {score.recall or 0:6.1f} {score.value:6.1f}"
        for score in evaluation.figures
    )
    print(f"{name:28s} {row}   {cost:8.4f}")


def main() -> None:
    """Reads the arguments and prints the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("gold", help="sentences in NewsQuant's format (JSON)")
    gold = read_newsquant(arguments.parse_args().gold)
    logging.disable(logging.WARNING)
    print(
        f"{len(gold)} sentences, {sum(len(marks) for _, marks in gold)} quantities; percent, seconds for 1,000 words"
    )
    print(
        f"{'':28s} {'value: p, r, f1':>20s} {'with unit: p, r, f1':>20s} {'measured: p, r, f1':>20s}   {'seconds':>8s}"
    )
    measure("onrecord", gold, find_newsquant_quantities)
    measure("quantulum3", gold, quantulum_quantities)
    measure("quantulum3, dates forgiven", gold, lambda text: quantulum_quantities(text, forgive=True))


if __name__ == "__main__":
    main()

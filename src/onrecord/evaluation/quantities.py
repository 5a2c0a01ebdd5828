"""How well quantities are found: value, and value with unit, against NewsQuant (Almasian et al., CQE, EMNLP 2023).

NewsQuant is a JSON list of sentences; each of its quantities has a value (a number, or ``low-high``), the unit as worded and the unit normalised.
How it is read here:

* Found and marked quantities of a sentence are paired one to one, those of equal value and unit first. Values are equal within one
  part in a million; a range is equal to a range with the same two ends.
* NewsQuant marks no ordinals, no scores or votes and no multiples that are one verb ("doubled"). Scores of these kinds are left out of
  the count; all others count, a date taken for a quantity among them.
* A measured unit is right when it's the same unit under NewsQuant's name for it. Where things are counted, NewsQuant's unit is the noun phrase; it
  is right when the noun at the head of ours is among its words. "-" (none) is right when no unit and nothing counted is given, or it's an index or a bare
  count. A part of a whole ("a third of") is "% …" there, and right as a fraction.
* ``measured``: the same, with counted things taken as no unit on both sides, for tools that name units only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import FormatError, NotFoundError, SettingsError
from onrecord.evaluation.scores import Evaluation, Score
from onrecord.lang.en.closed_classes import singular, words
from onrecord.quantities import find_quantities
from onrecord.quantities.ordinals import MULTIPLES
from onrecord.text import analyze
from onrecord.times import find_times, is_calendar
from onrecord.types import Claim, Document

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_RANGE = re.compile(rf"({_NUMBER.pattern})-({_NUMBER.pattern})")

# NewsQuant's names for units (left) and ours (right); several of ours where the text leaves open which is meant.
NAMES = {
    "percentage": ("percent", "percentage point"),
    "dollar": ("dollar", "USD"),
    "euro": ("EUR",),
    "pound sterling": ("GBP", "pound"),
    "chinese yuan": ("CNY",),
    "japanese yen": ("JPY",),
    "malaysian ringgit": ("MYR",),
    "hong kong dollar": ("HKD",),
    "singaporean dollar": ("SGD",),
    "canadian dollar": ("CAD", "dollar"),
    "australian dollar": ("AUD", "dollar"),
    "new zealand dollar": ("NZD", "dollar"),
    "indian rupee": ("INR", "rupee"),
    "south african rand": ("ZAR",),
    "shekel": ("ILS",),
    "square feet": ("square foot",),
    "gigaton": ("gigatonne",),
    "metric ton": ("tonne",),
    "count": ("times",),
    "foot pound-force": ("foot pound-force",),
    "pound-mass": ("pound-mass", "pound"),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity to compare: its ends, the name of its unit, and the noun that is counted."""

    low: float
    high: float
    unit: str | None
    noun: str | None


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """A quantity of the gold."""

    low: float
    high: float
    worded: str
    normalised: str


Finder = Callable[[str], Sequence[Quantity]]


def measure(gold: Sequence[Path], reports: Path | None = None) -> Evaluation:
    """The scores of quantities over files in NewsQuant's format.

    Raises:
        SettingsError: reports are given; this measure reads the gold's own sentences.
        NotFoundError: there is no such file.
        FormatError: it isn't in that format.
    """
    if reports is not None:
        raise SettingsError(
            "quantities are measured on the sentences inside the gold file: leave the reports out"
        )
    return score_finder([item for path in gold for item in read_newsquant(path)], find_newsquant_quantities)


def read_newsquant(path: str | Path) -> list[tuple[str, list[GoldQuantity]]]:
    """The sentences of a file in NewsQuant's format with their quantities; a value that is no number is left out.

    Raises:
        NotFoundError: there is no such file.
        FormatError: it isn't in that format.
    """
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFoundError(
            str(path), "expected a file of NewsQuant sentences, found nothing; check the path"
        ) from None
    except OSError as error:
        raise FormatError(
            str(path), f"expected a file that can be read ({error.strerror}); check the path"
        ) from None
    except (ValueError, RecursionError):
        raise FormatError(
            str(path), "expected JSON in NewsQuant's format, found something else; check the file"
        ) from None
    try:
        return [(item["text"], [mark for mark in map(_marked, item["quantities"]) if mark]) for item in data]
    except (KeyError, TypeError, AttributeError):
        raise FormatError(
            str(path), "expected a list of objects with text and quantities, found another shape"
        ) from None


def score_finder(gold: Iterable[tuple[str, Sequence[GoldQuantity]]], finder: Finder) -> Evaluation:
    """The scores of ``measure`` for any finder of quantities in a sentence: ``value``, ``unit`` and ``measured``."""
    right = {"value": 0, "unit": 0, "measured": 0}
    found = marked = 0
    for text, quantities in gold:
        ours = finder(text)
        found, marked = found + len(ours), marked + len(quantities)
        for one, mark in _pairs(ours, quantities):
            right["value"] += 1
            right["unit"] += same_unit(one, mark)
            right["measured"] += same_measure(one, mark)
    return Evaluation(
        "quantities",
        tuple(
            Score.of_counts(name, right=count, predicted=found, gold=marked) for name, count in right.items()
        ),
    )


def find_newsquant_quantities(text: str) -> list[Quantity]:
    """The scores that are found in a sentence, of the kinds that NewsQuant marks."""
    document = Document.of(text, origin="sentence")
    analysis = analyze(text)
    dates = [
        (claim.span.start, claim.span.end) for claim in find_times(document, analysis) if is_calendar(claim)
    ]
    return [_quantity(claim) for claim in find_quantities(analysis, dates=dates) if _comparable(claim)]


def same_unit(one: Quantity, mark: GoldQuantity) -> bool:
    """Whether the unit, or the noun that is counted, is that of the gold."""
    words = {singular(word) for word in re.findall(r"\w+", f"{mark.worded} {mark.normalised}".lower())}
    if one.unit is None and one.noun is not None and singular(one.noun) in words:
        return True
    if _named(one.unit, mark.normalised) or (one.unit is not None and one.unit == mark.worded):
        return True
    if mark.normalised.startswith("%"):
        return one.unit == "fraction"
    if mark.normalised == "-":
        return one.unit is None and (one.noun is None or mark.worded == "-")
    return mark.worded == "-" and one.unit is None


def same_measure(one: Quantity, mark: GoldQuantity) -> bool:
    """Whether the unit is that of the gold, counted things taken as none on both sides."""
    measured = mark.normalised in _MEASURED or " per " in mark.normalised
    return _named(one.unit, mark.normalised) if measured else one.unit is None or same_unit(one, mark)


def _named(unit: str | None, name: str) -> bool:
    if unit is None:
        return False
    name = name.lower()
    if name == "year of age":
        return unit == "year of age"
    head, _, slice_ = name.partition(" per ")
    own, _, own_slice = unit.partition(" per ")
    heads = NAMES.get(name, (name,)) if not slice_ else NAMES.get(head, (head,))
    return unit in NAMES.get(name, (name,)) or (own in heads and own_slice == slice_)


def _marked(item: dict[str, str]) -> GoldQuantity | None:
    value = str(item["value"]).replace(",", "")
    both = _RANGE.fullmatch(value)
    if both is None and _NUMBER.fullmatch(value) is None:
        return None
    ends = sorted(map(float, both.groups())) if both else [float(value)] * 2
    return GoldQuantity(ends[0], ends[1], item["unit"], item["normalized_unit"])


def _comparable(claim: Claim) -> bool:
    if claim.unit in ("ordinal", "score", "vote"):
        return False
    return not (
        claim.unit == "times"
        and any(stem in claim.span.text.lower() for stem in MULTIPLES)
        and "fold" not in claim.span.text
    )


def _quantity(claim: Claim) -> Quantity:
    unit = "year of age" if claim.of == "age" else claim.unit
    noun = claim.of.split()[-1].lower() if claim.of and claim.unit is None else None
    low, high = (claim.low, claim.high) if claim.value is None else (claim.value, claim.value)
    return Quantity(_number(low), _number(high), unit, noun)


def _number(value: float | int | str | None) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")


def _equal(one: Quantity, mark: GoldQuantity) -> bool:
    return all(
        abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1e-12)
        for a, b in ((one.low, mark.low), (one.high, mark.high))
    )


def _pairs(
    ours: Sequence[Quantity], quantities: Sequence[GoldQuantity]
) -> list[tuple[Quantity, GoldQuantity]]:
    candidates = [
        (not same_unit(one, mark), not same_measure(one, mark), i, j)
        for i, one in enumerate(ours)
        for j, mark in enumerate(quantities)
        if _equal(one, mark)
    ]
    used: set[int] = set()
    taken: set[int] = set()
    pairs = []
    for _, _, i, j in sorted(candidates):
        if i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            pairs.append((ours[i], quantities[j]))
    return pairs


_MEASURED = frozenset(
    words(
        "percentage dollar euro point month year day week hour minute second inch horsepower yard kilometre "
        "metre gigabyte degree litre hertz kilohertz gigahertz millimetre centimetre micrometre ton gigaton "
        "kilowatt megawatt gigawatt foot fahrenheit celsius mile kilogram milligram millilitre knot dram cent "
        "shekel megapascal calorie cylinder count"
    )
) | {
    "year of age",
    "chinese yuan",
    "japanese yen",
    "malaysian ringgit",
    "hong kong dollar",
    "Singaporean dollar",
    "pound sterling",
    "australian dollar",
    "indian rupee",
    "south african rand",
    "square metre",
    "square feet",
    "metric ton",
    "pound-mass",
    "foot pound-force",
    "part per million",
}

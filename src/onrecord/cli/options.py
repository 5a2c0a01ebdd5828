"""Options that several commands of the record share, and how they are turned into a search."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onrecord.errors import SettingsError

if TYPE_CHECKING:
    from onrecord.search import Query


def _given_location(location: str | None) -> str | None:
    """A shell's variable that isn't set mustn't lead to another record than the one that was meant."""
    if location is not None and not location.strip():
        raise SettingsError(
            "--record: expected a file or an address, found nothing; give it, or leave it out"
        )
    return location


RecordLocation = Annotated[
    str | None,
    typer.Option(
        "--record",
        callback=_given_location,
        metavar="FILE|URL",
        help="The record: a file, sqlite:///FILE or postgresql://USER@HOST/DATABASE.",
        show_default="ONRECORD_URL, else the one in your data folder",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress and no notices; failures are still named.")
]
TextField = Annotated[str, typer.Option(metavar="NAME", help="The field that holds the text, in JSON Lines.")]
ParserMemory = Annotated[
    int | None,
    typer.Option(
        "--parser-memory",
        min=1,
        metavar="MB",
        help="The most memory that parsing one PDF may take.",
        show_default="400",
    ),
]
ParserSeconds = Annotated[
    float | None,
    typer.Option(
        "--parser-seconds",
        min=0.1,
        metavar="S",
        help="The longest that parsing one PDF may take.",
        show_default="60",
    ),
]
PublicationDay = Annotated[
    str | None,
    typer.Option(
        metavar="YYYY-MM-DD",
        help="The day of publication, where you know better than the report; dates are computed from it.",
        show_default=False,
    ),
]


def filtering(*names: str, about: str, metavar: str) -> Any:
    """An option that narrows what is found."""
    return typer.Option(*names, metavar=metavar, help=about, show_default=False, rich_help_panel="Filters")


BySpeaker = Annotated[str | None, filtering("--speaker", about="Said by.", metavar="NAME")]
AtTarget = Annotated[str | None, filtering("--target", about="Directed at.", metavar="NAME")]
OfAct = Annotated[
    str | None, filtering("--act", about="What it does: accuse, deny, promise ...", metavar="ACT")
]
InForm = Annotated[str | None, filtering("--form", about="direct, indirect or mixed.", metavar="FORM")]
InStance = Annotated[
    str | None,
    filtering("--stance", about="The reporter's: neutral, committed or distanced.", metavar="STANCE"),
]
OfPublisher = Annotated[str | None, filtering("--publisher", about="Published by.", metavar="NAME")]
InPlace = Annotated[
    str | None,
    filtering("--place", about="Speaks of this place, or of a country by its two letters.", metavar="NAME"),
]
Since = Annotated[
    str | None,
    filtering("--from", about="Published on this day, or in this month or year, or later.", metavar="DATE"),
]
Until = Annotated[
    str | None,
    filtering(
        "--until", about="Published on this day, or in this month or year, or earlier.", metavar="DATE"
    ),
]

FORMS = ("direct", "indirect", "mixed")
STANCES = ("neutral", "committed", "distanced")

_NUMBER = re.compile(
    r"\s*(?P<sign>[-\u2212]?)(?P<digits>\d[\d,]{0,30}(?:\.\d{1,15})?)\s*(?P<times>thousand|million|billion|trillion|bn|k|m)?\s*",
    re.IGNORECASE,
)
_TIMES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "trillion": 1e12,
}  # fmt: skip
# What a search names its parts, and what the command line does.
_NAMES = {
    "since": "--from",
    "until": "--until",
    "as_of": "--as-of",
    "limit": "--limit",
    "after": "--page",
    "quantity": "--quantity",
    "meaning": "--meaning",
}


def given_day(date: str | None) -> str | None:
    """The day of publication that the command line gives, checked.

    Raises:
        SettingsError: it isn't a day.
    """
    from onrecord.loaders.options import is_day

    if date is not None and not is_day(date):
        raise SettingsError(f"--date: expected a day such as 2024-03-12, found {date!r:.40}")
    return date


def given_limits(memory: int | None, seconds: float | None) -> dict[str, Any]:
    """Limits of parsing, in MB and seconds, as ``LoadOptions`` takes them; those that aren't given are left out."""
    given = {
        "parser_memory_bytes": None if memory is None else memory * 1_000_000,
        "parser_timeout_s": seconds,
    }
    return {name: value for name, value in given.items() if value is not None}


def make_query(**parts: Any) -> Query:
    """The search that options ask for; what is wrong with it is told in the options' own names.

    Args:
        parts: the fields of a ``Query``.

    Raises:
        SettingsError: a value that can't be one.
    """
    from onrecord.record.keys import keys_between
    from onrecord.search import Query

    for option in ("speaker", "target", "publisher", "place", "unit"):
        refuse_empty(option, parts.get(option))
    for option, known in (("act", _acts()), ("form", FORMS), ("stance", STANCES)):
        if (value := parts.get(option)) is not None and value not in known:
            raise SettingsError(f"--{option}: expected {_listed(known)}, found {value!r:.40}")
    with named_as_options():
        query = Query(**parts)
    first, last = keys_between(query.since, query.until)
    if query.since is not None and query.until is not None and first >= last:
        raise SettingsError(
            f"--until: expected {query.since:.40} or later, as --from has it, found {query.until:.40}; turn them round"
        )
    return query


def refuse_empty(option: str, value: str | None) -> None:
    """Refuses an option that is given with nothing in it: a shell's variable that isn't set mustn't turn a part of
    the record into all of it, or into nothing.

    Raises:
        SettingsError: it is empty.
    """
    if value is not None and not value.strip():
        raise SettingsError(f"--{option}: expected some words, found nothing; give them, or leave it out")


def _acts() -> tuple[str, ...]:
    from onrecord.acts import ACTS

    return ACTS


@contextmanager
def named_as_options() -> Iterator[None]:
    """Has what is wrong with a search told in the names of the options."""
    try:
        yield
    except SettingsError as error:
        name, colon, reason = str(error).partition(":")
        raise SettingsError(f"{_NAMES.get(name, name)}{colon}{reason}") from error


def parse_quantity(written: str) -> tuple[tuple[float | None, float | None], str | None]:
    """The least and greatest number of a range, either open, and the unit behind it.

    >>> parse_quantity("1,000..2.5 million people")
    ((1000.0, 2500000.0), 'people')
    >>> parse_quantity("20..%"), parse_quantity("40")
    (((20.0, None), 'percent'), ((40.0, 40.0), None))

    Raises:
        SettingsError: it isn't a range.
    """
    left, dots, right = written.partition("..")
    low, unit = _number(left, written)
    high = low
    if dots:
        if unit is not None or ".." in right:
            raise _no_range(written)
        high, unit = _number(right, written)
    if low is None and high is None:
        raise _no_range(written)
    if low is not None and high is not None and low > high:
        raise SettingsError(
            f"--quantity: expected the smaller number first, found {written!r:.40}; turn them round"
        )
    return (low, high), "percent" if unit == "%" else unit


def _number(part: str, written: str) -> tuple[float | None, str | None]:
    found = _NUMBER.match(part)
    if found is None:
        if any(char.isdigit() for char in part):
            raise _no_range(written)
        return None, part.strip() or None
    unit = part[found.end() :].strip() or None
    times, end = found["times"], found.end("times")
    if times and part[end : end + 1].isalpha():  # "5 months" is no five million "onths"
        times, unit = None, part[found.start("times") :].strip()
    value = (
        float(found["digits"].replace(",", "")) * _TIMES[(times or "").lower()]
        if times
        else float(found["digits"].replace(",", ""))
    )
    return (-value if found["sign"] else value), unit


def _no_range(written: str) -> SettingsError:
    return SettingsError(
        f"--quantity: expected a number or a range such as 10..50, 10.. or ..50, found {written!r:.40}"
    )


def _listed(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"

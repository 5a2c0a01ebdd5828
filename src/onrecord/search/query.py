"""What to look for: words, and who, to whom, how, when and where."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from onrecord.errors import SettingsError
from onrecord.record.keys import keys_between
from onrecord.types import Form, Stance

MAX_HITS = 500  # on a page

Sort = Literal["relevance", "newest", "oldest"]
By = Literal["words", "meaning", "both"]


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for.

    ``speaker``, ``target`` and ``publisher`` fit where a name, or a speaker's alias, has all their words;
    with ``exact_names``, where the name is the same but for case, accents and punctuation. ``place`` is the
    name of a place or the two letters of a country that a statement speaks of. ``since`` and ``until`` are
    days, months or years (ISO 8601), both included; reports without a date are left out where either is
    given. ``quantity`` is the least and the greatest number, either open (``None``); ``unit`` is the quantity's.
    ``sort`` is by relevance where there are words, else newest first. ``after`` is the last page's.

    Raises:
        SettingsError: a value that can't be one.
    """

    words: str = ""
    speaker: str | None = None
    target: str | None = None
    act: str | None = None
    form: Form | None = None
    stance: Stance | None = None
    publisher: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    quantity: tuple[float | None, float | None] | None = None
    unit: str | None = None
    exact_names: bool = False
    match: Literal["all", "any"] = "all"
    by: By = "words"
    sort: Sort | None = None
    limit: int = 20
    after: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MAX_HITS:
            raise SettingsError(f"limit: expected 1 to {MAX_HITS}, found {self.limit}")
        for name in ("since", "until"):
            if (value := getattr(self, name)) is not None and keys_between(value, None)[0] == keys_between(
                "0000", None
            )[0]:
                raise SettingsError(
                    f"{name}: expected a day, month or year like 2024-03-12, found {value[:40]!r}"
                )
        if self.quantity and any(value is not None and math.isnan(value) for value in self.quantity):
            raise SettingsError("quantity: expected numbers, found one that is none")

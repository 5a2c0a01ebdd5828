"""Quantities: numbers with their unit, what is counted, and how exactly they are meant.

A quantity's ``value`` is the number that the text gives. ``low`` and ``high`` are its ends: equal to the value where it's given as exact
or as about so much, ``None`` on the open side of "at least" and "up to". A range has no value, only ends. A score or vote ("52–48") has the first
side's number as value and the smaller and greater as ends; its unit is "score" or "vote". A part of a whole ("a third", "two in
three") is a number below one of the unit "fraction"; an ordinal has the unit "ordinal"; "doubled" and "threefold" are 2 and 3 "times"; ages are
years of "age". Money has the code of ISO 4217 where the text says whose money it is, and the shared name where it doesn't ("dollar",
"rupee").

* ``quantity_finder``: where one may begin, and the claim that is made of it
* ``assembly``: number, unit, bounds and what is counted, put together; ``exclusions``: numbers that are no quantities
* ``scores``, ``ranges``, ``ordinals``: "won 3-1"; "10 to 15 people"; "the 50th", "aged 44", "doubled"
* ``amounts``: one number with sign, currency and unit
* ``unit_parsing``: the unit around a number
"""

from onrecord.quantities.quantity_finder import find_quantities, parse_quantity

__all__ = ["find_quantities", "parse_quantity"]

"""Sixty short series about places that don't exist, with what each value is to the one before it.

A line is a report: day, speaker, what is said; ``=`` before the day marks a near-duplicate of the line above.
``steps`` are those of the longest series; ``contradictions`` the number of pairs that can't both hold.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Series:
    """A case: lines, steps, contradictions, the reason; ``xfail`` says why it isn't right yet."""

    name: str
    lines: tuple[str, ...]
    steps: tuple[str, ...]
    why: str
    contradictions: int = 0
    xfail: str | None = None


STEPS = {
    "F": "first",
    "R": "repeated",
    "O": "rounded",
    "U": "updated",
    "C": "corrected",
    "X": "contradicted",
    "S": "other_scope",
}


def _case(
    name: str, lines: str, steps: str, why: str, contradictions: int = 0, xfail: str | None = None
) -> Series:
    rows = tuple(line.strip() for line in lines.strip().splitlines())
    return Series(name, rows, tuple(STEPS[one] for one in steps.split()), why, contradictions, xfail)


SERIES = (
    # what grows
    _case("toll grows", """
        2024-03-01 | Harbour Police | 12 people were killed in the ferry fire
        2024-03-02 | Harbour Police | 15 people were killed in the ferry fire
        2024-03-04 | Harbour Police | 19 people were killed in the ferry fire""", "F U U", "later and larger is an update"),
    _case("toll again", """
        2024-03-01 | Harbour Police | 12 people were killed in the ferry fire
        2024-03-02 | Harbour Police | 12 people were killed in the ferry fire""", "F R", "the same number again"),
    _case("toll falls", """
        2024-03-01 | Harbour Police | 12 people were killed in the ferry fire
        2024-03-02 | Harbour Police | 9 people were killed in the ferry fire""", "F X", "a toll that falls contradicts the one before", 1),
    _case("toll corrected", """
        2024-03-01 | Harbour Police | 12 people were killed in the ferry fire
        2024-03-02 | Harbour Police | 9 people were killed in the ferry fire, correcting an earlier count""", "F C", "it says that it corrects"),
    _case("toll grows and is corrected", """
        2024-03-01 | Harbour Police | 12 people were killed in the ferry fire
        2024-03-02 | Harbour Police | 20 people were killed in the ferry fire
        2024-03-03 | Harbour Police | 18 people were killed in the ferry fire, a revised figure""", "F U C", "grows, then is revised"),
    _case("injured grow", """
        2024-03-01 | Harbour Police | 30 people were injured in the ferry fire
        2024-03-02 | Harbour Police | 41 people were injured in the ferry fire""", "F U", "the injured are counted up, too"),
    _case("arrests grow", """
        2024-05-01 | Alderby Police | 40 people had been arrested after the riot
        2024-05-02 | Alderby Police | 66 people had been arrested after the riot""", "F U", "arrests are counted up"),
    _case("toll by two words", """
        2024-03-01 | Harbour Police | 12 people died in the ferry fire
        2024-03-02 | Harbour Police | the ferry fire killed 15 people""", "F U", "died and killed count the same"),
    _case("toll as deaths", """
        2024-03-01 | Harbour Police | there were 12 deaths in the ferry fire
        2024-03-02 | Harbour Police | 12 people were killed in the ferry fire""", "F R", "deaths and killed count the same"),
    _case("cases grow", """
        2024-06-01 | Health Office | 210 cases of river fever had been found in Osthaven
        2024-06-09 | Health Office | 340 cases of river fever had been found in Osthaven""", "F U", "cases are counted up"),
    # rounding
    _case("rounded", """
        2024-03-01 | Ana Brandt | the harbour wall cost $1,187,000
        2024-03-02 | Ana Brandt | the harbour wall cost $1.2 million""", "F O", "rounded to two digits"),
    _case("made exact", """
        2024-03-01 | Ana Brandt | the harbour wall cost about $1.2 million
        2024-03-02 | Ana Brandt | the harbour wall cost $1,187,000""", "F U", "the exact number after the round one"),
    _case("rounded thousands", """
        2024-03-01 | Ana Brandt | 4,973 people came to the regatta
        2024-03-02 | Ana Brandt | about 5,000 people came to the regatta""", "F O", "to the next thousand"),
    _case("rounded percent", """
        2024-03-01 | Ana Brandt | turnout at the harbour vote was 40.6 percent
        2024-03-02 | Ana Brandt | turnout at the harbour vote was 41 percent""", "F O", "to the next percent"),
    _case("not a rounding", """
        2024-03-01 | Ana Brandt | 4,200 people came to the regatta
        2024-03-02 | Ana Brandt | 5,000 people came to the regatta""", "F X", "4,200 is not 5,000 rounded", 1),
    _case("hundreds", """
        2024-03-01 | Ana Brandt | the dredger moved 38,412 tonnes of mud
        2024-03-03 | Ana Brandt | the dredger moved 38,400 tonnes of mud""", "F O", "to the next hundred"),
    # bounds
    _case("more than, then exact", """
        2024-03-01 | Harbour Police | more than 40 people were injured in the ferry fire
        2024-03-02 | Harbour Police | 43 people were injured in the ferry fire""", "F U", "43 keeps to more than 40"),
    _case("exact, then at least", """
        2024-03-01 | Harbour Police | 43 people were injured in the ferry fire
        2024-03-02 | Harbour Police | at least 40 people were injured in the ferry fire""", "F O", "at least 40 holds for 43"),
    _case("at least, broken", """
        2024-03-01 | Ana Brandt | at least 400 people came to the regatta
        2024-03-02 | Ana Brandt | 250 people came to the regatta""", "F X", "250 is less than at least 400", 1),
    _case("up to, broken", """
        2024-03-01 | Ana Brandt | up to 400 people came to the regatta
        2024-03-02 | Ana Brandt | 600 people came to the regatta""", "F X", "600 is more than up to 400", 1),
    _case("rising bound", """
        2024-03-01 | Harbour Police | at least 12 people were killed in the ferry fire
        2024-03-02 | Harbour Police | at least 15 people were killed in the ferry fire""", "F U", "a higher bound, later"),
    _case("range and value in it", """
        2024-03-01 | Ana Brandt | between 300 and 500 people came to the regatta
        2024-03-02 | Ana Brandt | 420 people came to the regatta""", "F U", "420 lies in the range"),
    # other scope
    _case("another place", """
        2024-03-01 | Health Office | 30 people were infected in Paris
        2024-03-02 | Health Office | 12 people were infected in Madrid""", "F S", "two cities"),
    _case("another place, then the first again", """
        2024-03-01 | Health Office | 30 people were infected in Paris
        2024-03-02 | Health Office | 12 people were infected in Madrid
        2024-03-03 | Health Office | 34 people were infected in Paris""", "F S U", "compared with the value for the same place"),
    _case("a year and a day", """
        2024-03-01 | Ana Brandt | the ferry carries 900 passengers a day
        2024-03-02 | Ana Brandt | the ferry carries 310,000 passengers a year""", "F S", "a day and a year"),
    _case("nationwide", """
        2024-03-01 | Health Office | 120 people were infected
        2024-03-02 | Health Office | 900 people were infected nationwide""", "F S", "one says nationwide"),
    _case("a part", """
        2024-03-01 | Ana Brandt | 62 percent of voters backed the harbour tax
        2024-03-02 | Ana Brandt | 71 percent backed the harbour tax among young voters""", "F S", "one is among young voters"),
    _case("the night alone", """
        2024-05-01 | Alderby Police | 66 people had been arrested after the riot
        2024-05-02 | Alderby Police | 12 people had been arrested overnight after the riot""", "F S", "overnight is a part"),
    # another day
    _case("by year", """
        2024-03-01 | Ana Brandt | the port handled 4 million tonnes of cargo in 2022
        2024-03-05 | Ana Brandt | the port handled 5 million tonnes of cargo in 2023""", "F U", "about a later year"),
    _case("an earlier year", """
        2024-03-01 | Ana Brandt | the port handled 5 million tonnes of cargo in 2023
        2024-03-05 | Ana Brandt | the port handled 4 million tonnes of cargo in 2022""", "F S", "about an earlier year"),
    _case("by month", """
        2024-03-01 | Statistics Office | unemployment in Osthaven stood at 5.1 percent in January 2024
        2024-04-01 | Statistics Office | unemployment in Osthaven stood at 5.4 percent in February 2024""", "F U", "about the next month"),
    _case("one year twice", """
        2024-03-01 | Ana Brandt | the port handled 4 million tonnes of cargo in 2022
        2024-03-05 | Ana Brandt | the port handled 5 million tonnes of cargo in 2022""", "F X", "two values for one year", 1),
    _case("two dates kept apart", """
        2024-03-01 | Ana Brandt | the port handled 4 million tonnes of cargo in 2022
        2024-03-05 | Ana Brandt | the port handled 4 million tonnes of cargo in 2022
        2024-03-09 | Ana Brandt | the port handled 4.4 million tonnes of cargo in 2022, a corrected figure""", "F R C", "about 2022 each time, said on three days"),
    _case("price goes on", """
        2024-03-01 | Ana Brandt | a ferry ticket costs 12 euros
        2024-06-01 | Ana Brandt | a ferry ticket costs 14 euros""", "F U", "a price may rise in three months"),
    # contradicted
    _case("one speaker, two costs", """
        2024-03-01 | Ana Brandt | the harbour wall cost $3 million
        2024-03-09 | Ana Brandt | the harbour wall cost $5 million""", "F X", "what is over can't have cost both", 1),
    _case("two speakers, one crowd", """
        2024-03-01 | Alderby Police | 2,000 people came to the march for the harbour
        2024-03-01 | Petra Holm | 9,000 people came to the march for the harbour""", "F", "two series of one value, contradicting", 1),
    _case("two speakers, one toll", """
        2024-03-01 | Harbour Police | 12 people were killed in the ferry fire
        2024-03-01 | Kestrel Line | 7 people were killed in the ferry fire""", "F", "on the same day", 1),
    _case("two speakers agree", """
        2024-03-01 | Harbour Police | 12 people were killed in the ferry fire
        2024-03-01 | Kestrel Line | 12 people were killed in the ferry fire""", "F", "the same number from two", 0),
    _case("two speakers, rounding", """
        2024-03-01 | Harbour Police | 4,973 people came to the regatta
        2024-03-01 | Petra Holm | about 5,000 people came to the regatta""", "F", "rounding is no contradiction", 0),
    _case("two speakers, two days", """
        2024-03-01 | Harbour Police | 12 people were killed in the ferry fire
        2024-03-09 | Kestrel Line | 19 people were killed in the ferry fire""", "F", "a week later the toll may be higher", 0),
    _case("two events", """
        2024-03-01 | Harbour Police | 12 people were killed in the ferry fire at Osthaven
        2024-03-01 | Kestrel Line | 3 people were killed when a crane fell at Alderby""", "F", "a fire and a crane are two events", 0),
    _case("two speakers, bounds", """
        2024-03-01 | Alderby Police | more than 2,000 people came to the march for the harbour
        2024-03-01 | Petra Holm | 9,000 people came to the march for the harbour""", "F", "9,000 keeps to more than 2,000", 0),
    _case("three speakers", """
        2024-03-01 | Alderby Police | 2,000 people came to the march for the harbour
        2024-03-01 | Petra Holm | 9,000 people came to the march for the harbour
        2024-03-01 | Nils Roder | 500 people came to the march for the harbour""", "F", "three pairs", 3),
    _case("denied", """
        2024-03-01 | Petra Holm | the cannery locked out its night workers in January
        2024-03-02 | Nils Roder | !denied | that the cannery locked out its night workers in January""", "", "a denial", 1),
    _case("negated by another", """
        2024-03-01 | Petra Holm | the cannery will close its packing hall before winter
        2024-03-02 | Nils Roder | the cannery will not close its packing hall before winter""", "", "a negation", 1),
    _case("negated by the same", """
        2024-03-01 | Nils Roder | the cannery will not close its packing hall before winter
        2024-05-02 | Nils Roder | the cannery will close its packing hall before winter""", "", "by one speaker at two times", 1),
    _case("negated about something else", """
        2024-03-01 | Petra Holm | the cannery will close its packing hall before winter
        2024-03-02 | Nils Roder | the school will not open its new gym before winter""", "", "two different things", 0),
    _case("both negated", """
        2024-03-01 | Petra Holm | the cannery will not close its packing hall before winter
        2024-03-02 | Nils Roder | the cannery will never close its packing hall before winter""", "", "both say no", 0),
    # units
    _case("percent and points", """
        2024-03-01 | Ana Brandt | the harbour tax rose by 2 percent
        2024-03-02 | Ana Brandt | the harbour tax rose by 2 percentage points""", "F", "percent and points are two series", 0),
    _case("percent and share", """
        2024-03-01 | Ana Brandt | 40 percent of the quay is closed
        2024-03-02 | Ana Brandt | 40 metres of the quay are closed""", "F", "percent and metres are two series", 0),
    _case("dollars and euros", """
        2024-03-01 | Ana Brandt | the harbour wall cost $3 million
        2024-03-02 | Ana Brandt | the harbour wall cost €2.8 million""", "F", "two currencies are two series", 0),
    _case("dead and injured", """
        2024-03-01 | Harbour Police | 12 people were killed and 30 people were injured in the ferry fire
        2024-03-02 | Harbour Police | 15 people were killed and 41 people were injured in the ferry fire""", "F U", "the dead with the dead"),
    _case("ages are left out", """
        2024-03-01 | Ana Brandt | the captain of the ferry was 44 years old
        2024-03-02 | Ana Brandt | the mate of the ferry was 23 years old""", "", "ages are no series", 0),
    # copies
    _case("copies count once", """
        2024-03-01 | Harbour Police | 12 people were killed in the ferry fire
        =2024-03-01 | Harbour Police | 12 people were killed in the ferry fire
        2024-03-02 | Harbour Police | 15 people were killed in the ferry fire""", "F U", "a copy confirms nothing"),
    _case("copies of a contradiction", """
        2024-03-01 | Alderby Police | 2,000 people came to the march for the harbour
        2024-03-01 | Petra Holm | 9,000 people came to the march for the harbour
        =2024-03-01 | Petra Holm | 9,000 people came to the march for the harbour""", "F", "one pair, not two", 1),
    _case("copies before and after", """
        2024-03-01 | Harbour Police | 12 people were killed in the ferry fire
        2024-03-02 | Harbour Police | 15 people were killed in the ferry fire
        =2024-03-03 | Harbour Police | 15 people were killed in the ferry fire""", "F U", "a later copy is no repetition"),
    # corrections
    _case("says not that", """
        2024-03-01 | Ana Brandt | the harbour wall cost $3 million
        2024-03-02 | Ana Brandt | the harbour wall cost $5 million, not $3 million""", "F C", "it names the wrong value"),
    _case("revised up", """
        2024-03-01 | Statistics Office | the port handled 4 million tonnes of cargo in 2022
        2024-05-01 | Statistics Office | the revised figure for cargo that the port handled in 2022 is 4.6 million tonnes""", "F C", "revised"),
    _case("in error", """
        2024-03-01 | Ana Brandt | 4,200 people came to the regatta
        2024-03-04 | Ana Brandt | 6,200 people came to the regatta and the first count was in error""", "F C", "the first was in error"),
    _case("said on a day before", """
        2024-03-09 | Ana Brandt | 4,200 people came to the regatta
        2024-03-09 | Ana Brandt | 4,200 people came to the regatta""", "F R", "twice on one day"),
)  # fmt: skip

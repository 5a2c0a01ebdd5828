"""Words of time: months, weekdays, units, and how a time stands to another. Figures know them so as to leave them alone."""

from __future__ import annotations

from onrecord.lang.en.closed_classes import words
from onrecord.lang.en.numbers.numerals import ORDINALS

MONTHS = {
    word: number
    for number, words in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        start=1,
    )
    for word in words.split()
}
WEEKDAYS = {
    word: number
    for number, words in enumerate(
        [
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thurs thur",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ],
        start=1,
    )
    for word in words.split()
}
LONG_WEEKDAYS = frozenset(words("monday tuesday wednesday thursday friday saturday sunday"))
ABBREVIATED = frozenset(words("jan feb mar apr jun jul aug sept sep oct nov dec"))
SHORT = frozenset(
    words(
        "mar may sat sun mon wed fri thu tue jan jun sep dec apr oct nov feb aug jul thur tues thurs sept "
        "march"
    )
)
DAY_PARTS = {
    "morning": "TMO",
    "afternoon": "TAF",
    "evening": "TEV",
    "night": "TNI",
    "overnight": "TNI",
    "mornings": "TMO",
    "afternoons": "TAF",
    "evenings": "TEV",
    "nights": "TNI",
}
UNIT_WORDS = {
    **{
        word: word
        for word in words(
            "second minute hour day night week weekend month quarter year decade century fortnight"
        )
    },
    **{
        f"{word}s": word
        for word in words("second minute hour day night week weekend month quarter year decade fortnight")
    },
    "centuries": "century",
    "yr": "year",
    "yrs": "year",
    "hrs": "hour",
    "mins": "minute",
}
SEASON_WORDS = frozenset(["spring", "summer", "fall", "autumn", "winter"])
EARLY = frozenset(["early", "late", "mid", "earlier", "later"])
LAST = frozenset(["last", "past"])
NEXT = frozenset(["next", "coming", "upcoming"])
PREVIOUS = frozenset(["previous", "preceding", "prior"])
FOLLOWING = frozenset(["following", "ensuing", "subsequent"])
THIS = frozenset(["this", "current"])
RELATIONS = (
    dict.fromkeys(LAST, "last")
    | dict.fromkeys(NEXT, "next")
    | dict.fromkeys(PREVIOUS, "previous")
    | dict.fromkeys(FOLLOWING, "following")
    | dict.fromkeys(THIS, "this")
    | {"that": "that", "same": "that"}
)
QUARTER_RANKS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "final": 4,
}
ORDINAL_WORDS = {word: value for word, value in ORDINALS.items() if value <= 20}
ZONES = frozenset(
    words(
        "gmt utc est edt cst cdt mst mdt pst pdt et ct pt bst cet cest ist pkt jst sgt aest aedt eat wat sast "
        "local"
    )
)

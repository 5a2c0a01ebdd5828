"""Moments: the report's date, a text, and what the words of time in it come to. All people and places are invented."""

from __future__ import annotations

from typing import NamedTuple

FRIDAY = "2024-05-03"  # a Friday, in ISO week 18
WINTER = "2024-01-15"  # a Monday, in ISO week 3


class Case(NamedTuple):
    """A report's date, a text, words in it, their value, what it was reckoned from, and words of the doubt; ``why`` says what it's for."""

    published: str | None
    text: str
    span: str
    value: str | None
    anchor: str | None
    doubt: str | None
    why: str


CASES = [
    # Dates told outright need no anchor.
    Case(FRIDAY, "It opened on 12 March 2024.", "12 March 2024", "2024-03-12", None, None, "day first"),
    Case(FRIDAY, "It opened on March 12, 2024.", "March 12, 2024", "2024-03-12", None, None, "month first"),
    Case(FRIDAY, "It opened on the 3rd of May 2023.", "the 3rd of May 2023", "2023-05-03", None, None, "ordinal and of"),
    Case(FRIDAY, "Tuesday, December 3, 1991", "Tuesday, December 3, 1991", "1991-12-03", None, None, "weekday that fits"),
    Case(FRIDAY, "Dated 2024-03-12.", "2024-03-12", "2024-03-12", None, None, "ISO"),
    Case(FRIDAY, "Filed 20240312 by Oda Merrow.", "20240312", "2024-03-12", None, None, "compact"),
    Case(FRIDAY, "Filed 25/03/2024 by Oda Merrow.", "25/03/2024", "2024-03-25", None, None, "only one order is possible"),
    Case(FRIDAY, "Filed 12.03.2024 by Oda Merrow.", "12.03.2024", "2024-03-12", None, None, "points: the day is first"),
    Case(FRIDAY, "It fell in March 1996.", "March 1996", "1996-03", None, None, "month and year"),
    Case(FRIDAY, "It fell in 1996.", "1996", "1996", None, None, "year"),
    Case(FRIDAY, "It fell in nineteen ninety-six.", "nineteen ninety-six", "1996", None, None, "year in words"),
    Case(FRIDAY, "In the late 1970s he left.", "the late 1970s", "197", None, None, "decade"),
    Case(FRIDAY, "a 20th century house", "20th century", "19", None, None, "century"),
    Case(FRIDAY, "profit in the third quarter of 1984", "the third quarter of 1984", "1984-Q3", None, None, "quarter with its year"),
    Case(FRIDAY, "in the winter of 1994", "the winter of 1994", "1994-WI", None, None, "season with its year"),
    Case(FRIDAY, "sales in fiscal 2020", "fiscal 2020", "2020", None, None, "fiscal year"),
    Case(FRIDAY, "the 2014-15 season", "2014-15", "2014/2015", None, None, "two years in one"),
    Case(FRIDAY, "They will meet on May 27-31, 2024.", "May 27-31, 2024", "2024-05-27/2024-05-31", None, None, "days of one month"),
    Case(FRIDAY, "from January 2023 to March 2023", "January 2023 to March 2023", "2023-01/2023-03", None, None, "from, to"),
    Case(FRIDAY, "between 1994 and 1997", "1994 and 1997", "1994/1997", None, None, "between, and"),
    Case(FRIDAY, "on Christmas Day 2023", "Christmas Day 2023", "2023-12-25", None, None, "holiday with its year"),
    # Relative to the report's date.
    Case(FRIDAY, "He said on Monday that it rained.", "Monday", "2024-04-29", FRIDAY, None, "said: the Monday before"),
    Case(FRIDAY, "They will meet on Monday.", "Monday", "2024-05-06", FRIDAY, None, "will: the Monday after"),
    Case(FRIDAY, "He spoke on Friday.", "Friday", "2024-05-03", FRIDAY, None, "the report's own weekday"),
    Case(FRIDAY, "The talks are to resume Tuesday.", "Tuesday", "2024-05-07", FRIDAY, None, "are to"),
    Case(FRIDAY, "He said on Monday that talks will resume on Tuesday.", "Tuesday", "2024-05-07", FRIDAY, None, "each has its own verb"),
    Case(FRIDAY, "It burned last Wednesday.", "last Wednesday", "2024-05-01", FRIDAY, None, "last weekday"),
    Case(FRIDAY, "It rained today.", "today", "2024-05-03", FRIDAY, None, "today"),
    Case(FRIDAY, "It rained yesterday.", "yesterday", "2024-05-02", FRIDAY, None, "yesterday"),
    Case(FRIDAY, "It may rain tomorrow.", "tomorrow", "2024-05-04", FRIDAY, None, "tomorrow"),
    Case(FRIDAY, "It rained this morning.", "this morning", "2024-05-03TMO", FRIDAY, None, "part of the day"),
    Case(FRIDAY, "It rained last night.", "last night", "2024-05-02TNI", FRIDAY, None, "last night"),
    Case(FRIDAY, "It fell at 10 p.m. Wednesday.", "10 p.m. Wednesday", "2024-05-01T22:00", FRIDAY, None, "time and weekday"),
    Case(FRIDAY, "The siren rang at 17:22 GMT.", "17:22 GMT", "2024-05-03T17:22", FRIDAY, None, "clock alone"),
    Case(FRIDAY, "He came this week.", "this week", "2024-W18", FRIDAY, None, "this week"),
    Case(FRIDAY, "He came last week.", "last week", "2024-W17", FRIDAY, None, "last week"),
    Case(FRIDAY, "He came last month.", "last month", "2024-04", FRIDAY, None, "last month"),
    Case(WINTER, "He came last month.", "last month", "2023-12", WINTER, None, "over the turn of the year"),
    Case(FRIDAY, "He will come next year.", "next year", "2025", FRIDAY, None, "next year"),
    Case(FRIDAY, "It fell last August.", "last August", "2023-08", FRIDAY, None, "last with a month"),
    Case(FRIDAY, "It fell in August.", "August", "2023-08", FRIDAY, None, "fell: the August before"),
    Case(FRIDAY, "It will open in August.", "August", "2024-08", FRIDAY, None, "will: the August after"),
    Case(FRIDAY, "They hope to finish by the end of February.", "the end of February", "2025-02", FRIDAY, None, "by, to come"),
    Case(FRIDAY, "It fell last autumn.", "last autumn", "2023-FA", FRIDAY, None, "season"),
    Case(FRIDAY, "early next year it will open", "early next year", "2025", FRIDAY, None, "early"),
    Case(FRIDAY, "Two weeks ago he left.", "Two weeks ago", "2024-W16", FRIDAY, None, "weeks ago, as fine as a week"),
    Case(FRIDAY, "Ten days ago he left.", "Ten days ago", "2024-04-23", FRIDAY, None, "days ago"),
    Case(FRIDAY, "He left five years ago.", "five years ago", "2019", FRIDAY, None, "years ago"),
    Case(FRIDAY, "He left on Oct. 23.", "Oct. 23", "2023-10-23", FRIDAY, None, "no year: the one before"),
    Case(FRIDAY, "The vote is on May 12.", "May 12", "2024-05-12", FRIDAY, None, "no verb in the past: the nearest"),
    Case(FRIDAY, "The third-quarter loss was small.", "third-quarter", "2023-Q3", FRIDAY, None, "the quarter that has been"),
    Case(FRIDAY, "She is now in Tessin.", "now", "PRESENT_REF", FRIDAY, None, "now"),
    Case(FRIDAY, "January this year was cold.", "January this year", "2024-01", FRIDAY, None, "month of this year"),
    Case(FRIDAY, "They met over Easter.", "Easter", "2024-03-31", FRIDAY, None, "a moveable feast"),
    # Lengths of time.
    Case(FRIDAY, "in the past three years", "the past three years", "P3Y", None, None, "a length up to now"),
    Case(FRIDAY, "It took two and a half years.", "two and a half years", "P2Y6M", None, None, "and a half"),
    Case(FRIDAY, "a 10-hour flight", "10-hour", "PT10H", None, None, "hyphen"),
    Case(FRIDAY, "It lasted for months.", "months", "PXM", None, None, "how many is open"),
    Case(FRIDAY, "They meet every Thursday.", "every Thursday", "XXXX-WXX-4", None, None, "again and again"),
    Case(FRIDAY, "the first nine months", "the first nine months", "P9M", None, None, "of a year"),
    # Hanging on a date in the text.
    Case(FRIDAY, "On 3 May 2023 he came. Two days later he left.", "Two days later", "2023-05-05", "2023-05-03", None, "later"),
    Case(FRIDAY, "He came on 3 May 2023. Two days earlier she left.", "Two days earlier", "2023-05-01", "2023-05-03", None, "earlier"),
    Case(FRIDAY, "It fell in March 1996. The following month it rose.", "The following month", "1996-04", "1996-03", None, "following"),
    Case(FRIDAY, "It fell in 1988. A year later it rose.", "A year later", "1989", "1988", None, "as fine as its unit"),
    Case(FRIDAY, "He came on 3 May 2023. The next day he left.", "The next day", "2023-05-04", "2023-05-03", None, "the next day"),
    Case(None, "On 3 May 2023 he came. Two days later he left.", "Two days later", "2023-05-05", "2023-05-03", None, "needs no report date"),
    # Doubts.
    Case(None, "He said so on Monday.", "Monday", "XXXX-WXX-1", None, "no date of its own", "no report date: the weekday is all that's known"),
    Case(None, "It fell last week.", "last week", "XXXX-WXX", None, "no date of its own", "no report date, relative"),
    Case(None, "It fell on 3 May.", "3 May", "XXXX-05-03", None, "no date of its own", "no report date, no year"),
    Case(None, "On 3 May 2023 he came. He left on 7 May.", "7 May", "2023-05-07", "2023-05-03", "names before", "the year of a date before"),
    Case(None, "He left two days later.", "two days later", "P2D", None, "neither", "nothing at all to hang on"),
    Case(FRIDAY, "Two days later he left.", "Two days later", "2024-05-05", FRIDAY, "names no date before", "hangs on the report for want of better"),
    Case(FRIDAY, "Last week, on 12 June, it burned.", "Last week", "2024-W17", FRIDAY, "has “Last week” as 12 June", "a header that the text contradicts"),
    Case(FRIDAY, "Last week, on 12 June, it burned. It rained yesterday.", "yesterday", "2024-05-02", FRIDAY, "has “Last week” as 12 June", "all that hangs on it"),
    Case(FRIDAY, "He was killed on 12 June 2024.", "12 June 2024", "2024-06-12", None, "lies after the report's date", "past, yet after the report"),
    Case(FRIDAY, "He was killed on 12 June 2024. It rained last week.", "last week", "2024-W17", FRIDAY, "tells of 2024-06-12 as past", "and what hangs on the report"),
    Case(FRIDAY, "It was filed 03/04/2024.", "03/04/2024", "2024-04-03", None, "the order of day and month is open", "two readings, the nearer kept"),
    Case(None, "It was filed 03/04/2024.", "03/04/2024", "2024-03-04", None, "the order of day and month is open", "two readings, no report date"),
    Case(FRIDAY, "It was Monday, 12 March 2024.", "Monday, 12 March 2024", "2024-03-12", None, "is a Tuesday", "a weekday that doesn't fit"),
    Case(FRIDAY, "on 30 February 2024", "30 February 2024", "2024-02", None, "has no day 30", "a day that there isn't"),
    Case(WINTER, "They will vote next Friday.", "next Friday", "2024-01-19", WINTER, "may be meant", "this week's or the next one's"),
    Case("2024-03-08", "It burned last February.", "last February", "2023-02", "2024-03-08", "may be meant", "the month just past or a year before"),
    Case(FRIDAY, "Talks, Monday: an outlook", "Monday", "2024-04-29", FRIDAY, "no verb tells", "no tense"),
]

NOT_MOMENTS = [
    ("You may go.", "a verb"),
    ("They march on Orvale.", "a verb"),
    ("May told him so.", "a name"),
    ("April Venn spoke.", "a name"),
    ("a 44-year-old", "an age"),
    ("He is 52 years old.", "an age"),
    ("2,500 people came.", "a count"),
    ("1500 shares fell.", "a count without a comma"),
    ("$2000", "money"),
    ("about 2000 people", "a bounded count"),
    ("on “60 Minutes”", "a programme"),
    ("as soon as possible", "no time"),
    ("version 20.10.1", "a version"),
    ("the second hand", "no time"),
    ("prices fall and spring up", "verbs"),
]

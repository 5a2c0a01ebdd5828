"""Figures by kind: what stands in a text, and what it says. All people and places are invented."""

from __future__ import annotations

from typing import NamedTuple

Number = int | float | None


class Case(NamedTuple):
    """A text, the words of the figure in it, and what they come to; ``why`` says what the case is for."""

    text: str
    span: str
    value: Number
    low: Number
    high: Number
    unit: str | None
    of: str | None
    comparison: str
    why: str


def exact(text: str, span: str, value: float, unit: str | None, of: str | None, why: str) -> Case:
    return Case(text, span, value, value, value, unit, of, "exactly", why)


def over(text: str, span: str, value: float, unit: str | None, of: str | None, why: str) -> Case:
    return Case(text, span, value, value, None, unit, of, "over", why)


def under(text: str, span: str, value: float, unit: str | None, of: str | None, why: str) -> Case:
    return Case(text, span, value, None, value, unit, of, "under", why)


def about(text: str, span: str, value: float, unit: str | None, of: str | None, why: str) -> Case:
    return Case(text, span, value, value, value, unit, of, "about", why)


def between(
    text: str, span: str, low: float, high: float, unit: str | None, of: str | None, why: str
) -> Case:
    return Case(text, span, None, low, high, unit, of, "between", why)


CASES: dict[str, list[Case]] = {
    "percent": [
        exact("Turnout was 61.4% in Orvale.", "61.4%", 61.4, "percent", None, "sign"),
        exact(
            "Some 40 percent of farmers agreed.",
            "Some 40 percent",
            40,
            "percent",
            "farmers",
            "word, with its whole",
        )._replace(comparison="about"),
        exact("Prices rose 3.5 per cent.", "3.5 per cent", 3.5, "percent", None, "two words"),
        exact(
            "Twenty percent of the seats stood empty.",
            "Twenty percent",
            20,
            "percent",
            "seats",
            "number in words",
        ),
        exact(
            "Support fell two percentage points.",
            "two percentage points",
            2,
            "percentage point",
            None,
            "points are no percent",
        ),
        exact("Rates rose 25 basis points.", "25 basis points", 25, "basis point", None, "basis points"),
        exact("a 7.5% tax on salt", "7.5%", 7.5, "percent", "tax", "before a noun"),
        exact("Growth was minus 2 percent.", "minus 2 percent", -2, "percent", None, "sign in words"),
        exact("It lost 12pc of its value.", "12pc", 12, "percent", "value", "abbreviation"),
        between(
            "Between 10 and 15 percent of voters are unsure.",
            "Between 10 and 15 percent",
            10,
            15,
            "percent",
            "voters",
            "range with one unit",
        ),
        between(
            "They hold 8%-10% of the land.", "8%-10%", 8, 10, "percent", "land", "both ends have the sign"
        ),
        over("More than 60% of homes lost power.", "More than 60%", 60, "percent", "homes", "lower bound"),
    ],
    "money": [
        exact(
            "a $40 billion loan",
            "$40 billion",
            40_000_000_000,
            "dollar",
            "loan",
            "sign and scale; nobody says whose dollar",
        ),
        exact("It cost €3bn.", "€3bn", 3_000_000_000, "EUR", None, "joined scale"),
        exact(
            "The bridge needs Rs 200 crore.",
            "Rs 200 crore",
            2_000_000_000,
            "rupee",
            None,
            "crore; several countries have rupees",
        ),
        exact(
            "Rs. 5 lakh was found in the car.",
            "Rs. 5 lakh",
            500_000,
            "rupee",
            None,
            "abbreviation with a stop",
        ),
        exact("He owes ₹2.5 lakh crore.", "₹2.5 lakh crore", 2_500_000_000_000, "INR", None, "lakh crore"),
        exact("US$4.2b was pledged.", "US$4.2b", 4_200_000_000, "USD", None, "whose dollar, joined"),
        exact("a deal worth A$12m", "A$12m", 12_000_000, "AUD", None, "m after money is a million"),
        exact(
            "They paid 40 million euros.",
            "40 million euros",
            40_000_000,
            "EUR",
            None,
            "name after the number",
        ),
        exact(
            "He sent 500 Indian rupees home.", "500 Indian rupees", 500, "INR", None, "whose rupees, in words"
        ),
        exact("USD 75,000 is missing.", "USD 75,000", 75_000, "USD", None, "code before"),
        exact("The fine is 2,500 GBP.", "2,500 GBP", 2500, "GBP", None, "code after"),
        exact("RM79 a month", "RM79 a month", 79, "MYR per month", None, "letters joined; per month"),
        exact("The fare is £1.50.", "£1.50", 1.5, "GBP", None, "pounds and pence"),
        exact(
            "They cut it to 85 cents a share.",
            "85 cents a share",
            85,
            "cent per share",
            None,
            "cents, per share",
        ),
        exact(
            "It sold for 1.23 billion shekels.",
            "1.23 billion shekels",
            1_230_000_000,
            "ILS",
            None,
            "currency of one country",
        ),
        exact("R12 000 was stolen.", "R12 000", 12_000, "ZAR", None, "letter joined, groups by space"),
        exact("He gave $5 million in aid.", "$5 million", 5_000_000, "dollar", "aid", "what it is in"),
        exact(
            "The plan costs 3 million pounds.",
            "3 million pounds",
            3_000_000,
            "pound",
            None,
            "pounds of money have a scale",
        ),
        exact(
            "Y=100 million in profit", "Y=100 million", 100_000_000, "JPY", "profit", "yen sign of old wires"
        ),
        between(
            "It may cost $5 million to $7 million.",
            "$5 million to $7 million",
            5_000_000,
            7_000_000,
            "dollar",
            None,
            "two full ends",
        ),
        between(
            "between $2 and $4 billion",
            "between $2 and $4 billion",
            2_000_000_000,
            4_000_000_000,
            "dollar",
            None,
            "scale is shared",
        ),
        between("worth €10-15m", "€10-15m", 10_000_000, 15_000_000, "EUR", None, "sign before, scale after"),
        under("Fines of up to £500 apply.", "up to £500", 500, "GBP", None, "upper bound"),
        over(
            "at least Rs 20 lakh",
            "at least Rs 20 lakh",
            2_000_000,
            "rupee",
            None,
            "lower bound before the currency",
        ),
        about("roughly $300 was left", "roughly $300", 300, "dollar", None, "about"),
        exact("a 30 million yen prize", "30 million yen", 30_000_000, "JPY", "prize", "before a noun"),
        exact(
            "They raised $90 million in August.",
            "$90 million",
            90_000_000,
            "dollar",
            None,
            "in a month is no thing",
        ),
        exact("HK$90 for a cup", "HK$90", 90, "HKD", None, "two letters"),
        exact("The fee is Tk 300.", "Tk 300", 300, "BDT", None, "taka"),
        between(
            "tens of thousands of dollars",
            "tens of thousands of dollars",
            10_000,
            100_000,
            "dollar",
            None,
            "unit after of",
        ),
    ],
    "count": [
        exact("The flood hit 14 villages.", "14", 14, None, "villages", "digits"),
        exact("Nine ministers resigned.", "Nine", 9, None, "ministers", "word at the head"),
        exact("One man was arrested.", "One", 1, None, "man", "one that counts"),
        exact(
            "He named 35 sections of the hills.",
            "35",
            35,
            None,
            "sections",
            "of is not the counted thing here",
        ),
        exact(
            "Twenty-four trained nurses left.",
            "Twenty-four",
            24,
            None,
            "trained nurses",
            "hyphen, participle before the noun",
        ),
        exact("a hundred and six houses burned", "a hundred and six", 106, None, "houses", "article and and"),
        exact("1,250 people fled.", "1,250", 1250, None, "people", "comma"),
        exact("12,34,567 voters are listed.", "12,34,567", 1_234_567, None, "voters", "Indian grouping"),
        exact("1.234.567 voters are listed.", "1.234.567", 1_234_567, None, "voters", "European grouping"),
        exact("12 000 000 trees were planted.", "12 000 000", 12_000_000, None, "trees", "groups by space"),
        exact("Two lakh farmers marched.", "Two lakh", 200_000, None, "farmers", "lakh in words"),
        exact("1.2 million children are out of school.", "1.2 million", 1_200_000, None, "children", "mixed"),
        exact("Two dozen boats were lost.", "Two dozen", 24, None, "boats", "dozen"),
        exact("half a million homes", "half a million", 500_000, None, "homes", "half of a scale"),
        exact("half a dozen eggs", "half a dozen", 6, None, "eggs", "half of a dozen"),
        exact(
            "two and a half million people", "two and a half million", 2_500_000, None, "people", "and a half"
        ),
        exact(
            "Four people were killed and nine wounded.",
            "nine",
            9,
            None,
            "wounded",
            "participle stands for people",
        ),
        exact("5m people live there.", "5m", 5_000_000, None, "people", "m before people is a million"),
        exact("eight gas-only options", "eight", 8, None, "gas-only options", "hyphen in the noun phrase"),
        exact("There were 30 arms dealers.", "30", 30, None, "arms dealers", "plural inside a compound"),
        exact("25k fans came.", "25k", 25_000, None, "fans", "k"),
        exact("Zero cases were found.", "Zero", 0, None, "cases", "zero"),
        exact(
            "It took 1 200 000 volunteers.",
            "1 200 000",
            1_200_000,
            None,
            "volunteers",
            "space groups below ten millions",
        ),
        between("Dozens of people were hurt.", "Dozens", 12, 120, None, "people", "open magnitude"),
        between("Thousands of jobs are gone.", "Thousands", 1000, 10_000, None, "jobs", "open magnitude"),
        between(
            "hundreds of thousands of birds",
            "hundreds of thousands",
            100_000,
            1_000_000,
            None,
            "birds",
            "two magnitudes",
        ),
        between("several hundred students", "several hundred", 200, 1000, None, "students", "several"),
        about("A couple of soldiers waited.", "A couple", 2, None, "soldiers", "a couple is about two"),
        exact("Just 3 seats remain.", "Just 3", 3, None, "seats", "just bounds nothing"),
        exact("a total of 18 goats", "a total of 18", 18, None, "goats", "a total of"),
        exact("Their 11 children survived.", "11", 11, None, "children", "irregular plural"),
        exact("They have 6 aircraft.", "6", 6, None, "aircraft", "plural like the singular"),
        exact(
            "He found 3 Merrow families there.", "3", 3, None, "Merrow families", "name in the noun phrase"
        ),
        exact("One of Mr. Venn's goats ran.", "One", 1, None, "Mr. Venn's goats", "a title's stop is inside"),
        exact(
            "four plain-clothes officers", "four", 4, None, "plain-clothes officers", "plural inside a hyphen"
        ),
    ],
    "bound": [
        over("at least 14 villages", "at least 14", 14, None, "villages", "at least"),
        over(
            "losses exceeding 300 crore rupees",
            "exceeding 300 crore rupees",
            3_000_000_000,
            "rupee",
            None,
            "exceeding",
        ),
        over("Over 2,000 workers struck.", "Over 2,000", 2000, None, "workers", "over"),
        over("no fewer than six witnesses", "no fewer than six", 6, None, "witnesses", "no fewer than"),
        over("in excess of 90 tonnes", "in excess of 90 tonnes", 90, "tonne", None, "in excess of"),
        over("50 or more people", "50 or more", 50, None, "people", "after the number"),
        over("100+ houses", "100+", 100, None, "houses", "plus sign"),
        over("upwards of 70 boats", "upwards of 70", 70, None, "boats", "upwards of"),
        under("fewer than 20 doctors", "fewer than 20", 20, None, "doctors", "fewer than"),
        under("as many as 800 guests", "as many as 800", 800, None, "guests", "as many as"),
        under("no more than three visits", "no more than three", 3, None, "visits", "no more than"),
        under("at most 12 seats", "at most 12", 12, None, "seats", "at most"),
        under("under 5 km", "under 5 km", 5, "kilometre", None, "under"),
        about("nearly 78,000 people", "nearly 78,000", 78_000, None, "people", "nearly"),
        about("almost 40 tents", "almost 40", 40, None, "tents", "almost"),
        about("some 300 residents", "some 300", 300, None, "residents", "some"),
        about(
            "an estimated 5 million children",
            "an estimated 5 million",
            5_000_000,
            None,
            "children",
            "an estimated",
        ),
        about("approximately 15 cows", "approximately 15", 15, None, "cows", "approximately"),
        about("30 or so villagers", "30 or so", 30, None, "villagers", "or so"),
        about("close to 500 letters", "close to 500", 500, None, "letters", "close to"),
        exact("exactly 12 votes short", "exactly 12", 12, None, "votes", "exactly"),
    ],
    "range": [
        between("between 3 and 5 goats", "between 3 and 5", 3, 5, None, "goats", "between"),
        between("10-15 people", "10-15", 10, 15, None, "people", "hyphen"),
        between("20–30 houses", "20–30", 20, 30, None, "houses", "en dash"),
        between(
            "from 2 to 4 million homes",
            "from 2 to 4 million",
            2_000_000,
            4_000_000,
            None,
            "homes",
            "from to, scale shared",
        ),
        between("five to six boats", "five to six", 5, 6, None, "boats", "words"),
        between(
            "between 15kHz and 17kHz", "between 15kHz and 17kHz", 15, 17, "kilohertz", None, "unit on both"
        ),
        between("0-to-60-mph time", "0-to-60-mph", 0, 60, "mile per hour", "time", "hyphens throughout"),
        between(
            "2000 - 2500 Calories", "2000 - 2500 Calories", 2000, 2500, "calorie", None, "dash between spaces"
        ),
        between(
            "between 900,000 and 1.2 million sheep",
            "between 900,000 and 1.2 million",
            900_000,
            1_200_000,
            None,
            "sheep",
            "scale not shared",
        ),
        between(
            "between about 30 and 40 km",
            "between about 30 and 40 km",
            30,
            40,
            "kilometre",
            None,
            "about inside",
        ),
        between("one to two litres", "one to two litres", 1, 2, "litre", None, "one begins a range"),
        between(
            "sizes from 450 sq ft up to 900 sq ft",
            "from 450 sq ft up to 900 sq ft",
            450,
            900,
            "square foot",
            None,
            "up to",
        ),
    ],
    "ratio": [
        exact("Two in three adults smoke.", "Two in three", 2 / 3, "fraction", "adults", "in"),
        exact("One out of five wells is dry.", "One out of five", 0.2, "fraction", "wells", "out of"),
        exact("one in 10 children", "one in 10", 0.1, "fraction", "children", "word and digits"),
        exact("Nine of the 12 jurors agreed.", "Nine of the 12", 0.75, "fraction", "jurors", "of the"),
        exact("Half of voters stayed home.", "Half", 0.5, "fraction", "voters", "half of"),
        exact("two-thirds of the seats", "two-thirds", 2 / 3, "fraction", "seats", "hyphen"),
        exact("a quarter of the crop", "a quarter", 0.25, "fraction", "crop", "a quarter of"),
        exact("three quarters of the herd", "three quarters", 0.75, "fraction", "herd", "plural part"),
        exact("one-third of members", "one-third", 1 / 3, "fraction", "members", "one-third"),
        over("More than half the town fled.", "More than half", 0.5, "fraction", "town", "bound of a part"),
        exact("1/2 pound of salt", "1/2 pound", 0.5, "pound-mass", "salt", "a fraction of digits has a unit"),
        about(
            "Nearly a third of pupils left.", "Nearly a third", 1 / 3, "fraction", "pupils", "nearly a third"
        ),
        exact(
            "Nobody else was among the one in every four homes.",
            "one in every four",
            0.25,
            "fraction",
            "homes",
            "in every",
        ),
    ],
    "measure": [
        exact("a 40 km road", "40 km", 40, "kilometre", "road", "distance before a noun"),
        exact("They walked 12 miles.", "12 miles", 12, "mile", None, "miles"),
        exact("It fell to -12°C.", "-12°C", -12, "celsius", None, "sign and degrees"),
        exact("It was 41 degrees Celsius.", "41 degrees Celsius", 41, "celsius", None, "in words"),
        exact(
            "minus-260 degrees Fahrenheit",
            "minus-260 degrees Fahrenheit",
            -260,
            "fahrenheit",
            None,
            "minus joined",
        ),
        exact("winds of 120 km/h", "120 km/h", 120, "kilometre per hour", None, "speed"),
        exact("The trial took six weeks.", "six weeks", 6, "week", None, "duration"),
        exact("a 2.4-liter engine", "2.4-liter", 2.4, "litre", "engine", "hyphen"),
        exact("It grew 2 1/2 inches.", "2 1/2 inches", 2.5, "inch", None, "whole and part"),
        exact(
            "12.3m tonnes of jet fuel",
            "12.3m tonnes",
            12_300_000,
            "tonne",
            "jet fuel",
            "m before a unit in words is a million",
        ),
        exact("The well is 90m deep.", "90m", 90, "metre", None, "m joined is metres"),
        exact("550 megawatts of power", "550 megawatts", 550, "megawatt", "power", "power"),
        exact("64.06 points", "64.06 points", 64.06, "point", None, "index points"),
        exact("20 barrels per day", "20 barrels per day", 20, "barrel per day", None, "per"),
        exact(
            "5 parts per million", "5 parts per million", 5, "part per million", None, "unit of three words"
        ),
        exact("256GB of storage", "256GB", 256, "gigabyte", "storage", "joined"),
        exact("3923sq m of land", "3923sq m", 3923, "square metre", "land", "area"),
        exact(
            "2.998×10−8 metres per second",
            "2.998×10−8 metres per second",
            2.998e-8,
            "metre per second",
            None,
            "scientific",
        ),
        exact("a .500 record", ".500", 0.5, None, "record", "point before digits"),
        exact("eight or nine euros", "eight", 8, "EUR", None, "unit shared over or"),
        exact("7- or 8-inch screens", "7", 7, "inch", None, "unit shared over a hyphen"),
        exact("She was on trial for 24 hours.", "24 hours", 24, "hour", None, "hours"),
        exact("a 16-hectare farm", "16-hectare", 16, "hectare", "farm", "hectare"),
        exact("½ litre", "½ litre", 0.5, "litre", None, "fraction sign"),
        exact("3½ years", "3½ years", 3.5, "year", None, "whole with a fraction sign"),
    ],
    "age": [
        exact("Oda Merrow, 44, was found.", "44", 44, "year", "age", "between commas after a name"),
        exact("a 15-year-old boy", "15-year-old", 15, "year", "age", "year-old"),
        exact("Tarl Venn (61) spoke first.", "61", 61, "year", "age", "in brackets after a name"),
        exact("men aged 70", "70", 70, "year", "age", "aged"),
        exact("She was four when the war began; he, who was 10, fled.", "10", 10, "year", "age", "who was"),
        exact("an eight-month-old calf", "eight-month-old", 8, "month", "age", "months"),
        exact("He is 52 years old.", "52 years old", 52, "year", "age", "years old"),
    ],
    "ordinal": [
        exact("the 50th anniversary", "50th", 50, "ordinal", "anniversary", "anniversary"),
        exact("his third term", "third", 3, "ordinal", "term", "word"),
        exact("the 22nd amendment", "22nd", 22, "ordinal", "amendment", "nd"),
        exact("its tenth straight loss", "tenth", 10, "ordinal", "straight loss", "word above three"),
        exact("the twenty-first floor", "twenty-first", 21, "ordinal", "floor", "compound"),
        exact(
            "the first anniversary of the fire",
            "first",
            1,
            "ordinal",
            "anniversary",
            "first before what is counted",
        ),
    ],
    "score": [
        exact("Orvale beat Tessin 2-1.", "2-1", 2, "score", None, "result")._replace(low=1, high=2),
        exact("The house voted 52–48 for it.", "52–48", 52, "vote", None, "vote")._replace(low=48, high=52),
        exact("They lost 0-3 at home.", "0-3", 0, "score", None, "the losing side first")._replace(
            low=0, high=3
        ),
        exact("a 7-2 ruling by the committee", "7-2", 7, "vote", None, "committee")._replace(low=2, high=7),
        exact("It ended 2-2.", "2-2", 2, "score", None, "a draw"),
        exact(
            "The house voted 52 to 48 to end it.", "52 to 48", 52, "vote", None, "a vote in words"
        )._replace(low=48, high=52),
        exact(
            "It carried by 310 votes to 290.", "310 votes to 290", 310, "vote", None, "votes named between"
        )._replace(low=290, high=310),
        exact("It fell in a vote of 3 to 7.", "3 to 7", 3, "vote", None, "the losing side first")._replace(
            low=3, high=7
        ),
    ],
    "multiple": [
        exact("Exports doubled.", "doubled", 2, "times", None, "doubled"),
        over("It more than doubled.", "more than doubled", 2, "times", None, "more than doubled"),
        exact("a sixfold rise", "sixfold", 6, "times", None, "fold"),
        over("Costs grew more than fourfold.", "more than fourfold", 4, "times", None, "bound of a multiple"),
        exact("twice as many boats", "twice", 2, "times", None, "twice as"),
        over(
            "more than four times the number",
            "more than four times",
            4,
            "times",
            "number",
            "times the number",
        )._replace(of=None),
        exact("They halved the toll.", "halved", 0.5, "times", None, "halved"),
        exact(
            "78 times a minute", "78 times a minute", 78, "times per minute", None, "occurrences per minute"
        ),
    ],
    "as reports word them": [
        exact(
            "Rates rose by a quarter of a percentage point.",
            "a quarter of a percentage point",
            0.25,
            "percentage point",
            None,
            "a part of one of a unit",
        ),
        exact("It was half a mile away.", "half a mile", 0.5, "mile", None, "half of one, without of"),
        exact("Crime is down by a fifth.", "a fifth", 0.2, "fraction", None, "a part that closes the clause"),
        exact(
            "It is plus or minus 3 points.", "plus or minus 3 points", 3, "point", None, "both signs are none"
        ),
        exact(
            "It reached 45C (113F).", "45C", 45, "celsius", None, "a scale by its letter, the other beside it"
        ),
        exact("It reached 45C (113F).", "113F", 113, "fahrenheit", None, "the other scale"),
        exact(
            "The heatwave brought 40C.",
            "40C",
            40,
            "celsius",
            None,
            "a scale by its letter, in a sentence of heat",
        ),
        Case("Some 40-odd boats left.", "Some 40-odd", 40, 40, 40, None, "boats", "about", "odd says about"),
        Case(
            "Fewer than one in ten agreed.",
            "Fewer than one in ten",
            0.1,
            None,
            0.1,
            "fraction",
            None,
            "under",
            "what they did isn't what is counted",
        ),
    ],
}

NOT_FIGURES: list[tuple[str, str]] = [
    ("one of them said so", "pronoun"),
    ("No one came.", "pronoun"),
    ("They spoke to one another.", "reciprocal"),
    ("Call 555-0123 now.", "telephone"),
    ("Call (212) 555-0147 today.", "telephone with code"),
    ("Dial +44 20 7946 0958.", "telephone with country"),
    ("He flew a Boeing 737 home.", "name"),
    ("Near Area 51 it was quiet.", "name"),
    ("The G7 met.", "letter joined"),
    ("an F-16 crashed", "letter and hyphen"),
    ("COVID-19 spread.", "name with a hyphen"),
    ("On 12 March 2024 it rained.", "date"),
    ("It opened in 1998.", "year"),
    ("in the 1970s", "decade"),
    ("at 17:22 GMT", "time"),
    ("at 11 a.m. on Sunday", "time of day"),
    ("the first half ended", "half of a game"),
    ("version 1.2.3", "version"),
    ("See page 12.", "label"),
    ("Section 427 Row 21", "labels"),
    ("No. 4 Privet Lane", "number of a house"),
    ("the #3 candidate", "number sign"),
    ("at one point he left", "an idiom"),
    ("131 West Merrow Street", "a house number"),
    ("24/7", "not a fraction"),
    ("7" * 40, "a code"),
    ("half-brother", "half of a compound"),
    ("the second hand", "no ordinal"),
    ("Seat 45C is taken.", "a seat"),
    ("2. The bridge is shut.", "the number of an item"),
    ("Call 020 7946 0958.", "a telephone number with a nought"),
    ("Agent 007 came.", "a code that begins with a nought"),
]

"""What figures measure: names of units and currencies, and the words that a text has for them."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from onrecord.lang.tables import read_rows

# name: words for it. A form in capitals is matched as it stands, the others in any case.
_MEASURES = """
percent: %|percent|per cent|pct|percentage|per-cent|pc
percentage point: percentage point|percentage points|% points|percent points|pct points|per cent points|pp|ppt|ppts
basis point: basis point|basis points|bps
point: point|points|pts
part per million: ppm|parts per million
kilometre: km|kms|kilometer|kilometers|kilometre|kilometres
metre: m|metre|metres|meter|meters
centimetre: cm|centimetre|centimetres|centimeter|centimeters
millimetre: mm|millimetre|millimetres|millimeter|millimeters
micrometre: micron|microns|micrometre|micrometres|micrometer|micrometers|μm|µm
nanometre: nm|nanometre|nanometres|nanometer|nanometers
mile: mile|miles
nautical mile: nautical mile|nautical miles
light year: light year|light years|light-year|light-years
yard: yard|yards|yd|yds
foot: foot|feet|ft
inch: inch|inches|"
square kilometre: sq km|sqkm|square km|square kilometre|square kilometres|square kilometer|square kilometers|km2|km²
square metre: sq m|sqm|square m|square metre|square metres|square meter|square meters|m2|m²
square mile: sq mile|sq miles|square mile|square miles
square foot: sq ft|sqft|square foot|square feet|sq feet
square yard: square yard|square yards
cubic metre: cubic metre|cubic metres|cubic meter|cubic meters|cu m|m3|m³
cubic foot: cubic foot|cubic feet
cubic centimetre: cubic centimetre|cubic centimetres|cubic centimeter|cubic centimeters|cc
acre: acre|acres
hectare: hectare|hectares|ha
litre: litre|litres|liter|liters|l|L
millilitre: ml|millilitre|millilitres|milliliter|milliliters
gallon: gallon|gallons
pint: pint|pints
barrel: barrel|barrels|bbl
gram: gram|grams|gramme|grammes|g
kilogram: kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes
milligram: mg|milligram|milligrams
microgram: microgram|micrograms|mcg|μg|µg
tonne: tonne|tonnes|metric ton|metric tons|mt
ton: ton|tons
kilotonne: kilotonne|kilotonnes|kiloton|kilotons
megatonne: megatonne|megatonnes|megaton|megatons
gigatonne: gigatonne|gigatonnes|gigaton|gigatons
pound-mass: lb|lbs
ounce: ounce|ounces|oz
stone: stone
carat: carat|carats
dram: dram|drams
quintal: quintal|quintals
second: second|seconds|sec|secs|s
millisecond: millisecond|milliseconds|ms
minute: minute|minutes|min|mins
hour: hour|hours|hr|hrs|h
day: day|days
night: night|nights
week: week|weeks
fortnight: fortnight|fortnights
weekend: weekend|weekends
month: month|months
quarter: quarters
year: year|years|yr|yrs
decade: decade|decades
century: century|centuries
celsius: °C|C|degree celsius|degrees celsius|degree centigrade|degrees centigrade|degrees C|deg C|celsius|℃
fahrenheit: °F|F|degree fahrenheit|degrees fahrenheit|degrees F|deg F|fahrenheit|℉
kelvin: kelvin|kelvins|K
degree: degree|degrees|°
mile per hour: mph|miles per hour|miles an hour
kilometre per hour: km/h|kmh|kph|kmph|km per hour|kilometres per hour|kilometers per hour|kilometres an hour|kilometers an hour
metre per second: m/s|metres per second|meters per second
knot: knot|knots|kt
horsepower: horsepower|hp|HP|bhp
foot pound-force: lb-ft|lb ft|ft-lb|pound-feet|pound-foot|foot-pounds|foot pounds
newton metre: Nm|newton metres|newton meters
newton: newton|newtons|N
watt: watt|watts|W
kilowatt: kW|kw|kilowatt|kilowatts
megawatt: MW|megawatt|megawatts
gigawatt: GW|gigawatt|gigawatts
terawatt: TW|terawatt|terawatts
watt hour: Wh|watt-hour|watt-hours|watt hours
kilowatt hour: kWh|kilowatt-hour|kilowatt-hours|kilowatt hour|kilowatt hours
megawatt hour: MWh|megawatt-hour|megawatt-hours|megawatt hours
gigawatt hour: GWh|gigawatt-hour|gigawatt-hours|gigawatt hours
terawatt hour: TWh|terawatt-hour|terawatt-hours|terawatt hours
joule: joule|joules|J
megajoule: MJ|megajoule|megajoules
calorie: calorie|calories|cal
kilocalorie: kcal|kilocalorie|kilocalories
volt: volt|volts|V
kilovolt: kV|kilovolt|kilovolts
ampere: amp|amps|ampere|amperes
ampere hour: Ah|amp hour|amp hours
milliampere hour: mAh
hertz: Hz|HZ|hertz
kilohertz: kHz|khz|KHz|kilohertz
megahertz: MHz|Mhz|mhz|megahertz
gigahertz: GHz|Ghz|ghz|gigahertz
decibel: dB|decibel|decibels
bit per second: bps
kilobit per second: kbps|Kbps
megabit per second: Mbps|mbps|Mb/s
gigabit per second: Gbps|gbps|Gb/s
byte: byte|bytes
kilobyte: KB|kB|kilobyte|kilobytes
megabyte: MB|megabyte|megabytes
gigabyte: GB|gigabyte|gigabytes
terabyte: TB|terabyte|terabytes
petabyte: PB|petabyte|petabytes
megapixel: MP|megapixel|megapixels|mp
pixel: pixel|pixels|px
pascal: pascal|pascals|Pa
kilopascal: kPa
megapascal: MPa
bar: bar
millibar: millibar|millibars
hectopascal: hPa
pound per square inch: psi
kilopound per square inch: ksi
sievert: sievert|sieverts
millisievert: millisievert|millisieverts|mSv
cent: cent|cents|¢
penny: pence|p
paisa: paisa|paise
times: times|fold
cylinder: cylinder|cylinders
"""

RATE_UNITS = {  # "$5 a month", "barrels per day"
    word: name
    for name, words in {
        "second": "second sec",
        "minute": "minute min",
        "hour": "hour hr",
        "day": "day",
        "night": "night",
        "week": "week",
        "fortnight": "fortnight",
        "month": "month",
        "quarter": "quarter",
        "year": "year yr annum",
        "decade": "decade",
        "share": "share",
        "barrel": "barrel",
        "gallon": "gallon",
        "litre": "litre liter",
        "tonne": "tonne",
        "ton": "ton",
        "bushel": "bushel",
        "pound-mass": "pound lb",
        "ounce": "ounce",
        "kilogram": "kg kilo kilogram",
        "person": "person head capita",
        "unit": "unit",
        "game": "game",
        "match": "match",
        "ticket": "ticket",
        "household": "household",
        "kilometre": "km kilometre kilometer",
        "mile": "mile",
        "acre": "acre",
        "hectare": "hectare",
        "square foot": "sqft",
        "centimetre": "cm",
        "gram": "gram",
        "metre": "metre meter",
    }.items()
    for word in words.split()
}
ADVERBS = {
    "annually": "year",
    "yearly": "year",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "hourly": "hour",
    "nightly": "night",
    "quarterly": "quarter",
}

# A sign or word that several countries share is given the shared name: nobody says which dollar "$" is.
PREFIXES = {
    "$": "dollar",
    "€": "EUR",
    "£": "GBP",
    "¥": "yen or yuan",
    "₹": "INR",
    "₨": "rupee",
    "₩": "KRW",
    "₪": "ILS",
    "₦": "NGN",
    "₱": "PHP",
    "₺": "TRY",
    "₽": "RUB",
    "฿": "THB",
    "₫": "VND",
    "₴": "UAH",
    "₡": "CRC",
    "₲": "PYG",
    "₵": "GHS",
    "₸": "KZT",
    "৳": "BDT",
    "rs": "rupee",
    "rm": "MYR",
    "rmb": "CNY",
    "tk": "BDT",
    "rp": "IDR",
    "dh": "AED",
    "dhs": "AED",
    "ksh": "KES",
    "kshs": "KES",
    "sh": "shilling",
    "shs": "shilling",
    "r": "ZAR",
    "n": "NGN",
    "birr": "ETB",
    "ps": "GBP",
}
_UPPER = frozenset(("r", "n", "ps", "rm"))  # matched in capitals only, and joined to the digits
DOLLARS = {
    "us": "USD",
    "u": "USD",
    "a": "AUD",
    "au": "AUD",
    "aud": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "cad": "CAD",
    "can": "CAD",
    "hk": "HKD",
    "s": "SGD",
    "sg": "SGD",
    "nz": "NZD",
    "nt": "TWD",
    "r": "BRL",
    "z": "ZWL",
    "j": "JMD",
    "tt": "TTD",
    "n": "NAD",
    "fj": "FJD",
    "b": "BND",
    "l": "LRD",
    "mx": "MXN",
}
_WORDS = {
    "dollar": "dollar dollars buck bucks",
    "EUR": "euro euros",
    "pound": "pound pounds quid",
    "JPY": "yen",
    "CNY": "yuan renminbi rmb",
    "rupee": "rupee rupees rs",
    "THB": "baht",
    "MYR": "ringgit ringgits",
    "ZAR": "rand rands",
    "NGN": "naira",
    "ILS": "shekel shekels nis",
    "PLN": "zloty zlotys",
    "HUF": "forint forints",
    "BRL": "real reais reals",
    "IDR": "rupiah rupiahs",
    "KRW": "won",
    "ruble": "ruble rubles rouble roubles",
    "lira": "lira liras lire",
    "UAH": "hryvnia hryvnias",
    "BDT": "taka",
    "VND": "dong",
    "KES": "ksh",
    "GHS": "cedi cedis",
    "ETB": "birr",
    "KZT": "tenge",
    "AFN": "afghani afghanis",
    "GEL": "lari",
    "CZK": "koruna korunas",
    "peso": "peso pesos",
    "franc": "franc francs",
    "krona": "krona kronor krone kroner kronas crown crowns kr",
    "dinar": "dinar dinars",
    "dirham": "dirham dirhams",
    "rial": "rial rials riyal riyals",
    "shilling": "shilling shillings",
    "mark": "mark marks",
    "guilder": "guilder guilders",
}
_NATIONS = {"american": "us", "uk": "british"}  # the words that newspapers use, those of the table
_COMMON = frozenset("ALL TOP TRY LAK MOP PEN CUP BAM GEL MAD SOS RON COP BOB ANG MUR PAB DOP KID".split())

Form = tuple[str, ...]


def _split(form: str) -> Form:
    """A form as tokens: letters together, any other mark by itself."""
    out: list[str] = []
    for char in form:
        if char == " ":
            out.append("")
        elif out and out[-1] and char.isalpha() and out[-1][-1].isalpha():
            out[-1] += char
        elif out and out[-1] == "":
            out[-1] = char
        else:
            out.append(char)
    return tuple(out)


def _table(lines: Iterable[str]) -> tuple[dict[Form, str], dict[Form, str]]:
    anycase, exact = {}, {}
    for line in lines:
        name, _, forms = line.partition(": ")
        for form in forms.split("|"):
            tokens = _split(form)
            letters = [token for token in tokens if token.isalpha()]
            if form != form.lower() and "degree" not in form:
                exact[tokens] = name
            elif (
                letters
                and max(map(len, letters)) <= 2
                and len(tokens) == 1
                and len(form) <= 2
                and form.isascii()
            ):
                exact[tokens] = name  # "m", "kg", "ft": in capitals they are something else
            else:
                anycase[tuple(token.lower() for token in tokens)] = name
    return anycase, exact


MEASURES, EXACT = _table(_MEASURES.strip().splitlines())
MONEY_WORDS = {word: name for name, words in _WORDS.items() for word in words.split()}
CENTS = frozenset(("cent", "penny", "paisa"))
LONGEST_NAME = 4  # words of a currency's name
LONGEST_FORM = max(map(len, (*MEASURES, *EXACT)))


@functools.cache
def currencies() -> tuple[dict[str, str], dict[tuple[str, ...], str]]:
    """Codes of ISO 4217, and names in words ("indian rupees") with their code."""
    codes, names = {}, {}
    for code, forms in read_rows(__package__, "currencies.tsv"):
        codes[code] = code
        for form in forms.split("|") if forms else ():
            words = tuple(form.split())
            names[words] = code
            names.update({(short, *words[1:]): code for short, long in _NATIONS.items() if words[0] == long})
    return codes, names


def prefix_currency(word: str) -> str | None:
    """The currency of a sign or abbreviation that stands before its amount ("€", "Rs", "RM")."""
    name = PREFIXES.get(word.lower())
    if name is None or (word.lower() in _UPPER and word != word.upper()):
        return None
    return name


def needs_joining(word: str) -> bool:
    """Whether an abbreviation is a currency only right before digits ("R12"): it's a word or a letter otherwise."""
    return word.lower() in _UPPER or word in _COMMON


def is_money(unit: str) -> bool:
    """Whether a unit is a currency or a part of one.

    >>> is_money("INR"), is_money("dollar per month"), is_money("percent")
    (True, True, False)
    """
    head = unit.split(" per ")[0]
    return head in CENTS or head in _MONEY or (len(head) == 3 and head.isupper())


_MONEY = frozenset(PREFIXES.values()) | frozenset(_WORDS)

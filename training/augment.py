"""Other ways to write the same report, character for character, so that every offset stays right.

PolNeAR is one country's press in one year. Other papers quote with straight, single or low marks, forget the closing one, or set whole lines in
capitals.
"""

from __future__ import annotations

from random import Random

from onrecord.text.quotations import Quotation, find_quotations

_STYLES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"), ("”", "”"))
_WEIGHTS = (4, 5, 3, 2, 1, 1, 1)


def vary(text: str, random: Random, *, rate: float = 0.3) -> str:
    """The text, or with a chance of ``rate`` a variant of it of the same length."""
    if random.random() > rate:
        return text
    marks = [quotation for quotation in find_quotations(text) if quotation.inner_start - quotation.start == 1]
    varied = list(text)
    opening, closing = random.choices(_STYLES, _WEIGHTS)[0]
    for quotation in marks:
        _restyle(varied, quotation, opening, closing)
    if random.random() < 0.3:
        for quotation in marks:
            if quotation.closed and random.random() < 0.1:
                varied[quotation.inner_end : quotation.end] = " " * (quotation.end - quotation.inner_end)
    if random.random() < 0.15:
        return _capitals("".join(varied), random)
    if random.random() < 0.1:
        return "".join(varied).replace("’", "'")
    return "".join(varied)


def _restyle(varied: list[str], quotation: Quotation, opening: str, closing: str) -> None:
    if quotation.depth:
        opening, closing = ("‘", "’") if opening in "“«„" else ("“", "”") if opening == "‘" else ("'", "'")
    varied[quotation.start] = opening
    if quotation.closed and quotation.end - quotation.inner_end == 1:
        varied[quotation.inner_end] = closing


def _capitals(text: str, random: Random) -> str:
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if line and random.random() < 0.3:
            for changed in (
                (line.upper(), line.title()) if random.random() < 0.5 else (line.title(), line.upper())
            ):
                if len(changed) == len(line):
                    lines[index] = changed
                    break
    return "\n".join(lines)

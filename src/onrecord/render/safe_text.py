"""Text that may hold anything, made safe to look at.

Control characters can drive a terminal, and directional overrides can make a line read in another order than
it is written. Both are shown as visible stand-ins, one character for one, so that offsets into the text hold
for what is shown.
"""

from __future__ import annotations

_STAND_IN = "\N{REPLACEMENT CHARACTER}"
_SPACES = "\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_VISIBLE: dict[int, str] = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"}
_VISIBLE[0x7F] = "\N{SYMBOL FOR DELETE}"
_VISIBLE.update(dict.fromkeys(range(0x80, 0xA0), _STAND_IN))
_VISIBLE.update(dict.fromkeys(range(0xD800, 0xE000), _STAND_IN))
_VISIBLE.update({ord(character): _STAND_IN for character in _OVERRIDES})
_VISIBLE.update({ord(character): " " for character in _SPACES})


def visible(text: str) -> str:
    """The text with each control, override and lone surrogate as a visible character, and as long as it was.

    Tabs and line ends stay; other line separators become spaces.

    >>> visible("red\\x1b[31m")
    'red␛[31m'
    """
    return text.translate(_VISIBLE)


def one_line(text: str) -> str:
    """The text made ``visible``, on one line, with runs of white space as one space.

    >>> one_line(" a\\n\\tb ")
    'a b'
    """
    return " ".join(visible(text).split())


def on_screen(text: str) -> str:
    """The text made ``visible`` for a terminal, where a carriage return would write over the line.

    >>> on_screen("a\\r\\nall is well\\rno")
    'a\\nall is well␍no'
    """
    return visible(text).replace("\r\n", "\n").replace("\r", "\N{SYMBOL FOR CARRIAGE RETURN}")

"""Bytes to text: the very characters of the file, in whatever charset it is.

The order is: byte order mark; UTF-8 without an error; the charset that the server or the page declares;
UTF-8 with a few Windows-1252 bytes mixed in, as content systems produce it; Western European by its byte
pattern; then charset-normalizer, whose guess has to stand against the language that each other charset
would make of the bytes.
"""

from __future__ import annotations

import codecs
import re

from onrecord.errors import FormatError
from onrecord.loaders.language import likeliest
from onrecord.loaders.sniff import check_binary

_BYTE_ORDER_MARKS = (  # UTF-32 first: its mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# A declared charset is looked up here and nowhere else: Python's registry also has "codecs" such as
# unicode_escape and punycode, which are no charsets. The first four follow
# https://encoding.spec.whatwg.org: what browsers take a label for.
_DECLARED = {
    **dict.fromkeys(
        ("ascii", "us-ascii", "latin1", "latin-1", "iso-8859-1", "iso8859-1", "cp1252"), "cp1252"
    ),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "windows-949"), "cp949"),
    **dict.fromkeys(("utf-8", "utf8", "unicode-1-1-utf-8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le"), "utf-16-le"),
    **{f"windows-{page}": f"cp{page}" for page in (874, *range(1250, 1259))},
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "iso-8859-9": "cp1254",
    "utf-16be": "utf-16-be",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "euc-jp": "euc-jp",
    "iso-2022-jp": "iso2022-jp",
    "tis-620": "cp874",
    "macintosh": "mac-roman",
}

# Bytes of Windows-1252 that English and other Western European prose has: typographic marks, and the
# letters that these languages use. ð, ý, þ are left out: in Turkish (Windows-1254) they are ğ, ı, ş.
_WESTERN = frozenset(
    b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\x8c\x9c\xa0\xa1\xa3\xa7\xa9\xab\xae\xb0\xb7\xba\xaa\xbb\xbc\xbd\xbe\xbf"
) | frozenset(set(range(0xC0, 0x100)) - {0xD0, 0xDD, 0xDE, 0xD7, 0xF7, 0xF0, 0xFD, 0xFE})
_UPPERCASE_INSIDE = re.compile(
    rb"[a-z][\xc0-\xde]"
)  # "it\xd5s" is Mac Roman: no word has an uppercase letter after a small letter
_HIGH = re.compile(rb"[\x80-\xff]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAMPLE = 200_000  # bytes that a charset is guessed from
_READABLE = 4_000  # bytes in which languages are compared
_MARGIN = 0.004  # measured on one to ten sentences in 20 languages and charsets
_CANDIDATES = """
cp1252 cp1250 iso8859-2 cp1254 cp1257 cp1251 koi8-r koi8-u cp1253 cp1255 cp1256 cp874 mac-roman cp852 cp850
cp866 cp932 euc-jp gb18030 big5hkscs cp949
"""
_C1 = re.compile("[\x80-\x9f]")  # control characters that no charset of prose means
# A word that ends in a stray sign, or that is in two scripts.
_BROKEN_WORD = re.compile(
    r"[^\W\d_][¢£¤¥¦§¨©¬¯°±²³¹´¶¸¼½¾¿‚ƒ„†‡ˆ‰₪˙˘ˇ˛\u2500-\u259f]|[A-Za-z][\u0370-\u06ff\u0e00-\u0eff]"
)
_HIGH_CHARACTER = re.compile("[\x80-\U0010ffff]")


def decode(data: bytes, *, origin: str, declared: str | None = None) -> str:
    """The text of the bytes exactly: line ends and all, a leading byte order mark aside.

    Args:
        data: the whole document.
        origin: named in the error.
        declared: the charset that the server or the page names, if any.

    Raises:
        FormatError: binary data, or no charset in which the bytes are text.
    """
    for mark, charset in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], charset, origin)
    if wide := _wide_charset(data):
        return _strictly(data, wide, origin)
    check_binary(data, origin=origin)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if (named := charset_named(declared)) and named != "utf-8":
        try:
            return data.decode(named)
        except UnicodeDecodeError:
            pass  # it isn't what it is said to be: go by the bytes
    if _is_nearly_utf8(data):
        return data.decode("utf-8", "onrecord.western")
    guess = _guessed(data)
    if guess is None:
        raise FormatError(origin, "expected text, found bytes that fit no charset; save it as UTF-8")
    # A sample was looked at; a byte further on that the charset lacks must not lose the document.
    return data.decode(guess, "replace")


def charset_named(label: str | None) -> str | None:
    """Python's name for a declared charset, ``None`` for one that isn't known.

    >>> charset_named("ISO-8859-1"), charset_named("unicode_escape")
    ('cp1252', None)
    """
    return _DECLARED.get(label.strip().strip("\"'").lower()) if label else None


def _strictly(data: bytes, charset: str, origin: str) -> str:
    try:
        text = data.decode(charset)
    except UnicodeDecodeError as error:
        raise FormatError(
            origin,
            f"expected {charset.upper()} after the byte order mark, found others at {error.start:,}; "
            "save it as UTF-8",
        ) from error
    if "\0" in text:
        raise FormatError(
            origin, f"expected text, found NUL characters ({text.count(chr(0)):,}); save it as text first"
        )
    return text


def _wide_charset(data: bytes) -> str | None:
    """UTF-16 without a mark: in Latin script every second byte is NUL."""
    sample = data[:2000]
    if len(sample) < 4 or len(data) % 2 or b"\0" not in sample:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and not even:
        return "utf-16-le"
    if even > 0.7 * half and not odd:
        return "utf-16-be"
    return None


def _is_nearly_utf8(data: bytes) -> bool:
    """Whether most bytes above 127 belong to well-formed UTF-8: ten characters for each stray byte."""
    sample = data[:2_000_000]
    characters = _MULTIBYTE.findall(sample)
    stray = len(_HIGH.findall(sample)) - sum(map(len, characters))
    return len(characters) >= 10 * max(stray, 1)


def _guessed(data: bytes) -> str | None:
    if len(data) > _SAMPLE:
        middle = len(data) // 2
        third = _SAMPLE // 3
        data = data[:third] + b"\n" + data[middle : middle + third] + b"\n" + data[-third:]
    if _is_western(data):
        return "cp1252"
    # Loaded only here: nearly everything is UTF-8.
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return _most_readable(data[:_READABLE], first=best.encoding if best else None)


def _most_readable(data: bytes, *, first: str | None) -> str | None:
    """The charset in which the bytes are most surely a language; ``first`` where others aren't clearly
    better.

    charset-normalizer alone reads short Turkish, Czech, Polish, Croatian, Russian (KOI8-R) and Thai
    wrongly; the language identifier's certainty tells most of them apart, as letters of the wrong charset
    break the words.
    """
    scores: dict[str, float] = {}
    for charset in dict.fromkeys((first, *_CANDIDATES.split())):
        if charset is None:
            continue
        try:
            text = data.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _C1.search(text):
            language, confidence = likeliest(text)
            broken = len(_BROKEN_WORD.findall(text)) / max(len(_HIGH_CHARACTER.findall(text)), 1)
            scores[charset] = -1.0 if language == "zxx" else confidence - broken
    if not scores:
        return first
    best = max(scores, key=lambda charset: scores[charset])
    if first is not None and scores.get(first, -1.0) >= scores[best] - _MARGIN:
        return first
    return best


def _is_western(data: bytes) -> bool:
    """Whether the few bytes above 127 are what Western European text in Windows-1252 has.

    Statistics of single-byte charsets are weak where hardly any byte tells: charset-normalizer takes an
    English report with curly quotation marks and a pound sign for Central European.
    """
    high = _HIGH.findall(data)
    letters = sum(byte >= b"\xc0" for byte in high)
    if letters * 12 > len(data) or len(high) * 4 > len(data) or not {byte[0] for byte in high} <= _WESTERN:
        return False
    return len(_UPPERCASE_INSIDE.findall(data)) * 20 <= len(high)


def _western(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1


codecs.register_error("onrecord.western", _western)

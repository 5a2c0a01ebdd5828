"""How reading behaves: one frozen set of limits and choices, checked once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields

from onrecord.errors import SettingsError


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """Limits and choices of reading. Every limit is there because somebody sends more.

    Attributes:
        max_bytes: the most that one document may take, in bytes: a file, a response after decompression,
            one line of JSONL. A JSONL file itself may be of any size, as it is read line by line.
        max_markup_bytes: the same for HTML, whose parsing costs far more than plain text.
        max_tags: the most tags in one HTML page; extraction takes more than linear time in them.
        max_characters: the most that the text of one document may have, in code points.
        max_words: the most words and punctuation marks in it, each of which costs the model about 2 kB of memory and
            a millisecond. A novel has 100,000.
        max_pages: the most pages of one PDF.
        parser_memory_bytes: the most memory that parsing one PDF may take, beside the file itself; it holds where
            the system limits a process's address space (Linux and other Unix systems, not macOS and Windows).
        parser_timeout_s: the longest that parsing one PDF may take, in seconds, on every system.
        published: the day of publication as the user gives it (ISO 8601, ``2024-03-12``); it wins over what
            the document says.
        text_field: the field of a JSON object that holds the text.
        allow_network: whether a URL may be fetched at all.
        allow_private: whether hosts on loopback and private networks may be fetched. For tests and closed
            networks only.
        connect_timeout_s: the longest wait for a connection or for the next bytes, in seconds.
        timeout_s: the longest that one address may take in all, redirects and robots.txt included, in
            seconds.
        max_redirects: the most redirects that are followed.
        respect_robots: whether a site's robots.txt is asked first.
        user_agent: how we name ourselves to servers; its first word is what robots.txt is asked about.

    Raises:
        SettingsError: a limit isn't above zero, or ``published`` isn't a day.
    """

    max_bytes: int = 50_000_000
    max_markup_bytes: int = 10_000_000
    max_tags: int = 100_000
    max_characters: int = 20_000_000
    max_words: int = 200_000
    max_pages: int = 2_000
    parser_memory_bytes: int = 400_000_000
    parser_timeout_s: float = 60.0
    published: str | None = None
    text_field: str = "text"
    allow_network: bool = True
    allow_private: bool = False
    connect_timeout_s: float = 10.0
    timeout_s: float = 30.0
    max_redirects: int = 5
    respect_robots: bool = True
    user_agent: str = "onrecord/0.1 (reads news reports that its user names)"

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            least = 0 if field.name == "max_redirects" else 1e-9
            if isinstance(value, int | float) and not isinstance(value, bool) and not value >= least:
                raise SettingsError(f"{field.name}: expected a number above zero, found {value!r}")
        if self.published is not None and not is_day(self.published):
            raise SettingsError(
                f"published: expected a day such as 2024-03-12 (ISO 8601), found {self.published!r}"
            )
        if not self.user_agent.isascii() or not self.user_agent.isprintable() or not self.user_agent.split():
            raise SettingsError(f"user_agent: expected printable ASCII text, found {self.user_agent!r}")


def is_day(text: str) -> bool:
    """Whether this is a day in ISO 8601's long form.

    >>> is_day("2024-02-29"), is_day("2023-02-29"), is_day("20240229")
    (True, False, False)
    """
    if len(text) != 10 or not text.isascii():
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return text[4] == text[7] == "-"


DEFAULTS = LoadOptions()

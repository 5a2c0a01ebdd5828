"""Whether who, when and where a report has words fit who, when and where they were given, each by itself."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.errors import SettingsError
from onrecord.lang.en.closed_classes import words
from onrecord.record.folding import fold_name
from onrecord.record.keys import day_of
from onrecord.types import Document, Speaker

_TITLES = frozenset(
    words(
        "mr mrs ms miss dr sir lord lady president minister prime senator sen rep representative congressman "
        "congresswoman governor gov general gen colonel captain judge justice professor prof secretary "
        "chairman chairwoman mayor king queen prince princess pope former the a an"
    )
)
_BODIES = frozenset(
    words(
        "campaign camp team office administration spokesman spokeswoman spokesperson aide aides supporters "
        "lawyer lawyers family department ministry government company inc corp party foundation"
    )
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who, when and where a quotation is said to be from; ``None`` where that isn't asked.

    Attributes:
        speaker: a name.
        since, until: days, months or years, ISO 8601, both included.
        publisher: the outlet's name.

    Raises:
        SettingsError: a name without a word, a day that isn't one, or an end before the beginning.
    """

    speaker: str | None = None
    since: str | None = None
    until: str | None = None
    publisher: str | None = None

    def __post_init__(self) -> None:
        for name in ("speaker", "publisher"):
            value = getattr(self, name)
            if value is not None and not any(character.isalnum() for character in value):
                raise SettingsError(f"{name}: expected a name, found {value!r:.40}; give it, or leave it out")
        for name in ("since", "until"):
            value = getattr(self, name)
            if value is not None and not day_of(value):
                raise SettingsError(f"{name}: expected a day such as 2024-03-12, found {value!r:.40}")
        if self.since and self.until and day_of(self.since) > day_of(self.until, last=True):
            raise SettingsError(
                f"until: expected {self.since} or later, found {self.until}; swap the two days"
            )


NOBODY = Asked()


def match_speaker(asked: str, speaker: Speaker | None) -> bool | None:
    """Whether a name that was asked for is the speaker's.

    Returns:
        ``None`` where the report doesn't tell: the speaker is unnamed or wasn't resolved, or only speaks for
        what was asked for.

    >>> lind = Speaker("s1", "Ana Lind", ("Lind",), "person", None, None, ())
    >>> [match_speaker(name, lind) for name in ("Ms. Lind", "Bill Lind", "the Lind campaign")]
    [True, False, False]
    """
    if speaker is None or speaker.kind == "unnamed":
        return None
    wanted = _parts(asked)
    if not wanted:
        return None
    full = _parts(speaker.name)
    # A surname alone would fit everybody of that name, of whom the report names one.
    names = [full, *(alias for alias in map(_parts, speaker.aliases) if not alias <= full)]
    if any(_fits(wanted, name) for name in names if name):
        return True
    affiliation = _parts(speaker.affiliation or "")
    return None if wanted and wanted == affiliation else False


def _parts(name: str) -> frozenset[str]:
    parts = fold_name(name.replace("'s", "").replace("\u2019s", "")).split()
    return frozenset(part for part in parts if part not in _TITLES) or frozenset(parts)


def _fits(wanted: frozenset[str], name: frozenset[str]) -> bool:
    """Whether one is the other, or a part of it, where none of both is a body named after a person."""
    if wanted & _BODIES != name & _BODIES:
        return False
    common = wanted & name
    if not common:
        return _is_short_form(wanted, name) or _is_short_form(name, wanted)
    rest = wanted - common, name - common
    return not (any(len(part) > 1 for part in rest[0]) and any(len(part) > 1 for part in rest[1]))


def _is_short_form(short: frozenset[str], long: frozenset[str]) -> bool:
    """Whether one is the initials of the other ("UN")."""
    if len(short) != 1 or len(long) < 2:
        return False
    (letters,) = short
    return len(letters) == len(long) and sorted(letters) == sorted(part[0] for part in long)


def match_date(document: Document, since: str | None, until: str | None) -> bool | None:
    """Whether a report's day lies in a range; ``None`` where nobody asked, or the report has no day."""
    day = day_of(document.published.date)
    if (since is None and until is None) or not day:
        return None
    return (since is None or day >= day_of(since)) and (until is None or day <= day_of(until, last=True))


def match_publisher(document: Document, asked: str | None) -> bool | None:
    """Whether a report is of an outlet; ``None`` where nobody asked, or the report doesn't name one."""
    if asked is None or document.publisher is None:
        return None
    wanted, held = set(fold_name(asked).split()), set(fold_name(document.publisher).split())
    return bool(wanted) and (wanted <= held or held <= wanted)

"""What was not read, named on standard error: what fails alike in one file is one line, not one a document."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from onrecord.cli.console import MANY_DOCUMENTS, plural, say
from onrecord.loaders.origins import COMPRESSED_SUFFIXES, CONTAINER_SUFFIXES
from onrecord.types import Failure

_HELD_S = 10.0  # the longest that a failure waits for others like it, where anything else comes
_MAX_HELD = 50  # reasons
_MAX_PLACES = 100_000  # of one reason
_MAX_SPANS = 5  # that are named
_MAX_KINDS = 6
_PLACE = re.compile(r"(?P<file>.+)#(?P<number>[0-9]{1,15})\Z", re.DOTALL)
_LINES = (*MANY_DOCUMENTS, ".csv", ".tsv")


@dataclass(slots=True)
class _SimilarFailures:
    """Failures of one file whose reasons expect the same. ``differ``: what they found isn't the same."""

    first: Failure
    reason: str
    numbers: list[int] = field(default_factory=list)
    differ: bool = False


class FailurePrinter:
    """Names failures. One that is a document of its own is named at once; one of many in a file waits a while for
    those like it.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], _SimilarFailures] = {}
        self._due = 0.0

    def add(self, failure: Failure) -> None:
        """Name this one, at once or with those like it."""
        place = _PLACE.match(failure.origin)
        reason = str(failure).removeprefix(f"{failure.origin}: ")
        if place is None or reason == str(failure):
            self.flush()
            say(str(failure))
            return
        self.print_due()
        if not self._held:
            self._due = time.monotonic() + _HELD_S
        # A reason says what was expected, then what was found: the first is what failures have in common.
        key = (place["file"], reason.partition(", found ")[0])
        similar = self._held.setdefault(key, _SimilarFailures(failure, reason))
        similar.numbers.append(int(place["number"]))
        similar.differ = similar.differ or similar.reason != reason
        if len(self._held) > _MAX_HELD or len(similar.numbers) >= _MAX_PLACES:
            self.flush()

    def print_due(self) -> None:
        """Name those that have waited long enough."""
        if self._held and time.monotonic() >= self._due:
            self.flush()

    def flush(self) -> None:
        """Name all that wait."""
        held, self._held = self._held, {}
        for (file, _), similar in held.items():
            if len(similar.numbers) == 1:
                say(str(similar.first))
                continue
            numbers = sorted(similar.numbers)
            as_first = f" (as in {numbers[0]:,}; the others alike)" if similar.differ else ""
            say(f"{file}{_places(file, numbers)}: {similar.reason}{as_first}")


@contextmanager
def print_failures() -> Iterator[FailurePrinter]:
    """What names failures; at the end, however it comes, none is left unnamed."""
    failures = FailurePrinter()
    try:
        yield failures
    finally:
        failures.flush()


def print_skipped(kinds: Counter[str], *, containers: bool = False) -> None:
    """Say what folders hold that isn't read there, if anything.

    Args:
        kinds: suffixes, and how many files have each.
        containers: whether compressed files, feeds and web archives were taken.
    """
    if not (count := kinds.total()):
        return
    shown = [f"{number:,} {kind}" for kind, number in kinds.most_common(_MAX_KINDS)]
    if left := count - sum(number for _, number in kinds.most_common(_MAX_KINDS)):
        shown.append(f"{left:,} others")
    said = f"passed over in folders: {plural(count, 'file')} that can't be read there ({', '.join(shown)})"
    taken = not containers and any(
        kind in CONTAINER_SUFFIXES or kind.endswith(tuple(COMPRESSED_SUFFIXES)) for kind in kinds
    )
    advice = "; onrecord ingest takes compressed files, feeds and web archives" if taken else ""
    say(f"{said}; save documents as text, HTML or PDF first{advice}")


def _places(file: str, numbers: Sequence[int]) -> str:
    """Where in a file, by number.

    >>> _places("a.jsonl", [1, 2, 3, 7, 9])
    ': lines 1 to 3, 7, 9'
    >>> _places("a.json", range(1, 201))
    '#1 to #200'
    """
    named = file.lower().removesuffix(".gz").endswith(_LINES)
    mark, kind = ("", ": lines ") if named else ("#", "")
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    shown = [
        f"{mark}{first}" if first == last else f"{mark}{first} to {mark}{last}"
        for first, last in spans[:_MAX_SPANS]
    ]
    left = sum(last - first + 1 for first, last in spans[_MAX_SPANS:])
    return kind + ", ".join(shown) + (f" and {left:,} more" if left else "")

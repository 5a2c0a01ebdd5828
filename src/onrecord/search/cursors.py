"""Where a page ended, as a short text that an address can hold."""

from __future__ import annotations

import base64
import json
import math
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.errors import SettingsError
from onrecord.record.keys import LAST_KEY

CursorKind = Literal["day", "window", "rank"]


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last hit shown, by ``key`` and ``score``; the window of matches it was ranked in, and what the
    words weighed then.
    """

    kind: CursorKind
    key: int = 0
    score: float | None = None
    high: int = LAST_KEY
    low: int | None = None
    weights: tuple[float, ...] = ()

    def write(self) -> str:
        """The text that ``read`` takes."""
        parts = [self.kind, self.key, self.score, self.high, self.low, self.weights]
        return (
            base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")
        )


def parse_cursor(written: str | None, kind: CursorKind) -> Cursor | None:
    """The cursor of an earlier page of the same kind; ``None`` for the first page.

    Raises:
        SettingsError: it isn't one.
    """
    if written is None:
        return None
    found: Cursor | None = None
    try:
        parts = json.loads(base64.urlsafe_b64decode(written.encode("ascii") + b"=" * (-len(written) % 4)))
        kind_found, key, score, high, low, weights = parts
        found = Cursor(kind_found, key, score, high, low, tuple(weights))
    except (ValueError, TypeError, RecursionError):  # not ASCII, not base64, not JSON, not a list in the list
        pass
    if found is None or found.kind != kind or not _is_sound(found):
        raise SettingsError(
            "after: expected what an earlier page of this search gave, found another; begin at the first page"
        )
    return found


def _is_sound(cursor: Cursor) -> bool:
    keys = [cursor.key, cursor.high, *([] if cursor.low is None else [cursor.low])]
    numbers = [*([] if cursor.score is None else [cursor.score]), *cursor.weights]
    return (
        all(map(_is_key, keys))
        and all(map(_is_number, numbers))
        and (cursor.kind != "rank" or cursor.score is not None)
    )


def _is_key(value: Any) -> bool:
    return type(value) is int and 0 <= value <= LAST_KEY


def _is_number(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value)

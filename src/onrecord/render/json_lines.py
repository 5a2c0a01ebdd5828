"""A report as one line of JSON, in the contract's shape."""

from __future__ import annotations

import json
import re

from onrecord.errors import ReportError
from onrecord.types import Report

# JSON leaves these as they are, and a terminal or an editor may act on them. They can only stand in
# strings.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def json_line(report: Report) -> str:
    """The report as JSON on one line, without a line end.

    Control characters, directional overrides and lone surrogates are escaped, so that the line can be looked
    at, and encoded; what is parsed from it is the report exactly.

    Raises:
        ReportError: a number in it that JSON can't hold.
    """
    try:
        line = json.dumps(report.to_dict(), ensure_ascii=False, allow_nan=False)
    except ValueError as error:
        raise ReportError(
            f"{report.document.origin}: expected numbers that JSON can hold, found one that isn't finite "
            f"or is too long ({error})"
        ) from error
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", line)

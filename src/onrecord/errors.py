"""Every error that OnRecord raises on purpose.

    OnRecordError
    ├── LoadError              a document can't be read; carries its ``origin``
    │   ├── NotFoundError      no such file, or the server says so
    │   ├── ForbiddenError     no permission, a private address, robots.txt, a scheme that isn't http(s)
    │   ├── FetchError         the network failed, took too long or sent too much
    │   ├── TooLargeError      over a stated limit of bytes, characters or time
    │   ├── FormatError        not the format it claims to be, broken, encrypted, or of no known format
    │   └── EmptyError         read, and there is no text in it
    ├── BundleError            a model bundle is missing a part, or a part isn't what its manifest says
    ├── ReportError            a value breaks the contract of a report
    ├── RecordError             the record on disk can't be opened, read or written
    └── SettingsError          a setting or an option has a value it can't have

A message says what was expected, what was found and what to do. It is one line, fit for a terminal.
"""

from __future__ import annotations


class OnRecordError(Exception):
    """Root of all errors raised on purpose."""


class LoadError(OnRecordError):
    """A document can't be read.

    Args:
        origin: where the document came from, as the caller gave it.
        reason: what was expected, what was found and what to do, in one sentence.
    """

    def __init__(self, origin: str, reason: str) -> None:
        super().__init__(f"{origin}: {reason}")
        self.origin = origin
        self.reason = reason

    def __reduce__(self) -> tuple[type[LoadError], tuple[str, str]]:
        return type(self), (self.origin, self.reason)


class NotFoundError(LoadError):
    """Nothing is there."""


class ForbiddenError(LoadError):
    """It is there, or may be, and must not be read."""


class FetchError(LoadError):
    """The network failed."""


class TooLargeError(LoadError):
    """It is over a stated limit."""


class FormatError(LoadError):
    """It isn't in a format that can be read."""


class EmptyError(LoadError):
    """There is no text in it."""


class BundleError(OnRecordError):
    """A model bundle can't be used."""


class ReportError(OnRecordError):
    """A value breaks the contract of a report."""


class RecordError(OnRecordError):
    """The record on disk can't be used."""


class SettingsError(OnRecordError):
    """A setting or an option has a value that it can't have."""

"""Which files a command may write over: none but those of its own kind, unless it is told to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.console import is_stdout
from onrecord.errors import SettingsError

_LOOKED_AT = 1 << 16  # bytes at either end of a file
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

PAGE = (b"<!doctype html>", b'<meta name="generator" content="OnRecord">')
"""What a page of ``read --html`` begins with, and what it holds near its beginning."""

Force = Annotated[
    bool, typer.Option("--force", help="Write over a file even if OnRecord didn't write it in this format.")
]


def refuse_other_file(option: str, target: Path, signature: tuple[bytes, bytes], *, force: bool) -> None:
    """Refuses to write over a file that this command didn't write.

    An empty file may be written over, and so may what is no regular file (a device, a pipe).

    Args:
        signature: what files of the command's own kind begin with, a byte order mark aside, and what stands
            near the beginning or the end of them.
        force: write over it all the same.

    Raises:
        SettingsError: the file is there and isn't of this kind.
    """
    if force or is_stdout(target) or not target.is_file():
        return
    try:
        with target.open("rb") as file:
            head = file.read(_LOOKED_AT)
            file.seek(max(os.fstat(file.fileno()).st_size - _LOOKED_AT, 0))
            tail = file.read(_LOOKED_AT)
    except OSError as error:
        raise SettingsError(
            f"{option}: {target} is there and can't be looked at ({error.strerror}); name another file"
        ) from error
    begins, holds = signature
    ours = head.removeprefix(_BYTE_ORDER_MARK).startswith(begins) and (holds in head or holds in tail)
    if head and not ours:
        raise SettingsError(
            f"{option}: expected a new file or one that this command wrote, found {target}, which is something "
            "else and would be lost; name another, or give --force"
        )

"""The record in formats that other tools read: one file a format, each written as its reports pass, so that
memory holds one report whatever the number.
"""

from onrecord.export.formats import FORMATS, Format, OnFailure, find_format
from onrecord.export.selection import select_reports

__all__ = ["FORMATS", "Format", "OnFailure", "find_format", "select_reports"]

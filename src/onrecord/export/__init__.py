"""The record in formats that other tools read: one file a format, each written as its records pass, so that
memory holds one report whatever the number.
"""

from onrecord.export.formats import FORMATS, Format, Refuse, find_format
from onrecord.export.selection import select_records

__all__ = ["FORMATS", "Format", "Refuse", "find_format", "select_records"]

"""OnRecord reads news reports and keeps the record of who said what, on whose word."""

__version__ = "0.1.0"

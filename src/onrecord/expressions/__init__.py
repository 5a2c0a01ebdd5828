"""Quantities, times and places together: all of a document's, each with the statement whose content holds it.

* ``attachment``: finds all three and gives each the id of its innermost statement
"""

from onrecord.expressions.attachment import attach_to_statements, find_expressions

__all__ = ["attach_to_statements", "find_expressions"]

"""Numbers in a text, and the words that bound them, measure them and are counted: what figures and moments both read.

* ``parsing``, ``number_words``, ``numerals``: a number in digits or words; in words; the tables of number words
* ``bounds``, ``counted``: "at least"; the noun behind a number
* ``units``: names of units and currencies, and the words for them
"""

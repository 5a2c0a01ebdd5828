"""English: closed classes of words, words of time, numbers.

* ``closed_classes``: determiners, prepositions and the like
* ``time_words``: months, weekdays, units of time
* ``numbers``: numbers in digits and in words, with their bounds and units
"""

"""What is specific to a language, and the loader of its tables.

* ``en``: English
* ``tables``: tables of words and data files
"""

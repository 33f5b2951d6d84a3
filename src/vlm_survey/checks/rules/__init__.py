"""The rules, one a file.

To add one, put a file here with a function under `@check("its-code")` whose docstring says what it
finds and why, and its cases in `tests/checks/cases/<its-code>.yaml`. Nothing else needs to know of it.
"""

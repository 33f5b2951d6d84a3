"""The rules, one a file.

To add one, put a file here with a function under `@check("its-code")` whose docstring says what it
finds and why, and a case for it in `tests/checks/cases/`. Nothing else needs to know of it.
"""

"""The rules, one per file.

To add a check, add a file with a function decorated with `@check("its-code")`, whose docstring says
what it finds and why, and its cases in `tests/checks/cases/<its-code>.yaml`.

Findings are cached per record. If they also depend on the taxonomy or the current date, pass
`Scope.WORDS`; if they depend on other records, pass `Scope.CATALOG`. A rule that compares a single
value of all records uses `@check_keys`, so that unchanged records need not be parsed again.
"""

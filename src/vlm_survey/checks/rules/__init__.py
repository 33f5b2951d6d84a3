"""The rules, one a file.

To add one, put a file here with a function under `@check("its-code")` whose docstring says what it
finds and why, and its cases in `tests/checks/cases/<its-code>.yaml`. Nothing else needs to know of it.

What it finds in a record's own bytes is kept, so `@check` must be told when more decides: the taxonomy
or the day (`Scope.WORDS`), or other records (`Scope.CATALOG`). A rule that compares one thing of all
records names it with `@check_keys`: then it is known without reading every record.
"""

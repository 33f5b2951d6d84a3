"""The kinds of pages and parts of pages, one a file.

To add one, put a file here that defines a `PageKind` or a `Part`, and its template in
`templates/site/`. Nothing else needs to know of it.
"""

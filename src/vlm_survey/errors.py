"""The errors that this package raises."""


class CatalogError(Exception):
    """An error in a catalog or its use. The message says what is wrong and how to fix it."""


class InvalidValueError(CatalogError, ValueError):
    """A text is not a valid value.

    Attributes:
        problem: What is wrong, without the position in the file.
        fix: What to write instead.
        code: The check that reports it for a value in a record.
    """

    def __init__(self, problem: str, fix: str, code: str = "schema") -> None:
        super().__init__(f"{problem}; {fix}" if fix else problem)
        self.problem = problem
        self.fix = fix
        self.code = code


class QueryError(CatalogError):
    """A filter is invalid or uses an unknown field or term."""

"""The one family of errors that this package raises."""


class CatalogError(Exception):
    """Something that stops the work on a catalog; its text tells a person what and how to mend it."""


class InvalidValueError(CatalogError, ValueError):
    """A text cannot be read as the value it should be.

    Attributes:
        problem: What is wrong, without the value's place in its file.
        fix: What to write instead.
        code: The check that reports it when the value stands in a record.
    """

    def __init__(self, problem: str, fix: str, code: str = "schema") -> None:
        super().__init__(f"{problem}; {fix}" if fix else problem)
        self.problem = problem
        self.fix = fix
        self.code = code


class QueryError(CatalogError):
    """A filter is not of the grammar, or names what the taxonomy does not have."""

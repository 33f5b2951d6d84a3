"""Why something could not be read."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """Why a file, or a value in it, could not be read. `code` names the check that reports it."""

    line: int
    code: str
    message: str
    fix: str

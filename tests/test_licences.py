"""What is installed may be used and handed on: each licence is one of these."""

import pytest

from tests.licences import licences, locked

PERMISSIVE = {
    "0BSD",
    "Apache-2.0",
    "BSD",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "PSF-2.0",
    "Public Domain",
    "W3C",
    "Zlib",
    # Asks that changes of its own files be published; it does not reach into what uses them.
    "MPL-2.0",
}
# Programs that judge the project. They are run, not linked, and nobody gets them with the package.
TOOLS = {
    "codespell": {"GPL-2.0-only"},
    "linkchecker": {"GPL-2.0-or-later"},
}


@pytest.mark.parametrize("lock", ["run", "dev", "lowest"])
def test_every_locked_package_has_a_licence_that_is_allowed(lock: str) -> None:
    names = locked(lock)
    assert len(names) > 30

    for name in names:
        found = set(licences(name))
        assert found, f"{name} names no licence"
        allowed = PERMISSIVE | (TOOLS.get(name, set()) if lock != "run" else set())
        assert found <= allowed, f"{name}: {', '.join(sorted(found - allowed))} is not allowed"

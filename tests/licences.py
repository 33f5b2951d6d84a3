"""The licences of what is locked, as the packages themselves declare them."""

import re
from importlib import metadata

from tests.conftest import REPOSITORY

_WORDS = {
    "Apache 2": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD",
    "BSD License": "BSD",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "MIT license": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "W3C License": "W3C",
}
"""What packages wrote before there was a standard -> the identifier in SPDX; BSD does not say which."""


def locked(name: str) -> list[str]:
    """The packages in `requirements/<name>.txt`."""
    text = (REPOSITORY / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return re.findall(r"^([a-z0-9][a-z0-9-]*)==", text, re.MULTILINE)


def licences(package: str) -> list[str]:
    """Every licence that an installed package names, as SPDX identifiers.

    Raises:
        importlib.metadata.PackageNotFoundError: It is not installed.
    """
    told = metadata.metadata(package)
    classified = [
        classifier.split(" :: ")[-1]
        for classifier in told.get_all("Classifier") or []
        if classifier.startswith("License :: ")
    ]
    said = next(
        (told[name] for name in ("License-Expression", "License") if name in told), "UNKNOWN"
    )
    # Some packages put the whole text of the licence there.
    parts = classified if said == "UNKNOWN" or "\n" in said else re.split(r" (?:AND|OR) ", said)
    return sorted({_WORDS.get(part, part) for part in parts})


if __name__ == "__main__":
    for name in locked("dev"):
        print(f"{name}: {', '.join(licences(name))}")

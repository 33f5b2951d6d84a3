"""Contrast of what carries colour: chips, cells, notes, in both schemes (WCAG 2.2, 1.4.3)."""

import re

import pytest

from tests.conftest import REPOSITORY

CSS = (REPOSITORY / "templates" / "theme" / "assets" / "catalog.css").read_text(encoding="utf-8")
BACKGROUNDS = {"default": "#ffffff", "slate": "#1e2629"}
"""What the theme paints behind the text."""


def colours(scheme: str) -> dict[str, str]:
    block = re.search(rf'\[data-md-color-scheme="{scheme}"\] \{{(.*?)\n\}}', CSS, re.DOTALL)
    assert block
    found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", block[1]))
    return {**found, "page": BACKGROUNDS[scheme]}


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one: str, other: str) -> float:
    pair = sorted((luminance(one), luminance(other)))
    return (pair[1] + 0.05) / (pair[0] + 0.05)


PAIRS = [
    *((f"catalog-chip-{hue}", f"catalog-chip-{hue}-bg") for hue in range(1, 5)),
    *(("catalog-on-pale", f"catalog-shade-{shade}") for shade in range(1, 4)),
    *(("catalog-on-deep", f"catalog-shade-{shade}") for shade in range(4, 6)),
    ("catalog-soft", "page"),
    ("catalog-soft", "catalog-panel"),
    ("md-typeset-a-color", "page"),
    ("md-typeset-a-color", "catalog-panel"),
    ("md-accent-fg-color", "page"),
    ("md-accent-bg-color", "md-accent-fg-color"),
]


@pytest.mark.parametrize("scheme", BACKGROUNDS)
@pytest.mark.parametrize("pair", PAIRS, ids=" on ".join)
def test_it_can_be_read(pair: tuple[str, str], scheme: str) -> None:
    known = colours(scheme)

    assert contrast(known[pair[0]], known[pair[1]]) >= 4.5

"""Golden cases: which venue `venues.yaml` says that each title means."""

from pathlib import Path

import pytest
import yaml

from vlm_survey import Catalog
from vlm_survey.intake.venues import venue_named

CASES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "venues.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("place", "venue"), [(place, venue) for venue, places in CASES.items() for place in places]
)
def test_a_title_means_its_venue_and_no_other(place: str, venue: str, real: Catalog) -> None:
    assert venue_named([place], real.taxonomy) == (None if venue == "none" else venue)


def test_every_venue_is_known_by_its_own_names(real: Catalog) -> None:
    for venue_id, venue in real.taxonomy.venues.items():
        assert venue_named([venue.name], real.taxonomy) == venue_id
        assert venue_named(["Journal of Nothing", venue.short], real.taxonomy) == venue_id


def test_a_title_without_end_takes_no_time(real: Catalog) -> None:
    for flood in ("(", "(A", "A" * 9 + " ", ", Springer ", "vol. 1", "1st ", " - ", "2023, "):
        assert venue_named(["(" + flood * 9_000], real.taxonomy) is None

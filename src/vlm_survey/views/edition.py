"""A catalog together with what it says of itself."""

import dataclasses

from vlm_survey.model.catalog import Catalog
from vlm_survey.model.release import Release
from vlm_survey.settings import Settings


@dataclasses.dataclass(frozen=True, eq=False)
class Edition:
    """What a site is made of: records and words, the name they appear under, and their releases."""

    catalog: Catalog
    settings: Settings
    releases: tuple[Release, ...] = ()

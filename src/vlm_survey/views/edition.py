"""A catalog together with what it says of itself."""

import dataclasses

from vlm_survey.model.catalog import Catalog
from vlm_survey.settings import Settings


@dataclasses.dataclass(frozen=True, eq=False)
class Edition:
    """What a site is made of: the records and words, and the name they appear under."""

    catalog: Catalog
    settings: Settings

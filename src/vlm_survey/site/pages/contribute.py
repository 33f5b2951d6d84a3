"""How to suggest a correction or a paper, for the page that explains it: it depends on the repository."""

import dataclasses

from vlm_survey.forms import ADD, CONTEST, CORRECT
from vlm_survey.site.page import Part
from vlm_survey.views.edition import Edition


@dataclasses.dataclass(frozen=True)
class Ways:
    """Addresses of the forms on GitHub; all are empty if no repository is configured."""

    add: str = ""
    correct: str = ""
    contest: str = ""


def _ways(edition: Edition) -> Ways:
    repository = edition.settings.repository
    if not repository:
        return Ways()
    form = f"{repository}/issues/new?template="
    return Ways(form + ADD, form + CORRECT, form + CONTEST)


CORRECTING = Part("correct", "correct.html", _ways)
SUGGESTING = Part("suggest", "suggest.html", _ways)
CONTESTING = Part("contest", "contest.html", _ways)

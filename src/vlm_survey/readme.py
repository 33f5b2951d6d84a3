"""The awesome-list README: the whole catalog as one Markdown page."""

import re

from vlm_survey.model.catalog import Catalog
from vlm_survey.settings import Settings
from vlm_survey.templating import markdown_templates
from vlm_survey.views.groups import Group, groups
from vlm_survey.views.items import Item

PATH = "README.md"


def render_readme(catalog: Catalog, settings: Settings) -> str:
    """The README of `catalog`, the same text for the same catalog."""
    template = markdown_templates().get_template("README.md.j2")
    survey = catalog.taxonomy.survey
    return template.render(
        settings=settings,
        survey=survey,
        survey_authors=", ".join(name.display for name in survey.authors) if survey else "",
        groups=groups(catalog),
        total=len(catalog),
        about=_about,
        heading_anchor=_heading_anchor,
    )


def _about(item: Item) -> str:
    """What stands behind a title: name, where and when, what kind, which tags."""
    facts = [item.name, " ".join(part for part in (item.venue, item.year) if part)]
    tags = ", ".join(tag.name.lower() for tag in item.tags)
    text = ", ".join(fact for fact in facts if fact)
    described = "; ".join(part for part in (item.kind, tags) if part)
    sentences = [part[:1].upper() + part[1:] for part in (text, described) if part]
    return ". ".join(sentences) + "." if sentences else "Not yet tagged."


def _heading_anchor(group: Group) -> str:
    """The anchor that GitHub gives the group's heading."""
    heading = f"{group.name} ({len(group.items)})".lower()
    return re.sub(r"[^\w\- ]", "", heading).replace(" ", "-")
